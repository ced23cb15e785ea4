use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_types::{Coded, Seconds, Timestamp};

use super::*;
use crate::sample::{City, DID, STATUS_LIST, URL, key};
use crate::trust_list::{CertificateDer, KeyRole, TrustedKey};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

fn city() -> City {
    City::at(NOW)
}

fn contents() -> Contents {
    city().contents(vec![city().status_token(&[(3, Status::Revoked)], NOW)])
}

/// The code with which a bundle of spoiled contents is refused, `ok` when it is taken over.
fn taken(change: impl FnOnce(&mut Contents)) -> &'static str {
    let mut contents = contents();
    change(&mut contents);
    let files = city().publish(1, &contents);
    import(&files, NOW).map_or_else(|error| error.code(), |_| "ok")
}

fn import(files: &Files, now: Timestamp) -> Result<(Bundle, TrustedState), BundleError> {
    Bundle::import(files, Anchor::FirstRoot(tuf::root_sha256(&files["metadata/1.root.json"])), now)
}

#[test]
fn what_is_published_is_read() {
    let city = city();
    let files = city.publish(7, &contents());
    let (bundle, state) = import(&files, NOW).unwrap();
    assert_eq!((bundle.version(), bundle.published_at()), (7, NOW));
    assert_eq!(bundle.trust(), &city.trust());
    assert_eq!(bundle.policy(), &Policy::default());
    assert_eq!(bundle.statuses().len(), 1);
    assert_eq!(state.clock_floor, NOW);
    let again = Bundle::reopen(&files, &state).unwrap();
    assert_eq!(again.version(), 7);
    let state: TrustedState = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    assert!(Bundle::import(&files, Anchor::Trusted(&state), NOW).is_ok(), "the same again is no error");
}

fn key_of(contents: &mut Contents, role: KeyRole) -> &mut TrustedKey {
    contents.trust.issuers[0].keys.iter_mut().find(|key| key.roles.contains(&role)).unwrap()
}

#[test]
fn hostile_bundles_each_have_their_code() {
    let token = |kid, key: &_, at| City::status_token_of(STATUS_LIST, kid, key, &[], at);
    let cases: Vec<(&str, &str, &str)> = vec![
        ("untouched", taken(|_| ()), "ok"),
        (
            "status token signed by a key of no one",
            taken(|c| c.status_tokens = vec![token(City::STATUS_KID, &key(9), NOW)]),
            "status-token-signature",
        ),
        (
            "status token by the credential key",
            taken(|c| c.status_tokens = vec![token(City::CREDENTIAL_KID, &key(2), NOW)]),
            "status-token-wrong-key",
        ),
        (
            "status token of a key distrusted before it",
            taken(|c| key_of(c, KeyRole::Status).distrusted_after = Some(NOW.minus(Seconds(1)))),
            "issuer-key-distrusted",
        ),
        (
            "status token of a key distrusted since",
            taken(|c| key_of(c, KeyRole::Status).distrusted_after = Some(NOW)),
            "ok",
        ),
        (
            "status token of a key not yet in force",
            taken(|c| key_of(c, KeyRole::Status).valid_from = Some(NOW.plus(Seconds(1)))),
            "issuer-key-not-yet",
        ),
        (
            "status token of an ended key",
            taken(|c| key_of(c, KeyRole::Status).valid_until = Some(NOW.minus(Seconds(1)))),
            "issuer-key-ended",
        ),
        (
            "registration of a key distrusted before it",
            taken(|c| key_of(c, KeyRole::Registration).distrusted_after = Some(NOW.minus(Seconds(1)))),
            "issuer-key-distrusted",
        ),
        (
            "registration of a key not yet in force",
            taken(|c| key_of(c, KeyRole::Registration).valid_from = Some(NOW.plus(Seconds(1)))),
            "issuer-key-not-yet",
        ),
        (
            "registration of an ended key",
            taken(|c| key_of(c, KeyRole::Registration).valid_until = Some(NOW.minus(Seconds(1)))),
            "issuer-key-ended",
        ),
        (
            "registration signed by the status key",
            taken(|c| {
                let prepared = city().registration().prepare(City::STATUS_KID).unwrap();
                c.registrations[0].jwt = prepared.sign(&key(3)).unwrap();
            }),
            "registration-registrar-unknown",
        ),
        (
            "status token by an unlisted key",
            taken(|c| c.status_tokens = vec![token("did:web:evil.example#1", &key(9), NOW)]),
            "status-token-wrong-key",
        ),
        (
            "two tokens for one list",
            taken(|c| c.status_tokens.push(token(City::STATUS_KID, &key(3), NOW))),
            "status-token-repeated",
        ),
        ("status token no token", taken(|c| c.status_tokens = vec!["x".into()]), "jws-not-compact"),
        (
            "status token from tomorrow",
            taken(|c| c.status_tokens = vec![token(City::STATUS_KID, &key(3), NOW.plus(Seconds::days(1)))]),
            "clock-behind",
        ),
        (
            "status token from five minutes ahead",
            taken(|c| c.status_tokens = vec![token(City::STATUS_KID, &key(3), NOW.plus(Seconds(300)))]),
            "ok",
        ),
        ("policy beyond seven days", taken(|c| c.policy.green_max = Seconds::days(8)), "policy-out-of-range"),
        (
            "a name of two issuers",
            taken(|c| {
                let twin = c.trust.issuers[0].clone();
                c.trust.issuers.push(twin);
            }),
            "trust-list-malformed",
        ),
        (
            "registration of another registrar",
            taken(|c| c.trust.issuers[0].keys.retain(|key| !key.roles.contains(&KeyRole::Registration))),
            "registration-registrar-unknown",
        ),
        (
            "certificate of another authority",
            taken(|c| c.trust.issuers[0].authorities = vec![]),
            "certificate-unknown-authority",
        ),
        (
            "certificate that is none",
            taken(|c| c.registrations[0].access_certificate = CertificateDer(vec![0x30, 0])),
            "certificate-malformed",
        ),
    ];
    for (name, got, expected) in cases {
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn incomplete_or_oversized_folders_are_refused() {
    let city = city();
    let mut files = contents().files();
    files.remove("policy.json");
    let ends = NOW.plus(Seconds::days(7));
    let sign = |draft: tuf::Draft| draft.sign(&city.bundle_key).unwrap().finish();
    let plan = tuf::RootPlan::single(city.bundle_key.public_key());
    let root = sign(tuf::root(1, ends, &plan));
    let targets = sign(tuf::targets(1, ends, &files, &[]));
    let snapshot = sign(tuf::snapshot(1, ends, &[&targets]));
    let timestamp = sign(tuf::timestamp(1, NOW, ends, &snapshot));
    let folder = tuf::assemble(&[root, targets, snapshot, timestamp], &files);
    assert_eq!(import(&folder, NOW).unwrap_err(), BundleError::Incomplete);

    let mut folder = city.publish(1, &contents());
    folder.insert("targets/junk".to_owned(), vec![0; MAX_BUNDLE_BYTES]);
    assert_eq!(import(&folder, NOW).unwrap_err(), BundleError::TooLarge);
}

#[test]
fn the_clock_floor_rises_with_signed_times_only() {
    let city = city();
    let (_, state) = city.import(&city.publish(1, &contents()));
    let later = City::at(NOW.plus(Seconds::days(2)));
    let newer = later.contents(vec![later.status_token(&[], later.now)]);
    let files = bundle_with_root_of(&city, &later, &newer, 2);
    let behind = Bundle::import(&files, Anchor::Trusted(&state), NOW).unwrap_err();
    assert_eq!(behind.code(), "clock-behind");
    let (bundle, state) = Bundle::import(&files, Anchor::Trusted(&state), later.now).unwrap();
    assert_eq!(state.clock_floor, later.now);
    assert!(bundle.clock_holds(later.now.minus(Seconds(600))).is_ok());
    assert_eq!(
        bundle.clock_holds(later.now.minus(Seconds(601))).unwrap_err(),
        ClockBehind { floor: later.now }
    );
    assert_eq!(
        Bundle::import(&city.publish(1, &contents()), Anchor::Trusted(&state), later.now).unwrap_err().code(),
        "bundle-rollback"
    );
}

#[test]
fn a_poisoned_floor_locks_nobody_out() {
    let city = city();
    let (_, state) = city.import(&city.publish(1, &contents()));
    let ahead = City::at(NOW.plus(Seconds::days(3650)));
    // Whoever holds one kind of key for a moment signs a time that is far ahead.
    let token = Contents { status_tokens: vec![ahead.status_token(&[], ahead.now)], ..contents() };
    let list = Contents { trust: ahead.trust(), ..contents() };
    let roots = [city.root()];
    let poisoned = [
        ("status token", city.publish_under(&roots, &city.targets(2, &token), 2, &token)),
        ("trust list", city.publish_under(&roots, &city.targets(2, &list), 2, &list)),
        ("timestamp", ahead.publish_under(&roots, &ahead.targets(2, &contents()), 2, &contents())),
    ];
    for (name, files) in poisoned {
        let refused = Bundle::import(&files, Anchor::Trusted(&state), NOW).unwrap_err();
        assert_eq!(refused.code(), "clock-behind", "{name}");
    }
    // What was refused left nothing: the floor is the old one, and the next good bundle is taken over.
    assert_eq!(state.clock_floor, NOW);
    let (bundle, state) =
        Bundle::import(&city.publish(2, &contents()), Anchor::Trusted(&state), NOW).unwrap();
    assert_eq!((bundle.version(), state.clock_floor), (2, NOW));
    // A clock set back is named by any bundle that is taken over.
    assert_eq!(bundle.clock_holds(NOW.minus(Seconds::days(1))).unwrap_err().code(), "clock-behind");
}

#[test]
fn algorithms_and_kinds_are_not_confused() {
    let spoiled = |jwt: &str, header: &serde_json::Value| {
        let rest = jwt.split_once('.').unwrap().1;
        format!("{}.{rest}", absah_types::base64url::encode(header.to_string()))
    };
    let header = |alg: &str, typ: &str, kid: &str| serde_json::json!({ "alg": alg, "typ": typ, "kid": kid });
    for (name, alg, typ, status, registration) in [
        ("none", "none", None, "jws-algorithm", "registration-malformed"),
        ("a shared secret", "HS256", None, "jws-algorithm", "registration-malformed"),
        ("a card", "ES256", Some("dc+sd-jwt"), "status-token-header-type", "registration-wrong-type"),
        ("no kind", "ES256", Some("JWT"), "status-token-header-type", "registration-wrong-type"),
    ] {
        let of_status = header(alg, typ.unwrap_or("statuslist+jwt"), City::STATUS_KID);
        let got = taken(|c| c.status_tokens[0] = spoiled(&c.status_tokens[0], &of_status));
        assert_eq!(got, status, "status token: {name}");
        let of_registration = header(alg, typ.unwrap_or(crate::registration::TYP), City::REGISTRAR_KID);
        let got = taken(|c| c.registrations[0].jwt = spoiled(&c.registrations[0].jwt, &of_registration));
        assert_eq!(got, registration, "registration: {name}");
    }
}

fn bundle_with_root_of(first: &City, later: &City, contents: &Contents, version: u64) -> Files {
    later.publish_under(&[first.root()], &later.targets(version, contents), version, contents)
}

#[test]
fn a_status_speaks_only_of_its_own_issuers_credentials() {
    let (bundle, _) = city().import(&city().publish(1, &contents()));
    let read = |issuer: &str, uri: &str, idx| {
        let reference = StatusReference { uri: uri.to_owned(), idx };
        bundle.statuses().status(issuer, &reference, bundle.trust()).map(|reading| reading.status)
    };
    assert_eq!(read(URL, STATUS_LIST, 3), Some(Status::Revoked));
    assert_eq!(read(DID, STATUS_LIST, 4), Some(Status::Valid));
    assert_eq!(read("https://other.example", STATUS_LIST, 4), None);
    assert_eq!(read(URL, "https://dukcapil.example/status/1", 4), None, "no such list");
    assert_eq!(read(URL, STATUS_LIST, 64), None, "no such entry");
}

#[test]
fn a_short_form_finds_its_registration_and_its_state() {
    let city = city();
    let (bundle, _) = city.import(&city.publish(1, &contents()));
    let registered = &bundle.registry().listed()[0];
    let found = |prefix: &[u8], now| {
        bundle.registry().by_hash(prefix, now).map(|found| found.registration().id.clone())
    };
    assert_eq!(found(&registered.hash()[..8], NOW).unwrap(), "reg-1");
    assert_eq!(found(&registered.hash()[..7], NOW).unwrap_err().code(), "unregistered", "too short a prefix");
    assert_eq!(found(&[0; 8], NOW).unwrap_err().code(), "unregistered");
    assert_eq!(
        found(&registered.hash()[..8], NOW.plus(Seconds::days(30))).unwrap_err().code(),
        "registration-expired"
    );
    assert_eq!(
        found(&registered.hash()[..8], NOW.minus(Seconds(1))).unwrap_err().code(),
        "registration-not-yet-valid"
    );
    let spki = city.counter_key.public_key().spki_sha256();
    assert!(bundle.registry().by_key(&spki, NOW).is_ok());
    assert_eq!(bundle.registry().by_key(&[0; 32], NOW).unwrap_err().code(), "unregistered");

    let mut withdrawn = contents();
    withdrawn.withdrawn.insert("reg-1".to_owned());
    let (bundle, _) = city.import(&city.publish(1, &withdrawn));
    assert_eq!(bundle.registry().by_key(&spki, NOW).unwrap_err().code(), "registration-withdrawn");
}

#[test]
fn a_long_form_is_admitted_only_if_listed_or_newer_than_the_bundle() {
    let city = city();
    let (bundle, _) = city.import(&city.publish(1, &contents()));
    let admit = |registration: &crate::Registration, now| {
        let signed = city.sign(registration);
        bundle
            .admit(&signed.jwt, &signed.access_certificate.0, now)
            .map_or_else(|error| error.code(), |_| "ok")
    };
    let listed = city.contents(vec![]).registrations[0].clone();
    assert!(bundle.registry().listed()[0].jwt() == listed.jwt, "the city repeats itself");
    assert_eq!(admit(&city.registration(), NOW), "ok");
    let mut newer = city.registration();
    (newer.id, newer.issued_at) = ("reg-2".to_owned(), NOW.plus(Seconds(60)));
    assert_eq!(admit(&newer, NOW.plus(Seconds(60))), "ok");
    let mut hidden = city.registration();
    (hidden.id, hidden.issued_at) = ("reg-0".to_owned(), NOW.minus(Seconds(60)));
    assert_eq!(admit(&hidden, NOW), "registration-downgraded", "the bundle lists another for this counter");
    let nobody = Contents { registrations: vec![], ..contents() };
    let (bundle, _) = city.import(&city.publish(1, &nobody));
    let signed = city.sign(&hidden);
    let refused = bundle.admit(&signed.jwt, &signed.access_certificate.0, NOW).unwrap_err();
    assert_eq!(refused.code(), "unregistered", "the bundle should know it");
}

#[test]
fn a_counter_whose_list_waits_for_offline_keys_shows_itself_by_value() {
    let (city, later) = (city(), City::at(NOW.plus(Seconds::days(1))));
    let (_, state) = city.import(&city.publish(1, &contents()));
    // Status only: the lists are still those of yesterday.
    let status = Contents { status_tokens: vec![later.status_token(&[], later.now)], ..contents() };
    let files = later.publish_under(&[city.root()], &city.targets(1, &contents()), 2, &status);
    let (bundle, _) = Bundle::import(&files, Anchor::Trusted(&state), later.now).unwrap();
    assert_eq!((bundle.published_at(), bundle.trust().issued_at), (later.now, NOW));
    let admit = |issued_at| {
        let registration = crate::Registration { id: "reg-2".to_owned(), issued_at, ..city.registration() };
        let signed = city.sign(&registration);
        let admitted = bundle.admit(&signed.jwt, &signed.access_certificate.0, later.now);
        admitted.map_or_else(|error| error.code(), |_| "ok")
    };
    assert_eq!(admit(NOW.plus(Seconds(60))), "ok");
    assert_eq!(admit(NOW.minus(Seconds(60))), "registration-downgraded");
}

#[test]
fn a_bundle_of_the_first_layout_is_followed_to_the_new_roles() {
    let city = city();
    let old = city.publish_by_one_key(5, &contents());
    let (bundle, state) = city.import(&old);
    assert_eq!((bundle.version(), state.versions.status), (5, None));
    // As it was written before there was a status role.
    let mut text: serde_json::Value = serde_json::to_value(&state).unwrap();
    assert!(text["versions"].as_object_mut().unwrap().remove("status").is_none());
    let state: TrustedState = serde_json::from_value(text).unwrap();
    let roots = |also: &[&dyn absah_crypto::Signer]| {
        let first = tuf::Document::kept(tuf::Role::Root, 1, old["metadata/1.root.json"].clone());
        [first, city.root_version(2, also)]
    };
    let next = |roots: &[tuf::Document]| {
        let files = city.publish_under(roots, &city.targets(6, &contents()), 6, &contents());
        Bundle::import(&files, Anchor::Trusted(&state), NOW)
    };
    let (bundle, state) = next(&roots(&[&city.steady_bundle_key()])).unwrap();
    assert_eq!((bundle.version(), state.versions.root, state.versions.status), (6, 2, Some(6)));
    assert_eq!(next(&roots(&[])).unwrap_err().code(), "bundle-under-signed", "the old key must agree");
    assert_eq!(
        Bundle::import(&old, Anchor::Trusted(&state), NOW).unwrap_err().code(),
        "bundle-document-missing",
        "the old folder lacks the new root",
    );
}

#[test]
fn a_routine_publication_leaves_the_targets_document_as_it_is() {
    let city = city();
    let targets = city.targets(1, &contents());
    let mut newer = contents();
    newer.status_tokens = vec![city.status_token(&[(4, Status::Suspended)], NOW)];
    let first = city.publish(1, &contents());
    let second = city.publish_under(&[city.root()], &targets, 2, &newer);
    assert_eq!(first["metadata/1.targets.json"], second["metadata/1.targets.json"]);
    let (_, state) = city.import(&first);
    let (bundle, state) = Bundle::import(&second, Anchor::Trusted(&state), NOW).unwrap();
    assert_eq!((bundle.version(), state.versions.targets, state.versions.status), (2, 1, Some(2)));
    let mut other = newer.clone();
    other.policy.green_max = Seconds::hours(1);
    let files = city.publish_under(&[city.root()], &targets, 3, &other);
    let refused = Bundle::import(&files, Anchor::Trusted(&state), NOW).unwrap_err();
    assert_eq!(refused.code(), "bundle-target-missing", "a policy that no offline key has signed");
}
