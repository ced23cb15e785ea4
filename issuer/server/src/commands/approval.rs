//! `approval list`, `approval withdraw`: acts that wait for a second person.

use absah_host::Exit;
use absah_types::{Timestamp, coded};
use serde_json::{Value, json};

use super::local_acts::name_of;
use super::{Desk, Outcome, person, who};
use crate::store::{Decided, FourEyesAct};
use absah_issuer_core::operator::four_eyes::Body;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists the acts that wait for a second person.
    List,
    /// Takes one back that was filed at this machine; nobody agrees to it afterwards.
    Withdraw {
        /// Its number.
        id: i64,
    },
}

/// There is nothing to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalError {
    /// No act of that number that was filed at the machine waits.
    Unknown,
}

impl core::fmt::Display for ApprovalError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no such act filed at the machine waits")
    }
}

impl core::error::Error for ApprovalError {}

coded! { ApprovalError { Unknown => ("approval-unknown", User) } }

/// Acts that one list shows.
const MOST: u32 = 1000;

/// What it is, without anybody's number.
fn named(act: &FourEyesAct) -> String {
    match &act.body {
        Body::Command { words, .. } => name_of(words),
        body => body.name().to_owned(),
    }
}

fn as_json(act: &FourEyesAct) -> Value {
    json!({
        "id": act.id,
        "act": named(act),
        "made_at": act.made_at.to_string(),
        "operator": act.proposer.map(|(operator, _)| operator),
        "user": act.user,
        "reason": act.reason,
    })
}

pub(super) fn run(command: &Command, reason: Option<&str>, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::List => list(desk),
        Command::Withdraw { id } => withdraw(*id, reason, desk),
    }
}

fn list(desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let now: Timestamp = context.clock.now();
        let acts = store.acts_that_wait((0, MOST), now).await?;
        let console = &mut context.console;
        if console.json() {
            console.answer(&acts.iter().map(as_json).collect::<Vec<_>>());
            return Ok(Exit::Ok);
        }
        for act in &acts {
            let by = act.user.clone().or(act.proposer.map(|(operator, _)| format!("#{operator}")));
            let by = by.unwrap_or_else(|| "-".to_owned());
            console.line(&format!("#{} {} {} {by}: {}", act.id, act.made_at, named(act), act.reason));
        }
        Ok(Exit::Ok)
    })
}

/// It only ends something, so nobody need agree; what was done, by whom and why is on record.
fn withdraw(id: i64, reason: Option<&str>, desk: &mut Desk<'_>) -> Outcome {
    let reason = reason.map(person::purpose).transpose()?;
    let user = who::user(&desk.context.env);
    desk.with_store(async |store, context| {
        let taken = absah_schemas::text(absah_types::Lang::Id, "console-taken-back").unwrap_or_default();
        let note = reason.map_or(taken, str::to_owned);
        match store.withdraw_act(id, (user, note), context.clock.now()).await? {
            Decided::Done(_) => {}
            Decided::Gone | Decided::Overtaken(_) => return Err(ApprovalError::Unknown.into()),
        }
        if context.console.json() {
            context.console.answer(&json!({ "id": id, "state": "refused" }));
        } else {
            let said = context.console.text_with("approval-withdrawn", &[("id", &id.to_string())]);
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
