//! Checkpoints (C2SP `tlog-checkpoint`): how large a log is and what its root is.

use absah_crypto::SignError;
use absah_types::coded;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::merkle::Hash;
use crate::note::{Note, NoteError, NoteKey, NoteSigner};

/// The text of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// The root hash of its tree.
    pub root: Hash,
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointError {
    /// The note around it.
    Note(NoteError),
    /// The text is none of a checkpoint.
    Malformed,
    /// It speaks of another log than its key's.
    Origin,
}

impl core::fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Note(error) => error.fmt(f),
            Self::Malformed => f.write_str("checkpoint malformed"),
            Self::Origin => f.write_str("checkpoint of another log"),
        }
    }
}

impl core::error::Error for CheckpointError {}

coded! { CheckpointError {
    Note(error) => inner(error),
    Malformed => ("checkpoint-malformed", Peer),
    Origin => ("checkpoint-origin", Peer),
} }

impl Checkpoint {
    /// Reads the text; further lines ("extension lines") are let stand and ignored.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = || CheckpointError::Malformed;
        let mut lines = text.strip_suffix('\n').ok_or_else(malformed)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(malformed());
        };
        // "ASCII decimal with no leading zeroes (unless the size is zero)".
        let number: u64 = size.parse().map_err(|_| malformed())?;
        if origin.is_empty() || number.to_string() != size || lines.any(str::is_empty) {
            return Err(malformed());
        }
        let root = STANDARD.decode(root).ok().and_then(|root| root.try_into().ok()).ok_or_else(malformed)?;
        Ok(Self { origin: origin.to_owned(), size: number, root })
    }

    /// The checkpoint in a note that the log's key signed.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn verify(note: &Note, log: &NoteKey) -> Result<Self, CheckpointError> {
        note.check(log).map_err(CheckpointError::Note)?;
        let checkpoint = Self::parse(note.text())?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::Origin);
        }
        Ok(checkpoint)
    }

    /// Signs it.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn sign(&self, log: &NoteSigner) -> Result<Note, SignError> {
        let text = self.to_string();
        let line = log.sign(&text)?;
        Ok(Note::new(text, vec![line]))
    }
}

impl core::fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Algorithm;
    use absah_types::Secret;

    #[test]
    fn signed_and_read_back() {
        let signer = |name| NoteSigner::new(name, Algorithm::Ed25519, &Secret::new([3; 32])).unwrap();
        let log = signer("absah.example/audit");
        let checkpoint = Checkpoint { origin: "absah.example/audit".to_owned(), size: 12, root: [7; 32] };
        let note = Note::parse(&checkpoint.sign(&log).unwrap().to_string()).unwrap();
        assert_eq!(Checkpoint::verify(&note, log.public()), Ok(checkpoint.clone()));
        let other = signer("absah.example/registry");
        let moved = checkpoint.sign(&other).unwrap();
        assert_eq!(Checkpoint::verify(&moved, other.public()), Err(CheckpointError::Origin));
        let unsigned = Checkpoint::verify(&moved, log.public()).unwrap_err();
        assert_eq!(unsigned, CheckpointError::Note(NoteError::Unsigned));
    }

    #[test]
    fn hostile_texts() {
        let root = STANDARD.encode([7; 32]);
        assert!(Checkpoint::parse(&format!("log\n5\n{root}\nextension\n")).is_ok());
        for text in [
            String::new(),
            format!("log\n5\n{root}"),
            format!("\n5\n{root}\n"),
            format!("log\n05\n{root}\n"),
            format!("log\n+5\n{root}\n"),
            format!("log\n-5\n{root}\n"),
            format!("log\n18446744073709551616\n{root}\n"),
            format!("log\n5\n{}\n", STANDARD.encode([7; 31])),
            format!("log\n5\n{root}\n\n"),
            "log\n5\n".to_owned(),
        ] {
            assert_eq!(Checkpoint::parse(&text), Err(CheckpointError::Malformed), "{text}");
        }
    }
}
