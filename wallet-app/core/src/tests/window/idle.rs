//! Left alone: the wallet closes itself by the clock it is handed, whatever a page does or does not do.

use absah_trust::sample::URL;

use super::*;
use crate::tests::world::fetched;
use crate::window::IDLE;

fn later(desk: &mut Desk<'_>, by: Seconds) {
    desk.world.now = desk.world.now.plus(by);
}

fn almost() -> Seconds {
    Seconds(IDLE.0 - 1)
}

#[test]
fn left_alone_it_locks_itself_and_nothing_pressed_too_late_is_done() {
    let mut world = World::with_card();
    for input in [
        Input::Tick,
        Input::Awake,
        Input::Press(Press::Go(Place::History)),
        Input::Press(Press::Wish(Wish::Tickets)),
        Input::Link(LINK.to_owned()),
    ] {
        let what = format!("{input:?}");
        let mut desk = Desk::opened(&mut world);
        let asked = desk.world.asked.len();
        later(&mut desk, almost());
        desk.input(Input::Tick);
        assert_eq!(*desk.screen(), Screen::Cards, "{what}: not yet");
        later(&mut desk, Seconds(1));
        desk.input(input);
        assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None }, "{what}");
        assert!(desk.window.wallet().holdings().cards.is_empty(), "{what}");
        assert_eq!((desk.closed, desk.world.asked.len()), (1, asked), "{what}: the keys are gone");
        desk.pin(PIN);
        assert!(matches!(desk.screen(), Screen::Cards | Screen::Offer(_)), "{what}: {:?}", desk.screen());
    }
}

#[test]
fn who_presses_or_types_is_there_and_a_clock_set_back_is_not() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    for _ in 0..3 {
        later(&mut desk, almost());
        desk.input(Input::Awake);
        later(&mut desk, almost());
        desk.press(Press::Go(Place::Cards));
    }
    assert_eq!(*desk.screen(), Screen::Cards);
    later(&mut desk, Seconds(-IDLE.0));
    desk.input(Input::Tick);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
}

#[test]
fn a_vault_opened_by_the_recovery_code_closes_too() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    desk.recovery = Some(RECOVERY.to_owned());
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Recover { code: Secret::new(RECOVERY.to_owned()) });
    assert!(desk.window.is_open());
    later(&mut desk, IDLE);
    desk.input(Input::Tick);
    assert!(!desk.window.is_open());
    assert_eq!((desk.closed, desk.screen()), (1, &Screen::Pin { to: PinFor::Open, problem: None }));
}

#[test]
fn in_other_hands_the_keys_go_and_what_is_shown_stays() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Read { texts: asked.short });
    desk.agree();
    desk.pin(PIN);
    let shown = desk.screen().clone();
    assert!(matches!(shown, Screen::Qr(_)));
    later(&mut desk, IDLE);
    // The page's clock is nobody's hand.
    desk.press(Press::NextCode);
    desk.input(Input::Tick);
    assert_eq!((desk.screen(), desk.closed), (&shown, 1));
    assert!(!desk.window.is_open() && desk.window.wallet().holdings().cards.is_empty());
    desk.input(Input::Tick);
    assert_eq!(desk.closed, 1, "once");
    for press in desk.every_press() {
        desk.press(press);
        assert_eq!(*desk.screen(), shown, "nothing else can be reached");
    }
    desk.agree();
    desk.pin("111111");
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::TakeBack, problem: Some(PinProblem::Wrong) });
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), shown);
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Done(_)), "{:?}", desk.screen());
    desk.press(Press::Back);
    assert_eq!(desk.window.wallet().holdings().cards.len(), 2, "the PIN has opened it again");
}

#[test]
fn a_vault_that_does_not_open_again_behind_what_is_shown_is_told() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Read { texts: asked.short });
    desk.agree();
    desk.pin(PIN);
    later(&mut desk, IDLE);
    desk.input(Input::Tick);
    desk.agree();
    desk.input(Input::Failed(trouble("data-dir-busy")));
    assert_eq!(*desk.screen(), Screen::Broken { code: "data-dir-busy" });
    assert!(desk.window.asker().is_none() && desk.window.wallet().holdings().cards.is_empty());
    desk.press(Press::Refuse);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards, "trying again");
}

/// Half on paper when it locks: a code that is told once is there again behind the PIN, until somebody goes on from it.
#[test]
fn a_code_that_is_told_once_comes_again_behind_the_pin() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Backup));
    desk.agree();
    let backup = desk.screen().clone();
    assert!(matches!(backup, Screen::BackupMade { .. }));
    for _ in 0..2 {
        later(&mut desk, IDLE);
        desk.input(Input::Tick);
        assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
        desk.pin("000001");
        assert!(matches!(desk.screen(), Screen::Pin { .. }), "not without the PIN");
        desk.pin(PIN);
        assert_eq!(*desk.screen(), backup);
    }
    desk.press(Press::Go(Place::Cards));
    later(&mut desk, IDLE);
    desk.input(Input::Tick);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards, "once it was said to be written down");
    let told = serde_json::json!({ "phone_code": "1234567890" });
    desk.world.served.insert(format!("{URL}/wishes"), fetched(200, &told));
    desk.press(Press::Go(Place::Emergency));
    desk.press(Press::Wish(Wish::PhoneCode));
    desk.pin(PIN);
    let told = desk.screen().clone();
    assert!(matches!(&told, Screen::Wished(answer) if answer.phone_code.is_some()), "{told:?}");
    desk.press(Press::Lock);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), told);
    // Behind another wallet's PIN it is not there.
    desk.press(Press::Lock);
    desk.begin_anew();
}

/// A refusal is noted when the wallet locks itself, and nothing else is written over.
#[test]
fn left_alone_at_a_request_it_keeps_every_card() {
    for at_pin in [false, true] {
        let mut world = World::with_card();
        let asked = Counter::of(&world).ask().short;
        let mut desk = Desk::opened(&mut world);
        let before = desk.kept.clone();
        desk.input(Input::Press(Press::Read { texts: asked }));
        assert!(matches!(desk.screen(), Screen::Request(_)), "{:?}", desk.screen());
        if at_pin {
            desk.agree();
        }
        later(&mut desk, IDLE);
        desk.input(Input::Tick);
        assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
        assert_eq!((&desk.kept.0.cards, &desk.kept.1), (&before.0.cards, &before.1), "at the PIN: {at_pin}");
        assert!(matches!(desk.kept.0.history.last().unwrap().event, Event::Refused(_)), "and it is noted");
        desk.pin(PIN);
        assert_eq!(desk.window.wallet().holdings().cards.len(), before.0.cards.len());
    }
}
