//! Signed notes (C2SP `signed-note`): a text, and below it one line for each signature.

use absah_crypto::ed25519::{SigningKey, VerifyingKey};
use absah_crypto::{SignError, sha256_concat};
use absah_types::{Secret, coded, hex};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Largest note read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Most signature lines read: "implementations … MAY limit the number of signatures".
pub const MAX_SIGNATURES: usize = 64;

/// "U+2014 EM DASH", a space: how a signature line begins.
const MARK: &str = "\u{2014} ";

/// How a key signs: the byte before the public key, which the key's id covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Plain Ed25519 over the text.
    Ed25519,
    /// A timestamped Ed25519 cosignature (`cosignature/v1`).
    CosignatureV1,
}

impl Algorithm {
    const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
        }
    }
}

/// Why a note or a key is not read or not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteError {
    /// Larger than [`MAX_BYTES`] or with more signatures than [`MAX_SIGNATURES`].
    TooLarge,
    /// No text, no empty line, no signature, or a line of another form.
    Malformed,
    /// A verifier key of another form, or whose id is not its hash.
    Key,
    /// No signature of that key stands below it.
    Unsigned,
    /// The signature of that key does not hold.
    Signature,
}

impl core::fmt::Display for NoteError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "signed note too large",
            Self::Malformed => "signed note malformed",
            Self::Key => "verifier key malformed",
            Self::Unsigned => "signed note lacks the signature",
            Self::Signature => "signature of the note does not hold",
        })
    }
}

impl core::error::Error for NoteError {}

coded! { NoteError {
    TooLarge => ("note-too-large", Peer),
    Malformed => ("note-malformed", Peer),
    Key => ("note-key-malformed", Peer),
    Unsigned => ("note-unsigned", Peer),
    Signature => ("note-signature", Peer),
} }

/// "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus (U+002B) characters."
fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+')
}

/// A name for a key that we know by it. Such names are also printable and short, since they are shown to people.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_graphic() && !matches!(c, '+' | '<' | '>' | '&' | '"' | '\'');
    !name.is_empty() && name.len() <= 128 && name.chars().all(allowed)
}

fn key_id(name: &str, algorithm: Algorithm, public: &[u8; 32]) -> [u8; 4] {
    // "key ID = SHA-256(<key name> || 0x0A || <signature type> || <public key>)[:4]"
    let digest = sha256_concat(&[name.as_bytes(), b"\n", &[algorithm.byte()], public]);
    digest.first_chunk().copied().unwrap_or_default()
}

/// A key that verifies notes, with its name: the `vkey` of `signed-note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    algorithm: Algorithm,
    key: VerifyingKey,
}

impl NoteKey {
    /// Names a key.
    ///
    /// # Errors
    /// [`NoteError::Key`] for a name with characters no name may have.
    pub fn new(name: &str, algorithm: Algorithm, key: VerifyingKey) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Key);
        }
        Ok(Self { name: name.to_owned(), algorithm, key })
    }

    /// Reads `<name>+<hex key id>+<base64 of type and key>`.
    ///
    /// # Errors
    /// [`NoteError::Key`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        let key = STANDARD.decode(key).map_err(|_| NoteError::Key)?;
        let (algorithm, public) = match key.split_first() {
            Some((0x01, public)) => (Algorithm::Ed25519, public),
            Some((0x04, public)) => (Algorithm::CosignatureV1, public),
            _ => return Err(NoteError::Key),
        };
        let public: [u8; 32] = public.try_into().map_err(|_| NoteError::Key)?;
        if hex::encode(key_id(name, algorithm, &public)) != id {
            return Err(NoteError::Key);
        }
        Self::new(name, algorithm, VerifyingKey::from_bytes(&public).map_err(|_| NoteError::Key)?)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it signs.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key itself.
    #[must_use]
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// The first four bytes of the hash of name, type and key.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.algorithm, self.key.to_bytes())
    }
}

impl core::fmt::Display for NoteKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut key = vec![self.algorithm.byte()];
        key.extend_from_slice(self.key.to_bytes());
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id()), STANDARD.encode(key))
    }
}

/// A key that signs notes, with its name.
#[derive(Debug)]
pub struct NoteSigner {
    key: SigningKey,
    public: NoteKey,
}

impl NoteSigner {
    /// From the seed of an Ed25519 key.
    ///
    /// # Errors
    /// [`NoteError::Key`].
    pub fn new(name: &str, algorithm: Algorithm, seed: &Secret<[u8; 32]>) -> Result<Self, NoteError> {
        let key = SigningKey::from_seed(seed).map_err(|_| NoteError::Key)?;
        let public = NoteKey::new(name, algorithm, key.public_key().clone())?;
        Ok(Self { key, public })
    }

    /// The key that verifies.
    #[must_use]
    pub fn public(&self) -> &NoteKey {
        &self.public
    }

    /// The plain Ed25519 signature line over a text (with its final newline).
    ///
    /// # Errors
    /// [`SignError`].
    pub fn sign(&self, text: &str) -> Result<SignatureLine, SignError> {
        Ok(self.line(&self.key.sign(text.as_bytes())?))
    }

    pub(crate) fn raw(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        self.key.sign(message)
    }

    pub(crate) fn line(&self, signature: &[u8]) -> SignatureLine {
        SignatureLine { name: self.public.name.clone(), id: self.public.id(), signature: signature.to_vec() }
    }
}

/// One signature below a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    name: String,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl SignatureLine {
    /// Reads `— <name> <base64 of key id and signature>`, without the newline.
    ///
    /// # Errors
    /// [`NoteError::Malformed`].
    pub fn parse(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix(MARK).ok_or(NoteError::Malformed)?;
        let (name, encoded) = rest.split_once(' ').ok_or(NoteError::Malformed)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| NoteError::Malformed)?;
        let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Malformed)?;
        // "Verifiers MUST ignore signatures from unknown keys": a name that no key of ours can have is let stand.
        if !is_key_name(name) || signature.is_empty() {
            return Err(NoteError::Malformed);
        }
        Ok(Self { name: name.to_owned(), id: *id, signature: signature.to_vec() })
    }

    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the line is said to be by that key: "a signature matches a key by name and key ID".
    #[must_use]
    pub fn is_by(&self, key: &NoteKey) -> bool {
        self.name == key.name && self.id == key.id()
    }

    /// The signature without the key id.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }
}

impl core::fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let bytes = [self.id.as_slice(), &self.signature].concat();
        write!(f, "{MARK}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text with signature lines below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// A text (with its final newline) and who signed it.
    #[must_use]
    pub fn new(text: String, signatures: Vec<SignatureLine>) -> Self {
        Self { text, signatures }
    }

    /// Reads a note. Nothing is believed by that: see [`Note::check`].
    ///
    /// # Errors
    /// [`NoteError::TooLarge`], [`NoteError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        if text.len() > MAX_BYTES {
            return Err(NoteError::TooLarge);
        }
        // "The signature lines are after the last empty line."
        let (body, lines) = text.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let body = format!("{body}\n");
        // "Signed notes … MUST NOT contain any ASCII control characters (those below U+0020) other than newline."
        let control = |c: char| c < ' ' && c != '\n';
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        if body.trim().is_empty() || body.contains(control) || lines.contains(control) {
            return Err(NoteError::Malformed);
        }
        let lines: Vec<&str> = lines.split('\n').collect();
        if lines.len() > MAX_SIGNATURES {
            return Err(NoteError::TooLarge);
        }
        let signatures = lines.into_iter().map(SignatureLine::parse).collect::<Result<_, _>>()?;
        Ok(Self { text: body, signatures })
    }

    /// What is signed, with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, believed or not.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Adds a signature line, unless it stands there already.
    pub fn add(&mut self, line: SignatureLine) {
        if !self.signatures.contains(&line) {
            self.signatures.push(line);
        }
    }

    /// Whether a key's plain Ed25519 signature over the text holds.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`] if that key has no line, [`NoteError::Signature`] if its line does not hold.
    pub fn check(&self, key: &NoteKey) -> Result<(), NoteError> {
        // "A note with a signature of a known key that does not verify MUST be rejected."
        let mut found = false;
        for line in self.signatures.iter().filter(|line| line.is_by(key)) {
            let signature = line.signature.as_slice().try_into().map_err(|_| NoteError::Signature)?;
            key.key.verify(self.text.as_bytes(), signature).map_err(|_| NoteError::Signature)?;
            found = true;
        }
        if found { Ok(()) } else { Err(NoteError::Unsigned) }
    }
}

impl core::fmt::Display for Note {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        writeln!(f, "{}", self.text)?;
        for line in &self.signatures {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example key and note of Go's `golang.org/x/mod/sumdb/note` documentation: another implementation made it.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn a_note_of_go() {
        let key = NoteKey::parse(KEY).unwrap();
        assert_eq!((key.name(), key.to_string().as_str()), ("PeterNeumann", KEY));
        let note = Note::parse(NOTE).unwrap();
        note.check(&key).unwrap();
        assert_eq!(note.to_string(), NOTE);
        let changed = Note::parse(&NOTE.replace("think", "thank")).unwrap();
        assert_eq!(changed.check(&key), Err(NoteError::Signature));
    }

    #[test]
    fn hostile_notes_and_keys() {
        let many = format!("t\n\n{}", "\u{2014} a AAAAAAA=\n".repeat(65));
        for (text, error) in [
            ("", NoteError::Malformed),
            ("text\n", NoteError::Malformed),
            ("text\n\n", NoteError::Malformed),
            ("\n\n\u{2014} a AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n- a AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n\u{2014} a AAAAAAA=", NoteError::Malformed),
            ("text\n\n\u{2014} a AAAA\n", NoteError::Malformed),
            ("text\n\n\u{2014} a !!!!\n", NoteError::Malformed),
            ("text\n\n\u{2014} a+b AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n\u{2014}  AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n\u{2014} a\u{a0}b AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n\u{2014} a\u{2003}b AAAAAAA=\n", NoteError::Malformed),
            ("text\n\n\u{2014} a\tb AAAAAAA=\n", NoteError::Malformed),
            ("te\u{7}xt\n\n\u{2014} a AAAAAAA=\n", NoteError::Malformed),
            ("text\r\n\n\u{2014} a AAAAAAA=\n", NoteError::Malformed),
            (many.as_str(), NoteError::TooLarge),
            (&"x".repeat(MAX_BYTES + 1), NoteError::TooLarge),
        ] {
            assert_eq!(Note::parse(text), Err(error), "{text:.40}");
        }
        for key in [
            "",
            "PeterNeumann",
            "PeterNeumann+c74f20a3+",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
        ] {
            assert_eq!(NoteKey::parse(key), Err(NoteError::Key), "{key}");
        }
    }

    #[test]
    fn lines_of_keys_that_nobody_knows_are_ignored() {
        let key = NoteKey::parse(KEY).unwrap();
        let long = "x".repeat(1000);
        for name in ["saksi.例え", "ꦱꦏ꧀ꦱꦶ/1", "<b>", "a&b'\"", "\u{202e}", &long] {
            let note = Note::parse(&format!("{NOTE}\u{2014} {name} AAAAAAA=\n")).unwrap();
            note.check(&key).unwrap();
            assert_eq!(note.signatures().len(), 2, "{name:.20}");
            assert_eq!(Note::parse(&note.to_string()).unwrap(), note, "written back as it came");
            // No key of ours is called so.
            assert!(NoteKey::new(name, Algorithm::Ed25519, key.key().clone()).is_err());
        }
    }

    #[test]
    fn a_line_by_another_key_of_the_same_name_is_none_of_ours() {
        let signer = |seed| {
            NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([seed; 32])).unwrap()
        };
        let (ours, theirs) = (signer(1), signer(2));
        let text = "absah.example/audit\n0\n\n";
        let note = Note::new(text.to_owned(), vec![theirs.sign(text).unwrap()]);
        assert_eq!(note.check(ours.public()), Err(NoteError::Unsigned));
        let note = Note::new(
            "text\n".to_owned(),
            vec![theirs.sign("text\n").unwrap(), ours.sign("text\n").unwrap()],
        );
        note.check(ours.public()).unwrap();
        assert_eq!(Note::parse(&note.to_string()).unwrap(), note);
    }
}
