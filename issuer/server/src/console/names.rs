//! Who and what acts are about, as officers know them: by name, with the number the records use beside it.

use std::collections::{HashMap, HashSet};

use absah_types::Nik;

use super::Console;
use super::error::Fail;
use crate::commands::counters::registration;
use crate::store::Counter;

/// A number of somebody as it stands where only people are told apart: its end.
pub(super) fn short(nik: Nik) -> String {
    format!("…{}", nik.to_string().get(12..).unwrap_or_default())
}

/// The names of operators and counters.
pub(super) struct Names {
    operators: HashMap<i64, String>,
    counters: HashMap<String, String>,
    closed: HashSet<i64>,
}

impl Names {
    pub(super) async fn load(console: &Console) -> Result<Self, Fail> {
        let operators = console.store().operators().await?;
        let closed = operators.iter().filter(|one| one.disabled_at.is_some()).map(|one| one.id).collect();
        let operators = operators.into_iter();
        let counters = console.store().counters().await?.into_iter();
        let place = |counter: Counter| {
            let told = registration(&counter.jwt);
            let told = told.map(|told| format!("{}, {}", told.agency, told.place)).unwrap_or_default();
            (counter.registration_id, told)
        };
        Ok(Self {
            operators: operators.map(|one| (one.id, format!("{} ({})", one.name, one.login))).collect(),
            counters: counters.map(place).collect(),
            closed,
        })
    }

    pub(super) fn operator(&self, id: i64) -> String {
        format!("#{id} {}", self.operators.get(&id).map_or("", String::as_str))
    }

    /// Whether the account was closed.
    pub(super) fn is_closed(&self, id: i64) -> bool {
        self.closed.contains(&id)
    }

    /// An officer as the ledger and people's histories have it ("pendaftar 3"), with the name.
    pub(super) fn of_public(&self, public: &str) -> String {
        let id = public.rsplit(' ').next().and_then(|id| id.parse().ok());
        match id.and_then(|id: i64| self.operators.get(&id)) {
            Some(name) => format!("{name}, {public}"),
            None => public.to_owned(),
        }
    }

    pub(super) fn counter(&self, registration: &str) -> String {
        format!("{} ({registration})", self.counters.get(registration).map_or("", String::as_str))
    }
}
