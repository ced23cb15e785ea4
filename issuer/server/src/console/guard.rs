//! Who asks, from which page, and whether they may: before any handler runs.

use std::collections::BTreeMap;

use absah_crypto::sha256_concat;
use absah_issuer_core::operator::{Action, Assurance, Denied, Standing, permit};
use absah_types::{Lang, Seconds, Timestamp, base64url};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, ORIGIN, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::Fail;
use super::page::lang_of;
use super::{Console, ConsoleError, MAX_EXTRACT, MAX_FORM, MAX_PHOTO, MAX_TYPED};
use crate::store::{Operator, Session};

/// The cookie of the session. `__Host-`: no other host or path can set it (RFC 6265bis, section 4.1.3.2).
const COOKIE_NAME: &str = "__Host-absah-console";
/// The header in which scripts send the form token.
const TOKEN_HEADER: &str = "x-form-token";
/// A session's last use is written down no more often.
const SEEN_EVERY: Seconds = Seconds::minutes(1);

/// Whoever is signed in, and may do what the route is for.
#[derive(Clone)]
pub(super) struct Officer {
    pub(super) operator: Operator,
    pub(super) session: Session,
    pub(super) standing: Standing,
    pub(super) lang: Lang,
    /// What every form of this session carries.
    pub(super) token: String,
    /// What they typed when the sign-in before had ended, for the page that is shown.
    pub(super) unsent: Option<serde_json::Value>,
}

impl Officer {
    pub(super) fn may(&self, action: Action) -> bool {
        permit(&self.standing, action).is_ok()
    }

    /// As citizens and auditors are shown it.
    pub(super) fn public_name(&self) -> String {
        self.operator.public_name()
    }

    /// As one who proposes.
    pub(super) fn proposer(&self) -> absah_issuer_core::operator::four_eyes::Proposer {
        Some((self.operator.id, self.operator.role))
    }
}

impl<S: Sync> FromRequestParts<S> for Officer {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fail> {
        // Without a guard there is nobody.
        parts.extensions.get::<Self>().cloned().ok_or(Fail::NoSession)
    }
}

/// The fields of a form, each once; a later one of the same name is not read.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    pub(super) fn parse(body: &[u8]) -> Self {
        let mut fields = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.entry(name.into_owned()).or_insert_with(|| value.into_owned());
        }
        Self(fields)
    }

    /// Those of an address.
    pub(super) fn of(fields: BTreeMap<String, String>) -> Self {
        Self(fields)
    }

    /// As typed, to be shown again.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A line of text: not empty, not longer than `most` characters, printable.
    pub(super) fn line(&self, name: &str, most: usize) -> Result<String, ConsoleError> {
        let text = self.raw(name).trim();
        if text.is_empty() {
            return Err(ConsoleError::Missing);
        }
        if text.chars().count() > most {
            return Err(ConsoleError::TooLong);
        }
        if text.chars().any(is_hidden) { Err(ConsoleError::Characters) } else { Ok(text.to_owned()) }
    }

    pub(super) fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// Signs that could hide or forge something where the text is shown: in a page, a log line, a table.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = core::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// A fresh session: its cookie and what is kept of it.
pub(super) fn new_session(
    console: &Console,
    operator: i64,
    assurance: Assurance,
    headers: &HeaderMap,
    now: Timestamp,
) -> (String, Session) {
    let secret = base64url::encode(console.random::<32>());
    let device = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let session = Session {
        key: session_key(&secret),
        operator,
        assurance,
        signed_in_at: now,
        seen_at: now,
        device: device.chars().take(160).collect(),
    };
    (format!("{COOKIE_NAME}={secret}; Path=/; HttpOnly; Secure; SameSite=Strict"), session)
}

/// The cookie is taken away.
pub(super) fn no_cookie() -> String {
    format!("{COOKIE_NAME}=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0")
}

fn session_key(secret: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-console-session-v1", secret.as_bytes()])
}

fn form_token(secret: &str) -> String {
    base64url::encode(sha256_concat(&[b"absah-console-form-v1", secret.as_bytes()]))
}

/// A cookie of a request.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A request that changes something comes from a page of ours: browsers name the page's origin with every POST.
fn check_origin(console: &Console, headers: &HeaderMap) -> Result<(), Fail> {
    let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    if origin == Some(console.0.origin.as_str()) { Ok(()) } else { Err(ConsoleError::ForeignOrigin.into()) }
}

/// Before sign-in: the origin, and the form.
pub(super) async fn same_origin(State(console): State<Console>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    if let Err(fail) = check_origin(&console, request.headers()) {
        return fail.into_response();
    }
    match with_fields(request, MAX_FORM).await {
        Ok((request, _, _)) => next.run(request).await,
        Err(fail) => fail.into_response(),
    }
}

/// Reads the body: its fields beside it, the bytes again in it.
async fn with_fields(request: Request, most: usize) -> Result<(Request, Fields, Bytes), Fail> {
    let is_form = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let (mut parts, body) = request.into_parts();
    // What was typed is read even where it is too long for its field, which says so; longer ones say so without their form.
    let (most, error) = match (is_form, most) {
        (true, _) => (MAX_TYPED, ConsoleError::TooLong),
        (false, MAX_FORM) => (MAX_FORM, ConsoleError::TooLong),
        (false, most) => (most, ConsoleError::File),
    };
    let bytes: Bytes = to_bytes(body, most).await.map_err(|_| Fail::Console(error))?;
    let fields = if is_form { Fields::parse(&bytes) } else { Fields::default() };
    parts.extensions.insert(fields.clone());
    Ok((Request::from_parts(parts, Body::from(bytes.clone())), fields, bytes))
}

/// Who asks, and whether they may.
pub(super) async fn guard(
    State((console, action)): State<(Console, Action)>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut officer = match officer(&console, request.headers()).await {
        Ok(officer) => officer,
        Err(fail) => return fail.into_response(),
    };
    let path = request.uri().path().to_owned();
    let mut typed = None;
    if request.method() != Method::GET && request.method() != Method::HEAD {
        if let Err(fail) = check_origin(&console, request.headers()) {
            return fail.into_response();
        }
        let header =
            request.headers().get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        // Before a large body is read.
        if header.as_ref().is_some_and(|header| *header != officer.token) {
            return Fail::from(ConsoleError::FormToken).into_response();
        }
        let most = match action {
            Action::Import => MAX_EXTRACT,
            // A photograph comes this way.
            Action::ProposeStatus => MAX_PHOTO,
            _ => MAX_FORM,
        };
        let (read, fields, bytes) = match with_fields(request, most).await {
            Ok(read) => read,
            Err(fail) => return fail.into_response(),
        };
        request = read;
        if header.is_none() && fields.raw("form_token") != officer.token {
            return Fail::from(ConsoleError::FormToken).into_response();
        }
        typed = Some((fields, bytes));
    }
    let now = console.now();
    if let Err(denied) = permit(&officer.standing, action) {
        if let (Denied::Again, Some((fields, bytes))) = (denied, &typed) {
            let kept = (action, path.as_str());
            let kept = console.keep_unsent(&officer, kept, request.headers(), (fields, bytes), now).await;
            if let Err(fail) = kept {
                return fail.into_response();
            }
        }
        return match denied {
            Denied::Again => Fail::NoSession.into_response(),
            denied => Fail::from(denied).into_response(),
        };
    }
    if typed.is_some() {
        if let Err(fail) = console.was_sent(&officer, &path).await {
            return fail.into_response();
        }
    } else {
        officer.unsent = match console.shown_unsent(&officer, &path, now).await {
            Ok(unsent) => unsent,
            Err(fail) => return fail.into_response(),
        };
    }
    request.extensions_mut().insert(officer);
    next.run(request).await
}

async fn officer(console: &Console, headers: &HeaderMap) -> Result<Officer, Fail> {
    let secret = cookie(headers, COOKIE_NAME).ok_or(Fail::NoSession)?;
    let store = console.store();
    let session = store.session(session_key(secret)).await?.ok_or(Fail::NoSession)?;
    let operator = store.operator(session.operator).await?.ok_or(Fail::NoSession)?;
    let now = console.now();
    if now.since(session.seen_at) >= SEEN_EVERY {
        store.see_session(session.key, now).await?;
    }
    let standing = Standing {
        role: operator.role,
        active: operator.disabled_at.is_none(),
        assurance: session.assurance,
        authenticators: operator.authenticators(),
        age: now.since(session.signed_in_at),
    };
    Ok(Officer {
        operator,
        session,
        standing,
        lang: lang_of(headers),
        token: form_token(secret),
        unsent: None,
    })
}
