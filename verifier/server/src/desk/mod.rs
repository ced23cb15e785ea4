//! The counter's page and what it asks of the program, on this machine only.
//!
//! Whoever else is on the machine reaches the same port. So the page's files are open to see and hold nothing, and each
//! call needs the key of this start of `serve`, which only the owner of the data directory can read. The key travels
//! in a header, so no foreign page's request carries it, and `Host` and `Origin` must be the page's own, so no foreign
//! name leads here.

mod doctor;
mod facts;
mod online;
mod page;
mod passkeys;
mod phone;
mod reading;
mod refresh;
mod supervise;
mod tickets;
mod today;
mod views;
mod weak;
mod work;

use std::sync::{Arc, Mutex, PoisonError};

use absah_crypto::{ct_eq, sha256};
use absah_host::Log;
use absah_types::{Coded, Seconds, Timestamp};
use absah_web::{Ambient, Limits, Problem, harden, no_store};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
pub(crate) use facts::label;
pub use phone::{Scan, scan_router};
use tokio::sync::Semaphore;
pub(crate) use work::day_begins;

use crate::app::App;
use crate::error::{Failure, VerifierError};
use crate::officers::OfficerError;
use crate::passkeys::Passkeys;
use crate::phone::Phone;
use crate::store::OfficerRow;

/// A signed-in officer who does nothing for so long is signed out: the PC is shared.
const LOCK_AFTER: Seconds = Seconds::minutes(5);

/// Largest picture that the page hands over, in bytes.
const MAX_PICTURE: usize = 24 << 20;

/// Largest folder that the page hands over, in bytes of JSON: a bundle in base64.
const MAX_FOLDER: usize = 48 << 20;

/// The counter's page at work.
#[derive(Clone)]
pub struct Desk {
    app: Arc<App>,
    key: Arc<str>,
    /// `127.0.0.1:8474`: what `Host` must say, or `localhost` with that port.
    authority: Arc<str>,
    officer: Arc<str>,
    /// Where wallets reach this counter over the network; nowhere without.
    public: Option<Arc<str>>,
    signed: Arc<Mutex<Option<Signed>>>,
    /// Who signed in today, and may unlock with the PIN.
    today: Arc<Mutex<today::Today>>,
    /// None where the page cannot safely be opened by the name `localhost`.
    passkeys: Option<Arc<Passkeys>>,
    phone: Arc<Phone>,
    /// Where a phone reaches this machine; found out where nobody says.
    scanner: Option<std::net::SocketAddr>,
    /// A weaker proof that waits for the officer's word.
    weak: Arc<Mutex<Option<weak::Weaker>>>,
    /// Whose turn it is to have a picture looked at.
    pictures: Arc<Semaphore>,
    log: Log,
}

/// Who is signed in.
#[derive(Clone)]
struct Signed {
    name: String,
    /// By which PIN and password: another from the technician ends the session.
    known_by: [u8; 32],
    /// When the officer last did something.
    active: Timestamp,
}

impl Desk {
    /// Of an opened counter, let in by `key`, at `authority` (address and port).
    pub fn new(app: Arc<App>, key: &str, authority: &str, officer: &str, log: Log) -> Self {
        let (signed, today) = (Arc::default(), Arc::default());
        let (phone, weak) = (Arc::default(), Arc::default());
        let (key, authority, officer) = (key.into(), authority.into(), officer.into());
        Self {
            app,
            key,
            authority,
            officer,
            public: None,
            signed,
            today,
            passkeys: None,
            phone,
            scanner: None,
            weak,
            pictures: Arc::new(Semaphore::new(1)),
            log,
        }
    }

    /// The same for a counter that wallets reach at `url`.
    #[must_use]
    pub fn reached_at(self, url: Option<&str>) -> Self {
        Self { public: url.map(Into::into), ..self }
    }

    /// The same for a counter whose phone scanner is reached at an address of its own.
    #[must_use]
    pub fn scanned_at(self, address: Option<std::net::SocketAddr>) -> Self {
        Self { scanner: address, ..self }
    }

    /// The same for a page that may be opened as `http://localhost` with its port.
    #[must_use]
    pub fn at_localhost(self) -> Self {
        let port = self.authority.rsplit(':').next().and_then(|port| port.parse().ok());
        Self { passkeys: port.and_then(Passkeys::at).map(Arc::new), ..self }
    }

    /// The officer at work: who is signed in, or where nobody has to, who was named at the start. `active` says that the
    /// officer is doing something now, and not only the page.
    async fn officer(&self, now: Timestamp, active: bool) -> Result<String, Failure> {
        let officers = self.app.store().officers().await?;
        if officers.is_empty() {
            return Ok(self.officer.to_string());
        }
        let mut signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = |signed: &Signed| now.since(signed.active);
        let is_over = |signed: &Signed| {
            let is_same =
                |row: &OfficerRow| row.name == signed.name && sha256(&row.secret) == signed.known_by;
            let left = !officers.iter().any(is_same);
            left || rest(signed) > LOCK_AFTER || rest(signed) < Seconds(0)
        };
        if signed.as_ref().is_some_and(is_over) {
            *signed = None;
            self.phone.end();
        }
        let at_work = signed.as_mut().ok_or(OfficerError::SignedOut)?;
        if active {
            at_work.active = now;
            self.today.lock().unwrap_or_else(PoisonError::into_inner).note(&at_work.name, now);
        }
        Ok(at_work.name.clone())
    }

    fn sign(&self, signed: Option<Signed>) {
        if signed.is_none() {
            self.phone.end();
        }
        *self.signed.lock().unwrap_or_else(PoisonError::into_inner) = signed;
    }

    fn is_own(&self, authority: &str) -> bool {
        let port = self.authority.rsplit(':').next().unwrap_or_default();
        authority == &*self.authority || authority.strip_prefix("localhost:") == Some(port)
    }
}

impl core::fmt::Debug for Desk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Desk({})", self.authority)
    }
}

impl FromRef<Desk> for Ambient {
    fn from_ref(desk: &Desk) -> Self {
        desk.app.ambient().clone()
    }
}

/// The routes of the page's listener.
pub fn desk_router(desk: Desk) -> Router {
    let calls = Router::new()
        .route("/api/ask", post(work::ask))
        .route("/api/read", post(reading::read))
        .route("/api/picture", post(work::picture).layer(DefaultBodyLimit::max(MAX_PICTURE)))
        .route("/api/waiting/{tag}", get(work::waiting))
        .route("/api/word", post(work::word))
        .route("/api/vouch", post(work::vouch))
        .route("/api/photocopy", post(supervise::photocopy))
        .route("/api/ticket", post(tickets::file))
        .route("/api/ticket/{tag}", get(tickets::facts))
        .route("/api/printed", get(supervise::printed))
        .route("/api/printed/{tag}", post(supervise::looked))
        .route("/api/tally", get(supervise::tally))
        .route("/api/tally.csv", get(supervise::tally_csv))
        .route("/api/doctor", get(doctor::examine))
        .route("/api/doctor/camera", post(doctor::camera))
        .route("/api/doctor/scanner", post(doctor::scanner))
        .route("/api/doctor/chart", get(doctor::chart))
        .route("/api/bundle/frames", get(refresh::frames))
        .route("/api/bundle/pull", post(refresh::from_network))
        .route("/api/bundle/folder", post(refresh::from_folder).layer(DefaultBodyLimit::max(MAX_FOLDER)))
        .route("/api/online", post(online::ask))
        .route("/api/online/{session}", get(online::answered_yet))
        .route("/api/online/{session}/code", post(online::returned))
        .route("/api/online/{session}/vouch", post(online::vouch))
        .route("/api/passkey", get(passkeys::own))
        .route("/api/passkey/new", post(passkeys::begin_new))
        .route("/api/passkey/new/finish", post(passkeys::finish_new))
        .route("/api/passkey/remove", post(passkeys::remove))
        .route("/api/phone", get(phone::take))
        .route("/api/phone/pair", post(phone::pair))
        .route("/api/phone/unpair", post(phone::unpair))
        .route("/api/sheet/{id}", get(work::sheet))
        .route("/api/erase-due", post(work::erase_due))
        .layer(from_fn_with_state(desk.clone(), at_work))
        .route("/api/desk", get(work::desk))
        .route("/api/texts", get(work::texts))
        .route("/api/told/{code}", get(work::told))
        .route("/api/sign-in", post(work::sign_in))
        .route("/api/sign-out", post(work::sign_out))
        .route("/api/passkey/officers", get(passkeys::officers))
        .route("/api/passkey/sign-in", post(passkeys::begin))
        .route("/api/passkey/sign-in/finish", post(passkeys::finish))
        .layer(from_fn_with_state(desk.clone(), let_in));
    let routes = no_store(calls)
        .merge(page::routes())
        .layer(from_fn_with_state(desk.clone(), at_home))
        .with_state(desk);
    harden(routes, Limits { body: 512 * 1024, ..Limits::default() })
}

/// Only under the page's own name: a foreign name that leads to this address gets nothing (DNS rebinding).
async fn at_home(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let host = text(request.headers(), HOST.as_str());
    if host.is_some_and(|host| desk.is_own(host)) {
        next.run(request).await
    } else {
        Problem::with_status(StatusCode::MISDIRECTED_REQUEST, &VerifierError::PageForeign).into_response()
    }
}

/// Only with the key, and from the page itself.
async fn let_in(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let origin = text(headers, ORIGIN.as_str());
    let origin_is_own =
        origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|own| desk.is_own(own)));
    let site = text(headers, "sec-fetch-site");
    if !origin_is_own || site.is_some_and(|site| site != "same-origin") {
        return Problem::with_status(StatusCode::FORBIDDEN, &VerifierError::PageForeign).into_response();
    }
    let key = text(headers, AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    if key.is_some_and(|key| ct_eq(key.as_bytes(), desk.key.as_bytes())) {
        next.run(request).await
    } else {
        Problem::with_status(StatusCode::UNAUTHORIZED, &VerifierError::PageKey).into_response()
    }
}

/// Only while an officer is signed in, where officers have to be.
/// The header by which the page says that it does something by itself.
const BY_ITSELF: &str = "absah-by-itself";

async fn at_work(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    // The page renews a request and looks through the camera with nobody there.
    let by_itself = request.headers().contains_key(BY_ITSELF);
    match desk.officer(desk.app.ambient().now(), !by_itself).await {
        Ok(_) => next.run(request).await,
        Err(failure) if failure.coded().code() == OfficerError::SignedOut.code() => {
            Problem::with_status(StatusCode::FORBIDDEN, &OfficerError::SignedOut).into_response()
        }
        Err(failure) => problem(&desk, &failure),
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// A failure for the page; what is wrong with the machine is also told to who started the program.
fn problem(desk: &Desk, failure: &Failure) -> Response {
    let coded: &dyn Coded = failure.coded();
    if matches!(coded.fault(), absah_types::Fault::Environment | absah_types::Fault::Bug) {
        desk.log.line(&format!("page: {}", coded.code()));
    }
    Problem::of(coded).into_response()
}
