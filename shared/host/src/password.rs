//! The password of an officer: long, unlike a PIN.

use absah_types::{Secret, coded};

use crate::pin::prompt;
use crate::{Console, Env, PinError};

/// Characters at least: length beats rules (NIST SP 800-63B-4, section 3.1.1.2).
const LEAST: usize = 12;
/// Characters at most.
const MOST: usize = 128;
/// Different characters at least: not one sign over and over.
const LEAST_DIFFERENT: usize = 5;

/// A password that may be kept.
#[derive(Debug, Clone)]
pub struct Password(Secret<String>);

/// A password that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// Too short, too long, or one sign over and over.
    Weak,
    /// The two times it was typed differ.
    Differs,
}

impl std::fmt::Display for PasswordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Weak => "password too easy to guess",
            Self::Differs => "the two passwords differ",
        })
    }
}
impl std::error::Error for PasswordError {}
coded! { PasswordError {
    Weak => ("password-weak", User),
    Differs => ("password-differs", User),
} }

impl Password {
    /// A new password: 12 to 128 characters, not one sign over and over.
    ///
    /// # Errors
    /// [`PasswordError::Weak`].
    pub fn choose(text: &str) -> Result<Self, PasswordError> {
        let mut different: Vec<char> = text.chars().collect();
        let length = different.len();
        different.sort_unstable();
        different.dedup();
        let is_typed = !text.chars().any(char::is_control);
        if (LEAST..=MOST).contains(&length) && different.len() >= LEAST_DIFFERENT && is_typed {
            Ok(Self(Secret::new(text.to_owned())))
        } else {
            Err(PasswordError::Weak)
        }
    }

    /// A new password: `ABSAH_PASSWORD`, else asked twice at the terminal; none where nothing is typed, and where `ABSAH_PIN`
    /// says that nobody is there to be asked.
    ///
    /// # Errors
    /// See [`PasswordError`]; [`PinError::NoTerminal`] where it cannot be asked for.
    pub fn ask_new(env: &Env, console: &Console) -> Result<Option<Self>, crate::Failure> {
        match (env.get("ABSAH_PASSWORD"), env.get("ABSAH_PIN")) {
            (Some(text), _) => return Ok(Some(Self::choose(text)?)),
            (None, Some(_)) => return Ok(None),
            (None, None) => {}
        }
        let asked = |id: &str| -> Result<Secret<String>, PinError> { prompt(console, id) };
        let first = asked("host-password-prompt-new")?;
        if first.expose().is_empty() {
            return Ok(None);
        }
        let password = Self::choose(first.expose())?;
        let again = asked("host-password-prompt-again")?;
        if again.expose() == first.expose() { Ok(Some(password)) } else { Err(PasswordError::Differs.into()) }
    }

    /// The characters.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_not_one_sign_over_and_over() {
        for (text, fine) in [
            ("", false),
            ("pendek", false),
            ("sebelasnya1", false),
            ("aaaaaaaaaaaaaaaa", false),
            ("abababababababab", false),
            ("dua\u{7}belas huruf", false),
            ("sepeda biru tetangga", true),
            ("ꦲꦤꦕꦫꦏꦢꦠꦱꦮꦭꦥꦝ", true),
        ] {
            assert_eq!(Password::choose(text).is_ok(), fine, "{text}");
        }
        let longest = "abcde12 ".repeat(16);
        assert!(Password::choose(&longest).is_ok());
        assert_eq!(Password::choose(&format!("{longest}x")).err(), Some(PasswordError::Weak));
        let kept = Password::choose("sepeda biru tetangga").unwrap();
        assert!(!format!("{kept:?}").contains("sepeda"));
    }

    #[test]
    fn nobody_is_asked_where_the_environment_speaks() {
        let of = |pairs: &[(&str, &str)]| {
            let (console, _) = Console::captured(absah_types::Lang::Id);
            Password::ask_new(&Env::of(pairs), &console).map(|made| made.is_some())
        };
        assert!(of(&[("ABSAH_PIN", "271828"), ("ABSAH_PASSWORD", "sepeda biru tetangga")]).unwrap());
        assert!(!of(&[("ABSAH_PIN", "271828")]).unwrap());
        let weak = of(&[("ABSAH_PIN", "271828"), ("ABSAH_PASSWORD", "pendek")]).unwrap_err();
        assert_eq!(weak.coded().code(), "password-weak");
    }
}
