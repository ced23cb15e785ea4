//! The calls of the page.

use std::collections::BTreeMap;
use std::sync::Arc;

use absah_qr::render::{Ecc, Symbol};
use absah_qr::{Frame, Kind};
use absah_schemas::keys;
use absah_types::{Coded as _, Lang, Seconds, Secret, Timestamp, hex};
use absah_verifier_core::evidence::Verdict;
use absah_verifier_core::{Offer, Pending};
use absah_web::{JsonBody, Now, Random};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::facts::{AskedOf, asked_of, label, say};
use super::views::{ClockView, Knowledge, Line, Stage, Tile, Told, hour, in_lang};
use super::{Desk, problem};
use crate::error::Failure;
use crate::filing::{FilingError, PRINTED_WAITS, Seen, Vouch, Word};
use crate::officers::OfficerError;
use crate::{pdf, sheet};

/// Most lines of today's list.
const LINES: usize = 100;
/// Most texts in one call.
pub(super) const TEXTS: usize = 512;

/// `?lang=`.
#[derive(Deserialize)]
pub(super) struct In {
    #[serde(default)]
    lang: String,
}

impl In {
    pub(super) fn lang(&self) -> Lang {
        Lang::parse(&self.lang).unwrap_or_default()
    }
}

pub(super) fn answered(desk: &Desk, done: Result<serde_json::Value, Failure>) -> Response {
    match done {
        Ok(value) => Json(value).into_response(),
        Err(failure) => problem(desk, &failure),
    }
}

/// `GET /api/texts`: the page's own texts.
pub(super) async fn texts(Query(asked): Query<In>) -> Response {
    let lang = asked.lang();
    let own = keys(lang).into_iter().filter(|key| key.starts_with("desk-"));
    Json(own.map(|key| (key, say(lang, key))).collect::<BTreeMap<_, _>>()).into_response()
}

/// `GET /api/told/{code}`: what an error means and what to do.
pub(super) async fn told(Query(asked): Query<In>, Path(code): Path<String>) -> Response {
    Json(Told::code(&code, asked.lang())).into_response()
}

/// `GET /api/desk`: all that is always on the screen.
pub(super) async fn desk(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
) -> Response {
    let done = async {
        desk.app.abandon_old(&mut *rng, now).await?;
        desk.app.end_late(now).await?;
        desk.forget_weaker(now).await?;
        let lang = asked.lang();
        let bundle = desk.app.bundle().await?;
        let (knowledge, clock) =
            (Knowledge::of(bundle.as_deref(), lang, now), ClockView::of(bundle.as_deref(), lang, now));
        let officers: Vec<String> =
            desk.app.store().officers().await?.into_iter().map(|officer| officer.name).collect();
        let officer = match desk.officer(now, false).await {
            Ok(officer) => officer,
            Err(failure) if failure.coded().code() == OfficerError::SignedOut.code() => {
                return Ok(json!({
                    "signed_in": false, "officers": officers, "knowledge": knowledge, "clock": clock,
                    "by_pin": desk.by_pin(now).await?, "without_password": desk.app.without_password().await?,
                }));
            }
            Err(failure) => return Err(failure),
        };
        let visits = desk.app.store().visits(day_begins(now)).await?;
        let findings = desk.app.examine(now).await?;
        let printed = desk.app.store().printed(now.minus(PRINTED_WAITS)).await?;
        let offers = desk.offers(now).await;
        let (tiles, told) = match &offers {
            Ok(offers) => {
                let tile = |offer: &Offer| Tile::of(&offer.service, &offer.title, &visits, lang);
                (offers.iter().map(tile).collect::<Vec<_>>(), None)
            }
            Err(failure) => (Vec::new(), Some(Told::of(failure.coded(), lang))),
        };
        let identity = desk.app.identity();
        let registered = bundle.as_ref().and_then(|bundle| identity.registered(bundle, now).ok());
        let registration = registered.map(|registered| registered.registration());
        let waiting = desk.app.store().undecided().await?;
        let held: Vec<String> =
            waiting.iter().map(|kept| hex::encode(&kept.tag)).chain(desk.weaker_tag(now)).collect();
        let waiting = waiting.iter().map(|kept| {
            let tile = tiles.iter().find(|tile| tile.is(&kept.service));
            let title = tile.map_or(kept.service.as_str(), Tile::title);
            json!({ "tag": hex::encode(&kept.tag), "hour": hour(kept.judged_at), "service": title })
        });
        // What is wrong with the menu stands above it.
        let menu = findings.parts.iter().find(|part| part.what == "menu").and_then(|part| {
            let told = Told::code(part.code?, lang);
            Some(told.with(findings.note("menu", lang)))
        });
        let keeping = desk.app.keeping(now).await?;
        let next = keeping.next.map(|end| {
            absah_schemas::times::days(lang, end.since(now).0.saturating_add(86_399).div_euclid(86_400))
        });
        Ok(json!({
            "counter": identity.id,
            "agency": registration.map(|registration| &registration.agency),
            "place": registration.map(|registration| &registration.place),
            "signed_in": true,
            "officer": officer,
            "officers": officers,
            "knowledge": knowledge,
            "clock": clock,
            "today": visits.iter().take(LINES).map(|visit| Line::of(visit, &tiles, lang)).collect::<Vec<_>>(),
            "services": tiles,
            "trouble": told,
            "menu": menu,
            "waiting": waiting.collect::<Vec<_>>(),
            "held": held,
            "supervisors": desk.app.supervisors().await?,
            "network": desk.public.is_some(),
            "supervises": desk.app.store().officers().await?.is_empty()
                || desk.app.supervisors().await?.contains(&officer),
            "printed": printed.iter().filter(|row| row.checked_at.is_none()).count(),
            "scanner": findings.scanner.as_ref().map(|scanner| &scanner.map),
            "go_live": findings.go_live,
            "bundle_url": desk.app.settings().text("bundle_url", None)?.is_some(),
            "due": keeping.due,
            "due_unvouched": keeping.unvouched,
            "next_due": next,
        }))
    };
    answered(&desk, done.await)
}

/// Midnight in the city.
pub(crate) fn day_begins(now: Timestamp) -> Timestamp {
    let wib = Seconds::hours(7);
    Timestamp::from_unix(now.plus(wib).unix().div_euclid(86_400) * 86_400).minus(wib)
}

impl Desk {
    pub(super) async fn offers(&self, now: Timestamp) -> Result<Vec<Offer>, Failure> {
        let no_bundle = absah_verifier_core::RequestFailure::NoBundle;
        let bundle = self.app.bundle().await?.ok_or(no_bundle)?;
        self.app.offers(&bundle, now)
    }

    /// What the page shows of an answer that was judged.
    pub(super) async fn stage(&self, seen: Seen, lang: Lang, now: Timestamp) -> Stage {
        match seen {
            Seen::Over { report } | Seen::Elsewhere { report } => Stage::over(&report, lang),
            Seen::ToDecide { tag, held } => {
                let service = self.service(&held.material.service, now).await;
                Stage::to_decide(&tag, &held, service.as_ref(), lang)
            }
        }
    }

    /// The service of an answer that waits: as registered now, else nothing to order the form by.
    pub(super) async fn service(&self, id: &str, now: Timestamp) -> Option<absah_trust::Service> {
        let offers = self.offers(now).await.ok()?;
        offers.into_iter().find(|offer| offer.service.id == id).map(|offer| offer.service)
    }
}

#[derive(Deserialize)]
pub(super) struct Ask {
    service: String,
    #[serde(default)]
    long: bool,
}

/// What the page shows of a request: who asks for what and why, and its pictures.
#[derive(Serialize)]
pub(super) struct Shown {
    tag: String,
    service: String,
    title: String,
    purpose: String,
    legal_basis: String,
    facts: Vec<String>,
    /// The same, card by card.
    cards: Vec<AskedOf>,
    frames: Vec<String>,
}

impl Shown {
    pub(super) fn of(pending: &Pending, frames: Vec<String>, lang: Lang) -> Self {
        let service = &pending.service;
        Self {
            tag: hex::encode(pending.tag()),
            service: service.id.clone(),
            title: in_lang(&service.title, lang),
            purpose: in_lang(&service.purpose, lang),
            legal_basis: service.legal_basis.clone(),
            facts: service.claims().map(|(_, claim)| label(&claim.to_string(), lang)).collect(),
            cards: asked_of(service, lang),
            frames,
        }
    }
}

/// `POST /api/ask`: a fresh request as pictures.
pub(super) async fn ask(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    JsonBody(ask): JsonBody<Ask>,
) -> Response {
    let done = async {
        // The camera first: new data would not mend it.
        desk.app.may_read_codes(now).await?;
        desk.app.judges(now).await?;
        let qr_version = desk.app.qr_version(None).await?;
        let made = desk.app.ask_by_qr(&ask.service, qr_version, &mut *rng, now).await?;
        let mut frames = Vec::new();
        for frame in made.frames(ask.long)? {
            frames.push(Symbol::encode(&frame.text(), Ecc::L)?.svg());
        }
        Ok(json!(Shown::of(&made.pending, frames, asked.lang())))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Vouched {
    texts: Vec<String>,
    supervisor: String,
    pin: String,
    reason: String,
}

impl Desk {
    /// Two people, and a reason: a supervisor at the counter does not answer for his own work.
    pub(super) async fn is_for_another(
        &self,
        supervisor: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if reason.trim().is_empty() {
            return Err(FilingError::ReasonMissing.into());
        }
        if self.officer(now, true).await? == supervisor {
            return Err(FilingError::SameOfficer.into());
        }
        Ok(())
    }
}

/// `POST /api/vouch`: a supervisor takes an undetermined answer upon himself; the officer still compares the face.
pub(super) async fn vouch(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    Query(asked): Query<In>,
    JsonBody(said): JsonBody<Vouched>,
) -> Response {
    let pin = Secret::new(said.pin);
    let done = async {
        desk.is_for_another(&said.supervisor, &said.reason, now).await?;
        desk.app.supervisor(&said.supervisor, pin.expose(), now).await?;
        let texts: Vec<String> = said.texts.into_iter().take(TEXTS).filter(|text| is_answer(text)).collect();
        let vouch = Vouch { supervisor: &said.supervisor, reason: &said.reason };
        let seen = desk.app.see(&texts, Some(vouch), &mut *rng, now).await?;
        Ok(json!(desk.stage(seen, asked.lang(), now).await))
    };
    answered(&desk, done.await)
}

/// Whether a text is a frame of an answer; a camera also sees others.
fn is_answer(text: &str) -> bool {
    Frame::parse(text.trim()).is_ok_and(|frame| frame.kind() == Kind::Answer)
}

/// `POST /api/picture`: the texts of the QR codes in a PNG, JPEG or PDF file.
pub(super) async fn picture(State(desk): State<Desk>, Query(asked): Query<In>, body: Bytes) -> Response {
    // Reading a large picture takes a while and tens of megabytes: not on the thread that answers everybody, and one at a
    // time on an old computer.
    let turn = Arc::clone(&desk.pictures).acquire_owned().await;
    let read = tokio::task::spawn_blocking(move || {
        let seen = pdf::texts_in_file(body);
        // Only now: who gave up waiting for it does not stop it.
        drop(turn);
        seen
    })
    .await;
    match read {
        Ok(Ok(texts)) => Json(json!({ "texts": texts })).into_response(),
        Ok(Err(error)) => Json(json!({ "told": Told::of(&error, asked.lang()) })).into_response(),
        Err(_) => absah_web::WebError::Panicked.into_response(),
    }
}

/// `GET /api/waiting/{tag}`: an answer that waits for a word, again.
pub(super) async fn waiting(
    State(desk): State<Desk>,
    Now(now): Now,
    Query(asked): Query<In>,
    Path(tag): Path<String>,
) -> Response {
    let done = async {
        if let Some(stage) = desk.waiting_weaker(&tag, asked.lang(), now).await {
            return Ok(json!(stage));
        }
        let tag = hex::decode(&tag).map_err(|_| crate::filing::FilingError::NothingToDecide)?;
        let held = desk.app.held(&tag).await?;
        let service = desk.service(&held.material.service, now).await;
        Ok(json!(Stage::to_decide(&tag, &held, service.as_ref(), asked.lang())))
    };
    answered(&desk, done.await)
}

/// What an officer can say; the other verdicts are nobody's word.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Spoken {
    Matched,
    Mismatched,
}

impl From<Spoken> for Verdict {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Matched => Self::Matched,
            Spoken::Mismatched => Self::Mismatched,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Said {
    tag: String,
    verdict: Spoken,
    #[serde(default)]
    reason: String,
}

/// `POST /api/word`: *Cocok* or *Tidak cocok*.
pub(super) async fn word(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<Said>,
) -> Response {
    let done = async {
        let officer = desk.officer(now, true).await?;
        let word = Word { verdict: said.verdict.into(), officer: &officer, reason: &said.reason };
        if desk.say_weaker(&said.tag, &word, &mut *rng, now).await? {
            // Nothing is filed of a weaker proof.
            return Ok(json!({ "id": null }));
        }
        let tag = hex::decode(&said.tag).map_err(|_| crate::filing::FilingError::NothingToDecide)?;
        let row = desk.app.decide(&tag, &word, &mut *rng, now).await?;
        Ok(json!({ "id": row.id, "number": row.number, "retain_until": row.retain_until.to_string() }))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct SignIn {
    name: String,
    pin: String,
    /// Not needed by who signed in today.
    #[serde(default)]
    password: String,
}

/// `POST /api/sign-in`: an officer begins, or unlocks the screen.
pub(super) async fn sign_in(
    State(desk): State<Desk>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<SignIn>,
) -> Response {
    let (pin, password) = (Secret::new(said.pin), Secret::new(said.password));
    let done = async {
        desk.let_in(&said.name, (pin.expose(), password.expose()), &mut *rng, now).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

/// `POST /api/sign-out`: the screen is locked.
pub(super) async fn sign_out(State(desk): State<Desk>) -> Response {
    desk.sign(None);
    Json(json!({})).into_response()
}

/// `GET /api/sheet/{id}`: the A4 sheet.
pub(super) async fn sheet(
    State(desk): State<Desk>,
    Query(asked): Query<In>,
    Path(id): Path<String>,
) -> Response {
    match sheet::of(&desk.app, &id, asked.lang()).await {
        Ok(pdf) => ([(CONTENT_TYPE, "application/pdf")], pdf).into_response(),
        Err(failure) => problem(&desk, &failure),
    }
}

/// `POST /api/erase-due`: erases what need not be kept any longer.
pub(super) async fn erase_due(State(desk): State<Desk>, Now(now): Now) -> Response {
    let done = async { Ok(json!({ "erased": desk.app.erase_due(now).await?.len() })) };
    answered(&desk, done.await)
}
