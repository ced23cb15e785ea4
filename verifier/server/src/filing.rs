//! From an accepted answer to filed evidence: what the page and the `evidence` commands do with a counter.

use std::collections::BTreeMap;

use absah_trust::policy::Refusal;
use absah_trust::{Files, Outcome};
use absah_types::{Coded, Rng, Seconds, Secret, Timestamp, array, base64url, coded, hex};
use absah_verifier_core::evidence::{
    self, Card, ChainHead, EvidenceId, Link, Material, Packet, Verdict, lacks_reason,
};
use absah_verifier_core::judge::{self, Found, Judgement};
use absah_verifier_core::{Pending, Report, answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::{App, label};
use crate::desk::day_begins;
use crate::error::Failure;
use crate::store::{ChainEnd, EvidenceRow, RequestRow, StoreError, Undecided, Visit};

/// Longest reason, in characters.
pub(crate) const MAX_REASON: usize = 200;
/// After this time without a word of the officer an answer counts as abandoned: its portrait must not stay.
pub(crate) const WORD_WITHIN: Seconds = Seconds::minutes(15);

/// A printed document waits so long for a look on the network; then it is forgotten, since its link leads to a person.
pub(crate) const PRINTED_WAITS: Seconds = Seconds::days(7);

/// What is asked of filed evidence and cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingError {
    /// There is no such evidence here.
    Unknown,
    /// It must be kept longer.
    Retained,
    /// It need not be kept any longer by this machine's clock alone, which runs ahead of all that issuers have signed.
    DueUnvouched,
    /// The answer was decided before, or never was.
    NothingToDecide,
    /// An answer judged by old knowledge is only taken with a reason.
    ReasonMissing,
    /// The word came too late: it was filed as abandoned.
    Late,
    /// Whoever answers for an undetermined answer must be somebody else than the officer.
    SameOfficer,
}

impl core::fmt::Display for FilingError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no such evidence",
            Self::Retained => "evidence must be kept longer",
            Self::DueUnvouched => "due by this clock alone",
            Self::NothingToDecide => "nothing to decide",
            Self::ReasonMissing => "a reason is needed",
            Self::Late => "the word came too late",
            Self::SameOfficer => "officer and supervisor are one person",
        })
    }
}

impl core::error::Error for FilingError {}

coded! { FilingError {
    Unknown => ("evidence-unknown", User),
    Retained => ("evidence-retained", User),
    DueUnvouched => ("evidence-due-unvouched", User),
    NothingToDecide => ("verdict-nothing", User),
    ReasonMissing => ("verdict-reason", User),
    Late => ("verdict-late", User),
    SameOfficer => ("verdict-same-officer", User),
} }

/// What waits, sealed, for the officer's word; gone with it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(crate) material: Material,
    /// The decision as `decide --json` says it, facts and all.
    pub(crate) report: Value,
    /// The portrait, WebP in base64.
    pub(crate) portrait: Option<String>,
    /// When the request was made.
    pub(crate) asked_at: Timestamp,
    /// The supervisor who took an undetermined answer upon himself, and why; else empty.
    #[serde(default)]
    pub(crate) supervisor: String,
    #[serde(default)]
    pub(crate) reason: String,
}

/// What came of an answer at the counter.
pub(crate) enum Seen {
    /// Accepted: the officer has to say something.
    ToDecide { tag: Vec<u8>, held: Box<Held> },
    /// Nothing to decide.
    Over { report: Box<Report> },
    /// Refused, and none of the requests for the service on the screen was meant: it ends no waiting.
    Elsewhere { report: Box<Report> },
}

/// The officer's word.
pub(crate) struct Word<'w> {
    pub(crate) verdict: Verdict,
    pub(crate) officer: &'w str,
    pub(crate) reason: &'w str,
}

/// A supervisor who was checked, and why he accepts.
#[derive(Clone, Copy)]
pub(crate) struct Vouch<'w> {
    pub(crate) supervisor: &'w str,
    pub(crate) reason: &'w str,
}

/// How an answer by QR is looked at.
#[derive(Clone, Copy, Default)]
struct Asking<'w> {
    /// Who takes an undetermined one upon himself.
    vouch: Option<Vouch<'w>>,
    /// What is said of it at once, where no officer is asked first.
    word: Option<&'w Word<'w>>,
    /// The service on the screen, where one waits for an answer.
    service: Option<&'w str>,
}

/// An answer and the request it belongs to.
pub(crate) struct Asked<'p> {
    /// The key of the request's row.
    pub(crate) tag: &'p [u8],
    pub(crate) pending: &'p Pending,
    pub(crate) version: u64,
    pub(crate) vouch: Option<Vouch<'p>>,
    /// Whether a session tells what came of it.
    pub(crate) tells: bool,
}

impl App {
    /// Judges the texts of one whole answer and keeps what must be decided. A refusal is counted as a visit when it belongs
    /// to a request of this counter.
    ///
    /// # Errors
    /// Only when the store or the bundle fails; refusals are outcomes.
    pub(crate) async fn see(
        &self,
        texts: &[String],
        vouch: Option<Vouch<'_>>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        match answer::read(texts.iter().map(String::as_str)) {
            Ok(bytes) => self.see_bytes(&bytes, Asking { vouch, ..Asking::default() }, rng, now).await,
            Err(error) => {
                let version = self.bundle().await?.map_or(0, |bundle| bundle.version());
                Ok(unreadable(&error, version))
            }
        }
    }

    /// As [`App::see`], while an answer for a service is waited for: a refusal that is not of its requests is `Elsewhere`, and
    /// no visit.
    ///
    /// # Errors
    /// As [`App::see`].
    pub(crate) async fn see_at(
        &self,
        bytes: &[u8],
        service: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        self.see_bytes(bytes, Asking { service: Some(service), ..Asking::default() }, rng, now).await
    }

    async fn see_bytes(
        &self,
        bytes: &[u8],
        asking: Asking<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let Asking { vouch, word, service } = asking;
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let tag = match answer::tag(bytes) {
            Ok(tag) => tag,
            Err(error) if service.is_some() => {
                return Ok(Seen::Elsewhere { report: refusal(&error, version) });
            }
            Err(error) => return Ok(unreadable(&error, version)),
        };
        self.end_late(now).await?;
        let row = self.store().by_tag(&tag).await?;
        let found = self.found(row.as_ref())?;
        let judgement = match vouch {
            None => judge::by_qr(bytes, &found, bundle.as_deref(), now),
            Some(_) => judge::vouched(bytes, &found, bundle.as_deref(), now),
        };
        if let Found::Request { pending: Some(pending), .. } = &found
            && judgement.uses_up
        {
            let code = judgement.outcome.code();
            if word.is_some_and(|word| lacks_reason(code, word.verdict, word.reason)) {
                let report = Report::from(&judgement.outcome).withheld(FilingError::ReasonMissing.code());
                return Ok(Seen::Over { report: Box::new(report) });
            }
            let asked = Asked { tag: &tag, pending, version, vouch, tells: false };
            return self.keep_for_word(judgement, &asked, rng, now).await;
        }
        let own = row.as_ref().map(|row| row.service.as_str());
        if service.is_some_and(|service| own != Some(service)) {
            return Ok(Seen::Elsewhere { report: Box::new(Report::from(&judgement.outcome)) });
        }
        self.over(&judgement.outcome, row.as_ref(), now).await
    }

    /// Judges an answer by QR that no officer looks at, and files what was accepted at once: the report names it as
    /// `evidence`. Without the reason that old data needs nothing is used up and no fact told: the same answer is decided
    /// again with one.
    ///
    /// # Errors
    /// As [`App::see`].
    pub(crate) async fn decide_alone(
        &self,
        bytes: &[u8],
        word: &Word<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Value, Failure> {
        match self.see_bytes(bytes, Asking { word: Some(word), ..Asking::default() }, rng, now).await? {
            // Text, numbers and lists: always JSON.
            Seen::Over { report } | Seen::Elsewhere { report } => {
                let mut said = serde_json::to_value(&report).unwrap_or_default();
                // Accepted by a program that was stopped before it could file: whoever asks again is told.
                if let (Some(said), Ok(tag)) = (said.as_object_mut(), answer::tag(bytes))
                    && self.store().accepted().await?.iter().any(|kept| kept.tag == tag)
                {
                    said.insert("waiting".to_owned(), Value::Bool(true));
                }
                Ok(said)
            }
            Seen::ToDecide { tag, held } => {
                let row = self.decide(&tag, word, rng, now).await?;
                let mut report = held.report;
                if let Some(report) = report.as_object_mut() {
                    report.insert("evidence".to_owned(), Value::String(row.id));
                }
                Ok(report)
            }
        }
    }

    /// Counts the visit where the request is known, a used one too: a replay is a citizen at the counter.
    pub(crate) async fn over(
        &self,
        outcome: &Outcome,
        row: Option<&RequestRow>,
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let report = Report::from(outcome);
        if let Some(row) = row.filter(|row| !row.service.is_empty()) {
            let visit = visit(&row.service, report.code, colour(&report), row.made_at, now);
            self.store().note_visit(&visit).await?;
        }
        Ok(Seen::Over { report: Box::new(report) })
    }

    pub(crate) async fn keep_for_word(
        &self,
        judgement: Judgement,
        asked: &Asked<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let Asked { tag, pending, version, vouch, tells } = *asked;
        if let Some(accepted) = judgement.vouched.as_ref().or_else(|| judgement.outcome.accepted())
            && !self.take_carried(accepted, now).await?
        {
            let row = self.store().by_tag(tag).await?;
            return self.over(&judge::unreadable(&Refusal::PendampingUsed, version), row.as_ref(), now).await;
        }
        let tokens = match self.store().bundle().await? {
            Some((files, _)) => status_tokens(&files),
            None => BTreeMap::new(),
        };
        let used: Vec<(String, String)> = judgement
            .shown
            .iter()
            .filter_map(|card| tokens.get(card.status_list.as_deref()?).cloned())
            .collect();
        let cards = judgement.shown.iter().map(|card| {
            let (presentation, without_picture) = evidence::without_picture(&card.presentation);
            Card {
                query_id: card.query_id.clone(),
                presentation,
                without_picture,
                status_token: card.status_list.as_ref().and_then(|list| Some(tokens.get(list)?.0.clone())),
            }
        });
        let material = Material {
            request: pending.jar.clone(),
            service: pending.service.id.clone(),
            retention_days: pending.service.retention_days,
            outcome: judgement.outcome.code().to_owned(),
            judged_at: now,
            bundle_version: version,
            cards: cards.collect(),
        };
        let accepted = judgement.vouched.as_ref().or_else(|| judgement.outcome.accepted());
        let report = match &judgement.vouched {
            Some(accepted) => Report::vouched(&judgement.outcome, accepted),
            None => Report::from(&judgement.outcome),
        };
        let vouch = vouch.filter(|_| judgement.vouched.is_some());
        let held = Held {
            material,
            // Text, numbers and lists: always JSON.
            report: serde_json::to_value(&report).unwrap_or_default(),
            portrait: accepted.and_then(|accepted| accepted.portrait()).map(|webp| STANDARD.encode(webp)),
            asked_at: pending.made_at,
            supervisor: vouch.map(|vouch| vouch.supervisor.to_owned()).unwrap_or_default(),
            reason: vouch.map(|vouch| vouch.reason.to_owned()).unwrap_or_default(),
        };
        let content = Secret::new(serde_json::to_vec(&held).unwrap_or_default());
        let sealed = self.keys().seal(&label(b"undecided", tag), content.expose(), rng)?;
        let service = held.material.service.clone();
        let kept = Undecided { tag: tag.to_vec(), judged_at: now, service, held: sealed };
        let outcome = if tells { Some(self.sealed_outcome(tag, &report, rng)?) } else { None };
        if self.store().use_up_keeping(&kept, &used, outcome.as_deref()).await? {
            Ok(Seen::ToDecide { tag: tag.to_vec(), held: Box::new(held) })
        } else {
            let row = self.store().by_tag(tag).await?;
            self.over(&judge::replayed(version).outcome, row.as_ref(), now).await
        }
    }

    /// Opens what waits for a word under a tag.
    ///
    /// # Errors
    /// `NothingToDecide`; the store's.
    pub(crate) async fn held(&self, tag: &[u8]) -> Result<Held, Failure> {
        self.held_among(self.store().undecided().await?, tag)
    }

    fn held_among(&self, all: Vec<Undecided>, tag: &[u8]) -> Result<Held, Failure> {
        let kept = all.into_iter().find(|kept| kept.tag == tag).ok_or(FilingError::NothingToDecide)?;
        let opened = self.keys().unseal(&label(b"undecided", tag), &kept.held)?;
        Ok(serde_json::from_slice(opened.expose()).map_err(|_| FilingError::NothingToDecide)?)
    }

    /// Files the evidence of an answer with the officer's word; the portrait is gone afterwards.
    ///
    /// # Errors
    /// `NothingToDecide`, `ReasonMissing`; `Late` when it was filed as abandoned instead; the store's.
    pub(crate) async fn decide(
        &self,
        tag: &[u8],
        word: &Word<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<EvidenceRow, Failure> {
        let held = match word.verdict {
            Verdict::Abandoned => self.held_among(self.store().accepted().await?, tag)?,
            _ => self.held(tag).await?,
        };
        if word.verdict != Verdict::Abandoned && is_abandoned(held.material.judged_at, now) {
            let abandoned = Word { verdict: Verdict::Abandoned, officer: "", reason: "" };
            self.file(tag, held, &abandoned, rng, now).await?;
            return Err(FilingError::Late.into());
        }
        if lacks_reason(&held.material.outcome, word.verdict, word.reason) {
            return Err(FilingError::ReasonMissing.into());
        }
        if !held.supervisor.is_empty() && held.supervisor == word.officer {
            return Err(FilingError::SameOfficer.into());
        }
        self.file(tag, held, word, rng, now).await
    }

    async fn file(
        &self,
        tag: &[u8],
        held: Held,
        word: &Word<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<EvidenceRow, Failure> {
        let Held { material, mut report, asked_at, supervisor, reason, .. } = held;
        let reason = if supervisor.is_empty() { word.reason.to_owned() } else { reason };
        let packet = Packet {
            v: 1,
            id: EvidenceId::fresh(rng),
            material,
            verdict: word.verdict,
            officer: word.officer.to_owned(),
            reason: reason.trim().chars().take(MAX_REASON).collect(),
            supervisor,
            decided_at: now,
        };
        let key = Secret::new(array::<32>(rng));
        let sealed = evidence::seal(&packet, &key, rng)?;
        let sealed_key =
            self.keys().seal(&label(b"evidence", packet.id.as_str().as_bytes()), key.expose(), rng)?;
        let material = &packet.material;
        let retain_until = now.plus(Seconds::days(i64::from(material.retention_days)));
        let colour = report.get("colour").and_then(Value::as_str).unwrap_or_default();
        let mut visit = visit(&material.service, &material.outcome, colour, asked_at, now);
        visit.verdict = Some(packet.verdict.as_str().to_owned());
        // Once it is filed, a session tells no fact any more.
        if let Some(report) = report.as_object_mut() {
            report.insert("facts".to_owned(), Value::Object(serde_json::Map::new()));
            report.remove("cards");
            report.remove("relations");
        }
        let outcome = self.sealed_outcome(tag, &report, rng)?;
        let make = |end: &ChainEnd| {
            // A chain whose end was cut is not continued as if nothing had happened.
            let before = self.checked_end(end)?;
            let link = Link {
                id: packet.id.clone(),
                counter: self.identity().id.to_string(),
                number: end.number,
                previous: before.hash,
                packet: hex::encode(absah_crypto::sha256(&sealed)),
                verdict: packet.verdict,
                decided_at: now,
                retain_until,
                head: true,
            };
            let jws = link.prepare().sign(self.keys().signer())?;
            let head = self.sealed_head(&ChainHead::of(end.number, &jws), rng)?;
            let row = EvidenceRow {
                number: end.number,
                id: packet.id.to_string(),
                service: material.service.clone(),
                decided_at: now,
                retain_until,
                link: jws,
                tokens: material.cards.iter().filter_map(|card| card.status_token.clone()).collect(),
                sealed: Some(sealed.clone()),
                key: Some(sealed_key.clone()),
                receipt: None,
            };
            Ok::<_, Failure>((row, head))
        };
        let row = self.store().file(tag, &visit, &outcome, make).await?;
        Ok(row.ok_or(FilingError::NothingToDecide)?)
    }

    /// Queues the link of a printed document for a look on the network: here it is neither checked nor believed.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn queue_printed(
        &self,
        link: &str,
        service: &str,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let tag = self.keys().name(b"printed", link.as_bytes());
        let sealed = self.keys().seal(&label(b"printed", &tag), link.as_bytes(), rng)?;
        Ok(self.store().queue_printed(&tag, service, now, &sealed, day_begins(now)).await?)
    }

    /// Opens a link that waits.
    ///
    /// # Errors
    /// A row that does not open.
    pub(crate) fn printed_link(&self, tag: &[u8], sealed: &[u8]) -> Result<String, Failure> {
        let opened = self.keys().unseal(&label(b"printed", tag), sealed)?;
        Ok(String::from_utf8_lossy(opened.expose()).into_owned())
    }

    /// Files as abandoned what nobody decided in time, forgets printed documents that nobody looked up, and empties the store's log where that had to wait.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn abandon_old(
        &self,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.store().forget_doubtful(now.minus(WORD_WITHIN)).await?;
        self.store().forget_printed(now.minus(PRINTED_WAITS)).await?;
        for kept in self.store().accepted().await? {
            if is_abandoned(kept.judged_at, now) {
                let word = Word { verdict: Verdict::Abandoned, officer: "", reason: "" };
                match self.decide(&kept.tag, &word, rng, now).await {
                    Err(failure) if failure.coded().code() == FilingError::NothingToDecide.code() => {}
                    other => drop(other?),
                }
            }
        }
        match self.store().finish_deleting().await {
            Ok(()) | Err(StoreError::LogBusy) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn unreadable(error: &dyn Coded, version: u64) -> Seen {
    Seen::Over { report: refusal(error, version) }
}

fn refusal(error: &dyn Coded, version: u64) -> Box<Report> {
    Box::new(Report::from(&judge::unreadable(error, version)))
}

/// Whether nobody said anything in time; also after the clock was set back.
fn is_abandoned(judged_at: Timestamp, now: Timestamp) -> bool {
    let waited = now.since(judged_at);
    waited < Seconds(0) || waited > WORD_WITHIN
}

pub(crate) fn visit(service: &str, code: &str, colour: &str, asked_at: Timestamp, now: Timestamp) -> Visit {
    Visit {
        at: now,
        service: service.to_owned(),
        code: code.to_owned(),
        colour: colour.to_owned(),
        verdict: None,
        seconds: now.since(asked_at).0.max(0),
        reason: None,
    }
}

/// The colour as it is written everywhere.
pub(crate) fn colour(report: &Report) -> &'static str {
    use absah_trust::policy::Colour;
    match report.colour {
        Colour::Green => "green",
        Colour::Yellow => "yellow",
        Colour::Grey => "grey",
        Colour::Red => "red",
    }
}

/// The status tokens of a bundle by the list they speak of: SHA-256 (hex) and text.
fn status_tokens(files: &Files) -> BTreeMap<String, (String, String)> {
    #[derive(Deserialize)]
    struct Claims {
        sub: String,
    }
    let mut tokens = BTreeMap::new();
    for content in files.iter().filter(|(path, _)| path.ends_with(".jwt")).map(|(_, content)| content) {
        let Ok(text) = core::str::from_utf8(content) else { continue };
        let payload = text.split('.').nth(1).and_then(|payload| base64url::decode(payload).ok());
        let claims = payload.and_then(|payload| serde_json::from_slice::<Claims>(&payload).ok());
        if let Some(claims) = claims {
            tokens.insert(claims.sub, (hex::encode(absah_crypto::sha256(content)), text.to_owned()));
        }
    }
    tokens
}
