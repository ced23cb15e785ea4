//! Keys are replaced, end and lose their trust.

use absah_flows::Town;
use absah_types::Seconds;

const EVERYBODY: [&str; 2] = ["warga", "counter"];

fn citizen(town: &Town) -> String {
    town.citizen().nik.to_string()
}

#[test]
fn a_new_key_takes_over_and_what_the_old_one_signed_still_counts() {
    let town = Town::ready();
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
    for role in ["credential", "status", "registration"] {
        let said = town.issuer(&["trust", "rotate", role, "--now"]).ok();
        assert_eq!(said.json.get("generation"), Some(&2.into()), "{}", said.out);
    }
    town.wait(Seconds::days(1));
    town.refresh("bundle-2", &EVERYBODY);
    assert_eq!(
        town.present("warga", "counter", "demo-3-fakta").code(),
        "accepted",
        "a card of the first key"
    );
    let _ = town.give_card("lain", &citizen(&town), "KtpElektronik");
    let _ = town.import("lain", "bundle-2").ok();
    assert_eq!(
        town.present("lain", "counter", "demo-3-fakta").code(),
        "accepted",
        "a card of the second key"
    );
    let shown = town.issuer(&["trust", "show"]).ok();
    assert!(shown.out.contains("\"key-2\"") && shown.out.contains("\"ended\""), "{}", shown.out);
}

#[test]
fn what_a_distrusted_key_signed_is_refused() {
    let town = Town::ready();
    let before = town.now();
    town.wait(Seconds::days(2));
    let _ = town.give_card("lain", &citizen(&town), "KtpElektronik");
    town.refresh("bundle-2", &["warga", "lain", "counter"]);
    assert_eq!(town.present("lain", "counter", "demo-3-fakta").code(), "accepted");
    let _ = town.issuer(&["trust", "rotate", "credential", "--now"]).ok();
    let after = before.plus(Seconds::days(1)).to_string();
    let words = ["trust", "distrust", "key-1", "--after", &after, "--reason", "kunci hilang"];
    let said = town.issuer(&words).ok();
    assert_eq!(said.json.get("successor_in_force"), Some(&true.into()), "{}", said.out);
    town.refresh("bundle-3", &["warga", "counter"]);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted", "signed before");
    let refused = town.present("lain", "counter", "demo-3-fakta");
    assert_eq!(refused.code(), "issuer-key-distrusted", "{}", refused.out);
    // A wallet that knows it sends nothing.
    let _ = town.import("lain", "bundle-3").ok();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let (said, answer) = town.reply("lain", &request);
    assert!(answer.is_none(), "{}", said.out);
    assert_eq!(said.code(), "card-distrusted", "{}", said.out);
}

#[test]
fn a_registration_of_a_distrusted_key_is_as_good_as_withdrawn() {
    let town = Town::ready();
    town.wait(Seconds::days(1));
    let _ = town.issuer(&["trust", "rotate", "registration", "--now"]).ok();
    let before = town.now().minus(Seconds::days(2)).to_string();
    let words = ["trust", "distrust", "registration-1", "--after", &before, "--reason", "uji"];
    let _ = town.issuer(&words).ok();
    town.refresh("bundle-2", &["warga"]);
    let request = town.ask("counter", "demo-3-fakta", &["--long"]);
    let (said, answer) = town.reply("warga", &request);
    assert!(answer.is_none() && !said.code().is_empty(), "{}", said.out);
    let _ = town.open_counter("counter-b");
    town.refresh("bundle-3", &["warga", "counter-b"]);
    assert_eq!(town.present("warga", "counter-b", "demo-3-fakta").code(), "accepted");
}

#[test]
fn the_chain_needs_its_root_only_to_be_begun_and_renewed() {
    let town = Town::ready();
    let offline = town.path("issuer/keys/offline");
    let away = town.path("safe");
    assert!(std::fs::rename(&offline, &away).is_ok());
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
    let _ = town.issuer(&["trust", "rotate", "credential"]).ok();
    assert_eq!(town.issuer(&["trust", "rotate", "credential"]).code(), "signer-next-published");
    assert_eq!(town.issuer(&["trust", "issuing-ca", "renew"]).code(), "offline-root-absent");
    let stick = away.display().to_string();
    let said = town.issuer(&["trust", "issuing-ca", "renew", "--offline-keys", &stick]).ok();
    assert_eq!(said.json.get("generation"), Some(&2.into()));
    // A new authority in the trust list is signed by the bundle's offline keys.
    assert!(std::fs::rename(&away, &offline).is_ok());
    town.refresh("bundle-2", &EVERYBODY);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
    let stranger = town.path("stranger");
    let _ = town.issuer_of("stranger", &["trust", "create"]).ok();
    let other = stranger.join("keys/offline").display().to_string();
    let said = town.issuer(&["trust", "issuing-ca", "renew", "--offline-keys", &other]);
    assert_ne!(said.exit, absah_host::Exit::Ok, "the root of another city: {}", said.out);
    for (words, code) in [
        (&["trust", "rotate", "bundle"][..], "signer-role-unknown"),
        (
            &["trust", "distrust", "key-9", "--after", "2020-01-01T00:00:00Z", "--reason", "x"],
            "signer-key-unknown",
        ),
        (&["trust", "distrust", "key-1", "--after", "2099-01-01T00:00:00Z", "--reason", "x"], "trust-moment"),
    ] {
        assert_eq!(town.issuer(words).code(), code, "{words:?}");
    }
}

#[test]
fn a_new_key_of_the_issuing_authority_takes_over_with_overlap() {
    let town = Town::ready();
    let offline = town.path("issuer/keys/offline");
    let away = town.path("safe");
    assert!(std::fs::rename(&offline, &away).is_ok());
    assert_eq!(town.issuer(&["trust", "issuing-ca", "replace"]).code(), "offline-root-absent");
    let stick = away.display().to_string();
    let said = town.issuer(&["trust", "issuing-ca", "replace", "--offline-keys", &stick]).ok();
    assert_eq!(said.json.get("key_generation"), Some(&2.into()), "nothing was made in vain: {}", said.out);
    let again = town.issuer(&["trust", "issuing-ca", "replace", "--offline-keys", &stick]);
    assert_eq!(again.code(), "issuing-ca-next-published");
    assert!(std::fs::rename(&away, &offline).is_ok());
    town.refresh("bundle-2", &EVERYBODY);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted", "made known");

    // Still the old authority's.
    let _ = town.open_counter("counter-old");
    town.wait(Seconds::days(31));
    // From here on the new one's: counters, and the keys that follow.
    let _ = town.open_counter("counter-new");
    let _ = town.issuer(&["trust", "rotate", "credential", "--now"]).ok();
    // A listed issuer's new key is believed once the list names it.
    town.refresh("bundle-3", &["warga", "counter-old", "counter-new"]);
    let _ = town.give_card("warga", &citizen(&town), "KtpElektronik");
    for counter in ["counter-old", "counter-new"] {
        assert_eq!(town.present("warga", counter, "demo-3-fakta").code(), "accepted", "{counter}");
    }
    let shown = town.issuer(&["trust", "show"]).ok();
    assert_eq!(shown.json.pointer("/issuing_ca/1/generation"), Some(&2.into()), "{}", shown.out);
}

#[test]
fn a_new_certificate_of_the_old_key_does_not_outrank_the_next_key() {
    let town = Town::ready();
    let _ = town.issuer(&["trust", "issuing-ca", "replace", "--activate-after", "10"]).ok();
    let renewed = town.issuer(&["trust", "issuing-ca", "renew"]).ok();
    assert_eq!(renewed.json.get("generation"), Some(&3.into()));
    town.wait(Seconds::days(11));
    let _ = town.open_counter("counter-b");
    town.refresh("bundle-2", &["warga", "counter-b"]);
    assert_eq!(town.present("warga", "counter-b", "demo-3-fakta").code(), "accepted");
    let said = town.issuer(&["trust", "issuing-ca", "renew"]).ok();
    assert_eq!(said.json.get("generation"), Some(&4.into()), "of the key in force");
}

#[test]
fn an_authority_that_has_ended_is_no_longer_published_and_one_that_ends_is_told() {
    let town = Town::ready();
    let ending = |said: &absah_flows::Said| said.json.pointer("/ending_authorities/0/generation").cloned();
    assert_eq!(ending(&town.publish("issuer", "bundle-2")), None);
    town.wait(Seconds::days(1095 - 100));
    for role in ["credential", "status", "registration"] {
        let _ = town.issuer(&["trust", "rotate", role, "--now"]).ok();
    }
    // What is made now would outlive its authority.
    let _ = town.issuer(&["bundle", "keys", "renew"]).ok();
    assert_eq!(ending(&town.publish("issuer", "bundle-3")), Some(1.into()));
    let _ = town.issuer(&["trust", "issuing-ca", "renew"]).ok();
    town.wait(Seconds::days(101));
    for role in ["credential", "status", "registration"] {
        let _ = town.issuer(&["trust", "rotate", role, "--now"]).ok();
    }
    let _ = town.publish("issuer", "bundle-4");
    let trust = std::fs::read_dir(town.path("bundle-4/targets"))
        .map(|files| files.flatten().find(|file| file.file_name().to_string_lossy().ends_with("trust.json")));
    let path = trust.ok().flatten().map(|file| file.path()).unwrap_or_default();
    let list: serde_json::Value =
        serde_json::from_slice(&std::fs::read(path).unwrap_or_default()).unwrap_or_default();
    let count = |name: &str| list.pointer(name).and_then(serde_json::Value::as_array).map(Vec::len);
    assert_eq!((count("/issuers/0/authorities"), count("/issuers/0/roots")), (Some(1), Some(1)), "{list}");
    let _ = town.give_card("lain", &citizen(&town), "KtpElektronik");
    let _ = town.open_counter("counter-c");
    town.refresh("bundle-5", &["lain", "counter-c"]);
    assert_eq!(town.present("lain", "counter-c", "demo-3-fakta").code(), "accepted");
}

/// Below an authority that has ended no key is made, and the way out leads out.
#[test]
fn no_key_is_made_below_an_authority_that_has_ended() {
    let town = Town::ready();
    town.wait(Seconds::days(1096));
    for words in [vec!["--now"], vec![]] {
        let rotate = [["trust", "rotate", "credential"].as_slice(), &words].concat();
        let said = town.issuer(&rotate);
        assert_eq!((said.exit, said.code()), (absah_host::Exit::Refused, "issuing-ca-ended"), "{}", said.out);
    }
    let shown = town.issuer(&["trust", "show"]).ok();
    assert!(!shown.out.contains("\"key-2\""), "{}", shown.out);
    let _ = town.issuer(&["bundle", "keys", "renew"]).ok();
    let bundle = town.path("bundle-late");
    let publish = ["bundle", "publish", bundle.to_str().unwrap_or_default()];
    assert_eq!(town.issuer(&publish).code(), "bundle-authority-ended");
    let _ = town.issuer(&["trust", "issuing-ca", "renew"]).ok();
    for role in ["credential", "status", "registration"] {
        let _ = town.issuer(&["trust", "rotate", role, "--now"]).ok();
    }
    let _ = town.issuer(&publish).ok();
    let _ = town.give_card("lain", &citizen(&town), "KtpElektronik");
}

#[test]
fn the_keys_of_every_publication_are_rotated_where_enough_offline_keys_are_at_hand() {
    let town = Town::ready();
    let offline = town.path("issuer/keys/offline");
    let away = town.path("safe");
    assert!(std::fs::rename(&offline, &away).is_ok());
    for role in ["timestamp", "snapshot", "status"] {
        let said = town.issuer(&["bundle", "keys", "rotate", role]);
        assert_eq!(said.code(), "bundle-offline-keys-missing", "{role}: {}", said.out);
    }
    assert!(std::fs::rename(&away, &offline).is_ok());
    for (round, role) in (2..).zip(["timestamp", "snapshot", "status", "timestamp"]) {
        town.wait(Seconds::hours(1));
        let said = town.issuer(&["bundle", "keys", "rotate", role]).ok();
        let generation = if round == 5 { 3 } else { 2 };
        assert_eq!(said.json.get("generation"), Some(&generation.into()), "{}", said.out);
        // Everybody goes on from the bundle they have, over the new root.
        town.refresh(&format!("bundle-{round}"), &EVERYBODY);
        assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted", "{role}");
    }
    let shown = town.issuer(&["bundle", "keys", "show"]).ok();
    assert_eq!(shown.json.get("root_version"), Some(&4.into()), "{}", shown.out);
    assert_eq!(town.issuer(&["bundle", "keys", "rotate", "root"]).exit, absah_host::Exit::Usage);
}
