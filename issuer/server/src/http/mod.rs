//! The public endpoints: OpenID4VCI, what the issuer publishes about itself, status lists, the trust bundle.

mod access_history;
mod authorize;
mod bundle;
mod counter_tickets;
mod credential;
mod deferred;
mod dpop;
mod hub;
mod ledger;
mod nonce;
mod offers;
mod openapi;
mod published;
mod status;
mod token;
mod wishes;

use absah_protocol::oauth::ToOAuth;
use absah_types::Coded;
use absah_web::{Limits, OAuthError};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{get, post};

pub use access_history::AccessHistoryError;
pub use authorize::LoginError;
pub use credential::{IssueError, Unsigned};
pub use deferred::DeferredError;
pub use hub::HubError;
pub use openapi::document as openapi_document;
pub use wishes::WishError;
pub(crate) use wishes::{grouped, random_code};

use crate::app::App;
use absah_protocol::oid4vci::issuer::authorization::MAX_PUSHED;
use absah_protocol::oid4vci::issuer::credential_request::{MAX_CREDENTIAL_REQUEST, MAX_SMALL_REQUEST};
use absah_protocol::oid4vci::issuer::token::MAX_TOKEN_REQUEST;

/// All public endpoints.
pub(crate) fn router(app: App) -> Router {
    let private = Router::new()
        .route("/offers/{secret}", get(offers::show))
        .route("/token", post(token::redeem).layer(DefaultBodyLimit::max(MAX_TOKEN_REQUEST)))
        .route("/par", post(authorize::push).layer(DefaultBodyLimit::max(MAX_PUSHED)))
        .route(
            "/authorize",
            get(authorize::page).post(authorize::log_in).layer(DefaultBodyLimit::max(MAX_PUSHED)),
        )
        .route(
            "/authorize/challenge",
            post(authorize::challenge).layer(DefaultBodyLimit::max(authorize::MAX_LOGIN)),
        )
        .route("/deferred_credential", post(deferred::fetch).layer(DefaultBodyLimit::max(MAX_SMALL_REQUEST)))
        .route("/notification", post(deferred::notify).layer(DefaultBodyLimit::max(MAX_SMALL_REQUEST)))
        .route(
            "/suspend",
            get(wishes::page).post(wishes::suspend).layer(DefaultBodyLimit::max(MAX_SMALL_REQUEST)),
        )
        .route(
            absah_protocol::wishes::PATH,
            post(wishes::take).layer(DefaultBodyLimit::max(absah_protocol::wishes::MAX_REQUEST)),
        )
        .route(
            "/counter-tickets",
            post(counter_tickets::take)
                .layer(DefaultBodyLimit::max(absah_protocol::counter_ticket::MAX_TICKET)),
        )
        .route("/nonce", post(nonce::fresh))
        .route(
            absah_protocol::access_history::PATH,
            post(access_history::tell)
                .layer(DefaultBodyLimit::max(absah_protocol::access_history::MAX_REQUEST)),
        )
        .route("/credential", post(credential::issue).layer(DefaultBodyLimit::max(MAX_CREDENTIAL_REQUEST)));
    let public = Router::new()
        .route("/.well-known/openid-credential-issuer", get(published::credential_issuer))
        .route("/.well-known/oauth-authorization-server", get(published::authorization_server))
        .route("/.well-known/jwt-vc-issuer", get(published::jwt_vc_issuer))
        .route("/.well-known/did.json", get(published::did_document))
        .route("/.well-known/did.jsonl", get(published::did_log))
        .route("/status/{number}", get(status::token))
        .route("/ledger/policy.json", get(ledger::policy))
        .route("/ledger/registry/event/{index}", get(ledger::registry_event))
        .route("/ledger/{log}/{*path}", get(ledger::file))
        .route("/bundle/{*path}", get(bundle::file))
        .route("/openapi.json", get(openapi::show));
    let public = absah_schemas::documents::ALL.iter().fold(public, |routes, document| {
        routes.route(document.path, get(move || published::document(document)))
    });
    // No page of a browser reads them: they tell foreign pages nothing.
    let hub = Router::new()
        .route("/hub/v1/figures", get(hub::figures))
        .route("/hub/v1/events", get(hub::events))
        .with_state(app.clone());
    let routes = absah_web::no_store(private).merge(public).merge(absah_web::healthz(|| true));
    let routes = absah_web::cors(routes.with_state(app)).merge(absah_web::no_store(hub));
    absah_web::harden(routes, Limits::default())
}

/// An error of the protocol as OAuth tells it.
fn refusal(error: &impl ToOAuth) -> OAuthError {
    let oauth = error.oauth();
    let status = StatusCode::from_u16(oauth.status()).unwrap_or(StatusCode::BAD_REQUEST);
    OAuthError::new(oauth.as_str()).with_status(status).because(error)
}

/// A failure of our own.
fn failure(error: &dyn Coded) -> OAuthError {
    OAuthError::new("server_error").with_status(StatusCode::SERVICE_UNAVAILABLE).because(error)
}
