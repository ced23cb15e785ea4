//! Every finding of an import has a text in every language.

use absah_issuer_core::population::ProblemCode;
use absah_types::Lang;

#[test]
fn every_finding_has_its_text() {
    for code in ProblemCode::ALL {
        let id = format!("import-{}", code.as_str().to_lowercase().replace('_', "-"));
        for lang in Lang::ALL {
            assert!(
                absah_schemas::text(lang, &id).is_some_and(|text| !text.is_empty()),
                "{id} in {}",
                lang.tag()
            );
        }
    }
}
