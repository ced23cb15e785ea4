//! `hub …`: which programs of the city's data hub may read figures and events, and where alerts are told.

use std::path::{Path, PathBuf};

use absah_host::{Exit, Mode, Reach, write_atomic};
use absah_types::{HttpsUrl, Secret, array, base64url, coded};
use serde_json::json;

use super::{Desk, Failure, Outcome};
use crate::store::Failing;
use crate::webhook;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists who may read, and where alerts are told.
    List,
    /// Lets a program read; its token is written to a file that nobody else reads.
    Add {
        /// Its name: lower-case letters, digits, hyphens.
        name: String,
        /// Where the token is written; the file must not be there yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Lets a program read no longer.
    Remove {
        /// Its name.
        name: String,
    },
    /// Tells alerts at an address from now on; the secret of its signatures is written to a file that nobody else reads.
    Webhook {
        /// The address.
        url: String,
        /// Where the secret is written; the file must not be there yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The hub is on the city's own network: exactly this host may have an address of a private network.
        #[arg(long)]
        private_network: bool,
    },
    /// Tells alerts nowhere.
    NoWebhook,
}

/// Why the hub stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubArgsError {
    /// The name is malformed.
    Name,
    /// Somebody has the name.
    Taken,
    /// There is none such.
    Unknown,
    /// The file for the secret is there already.
    FileThere,
}

impl core::fmt::Display for HubArgsError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Name => "name malformed",
            Self::Taken => "name taken",
            Self::Unknown => "there is none such",
            Self::FileThere => "file for the secret exists",
        })
    }
}

impl core::error::Error for HubArgsError {}

coded! { HubArgsError {
    Name => ("hub-name", User),
    Taken => ("hub-name-taken", User),
    Unknown => ("hub-unknown", User),
    FileThere => ("hub-file-there", User),
} }

/// Alerts in vain that are listed.
const MOST_FAILING: u32 = 50;

/// An alert that the hub has not taken.
fn failed(one: &Failing) -> serde_json::Value {
    json!({
        "alert": one.alert.id, "since": one.since.unix(), "tries": one.tries, "fault": one.fault,
        "given_up_at": one.given_up.map(absah_types::Timestamp::unix),
    })
}

fn name_of(text: &str) -> Result<&str, HubArgsError> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=40).contains(&text.len()) && text.bytes().all(fits) { Ok(text) } else { Err(HubArgsError::Name) }
}

/// A secret goes into a file of its own: never over another, never onto a screen.
fn write_secret(file: &Path, secret: &Secret<String>) -> Result<(), Failure> {
    if file.exists() {
        return Err(HubArgsError::FileThere.into());
    }
    Ok(write_atomic(file, format!("{}\n", secret.expose()).as_bytes(), Mode::Private)?)
}

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys()?;
    let dev = desk.reach == Reach::DevLoopback;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let changed = match command {
            Command::List => {
                let clients = store.hub_clients().await?;
                let webhook = store.webhook().await?;
                // Of a hub that is told nothing any more, nothing fails.
                let (failing, _) = match webhook {
                    Some(_) => store.failing_alerts(MOST_FAILING).await?,
                    None => Default::default(),
                };
                if context.console.json() {
                    let one = |(name, at): &(String, absah_types::Timestamp)| json!({ "name": name, "made_at": at.unix() });
                    context.console.answer(&json!({
                        "clients": clients.iter().map(one).collect::<Vec<_>>(),
                        "webhook": webhook.map(|hook| json!({
                            "url": hook.url, "private_network": hook.private, "tries": hook.tries, "fault": hook.fault, "next_at": hook.next_at.unix(),
                        })),
                        "failing": failing.iter().map(failed).collect::<Vec<_>>(),
                    }));
                } else {
                    for (name, _) in clients {
                        context.console.line(&name);
                    }
                    if let Some(hook) = webhook {
                        context.console.line(&format!("{} {}", hook.url, hook.fault.unwrap_or_default()));
                    }
                    for one in failing {
                        let given_up = one.given_up.map(|_| context.console.text("hub-given-up"));
                        context.console.line(&format!(
                            "alert-{} {} {} {} {}",
                            one.alert.id, one.since, one.tries, one.fault, given_up.unwrap_or_default()
                        ));
                    }
                }
                return Ok(Exit::Ok);
            }
            Command::Add { name, out } => {
                let name = name_of(name)?;
                let random = array::<32>(context.rng.as_mut());
                let token = Secret::new(format!("absah_hub_{}", base64url::encode(random)));
                // A token whose file could not be written lets nobody in.
                write_secret(out, &token)?;
                if !store.add_hub_client(name, token.expose(), now).await? {
                    let _ = std::fs::remove_file(out);
                    return Err(HubArgsError::Taken.into());
                }
                name.to_owned()
            }
            Command::Remove { name } => {
                if !store.remove_hub_client(name, now).await? {
                    return Err(HubArgsError::Unknown.into());
                }
                name.clone()
            }
            Command::Webhook { url, out, private_network } => {
                let url = if dev { HttpsUrl::parse_dev(url) } else { HttpsUrl::parse(url) }?;
                let id = array::<16>(context.rng.as_mut());
                write_secret(out, &webhook::secret_text(&webhook::secret(keys.as_ref(), &id)))?;
                store.set_webhook(id, (url.as_str(), *private_network), now).await?;
                url.as_str().to_owned()
            }
            Command::NoWebhook => {
                if !store.remove_webhook(now).await? {
                    return Err(HubArgsError::Unknown.into());
                }
                "-".to_owned()
            }
        };
        if context.console.json() {
            context.console.answer(&json!({ "changed": changed }));
        } else {
            let said = context.console.text("hub-changed");
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
