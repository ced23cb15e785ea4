//! What a citizen asks of the registry with a card in the wallet: a code to suspend everything by phone, a correction, a
//! deletion, and what became of them; a paper card.
//!
//! The key binding's audience carries a digest of the wish: the holder's signature is over what is asked.

use std::collections::BTreeMap;
use std::fmt;

use absah_crypto::sha256;
use absah_types::{Timestamp, base64url, coded};
use serde::{Deserialize, Serialize};

use crate::IssuerId;
use crate::json::{canonical, to_value};

/// The endpoint's path.
pub const PATH: &str = "/wishes";
/// The path of the page on which a phone code suspends all cards.
pub const SUSPEND_PATH: &str = "/suspend";
/// Largest request read, in bytes.
pub const MAX_REQUEST: usize = 64 * 1024;
/// Largest answer read, in bytes: a PDF in base64.
pub const MAX_ANSWER: usize = 1024 * 1024;
/// Longest text of a ticket, in characters.
pub const MAX_TEXT: usize = 1000;
/// Most open tickets of one person.
pub const MAX_OPEN: usize = 20;

/// A wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "kebab-case")]
pub enum Wish {
    /// A fresh code for the page [`SUSPEND_PATH`], to be written down; an earlier one ends.
    PhoneCode,
    /// Something in the register is wrong.
    Correction {
        /// What, in the citizen's words.
        text: String,
    },
    /// Data that need not be kept is to be deleted.
    Deletion {
        /// Which, in the citizen's words.
        text: String,
    },
    /// A letter of the kelurahan; what became of it stands among the tickets.
    Letter {
        /// Which.
        letter: String,
        /// What it asks beside the identity card.
        fields: BTreeMap<String, String>,
    },
    /// What became of the tickets.
    Tickets,
    /// A paper card of the holder's identity card, as PDF; an earlier one ends. Only a KTP proves enough.
    Paper {
        /// The language of the print: `id`, `jv` or `en`.
        lang: String,
        /// An A4 sheet to cut it out of, instead of a page of A6.
        a4: bool,
    },
}

/// The request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// SD-JWT+KB, for [`audience`].
    pub presentation: String,
    /// What is asked.
    #[serde(flatten)]
    pub wish: Wish,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The code, told once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_code: Option<String>,
    /// The PDF of a paper card, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// All tickets of the person, newest first.
    #[serde(default)]
    pub tickets: Vec<Ticket>,
}

/// A wish that an officer works on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its number.
    pub number: i64,
    /// `correction`, `deletion` or `letter`.
    pub kind: String,
    /// The citizen's words.
    pub text: String,
    /// When it came.
    #[serde(with = "absah_types::rfc3339")]
    pub made_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// The officer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has decided.
    Open,
    /// Done.
    Done,
    /// Refused, with a reason in the note.
    Refused,
}

/// Why a text is no ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing was written.
    Empty,
    /// Longer than [`MAX_TEXT`].
    TooLong,
    /// Characters that steer instead of being read.
    Characters,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "text empty",
            Self::TooLong => "text too long",
            Self::Characters => "text with unprintable characters",
        })
    }
}

impl std::error::Error for TextError {}

coded! { TextError {
    Empty => ("ticket-text-empty", User),
    TooLong => ("ticket-text-too-long", User),
    Characters => ("ticket-text-characters", User),
} }

/// The text of a ticket as it is sent and kept: without blanks around it, in as many lines as it has.
///
/// # Errors
/// [`TextError`].
pub fn ticket_text(typed: &str) -> Result<&str, TextError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > MAX_TEXT {
        return Err(TextError::TooLong);
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(TextError::Characters);
    }
    Ok(text)
}

/// What the key binding names as its audience: this endpoint and this very wish.
#[must_use]
pub fn audience(issuer: &IssuerId, wish: &Wish) -> String {
    let digest = base64url::encode(sha256(&canonical(&to_value(wish))));
    format!("{}?wish={digest}", issuer.endpoint(PATH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UrlRules;

    #[test]
    fn what_is_no_text_of_a_ticket() {
        let long = "x".repeat(MAX_TEXT);
        for (typed, expected) in [
            (" Nama ibu\nsalah ", Ok("Nama ibu\nsalah")),
            (&long, Ok(long.as_str())),
            ("", Err(TextError::Empty)),
            (" \n ", Err(TextError::Empty)),
            (&format!("{long}x"), Err(TextError::TooLong)),
            ("a\u{7}b", Err(TextError::Characters)),
            ("a\u{1b}[2J", Err(TextError::Characters)),
        ] {
            assert_eq!(ticket_text(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_signature_is_good_for_one_wish() {
        let issuer = IssuerId::parse("https://issuer.example", UrlRules::HttpsOnly).unwrap();
        let correction = |text: &str| audience(&issuer, &Wish::Correction { text: text.to_owned() });
        assert_ne!(correction("a"), correction("b"));
        assert_ne!(correction("a"), audience(&issuer, &Wish::Deletion { text: "a".to_owned() }));
        assert!(correction("a").starts_with("https://issuer.example/wishes?wish="));
        let request = Request { presentation: "p".to_owned(), wish: Wish::Deletion { text: "t".to_owned() } };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(text, r#"{"presentation":"p","wish":"deletion","text":"t"}"#);
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    }
}
