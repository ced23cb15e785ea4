//! The page's files, embedded when the program was built.

use absah_web::WebError;
use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Nothing from anywhere else, no inline code; pictures also from memory, for the portrait; WebAssembly for the decoder.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Said in the place of a page that was not built: three sentences, no script.
const NOT_BUILT: &str = "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Absah</title>\
<h1>Halaman loket belum ikut dibangun</h1>\
<p>Program ini dibangun tanpa halamannya. Jalankan di folder proyek, lalu mulai lagi:</p>\
<p lang=\"en\">This program was built without its page. Run this in the project's folder, then start again:</p>\
<pre>bash tests/setup pages\ncargo build -p absah-verifier</pre></html>";

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(|| async { file("index.html") }))
        .route("/{name}", get(async |Path(name): Path<String>| file(&name)))
}

fn file(name: &str) -> Response {
    let found = FILES.iter().find(|(path, _, _)| *path == name);
    let (kind, content) = match found {
        Some((_, kind, content)) => (*kind, *content),
        None if name == "index.html" => ("text/html; charset=utf-8", NOT_BUILT.as_bytes()),
        None => return WebError::NotFound.into_response(),
    };
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=(), usb=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, content).into_response()
}
