//! Every error of every crate has its two texts in three languages.

#[cfg(test)]
mod texts {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use absah_credential::VerifyError;
    use absah_credential::sd_jwt::{ParseError, ProcessError};
    use absah_crypto::jws::JwsError;
    use absah_types::Lang;

    const LANGUAGES: [Lang; 3] = [Lang::Id, Lang::Jv, Lang::En];

    /// All source files of our crates, tests left out.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["target", "node_modules", "tests", "ui"].contains(&name.as_str()) {
                sources(&path, found);
            } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }

    /// What stands between `open` and the bracket that closes it.
    fn block(text: &str) -> &str {
        let mut depth = 0;
        for (at, character) in text.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 1 => return &text[..at],
                '}' => depth -= 1,
                _ => {}
            }
        }
        panic!("a block without end: {text}");
    }

    fn shipped() -> Vec<(PathBuf, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut files = Vec::new();
        for folder in ["schemas", "shared", "issuer", "verifier", "wallet-app"] {
            sources(&root.join(folder), &mut files);
        }
        let read = |file: PathBuf| {
            let text = std::fs::read_to_string(&file).unwrap();
            let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            (file.strip_prefix(&root).unwrap().to_owned(), shipped)
        };
        files.into_iter().map(read).collect()
    }

    /// Every code, and the enums that have it, read from the `coded!` lists themselves: no crate can be forgotten.
    fn codes() -> BTreeMap<String, BTreeSet<String>> {
        let mut codes = BTreeMap::<String, BTreeSet<String>>::new();
        // The macro itself has examples in its documentation and its tests.
        for (file, shipped) in shipped().iter().filter(|(file, _)| !file.ends_with("types/src/error.rs")) {
            for list in shipped.split("coded!").skip(1).filter(|list| list.trim_start().starts_with('{')) {
                let list = block(list.trim_start());
                let name =
                    list.trim_start_matches('{').trim().split([' ', '{', '\n']).next().unwrap().to_owned();
                for entry in
                    list.split("=>").skip(1).map(str::trim_start).filter(|entry| entry.starts_with('('))
                {
                    let code =
                        entry.split('"').nth(1).unwrap_or_else(|| panic!("{}: {entry}", file.display()));
                    codes.entry(code.to_owned()).or_default().insert(format!("{}: {name}", file.display()));
                }
            }
        }
        codes
    }

    #[test]
    fn the_lists_are_read_as_the_compiler_reads_them() {
        let codes = codes();
        for list in [ProcessError::CODES, ParseError::CODES, VerifyError::CODES, JwsError::CODES] {
            assert!(!list.is_empty());
            for code in list {
                assert!(codes.contains_key(*code), "{code}");
            }
        }
    }

    #[test]
    fn a_code_is_kebab_case_and_means_one_thing() {
        let mut wrong = Vec::new();
        for (code, places) in codes() {
            let kebab = code.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
            if !kebab || places.len() > 1 {
                wrong.push(format!("{code} {places:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_code_has_two_texts_in_three_languages() {
        let mut missing = Vec::new();
        for (code, places) in codes() {
            for lang in LANGUAGES {
                for kind in ["err", "rec"] {
                    let id = format!("{kind}-{code}");
                    if absah_schemas::text(lang, &id).is_none_or(|text| text.trim().is_empty()) {
                        missing.push(format!("{} {id} ({places:?})", lang.tag()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
    }

    #[test]
    fn the_three_languages_have_the_same_texts() {
        let keys = LANGUAGES.map(absah_schemas::keys);
        let all: BTreeSet<_> = keys.iter().flatten().collect();
        let mut missing = Vec::new();
        for (lang, keys) in LANGUAGES.iter().zip(&keys) {
            missing.extend(
                all.iter().filter(|key| !keys.contains(**key)).map(|key| format!("{} {key}", lang.tag())),
            );
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    /// A text whose error is gone would be translated for ever. Outcomes and import findings have codes too,
    /// which stand in the sources as plain strings.
    #[test]
    fn no_text_is_left_of_an_error_that_is_gone() {
        let sources = shipped();
        let stale: Vec<_> = absah_schemas::keys(Lang::Id)
            .into_iter()
            .filter_map(|key| key.strip_prefix("err-"))
            .filter(|code| !sources.iter().any(|(_, text)| text.contains(&format!("\"{code}\""))))
            .collect();
        assert!(stale.is_empty(), "{}", stale.join("\n"));
    }
}
