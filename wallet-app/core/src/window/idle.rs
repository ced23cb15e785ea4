//! Left alone, the wallet locks itself: judged at each step by the clock that is handed in, so that no page's timer is
//! needed for it. While the device is in other hands, what is shown stays, and the vault is closed behind it.

use std::mem;

use absah_types::{Seconds, Timestamp};

use crate::{
    Effect,
    intent::Env,
    window::{
        Vault, Window,
        press::{Press, Task},
        quick::Handed,
    },
};

/// How long nobody may do anything before the wallet locks itself.
pub const IDLE: Seconds = Seconds::minutes(5);

impl Window {
    /// Somebody is there.
    pub(super) fn awake(&mut self, now: Timestamp) {
        self.awake_at = Some(now);
    }

    /// Whether nobody has been there for too long. A clock that was set back by as much does not keep it open either.
    fn is_left_alone(&self, now: Timestamp) -> bool {
        self.awake_at.is_some_and(|at| now.since(at).0.abs() >= IDLE.0)
    }

    /// Closes what was left alone; nothing where it was not.
    pub(super) fn if_left_alone(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        if !self.is_left_alone(env.now) {
            return Vec::new();
        }
        match self.vault {
            Vault::Open if self.handed.is_some() => self.close_behind(env),
            Vault::Open => self.lock_now(env),
            Vault::Recovering => self.leave_recovery(),
            Vault::None | Vault::Closed | Vault::Broken { .. } => Vec::new(),
        }
    }

    /// A press, unless the screen that it was meant for is gone.
    pub(super) fn pressed(&mut self, press: Press, env: &mut Env<'_>) -> Vec<Task> {
        let mut tasks = self.if_left_alone(env);
        if !tasks.is_empty() && self.handed.is_none() {
            return tasks;
        }
        // The next code is asked for by the page's clock, not by anybody's hand.
        if !matches!(press, Press::NextCode) {
            self.awake(env.now);
        }
        tasks.extend(self.press(press, env));
        tasks
    }

    /// Locks, whatever is going on.
    pub(super) fn lock_now(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let mut tasks = self.stop(env);
        // What is noted of it goes into the vault before it is closed.
        let to_keep = tasks.iter().any(|task| matches!(task, Task::Core(Effect::Persist)));
        self.closing = to_keep.then(|| Box::new(mem::take(&mut self.wallet)));
        self.lock();
        tasks.push(Task::CloseVault);
        tasks
    }

    /// Forgets the keys while what is shown stays: the PIN opens the vault again and takes the device back.
    fn close_behind(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let screen = self.screen.clone();
        let tasks = self.lock_now(env);
        // Codes without a request need the keys for each one.
        let is_code = self.handed.as_mut().is_some_and(Handed::end);
        self.screen = match &self.handed {
            Some(handed) if is_code && !matches!(screen, super::Screen::Pin { .. }) => handed.screen(),
            _ => screen,
        };
        tasks
    }
}
