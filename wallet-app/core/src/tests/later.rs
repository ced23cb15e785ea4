//! Cards that come later, and what issuers are told: the good way, each bad answer, and being killed on the way.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use absah_protocol::UrlRules;
use absah_protocol::oid4vci::issuer::credential_request::NotificationEvent;
use absah_trust::sample::URL;
use absah_types::{Seconds, Secret};
use serde_json::{Value, json};

use super::world::{CODE, Done, LINK, NOW, World, at, code_of, fetched};
use crate::window::{Contents, Input, Preferences, Press, Screen, Task, Window};
use crate::{Contact, Effect, Env, Event, FetchFailure, Intent, Prompt, Wallet};

const DEFERRED: &str = "/deferred_credential";
const NOTIFICATION: &str = "/notification";

/// A wallet that waits for both forms of the KTP, and what the issuer will give, by transaction.
fn waiting() -> (World, Rc<RefCell<Vec<Value>>>) {
    let mut world = World::new();
    let ready = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&ready);
    world.issuer.meddle = at("/credential", move |answer| {
        let number = kept.borrow().len();
        kept.borrow_mut().push(std::mem::take(answer));
        *answer = json!({ "transaction_id": format!("t-{number}"), "interval": 300 });
    });
    let prompt = world.receive();
    let Prompt::Waiting(cards) = prompt else { panic!("waiting, not {prompt:?}") };
    assert_eq!(cards.len(), 2);
    (world, ready)
}

fn serve(world: &mut World, path: &str, status: u16, answer: &Value) {
    world.served.insert(format!("{URL}{path}"), fetched(status, answer));
}

fn due(world: &World) -> Option<Contact> {
    world.wallet.next_contact(world.now, &BTreeSet::new())
}

fn collect(world: &mut World, transaction: &str) -> Prompt {
    world.drive(Intent::Collect { transaction: transaction.to_owned() })
}

#[test]
fn what_comes_later_is_waited_for_and_fetched() {
    let (mut world, ready) = waiting();
    assert!(world.kept.cards.is_empty());
    assert_eq!((world.kept.pending.len(), world.keys.len()), (2, 24), "twelve keys for each form are kept");
    assert_eq!(world.wallet.pending()[0].type_name().as_str(), "KtpElektronik");
    // The program ends, and begins anew.
    let again = serde_json::from_str(&serde_json::to_string(&world.kept).unwrap()).unwrap();
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(again, files);
    assert_eq!(due(&world), None, "not before the interval");
    let asked = world.asked.len();
    assert_eq!(code_of(collect(&mut world, "t-0")), "card-not-yet");
    assert_eq!(world.asked.len(), asked, "nothing was asked");

    world.now = NOW.plus(Seconds(301));
    assert_eq!(due(&world), Some(Contact::Collect("t-0".to_owned())));
    serve(&mut world, DEFERRED, 202, &json!({ "transaction_id": "t-0", "interval": 600 }));
    assert!(matches!(collect(&mut world, "t-0"), Prompt::Waiting(_)));
    assert_eq!(world.kept.pending[0].not_before, world.now.plus(Seconds(600)));
    assert_eq!(due(&world), Some(Contact::Collect("t-1".to_owned())), "the other one is due still");

    world.now = world.now.plus(Seconds(600));
    for (number, left) in [(0, 1), (1, 0)] {
        let answer = ready.borrow()[number].clone();
        serve(&mut world, DEFERRED, 200, &answer);
        let prompt = collect(&mut world, &format!("t-{number}"));
        assert!(matches!(prompt, Prompt::Received(_)), "{prompt:?}");
        assert_eq!((world.kept.cards.len(), world.kept.pending.len()), (number + 1, left));
    }
    assert_eq!(world.wallet.keys_in_use().len(), 24);
    assert_eq!(code_of(collect(&mut world, "t-0")), "card-not-awaited");
}

/// Each bad answer of the deferred endpoint has its own code; what is final ends the waiting, what is not does not.
#[test]
fn bad_answers_to_who_waits() {
    let other = json!({ "transaction_id": "t-9", "interval": 300 });
    let never = json!({ "transaction_id": "t-0", "interval": 99_999_999 });
    let both = json!({ "transaction_id": "t-0", "interval": 300, "credentials": [] });
    let error = |name: &str| json!({ "error": name });
    let cases = [
        ("another transaction", 202, other, "receive-deferred-other", 2),
        ("in three years", 202, never, "receive-deferred-interval", 2),
        ("no interval", 202, json!({ "transaction_id": "t-0" }), "receive-malformed", 2),
        ("later and now at once", 200, both, "receive-malformed", 2),
        ("no credentials", 200, json!({ "credentials": [] }), "receive-wrong-count", 2),
        ("broken server", 500, json!({}), "receive-status", 2),
        ("fetched before", 400, error("invalid_transaction_id"), "receive-deferred-gone", 1),
        ("an officer said no", 400, error("credential_request_denied"), "receive-deferred-refused", 1),
        ("token ended", 401, error("invalid_token"), "receive-deferred-ended", 1),
        (
            "no credential at all",
            200,
            json!({ "credentials": [{ "credential": "x.y.z~" }] }),
            "jws-encoding",
            1,
        ),
    ];
    for (name, status, answer, code, left) in cases {
        let (mut world, _) = waiting();
        world.now = NOW.plus(Seconds(301));
        serve(&mut world, DEFERRED, status, &answer);
        assert_eq!(code_of(collect(&mut world, "t-0")), code, "{name}");
        assert_eq!(world.kept.pending.len(), left, "{name}");
        assert_eq!(world.wallet.holdings(), &world.kept, "{name}: memory is not ahead of what is kept");
        assert!(world.kept.cards.is_empty(), "{name}");
        assert!(world.wallet.is_idle(), "{name}");
    }
}

fn named() -> World {
    let mut world = World::new();
    let number = RefCell::new(0);
    world.issuer.meddle = at("/credential", move |answer| {
        *number.borrow_mut() += 1;
        answer["notification_id"] = json!(format!("n-{}", number.borrow()));
    });
    world
}

fn notify(world: &mut World, id: &str) {
    let prompt = world.drive(Intent::Notify { notification: id.to_owned() });
    assert!(matches!(prompt, Prompt::Notified), "{prompt:?}");
}

#[test]
fn the_issuer_is_told_that_its_cards_were_kept() {
    let mut world = named();
    assert!(matches!(world.receive(), Prompt::Received(_)));
    // Kept together with the cards: killed right here, it is told at the next contact.
    assert_eq!((world.kept.cards.len(), world.kept.notices.len()), (2, 2));
    let files = world.wallet.bundle_files().cloned();
    world.wallet = Wallet::open(world.kept.clone(), files);
    assert_eq!(due(&world), Some(Contact::Notify("n-1".to_owned())));
    serve(&mut world, NOTIFICATION, 204, &Value::Null);
    notify(&mut world, "n-1");
    assert_eq!(world.posted.last().unwrap(), r#"{"event":"credential_accepted","notification_id":"n-1"}"#);
    assert_eq!(due(&world), Some(Contact::Notify("n-2".to_owned())), "told once");

    // Lost twice: nobody is told, and nothing of the card depends on it.
    world.served.clear();
    world.issuer.meddle = Box::new(|_, _| Err(FetchFailure::Unreachable));
    notify(&mut world, "n-2");
    assert_eq!(due(&world), Some(Contact::Notify("n-2".to_owned())), "once more");
    notify(&mut world, "n-2");
    assert_eq!(due(&world), None);
    assert_eq!(world.kept.cards.len(), 2);
    // Its token ends, and so does all of it.
    world.now = NOW.plus(Seconds::days(2));
    assert_eq!(due(&world), None);
}

#[test]
fn the_issuer_is_told_that_its_cards_could_not_be_kept() {
    let mut world = named();
    world.issuer.meddle = at("/credential", |answer| {
        answer["credentials"][0]["credential"] = json!("x.y.z~");
        answer["notification_id"] = json!("n-1");
    });
    assert_eq!(code_of(world.receive()), "jws-encoding");
    assert!(world.kept.cards.is_empty());
    assert!(world.kept.notices.iter().all(|one| one.event == NotificationEvent::Failure));
    assert_eq!(due(&world), Some(Contact::Notify("n-1".to_owned())));
    assert!(world.keys.is_empty(), "no key stays for it");
}

#[test]
fn the_issuer_is_told_that_the_person_did_not_want_them() {
    let mut world = named();
    world.issuer.meddle = at("/credential", |answer| answer["notification_id"] = json!("n-1"));
    // Stopped while the second form is fetched.
    let mut intent = Intent::Receive { link: LINK.into() };
    while world.asked.iter().filter(|url| url.ends_with("/credential")).count() < 2 {
        let effects = world.step(intent);
        let mut next = None;
        for effect in effects {
            if let Done::Next(then) = world.perform(effect) {
                next = Some(then);
            }
        }
        intent = next.unwrap();
    }
    assert!(matches!(world.drive(Intent::Refuse), Prompt::Declined));
    assert_eq!(world.kept.notices[0].event, NotificationEvent::Deleted);
    assert!(world.keys.is_empty());
}

#[test]
fn a_deleted_card_is_gone_in_all_its_forms_and_told() {
    let mut world = named();
    world.receive();
    serve(&mut world, NOTIFICATION, 204, &Value::Null);
    notify(&mut world, "n-1");
    notify(&mut world, "n-2");
    let card = world.kept.cards[0].id.clone();
    assert!(matches!(world.drive(Intent::Delete { card: card.clone() }), Prompt::Deleted));
    assert!(world.kept.cards.is_empty() && world.keys.is_empty());
    assert_eq!(due(&world), Some(Contact::Notify("n-1".to_owned())), "told anew");
    notify(&mut world, "n-1");
    assert!(world.posted.last().unwrap().contains("credential_deleted"));
    let deleted = world.kept.history.iter().filter(|one| matches!(one.event, Event::Deleted(_))).count();
    assert_eq!(deleted, 2);
    assert_eq!(code_of(world.drive(Intent::Delete { card })), "card-unknown");
}

/// A wallet whose first card can be renewed.
pub(super) fn renewable() -> World {
    let mut world = World::with_card();
    let card = world.wallet.holdings.cards[0].clone();
    let renewal = crate::Renewal {
        issuer: card.issuer.url.clone(),
        configuration_ids: vec!["KtpElektronik_dc_sd_jwt".to_owned()],
        cards: vec![card.id.clone()],
        refresh_token: "r".to_owned(),
        key: card.copies[0].key.clone(),
        public: super::world::stranger().public_key().to_jwk(),
    };
    world.wallet.holdings.renewals = vec![renewal];
    world.kept = world.wallet.holdings.clone();
    world
}

/// Four of twelve unused copies left: due. Of a batch of one: only when it is used.
#[test]
fn batches_that_run_out_are_due() {
    let mut world = renewable();
    let card = world.wallet.holdings.cards[0].clone();
    let use_up = |world: &mut World, n: usize| {
        let copies = world.wallet.holdings.cards[0].copies.iter_mut();
        copies.take(n).for_each(|copy| copy.mark_seen("A", NOW));
    };
    use_up(&mut world, 7);
    assert_eq!(due(&world), None, "five are left");
    use_up(&mut world, 8);
    assert_eq!(due(&world), Some(Contact::Renew(card.id.clone())));
    let tried = BTreeSet::from([Contact::Renew(card.id)]);
    assert_eq!(world.wallet.next_contact(NOW, &tried), None);
    world.wallet.holdings.cards[0].copies.truncate(1);
    world.wallet.holdings.cards[0].copies[0].first_used = None;
    assert_eq!(due(&world), None, "a batch of one is not renewed for being one");
}

/// A window, driven until it waits for a person.
fn run(world: &mut World, window: &mut Window, input: Input) {
    let mut inputs = vec![input];
    while let Some(input) = inputs.pop() {
        let mut env = Env { now: world.now, rng: &mut world.rng, urls: UrlRules::HttpsOnly };
        for task in window.step(input, &mut env) {
            match task {
                Task::Core(Effect::Persist) => world.kept = window.wallet().holdings().clone(),
                Task::Core(effect) => {
                    if let Done::Next(intent) = world.perform(effect) {
                        inputs.push(Input::Core(intent));
                    }
                }
                _ => {}
            }
        }
    }
}

/// What is due is done where the wallet is in contact anyway, and nobody sees a screen of it.
#[test]
fn a_window_does_quietly_what_is_due() {
    let mut world = named();
    serve(&mut world, NOTIFICATION, 204, &Value::Null);
    let mut window = Window::new(true, Preferences::default());
    let contents = Contents {
        holdings: world.kept.clone(),
        files: world.wallet.bundle_files().cloned(),
        provided: None,
        ..Contents::default()
    };
    run(&mut world, &mut window, Input::Opened(Box::new(contents)));
    run(&mut world, &mut window, Input::Press(Press::Read { texts: vec![LINK.to_owned()] }));
    assert!(matches!(window.screen(), Screen::Offer(_)), "{:?}", window.screen());
    let code = Some(Secret::new(CODE.to_owned()));
    run(&mut world, &mut window, Input::Press(Press::Agree { code }));
    assert!(matches!(window.screen(), Screen::Added(cards) if cards.len() == 2), "{:?}", window.screen());
    let told = world.asked.iter().filter(|url| url.ends_with(NOTIFICATION)).count();
    assert_eq!(told, 2);
    assert!(world.kept.notices.iter().all(|one| one.told), "and kept as told");
    assert!(window.wallet().is_idle());
}

/// A card that waits stands on the screen of what was added, and on that of the cards.
#[test]
fn a_window_says_what_is_waited_for() {
    let mut world = World::new();
    let number = RefCell::new(0);
    world.issuer.meddle = at("/credential", move |answer| {
        *number.borrow_mut() += 1;
        *answer = json!({ "transaction_id": format!("t-{}", number.borrow()), "interval": 300 });
    });
    let mut window = Window::new(true, Preferences::default());
    let contents = Contents {
        holdings: world.kept.clone(),
        files: world.wallet.bundle_files().cloned(),
        provided: None,
        ..Contents::default()
    };
    run(&mut world, &mut window, Input::Opened(Box::new(contents)));
    run(&mut world, &mut window, Input::Press(Press::Read { texts: vec![LINK.to_owned()] }));
    let code = Some(Secret::new(CODE.to_owned()));
    run(&mut world, &mut window, Input::Press(Press::Agree { code }));
    assert!(matches!(window.screen(), Screen::Added(cards) if cards.is_empty()), "{:?}", window.screen());
    assert_eq!(window.wallet().pending().len(), 2);
    assert_eq!(world.asked.iter().filter(|url| url.ends_with(DEFERRED)).count(), 0, "not before its time");
}
