//! Sectors of public service, and the numbers that stand for a person within one of them.

/// A sector: the agencies that may know a person by one common number. A closed list: each has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sector {
    /// Health: hospitals, puskesmas, Dinas Kesehatan.
    Kesehatan,
    /// Social aid: Dinas Sosial.
    Sosial,
    /// Schools and Dinas Pendidikan.
    Pendidikan,
    /// Taxes and levies.
    Pajak,
    /// Permits and licences.
    Perizinan,
    /// Police.
    Kepolisian,
    /// Social insurance: BPJS.
    JaminanSosial,
}

/// A text that names no sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectorError {
    /// None of [`Sector::ALL`].
    Unknown,
}

impl std::fmt::Display for SectorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no such sector")
    }
}
impl std::error::Error for SectorError {}
crate::coded! { SectorError { Unknown => ("sector-unknown", User) } }

impl Sector {
    /// All sectors, in the order of the card.
    pub const ALL: [Self; 7] = [
        Self::Kesehatan,
        Self::Sosial,
        Self::Pendidikan,
        Self::Pajak,
        Self::Perizinan,
        Self::Kepolisian,
        Self::JaminanSosial,
    ];

    /// Its name: in claims (`token.<name>`), registrations and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kesehatan => "kesehatan",
            Self::Sosial => "sosial",
            Self::Pendidikan => "pendidikan",
            Self::Pajak => "pajak",
            Self::Perizinan => "perizinan",
            Self::Kepolisian => "kepolisian",
            Self::JaminanSosial => "jaminan-sosial",
        }
    }

    /// Reads a [`Sector::name`], exactly as written there.
    ///
    /// # Errors
    /// [`SectorError::Unknown`].
    pub fn parse(text: &str) -> Result<Self, SectorError> {
        Self::ALL.into_iter().find(|sector| sector.name() == text).ok_or(SectorError::Unknown)
    }
}

impl std::fmt::Display for Sector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
crate::form::serde_as_text!(Sector, SectorError);

/// Characters of a token, the check symbol among them.
const LENGTH: usize = 27;
/// RFC 4648, table 3.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A number that stands for a person within one sector, in place of the NIK: 128 bits that say nothing.
///
/// Written as 27 characters of the base32 alphabet (RFC 4648, upper case, no padding): 26 for the 16 bytes, most
/// significant bits first, the two spare bits of the last one zero; then one check symbol. With each character read as
/// an element of GF(32) = GF(2)\[x\]/(x⁵+x²+1) and the check symbol c₀, the one before it c₁, …, the first c₂₆, the sum
/// of cᵢ·xⁱ is zero. x has order 31, more than 27, so every single wrong character and every exchange of two different
/// characters, neighbours or not, is found.
///
/// The text does not name its sector, so that it reads like the number of a file and nothing else.
///
/// Personal: prints as `SectorToken(…)` in Debug; `Display` prints the characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectorToken([u8; 16]);

/// A text that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectorTokenError {
    /// Not 27 characters.
    Length,
    /// A character outside the alphabet, or bits where none may be.
    Form,
    /// The check symbol does not fit: a character is wrong or two are exchanged.
    Check,
}

impl std::fmt::Display for SectorTokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "token of other than 27 characters",
            Self::Form => "token with an impossible character",
            Self::Check => "check symbol of the token does not fit",
        })
    }
}
impl std::error::Error for SectorTokenError {}
crate::coded! { SectorTokenError {
    Length => ("token-length", User),
    Form => ("token-form", User),
    Check => ("token-check", User),
} }

/// Times x in GF(2)\[x\]/(x⁵+x²+1).
const fn times_x(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0x20 == 0 { shifted } else { (shifted ^ 0b10_0101) & 0x1f }
}

/// The sum of cᵢ·xⁱ, the first value being that of the highest power (Horner).
fn sum(values: impl IntoIterator<Item = u8>) -> u8 {
    values.into_iter().fold(0, |sum, value| times_x(sum) ^ value)
}

impl SectorToken {
    /// The token of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 27 characters, nothing around them, and checks them.
    ///
    /// # Errors
    /// See [`SectorTokenError`].
    pub fn parse(text: &str) -> Result<Self, SectorTokenError> {
        if text.chars().count() != LENGTH {
            return Err(SectorTokenError::Length);
        }
        let value = |byte: u8| ALPHABET.iter().zip(0_u8..).find(|(known, _)| **known == byte).map(|(_, v)| v);
        let values: Vec<u8> = text.bytes().map(value).collect::<Option<_>>().ok_or(SectorTokenError::Form)?;
        if sum(values.iter().copied()) != 0 {
            return Err(SectorTokenError::Check);
        }
        let (check, number) = values.split_last().ok_or(SectorTokenError::Length)?;
        let _ = check;
        let (last, whole) = number.split_last().ok_or(SectorTokenError::Length)?;
        // One person, one text: no second spelling by way of the spare bits.
        if last & 0b11 != 0 {
            return Err(SectorTokenError::Form);
        }
        let bits = whole.iter().fold(0_u128, |bits, value| (bits << 5) | u128::from(*value));
        Ok(Self(((bits << 3) | u128::from(last >> 2)).to_be_bytes()))
    }

    /// The 26 values of five bits, first character first.
    fn values(self) -> impl Iterator<Item = u8> {
        let bits = u128::from_be_bytes(self.0);
        let whole = (0..25_u32).map(move |at| (bits >> (123 - 5 * at)) as u8 & 0x1f);
        whole.chain([((bits as u8) << 2) & 0x1f])
    }
}

impl std::fmt::Display for SectorToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The check symbol has the power 0: it equals the sum of all others, each one power up.
        let check = times_x(sum(self.values()));
        let text: String = self
            .values()
            .chain([check])
            .filter_map(|value| ALPHABET.get(usize::from(value)).copied())
            .map(char::from)
            .collect();
        f.write_str(&text)
    }
}

impl std::fmt::Debug for SectorToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SectorToken(…)")
    }
}
crate::form::serde_as_text!(SectorToken, SectorTokenError);

/// One person's token in each sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectorTokens([SectorToken; Sector::ALL.len()]);

impl SectorTokens {
    /// Asks for the token of each sector, in the order of [`Sector::ALL`].
    #[must_use]
    pub fn each(token: impl FnMut(Sector) -> SectorToken) -> Self {
        Self(Sector::ALL.map(token))
    }

    /// Each sector with its token.
    pub fn iter(&self) -> impl Iterator<Item = (Sector, SectorToken)> {
        Sector::ALL.into_iter().zip(self.0)
    }

    /// The token of one sector.
    #[must_use]
    pub fn of(&self, sector: Sector) -> Option<SectorToken> {
        self.iter().find(|(one, _)| *one == sector).map(|(_, token)| token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn sectors_are_found_by_their_names_only() {
        for sector in Sector::ALL {
            assert_eq!(Sector::parse(sector.name()), Ok(sector));
            assert_eq!(serde_json::to_string(&sector).unwrap(), format!("\"{sector}\""));
        }
        for text in ["", "Kesehatan", "kesehatan ", "jaminanSosial", "lain"] {
            assert_eq!(Sector::parse(text), Err(SectorError::Unknown), "{text:?}");
        }
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        // Section 10: BASE32("foobar") = "MZXW6YTBOI======".
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(b"foobar");
        let text = SectorToken::from_bytes(bytes).to_string();
        assert!(text.starts_with("MZXW6YTBO"), "{text}");
        assert_eq!(SectorToken::from_bytes([0; 16]).to_string(), "A".repeat(27));
        let ones = SectorToken::from_bytes([0xff; 16]).to_string();
        assert!(ones.starts_with(&"7".repeat(25)) && ones.as_bytes()[25] == b'4', "{ones}");
    }

    #[test]
    fn hostile_texts() {
        let good = SectorToken::from_bytes([0x5a; 16]).to_string();
        let with = |at: usize, by: &str| format!("{}{by}{}", &good[..at], &good[at + 1..]);
        let cases = [
            ("empty", String::new(), "token-length"),
            ("without its check symbol", good[..26].to_owned(), "token-length"),
            ("padded", format!("{good}="), "token-length"),
            ("blank in front", format!(" {good}"), "token-length"),
            ("a nik", "3577010101900001".to_owned(), "token-length"),
            ("lower case", good.to_lowercase(), "token-form"),
            ("digit one", with(3, "1"), "token-form"),
            ("full-width letter", with(3, "Ａ"), "token-form"),
            ("another check symbol", with(26, if good.ends_with('A') { "B" } else { "A" }), "token-check"),
        ];
        for (name, text, code) in cases {
            assert_eq!(SectorToken::parse(&text).map_err(|e| e.code()), Err(code), "{name}");
        }
        // The spare bits set, and the check symbol made to fit: still not a second spelling.
        let mut values: Vec<u8> = SectorToken::from_bytes([0x5a; 16]).values().collect();
        values[25] |= 1;
        values.push(times_x(sum(values.iter().copied())));
        let text: String = values.iter().map(|value| char::from(ALPHABET[usize::from(*value)])).collect();
        assert_eq!(SectorToken::parse(&text), Err(SectorTokenError::Form));
        assert_eq!(format!("{:?}", SectorToken::from_bytes([1; 16])), "SectorToken(…)");
    }

    proptest! {
        #[test]
        fn round_trips(bytes: [u8; 16]) {
            let token = SectorToken::from_bytes(bytes);
            let text = token.to_string();
            prop_assert_eq!(text.len(), LENGTH);
            prop_assert_eq!(SectorToken::parse(&text), Ok(token));
            prop_assert_eq!(serde_json::from_str::<SectorToken>(&format!("\"{text}\"")).unwrap(), token);
        }

        #[test]
        fn every_wrong_character_is_found(bytes: [u8; 16], at in 0_usize..LENGTH) {
            let good = SectorToken::from_bytes(bytes).to_string();
            for other in ALPHABET.iter().filter(|other| **other != good.as_bytes()[at]) {
                let mut text = good.clone().into_bytes();
                text[at] = *other;
                let text = String::from_utf8(text).unwrap();
                prop_assert_eq!(SectorToken::parse(&text), Err(SectorTokenError::Check));
            }
        }

        #[test]
        fn every_exchange_of_two_characters_is_found(bytes: [u8; 16]) {
            let good = SectorToken::from_bytes(bytes).to_string().into_bytes();
            for a in 0..LENGTH {
                for b in a + 1..LENGTH {
                    let mut text = good.clone();
                    text.swap(a, b);
                    if text != good {
                        let text = String::from_utf8(text).unwrap();
                        prop_assert_eq!(SectorToken::parse(&text), Err(SectorTokenError::Check));
                    }
                }
            }
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,30}") {
            let _ = (SectorToken::parse(&text), Sector::parse(&text));
        }
    }
}
