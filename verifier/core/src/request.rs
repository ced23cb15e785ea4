//! Making a request.

use absah_credential::Format;
use absah_crypto::hpke::RecipientKey;
use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_crypto::{PrivateKey, SignError, Signature};
use absah_protocol::oid4vp::flow_a;
use absah_protocol::oid4vp::request::{Draft, DraftError, Prepared, ResponseEncryption, ResponseTo};
use absah_qr::{Dictionary, Frame, Kind, frames};
use absah_trust::bundle::ClockBehind;
use absah_trust::{Bundle, Registered, RegistrationError};
use absah_types::{HttpsUrl, Rng, Timestamp, array, base64url, coded};

use crate::menu::{MenuError, Offer};
use crate::pending::Pending;

/// The largest QR version a counter asks for before its camera was measured.
pub const DEFAULT_QR_VERSION: u8 = 25;

/// Key id of the one-time key for an answer over HTTPS.
const RESPONSE_KID: &str = "1";

/// The largest QR version of a request on a screen, so that any phone reads it.
const REQUEST_QR_VERSION: u8 = 15;

/// Why no request was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestFailure {
    /// The counter may not ask, or not for this.
    Registration(RegistrationError),
    /// `services.toml` cannot be used.
    Menu(MenuError),
    /// There is nothing to ask.
    Draft(DraftError),
    /// The key did not sign.
    Sign(SignError),
    /// Our clock is behind a signed time: the request would carry a wrong one.
    Clock(ClockBehind),
    /// No bundle was imported yet.
    NoBundle,
    /// The request does not fit into QR codes.
    TooLarge,
}

impl core::fmt::Display for RequestFailure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Registration(error) => error.fmt(f),
            Self::Menu(error) => error.fmt(f),
            Self::Draft(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Clock(error) => error.fmt(f),
            Self::NoBundle => f.write_str("no bundle imported"),
            Self::TooLarge => f.write_str("request does not fit"),
        }
    }
}

impl core::error::Error for RequestFailure {}

coded! { RequestFailure {
    Registration(error) => inner(error),
    Menu(error) => inner(error),
    Draft(error) => inner(error),
    Sign(error) => inner(error),
    Clock(error) => inner(error),
    NoBundle => ("request-without-bundle", Environment),
    TooLarge => ("request-too-large", Bug),
} }

/// A request that waits for the counter's signature.
#[derive(Debug)]
pub struct Unsigned<'a> {
    draft: Draft<'a>,
    prepared: Prepared,
    offer: &'a Offer,
    recipient: Option<RecipientKey>,
    response_key: Option<PrivateKey>,
    state: Option<String>,
}

/// A request, ready to be shown, and what to remember of it.
#[derive(Debug)]
pub struct Made {
    /// What to remember, sealed.
    pub pending: Pending,
    /// The short form, for QR codes; empty online.
    pub short: Vec<u8>,
    /// The long form, for QR codes; empty online.
    pub long: Vec<u8>,
}

/// Prepares a request whose answer comes by QR.
///
/// # Errors
/// [`RequestFailure::Registration`] when the service may not ask this, [`RequestFailure::Draft`].
pub fn by_qr<'a>(
    registered: &'a Registered,
    offer: &'a Offer,
    qr_version: u8,
    rng: &mut dyn Rng,
    now: Timestamp,
) -> Result<Unsigned<'a>, RequestFailure> {
    may_ask(offer)?;
    let recipient = RecipientKey::generate(rng);
    let response = ResponseTo::Qr { recipient: recipient.public(), qr_version };
    let draft = draft(registered, offer, Format::VcSdJwt, response, rng, now);
    let prepared = draft.prepare().map_err(RequestFailure::Draft)?;
    Ok(Unsigned { draft, prepared, offer, recipient: Some(recipient), response_key: None, state: None })
}

/// Prepares a request whose answer is posted to `response_uri`, encrypted unless somebody wants it in the open. Asks for
/// `dc+sd-jwt`, which every wallet knows.
///
/// # Errors
/// [`RequestFailure::Registration`] when the service may not ask this, [`RequestFailure::Draft`].
pub fn online<'a>(
    registered: &'a Registered,
    offer: &'a Offer,
    response_uri: HttpsUrl,
    encrypted: bool,
    rng: &mut dyn Rng,
    now: Timestamp,
) -> Result<Unsigned<'a>, RequestFailure> {
    may_ask(offer)?;
    let state = base64url::encode(array::<16>(rng));
    // OpenID4VP 1.0 section 8.3: a key for one answer.
    let response_key = encrypted.then(|| PrivateKey::generate(rng));
    let encryption = response_key.as_ref().map(|key| ResponseEncryption {
        recipient: Recipient { key: key.public_key().clone(), kid: Some(RESPONSE_KID.to_owned()) },
        enc: ContentEncryption::A256Gcm,
    });
    let response = ResponseTo::DirectPost { response_uri, state: Some(state.clone()), encryption };
    let draft = draft(registered, offer, Format::DcSdJwt, response, rng, now);
    let prepared = draft.prepare().map_err(RequestFailure::Draft)?;
    Ok(Unsigned { draft, prepared, offer, recipient: None, response_key, state: Some(state) })
}

/// A wallet would refuse it: better to know before the code is on the screen.
fn may_ask(offer: &Offer) -> Result<(), RequestFailure> {
    offer.service.check(offer.service.claims()).map_err(RequestFailure::Registration)
}

fn draft<'a>(
    registered: &'a Registered,
    offer: &Offer,
    format: Format,
    response: ResponseTo,
    rng: &mut dyn Rng,
    now: Timestamp,
) -> Draft<'a> {
    Draft {
        registered,
        service_index: offer.index,
        selection: offer.selection,
        format,
        r: array(rng),
        iat: now,
        response,
    }
}

impl Unsigned<'_> {
    /// The bytes to sign with the counter's key.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        self.prepared.as_bytes()
    }

    /// The finished request.
    ///
    /// # Errors
    /// [`RequestFailure::TooLarge`] when a QR form cannot hold it.
    pub fn attach(self, signature: Signature, bundle: &Bundle) -> Result<Made, RequestFailure> {
        let (short, long) = if self.recipient.is_some() {
            let dictionary = dictionary(bundle);
            let short = flow_a::short(&self.draft, &signature).ok_or(RequestFailure::TooLarge)?;
            let long = flow_a::long(&self.draft, &signature, &dictionary).ok_or(RequestFailure::TooLarge)?;
            (short, long)
        } else {
            (Vec::new(), Vec::new())
        };
        let signed = self.prepared.attach(signature);
        let pending = Pending {
            jar: signed.jar,
            nonce: signed.nonce,
            client_id: signed.client_id,
            query: signed.query,
            service: self.offer.service.clone(),
            made_at: self.draft.iat,
            recipient: self.recipient,
            response_key: self.response_key,
            state: self.state,
        };
        Ok(Made { pending, short, long })
    }
}

impl Made {
    /// The QR texts of the short form (one code) or of the long form (usually several).
    ///
    /// # Errors
    /// [`RequestFailure::TooLarge`].
    pub fn frames(&self, long: bool) -> Result<Vec<Frame>, RequestFailure> {
        let (kind, bytes) =
            if long { (Kind::RequestLong, &self.long) } else { (Kind::RequestShort, &self.short) };
        frames::split(kind, bytes, REQUEST_QR_VERSION).map_err(|_| RequestFailure::TooLarge)
    }
}

/// The packing dictionary of the bundle.
pub(crate) fn dictionary(bundle: &Bundle) -> Dictionary {
    Dictionary::from_bytes(bundle.dictionary().to_vec())
}
