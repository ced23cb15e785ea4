//! How a card of another issuer is called: by the type metadata of its `vct` (SD-JWT VC, section 4), fetched once when it
//! is received. What is wrong with the metadata keeps nobody from a card that holds: it then bears its technical name, and
//! the reason is said.

use std::collections::BTreeMap;
use std::fmt;

use absah_credential::type_metadata::{ClaimMetadata, Display, MAX_BYTES, TypeMetadata, TypeMetadataError};
use absah_crypto::sha256;
use absah_protocol::UrlRules;
use absah_schemas::CredentialType;
use absah_types::{Lang, base64url, coded};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::effect::{Body, Fetch, FetchFailure, Fetched};
use crate::shown::{Shown, is_honest_name, is_like, poses_as_document};

/// So many documents a type may be built of.
const MAX_EXTENDS: usize = 4;
/// So many claims, and languages of one name, are kept.
const MAX_KEPT: usize = 100;

/// Names of a type and its claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// What the type is called, by language tag.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<(String, Shown)>,
    /// What its claims are called, by dotted path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<String, Vec<(String, Shown)>>,
    /// Stable code of what was wrong with the metadata; there are no names then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Why type metadata is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppearanceError {
    /// It is not to be had.
    Unreachable,
    /// It does not hold.
    Metadata(TypeMetadataError),
    /// It is another document than the issuer signed for.
    Integrity,
    /// It extends itself, or too many others.
    Endless,
    /// A name in it is none that an honest office gives.
    Name,
    /// It calls itself what a card of the civil registry is called.
    LookAlike,
}

impl fmt::Display for AppearanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("type metadata not to be had"),
            Self::Metadata(error) => error.fmt(f),
            Self::Integrity => f.write_str("type metadata is another than signed for"),
            Self::Endless => f.write_str("type metadata without end"),
            Self::Name => f.write_str("type metadata with a name that is none"),
            Self::LookAlike => f.write_str("type metadata borrows the name of another card"),
        }
    }
}

impl std::error::Error for AppearanceError {}

coded! { AppearanceError {
    Unreachable => ("type-metadata-unreachable", Environment),
    Metadata(error) => inner(error),
    Integrity => ("type-metadata-integrity", Peer),
    Endless => ("type-metadata-endless", Peer),
    Name => ("type-metadata-name", Peer),
    LookAlike => ("type-metadata-look-alike", Peer),
} }

/// Documents on their way, by the type they describe.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    wanted: Vec<String>,
    got: BTreeMap<String, Result<Vec<u8>, AppearanceError>>,
}

impl Documents {
    /// Of every type that is not ours and whose name is an address where something can be had.
    pub(crate) fn of(types: impl Iterator<Item = String>, urls: UrlRules) -> Self {
        let foreign = types.filter(|vct| CredentialType::of_vct(vct).is_none() && urls.url(vct).is_ok());
        let mut wanted: Vec<String> = foreign.collect();
        wanted.dedup();
        Self { wanted, got: BTreeMap::new() }
    }

    /// The next document to fetch.
    pub(crate) fn next(&self) -> Option<Fetch> {
        let url = self.wanted.last()?.clone();
        Some(Fetch {
            url,
            body: Body::None,
            bearer: None,
            dpop: None,
            accept: "application/json",
            limit: MAX_BYTES,
        })
    }

    /// What came; whatever is wrong with it is said where it would have been used.
    pub(crate) fn fetched(&mut self, answer: Result<Fetched, FetchFailure>, urls: UrlRules) {
        let Some(vct) = self.wanted.pop() else { return };
        let document = match answer {
            Ok(answer) if answer.status == 200 => Ok(answer.body),
            Err(FetchFailure::TooLarge) => Err(AppearanceError::Metadata(TypeMetadataError::TooLarge)),
            _ => Err(AppearanceError::Unreachable),
        };
        let parent = document.as_deref().ok().and_then(extends).map(|(parent, _)| parent);
        self.got.insert(vct, document);
        // "extends: OPTIONAL. A string value of a URI of another type": fetched like the first, as far as it goes.
        let parent = parent.filter(|parent| urls.url(parent).is_ok() && !self.got.contains_key(parent));
        if self.got.len() < MAX_EXTENDS {
            self.wanted.extend(parent);
        }
    }

    /// How the type `vct` appears; `None` where nothing was looked for.
    pub(crate) fn appearance(&self, vct: &str, integrity: Option<&str>) -> Option<Appearance> {
        self.got.get(vct)?;
        Some(self.resolve(vct, integrity).unwrap_or_else(|error| Appearance {
            problem: Some(absah_types::Coded::code(&error).to_owned()),
            ..Appearance::default()
        }))
    }

    fn resolve(&self, vct: &str, integrity: Option<&str>) -> Result<Appearance, AppearanceError> {
        let mut appearance = Appearance::default();
        let mut next = Some((vct.to_owned(), integrity.map(str::to_owned)));
        let mut seen = Vec::new();
        while let Some((vct, integrity)) = next.take() {
            if seen.contains(&vct) || seen.len() == MAX_EXTENDS {
                return Err(AppearanceError::Endless);
            }
            // Four that were fetched name a fifth, which was not.
            let missing = if self.got.len() >= MAX_EXTENDS {
                AppearanceError::Endless
            } else {
                AppearanceError::Unreachable
            };
            let document = self.got.get(&vct).ok_or(missing)?.as_ref().map_err(|error| *error)?;
            if integrity.is_some_and(|integrity| !is_intact(document, &integrity)) {
                return Err(AppearanceError::Integrity);
            }
            let metadata = TypeMetadata::parse(document, &vct).map_err(AppearanceError::Metadata)?;
            appearance.take(&metadata)?;
            next = extends(document);
            seen.push(vct);
        }
        Ok(appearance)
    }
}

impl Appearance {
    /// What a nearer document says stays.
    fn take(&mut self, metadata: &TypeMetadata) -> Result<(), AppearanceError> {
        if self.name.is_empty() {
            self.name = names(&metadata.display)?;
        }
        let like_ours = |name: &Shown| {
            let ours = CredentialType::ALL.into_iter();
            let called = |kind: CredentialType| Lang::ALL.map(|lang| kind.display_name(lang));
            ours.flat_map(|kind| called(kind).into_iter().chain([kind.name()]))
                .any(|own| is_like(own, name.as_str()))
        };
        if self.name.iter().any(|(_, name)| like_ours(name) || poses_as_document(name.as_str())) {
            return Err(AppearanceError::LookAlike);
        }
        for ClaimMetadata { path, display, .. } in metadata.claims.iter().take(MAX_KEPT) {
            let labels = names(display)?;
            if !labels.is_empty() {
                self.claims.entry(path.to_string()).or_insert(labels);
            }
        }
        Ok(())
    }

    /// What the type is called in a language.
    pub fn name(&self, lang: Lang) -> Option<&Shown> {
        in_language(&self.name, lang)
    }

    /// What a claim is called in a language.
    pub fn label(&self, path: &str, lang: Lang) -> Option<&Shown> {
        in_language(self.claims.get(path)?, lang)
    }
}

/// By the first part of the tag; else in English, else whatever comes first.
fn in_language(names: &[(String, Shown)], lang: Lang) -> Option<&Shown> {
    let of = |wanted: &str| {
        let tag = |tag: &str| tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(wanted));
        names.iter().find(|(locale, _)| tag(locale))
    };
    let found = of(lang.tag()).or_else(|| of("id").filter(|_| lang == Lang::Jv));
    found.or_else(|| of("en")).or(names.first()).map(|(_, name)| name)
}

fn names(display: &[Display]) -> Result<Vec<(String, Shown)>, AppearanceError> {
    let one = |display: &Display| {
        let honest = is_honest_name(&display.name) && display.locale.len() <= 35;
        honest.then(|| (display.locale.clone(), Shown::new(&display.name))).ok_or(AppearanceError::Name)
    };
    display.iter().take(MAX_KEPT).map(one).collect()
}

/// `extends` and `extends#integrity` of a document.
fn extends(document: &[u8]) -> Option<(String, Option<String>)> {
    let value: Value = serde_json::from_slice(document).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some((text("extends")?, text("extends#integrity")))
}

/// "a string value of an integrity metadata as defined in Section 3 of [W3C.SRI]": one of several digests, SHA-256 or
/// stronger; an algorithm that is not known proves nothing.
fn is_intact(document: &[u8], integrity: &str) -> bool {
    let digest = base64url::encode(sha256(document));
    let standard = |text: &str| text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    integrity.split_ascii_whitespace().any(|one| {
        one.split('?')
            .next()
            .and_then(|one| one.strip_prefix("sha256-"))
            .is_some_and(|text| standard(text) == digest)
    })
}

#[cfg(test)]
mod tests {
    use absah_crypto::sha256;
    use serde_json::json;

    use super::*;

    const VCT: &str = "https://kampus.example/vct/ijazah";
    const BASE: &str = "https://kampus.example/vct/dasar";

    fn document(vct: &str, name: &str, more: &Value) -> Vec<u8> {
        let mut document = json!({
            "vct": vct,
            "display": [{ "locale": "en-US", "name": name }, { "locale": "id-ID", "name": format!("{name} (id)") }],
            "claims": [{ "path": ["gelar"], "display": [{ "locale": "id", "label": "Gelar akademik" }] }],
        });
        let members = document.as_object_mut().unwrap();
        members.extend(more.as_object().unwrap().clone());
        document.to_string().into_bytes()
    }

    fn integrity(document: &[u8]) -> String {
        let digest = base64url::encode(sha256(document)).replace('-', "+").replace('_', "/");
        format!("sha256-{digest}=")
    }

    /// Fetches as the wallet does: whatever is wanted, from these.
    fn fetch(served: &[(&str, Vec<u8>)]) -> Documents {
        let mut documents = Documents::of([VCT.to_owned()].into_iter(), UrlRules::HttpsOnly);
        for _ in 0..20 {
            let Some(fetch) = documents.next() else { return documents };
            let found = served.iter().find(|(vct, _)| *vct == fetch.url);
            let answer = match found {
                Some((_, body)) if body.len() > fetch.limit => Err(FetchFailure::TooLarge),
                Some((_, body)) => Ok(Fetched {
                    status: 200,
                    media_type: "application/json".into(),
                    body: body.clone(),
                    dpop_nonce: None,
                    date: None,
                }),
                None => Err(FetchFailure::Unreachable),
            };
            documents.fetched(answer, UrlRules::HttpsOnly);
        }
        panic!("no end of fetching");
    }

    fn problem(served: &[(&str, Vec<u8>)], integrity: Option<&str>) -> Option<String> {
        fetch(served).appearance(VCT, integrity).unwrap().problem
    }

    #[test]
    fn names_come_in_the_language_of_the_person() {
        let base = document(
            BASE,
            "Dokumen",
            &json!({
                "claims": [
                    { "path": ["gelar"], "display": [{ "locale": "id", "label": "dari dasar" }] },
                    { "path": ["tahun"], "display": [{ "locale": "id", "label": "Tahun lulus" }] },
                ],
            }),
        );
        let more = json!({ "extends": BASE, "extends#integrity": integrity(&base) });
        let own = document(VCT, "Diploma", &more);
        let signed_for = integrity(&own);
        let appearance = fetch(&[(VCT, own), (BASE, base)]).appearance(VCT, Some(&signed_for)).unwrap();
        assert_eq!(appearance.problem, None);
        let name = |lang| appearance.name(lang).unwrap().as_str();
        assert_eq!(
            (name(Lang::En), name(Lang::Id), name(Lang::Jv)),
            ("Diploma", "Diploma (id)", "Diploma (id)")
        );
        let label = |path: &str| appearance.label(path, Lang::Id).map(Shown::as_str);
        assert_eq!(label("gelar"), Some("Gelar akademik"), "the nearer document counts");
        assert_eq!((label("tahun"), label("lain")), (Some("Tahun lulus"), None));
        let again = serde_json::from_str::<Appearance>(&serde_json::to_string(&appearance).unwrap()).unwrap();
        assert_eq!(again, appearance);
        // Our own types and names that are no address are not fetched.
        let ours = CredentialType::KtpElektronik.vct().to_owned();
        let none = Documents::of(
            [ours, "urn:eudi:pid:1".into(), "http://a.example/x".into()].into_iter(),
            UrlRules::HttpsOnly,
        );
        assert!(none.next().is_none());
    }

    /// Each bad document has its own code; the card is kept with its technical name.
    #[test]
    fn hostile_type_metadata() {
        let none = json!({});
        let good = document(VCT, "Diploma", &none);
        let chain: Vec<(String, Vec<u8>)> = (0..9)
            .map(|n| {
                let vct = if n == 0 { VCT.to_owned() } else { format!("{BASE}/{n}") };
                let more = json!({ "extends": format!("{BASE}/{}", n + 1) });
                (vct.clone(), document(&vct, "Diploma", &more))
            })
            .collect();
        let chain: Vec<(&str, Vec<u8>)> =
            chain.iter().map(|(vct, body)| (vct.as_str(), body.clone())).collect();
        let named = |name: &str| vec![(VCT, document(VCT, name, &none))];
        let other = integrity(b"another document");
        let labelled =
            json!({ "claims": [{ "path": ["a"], "display": [{ "locale": "id", "label": "<b>NIK</b>" }] }] });
        type Served<'v> = Vec<(&'v str, Vec<u8>)>;
        let cases: Vec<(&str, Served<'_>, Option<&str>, &str)> = vec![
            ("gone", vec![], None, "type-metadata-unreachable"),
            ("huge", vec![(VCT, vec![b' '; MAX_BYTES + 1])], None, "type-metadata-too-large"),
            (
                "a page",
                vec![(VCT, b"<html><script>alert(1)</script>".to_vec())],
                None,
                "type-metadata-malformed",
            ),
            ("another type", vec![(VCT, document(BASE, "Diploma", &none))], None, "type-metadata-vct"),
            ("not what was signed for", vec![(VCT, good.clone())], Some(&other), "type-metadata-integrity"),
            ("unknown digest", vec![(VCT, good.clone())], Some("md5-AAAA"), "type-metadata-integrity"),
            (
                "extends what was not signed for",
                vec![
                    (VCT, document(VCT, "Diploma", &json!({ "extends": BASE, "extends#integrity": other }))),
                    (BASE, document(BASE, "Dokumen", &none)),
                ],
                None,
                "type-metadata-integrity",
            ),
            (
                "extends itself",
                vec![(VCT, document(VCT, "D", &json!({ "extends": VCT })))],
                None,
                "type-metadata-endless",
            ),
            ("extends without end", chain, None, "type-metadata-endless"),
            ("markup in its name", named("<img src=x>"), None, "type-metadata-name"),
            ("a name turned around", named("Ijazah \u{202e}PTK"), None, "type-metadata-name"),
            (
                "markup in a label",
                vec![(VCT, document(VCT, "Diploma", &labelled))],
                None,
                "type-metadata-name",
            ),
            (
                "the name of another card",
                named(CredentialType::KtpElektronik.display_name(Lang::Id)),
                None,
                "type-metadata-look-alike",
            ),
            ("spelled a little differently", named("KTP E1ektronik"), None, "type-metadata-look-alike"),
        ];
        for (name, served, signed_for, code) in cases {
            assert_eq!(problem(&served, signed_for).as_deref(), Some(code), "{name}");
        }
        assert_eq!(problem(&[(VCT, good.clone())], Some(&integrity(&good))), None, "the neighbour");
    }
}
