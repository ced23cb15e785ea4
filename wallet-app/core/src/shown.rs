//! Text that came from outside, made safe to show.

use icu_normalizer::DecomposingNormalizerBorrowed;
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

/// Whether a name may stand on a screen as the name of an agency or an issuer: short, printable, no markup, no letters
/// that only look like Latin ones. A name that fails is a reason to refuse, since nobody honest is called so.
pub fn is_honest_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=120).contains(&length)
        && !name.trim().is_empty()
        && !name.chars().any(|c| steers(c) || matches!(c, '<' | '>') || poses_as_latin(c))
}

/// Whether a reader would take both for the same name: case, marks between words and on letters, and digits that stand in
/// for letters make no difference.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// A name as a reader takes it.
fn letters(name: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | 'i' | '|' => 'l',
        '3' => 'e',
        '5' => 's',
        c => c,
    };
    let plain = unmarked(name).map(letter);
    plain.filter(|c| c.is_alphanumeric()).collect::<String>().replace("rn", "m").replace("vv", "w")
}

/// Small letters without marks, whether the mark stands alone, is part of the letter, or is missing from it.
fn unmarked(name: &str) -> impl Iterator<Item = char> {
    let lower = name.chars().flat_map(char::to_lowercase);
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(lower);
    apart.filter(|c| !is_mark(*c)).map(|c| {
        let found = STROKED.iter().find(|(_, drawn)| drawn.contains(c));
        found.map_or(c, |(letter, _)| *letter)
    })
}

/// Marks above, below and through letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Latin letters with a stroke, a hook or without their dot: Unicode takes none of them apart.
const STROKED: [(char, &str); 21] = [
    ('a', "ⱥẚ"),
    ('b', "ƀɓƃ"),
    ('c', "ƈȼ"),
    ('d', "đðɖɗƌȡ"),
    ('e', "ɇǝə"),
    ('f', "ƒ"),
    ('g', "ǥɠ"),
    ('h', "ħ"),
    ('i', "ıɨɩ"),
    ('j', "ȷɉ"),
    ('k', "ĸƙ"),
    ('l', "łƚȴŀǀ"),
    ('n', "ŋɲƞȵ"),
    ('o', "øɵ"),
    ('p', "ƥþƿ"),
    ('r', "ɍ"),
    ('s', "ſȿ"),
    ('t', "ŧƫƭʈȶⱦ"),
    ('u', "ʉ"),
    ('y', "ƴɏỿ"),
    ('z', "ƶɀ"),
];

/// Whether a name is `taken`, or has it whole within: "Dinas Sosial (baru)".
pub(crate) fn poses_as(taken: &str, name: &str) -> bool {
    let taken = letters(taken);
    !taken.is_empty() && letters(name).contains(&taken)
}

/// What civil registries are called, in words that nobody else has in a name.
/// The city's own name is among them: it is what stands on the band of its cards.
const REGISTRIES: [&str; 11] = [
    "dukcapil",
    "kependudukan",
    "pencatatan sipil",
    "catatan sipil",
    "civil registry",
    "civil registration",
    "kota madiun",
    "kutha madiun",
    "pemkot madiun",
    "city of madiun",
    "madiun city",
];

/// What its cards are called, in words that nobody else's card has in a name.
const DOCUMENTS: [&str; 5] =
    ["tanda penduduk", "kartu keluarga", "akta kelahiran", "kertu kulawarga", "identitas anak"];
/// The same as an abbreviation: looked for in each word, since three letters also meet at the seam of two.
const ABBREVIATED: &str = "ktp";

/// Whether a card's name has that of a card of the registry within: only those on the official list give one.
pub(crate) fn poses_as_document(name: &str) -> bool {
    DOCUMENTS.iter().any(|words| poses_as(words, name))
        || words(name).iter().any(|word| poses_as(ABBREVIATED, word))
}

/// The words of a name; letters that stand alone are read as one word: "K.T.P.".
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut spells = false;
    let plain: String = unmarked(name).collect();
    for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_letter = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if spells && is_letter => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        spells = is_letter;
    }
    words
}

/// Whether a name is that of a civil registry: only those on the official list are.
pub(crate) fn poses_as_registry(name: &str) -> bool {
    REGISTRIES.iter().any(|words| poses_as(words, name))
}

/// Letters of other scripts, and styled ones, that are drawn like Latin letters.
fn poses_as_latin(c: char) -> bool {
    matches!(c,
        '\u{0250}'..='\u{02af}' | '\u{0370}'..='\u{058f}' | '\u{13a0}'..='\u{13ff}' | '\u{1c80}'..='\u{1c8f}'
        | '\u{1d00}'..='\u{1dbf}' | '\u{2100}'..='\u{218f}' | '\u{24b6}'..='\u{24e9}' | '\u{2c60}'..='\u{2cff}'
        | '\u{a640}'..='\u{a69f}' | '\u{a722}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1f130}'..='\u{1f189}')
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
        for good in ["Kelurahan Mojorejo, Loket 3", "Jawa: ꦢꦶꦤꦱ꧀", "Café Ünïted"] {
            assert!(is_honest_name(good), "{good:?}");
        }
        for bad in ["", "  ", "<b>Dukcapil</b>", "Duk\u{202e}capil", "a\u{7}", &"x".repeat(121)] {
            assert!(!is_honest_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn names_that_only_look_the_same() {
        for bad in ["Dukcаpil", "Dіnas Sosial", "Ｄinas", "𝐃inas", "Dinas Sοsial"] {
            assert!(!is_honest_name(bad), "{bad:?}");
        }
        for like in ["dinas sosial", "Dinas  Sosia1", "D1NAS-SOSIAL", "Dinas S0sial", "Dinas Sosial."] {
            assert!(is_like("Dinas Sosial", like), "{like:?}");
        }
        assert!(is_like("Pemkot Madiun", "Pernkot Madiun"));
        assert!(!is_like("Dinas Sosial", "Dinas Kesehatan"));
        assert!(
            poses_as("Dinas Sosial", "DINAS S0SIAL (baru)") && !poses_as("Dinas Sosial", "Dinas Kesehatan")
        );
        for bad in [
            "Dukcapil",
            "DUKCAP1L Kota Madiun",
            "Kantor Catatan-Sipil",
            "Layanan Kependudukan",
            "Civil Registry",
        ] {
            assert!(poses_as_registry(bad), "{bad:?}");
        }
        for bad in ["Kota Madiun", "Pemerintah KOTA-MADIUN", "K0ta Madiun", "City of Madiun"] {
            assert!(poses_as_registry(bad), "{bad:?}");
        }
        // Letters with marks, and those that are drawn as others with a mark or without: whole, or put together.
        for bad in [
            "Dukcapıl Kota Madıun",
            "Dükcåpil",
            "Du\u{308}kcapil",
            "Kota Mađiun",
            "Kóta Mạdïún",
            "Ⱪota Madiun",
            "Cívil Rēgistrỳ",
            "Pemkot Madiun",
            "PEMKOT MADİUN",
            "Pernkot Mađıun",
        ] {
            let is_refused = poses_as_registry(bad) || !is_honest_name(bad);
            assert!(is_refused, "{bad:?}");
        }
        for good in ["Universitas PGRI Madiun", "Bank Jatim", "Dinas Sosial", "Registry of Motors"] {
            assert!(!poses_as_registry(good), "{good:?}");
        }
        for bad in [
            "Kartu Tanda Penduduk",
            "KTP elektronik baru",
            "e-KTP Kota Madiun",
            "kartu-keluarga-2",
            "KTP",
            "K.T.P.",
            "Kártu Tanda Pendúduk",
            "KTƤ",
            "Ķartu Ķeluarga",
            "Aĸta Kelahiran",
            "Akta Kelahırañ",
            "Kartu Identitas Anaƙ",
        ] {
            assert!(poses_as_document(bad), "{bad:?}");
        }
        for good in ["Kartu Mahasiswa", "Kartu Anggota Perpustakaan", "Ijazah", "Bank TPS"] {
            assert!(!poses_as_document(good), "{good:?}");
        }
    }
}
