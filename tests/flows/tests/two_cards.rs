//! Identity card and family card in one answer: of one person, tied together for this counter alone.
#![expect(clippy::expect_used, reason = "a failure here is a failed test")]

use absah_flows::Town;
use absah_host::Exit;
use serde_json::json;

const SERVICE: &str = "bantuan-keluarga";

/// A town in which the citizen has both cards.
fn town() -> Town {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KartuKeluarga");
    town
}

#[test]
fn both_cards_of_one_person_are_accepted() {
    let town = town();
    let said = town.present("warga", "counter", SERVICE);
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    let facts = said.json["facts"].as_object().cloned().unwrap_or_default();
    assert_eq!(facts.keys().collect::<Vec<_>>(), ["alamat", "kepalaKeluarga", "nama"]);
    assert_eq!(
        (said.json["portrait"].clone(), facts["nama"].clone()),
        (json!(true), json!(town.citizen().name))
    );

    // The person is told, and the record says what the counter got.
    let request = town.ask("counter", SERVICE, &[]);
    let (asked, _) = town.reply("warga", &request);
    assert!(
        asked.err.contains("satu orang") || asked.out.contains("satu orang"),
        "{}{}",
        asked.out,
        asked.err
    );
    let history = town.wallet("warga", &["history"]).ok();
    let entry = history.json["entries"].as_array().and_then(|all| all.last()).cloned().expect("an entry");
    assert!(entry.pointer("/link").is_some_and(serde_json::Value::is_string), "{}", history.out);
}

#[test]
fn a_renewed_card_still_goes_with_the_other() {
    let town = town();
    assert_eq!(town.present("warga", "counter", SERVICE).code(), "accepted");
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    assert_eq!(town.present("warga", "counter", SERVICE).code(), "accepted");
    let _ = town.give_card("warga", &nik, "KartuKeluarga");
    assert_eq!(town.present("warga", "counter", SERVICE).code(), "accepted");
}

#[test]
fn the_family_card_of_another_person_is_not_taken_along() {
    let town = Town::ready();
    let own = town.citizen();
    let other = town.people.iter().find(|one| one.relation == 1 && one.no_kk != own.no_kk).expect("a head");
    let _ = town.give_card("warga", &other.nik.to_string(), "KartuKeluarga");
    let request = town.ask("counter", SERVICE, &[]);
    let (said, answer) = town.reply("warga", &request);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "cards-not-of-one-person"), "{}", said.out);
    assert!(answer.is_none());
}
