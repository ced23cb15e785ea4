//! A correction ticket from a counter: an officer there sees that a fact on a card is wrong, and Dukcapil works on it.
//!
//! The counter signs which card (by the place of its status, which only the issuer can lead back to a person), which
//! fact (by its path, never its value) and a short note. Over the network a ticket goes through TLS; in a file it goes
//! [sealed](seal_file) under a key that travels apart.

use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{Jwk, PublicKey, envelope};
use absah_types::{Rng, Seconds, Secret, Timestamp, array, base64url, coded};
use serde::{Deserialize, Serialize};

/// The endpoint's path.
pub const PATH: &str = "/counter-tickets";
/// Media type of a ticket, without `application/`.
pub const TYP: &str = "absah-ticket+jwt";
/// Largest ticket read, in bytes of text.
pub const MAX_TICKET: usize = 4096;
/// Longest note, in characters.
pub const MAX_NOTE: usize = 300;
/// Most tickets in one file.
pub const MAX_TICKETS: usize = 200;
/// Largest file read, in bytes.
pub const MAX_FILE: u64 = 2 << 20;
/// A counter without network may keep a ticket so long: as long as a registration lives at most.
pub const MAX_AGE: Seconds = Seconds::days(90);
/// How far a counter's clock may be ahead.
pub const SKEW: Seconds = Seconds::minutes(5);

/// Domain of sealed files.
const DOMAIN: &[u8] = b"absah-counter-tickets-v1";

/// Why something is no ticket of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterTicketError {
    /// Larger than any ticket, or more of them than one file holds.
    TooLarge,
    /// No ticket, or no file of tickets.
    Malformed,
    /// Not signed by the key that it names.
    Signature,
    /// The key does not open the file.
    Sealed,
    /// The note is empty, too long or holds control characters.
    Note,
}

impl core::fmt::Display for CounterTicketError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "ticket or file of tickets too large",
            Self::Malformed => "no ticket of a counter",
            Self::Signature => "ticket not signed by the key it names",
            Self::Sealed => "file of tickets does not open with this key",
            Self::Note => "note empty, too long or unprintable",
        })
    }
}

impl core::error::Error for CounterTicketError {}

coded! { CounterTicketError {
    TooLarge => ("counter-ticket-too-large", Peer),
    Malformed => ("counter-ticket-malformed", Peer),
    Signature => ("counter-ticket-signature", Peer),
    Sealed => ("counter-ticket-sealed", User),
    Note => ("counter-ticket-note", User),
} }

/// Which card was shown: the place of its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The status list.
    pub uri: String,
    /// The place in it.
    pub idx: u64,
}

/// What the counter signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterTicket {
    /// Its id: what arrives under the same id a second time is the same ticket.
    #[serde(rename = "jti")]
    pub id: String,
    /// The counter, by its own name.
    #[serde(rename = "iss")]
    pub counter: String,
    /// The issuer it is for, as registrations name it.
    #[serde(rename = "aud")]
    pub issuer: String,
    /// When the officer filed it.
    #[serde(rename = "iat")]
    pub made_at: Timestamp,
    /// The card.
    pub card: Card,
    /// The fact that is wrong, by its dotted path; never its value.
    pub fact: String,
    /// What is wrong, in the officer's words.
    pub note: String,
}

impl CounterTicket {
    /// To be signed with the counter's key, which the header carries.
    #[must_use]
    pub fn prepare(&self, key: Jwk) -> ToBeSigned {
        // Text and integers: always JSON.
        let claims = serde_json::to_vec(self).unwrap_or_default();
        ToBeSigned::new(&Header::es256(TYP).with_jwk(key), &claims)
    }

    /// Reads a ticket and checks it against the key in it: whose key that is, a registration says.
    ///
    /// # Errors
    /// [`CounterTicketError`], but for [`CounterTicketError::Sealed`].
    pub fn read(jws: &str) -> Result<(Self, PublicKey), CounterTicketError> {
        if jws.len() > MAX_TICKET {
            return Err(CounterTicketError::TooLarge);
        }
        let malformed = |()| CounterTicketError::Malformed;
        let compact = Compact::parse(jws, MAX_TICKET).map_err(|_| malformed(()))?;
        let jwk = compact.header.jwk.as_ref().filter(|_| compact.header.is_type(TYP)).ok_or(malformed(()))?;
        let key = PublicKey::from_jwk(jwk).map_err(|_| malformed(()))?;
        compact.verify(&key).map_err(|_| CounterTicketError::Signature)?;
        let ticket: Self = compact.claims().map_err(|_| malformed(()))?;
        if base64url::decode_array::<16>(&ticket.id).is_err() {
            return Err(CounterTicketError::Malformed);
        }
        check_note(&ticket.note)?;
        Ok((ticket, key))
    }
}

/// Checks an officer's words.
///
/// # Errors
/// [`CounterTicketError::Note`].
pub fn check_note(note: &str) -> Result<(), CounterTicketError> {
    let length = note.chars().count();
    if note.trim().is_empty() || length > MAX_NOTE || note.chars().any(char::is_control) {
        return Err(CounterTicketError::Note);
    }
    Ok(())
}

/// Tickets of a counter without network, on their way in a file.
#[derive(Serialize, Deserialize)]
struct File {
    v: u32,
    nonce: String,
    sealed: String,
}

/// Seals tickets for a file; its key travels apart.
///
/// # Errors
/// [`CounterTicketError::TooLarge`] with more than [`MAX_TICKETS`].
pub fn seal_file(
    tickets: &[String],
    key: &Secret<[u8; 32]>,
    rng: &mut dyn Rng,
) -> Result<String, CounterTicketError> {
    if tickets.len() > MAX_TICKETS {
        return Err(CounterTicketError::TooLarge);
    }
    let nonce = array::<24>(rng);
    let content = serde_json::to_vec(tickets).unwrap_or_default();
    let sealed = envelope::seal(key, &nonce, DOMAIN, &content).map_err(|_| CounterTicketError::TooLarge)?;
    let file = File { v: 1, nonce: base64url::encode(nonce), sealed: base64url::encode(sealed) };
    Ok(serde_json::to_string(&file).unwrap_or_default())
}

/// The tickets of a file, each to be [read](CounterTicket::read).
///
/// # Errors
/// [`CounterTicketError::Malformed`], [`CounterTicketError::Sealed`], [`CounterTicketError::TooLarge`].
pub fn open_file(bytes: &[u8], key: &Secret<[u8; 32]>) -> Result<Vec<String>, CounterTicketError> {
    let malformed = CounterTicketError::Malformed;
    let file: File = serde_json::from_slice(bytes).map_err(|_| malformed)?;
    let nonce = base64url::decode_array::<24>(&file.nonce).map_err(|_| malformed)?;
    let sealed = base64url::decode(&file.sealed).map_err(|_| malformed)?;
    if file.v != 1 {
        return Err(malformed);
    }
    let content = envelope::open(key, &nonce, DOMAIN, &sealed).map_err(|_| CounterTicketError::Sealed)?;
    let tickets: Vec<String> = serde_json::from_slice(content.expose()).map_err(|_| malformed)?;
    if tickets.len() > MAX_TICKETS { Err(CounterTicketError::TooLarge) } else { Ok(tickets) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_trust::sample::{Counting, key};

    fn ticket() -> CounterTicket {
        CounterTicket {
            id: base64url::encode([7u8; 16]),
            counter: "loket-1".to_owned(),
            issuer: "https://issuer.example".to_owned(),
            made_at: Timestamp::from_unix(1_795_300_000),
            card: Card { uri: "https://issuer.example/status/1".to_owned(), idx: 5 },
            fact: "alamat".to_owned(),
            note: "Sudah pindah rumah".to_owned(),
        }
    }

    fn signed(ticket: &CounterTicket) -> String {
        let key = key(3);
        ticket.prepare(key.public_key().to_jwk()).sign(&key).unwrap()
    }

    #[test]
    fn what_was_signed_is_read_and_nothing_else() {
        let (read, by) = CounterTicket::read(&signed(&ticket())).unwrap();
        assert_eq!((&read, by.thumbprint()), (&ticket(), key(3).public_key().thumbprint()));
        let other = ticket().prepare(key(4).public_key().to_jwk()).sign(&key(3)).unwrap();
        assert_eq!(CounterTicket::read(&other), Err(CounterTicketError::Signature));
        assert_eq!(CounterTicket::read("a.b.c"), Err(CounterTicketError::Malformed));
        assert_eq!(CounterTicket::read(&"a".repeat(MAX_TICKET + 1)), Err(CounterTicketError::TooLarge));
        let unnamed = CounterTicket { id: "x".to_owned(), ..ticket() };
        assert_eq!(CounterTicket::read(&signed(&unnamed)), Err(CounterTicketError::Malformed));
        let keyless = ToBeSigned::new(&Header::es256(TYP), b"{}").sign(&key(3)).unwrap();
        assert_eq!(CounterTicket::read(&keyless), Err(CounterTicketError::Malformed));
        for note in ["", "  ", "a\nb", "\u{7}", &"x".repeat(MAX_NOTE + 1)] {
            let bad = CounterTicket { note: note.to_owned(), ..ticket() };
            assert_eq!(CounterTicket::read(&signed(&bad)), Err(CounterTicketError::Note), "{note:?}");
        }
    }

    #[test]
    fn a_file_opens_with_its_own_key_only() {
        let mut rng = Counting(1);
        let (own, other) = (Secret::new([1u8; 32]), Secret::new([2u8; 32]));
        let tickets = vec![signed(&ticket())];
        let file = seal_file(&tickets, &own, &mut rng).unwrap();
        assert!(!file.contains(&tickets[0]));
        assert_eq!(open_file(file.as_bytes(), &own), Ok(tickets));
        assert_eq!(open_file(file.as_bytes(), &other), Err(CounterTicketError::Sealed));
        assert_eq!(open_file(b"{}", &own), Err(CounterTicketError::Malformed));
        assert_eq!(
            seal_file(&vec![String::new(); MAX_TICKETS + 1], &own, &mut rng),
            Err(CounterTicketError::TooLarge)
        );
    }
}
