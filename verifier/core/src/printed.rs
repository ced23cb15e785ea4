//! The QR code on today's printed documents (KK, certificates, since 2019): a link to the ministry's own page.
//!
//! What it leads to can only be asked over the network, so here it is recognised and never more.

/// The ministry's domain for population services.
const DOMAIN: &str = ".dukcapil.kemendagri.go.id";

/// Whether a text is a link to the ministry's page. That proves nothing about the paper it stands on.
#[must_use]
pub fn is_official_link(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#', '\\']).next()).unwrap_or_default();
    let host = host.strip_suffix(":443").unwrap_or(host);
    host.strip_suffix(DOMAIN).is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ministrys_own_page_is_official() {
        for link in [
            "https://layananonline.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=1",
            "http://layanan.dukcapil.kemendagri.go.id",
            " HTTPS://Layanan.Dukcapil.Kemendagri.go.id:443/x ",
        ] {
            assert!(is_official_link(link), "{link}");
        }
        for link in [
            "",
            "layanan.dukcapil.kemendagri.go.id",
            "https://dukcapil.kemendagri.go.id.evil.example/",
            "https://evil.example/.dukcapil.kemendagri.go.id",
            "https://evil.example\\.dukcapil.kemendagri.go.id",
            "https://evil.example#.dukcapil.kemendagri.go.id",
            "https://evil.example?.dukcapil.kemendagri.go.id",
            "https://user@layanan.dukcapil.kemendagri.go.id/",
            "https://layanan.dukcapil.kemendagri.go.id@evil.example/",
            "https://evildukcapil.kemendagri.go.id/",
            "https://l\u{430}yanan.dukcapil.kemendagri.go.id/",
            "javascript:alert('.dukcapil.kemendagri.go.id')",
            "https://.dukcapil.kemendagri.go.id/",
        ] {
            assert!(!is_official_link(link), "{link}");
        }
    }
}
