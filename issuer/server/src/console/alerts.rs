//! What looks unusual: rules that say their reason in words. Nobody is ever locked out by one.

use absah_issuer_core::operator::alerts::{self, Seen};
use absah_types::{Nik, Seconds, Timestamp};
use absah_web::Now;
use axum::extract::State;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, see};
use super::people::purpose;
use super::source::Source;
use super::{Console, ConsoleError};
use crate::store::Session;

/// An alert of one kind about one operator comes no more often.
const QUIET: Seconds = Seconds::hours(1);

impl Console {
    async fn raise_once(
        &self,
        operator: i64,
        rule: &'static str,
        detail: String,
        now: Timestamp,
    ) -> Result<(), Fail> {
        if !self.store().has_alert(operator, rule, now.minus(QUIET)).await? {
            self.store().raise(Some(operator), rule, detail, now).await?;
        }
        Ok(())
    }

    /// Somebody has another way in: each one is told, with its name and the browser it came by.
    pub(super) async fn alert_new_authenticator(
        &self,
        officer: &Officer,
        what: &str,
        now: Timestamp,
    ) -> Result<(), Fail> {
        let detail = format!("{what} · {}", officer.session.device);
        Ok(self.store().raise(Some(officer.operator.id), "new-authenticator", detail, now).await?)
    }
}

/// Rules over a sign-in, before it is written down.
pub(super) async fn at_sign_in(
    console: &Console,
    session: &Session,
    source: &Source,
    now: Timestamp,
) -> Result<(), Fail> {
    let store = console.store();
    let earlier = store.sign_ins_of(session.operator).await?;
    let sessions = store.places_of(session.operator).await?;
    let seen = Seen { at: now, device: session.device.clone(), source: source.0.clone() };
    for (rule, detail) in alerts::at_sign_in(&seen, &earlier, &sessions) {
        console.raise_once(session.operator, rule.as_str(), detail, now).await?;
    }
    Ok(())
}

/// Rules over looks at records, with the last one written down.
pub(super) async fn at_look(console: &Console, officer: &Officer, now: Timestamp) -> Result<(), Fail> {
    let operator = officer.operator.id;
    let looks = console.store().looks_of(operator, now).await?;
    for (rule, detail) in alerts::at_look(&looks) {
        console.raise_once(operator, rule.as_str(), detail, now).await?;
    }
    Ok(())
}

/// Something was done for a person: the look at the record has led to it.
pub(super) async fn acted(
    console: &Console,
    officer: &Officer,
    nik: Nik,
    now: Timestamp,
) -> Result<(), Fail> {
    Ok(console.store().acted(officer.operator.id, nik, now).await?)
}

pub(super) async fn list(State(console): State<Console>, officer: Officer) -> Result<Response, Fail> {
    let alerts: Vec<Value> = console
        .store()
        .alerts()
        .await?
        .iter()
        .map(|alert| {
            json!({
                "id": alert.id,
                "at": alert.at.unix(),
                "operator": alert.operator,
                "text": format!("console-alert-{}", alert.rule),
                "detail": alert.detail,
                "closed": alert.closed.as_ref().map(|(at, note)| json!({ "at": at.unix(), "note": note })),
            })
        })
        .collect();
    let may_close = officer.may(absah_issuer_core::operator::Action::CloseAlert);
    let values = context! { alerts => Shown::from_serialize(&alerts), may_close => may_close };
    Ok(page(&officer, "alerts.html", "console-alerts", values))
}

pub(super) async fn close(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let id = fields.raw("alert").parse().map_err(|_| ConsoleError::Unknown)?;
    let note = purpose(&fields, "reason")?;
    if !console.store().close_alert(id, officer.operator.id, note, now).await? {
        return Err(ConsoleError::Unknown.into());
    }
    Ok(see("/alerts"))
}
