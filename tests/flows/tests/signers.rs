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
    let unknown = town.present("lain", "counter", "demo-3-fakta");
    assert_ne!(unknown.code(), "accepted", "served under a name that no bundle lists yet");
    town.refresh("bundle-3", &["lain", "counter"]);
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
    town.refresh("bundle-3", &["warga", "lain", "counter"]);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted", "signed before");
    let refused = town.present("lain", "counter", "demo-3-fakta");
    assert_eq!(refused.code(), "issuer-key-distrusted", "{}", refused.out);
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
