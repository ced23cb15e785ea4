//! What changes at the registry arrives at the counter with the next bundle, and only there.

use absah_flows::{Said, Town};
use absah_host::Exit;

#[test]
fn revoked_is_for_ever_and_for_one_person_only() {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let other = town
        .people
        .iter()
        .rev()
        .find(|one| one.birth.age_on(town.now().date()) > 30 && one.nik.to_string() != nik);
    let other = other.map(|one| one.nik.to_string()).unwrap_or_default();
    let _ = town.give_card("lain", &other, "KtpElektronik");
    town.refresh("bundle-2", &["lain", "counter"]);

    let _ = town.issuer(&["revoke", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    assert_eq!(
        town.present("warga", "counter", "demo-3-fakta").code(),
        "accepted",
        "nobody has told the counter yet"
    );
    town.refresh("bundle-3", &["counter"]);
    let said = town.present("warga", "counter", "demo-3-fakta");
    assert_eq!(
        (said.exit, said.code(), said.text("/status")),
        (Exit::Refused, "revoked", "revoked"),
        "{}",
        said.out
    );
    assert_eq!(town.present("lain", "counter", "demo-3-fakta").code(), "accepted");

    let undone = town.issuer(&["unsuspend", "--nik", &nik, "--credential", "KtpElektronik"]);
    town.refresh("bundle-4", &["counter"]);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "revoked", "{}", undone.out);
}

#[test]
fn suspended_can_be_taken_back() {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let _ = town.issuer(&["suspend", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    town.refresh("bundle-2", &["counter"]);
    let said = town.present("warga", "counter", "demo-3-fakta");
    assert_eq!((said.code(), said.text("/status")), ("suspended", "suspended"), "{}", said.out);
    let _ = town.issuer(&["unsuspend", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    town.refresh("bundle-3", &["counter"]);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "accepted");
}

/// The extract comes in again, the photographs beside it.
fn import_again(town: &Town) -> Said {
    let (extract, photos) = (town.path("extract.csv"), town.path("photos"));
    let (extract, photos) = (extract.display().to_string(), photos.display().to_string());
    town.issuer(&["import", &extract, "--photos", &photos]).ok()
}

/// Another photograph of the citizen comes in. In so small a town one changed card is many: somebody approves.
fn photograph_anew(town: &Town) {
    let photo = town.path("photos").join(format!("{}.jpg", town.citizen().nik));
    assert!(std::fs::write(photo, OTHER_FACE).is_ok());
    let said = import_again(town);
    let superseded = said.json.pointer("/changes/superseded");
    assert_eq!(superseded, Some(&0.into()), "not before it is approved: {}", said.out);
    let proposal = said.json.pointer("/proposal").map(ToString::to_string).unwrap_or_default();
    let _ = town.issuer(&["proposal", "approve", &proposal]).ok();
}

const OTHER_FACE: &[u8] = include_bytes!("../../../fixtures/ikd/photos/3502036504620001.jpg");

#[test]
fn another_photograph_supersedes_the_card() {
    let town = Town::ready();
    assert!(import_again(&town).json["proposal"].is_null(), "the same photograph changes nothing");
    photograph_anew(&town);
    town.refresh("bundle-2", &["counter"]);
    let said = town.present("warga", "counter", "wajah");
    assert_eq!((said.exit, said.code(), said.text("/colour")), (Exit::Refused, "superseded", "yellow"));
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    // The issuer has moved to another port meanwhile.
    town.refresh("bundle-3", &["warga", "counter"]);
    let said = town.present("warga", "counter", "wajah");
    assert_eq!(said.code(), "accepted", "the new card: {}", said.out);
    assert!(import_again(&town).json["proposal"].is_null(), "once is enough");
}

#[test]
fn a_suspended_card_that_is_superseded_does_not_come_back() {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let _ = town.issuer(&["suspend", "--nik", &nik, "--credential", "KtpElektronik"]).ok();
    photograph_anew(&town);
    town.refresh("bundle-2", &["counter"]);
    let said = town.present("warga", "counter", "demo-3-fakta");
    assert_eq!((said.code(), said.text("/colour")), ("revoked", "red"), "never yellow: {}", said.out);
    let undone = town.issuer(&["unsuspend", "--nik", &nik, "--credential", "KtpElektronik"]);
    assert_eq!((undone.exit, undone.code()), (Exit::Refused, "card-revoked"), "{}", undone.out);
    town.refresh("bundle-3", &["counter"]);
    assert_eq!(town.present("warga", "counter", "demo-3-fakta").code(), "revoked");
}

#[test]
fn a_card_ends_after_thirty_days() {
    let town = Town::ready();
    town.wait(absah_types::Seconds::days(31));
    town.refresh("bundle-2", &["warga", "counter"]);
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let (said, answer) = town.reply("warga", &request);
    assert_eq!((said.code(), answer), ("card-expired", None), "{}", said.out);
}

#[test]
fn every_agency_gets_its_own_copy_until_none_is_left() {
    let town = Town::ready();
    for n in 0..13 {
        let services =
            absah_flows::SERVICES.replace("Dinas Sosial Kota Madiun", &format!("Dinas {}", letters(n)));
        assert!(std::fs::write(town.path("agency.toml"), services).is_ok());
        let _ = town.register(&format!("counter-{n}"), "issuer", "agency.toml");
    }
    let _ = town.publish("issuer", "bundle-2");
    let _ = town.import("warga", "bundle-2").ok();
    for n in 0..13 {
        let counter = format!("counter-{n}");
        let _ = town.import(&counter, "bundle-2").ok();
        let said = town.present("warga", &counter, "umur");
        assert_eq!(said.code(), "accepted", "{}", said.out);
    }
    let history = town.wallet("warga", &["history"]).ok();
    let reused = history.out.matches("\"copy_reused\":true").count();
    assert_eq!(reused, 1, "twelve copies, thirteen agencies: {}", history.out);
}

fn letters(n: usize) -> String {
    [
        "Satu",
        "Dua",
        "Tiga",
        "Empat",
        "Lima",
        "Enam",
        "Tujuh",
        "Delapan",
        "Sembilan",
        "Sepuluh",
        "Sebelas",
        "Duabelas",
        "Tigabelas",
    ]
    .get(n)
    .map_or_else(String::new, |word| (*word).to_owned())
}
