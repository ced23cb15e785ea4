//! `ledger …`: audit from outside, proofs, witnesses, erasure, reconciliation.

use std::path::PathBuf;

use absah_host::{Console, Exit, Reach, SettingsError};
use absah_issuer_core::ports::{KeyStore as _, SecretRole};
use absah_ledger::Checkpoint;
use absah_ledger::note::{Algorithm, NoteKey};
use absah_types::{Coded as _, HttpsUrl, Nik, Seconds, Timestamp, base64url, coded};
use serde_json::{Value, json};

use super::{Desk, Failure, Outcome, person};
use crate::ledger::prove::Prover;
use crate::ledger::seal::{Log, open_for_auditors, opened};
use crate::ledger::signer;
use crate::store::{ClassReport, Erased, ReconcileReport, Retention, SqliteStore};

/// Events listed at most.
const MOST_EVENTS: u32 = 10_000;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Audits the logs of an issuer as an outsider: every file fetched and hashed again, every signature checked.
    Audit {
        /// The issuer's public URL.
        url: String,
        /// Only this log: audit or registry.
        #[arg(long)]
        log: Option<String>,
        /// Whose signatures count (ledger.json of a trust bundle); without it the site's own word is taken and said so.
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// How many hours ago enough witnesses must have vouched for the newest checkpoint.
        #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u16).range(1..))]
        max_age: u16,
        /// The site now names other log keys, other witnesses or needs fewer: accepted, once you have asked.
        #[arg(long, conflicts_with = "policy")]
        accept_policy_change: bool,
    },
    /// Tells how the logs stand: what waits, what is final, how long ago the witnesses vouched, what fails.
    Status,
    /// Prints the proof that an entry stands in a log, with its cosigned checkpoint (C2SP tlog-proof).
    Prove {
        /// The entry's index.
        #[arg(required_unless_present = "event")]
        index: Option<u64>,
        /// The event's id instead.
        // One id in 64 begins with a hyphen.
        #[arg(long, value_name = "ID", conflicts_with = "index", allow_hyphen_values = true)]
        event: Option<String>,
        /// Which log.
        #[arg(long, default_value = "audit")]
        log: String,
    },
    /// Lists the events of a person; the person can see that you looked.
    Show {
        /// Whose.
        #[arg(long, value_name = "NIK")]
        nik: String,
        /// What for; you leave an entry yourself.
        #[arg(long, value_name = "TEXT")]
        purpose: String,
    },
    /// Erases an event for ever once its retention (`audit_retention_days`) is over; its leaf stays and the log still
    /// verifies. Once officers work at the console, a second one must approve it there first.
    Erase {
        /// The event's id.
        // One id in 64 begins with a hyphen.
        #[arg(allow_hyphen_values = true)]
        event: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Counts acts against leaves: none without the other.
    Reconcile,
    /// Prints the keys of the logs, for witnesses and auditors.
    Keys,
    /// The agencies that co-sign.
    #[command(subcommand)]
    Witness(WitnessCommand),
    /// Sets how many witnesses make a checkpoint final.
    Quorum {
        /// How many.
        count: u32,
    },
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum WitnessCommand {
    /// Names a witness, or gives one another address.
    Add {
        /// Where it is asked.
        url: String,
        /// Its key, as `absah-witness init` prints it.
        vkey: String,
    },
    /// Strikes a witness off.
    Remove {
        /// The name of its key.
        name: String,
    },
    /// Lists the witnesses and what they last did.
    List,
}

/// A command about the ledger makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerArgsError {
    /// There is no such log.
    UnknownLog,
    /// There is no such entry, or it is not in a log yet.
    UnknownEntry,
    /// There is no such witness.
    UnknownWitness,
    /// The key is none of a witness.
    WitnessKey,
    /// Another witness or a log has this key or name: two voices of one mouth.
    WitnessTaken,
    /// As many witnesses as a policy can hold are named already.
    TooManyWitnesses,
    /// More witnesses than there are.
    Quorum,
    /// None of the witnesses that there are.
    QuorumZero,
    /// The event must be kept longer.
    TooEarly,
    /// Acts and leaves do not match: leaves are missing.
    LeafMissing,
    /// Acts and leaves do not match: acts are missing.
    ActionMissing,
    /// Events are gone that were on record.
    EventGone,
    /// Events are not what their leaves say.
    EventAltered,
}

impl core::fmt::Display for LedgerArgsError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::UnknownLog => "no such log",
            Self::UnknownEntry => "no such entry",
            Self::UnknownWitness => "no such witness",
            Self::WitnessKey => "no key of a witness",
            Self::WitnessTaken => "key or name of the witness in use",
            Self::TooManyWitnesses => "no more witnesses fit",
            Self::Quorum => "quorum above the number of witnesses",
            Self::QuorumZero => "quorum of none while there are witnesses",
            Self::TooEarly => "event must be kept longer",
            Self::LeafMissing => "an act has no leaf",
            Self::ActionMissing => "a leaf has no act",
            Self::EventGone => "an event is gone",
            Self::EventAltered => "an event is not what its leaf says",
        })
    }
}

impl core::error::Error for LedgerArgsError {}

coded! { LedgerArgsError {
    UnknownLog => ("ledger-name-unknown", User),
    UnknownEntry => ("ledger-entry-unknown", User),
    UnknownWitness => ("witness-unknown", User),
    WitnessKey => ("witness-key-malformed", User),
    WitnessTaken => ("witness-key-taken", User),
    TooManyWitnesses => ("witness-too-many", User),
    Quorum => ("quorum-too-high", User),
    QuorumZero => ("quorum-zero", User),
    TooEarly => ("ledger-erase-too-early", User),
    LeafMissing => ("ledger-leaf-missing", Environment),
    ActionMissing => ("ledger-action-missing", Environment),
    EventGone => ("ledger-event-gone", Environment),
    EventAltered => ("ledger-event-altered", Environment),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Audit { url, log, policy, max_age, accept_policy_change } => {
            let asked = super::ledger_audit::Asked {
                url,
                only: log.as_deref(),
                policy: policy.as_deref(),
                max_age: Seconds::hours((*max_age).into()),
                accept_change: *accept_policy_change,
            };
            super::ledger_audit::run(&asked, desk)
        }
        Command::Status => super::ledger_status::run(desk),
        Command::Prove { index, event, log } => prove(*index, event.as_deref(), log, desk),
        Command::Show { nik, purpose } => show(nik, purpose, desk),
        Command::Erase { event, reason } => erase(event, reason, desk),
        Command::Reconcile => reconcile(desk),
        Command::Keys => keys(desk),
        Command::Witness(command) => witness(command, desk),
        Command::Quorum { count } => quorum(*count, desk),
    }
}

fn event_id(text: &str) -> Result<[u8; 16], Failure> {
    Ok(base64url::decode_array::<16>(text.trim()).map_err(|_| LedgerArgsError::UnknownEntry)?)
}

fn prove(index: Option<u64>, event: Option<&str>, log: &str, desk: &mut Desk<'_>) -> Outcome {
    let log = Log::of_name(log).ok_or(LedgerArgsError::UnknownLog)?;
    let event = event.map(event_id).transpose()?;
    let data = desk.dir.path().to_owned();
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        crate::ledger::sequence(store, keys.as_ref(), context.clock.now()).await?;
        let found = match (index, event) {
            (Some(index), _) => store.event_at(log, index).await?,
            (None, Some(id)) => store.event(&id).await?,
            (None, None) => None,
        };
        let found = found.ok_or(LedgerArgsError::UnknownEntry)?;
        let position = found.position.ok_or(LedgerArgsError::UnknownEntry)?;
        let prover = Prover::of(store, &data, found.log).await?;
        let proof = prover.prove(position)?.ok_or(LedgerArgsError::UnknownEntry)?;
        let key = signer(keys.as_ref(), found.log)?;
        let checkpoint: Checkpoint = proof.check(&found.leaf.hash(), key.public())?;
        if context.console.json() {
            context.console.answer(&json!({
                "log": found.log.name(),
                "index": position,
                "size": checkpoint.size,
                "leaf": base64url::encode(found.leaf.to_bytes()),
                "proof": proof.to_string(),
            }));
        } else {
            context.console.line(proof.to_string().trim_end());
        }
        Ok(Exit::Ok)
    })
}

fn show(nik: &str, purpose: &str, desk: &mut Desk<'_>) -> Outcome {
    let nik = Nik::parse(nik.trim())?;
    let why = person::purpose(purpose)?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let looked = crate::ledger::seal::Event::local(
            context.clock.now(),
            absah_issuer_core::ports::ActKind::PersonView,
            Some(nik),
            "events",
        );
        store.note(looked.for_purpose(why)).await?;
        let mut listed = Vec::new();
        for found in store.events_of(nik, MOST_EVENTS).await? {
            let epoch_id = found.epoch.unwrap_or_default();
            let epoch = store.epoch(&epoch_id).await?.unwrap_or_default();
            let auditors = keys.secret(SecretRole::Auditors);
            let event = match found.log {
                Log::Audit => open_for_auditors(auditors, (&epoch_id, &epoch), &found.stored)?,
                Log::Registry => opened(found.stored.stored.as_deref().unwrap_or_default())?,
            };
            let event: Value = serde_json::from_slice(&event.event).unwrap_or_default();
            listed.push(json!({ "log": found.log.name(), "index": found.position, "event": event }));
        }
        if context.console.json() {
            context.console.answer(&listed);
        } else {
            for entry in &listed {
                context.console.line(&entry.to_string());
            }
        }
        Ok(Exit::Ok)
    })
}

fn erase(event: &str, reason: &str, desk: &mut Desk<'_>) -> Outcome {
    let id = event_id(event)?;
    let reason = person::purpose(reason)?;
    let days = desk.settings.number("audit_retention_days", None)?.unwrap_or(Retention::FLOOR_DAYS);
    let retention = Retention::days(days)
        .ok_or_else(|| SettingsError::Value { key: "audit_retention_days".to_owned() })?;
    desk.with_store(async |store, context| {
        match store.erase_event(id, reason, retention, context.clock.now()).await? {
            Erased::Gone => {}
            Erased::Unknown => return Err(LedgerArgsError::UnknownEntry.into()),
            Erased::TooEarly(first) => return Ok(too_early(first, &mut context.console)),
        }
        if context.console.json() {
            context.console.answer(&json!({ "erased": event }));
        }
        Ok(Exit::Ok)
    })
}

/// Refuses, and names the first day on which it would not.
fn too_early(first: Timestamp, console: &mut Console) -> Exit {
    let code = LedgerArgsError::TooEarly.code();
    let day = first.date().to_string();
    let message = format!("{} {day} (UTC).", console.text(&format!("err-{code}")));
    let remedy = console.text(&format!("rec-{code}"));
    if console.json() {
        console.answer(&json!({
            "error": { "code": code, "message": message, "remedy": remedy },
            "first_day": day,
        }));
    } else {
        console.notice(&format!("{message} [{code}]"));
        console.notice(&remedy);
    }
    Exit::Refused
}

fn reconcile(desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        crate::ledger::sequence(store, keys.as_ref(), context.clock.now()).await?;
        let report = store.reconcile().await?;
        let leaves: serde_json::Map<String, Value> =
            report.leaves.iter().map(|(log, count)| ((*log).to_owned(), json!(count))).collect();
        let failed = match (report.leaf_missing(), report.action_missing()) {
            (0, 0) if report.events_gone > 0 => Some(LedgerArgsError::EventGone),
            (0, 0) if report.events_altered > 0 => Some(LedgerArgsError::EventAltered),
            (0, 0) => None,
            (0, _) => Some(LedgerArgsError::ActionMissing),
            _ => Some(LedgerArgsError::LeafMissing),
        };
        if context.console.json() {
            context.console.answer(&json!({
                "code": failed.map_or("ok", |failed| failed.code()),
                "leaves": leaves,
                "waiting": report.waiting,
                "issued": report.issued,
                "leaf_missing": report.leaf_missing(),
                "action_missing": report.action_missing(),
                "events_gone": report.events_gone,
                "events_altered": report.events_altered,
                "classes": by_class(&report),
            }));
            return Ok(if failed.is_some() { Exit::Refused } else { Exit::Ok });
        }
        for (log, count) in &report.leaves {
            let line = super::ledger_audit::count_of(log, *count, &context.console);
            context.console.line(&line);
        }
        for (class, of) in report.classes.iter().filter(|(_, of)| of.leaf_missing + of.action_missing > 0) {
            let class = context.console.text(&format!("leaf-{}", class.name()));
            let (acts, leaves) = (of.leaf_missing.to_string(), of.action_missing.to_string());
            let values = [("class", class.as_str()), ("acts", &acts), ("leaves", &leaves)];
            let line = context.console.text_with("ledger-torn", &values);
            context.console.line(&line);
        }
        let (gone, altered) = (report.events_gone.to_string(), report.events_altered.to_string());
        if report.events_gone + report.events_altered > 0 {
            let values = [("gone", gone.as_str()), ("altered", altered.as_str())];
            let line = context.console.text_with("ledger-events-torn", &values);
            context.console.line(&line);
        }
        match failed {
            Some(failed) => Err(failed.into()),
            None => {
                let verdict = context.console.text("ledger-reconciled");
                context.console.line(&verdict);
                Ok(Exit::Ok)
            }
        }
    })
}

/// Acts of each class against its leaves.
fn by_class(report: &ReconcileReport) -> Value {
    let of = |of: &ClassReport| {
        json!({
            "acts": of.acts,
            "leaves": of.leaves,
            "leaf_missing": of.leaf_missing,
            "action_missing": of.action_missing,
        })
    };
    report.classes.iter().map(|(class, counted)| (class.name().to_owned(), of(counted))).collect()
}

fn keys(desk: &mut Desk<'_>) -> Outcome {
    let keys = desk.keys()?;
    let mut listed = serde_json::Map::new();
    for log in Log::ALL {
        listed.insert(log.name().to_owned(), json!(signer(keys.as_ref(), log)?.public().to_string()));
    }
    let console = &mut desk.context.console;
    if console.json() {
        console.answer(&listed);
    } else {
        for (name, vkey) in &listed {
            console.line(&format!("{name} {}", vkey.as_str().unwrap_or_default()));
        }
    }
    Ok(Exit::Ok)
}

fn witness(command: &WitnessCommand, desk: &mut Desk<'_>) -> Outcome {
    match command {
        WitnessCommand::Add { url, vkey } => {
            let key = NoteKey::parse(vkey.trim()).map_err(|_| LedgerArgsError::WitnessKey)?;
            if key.algorithm() != Algorithm::CosignatureV1 {
                return Err(LedgerArgsError::WitnessKey.into());
            }
            let dev = desk.reach == Reach::DevLoopback;
            let url = if dev { HttpsUrl::parse_dev(url) } else { HttpsUrl::parse(url) }?;
            let keys = desk.keys()?;
            desk.with_store(async |store, context| {
                let now = context.clock.now();
                for witness in store.witnesses().await?.0 {
                    let other = NoteKey::parse(&witness.vkey)?;
                    if other.name() != key.name() && other.key() == key.key() {
                        return Err(LedgerArgsError::WitnessTaken.into());
                    }
                }
                for log in Log::ALL {
                    let own = signer(keys.as_ref(), log)?;
                    if own.public().name() == key.name() || own.public().key() == key.key() {
                        return Err(LedgerArgsError::WitnessTaken.into());
                    }
                }
                if !store.add_witness(key.name(), &key.to_string(), url.as_str(), now).await? {
                    return Err(LedgerArgsError::TooManyWitnesses.into());
                }
                list_witnesses(store, context).await
            })
        }
        WitnessCommand::Remove { name } => desk.with_store(async |store, context| {
            if !store.remove_witness(name, context.clock.now()).await? {
                return Err(LedgerArgsError::UnknownWitness.into());
            }
            list_witnesses(store, context).await
        }),
        WitnessCommand::List => desk.with_store(list_witnesses),
    }
}

async fn list_witnesses(store: &SqliteStore, context: &mut absah_host::Context) -> Outcome {
    let (witnesses, quorum) = store.witnesses().await?;
    let listed: Vec<Value> = witnesses
        .iter()
        .map(|witness| {
            let fault = witness.fault.as_ref();
            json!({
                "name": witness.name,
                "url": witness.url,
                "vkey": witness.vkey,
                "fault": fault.map(|(code, _)| code),
                "fault_at": fault.map(|(_, at)| at.to_string()),
            })
        })
        .collect();
    if context.console.json() {
        context.console.answer(&json!({ "witnesses": listed, "quorum": quorum }));
    } else {
        for witness in &witnesses {
            let fault = witness.fault.as_ref().map_or("-", |(code, _)| code);
            context.console.line(&format!("{} {} {fault}", witness.name, witness.url));
        }
        let line = super::ledger_audit::witnesses_of(witnesses.len(), quorum, &context.console);
        context.console.line(&line);
    }
    Ok(Exit::Ok)
}

fn quorum(count: u32, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        if !store.set_quorum(count, context.clock.now()).await? {
            let wrong = if count == 0 { LedgerArgsError::QuorumZero } else { LedgerArgsError::Quorum };
            return Err(wrong.into());
        }
        list_witnesses(store, context).await
    })
}
