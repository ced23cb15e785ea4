//! Texts in three languages: `texts/<lang>/<crate>.ftl`, plain Fluent messages.

use absah_types::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

type Bundle = FluentBundle<FluentResource>;

static ID: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Id));
static JV: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Jv));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));

fn of(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::Id => &ID,
        Lang::Jv => &JV,
        Lang::En => &EN,
    }
}

fn bundle(lang: Lang) -> Bundle {
    let locale: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks around variables would stand in the way of every comparison and of JSON.
    bundle.set_use_isolating(false);
    for (_, _, source) in FILES.iter().filter(|(tag, _, _)| *tag == lang.tag()) {
        // A test proves that every file parses; a broken message must not hide the others.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text with this id, such as `err-nik-length`, in a language; `None` when there is none.
#[must_use]
pub fn text(lang: Lang, id: &str) -> Option<String> {
    text_with(lang, id, &[])
}

/// As [`text`], with values for its variables: `[("service", "Surat Domisili")]` fills `{ $service }`.
#[must_use]
pub fn text_with(lang: Lang, id: &str, values: &[(&str, &str)]) -> Option<String> {
    let bundle = of(lang);
    let pattern = bundle.get_message(id)?.value()?;
    let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let mut problems = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&args), &mut problems).into_owned())
}

/// The ids of all texts of a language.
#[must_use]
pub fn keys(lang: Lang) -> BTreeSet<&'static str> {
    FILES
        .iter()
        .filter(|(tag, _, _)| *tag == lang.tag())
        .flat_map(|(_, _, source)| source.lines())
        .filter_map(id_of)
        .collect()
}

/// The id of the message that begins on a line.
pub(crate) fn id_of(line: &'static str) -> Option<&'static str> {
    let (id, _) = line.split_once('=')?;
    line.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(id.trim())
}
