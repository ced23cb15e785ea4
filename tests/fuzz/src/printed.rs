//! The link on printed documents: what we take for the ministry's, a browser would take there too.

use absah_verifier_core::printed::is_official_link;

/// One try; it panics where something is wrong.
pub fn tried(text: &str) {
    if is_official_link(text) {
        let url = url::Url::parse(text.trim()).unwrap();
        let host = url.host_str().unwrap_or_default().to_owned();
        assert!(host.ends_with(".dukcapil.kemendagri.go.id"), "{host}");
        assert!(url.username().is_empty() && url.password().is_none());
    }
}
