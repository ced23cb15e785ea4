//! SD-JWT VC type metadata (draft-ietf-oauth-sd-jwt-vc, section 4): what a kind of card is called and which
//! of its claims can be withheld.

use std::fmt;

use absah_crypto::json;
use absah_types::coded;
use serde_json::{Map, Value};

use crate::claim_path::ClaimPath;

/// Bytes of a document at most.
pub const MAX_BYTES: usize = 256 * 1024;

/// One name in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Display {
    /// Language tag (RFC 5646).
    pub locale: String,
    /// What people call it.
    pub name: String,
    /// One sentence about it.
    pub description: Option<String>,
}

/// Whether a claim is selectively disclosable (`sd`, section 4.6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosable {
    /// "The Issuer MUST make the claim selectively disclosable."
    Always,
    /// "The Issuer MAY make the claim selectively disclosable." The default.
    Allowed,
    /// "The Issuer MUST NOT make the claim selectively disclosable."
    Never,
}

/// What is said about one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimMetadata {
    /// Where it stands, from the root of a `dc+sd-jwt`.
    pub path: ClaimPath,
    /// Whether it can be withheld.
    pub disclosable: Disclosable,
    /// Its names.
    pub display: Vec<Display>,
}

/// A type metadata document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeMetadata {
    /// The type it describes.
    pub vct: String,
    /// The names of the type.
    pub display: Vec<Display>,
    /// Its claims.
    pub claims: Vec<ClaimMetadata>,
}

impl TypeMetadata {
    /// Reads the document that stands under `vct`.
    ///
    /// # Errors
    /// One variant of [`TypeMetadataError`] per rule.
    pub fn parse(document: &[u8], vct: &str) -> Result<Self, TypeMetadataError> {
        if document.len() > MAX_BYTES {
            return Err(TypeMetadataError::TooLarge);
        }
        let whole = json::object(document).map_err(|_| TypeMetadataError::Malformed)?;
        // Section 4.2: "vct: REQUIRED. [...] The value MUST be the vct value" that led here.
        if whole.get("vct").and_then(Value::as_str) != Some(vct) {
            return Err(TypeMetadataError::Vct);
        }
        let claims = list(&whole, "claims")?.iter().map(claim).collect::<Option<_>>();
        Ok(Self {
            vct: vct.to_owned(),
            display: displays(&whole)?,
            claims: claims.ok_or(TypeMetadataError::Malformed)?,
        })
    }

    /// The name in the first of these languages that there is, else in the first of the document.
    pub fn name(&self, locales: &[&str]) -> Option<&str> {
        name(&self.display, locales)
    }

    /// What is said about the claim at `path`.
    pub fn claim(&self, path: &ClaimPath) -> Option<&ClaimMetadata> {
        self.claims.iter().find(|claim| claim.path == *path)
    }
}

impl ClaimMetadata {
    /// The name in the first of these languages that there is, else in the first of the document.
    pub fn name(&self, locales: &[&str]) -> Option<&str> {
        name(&self.display, locales)
    }
}

fn name<'d>(display: &'d [Display], locales: &[&str]) -> Option<&'d str> {
    locales
        .iter()
        .find_map(|locale| display.iter().find(|entry| entry.locale == *locale))
        .or(display.first())
        .map(|entry| entry.name.as_str())
}

fn list<'v>(members: &'v Map<String, Value>, name: &str) -> Result<&'v [Value], TypeMetadataError> {
    match members.get(name) {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(TypeMetadataError::Malformed),
    }
}

fn displays(members: &Map<String, Value>) -> Result<Vec<Display>, TypeMetadataError> {
    let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    list(members, "display")?
        .iter()
        .map(|entry| {
            Some(Display {
                locale: text(entry, "locale")?,
                // A type has a `name`, a claim has a `label` (sections 4.5 and 4.6.2).
                name: text(entry, "name").or_else(|| text(entry, "label"))?,
                description: text(entry, "description"),
            })
        })
        .collect::<Option<_>>()
        .ok_or(TypeMetadataError::Malformed)
}

fn claim(entry: &Value) -> Option<ClaimMetadata> {
    let disclosable = match entry.get("sd").map(Value::as_str) {
        Some(Some("always")) => Disclosable::Always,
        None | Some(Some("allowed")) => Disclosable::Allowed,
        Some(Some("never")) => Disclosable::Never,
        Some(_) => return None,
    };
    Some(ClaimMetadata {
        path: ClaimPath::from_json(entry.get("path")?).ok()?,
        disclosable,
        display: displays(entry.as_object()?).ok()?,
    })
}

/// Why a type metadata document is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeMetadataError {
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// Not JSON of the demanded shape.
    Malformed,
    /// It describes another type.
    Vct,
}

coded! { TypeMetadataError {
    TooLarge => ("type-metadata-too-large", Peer),
    Malformed => ("type-metadata-malformed", Peer),
    Vct => ("type-metadata-vct", Peer),
} }

impl fmt::Display for TypeMetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "type metadata is too large",
            Self::Malformed => "type metadata is malformed",
            Self::Vct => "type metadata describes another type",
        })
    }
}

impl std::error::Error for TypeMetadataError {}

#[cfg(test)]
mod tests {
    use absah_schemas::CredentialType;
    use absah_schemas::documents::type_metadata;
    use absah_types::Coded as _;
    use serde_json::json;

    use super::*;
    use crate::PathElement;
    use crate::tests::{issue, kk, ktp, now};
    use crate::{Format, Groups};

    fn ours(kind: CredentialType) -> TypeMetadata {
        TypeMetadata::parse(type_metadata(kind).as_bytes(), kind.vct()).unwrap()
    }

    #[test]
    fn our_documents_name_every_claim_in_three_languages() {
        for kind in CredentialType::ALL {
            let metadata = ours(kind);
            for locale in ["id", "jv", "en"] {
                assert!(metadata.display.iter().any(|entry| entry.locale == locale));
                for claim in &metadata.claims {
                    assert!(claim.display.iter().any(|entry| entry.locale == locale), "{}", claim.path);
                }
            }
        }
        assert_eq!(ours(CredentialType::KartuKeluarga).name(&["xx", "en"]), Some("Family card"));
    }

    /// The cards we issue keep what our documents promise.
    #[test]
    fn our_cards_follow_our_documents() {
        let check = |groups: Groups| {
            let kind = groups.kind();
            let metadata = ours(kind);
            let text = issue(&groups, 4);
            let jwt = text.split('~').next().unwrap();
            let bare = crate::tests::held(&format!("{jwt}~"));
            let all = crate::tests::held(&text);
            for claim in &metadata.claims {
                let seen = !claim.path.select(bare.claims()).is_empty();
                let top = claim.path.elements().len() == 1;
                match claim.disclosable {
                    Disclosable::Always => assert!(!seen, "{} is always visible", claim.path),
                    Disclosable::Never if top => assert!(seen, "{} is hidden", claim.path),
                    _ => {}
                }
                assert!(!claim.path.select(all.claims()).is_empty(), "{} is not in the card", claim.path);
            }
            // And the documents name every claim of the cards.
            for (name, value) in all.claims().as_object().unwrap() {
                let registered =
                    ["iss", "vct", "iat", "nbf", "exp", "cnf", "status"].contains(&name.as_str());
                assert!(
                    registered || metadata.claim(&ClaimPath::key(name)).is_some(),
                    "{name} is not described"
                );
                for inner in value.as_object().into_iter().filter(|_| !registered).flat_map(Map::keys) {
                    let path =
                        ClaimPath::new([name, inner].map(|part| PathElement::Key(part.clone())).to_vec());
                    assert!(metadata.claim(&path.unwrap()).is_some(), "{name}.{inner} is not described");
                }
            }
        };
        let helper = crate::Pendamping::new("pkk-07", "Sri Wahyuni", "PKK Kartoharjo").unwrap();
        check(ktp().groups(Format::DcSdJwt, now().date()).carried_by(&helper));
        check(kk(3).groups(Format::DcSdJwt));
    }

    #[test]
    fn hostile_documents() {
        let code = |value: &Value| {
            TypeMetadata::parse(value.to_string().as_bytes(), "x").map_err(|e| e.code()).err()
        };
        let valid =
            json!({"vct": "x", "claims": [{"path": ["a"], "display": [{"locale": "id", "label": "A"}]}]});
        assert_eq!(code(&valid), None);
        for (name, value, expected) in [
            ("another type", json!({"vct": "y"}), "type-metadata-vct"),
            ("no type", json!({}), "type-metadata-vct"),
            ("claims not a list", json!({"vct": "x", "claims": {}}), "type-metadata-malformed"),
            ("claim without path", json!({"vct": "x", "claims": [{}]}), "type-metadata-malformed"),
            (
                "unknown sd",
                json!({"vct": "x", "claims": [{"path": ["a"], "sd": "maybe"}]}),
                "type-metadata-malformed",
            ),
            (
                "name without language",
                json!({"vct": "x", "display": [{"name": "A"}]}),
                "type-metadata-malformed",
            ),
            ("not an object", json!([]), "type-metadata-malformed"),
            ("too large", json!({"vct": "x".repeat(MAX_BYTES)}), "type-metadata-too-large"),
        ] {
            assert_eq!(code(&value), Some(expected), "{name}");
        }
    }
}
