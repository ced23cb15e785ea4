//! `ledger audit`: the logs of an issuer as an outsider sees them.

use std::path::Path;
use std::time::Duration;

use absah_fetch::{Addresses, Fetcher, Limits};
use absah_host::{Console, Exit, Mode, Reach, read_file, write_atomic};
use absah_ledger::note::NoteKey;
use absah_ledger::{Finding, Freshness, LeafClass, LedgerPolicy, Report};
use absah_types::{Coded as _, HttpsUrl, Seconds, base64url};
use serde_json::{Value, json};

use super::ledger_log::LedgerArgsError;
use super::{Desk, Failure, Outcome};
use crate::ledger::outside::{self, OutsideError, Times};

/// The largest policy file read.
const MOST_BYTES: u64 = 64 << 10;

/// What is to be audited, and how.
pub(super) struct Asked<'a> {
    pub(super) url: &'a str,
    /// Only this log.
    pub(super) only: Option<&'a str>,
    /// Whose signatures count, instead of the site's own word.
    pub(super) policy: Option<&'a Path>,
    pub(super) max_age: Seconds,
    /// A person has confirmed what the site changed of its own word.
    pub(super) accept_change: bool,
}

pub(super) fn run(asked: &Asked<'_>, desk: &mut Desk<'_>) -> Outcome {
    let Asked { only, policy, max_age, accept_change, .. } = *asked;
    let times = Times { now: desk.context.clock.now(), max_age };
    let dev = desk.reach == Reach::DevLoopback;
    let parse = |text: &str| if dev { HttpsUrl::parse_dev(text) } else { HttpsUrl::parse(text) }.ok();
    let url = &site(&parse(asked.url).ok_or(OutsideError::Address)?)?;
    let addresses = if dev { Addresses::DevLoopback } else { Addresses::PublicOnly };
    let limits = Limits { total: Duration::from_secs(60), ..Limits::default() };
    let memory = desk.dir.join("audited");
    std::fs::create_dir_all(&memory).map_err(|_| crate::ledger::LedgerError::File)?;
    let own_policy = policy
        .map(|file| LedgerPolicy::from_json(&read_file(file, MOST_BYTES)?).map_err(Failure::from))
        .transpose()?;
    let console = &mut desk.context.console;
    super::runtime()?.block_on(async {
        let fetcher = Fetcher::new(limits, addresses)?;
        let self_declared = own_policy.is_none();
        let (policy, changed) = match own_policy {
            Some(policy) => (policy, None),
            None => {
                let policy = outside::own_policy(&fetcher, url, parse).await?;
                let changed = remembered_policy(&memory, url, &policy, accept_change)?;
                (policy, changed)
            }
        };
        let mut told = Told { gravest: None, logs: Vec::new(), failure: None };
        told.saw(changed.clone());
        if let (Some(finding), false) = (&changed, console.json()) {
            console.line(&format!("{}: {finding}", finding.code()));
        }
        for log in policy.logs.iter().filter(|log| only.is_none_or(|only| only == log.name)) {
            let key = NoteKey::parse(&log.vkey)?;
            // The site that was named is audited, whatever the policy says of its address.
            let prefix = format!("{url}/ledger/{}", log.name);
            let file = memory.join(format!("{}-{}", log.name, absah_types::hex::encode(key.id())));
            match outside::audit(&fetcher, &prefix, &key, &policy, &file, times, parse).await {
                Ok(report) => told.report(&log.name, &report, &policy, max_age, console),
                Err(error) => told.failed(&log.name, error, console),
            }
        }
        if told.logs.is_empty() {
            return Err(LedgerArgsError::UnknownLog.into());
        }
        if self_declared {
            console.notice(&console.text("ledger-self-declared"));
        }
        told.end(self_declared, changed.as_ref(), console)
    })
}

/// A site by one name, however its address is spelled: `HTTPS://Host:443/` is `https://host`. What is remembered of it
/// must not depend on that.
fn site(url: &HttpsUrl) -> Result<String, OutsideError> {
    let is_plain = url.url().query().is_none();
    is_plain
        .then(|| format!("{}{}", url.origin(), url.path().trim_end_matches('/')))
        .ok_or(OutsideError::Address)
}

/// What the audits of all logs came to.
struct Told {
    /// The gravest finding so far.
    gravest: Option<Finding>,
    logs: Vec<Value>,
    /// A log that could not be audited: told at the end, so that it hides nothing graver.
    failure: Option<OutsideError>,
}

impl Told {
    fn saw(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding
            && self.gravest.as_ref().is_none_or(|known| finding.rank() < known.rank())
        {
            self.gravest = Some(finding);
        }
    }

    fn report(
        &mut self,
        name: &str,
        report: &Report,
        policy: &LedgerPolicy,
        max_age: Seconds,
        console: &mut Console,
    ) {
        if !console.json() {
            for finding in &report.findings {
                let path = finding.path().map(|path| format!(" {path}")).unwrap_or_default();
                console.line(&format!("{name}: {}{path}: {finding}", finding.code()));
            }
            let line = summary(name, report, policy, console);
            console.line(&line);
        }
        self.saw(report.findings.first().cloned());
        self.logs.push(as_json(name, report, policy, max_age));
    }

    fn failed(&mut self, name: &str, error: OutsideError, console: &mut Console) {
        if !console.json() {
            console.line(&format!("{name}: {}: {error}", error.code()));
        }
        let finding = json!({ "code": error.code(), "file": null, "message": error.to_string() });
        self.logs.push(json!({ "log": name, "final": false, "findings": [finding] }));
        match error {
            OutsideError::Log(finding) => self.saw(Some(finding)),
            other => {
                self.failure.get_or_insert(other);
            }
        }
    }

    fn end(self, self_declared: bool, changed: Option<&Finding>, console: &mut Console) -> Outcome {
        // A site that answers half of the questions does not hide what is wrong with the other half.
        let is_grave = self.gravest.as_ref().is_some_and(|finding| finding.rank() <= GRAVE);
        if let (Some(failure), false) = (self.failure, is_grave) {
            return Err(failure.into());
        }
        if console.json() {
            let code = self.gravest.as_ref().map_or("ok", |finding| finding.code());
            let change = changed.map(ToString::to_string);
            console.answer(&json!({
                "code": code,
                "policy_self_declared": self_declared,
                "policy_change": change,
                "logs": self.logs,
            }));
            return Ok(if self.gravest.is_some() { Exit::Refused } else { Exit::Ok });
        }
        match self.gravest {
            Some(finding) => Err(OutsideError::Log(finding).into()),
            None => Ok(Exit::Ok),
        }
    }
}

/// The last [`Finding::rank`] that speaks of what was altered, hidden or exchanged.
const GRAVE: u8 = 3;

/// Compares what a site says of itself with what it said last, and remembers it unless it became another or weaker.
fn remembered_policy(
    memory: &Path,
    url: &str,
    policy: &LedgerPolicy,
    accept_change: bool,
) -> Result<Option<Finding>, Failure> {
    let site = absah_crypto::sha256(url.as_bytes());
    let file = memory.join(format!("policy-{}.json", absah_types::hex::encode(site)));
    // One that cannot be read was never written by us: it does not make anything accepted.
    let before = match read_file(&file, MOST_BYTES) {
        Ok(bytes) => Some(LedgerPolicy::from_json(&bytes)?),
        Err(absah_host::FileError::Missing { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let change = before.and_then(|before| policy.change_since(&before));
    if let (Some(change), false) = (change, accept_change) {
        return Ok(Some(Finding::PolicyChanged { change }));
    }
    write_atomic(&file, &policy.to_json(), Mode::Private)?;
    Ok(None)
}

fn classes(report: &Report) -> Value {
    let counted = report.classes.iter().map(|(class, count)| (class.name().to_owned(), json!(count)));
    Value::Object(counted.collect())
}

/// When the witnesses vouched, and how long ago.
pub(super) fn vouched(freshness: Freshness) -> (Option<String>, Option<i64>) {
    match freshness {
        Freshness::Vouched { at, age, .. } => (Some(at.to_string()), Some(age.0)),
        Freshness::Unwitnessed | Freshness::Uncosigned => (None, None),
    }
}

fn as_json(name: &str, report: &Report, policy: &LedgerPolicy, max_age: Seconds) -> Value {
    let (cosigned_at, age) = vouched(report.freshness);
    let finding = |finding: &absah_ledger::Finding| json!({ "code": finding.code(), "file": finding.path(), "message": finding.to_string() });
    json!({
        "log": name,
        "origin": report.checkpoint.origin,
        "size": report.checkpoint.size,
        "root": base64url::encode(report.checkpoint.root),
        "classes": classes(report),
        "cosigned_by": report.cosigned.by,
        "quorum": policy.quorum,
        "final": policy.is_final(&report.cosigned),
        "witnessed": !policy.is_unwitnessed(),
        "cosigned_at": cosigned_at,
        "age_s": age,
        "max_age_s": max_age.0,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn summary(name: &str, report: &Report, policy: &LedgerPolicy, console: &Console) -> String {
    let class = |(class, count): (&LeafClass, &u64)| {
        format!("{} {count}", console.text(&format!("leaf-{}", class.name())))
    };
    let counted: Vec<String> = report.classes.iter().map(class).collect();
    let counted_all = count_of(name, report.checkpoint.size, console);
    let (by, quorum) = (report.cosigned.by.len().to_string(), policy.quorum.to_string());
    let witnesses = console.text_with("ledger-cosigned", &[("count", &by), ("quorum", &quorum)]);
    let at = match report.freshness {
        Freshness::Vouched { at, .. } => {
            format!(", {}", console.text_with("ledger-vouched", &[("at", &at.to_string())]))
        }
        Freshness::Unwitnessed | Freshness::Uncosigned => String::new(),
    };
    format!("{counted_all} ({}), {witnesses}{at}", counted.join(", "))
}

/// How many witnesses there are and how many are needed, in words.
pub(super) fn witnesses_of(count: usize, quorum: u32, console: &Console) -> String {
    let (count, quorum) = (count.to_string(), quorum.to_string());
    console.text_with("ledger-witnesses", &[("count", &count), ("quorum", &quorum)])
}

/// How many entries a log has, in words.
pub(super) fn count_of(log: &str, count: u64, console: &Console) -> String {
    console.text_with("ledger-leaves", &[("log", log), ("count", &count.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_one_name_however_it_is_spelled() {
        let of = |text: &str| site(&HttpsUrl::parse_dev(text).unwrap());
        for text in ["https://host.example", "HTTPS://Host.Example:443/", "https://host.example//"] {
            assert_eq!(of(text), Ok("https://host.example".to_owned()), "{text}");
        }
        assert_eq!(of("https://host.example:8443/A/"), Ok("https://host.example:8443/A".to_owned()));
        assert_eq!(of("http://LOCALHOST:80"), Ok("http://localhost".to_owned()));
        assert_eq!(of("https://host.example/?a"), Err(OutsideError::Address));
    }
}
