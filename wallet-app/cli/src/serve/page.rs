//! The files of the page, and what a browser is told about them.

use std::sync::Arc;

use absah_crypto::sha256;
use absah_types::hex;
use absah_web::{WebError, healthz};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::list::List;

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// What the page may do: its own scripts and its own machine, any issuer or counter over https, the camera's pictures.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; media-src 'self' blob: mediastream:; manifest-src 'self'; worker-src 'self'; \
     frame-ancestors 'none'; form-action 'none'; base-uri 'none'; connect-src 'self' https:";
/// And for a page of this machine, which is development: issuers and counters beside it.
const LOOPBACK: &str = " http://127.0.0.1:* http://localhost:*";

/// Alone in its window group, read by no other origin, with the camera and nothing else.
const ALONE: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"),
];

struct Page {
    list: Option<List>,
    root: Option<String>,
    policy: HeaderValue,
}

/// Whether the page was not built into this program.
pub(super) fn is_missing() -> bool {
    FILES.is_empty()
}

/// The page's routes. `list` is the list for new wallets, `root` the certificate that phones must know first.
pub(super) fn router(list: Option<List>, root: Option<String>, loopback: bool) -> Router {
    let policy = format!("{POLICY}{}", if loopback { LOOPBACK } else { "" });
    let policy =
        HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    Router::new()
        .route("/", get(|page, headers| file(page, Path("index.html".to_owned()), headers)))
        .route("/{name}", get(file))
        .with_state(Arc::new(Page { list, root, policy }))
        .merge(healthz(|| true))
}

async fn file(State(page): State<Arc<Page>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let mut response = match (name.as_str(), &page.list, &page.root) {
        ("list.json", Some(list), _) => ([(CONTENT_TYPE, "application/json")], list.newest()).into_response(),
        ("absah.crt", _, Some(root)) => {
            ([(CONTENT_TYPE, "application/x-x509-ca-cert")], root.clone()).into_response()
        }
        _ => match FILES.iter().find(|(path, ..)| *path == name) {
            Some((_, kind, brotli, gzip)) => packed(kind, brotli, gzip, &headers),
            None => return WebError::NotFound.into_response(),
        },
    };
    let told = response.headers_mut();
    told.insert(CONTENT_SECURITY_POLICY, page.policy.clone());
    told.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    for (name, value) in ALONE {
        told.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Brotli where it is understood, else gzip, which everybody understands.
fn packed(kind: &'static str, brotli: &'static [u8], gzip: &'static [u8], headers: &HeaderMap) -> Response {
    let text =
        |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let understood =
        text(ACCEPT_ENCODING).split(',').any(|one| one.split(';').next().unwrap_or_default().trim() == "br");
    let (encoding, bytes) = if understood { ("br", brotli) } else { ("gzip", gzip) };
    let tag = sha256(bytes);
    let tag = format!("\"{}\"", hex::encode(tag.get(..16).unwrap_or_default()));
    let same = text(IF_NONE_MATCH) == tag;
    let told = [(VARY, "accept-encoding".to_owned()), (ETAG, tag)];
    if same {
        return (StatusCode::NOT_MODIFIED, told).into_response();
    }
    (told, [(CONTENT_TYPE, kind), (CONTENT_ENCODING, encoding)], bytes).into_response()
}
