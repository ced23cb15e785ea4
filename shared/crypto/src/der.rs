//! The few fixed DER shapes that P-256 needs. Everything but the key itself is constant, so a key is read by
//! comparing with a template: there is nothing to parse and nothing to get wrong.

/// `SubjectPublicKeyInfo` of an uncompressed P-256 point, up to the point (RFC 5480, section 2):
/// SEQUENCE(89) { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING(66, 0 unused) … }.
const SPKI_PREFIX: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// `PrivateKeyInfo` (RFC 5208) holding an `ECPrivateKey` (RFC 5915) with its public key, up to the scalar.
const PKCS8_PREFIX: [u8; 36] = [
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01,
    0x04, 0x20,
];

/// Between scalar and point: \[1\] { BIT STRING(66, 0 unused) … }.
const PKCS8_MIDDLE: [u8; 5] = [0xa1, 0x44, 0x03, 0x42, 0x00];

pub(crate) const SPKI_LEN: usize = 91;

pub(crate) fn write_spki(point: &[u8; 65]) -> [u8; SPKI_LEN] {
    let mut out = [0u8; SPKI_LEN];
    for (to, from) in out.iter_mut().zip(SPKI_PREFIX.iter().chain(point)) {
        *to = *from;
    }
    out
}

pub(crate) fn read_spki(der: &[u8]) -> Option<&[u8]> {
    der.strip_prefix(&SPKI_PREFIX)
}

pub(crate) fn write_pkcs8(scalar: &[u8; 32], point: &[u8; 65]) -> Vec<u8> {
    [&PKCS8_PREFIX[..], scalar, &PKCS8_MIDDLE, point].concat()
}

/// The scalar and the point of a P-256 private key as every common tool writes it.
pub(crate) fn read_pkcs8(der: &[u8]) -> Option<(&[u8; 32], &[u8])> {
    let (scalar, rest) = der.strip_prefix(&PKCS8_PREFIX)?.split_first_chunk::<32>()?;
    Some((scalar, rest.strip_prefix(&PKCS8_MIDDLE)?))
}

pub(crate) fn write_signature(signature: &[u8; 64]) -> Vec<u8> {
    let (r, s) = signature.split_at(32);
    let (r, s) = (Integer::of(r), Integer::of(s));
    let mut out = Vec::with_capacity(72);
    out.extend_from_slice(&[0x30, r.content_len() + s.content_len() + 4]);
    for number in [r, s] {
        out.extend_from_slice(&[0x02, number.content_len()]);
        if number.pad {
            out.push(0);
        }
        out.extend_from_slice(number.digits);
    }
    out
}

/// A non-negative DER INTEGER: fewest bytes, and a zero in front where the first bit would read as a sign.
struct Integer<'a> {
    pad: bool,
    digits: &'a [u8],
}

impl<'a> Integer<'a> {
    fn of(number: &'a [u8]) -> Self {
        let mut digits = number;
        while let [0, rest @ ..] = digits {
            digits = rest;
        }
        Self { pad: digits.first().is_none_or(|first| first & 0x80 != 0), digits }
    }

    fn content_len(&self) -> u8 {
        // At most 32 digits and one zero.
        u8::try_from(self.digits.len()).unwrap_or(u8::MAX).saturating_add(u8::from(self.pad))
    }
}

pub(crate) fn read_signature(der: &[u8]) -> Option<[u8; 64]> {
    let (body, rest) = read_tlv(der, 0x30)?;
    let (r, body) = read_tlv(body, 0x02)?;
    let (s, body) = read_tlv(body, 0x02)?;
    if !rest.is_empty() || !body.is_empty() {
        return None;
    }
    let mut out = [0u8; 64];
    let (left, right) = out.split_at_mut(32);
    place(r, left)?;
    place(s, right)?;
    Some(out)
}

/// Content and rest of a DER element with a length below 128.
fn read_tlv(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, len], rest) = der.split_first_chunk::<2>()?;
    (found == tag && len < 0x80).then_some(())?;
    rest.split_at_checked(usize::from(len))
}

/// Writes a non-negative INTEGER right-aligned into 32 bytes; `None` unless it is in its shortest form.
fn place(integer: &[u8], out: &mut [u8]) -> Option<()> {
    let digits = match integer {
        [] => return None,
        [0] => integer,
        // A zero in front only where it is needed.
        [0, next, ..] if next & 0x80 == 0 => return None,
        [0, digits @ ..] => digits,
        [first, ..] if first & 0x80 != 0 => return None,
        digits => digits,
    };
    let start = out.len().checked_sub(digits.len())?;
    out.get_mut(start..)?.copy_from_slice(digits);
    Some(())
}
