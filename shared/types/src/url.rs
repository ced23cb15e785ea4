//! Addresses of the web.

use url::{Host, Url};

/// An absolute `https` URL without user name, password or fragment, at most 2,048 ASCII characters.
///
/// Kept and compared as written (identifiers such as an issuer's are compared letter by letter).
/// In development, [`HttpsUrl::parse_dev`] lets `http` through where the host is this machine.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HttpsUrl {
    text: String,
    url: Url,
}

/// A text that is no acceptable URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// Not an absolute URL, longer than 2,048 characters, or with blanks or non-ASCII characters.
    Format,
    /// Another scheme than https (in development: or http on this machine).
    NotHttps,
    /// Holds a user name or password.
    Credentials,
    /// Holds a fragment (`#…`).
    Fragment,
}

impl std::fmt::Display for UrlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "not an absolute URL",
            Self::NotHttps => "not an https URL",
            Self::Credentials => "URL with a user name or password",
            Self::Fragment => "URL with a fragment",
        })
    }
}
impl std::error::Error for UrlError {}
crate::coded! { UrlError {
    Format => ("url-format", Peer),
    NotHttps => ("url-not-https", Peer),
    Credentials => ("url-credentials", Peer),
    Fragment => ("url-fragment", Peer),
} }

impl HttpsUrl {
    /// Reads an https URL.
    ///
    /// # Errors
    /// See [`UrlError`].
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let parsed = Self::parse_dev(text)?;
        if parsed.url.scheme() == "https" { Ok(parsed) } else { Err(UrlError::NotHttps) }
    }

    /// As [`HttpsUrl::parse`], and http where the host is `localhost`, 127.0.0.0/8 or `[::1]`.
    /// Only for programs started with `--dev-loopback`.
    ///
    /// # Errors
    /// See [`UrlError`].
    pub fn parse_dev(text: &str) -> Result<Self, UrlError> {
        if text.len() > 2_048 || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(UrlError::Format);
        }
        let url = Url::parse(text).map_err(|_| UrlError::Format)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(UrlError::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::Credentials);
        }
        if url.fragment().is_some() {
            return Err(UrlError::Fragment);
        }
        Ok(Self { text: text.to_owned(), url })
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its parts.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Host, with the port where it is not the scheme's own: `localhost:8080`.
    #[must_use]
    pub fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The path: at least `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Scheme, host and port: `https://host:port`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", self.url.scheme(), self.authority())
    }

    /// Whether the host is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// This URL with a path added behind its own: `https://host/a` and `/offers/1` give `https://host/a/offers/1`.
    ///
    /// # Errors
    /// When the result is no acceptable URL.
    pub fn with_path(&self, path: &str) -> Result<Self, UrlError> {
        Self::parse_dev(&format!("{}{path}", self.text.trim_end_matches('/')))
    }

    /// The well-known URL of an identifier: `/.well-known/<name>` goes between host and path
    /// (RFC 8414 section 3, OpenID4VCI 1.0 section 12.2.2).
    ///
    /// # Errors
    /// When the result is no acceptable URL.
    pub fn well_known(&self, name: &str) -> Result<Self, UrlError> {
        let path = self.path().trim_end_matches('/');
        Self::parse_dev(&format!("{}/.well-known/{name}{path}", self.origin()))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl std::fmt::Display for HttpsUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
impl std::fmt::Debug for HttpsUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpsUrl({})", self.text)
    }
}

/// As text. Reading lets http on this machine through, as [`HttpsUrl::parse_dev`] does: a program
/// that is not in development must ask [`HttpsUrl::parse`] again where it uses the value.
impl serde::Serialize for HttpsUrl {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> serde::Deserialize<'de> for HttpsUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse_dev(&text).map_err(serde::de::Error::custom)
    }
}

impl std::str::FromStr for HttpsUrl {
    type Err = UrlError;
    fn from_str(text: &str) -> Result<Self, UrlError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded as _;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        let long = format!("https://host/{}", "a".repeat(2_048));
        let cases = [
            ("empty", "", "url-format"),
            ("relative", "/path", "url-format"),
            ("no host", "https://", "url-format"),
            ("blank", "https://ho st/", "url-format"),
            ("tab that a parser would drop", "https://ho\tst/", "url-format"),
            ("not ASCII", "https://höst/", "url-format"),
            ("too long", long.as_str(), "url-format"),
            ("port too high", "https://host:65536/", "url-format"),
            ("http", "http://host/", "url-not-https"),
            ("http on this machine", "http://localhost:8080/", "url-not-https"),
            ("file", "file:///etc/passwd", "url-not-https"),
            ("script", "javascript:alert(1)", "url-not-https"),
            ("user name", "https://user@host/", "url-credentials"),
            ("password", "https://:secret@host/", "url-credentials"),
            ("fragment", "https://host/#x", "url-fragment"),
            ("empty fragment", "https://host/#", "url-fragment"),
        ];
        for (name, text, code) in cases {
            assert_eq!(HttpsUrl::parse(text).map_err(|e| e.code()), Err(code), "{name}");
        }
        for text in ["https://host", "https://host/", "https://host:8443/a?b=c", "https://[::1]/"] {
            assert_eq!(HttpsUrl::parse(text).unwrap().as_str(), text, "kept as written");
        }
    }

    #[test]
    fn http_on_this_machine_in_development() {
        for text in ["http://localhost:8080", "http://127.0.0.1/", "http://127.9.9.9/", "http://[::1]:80/x"] {
            assert!(HttpsUrl::parse_dev(text).unwrap().is_loopback(), "{text}");
        }
        for text in [
            "http://host/",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "http://10.0.0.1/",
        ] {
            assert_eq!(HttpsUrl::parse_dev(text), Err(UrlError::NotHttps), "{text}");
        }
    }

    #[test]
    fn parts() {
        let url = HttpsUrl::parse("https://host:8443/tenant/").unwrap();
        assert_eq!(url.authority(), "host:8443");
        assert_eq!(url.origin(), "https://host:8443");
        assert_eq!(url.with_path("/offers/1").unwrap().as_str(), "https://host:8443/tenant/offers/1");
        let well_known = url.well_known("openid-credential-issuer").unwrap();
        assert_eq!(well_known.as_str(), "https://host:8443/.well-known/openid-credential-issuer/tenant");
        let plain = HttpsUrl::parse("https://host").unwrap();
        assert_eq!(plain.well_known("did.json").unwrap().as_str(), "https://host/.well-known/did.json");
        assert_eq!(HttpsUrl::parse("https://host:443/").unwrap().authority(), "host");
    }

    proptest! {
        #[test]
        fn round_trips(text in "https://[a-z]{1,9}(:[1-9][0-9]{0,3})?(/[A-Za-z0-9._~-]{0,9}){0,4}(\\?[a-z=&]{0,9})?") {
            let url = HttpsUrl::parse(&text).unwrap();
            prop_assert_eq!(url.as_str(), &text);
            prop_assert_eq!(serde_json::from_str::<HttpsUrl>(&serde_json::to_string(&url).unwrap()).unwrap(), url);
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,40}") {
            let _ = (HttpsUrl::parse(&text), HttpsUrl::parse_dev(&format!("http://{text}")));
        }
    }
}
