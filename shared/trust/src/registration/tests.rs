use absah_types::Coded;

use super::*;
use crate::sample::{City, URL, key};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

fn path(text: &str) -> ClaimPath {
    ClaimPath::parse_dotted(text).unwrap()
}

fn verified(jwt: &str, leaf: &[u8]) -> &'static str {
    Registered::verify(jwt, leaf, &City::at(NOW).trust()).map_or_else(|error| error.code(), |_| "ok")
}

/// The code that a spoiled registration earns although the registrar signed it.
fn signed(change: impl FnOnce(&mut Registration)) -> &'static str {
    let city = City::at(NOW);
    let mut registration = city.registration();
    change(&mut registration);
    let header = jws::Header::es256(TYP).with_kid(City::REGISTRAR_KID);
    let payload = serde_json::to_vec(&registration).unwrap();
    let jwt = jws::ToBeSigned::new(&header, &payload).sign(&city.registrar_key).unwrap();
    let leaf = city.certificate(city.counter_key.public_key(), NOW, NOW.plus(Seconds::days(99)));
    let got = verified(&jwt, &leaf);
    if got != "ok"
        && got.starts_with("registration-")
        && got != "registration-borrowed"
        && got != "registration-registrar-unknown"
    {
        assert!(
            registration.prepare(City::REGISTRAR_KID).is_err(),
            "the writing side refuses the same: {got}"
        );
    }
    got
}

fn in_sector(registration: &mut Registration, sector: Option<Sector>, claim: &str) {
    registration.services[0].sector = sector;
    registration.services[0].asks[0].claims.push(path(claim));
}

#[test]
fn hostile_registrations_each_have_their_code() {
    let long = |text: &str| text.repeat(100);
    let cases = [
        ("untouched", signed(|_| ()), "ok"),
        ("90 days", signed(|r| r.expires_at = NOW.plus(MAX_LIFE)), "ok"),
        (
            "90 days and a second",
            signed(|r| r.expires_at = NOW.plus(Seconds(MAX_LIFE.0 + 1))),
            "registration-too-long",
        ),
        ("ends before it begins", signed(|r| r.expires_at = NOW), "registration-malformed"),
        (
            "another registrar",
            signed(|r| r.issuer = "https://other.example".into()),
            "registration-registrar-unknown",
        ),
        ("borrowed", signed(|r| r.spki_sha256 = [0; 32]), "registration-borrowed"),
        ("no service", signed(|r| r.services.clear()), "registration-malformed"),
        ("service twice", signed(|r| r.services.push(City::service())), "registration-malformed"),
        ("agency with markup", signed(|r| r.agency = "<b>Kelurahan</b>".into()), "registration-malformed"),
        (
            "agency with a line break",
            signed(|r| r.agency = "Kelurahan\nContoh".into()),
            "registration-malformed",
        ),
        (
            "agency written backwards",
            signed(|r| r.agency = "Kelurahan \u{202E}hotnoC".into()),
            "registration-malformed",
        ),
        ("agency of a page", signed(|r| r.agency = long("panjang ")), "registration-malformed"),
        ("agency empty", signed(|r| r.agency = " ".into()), "registration-malformed"),
        ("service id with a slash", signed(|r| r.services[0].id = "a/b".into()), "registration-malformed"),
        ("nothing asked", signed(|r| r.services[0].asks.clear()), "registration-malformed"),
        (
            "protected claim not declared",
            signed(|r| r.services[0].asks[0].claims.push(path("nik"))),
            "protected-claim-undeclared",
        ),
        (
            "protected claim declared",
            signed(|r| {
                r.services[0].asks[0].claims.push(path("nik"));
                r.services[0].protected.push(path("nik"));
            }),
            "ok",
        ),
        ("kept for no day", signed(|r| r.services[0].retention_days = 0), "registration-malformed"),
        ("kept for ever", signed(|r| r.services[0].retention_days = u32::MAX), "registration-malformed"),
        ("a number without a sector", signed(|r| in_sector(r, None, "token.sosial")), "sector-foreign"),
        ("its own number", signed(|r| in_sector(r, Some(Sector::Sosial), "token.sosial")), "ok"),
        (
            "the number of another sector",
            signed(|r| in_sector(r, Some(Sector::Sosial), "token.pajak")),
            "sector-foreign",
        ),
        (
            "a sector there is not",
            signed(|r| in_sector(r, Some(Sector::Sosial), "token.lain")),
            "sector-foreign",
        ),
        ("all numbers", signed(|r| in_sector(r, Some(Sector::Sosial), "token")), "token-group-asked"),
        ("every number", signed(|r| in_sector(r, Some(Sector::Sosial), "token.*")), "token-group-asked"),
        (
            "two sectors",
            signed(|r| {
                r.services[0].sector = Some(Sector::Sosial);
                let other = Service { id: "lain".into(), sector: Some(Sector::Pajak), ..City::service() };
                r.services.push(other);
            }),
            "registration-sectors-mixed",
        ),
    ];
    for (name, got, expected) in cases {
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn hostile_envelopes_each_have_their_code() {
    let city = City::at(NOW);
    let good = city.sign(&city.registration());
    let leaf = good.access_certificate.0.clone();
    let payload = serde_json::to_vec(&city.registration()).unwrap();
    let with = |header: jws::Header, signer: &absah_crypto::PrivateKey| {
        verified(&jws::ToBeSigned::new(&header, &payload).sign(signer).unwrap(), &leaf)
    };
    let header = || jws::Header::es256(TYP).with_kid(City::REGISTRAR_KID);
    assert_eq!(verified(&good.jwt, &leaf), "ok");
    assert_eq!(with(header(), &city.registrar_key), "ok");
    assert_eq!(with(header(), &key(9)), "registration-signature");
    assert_eq!(
        with(jws::Header::es256("jwt").with_kid(City::REGISTRAR_KID), &city.registrar_key),
        "registration-wrong-type"
    );
    assert_eq!(with(jws::Header::es256(TYP), &city.registrar_key), "registration-malformed");
    assert_eq!(
        with(jws::Header::es256(TYP).with_kid(City::STATUS_KID), &city.status_key),
        "registration-registrar-unknown",
        "a key for something else",
    );
    assert_eq!(verified("x.y.z", &leaf), "registration-malformed");
    assert_eq!(verified(&"A".repeat(MAX_BYTES + 1), &leaf), "registration-malformed");
    let other = city.certificate(key(9).public_key(), NOW, NOW.plus(Seconds::days(9)));
    assert_eq!(verified(&good.jwt, &other), "registration-borrowed");
}

#[test]
fn a_registration_holds_only_in_its_time() {
    let city = City::at(NOW);
    let signed = city.sign(&city.registration());
    let registered = Registered::verify(&signed.jwt, &signed.access_certificate.0, &city.trust()).unwrap();
    let at = |now: Timestamp| registered.valid_at(now).map_or_else(|error| error.code(), |()| "ok");
    assert_eq!(at(NOW), "ok");
    assert_eq!(at(NOW.minus(Seconds(1))), "registration-not-yet-valid");
    assert_eq!(at(NOW.plus(Seconds::days(30)).minus(Seconds(1))), "ok");
    assert_eq!(at(NOW.plus(Seconds::days(30))), "registration-expired");
}

#[test]
fn a_service_may_ask_what_it_lists_and_no_more() {
    let mut service = City::service();
    let ask = |service: &Service, credential: &str, claim: &str| {
        service.allows(credential, &path(claim)).map_or_else(|error| error.code(), |()| "ok")
    };
    assert_eq!(ask(&service, "KtpElektronik", "nama"), "ok");
    assert_eq!(ask(&service, "KtpElektronik", "alamat.kota"), "ok");
    assert_eq!(ask(&service, "KtpElektronik", "agama"), "over-asking");
    assert_eq!(ask(&service, "KartuKeluarga", "nama"), "over-asking");
    service.asks[0].claims = vec![path("alamat.kota"), path("nik")];
    assert_eq!(
        ask(&service, "KtpElektronik", "alamat"),
        "over-asking",
        "a part is no permission for the whole"
    );
    assert_eq!(ask(&service, "KtpElektronik", "nik"), "protected-claim-undeclared");
    service.protected = vec![path("nik")];
    assert_eq!(ask(&service, "KtpElektronik", "nik"), "ok");
    assert!(is_protected(&path("anggota.*.nik")));
    assert_eq!(ask(&service, "KtpElektronik", "token.sosial"), "sector-foreign", "even before over-asking");
    service.sector = Some(Sector::Sosial);
    assert_eq!(ask(&service, "KtpElektronik", "token.sosial"), "over-asking", "a sector is no permission");
    service.asks[0].claims.push(path("token.sosial"));
    assert_eq!(ask(&service, "KtpElektronik", "token.sosial"), "ok");
    assert_eq!(ask(&service, "KtpElektronik", "token.pajak"), "sector-foreign");
    assert_eq!(ask(&service, "KtpElektronik", "token"), "token-group-asked");
}

#[test]
fn the_json_of_a_registration_is_stable() {
    let registration = City::at(NOW).registration();
    let value = serde_json::to_value(&registration).unwrap();
    assert_eq!(value["iss"], URL);
    assert_eq!(value["exp"], registration.expires_at.unix());
    assert_eq!(value["services"][0]["asks"][0]["claims"][1], "kelahiran");
    assert_eq!(value["services"][0]["tier"], "rendah");
    assert!(value["services"][0].get("sector").is_none(), "as before where there is none");
    assert_eq!(serde_json::from_value::<Registration>(value).unwrap(), registration);
    let mut other = City::at(NOW).registration();
    other.services[0].sector = Some(Sector::JaminanSosial);
    let value = serde_json::to_value(&other).unwrap();
    assert_eq!(value["services"][0]["sector"], "jaminan-sosial");
    assert_eq!(serde_json::from_value::<Registration>(value).unwrap().sector(), Some(Sector::JaminanSosial));
}
