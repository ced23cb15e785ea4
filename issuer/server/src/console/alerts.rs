//! What looks unusual: rules that say their reason in words. Nobody is ever locked out by one.

use absah_issuer_core::operator::Denied;
use absah_issuer_core::operator::alerts::{self, Rule, Seen};
use absah_types::{Lang, Nik, Seconds, Timestamp};
use absah_web::Now;
use axum::extract::{Query, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::names::Names;
use super::page::{Parts, page, say, see};
use super::people::purpose;
use super::source::Source;
use super::{Console, ConsoleError, issue};
use crate::store::{Alert, Failing, Session, Which};
use crate::webhook;

/// An alert of one kind about one operator comes no more often, unless there is more of it.
const QUIET: Seconds = Seconds::hours(1);

impl Console {
    /// Tells what a rule says of an operator, once for what it has said already.
    async fn raise_once(
        &self,
        operator: i64,
        rule: Rule,
        detail: String,
        now: Timestamp,
    ) -> Result<(), Fail> {
        let Some(last) = self.store().last_alert(operator, rule.as_str(), now.minus(QUIET)).await? else {
            return Ok(self.store().raise(Some(operator), rule.as_str(), detail, now).await?);
        };
        let count = |text: &str| text.parse::<u64>().ok();
        match (count(&detail), count(&last.detail)) {
            // Each record of nobody is told, and told outside too; of the others the one alert counts up.
            (Some(now_so_many), Some(told)) if now_so_many > told => match rule {
                Rule::Honeytoken => {
                    Ok(self.store().raise(Some(operator), rule.as_str(), detail, now).await?)
                }
                _ => Ok(self.store().count_up(last.id, detail).await?),
            },
            _ => Ok(()),
        }
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
        console.raise_once(session.operator, rule, detail, now).await?;
    }
    Ok(())
}

/// Rules over looks at records, with the last one written down.
pub(super) async fn at_look(console: &Console, officer: &Officer, now: Timestamp) -> Result<(), Fail> {
    let operator = officer.operator.id;
    issue::settle(console, operator, now).await?;
    let looks = console.store().looks_of(operator, now).await?;
    for (rule, detail) in alerts::at_look(&looks) {
        console.raise_once(operator, rule, detail, now).await?;
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

fn shown(alert: &Alert, names: &Names, own: i64) -> Value {
    json!({
        "id": alert.id,
        "at": alert.at.unix(),
        "operator": alert.operator.map(|id| names.operator(id)),
        "text": format!("console-alert-{}", alert.rule),
        "detail": alert.detail,
        "closed": alert.closed.as_ref().map(|(at, note)| json!({
            "at": at.unix(), "note": note, "by": alert.closed_by.map(|id| names.operator(id)),
        })),
        "is_own": alert.operator == Some(own),
    })
}

/// Deliveries in vain that one page shows.
const MOST_FAILING: u32 = 20;

/// Why the hub has not taken an alert, in words.
fn fault_in_words(lang: Lang, fault: &str) -> String {
    let Some(status) = fault.strip_prefix("status-") else { return say(lang, &format!("err-{fault}")) };
    let kind = match status.parse() {
        Ok(401 | 403) => "denied",
        Ok(404 | 410) => "nothing",
        Ok(300..=399) => "elsewhere",
        Ok(500..=599) => "broken",
        _ => "refused",
    };
    let answer = absah_schemas::text_with(lang, "console-hub-answer", &[("status", status)]);
    format!("{} {}", answer.unwrap_or_default(), say(lang, &format!("console-hub-fault-{kind}")))
}

/// What the city's hub has not taken: which alerts, since when, and why. Nothing where it has taken all, or there is none.
async fn hub(console: &Console, lang: Lang) -> Result<Value, Fail> {
    let store = console.store();
    let Some(webhook) = store.webhook().await? else { return Ok(Value::Null) };
    let (failing, many) = store.failing_alerts(MOST_FAILING).await?;
    if many == 0 {
        return Ok(Value::Null);
    }
    let one = |failing: &Failing| {
        json!({
            "id": failing.alert.id,
            "at": failing.alert.at.unix(),
            "text": webhook::sentence(lang, &failing.alert.rule),
            "since": failing.since.unix(),
            "tries": failing.tries,
            "why": fault_in_words(lang, &failing.fault),
            "given_up": failing.given_up.map(Timestamp::unix),
            "next": failing.next_at.max(webhook.next_at).unix(),
        })
    };
    let failing: Vec<Value> = failing.iter().map(one).collect();
    let more = many.saturating_sub(failing.len() as u64);
    Ok(json!({ "url": webhook.url, "failing": failing, "more": more }))
}

pub(super) async fn list(
    State(console): State<Console>,
    officer: Officer,
    Query(wanted): Query<Parts>,
) -> Result<Response, Fail> {
    let store = console.store();
    let (_, count) = store.alerts(Which::Open, (0, 0)).await?;
    let waiting = wanted.waiting(count);
    let (open, _) = store.alerts(Which::Open, waiting.reach()).await?;
    let (_, closed_count) = store.alerts(Which::Closed, (0, 0)).await?;
    let past = wanted.past(closed_count);
    let (closed, _) = store.alerts(Which::Closed, past.reach()).await?;
    let hub = hub(&console, officer.lang).await?;
    let names = Names::load(&console).await?;
    let told = |alerts: &[Alert]| -> Vec<Value> {
        alerts.iter().map(|one| shown(one, &names, officer.operator.id)).collect()
    };
    let may_close = officer.may(absah_issuer_core::operator::Action::CloseAlert);
    let values = context! {
        open => Shown::from_serialize(told(&open)), closed => Shown::from_serialize(told(&closed)),
        count => count, may_close => may_close, hub => Shown::from_serialize(&hub),
        waiting_part => waiting.part, waiting_parts => waiting.of, past_part => past.part, past_parts => past.of,
    };
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
    // Nobody says of the own account that there was nothing.
    let about = console.store().alert(id).await?.ok_or(ConsoleError::Unknown)?.operator;
    if about == Some(officer.operator.id) {
        return Err(Denied::Concerned.into());
    }
    if !console.store().close_alert(id, officer.operator.id, note, now).await? {
        return Err(ConsoleError::Unknown.into());
    }
    Ok(see("/alerts"))
}
