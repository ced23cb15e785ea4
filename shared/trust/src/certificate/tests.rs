use absah_types::{Coded, Seconds};

use super::*;
use crate::sample::{City, key};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

fn trust(leaf: &[u8], authorities: &[&[u8]]) -> &'static str {
    AccessCertificate::trust(leaf, authorities.iter().copied()).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn hostile_certificates_each_have_their_code() {
    let city = City::at(NOW);
    let authority = city.authority();
    let leaf = city.certificate(key(9).public_key(), NOW, NOW.plus(Seconds::days(90)));
    assert_eq!(trust(&leaf, &[&authority]), "ok");
    assert_eq!(trust(&leaf, &[]), "certificate-unknown-authority");
    assert_eq!(trust(&authority, &[&authority]), "certificate-purpose", "an authority is no counter");
    assert_eq!(trust(&leaf, &[&leaf]), "certificate-purpose", "a counter is no authority");
    assert_eq!(trust(&[], &[&authority]), "certificate-malformed");
    assert_eq!(trust(&vec![0; MAX_CERTIFICATE_BYTES + 1], &[&authority]), "certificate-malformed");
    let longer = [leaf.as_slice(), &[0]].concat();
    assert_eq!(trust(&longer, &[&authority]), "certificate-malformed", "bytes after the end");
}

#[test]
fn no_flipped_bit_is_believed() {
    let city = City::at(NOW);
    let authority = city.authority();
    let leaf = city.certificate(key(9).public_key(), NOW, NOW.plus(Seconds::days(90)));
    for at in 0..leaf.len() {
        let mut spoiled = leaf.clone();
        spoiled[at] ^= 1;
        assert_ne!(trust(&spoiled, &[&authority]), "ok", "byte {at}");
    }
}

#[test]
fn a_certificate_holds_from_its_first_to_its_last_moment() {
    let city = City::at(NOW);
    let end = NOW.plus(Seconds::days(90));
    let leaf = city.certificate(key(9).public_key(), NOW, end);
    let authority = city.authority();
    let trusted = AccessCertificate::trust(&leaf, [authority.as_slice()]).unwrap();
    let at = |now| trusted.valid_at(now).map_or_else(|error| error.code(), |()| "ok");
    assert_eq!(at(NOW.minus(Seconds::days(1))), "ok");
    assert_eq!(at(NOW.minus(Seconds(86_401))), "certificate-not-yet-valid");
    assert_eq!(at(end), "ok");
    assert_eq!(at(end.plus(Seconds(1))), "certificate-expired");
    assert_eq!(trusted.public_key(), key(9).public_key());
    assert!(trusted.client_id().starts_with("x509_hash:"));
}
