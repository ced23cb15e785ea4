//! Identity card and family card in one answer: of one person, tied together for this counter alone.

use absah_flows::Town;
use absah_host::Exit;
use serde_json::json;

const SERVICE: &str = "bantuan-keluarga";

/// A town in which the citizen has both cards.
fn town() -> Town {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KartuKeluarga");
    // The issuer has moved to another port meanwhile.
    town.refresh("bundle-2", &["warga", "counter"]);
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

    // What tied them stands in the person's own record.
    let request = town.ask("counter", SERVICE, &[]);
    let (answered, _) = town.reply("warga", &request);
    let link = answered.json.pointer("/shared/link").and_then(serde_json::Value::as_str).expect("a link");
    let history = town.wallet("warga", &["history"]).ok();
    assert_eq!(history.out.matches(link).count(), 2, "the same agency sees the same: {}", history.out);
}

#[test]
fn a_renewed_card_still_goes_with_the_other() {
    let town = town();
    assert_eq!(town.present("warga", "counter", SERVICE).code(), "accepted");
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    town.refresh("bundle-3", &["warga", "counter"]);
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
