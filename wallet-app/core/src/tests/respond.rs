//! Answering: by QR and online, the rule of the bundle's age, one copy per agency.

use absah_protocol::oid4vp::response::parse_direct_post;
use absah_trust::sample::City;
use absah_types::Seconds;
use serde_json::json;

use super::counter::{Counter, check, online_request, question, register, serve, service, shared};
use super::window::says_no;
use super::world::{CODE, Done, NOW, World, code_of, fetched};
use crate::{
    Channel, Effect, Event, FactValue, FetchFailure, Format, Intent, Prompt, REFUSED_BY_HOLDER, Shown,
};

#[test]
fn three_facts_by_qr_in_short_and_long_form() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let before = world.asked.len();
    for texts in [&asked.short, &asked.long] {
        let consent = question(&mut world, texts);
        assert_eq!(consent.asker.agency.as_str(), "Kelurahan Contoh");
        assert_eq!(consent.asker.service, City::SERVICE);
        assert!(consent.in_bundle);
        let paths: Vec<_> = consent.facts.iter().map(|fact| fact.path.as_str()).collect();
        assert_eq!(paths, ["nama", "kelahiran", "alamat"]);
        assert_eq!(consent.facts[0].value, FactValue::Text(Shown::new("SITI CONTOH")), "the very value");
        assert!(matches!(&consent.facts[2].value, FactValue::Members(members) if members.len() == 7));
        let hidden = &consent.cards[0].hidden;
        assert!(hidden.iter().any(|path| path == "nik") && hidden.iter().any(|path| path == "portrait"));
        assert!(!hidden.iter().any(|path| path == "nama"));
        assert!(!consent.portrait && consent.old_bundle_days.is_none());

        let answer = shared(world.respond(texts));
        assert_eq!(answer.frames.len(), 1);
        let opened = counter.open(&asked.request, &answer.frames, &world);
        let claims = opened[0].1.claims();
        assert_eq!(claims["nama"], "SITI CONTOH");
        assert!(!claims.contains_key("nik"));
        assert_eq!(opened[0].0.portrait, None);
    }
    assert_eq!(world.asked.len(), before, "no network");
    let last = world.kept.history.last().unwrap();
    let Event::Shared(entry) = &last.event else { panic!("shared") };
    assert_eq!(entry.to.agency.as_str(), "Kelurahan Contoh");
    assert_eq!(entry.facts.len(), 3);
    assert_eq!((entry.channel, entry.confirmed), (Channel::Qr, false));
    assert_eq!(entry.request_hash, absah_types::hex::encode(asked.request.hash));
    assert_eq!(entry.kept_until, world.now.plus(Seconds::days(30)));
    assert_eq!(world.kept, *world.wallet.holdings());
}

#[test]
fn the_portrait_goes_along_only_where_it_is_asked_and_is_said() {
    let mut world = World::with_card();
    register(&mut world, |registration| registration.services = vec![service("foto", &["nama", "portrait"])]);
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let consent = question(&mut world, &asked.short);
    assert!(consent.portrait);
    assert!(
        matches!(&consent.facts[1].value, FactValue::Picture(webp) if webp.as_bytes().starts_with(b"RIFF"))
    );
    let answer = shared(world.respond(&asked.short));
    assert!(matches!(&answer.entry.event, Event::Shared(shared) if shared.portrait));
    let opened = counter.open(&asked.request, &answer.frames, &world);
    assert_eq!(opened[0].0.portrait.as_deref(), Some(absah_trust::sample::portrait_blob().as_slice()));
}

#[test]
fn each_agency_gets_its_own_copy() {
    let mut world = World::with_card();
    let holder = |world: &mut World, agency: &str| {
        let mut registration = world.issuer.city.registration();
        registration.agency = agency.to_owned();
        let signed = world.issuer.city.sign(&registration);
        let version = world.wallet.bundle().unwrap().version() + 1;
        let mut contents = world.contents();
        contents.registrations = vec![signed];
        world.import(version, &contents);
        let counter = Counter::of(world);
        let asked = counter.ask();
        let answer = shared(world.respond(&asked.short));
        let Event::Shared(entry) = answer.entry.event else { panic!("shared") };
        let opened = counter.open(&asked.request, &answer.frames, world);
        (opened[0].1.holder().unwrap().thumbprint(), entry.copy_reused)
    };
    let first = holder(&mut world, "Dinas 0");
    assert_eq!(holder(&mut world, "Dinas 0"), first, "the same agency sees the same copy again");
    let mut seen = vec![first.0];
    for number in 1..12 {
        let (key, reused) = holder(&mut world, &format!("Dinas {number}"));
        assert!(!seen.contains(&key) && !reused, "agency {number}");
        seen.push(key);
    }
    let thirteenth = holder(&mut world, "Dinas 12");
    assert!(thirteenth.1, "the history says that a copy was reused");
    assert!(seen.contains(&thirteenth.0));
}

#[test]
fn the_same_request_online() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&counter);
    serve(&mut world, &request.jar);
    let answer = shared(world.respond(&[link]));
    assert!(answer.frames.is_empty());
    let Event::Shared(entry) = &answer.entry.event else { panic!("shared") };
    assert_eq!((entry.channel, entry.confirmed), (Channel::Online, true));
    let posted = parse_direct_post(world.posted.last().unwrap().as_bytes()).unwrap();
    assert_eq!(posted.state.as_deref(), Some("s-1"));
    let checked = check(&request, posted.answer.unwrap(), &world);
    assert_eq!(checked[0].1.claims()["nama"], "SITI CONTOH");
    assert_eq!(world.kept, *world.wallet.holdings());
}

#[test]
fn what_may_have_been_seen_stands_in_the_history_before_it_is_sent() {
    for (name, reply, code) in [
        ("nobody there", None, "answer-not-confirmed"),
        ("not taken", Some(fetched(400, &json!({}))), "answer-rejected"),
    ] {
        let mut world = World::with_card();
        let counter = Counter::of(&world);
        let (request, link) = online_request(&counter);
        serve(&mut world, &request.jar);
        let address = "https://loket.example/response/1";
        match reply {
            Some(reply) => drop(world.served.insert(address.into(), reply)),
            None => drop(world.served.remove(address)),
        }
        world.issuer.meddle =
            Box::new(
                |path, answer| {
                    if path.ends_with("/response/1") { Err(FetchFailure::TimedOut) } else { answer }
                },
            );
        assert_eq!(code_of(world.respond(&[link])), code, "{name}");
        let Event::Shared(entry) = &world.kept.history.last().unwrap().event else { panic!("shared") };
        assert!(!entry.confirmed, "{name}");
    }
}

#[test]
fn a_no_sends_nothing_and_is_remembered() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    world.agree = false;
    assert!(matches!(world.respond(&asked.short), Prompt::Declined));
    assert!(world.posted.iter().all(|body| !body.contains("vp_token")));
    let Event::Refused(entry) = &world.kept.history.last().unwrap().event else { panic!("refused") };
    assert_eq!(entry.code, REFUSED_BY_HOLDER);
    assert_eq!(entry.to.as_ref().unwrap().agency.as_str(), "Kelurahan Contoh");
    assert_eq!(entry.facts, ["nama", "kelahiran", "alamat"]);
    assert!(world.wallet.holdings().cards.iter().all(|card| card.unused() == 12), "no copy was used");
}

#[test]
fn a_no_online_is_told_to_who_asked_and_sends_nothing_else() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&counter);
    serve(&mut world, &request.jar);
    world.agree = false;
    let before = world.posted.len();
    assert!(matches!(world.respond(&[link]), Prompt::Declined));
    assert_eq!(world.posted.len(), before + 1);
    let body = world.posted.last().unwrap();
    assert!(body.contains("error=access_denied") && body.contains("state="), "{body}");
    assert!(!body.contains("vp_token"));
    let Event::Refused(entry) = &world.kept.history.last().unwrap().event else { panic!("refused") };
    assert_eq!(entry.code, REFUSED_BY_HOLDER);
}

#[test]
fn an_old_bundle_is_said_and_a_very_old_one_answers_only_yes_or_no() {
    let mut world = World::new();
    register(&mut world, |registration| {
        registration.services = vec![service("nama", &["nama"]), service("umur", &["usiaMinimal17"])];
    });
    for (days, service_index, expected) in [
        (3, 0, Ok(None)),
        (8, 0, Ok(Some(8))),
        (29, 0, Ok(Some(29))),
        (31, 0, Err("wallet-bundle-too-old")),
        (31, 1, Ok(Some(31))),
    ] {
        // The card is younger than the bundle.
        world.now = NOW.plus(Seconds::days(days));
        world.issuer.city = City::at(world.now);
        world.codes = vec![CODE];
        assert!(matches!(world.receive(), Prompt::Received(_)), "{days}");
        let mut counter = Counter::of(&world);
        counter.service_index = service_index;
        let asked = counter.ask();
        match expected {
            Ok(days) => assert_eq!(question(&mut world, &asked.short).old_bundle_days, days),
            Err(code) => assert_eq!(code_of(world.respond(&asked.short)), code, "{days} days"),
        }
    }
}

#[test]
fn without_a_bundle_or_a_card_there_is_nothing_to_answer_with() {
    let mut world = World::new();
    let asked = Counter::of(&world).ask();
    assert_eq!(code_of(world.respond(&asked.short)), "query-no-credential");
    let mut bare = World::bare();
    assert!(matches!(bare.receive(), Prompt::Received(_)));
    assert_eq!(code_of(bare.respond(&asked.short)), "wallet-no-bundle");
    let mut world = World::with_card();
    let mut counter = Counter::of(&world);
    counter.format = Format::DcSdJwt;
    let asked = counter.ask();
    shared(world.respond(&asked.short));
}

#[test]
fn a_card_that_has_ended_is_not_shown() {
    let mut world = World::with_card();
    register(&mut world, |_| {});
    world.now = NOW.plus(Seconds::days(30));
    let asked = Counter::of(&world).ask();
    assert_eq!(code_of(world.respond(&asked.short)), "card-expired");
    says_no(&mut world, &asked.short, "card-expired", "expired");
}

#[test]
fn a_card_that_ends_while_the_question_stands_is_not_shown() {
    let mut world = World::with_card();
    register(&mut world, |_| {});
    let end = world.wallet.holdings().cards.iter().map(|card| card.valid_until).min().unwrap();
    world.now = end.minus(Seconds(60));
    let asked = Counter::of(&world).ask();
    let effects = world.step(Intent::Respond { texts: asked.short });
    assert!(matches!(effects.as_slice(), [Effect::Show(_)]), "{effects:?}");
    world.now = end;
    assert_eq!(code_of(world.drive(Intent::Agree { code: None })), "card-expired");
}

#[test]
fn a_flow_can_be_stopped_at_the_question_and_begun_again() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let effects = world.step(Intent::Respond { texts: asked.short.clone() });
    assert!(matches!(effects.as_slice(), [Effect::Show(_)]));
    // The program ends here: nothing of the flow was kept, and the request can be answered anew.
    let files = world.wallet.bundle_files().cloned();
    world.wallet = crate::Wallet::open(world.kept.clone(), files);
    assert!(matches!(world.perform(Effect::Persist), Done::Nothing));
    shared(world.respond(&asked.short));
}

#[test]
fn a_card_whose_key_is_distrusted_is_said_to_be_and_not_shown() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let mut contents = world.contents();
    let keys = contents.trust.issuers.iter_mut().flat_map(|issuer| &mut issuer.keys);
    for key in keys.filter(|key| key.roles.contains(&absah_trust::KeyRole::Credential)) {
        key.distrusted_after = Some(NOW.minus(Seconds::days(2)));
    }
    world.import(2, &contents);
    let statuses: Vec<_> = world.wallet.overview(NOW).iter().map(|one| one.status).collect();
    assert_eq!(statuses, [crate::CardStatus::Distrusted; 2]);
    let asked = counter.ask();
    assert_eq!(code_of(world.respond(&asked.short)), "card-distrusted");
    says_no(&mut world, &asked.short, "card-distrusted", "distrusted");
    let refused = matches!(&world.wallet.holdings().history.last().unwrap().event, Event::Refused(_));
    assert!(refused, "and nothing stands there as shown");
}
