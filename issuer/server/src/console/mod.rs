//! The console that officers work with: pages made here, a little JavaScript for passkeys and progress.
//!
//! ```text
//! request ─► headers ─► guard (session, origin, form token, [`permit`]) ─► page ─► one template
//! ```
//! Every route names its action in [`router`]; there is no other way in. It listens beside the public endpoints, never on
//! the same address.

mod account;
mod alerts;
mod approvals;
mod counters;
mod error;
mod fallback;
mod guard;
mod imports;
mod issue;
mod names;
mod operators;
mod overview;
mod page;
mod paper;
mod passkeys;
mod pendamping;
mod people;
mod photos;
mod samples;
mod sign_in;
mod source;
mod tickets;
mod unsent;
mod ways_in;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use absah_issuer_core::operator::Action;
use absah_types::Timestamp;
use absah_web::{Ambient, Limits};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, any, get, post};
use url::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

pub use error::ConsoleError;
pub(crate) use guard::is_hidden;
pub(crate) use imports::{MOST_SHOWN, report as import_report};
pub(crate) use operators::is_login;

use crate::app::App;
use crate::store::SqliteStore;

/// Everything comes from here, and nothing but our own script runs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Largest form, in bytes.
const MAX_FORM: usize = 64 * 1024;
/// Largest form of whoever is signed in that is still read, in bytes: each field has its own limit and says so beside it.
const MAX_TYPED: usize = 256 * 1024;
/// Largest photograph taken in at the console, in bytes.
const MAX_PHOTO: usize = 20 << 20;
/// Largest extract taken in at the console, in bytes.
const MAX_EXTRACT: usize = 64 << 20;

/// The console of a running issuer; cheap to clone.
#[derive(Clone)]
pub struct Console(Arc<Parts>);

struct Parts {
    app: App,
    store: Arc<SqliteStore>,
    webauthn: Webauthn,
    /// As browsers write it in `Origin`.
    origin: String,
    /// Offers under way, by the name of their page: what is secret of them is kept nowhere else.
    offers: Mutex<HashMap<String, issue::Open>>,
    /// Passwords looked at at the same time: each takes 64 MiB.
    hashing: Arc<tokio::sync::Semaphore>,
    /// When a refused sign-in was last written into the ledger.
    refused: Mutex<Option<Timestamp>>,
    /// The change of the ways in that the officer of a session has signed, and when.
    proofs: Mutex<HashMap<[u8; 32], (String, Timestamp)>>,
    /// What officers typed whose sign-in had ended.
    unsent: unsent::Kept,
    /// The proxy in front, if there is one: only what it tells of addresses is believed.
    proxy: Option<IpAddr>,
}

/// How many passwords are looked at at the same time.
const HASHINGS: usize = 4;

impl core::fmt::Debug for Console {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Console({})", self.0.origin)
    }
}

impl FromRef<Console> for Ambient {
    fn from_ref(console: &Console) -> Self {
        Self::from_ref(&console.0.app)
    }
}

impl Console {
    /// The console of an issuer, reached under `origin` (`http://localhost:8481`): passkeys are bound to it.
    ///
    /// # Errors
    /// [`ConsoleError::Origin`] if passkeys cannot be bound to it, or the issuer keeps no records.
    pub fn new(app: App, origin: &str) -> Result<Self, ConsoleError> {
        let url = Url::parse(origin).map_err(|_| ConsoleError::Origin)?;
        let host = url.domain().ok_or(ConsoleError::Origin)?;
        let webauthn = WebauthnBuilder::new(host, &url)
            .map(|builder| builder.rp_name("Absah"))
            .and_then(WebauthnBuilder::build)
            .map_err(|_| ConsoleError::Origin)?;
        let store = Arc::clone(&app.ledger().ok_or(ConsoleError::Origin)?.store);
        let origin = url.origin().ascii_serialization();
        Ok(Self(Arc::new(Parts {
            app,
            store,
            webauthn,
            origin,
            offers: Mutex::default(),
            hashing: Arc::new(tokio::sync::Semaphore::new(HASHINGS)),
            refused: Mutex::default(),
            proofs: Mutex::default(),
            unsent: Mutex::default(),
            proxy: None,
        })))
    }

    /// The same behind a proxy at an address, which tells from where its requests come.
    #[must_use]
    pub fn behind(mut self, proxy: Option<IpAddr>) -> Self {
        if let Some(parts) = Arc::get_mut(&mut self.0) {
            parts.proxy = proxy;
        }
        self
    }

    fn store(&self) -> &SqliteStore {
        &self.0.store
    }

    fn now(&self) -> Timestamp {
        Ambient::from_ref(self).now()
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        absah_types::array(Ambient::from_ref(self).rng().as_mut())
    }

    fn offers(&self) -> std::sync::MutexGuard<'_, HashMap<String, issue::Open>> {
        self.0.offers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pages.
    pub fn router(&self) -> Router {
        router(self)
    }

    /// Every guarded path with its action, for the test that none is open.
    #[must_use]
    pub fn guarded() -> Vec<(&'static str, Action)> {
        table().into_iter().map(|(path, action, _)| (path, action)).collect()
    }
}

type Row = (&'static str, Action, MethodRouter<Console>);

fn table() -> Vec<Row> {
    vec![
        ("/", Action::OwnAccount, get(overview::home)),
        ("/account", Action::OwnAccount, get(account::page)),
        ("/account/sessions/end", Action::OwnAccount, post(account::end_session)),
        ("/sign-out", Action::OwnAccount, post(account::sign_out)),
        ("/unsent/forget", Action::OwnAccount, post(unsent::forget)),
        ("/account/prove/begin", Action::AddAuthenticator, post(ways_in::ask_proof)),
        ("/account/prove/finish", Action::AddAuthenticator, post(ways_in::prove)),
        ("/account/passkey/begin", Action::AddAuthenticator, post(ways_in::begin)),
        ("/account/passkey/finish", Action::AddAuthenticator, post(ways_in::finish)),
        ("/account/passkey/remove", Action::RemoveAuthenticator, post(ways_in::remove)),
        ("/account/fallback", Action::SetFallback, get(ways_in::fallback_page).post(ways_in::set_fallback)),
        ("/account/fallback/remove", Action::RemoveAuthenticator, post(ways_in::remove_fallback)),
        ("/people", Action::SearchPeople, get(people::form).post(people::search)),
        ("/people/open", Action::ViewPerson, post(people::open)),
        ("/people/{case}", Action::ViewPerson, get(people::show)),
        ("/people/{case}/portrait", Action::ViewPerson, get(people::portrait)),
        (
            "/people/{case}/photo",
            Action::ProposeStatus,
            post(photos::propose).layer(DefaultBodyLimit::max(MAX_PHOTO)),
        ),
        ("/people/{case}/ticket", Action::ProposeStatus, post(tickets::close)),
        ("/people/{case}/issue", Action::OfferCard, post(issue::begin)),
        ("/people/{case}/paper", Action::OfferCard, post(paper::print)),
        ("/people/{case}/pendamping", Action::OfferCard, post(pendamping::begin)),
        ("/people/{case}/lost", Action::SuspendLost, post(people::lost)),
        ("/people/{case}/propose", Action::ProposeStatus, post(people::propose)),
        ("/issue/{id}", Action::OfferCard, get(issue::page)),
        ("/issue/{id}/scan", Action::OfferCard, get(issue::scan)),
        ("/issue/{id}/keeper", Action::OfferCard, get(issue::keeper)),
        ("/issue/{id}/qr.png", Action::OfferCard, get(issue::qr)),
        ("/issue/{id}/state", Action::OfferCard, get(issue::state)),
        ("/approvals", Action::ViewApprovals, get(approvals::list)),
        ("/approvals/{id}", Action::ViewApprovals, get(approvals::show)),
        ("/approvals/{id}/take-back", Action::ViewApprovals, post(approvals::take_back)),
        ("/approvals/{id}/again", Action::ViewApprovals, post(approvals::again)),
        ("/approvals/{id}/sample", Action::ViewPerson, post(samples::show)),
        ("/approvals/{id}/portrait", Action::ViewPerson, get(approvals::portrait)),
        ("/approvals/{id}/begin", Action::Decide, post(approvals::begin)),
        ("/approvals/{id}/finish", Action::Decide, post(approvals::finish)),
        ("/imports", Action::ViewImports, get(imports::list)),
        ("/imports/new", Action::Import, post(imports::take).layer(DefaultBodyLimit::max(MAX_EXTRACT))),
        ("/imports/{id}", Action::ViewImports, get(imports::show)),
        ("/imports/{id}/csv", Action::ViewImports, get(imports::csv)),
        ("/work", Action::OfferCard, get(tickets::list)),
        ("/work/open", Action::OfferCard, post(tickets::open)),
        ("/counters", Action::ViewCounters, get(counters::list)),
        ("/counters/register", Action::ProposeCounter, post(counters::register)),
        ("/counters/withdraw", Action::ProposeCounter, post(counters::withdraw)),
        ("/pendamping", Action::ViewPendamping, get(pendamping::list)),
        ("/pendamping/register", Action::ProposePendamping, post(pendamping::register)),
        ("/pendamping/remove", Action::ProposePendamping, post(pendamping::remove)),
        ("/pendamping/end", Action::SuspendLost, post(pendamping::end)),
        ("/operators", Action::ViewOperators, get(operators::list)),
        ("/operators/invite", Action::ProposeOperator, post(operators::invite)),
        ("/operators/code", Action::HandOverCode, post(operators::code)),
        ("/operators/disable", Action::ProposeOperator, post(operators::disable)),
        ("/operators/reinvite", Action::ProposeOperator, post(operators::reinvite)),
        ("/operators/sessions/end", Action::EndSessions, post(operators::end_session)),
        ("/ledger", Action::ViewLedger, get(overview::ledger)),
        ("/alerts", Action::ViewAlerts, get(alerts::list)),
        ("/alerts/close", Action::CloseAlert, post(alerts::close)),
    ]
}

fn router(console: &Console) -> Router {
    let mut routes = Router::new()
        .route("/sign-in", get(sign_in::page))
        .route("/sign-in/begin", post(sign_in::begin))
        .route("/sign-in/finish", post(sign_in::finish))
        .route("/sign-in/fallback", post(sign_in::fallback))
        .route("/invitation", get(sign_in::invitation_page).post(sign_in::invitation))
        .layer(from_fn_with_state(console.clone(), guard::same_origin))
        .route("/{*nothing}", any(|| async { error::Fail::from(ConsoleError::Unknown) }));
    for (path, action, handlers) in table() {
        let guarded = from_fn_with_state((console.clone(), action), guard::guard);
        routes = routes.route(path, handlers.layer(guarded));
    }
    let pages = absah_web::no_store(routes.with_state(console.clone()))
        .layer(from_fn_with_state(console.clone(), page::failures))
        .layer(DefaultBodyLimit::max(MAX_FORM));
    let files = Router::new()
        .route(
            "/console.css",
            get(|| async { asset("text/css; charset=utf-8", include_str!("console.css")) }),
        )
        .route(
            "/console.js",
            get(|| async { asset("text/javascript; charset=utf-8", include_str!("console.js")) }),
        );
    let limits = Limits { body: MAX_FORM, time: core::time::Duration::from_secs(120) };
    let routes = pages.merge(files).merge(absah_web::healthz(|| true));
    absah_web::harden(routes, limits).layer(from_fn(|request, next: axum::middleware::Next| async move {
        let mut response = next.run(request).await;
        let policy = axum::http::HeaderValue::from_static(POLICY);
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        // Under `no-referrer` browsers send `Origin: null` with the forms of the page itself.
        response.headers_mut().insert(REFERRER_POLICY, axum::http::HeaderValue::from_static("same-origin"));
        response
    }))
}

fn asset(kind: &'static str, text: &'static str) -> axum::response::Response {
    ([(CONTENT_TYPE, kind)], text).into_response()
}
