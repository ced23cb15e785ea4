//! The packet: what was asked, what was shown, by which knowledge it was judged, what the officer said.

use absah_crypto::envelope;
use absah_types::{Rng, Secret, Timestamp, array, hex};
use serde::{Deserialize, Serialize};

use super::EvidenceError;

/// Domain of sealed packets.
const DOMAIN: &str = "absah-evidence-v1";

/// The name of one piece of evidence: `b-` and 16 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceId(String);

impl EvidenceId {
    /// A fresh name.
    #[must_use]
    pub fn fresh(rng: &mut dyn Rng) -> Self {
        Self(format!("b-{}", hex::encode(array::<8>(rng))))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the officer said after comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// *Cocok*: the person is the one on the card, the service goes on.
    Matched,
    /// *Tidak cocok*.
    Mismatched,
    /// Nobody said anything in time.
    Abandoned,
    /// A command accepted it: nobody compared a face.
    Unattended,
}

/// The code of an answer judged by data older than a day, at a service that may take it.
pub const STALE: &str = "accepted-stale";

/// Whether a word takes an answer that was judged by old data and does not say why. The one rule for page, commands and auditor.
#[must_use]
pub fn lacks_reason(outcome: &str, verdict: Verdict, reason: &str) -> bool {
    // "AcceptedStale | green with amber word | status known ≤ 72 h, low-risk service, reason logged" (3, outcome).
    outcome == STALE && verdict.takes() && reason.trim().is_empty()
}

impl Verdict {
    /// Whether the service goes on by it.
    #[must_use]
    pub const fn takes(self) -> bool {
        matches!(self, Self::Matched | Self::Unattended)
    }

    /// The word in files and messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Mismatched => "mismatched",
            Self::Abandoned => "abandoned",
            Self::Unattended => "unattended",
        }
    }
}

/// One card as it was shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id in the query.
    pub query_id: String,
    /// The SD-JWT with its key binding; without the disclosure of the picture where the format carries it inside.
    pub presentation: String,
    /// Whether a picture was taken out: then the key binding's hash over all disclosures cannot be checked any more.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub without_picture: bool,
    /// SHA-256 (hex) of the status token it was judged by; it stands in the archive.
    pub status_token: Option<String>,
}

/// What is known before the officer has decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// The Request Object.
    pub request: String,
    /// The service, by its id in the registration.
    pub service: String,
    /// How long the evidence is kept, in days.
    pub retention_days: u32,
    /// The code of the outcome.
    pub outcome: String,
    /// When it was judged.
    pub judged_at: Timestamp,
    /// The bundle it was judged by.
    pub bundle_version: u64,
    /// The cards.
    pub cards: Vec<Card>,
}

impl core::fmt::Debug for Material {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Material({}, {} cards)", self.service, self.cards.len())
    }
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// 1.
    pub v: u32,
    /// Its name.
    pub id: EvidenceId,
    /// What was judged.
    pub material: Material,
    /// What the officer said.
    pub verdict: Verdict,
    /// Who.
    pub officer: String,
    /// Why an answer judged by old knowledge was taken; else empty.
    pub reason: String,
    /// Who took an undetermined answer upon himself; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    /// When.
    pub decided_at: Timestamp,
}

/// Seals a packet under a key that is its own: nonce, then content.
///
/// # Errors
/// [`EvidenceError::Malformed`] when it is too large to be one.
pub fn seal(packet: &Packet, key: &Secret<[u8; 32]>, rng: &mut dyn Rng) -> Result<Vec<u8>, EvidenceError> {
    let nonce = array::<24>(rng);
    // Text, integers and lists: always JSON.
    let content = Secret::new(serde_json::to_vec(packet).unwrap_or_default());
    let sealed = envelope::seal(key, &nonce, label(&packet.id).as_bytes(), content.expose())
        .map_err(|_| EvidenceError::Malformed)?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`EvidenceError::Sealed`] with another key, name or content; [`EvidenceError::Malformed`].
pub fn open(id: &EvidenceId, sealed: &[u8], key: &Secret<[u8; 32]>) -> Result<Packet, EvidenceError> {
    let (nonce, content) = sealed.split_first_chunk::<24>().ok_or(EvidenceError::Malformed)?;
    let opened =
        envelope::open(key, nonce, label(id).as_bytes(), content).map_err(|_| EvidenceError::Sealed)?;
    let packet: Packet = serde_json::from_slice(opened.expose()).map_err(|_| EvidenceError::Malformed)?;
    match packet.v {
        1 if packet.id == *id => Ok(packet),
        1 => Err(EvidenceError::Mixed),
        _ => Err(EvidenceError::Malformed),
    }
}

fn label(id: &EvidenceId) -> String {
    format!("{DOMAIN} {id}")
}
