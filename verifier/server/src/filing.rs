//! From an accepted answer to filed evidence: what the page and the `evidence` commands do with a counter.

use std::collections::BTreeMap;

use absah_trust::{Files, Outcome};
use absah_types::{Coded, Rng, Seconds, Secret, Timestamp, array, base64url, coded, hex};
use absah_verifier_core::evidence::{
    self, Card, Evidence, EvidenceError, EvidenceFile, EvidenceId, Link, Material, Packet, Receipt, Verdict,
};
use absah_verifier_core::judge::{self, Found, Judgement};
use absah_verifier_core::{Pending, Report, answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::{App, label};
use crate::error::Failure;
use crate::store::{EvidenceRow, Undecided, Visit};

/// After this time without a word of the officer an answer counts as abandoned: its portrait must not stay.
pub(crate) const WORD_WITHIN: Seconds = Seconds::minutes(15);

/// What is asked of filed evidence and cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingError {
    /// There is no such evidence here.
    Unknown,
    /// It must be kept longer.
    Retained,
    /// The answer was decided before, or never was.
    NothingToDecide,
    /// An answer judged by old knowledge is only taken with a reason.
    ReasonMissing,
}

impl core::fmt::Display for FilingError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no such evidence",
            Self::Retained => "evidence must be kept longer",
            Self::NothingToDecide => "nothing to decide",
            Self::ReasonMissing => "a reason is needed",
        })
    }
}

impl core::error::Error for FilingError {}

coded! { FilingError {
    Unknown => ("evidence-unknown", User),
    Retained => ("evidence-retained", User),
    NothingToDecide => ("verdict-nothing", User),
    ReasonMissing => ("verdict-reason", User),
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
}

/// What came of an answer at the counter.
pub(crate) enum Seen {
    /// Accepted: the officer has to say something.
    ToDecide { tag: Vec<u8>, held: Box<Held> },
    /// Nothing to decide.
    Over { report: Box<Report> },
}

/// The officer's word.
pub(crate) struct Word<'w> {
    pub(crate) verdict: Verdict,
    pub(crate) officer: &'w str,
    pub(crate) reason: &'w str,
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
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let bundle = self.bundle().await?;
        let version = bundle.as_ref().map_or(0, |bundle| bundle.version());
        let unreadable = |error: &dyn Coded| {
            let outcome = judge::unreadable(error, version);
            Ok(Seen::Over { report: Box::new(Report::from(&outcome)) })
        };
        let bytes = match answer::read(texts.iter().map(String::as_str)) {
            Ok(bytes) => bytes,
            Err(error) => return unreadable(&error),
        };
        let tag = match answer::tag(&bytes) {
            Ok(tag) => tag,
            Err(error) => return unreadable(&error),
        };
        let row = self.store().by_tag(&tag).await?;
        let found = self.found(row.as_ref())?;
        let judgement = judge::by_qr(&bytes, &found, bundle.as_deref(), now);
        let asked = match found {
            Found::Request { pending: Some(pending), .. } => Some(pending),
            _ => None,
        };
        match asked {
            Some(pending) if judgement.uses_up => {
                self.keep_for_word(judgement, &pending, version, rng, now).await
            }
            asked => self.over(&judgement.outcome, asked.as_deref(), now).await,
        }
    }

    async fn over(
        &self,
        outcome: &Outcome,
        asked: Option<&Pending>,
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let report = Report::from(outcome);
        if let Some(pending) = asked {
            let visit = visit(&pending.service.id, report.code, colour(&report), pending.made_at, now);
            self.store().note_visit(&visit).await?;
        }
        Ok(Seen::Over { report: Box::new(report) })
    }

    async fn keep_for_word(
        &self,
        judgement: Judgement,
        pending: &Pending,
        version: u64,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Seen, Failure> {
        let tokens = match self.store().bundle().await? {
            Some((files, _)) => status_tokens(&files),
            None => BTreeMap::new(),
        };
        let used: Vec<(String, String)> = judgement
            .shown
            .iter()
            .filter_map(|card| tokens.get(card.status_list.as_deref()?).cloned())
            .collect();
        let cards = judgement.shown.iter().map(|card| Card {
            query_id: card.query_id.clone(),
            presentation: card.presentation.clone(),
            status_token: card.status_list.as_ref().and_then(|list| Some(tokens.get(list)?.0.clone())),
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
        let portrait = judgement.outcome.accepted().and_then(|accepted| accepted.portrait());
        let report = Report::from(&judgement.outcome);
        let held = Held {
            material,
            // Text, numbers and lists: always JSON.
            report: serde_json::to_value(&report).unwrap_or_default(),
            portrait: portrait.map(|webp| STANDARD.encode(webp)),
            asked_at: pending.made_at,
        };
        let tag = pending.tag().to_vec();
        let content = Secret::new(serde_json::to_vec(&held).unwrap_or_default());
        let sealed = self.keys().seal(&label(b"undecided", &tag), content.expose(), rng)?;
        let service = held.material.service.clone();
        let kept = Undecided { tag: tag.clone(), judged_at: now, service, held: sealed };
        if self.store().use_up_keeping(&kept, &used).await? {
            Ok(Seen::ToDecide { tag, held: Box::new(held) })
        } else {
            self.over(&judge::replayed(version).outcome, None, now).await
        }
    }

    /// Opens what waits under a tag.
    ///
    /// # Errors
    /// `NothingToDecide`; the store's.
    pub(crate) async fn held(&self, tag: &[u8]) -> Result<Held, Failure> {
        let all = self.store().undecided().await?;
        let kept = all.into_iter().find(|kept| kept.tag == tag).ok_or(FilingError::NothingToDecide)?;
        let opened = self.keys().unseal(&label(b"undecided", tag), &kept.held)?;
        Ok(serde_json::from_slice(opened.expose()).map_err(|_| FilingError::NothingToDecide)?)
    }

    /// Files the evidence of an answer with the officer's word; the portrait is gone afterwards.
    ///
    /// # Errors
    /// `NothingToDecide`, `ReasonMissing`; the store's.
    pub(crate) async fn decide(
        &self,
        tag: &[u8],
        word: &Word<'_>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<EvidenceRow, Failure> {
        let held = self.held(tag).await?;
        let stale = held.material.outcome == "accepted-stale";
        if stale && word.verdict == Verdict::Matched && word.reason.trim().is_empty() {
            return Err(FilingError::ReasonMissing.into());
        }
        let asked_at = held.asked_at;
        let packet = Packet {
            v: 1,
            id: EvidenceId::fresh(rng),
            material: held.material,
            verdict: word.verdict,
            officer: word.officer.to_owned(),
            reason: word.reason.trim().chars().take(200).collect(),
            decided_at: now,
        };
        let key = Secret::new(array::<32>(rng));
        let sealed = evidence::seal(&packet, &key, rng)?;
        let sealed_key =
            self.keys().seal(&label(b"evidence", packet.id.as_str().as_bytes()), key.expose(), rng)?;
        let material = &packet.material;
        let retain_until = now.plus(Seconds::days(i64::from(material.retention_days)));
        let mut visit = visit(&material.service, &material.outcome, "green", asked_at, now);
        visit.verdict = Some(packet.verdict.as_str().to_owned());
        let make = |number: u64, previous: String| {
            let link = Link {
                id: packet.id.clone(),
                counter: self.identity().id.to_string(),
                number,
                previous,
                packet: hex::encode(absah_crypto::sha256(&sealed)),
                verdict: packet.verdict,
                decided_at: now,
                retain_until,
            };
            Ok::<_, Failure>(EvidenceRow {
                number,
                id: packet.id.to_string(),
                service: material.service.clone(),
                decided_at: now,
                retain_until,
                link: link.prepare().sign(self.keys().signer())?,
                tokens: material.cards.iter().filter_map(|card| card.status_token.clone()).collect(),
                sealed: Some(sealed.clone()),
                key: Some(sealed_key.clone()),
                receipt: None,
            })
        };
        let row = self.store().file(tag, &visit, make).await?;
        Ok(row.ok_or(FilingError::NothingToDecide)?)
    }

    /// Files as abandoned what nobody decided in time.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn abandon_old(
        &self,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<(), Failure> {
        for kept in self.store().undecided().await? {
            let waited = now.since(kept.judged_at);
            if waited < Seconds(0) || waited > WORD_WITHIN {
                let word = Word { verdict: Verdict::Abandoned, officer: "", reason: "" };
                match self.decide(&kept.tag, &word, rng, now).await {
                    Err(failure) if failure.coded().code() == FilingError::NothingToDecide.code() => {}
                    other => drop(other?),
                }
            }
        }
        Ok(())
    }

    pub(crate) async fn evidence_row(&self, id: &str) -> Result<EvidenceRow, Failure> {
        Ok(self.store().evidence_of(id).await?.ok_or(FilingError::Unknown)?)
    }

    /// The file of `evidence export`, and the packet's key for who may have it.
    ///
    /// # Errors
    /// `Unknown`; [`EvidenceError::Erased`].
    pub(crate) async fn exported(&self, id: &str) -> Result<(EvidenceFile, Secret<[u8; 32]>), Failure> {
        let row = self.evidence_row(id).await?;
        let key = self.evidence_key(&row)?;
        let sealed = row.sealed.ok_or(EvidenceError::Erased)?;
        let mut status_tokens = Vec::with_capacity(row.tokens.len());
        for hash in &row.tokens {
            status_tokens.extend(self.store().status_token(hash).await?);
        }
        Ok((EvidenceFile { v: 1, link: row.link, sealed: base64url::encode(sealed), status_tokens }, key))
    }

    fn evidence_key(&self, row: &EvidenceRow) -> Result<Secret<[u8; 32]>, Failure> {
        let sealed = row.key.as_ref().ok_or(EvidenceError::Erased)?;
        let opened = self.keys().unseal(&label(b"evidence", row.id.as_bytes()), sealed)?;
        let key = <[u8; 32]>::try_from(opened.expose().as_slice()).map_err(|_| EvidenceError::Sealed)?;
        Ok(Secret::new(key))
    }

    /// Checks an exported file; without a given key, with the one that this counter has.
    ///
    /// # Errors
    /// [`EvidenceError`]; [`EvidenceError::KeyAbsent`] when the key is somewhere else.
    pub(crate) async fn verify_evidence(
        &self,
        file: &EvidenceFile,
        key: Option<Secret<[u8; 32]>>,
    ) -> Result<Evidence, Failure> {
        let key = match key {
            Some(key) => key,
            None => {
                let id = file.dangerous_link()?.id;
                let row = self.store().evidence_of(id.as_str()).await?.ok_or(EvidenceError::KeyAbsent)?;
                self.evidence_key(&row)?
            }
        };
        let bundle = self.bundle().await?.ok_or(absah_verifier_core::RequestFailure::NoBundle)?;
        Ok(evidence::verify(file, &key, &bundle)?)
    }

    /// Erases key and packet; the signed receipt stays.
    ///
    /// # Errors
    /// `Unknown`; `Retained` before its time without a reason; [`EvidenceError::Erased`] when it is gone already.
    pub(crate) async fn erase_evidence(
        &self,
        id: &str,
        early: Option<&str>,
        now: Timestamp,
    ) -> Result<Receipt, Failure> {
        let row = self.evidence_row(id).await?;
        if row.receipt.is_some() {
            return Err(EvidenceError::Erased.into());
        }
        // As the counter signed it: the column is only for finding.
        let link = evidence::read_link(&row.link, &self.identity().key)?;
        let is_due = now >= link.retain_until;
        if !is_due && early.is_none_or(|reason| reason.trim().is_empty()) {
            return Err(FilingError::Retained.into());
        }
        let receipt = Receipt {
            id: link.id,
            counter: link.counter,
            number: link.number,
            packet: link.packet,
            retain_until: link.retain_until,
            erased_at: now,
            early: early.filter(|_| !is_due).map(str::to_owned),
        };
        let signed = receipt.prepare().sign(self.keys().signer())?;
        if self.store().erase(id, &signed).await? { Ok(receipt) } else { Err(EvidenceError::Erased.into()) }
    }

    /// Erases all whose time is over; their receipts.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn erase_due(&self, now: Timestamp) -> Result<Vec<Receipt>, Failure> {
        let mut receipts = Vec::new();
        for row in self.store().evidence().await? {
            if row.receipt.is_none() && row.retain_until <= now {
                receipts.push(self.erase_evidence(&row.id, None, now).await?);
            }
        }
        Ok(receipts)
    }
}

fn visit(service: &str, code: &str, colour: &str, asked_at: Timestamp, now: Timestamp) -> Visit {
    Visit {
        at: now,
        service: service.to_owned(),
        code: code.to_owned(),
        colour: colour.to_owned(),
        verdict: None,
        seconds: now.since(asked_at).0.max(0),
    }
}

/// The colour as it is written everywhere.
fn colour(report: &Report) -> &'static str {
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
