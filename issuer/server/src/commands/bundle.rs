//! `bundle publish` and `bundle keys`.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use absah_host::{Context, Exit, FileError, Mode, Settings, SettingsError, key_passphrase, stage_folder};
use absah_ledger::LeafClass;
use absah_trust::trust_list::Contact;
use absah_types::{Coded as _, Rng, coded, hex};
use serde_json::json;

use super::{Desk, Failure, Outcome, bundle_keys, is_folder};
use crate::app::{BUNDLE_FOLDER, remember};
use crate::bundle_root;
use crate::did_log;
use crate::offline::{FOLDER, OfflineKeys};
use crate::publish::{Published, publish};
use crate::signers::{self, SignerError};
use crate::unfinished::{self, Unfinished};

/// Held while one program publishes.
const LOCK: &str = "bundle.lock";

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Writes the next version of the trust bundle into a folder, and serves it from now on.
    Publish {
        /// The folder; a bundle in it is replaced in one step.
        dir: PathBuf,
        #[command(flatten)]
        offline: OfflineArgs,
    },
    /// The keys that sign the bundle: who has them is up to the office.
    #[command(subcommand)]
    Keys(Keys),
}

/// Where keys kept offline are.
#[derive(Debug, clap::Args)]
pub(super) struct OfflineArgs {
    /// Folders with offline keys: sticks; otherwise keys/offline in the data directory.
    #[arg(long = "offline-keys", value_name = "DIR", num_args = 1..)]
    folders: Vec<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Keys {
    /// Shows the keys of each role, how long they count, and which of them are at hand, by what name.
    Show {
        #[command(flatten)]
        offline: OfflineArgs,
    },
    /// Signs the next root document with the same keys, for another year.
    Renew {
        #[command(flatten)]
        offline: OfflineArgs,
    },
    /// Puts a new key in the place of one that signs at every publication: timestamp, snapshot or status.
    Rotate {
        /// Which.
        #[arg(value_enum)]
        role: OnlineRole,
        #[command(flatten)]
        offline: OfflineArgs,
    },
    /// Puts a new key in the place of a root or targets key: lost, stolen, or its holder has left.
    Replace {
        /// The name of the old key, or as much of its beginning as no other has.
        key: String,
        /// The folder for the new key's file.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        offline: OfflineArgs,
    },
}

/// A role whose key is online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum OnlineRole {
    /// Names the newest snapshot.
    Timestamp,
    /// Names the documents that belong together.
    Snapshot,
    /// Names the status tokens.
    Status,
}

/// The folder is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderError {
    /// It holds something else than a bundle.
    NotABundle,
    /// No root or targets key has a name that begins so.
    KeyUnknown,
    /// Several root or targets keys have names that begin so.
    KeyAmbiguous,
}

impl core::fmt::Display for FolderError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotABundle => "folder holds something else than a bundle",
            Self::KeyUnknown => "no offline key of that name",
            Self::KeyAmbiguous => "several offline keys of such a name",
        })
    }
}

impl core::error::Error for FolderError {}

coded! { FolderError {
    NotABundle => ("bundle-folder-in-use", User),
    KeyUnknown => ("bundle-key-unknown", User),
    KeyAmbiguous => ("bundle-key-ambiguous", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Publish { dir, offline } => write_bundle(dir, offline, desk),
        Command::Keys(keys) => bundle_keys::run(keys, desk),
    }
}

impl OfflineArgs {
    /// Whether all folders that were named are there: one that was mistyped is no stick without keys.
    fn are_there(&self) -> Result<(), FileError> {
        self.folders.iter().try_for_each(|folder| is_folder(folder))
    }

    /// The keys in folders that are there.
    pub(super) fn keys(&self, desk: &mut Desk<'_>) -> Result<OfflineKeys, Failure> {
        self.are_there()?;
        self.keys_to_be(desk)
    }

    /// The keys; new ones are made in the first folder, with which it begins to be.
    fn keys_to_be(&self, desk: &mut Desk<'_>) -> Result<OfflineKeys, Failure> {
        let rng: &mut dyn Rng = desk.context.rng.as_mut();
        let passphrase = key_passphrase(&desk.dir, &desk.settings, rng, &mut desk.context.console)?;
        Ok(match self.folders.as_slice() {
            [] => OfflineKeys::new(vec![desk.dir.join(FOLDER)], passphrase),
            folders => OfflineKeys::new(folders.to_vec(), passphrase).brought(),
        })
    }
}

fn write_bundle(dir: &Path, offline: &OfflineArgs, desk: &mut Desk<'_>) -> Outcome {
    match write_once(dir, offline, desk) {
        // A key that was added while this one began. Nothing is recorded of a publication that fails.
        Err(failure) if failure.coded().code() == SignerError::Absent.code() => {
            desk.keys = None;
            write_once(dir, offline, desk)
        }
        other => other,
    }
}

fn write_once(dir: &Path, offline: &OfflineArgs, desk: &mut Desk<'_>) -> Outcome {
    // The folder is replaced as a whole: never one that holds other people's files.
    let empty = std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    if !empty && !dir.join("metadata/timestamp.json").is_file() {
        return Err(FolderError::NotABundle.into());
    }
    let told = desk.public_url(None)?;
    let keys = desk.keys()?;
    let folders = offline;
    let offline = folders.keys_to_be(desk)?;
    let own = desk.dir.join(BUNDLE_FOLDER);
    let contact = contact(&desk.settings)?;
    // One publication at a time: numbers and folders follow each other.
    let _alone = alone(&desk.dir.join(LOCK))?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        if bundle_root::newest(store).await?.is_some() {
            folders.are_there()?;
        }
        match told {
            Some(id) => drop(remember(store, &id, keys.as_ref(), now, context.rng.as_mut()).await?),
            None => signers::of_last_identity(store, keys.as_ref(), now, context.rng.as_mut()).await?,
        }
        let unfinished = unfinished::finish::<Failure>(store, &own).await?;
        // A key may have come into force since anybody looked.
        did_log::keep_up_all(store, keys.as_ref(), now).await?;
        let published = publish(store, keys.as_ref(), &offline, (&own, contact.as_ref()), now).await?;
        // Both folders lie ready on their disks before the number is taken and the leaves are written; only then does
        // anybody see them.
        let served = stage_folder(&own, &published.files, Mode::Public)?;
        let asked_for = stage_folder(dir, &published.files, Mode::Public)?;
        published.record(store).await?;
        served.put()?;
        asked_for.put()?;
        // Told, and nothing is held back by it: a warning must never keep a revocation from anybody.
        let unrecorded = store.changed_past_acts(LeafClass::StatusChange).await.unwrap_or_default();
        Ok(say(&published, unfinished, unrecorded, context))
    })
}

/// The longest line of a contact, in characters.
const MAX_CONTACT: usize = 200;

/// Whom the list tells people to turn to, as the settings name them: `contact_name`, and with it `contact_phone`,
/// `contact_email`, `contact_address`.
fn contact(settings: &Settings) -> Result<Option<Contact>, SettingsError> {
    let line = |key: &str| {
        let text =
            settings.text(key, None)?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        match text {
            Some(text) if text.chars().count() > MAX_CONTACT || text.chars().any(char::is_control) => {
                Err(SettingsError::Value { key: key.to_owned() })
            }
            text => Ok(text),
        }
    };
    let (phone, email, address) = (line("contact_phone")?, line("contact_email")?, line("contact_address")?);
    match line("contact_name")? {
        Some(name) => Ok(Some(Contact { name, phone, email, address })),
        None if [&phone, &email, &address].iter().any(|one| one.is_some()) => {
            Err(SettingsError::Value { key: "contact_name".to_owned() })
        }
        None => Ok(None),
    }
}

/// Waits until no other program publishes from this data directory.
fn alone(path: &Path) -> Result<File, FileError> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
    let refused = |error: std::io::Error| FileError::Write { path: path.to_owned(), kind: error.kind() };
    file.and_then(|file| file.lock().map(|()| file)).map_err(refused)
}

fn say(
    published: &Published,
    unfinished: Option<Unfinished>,
    unrecorded: u64,
    context: &mut Context,
) -> Exit {
    let root = hex::encode(published.root_sha256);
    let console = &mut context.console;
    let (finished, unseen) = match unfinished {
        Some(Unfinished::Shown(version)) => (Some(version), None),
        Some(Unfinished::Unseen(version)) => (None, Some(version)),
        None => (None, None),
    };
    if console.json() {
        let (withdrawn, distrusted) =
            published.waiting.as_ref().map(|waiting| (&waiting.withdrawn, &waiting.distrusted)).unzip();
        console.answer(&json!({
            "version": published.version,
            "root_sha256": root,
            "finished_version": finished,
            "unseen_version": unseen,
            "signed_offline": published.signed_offline,
            "offline_changes_waiting": published.waiting.is_some(),
            "root_waiting": published.root_waiting,
            "statuses_changed_without_act": unrecorded,
            "withdrawals_waiting": withdrawn.cloned().unwrap_or_default(),
            "distrusts_waiting": distrusted.cloned().unwrap_or_default(),
            "targets_expire_at": published.targets_expires.to_string(),
            "ending_authorities": published.ending_authorities.iter().map(|(generation, end)| json!({
                "generation": generation,
                "ends_at": end.to_string(),
            })).collect::<Vec<_>>(),
        }));
    } else {
        let version = published.version.to_string();
        let said = console.text_with("bundle-published", &[("version", &version)]);
        console.line(&said);
        console.line(&root);
        for (generation, end) in &published.ending_authorities {
            let number = generation.map_or_else(|| "-".to_owned(), |number| number.to_string());
            let values = [("number", number.as_str()), ("end", &end.to_string())];
            console.line(&console.text_with("bundle-authority-ends", &values));
        }
    }
    // On standard error: whoever reads the answer with a program still sees it.
    for (version, text) in [(finished, "bundle-finished"), (unseen, "bundle-unseen")] {
        if let Some(version) = version {
            console.notice(&console.text_with(text, &[("version", &version.to_string())]));
        }
    }
    if unrecorded > 0 {
        let count = unrecorded.to_string();
        console.notice(&console.text_with("bundle-statuses-unrecorded", &[("count", &count)]));
    }
    if let Some(waiting) = &published.waiting {
        console.notice(&console.text("bundle-changes-waiting"));
        if published.root_waiting {
            console.notice(&console.text("bundle-root-waiting"));
        }
        for (names, text) in [
            (&waiting.withdrawn, "bundle-withdrawals-waiting"),
            (&waiting.distrusted, "bundle-distrusts-waiting"),
        ] {
            if !names.is_empty() {
                console.notice(&format!("{} {}", console.text(text), names.join(", ")));
            }
        }
    }
    Exit::Ok
}
