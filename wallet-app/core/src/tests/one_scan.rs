//! Showing without a request: what is shown, by which copy, what is refused.

use absah_protocol::oid4vp::flow_b::Code;
use absah_qr::{Assembler, Kind};
use absah_types::Seconds;

use super::counter::{Counter, shared};
use super::world::{World, code_of};
use crate::{Event, Format, Intent, OneScanCode, Prompt, facts_of_choice};

fn facts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn try_show(world: &mut World, names: &[&str]) -> Prompt {
    world.drive(Intent::OneScan { facts: facts(names) })
}

fn shown(world: &mut World, names: &[&str]) -> OneScanCode {
    match try_show(world, names) {
        Prompt::OneScan(code) => code,
        other => panic!("a code, not {other:?}"),
    }
}

fn bytes(code: &OneScanCode) -> Vec<u8> {
    let mut assembler = Assembler::default();
    for text in &code.frames {
        assembler.push(text).unwrap();
    }
    let message = assembler.finish().unwrap();
    assert_eq!(message.kind, Kind::OneScan);
    message.payload
}

/// Which copies of the card somebody saw, by place.
fn used(world: &World) -> Vec<usize> {
    let cards = &world.wallet.holdings().cards;
    let card = cards.iter().find(|card| card.format == Format::VcSdJwt).unwrap();
    (0..card.copies.len()).filter(|place| card.copies[*place].first_used.is_some()).collect()
}

#[test]
fn yes_or_no_facts_and_the_portrait_are_shown_and_noted_once() {
    let mut world = World::with_card();
    let before = world.asked.len();
    let code = shown(&mut world, &["wargaKotaMadiun", "portrait"]);
    assert_eq!(code.renew_at, world.now.plus(Seconds(30)));
    let first = bytes(&code);
    let read = Code::parse(&first).unwrap();
    assert_eq!(read.head().class.facts().collect::<Vec<_>>(), ["wargaKotaMadiun", "portrait"]);
    assert_eq!(read.portrait(), Some(absah_trust::sample::portrait_blob().as_slice()));
    assert_eq!(world.asked.len(), before, "no network");
    let Event::OneScan(entry) = &world.kept.history.last().unwrap().event else { panic!("one-scan") };
    assert!(entry.portrait && !entry.copy_reused);
    assert_eq!(entry.facts.len(), 2);
    assert_eq!(entry.class, read.head().aud());
    assert_eq!(world.kept, *world.wallet.holdings());

    // Half a minute later: another code of the same showing, by the same copy, without another line in the history.
    let lines = world.kept.history.len();
    world.now = world.now.plus(Seconds(30));
    let second = bytes(&shown(&mut world, &["wargaKotaMadiun", "portrait"]));
    assert_ne!(Code::parse(&second).unwrap().head().nonce, read.head().nonce);
    assert_eq!((world.kept.history.len(), used(&world).len()), (lines, 1));
}

#[test]
fn each_showing_takes_a_copy_that_nobody_saw_and_leaves_some_for_agencies() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let _ = shared(world.respond(&asked.short));
    let named = used(&world);
    assert_eq!(named.len(), 1);
    let mut reused = 0;
    for round in 0..12 {
        world.now = world.now.plus(Seconds::minutes(6));
        let code = shown(&mut world, &["usiaMinimal17"]);
        let Event::OneScan(entry) = &code.entry.event else { panic!("one-scan") };
        reused += usize::from(entry.copy_reused);
        assert_eq!(entry.copy_reused, round >= 7, "round {round}");
    }
    assert_eq!(reused, 5);
    assert_eq!(used(&world).len(), 8, "four are left for agencies");
    let cards = &world.wallet.holdings().cards;
    let card = cards.iter().find(|card| card.format == Format::VcSdJwt).unwrap();
    assert_eq!(card.copies[named[0]].seen_by.len(), 1, "the copy an agency saw by name is never shown so");
}

#[test]
fn other_facts_are_another_showing() {
    let mut world = World::with_card();
    let _ = shown(&mut world, &["usiaMinimal17"]);
    let _ = shown(&mut world, &["usiaMinimal60"]);
    assert_eq!(used(&world).len(), 2);
}

#[test]
fn whatever_identifies_is_never_shown_without_a_request() {
    let mut world = World::with_card();
    let history = world.wallet.holdings().history.len();
    for names in [&["nik"][..], &["usiaMinimal17", "nama"], &["alamat"], &["token.sosial", "usiaMinimal17"]] {
        assert_eq!(code_of(try_show(&mut world, names)), "show-only-yes-or-no", "{names:?}");
    }
    assert_eq!(code_of(try_show(&mut world, &["portrait"])), "show-nothing-chosen");
    assert_eq!(code_of(try_show(&mut world, &[])), "show-nothing-chosen");
    assert_eq!(world.wallet.holdings().history.len(), history);
    assert!(used(&world).is_empty());
}

#[test]
fn no_card_no_bundle_or_one_that_ended_is_said() {
    let lansia = facts_of_choice("lansia").unwrap();
    let names: Vec<&str> = lansia.iter().map(String::as_str).collect();
    assert_eq!(code_of(try_show(&mut World::bare(), &names)), "wallet-no-bundle");
    assert_eq!(code_of(try_show(&mut World::new(), &names)), "show-no-card");
    let mut world = World::with_card();
    world.now = world.now.plus(Seconds::days(31));
    assert_eq!(code_of(try_show(&mut world, &names)), "wallet-bundle-too-old", "the portrait");
    assert_eq!(code_of(try_show(&mut world, &names[..1])), "card-expired");
}
