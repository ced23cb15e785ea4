//! The short and the long form of a request.
//!
//! Both hold only what does not follow from the registration; [`expand`] rebuilds the Request Object with the
//! counter's own builder, so hash and signature are those of the JAR.
//!
//! | bytes | short form (`0x01`) | long form (`0x02`) |
//! |---|---|---|
//! | 1 | form | form |
//! | 1 | format asked: 0 `vc+sd-jwt`, 1 `dc+sd-jwt` | same |
//! | 16 | `r` | same |
//! | 32 | one-time X25519 key | same |
//! | 5 | `iat`, Unix seconds, big endian | same |
//! | 1 | service, its place in the registration | same |
//! | 8 | chosen claims, bit *i* for claim *i*, big endian | same |
//! | 1 | largest QR version the counter reads | same |
//! | 64 | signature over the Request Object | same |
//! | 8 | first bytes of the registration's SHA-256 | – |
//! | 2, … | – | length of the counter's certificate, big endian, and the certificate |
//! | … | – | the registration, [packed](absah_qr::pack()) |

use absah_credential::Format;
use absah_crypto::Signature;
use absah_qr::{Dictionary, PackContext, UnpackError, pack, unpack};
use absah_trust::{Bundle, Registered, RegistrationError, registration};
use absah_types::{Timestamp, coded};

use crate::dcql::all_claims;
use crate::oid4vp::request::{Draft, DraftError, ResponseTo, SignedRequest};

const SHORT: u8 = 0x01;
const LONG: u8 = 0x02;
const HASH_PREFIX: usize = 8;
/// Largest form accepted, in bytes.
pub const MAX_FORM: usize = 16 * 1024;

/// A request out of a QR code, expanded: the Request Object and the registration it was built from.
#[derive(Clone, Debug)]
pub struct Expanded {
    /// The Request Object. Its signature is **not yet checked**.
    pub request: SignedRequest,
    /// The registration, which holds now.
    pub registered: Registered,
    /// It came by value.
    pub long: bool,
}

/// Why the bytes of a request do not expand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpandError {
    /// The first byte names no form that is known.
    UnknownForm,
    /// Too short, too long, or a field has an impossible value.
    Malformed,
    /// The registration by value does not unpack.
    Unpack(UnpackError),
    /// The registration does not hold, or has no such service.
    Registration(RegistrationError),
    /// No claim is chosen.
    NothingAsked,
}

impl std::fmt::Display for ExpandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownForm => f.write_str("unknown form of a request"),
            Self::Malformed => f.write_str("request bytes malformed"),
            Self::Unpack(inner) => inner.fmt(f),
            Self::Registration(inner) => inner.fmt(f),
            Self::NothingAsked => f.write_str("request asks for nothing"),
        }
    }
}

impl std::error::Error for ExpandError {}

coded! { ExpandError {
    UnknownForm => ("request-form-unknown", Peer),
    Malformed => ("request-form-malformed", Peer),
    Unpack(e) => inner(e),
    Registration(e) => inner(e),
    NothingAsked => ("request-form-asks-nothing", Peer),
} }

impl From<RegistrationError> for ExpandError {
    fn from(error: RegistrationError) -> Self {
        Self::Registration(error)
    }
}

/// The short form: 137 bytes. `None` when the draft is not for a QR answer.
#[must_use]
pub fn short(draft: &Draft<'_>, signature: &Signature) -> Option<Vec<u8>> {
    let mut bytes = common(SHORT, draft, signature)?;
    bytes.extend(draft.registered.hash().iter().take(HASH_PREFIX));
    Some(bytes)
}

/// The long form, for a wallet whose bundle does not list the counter. `None` when the draft is not for a QR
/// answer.
#[must_use]
pub fn long(draft: &Draft<'_>, signature: &Signature, dictionary: &Dictionary) -> Option<Vec<u8>> {
    let mut bytes = common(LONG, draft, signature)?;
    let leaf = draft.registered.certificate().der();
    bytes.extend(u16::try_from(leaf.len()).ok()?.to_be_bytes());
    bytes.extend_from_slice(leaf);
    bytes.extend(pack(draft.registered.jwt(), &PackContext::new(dictionary)));
    Some(bytes)
}

fn common(form: u8, draft: &Draft<'_>, signature: &Signature) -> Option<Vec<u8>> {
    let ResponseTo::Qr { recipient, qr_version } = &draft.response else { return None };
    let format = match draft.format {
        Format::VcSdJwt => 0,
        Format::DcSdJwt => 1,
    };
    let iat = u64::try_from(draft.iat.unix()).ok().filter(|iat| *iat < 1 << 40)?.to_be_bytes();
    let mut bytes = vec![form, format];
    bytes.extend_from_slice(&draft.r);
    bytes.extend_from_slice(recipient);
    bytes.extend(iat.iter().skip(3));
    bytes.push(u8::try_from(draft.service_index).ok()?);
    let service = draft.registered.service_at(draft.service_index).ok()?;
    bytes.extend((draft.selection & all_claims(service)).to_be_bytes());
    bytes.push(*qr_version);
    bytes.extend_from_slice(signature.as_bytes());
    Some(bytes)
}

/// Gives the Request Object back. Verify it next: [`verify`](crate::oid4vp::request::verify).
///
/// # Errors
/// [`ExpandError`].
pub fn expand(
    bytes: &[u8],
    bundle: &Bundle,
    dictionary: &Dictionary,
    now: Timestamp,
) -> Result<Expanded, ExpandError> {
    if bytes.len() > MAX_FORM {
        return Err(ExpandError::Malformed);
    }
    let (form, rest) = bytes.split_first().ok_or(ExpandError::Malformed)?;
    let mut input = Input(rest);
    if ![SHORT, LONG].contains(form) {
        return Err(ExpandError::UnknownForm);
    }
    let format = match input.array::<1>()? {
        [0] => Format::VcSdJwt,
        [1] => Format::DcSdJwt,
        _ => return Err(ExpandError::Malformed),
    };
    let r = input.array::<16>()?;
    let recipient = input.array::<32>()?;
    let [a, b, c, d, e] = input.array::<5>()?;
    let iat = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
    let [service_index] = input.array::<1>()?;
    let selection = u64::from_be_bytes(input.array::<8>()?);
    let [qr_version] = input.array::<1>()?;
    let signature = Signature::from_bytes(input.array::<64>()?);
    let registered = if *form == SHORT {
        let prefix = input.array::<HASH_PREFIX>()?;
        if !input.0.is_empty() {
            return Err(ExpandError::Malformed);
        }
        bundle.registry().by_hash(&prefix, now)?.clone()
    } else {
        let length = usize::from(u16::from_be_bytes(input.array::<2>()?));
        let leaf = input.take(length)?;
        let jwt = unpack(input.0, &PackContext::new(dictionary), registration::MAX_BYTES);
        bundle.admit(&jwt.map_err(ExpandError::Unpack)?, leaf, now)?
    };
    // One request, one text: bits that choose nothing are refused.
    let service = registered.service_at(usize::from(service_index))?;
    if selection & !all_claims(service) != 0 {
        return Err(ExpandError::Malformed);
    }
    let draft = Draft {
        registered: &registered,
        service_index: usize::from(service_index),
        selection,
        format,
        r,
        iat: Timestamp::from_unix(i64::try_from(iat).map_err(|_| ExpandError::Malformed)?),
        response: ResponseTo::Qr { recipient, qr_version },
    };
    let prepared = draft.prepare().map_err(|error| match error {
        DraftError::Service(inner) => ExpandError::Registration(inner),
        DraftError::NothingAsked => ExpandError::NothingAsked,
    })?;
    Ok(Expanded { request: prepared.attach(signature), long: *form == LONG, registered })
}

struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], ExpandError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ExpandError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ExpandError> {
        self.take(N)?.try_into().map_err(|_| ExpandError::Malformed)
    }
}
