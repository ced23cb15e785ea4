//! From a skeleton and raw bytes back to the text. The input is a stranger's: every step is bounded.

use std::ops::Range;

use absah_crypto::sha256;
use absah_types::base64url;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{PackContext, UnpackError, date, op};

/// Follows the marks. Work is proportional to `limit` and to what came in: hashes are computed once for each part.
pub(super) fn rebuild(
    skeleton: &[u8],
    raw: &[u8],
    context: &PackContext<'_>,
    limit: usize,
) -> Result<String, UnpackError> {
    let mut rebuilder = Rebuilder {
        skeleton: op::Input::new(skeleton),
        raw: op::Input::new(raw),
        context,
        limit,
        parts: Vec::new(),
        bounds: Vec::new(),
        digests: Vec::new(),
        sd_hash: None,
        outer: Vec::new(),
        out: Vec::new(),
    };
    loop {
        let plain = rebuilder.skeleton.take_plain();
        rebuilder.put(plain)?;
        match rebuilder.skeleton.byte() {
            Ok(mark) => rebuilder.mark(mark)?,
            Err(_) => break,
        }
    }
    rebuilder.text()
}

struct Rebuilder<'a> {
    skeleton: op::Input<'a>,
    raw: op::Input<'a>,
    context: &'a PackContext<'a>,
    limit: usize,
    /// The parts that are finished, one after another: disclosures backwards, then the issuer-signed JWT.
    parts: Vec<u8>,
    /// Where each of them stands in `parts`.
    bounds: Vec<Range<usize>>,
    /// Digests of the finished parts, as far as they were needed.
    digests: Vec<Option<[u8; 32]>>,
    sd_hash: Option<String>,
    /// The texts around the one that is being written.
    outer: Vec<Vec<u8>>,
    out: Vec<u8>,
}

impl Rebuilder<'_> {
    fn mark(&mut self, byte: u8) -> Result<(), UnpackError> {
        match byte {
            b'~' if self.outer.is_empty() => self.end_part(),
            b'~' => self.put(b"~"),
            op::OPEN => self.open(),
            op::CLOSE => self.close(),
            op::RAW16 => self.binary(16),
            op::RAW32 => self.binary(32),
            op::RAW64 => self.binary(64),
            op::RAW => {
                let length = self.skeleton.varint()?;
                self.binary(length)
            }
            op::DIGEST => {
                let digest = self.known_digest()?;
                self.put(base64url::encode(digest).as_bytes())
            }
            op::DIGESTS => self.digest_array(),
            op::CHAIN => self.chain(),
            op::DER => {
                let length = self.skeleton.varint()?;
                let certificate = self.skeleton.take(length)?;
                self.put(STANDARD.encode(certificate).as_bytes())
            }
            op::AUD => {
                let binding = self.context.binding.ok_or(UnpackError::BindingUnknown)?;
                self.put(binding.aud.as_bytes())
            }
            op::NONCE => {
                let binding = self.context.binding.ok_or(UnpackError::BindingUnknown)?;
                self.put(binding.nonce.as_bytes())
            }
            op::SD_HASH => self.sd_hash(),
            op::DAYS => {
                let seconds = u64::from(u16::from_be_bytes(self.raw.array()?)) * 86_400;
                self.put(seconds.to_string().as_bytes())
            }
            op::NUMBER => {
                let number = u32::from_be_bytes(self.raw.array()?);
                self.put(number.to_string().as_bytes())
            }
            op::DATE => {
                let text = date::unpack(self.raw.array()?);
                self.put(text.as_bytes())
            }
            _ => Err(UnpackError::Malformed),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), UnpackError> {
        if self.parts.len() + self.out.len() + bytes.len() > self.limit {
            return Err(UnpackError::TooLarge { limit: self.limit });
        }
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn open(&mut self) -> Result<(), UnpackError> {
        if self.outer.len() >= op::MAX_DEPTH {
            return Err(UnpackError::TooDeep);
        }
        self.outer.push(std::mem::take(&mut self.out));
        Ok(())
    }

    fn close(&mut self) -> Result<(), UnpackError> {
        let outer = self.outer.pop().ok_or(UnpackError::Malformed)?;
        let inner = std::mem::replace(&mut self.out, outer);
        self.put(base64url::encode(inner).as_bytes())
    }

    fn end_part(&mut self) -> Result<(), UnpackError> {
        self.put(b"~")?;
        let start = self.parts.len();
        self.parts.append(&mut self.out);
        self.bounds.push(start..self.parts.len());
        self.digests.push(None);
        Ok(())
    }

    fn binary(&mut self, length: usize) -> Result<(), UnpackError> {
        let bytes = self.raw.take(length)?;
        self.put(base64url::encode(bytes).as_bytes())
    }

    /// Reads one byte *k*; the digest of the finished disclosure *k*.
    fn known_digest(&mut self) -> Result<[u8; 32], UnpackError> {
        let k = usize::from(self.raw.byte()?);
        let bounds = self.bounds.get(k).ok_or(UnpackError::BadReference)?;
        let digest = self.digests.get_mut(k).ok_or(UnpackError::BadReference)?;
        if let Some(digest) = digest {
            return Ok(*digest);
        }
        // Without its `~`.
        let disclosure = self.parts.get(bounds.start..bounds.end - 1).ok_or(UnpackError::BadReference)?;
        Ok(*digest.insert(sha256(disclosure)))
    }

    fn digest_array(&mut self) -> Result<(), UnpackError> {
        let count = usize::from(self.raw.byte()?);
        let map = self.raw.take(count.div_ceil(8))?;
        for entry in 0..count {
            let is_known = map.get(entry / 8).is_some_and(|bits| bits >> (entry % 8) & 1 == 1);
            let digest = if is_known { self.known_digest()? } else { self.raw.array()? };
            self.put(if entry == 0 { b"\"" } else { b",\"" })?;
            self.put(base64url::encode(digest).as_bytes())?;
            self.put(b"\"")?;
        }
        Ok(())
    }

    fn chain(&mut self) -> Result<(), UnpackError> {
        let sha256 = self.raw.array()?;
        let chain = (self.context.x5c)(&sha256).ok_or(UnpackError::CertificateUnknown { sha256 })?;
        for (i, certificate) in chain.iter().enumerate() {
            self.put(if i == 0 { b"\"" } else { b",\"" })?;
            self.put(STANDARD.encode(certificate).as_bytes())?;
            self.put(b"\"")?;
        }
        Ok(())
    }

    fn sd_hash(&mut self) -> Result<(), UnpackError> {
        if self.sd_hash.is_none() {
            if self.bounds.is_empty() {
                return Err(UnpackError::BadReference);
            }
            let mut signed = Vec::with_capacity(self.parts.len());
            self.append_parts(&mut signed);
            self.sd_hash = Some(base64url::encode(sha256(&signed)));
        }
        let text = self.sd_hash.clone().unwrap_or_default();
        self.put(text.as_bytes())
    }

    /// The finished parts in the order of the text: last first.
    fn append_parts(&self, text: &mut Vec<u8>) {
        for bounds in self.bounds.iter().rev() {
            text.extend_from_slice(self.parts.get(bounds.clone()).unwrap_or_default());
        }
    }

    fn text(self) -> Result<String, UnpackError> {
        if !self.outer.is_empty() {
            return Err(UnpackError::Malformed);
        }
        if !self.raw.rest().is_empty() {
            return Err(UnpackError::Trailing);
        }
        let mut text = Vec::with_capacity(self.parts.len() + self.out.len());
        self.append_parts(&mut text);
        text.extend_from_slice(&self.out);
        String::from_utf8(text).map_err(|_| UnpackError::NotText)
    }
}
