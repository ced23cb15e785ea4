//! Who carries a card for its holder: Mode Pendamping.

use serde_json::{Map, Value};

/// The claim that says so; always visible, on cards of such a session only.
pub const PENDAMPING: &str = "pendamping";
/// Longest id, in characters.
const MAX_ID: usize = 40;
/// Longest name, in characters.
const MAX_NAME: usize = 80;

/// A registered helper, as cards name one. The name is a helper's in office, told to every counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pendamping {
    /// `nomor`: the id in the registry of helpers.
    pub id: String,
    /// `nama`.
    pub nama: String,
    /// `organisasi`.
    pub organisasi: String,
}

impl Pendamping {
    /// From what was typed; none where a field is empty, too long or has signs that steer instead of being read.
    pub fn new(id: &str, nama: &str, organisasi: &str) -> Option<Self> {
        let id = id.trim();
        let id_holds = (1..=MAX_ID).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let line = |text: &str| {
            let text = text.trim();
            let steers = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            };
            let holds = (1..=MAX_NAME).contains(&text.chars().count()) && !text.chars().any(steers);
            holds.then(|| text.to_owned())
        };
        Some(Self { id: id_holds.then(|| id.to_owned())?, nama: line(nama)?, organisasi: line(organisasi)? })
    }

    /// The helper that the claims about a subject name.
    pub fn of_claims(claims: &Map<String, Value>) -> Option<Self> {
        let claim = claims.get(PENDAMPING)?;
        let text = |name: &str| claim.get(name)?.as_str();
        Self::new(text("nomor")?, text("nama")?, text("organisasi")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_lines_that_can_be_read_name_a_helper() {
        assert!(Pendamping::new("pkk-07", "Sri", "PKK Kartoharjo").is_some());
        let long = "a".repeat(81);
        for (id, nama, organisasi) in [
            ("", "Sri", "PKK"),
            ("pkk 07", "Sri", "PKK"),
            ("pkk", " ", "PKK"),
            ("pkk", "Sri\u{202e}", "PKK"),
            ("pkk", "Sri\n", "PKK\nX"),
            ("pkk", &long, "PKK"),
            (&long, "Sri", "PKK"),
        ] {
            assert!(Pendamping::new(id, nama, organisasi).is_none(), "{id} {nama} {organisasi}");
        }
        let claims = json!({ "pendamping": { "nomor": "pkk-07", "nama": "Sri", "organisasi": "PKK" } });
        assert_eq!(
            Pendamping::of_claims(claims.as_object().unwrap()),
            Pendamping::new("pkk-07", "Sri", "PKK")
        );
        assert_eq!(Pendamping::of_claims(json!({ "pendamping": "Sri" }).as_object().unwrap()), None);
    }
}
