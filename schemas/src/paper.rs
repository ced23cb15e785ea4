//! The paper twin (design, flow C): a credential type of its own, which no wallet holds and no counter asks for.

use std::sync::LazyLock;

use absah_types::Lang;

use crate::credential_types::Metadata;
use crate::documents;

/// Its name in `type`.
pub const NAME: &str = "KartuKertas";
/// The values of `type`.
pub const TYPES: [&str; 2] = ["VerifiableCredential", NAME];
/// Its `vct`: where its type metadata stands.
pub const VCT: &str = "https://absah.madiunkota.go.id/vct/kartu-kertas/1";
/// The id of its JSON Schema.
pub const SCHEMA_ID: &str = "https://absah.madiunkota.go.id/schemas/kartu-kertas/1.json";
/// What it says beside the portrait, in the order of the print.
pub const FACTS: [&str; 4] = ["nama", "tahunLahir", "kelurahan", "nikAkhir"];

static METADATA: LazyLock<Metadata> =
    LazyLock::new(|| serde_json::from_str(documents::VCT_KARTU_KERTAS).unwrap_or_default());

/// What people call it.
#[must_use]
pub fn display_name(lang: Lang) -> &'static str {
    METADATA.display_name(lang).unwrap_or(NAME)
}

/// What people call one of its facts.
#[must_use]
pub fn label(fact: &str, lang: Lang) -> Option<&'static str> {
    let claim = METADATA.claims.iter().find(|claim| claim.dotted() == fact)?;
    Some(claim.label(lang)).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_documents_are_found_and_every_fact_has_a_name() {
        for (id, text) in [(VCT, documents::VCT_KARTU_KERTAS), (SCHEMA_ID, documents::SCHEMA_KARTU_KERTAS)] {
            let path = id.strip_prefix(crate::BASE).unwrap();
            assert_eq!(documents::at(path).unwrap().text, text);
            assert!(text.contains(id));
        }
        for lang in Lang::ALL {
            assert_ne!(display_name(lang), NAME);
            for fact in FACTS.iter().chain(&["portrait"]) {
                assert!(label(fact, lang).is_some(), "{fact} {lang}");
                assert!(documents::CONTEXT.contains(&format!("\"{fact}\"")), "{fact}");
            }
        }
        assert_eq!(label("nik", Lang::Id), None);
    }
}
