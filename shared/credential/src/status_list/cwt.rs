//! The status list token (section 5.2): the list as a signed CWT (RFC 8392), a COSE_Sign1 (RFC 9052) with ES256.
//!
//! For verifiers that speak CBOR. Our own trust bundle carries the JWT only: the same list a second time would double it.

use absah_crypto::{PublicKey, Signature};
use absah_types::{Seconds, Timestamp};

use super::cbor::Item;
use super::cwt_error::CwtError;
use super::list::{Bits, StatusList};
use super::token::{StatusClaims, StatusToken, StatusTokenError};

/// "The type of the CWT MUST be `application/statuslist+cwt`" (section 5.2).
pub const TYP_CWT: &str = "application/statuslist+cwt";

/// Bytes of a token at most.
const MAX_BYTES: usize = 2 << 20;
/// Certificates at most.
const MAX_CERTIFICATES: usize = 8;

/// CBOR tag of a CWT (RFC 8392, section 6).
const TAG_CWT: u64 = 61;
/// CBOR tag of a COSE_Sign1 (RFC 9052, section 2).
const TAG_SIGN1: u64 = 18;

/// Labels of header members: `alg`, `crit`, `kid` (RFC 9052), `typ` (RFC 9596), `x5chain` (RFC 9360).
const ALG: Item<'static> = Item::Unsigned(1);
const CRIT: Item<'static> = Item::Unsigned(2);
const KID: Item<'static> = Item::Unsigned(4);
const TYP: Item<'static> = Item::Unsigned(16);
const X5CHAIN: Item<'static> = Item::Unsigned(33);
/// ES256 is −7.
const ES256: Item<'static> = Item::Negative(6);

/// Keys of claims (RFC 8392, section 4; section 14.3 of the draft).
const SUB: Item<'static> = Item::Unsigned(2);
const EXP: Item<'static> = Item::Unsigned(4);
const IAT: Item<'static> = Item::Unsigned(6);
const STATUS_LIST: Item<'static> = Item::Unsigned(65_533);
const TTL: Item<'static> = Item::Unsigned(65_534);
const BITS: Item<'static> = Item::Text("bits");
const LST: Item<'static> = Item::Text("lst");

/// A token that waits for the status signer's signature.
#[derive(Debug)]
pub struct PreparedStatusCwt {
    protected: Vec<u8>,
    payload: Vec<u8>,
    to_be_signed: Vec<u8>,
}

impl PreparedStatusCwt {
    /// Prepares a token that names its key and the signer's certificates in DER, leaf first, the root left out. All of the
    /// header is signed.
    pub fn new(kid: &str, certificates: &[Vec<u8>], claims: &StatusClaims, list: &StatusList) -> Self {
        let mut header = vec![(ALG, ES256), (KID, Item::Bytes(kid.as_bytes())), (TYP, Item::Text(TYP_CWT))];
        match certificates {
            [] => {}
            // RFC 9360, section 2: "If a single certificate is conveyed, it is placed in a CBOR byte string. If
            // multiple certificates are conveyed, a CBOR array of byte strings is used".
            [one] => header.push((X5CHAIN, Item::Bytes(one))),
            several => {
                header.push((X5CHAIN, Item::Array(several.iter().map(|der| Item::Bytes(der)).collect())));
            }
        }
        let lst = list.to_zlib();
        let mut set = vec![(SUB, Item::Text(&claims.uri))];
        for (key, value) in [
            (EXP, claims.expires_at.map(Timestamp::unix)),
            (IAT, Some(claims.issued_at.unix())),
            (TTL, claims.ttl.map(|Seconds(seconds)| seconds)),
        ] {
            set.extend(value.map(|value| (key, number(value))));
        }
        let list = vec![(BITS, Item::Unsigned(list.bits().count() as u64)), (LST, Item::Bytes(&lst))];
        set.push((STATUS_LIST, Item::Map(list)));
        let (protected, payload) = (Item::Map(header).to_vec(), Item::Map(set).to_vec());
        let to_be_signed = to_be_signed(&protected, &payload);
        Self { protected, payload, to_be_signed }
    }

    /// The bytes to sign with ES256.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The finished token.
    pub fn attach(self, signature: Signature) -> Vec<u8> {
        let message = Item::Array(vec![
            Item::Bytes(&self.protected),
            Item::Map(Vec::new()),
            Item::Bytes(&self.payload),
            Item::Bytes(signature.as_bytes()),
        ]);
        Item::Tagged(TAG_SIGN1, Box::new(message)).to_vec()
    }
}

fn number(value: i64) -> Item<'static> {
    match u64::try_from(value) {
        Ok(value) => Item::Unsigned(value),
        Err(_) => Item::Negative(value.unsigned_abs() - 1),
    }
}

/// RFC 9052, section 4.4: the Sig_structure, without external data.
fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let parts = [Item::Text("Signature1"), Item::Bytes(protected), Item::Bytes(&[]), Item::Bytes(payload)];
    Item::Array(parts.to_vec()).to_vec()
}

/// A token whose form is in order; it says nothing yet.
#[derive(Debug, Clone)]
pub struct UnverifiedStatusCwt {
    protected: Vec<u8>,
    payload: Vec<u8>,
    signature: Signature,
    kid: Option<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
}

impl UnverifiedStatusCwt {
    /// Reads a COSE_Sign1, with the tag of a CWT before it or not.
    ///
    /// # Errors
    /// [`StatusTokenError::Cwt`] or [`StatusTokenError::HeaderType`].
    pub fn parse(bytes: &[u8]) -> Result<Self, StatusTokenError> {
        let (token, has_type) = Self::sign1(bytes).map_err(StatusTokenError::Cwt)?;
        if has_type { Ok(token) } else { Err(StatusTokenError::HeaderType) }
    }

    fn sign1(bytes: &[u8]) -> Result<(Self, bool), CwtError> {
        if bytes.len() > MAX_BYTES {
            return Err(CwtError::TooLong);
        }
        // RFC 8392, section 7.2: "If the object begins with the CWT CBOR tag, remove the tag and verify that one of the
        // COSE CBOR tags follows it."
        let item = match Item::read(bytes).map_err(CwtError::Cbor)? {
            Item::Tagged(TAG_CWT, within) => *within,
            item => item,
        };
        let parts = match item {
            Item::Tagged(TAG_SIGN1, within) => *within,
            Item::Tagged(..) => return Err(CwtError::WrongTag),
            _ => return Err(CwtError::Untagged),
        };
        let Item::Array(parts) = parts else { return Err(CwtError::Malformed) };
        let [
            Item::Bytes(protected),
            unprotected @ Item::Map(loose),
            Item::Bytes(payload),
            Item::Bytes(signature),
        ] = parts.as_slice()
        else {
            return Err(CwtError::Malformed);
        };
        let header = Item::read(protected).map_err(CwtError::Cbor)?;
        // RFC 9052, section 3.1, on alg: "This parameter MUST be authenticated where the ability to do so exists."
        if unprotected.under(&ALG).is_some() {
            return Err(CwtError::AlgorithmUnprotected);
        }
        if header.under(&ALG) != Some(&ES256) {
            return Err(CwtError::Algorithm);
        }
        // Section 3.1, on crit: "If this parameter is present, the receiver MUST understand all of the listed
        // parameters"; we understand none. It MUST be in the protected bucket.
        if header.under(&CRIT).is_some() || unprotected.under(&CRIT).is_some() {
            return Err(CwtError::Critical);
        }
        // Section 3: "Labels in each of the maps MUST be unique", and one that stands in both is malformed.
        if loose.iter().any(|(label, _)| header.under(label).is_some()) {
            return Err(CwtError::HeaderRepeated);
        }
        let either = |label| header.under(label).or_else(|| unprotected.under(label));
        let kid = match either(&KID) {
            None => None,
            Some(Item::Bytes(kid)) => Some(kid.to_vec()),
            Some(_) => return Err(CwtError::HeaderMember),
        };
        let certificates = either(&X5CHAIN).map_or(Some(Vec::new()), certificates);
        let certificates = certificates.ok_or(CwtError::HeaderMember)?;
        // RFC 9596, section 2: typ stands in the protected header only.
        let has_type =
            matches!(header.under(&TYP), Some(Item::Text(typ)) if typ.eq_ignore_ascii_case(TYP_CWT));
        let signature = Signature::from_slice(signature).map_err(CwtError::Signature)?;
        let (protected, payload) = (protected.to_vec(), payload.to_vec());
        Ok((Self { protected, payload, signature, kid, certificates }, has_type))
    }

    /// The name of the key, unverified: which key to look for.
    pub fn kid(&self) -> Option<&[u8]> {
        self.kid.as_deref()
    }

    /// The certificates in DER, leaf first, unverified.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// Verifies the token that stands under `uri`, with the key that is trusted for it.
    ///
    /// # Errors
    /// One variant of [`StatusTokenError`] per rule, the same as for the JWT.
    pub fn verify(
        &self,
        key: &PublicKey,
        uri: &str,
        now: Timestamp,
        leeway: Seconds,
    ) -> Result<StatusToken, StatusTokenError> {
        // "Relying Parties MUST reject CWTs with an invalid signature."
        key.verify(&to_be_signed(&self.protected, &self.payload), &self.signature)
            .map_err(|_| StatusTokenError::Signature)?;
        let payload = Item::read(&self.payload).map_err(|error| StatusTokenError::Cwt(error.into()))?;
        // "The value MUST be equal to that of the uri claim contained in the status_list claim of the Referenced Token."
        if payload.under(&SUB) != Some(&Item::Text(uri)) {
            return Err(StatusTokenError::Subject);
        }
        let issued_at = time(&payload, &IAT)?.ok_or(StatusTokenError::Malformed)?;
        let expires_at = time(&payload, &EXP)?;
        // "The value of the claim MUST be a positive number."
        let ttl = match whole(&payload, &TTL)? {
            Some(0) => return Err(StatusTokenError::Malformed),
            ttl => ttl.map(Seconds),
        };
        let claims = StatusClaims { uri: uri.to_owned(), issued_at, expires_at, ttl };
        claims.hold_at(now, leeway)?;
        let list = payload.under(&STATUS_LIST).filter(|list| matches!(list, Item::Map(_)));
        let list = list.ok_or(StatusTokenError::Malformed)?;
        let bits = match list.under(&BITS) {
            Some(Item::Unsigned(count)) => Bits::of_count(*count).ok_or(StatusTokenError::Bits)?,
            _ => return Err(StatusTokenError::Bits),
        };
        let Some(Item::Bytes(lst)) = list.under(&LST) else { return Err(StatusTokenError::Malformed) };
        let list = StatusList::from_zlib(bits, lst).map_err(StatusTokenError::List)?;
        Ok(StatusToken::new(claims, list))
    }
}

fn certificates(chain: &Item<'_>) -> Option<Vec<Vec<u8>>> {
    let der = |item: &Item<'_>| match item {
        Item::Bytes(der) if !der.is_empty() => Some(der.to_vec()),
        _ => None,
    };
    match chain {
        Item::Array(several) if (2..=MAX_CERTIFICATES).contains(&several.len()) => {
            several.iter().map(der).collect()
        }
        one => der(one).map(|der| vec![der]),
    }
}

/// RFC 8392, section 2: a NumericDate without its tag; whole seconds only.
fn time(payload: &Item<'_>, key: &Item<'_>) -> Result<Option<Timestamp>, StatusTokenError> {
    Ok(whole(payload, key)?.map(Timestamp::from_unix))
}

fn whole(payload: &Item<'_>, key: &Item<'_>) -> Result<Option<i64>, StatusTokenError> {
    match payload.under(key) {
        None => Ok(None),
        Some(Item::Unsigned(value)) => {
            i64::try_from(*value).map(Some).map_err(|_| StatusTokenError::Malformed)
        }
        Some(_) => Err(StatusTokenError::Malformed),
    }
}
