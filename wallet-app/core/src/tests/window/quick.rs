//! Showing without a request: agreed to, under the PIN, one code after another, and then no more.

use absah_protocol::oid4vp::flow_b::Code;
use absah_qr::{Assembler, Kind};

use super::*;
use crate::one_scan::SHOWING;
use crate::{FactValue, OneScanCode};

fn choose(desk: &mut Desk<'_>, word: &str) {
    desk.press(Press::Go(Place::Show));
    desk.press(Press::Go(Place::Quick));
    desk.press(Press::Quick { choice: word.to_owned() });
}

/// A window that shows codes.
fn showing(world: &mut World) -> Desk<'_> {
    let mut desk = Desk::opened(world);
    choose(&mut desk, "warga");
    desk.agree();
    desk.pin(PIN);
    desk
}

fn code(desk: &Desk<'_>) -> (OneScanCode, Option<No>) {
    match desk.screen() {
        Screen::QuickCode { code, trouble } => (code.clone(), *trouble),
        other => panic!("a code, not {other:?}"),
    }
}

fn nonce(code: &OneScanCode) -> Vec<u8> {
    let mut assembler = Assembler::default();
    for text in &code.frames {
        assembler.push(text).unwrap();
    }
    let message = assembler.finish().unwrap();
    assert_eq!(message.kind, Kind::OneScan);
    Code::parse(&message.payload).unwrap().head().nonce.to_vec()
}

fn used(desk: &Desk<'_>) -> usize {
    desk.kept.0.cards.iter().map(|card| card.copies.len() - card.unused()).sum()
}

#[test]
fn chosen_agreed_to_shown_renewed_taken_back() {
    let mut world = World::with_card();
    let before = world.wallet.holdings().history.len();
    let mut desk = Desk::opened(&mut world);
    choose(&mut desk, "warga");
    let Screen::QuickConsent(consent) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(consent.facts.len(), 2);
    assert_eq!(consent.facts[0].value, FactValue::Truth(true), "the very value");
    assert!(matches!(consent.facts[1].value, FactValue::Picture(_)));
    assert_eq!(
        (used(&desk), desk.kept.0.history.len()),
        (0, before),
        "looking takes no copy and notes nothing"
    );

    // No is no, and leads back to the choice; so does back, also from the PIN.
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Quick);
    desk.press(Press::Quick { choice: "warga".into() });
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Quick, problem: None });
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::QuickConsent(consent));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Quick);
    assert_eq!(used(&desk), 0);

    desk.press(Press::Quick { choice: "warga".into() });
    desk.agree();
    desk.pin("111111");
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Quick, problem: Some(PinProblem::Wrong) });
    desk.pin(PIN);
    let (first, trouble) = code(&desk);
    assert_eq!(trouble, None);
    assert!(
        matches!(desk.kept.0.history.last().unwrap().event, Event::OneScan(_)),
        "noted before it is shown"
    );
    assert_eq!(used(&desk), 1);

    // Not sooner than it is due, whatever the page asks for.
    desk.press(Press::NextCode);
    assert_eq!(code(&desk).0, first);
    desk.world.now = first.renew_at;
    desk.press(Press::NextCode);
    let (second, _) = code(&desk);
    assert_ne!(nonce(&first), nonce(&second));
    assert_eq!(
        (used(&desk), desk.kept.0.history.len()),
        (1, before + 1),
        "the same copy, one line in the history"
    );

    desk.agree();
    desk.press(Press::NextCode);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::TakeBack, problem: None });
    desk.press(Press::Back);
    assert_eq!(code(&desk).0, second);
    desk.agree();
    desk.pin(PIN);
    assert!(
        matches!(desk.screen(), Screen::Done(done) if done.entry == second.entry && done.frames.is_empty())
    );
}

#[test]
fn after_five_minutes_or_with_a_clock_set_back_there_is_no_further_code() {
    for shift in [SHOWING, Seconds(-1)] {
        let mut world = World::with_card();
        let mut desk = showing(&mut world);
        desk.world.now = desk.world.now.plus(shift);
        desk.press(Press::NextCode);
        let (over, trouble) = code(&desk);
        assert!(over.frames.is_empty() && trouble.is_none(), "{shift:?}");
        desk.press(Press::NextCode);
        assert_eq!(code(&desk).0, over);
        assert_eq!(used(&desk), 1, "no other copy is taken");
        desk.agree();
        desk.pin(PIN);
        assert!(matches!(desk.screen(), Screen::Done(_)));
    }
}

#[test]
fn in_other_hands_only_the_codes_and_the_pin_can_be_reached() {
    let mut world = World::with_card();
    only_what_is_shown(showing(&mut world));
}

#[test]
fn a_showing_that_fails_is_no_way_around_the_pin() {
    // What could not be noted is not shown.
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    choose(&mut desk, "usia-17");
    desk.agree();
    desk.full = true;
    desk.pin(PIN);
    let (shown, why) = code(&desk);
    assert!(shown.frames.is_empty() && why.is_some_and(|no| no.code == NO_ROOM.code));
    assert_eq!(desk.forgotten, 1, "whoever has it in hand guesses dearly, whatever could not be written");
    assert!(desk.kept.0.history.iter().all(|entry| !matches!(entry.event, Event::OneScan(_))));
    desk.press(Press::Go(Place::Cards));
    desk.press(Press::Back);
    assert!(matches!(desk.screen(), Screen::QuickCode { .. }));
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Refused(no) if no.code == NO_ROOM.code));

    // Neither is a key that does not sign any more, nor a PIN that cannot be checked.
    let mut world = World::with_card();
    let mut desk = showing(&mut world);
    let failed = trouble("keystore");
    desk.input(Input::NotKept { trouble: failed, before: None });
    assert!(code(&desk).0.frames.is_empty());
    desk.agree();
    desk.input(Input::Failed(failed));
    assert!(matches!(desk.screen(), Screen::QuickCode { .. }));
}

#[test]
fn what_cannot_be_shown_is_said_before_anybody_agrees() {
    let mut world = World::new();
    let mut desk = Desk::opened(&mut world);
    choose(&mut desk, "lansia");
    assert!(matches!(desk.screen(), Screen::Refused(no) if no.code == "show-no-card"), "{:?}", desk.screen());
    let mut world = World::bare();
    let mut desk = Desk::opened(&mut world);
    choose(&mut desk, "lansia");
    let Screen::Refused(no) = desk.screen() else { panic!("{:?}", desk.screen()) };
    assert_eq!((no.code, no.retry), ("wallet-no-bundle", Some(Place::Trust)));
    choose(&mut desk, "semua");
    assert_eq!(*desk.screen(), Screen::Quick, "no such kind");
}
