//! At the counter: asking, answering, deciding, under one clock.

use absah_flows::Town;
use absah_host::Exit;
use absah_types::Seconds;
use serde_json::json;

#[test]
fn three_facts_are_accepted_once() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let answer = town.answer("warga", &request);
    let said = town.decide("counter", &answer);
    assert_eq!(
        (said.exit, said.code(), said.text("/colour")),
        (Exit::Ok, "accepted", "green"),
        "{}",
        said.out
    );
    let person = town.citizen();
    assert_eq!(said.json["facts"]["nama"], json!(person.name));
    assert_eq!(said.json["facts"]["kelahiran"]["tanggal"], json!(person.birth.to_string()));
    assert_eq!(said.json["facts"].as_object().map(serde_json::Map::len), Some(3), "{}", said.out);
    assert!(!said.out.contains(&person.nik.to_string()));

    let again = town.decide("counter", &answer);
    assert_eq!((again.exit, again.code()), (Exit::Refused, "replayed"));
    assert_eq!(again.json["facts"], json!({}));
}

#[test]
fn the_long_form_is_answered_the_same() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &["--long"]);
    let answer = town.answer("warga", &request);
    assert_eq!(town.decide("counter", &answer).code(), "accepted");
}

#[test]
fn an_answer_lives_five_minutes() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let answer = town.answer("warga", &request);
    town.wait(Seconds(299));
    assert_eq!(town.decide("counter", &answer).code(), "accepted");

    let request = town.ask("counter", "demo-3-fakta", &[]);
    let answer = town.answer("warga", &request);
    town.wait(Seconds(301));
    assert_eq!(town.decide("counter", &answer).code(), "request-expired");
}

#[test]
fn replay_is_named_before_expiry() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let answer = town.answer("warga", &request);
    assert_eq!(town.decide("counter", &answer).code(), "accepted");
    town.wait(Seconds::hours(1));
    assert_eq!(town.decide("counter", &answer).code(), "replayed");
}

#[test]
fn a_request_is_answered_for_fifteen_minutes() {
    let town = Town::ready();
    let request = town.ask("counter", "demo-3-fakta", &[]);
    town.wait(Seconds::minutes(14));
    assert!(town.reply("warga", &request).1.is_some());
    town.wait(Seconds::minutes(2));
    let (said, answer) = town.reply("warga", &request);
    assert_eq!((said.code(), answer), ("request-too-old", None), "{}", said.out);
}

#[test]
fn an_answer_to_another_counter_is_named() {
    let town = Town::ready();
    let _ = town.open_counter("counter-b");
    town.refresh("bundle-2", &["warga", "counter", "counter-b"]);
    let request = town.ask("counter", "demo-3-fakta", &[]);
    let answer = town.answer("warga", &request);
    let said = town.decide("counter-b", &answer);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "answer-other-request"), "{}", said.out);
    assert_eq!(town.decide("counter", &answer).code(), "accepted");
}

#[test]
fn a_status_gets_old_in_steps() {
    let town = Town::ready();
    for (hours, low, normal) in
        [(23, "accepted", "accepted"), (71, "accepted-stale", "status-old"), (95, "status-old", "status-old")]
    {
        let town_at = town.now();
        town.wait(Seconds::hours(hours));
        let said = town.present("warga", "counter", "demo-3-fakta");
        assert_eq!(said.code(), low, "{hours} h: {}", said.out);
        let said = town.present("warga", "counter", "sedang");
        assert_eq!(said.code(), normal, "{hours} h: {}", said.out);
        assert_eq!(
            said.json["facts"].as_object().is_some_and(|facts| !facts.is_empty()),
            said.exit == Exit::Ok
        );
        town.clock.set(town_at);
    }
    town.wait(Seconds::days(8));
    let said = town.present("warga", "counter", "demo-3-fakta");
    assert_eq!((said.exit, said.text("/decision")), (Exit::Refused, "undetermined"), "{}", said.out);
}

#[test]
fn a_portrait_travels_beside_its_hash() {
    let town = Town::ready();
    let said = town.present("warga", "counter", "wajah");
    assert_eq!(said.code(), "accepted", "{}", said.out);
    assert_eq!(said.json["portrait"], json!(true), "{}", said.out);
}

#[test]
fn a_family_card_says_no_more_than_asked() {
    let town = Town::ready();
    let head = absah_flows::head_of_family(&town.people).map(|head| head.nik.to_string()).unwrap_or_default();
    let _ = town.give_card("kepala", &head, "KartuKeluarga");
    town.refresh("bundle-2", &["kepala", "counter"]);
    let said = town.present("kepala", "counter", "keluarga");
    assert_eq!(said.code(), "accepted", "{}", said.out);
    let facts = said.json["facts"].as_object().cloned().unwrap_or_default();
    assert_eq!(facts.keys().collect::<Vec<_>>(), ["alamat", "kepalaKeluarga"]);
}
