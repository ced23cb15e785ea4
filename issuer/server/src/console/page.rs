//! Pages from templates, in the language of whoever looks.

use std::sync::LazyLock;

use absah_issuer_core::operator::Action;
use absah_types::{Lang, Timestamp};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Deserialize;
use serde_json::json;

use super::error::Fail;
use super::guard::{Officer, cookie};
use super::{Console, ConsoleError};

/// The cookie of the language.
const LANG_COOKIE: &str = "absah-lang";

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "base.html",
    "parts.html",
    "sign-in.html",
    "invitation.html",
    "home.html",
    "account.html",
    "fallback.html",
    "people.html",
    "person.html",
    "issue.html",
    "scan.html",
    "approvals.html",
    "approval.html",
    "imports.html",
    "import.html",
    "import-counts.html",
    "import-findings.html",
    "counters.html",
    "operators.html",
    "ledger.html",
    "alerts.html",
    "failure.html",
    "work.html",
    "sample.html",
    "pendamping.html",
];

/// The navigation: page, its text, what it is for.
const PAGES: [(&str, &str, Action); 11] = [
    ("/people", "console-nav-people", Action::SearchPeople),
    ("/work", "console-nav-work", Action::OfferCard),
    ("/approvals", "console-nav-approvals", Action::ViewApprovals),
    ("/imports", "console-nav-imports", Action::ViewImports),
    ("/counters", "console-nav-counters", Action::ViewCounters),
    ("/pendamping", "console-pendamping", Action::ViewPendamping),
    ("/operators", "console-nav-operators", Action::ViewOperators),
    ("/ledger", "console-nav-ledger", Action::ViewLedger),
    ("/alerts", "console-nav-alerts", Action::ViewAlerts),
    ("/account", "console-nav-account", Action::OwnAccount),
    ("/", "console-nav-home", Action::OwnAccount),
];

tokio::task_local! {
    /// Whether the page answers a form: there is no way back to it, so it offers none to itself in another language.
    static ANSWERS_FORM: bool;
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Chainable);
    environment.add_function("t", |state: &minijinja::State<'_, '_>, id: &str| say(lang_in(state), id));
    environment.add_filter("moment", |state: &minijinja::State<'_, '_>, at: i64| {
        absah_schemas::times::moment(lang_in(state), Timestamp::from_unix(at))
    });
    for (name, source) in TEMPLATES {
        // A test renders every one.
        let _ = environment.add_template(name, source);
    }
    environment
});

fn lang_in(state: &minijinja::State<'_, '_>) -> Lang {
    let tag = state.lookup("lang").and_then(|lang| lang.as_str().map(str::to_owned)).unwrap_or_default();
    Lang::parse(&tag).unwrap_or(Lang::Id)
}

/// Which parts of a page's two lists are wanted, from one on.
#[derive(Deserialize)]
pub(super) struct Parts {
    #[serde(default)]
    waiting: String,
    #[serde(default)]
    past: String,
}

/// Entries of one list on a page.
const PART: u32 = 50;

/// A part of a list, of how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) part: u32,
    pub(super) of: u32,
}

impl Parts {
    /// The part of what waits.
    pub(super) fn waiting(&self, count: u64) -> Part {
        Part::of(&self.waiting, count)
    }

    /// The part of what is over.
    pub(super) fn past(&self, count: u64) -> Part {
        Part::of(&self.past, count)
    }
}

impl Part {
    fn of(wanted: &str, count: u64) -> Self {
        let of = u32::try_from(count.div_ceil(u64::from(PART))).unwrap_or(u32::MAX).max(1);
        Self { part: wanted.parse().unwrap_or(1).clamp(1, of), of }
    }

    /// The entries to leave out before it, and how many to take.
    pub(super) fn reach(self) -> (u32, u32) {
        (self.part.saturating_sub(1).saturating_mul(PART), PART)
    }
}

/// A text; its id where there is none.
pub(super) fn say(lang: Lang, id: &str) -> String {
    absah_schemas::text(lang, id).unwrap_or_else(|| id.to_owned())
}

/// Indonesian, unless somebody chose otherwise: the browsers of an office speak whatever they came with.
pub(super) fn lang_of(headers: &HeaderMap) -> Lang {
    cookie(headers, LANG_COOKIE).and_then(|tag| Lang::parse(tag).ok()).unwrap_or(Lang::Id)
}

/// A page for whoever is signed in.
pub(super) fn page(officer: &Officer, template: &str, title: &str, values: Value) -> Response {
    let pages: Vec<_> = PAGES
        .iter()
        .filter(|(_, _, action)| officer.may(*action) && officer.standing.authenticators >= 2)
        .map(|(path, text, _)| json!({ "path": path, "text": text }))
        .collect();
    let who = json!({
        "name": officer.operator.name,
        "role": officer.operator.role.as_str(),
        "assurance": officer.session.assurance.as_str(),
    });
    let around = context! {
        lang => officer.lang.tag(), title => title, pages => Value::from_serialize(&pages),
        who => Value::from_serialize(&who), form_token => officer.token,
        unsent => Value::from_serialize(&officer.unsent),
    };
    render(template, context! { ..values, ..around })
}

/// A page for anybody.
pub(super) fn open_page(lang: Lang, template: &str, title: &str, values: Value) -> Response {
    render(template, context! { ..values, ..context! { lang => lang.tag(), title => title } })
}

fn render(template: &str, values: Value) -> Response {
    let answers_form = ANSWERS_FORM.try_with(|answers| *answers).unwrap_or(false);
    let values = context! { ..values, ..context! { answers_form => answers_form } };
    let rendered = ENVIRONMENT.get_template(template).and_then(|template| template.render(values));
    match rendered {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The same page with another status.
pub(super) fn with_status(status: StatusCode, mut response: Response) -> Response {
    *response.status_mut() = status;
    response
}

/// The next page, after something was done.
pub(super) fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}

/// Errors as pages, or as JSON for our script; the choice of a language; the way to the sign-in.
pub(super) async fn failures(State(_): State<Console>, request: Request, next: Next) -> Response {
    ANSWERS_FORM.scope(request.method() == Method::POST, answered(request, next)).await
}

async fn answered(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let lang = lang_of(headers);
    let is_script = headers.get(ACCEPT).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let is_look = request.method() == Method::GET;
    let path = request.uri().path().to_owned();
    let chosen = request.uri().query().and_then(|query| query.strip_prefix("lang="));
    if let Some(lang) = chosen.and_then(|tag| Lang::parse(tag).ok()) {
        let cookie = format!("{LANG_COOKIE}={}; Path=/; SameSite=Strict; Max-Age=31536000", lang.tag());
        return ([(SET_COOKIE, cookie)], see(own(&path))).into_response();
    }
    let response = next.run(request).await;
    // Whoever loads a page again that answered a form is led to the one where the form stands.
    if is_look && !is_script && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        return see(own(path.rsplit_once('/').map_or("/", |(before, _)| before)));
    }
    let Some(fail) = response.extensions().get::<Fail>().copied().or_else(|| unread(&response)) else {
        return response;
    };
    let code = fail.code();
    let (what, now) = (say(lang, &format!("err-{code}")), say(lang, &format!("rec-{code}")));
    let mut answer = if is_script {
        let status = if matches!(fail, Fail::NoSession) { StatusCode::UNAUTHORIZED } else { fail.status() };
        let body = json!({
            "type": "about:blank", "status": status.as_u16(), "code": code, "title": what, "detail": now,
        });
        (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    } else if matches!(fail, Fail::NoSession) {
        return see("/sign-in");
    } else {
        let values = context! { what => what, now => now, code => code };
        with_status(fail.status(), open_page(lang, "failure.html", "console-failure", values))
    };
    if fail.status() == StatusCode::TOO_MANY_REQUESTS {
        answer.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("10"));
    }
    answer
}

/// A path of this console; the first page for one that browsers would read as another host ("//host", "/\host").
pub(super) fn own(path: &str) -> &str {
    let is_own = path.starts_with('/') && !path.get(1..).is_some_and(|rest| rest.starts_with(['/', '\\']));
    if is_own && !path.chars().any(char::is_control) { path } else { "/" }
}

/// What the framework refuses before a handler of ours runs: an address with a number that is none, a body that is not what
/// our script sends.
fn unread(response: &Response) -> Option<Fail> {
    let kind = response.headers().get(CONTENT_TYPE)?;
    match response.status() {
        _ if !kind.as_bytes().starts_with(b"text/plain") => None,
        StatusCode::BAD_REQUEST => Some(ConsoleError::Unknown.into()),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ConsoleError::TooLong.into()),
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some(ConsoleError::Missing.into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_parses_and_every_text_of_it_exists() {
        for (name, source) in TEMPLATES {
            assert!(ENVIRONMENT.get_template(name).is_ok(), "{name}: {:?}", {
                let mut one = Environment::new();
                one.add_template(name, source).err()
            });
            for part in source.split("t(\"").skip(1) {
                let id = part.split('"').next().unwrap();
                // Ids that are put together end with a dash.
                for lang in Lang::ALL.into_iter().filter(|_| !id.ends_with('-')) {
                    assert!(absah_schemas::text(lang, id).is_some(), "{name}: {id} in {lang}");
                }
            }
        }
        for (_, id, _) in PAGES {
            assert!(absah_schemas::text(Lang::Id, id).is_some(), "{id}");
        }
    }

    #[test]
    fn the_language_leads_to_no_other_host() {
        for (path, expected) in [
            ("/people", "/people"),
            ("/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(own(path), expected, "{path}");
        }
    }

    #[test]
    fn names_are_text_and_never_markup() {
        let hostile = "<script>alert(1)</script>\"'&";
        let values = context! { lang => "id", title => "console-people", found => vec![context! {
            nama => hostile, lahir => "1970-01-01", alamat => hostile, nik => hostile,
        }], searched => true };
        let text = ENVIRONMENT.get_template("people.html").unwrap().render(values).unwrap();
        assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;"), "{text}");
    }
}
