//! What is remembered beside the vault, readable without the PIN: nothing personal.

use absah_types::{Lang, Seconds, Timestamp};
use serde::{Deserialize, Serialize};

/// How the window looks and speaks, and how many PINs were wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Language tag; that of the device until the person chooses.
    pub lang: Option<String>,
    /// Colours.
    pub theme: Theme,
    /// Size of text.
    pub text: TextSize,
    /// Wrong PINs of the vault in its place.
    pub tries: Tries,
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the device has it.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Size of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSize {
    /// As the device has it.
    #[default]
    Usual,
    /// A third larger.
    Large,
    /// Twice as large.
    Largest,
}

/// One preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Language.
    Lang(Lang),
    /// Colours.
    Theme(Theme),
    /// Size of text.
    Text(TextSize),
}

/// PINs that were wrong, one after another. It slows down who guesses at the screen; who copies the file is not held
/// up by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How many.
    pub wrong: u32,
    /// The next one counts only from here on.
    pub not_before: Option<Timestamp>,
}

impl Tries {
    /// So many may be wrong without a wait.
    pub const FREE: u32 = 5;
    /// The first wait; each further one is twice as long.
    const FIRST_WAIT_S: i64 = 30;
    /// The longest wait.
    const LONGEST_WAIT_S: i64 = 15 * 60;

    /// One more was wrong.
    pub fn wrong(&mut self, now: Timestamp) {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(beyond) = self.wrong.checked_sub(Self::FREE) {
            let wait = Self::FIRST_WAIT_S.checked_shl(beyond.min(10)).unwrap_or(Self::LONGEST_WAIT_S);
            self.not_before = Some(now.plus(Seconds(wait.min(Self::LONGEST_WAIT_S))));
        }
    }

    /// Until when nothing is tried; a clock that was set back does not make it longer than the longest wait.
    pub fn blocked(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.not_before?;
        (now < until && until <= now.plus(Seconds(Self::LONGEST_WAIT_S))).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let now = Timestamp::from_unix(1_000_000);
        let mut tries = Tries::default();
        for _ in 1..Tries::FREE {
            tries.wrong(now);
            assert_eq!(tries.blocked(now), None);
        }
        for wait in [30, 60, 120, 240, 480, 900, 900] {
            tries.wrong(now);
            assert_eq!(tries.blocked(now), Some(now.plus(Seconds(wait))));
        }
        assert_eq!(tries.blocked(now.plus(Seconds(900))), None);
        for _ in 0..100 {
            tries.wrong(now);
        }
        assert_eq!(tries.blocked(now), Some(now.plus(Seconds(900))));
        assert_eq!(tries.blocked(Timestamp::from_unix(0)), None, "a clock set back is no longer wait");
    }
}
