//! A letter and a paper card asked for from the window: filled in, agreed to under the PIN, nothing typed lost.

use std::collections::BTreeMap;

use absah_schemas::letters::LetterError;
use absah_trust::sample::URL;
use absah_types::base64url;
use serde_json::{Value, json};

use super::*;
use crate::tests::world::fetched;
use crate::window::{LetterForm, Topic, WishConsent};
use crate::wishes::TextError;

/// What the registry answers to a wish.
fn answers(world: &mut World, status: u16, body: &Value) {
    world.served.insert(format!("{URL}/wishes"), fetched(status, body));
}

fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A window with the form of a letter.
fn filling<'w>(world: &'w mut World, kind: &str) -> (Desk<'w>, LetterForm) {
    let mut desk = Desk::opened(world);
    desk.press(Press::Go(Place::Ask));
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::Letter { kind: kind.to_owned() });
    let Screen::Letter(form) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    (desk, form)
}

const SHOP: [(&str, &str); 3] = [("jenis", " warung "), ("lokasi", "Taman"), ("keperluan", "kredit")];

#[test]
fn each_field_is_checked_and_keeps_what_was_typed() {
    let mut world = World::with_card();
    let (mut desk, form) = filling(&mut world, "usaha");
    let card = form.card.clone();
    let long = "x".repeat(121);
    let typed = fields(&[("jenis", "  "), ("lokasi", &long), ("keperluan", "a\u{7}b"), ("nik", "1")]);
    desk.press(Press::FillLetter { card: card.clone(), fields: typed });
    let Screen::Letter(form) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    let expected = [
        ("jenis", LetterError::Missing),
        ("lokasi", LetterError::TooLong),
        ("keperluan", LetterError::Characters),
    ];
    assert_eq!(form.problems, expected);
    assert_eq!(form.typed.get("lokasi"), Some(&long), "nothing typed is lost");
    assert!(!form.typed.contains_key("nik"), "no field of the letter");
    // Neither by going elsewhere.
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Letters);
    desk.press(Press::Letter { kind: "domisili".into() });
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::Letter { kind: "usaha".into() });
    assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.get("lokasi") == Some(&long)));
    // Only with an identity card that is here, and only letters that there are.
    desk.press(Press::FillLetter { card: CardId("another".into()), fields: fields(&SHOP) });
    assert!(matches!(desk.screen(), Screen::Letter(_)));
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::Letter { kind: "nikah".into() });
    assert_eq!(*desk.screen(), Screen::Letters);
    assert!(desk.world.asked.iter().all(|url| !url.contains("wishes")));
}

#[test]
fn agreed_to_under_the_pin_and_asked_with_the_chosen_card() {
    let mut world = World::with_card();
    let ticket = json!({ "number": 1, "kind": "letter", "text": "Surat", "made_at": "2026-01-01T00:00:00Z", "state": "open" });
    answers(&mut world, 200, &json!({ "tickets": [ticket] }));
    let (mut desk, form) = filling(&mut world, "usaha");
    let fill = Press::FillLetter { card: form.card.clone(), fields: fields(&SHOP) };
    desk.press(fill);
    let Screen::WishConsent(consent) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    let trimmed = fields(&[("jenis", "warung"), ("lokasi", "Taman"), ("keperluan", "kredit")]);
    assert_eq!(consent.wish, Wish::Letter { letter: "usaha".into(), fields: trimmed });
    // No leads back to what was typed; so does back, also from the PIN.
    desk.press(Press::Refuse);
    assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.len() == 3));
    desk.press(Press::FillLetter { card: form.card.clone(), fields: fields(&SHOP) });
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Wish, problem: None });
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::WishConsent(consent.clone()));
    desk.agree();
    desk.pin("111111");
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Wish, problem: Some(PinProblem::Wrong) });
    assert!(desk.world.asked.iter().all(|url| !url.contains("wishes")), "nothing before the PIN");
    desk.pin(PIN);
    assert!(
        matches!(desk.screen(), Screen::Wished(answer) if answer.tickets.len() == 1),
        "{:?}",
        desk.screen()
    );
    let sent = desk.world.posted.last().unwrap();
    assert!(sent.contains(r#""wish":"letter""#) && sent.contains("warung"), "{sent}");
    // The registry has it: the next one begins empty.
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::Letter { kind: "usaha".into() });
    assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.is_empty()));
}

/// The registry takes nothing that a clock minutes off has signed: the clock is named, not what was typed.
#[test]
fn a_clock_that_is_off_is_named_when_the_registry_refuses() {
    for (away, status, code) in [
        (600, 403, "clock-off"),
        (-600, 403, "clock-off"),
        (30, 403, "wish-refused"),
        // What was typed is at fault.
        (600, 400, "wish-refused"),
    ] {
        let mut world = World::with_card();
        answers(&mut world, status, &json!({ "code": "access-history-presentation" }));
        let theirs = world.now.plus(absah_types::Seconds(away));
        for answer in world.served.values_mut() {
            answer.date = Some(theirs);
        }
        let (mut desk, form) = filling(&mut world, "usaha");
        desk.press(Press::FillLetter { card: form.card, fields: fields(&SHOP) });
        desk.agree();
        desk.pin(PIN);
        let Screen::Refused(no) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
        assert_eq!((no.code, no.retry), (code, Some(Place::Letters)));
        is_plain(no, code);
        desk.press(Press::Go(Place::Letters));
        assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.len() == 3), "{code}");
    }
}

/// The registry may have what was sent; only what merely reads has left nothing behind.
#[test]
fn who_stops_waiting_for_the_registry_is_told_that_it_may_have_the_wish() {
    let mut world = World::with_card();
    let (mut desk, form) = filling(&mut world, "usaha");
    desk.silent = "/nonce";
    desk.press(Press::FillLetter { card: form.card.clone(), fields: fields(&SHOP) });
    desk.agree();
    desk.pin(PIN);
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined, "nothing of it was sent yet");
    desk.silent = "/wishes";
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::FillLetter { card: form.card, fields: fields(&SHOP) });
    desk.agree();
    desk.pin(PIN);
    desk.press(Press::Refuse);
    let Screen::Refused(no) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(no.code, "wish-not-confirmed");
    is_plain(no, "stopped");
    desk.press(Press::Go(Place::Ask));
    desk.press(Press::Wish(Wish::Tickets));
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
}

#[test]
fn the_registry_says_no_in_plain_words_and_what_was_typed_is_there_again() {
    for (status, said, code) in [
        (400, "resident-dead", "ask-resident-dead"),
        (400, "resident-moved", "ask-resident-moved"),
        (400, "resident-missing", "ask-resident-missing"),
        (400, "resident-too-young", "ask-resident-too-young"),
        (400, "wish-too-many", "ask-too-many"),
        (400, "letter-kind-unknown", "letter-kind-unknown"),
        (403, "access-history-withdrawn", "access-card-withdrawn"),
        (403, "access-history-suspended", "access-card-suspended"),
        (400, "other", "wish-refused"),
        (500, "other", "server-trouble"),
        (503, "", "server-trouble"),
    ] {
        let mut world = World::with_card();
        answers(&mut world, status, &json!({ "code": said }));
        let (mut desk, form) = filling(&mut world, "usaha");
        desk.press(Press::FillLetter { card: form.card, fields: fields(&SHOP) });
        desk.agree();
        desk.pin(PIN);
        let Screen::Refused(no) = desk.screen().clone() else { panic!("{said}: {:?}", desk.screen()) };
        assert_eq!((no.code, no.retry), (code, Some(Place::Letters)));
        is_plain(no, said);
        desk.press(Press::Go(Place::Letters));
        assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.len() == 3), "{said}");
    }
}

#[test]
fn a_paper_card_comes_as_a_file_and_stays_until_it_is_written() {
    let mut world = World::with_card();
    let pdf = b"%PDF-1.7 card".to_vec();
    answers(&mut world, 200, &json!({ "paper": base64url::encode(&pdf) }));
    let mut desk = Desk::opened(&mut world);
    let card = desk.window.wallet().askers(desk.world.now).remove(0).0;
    desk.press(Press::Card(card.clone()));
    desk.press(Press::Paper(CardId("another".into())));
    assert_eq!(*desk.screen(), Screen::Card(card.clone()));
    desk.press(Press::Paper(card.clone()));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Card(card.clone()));
    desk.press(Press::Paper(card.clone()));
    desk.press(Press::AskPaper { a4: true, lang: Lang::Jv });
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Paper(card));
    desk.press(Press::AskPaper { a4: true, lang: Lang::Jv });
    desk.full = true;
    desk.pin(PIN);
    let sent = desk.world.posted.last().unwrap();
    assert!(sent.contains(r#""lang":"jv""#) && sent.contains(r#""a4":true"#), "{sent}");
    // No room: it is still here, for there is no other on the same day.
    assert_eq!(*desk.screen(), Screen::PaperMade { file: None, trouble: Some(NO_ROOM.code) });
    desk.full = false;
    desk.press(Press::KeepPaper);
    let name = "absah-kartu-kertas-A4.pdf".to_owned();
    assert_eq!(*desk.screen(), Screen::PaperMade { file: Some(name), trouble: None });
    assert_eq!(desk.written.as_deref(), Some(pdf.as_slice()));
    // The history tells of it, as it could be kept; saved again, of the same.
    desk.press(Press::KeepPaper);
    let papers = desk.kept.0.history.iter().filter_map(|entry| match &entry.event {
        Event::Paper(paper) => Some((paper.a4, paper.name.is_some(), paper.saved_at)),
        _ => None,
    });
    assert_eq!(papers.collect::<Vec<_>>(), [(true, true, Some(desk.world.now))]);
    desk.press(Press::Go(Place::Cards));
    desk.press(Press::KeepPaper);
    assert_eq!(*desk.screen(), Screen::Cards);
}

#[test]
fn a_paper_card_that_was_asked_for_stands_in_the_history_also_unsaved() {
    let mut world = World::with_card();
    answers(&mut world, 200, &json!({ "paper": base64url::encode(b"%PDF-1.7 card") }));
    let mut desk = Desk::opened(&mut world);
    let card = desk.window.wallet().askers(desk.world.now).remove(0).0;
    desk.unwritable = true;
    desk.press(Press::Paper(card.clone()));
    desk.press(Press::AskPaper { a4: false, lang: Lang::Id });
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::PaperMade { file: None, trouble: Some(NO_ROOM.code) });
    let Event::Paper(paper) = &desk.kept.0.history.last().unwrap().event else { panic!("no entry") };
    assert_eq!((&paper.card, paper.a4, paper.saved_at), (&card, false, None));
}

#[test]
fn what_is_no_paper_card_is_not_written() {
    for (status, body, code) in [
        (200, json!({ "tickets": [] }), "wish-unreadable"),
        (200, json!({ "paper": base64url::encode(b"<html>") }), "wish-unreadable"),
        (400, json!({ "code": "wish-paper-today" }), "paper-ask-today"),
        (400, json!({ "code": "paper-card-no-portrait" }), "paper-ask-no-portrait"),
        (400, json!({ "code": "resident-dead" }), "ask-resident-dead"),
    ] {
        let mut world = World::with_card();
        answers(&mut world, status, &body);
        let mut desk = Desk::opened(&mut world);
        let card = desk.window.wallet().askers(desk.world.now).remove(0).0;
        desk.press(Press::Paper(card));
        desk.press(Press::AskPaper { a4: false, lang: Lang::Id });
        desk.pin(PIN);
        let Screen::Refused(no) = desk.screen().clone() else { panic!("{code}: {:?}", desk.screen()) };
        assert_eq!((no.code, no.retry, &desk.written), (code, None, &None));
        is_plain(no, code);
    }
}

#[test]
fn no_other_card_stands_in_for_the_chosen_one() {
    let mut world = World::with_card();
    let consent = WishConsent { wish: Wish::Tickets, card: CardId("gone".into()) };
    let intent = Intent::WishBy { wish: consent.wish, card: consent.card };
    let mut env = Env { now: world.now, rng: &mut world.rng, urls: absah_protocol::UrlRules::HttpsOnly };
    let (wallet, effects) = std::mem::take(&mut world.wallet).step(intent, &mut env);
    assert!(wallet.is_idle());
    let refused = |effect: &Effect| {
        matches!(effect, Effect::Show(prompt)
            if matches!(**prompt, crate::Prompt::Refused(crate::Refusal::NoCardToProve)))
    };
    assert!(effects.iter().any(refused), "{effects:?}");
}

#[test]
fn an_answer_is_not_taken_for_that_to_what_was_refused_before() {
    let mut world = World::with_card();
    answers(&mut world, 400, &json!({ "code": "wish-paper-today" }));
    let mut desk = Desk::opened(&mut world);
    let card = desk.window.wallet().askers(desk.world.now).remove(0).0;
    desk.press(Press::Paper(card.clone()));
    desk.press(Press::AskPaper { a4: false, lang: Lang::Id });
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Refused(_)));
    // The registry makes the code once, and the one before ends: it must be seen.
    for press in [Press::Wish(Wish::PhoneCode), Press::PhoneCode(card)] {
        answers(desk.world, 200, &json!({ "phone_code": "1234567890" }));
        desk.press(Press::Go(Place::Ask));
        desk.press(press);
        desk.pin(PIN);
        let seen = matches!(desk.screen(), Screen::Wished(answer) if answer.phone_code.is_some());
        assert!(seen, "{:?}", desk.screen());
    }
    desk.press(Press::Go(Place::Ask));
    let before = desk.world.posted.len();
    desk.press(Press::PhoneCode(CardId("another".into())));
    assert_eq!(desk.world.posted.len(), before, "only for somebody whose identity card is here");
}

#[test]
fn a_letter_that_failed_is_still_there_after_another_answer() {
    let mut world = World::with_card();
    answers(&mut world, 500, &json!({ "code": "other" }));
    let (mut desk, form) = filling(&mut world, "usaha");
    desk.press(Press::FillLetter { card: form.card, fields: fields(&SHOP) });
    desk.agree();
    desk.pin(PIN);
    answers(desk.world, 200, &json!({ "tickets": [] }));
    desk.press(Press::Go(Place::Ask));
    desk.press(Press::Wish(Wish::Tickets));
    assert!(matches!(desk.screen(), Screen::Wished(_)), "{:?}", desk.screen());
    desk.press(Press::Go(Place::Letters));
    desk.press(Press::Letter { kind: "usaha".into() });
    assert!(matches!(desk.screen(), Screen::Letter(form) if form.typed.len() == 3));
}

/// Whoever has the open device in hand, and not the PIN, sends nothing in its owner's name.
#[test]
fn nothing_is_asked_in_the_holders_name_without_the_pin() {
    let text = || "Nama ibu salah".to_owned();
    let card = |desk: &Desk<'_>| desk.window.wallet().askers(desk.world.now).remove(0).0;
    for (place, made) in
        [(Place::Emergency, 0), (Place::Emergency, 1), (Place::Correct, 2), (Place::Delete, 3)]
    {
        let mut world = World::with_card();
        answers(&mut world, 200, &json!({ "phone_code": "1234567890" }));
        let mut desk = Desk::opened(&mut world);
        let asked = desk.world.asked.len();
        desk.press(Press::Go(place));
        let from = desk.screen().clone();
        let press = |desk: &Desk<'_>| match made {
            0 => Press::Wish(Wish::PhoneCode),
            1 => Press::PhoneCode(card(desk)),
            2 => Press::Wish(Wish::Correction { text: text() }),
            _ => Press::Wish(Wish::Deletion { text: text() }),
        };
        desk.press(press(&desk));
        assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Wish, problem: None }, "{place:?}");
        desk.press(Press::Back);
        assert_eq!(*desk.screen(), from, "{place:?}: back to where it came from");
        desk.press(press(&desk));
        desk.pin("111111");
        assert_eq!(desk.world.asked.len(), asked, "{place:?}: not even a nonce");
        desk.pin(PIN);
        assert!(matches!(desk.screen(), Screen::Wished(_)), "{place:?}: {:?}", desk.screen());
    }
    // What became of the wishes is only read.
    let mut world = World::with_card();
    answers(&mut world, 200, &json!({ "tickets": [] }));
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Wish(Wish::Tickets));
    assert!(matches!(desk.screen(), Screen::Wished(_)));
    // Without a card it is said at once; a letter comes from its form only.
    let mut world = World::new();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Wish(Wish::PhoneCode));
    assert!(
        matches!(desk.screen(), Screen::Refused(no) if no.code == "access-no-card"),
        "{:?}",
        desk.screen()
    );
    desk.press(Press::Go(Place::Ask));
    desk.press(Press::Wish(Wish::Letter { letter: "usaha".into(), fields: fields(&SHOP) }));
    assert_eq!(*desk.screen(), Screen::Ask);
}

#[test]
fn what_was_written_is_checked_beside_the_field_and_not_lost() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    let send = |text: &str| Press::Wish(Wish::Correction { text: text.to_owned() });
    let about = Topic::Correction;
    desk.press(Press::Go(Place::Correct));
    for (text, problem) in [
        ("  ".to_owned(), TextError::Empty),
        ("x".repeat(1001), TextError::TooLong),
        ("a\u{7}b".to_owned(), TextError::Characters),
    ] {
        desk.press(send(&text));
        assert_eq!(*desk.screen(), Screen::Tell { about, problem: Some(problem) });
        assert_eq!(desk.window.written(about), text);
    }
    // The network fails: trying again leads back to it, and it is there.
    answers(desk.world, 503, &json!({}));
    desk.press(send(" Nama ibu\nsalah "));
    desk.pin(PIN);
    let Screen::Refused(no) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(no.retry, Some(Place::Correct));
    desk.press(Press::Go(Place::Correct));
    assert_eq!(desk.window.written(about), " Nama ibu\nsalah ");
    assert_eq!(desk.window.written(Topic::Deletion), "");
    // The registry has it: the next one begins empty.
    answers(desk.world, 200, &json!({ "tickets": [] }));
    desk.press(send(" Nama ibu\nsalah "));
    desk.pin(PIN);
    assert!(desk.world.posted.last().unwrap().contains(r#""text":"Nama ibu\nsalah""#), "as it was checked");
    assert_eq!(desk.window.written(about), "");
}
