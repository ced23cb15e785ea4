//! Correction tickets: the officer sees that a fact is wrong and says so; Dukcapil hears it when there is a network, or by a
//! file. The counter keeps no value of any fact, and what it keeps of a ticket is sealed until it has arrived.

use core::time::Duration;

use absah_crypto::jws::Compact;
use absah_fetch::{Addresses, Fetcher, Limits, Request};
use absah_host::Reach;
use absah_protocol::counter_ticket::{
    Card, CounterTicket, MAX_AGE, MAX_TICKETS, PATH, check_note, seal_file,
};
use absah_schemas::CredentialType;
use absah_types::{Rng, Secret, Timestamp, array, base64url, coded};
use absah_verifier_core::RequestFailure;
use absah_verifier_core::evidence::{self, Material};
use serde::Deserialize;
use serde_json::Value;

use crate::app::{App, label};
use crate::error::Failure;

/// Largest answer read, in bytes.
const MAX_ANSWER: usize = 16 * 1024;
/// A ticket that comes a second time has arrived before.
const ARRIVED_BEFORE: &str = "counter-ticket-replayed";

/// Why a ticket is not filed or sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketError {
    /// The card has no such fact.
    Fact,
    /// The proof does not say which card it is from: only cards that were shown online or offline in full do.
    Card,
    /// Too many wait already.
    Full,
    /// The issuer does not take tickets now.
    Unavailable,
}

impl core::fmt::Display for TicketError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Fact => "no such fact on the card",
            Self::Card => "proof names no card",
            Self::Full => "too many tickets wait",
            Self::Unavailable => "issuer takes no ticket now",
        })
    }
}

impl core::error::Error for TicketError {}

coded! { TicketError {
    Fact => ("ticket-fact", User),
    Card => ("ticket-card", User),
    Full => ("tickets-full", User),
    Unavailable => ("ticket-unavailable", Environment),
} }

/// What a ticket is about.
#[derive(Clone, Copy)]
pub(crate) enum About<'a> {
    /// An answer that waits for the officer's word.
    Waiting(&'a [u8]),
    /// Filed evidence.
    Evidence(&'a str),
}

/// What became of the tickets that were sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) arrived: u32,
    pub(crate) refused: u32,
}

/// What a card says of itself in the open.
#[derive(Deserialize)]
struct Open {
    vct: Option<String>,
    #[serde(rename = "type")]
    types: Option<Vec<String>>,
    status: Option<OpenStatus>,
}

impl Open {
    fn kind(&self) -> Option<CredentialType> {
        match (&self.vct, &self.types) {
            (Some(vct), _) => CredentialType::of_vct(vct),
            (None, Some(types)) => CredentialType::ALL.into_iter().find(|kind| kind.types() == types[..]),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct OpenStatus {
    status_list: Card,
}

/// Of an answer that was judged: nothing here is believed anew.
fn cards(material: &Material) -> Vec<(CredentialType, Card)> {
    let open = |card: &evidence::Card| {
        let issued = card.presentation.split('~').next()?;
        let open: Open =
            Compact::parse(issued, absah_credential::sd_jwt::limits::TEXT).ok()?.claims().ok()?;
        Some((open.kind()?, open.status?.status_list))
    };
    material.cards.iter().filter_map(open).collect()
}

/// The card that a path of the report leads to, and the fact's path on it.
fn fact_of<'c, 'p>(
    cards: &'c [(CredentialType, Card)],
    path: &'p str,
) -> Result<(&'c Card, &'p str), TicketError> {
    let named = cards
        .iter()
        .find_map(|(kind, card)| Some((kind, card, path.strip_prefix(kind.name())?.strip_prefix('.')?)));
    let first = || cards.first().map(|(kind, card)| (kind, card, path));
    let (kind, card, bare) = named.or_else(first).ok_or(TicketError::Card)?;
    if kind.claim(bare).is_some() { Ok((card, bare)) } else { Err(TicketError::Fact) }
}

impl App {
    /// The paths of the facts of an answer that waits, if it is one that tickets can be about.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn facts_for_ticket(&self, tag: &[u8]) -> Result<Vec<String>, Failure> {
        let held = self.held(tag).await?;
        let cards = cards(&held.material);
        let facts = held.report.get("facts").and_then(Value::as_object);
        let paths = facts.into_iter().flat_map(|facts| facts.keys());
        Ok(paths.filter(|path| fact_of(&cards, path).is_ok()).cloned().collect())
    }

    /// Files a ticket: signed with the counter's key and queued; its id.
    ///
    /// # Errors
    /// [`TicketError`], `CounterTicketError::Note`; what is asked about is not there; the store's.
    pub(crate) async fn file_ticket(
        &self,
        about: About<'_>,
        (fact, note): (&str, &str),
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<String, Failure> {
        let note = note.trim();
        check_note(note)?;
        let material = match about {
            About::Waiting(tag) => self.held(tag).await?.material,
            About::Evidence(id) => {
                let (file, key) = self.exported(id).await?;
                let sealed =
                    base64url::decode(&file.sealed).map_err(|_| evidence::EvidenceError::Malformed)?;
                evidence::open(&file.dangerous_link()?.id, &sealed, &key)?.material
            }
        };
        let cards = cards(&material);
        let (card, fact) = fact_of(&cards, fact)?;
        let waiting = self.store().tickets().await?.iter().filter(|row| row.ended_at.is_none()).count();
        if waiting >= MAX_TICKETS {
            return Err(TicketError::Full.into());
        }
        let bundle = self.bundle().await?.ok_or(RequestFailure::NoBundle)?;
        let identity = self.identity();
        let registered = identity.registered(&bundle, now)?;
        let registration = registered.registration();
        let ticket = CounterTicket {
            id: base64url::encode(array::<16>(rng)),
            counter: registration.counter_id.clone(),
            issuer: registration.issuer.clone(),
            made_at: now,
            card: card.clone(),
            fact: fact.to_owned(),
            note: note.to_owned(),
        };
        let jws = ticket.prepare(identity.key.to_jwk()).sign(self.keys().signer())?;
        let sealed = self.keys().seal(&label(b"ticket", ticket.id.as_bytes()), jws.as_bytes(), rng)?;
        self.store().queue_ticket(&ticket.id, now, &sealed, now.minus(MAX_AGE)).await?;
        Ok(ticket.id)
    }

    /// Those that wait, as they were signed.
    async fn waiting_tickets(&self) -> Result<Vec<(String, String)>, Failure> {
        let mut waiting = Vec::new();
        for row in self.store().tickets().await? {
            let Some(sealed) = &row.ticket else { continue };
            let opened = self.keys().unseal(&label(b"ticket", row.id.as_bytes()), sealed)?;
            waiting.push((row.id, String::from_utf8_lossy(opened.expose()).into_owned()));
        }
        Ok(waiting)
    }

    /// Sends those that wait to the issuer that each is for, under its own name or where it is reached (`to`).
    ///
    /// # Errors
    /// [`TicketError::Unavailable`] or the network's, at the first that stays; those before it have arrived.
    pub(crate) async fn send_tickets(&self, to: Option<&str>, now: Timestamp) -> Result<Sent, Failure> {
        let (mut sent, waiting) = (Sent::default(), self.waiting_tickets().await?);
        if waiting.is_empty() {
            return Ok(sent);
        }
        let addresses = match self.reach() {
            Reach::PublicOnly => Addresses::PublicOnly,
            Reach::DevLoopback => Addresses::DevLoopback,
        };
        let limits = Limits { total: Duration::from_secs(15), body: MAX_ANSWER, ..Limits::default() };
        let fetcher = Fetcher::new(limits, addresses)?;
        for (id, jws) in waiting {
            let (ticket, _) = CounterTicket::read(&jws)?;
            let base = to.unwrap_or(&ticket.issuer).trim_end_matches('/');
            let url = self.reach().url(&format!("{base}{PATH}"))?;
            let answer = fetcher.send(Request::post(&url, MEDIA_TYPE, jws.into_bytes())).await?;
            let problem: Option<Value> = serde_json::from_slice(&answer.body).ok();
            let code = problem.as_ref().and_then(|problem| problem.get("code")?.as_str());
            match (answer.status, code) {
                (200..300, _) | (_, Some(ARRIVED_BEFORE)) => {
                    self.store().end_ticket(&id, now, None).await?;
                    sent.arrived += 1;
                }
                // What the issuer will not take tomorrow either.
                (400 | 403 | 413, Some(code)) => {
                    self.store().end_ticket(&id, now, Some(code)).await?;
                    sent.refused += 1;
                }
                _ => return Err(TicketError::Unavailable.into()),
            }
        }
        Ok(sent)
    }

    /// Those that wait, sealed for a file, and its key; how many.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn export_tickets(
        &self,
        rng: &mut (dyn Rng + Send),
    ) -> Result<(String, Secret<[u8; 32]>, usize), Failure> {
        let tickets: Vec<String> = self.waiting_tickets().await?.into_iter().map(|(_, jws)| jws).collect();
        let key = Secret::new(array::<32>(rng));
        Ok((seal_file(&tickets, &key, rng)?, key, tickets.len()))
    }

    /// Notes that what was exported has been handed in; how many.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn tickets_handed_in(&self, now: Timestamp) -> Result<usize, Failure> {
        let rows = self.store().tickets().await?;
        let out = rows.iter().filter(|row| row.exported_at.is_some() && row.ended_at.is_none());
        let mut count = 0;
        for row in out {
            self.store().end_ticket(&row.id, now, None).await?;
            count += 1;
        }
        Ok(count)
    }
}

/// The media type under which a ticket is sent.
const MEDIA_TYPE: &str = "application/absah-ticket+jwt";

#[cfg(test)]
mod tests {
    use super::*;
    use absah_protocol::counter_ticket::TYP;

    #[test]
    fn a_path_leads_to_its_card() {
        let card = |idx| Card { uri: "https://issuer.example/status/1".to_owned(), idx };
        let cards = [(CredentialType::KtpElektronik, card(1)), (CredentialType::KartuKeluarga, card(2))];
        assert_eq!(fact_of(&cards, "KartuKeluarga.alamat"), Ok((&card(2), "alamat")));
        assert_eq!(fact_of(&cards, "KtpElektronik.nama"), Ok((&card(1), "nama")));
        assert_eq!(fact_of(&cards[..1], "nama"), Ok((&card(1), "nama")));
        assert_eq!(fact_of(&cards[..1], "gaji"), Err(TicketError::Fact));
        assert_eq!(fact_of(&[], "nama"), Err(TicketError::Card));
        assert_eq!(MEDIA_TYPE.strip_prefix("application/"), Some(TYP));
    }
}
