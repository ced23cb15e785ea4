//! What was typed and not taken because the sign-in had ended: kept for the same officer until they have signed in again, and
//! filled in where its form stands. It is never sent by itself.
//!
//! It lies in memory alone, one form of an officer, for so long and so large; what is secret is left out. What was typed on a
//! person's page is shown on that person's page and nowhere else: whoever signs in again opens the record with a purpose, as
//! ever.

use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;

use absah_issuer_core::operator::Action;
use absah_types::{Nik, Seconds, Timestamp};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, REFERER};
use axum::response::Response;
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::{Console, page};

/// How long it is kept.
const KEPT_FOR: Seconds = Seconds::hours(1);
/// The largest form that is kept, in bytes of names and values.
const MOST_BYTES: usize = 16 * 1024;
/// Officers of whom one is kept at the same time.
const MOST_FORMS: usize = 256;
/// What begins the path of a person's page.
const PERSON: &str = "/people/";
/// Fields that are not kept: they open something, or belong to the session.
const SECRET: [&str; 7] = ["form_token", "password", "secret", "code", "second", "ceremony", "answer"];

/// A form that was not taken.
#[derive(Clone)]
pub(super) struct Unsent {
    /// What it is for.
    action: Action,
    /// Where it would have gone.
    path: String,
    /// The page on which it stood.
    page: String,
    /// About whom, where it stood on a person's page.
    nik: Option<Nik>,
    fields: BTreeMap<String, String>,
    at: Timestamp,
}

/// Those of all officers, by their number.
pub(super) type Kept = std::sync::Mutex<HashMap<i64, Unsent>>;

/// A form's address without the name of the case, which is another one in each session.
fn shape(path: &str) -> (&str, &str) {
    let of_person = path.strip_prefix(PERSON).and_then(|rest| rest.split_once('/'));
    of_person.map_or((path, ""), |(_, form)| (PERSON, form))
}

/// The name of the case in the address of a person's page, or of a form on it.
fn case_in(path: &str) -> Option<&str> {
    let case = path.strip_prefix(PERSON)?.split('/').next()?;
    (!case.is_empty() && case != "open").then_some(case)
}

/// What somebody typed, of a form or of what our script sends.
fn typed(headers: &HeaderMap, fields: &Fields, body: &[u8]) -> BTreeMap<String, String> {
    let mut typed = fields.all().clone();
    let kind = headers.get(CONTENT_TYPE).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    if kind.starts_with(b"application/json")
        && body.len() <= MOST_BYTES
        && let Ok(Value::Object(members)) = serde_json::from_slice(body)
    {
        let text = |(name, value): (String, Value)| Some((name, value.as_str()?.to_owned()));
        typed.extend(members.into_iter().filter_map(text));
    }
    // Beside a file.
    if let Some(reason) = headers.get("x-reason").and_then(|value| value.to_str().ok()) {
        let pairs = format!("reason={reason}");
        typed.extend(url::form_urlencoded::parse(pairs.as_bytes()).into_owned());
    }
    typed.retain(|name, value| !SECRET.contains(&name.as_str()) && !value.is_empty());
    typed
}

impl Console {
    fn unsent(&self) -> std::sync::MutexGuard<'_, HashMap<i64, Unsent>> {
        self.0.unsent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what an officer typed whose sign-in has ended. The request has proved that it comes from a form of this very
    /// session.
    pub(super) async fn keep_unsent(
        &self,
        officer: &Officer,
        (action, path): (Action, &str),
        headers: &HeaderMap,
        (fields, body): (&Fields, &[u8]),
        now: Timestamp,
    ) -> Result<(), Fail> {
        let fields = typed(headers, fields, body);
        let bytes: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        if fields.is_empty() || bytes > MOST_BYTES || action == Action::OwnAccount {
            return Ok(());
        }
        let nik = match case_in(path) {
            Some(case) => match self.store().case(case, officer.session.key).await? {
                Some(case) => Some(case.nik),
                // Nobody could say about whom it is.
                None => return Ok(()),
            },
            None => None,
        };
        let stood = headers.get(REFERER).and_then(|value| value.to_str().ok());
        let stood = stood.and_then(|url| url.strip_prefix(self.0.origin.as_str()));
        let stood = stood.map(|path| page::own(path.split(['?', '#']).next().unwrap_or_default()).to_owned());
        let unsent = Unsent {
            action,
            path: path.to_owned(),
            page: if nik.is_some() { "/people".to_owned() } else { stood.unwrap_or_else(|| "/".to_owned()) },
            nik,
            fields,
            at: now,
        };
        let mut kept = self.unsent();
        kept.retain(|_, one| now.since(one.at) < KEPT_FOR);
        if kept.len() < MOST_FORMS || kept.contains_key(&officer.operator.id) {
            kept.insert(officer.operator.id, unsent);
        }
        Ok(())
    }

    fn unsent_of(&self, operator: i64, now: Timestamp) -> Option<Unsent> {
        let kept = self.unsent().get(&operator).cloned();
        kept.filter(|one| now.since(one.at) < KEPT_FOR && one.at <= now)
    }

    /// Where whoever signs in again goes on: the page on which the form stood.
    pub(super) fn page_of_unsent(&self, operator: i64, now: Timestamp) -> Option<String> {
        self.unsent_of(operator, now).map(|one| one.page)
    }

    /// A form has been sent: what was kept of it, or of an earlier one like it about the same person, has come.
    pub(super) async fn was_sent(&self, officer: &Officer, path: &str) -> Result<(), Fail> {
        let kept = self.unsent().get(&officer.operator.id).cloned();
        let Some(one) = kept.filter(|one| shape(&one.path) == shape(path)) else { return Ok(()) };
        if let Some(nik) = one.nik {
            let case = case_in(path).unwrap_or_default();
            let case = self.store().case(case, officer.session.key).await?;
            if case.is_none_or(|case| case.nik != nik) {
                return Ok(());
            }
        }
        self.unsent().remove(&officer.operator.id);
        Ok(())
    }

    /// What a page shows of it: the fields where its form stands, else only that there is something and where.
    pub(super) async fn shown_unsent(
        &self,
        officer: &Officer,
        path: &str,
        now: Timestamp,
    ) -> Result<Option<Value>, Fail> {
        let Some(one) = self.unsent_of(officer.operator.id, now) else { return Ok(None) };
        if !officer.may(one.action) {
            return Ok(None);
        }
        let is_here = match one.nik {
            Some(nik) => match case_in(path) {
                Some(case) => {
                    self.store().case(case, officer.session.key).await?.is_some_and(|case| case.nik == nik)
                }
                None => false,
            },
            None => one.page == path,
        };
        Ok(Some(json!({
            "at": one.at.unix(),
            "here": is_here,
            "person": one.nik.is_some(),
            "page": one.page,
            "action": is_here.then_some(&one.path),
            "fields": is_here.then(|| json!(one.fields).to_string()),
            "typed": is_here.then(|| one.fields.values().collect::<Vec<_>>()),
        })))
    }
}

/// The officer does not want it any more.
pub(super) async fn forget(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    console.unsent().remove(&officer.operator.id);
    Ok(page::see("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_its_address_without_the_case() {
        assert_eq!(shape("/people/abc/propose"), shape("/people/xyz/propose"));
        assert_ne!(shape("/people/abc/propose"), shape("/people/abc/lost"));
        assert_ne!(shape("/operators/invite"), shape("/operators/disable"));
        assert_eq!(case_in("/people/abc/propose"), Some("abc"));
        assert_eq!(case_in("/people/abc"), Some("abc"));
        for path in ["/people", "/people/", "/people/open", "/approvals/3"] {
            assert_eq!(case_in(path), None, "{path}");
        }
    }

    #[test]
    fn secrets_are_not_kept() {
        let fields =
            Fields::parse(b"login=siti&password=x&code=1&second=2&form_token=y&reason=Pindah&empty=");
        let typed = typed(&HeaderMap::new(), &fields, b"");
        assert_eq!(typed.keys().collect::<Vec<_>>(), ["login", "reason"]);
    }
}
