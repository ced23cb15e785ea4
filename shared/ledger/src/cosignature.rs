//! Timestamped cosignatures of witnesses (C2SP `tlog-cosignature`, `cosignature/v1`).

use absah_crypto::SignError;
use absah_types::{Seconds, Timestamp};

use crate::note::{Algorithm, Note, NoteError, NoteKey, NoteSigner, SignatureLine};

/// How far a witness's clock may be ahead of ours: "verifiers MAY reject cosignatures with timestamps in the future".
pub const MAX_SKEW: Seconds = Seconds::minutes(5);

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

/// When a witness signed the note, by each of its lines, all of which must hold. The times are not compared with any
/// clock: see [`is_ahead`].
///
/// # Errors
/// [`NoteError::Unsigned`] without a line of that key; [`NoteError::Signature`] if one does not hold;
/// [`NoteError::Key`] for a key that is none of a witness.
pub fn check(note: &Note, witness: &NoteKey) -> Result<Vec<Timestamp>, NoteError> {
    let lines = note.signatures().iter().filter(|line| line.is_by(witness));
    let times = lines.map(|line| check_line(note.text(), line, witness)).collect::<Result<Vec<_>, _>>()?;
    if times.is_empty() { Err(NoteError::Unsigned) } else { Ok(times) }
}

/// Whether a cosignature is of a time that has not come yet.
#[must_use]
pub fn is_ahead(time: Timestamp, now: Timestamp) -> bool {
    time > now.plus(MAX_SKEW)
}

/// The time that a line says of itself, believed or not; nothing for a line of another form.
#[must_use]
pub fn time_of(line: &SignatureLine) -> Option<Timestamp> {
    let (time, _) = line.signature().split_first_chunk::<8>()?;
    i64::try_from(u64::from_be_bytes(*time)).ok().map(Timestamp::from_unix)
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
        assert_eq!(check(&note, witness.public()), Ok(vec![now]));
        assert_eq!(time_of(&note.signatures()[0]), Some(now));
        let later = now.plus(Seconds(7));
        note.add(cosign(note.text(), &witness, later).unwrap());
        assert_eq!(check(&note, witness.public()), Ok(vec![now, later]));
        assert!(!is_ahead(now.plus(MAX_SKEW), now) && is_ahead(now.plus(Seconds(301)), now));
        let other_text = Note::new("log\n2\nAAAA\n".to_owned(), note.signatures().to_vec());
        assert_eq!(check(&other_text, witness.public()), Err(NoteError::Signature));
        let mut bytes = note.signatures()[0].signature().to_vec();
        bytes[7] ^= 1;
        let other_time = Note::new(note.text().to_owned(), vec![witness.line(&bytes)]);
        assert_eq!(check(&other_time, witness.public()), Err(NoteError::Signature));
        assert_eq!(time_of(&witness.line(&bytes[..7])), None);
        assert_eq!(time_of(&witness.line(&[0xff; 72])), None, "MUST NOT exceed 2^63 - 1");
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
