//! Every fixed text that the page asks for stands in every language.

use std::collections::BTreeSet;
use std::path::Path;

use absah_types::Lang;
use absah_wallet_shell::texts;

/// The page's sources, one after another.
fn quoted(folder: &Path, into: &mut String) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            quoted(&path, into)?;
        } else if path.extension().is_some_and(|kind| kind == "svelte") {
            into.push_str(&std::fs::read_to_string(path)?);
        }
    }
    Ok(())
}

#[test]
fn every_text_of_the_page_is_there() {
    let mut source = String::new();
    quoted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src"), &mut source).unwrap();
    // `t("id"` in all its forms; ids put together from parts are not seen here.
    let asked: BTreeSet<&str> = source
        .match_indices("t(\"")
        .filter(|(at, _)| !source[..*at].ends_with(|before: char| before.is_alphanumeric()))
        .filter_map(|(at, call)| source[at + call.len()..].split('"').next())
        .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect();
    assert!(asked.len() > 80, "{} found", asked.len());
    for lang in Lang::ALL {
        let texts = texts(lang);
        let missing: Vec<_> =
            asked.iter().filter(|id| !texts.contains_key(format!("win-{id}").as_str())).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        assert!(!texts.contains_key("win-such-a-text-is-not-there"));
    }
}
