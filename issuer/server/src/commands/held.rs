//! `login-code`; `held list|release|refuse`: cards that wait until somebody has looked once more.

use absah_host::Exit;
use absah_types::{Nik, Seconds, coded};
use serde_json::json;

use super::{Desk, Outcome};
use crate::http::{grouped, random_code};

/// How long an officer's code is good for: as long as an offer.
const LOGIN_LIFE: Seconds = Seconds::minutes(10);

#[derive(Debug, clap::Args)]
pub(super) struct LoginArgs {
    /// The person's NIK, after the face was checked.
    #[arg(long, value_name = "NIK")]
    nik: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct PublicOfferArgs {
    /// The card: KtpElektronik, KartuKeluarga, AktaKelahiran or SuratKeterangan.
    #[arg(long, value_name = "TYPE")]
    credential: String,
    /// Where phones reach the issuer.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

/// `public-offer --credential TYPE --json` → `{"credential_offer_uri"}`: for a poster or a web page; who takes it logs in.
pub(super) fn public_offer(args: &PublicOfferArgs, desk: &mut Desk<'_>) -> Outcome {
    use absah_schemas::CredentialType;
    let kind = CredentialType::of_name(&args.credential).ok_or(super::CardArgsError::UnknownCredential)?;
    let issuer = desk.required_public_url(args.public_url.as_deref())?;
    desk.with_store(async |store, context| super::cards::signs_cards(store, context.clock.now()).await)?;
    let link = link_for_everybody(issuer, kind);
    let console = &mut desk.context.console;
    if console.json() {
        console.answer(&json!({ "credential_offer_uri": link }));
    } else {
        console.line(&link);
    }
    Ok(Exit::Ok)
}

/// A link that anybody may have: whoever takes it logs in.
pub(crate) fn link_for_everybody(
    issuer: absah_protocol::IssuerId,
    kind: absah_schemas::CredentialType,
) -> String {
    use absah_protocol::oid4vci::{AuthorizationCode, Grants, Offer, public_link};
    let configurations = absah_protocol::oid4vci::issuer::Configuration::pair(kind);
    public_link(&Offer {
        issuer,
        configuration_ids: configurations.into_iter().map(|one| one.id).collect(),
        grants: Grants {
            pre_authorized: None,
            authorization_code: Some(AuthorizationCode { issuer_state: None, authorization_server: None }),
        },
        carried: None,
    })
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the offers whose cards wait.
    List,
    /// Lets the cards of an offer be issued.
    Release {
        /// Its number.
        id: i64,
    },
    /// Lets them not be issued.
    Refuse {
        /// Its number.
        id: i64,
    },
}

/// There is nothing to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldError {
    /// No offer of that number waits.
    Unknown,
    /// Nobody of that NIK is in the register.
    PersonUnknown,
}

impl core::fmt::Display for HeldError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no such offer waits",
            Self::PersonUnknown => "nobody of that number in the register",
        })
    }
}

impl core::error::Error for HeldError {}

coded! { HeldError {
    Unknown => ("held-unknown", User),
    PersonUnknown => ("login-person-unknown", User),
} }

/// `login-code --nik N --json` → `{"login_code","expires_at"}`: read aloud, typed on the log-in page, used once.
pub(super) fn login_code(args: &LoginArgs, desk: &mut Desk<'_>) -> Outcome {
    let nik = Nik::parse(args.nik.trim())?;
    desk.with_store(async |store, context| {
        use absah_issuer_core::ports::Store as _;
        use absah_schemas::CredentialType::KtpElektronik;
        if store.subject(nik, KtpElektronik).await?.is_none() {
            return Err(HeldError::PersonUnknown.into());
        }
        let now = context.clock.now();
        super::cards::signs_cards(store, now).await?;
        let code = random_code(context.rng.as_mut());
        let expires_at = now.plus(LOGIN_LIFE);
        store.login_code(&code, nik, now, expires_at).await?;
        let shown = grouped(&code);
        if context.console.json() {
            context.console.answer(&json!({ "login_code": shown, "expires_at": expires_at.to_string() }));
        } else {
            super::cards::tell_code(&shown, expires_at, &mut context.console);
        }
        Ok(Exit::Ok)
    })
}

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match *command {
        Command::List => list(desk),
        Command::Release { id } => decide(id, true, desk),
        Command::Refuse { id } => decide(id, false, desk),
    }
}

fn list(desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let held = store.held_offers().await?;
        if context.console.json() {
            let one = |offer: &crate::store::HeldOffer| {
                let (nik, credential) = (offer.nik.to_string(), offer.kind.name());
                json!({ "id": offer.id, "nik": nik, "credential": credential, "asked": offer.asked })
            };
            let held: Vec<_> = held.iter().map(one).collect();
            context.console.answer(&json!({ "held": held }));
        } else {
            for offer in held {
                let card = offer.kind.display_name(context.console.lang());
                context.console.line(&format!("{} {} {card}", offer.id, offer.nik));
            }
        }
        Ok(Exit::Ok)
    })
}

fn decide(id: i64, release: bool, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        if !store.decide_held(id, release, context.clock.now()).await? {
            return Err(HeldError::Unknown.into());
        }
        if context.console.json() {
            context.console.answer(&json!({ "id": id, "released": release }));
        } else {
            let said = context.console.text(if release { "held-released" } else { "held-withheld" });
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
