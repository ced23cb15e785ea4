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
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\", \"portrait\"]\naccepts = [\"satu-pindai\", \"kertas\"]\n",
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
    let values = |path: &str| {
        let facts = said.json["facts"].as_array().into_iter().flatten();
        facts.filter(|fact| fact["path"] == path).map(|fact| fact["value"].clone()).collect::<Vec<_>>()
    };
    for path in FACTS.split(',') {
        assert_eq!(values(path), [json!(true)], "{path}: {}", said.out);
    }
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

/// Prints a paper card, rasters it as a scanner at 200 dpi would, a little blurred, and gives the picture.
fn print(town: &Town, name: &str, more: &[&str]) -> (Said, Option<std::path::PathBuf>) {
    let pdf = town.path(&format!("{name}.pdf")).display().to_string();
    let nik = town.citizen().nik.to_string();
    let words = ["paper", "--nik", &nik, "--out", &pdf, "--public-url", "http://127.0.0.1:9"];
    let said = town.issuer(&[&words, more].concat());
    if said.exit != Exit::Ok {
        return (said, None);
    }
    let picture = raster(town, name);
    (said, picture)
}

/// A picture of the print at 200 dpi, a little out of focus.
#[expect(clippy::print_stdout, reason = "a skip is said")]
fn raster(town: &Town, name: &str) -> Option<std::path::PathBuf> {
    let (pdf, stem) = (town.path(&format!("{name}.pdf")), town.path(name));
    let raster = std::process::Command::new("pdftoppm")
        .args(["-r", "200", "-png", "-singlefile"])
        .arg(&pdf)
        .arg(&stem)
        .status();
    let Ok(done) = raster else {
        println!("skipped: no pdftoppm");
        return None;
    };
    assert!(done.success());
    let picture = stem.with_extension("png");
    let Ok(sharp) = image::open(&picture) else { return None };
    assert!(image::imageops::blur(&sharp.to_luma8(), 0.8).save(&picture).is_ok());
    Some(picture)
}

#[test]
fn a_printed_card_is_decided_as_paper() {
    let town = town();
    let (said, picture) = print(&town, "kertas", &[]);
    assert_eq!(said.exit, Exit::Ok, "{}{}", said.out, said.err);
    assert!(said.json["qr_version"].as_u64().is_some_and(|version| version <= 27), "{}", said.out);
    town.refresh("bundle-2", &["counter", "counter-b"]);
    let Some(picture) = picture else { return };
    let picture = picture.display().to_string();
    let at = |service: &str| town.counter("counter", &["decide", &picture, "--service", service]);
    let first = at("umur");
    assert_eq!(
        (first.exit, first.code(), first.text("/strength")),
        (Exit::Ok, "accepted", "kertas"),
        "{}{}",
        first.out,
        first.err
    );
    let person = town.citizen();
    assert_eq!(first.json["facts"]["nama"], json!(person.name));
    assert_eq!(first.json["facts"].as_object().map(serde_json::Map::len), Some(4), "{}", first.out);
    assert!(!first.out.contains(&person.nik.to_string()));
    assert_eq!(at("umur").code(), "accepted", "a copy cannot be detected, and it is said");
    assert_eq!(at("demo-3-fakta").code(), "paper-not-here");
    assert_eq!(at("sedang").code(), "paper-not-here");
    assert_eq!(town.counter("counter", &["decide", &picture]).code(), "paper-service-needed");
    // As a sheet of A4, too; by it the first card ends.
    let (again, sheet) = print(&town, "lembar", &["--a4", "--years", "2"]);
    assert_eq!(again.json["superseded"], json!(1), "{}", again.out);
    town.refresh("bundle-3", &["counter"]);
    assert_eq!(at("umur").code(), "superseded");
    let ledger = town.issuer(&["ledger", "reconcile"]);
    assert_eq!(ledger.exit, Exit::Ok, "acts and rows tally: {}{}", ledger.out, ledger.err);
    if let Some(sheet) = sheet {
        let sheet = sheet.display().to_string();
        assert_eq!(town.counter("counter", &["decide", &sheet, "--service", "umur"]).code(), "accepted");
    }
}

#[test]
fn a_paper_card_goes_with_its_identity_card() {
    let town = town();
    let (_, Some(picture)) = print(&town, "kertas", &[]) else { return };
    let (picture, nik) = (picture.display().to_string(), town.citizen().nik.to_string());
    let said = |folder: &str| {
        town.refresh(folder, &["counter"]);
        town.counter("counter", &["decide", &picture, "--service", "umur"]).code().to_owned()
    };
    assert_eq!(said("bundle-2"), "accepted");
    let _ = town.issuer(&["suspend", "--nik", &nik]).ok();
    assert_eq!(said("bundle-3"), "suspended");
    let _ = town.issuer(&["unsuspend", "--nik", &nik]).ok();
    assert_eq!(said("bundle-4"), "accepted");
    let _ = town.issuer(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    assert_eq!(said("bundle-5"), "revoked");
}

#[test]
fn the_wallet_asks_for_a_paper_card_once_a_day() {
    let town = town();
    let pdf = town.path("dompet.pdf");
    let file = pdf.display().to_string();
    let ask = |more: &[&str]| {
        town.serving(|| town.wallet("warga", &[&["ask", "paper", "--out", &file], more].concat()))
    };
    let asked = ask(&[]);
    assert_eq!(asked.exit, Exit::Ok, "{}{}", asked.out, asked.err);
    assert!(std::fs::read(&pdf).is_ok_and(|pdf| pdf.starts_with(b"%PDF-")));
    let again = ask(&["--a4"]);
    assert_eq!((again.exit, again.code()), (Exit::Refused, "paper-ask-today"), "{}", again.out);
    let Some(picture) = raster(&town, "dompet") else { return };
    town.refresh("bundle-2", &["counter"]);
    let decide = |picture: &std::path::Path| {
        let picture = picture.display().to_string();
        town.counter("counter", &["decide", &picture, "--service", "umur"])
    };
    let first = decide(&picture);
    assert_eq!((first.code(), first.text("/strength")), ("accepted", "kertas"), "{}", first.out);
    town.wait(Seconds::days(1));
    let next = ask(&["--a4"]);
    assert_eq!(next.exit, Exit::Ok, "{}{}", next.out, next.err);
    town.refresh("bundle-3", &["counter"]);
    assert_eq!(decide(&picture).code(), "superseded");
    let Some(picture) = raster(&town, "dompet") else { return };
    assert_eq!(decide(&picture).code(), "accepted");
    let ledger = town.issuer(&["ledger", "reconcile"]);
    assert_eq!(ledger.exit, Exit::Ok, "acts and rows tally: {}{}", ledger.out, ledger.err);
}

#[test]
fn a_copied_paper_card_is_taken_by_every_counter_until_it_expires() {
    let town = town();
    let (_, Some(picture)) = print(&town, "kertas", &[]) else { return };
    let picture = picture.display().to_string();
    town.refresh("bundle-2", &["counter", "counter-b"]);
    for counter in ["counter", "counter-b", "counter"] {
        let said = town.counter(counter, &["decide", &picture, "--service", "umur"]);
        assert_eq!(
            (said.code(), said.text("/strength")),
            ("accepted", "kertas"),
            "no counter can tell: {}",
            said.out
        );
    }
    let told = town.counter("counter", &["decide", &picture, "--service", "sedang"]);
    assert_eq!((told.exit, told.code()), (Exit::Refused, "paper-not-here"), "low risk only");
}

/// Signers are replaced every 90 days; what they signed stays believed as long as the card lives.
#[test]
fn a_paper_card_outlives_its_signer() {
    let town = town();
    let (_, Some(picture)) = print(&town, "kertas", &[]) else { return };
    let picture = picture.display().to_string();
    town.refresh("bundle-2", &["counter"]);
    let decide = || town.counter("counter", &["decide", &picture, "--service", "umur"]).code().to_owned();
    assert_eq!(decide(), "accepted");
    for folder in ["bundle-3", "bundle-4"] {
        town.wait(Seconds::days(80));
        for role in ["credential", "status", "registration"] {
            let _ = town.issuer(&["trust", "rotate", role, "--now"]).ok();
        }
        let _ = town.open_counter("counter");
        town.refresh(folder, &["counter"]);
        assert_eq!(decide(), "accepted", "{folder}");
    }
}

#[test]
fn nobody_without_a_portrait_gets_a_paper_card() {
    let town = town();
    let out = town.path("tanpa.pdf").display().to_string();
    let other =
        town.people.iter().find(|person| person.nik != town.citizen().nik && person.birth.year() < 2000);
    let nik = other.map(|person| person.nik.to_string()).unwrap_or_default();
    let said = town.issuer(&["paper", "--nik", &nik, "--out", &out, "--public-url", "http://127.0.0.1:9"]);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "paper-card-no-portrait"), "{}", said.out);
    assert!(!town.path("tanpa.pdf").exists());
}
