//! Text that came from outside, made safe to show.

use serde::{Deserialize, Serialize};

/// Longest text shown as one fact, in characters; the rest is cut and marked with `…`.
pub const LONGEST_SHOWN: usize = 300;

/// Text from outside (names of issuers and agencies, values of facts) in a form that can neither move a
/// terminal's cursor nor turn a line around. Markup stays what it is, plain characters: screens set it as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Shown(String);

impl Shown {
    /// Takes any text: characters that steer instead of being read become `�`, and what is too long is cut.
    pub fn new(text: &str) -> Self {
        let mut shown: String =
            text.chars().take(LONGEST_SHOWN).map(|c| if steers(c) { '\u{fffd}' } else { c }).collect();
        if text.chars().nth(LONGEST_SHOWN).is_some() {
            shown.push('…');
        }
        Self(shown)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a name may stand on a screen as the name of an agency or an issuer: short, printable, no markup.
/// A name that fails is a reason to refuse, since nobody honest is called so.
pub fn is_honest_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=120).contains(&length)
        && !name.trim().is_empty()
        && !name.chars().any(|c| steers(c) || matches!(c, '<' | '>'))
}

/// Controls, line and paragraph separators, direction marks and overrides, invisible joiners, tags.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_are_made_visible() {
        for (name, text, expected) in [
            ("escape", "Dinas\u{1b}[2J", "Dinas\u{fffd}[2J"),
            ("newline", "A\nB", "A\u{fffd}B"),
            ("right-to-left override", "A\u{202e}B", "A\u{fffd}B"),
            ("zero width", "Di\u{200b}nas", "Di\u{fffd}nas"),
            ("plain beside it", "Dinas Sosial – Loket 3", "Dinas Sosial – Loket 3"),
        ] {
            assert_eq!(Shown::new(text).as_str(), expected, "{name}");
        }
    }

    #[test]
    fn long_text_is_cut_and_stays_stable_through_storage() {
        let shown = Shown::new(&"a".repeat(1000));
        assert_eq!(shown.as_str().chars().count(), LONGEST_SHOWN + 1);
        assert_eq!(Shown::from(String::from(shown.clone())), shown);
    }

    #[test]
    fn names_that_steer_or_carry_markup_are_not_honest() {
        assert!(is_honest_name("Dinas Kependudukan dan Pencatatan Sipil Kota Madiun"));
        for bad in ["", "  ", "<b>Dukcapil</b>", "Duk\u{202e}capil", "a\u{7}", &"x".repeat(121)] {
            assert!(!is_honest_name(bad), "{bad:?}");
        }
    }
}
