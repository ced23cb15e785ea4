//! Weaker proofs: a code shown without a request, under one clock.

use absah_flows::{Said, Town};
use absah_host::Exit;
use absah_types::Seconds;
use serde_json::json;

const FACTS: &str = "usiaMinimal17,wargaKotaMadiun,portrait";

/// A town whose services take weaker proofs.
fn town() -> Town {
    let town = Town::open();
    let services = absah_flows::SERVICES.replace(
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\n",
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\", \"portrait\"]\naccepts = [\"satu-pindai\"]\n",
    );
    assert!(std::fs::write(town.path("services.toml"), services).is_ok());
    let _ = town.open_counter("counter");
    let _ = town.open_counter("counter-b");
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    town.refresh("bundle-1", &["warga", "counter", "counter-b"]);
    town
}

fn show(town: &Town, claims: &str) -> (Said, String) {
    let file = town.path("shown.txt");
    let text = file.display().to_string();
    let said = town.wallet("warga", &["show", "--claims", claims, "--yes", "--text", &text]);
    (said, std::fs::read_to_string(&file).unwrap_or_default())
}

fn decide(town: &Town, counter: &str, code: &str, more: &[&str]) -> Said {
    let file = town.path("to-decide.txt");
    assert!(std::fs::write(&file, code).is_ok());
    let file = file.display().to_string();
    town.counter(counter, &[&["decide", &file], more].concat())
}

#[test]
fn one_scan_is_accepted_as_weak_and_once() {
    let town = town();
    let (said, code) = show(&town, FACTS);
    assert_eq!(said.exit, Exit::Ok, "{}{}", said.out, said.err);
    let at = &["--service", "umur"];
    let first = decide(&town, "counter", &code, at);
    assert_eq!(
        (first.exit, first.code(), first.text("/strength"), first.text("/colour")),
        (Exit::Ok, "accepted", "lemah", "green"),
        "{}",
        first.out
    );
    assert_eq!(first.json["facts"], json!({ "usiaMinimal17": true, "wargaKotaMadiun": true }));
    assert_eq!(first.json["portrait"], true);
    assert!(!first.out.contains(&town.citizen().nik.to_string()));
    let again = decide(&town, "counter", &code, at);
    assert_eq!((again.exit, again.code()), (Exit::Refused, "replayed"));
    assert_eq!(again.json["facts"], json!({}));
    let kept = town.counter("counter", &["evidence", "list"]);
    assert_eq!(kept.json["evidence"].as_array().map_or(0, Vec::len), 0, "never evidence: {}", kept.out);
    let history = town.wallet("warga", &["history"]).ok();
    assert!(history.out.contains("one-scan"), "{}", history.out);
}

/// What no offline scheme can exclude: the screen and the manual say so.
#[test]
fn two_offline_counters_can_both_accept_one_code() {
    let town = town();
    let (_, code) = show(&town, FACTS);
    for counter in ["counter", "counter-b"] {
        assert_eq!(decide(&town, counter, &code, &["--service", "umur"]).code(), "accepted", "{counter}");
    }
}

#[test]
fn one_scan_is_refused_elsewhere_and_later_and_each_reason_is_named() {
    let town = town();
    let (_, code) = show(&town, FACTS);
    let said = |more: &[&str]| decide(&town, "counter", &code, more).code().to_owned();
    assert_eq!(said(&[]), "one-scan-service-needed");
    assert_eq!(said(&["--service", "demo-3-fakta"]), "one-scan-not-here");
    assert_eq!(said(&["--service", "sedang"]), "one-scan-not-here");
    assert_eq!(said(&["--service", "tidak-ada"]), "service-unknown");
    let (_, other) = show(&town, "usiaMinimal17,portrait");
    assert_eq!(decide(&town, "counter", &other, &["--service", "umur"]).code(), "one-scan-other-facts");
    town.wait(Seconds(180));
    assert_eq!(said(&["--service", "umur"]), "accepted");
    let (_, code) = show(&town, FACTS);
    town.wait(Seconds(181));
    let late = decide(&town, "counter", &code, &["--service", "umur"]);
    assert_eq!((late.exit, late.code()), (Exit::Refused, "one-scan-clock-behind"));
}

#[test]
fn the_wallet_shows_nothing_that_identifies() {
    let town = town();
    for claims in ["nik", "nama,usiaMinimal17", "alamat"] {
        let (said, code) = show(&town, claims);
        assert_eq!((said.exit, said.code()), (Exit::Refused, "show-only-yes-or-no"), "{claims}");
        assert!(code.is_empty());
    }
}

#[test]
fn a_revoked_card_is_refused_in_one_scan_too() {
    let town = town();
    let nik = town.citizen().nik.to_string();
    let _ = town.issuer(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    town.refresh("bundle-2", &["counter"]);
    let (_, code) = show(&town, FACTS);
    assert_eq!(decide(&town, "counter", &code, &["--service", "umur"]).code(), "revoked");
}
