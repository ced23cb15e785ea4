//! Several cards in one answer: of one person, said to the person, and each agency its own link.

use absah_credential::{HOLDER, holder_claim};
use absah_trust::ClaimPath;
use absah_trust::registration::{Ask, Service};

use super::counter::{Counter, check, online_request, question, register, serve, service, shared};
use super::world::{CODE, World, code_of};
use crate::{Event, Format, Prompt};

/// A wallet with the cards of the people given, as `(person, configuration)`, and a counter that asks for two.
fn world(cards: &[(u8, &'static str)]) -> World {
    let mut world = World::new();
    world.agree = true;
    receive(&mut world, cards);
    register(&mut world, |registration| {
        registration.services = vec![both(), service("satu", &["nama"])];
    });
    world
}

fn receive(world: &mut World, cards: &[(u8, &'static str)]) {
    for (person, configuration) in cards {
        world.issuer.person = *person;
        world.issuer.configurations = vec![configuration];
        world.codes = vec![CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)), "{configuration}");
    }
}

fn both() -> Service {
    let mut both = service("dua", &["nama", "portrait"]);
    let claims = vec![ClaimPath::key("alamat")];
    both.asks.push(Ask { credential: "KartuKeluarga".into(), claims });
    both
}

const OWN: [(u8, &str); 2] = [(1, "KtpElektronik_vc_sd_jwt"), (1, "KartuKeluarga_vc_sd_jwt")];

/// Another agency's counter: what it asks, in a bundle of its own.
fn agency(world: &mut World, name: &str, version: u64) -> Counter {
    let mut registration = world.issuer.city.registration();
    registration.agency = name.to_owned();
    registration.services = vec![both(), service("satu", &["nama"])];
    let mut contents = world.contents();
    contents.registrations = vec![world.issuer.city.sign(&registration)];
    world.import(version, &contents);
    Counter::of(world)
}

/// Answers by QR; what ties the cards together, as the counter sees it.
fn links(world: &mut World, counter: &Counter) -> Vec<String> {
    let asked = counter.ask();
    let answer = shared(world.respond(&asked.short));
    let opened = counter.open(&asked.request, &answer.frames, world);
    let link = |verified: &absah_credential::Verified| {
        let claims = serde_json::Value::Object(verified.claims().clone());
        let found = holder_claim(verified.kind().unwrap()).select(&claims);
        found.first().map(|link| link.as_str().unwrap().to_owned())
    };
    opened.iter().filter_map(|(_, verified)| link(verified)).collect()
}

fn reused(world: &World) -> bool {
    match &world.kept.history.last().unwrap().event {
        Event::Shared(shared) => shared.copy_reused,
        other => panic!("shared, not {other:?}"),
    }
}

#[test]
fn two_cards_go_as_those_of_one_person_and_the_person_is_told() {
    let mut world = world(&OWN);
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let consent = question(&mut world, &asked.short);
    assert!(consent.linked && consent.portrait);
    let paths: Vec<_> = consent.facts.iter().map(|fact| fact.path.as_str()).collect();
    assert_eq!(paths, ["nama", "portrait", "alamat"], "the link is no fact");
    assert_eq!(consent.cards.len(), 2);
    assert!(consent.cards.iter().all(|card| !card.hidden.iter().any(|name| name == HOLDER)));
    let shown = links(&mut world, &counter);
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0], shown[1]);
    let Event::Shared(entry) = &world.kept.history.last().unwrap().event else { panic!("shared") };
    assert_eq!((entry.link.as_ref(), entry.facts.len(), entry.copy_reused), (Some(&shown[0]), 3, false));
}

#[test]
fn one_card_goes_without_its_link() {
    let mut world = world(&OWN);
    let counter = Counter { service_index: 1, ..Counter::of(&world) };
    let asked = counter.ask();
    assert!(!question(&mut world, &asked.short).linked);
    assert_eq!(links(&mut world, &counter), [""; 0]);
    let Event::Shared(entry) = &world.kept.history.last().unwrap().event else { panic!("shared") };
    assert_eq!(entry.link, None);
}

#[test]
fn online_in_the_other_format_it_is_the_same() {
    let mut world = world(&[(1, "KtpElektronik_dc_sd_jwt"), (1, "KartuKeluarga_dc_sd_jwt")]);
    let counter = Counter { format: Format::DcSdJwt, ..Counter::of(&world) };
    let (request, link) = online_request(&counter);
    serve(&mut world, &request.jar);
    let before = world.posted.len();
    let _ = shared(world.respond(&[link]));
    let body = world.posted[before..].last().unwrap().clone();
    let posted = absah_protocol::oid4vp::response::parse_direct_post(body.as_bytes()).unwrap();
    let checked = check(&request, posted.answer.unwrap(), &world);
    assert_eq!(checked.len(), 2);
}

#[test]
fn each_agency_has_its_own_link_also_after_a_renewal() {
    let mut world = world(&OWN);
    let first = Counter::of(&world);
    let seen = links(&mut world, &first);
    assert_eq!(links(&mut world, &first), seen, "the same agency, the same copies");
    let second = agency(&mut world, "Dinas Lain", 3);
    let others = links(&mut world, &second);
    assert_ne!(others[0], seen[0]);
    assert!(!reused(&world));

    // New cards bear the same links: the agencies keep theirs.
    receive(&mut world, &OWN);
    assert_eq!(links(&mut world, &second), others);
    let third = agency(&mut world, "Dinas Ketiga", 4);
    let own = links(&mut world, &third);
    assert!(own[0] != seen[0] && own[0] != others[0]);
    assert!(!reused(&world));
    // One card of the old batch and one of the new go together, too.
    receive(&mut world, &OWN[..1]);
    assert_eq!(links(&mut world, &third), own);
}

#[test]
fn a_link_that_another_agency_knows_is_given_only_when_none_is_left_and_said() {
    let mut world = world(&OWN);
    let copies = world.wallet.holdings().cards[0].copies.len();
    let mut given = std::collections::BTreeSet::new();
    for n in 0..copies {
        let counter = agency(&mut world, &format!("Dinas {n}"), 3 + n as u64);
        assert!(given.insert(links(&mut world, &counter)), "agency {n}");
        assert!(!reused(&world));
    }
    let late = agency(&mut world, "Dinas Terakhir", 100);
    assert!(!given.insert(links(&mut world, &late)));
    assert!(reused(&world));
}

#[test]
fn cards_of_two_people_are_never_put_together() {
    let mut mixed = world(&[(1, "KtpElektronik_vc_sd_jwt"), (2, "KartuKeluarga_vc_sd_jwt")]);
    let counter = Counter::of(&mixed);
    let asked = counter.ask();
    assert_eq!(code_of(mixed.respond(&asked.short)), "cards-not-of-one-person");

    // Newest first would be the family card of 2 and the identity card of 1.
    receive(&mut mixed, &[(2, "KtpElektronik_vc_sd_jwt"), (1, "KtpElektronik_vc_sd_jwt")]);
    let shown = links(&mut mixed, &counter);
    assert_eq!(shown[0], shown[1]);

    // Both have the card of their family: neither takes the other's place.
    receive(&mut mixed, &OWN[1..]);
    assert_eq!(mixed.wallet.holdings().cards.len(), 4);
    let shown = links(&mut mixed, &counter);
    assert_eq!(shown[0], shown[1]);

    let mut alone = world(&OWN[..1]);
    let asked = Counter::of(&alone).ask();
    assert_eq!(code_of(alone.respond(&asked.short)), "query-no-credential");
}

#[test]
fn cards_from_before_there_were_links_must_be_fetched_again() {
    let mut world = world(&[(0, "KtpElektronik_vc_sd_jwt"), (0, "KartuKeluarga_vc_sd_jwt")]);
    let asked = Counter::of(&world).ask();
    assert_eq!(code_of(world.respond(&asked.short)), "cards-not-of-one-person");
    let one = Counter { service_index: 1, ..Counter::of(&world) }.ask();
    let _ = shared(world.respond(&one.short));
}
