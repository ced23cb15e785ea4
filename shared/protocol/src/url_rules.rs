//! Which URLs a message may name.

use absah_types::{HttpsUrl, UrlError};

/// Which URLs are acceptable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlRules {
    /// `https` only, the rule of every specification used here.
    HttpsOnly,
    /// Also `http` to a loopback address, for development.
    DevLoopback,
}

impl UrlRules {
    /// Reads a URL under these rules.
    ///
    /// # Errors
    /// [`UrlError`].
    pub fn url(self, text: &str) -> Result<HttpsUrl, UrlError> {
        match self {
            Self::HttpsOnly => HttpsUrl::parse(text),
            Self::DevLoopback => HttpsUrl::parse_dev(text),
        }
    }
}

/// A Credential Issuer Identifier (OpenID4VCI 1.0 section 12.2.1), compared as exact text: "using a simple
/// string comparison with no normalization".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssuerId(HttpsUrl);

impl IssuerId {
    /// Reads an identifier.
    ///
    /// # Errors
    /// [`UrlError`]: "a case sensitive URL using the `https` scheme that contains scheme, host and,
    /// optionally, port number and path components, but no query or fragment components."
    pub fn parse(text: &str, rules: UrlRules) -> Result<Self, UrlError> {
        let url = rules.url(text)?;
        if url.url().query().is_some() {
            return Err(UrlError::Format);
        }
        Ok(Self(url))
    }

    /// The exact text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The identifier as a URL.
    #[must_use]
    pub fn url(&self) -> &HttpsUrl {
        &self.0
    }

    /// "the path formed by inserting the string `/.well-known/openid-credential-issuer` into the
    /// Credential Issuer Identifier between the host component and the path component, if any."
    /// `name` is the part after `/.well-known/`.
    #[must_use]
    pub fn well_known(&self, name: &str) -> String {
        format!("{}/.well-known/{name}{}", self.0.origin(), self.0.path().trim_end_matches('/'))
    }

    /// An endpoint below the identifier; `path` begins with a slash.
    #[must_use]
    pub fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.as_str().trim_end_matches('/'))
    }

    /// The did:web of the same host and path: port percent-encoded, path segments joined by colons.
    #[must_use]
    pub fn did_web(&self) -> String {
        let host = self.0.authority().replace(':', "%3A");
        let path = self.0.path().trim_end_matches('/').replace('/', ":");
        format!("did:web:{host}{path}")
    }
}

impl std::fmt::Display for IssuerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_urls_and_did() {
        let id = IssuerId::parse("https://issuer.example.com/tenant", UrlRules::HttpsOnly).unwrap();
        assert_eq!(
            id.well_known("openid-credential-issuer"),
            "https://issuer.example.com/.well-known/openid-credential-issuer/tenant"
        );
        assert_eq!(id.endpoint("/token"), "https://issuer.example.com/tenant/token");
        assert_eq!(id.did_web(), "did:web:issuer.example.com:tenant");
        let id = IssuerId::parse("http://127.0.0.1:8080", UrlRules::DevLoopback).unwrap();
        assert_eq!(id.well_known("did.json"), "http://127.0.0.1:8080/.well-known/did.json");
        assert_eq!(id.did_web(), "did:web:127.0.0.1%3A8080");
        assert_eq!(id.as_str(), "http://127.0.0.1:8080");
    }

    #[test]
    fn refuses_by_name() {
        for (name, text, error) in [
            ("http", "http://issuer.example.com", UrlError::NotHttps),
            ("script", "javascript:alert(1)", UrlError::NotHttps),
            ("relative", "/offers/1", UrlError::Format),
            ("user name", "https://a@issuer.example.com", UrlError::Credentials),
            ("fragment", "https://issuer.example.com/#x", UrlError::Fragment),
            ("query", "https://issuer.example.com/?x=1", UrlError::Format),
            ("line break", "https://issuer.example.com/\n", UrlError::Format),
        ] {
            assert_eq!(IssuerId::parse(text, UrlRules::HttpsOnly), Err(error), "{name}");
        }
        assert_eq!(IssuerId::parse("http://10.0.0.1/", UrlRules::DevLoopback), Err(UrlError::NotHttps));
    }
}
