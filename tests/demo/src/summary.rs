//! What came out, for people on the terminal and for scripts in `summary.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use crate::lan::Phone;
use crate::running::Running;
use crate::{Outcome, Trouble, disk};

/// One decision of the story.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Decision {
    /// The step of the story.
    pub(crate) name: &'static str,
    /// `accepted`, `refused` or `undetermined`.
    pub(crate) decision: String,
    /// The code the program gave.
    pub(crate) code: String,
    /// The code the story expects.
    pub(crate) expected: &'static str,
    /// The decision the story expects.
    pub(crate) wanted: &'static str,
    /// Everything the program printed.
    pub(crate) printed: Value,
}

/// The whole story.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) offline: bool,
    pub(crate) imported: Value,
    pub(crate) bundle: Value,
    /// What the second import said, with the changes of status it made.
    pub(crate) reimported: Value,
    /// What an outsider's audit of the ledger said.
    pub(crate) audit: Value,
    /// Who looked at the bride's record, as her wallet has verified it.
    pub(crate) access: Value,
    /// With `--lan`: what a phone is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone: Option<Phone>,
    pub(crate) decisions: Vec<Decision>,
    /// Pictures by name; the text each must read as stands under the same name in `texts`.
    pub(crate) pictures: BTreeMap<String, PathBuf>,
    pub(crate) texts: BTreeMap<String, String>,
}

impl Summary {
    /// Keeps a picture with the text it was made from.
    pub(crate) fn picture(&mut self, name: &str, picture: &Path, text: &Path) -> Outcome<()> {
        let words = std::fs::read_to_string(text).map_err(|e| disk(text, &e))?;
        self.pictures.insert(name.to_owned(), picture.to_path_buf());
        self.texts.insert(name.to_owned(), words.trim_end().to_owned());
        Ok(())
    }

    pub(crate) fn write(&self, path: &Path, running: &[Running]) -> Outcome<()> {
        let mut value =
            serde_json::to_value(self).map_err(|e| Trouble::new(e.to_string(), "report this defect"))?;
        if let Value::Object(members) = &mut value {
            let by_name = |f: fn(&Running) -> Value| {
                running.iter().map(|r| (r.name.clone(), f(r))).collect::<serde_json::Map<_, _>>()
            };
            members.insert("pids".into(), Value::Object(by_name(|r| json!(r.pid))));
            members.insert("urls".into(), Value::Object(by_name(|r| json!(r.url))));
            members.insert("running".into(), json!(running));
        }
        let text = serde_json::to_string_pretty(&value).unwrap_or_default();
        std::fs::write(path, text + "\n").map_err(|e| disk(path, &e))
    }

    pub(crate) fn print(&self, path: &Path, once: bool) {
        println!();
        for decision in &self.decisions {
            let sign = if decision.holds() { "as it should be" } else { "NOT AS IT SHOULD BE" };
            println!("  {:<22} {} ({}): {sign}", decision.name, decision.decision, decision.code);
        }
        if !self.offline {
            println!(
                "  note: this machine does not let us take the network away (`unshare -rn`); the issuer was stopped."
            );
        }
        println!("\neverything is written down in {}", path.display());
        if !once {
            println!("the programs are left running; `cargo demo --stop` stops them.");
        }
    }

    /// The demo itself fails when the story did not go as it should.
    pub(crate) fn judge(&self) -> Outcome<()> {
        match self.decisions.iter().find(|decision| !decision.holds()) {
            None => Ok(()),
            Some(decision) => Err(Trouble::new(
                format!(
                    "{}: {} ({}), expected {}",
                    decision.name, decision.decision, decision.code, decision.expected
                ),
                "this is a defect of the programs: please report it with summary.json",
            )),
        }
    }
}

impl Decision {
    fn holds(&self) -> bool {
        self.decision == self.wanted && self.code == self.expected
    }
}
