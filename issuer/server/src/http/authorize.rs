//! The authorization code flow: `POST /par`, the page `GET|POST /authorize`, and `POST /authorize/challenge` for a wallet
//! that proves its person by a card and needs no browser.

use absah_issuer_core::holder;
use absah_issuer_core::ports::StoreError;
use absah_protocol::oauth::{OAuthError as Wire, ToOAuth};
use absah_protocol::oid4vci::issuer::authorization::{
    CODE_LIFE, PUSHED_LIFE, REQUEST_URI_PREFIX, pushed_response, read_reference,
};
use absah_protocol::oid4vci::issuer::{AuthorizationError, Profile, Pushed};
use absah_schemas::CredentialType;
use absah_types::{Coded, Lang, Nik, Rng, Timestamp, array, base64url, coded};
use absah_web::{Now, Problem, Random};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{access_history, dpop, failure, refusal};
use crate::app::{App, Ledger};
use crate::store::{LoginBy, NewAuthorization, key_of};

/// Largest body of the log-in form and of a challenge, in bytes.
pub(super) const MAX_LOGIN: usize = 256 * 1024;
/// Longest log-in code typed, in characters.
const MAX_CODE: usize = 40;

/// Why nobody is logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginError {
    /// The officer's code is unknown, used or has ended.
    Code,
    /// The form is not the one of this page.
    Form,
    /// The presentation proves nobody.
    Presentation,
    /// The person who logged in may not have this card.
    NotEligible,
}

impl core::fmt::Display for LoginError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Code => "log-in code unknown, used or ended",
            Self::Form => "log-in form malformed",
            Self::Presentation => "presentation logs nobody in",
            Self::NotEligible => "no such card for this person",
        })
    }
}

impl core::error::Error for LoginError {}

coded! { LoginError {
    Code => ("login-code", User),
    Form => ("login-form", Peer),
    Presentation => ("login-presentation", Peer),
    NotEligible => ("login-not-eligible", User),
} }

impl ToOAuth for LoginError {
    fn oauth(&self) -> Wire {
        match self {
            Self::Form => Wire::InvalidRequest,
            _ => Wire::AccessDenied,
        }
    }
}

/// `POST /par` (RFC 9126).
#[utoipa::path(
    post, path = "/par", tag = "issuance",
    request_body(content = Object, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 201, description = "A request_uri.", body = Object),
        (status = 400, description = "Refused, with an error of RFC 6749.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn push(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let wrong = |error: AuthorizationError| refusal(&error).into_response();
    let mut request = Pushed::parse(&body).map_err(wrong)?;
    kind_of(app.identity().profile(), &request).map_err(wrong)?;
    // RFC 9449 section 10.1: a proof at this endpoint binds the code just as `dpop_jkt` does, and both must agree.
    if let Some(proof) = dpop::proof(&app, &headers, "/par", None, now).await? {
        if request.dpop_jkt.is_some_and(|jkt| jkt != proof.thumbprint) {
            return Err(wrong(AuthorizationError::DpopKey));
        }
        request.dpop_jkt = Some(proof.thumbprint);
    }
    let ledger = ledger(&app)?;
    let request_uri = format!("{REQUEST_URI_PREFIX}{}", base64url::encode(array::<32>(rng.as_mut())));
    let kept = ledger.store.push(&request_uri, &request, now.plus(PUSHED_LIFE)).await;
    kept.map_err(|error| failure(&error).into_response())?;
    Ok((StatusCode::CREATED, Json(pushed_response(&request_uri))).into_response())
}

/// The one kind of card that a request asks for.
fn kind_of(profile: &Profile, request: &Pushed) -> Result<CredentialType, AuthorizationError> {
    let mut kinds = Vec::new();
    for id in &request.configuration_ids {
        let known = absah_issuer_core::ports::of_configuration_id(id);
        let (kind, _) =
            known.filter(|_| profile.configuration(id).is_some()).ok_or(AuthorizationError::Details)?;
        kinds.push(kind);
    }
    for scope in &request.scopes {
        kinds.push(CredentialType::of_name(scope).ok_or(AuthorizationError::Scope)?);
    }
    kinds.dedup();
    match kinds.as_slice() {
        [kind] => Ok(*kind),
        [] => Err(AuthorizationError::NothingAsked),
        _ => Err(AuthorizationError::SeveralCards),
    }
}

#[expect(clippy::result_large_err, reason = "an answer, given at once")]
fn ledger(app: &App) -> Result<&Ledger, Response> {
    app.ledger().ok_or_else(|| Problem::of(&absah_web::WebError::NotFound).into_response())
}

/// `GET /authorize`: the page on which a person logs in.
#[utoipa::path(
    get, path = "/authorize", tag = "issuance",
    params(("client_id" = Option<String>, Query, description = "The client."), ("request_uri" = Option<String>, Query, description = "What /par answered.")),
    responses(
        (status = 200, description = "The log-in page.", body = String, content_type = "text/html"),
        (status = 400, description = "The request is unknown.", body = String, content_type = "text/html")
    )
)]
pub(super) async fn page(
    State(app): State<App>,
    Now(now): Now,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Response> {
    let lang = lang_of(&headers);
    let found = reference(&app, query.unwrap_or_default().as_bytes(), now).await;
    // RFC 6749 section 4.1.2.1: with a wrong client or address "the authorization server [...] MUST NOT automatically
    // redirect the user agent".
    let (request, uri) = found.map_err(|error| error_page(lang, error.as_ref()))?;
    let kind = kind_of(app.identity().profile(), &request).map_err(|error| error_page(lang, &error))?;
    Ok(login_page(lang, &request, &uri, kind, None))
}

/// `POST /authorize`: an officer's code, and back to the wallet.
#[utoipa::path(
    post, path = "/authorize", tag = "issuance",
    request_body(content = Object, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 303, description = "Back to the wallet."),
        (status = 400, description = "The request is unknown.", body = String, content_type = "text/html"),
        (status = 403, description = "The code does not hold.", body = String, content_type = "text/html"),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn log_in(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let lang = lang_of(&headers);
    let (request, uri) =
        reference(&app, &body, now).await.map_err(|error| error_page(lang, error.as_ref()))?;
    let kind = kind_of(app.identity().profile(), &request).map_err(|error| error_page(lang, &error))?;
    let typed = field(&body, "login_code").ok_or_else(|| error_page(lang, &LoginError::Form))?;
    if field(&body, "action").as_deref() == Some("refuse") {
        let back = request.redirect(app.identity().id().as_str(), Err(Wire::AccessDenied));
        return Ok(see_other(&back));
    }
    let store = &ledger(&app)?.store;
    let code = normal(&typed);
    let broken = |error: StoreError| Problem::of(&error).into_response();
    let again = |error: &LoginError| login_page(lang, &request, &uri, kind, Some(error));
    let Some(nik) = store.login_code_holder(&code, now).await.map_err(broken)? else {
        return Err(again(&LoginError::Code));
    };
    if !may_have(&app, nik, kind, now).await.map_err(broken)? {
        return Err(again(&LoginError::NotEligible));
    }
    let by = LoginBy::Code(key_of("login-code", &code));
    match grant(&app, &request, &uri, (kind, by), rng.as_mut(), now).await.map_err(broken)? {
        Some(code) => Ok(see_other(&request.redirect(app.identity().id().as_str(), Ok(&code)))),
        None => Err(again(&LoginError::Code)),
    }
}

/// `POST /authorize/challenge`: a presentation of one's own valid card logs in, and the code comes at once.
#[utoipa::path(
    post, path = "/authorize/challenge", tag = "issuance",
    request_body(content = Object, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "An authorization code.", body = Object),
        (status = 400, description = "The request is unknown or malformed.", body = super::openapi::OAuthBody),
        (status = 403, description = "The presentation proves nothing.", body = super::openapi::OAuthBody),
        (status = 413, description = "The body is too large.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn challenge(
    State(app): State<App>,
    Now(now): Now,
    Random(mut rng): Random,
    body: Bytes,
) -> Result<Response, Response> {
    let refused = |error: &dyn Coded, wire: Wire| {
        let status = if wire == Wire::AccessDenied { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
        absah_web::OAuthError::new(wire.as_str()).with_status(status).because(error).into_response()
    };
    let (request, uri) = reference(&app, &body, now).await.map_err(|error| match error {
        ReferenceError::Authorization(error) => refusal(&error).into_response(),
        ReferenceError::Store(error) => failure(&error).into_response(),
        ReferenceError::NoLedger => Problem::of(&absah_web::WebError::NotFound).into_response(),
    })?;
    let kind =
        kind_of(app.identity().profile(), &request).map_err(|error| refusal(&error).into_response())?;
    let presentation =
        field(&body, "presentation").ok_or_else(|| refused(&LoginError::Form, Wire::InvalidRequest))?;
    let audience = app.identity().id().endpoint("/authorize/challenge");
    let ledger = ledger(&app)?;
    let nik = access_history::prove(&app, ledger, &presentation, &audience, now)
        .await
        .map_err(|error| refused(&error, Wire::AccessDenied))?;
    let broken = |error: StoreError| failure(&error).into_response();
    if !may_have(&app, nik, kind, now).await.map_err(broken)? {
        return Err(refused(&LoginError::NotEligible, Wire::AccessDenied));
    }
    let granted = grant(&app, &request, &uri, (kind, LoginBy::Card(nik)), rng.as_mut(), now).await;
    match granted.map_err(broken)? {
        Some(code) => Ok(Json(json!({ "authorization_code": code })).into_response()),
        None => Err(refusal(&AuthorizationError::UnknownRequestUri).into_response()),
    }
}

/// Why a request is not found again.
enum ReferenceError {
    Authorization(AuthorizationError),
    Store(StoreError),
    NoLedger,
}

impl AsRef<dyn Coded> for ReferenceError {
    fn as_ref(&self) -> &(dyn Coded + 'static) {
        match self {
            Self::Authorization(error) => error,
            Self::Store(error) => error,
            Self::NoLedger => &absah_web::WebError::NotFound,
        }
    }
}

async fn reference(app: &App, form: &[u8], now: Timestamp) -> Result<(Pushed, String), ReferenceError> {
    let (client_id, uri) = read_reference(form).map_err(ReferenceError::Authorization)?;
    let store = &app.ledger().ok_or(ReferenceError::NoLedger)?.store;
    let request = store.pushed(&uri, now).await.map_err(ReferenceError::Store)?;
    let request = request.ok_or(ReferenceError::Authorization(AuthorizationError::UnknownRequestUri))?;
    if request.client_id != client_id {
        return Err(ReferenceError::Authorization(AuthorizationError::Client));
    }
    Ok((request, uri))
}

async fn may_have(app: &App, nik: Nik, kind: CredentialType, now: Timestamp) -> Result<bool, StoreError> {
    let Some(subject) = app.store().subject(nik, kind).await? else { return Ok(false) };
    // For a child a guardian is named at the desk: nobody logs in as one.
    Ok(holder(kind, &subject, now) == Ok(nik))
}

/// Gives a code for the request; nothing if request or log-in was used up meanwhile.
async fn grant(
    app: &App,
    request: &Pushed,
    uri: &str,
    (kind, by): (CredentialType, LoginBy),
    rng: &mut (dyn Rng + Send),
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let Some(ledger) = app.ledger() else { return Ok(None) };
    let code = base64url::encode(array::<32>(rng));
    let new = NewAuthorization {
        code: key_of("authorization-code", &code),
        pushed: key_of("request-uri", uri),
        request: request.clone(),
        kind,
        by,
        expires_at: now.plus(CODE_LIFE),
        at: now,
    };
    Ok(ledger.store.authorize(new).await?.map(|_| code))
}

/// A field of a form, the first of its name.
fn field(body: &[u8], name: &str) -> Option<String> {
    absah_protocol::form_field(body, name).filter(|text| text.len() <= MAX_LOGIN)
}

/// As typed: spaces, dashes and small letters do not matter.
pub(super) fn normal(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(MAX_CODE).map(|c| c.to_ascii_uppercase()).collect()
}

fn see_other(location: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, location.to_owned())]).into_response()
}

pub(super) fn lang_of(headers: &HeaderMap) -> Lang {
    let accepted = headers.get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = accepted.split([',', ';', '-']).next().unwrap_or_default().trim().to_ascii_lowercase();
    Lang::ALL.into_iter().find(|lang| lang.to_string() == first).unwrap_or(Lang::Id)
}

fn words(lang: Lang, id: &str) -> String {
    escape(&absah_schemas::text(lang, id).unwrap_or_else(|| id.to_owned()))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn login_page(
    lang: Lang,
    request: &Pushed,
    uri: &str,
    kind: CredentialType,
    error: Option<&LoginError>,
) -> Response {
    let problem = error.map_or_else(String::new, |error| {
        let code = error.code();
        let (what, now) = (words(lang, &format!("err-{code}")), words(lang, &format!("rec-{code}")));
        format!("<p role=\"alert\"><strong>{what}</strong> {now}</p>")
    });
    let body = format!(
        "<h1>{title}</h1><p>{intro}</p><dl><dt>{app}</dt><dd>{client}</dd><dt>{card}</dt><dd>{name}</dd></dl>{problem}\
         <form method=\"post\" action=\"/authorize\">\
         <input type=\"hidden\" name=\"client_id\" value=\"{client}\">\
         <input type=\"hidden\" name=\"request_uri\" value=\"{uri}\">\
         <label for=\"code\">{label}</label>\
         <input id=\"code\" name=\"login_code\" autocomplete=\"one-time-code\" autocapitalize=\"characters\" \
         spellcheck=\"false\" maxlength=\"{MAX_CODE}\">\
         <button name=\"action\" value=\"agree\">{agree}</button>\
         <button name=\"action\" value=\"refuse\" class=\"other\">{refuse}</button></form>",
        title = words(lang, "login-title"),
        intro = words(lang, "login-intro"),
        app = words(lang, "login-app"),
        client = escape(&request.client_id),
        card = words(lang, "login-card"),
        name = escape(kind.display_name(lang)),
        uri = escape(uri),
        label = words(lang, "login-label"),
        agree = words(lang, "login-agree"),
        refuse = words(lang, "login-refuse"),
    );
    html(
        if error.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK },
        lang,
        "login-title",
        &body,
        Some(&request.redirect_uri),
    )
}

/// The page that suspends all cards by a code, before and after.
pub(super) fn code_page(lang: Lang, done: Option<Result<(), &dyn Coded>>) -> Response {
    let form = format!(
        "<form method=\"post\" action=\"/suspend\"><label for=\"code\">{label}</label>\
         <input id=\"code\" name=\"phone_code\" autocomplete=\"off\" autocapitalize=\"characters\" \
         spellcheck=\"false\" maxlength=\"{MAX_CODE}\"><button>{button}</button></form>",
        label = words(lang, "suspend-label"),
        button = words(lang, "suspend-button"),
    );
    let (status, middle) = match done {
        None => (StatusCode::OK, format!("<p>{}</p>{form}", words(lang, "suspend-intro"))),
        Some(Ok(())) => (StatusCode::OK, format!("<p role=\"status\">{}</p>", words(lang, "suspend-done"))),
        Some(Err(error)) => {
            let code = error.code();
            let (what, now) = (words(lang, &format!("err-{code}")), words(lang, &format!("rec-{code}")));
            (StatusCode::FORBIDDEN, format!("<p role=\"alert\"><strong>{what}</strong> {now}</p>{form}"))
        }
    };
    let body = format!("<h1>{}</h1>{middle}", words(lang, "suspend-title"));
    html(status, lang, "suspend-title", &body, None)
}

fn error_page(lang: Lang, error: &dyn Coded) -> Response {
    let code = error.code();
    let (what, now) = (words(lang, &format!("err-{code}")), words(lang, &format!("rec-{code}")));
    let body = format!("<h1>{}</h1><p role=\"alert\">{what}</p><p>{now}</p>", words(lang, "login-title"));
    html(StatusCode::BAD_REQUEST, lang, "login-title", &body, None)
}

/// A page that runs nothing and loads nothing; its form leads here and from here to the wallet.
fn html(status: StatusCode, lang: Lang, title: &str, body: &str, wallet: Option<&str>) -> Response {
    const STYLE: &str = "body{font:18px/1.5 system-ui,sans-serif;color:#14213d;background:#fff;max-width:34rem;margin:0 auto;padding:24px}\
        h1{font-size:28px}dt{font-weight:600}dd{margin:0 0 12px}label{display:block;font-weight:600}\
        input:not([type=hidden]){font:inherit;width:100%;box-sizing:border-box;min-height:48px;padding:8px;border:2px solid #14213d}\
        button{font:inherit;width:100%;min-height:64px;margin-top:16px;border:2px solid #0b5f59;background:#0b5f59;color:#fff}\
        button.other{background:#fff;color:#0b5f59}[role=alert]{border-left:6px solid #a31621;padding-left:12px}";
    let title = words(lang, title);
    let page = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    );
    // The scheme and host alone: the address itself may hold characters that end a directive.
    let target = wallet.and_then(url_origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; form-action 'self' {target}; frame-ancestors 'none'; base-uri 'none'",
        style_hash(STYLE)
    );
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (CONTENT_SECURITY_POLICY, policy)];
    (status, headers, page).into_response()
}

fn style_hash(style: &str) -> String {
    STANDARD.encode(absah_crypto::sha256(style.as_bytes()))
}

/// `https://host` of a web address, `scheme:` of an application's own.
fn url_origin(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    let clean = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.:[]".contains(&b));
    if !clean(scheme) {
        return None;
    }
    if !matches!(scheme, "https" | "http") {
        return Some(format!("{scheme}:"));
    }
    let host = rest.strip_prefix("//")?.split(['/', '?']).next()?;
    clean(host).then(|| format!("{scheme}://{host}"))
}
