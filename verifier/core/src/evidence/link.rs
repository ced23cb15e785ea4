//! Links and receipts: signed by the counter, readable by everybody, without any fact of a person.

use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_crypto::{PublicKey, sha256};
use absah_types::{Timestamp, hex};
use serde::{Deserialize, Serialize};

use super::{EvidenceError, EvidenceId, Verdict};

/// Media type of a link.
const LINK_TYPE: &str = "absah-evidence+jwt";
/// Media type of a receipt.
const RECEIPT_TYPE: &str = "absah-erasure+jwt";
/// Longest link or receipt read, in characters.
const MAX: usize = 4096;

/// What the first link has in the place of the hash of the one before it.
pub const NO_PREVIOUS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One link of the chain: the content of its JWS, and of the QR code on the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The evidence.
    pub id: EvidenceId,
    /// The counter, by its own name.
    pub counter: String,
    /// Its place in the chain, from 1.
    pub number: u64,
    /// [`link_hash`] of the link before; [`NO_PREVIOUS`] for the first.
    pub previous: String,
    /// SHA-256 (hex) of the sealed packet.
    pub packet: String,
    /// What the officer said.
    pub verdict: Verdict,
    /// When.
    #[serde(rename = "iat")]
    pub decided_at: Timestamp,
    /// Until when the evidence must be kept.
    pub retain_until: Timestamp,
    /// Whether the counter keeps the end of its chain sealed since before this link: a chain that ends here without it was cut.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub head: bool,
}

/// The end of a chain as the counter knows it, kept sealed beside the chain and told to whoever notes it elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// The number of the last link; 0 for no link.
    pub number: u64,
    /// [`link_hash`] of the last link; [`NO_PREVIOUS`] for none.
    pub hash: String,
}

impl ChainHead {
    /// Of a chain that ends with that link.
    #[must_use]
    pub fn of(number: u64, jws: &str) -> Self {
        Self { number, hash: link_hash(jws) }
    }

    /// Checks the last link of a chain against the head that was kept.
    ///
    /// # Errors
    /// [`EvidenceError::Chain`] when links are missing at the end, or the head is, though this counter keeps one.
    pub fn check(kept: Option<&Self>, last: Option<&str>) -> Result<(), EvidenceError> {
        let link = last.map(dangerous_claims).transpose()?;
        let number = link.as_ref().map_or(0, |link| link.number);
        let cut = EvidenceError::Chain { number: number + 1 };
        match kept {
            Some(kept) => {
                let hash = last.map_or_else(|| NO_PREVIOUS.to_owned(), link_hash);
                if kept.number == number && kept.hash == hash { Ok(()) } else { Err(cut) }
            }
            // Chains from before heads were kept.
            None if link.is_some_and(|link| link.head) => Err(cut),
            None => Ok(()),
        }
    }
}

/// That the key of a packet, and the packet, are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The evidence.
    pub id: EvidenceId,
    /// The counter.
    pub counter: String,
    /// Its place in the chain.
    pub number: u64,
    /// SHA-256 (hex) of the sealed packet that is gone.
    pub packet: String,
    /// Until when it had to be kept.
    pub retain_until: Timestamp,
    /// When it was erased: as the counter's clock says, but never before [`Receipt::signed_at`], and no later than that time
    /// can vouch for.
    #[serde(rename = "iat")]
    pub erased_at: Timestamp,
    /// The newest time signed by an issuer that the counter knew: it was not erased before. Absent without data, and in
    /// receipts of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Timestamp>,
    /// What the counter's clock said, where nobody but that clock vouches for it; absent where signed time does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Timestamp>,
    /// Why it was erased before its time; absent when it was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early: Option<String>,
    /// The supervisor who answers for that; absent where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Link {
    /// To be signed with the counter's key.
    #[must_use]
    pub fn prepare(&self) -> ToBeSigned {
        prepare(LINK_TYPE, self)
    }
}

impl Receipt {
    /// To be signed with the counter's key.
    #[must_use]
    pub fn prepare(&self) -> ToBeSigned {
        prepare(RECEIPT_TYPE, self)
    }
}

fn prepare(typ: &str, content: &impl Serialize) -> ToBeSigned {
    // Text and integers: always JSON.
    ToBeSigned::new(&Header::es256(typ), &serde_json::to_vec(content).unwrap_or_default())
}

/// The hash that the next link repeats: SHA-256 of the JWS's text, hex.
#[must_use]
pub fn link_hash(jws: &str) -> String {
    hex::encode(sha256(jws.as_bytes()))
}

/// Reads a link and checks its signature.
///
/// # Errors
/// [`EvidenceError::Malformed`], [`EvidenceError::Signature`].
pub fn read_link(jws: &str, key: &PublicKey) -> Result<Link, EvidenceError> {
    let compact = parse(jws, LINK_TYPE)?;
    compact.verify(key).map_err(|_| EvidenceError::Signature)?;
    compact.claims().map_err(|_| EvidenceError::Malformed)
}

/// Reads a receipt and checks its signature.
///
/// # Errors
/// [`EvidenceError::Malformed`], [`EvidenceError::Signature`].
pub fn read_receipt(jws: &str, key: &PublicKey) -> Result<Receipt, EvidenceError> {
    let compact = parse(jws, RECEIPT_TYPE)?;
    compact.verify(key).map_err(|_| EvidenceError::Signature)?;
    compact.claims().map_err(|_| EvidenceError::Malformed)
}

/// What a link says, before anybody has checked who signed it.
pub(super) fn dangerous_claims(jws: &str) -> Result<Link, EvidenceError> {
    parse(jws, LINK_TYPE)?.claims().map_err(|_| EvidenceError::Malformed)
}

fn parse(jws: &str, typ: &str) -> Result<Compact, EvidenceError> {
    let compact = Compact::parse(jws, MAX).map_err(|_| EvidenceError::Malformed)?;
    if compact.header.is_type(typ) { Ok(compact) } else { Err(EvidenceError::Malformed) }
}

/// A chain as far as it was read: link by link, so that nobody has to hold all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    previous: String,
    count: u64,
}

impl Default for Chain {
    fn default() -> Self {
        Self { previous: NO_PREVIOUS.to_owned(), count: 0 }
    }
}

impl Chain {
    /// Takes the next link.
    ///
    /// # Errors
    /// [`EvidenceError::Chain`] with its number, when it does not follow.
    pub fn follow(&mut self, jws: &str, key: &PublicKey) -> Result<Link, EvidenceError> {
        let number = self.count + 1;
        let broken = EvidenceError::Chain { number };
        let link = read_link(jws, key).map_err(|_| broken.clone())?;
        if link.number != number || link.previous != self.previous {
            return Err(broken);
        }
        (self.previous, self.count) = (link_hash(jws), number);
        Ok(link)
    }

    /// How many links it has so far.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }
}

/// Checks that links, oldest first, are all there and follow each other from the first on.
///
/// # Errors
/// [`EvidenceError::Chain`] with the number of the first that does not follow.
pub fn check_chain<'l>(
    links: impl IntoIterator<Item = &'l str>,
    key: &PublicKey,
) -> Result<u64, EvidenceError> {
    let mut chain = Chain::default();
    for jws in links {
        chain.follow(jws, key)?;
    }
    Ok(chain.count())
}
