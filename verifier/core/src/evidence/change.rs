//! Who may sign in at a counter, what was erased early, and whose key was handed out, changes under the counter's own signature: an auditor sees that a
//! supervisor's PIN was given anew minutes before that supervisor answered for something.

use absah_crypto::PublicKey;
use absah_crypto::jws::{Compact, Header, ToBeSigned};
use absah_types::Timestamp;
use serde::{Deserialize, Serialize};

use super::{EvidenceError, NO_PREVIOUS, link_hash};

/// Media type of a change.
const CHANGE_TYPE: &str = "absah-counter-change+jwt";
/// Longest change read, in characters.
const MAX: usize = 4096;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// An officer was added, or given another PIN and password.
    Officer,
    /// The same, of a supervisor.
    Supervisor,
    /// An officer was taken away.
    Removed,
    /// Evidence was erased before its time.
    Erased,
    /// The key of a piece of evidence was written out: whoever holds it and the file can read the piece.
    Key,
    /// What the camera reads was measured anew: requests carry it, and a counter goes live by it.
    Camera,
}

impl What {
    /// The word in files and messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::Removed => "removed",
            Self::Erased => "erased",
            Self::Key => "key",
            Self::Camera => "camera",
        }
    }
}

/// One change: the content of its JWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its place in the list, from 1.
    pub number: u64,
    /// [`link_hash`] of the change before; [`NO_PREVIOUS`] for the first.
    pub previous: String,
    /// What was done.
    pub what: What,
    /// To whom, or to which evidence.
    pub name: String,
    /// The supervisor who answers for it; empty where none was enrolled, and for a breaking of the glass.
    pub by: String,
    /// Why it was done without a supervisor, or early; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// When.
    #[serde(rename = "iat")]
    pub at: Timestamp,
}

impl Change {
    /// To be signed with the counter's key.
    #[must_use]
    pub fn prepare(&self) -> ToBeSigned {
        // Text and integers: always JSON.
        ToBeSigned::new(&Header::es256(CHANGE_TYPE), &serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Reads a list of changes, oldest first.
///
/// # Errors
/// [`EvidenceError::Chain`] with the number of the first that is not the counter's, or does not follow.
pub fn read_changes<'c>(
    changes: impl IntoIterator<Item = &'c str>,
    key: &PublicKey,
) -> Result<Vec<Change>, EvidenceError> {
    let (mut previous, mut read) = (NO_PREVIOUS.to_owned(), Vec::new());
    for (jws, number) in changes.into_iter().zip(1..) {
        let broken = EvidenceError::Chain { number };
        let compact = Compact::parse(jws, MAX).map_err(|_| broken.clone())?;
        let is_ours = compact.header.is_type(CHANGE_TYPE) && compact.verify(key).is_ok();
        let change: Change = compact.claims().map_err(|_| broken.clone())?;
        if !is_ours || change.number != number || change.previous != previous {
            return Err(broken);
        }
        previous = link_hash(jws);
        read.push(change);
    }
    Ok(read)
}
