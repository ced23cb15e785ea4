//! Proofs that travel (C2SP `tlog-proof`): a leaf's index, its path, and the checkpoint it leads to.

use absah_types::coded;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::merkle::{self, Hash, ProofError};
use crate::note::{Note, NoteKey};

const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// Most hashes in a proof: a tree has at most 63 levels.
const MAX_PATH: usize = 63;

/// An inclusion proof with its checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The leaf's index.
    pub index: u64,
    /// Its path, upwards.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// A proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlogProofError {
    /// Not of the form.
    Malformed,
    /// Its checkpoint.
    Checkpoint(CheckpointError),
    /// Its path.
    Path(ProofError),
}

impl core::fmt::Display for TlogProofError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("log proof malformed"),
            Self::Checkpoint(error) => error.fmt(f),
            Self::Path(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for TlogProofError {}

coded! { TlogProofError {
    Malformed => ("tlog-proof-malformed", Peer),
    Checkpoint(error) => inner(error),
    Path(error) => inner(error),
} }

impl Proof {
    /// Reads a proof; extra data is skipped.
    ///
    /// # Errors
    /// [`TlogProofError::Malformed`], or what the note says.
    pub fn parse(text: &str) -> Result<Self, TlogProofError> {
        let malformed = || TlogProofError::Malformed;
        let (head, checkpoint) = text.split_once("\n\n").ok_or_else(malformed)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEAD) {
            return Err(malformed());
        }
        let mut line = lines.next().ok_or_else(malformed)?;
        if line.starts_with("extra ") {
            line = lines.next().ok_or_else(malformed)?;
        }
        let number = line.strip_prefix("index ").ok_or_else(malformed)?;
        let index: u64 = number.parse().map_err(|_| malformed())?;
        if index.to_string() != number {
            return Err(malformed());
        }
        let hash = |line: &str| STANDARD.decode(line).ok().and_then(|bytes| Hash::try_from(bytes).ok());
        let path: Vec<Hash> = lines.map(hash).collect::<Option<_>>().ok_or_else(malformed)?;
        if path.len() > MAX_PATH {
            return Err(malformed());
        }
        let checkpoint =
            Note::parse(checkpoint).map_err(|e| TlogProofError::Checkpoint(CheckpointError::Note(e)))?;
        Ok(Self { index, path, checkpoint })
    }

    /// Whether a leaf with this hash stands in the log. Who co-signed the checkpoint is another question:
    /// [`crate::LedgerPolicy::cosigned`].
    ///
    /// # Errors
    /// [`TlogProofError`].
    pub fn check(&self, leaf: &Hash, log: &NoteKey) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, log).map_err(TlogProofError::Checkpoint)?;
        merkle::check_inclusion(leaf, (self.index, checkpoint.size), &self.path, &checkpoint.root)
            .map_err(TlogProofError::Path)?;
        Ok(checkpoint)
    }
}

impl core::fmt::Display for Proof {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{HEAD}\nindex {}\n", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", STANDARD.encode(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{Tree, leaf_hash};
    use crate::note::{Algorithm, NoteSigner};
    use absah_types::{Coded as _, Secret};

    #[test]
    fn a_proof_holds_for_its_leaf_only() {
        let log = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([4; 32])).unwrap();
        let leaves = [leaf_hash(b"a"), leaf_hash(b"b")];
        let mut tree = Tree::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf, |_, _, _| ()));
        let checkpoint = Checkpoint { origin: "absah.example/audit".to_owned(), size: 2, root: tree.root() };
        let proof = Proof { index: 0, path: vec![leaves[1]], checkpoint: checkpoint.sign(&log).unwrap() };
        let text = proof.to_string();
        assert_eq!(Proof::parse(&text).unwrap(), proof);
        assert_eq!(Proof::parse(&text.replace("\nindex", "\nextra AAAA\nindex")).unwrap(), proof);
        assert_eq!(proof.check(&leaves[0], log.public()), Ok(checkpoint));
        assert_eq!(proof.check(&leaves[1], log.public()).unwrap_err().code(), "ledger-proof-mismatch");
        let other =
            NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([5; 32])).unwrap();
        assert_eq!(proof.check(&leaves[0], other.public()).unwrap_err().code(), "note-unsigned");
        for bad in [
            String::new(),
            text.replace("tlog-proof@v1", "tlog-proof@v2"),
            text.replace("index 0", "index 00"),
            text.replace("index 0", "index -1"),
            text.replace("index 0\n", "index 0\nAAAA\n"),
            text.replace(
                "index 0\n",
                &format!("index 0\n{}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".repeat(64)),
            ),
        ] {
            assert_eq!(Proof::parse(&bad).unwrap_err().code(), "tlog-proof-malformed", "{bad:.60}");
        }
    }
}
