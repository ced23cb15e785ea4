//! Pairing at the page, and the listener for the phone: in the network only while one is paired or may be.

use std::sync::Arc;
use std::time::Duration;

use absah_qr::render::{Ecc, Symbol};
use absah_qr::{Frame, Kind};
use absah_types::{Coded, Timestamp, base64url};
use absah_verifier_core::printed::is_official_link;
use absah_web::{Ambient, JsonBody, Limits, Now, Problem, Random, harden, no_store, serve_by};
use axum::extract::{FromRef, Request, State};
use axum::http::StatusCode;
use axum::http::header::{HOST, ORIGIN};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::work::answered;
use super::{Desk, page, text, work};
use crate::error::{Failure, VerifierError};
use crate::phone::{Identity, Phone, PhoneError, SALT, Seen, own_address};

/// How often a listener looks whether its pairing is over.
const LOOK: Duration = Duration::from_secs(1);

/// What the phone's listener knows.
#[derive(Clone)]
pub struct Scan {
    phone: Arc<Phone>,
    /// What `Host` must say.
    authority: Arc<str>,
    ambient: Ambient,
}

impl FromRef<Scan> for Ambient {
    fn from_ref(scan: &Scan) -> Self {
        scan.ambient.clone()
    }
}

impl core::fmt::Debug for Scan {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Scan({})", self.authority)
    }
}

impl Desk {
    /// What a phone would reach at `authority` (address and port).
    #[must_use]
    pub fn scan(&self, authority: &str) -> Scan {
        let ambient = self.app.ambient().clone();
        Scan { phone: Arc::clone(&self.phone), authority: authority.into(), ambient }
    }

    /// Begins to listen for a phone; the picture of its link, and what both screens show.
    async fn pair(
        &self,
        rng: &mut (dyn absah_types::Rng + Send),
        now: Timestamp,
    ) -> Result<serde_json::Value, Failure> {
        let wanted = match self.scanner {
            Some(address) => address,
            None => own_address()?,
        };
        let outer = TcpListener::bind(wanted).await.map_err(|_| PhoneError::Address)?;
        let address = outer.local_addr().map_err(|_| PhoneError::Address)?;
        let identity = Identity::fresh(address.ip(), rng)?;
        let (words, fingerprint) = (identity.words(), identity.hex());
        let (secret, ended) = self.phone.begin(&words, rng, now);
        let scan = self.scan(&address.to_string());
        tokio::spawn(listen(outer, identity, scan, ended));
        let link = format!("https://{address}/#pindai={secret}");
        Ok(json!({
            "frames": [Symbol::encode(&link, Ecc::L)?.svg()],
            "link": link, "words": words, "fingerprint": fingerprint, "address": address.to_string(),
        }))
    }
}

async fn listen(outer: TcpListener, identity: Identity, scan: Scan, mut ended: watch::Receiver<()>) {
    let looked_at = scan.clone();
    let over = async move {
        let looks = async {
            loop {
                tokio::time::sleep(LOOK).await;
                if !looked_at.phone.is_open(looked_at.ambient.now()) {
                    break;
                }
            }
        };
        tokio::select! {
            // Nothing is ever sent: it completes when the pairing is dropped.
            _ = ended.changed() => {}
            () = looks => {}
        }
    };
    // A listener that cannot be served ends; the page says that nobody came.
    let _ = serve_by(outer, Some(identity.tls), scan_router(scan), over).await;
}

/// `POST /api/phone/pair`.
pub(super) async fn pair(State(desk): State<Desk>, Now(now): Now, Random(mut rng): Random) -> Response {
    answered(&desk, desk.pair(&mut *rng, now).await)
}

/// `GET /api/phone`: whether one is paired, and what it read since the last call.
pub(super) async fn take(State(desk): State<Desk>, Now(now): Now) -> Response {
    Json(match desk.phone.take(now) {
        Seen::Nothing => json!({ "state": "none", "texts": [] }),
        Seen::Waiting => json!({ "state": "waiting", "texts": [] }),
        Seen::Paired { words, texts } => json!({ "state": "paired", "words": words, "texts": texts }),
    })
    .into_response()
}

/// `POST /api/phone/unpair`.
pub(super) async fn unpair(State(desk): State<Desk>) -> Response {
    desk.phone.end();
    Json(json!({})).into_response()
}

/// The routes of the phone's listener: the page's files, and two calls.
pub fn scan_router(scan: Scan) -> Router {
    let calls = Router::new()
        .route("/api/pair", post(enter))
        .route("/api/scan", post(hand_in))
        .route("/api/texts", get(work::texts));
    let routes = no_store(calls)
        .merge(page::routes())
        .layer(from_fn_with_state(scan.clone(), from_the_page))
        .with_state(scan);
    harden(routes, Limits { body: 192 * 1024, ..Limits::default() })
}

/// Only under the address in the code, and from the page that came from there.
async fn from_the_page(State(scan): State<Scan>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if text(headers, HOST.as_str()) != Some(&*scan.authority) {
        return Problem::with_status(StatusCode::MISDIRECTED_REQUEST, &VerifierError::PageForeign)
            .into_response();
    }
    let origin = text(headers, ORIGIN.as_str());
    let is_own = origin.is_none_or(|origin| origin.strip_prefix("https://") == Some(&*scan.authority));
    let site = text(headers, "sec-fetch-site");
    // A scanned link is opened by nobody's page.
    if !is_own || site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Problem::with_status(StatusCode::FORBIDDEN, &VerifierError::PageForeign).into_response();
    }
    next.run(request).await
}

fn refused(error: PhoneError) -> Response {
    let status = match error {
        PhoneError::Flood => StatusCode::TOO_MANY_REQUESTS,
        PhoneError::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::FORBIDDEN,
    };
    Problem::with_status(status, &error as &dyn Coded).into_response()
}

#[derive(Deserialize)]
struct Enter {
    salt: String,
    proof: String,
}

/// `POST /api/pair {"salt","proof"}` → `{"salt","sealed"}`: see [`crate::phone`].
async fn enter(
    State(scan): State<Scan>,
    Now(now): Now,
    Random(mut rng): Random,
    JsonBody(said): JsonBody<Enter>,
) -> Response {
    let read = base64url::decode_array::<SALT>(&said.salt).ok().zip(base64url::decode(&said.proof).ok());
    let Some((salt, proof)) = read else { return refused(PhoneError::Secret) };
    match scan.phone.enter(&salt, &proof, &mut *rng, now) {
        Ok(welcome) => Json(json!({
            "salt": base64url::encode(welcome.salt), "sealed": base64url::encode(&welcome.sealed),
        }))
        .into_response(),
        Err(error) => refused(error),
    }
}

#[derive(Deserialize)]
struct HandIn {
    number: u64,
    sealed: String,
}

/// Only what a counter's own camera would hand on.
fn is_meant(text: &str) -> bool {
    let is_shown = |frame: Frame| matches!(frame.kind(), Kind::Answer | Kind::OneScan | Kind::Paper);
    Frame::parse(text.trim()).is_ok_and(is_shown) || is_official_link(text.trim())
}

/// `POST /api/scan {"number","sealed"}` → `{"sealed"}`.
async fn hand_in(State(scan): State<Scan>, Now(now): Now, JsonBody(said): JsonBody<HandIn>) -> Response {
    let Ok(sealed) = base64url::decode(&said.sealed) else { return refused(PhoneError::Unpaired) };
    match scan.phone.hand_in(said.number, &sealed, is_meant, now) {
        Ok(sealed) => Json(json!({ "sealed": base64url::encode(&sealed) })).into_response(),
        Err(error) => refused(error),
    }
}
