//! The recovery code: made, checked, in force; and the way in with it when the PIN is forgotten.
//!
//! ```text
//!  Recovery ──yes──► RecoveryCode (shown) ──yes──► RecoveryCheck (one group typed) ──► PIN ──► RecoveryKept
//!  Pin ──forgotten──► Forgot (code typed) ──► NewPin twice ──► Cards
//!                       └──no code──► Lost ──begin──────────────────────► Anew ──yes──► Anew ──yes──► Welcome
//!                                      └──Restore──► RestorePreview ──yes──► Anew ──yes──► NewPin twice ──► Restored
//! ```
//!
//! Without a code the locked vault is put aside, never deleted: whoever remembers the PIN later has lost nothing. All of it
//! begins where the PIN is asked for after a start, and never while the device is in other hands.
//!
//! Until the last step an earlier code holds: whoever stops, or whose battery ends, has not lost a way in.

use absah_types::Secret;

use crate::{
    intent::Env,
    window::{
        Vault, Window,
        preferences::Tries,
        press::{Contents, Task},
        screen::{PinFor, Screen},
    },
};

/// What opens the vault beside the PIN, and what is needed beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    /// There is a recovery code.
    pub recovery: bool,
    /// The device's own key store holds a key without which file and PIN open nothing.
    pub device: bool,
}

/// Beginning of the codes of a key store that does not help: then the recovery code does.
const DEVICE_KEYS: &str = "device-keys-";

impl Window {
    /// What opens the vault beside the PIN.
    pub fn locks(&self) -> Locks {
        self.locks
    }

    /// Whether the recovery code may open what does not open.
    pub fn has_way_around(&self) -> bool {
        match self.vault {
            Vault::Closed => true,
            Vault::Broken { code, .. } => code.starts_with(DEVICE_KEYS),
            _ => false,
        }
    }

    /// Whether this is where a locked wallet waits: help is here, too, and says nothing about anybody.
    pub(super) fn is_before_the_pin(&self) -> bool {
        let waits = matches!(
            self.screen,
            Screen::Pin { to: PinFor::Open, .. } | Screen::Forgot { .. } | Screen::Lost
        );
        waits && self.vault != Vault::Open
    }

    /// Starting anew, asked twice; only then the vault is put aside, and what was in a backup waits for the new one.
    pub(super) fn agree_anew(&mut self) -> Vec<Task> {
        let Screen::Anew { is_sure, backup } = &self.screen else { return Vec::new() };
        let (is_sure, backup) = (*is_sure, backup.clone());
        if !self.has_way_around() {
            return Vec::new();
        }
        if !is_sure {
            return self.show(Screen::Anew { is_sure: true, backup });
        }
        self.restoring = backup;
        vec![Task::SetAside]
    }

    /// How many vaults lie aside, as the shell finds them.
    pub fn set_lying_aside(&mut self, vaults: usize) {
        self.aside = vaults;
    }

    /// How many vaults lie aside.
    pub fn lying_aside(&self) -> usize {
        self.aside
    }

    /// Whether a vault that lies aside may be put back here: at the first start, from the settings, and where nobody knows the
    /// PIN of the one that is there, so that it is no way without a return. It takes its own PIN to open it.
    pub(super) fn can_bring_back(&self) -> bool {
        self.aside > 0 && matches!(self.screen, Screen::Welcome | Screen::Settings | Screen::Lost)
    }

    /// Another vault is in its place, and closed. It is guessed at no faster for having lain aside.
    pub(super) fn brought_back(&mut self, tries: Tries) -> Vec<Task> {
        self.preferences.tries = tries;
        self.quiet.end();
        self.handed = None;
        self.restoring = None;
        self.lock();
        self.once = None;
        Vec::new()
    }

    /// A code was made, and is not yet in force.
    pub(super) fn recovery_made(&mut self, code: &Secret<String>) -> Vec<Task> {
        if self.screen != Screen::Recovery {
            return Vec::new();
        }
        self.recovery = Some(code.clone());
        self.show(Screen::RecoveryCode { code: code.expose().clone() })
    }

    /// It is said to be on paper: one group of it is asked for.
    pub(super) fn check_recovery(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let [byte] = absah_types::array::<1>(env.rng);
        let groups = self.groups();
        match usize::from(byte).checked_rem(groups.len()) {
            Some(group) => self.show(Screen::RecoveryCheck { group, is_wrong: false }),
            None => self.show(Screen::Recovery),
        }
    }

    /// What was typed back.
    pub(super) fn typed_back(&mut self, text: &str) -> Vec<Task> {
        let Screen::RecoveryCheck { group, .. } = self.screen else { return Vec::new() };
        let is_right = self.groups().get(group).is_some_and(|wanted| *wanted == as_written(text));
        if is_right {
            return self.ask_pin(PinFor::Recovery);
        }
        self.show(Screen::RecoveryCheck { group, is_wrong: true })
    }

    /// The PIN for it.
    pub(super) fn keep_recovery(&mut self, pin: Secret<String>) -> Vec<Task> {
        match self.recovery.clone() {
            Some(code) => vec![Task::KeepRecovery { code, pin }],
            None => self.show(Screen::Recovery),
        }
    }

    /// It is in force.
    pub(super) fn recovery_kept(&mut self, locks: Locks) -> Vec<Task> {
        (self.locks, self.recovery) = (locks, None);
        self.show(Screen::RecoveryKept);
        self.forget_tries()
    }

    /// The code has opened the vault: now a PIN, which decides.
    pub(super) fn recovery_opened(&mut self) -> Vec<Task> {
        if !matches!(self.screen, Screen::Forgot { .. }) {
            return vec![Task::CloseVault];
        }
        self.vault = Vault::Recovering;
        self.choose_pin(None)
    }

    /// Leaves without a new PIN: the old one holds.
    pub(super) fn leave_recovery(&mut self) -> Vec<Task> {
        self.vault = Vault::Closed;
        self.screen = self.entrance();
        vec![Task::CloseVault]
    }

    pub(super) fn take_locks(&mut self, contents: &Contents) {
        self.locks = contents.locks;
    }

    fn groups(&self) -> Vec<String> {
        let code = self.recovery.as_ref().map(|code| code.expose().clone()).unwrap_or_default();
        code.split('-').map(ToOwned::to_owned).filter(|group| !group.is_empty()).collect()
    }
}

/// As the code is written: capital letters, and digits for the letters that look like them.
fn as_written(text: &str) -> String {
    let one = |character: char| match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    text.chars().filter(char::is_ascii_alphanumeric).map(one).collect()
}
