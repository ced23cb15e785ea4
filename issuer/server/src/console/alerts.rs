//! What looks unusual: rules that say their reason in words. Nobody is ever locked out by one.

use absah_types::{Seconds, Timestamp};
use absah_web::Now;
use axum::extract::State;
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, see};
use super::people::purpose;
use super::{Console, ConsoleError};
use crate::store::Session;

/// More different people within [`BURST_SPAN`] than these are a burst.
const BURST: u64 = 30;
const BURST_SPAN: Seconds = Seconds::minutes(10);
/// An alert of one kind about one operator comes no more often.
const QUIET: Seconds = Seconds::hours(1);
/// Hours of the day, in the city's time, in which offices work.
const DAY: core::ops::Range<i64> = 5..22;

fn is_night(now: Timestamp) -> bool {
    let hour = (now.unix() + 7 * 3600).rem_euclid(86_400) / 3600;
    !DAY.contains(&hour)
}

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

    /// Somebody has another way in.
    pub(super) async fn alert_new_authenticator(
        &self,
        officer: &Officer,
        now: Timestamp,
    ) -> Result<(), Fail> {
        self.raise_once(officer.operator.id, "new-authenticator", String::new(), now).await
    }
}

/// Rules over a sign-in: another device beside one that is in use, and the time of day.
pub(super) async fn at_sign_in(console: &Console, session: &Session, now: Timestamp) -> Result<(), Fail> {
    let others = console.store().sessions(Some(session.operator)).await?;
    let busy =
        |other: &&Session| other.device != session.device && now.since(other.seen_at) < Seconds::minutes(15);
    if let Some(other) = others.iter().find(busy) {
        console.raise_once(session.operator, "two-places", other.device.clone(), now).await?;
    }
    if is_night(now) {
        console.raise_once(session.operator, "night", String::new(), now).await?;
    }
    Ok(())
}

/// Rules over looks at records.
pub(super) async fn at_look(console: &Console, officer: &Officer, now: Timestamp) -> Result<(), Fail> {
    let operator = officer.operator.id;
    let people = console.store().people_looked_at(operator, now.minus(BURST_SPAN)).await?;
    if people > BURST {
        console.raise_once(operator, "burst", people.to_string(), now).await?;
    }
    if is_night(now) {
        console.raise_once(operator, "night", String::new(), now).await?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn night_is_night_in_madiun() {
        let at = |text: &str| is_night(Timestamp::parse_rfc3339(text).unwrap());
        assert!(at("2026-11-27T18:30:00Z"), "half past one in the morning");
        assert!(!at("2026-11-27T01:00:00Z"), "eight in the morning");
        assert!(at("2026-11-27T15:00:00Z"), "ten in the evening");
        assert!(!at("2026-11-27T14:59:59Z"));
    }
}
