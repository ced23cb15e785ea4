use absah_types::{Coded, Seconds};

use super::*;
use crate::sample::{City, Rcgen, RcgenPublic, Steady, key};
use rcgen::{
    BasicConstraints as Constraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyUsagePurpose, SerialNumber,
};

pub(crate) const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

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

/// Name, chain, roots, day, code.
type Case = (&'static str, Vec<Made>, Vec<Made>, i64, &'static str);

/// What a certificate of a test says: subject, its key, its issuer and the issuer's key, authority of what path length.
pub(crate) struct Made {
    pub(crate) subject: (&'static str, u8),
    pub(crate) issuer: (&'static str, u8),
    pub(crate) ca: Option<Option<u8>>,
    pub(crate) usage: Vec<KeyUsagePurpose>,
    pub(crate) days: (i64, i64),
}

pub(crate) const LEAF: (&str, u8) = ("Penerbit", 21);
pub(crate) const ISSUING: (&str, u8) = ("Otoritas Penerbit", 22);
pub(crate) const ROOT: (&str, u8) = ("Akar", 23);

impl Made {
    pub(crate) fn leaf() -> Self {
        let usage = vec![KeyUsagePurpose::DigitalSignature];
        Self { subject: LEAF, issuer: ISSUING, ca: None, usage, days: (0, 125) }
    }

    pub(crate) fn authority(subject: (&'static str, u8), issuer: (&'static str, u8), path: u8) -> Self {
        let usage = vec![KeyUsagePurpose::KeyCertSign];
        Self { subject, issuer, ca: Some(Some(path)), usage, days: (-1, 1000) }
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let params = |name: &str| {
            let mut params = CertificateParams::default();
            let mut subject = DistinguishedName::new();
            subject.push(DnType::CommonName, name);
            params.distinguished_name = subject;
            params.key_identifier_method = KeyIdMethod::PreSpecified(vec![1; 20]);
            params
        };
        let mut own = params(self.subject.0);
        let moment = |days| NOW.plus(Seconds::days(days)).unix();
        own.not_before = time::OffsetDateTime::from_unix_timestamp(moment(self.days.0)).unwrap();
        own.not_after = time::OffsetDateTime::from_unix_timestamp(moment(self.days.1)).unwrap();
        own.serial_number = Some(SerialNumber::from(vec![1, 2, 3]));
        own.key_usages.clone_from(&self.usage);
        own.is_ca = match self.ca {
            None => IsCa::ExplicitNoCa,
            Some(None) => IsCa::Ca(Constraints::Unconstrained),
            Some(Some(path)) => IsCa::Ca(Constraints::Constrained(path)),
        };
        let above = Steady(key(self.issuer.1));
        let issuer = Issuer::new(params(self.issuer.0), Rcgen(&above.0));
        let public = RcgenPublic(*key(self.subject.1).public_key().to_sec1());
        own.signed_by(&public, &issuer).unwrap().der().to_vec()
    }
}

fn chain(certificates: &[Made], roots: &[Made], days: i64) -> &'static str {
    let chain: Vec<_> = certificates.iter().map(Made::der).collect();
    let roots: Vec<_> = roots.iter().map(Made::der).collect();
    let chain: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let roots: Vec<&[u8]> = roots.iter().map(Vec::as_slice).collect();
    verify_chain(&chain, &roots, NOW.plus(Seconds::days(days))).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn hostile_chains_each_have_their_code() {
    let issuing = || Made::authority(ISSUING, ROOT, 0);
    let root = || Made::authority(ROOT, ROOT, 1);
    let second = ("Otoritas Kedua", 24);
    let cases: Vec<Case> = vec![
        ("as it should be", vec![Made::leaf(), issuing()], vec![root()], 1, "ok"),
        ("on the last day", vec![Made::leaf(), issuing()], vec![root()], 125, "ok"),
        ("empty", vec![], vec![root()], 1, "certificate-malformed"),
        ("no root", vec![Made::leaf(), issuing()], vec![], 1, "certificate-unknown-authority"),
        ("issuing authority left out", vec![Made::leaf()], vec![root()], 1, "certificate-unknown-authority"),
        ("with its root", vec![Made::leaf(), issuing(), root()], vec![root()], 1, "certificate-purpose"),
        ("upside down", vec![issuing(), Made::leaf()], vec![root()], 1, "certificate-purpose"),
        (
            "self-signed leaf",
            vec![Made { issuer: LEAF, ..Made::leaf() }],
            vec![root()],
            1,
            "certificate-purpose",
        ),
        (
            "leaf as authority",
            vec![Made { subject: second, issuer: LEAF, ..Made::leaf() }, Made::leaf(), issuing()],
            vec![root()],
            1,
            "certificate-purpose",
        ),
        (
            "one authority more than the issuing one may have",
            vec![Made { issuer: second, ..Made::leaf() }, Made::authority(second, ISSUING, 0), issuing()],
            vec![root()],
            1,
            "certificate-purpose",
        ),
        (
            "one authority more than the root may have",
            vec![
                Made { issuer: second, ..Made::leaf() },
                Made::authority(second, ISSUING, 0),
                Made::authority(ISSUING, ROOT, 1),
            ],
            vec![root()],
            1,
            "certificate-purpose",
        ),
        (
            "too long",
            vec![
                Made::leaf(),
                issuing(),
                Made::authority(ROOT, second, 5),
                Made::authority(second, ("E", 25), 5),
            ],
            vec![root()],
            1,
            "certificate-malformed",
        ),
        (
            "another key of the same name",
            vec![Made { issuer: (ISSUING.0, 30), ..Made::leaf() }, issuing()],
            vec![root()],
            1,
            "certificate-unknown-authority",
        ),
        (
            "another root of the same name",
            vec![Made::leaf(), issuing()],
            vec![Made::authority((ROOT.0, 31), (ROOT.0, 31), 1)],
            1,
            "certificate-unknown-authority",
        ),
        (
            "authority without the right to sign certificates",
            vec![Made::leaf(), Made { usage: vec![KeyUsagePurpose::DigitalSignature], ..issuing() }],
            vec![root()],
            1,
            "certificate-purpose",
        ),
        ("leaf not begun", vec![Made::leaf(), issuing()], vec![root()], -1, "certificate-not-yet-valid"),
        ("leaf ended", vec![Made::leaf(), issuing()], vec![root()], 126, "certificate-expired"),
        (
            "issuing authority ended under a living leaf",
            vec![Made::leaf(), Made { days: (-1, 50), ..issuing() }],
            vec![root()],
            51,
            "certificate-expired",
        ),
        (
            "root ended under a living chain",
            vec![Made::leaf(), issuing()],
            vec![Made { days: (-1, 50), ..root() }],
            51,
            "certificate-expired",
        ),
    ];
    for (name, certificates, roots, days, code) in cases {
        assert_eq!(chain(&certificates, &roots, days), code, "{name}");
    }
}
