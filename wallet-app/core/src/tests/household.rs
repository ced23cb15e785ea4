//! One household on one phone: whose cards answer, and what of the others is shown.

use absah_trust::ClaimPath;
use absah_trust::registration::{Ask, Service};

use super::counter::{Asked, Counter, question, register, service, shared};
use super::world::{CODE, World, code_of};
use crate::{Effect, FactValue, Intent, PresentationConsent, Prompt, SharedFact};

fn ask(credential: &str, claims: &[&str]) -> Ask {
    let claims = claims.iter().map(|claim| ClaimPath::parse_dotted(claim).unwrap()).collect();
    Ask { credential: credential.into(), claims }
}

fn asking(id: &str, asks: Vec<Ask>) -> Service {
    let protected = ["nik", "anggota.*.nik"].map(|claim| ClaimPath::parse_dotted(claim).unwrap());
    Service { asks, protected: protected.into(), ..service(id, &["nama"]) }
}

/// Cards of `(person, child, configuration)`; a counter that asks for one identity card, for a child's documents, and for
/// the relation by family card.
fn world(cards: &[(u8, u8, &'static str)]) -> World {
    let mut world = World::new();
    world.agree = true;
    for (person, child, configuration) in cards {
        world.issuer.person = *person;
        world.issuer.child = *child;
        world.issuer.configurations = vec![configuration];
        world.codes = vec![CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)), "{configuration}");
    }
    let own = || ask("KtpElektronik", &["nama", "portrait"]);
    let kia = || ask("Kia", &["nama", "hubunganPemegang"]);
    register(&mut world, |registration| {
        registration.services = vec![
            service("satu", &["nama"]),
            asking("anak", vec![own(), kia()]),
            asking("dua", vec![own(), kia(), ask("AktaKelahiran", &["nomorAkta"])]),
            asking(
                "kk",
                vec![
                    ask("KtpElektronik", &["nik", "portrait"]),
                    ask("Kia", &["nik", "nama"]),
                    ask("KartuKeluarga", &["anggota.*.nik", "anggota.*.hubungan"]),
                ],
            ),
            asking("semua", vec![own(), ask("KartuKeluarga", &["anggota.*.nama"])]),
        ];
    });
    world
}

const KTP: &str = "KtpElektronik_vc_sd_jwt";
const KK: &str = "KartuKeluarga_vc_sd_jwt";
const KIA: &str = "Kia_vc_sd_jwt";
const AKTA: &str = "AktaKelahiran_vc_sd_jwt";

fn of(world: &World, service_index: usize) -> Counter {
    Counter { service_index, ..Counter::of(world) }
}

fn names(consent: &PresentationConsent) -> Vec<&str> {
    consent.cards.iter().filter_map(|card| card.name.as_ref()).map(crate::Shown::as_str).collect()
}

/// Puts the question, without answering it.
fn put(world: &mut World, counter: &Counter) -> (Asked, PresentationConsent) {
    let request = counter.ask();
    let consent = asked(world.step(Intent::Respond { texts: request.short.clone() }));
    (request, consent)
}

fn asked(effects: Vec<Effect>) -> PresentationConsent {
    let prompt = effects.into_iter().find_map(|effect| match effect {
        Effect::Show(prompt) => Some(*prompt),
        _ => None,
    });
    match prompt {
        Some(Prompt::Presentation(consent)) => consent,
        other => panic!("a question, not {other:?}"),
    }
}

#[test]
fn a_childs_card_is_named_as_the_childs() {
    let mut world = world(&[(1, 1, KTP), (1, 1, KIA)]);
    let counter = of(&world, 1);
    let consent = question(&mut world, &counter.ask().short);
    let is_child: Vec<_> = consent.cards.iter().map(|card| card.is_dependants).collect();
    assert_eq!((is_child, names(&consent)), (vec![false, true], vec!["SITI CONTOH", "ANAK SATU"]));
    assert!(consent.cards.iter().all(|card| card.others.is_empty()));
    let stack = world.wallet.stack(world.now);
    assert_eq!(stack.iter().filter(|one| one.is_dependants).count(), 1);
}

#[test]
fn of_two_children_the_person_chooses_one_and_all_documents_are_that_childs() {
    let cards = [(1, 1, KTP), (1, 1, KIA), (1, 1, AKTA), (1, 2, KIA), (1, 2, AKTA)];
    let mut world = world(&cards);
    let counter = of(&world, 2);
    let (request, consent) = put(&mut world, &counter);
    assert_eq!(names(&consent)[1..], ["ANAK DUA", "ANAK DUA"], "the newest");
    let other = consent.cards[1].others[0].clone();
    assert_eq!(other.name.as_str(), "ANAK SATU");
    let consent = asked(world.step(Intent::Choose { card: other.card }));
    assert_eq!(names(&consent)[1..], ["ANAK SATU", "ANAK SATU"]);
    // Back again by the certificate.
    let back = consent.cards[2].others.iter().find(|other| other.name.as_str() == "ANAK DUA").cloned();
    let consent = asked(world.step(Intent::Choose { card: back.unwrap().card }));
    assert_eq!(names(&consent)[1..], ["ANAK DUA", "ANAK DUA"]);
    let answer = shared(world.drive(Intent::Agree { code: None }));
    let opened = counter.open(&request.request, &answer.frames, &world);
    assert_eq!(opened[1].1.claims()["nama"], "ANAK DUA");

    let mut mixed = self::world(&[(1, 1, KTP), (1, 1, KIA), (1, 2, AKTA)]);
    let counter = of(&mixed, 2);
    assert_eq!(code_of(mixed.respond(&counter.ask().short)), "cards-not-of-one-person");
}

#[test]
fn of_two_adults_one_answers_and_never_with_the_others_cards() {
    let mut world = world(&[(1, 1, KTP), (1, 1, KIA), (2, 1, KTP)]);
    let satu = of(&world, 0);
    let (_, consent) = put(&mut world, &satu);
    assert_eq!(consent.cards[0].others.len(), 1);
    let first = consent.cards[0].card.clone();
    let other = consent.cards[0].others[0].card.clone();
    let consent = asked(world.step(Intent::Choose { card: other.clone() }));
    assert_eq!((&consent.cards[0].card, &consent.cards[0].others[0].card), (&other, &first));
    let _ = world.step(Intent::Refuse);
    // Whose card it is, is told also where no other could answer.
    assert!(consent.cards.iter().all(|card| card.of_several && card.name.is_some()));
    // Only the first keeps the child's card: the second is not offered beside it.
    let anak = of(&world, 1);
    let (_, consent) = put(&mut world, &anak);
    assert!(consent.linked && consent.cards.iter().all(|card| card.others.is_empty()), "{:?}", consent.cards);
    assert!(consent.cards.iter().all(|card| card.of_several), "also the parent's own");
}

/// Showing that began at one person's card proposes that person, by request and without one.
#[test]
fn the_card_that_was_opened_is_proposed() {
    let mut world = world(&[(1, 1, KTP), (2, 1, KTP)]);
    let satu = of(&world, 0);
    for card in [0, 1] {
        let id = world.wallet.holdings().cards[card].id.clone();
        world.wallet.prefer(Some(id.clone()));
        let (_, consent) = put(&mut world, &satu);
        assert_eq!((&consent.cards[0].card, consent.cards[0].others.len()), (&id, 1));
        let _ = world.step(Intent::Refuse);
        let facts = crate::facts_of_choice("warga").unwrap();
        let World { wallet, rng, now, .. } = &mut world;
        let env = crate::Env { now: *now, rng, urls: absah_protocol::UrlRules::HttpsOnly };
        assert_eq!(wallet.preview(&facts, &env).unwrap()[0].card, id);
    }
    // Where it cannot answer, somebody else's is proposed as before.
    let unknown = crate::CardId("0".into());
    world.wallet.prefer(Some(unknown));
    assert_eq!(put(&mut world, &satu).1.cards.len(), 1);
}

#[test]
fn a_card_that_cannot_answer_is_refused_by_name() {
    let mut world = world(&[(1, 1, KTP), (1, 1, KIA), (2, 1, KTP)]);
    let anak = of(&world, 1);
    let _ = put(&mut world, &anak);
    let second = world.wallet.holdings().cards[2].id.clone();
    assert_eq!(code_of(world.drive(Intent::Choose { card: second })), "cards-not-of-one-person");
    let _ = put(&mut world, &anak);
    let unknown = crate::CardId("0".into());
    assert_eq!(code_of(world.drive(Intent::Choose { card: unknown })), "card-unknown");
}

#[test]
fn the_relation_of_two_shows_two_members_and_a_family_all() {
    let mut world = world(&[(1, 1, KTP), (1, 1, KIA), (1, 1, KK)]);
    let shown = |consent: &PresentationConsent, path: &str| {
        let fact = consent.facts.iter().find(|fact| fact.path == path).unwrap();
        match &fact.value {
            FactValue::List(items) => items.len(),
            other => panic!("a list, not {other:?}"),
        }
    };
    let kk = of(&world, 3);
    let (request, consent) = put(&mut world, &kk);
    assert_eq!((shown(&consent, "anggota.*.nik"), shown(&consent, "anggota.*.hubungan")), (2, 2));
    let answer = shared(world.drive(Intent::Agree { code: None }));
    let opened = kk.open(&request.request, &answer.frames, &world);
    let members = opened[2].1.claims()["anggota"].as_array().unwrap();
    assert_eq!(members.len(), 2, "nobody else: {members:?}");
    assert!(!members.iter().any(|one| one["nik"] == "3577011203180002"));

    let semua = of(&world, 4);
    let (request, consent) = put(&mut world, &semua);
    assert_eq!(shown(&consent, "anggota.*.nama"), 3, "every value that would be sent is shown");
    let answer = shared(world.drive(Intent::Agree { code: None }));
    let opened = semua.open(&request.request, &answer.frames, &world);
    assert_eq!(opened[1].1.claims()["anggota"].as_array().map(Vec::len), Some(3));
}

/// Of two people on one phone each asks for corrections and deletions with their own card, or nobody does.
#[test]
fn a_wish_about_a_record_is_signed_by_the_person_who_was_chosen() {
    use super::window::{Desk, PIN};
    use crate::window::{Place, Press, Screen, Topic};
    use crate::wishes::Wish;
    let mut world = world(&[(0, 0, KTP), (1, 0, KTP)]);
    let tickets = serde_json::json!({ "tickets": [] });
    world.served.insert(format!("{}/wishes", absah_trust::sample::URL), super::world::fetched(200, &tickets));
    let askers: Vec<_> = world.wallet.askers(world.now).into_iter().map(|(card, _)| card).collect();
    assert_eq!(askers.len(), 2);
    let mut desk = Desk::opened(&mut world);
    let wish = || Wish::Deletion { text: "Nomor telepon lama saya".to_owned() };
    desk.press(Press::Go(Place::Delete));
    desk.press(Press::Wish(wish()));
    assert_eq!(*desk.screen(), Screen::Tell { about: Topic::Deletion, problem: None }, "nobody was chosen");
    assert!(desk.world.asked.iter().all(|url| !url.ends_with("/wishes")));
    for card in &askers {
        let keys: Vec<_> =
            desk.window.wallet().card(card).unwrap().copies.iter().map(|copy| copy.key.clone()).collect();
        for wish in [wish(), Wish::Correction { text: "Nama ibu salah".to_owned() }, Wish::Tickets] {
            let is_read = wish == Wish::Tickets;
            desk.press(Press::Go(Place::Ask));
            desk.signed.clear();
            desk.press(Press::WishOf { wish, card: card.clone() });
            if !is_read {
                desk.pin(PIN);
            }
            assert!(matches!(desk.screen(), Screen::Wished(_)), "{:?}", desk.screen());
            assert!(desk.signed.iter().all(|key| keys.contains(key)) && !desk.signed.is_empty());
        }
    }
    desk.press(Press::Go(Place::Ask));
    desk.press(Press::WishOf { wish: wish(), card: crate::CardId("another".into()) });
    assert_eq!(*desk.screen(), Screen::Ask, "nobody's");
}

#[test]
fn a_phone_code_is_of_the_person_who_was_chosen() {
    let mut world = world(&[(1, 1, KTP), (2, 1, KTP)]);
    let askers = world.wallet.askers(world.now);
    assert_eq!(askers.len(), 2);
    let answer = serde_json::json!({ "phone_code": "1234567890" });
    world.served.insert(format!("{}/wishes", absah_trust::sample::URL), super::world::fetched(200, &answer));
    let mut proofs = Vec::new();
    for (card, _) in askers {
        let wish = crate::wishes::Wish::PhoneCode;
        let said = world.drive(Intent::WishBy { wish, card: card.clone() });
        assert!(matches!(said, Prompt::Wished(_)), "{said:?}");
        let sent = world.posted.last().unwrap().clone();
        let copies = &world.wallet.holdings.cards.iter().find(|one| one.id == card).unwrap().copies;
        // The proof is made with a copy of that card and no other's.
        assert!(
            copies.iter().any(|copy| sent.contains(copy.credential.split('~').next().unwrap())),
            "{sent}"
        );
        proofs.push(sent);
    }
    assert_ne!(proofs[0], proofs[1]);
}

#[test]
fn what_was_sent_is_told_card_by_card() {
    let mut world = world(&[(1, 1, KTP), (1, 1, KIA)]);
    let counter = of(&world, 1);
    let consent = question(&mut world, &counter.ask().short);
    let facts: Vec<SharedFact> = consent
        .facts
        .iter()
        .map(|fact| SharedFact { card: fact.card.clone(), path: fact.path.clone() })
        .collect();
    let told = |facts: &[SharedFact]| -> Vec<(String, Vec<String>)> {
        let groups = world.wallet.of_whom(facts).into_iter();
        groups.map(|group| (group.name.map(String::from).unwrap_or_default(), group.paths)).collect()
    };
    let all = told(&facts);
    assert_eq!(all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["SITI CONTOH", "ANAK SATU"]);
    assert!(all.iter().all(|(_, paths)| paths.iter().any(|path| path == "nama")), "{all:?}");
    assert_eq!(told(&facts[..1])[0].0, "SITI CONTOH", "cards of somebody else are kept here, too");
}

#[test]
fn one_persons_only_card_needs_no_name() {
    let mut world = world(&[(1, 1, KTP)]);
    let counter = of(&world, 0);
    let consent = question(&mut world, &counter.ask().short);
    assert!(consent.cards.iter().all(|card| !card.of_several));
    let facts: Vec<SharedFact> = consent
        .facts
        .iter()
        .map(|fact| SharedFact { card: fact.card.clone(), path: fact.path.clone() })
        .collect();
    assert!(world.wallet.of_whom(&facts).iter().all(|group| group.name.is_none()));
}

/// The issuer gives whoever logs in that person's card: nobody else's card is fetched by it.
#[test]
fn after_a_restore_each_persons_card_is_fetched_by_that_person() {
    let mut world = world(&[(1, 1, KTP), (2, 1, KTP)]);
    let (restored, list) = crate::Wallet::default().restored(world.wallet.backup(world.now));
    assert!(list.is_some() && restored.bundle().is_none(), "the list waits to be compared");
    world.wallet = restored;
    let contents = world.contents();
    world.import(1, &contents);
    assert_eq!(world.wallet.elsewhere(world.now).len(), 2);
    world.issuer.person = 1;
    world.issuer.configurations = vec![KTP];
    world.codes = vec![CODE];
    assert!(matches!(world.receive(), Prompt::Received(_)));
    let missing = world.wallet.elsewhere(world.now);
    assert_eq!(missing.len(), 1);
    let id = missing[0].first().unwrap().card.id.clone();
    assert!(
        world.wallet.log_in_card(&id, world.now).is_none(),
        "another person's card is no proof: a code is"
    );
    let types = [crate::Shown::new("KtpElektronik")];
    assert!(world.wallet.log_in_for(&types, absah_trust::sample::URL, world.now).is_none());
}

/// Who keeps a child's card and none of their own is no holder: a phone code would be the child's.
#[test]
fn a_childs_card_alone_asks_the_registry_for_nothing() {
    let mut world = world(&[(1, 1, KIA)]);
    let asked = world.asked.len();
    for intent in [Intent::Wish(crate::wishes::Wish::PhoneCode), Intent::FetchAccess] {
        assert_eq!(code_of(world.drive(intent)), "access-no-card");
    }
    assert_eq!(world.asked.len(), asked, "nobody was asked");
}
