//! Numbers in place of the NIK: one sector knows a person again, two sectors cannot be joined.
#![expect(clippy::expect_used, reason = "a failure here is a failed test")]

use absah_flows::Town;
use absah_host::Exit;

/// Opens a counter that asks for a name and the number of `sector`.
fn counter_of(town: &Town, sector: &str) -> String {
    let who = format!("counter-{sector}");
    let services = format!("{who}.toml");
    std::fs::write(town.path(&services), services_of(sector, sector)).expect("the services are written");
    let _ = town.register(&who, "issuer", &services);
    who
}

fn services_of(sector: &str, asked: &str) -> String {
    format!(
        "agency = \"Dinas {sector}\"\nplace = \"Loket 1\"\nsector = \"{sector}\"\n[[service]]\nid = \"kenal\"\n\
         title = \"Pendaftaran\"\npurpose = \"Mengenali kembali\"\nlegal_basis = \"Contoh\"\n\
         claims = [\"nama\", \"token.{asked}\"]\ntier = \"rendah\"\nretention_days = 30\n"
    )
}

#[test]
fn a_counter_sees_the_number_of_its_sector_and_no_other() {
    let town = Town::ready();
    let counters = ["kesehatan", "jaminan-sosial"].map(|sector| (sector, counter_of(&town, sector)));
    town.refresh("bundle-2", &["warga", "counter-kesehatan", "counter-jaminan-sosial"]);
    let shown = || {
        counters.each_ref().map(|(sector, counter)| {
            let said = town.present("warga", counter, "kenal");
            assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
            let facts = said.json["facts"].as_object().cloned().unwrap_or_default();
            let token = format!("token.{sector}");
            assert_eq!(facts.keys().map(String::as_str).collect::<Vec<_>>(), ["nama", token.as_str()]);
            facts[&token].as_str().unwrap_or_default().to_owned()
        })
    };
    let first = shown();
    assert_ne!(first[0], first[1]);
    assert_eq!(shown(), first, "another copy, the same number");
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    assert_eq!(shown(), first, "another card, the same number");

    let words = ["token", "convert", &first[0], "--from", "kesehatan", "--to", "jaminan-sosial"];
    let converted = town.issuer(&[&words[..], &["--purpose", "Iuran pasien"]].concat()).ok();
    assert_eq!(converted.text("/token"), first[1], "only the registry joins them");
}

#[test]
fn the_number_of_another_sector_is_not_even_registered() {
    let town = Town::ready();
    let made = town.counter("counter-b", &["init"]).ok();
    std::fs::write(town.path("key.json"), made.out).unwrap();
    for (asked, code) in [("pajak", "sector-foreign"), ("*", "token-group-asked")] {
        std::fs::write(town.path("foreign.toml"), services_of("kesehatan", asked)).unwrap();
        let (key, services) = (town.path("key.json"), town.path("foreign.toml"));
        let (key, services) = (key.display().to_string(), services.display().to_string());
        let said = town.issuer(&["counter", "register", "--access-key", &key, "--services", &services]);
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{}", said.out);
        assert!(said.out.contains(&format!("kenal: token.{asked}")), "the field is named: {}", said.out);
    }
}
