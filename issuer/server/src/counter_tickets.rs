//! A ticket of a counter, from the network or a file: who signed it, whose card it speaks of, and into the inbox.

use absah_crypto::ct_eq;
use absah_issuer_core::ports::{Store as _, StoreError};
use absah_protocol::counter_ticket::{CounterTicket, CounterTicketError, MAX_AGE, SKEW};
use absah_trust::Registration;
use absah_types::{Lang, Seconds, Timestamp, coded};

use crate::commands::registration;
use crate::store::{NewCounterTicket, SqliteStore, Took};

/// Why a ticket of a counter is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketRefusal {
    /// The ticket itself.
    Ticket(CounterTicketError),
    /// It is for another issuer.
    Issuer,
    /// It is from the future, or older than a registration lives.
    Time,
    /// No counter of that name has that key.
    UnknownCounter,
    /// The counter's registration was taken back or has ended.
    RevokedCounter,
    /// It came before.
    Replayed,
    /// The card is none of this issuer, or its person is not among the residents any more.
    Person,
    /// The card has no such fact.
    Fact,
    /// Too many of this person or counter are open.
    TooMany,
    /// The records.
    Store(StoreError),
}

impl core::fmt::Display for TicketRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Ticket(error) => return error.fmt(f),
            Self::Issuer => "ticket for another issuer",
            Self::Time => "ticket from the future or too old",
            Self::UnknownCounter => "no such counter",
            Self::RevokedCounter => "counter is registered no longer",
            Self::Replayed => "ticket came before",
            Self::Person => "card of nobody here",
            Self::Fact => "no such fact on the card",
            Self::TooMany => "too many open tickets",
            Self::Store(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for TicketRefusal {}

coded! { TicketRefusal {
    Ticket(error) => inner(error),
    Issuer => ("counter-ticket-issuer", Peer),
    Time => ("counter-ticket-time", Peer),
    UnknownCounter => ("counter-ticket-counter-unknown", Peer),
    RevokedCounter => ("counter-ticket-counter-revoked", Peer),
    Replayed => ("counter-ticket-replayed", Peer),
    Person => ("counter-ticket-person", Peer),
    Fact => ("counter-ticket-fact", Peer),
    TooMany => ("counter-ticket-too-many", Peer),
    Store(error) => inner(error),
} }

impl From<StoreError> for TicketRefusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CounterTicketError> for TicketRefusal {
    fn from(error: CounterTicketError) -> Self {
        Self::Ticket(error)
    }
}

/// Takes a signed ticket in; its number in the inbox.
///
/// # Errors
/// [`TicketRefusal`]; nothing is kept then.
pub(crate) async fn take(store: &SqliteStore, jws: &str, now: Timestamp) -> Result<i64, TicketRefusal> {
    let (ticket, key) = CounterTicket::read(jws)?;
    let own = store.identities().await?;
    if !own.iter().any(|(url, _)| url.trim_end_matches('/') == ticket.issuer) {
        return Err(TicketRefusal::Issuer);
    }
    let registration = registered(store, &ticket.counter, &key.spki_sha256(), now).await?;
    let age = now.since(ticket.made_at);
    if age < Seconds(-SKEW.0) || age > MAX_AGE {
        return Err(TicketRefusal::Time);
    }
    let (nik, kind) = store.card_at(&ticket.card.uri, ticket.card.idx).await?.ok_or(TicketRefusal::Person)?;
    if store.subject(nik, kind).await?.is_none() {
        return Err(TicketRefusal::Person);
    }
    let claim = kind.claim(&ticket.fact).ok_or(TicketRefusal::Fact)?;
    let place = format!("{}, {}", registration.place, registration.agency);
    let text = format!("{place}: {}: {}", claim.label(Lang::Id), ticket.note.trim());
    let new = NewCounterTicket { id: ticket.id, counter_id: ticket.counter, place, nik, text };
    match store.take_counter_ticket(new, now).await? {
        Took::Taken(number) => Ok(number),
        Took::Known => Err(TicketRefusal::Replayed),
        Took::TooMany => Err(TicketRefusal::TooMany),
    }
}

/// The registration in force of a counter with that key.
async fn registered(
    store: &SqliteStore,
    counter_id: &str,
    spki_sha256: &[u8; 32],
    now: Timestamp,
) -> Result<Registration, TicketRefusal> {
    let mut is_known = false;
    for counter in store.counters().await?.into_iter().filter(|counter| counter.counter_id == counter_id) {
        let Some(told) = registration(&counter.jwt) else { continue };
        if !ct_eq(&told.spki_sha256, spki_sha256) {
            continue;
        }
        is_known = true;
        if counter.withdrawn_at.is_none() && counter.expires_at > now {
            return Ok(told);
        }
    }
    Err(if is_known { TicketRefusal::RevokedCounter } else { TicketRefusal::UnknownCounter })
}
