//! The stack of cards: what is no code of ours, what grows old, what is due, what is deleted.

use absah_types::Seconds;

use super::{CODE, Counter, Desk, PIN, World};
use crate::window::{Input, PinFor, Place, Press, Screen};
use crate::{Card, CardStatus, Event, Prompt, STATUS_HOLDS};

#[test]
fn the_address_on_a_poster_is_not_asked() {
    let mut world = World::with_card();
    for text in ["https://kafe.example/menu?meja=5", " HTTP://127.0.0.1:1/x "] {
        world
            .served
            .insert(text.trim().to_owned(), crate::tests::world::fetched(200, &serde_json::Value::Null));
        let mut desk = Desk::opened(&mut world);
        desk.read(text);
        let Screen::Refused(no) = *desk.screen() else { panic!("{:?}", desk.screen()) };
        assert_eq!((no.code, no.retry), ("not-a-request", Some(Place::Show)), "{text}");
        assert!(desk.window.wallet().is_idle(), "{text}: nothing was fetched");
    }
}

/// What a phone's camera opens as a page can be read inside the wallet, too.
#[test]
fn behind_the_address_of_a_web_wallet_the_link_is_read() {
    let mut world = World::with_card();
    for (text, code) in [
        ("https://dompet.example/#openid-credential-offer://?nothing=1", "offer-ambiguous"),
        ("https://dompet.example/#OPENID4VP://?client_id=a", "request-unsigned"),
        ("https://dompet.example/#menu", "not-a-request"),
    ] {
        let mut desk = Desk::opened(&mut world);
        desk.read(text);
        let Screen::Refused(no) = *desk.screen() else { panic!("{:?}", desk.screen()) };
        assert_eq!(no.code, code, "{text}");
    }
}

/// A status from long ago is no green tick: a counter does not believe it either. What was bad stays bad.
#[test]
fn good_news_grow_old() {
    let mut world = World::with_card();
    let status = |world: &World| world.wallet.overview(world.now)[0].status;
    assert_eq!(status(&world), CardStatus::Valid);
    let signed = world.wallet.overview(world.now)[0].status_signed_at.unwrap();
    world.now = signed.plus(STATUS_HOLDS);
    assert_eq!(status(&world), CardStatus::Valid);
    world.now = world.now.plus(Seconds(1));
    assert_eq!(status(&world), CardStatus::Unknown);
}

#[test]
fn a_card_is_deleted_by_who_knows_the_pin() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    let card = desk.kept.0.cards[0].id.clone();
    desk.press(Press::Remove(card.clone()));
    assert_eq!(*desk.screen(), Screen::Cards, "only from the card itself");
    desk.press(Press::Card(card.clone()));
    desk.press(Press::Remove(card.clone()));
    assert_eq!(*desk.screen(), Screen::Remove(card.clone()));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Card(card.clone()));
    desk.press(Press::Remove(card.clone()));
    desk.agree();
    desk.pin("111111");
    assert!(matches!(desk.screen(), Screen::Pin { to: PinFor::Remove, problem: Some(_) }));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Remove(card));
    assert_eq!(desk.kept.0.cards.len(), 2);
    desk.agree();
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
    assert!(desk.kept.0.cards.is_empty() && desk.window.wallet().holdings().cards.is_empty());
    assert!(matches!(desk.kept.0.history.last().unwrap().event, Event::Deleted(_)));
    assert!(desk.world.keys.is_empty(), "the keys are gone, too");
}

/// Locked with the question open: the next to open it is not asked to delete.
#[test]
fn a_deletion_does_not_outlast_the_lock() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    let card = desk.kept.0.cards[0].id.clone();
    desk.press(Press::Card(card.clone()));
    desk.press(Press::Remove(card));
    desk.agree();
    desk.press(Press::Lock);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
    assert_eq!(desk.kept.0.cards.len(), 2);
}

/// Eight of twelve copies were shown.
fn running_out() -> World {
    let mut world = crate::tests::later::renewable();
    let now = world.now;
    world.kept.cards[0].copies.iter_mut().take(8).for_each(|copy| copy.mark_seen("A", now));
    world.wallet = crate::Wallet::open(world.kept.clone(), world.wallet.bundle_files().cloned());
    world
}

fn asked_for_a_token(desk: &Desk<'_>) -> bool {
    desk.world.posted.iter().any(|body| body.contains("grant_type=refresh_token"))
}

/// With a fresh list, while there is a network anyway.
#[test]
fn what_is_due_is_renewed_with_the_list() {
    let mut world = running_out();
    let newer = world.files(2, &world.contents());
    let mut desk = Desk::opened(&mut world);
    assert_eq!(desk.window.wallet().due(desk.world.now).len(), 1);
    desk.press(Press::Update);
    desk.input(Input::Pulled(newer));
    assert!(matches!(desk.screen(), Screen::TrustUpdated(_)), "{:?}", desk.screen());
    assert!(asked_for_a_token(&desk), "and nobody was asked");
    assert!(desk.window.wallet().is_idle());
}

#[test]
fn what_is_due_can_be_renewed_from_the_stack() {
    let mut world = running_out();
    let mut desk = Desk::opened(&mut world);
    assert_eq!(*desk.screen(), Screen::Cards);
    let due = desk.window.wallet().due(desk.world.now)[0].clone();
    desk.press(Press::Renew(due));
    assert!(asked_for_a_token(&desk));
    // The sample issuer knows of no renewals.
    assert!(matches!(desk.screen(), Screen::Refused(no) if no.code == "receive-renewal-ended"));
}

/// *Tunjukkan* pressed at a card proposes its holder; pressed at the stack, the newest as before.
#[test]
fn showing_from_a_card_proposes_whose_it_is() {
    let mut world = World::new();
    for person in [1, 2] {
        world.issuer.person = person;
        world.codes = vec![CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)));
    }
    let cards = &world.wallet.holdings().cards;
    let (older, newer) = (cards[0].clone(), cards[cards.len() - 1].clone());
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    let mut proposed = |from: Option<&Card>| {
        desk.press(Press::Go(Place::Cards));
        if let Some(card) = from {
            desk.press(Press::Card(card.id.clone()));
        }
        desk.press(Press::Go(Place::Show));
        desk.press(Press::Read { texts: asked.short.clone() });
        let Screen::Request(consent) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
        desk.press(Press::Refuse);
        consent.cards[0].card.clone()
    };
    let from_older = proposed(Some(&older));
    let from_newer = proposed(Some(&newer));
    assert_ne!(from_older, from_newer);
    assert_eq!(proposed(None), from_newer, "the newest");
}
