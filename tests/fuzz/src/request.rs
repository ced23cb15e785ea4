//! Requests as a wallet gets them: short and long form, Request Object, link.

use std::sync::LazyLock;

use absah_protocol::UrlRules;
use absah_protocol::oid4vp::flow_a;
use absah_protocol::oid4vp::request::{Expectation, RequestLink, Transport, read_request_uri_post, verify};
use absah_qr::Dictionary;
use absah_trust::Bundle;
use absah_trust::sample::City;
use absah_types::Timestamp;

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let city = City::at(NOW);
    let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
    contents.dictionary = Dictionary::v1().bytes().to_vec();
    city.import(&city.publish(1, &contents)).0
});

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    let expected = |transport| Expectation {
        transport,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: UrlRules::DevLoopback,
        now: NOW,
    };
    if let Ok(expanded) = flow_a::expand(bytes, &BUNDLE, Dictionary::v1(), NOW) {
        // Rebuilding checks no signature: that is what comes next.
        let _ = verify(&expanded.request.jar, &expected(Transport::Qr));
    }
    let _ = read_request_uri_post(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = verify(text, &expected(Transport::Qr));
        let _ = verify(text, &expected(Transport::Online));
        let _ = RequestLink::parse(text, UrlRules::DevLoopback);
    }
}
