//! The PIN of a wallet.

use crate::{Console, Env};
use absah_types::{Secret, coded, is_weak_pin};

/// Six digits.
#[derive(Debug, Clone)]
pub struct Pin(Secret<String>);

/// A PIN that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinError {
    /// Not six digits.
    Format,
    /// Too easy to guess: a row, a repetition, mirrored halves, pairs.
    Weak,
    /// The two times it was typed differ.
    Differs,
    /// Neither `ABSAH_PIN` nor a terminal to ask at.
    NoTerminal,
}

impl std::fmt::Display for PinError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "PIN of other than six digits",
            Self::Weak => "PIN too easy to guess",
            Self::Differs => "the two PINs differ",
            Self::NoTerminal => "no ABSAH_PIN and no terminal",
        })
    }
}
impl std::error::Error for PinError {}
coded! { PinError {
    Format => ("pin-format", User),
    Weak => ("pin-weak", User),
    Differs => ("pin-differs", User),
    NoTerminal => ("pin-no-terminal", Environment),
} }

impl Pin {
    /// A PIN to open with: any six digits.
    ///
    /// # Errors
    /// [`PinError::Format`].
    pub fn parse(text: &str) -> Result<Self, PinError> {
        if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(Secret::new(text.to_owned())))
        } else {
            Err(PinError::Format)
        }
    }

    /// A PIN for a new vault: six digits that are not among the first anybody would try.
    ///
    /// # Errors
    /// [`PinError::Format`] or [`PinError::Weak`].
    pub fn choose(text: &str) -> Result<Self, PinError> {
        let pin = Self::parse(text)?;
        if is_weak_pin(text.as_bytes()) { Err(PinError::Weak) } else { Ok(pin) }
    }

    /// The PIN to open a vault: `ABSAH_PIN`, else asked at the terminal.
    ///
    /// # Errors
    /// See [`PinError`].
    pub fn ask(env: &Env, console: &Console) -> Result<Self, PinError> {
        match env.get("ABSAH_PIN") {
            Some(text) => Self::parse(text),
            None => Self::parse(prompt(console, "host-pin-prompt")?.expose()),
        }
    }

    /// The PIN for a new vault: `ABSAH_PIN`, else asked twice at the terminal.
    ///
    /// # Errors
    /// See [`PinError`].
    pub fn ask_new(env: &Env, console: &Console) -> Result<Self, PinError> {
        if let Some(text) = env.get("ABSAH_PIN") {
            return Self::choose(text);
        }
        let first = prompt(console, "host-pin-prompt-new")?;
        let pin = Self::choose(first.expose())?;
        let again = prompt(console, "host-pin-prompt-again")?;
        if again.expose() == first.expose() { Ok(pin) } else { Err(PinError::Differs) }
    }

    /// The digits.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

pub(crate) fn prompt(console: &Console, id: &str) -> Result<Secret<String>, PinError> {
    let text = format!("{} ", console.text(id));
    rpassword::prompt_password(text).map(Secret::new).map_err(|_| PinError::NoTerminal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_pins() {
        let weak = [
            "000000", "111111", "123456", "654321", "012345", "890123", "135791", "121212", "010101",
            "123123", "112233", "998877", "123321", "200002",
        ];
        for text in weak {
            assert_eq!(Pin::choose(text).err(), Some(PinError::Weak), "{text}");
            assert!(Pin::parse(text).is_ok(), "{text} may open an old vault");
        }
        for text in ["271828", "314159", "123457", "150896", "112234", "808017"] {
            assert_eq!(Pin::choose(text).err(), None, "{text}");
        }
    }

    #[test]
    fn hostile_pins() {
        for text in ["", "12345", "1234567", "12345a", "12 456", "１２３４５６", "-12345", "12345\n"] {
            assert_eq!(Pin::parse(text).err(), Some(PinError::Format), "{text:?}");
        }
        assert_eq!(Pin::parse("271828").unwrap().expose(), "271828");
        assert_eq!(format!("{:?}", Pin::parse("271828").unwrap()), "Pin(Secret(…))");
    }
}
