//! *Terbitkan*: the QR code on the citizen's side, the six digits in the officer's window only after it was scanned.

use absah_issuer_core::offer::{Offer, OfferKey, OfferLink, random_tx_code};
use absah_issuer_core::ports::Store as _;
use absah_issuer_core::{NotEligible, holder};
use absah_protocol::oid4vci::deep_link;
use absah_protocol::oid4vci::issuer::token::MAX_TRIES;
use absah_qr::render::{Ecc, png};
use absah_schemas::CredentialType;
use absah_types::{Coded as _, Lang, Nik, Secret, Timestamp, base64url};
use absah_web::{Ambient, Now};
use axum::Json;
use axum::extract::{FromRef as _, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use minijinja::context;
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::names::short;
use super::page::{say, see};
use super::people::case_of;
use super::{Console, ConsoleError};
use crate::store::IssueState;

/// An offer under way.
pub(super) struct Open {
    session: [u8; 32],
    operator: i64,
    /// That a card came of it is written down for the rules of alerts.
    is_settled: bool,
    case: String,
    key: OfferKey,
    /// Whose card, and the keeper who was chosen.
    subject: (Nik, Option<Nik>),
    /// That person's name.
    name: String,
    kind: CredentialType,
    /// Whose phone it is, where that is somebody else's than the card's.
    keeper: Option<(Nik, String)>,
    link: Secret<String>,
    tx_code: Secret<String>,
    expires_at: Timestamp,
}

pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let kind = CredentialType::of_name(fields.raw("credential")).ok_or(ConsoleError::Unknown)?;
    let why = case.purpose.clone();
    let guardian = Some(fields.raw("guardian")).filter(|text| !text.is_empty());
    let guardian = guardian.map(Nik::parse).transpose().map_err(|_| ConsoleError::Unknown)?;
    let (open, offer) = make(&console, &officer, ((case.nik, guardian), kind, case.id), now).await?;
    if let Some((nik, _)) = &open.keeper {
        // The page shows the keeper's face.
        let by = (officer.operator.id, officer.public_name());
        let why = format!("{why} ({})", kind.display_name(Lang::Id));
        console.store().look((vec![(*nik, "family")], None), &why, by, now).await?;
    }
    console.store().offer_by(offer, &officer.public_name(), now).await?;
    settle(&console, officer.operator.id, now).await?;
    Ok(see(&format!("/issue/{}", keep_open(&console, open, now))))
}

/// Writes down for whom a card came of an officer's offers: pressing the button alone serves nobody.
pub(super) async fn settle(console: &Console, operator: i64, now: Timestamp) -> Result<(), Fail> {
    let is_due = |open: &&Open| open.operator == operator && !open.is_settled;
    let due: Vec<(OfferKey, Nik)> =
        console.offers().values().filter(is_due).map(|open| (open.key, open.subject.0)).collect();
    for (key, nik) in due {
        let is_issued = console.store().issue_state(key).await?.is_some_and(|state| state.issued);
        if is_issued && is_first(console, &key) {
            console.store().acted(operator, nik, now).await?;
        }
    }
    Ok(())
}

/// Whether nobody has written it down yet; from now on somebody has.
fn is_first(console: &Console, key: &OfferKey) -> bool {
    let mut offers = console.offers();
    let open = offers.values_mut().find(|open| open.key == *key && !open.is_settled);
    open.map(|open| open.is_settled = true).is_some()
}

/// Keeps what is secret of an offer for its page, whose name this is. From now on it is counted who scans it: the page waits
/// for the first and warns of a second.
pub(super) fn keep_open(console: &Console, open: Open, now: Timestamp) -> String {
    console.0.app.watch(open.key, now);
    let name = base64url::encode(console.random::<16>());
    let mut offers = console.offers();
    offers.retain(|_, open| now < open.expires_at);
    offers.insert(name.clone(), open);
    name
}

pub(super) async fn make(
    console: &Console,
    officer: &Officer,
    ((nik, wanted), kind, case): ((Nik, Option<Nik>), CredentialType, String),
    now: Timestamp,
) -> Result<(Open, Offer), Fail> {
    let store = console.store();
    let Some(mut subject) = store.subject(nik, kind).await? else {
        return Err(store.why_absent(nik, kind).await?.into());
    };
    subject.guardian = wanted;
    let keeper = holder(kind, &subject, now)?;
    let guardian = (keeper != nik).then_some(keeper);
    let named = subject.family.iter().find(|one| Some(one.nik) == guardian);
    let named = named.map(|one| (one.nik, one.nama.to_string()));
    let mut rng = Ambient::from_ref(console).rng();
    let link = OfferLink::random(rng.as_mut());
    let tx_code = random_tx_code(rng.as_mut());
    let secret = link.secret(console.0.app.keys().as_ref());
    let offer = Offer::open(&secret, &tx_code, nik, kind, now).about(guardian, None);
    let link = deep_link(&console.0.app.identity().id().endpoint(&format!("/offers/{}", link.text())));
    let open = Open {
        session: officer.session.key,
        operator: officer.operator.id,
        is_settled: false,
        case,
        key: offer.key,
        subject: (nik, wanted),
        name: subject.resident.nama.to_string(),
        kind,
        keeper: named,
        link: Secret::new(link),
        tx_code: Secret::new(tx_code),
        expires_at: offer.record.expires_at,
    };
    Ok((open, offer))
}

/// What is needed of an offer of this very session.
fn with_open<T>(
    console: &Console,
    officer: &Officer,
    id: &str,
    take: impl FnOnce(&Open) -> T,
) -> Result<T, Fail> {
    let offers = console.offers();
    let open = offers.get(id).filter(|open| open.session == officer.session.key);
    // What opens an offer is kept nowhere else: after a restart the officer begins anew, and is told so.
    open.map(take).ok_or(Fail::Console(ConsoleError::OfferLost))
}

/// Why the card of an offer can no longer be issued, if so: its wallet is refused it from then on.
async fn why_not_now(
    console: &Console,
    ((nik, wanted), kind): ((Nik, Option<Nik>), CredentialType),
    now: Timestamp,
) -> Result<Option<NotEligible>, Fail> {
    let store = console.store();
    let Some(mut subject) = store.subject(nik, kind).await? else {
        return Ok(Some(store.why_absent(nik, kind).await?));
    };
    subject.guardian = wanted;
    Ok(holder(kind, &subject, now).err())
}

/// How far it has come, by what is on record and how many phones have read the code.
fn stage(state: &IssueState, scans: u32, may_be_issued: bool, now: Timestamp) -> &'static str {
    if state.stored {
        "stored"
    } else if state.issued {
        "issued"
    } else if scans > 1 && !state.given {
        // The code was read twice: by a second phone, or once more by the citizen's, which nobody can tell. The offer has ended
        // by it. What was redeemed before the second time is the first one's.
        "scanned-twice"
    } else if !may_be_issued || (state.redeemed && state.taken_back) {
        // Somebody died, a card was suspended, data changed: nothing comes of it any more.
        "withdrawn"
    } else if state.redeemed {
        "redeemed"
    } else if state.wrong_tries >= u32::from(MAX_TRIES) {
        "guessed"
    } else if now >= state.expires_at {
        "ended"
    } else if scans == 1 {
        "scanned"
    } else {
        "waiting"
    }
}

async fn values(console: &Console, officer: &Officer, id: &str, now: Timestamp) -> Result<Value, Fail> {
    let (key, subject, kind, (case, keeper, name), tx_code, expires_at) =
        with_open(console, officer, id, |open| {
            let keeper = open.keeper.as_ref().map(|(_, name)| name.clone());
            let words = (open.case.clone(), keeper, open.name.clone());
            (open.key, open.subject, open.kind, words, open.tx_code.expose().clone(), open.expires_at)
        })?;
    let state = console.store().issue_state(key).await?.ok_or(ConsoleError::Unknown)?;
    if state.issued {
        settle(console, officer.operator.id, now).await?;
    }
    let why_not = match state.issued {
        true => None,
        false => why_not_now(console, (subject, kind), now).await?,
    };
    let stage = stage(&state, console.0.app.scans(&key), why_not.is_none(), now);
    let mut text = say(officer.lang, &format!("console-stage-{stage}"));
    if let (Some(why), "withdrawn") = (why_not, stage) {
        text = format!("{text} {}", say(officer.lang, &format!("err-{}", why.code())));
    }
    let warning = (stage == "scanned" && state.wrong_tries > 0)
        .then(|| format!("{} {} / {MAX_TRIES}", say(officer.lang, "console-wrong-tries"), state.wrong_tries));
    let code = (stage == "scanned").then_some(tx_code);
    let (first, second) = code.as_deref().map_or(("", ""), |code| code.split_at(code.len() / 2));
    Ok(json!({
        "stage": stage,
        "text": text,
        "code": code.as_ref().map(|_| format!("{first} {second}")),
        "wrong_tries": state.wrong_tries,
        "warning": warning,
        "done": matches!(stage, "stored" | "ended" | "scanned-twice" | "withdrawn" | "guessed"),
        "title": kind.display_name(officer.lang),
        "case": case,
        "keeper": keeper,
        "name": name,
        "nik": short(subject.0),
        "expires": expires_at.unix(),
    }))
}

pub(super) async fn page(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let state = values(&console, &officer, &id, now).await?;
    let keeper = with_open(&console, &officer, &id, |open| open.keeper.as_ref().map(|(nik, _)| *nik))?;
    let keeper_face = match keeper {
        Some(nik) => console.store().subject(nik, CredentialType::KtpElektronik).await?,
        None => None,
    };
    let keeper_face = keeper_face.is_some_and(|subject| subject.picture.is_some());
    let values =
        context! { id => id, keeper_face => keeper_face, state => minijinja::Value::from_serialize(&state) };
    Ok(super::page::page(&officer, "issue.html", "console-issue", values))
}

/// As the page shows it, for the script that keeps it fresh.
pub(super) async fn state(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Json<Value>, Fail> {
    Ok(Json(values(&console, &officer, &id, now).await?))
}

/// The citizen's side: the code and one sentence, nothing of the person.
pub(super) async fn scan(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let kind = with_open(&console, &officer, &id, |open| open.kind)?;
    let values = context! { id => id, card => kind.display_name(officer.lang) };
    Ok(super::page::open_page(officer.lang, "scan.html", "console-scan", values))
}

/// The face to compare: of who keeps a child's card. Its entry in that person's history was written when the offer was made.
pub(super) async fn keeper(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let keeper = with_open(&console, &officer, &id, |open| open.keeper.as_ref().map(|(nik, _)| *nik))?;
    let keeper = keeper.ok_or(ConsoleError::Unknown)?;
    let subject = console.store().subject(keeper, CredentialType::KtpElektronik).await?;
    let picture = subject.and_then(|subject| subject.picture).ok_or(ConsoleError::Unknown)?;
    Ok(([(CONTENT_TYPE, "image/webp")], picture).into_response())
}

pub(super) async fn qr(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let link = with_open(&console, &officer, &id, |open| open.link.expose().clone())?;
    let picture = png(&link, Ecc::M).map_err(|_| ConsoleError::Offer)?;
    Ok(([(CONTENT_TYPE, "image/png")], picture).into_response())
}
