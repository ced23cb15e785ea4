//! The witness protocol (C2SP `tlog-witness`): what is asked of a witness and what it answers.
//!
//! A witness remembers one thing for each log: the size and root it co-signed last. It co-signs a checkpoint only if
//! that tree is the beginning of the new one, so nobody can be shown another history.

use absah_types::coded;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::Checkpoint;
use crate::merkle::{self, Hash};
use crate::note::{Note, NoteKey};

/// "The consistency proof … MUST NOT have more than 63 lines."
const MAX_PROOF: usize = 63;

/// Largest request read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The body of `add-checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size the asker believes the witness saw last.
    pub old: u64,
    /// Why that tree is the beginning of the new one.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by the log.
    pub checkpoint: Note,
}

/// What a witness last co-signed of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The size.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

impl Seen {
    /// Nothing yet: "initially … the tree size … is zero".
    #[must_use]
    pub fn nothing() -> Self {
        Self { size: 0, root: merkle::empty_root() }
    }
}

/// Why a witness does not co-sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The body is none, or the old size is above the new.
    Malformed,
    /// The witness does not watch this log.
    UnknownLog,
    /// The log's key did not sign.
    Signature,
    /// The witness saw another size last, or another tree of the same size.
    Conflict(Seen),
    /// The old tree is not the beginning of the new one.
    Inconsistent,
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Malformed => f.write_str("request to the witness malformed"),
            Self::UnknownLog => f.write_str("log not watched"),
            Self::Signature => f.write_str("checkpoint not signed by its log"),
            Self::Conflict(seen) => write!(f, "witness saw size {} last", seen.size),
            Self::Inconsistent => f.write_str("log has another history"),
        }
    }
}

impl core::error::Error for Refusal {}

coded! { Refusal {
    Malformed => ("witness-request-malformed", Peer),
    UnknownLog => ("witness-log-unknown", Peer),
    Signature => ("witness-signature", Peer),
    Conflict(_) => ("witness-conflict", Peer),
    Inconsistent => ("witness-inconsistent", Peer),
} }

impl Refusal {
    /// The HTTP status the protocol prescribes.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::UnknownLog => 404,
            Self::Signature => 403,
            Self::Conflict(_) => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl AddCheckpoint {
    /// Reads a body.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let parse = || {
            let text = core::str::from_utf8(body).ok().filter(|text| text.len() <= MAX_BYTES)?;
            let (head, checkpoint) = text.split_once("\n\n")?;
            let mut lines = head.split('\n');
            let number = lines.next()?.strip_prefix("old ")?;
            let old: u64 = number.parse().ok().filter(|old: &u64| old.to_string() == number)?;
            let hash = |line: &str| STANDARD.decode(line).ok().and_then(|bytes| Hash::try_from(bytes).ok());
            let proof: Vec<Hash> = lines.map(hash).collect::<Option<_>>()?;
            let checkpoint = Note::parse(checkpoint).ok()?;
            (proof.len() <= MAX_PROOF).then_some(Self { old, proof, checkpoint })
        };
        parse().ok_or(Refusal::Malformed)
    }

    /// The origin the checkpoint names, not yet believed: by it the witness finds the log's key.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn origin(&self) -> Result<String, Refusal> {
        Checkpoint::parse(self.checkpoint.text())
            .map(|checkpoint| checkpoint.origin)
            .map_err(|_| Refusal::Malformed)
    }

    /// Judges the request: what the witness will have seen once it has co-signed.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn judge(&self, log: &NoteKey, seen: &Seen) -> Result<Seen, Refusal> {
        // "If none of the signatures verify against a trusted public key … 403 Forbidden."
        let checkpoint = Checkpoint::verify(&self.checkpoint, log).map_err(|_| Refusal::Signature)?;
        // "The old size MUST be equal to or lower than the checkpoint size. Otherwise … 400 Bad Request."
        if self.old > checkpoint.size {
            return Err(Refusal::Malformed);
        }
        // "The witness MUST check that the old size matches the size of the latest checkpoint it cosigned … 409".
        if self.old != seen.size {
            return Err(Refusal::Conflict(*seen));
        }
        // "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical …
        // 409 Conflict."
        if self.old == checkpoint.size && checkpoint.root != seen.root {
            return Err(Refusal::Conflict(*seen));
        }
        // "The consistency proof MUST be empty if the old size is zero", or the trees are the same.
        merkle::check_consistency((seen.size, &seen.root), (checkpoint.size, &checkpoint.root), &self.proof)
            .map_err(|_| Refusal::Inconsistent)?;
        Ok(Seen { size: checkpoint.size, root: checkpoint.root })
    }
}

impl core::fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
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
    use absah_types::Secret;

    fn log(seed: u8) -> NoteSigner {
        NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([seed; 32])).unwrap()
    }

    fn signed(log: &NoteSigner, size: u64, root: Hash) -> Note {
        Checkpoint { origin: "absah.example/audit".to_owned(), size, root }.sign(log).unwrap()
    }

    #[test]
    fn a_history_goes_on_and_never_changes() {
        let ours = log(1);
        let leaves = [leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")];
        let mut tree = Tree::default();
        tree.push(leaves[0], |_, _, _| ());
        let one = tree.root();
        tree.push(leaves[1], |_, _, _| ());
        let two = tree.root();
        tree.push(leaves[2], |_, _, _| ());
        let three = tree.root();
        let first = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: signed(&ours, 1, one) };
        let parsed = AddCheckpoint::parse(first.to_string().as_bytes()).unwrap();
        assert_eq!((parsed.origin().unwrap().as_str(), &parsed), ("absah.example/audit", &first));
        let seen = first.judge(ours.public(), &Seen::nothing()).unwrap();
        let proof = vec![leaves[1], leaves[2]];
        let third = AddCheckpoint { old: 1, proof: proof.clone(), checkpoint: signed(&ours, 3, three) };
        assert_eq!(third.judge(ours.public(), &seen), Ok(Seen { size: 3, root: three }));
        let again = AddCheckpoint { old: 1, proof: Vec::new(), checkpoint: signed(&ours, 1, one) };
        assert_eq!(again.judge(ours.public(), &seen), Ok(seen), "the same again is co-signed again");

        let fork = signed(&ours, 3, leaf_hash(b"fork"));
        for (request, refusal) in [
            (AddCheckpoint { old: 1, proof: proof.clone(), checkpoint: fork.clone() }, Refusal::Inconsistent),
            (
                AddCheckpoint { old: 1, proof: Vec::new(), checkpoint: third.checkpoint.clone() },
                Refusal::Inconsistent,
            ),
            (
                AddCheckpoint { old: 1, proof: Vec::new(), checkpoint: signed(&ours, 1, two) },
                Refusal::Conflict(seen),
            ),
            (AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: fork }, Refusal::Conflict(seen)),
            (
                AddCheckpoint { old: 2, proof: Vec::new(), checkpoint: signed(&ours, 1, one) },
                Refusal::Malformed,
            ),
            (AddCheckpoint { old: 1, proof, checkpoint: signed(&log(2), 3, three) }, Refusal::Signature),
        ] {
            assert_eq!(request.judge(ours.public(), &seen), Err(refusal));
        }
        assert_eq!(Refusal::Conflict(seen).status(), 409);
    }

    #[test]
    fn hostile_bodies() {
        let note = signed(&log(1), 1, [1; 32]);
        let hash = STANDARD.encode([1; 32]);
        assert!(AddCheckpoint::parse(format!("old 0\n{hash}\n\n{note}").as_bytes()).is_ok());
        for body in [
            String::new(),
            format!("old 00\n\n{note}"),
            format!("old -1\n\n{note}"),
            format!("old x\n\n{note}"),
            format!("new 0\n\n{note}"),
            format!("old 0\nAAAA\n\n{note}"),
            format!("old 0\n{}\n{note}", format!("{hash}\n").repeat(64)),
            "old 0\n\nabsah.example/audit\n1\n\n".to_owned(),
            format!("old 0\n\n{}", "x".repeat(MAX_BYTES)),
        ] {
            assert_eq!(AddCheckpoint::parse(body.as_bytes()), Err(Refusal::Malformed), "{body:.60}");
        }
        assert_eq!(AddCheckpoint::parse(&[0xff, 0xfe]), Err(Refusal::Malformed));
    }
}
