//! Timestamped cosignatures of witnesses (C2SP `tlog-cosignature`, `cosignature/v1`).

use absah_crypto::SignError;
use absah_types::Timestamp;

use crate::note::{Algorithm, Note, NoteError, NoteKey, NoteSigner, SignatureLine};

/// "cosignature/v1\ntime <timestamp>\n<checkpoint text>".
fn message(time: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// A witness signs the text of a checkpoint as seen at `now`.
///
/// # Errors
/// [`SignError`].
pub fn cosign(text: &str, witness: &NoteSigner, now: Timestamp) -> Result<SignatureLine, SignError> {
    let time = u64::try_from(now.unix()).unwrap_or_default();
    let signature = witness.raw(&message(time, text))?;
    Ok(witness.line(&[time.to_be_bytes().as_slice(), &signature].concat()))
}

/// When a witness signed the note: the newest of its lines, all of which must hold.
///
/// # Errors
/// [`NoteError::Unsigned`] without a line of that key; [`NoteError::Signature`] if one does not hold;
/// [`NoteError::Key`] for a key that is none of a witness.
pub fn check(note: &Note, witness: &NoteKey) -> Result<Timestamp, NoteError> {
    let mut newest = None;
    for line in note.signatures().iter().filter(|line| line.is_by(witness)) {
        newest = newest.max(Some(check_line(note.text(), line, witness)?));
    }
    newest.ok_or(NoteError::Unsigned)
}

/// When a witness made this signature over that text.
///
/// # Errors
/// As [`check`].
pub fn check_line(text: &str, line: &SignatureLine, witness: &NoteKey) -> Result<Timestamp, NoteError> {
    if witness.algorithm() != Algorithm::CosignatureV1 {
        return Err(NoteError::Key);
    }
    if !line.is_by(witness) {
        return Err(NoteError::Unsigned);
    }
    // "struct timestamped_signature { u64 timestamp; u8 signature[64]; }"
    let (time, signature) = line.signature().split_first_chunk::<8>().ok_or(NoteError::Signature)?;
    let signature = signature.try_into().map_err(|_| NoteError::Signature)?;
    let time = u64::from_be_bytes(*time);
    witness.key().verify(&message(time, text), signature).map_err(|_| NoteError::Signature)?;
    i64::try_from(time).map(Timestamp::from_unix).map_err(|_| NoteError::Signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::Secret;

    fn signer(name: &str, algorithm: Algorithm, seed: u8) -> NoteSigner {
        NoteSigner::new(name, algorithm, &Secret::new([seed; 32])).unwrap()
    }

    #[test]
    fn the_time_and_the_text_are_covered() {
        let witness = signer("inspektorat.example", Algorithm::CosignatureV1, 5);
        let now = Timestamp::from_unix(1_790_000_000);
        let mut note = Note::new("log\n1\nAAAA\n".to_owned(), Vec::new());
        assert_eq!(check(&note, witness.public()), Err(NoteError::Unsigned));
        note.add(cosign(note.text(), &witness, now).unwrap());
        note.add(cosign(note.text(), &witness, now).unwrap());
        assert_eq!(note.signatures().len(), 1, "the same line once");
        assert_eq!(check(&note, witness.public()), Ok(now));
        let other_text = Note::new("log\n2\nAAAA\n".to_owned(), note.signatures().to_vec());
        assert_eq!(check(&other_text, witness.public()), Err(NoteError::Signature));
        let mut bytes = note.signatures()[0].signature().to_vec();
        bytes[7] ^= 1;
        let other_time = Note::new(note.text().to_owned(), vec![witness.line(&bytes)]);
        assert_eq!(check(&other_time, witness.public()), Err(NoteError::Signature));
        let short = Note::new(note.text().to_owned(), vec![witness.line(&bytes[..40])]);
        assert_eq!(check(&short, witness.public()), Err(NoteError::Signature));
    }

    #[test]
    fn a_plain_signature_is_no_cosignature() {
        let log = signer("inspektorat.example", Algorithm::Ed25519, 5);
        let witness = signer("inspektorat.example", Algorithm::CosignatureV1, 5);
        assert_ne!(log.public().id(), witness.public().id());
        let note = Note::new("text\n".to_owned(), vec![log.sign("text\n").unwrap()]);
        assert_eq!(check(&note, witness.public()), Err(NoteError::Unsigned));
        assert_eq!(check_line("text\n", &note.signatures()[0], log.public()), Err(NoteError::Key));
    }
}
