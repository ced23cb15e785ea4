//! A service that demands where the holder's key lives: the wallet says so before any consent, the counter never sees an answer.

use absah_flows::Town;
use absah_host::Exit;

/// A town whose service `umur` demands this level.
fn town(least: &str) -> Town {
    let town = Town::open();
    let services = absah_flows::SERVICES.replace(
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\n",
        &format!("claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\nkey_assurance = \"{least}\"\n"),
    );
    assert!(services.contains("key_assurance"));
    assert!(std::fs::write(town.path("services.toml"), services).is_ok());
    let _ = town.open_counter("counter").ok();
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik").ok();
    town.refresh("bundle-1", &["warga", "counter"]);
    town
}

#[test]
fn a_key_that_suffices_is_accepted() {
    let town = town("software");
    let said = town.present("warga", "counter", "umur");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
}

#[test]
fn a_weaker_key_is_told_of_before_any_consent() {
    let town = town("hardware");
    let request = town.ask("counter", "umur", &[]);
    let (said, answer) = town.reply("warga", &request);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "card-key-too-weak"), "{}", said.out);
    assert_eq!(answer, None, "nothing to show");
    let said = town.present("warga", "counter", "demo-3-fakta");
    assert_eq!(said.code(), "accepted", "other services of the counter go on: {}", said.out);
}

#[test]
fn no_service_demands_a_key_and_takes_a_proof_without_one() {
    let town = Town::open();
    let services = absah_flows::SERVICES.replace(
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\n",
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\naccepts = [\"kertas\"]\nkey_assurance = \"software\"\n",
    );
    assert!(std::fs::write(town.path("services.toml"), services).is_ok());
    let made = town.counter("counter", &["init"]).ok();
    assert!(std::fs::write(town.path("counter.json"), made.out).is_ok());
    let [key, file] = ["counter.json", "services.toml"].map(|name| town.path(name).display().to_string());
    let said = town.issuer(&["counter", "register", "--access-key", &key, "--services", &file]);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "services-field"), "{}", said.out);
}
