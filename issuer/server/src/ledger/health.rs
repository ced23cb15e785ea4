//! Whether the ledger's writer does its work: told in the log, in `ledger status` and in the metrics.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use absah_host::{Log, Mode, read_text, write_atomic};
use absah_types::{Coded, Timestamp, rfc3339};
use serde::{Deserialize, Serialize};

/// Where commands find it in the data directory.
const FILE: &str = "ledger-health.json";

/// A step that fails, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The code of what is wrong.
    pub code: String,
    /// When it began to be wrong.
    #[serde(with = "rfc3339")]
    pub since: Timestamp,
}

/// What fails now, by step: `sequence`, `publish-audit`, `witness-registry` and so on. Cheap to clone.
#[derive(Clone)]
pub struct Health {
    troubles: Arc<Mutex<BTreeMap<&'static str, Trouble>>>,
    file: PathBuf,
    log: Log,
}

impl core::fmt::Debug for Health {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Health").field(&self.troubles).finish()
    }
}

impl Health {
    /// All is well so far.
    #[must_use]
    pub fn new(data: &Path, log: Log) -> Self {
        let health = Self { troubles: Arc::default(), file: data.join(FILE), log };
        health.keep(&BTreeMap::new());
        health
    }

    /// Takes note of how a step ended. Each trouble is logged once when it begins and once when it ends: a step is tried
    /// again five times a second.
    pub fn saw<T, E: Coded>(&self, step: &'static str, result: Result<T, E>, now: Timestamp) -> Option<T> {
        let mut troubles = self.troubles.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok(value) => {
                if troubles.remove(step).is_some() {
                    self.log.line(&format!("{now} ledger {step} ok"));
                    self.keep(&troubles);
                }
                Some(value)
            }
            Err(error) => {
                let code = error.code();
                if troubles.get(step).is_none_or(|trouble| trouble.code != code) {
                    troubles.insert(step, Trouble { code: code.to_owned(), since: now });
                    self.log.line(&format!("{now} ledger {step} {code}"));
                    self.keep(&troubles);
                }
                None
            }
        }
    }

    /// What fails now.
    #[must_use]
    pub fn troubles(&self) -> BTreeMap<&'static str, Trouble> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, troubles: &BTreeMap<&'static str, Trouble>) {
        let text = serde_json::to_string(troubles).unwrap_or_default();
        // Where the disk is the trouble, the log line is what is left.
        let _ = write_atomic(&self.file, text.as_bytes(), Mode::Private);
    }
}

/// What the writer of a data directory said last.
#[must_use]
pub fn told(data: &Path) -> BTreeMap<String, Trouble> {
    let text = read_text(&data.join(FILE), 64 << 10).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::LedgerError;
    use absah_host::Console;
    use absah_types::Lang;

    #[test]
    fn a_trouble_is_told_once_and_its_end_too() {
        let place = tempfile::tempdir().unwrap();
        let (console, captured) = Console::captured(Lang::Id);
        let health = Health::new(place.path(), console.log());
        let at = Timestamp::from_unix;
        let failed = || Err::<(), _>(LedgerError::File);
        assert_eq!(health.saw("sequence", Ok::<_, LedgerError>(7), at(0)), Some(7));
        assert!(health.saw("sequence", failed(), at(10)).is_none());
        assert!(health.saw("sequence", failed(), at(20)).is_none());
        let trouble = Trouble { code: "ledger-file-unwritable".to_owned(), since: at(10) };
        assert_eq!(health.troubles(), [("sequence", trouble.clone())].into());
        assert_eq!(told(place.path()), [("sequence".to_owned(), trouble)].into());
        assert_eq!(captured.take_err(), "1970-01-01T00:00:10Z ledger sequence ledger-file-unwritable\n");
        health.saw("sequence", Ok::<_, LedgerError>(()), at(30));
        assert_eq!(captured.take_err(), "1970-01-01T00:00:30Z ledger sequence ok\n");
        assert!(told(place.path()).is_empty() && health.troubles().is_empty());
    }
}
