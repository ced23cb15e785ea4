//! From the claims of a card to facts a person can read.

use absah_credential::{Format, HOLDER, PENDAMPING};
use absah_schemas::CredentialType;
use serde_json::{Map, Value};

use crate::{blob::Blob, prompt::FactValue, shown::Shown};

/// The claim that holds the hash of the face picture.
pub(crate) use absah_trust::registration::PORTRAIT;
/// Yes-or-no facts: all an old bundle is good for.
use absah_trust::registration::PREDICATES;

/// Claims about the subject that are no facts to show or withhold: anybody who gets the card sees them, or (the link to
/// other cards) they go along whenever several cards do.
const NO_FACTS: [&str; 4] = ["jaminanKunci", "id", HOLDER, PENDAMPING];

/// Whether a claim is a yes-or-no fact.
pub(crate) fn is_predicate(path: &str) -> bool {
    PREDICATES.contains(&path)
}

/// The claims about the subject, wherever the format puts them; what is about the credential itself is left out.
pub(crate) fn subject(format: Format, claims: &Value) -> Map<String, Value> {
    let subject = match format {
        Format::VcSdJwt => claims.get("credentialSubject"),
        Format::DcSdJwt => Some(claims),
    };
    let mut subject = subject.and_then(Value::as_object).cloned().unwrap_or_default();
    if format == Format::DcSdJwt {
        subject.retain(|name, _| !REGISTERED.contains(&name.as_str()));
    }
    subject
}

/// Members of a `dc+sd-jwt` that say nothing about a person.
const REGISTERED: [&str; 11] =
    ["iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "aud", "jti"];

/// The value of a claim as it will be sent; members in the order of the card where we know the type.
pub(crate) fn value(
    kind: Option<CredentialType>,
    path: &str,
    value: &Value,
    portrait: Option<&Blob>,
) -> FactValue {
    if path == PORTRAIT
        && let Some(blob) = portrait
    {
        // Salt first; the picture is the rest.
        let webp = blob.as_bytes().get(absah_credential::portrait::SALT..).unwrap_or_default();
        return FactValue::Picture(Blob::new(webp.to_vec()));
    }
    // The form for other people's verifiers carries the picture itself.
    if path == PORTRAIT
        && let Some(webp) = value.as_str().and_then(picture)
    {
        return FactValue::Picture(Blob::new(webp));
    }
    match value {
        Value::Bool(truth) => FactValue::Truth(*truth),
        Value::String(text) => FactValue::Text(Shown::new(text)),
        Value::Number(number) => FactValue::Text(Shown::new(&number.to_string())),
        Value::Null => FactValue::Text(Shown::default()),
        Value::Array(items) => {
            let below = format!("{path}.*");
            FactValue::List(items.iter().map(|item| self::value(kind, &below, item, None)).collect())
        }
        Value::Object(members) => FactValue::Members(ordered(kind, path, members)),
    }
}

/// The picture in `data:image/webp;base64,…`.
fn picture(url: &str) -> Option<Vec<u8>> {
    let base64 = url.strip_prefix("data:image/webp;base64,")?.trim_end_matches('=');
    absah_types::base64url::decode(base64.replace('+', "-").replace('/', "_")).ok()
}

fn ordered(
    kind: Option<CredentialType>,
    path: &str,
    members: &Map<String, Value>,
) -> Vec<(String, FactValue)> {
    let place = |name: &str| {
        let dotted = format!("{path}.{name}");
        kind.and_then(|kind| kind.claims().iter().position(|claim| claim.dotted() == dotted))
            .unwrap_or(usize::MAX)
    };
    let mut names: Vec<&String> = members.keys().collect();
    names.sort_by_key(|name| place(name));
    let one = |name: &String| {
        let value = members.get(name).unwrap_or(&Value::Null);
        (Shown::new(name).into(), self::value(kind, &format!("{path}.{name}"), value, None))
    };
    names.into_iter().map(one).collect()
}

/// The groups of a card that `sent` does not name, in the order of the card.
pub(crate) fn hidden(
    kind: Option<CredentialType>,
    claims: &Map<String, Value>,
    sent: &[String],
) -> Vec<String> {
    let is_sent = |name: &str| sent.iter().any(|path| path.split('.').next() == Some(name));
    let place = |name: &str| {
        kind.and_then(|kind| kind.groups().position(|claim| claim.dotted() == name)).unwrap_or(usize::MAX)
    };
    let mut hidden: Vec<&String> =
        claims.keys().filter(|name| !is_sent(name) && !NO_FACTS.contains(&name.as_str())).collect();
    hidden.sort_by_key(|name| place(name));
    hidden.into_iter().map(|name| Shown::new(name).into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_group_keeps_the_order_of_the_card() {
        let alamat =
            json!({"provinsi": "Jawa Timur", "rt": "001", "jalan": "Jl. Pahlawan 1", "kota": "Kota Madiun"});
        let FactValue::Members(members) = value(Some(CredentialType::KtpElektronik), "alamat", &alamat, None)
        else {
            panic!("a group");
        };
        let names: Vec<_> = members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["jalan", "rt", "kota", "provinsi"]);
    }

    #[test]
    fn the_picture_is_shown_without_its_salt() {
        let blob = Blob::new([[0; 16].as_slice(), b"RIFF"].concat());
        let shown = value(Some(CredentialType::KtpElektronik), "portrait", &json!("hash"), Some(&blob));
        assert_eq!(shown, FactValue::Picture(Blob::new(b"RIFF".to_vec())));
        // In the other form the card carries it itself.
        let inside = json!("data:image/webp;base64,UklGRg==");
        let shown = value(Some(CredentialType::KtpElektronik), "portrait", &inside, None);
        assert_eq!(shown, FactValue::Picture(Blob::new(b"RIFF".to_vec())));
        let elsewhere = value(Some(CredentialType::KtpElektronik), "nama", &inside, None);
        assert!(matches!(elsewhere, FactValue::Text(_)));
    }

    #[test]
    fn what_is_not_sent_is_named() {
        let claims = json!({"nama": "A", "nik": "1", "alamat": {}, "jaminanKunci": "software"});
        let sent = ["nama".to_owned(), "alamat.kota".to_owned()];
        let hidden = hidden(Some(CredentialType::KtpElektronik), claims.as_object().unwrap(), &sent);
        assert_eq!(hidden, ["nik"]);
    }

    #[test]
    fn hostile_values_are_made_visible() {
        let shown = value(None, "nama", &json!("A\u{1b}[2J\u{202e}B"), None);
        assert_eq!(shown, FactValue::Text(Shown::new("A\u{fffd}[2J\u{fffd}B")));
    }
}
