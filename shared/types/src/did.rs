//! Decentralized identifiers.

use crate::HttpsUrl;

/// A DID (W3C DID Core section 3.1): `did:` method `:` method-specific id; no path, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Did(String);

/// A text that is no DID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DidError {
    /// Does not follow the syntax, or is longer than 2,048 characters.
    Format,
}

impl std::fmt::Display for DidError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a DID")
    }
}
impl std::error::Error for DidError {}
crate::coded! { DidError { Format => ("did-format", Peer) } }

impl Did {
    /// Reads a DID.
    ///
    /// # Errors
    /// [`DidError::Format`] for anything that is not exactly a DID.
    pub fn parse(text: &str) -> Result<Self, DidError> {
        let (method, id) =
            text.strip_prefix("did:").and_then(|rest| rest.split_once(':')).ok_or(DidError::Format)?;
        let method_ok =
            !method.is_empty() && method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        // "method-specific-id = *( *idchar ":" ) 1*idchar": may hold colons, must not end with one.
        if text.len() <= 2_048 && method_ok && is_id(id) && !id.ends_with(':') {
            Ok(Self(text.to_owned()))
        } else {
            Err(DidError::Format)
        }
    }

    /// The did:web of the host (and port) of a URL; its path becomes further parts.
    #[must_use]
    pub fn web(url: &HttpsUrl) -> Self {
        let authority = url.authority().replace(':', "%3A").replace('[', "%5B").replace(']', "%5D");
        let mut text = format!("did:web:{authority}");
        for part in url.path().split('/').filter(|part| !part.is_empty()) {
            text.push(':');
            text.push_str(part);
        }
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The method: `web`, `jwk`, `key`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.0.split(':').nth(1).unwrap_or_default()
    }

    /// The URL of one key in its document: `did:web:host#fragment`.
    #[must_use]
    pub fn key_url(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.0)
    }
}

/// `idchar = ALPHA / DIGIT / "." / "-" / "_" / pct-encoded`, and colons between.
fn is_id(id: &str) -> bool {
    let mut bytes = id.bytes();
    while let Some(byte) = bytes.next() {
        let hex = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_hexdigit());
        let ok = match byte {
            b'%' => hex(bytes.next()) && hex(bytes.next()),
            b'.' | b'-' | b'_' | b':' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        if !ok {
            return false;
        }
    }
    !id.is_empty()
}

impl std::fmt::Display for Did {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
crate::form::serde_as_text!(Did, DidError);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let long = format!("did:web:{}", "a".repeat(2_048));
        let cases = [
            ("empty", ""),
            ("scheme only", "did:"),
            ("no id", "did:web:"),
            ("no method", "did::host"),
            ("upper-case scheme", "DID:web:host"),
            ("upper-case method", "did:Web:host"),
            ("fragment", "did:web:host#key"),
            ("path", "did:web:host/path"),
            ("query", "did:web:host?x=1"),
            ("blank", "did:web:ho st"),
            ("half an escape", "did:web:host%3"),
            ("escape that is none", "did:web:host%3G"),
            ("colon at the end", "did:web:host:"),
            ("not ASCII", "did:web:höst"),
            ("too long", long.as_str()),
        ];
        for (name, text) in cases {
            assert_eq!(Did::parse(text), Err(DidError::Format), "{name}");
        }
        for text in ["did:web:host", "did:web:localhost%3A8080:a:b", "did:jwk:eyJr", "did:example::x"] {
            assert_eq!(Did::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn did_web_of_a_url() {
        let did = |url: &str| Did::web(&HttpsUrl::parse_dev(url).unwrap());
        assert_eq!(did("https://absah.madiunkota.go.id").as_str(), "did:web:absah.madiunkota.go.id");
        assert_eq!(did("https://absah.madiunkota.go.id/").as_str(), "did:web:absah.madiunkota.go.id");
        assert_eq!(did("https://host/a/b").as_str(), "did:web:host:a:b");
        assert_eq!(did("http://127.0.0.1:8080").as_str(), "did:web:127.0.0.1%3A8080");
        assert_eq!(did("http://127.0.0.1:8080").method(), "web");
        assert_eq!(did("https://host").key_url("1"), "did:web:host#1");
    }

    proptest! {
        #[test]
        fn round_trips(text in "did:[a-z0-9]{1,8}:[A-Za-z0-9._-]{1,40}") {
            prop_assert_eq!(Did::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn did_web_of_any_url_is_a_did(text in "https://[a-z]{1,9}(\\.[a-z]{2,5})?(:[1-9][0-9]{0,3})?(/[a-z0-9]{1,5}){0,3}") {
            let did = Did::web(&HttpsUrl::parse(&text).unwrap());
            prop_assert_eq!(Did::parse(did.as_str()), Ok(did.clone()));
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,30}") {
            let _ = (Did::parse(&text), Did::parse(&format!("did:web:{text}")));
        }
    }
}
