//! The signed list of changes as people read it: who may sign in, what was erased early, whose key was handed out.

use std::collections::BTreeSet;

use absah_types::Timestamp;
use absah_verifier_core::evidence::{Change, What};

use crate::app::App;
use crate::error::Failure;

/// A change, and whether it gave somebody who was there already another PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) change: Change,
    is_reset: bool,
}

impl Told {
    /// The id of what is said of it.
    pub(crate) fn text(&self) -> String {
        let reset = if self.is_reset { "-reset" } else { "" };
        format!("counter-change-{}{reset}", self.change.what.as_str())
    }
}

/// Tells first enrolments from new PINs, by what the list says before.
fn told(changes: Vec<Change>) -> Vec<Told> {
    let mut there = BTreeSet::new();
    let one = |change: Change| {
        let is_reset = match change.what {
            What::Officer | What::Supervisor => !there.insert(change.name.clone()),
            What::Removed => {
                there.remove(&change.name);
                false
            }
            What::Erased | What::Key | What::Camera => false,
        };
        Told { change, is_reset }
    };
    changes.into_iter().map(one).collect()
}

impl App {
    /// All changes of this counter, oldest first, as they are told.
    ///
    /// # Errors
    /// As [`App::changes`].
    pub(crate) async fn told_changes(&self) -> Result<Vec<Told>, Failure> {
        Ok(told(self.changes().await?))
    }

    /// Those since a moment, newest first.
    ///
    /// # Errors
    /// As [`App::changes`].
    pub(crate) async fn changes_since(&self, since: Timestamp) -> Result<Vec<Told>, Failure> {
        let all = self.told_changes().await?;
        Ok(all.into_iter().rev().filter(|told| told.change.at >= since).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pin_is_told_from_a_new_officer() {
        let change = |what, name: &str| Change {
            number: 1,
            previous: String::new(),
            what,
            name: name.to_owned(),
            by: String::new(),
            reason: String::new(),
            at: Timestamp::from_unix(0),
        };
        let list = [
            (What::Supervisor, "Pak Lurah", "supervisor"),
            (What::Officer, "Bu Sri", "officer"),
            (What::Officer, "Bu Sri", "officer-reset"),
            (What::Supervisor, "Bu Sri", "supervisor-reset"),
            (What::Removed, "Bu Sri", "removed"),
            (What::Officer, "Bu Sri", "officer"),
            (What::Erased, "b-1", "erased"),
            (What::Key, "b-1", "key"),
        ];
        let said = told(list.iter().map(|(what, name, _)| change(*what, name)).collect());
        let texts: Vec<String> = said.iter().map(Told::text).collect();
        assert_eq!(texts, list.map(|(_, _, text)| format!("counter-change-{text}")));
    }
}
