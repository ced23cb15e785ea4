//! Who signed in today: they unlock the shared PC with the PIN alone. In memory: after a new start of the program everybody
//! signs in anew.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use absah_types::{Coded as _, Rng, Seconds, Timestamp};

use super::{Desk, Signed, day_begins};
use crate::error::Failure;
use crate::officers::{OfficerError, Typed};

/// "Re-authenticate ≤ 12 h" (4-trust-and-security.md, operators).
const FULL_WITHIN: Seconds = Seconds::hours(12);
/// Whoever did nothing for so long has left, or the machine has slept.
const REST: Seconds = Seconds::hours(2);

/// A sign-in with everything: PIN and password, or a passkey.
struct Full {
    at: Timestamp,
    /// When the officer last did something.
    active: Timestamp,
    /// By which PIN and password: another from the technician ends it.
    known_by: [u8; 32],
}

impl Full {
    fn holds(&self, now: Timestamp) -> bool {
        let within = |since: Timestamp, longest| (Seconds(0)..=longest).contains(&now.since(since));
        within(self.at, FULL_WITHIN) && within(self.active, REST) && day_begins(now) == day_begins(self.at)
    }
}

/// By the officer's name.
#[derive(Default)]
pub(super) struct Today(BTreeMap<String, Full>);

impl Today {
    /// The officer does something.
    pub(super) fn note(&mut self, name: &str, now: Timestamp) {
        if let Some(full) = self.0.get_mut(name) {
            full.active = now;
        }
    }

    fn unlocks(&self, name: &str, known_by: [u8; 32], now: Timestamp) -> bool {
        self.0.get(name).is_some_and(|full| full.known_by == known_by && full.holds(now))
    }
}

impl Desk {
    /// The officers who unlock with the PIN alone.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn by_pin(&self, now: Timestamp) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for officer in self.app.store().officers().await? {
            if self.unlocks(&officer.name, now).await? {
                names.push(officer.name);
            }
        }
        Ok(names)
    }

    async fn unlocks(&self, name: &str, now: Timestamp) -> Result<bool, Failure> {
        let Some(known_by) = self.app.known_by(name).await? else { return Ok(false) };
        let today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(today.unlocks(name, known_by, now))
    }

    /// Signs an officer in by PIN and password, or by the PIN where that is enough. Too many wrong tries make the password
    /// necessary again.
    ///
    /// # Errors
    /// As [`crate::app::App::sign_in`].
    pub(super) async fn let_in(
        &self,
        name: &str,
        (pin, password): (&str, &str),
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let unlocks = self.unlocks(name, now).await?;
        let typed = Typed { pin, password, unlocks };
        let known_by = match self.app.sign_in(name, &typed, rng, now).await {
            Ok(known_by) if !unlocks => {
                self.begin_day(name, known_by, now);
                known_by
            }
            Ok(known_by) => {
                self.today.lock().unwrap_or_else(PoisonError::into_inner).note(name, now);
                known_by
            }
            Err(failure) => {
                if failure.coded().code() == WAIT.code() {
                    self.today.lock().unwrap_or_else(PoisonError::into_inner).0.remove(name);
                }
                return Err(failure);
            }
        };
        self.sign(Some(Signed { name: name.to_owned(), known_by, active: now }));
        Ok(())
    }

    /// Signs in an officer who has proved everything.
    pub(super) fn begin_day(&self, name: &str, known_by: [u8; 32], now: Timestamp) {
        let full = Full { at: now, active: now, known_by };
        self.today.lock().unwrap_or_else(PoisonError::into_inner).0.insert(name.to_owned(), full);
    }
}

/// How too many wrong tries are told.
const WAIT: OfficerError = OfficerError::Wait { until: Timestamp::from_unix(0) };
