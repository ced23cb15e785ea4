//! From a text to a skeleton and raw bytes. Nothing here need be complete: what is not recognised stays text.

use absah_crypto::sha256;
use absah_types::base64url;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{PackContext, chain_digest, date, op};

/// A text taken apart.
pub(super) struct Lifted {
    pub(super) skeleton: Vec<u8>,
    pub(super) raw: Vec<u8>,
}

/// Takes a text apart; `None` if it holds a byte that would be taken for a mark.
pub(super) fn lift(text: &str, context: &PackContext<'_>) -> Option<Lifted> {
    if !text.bytes().all(op::is_plain) {
        return None;
    }
    let mut lifter =
        Lifter { context, skeleton: Vec::new(), raw: Vec::new(), digests: Vec::new(), key_binding: None };
    let parts: Vec<&str> = text.split('~').collect();
    // RFC 9901, section 4: <Issuer-signed JWT>~<Disclosure 1>~…~<Disclosure N>~<KB-JWT, may be empty>.
    let (last, before) = parts.split_last()?;
    if let Some((jwt, disclosures)) = before.split_first() {
        for disclosure in disclosures.iter().rev() {
            lifter.part(disclosure);
            lifter.skeleton.push(b'~');
            lifter.digests.push(sha256(disclosure.as_bytes()));
        }
        lifter.part(jwt);
        lifter.skeleton.push(b'~');
        let signed = text.get(..text.len() - last.len())?;
        lifter.key_binding = Some(base64url::encode(sha256(signed.as_bytes())));
    }
    lifter.part(last);
    Some(Lifted { skeleton: lifter.skeleton, raw: lifter.raw })
}

struct Lifter<'a> {
    context: &'a PackContext<'a>,
    skeleton: Vec<u8>,
    raw: Vec<u8>,
    /// Of the disclosures so far.
    digests: Vec<[u8; 32]>,
    /// `sd_hash`, while the key-binding JWT is taken apart.
    key_binding: Option<String>,
}

/// Shorter binary values are not worth a mark.
const SHORTEST_BINARY: usize = 12;

impl Lifter<'_> {
    /// What stands between two `~`: pieces with dots between.
    fn part(&mut self, text: &str) {
        self.pieces(text, 0);
    }

    fn pieces(&mut self, text: &str, depth: usize) {
        for (i, piece) in text.split('.').enumerate() {
            if i > 0 {
                self.skeleton.push(b'.');
            }
            self.piece(piece, depth);
        }
    }

    fn piece(&mut self, text: &str, depth: usize) {
        let Ok(bytes) = base64url::decode(text) else { return self.literal(text) };
        match std::str::from_utf8(&bytes) {
            Ok(json)
                if depth < op::MAX_DEPTH
                    && json.starts_with(['{', '['])
                    && json.bytes().all(op::is_plain) =>
            {
                self.skeleton.push(op::OPEN);
                self.json(json, depth + 1);
                self.skeleton.push(op::CLOSE);
            }
            _ if bytes.len() >= SHORTEST_BINARY => self.binary(&bytes),
            _ => self.literal(text),
        }
    }

    /// Walks through a JSON text. It is not parsed: whatever it is, the same text comes out again.
    fn json(&mut self, text: &str, depth: usize) {
        let mut rest = text;
        while let Some(at) = rest.find(['"', '[', ':']) {
            let (before, here) = rest.split_at(at);
            self.literal(before);
            let length = match here.as_bytes().first() {
                Some(b'"') => self.string(here, depth),
                Some(b'[') => self.array(here),
                _ => self.number(here),
            };
            rest = here.get(length..).unwrap_or_default();
        }
        self.literal(rest);
    }

    /// Takes a string with its quotes; answers how long it is.
    fn string(&mut self, here: &str, depth: usize) -> usize {
        let Some((content, _)) = here.get(1..).and_then(|after| after.split_once('"')) else {
            self.literal(here);
            return here.len();
        };
        if content.ends_with('\\') || content.contains("\\\\") {
            // An escaped quote, perhaps: what follows is walked through as text.
            self.skeleton.push(b'"');
            return 1;
        }
        self.skeleton.push(b'"');
        self.value(content, depth);
        self.skeleton.push(b'"');
        content.len() + 2
    }

    fn value(&mut self, content: &str, depth: usize) {
        if let Some(mark) = self.key_binding_mark(content) {
            return self.skeleton.push(mark);
        }
        if let Some((packed, after)) =
            content.split_at_checked(date::LENGTH).and_then(|(d, after)| Some((date::pack(d)?, after)))
        {
            self.skeleton.push(op::DATE);
            self.raw.extend_from_slice(&packed);
            return self.literal(after);
        }
        if depth < op::MAX_DEPTH && content.starts_with("ey") && content.matches('.').count() == 2 {
            return self.pieces(content, depth);
        }
        match base64url::decode(content) {
            Ok(bytes) if looks_binary(content) => self.binary(&bytes),
            _ => self.literal(content),
        }
    }

    fn key_binding_mark(&self, content: &str) -> Option<u8> {
        let sd_hash = self.key_binding.as_ref()?;
        match self.context.binding {
            _ if content == sd_hash => Some(op::SD_HASH),
            Some(binding) if content == binding.nonce => Some(op::NONCE),
            Some(binding) if content == binding.aud => Some(op::AUD),
            _ => None,
        }
    }

    fn binary(&mut self, bytes: &[u8]) {
        if let Some(known) = self.disclosure_with(bytes) {
            self.skeleton.push(op::DIGEST);
            return self.raw.push(known);
        }
        match bytes.len() {
            16 => self.skeleton.push(op::RAW16),
            32 => self.skeleton.push(op::RAW32),
            64 => self.skeleton.push(op::RAW64),
            length => {
                self.skeleton.push(op::RAW);
                op::push_varint(&mut self.skeleton, length);
            }
        }
        self.raw.extend_from_slice(bytes);
    }

    fn disclosure_with(&self, digest: &[u8]) -> Option<u8> {
        self.digests.iter().position(|known| known == digest).and_then(|k| u8::try_from(k).ok())
    }

    /// An array of digests or of certificates as a whole, otherwise its bracket only; answers how much was taken.
    fn array(&mut self, here: &str) -> usize {
        self.skeleton.push(b'[');
        let Some((content, _)) = here.get(1..).and_then(|after| after.split_once(']')) else { return 1 };
        let Some(entries) = content.split(',').map(unquoted).collect::<Option<Vec<&str>>>() else { return 1 };
        let taken = if self.skeleton.ends_with(br#""x5c":["#) {
            self.certificates(&entries)
        } else {
            self.digests(&entries)
        };
        match taken {
            Some(()) => {
                self.skeleton.push(b']');
                content.len() + 2
            }
            None => 1,
        }
    }

    fn digests(&mut self, entries: &[&str]) -> Option<()> {
        let count = u8::try_from(entries.len()).ok()?;
        let digests: Vec<[u8; 32]> =
            entries.iter().map(|entry| base64url::decode_array(entry).ok()).collect::<Option<_>>()?;
        self.skeleton.push(op::DIGESTS);
        self.raw.push(count);
        for eight in digests.chunks(8) {
            let bits = eight.iter().enumerate().filter(|(_, digest)| self.disclosure_with(*digest).is_some());
            let map = bits.fold(0_u8, |map, (bit, _)| map | 1 << bit);
            self.raw.push(map);
        }
        for digest in digests {
            match self.disclosure_with(&digest) {
                Some(known) => self.raw.push(known),
                None => self.raw.extend_from_slice(&digest),
            }
        }
        Some(())
    }

    fn certificates(&mut self, entries: &[&str]) -> Option<()> {
        let chain: Vec<Vec<u8>> =
            entries.iter().map(|entry| STANDARD.decode(entry).ok()).collect::<Option<_>>()?;
        let digest = chain_digest(&chain);
        if (self.context.x5c)(&digest).is_some_and(|known| known == chain) {
            self.skeleton.push(op::CHAIN);
            self.raw.extend_from_slice(&digest);
            return Some(());
        }
        for (i, certificate) in chain.iter().enumerate() {
            if i > 0 {
                self.skeleton.push(b',');
            }
            self.skeleton.extend_from_slice(&[b'"', op::DER]);
            op::push_varint(&mut self.skeleton, certificate.len());
            self.skeleton.extend_from_slice(certificate);
            self.skeleton.push(b'"');
        }
        Some(())
    }

    /// A colon and the number behind it, if it is a long one: a time, an index in a status list. Answers how much was taken.
    fn number(&mut self, here: &str) -> usize {
        const SECONDS_A_DAY: u32 = 86_400;
        const SHORTEST: usize = 5;
        self.skeleton.push(b':');
        let digits = here.get(1..).unwrap_or_default();
        let digits =
            digits.find(|c: char| !c.is_ascii_digit()).and_then(|end| digits.get(..end)).unwrap_or_default();
        let number = match digits.parse::<u32>() {
            Ok(number) if digits.len() >= SHORTEST && !digits.starts_with('0') => number,
            _ => return 1,
        };
        match u16::try_from(number / SECONDS_A_DAY) {
            Ok(days) if number % SECONDS_A_DAY == 0 => {
                self.skeleton.push(op::DAYS);
                self.raw.extend_from_slice(&days.to_be_bytes());
            }
            _ => {
                self.skeleton.push(op::NUMBER);
                self.raw.extend_from_slice(&number.to_be_bytes());
            }
        }
        1 + digits.len()
    }

    fn literal(&mut self, text: &str) {
        self.skeleton.extend_from_slice(text.as_bytes());
    }
}

/// The content of a quoted entry without escapes.
fn unquoted(entry: &str) -> Option<&str> {
    entry.strip_prefix('"')?.strip_suffix('"').filter(|content| !content.contains(['"', '\\']))
}

/// Salts, digests and signatures by their lengths; anything else by its look, so that words stay words.
fn looks_binary(text: &str) -> bool {
    const LONGEST_WORD: usize = 24;
    let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
    matches!(text.len(), 22 | 43 | 86)
        || (text.len() >= LONGEST_WORD
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_uppercase)
            && has(u8::is_ascii_lowercase))
}
