//! `pendamping …`: who may carry a citizen's card for half an hour, and such sessions.

use absah_credential::Pendamping;
use absah_host::Exit;
use absah_issuer_core::figures::{HELPED_TARGET, is_elderly};
use absah_issuer_core::holder;
use absah_issuer_core::offer::{Offer, OfferLink, random_tx_code};
use absah_issuer_core::ports::Store as _;
use absah_protocol::oid4vci::deep_link;
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp, coded};
use serde_json::json;

use super::cards::{signs_cards, tell_code};
use super::{Desk, Outcome};
use crate::store::{Helped, NewSession, PendampingSession};

/// Sessions listed at once.
const MOST: u32 = 200;
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Registers a helper.
    Add(AddArgs),
    /// Lists the helpers.
    List,
    /// Strikes a helper off, and ends the session the helper may have open.
    Remove {
        /// Id of the helper.
        id: String,
    },
    /// Lets a helper carry a citizen's identity card for 30 minutes: a link for the helper's phone and a code to be read
    /// aloud.
    Start(StartArgs),
    /// Ends a session before its time: its copies are suspended at once.
    End {
        /// Number of the session.
        session: i64,
    },
    /// Lists the newest sessions, and how many there were.
    Sessions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Id of the helper, as it stands on every card carried: letters, digits, hyphens.
    #[arg(long)]
    id: String,
    /// The helper's name.
    #[arg(long)]
    name: String,
    /// The organisation, for instance PKK or Karang Taruna of a kelurahan.
    #[arg(long)]
    organisation: String,
}

impl AddArgs {
    pub(super) fn parse(&self) -> Result<Pendamping, PendampingArgsError> {
        Pendamping::new(&self.id, &self.name, &self.organisation).ok_or(PendampingArgsError::Malformed)
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct StartArgs {
    /// The citizen's NIK.
    #[arg(long, value_name = "NIK")]
    nik: String,
    /// Id of the helper.
    #[arg(long, value_name = "ID")]
    helper: String,
    /// The citizen is here: identity card and face were compared.
    #[arg(long)]
    card_and_face: bool,
    /// The citizen agrees that this helper carries the card for 30 minutes.
    #[arg(long)]
    agreed: bool,
    /// Where the helper's phone reaches the issuer.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

/// What was asked for makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PendampingArgsError {
    /// Nobody says that card and face were compared.
    NotSeen,
    /// Nobody says that the citizen agrees.
    NotAgreed,
    /// The id, the name or the organisation is empty, too long, or has signs it must not have.
    Malformed,
}

impl core::fmt::Display for PendampingArgsError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotSeen => "card and face not compared",
            Self::NotAgreed => "citizen has not agreed",
            Self::Malformed => "helper's id or name malformed",
        })
    }
}

impl core::error::Error for PendampingArgsError {}

coded! { PendampingArgsError {
    NotSeen => ("pendamping-not-seen", User),
    NotAgreed => ("pendamping-not-agreed", User),
    Malformed => ("pendamping-malformed", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Start(args) => start(args, desk),
        Command::Add(args) => {
            let helper = args.parse()?;
            desk.with_store(async |store, context| {
                let said = json!({ "id": helper.id, "nama": helper.nama, "organisasi": helper.organisasi });
                store.add_pendamping(helper, context.clock.now()).await??;
                told(context, &said, "pendamping-added");
                Ok(Exit::Ok)
            })
        }
        Command::Remove { id } => desk.with_store(async |store, context| {
            store.remove_pendamping(id.trim(), context.clock.now()).await??;
            told(context, &json!({ "id": id }), "pendamping-removed");
            Ok(Exit::Ok)
        }),
        Command::End { session } => desk.with_store(async |store, context| {
            let copies = store.end_pendamping(*session, None, context.clock.now()).await??;
            told(context, &json!({ "session": session, "copies_changed": copies }), "pendamping-ended");
            Ok(Exit::Ok)
        }),
        Command::List => desk.with_store(async |store, context| {
            let helpers = store.pendampings().await?;
            if context.console.json() {
                let one = |one: &crate::store::RegisteredPendamping| {
                    json!({
                        "id": one.helper.id,
                        "nama": one.helper.nama,
                        "organisasi": one.helper.organisasi,
                        "added_at": one.added_at.to_string(),
                        "removed_at": one.removed_at.map(|at| at.to_string()),
                    })
                };
                context.console.answer(&json!({ "helpers": helpers.iter().map(one).collect::<Vec<_>>() }));
            } else {
                for one in helpers.iter().filter(|one| one.removed_at.is_none()) {
                    let Pendamping { id, nama, organisasi } = &one.helper;
                    context.console.line(&format!("{id} {nama}, {organisasi}"));
                }
            }
            Ok(Exit::Ok)
        }),
        Command::Sessions => desk.with_store(async |store, context| {
            let (sessions, helped) = (store.pendamping_sessions(MOST).await?, store.helped().await?);
            let now = context.clock.now();
            if context.console.json() {
                let sessions: Vec<_> = sessions.iter().map(|one| session_json(one, now)).collect();
                let Helped { sessions: count, people, elderly } = helped;
                context.console.answer(&json!({
                    "count": count, "people": people, "elderly": elderly, "target": HELPED_TARGET, "sessions": sessions,
                }));
            } else {
                let numbers = [("people", helped.people), ("elderly", helped.elderly), ("target", HELPED_TARGET)];
                let numbers = numbers.map(|(name, number)| (name, number.to_string()));
                let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
                let line = context.console.text_with("pendamping-helped", &numbers);
                context.console.line(&line);
                for one in sessions {
                    let over = context.console.text(if one.came_to_nothing(now) { "pendamping-over-word" } else { "pendamping-runs-word" });
                    context.console.line(&format!("{} {} {} {over}", one.id, one.helper.id, one.ends_at));
                }
            }
            Ok(Exit::Ok)
        }),
    }
}

fn session_json(session: &PendampingSession, now: Timestamp) -> serde_json::Value {
    json!({
        "over": session.came_to_nothing(now),
        "session": session.id,
        "helper": session.helper.id,
        "nik": session.nik.to_string(),
        "started_at": session.started_at.to_string(),
        "ends_at": session.ends_at.to_string(),
        "ended_at": session.ended_at.map(|at| at.to_string()),
    })
}

fn told(context: &mut absah_host::Context, said: &serde_json::Value, id: &str) {
    if context.console.json() {
        context.console.answer(said);
    } else {
        let line = context.console.text(id);
        context.console.line(&line);
    }
}

/// "against card + face at a desk or by a registered helper".
fn start(args: &StartArgs, desk: &mut Desk<'_>) -> Outcome {
    if !args.card_and_face {
        return Err(PendampingArgsError::NotSeen.into());
    }
    if !args.agreed {
        return Err(PendampingArgsError::NotAgreed.into());
    }
    let (nik, kind) = (Nik::parse(args.nik.trim())?, CredentialType::KtpElektronik);
    let issuer = desk.required_public_url(args.public_url.as_deref())?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        signs_cards(store, now).await?;
        let Some(subject) = store.subject(nik, kind).await? else {
            return Err(store.why_absent(nik, kind).await?.into());
        };
        holder(kind, &subject, now)?;
        let link = OfferLink::random(context.rng.as_mut());
        let secret = link.secret(keys.as_ref());
        let tx_code = random_tx_code(context.rng.as_mut());
        let offer = Offer::open(&secret, &tx_code, nik, kind, now);
        let expires_at = offer.record.expires_at;
        let elderly = is_elderly(subject.resident.tanggal_lahir, now);
        let helper = args.helper.trim().to_owned();
        let new = NewSession { offer, helper, elderly, officer: None };
        // A new session takes the place of the one there is: whoever starts it hears whose that was.
        let before = store.pendamping_for(nik, now).await?;
        let session = store.start_pendamping(new, now).await??;
        let ends_at = now.plus(crate::store::SESSION_LIFE);
        let link = deep_link(&issuer.endpoint(&format!("/offers/{}", link.text())));
        if context.console.json() {
            context.console.answer(&json!({
                "session": session,
                "credential_offer_uri": link,
                "tx_code": tx_code,
                "expires_at": expires_at.to_string(),
                "ends_at": ends_at.to_string(),
                "ended": before.as_ref().map(|one| json!({ "session": one.id, "helper": one.helper.id })),
            }));
        } else {
            context.console.line(&link);
            tell_code(&tx_code, expires_at, &mut context.console);
            let said = context.console.text_with(
                "pendamping-started",
                &[("session", &session.to_string()), ("ends", &ends_at.to_string())],
            );
            context.console.line(&said);
            if let Some(one) = &before {
                let values = [("session", one.id.to_string()), ("helper", one.helper.nama.clone())];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                let said = context.console.text_with("pendamping-started-ended", &values);
                context.console.line(&said);
            }
        }
        Ok(Exit::Ok)
    })
}
