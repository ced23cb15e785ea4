use absah_credential::sd_jwt::{Held, KeyBindingPolicy, Unverified};
use absah_credential::status_list::Status;
use absah_credential::{ClaimPath, Expectation, Format, KeyAssurance, verify};
use absah_types::{Sector, Timestamp};

use super::*;
use crate::bundle::Bundle;
use crate::registration::{Ask, Service, Tier};
use crate::sample::{City, Counting, STATUS_LIST, key, portrait_blob};
use crate::trust_list::{KeyRole, TrustedKey};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);
const HOUR: i64 = 3600;

fn bundle_with(tokens: Vec<String>) -> Bundle {
    let city = City::at(NOW);
    city.import(&city.publish(1, &city.contents(tokens))).0
}

/// A bundle whose status token says this of entry 5.
fn bundle(status: Status) -> Bundle {
    bundle_with(vec![City::at(NOW).status_token(&[(5, status)], NOW)])
}

fn show(format: Format, claims: &[&str]) -> Presented {
    show_of(&City::at(NOW), format, claims, 5)
}

fn show_of(city: &City, format: Format, claims: &[&str], idx: u64) -> Presented {
    let text = city.issue(key(8).public_key(), format, idx);
    let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
    let path = |claim: &&str| format.from_root(&ClaimPath::parse_dotted(claim).unwrap());
    let paths: Vec<_> = claims.iter().map(path).collect();
    let shown = held.select(&paths).unwrap();
    let expected =
        Expectation { now: city.now, leeway: Seconds(60), key_binding: KeyBindingPolicy::Forbidden };
    let trust = city.trust();
    let verified =
        verify(&Unverified::parse(shown.as_str()).unwrap(), &|hint| trust.resolve(hint), &expected).unwrap();
    Presented { verified, portrait: None }
}

const FACTS: [&str; 3] = ["nama", "kelahiran", "alamat"];

fn of_tier(tier: Tier) -> Service {
    Service { tier, ..City::service() }
}

fn asking(claims: &[&str]) -> Service {
    let claims = claims.iter().map(|claim| ClaimPath::key(claim)).collect();
    Service { asks: vec![Ask { credential: "KtpElektronik".to_owned(), claims }], ..City::service() }
}

#[test]
fn the_table_of_outcomes() {
    use Status::{Revoked, Superseded, Suspended, Valid};
    let hours = |h: i64| Seconds(h * HOUR);
    let second = Seconds(1);
    let plus = |a: Seconds, b: Seconds| Seconds(a.0 + b.0);
    // status, age, tier → code, colour, decision, freshness
    let table = [
        (Valid, Seconds(0), Tier::High, "accepted", "green", "accepted", "green"),
        (Valid, hours(24), Tier::High, "accepted", "green", "accepted", "green"),
        (Valid, plus(hours(24), second), Tier::Low, "accepted-stale", "green", "accepted", "amber"),
        (Valid, hours(72), Tier::Low, "accepted-stale", "green", "accepted", "amber"),
        (Valid, plus(hours(24), second), Tier::Medium, "status-old", "grey", "undetermined", "amber"),
        (Valid, plus(hours(72), second), Tier::Low, "status-old", "grey", "undetermined", "red"),
        (Valid, plus(hours(168), Seconds(-1)), Tier::Low, "status-old", "grey", "undetermined", "red"),
        (Valid, hours(168), Tier::Low, "bundle-ended", "grey", "undetermined", "red"),
        (Superseded, Seconds(0), Tier::Low, "superseded", "yellow", "refused", "green"),
        (Superseded, hours(100), Tier::Low, "superseded", "yellow", "refused", "red"),
        (Suspended, Seconds(0), Tier::Low, "suspended", "red", "refused", "green"),
        (Revoked, Seconds(0), Tier::Low, "revoked", "red", "refused", "green"),
        (Revoked, hours(200), Tier::Low, "revoked", "red", "refused", "red"),
    ];
    for (status, age, tier, code, colour, decision, freshness) in table {
        let outcome =
            decide(&[show(Format::VcSdJwt, &FACTS)], &of_tier(tier), &bundle(status), NOW.plus(age));
        let row = (status, age, tier);
        assert_eq!(outcome.code(), code, "{row:?}");
        assert_eq!(serde_json::to_value(outcome.colour()).unwrap(), colour, "{row:?}");
        assert_eq!(serde_json::to_value(outcome.decision()).unwrap(), decision, "{row:?}");
        assert_eq!(serde_json::to_value(outcome.freshness().tier).unwrap(), freshness, "{row:?}");
        assert_eq!(outcome.freshness().age, Some(age), "{row:?}");
        assert_eq!(
            outcome.accepted().is_some(),
            decision == "accepted",
            "facts only where accepted: {row:?}"
        );
        assert_eq!(outcome.freshness().bundle_version, 1);
    }
}

#[test]
fn facts_are_what_was_asked_group_by_group() {
    for format in Format::ALL {
        let outcome = decide(
            &[show(format, &["nama", "kelahiran", "alamat", "agama"])],
            &City::service(),
            &bundle(Status::Valid),
            NOW,
        );
        let facts = outcome.accepted().unwrap().facts();
        assert_eq!(facts.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["alamat", "kelahiran", "nama"]);
        assert_eq!(facts.fact("nama").unwrap(), "SITI CONTOH");
        assert_eq!(
            facts.fact("kelahiran").unwrap(),
            &serde_json::json!({"tempat": "MADIUN", "tanggal": "1990-01-21"})
        );
        assert_eq!(format!("{facts:?}"), "Facts(3 …)", "no content in Debug");
    }
}

#[test]
fn without_a_status_nobody_can_know() {
    let shown = [show(Format::VcSdJwt, &FACTS)];
    let none = decide(&shown, &City::service(), &bundle_with(vec![]), NOW);
    assert_eq!((none.code(), none.freshness().tier), ("status-missing", FreshnessTier::None));
    let beyond = [show_of(&City::at(NOW), Format::VcSdJwt, &FACTS, 64)];
    assert_eq!(decide(&beyond, &City::service(), &bundle(Status::Valid), NOW).code(), "status-missing");
    assert_eq!(decide(&shown, &City::service(), &bundle(Status::Valid), NOW).code(), "accepted");
}

#[test]
fn an_old_token_in_a_new_bundle_is_still_old() {
    let signed =
        |age: i64| bundle_with(vec![City::at(NOW).status_token(&[], NOW.minus(Seconds(age * HOUR)))]);
    let code = |age| decide(&[show(Format::VcSdJwt, &FACTS)], &City::service(), &signed(age), NOW).code();
    assert_eq!(code(1), "accepted");
    assert_eq!(code(48), "accepted-stale");
    assert_eq!(code(100), "status-old");
    assert_eq!(code(168), "status-ended");
}

#[test]
fn a_clock_before_signed_times_judges_no_one() {
    let shown = [show(Format::VcSdJwt, &FACTS)];
    let code = |now| decide(&shown, &City::service(), &bundle(Status::Valid), now).code();
    assert_eq!(code(NOW.minus(Seconds(600))), "accepted");
    assert_eq!(code(NOW.minus(Seconds(601))), "clock-behind");
    assert_eq!(code(NOW.minus(Seconds::days(400))), "clock-behind", "not: the credential is not yet valid");
}

#[test]
fn a_credential_that_ended_is_refused_whatever_its_status() {
    let shown = [show(Format::VcSdJwt, &FACTS)];
    let outcome = decide(&shown, &City::service(), &bundle(Status::Valid), NOW.plus(Seconds::days(31)));
    assert_eq!((outcome.code(), outcome.colour()), ("credential-expired", Colour::Red));
}

#[test]
fn hostile_answers_each_have_their_code() {
    let valid = bundle(Status::Valid);
    let judge = |presented: &[Presented], service: &Service| decide(presented, service, &valid, NOW).code();
    let good = || show(Format::VcSdJwt, &FACTS);
    assert_eq!(judge(&[good()], &City::service()), "accepted");
    assert_eq!(judge(&[], &City::service()), "credential-wrong-type");
    assert_eq!(judge(&[show(Format::VcSdJwt, &["nama"])], &City::service()), "fact-missing");
    assert_eq!(judge(&[good(), good()], &City::service()), "holder-mismatch", "two cards in one answer");
    let family = Service {
        asks: vec![Ask { credential: "KartuKeluarga".to_owned(), claims: vec![ClaimPath::key("alamat")] }],
        ..City::service()
    };
    assert_eq!(judge(&[good()], &family), "credential-wrong-type");

    // A key of another kind than the service takes, whatever the wallet made of the demand.
    let demanding = |least| Service { key_assurance: Some(least), ..City::service() };
    assert_eq!(judge(&[good()], &demanding(KeyAssurance::Web)), "accepted");
    assert_eq!(judge(&[good()], &demanding(KeyAssurance::Software)), "accepted");
    assert_eq!(judge(&[good()], &demanding(KeyAssurance::Hardware)), "key-too-weak");

    // Whatever a counter was made to ask: it sees its own sector's number and no other.
    let number = |claim: &str, sector| {
        let claims = vec![ClaimPath::parse_dotted(claim).unwrap()];
        Service {
            asks: vec![Ask { credential: "KtpElektronik".to_owned(), claims }],
            sector,
            ..City::service()
        }
    };
    let shown = show(Format::VcSdJwt, &["token"]);
    assert_eq!(
        judge(std::slice::from_ref(&shown), &number("token.sosial", Some(Sector::Sosial))),
        "accepted"
    );
    assert_eq!(
        judge(std::slice::from_ref(&shown), &number("token.sosial", Some(Sector::Pajak))),
        "sector-foreign"
    );
    assert_eq!(judge(std::slice::from_ref(&shown), &number("token.sosial", None)), "sector-foreign");
    assert_eq!(judge(&[shown], &number("token", Some(Sector::Sosial))), "token-group-asked");

    // Verified with the keys of a city that this counter's bundle does not know.
    let mut stranger = City::at(NOW);
    stranger.credential_key = key(77);
    let forged = show_of(&stranger, Format::VcSdJwt, &FACTS, 5);
    assert_eq!(judge(&[forged], &City::service()), "credential-signer-unknown");
}

#[test]
fn two_issuers_do_not_tie_their_cards_together() {
    // Another city, trusted too, signs a family card with a link that it has seen.
    let mut city = City::at(NOW);
    let other = "https://lain.example";
    let groups = crate::sample::family().groups(Format::DcSdJwt);
    let family_card = |signer: &City, url: &str, trust: &crate::TrustList| {
        let validity = absah_credential::Validity::days(NOW, NOW.plus(Seconds::days(30))).unwrap();
        let status = absah_credential::StatusReference { uri: STATUS_LIST.to_owned(), idx: 6 };
        let url = absah_types::HttpsUrl::parse(url).unwrap();
        let issuer = absah_credential::Issuer::new(&url, "credential-1", &[]);
        let key = key(8);
        let (groups, holder) = (&groups, key.public_key());
        let issuance =
            absah_credential::Issuance { issuer: &issuer, groups, validity, holder, status: &status };
        let prepared = issuance.prepare(&mut Counting(1)).unwrap();
        let text = prepared.attach(&signer.credential_key.sign(prepared.to_be_signed()));
        let key_binding = KeyBindingPolicy::Forbidden;
        let expected = Expectation { now: NOW, leeway: Seconds(60), key_binding };
        let unverified = Unverified::parse(&text).unwrap();
        let verified = verify(&unverified, &|hint| trust.resolve(hint), &expected).unwrap();
        Presented { verified, portrait: None }
    };
    let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
    let mut lain = contents.trust.issuers[0].clone();
    lain.ids = vec![other.to_owned()];
    lain.keys = vec![TrustedKey {
        kid: "did:web:lain.example#credential-1".to_owned(),
        jwk: key(50).public_key().to_jwk(),
        ..lain.keys[0].clone()
    }];
    lain.keys[0].x5c.clear();
    contents.trust.issuers.push(lain);
    let bundle = city.import(&city.publish(1, &contents)).0;
    let service = Service {
        asks: vec![
            Ask { credential: "KtpElektronik".to_owned(), claims: vec![ClaimPath::key("nama")] },
            Ask { credential: "KartuKeluarga".to_owned(), claims: vec![ClaimPath::key("alamat")] },
        ],
        ..City::service()
    };
    let ktp = || show_of(&City::at(NOW), Format::DcSdJwt, &["nama", "token.pemegang"], 5);
    let own = family_card(&city, crate::sample::URL, bundle.trust());
    assert_eq!(decide(&[ktp(), own], &service, &bundle, NOW).code(), "accepted");
    city.credential_key = key(50);
    let foreign = family_card(&city, other, bundle.trust());
    assert_eq!(decide(&[ktp(), foreign], &service, &bundle, NOW).code(), "holder-mismatch");
}

#[test]
fn the_portrait_must_be_the_one_signed() {
    let valid = bundle(Status::Valid);
    let service = asking(&["nama", "portrait"]);
    let judge = |format, portrait: Option<Vec<u8>>| {
        let presented = Presented { portrait, ..show(format, &["nama", "portrait"]) };
        decide(&[presented], &service, &valid, NOW)
    };
    let accepted = judge(Format::VcSdJwt, Some(portrait_blob()));
    assert_eq!(accepted.code(), "accepted");
    assert_eq!(accepted.accepted().unwrap().portrait().unwrap(), &portrait_blob()[16..]);
    assert!(accepted.accepted().unwrap().facts().fact("portrait").is_none(), "a picture is no fact to file");
    assert_eq!(judge(Format::VcSdJwt, None).code(), "portrait-missing");
    let mut swapped = portrait_blob();
    swapped[20] ^= 1;
    assert_eq!(judge(Format::VcSdJwt, Some(swapped)).code(), "portrait-mismatch");
    let by_value = judge(Format::DcSdJwt, None);
    assert_eq!(by_value.accepted().unwrap().portrait().unwrap(), &portrait_blob()[16..]);
}

#[test]
fn policy_values_stay_within_the_hard_limits() {
    let read = |change: fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        Policy::from_json(&policy.to_json())
    };
    assert_eq!(read(|_| ()), Ok(Policy::default()));
    assert_eq!(read(|p| p.green_max = Seconds(60)).map(|p| p.green_max), Ok(Seconds(60)));
    assert_eq!(read(|p| p.green_max = Seconds(0)), Err(PolicyError::OutOfRange));
    assert_eq!(read(|p| p.undetermined_max = Seconds(HARD_LIMIT.0 + 1)), Err(PolicyError::OutOfRange));
    assert_eq!(read(|p| p.amber_max = Seconds(1)), Err(PolicyError::OutOfRange), "amber before green");
    assert_eq!(read(|p| p.answer_life = Seconds::hours(2)), Err(PolicyError::OutOfRange));
    assert_eq!(Policy::from_json(b"{}"), Err(PolicyError::Malformed));
}

type Change = fn(&mut TrustedKey, Timestamp);

#[test]
fn a_card_counts_by_the_day_it_was_signed() {
    let day = NOW.start_of_day();
    let cases: [(&str, Change, &str); 8] = [
        (
            "distrusted since yesterday",
            |key, day| key.distrusted_after = Some(day.minus(Seconds(1))),
            "issuer-key-distrusted",
        ),
        (
            "distrusted within the day",
            |key, day| key.distrusted_after = Some(day.plus(Seconds(86_398))),
            "issuer-key-distrusted",
        ),
        (
            "distrusted from the next day on",
            |key, day| key.distrusted_after = Some(day.plus(Seconds(86_399))),
            "accepted",
        ),
        (
            "in force from tomorrow",
            |key, day| key.valid_from = Some(day.plus(Seconds::days(1))),
            "issuer-key-not-yet",
        ),
        (
            "in force from this evening",
            |key, day| key.valid_from = Some(day.plus(Seconds(86_399))),
            "accepted",
        ),
        ("ended yesterday", |key, day| key.valid_until = Some(day.minus(Seconds(1))), "issuer-key-ended"),
        ("ended this morning", |key, day| key.valid_until = Some(day), "accepted"),
        ("of another role", |key, _| key.roles = [KeyRole::Status].into(), "credential-signer-unknown"),
    ];
    for format in Format::ALL {
        for (name, change, code) in cases {
            let city = City::at(NOW);
            let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
            let keys = &mut contents.trust.issuers[0].keys;
            change(keys.iter_mut().find(|key| key.kid == City::CREDENTIAL_KID).unwrap(), day);
            let bundle = city.import(&city.publish(1, &contents)).0;
            let outcome = decide(&[show(format, &FACTS)], &City::service(), &bundle, NOW);
            assert_eq!(outcome.code(), code, "{name} {format:?}");
        }
    }
}

#[test]
fn trust_in_one_issuer_is_none_in_the_key_of_another() {
    let city = City::at(NOW);
    let mut contents = city.contents(vec![]);
    let mut other = contents.trust.issuers[0].clone();
    other.ids = vec!["https://lain.example".to_owned()];
    other.keys.retain(|key| key.kid == City::CREDENTIAL_KID);
    contents.trust.issuers[0].keys.retain(|key| key.kid != City::CREDENTIAL_KID);
    contents.trust.issuers.push(other);
    let bundle = city.import(&city.publish(1, &contents)).0;
    let outcome = decide(&[show(Format::VcSdJwt, &FACTS)], &City::service(), &bundle, NOW);
    assert_eq!(outcome.code(), "credential-signer-unknown");
}
