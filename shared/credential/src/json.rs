//! JSON written without detours. Reading is [`absah_crypto::json`], which refuses repeated names.

use std::fmt::Write as _;

/// Objects and arrays inside each other at most this deep: a card needs 6.
pub(crate) const MAX_DEPTH: usize = 16;

/// The members of an object, written one after another without the braces around them.
pub(crate) struct Members<'o>(&'o mut String);

impl<'o> Members<'o> {
    /// Appends to `out`, which ends where a first member may stand.
    pub(crate) fn new(out: &'o mut String) -> Self {
        Self(out)
    }

    fn name(&mut self, name: &str) {
        if !self.0.is_empty() && !self.0.ends_with('{') {
            self.0.push(',');
        }
        write_string(self.0, name);
        self.0.push(':');
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        write_string(self.0, value);
        self
    }

    pub(crate) fn number(&mut self, name: &str, value: impl std::fmt::Display) -> &mut Self {
        self.name(name);
        write_number(self.0, value);
        self
    }

    pub(crate) fn texts(&mut self, name: &str, values: &[&str]) -> &mut Self {
        self.name(name);
        self.0.push('[');
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            write_string(self.0, value);
        }
        self.0.push(']');
        self
    }

    /// A value of letters, digits and signs that never need an escape.
    pub(crate) fn plain(&mut self, name: &str, write: impl FnOnce(&mut String)) -> &mut Self {
        self.name(name);
        self.0.push('"');
        write(self.0);
        self.0.push('"');
        self
    }

    pub(crate) fn object(&mut self, name: &str, write: impl FnOnce(&mut Members<'_>)) -> &mut Self {
        self.name(name);
        self.0.push('{');
        write(&mut Members(self.0));
        self.0.push('}');
        self
    }
}

/// Appends `text` as a JSON string.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    // Almost every text needs nothing.
    if !any_special(text.as_bytes()) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(special) {
        let (clean, special) = rest.split_at(at);
        out.push_str(clean);
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(control) => write_number(out, format_args!("\\u{:04x}", u32::from(control))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// RFC 8259, section 7: "characters that MUST be escaped".
fn special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Eight bytes at a time. A byte of `word ^ pattern` is zero where the pattern fits; subtracting 1 from a
/// zero byte borrows its top bit. Borrows may also mark a byte above a fitting one, never alone.
fn any_special(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 0xff;
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().any(|word| {
        let word = u64::from_le_bytes(*word);
        let below = |limit: u64, word: u64| word.wrapping_sub(ONES * limit) & !word;
        let found = below(0x20, word)
            | below(1, word ^ (ONES * u64::from(b'"')))
            | below(1, word ^ (ONES * u64::from(b'\\')));
        found & (ONES << 7) != 0
    }) || rest.iter().copied().any(special)
}

/// Appends a number.
pub(crate) fn write_number(out: &mut String, value: impl std::fmt::Display) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn looking_at_eight_bytes_sees_what_looking_at_one_sees(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(any_special(&bytes), bytes.iter().copied().any(special));
        }

        #[test]
        fn a_written_text_is_read_as_it_was(text in ".*") {
            let mut json = String::new();
            write_string(&mut json, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
