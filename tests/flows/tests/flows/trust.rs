//! Who may ask, and whose word counts.

use std::path::Path;

use absah_flows::Town;
use absah_types::Seconds;

fn refused(town: &Town, request: &str) -> String {
    let (said, answer) = town.reply("warga", request);
    assert_eq!(answer, None, "nothing may be sent: {}", said.out);
    said.code().to_owned()
}

#[test]
fn a_withdrawn_counter_gets_nothing() {
    let town = Town::ready();
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
    let id = town.open_counter("counter-b").text("/registration_id").to_owned();
    town.refresh("bundle-2", &["warga", "counter-b"]);
    assert_eq!(town.present("warga", "counter-b", "demo-3-fakta").code(), "accepted");
    let _ = town.issuer(&["counter", "withdraw", &id]).ok();
    town.refresh("bundle-3", &["warga"]);
    for form in [&[][..], &["--long"]] {
        let request = town.ask("counter-b", "demo-3-fakta", form);
        assert_eq!(refused(&town, &request), "registration-withdrawn", "{form:?}");
    }
}

#[test]
fn a_counter_of_another_city_gets_nothing() {
    let town = Town::ready();
    let _ = town.register("counter-stranger", "stranger", "services.toml");
    let _ = town.publish("stranger", "stranger-bundle");
    let _ = town.import("counter-stranger", "stranger-bundle").ok();
    let request = town.ask("counter-stranger", "demo-3-fakta", &["--long"]);
    assert_eq!(refused(&town, &request), "unregistered");
    let request = town.ask("counter-stranger", "demo-3-fakta", &[]);
    assert_eq!(refused(&town, &request), "unregistered");
}

#[test]
fn a_new_counter_shows_its_registration_by_value() {
    let town = Town::ready();
    town.wait(Seconds::hours(1));
    let _ = town.open_counter("counter-new");
    let _ = town.publish("issuer", "bundle-2");
    let _ = town.import("counter-new", "bundle-2").ok();
    let request = town.ask("counter-new", "demo-3-fakta", &[]);
    assert_eq!(refused(&town, &request), "unregistered", "the wallet's bundle does not list it");
    let request = town.ask("counter-new", "demo-3-fakta", &["--long"]);
    let answer = town.answer("warga", &request);
    assert_eq!(town.decide("counter-new", &answer).code(), "accepted");
}

#[test]
fn what_waits_for_offline_keys_holds_up_neither_a_revocation_nor_a_new_counter() {
    let town = Town::ready();
    let (offline, away) = (town.path("issuer/keys/offline"), town.path("safe"));
    assert!(std::fs::rename(&offline, &away).is_ok());
    town.wait(Seconds::hours(1));
    let _ = town.open_counter("counter-new");
    town.wait(Seconds::hours(1));
    let said = town.publish("issuer", "bundle-2");
    assert_eq!(said.json.get("offline_changes_waiting"), Some(&true.into()), "{}", said.out);
    for who in ["warga", "counter"] {
        let _ = town.import(who, "bundle-2").ok();
    }
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
    // Signed at last. The wallet has not heard of it: its bundle is younger than the counter, its lists are older.
    assert!(std::fs::rename(&away, &offline).is_ok());
    let said = town.publish("issuer", "bundle-3");
    assert_eq!(said.json.get("offline_changes_waiting"), Some(&false.into()), "{}", said.out);
    let _ = town.import("counter-new", "bundle-3").ok();
    let answer = town.answer("warga", &town.ask("counter-new", "demo-3-fakta", &["--long"]));
    assert_eq!(town.decide("counter-new", &answer).code(), "accepted");

    assert!(std::fs::rename(&offline, &away).is_ok());
    let _ = town.open_counter("counter-late");
    let nik = town.citizen().nik.to_string();
    let _ = town.issuer(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    let answer = town.answer("warga", &town.ask("counter", "demo-3-fakta", &[]));
    town.refresh("bundle-4", &["counter"]);
    assert_eq!(town.decide("counter", &answer).code(), "revoked");
}

#[test]
fn old_knowledge_answers_yes_or_no_only() {
    let town = Town::ready();
    town.wait(Seconds::days(29));
    let _ = town.publish("issuer", "bundle-2");
    let _ = town.import("counter", "bundle-2").ok();
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").exit, absah_host::Exit::Ok);
    town.wait(Seconds::days(2));
    let _ = town.publish("issuer", "bundle-3");
    let _ = town.import("counter", "bundle-3").ok();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    assert!(town.reply("warga", &request).1.is_none());
    assert_eq!(town.present("warga", "counter", "umur").exit, absah_host::Exit::Ok);
}

#[test]
fn an_older_bundle_is_not_taken_back() {
    let town = Town::ready();
    town.wait(Seconds::hours(1));
    town.refresh("bundle-2", &["warga", "counter"]);
    for who in ["warga", "counter"] {
        assert_eq!(town.import(who, "bundle-1").code(), "bundle-rollback", "{who}");
        let _ = town.import(who, "bundle-2").ok();
    }
}

#[test]
fn a_bundle_that_has_ended_is_not_taken() {
    let town = Town::ready();
    let _ = town.publish("issuer", "bundle-2");
    town.wait(Seconds::days(8));
    for who in ["warga", "counter"] {
        assert_eq!(town.import(who, "bundle-2").code(), "bundle-frozen", "{who}");
    }
}

#[test]
fn parts_of_two_bundles_are_no_bundle() {
    let town = Town::ready();
    town.wait(Seconds::hours(1));
    let _ = town.open_counter("counter-b");
    let _ = town.publish("issuer", "bundle-2");
    let _ = town.publish("issuer", "bundle-3");
    let copy = |from: &str, to: &str| std::fs::copy(town.path(from), town.path(to)).is_ok();
    assert!(copy("bundle-3/metadata/timestamp.json", "bundle-2/metadata/timestamp.json"));
    for who in ["warga", "counter"] {
        let said = town.import(who, "bundle-2");
        assert_ne!(said.exit, absah_host::Exit::Ok, "{who}: {}", said.out);
    }
    let _ = town.import("counter", "bundle-3").ok();
}

#[test]
fn every_altered_file_of_a_bundle_is_noticed() {
    let town = Town::ready();
    town.wait(Seconds::hours(1));
    let _ = town.publish("issuer", "bundle-2");
    for file in files(&town.path("bundle-2")) {
        let good = std::fs::read(&file).unwrap_or_default();
        let mut bad = good.clone();
        if let Some(byte) = bad.get_mut(good.len() / 2) {
            *byte ^= 1;
        }
        assert!(std::fs::write(&file, &bad).is_ok());
        let said = town.import("counter", "bundle-2");
        assert_ne!(said.exit, absah_host::Exit::Ok, "{}: {}", file.display(), said.out);
        assert!(std::fs::write(&file, &good).is_ok());
    }
    let _ = town.import("counter", "bundle-2").ok();
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

#[test]
fn nothing_personal_leaks_into_words_or_files() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let (said, _) = town.reply("warga", &request);
    let person = town.citizen();
    let secrets = [person.nik.to_string(), person.name.clone(), absah_flows::PIN.to_owned()];
    for secret in &secrets {
        assert!(!said.err.contains(secret.as_str()));
        for folder in ["warga", "counter"] {
            for file in files(&town.path(folder)) {
                let bytes = std::fs::read(&file).unwrap_or_default();
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{} holds personal data in clear", file.display());
            }
        }
    }
}
