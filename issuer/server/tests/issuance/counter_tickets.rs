//! Corrections that counters ask for: over the network and in a file, into the inbox, each once; and all that is refused.

use absah_host::Exit;
use absah_protocol::counter_ticket::{Card, CounterTicket, MAX_NOTE, MAX_TICKET, seal_file};
use absah_testkit::{SeededRng, key};
use absah_types::{Clock as _, Seconds, Secret, base64url};
use axum::http::StatusCode;

use crate::console::Office;
use crate::copies;
use crate::desk::{Desk, Reply, URL};

async fn register(desk: &Desk, number: u64) -> (String, String) {
    let access_key = desk.place.path().join("key.json");
    let jwk = key(number).public_key().to_jwk();
    std::fs::write(&access_key, serde_json::to_string(&jwk).unwrap()).unwrap();
    let words = ["counter", "register", "--access-key", access_key.to_str().unwrap(), "--place", "Loket 3"];
    let (exit, answer) = desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{answer}");
    let (_, listed) = desk.command(&["counter", "list"]).await;
    let id = answer["registration_id"].as_str().unwrap().to_owned();
    let own = listed.as_array().unwrap().iter().find(|one| one["registration_id"] == id.as_str()).unwrap();
    (own["counter_id"].as_str().unwrap().to_owned(), id)
}

/// Where the status of a fresh card stands.
async fn card(desk: &Desk) -> Card {
    let copy = copies(desk, "KtpElektronik", "dc", 1).await;
    let text = copy[0]["credential"].as_str().unwrap();
    let place = crate::verified(desk, text, &crate::issuer_key(desk).await).status().unwrap().clone();
    Card { uri: place.uri, idx: place.idx }
}

fn ticket(desk: &Desk, counter: &str, card: &Card, number: u8) -> CounterTicket {
    CounterTicket {
        id: base64url::encode([number; 16]),
        counter: counter.to_owned(),
        issuer: URL.to_owned(),
        made_at: desk.clock.now(),
        card: card.clone(),
        fact: "alamat".to_owned(),
        note: "Sudah pindah <b>rumah</b>".to_owned(),
    }
}

fn signed(ticket: &CounterTicket, number: u64) -> String {
    ticket.prepare(key(number).public_key().to_jwk()).sign(&key(number)).unwrap()
}

async fn post(desk: &Desk, jws: String) -> Reply {
    desk.post_with("/counter-tickets", &[("content-type", "application/jwt".to_owned())], jws).await
}

#[tokio::test]
async fn a_counter_s_ticket_waits_beside_the_wallets_and_leads_to_a_new_card() {
    let office = Office::open().await;
    let desk = &office.desk;
    let (counter, _) = register(desk, 77).await;
    let card = card(desk).await;
    let taken = post(desk, signed(&ticket(desk, &counter, &card, 1), 77)).await;
    assert_eq!((taken.status, taken.json()["ticket"].as_i64()), (StatusCode::OK, Some(1)), "{}", taken.text);
    let mut staff = office.staff(["pendaftar"]).await;
    let (browser, _) = &mut staff[0];
    let work = office.get(browser, "/work").await.text;
    assert!(work.contains("Koreksi data") && work.contains("dari loket Loket 3"), "{work}");
    assert!(!work.contains(&Desk::grown_up()), "the list names nobody");
    let opened = office.post(browser, "/work/open", &[("what", "ticket"), ("number", "1")]).await;
    let case = opened.header("location").unwrap();
    let person = office.get(browser, &case).await.text;
    assert!(person.contains("Loket 3") && person.contains("Sudah pindah &lt;b&gt;rumah"), "{person}");
    let begun = office.post(browser, &format!("{case}/issue"), &[("credential", "KtpElektronik")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let fields = [("number", "1"), ("note", "Alamat sudah diperbaiki"), ("done", "yes")];
    assert_eq!(office.post(browser, &format!("{case}/ticket"), &fields).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(browser, "/work").await.text.contains("Loket 3"));
}

#[tokio::test]
async fn what_is_no_ticket_of_a_counter_of_ours_is_refused_by_its_own_code() {
    let desk = Desk::open().await;
    let (counter, _) = register(&desk, 77).await;
    let (gone, registration) = register(&desk, 78).await;
    assert_eq!(desk.command(&["counter", "withdraw", &registration]).await.0, Exit::Ok);
    let card = card(&desk).await;
    let good = |number| ticket(&desk, &counter, &card, number);
    let of = |counter: &str| CounterTicket { counter: counter.to_owned(), ..good(2) };
    let elsewhere = Card { uri: "https://lain.example/status/1".to_owned(), ..card.clone() };
    let nobody = Card { idx: card.idx ^ 1, ..card.clone() };
    let (now, second) = (desk.clock.now(), signed(&good(3), 77));
    let mut altered = second.clone().into_bytes();
    let last = altered.len() - 10;
    altered[last] = if altered[last] == b'A' { b'B' } else { b'A' };
    let cases = [
        ("unknown counter", signed(&of("loket-lain"), 77), 403, "counter-ticket-counter-unknown"),
        ("another's key", signed(&good(2), 79), 403, "counter-ticket-counter-unknown"),
        ("withdrawn counter", signed(&of(&gone), 78), 403, "counter-ticket-counter-revoked"),
        ("altered", String::from_utf8(altered).unwrap(), 400, "counter-ticket-signature"),
        (
            "another issuer",
            signed(&CounterTicket { issuer: "https://lain.example".to_owned(), ..good(2) }, 77),
            400,
            "counter-ticket-issuer",
        ),
        (
            "from the future",
            signed(&CounterTicket { made_at: now.plus(Seconds::hours(1)), ..good(2) }, 77),
            400,
            "counter-ticket-time",
        ),
        (
            "a year old",
            signed(&CounterTicket { made_at: now.minus(Seconds::days(365)), ..good(2) }, 77),
            400,
            "counter-ticket-time",
        ),
        (
            "foreign card",
            signed(&CounterTicket { card: elsewhere, ..good(2) }, 77),
            400,
            "counter-ticket-person",
        ),
        (
            "nobody's card",
            signed(&CounterTicket { card: nobody, ..good(2) }, 77),
            400,
            "counter-ticket-person",
        ),
        (
            "no such fact",
            signed(&CounterTicket { fact: "gaji".to_owned(), ..good(2) }, 77),
            400,
            "counter-ticket-fact",
        ),
        (
            "long note",
            signed(&CounterTicket { note: "x".repeat(MAX_NOTE + 1), ..good(2) }, 77),
            400,
            "counter-ticket-note",
        ),
        (
            "lines in the note",
            signed(&CounterTicket { note: "a\nb".to_owned(), ..good(2) }, 77),
            400,
            "counter-ticket-note",
        ),
        ("no JWS", "hello".to_owned(), 400, "counter-ticket-malformed"),
        ("too large", "x".repeat(MAX_TICKET + 1), 413, "counter-ticket-too-large"),
    ];
    for (name, jws, status, code) in cases {
        let reply = post(&desk, jws).await;
        assert_eq!(
            (reply.status.as_u16(), reply.refusal().2.as_str()),
            (status, code),
            "{name}: {}",
            reply.text
        );
    }
    assert_eq!(post(&desk, second.clone()).await.status, StatusCode::OK);
    let again = post(&desk, second).await;
    assert_eq!((again.status.as_u16(), again.refusal().2.as_str()), (409, "counter-ticket-replayed"));
    // A counter fills neither a person's file nor the citizen's own places.
    for number in 10..14 {
        assert_eq!(post(&desk, signed(&good(number), 77)).await.status, StatusCode::OK);
    }
    let sixth = post(&desk, signed(&good(20), 77)).await;
    assert_eq!((sixth.status.as_u16(), sixth.refusal().2.as_str()), (429, "counter-ticket-too-many"));
    let nik = absah_types::Nik::parse(&Desk::grown_up()).unwrap();
    let store = desk.app.ledger().unwrap().records();
    for _ in 0..absah_protocol::wishes::MAX_OPEN {
        assert!(store.open_ticket(nik, "correction", "x".to_owned(), now).await.unwrap());
    }
    assert!(!store.open_ticket(nik, "correction", "x".to_owned(), now).await.unwrap());
}

#[tokio::test]
async fn a_file_of_tickets_is_taken_in_with_its_key() {
    let desk = Desk::open().await;
    let (counter, _) = register(&desk, 77).await;
    let card = card(&desk).await;
    let bad = CounterTicket { fact: "gaji".to_owned(), ..ticket(&desk, &counter, &card, 2) };
    let tickets = [signed(&ticket(&desk, &counter, &card, 1), 77), signed(&bad, 77)];
    let (own, other) = (Secret::new([1u8; 32]), Secret::new([2u8; 32]));
    let place = |name: &str| desk.place.path().join(name);
    let sealed = seal_file(&tickets, &own, &mut SeededRng::new(5)).unwrap();
    std::fs::write(place("tickets"), &sealed).unwrap();
    std::fs::write(place("key"), base64url::encode(own.expose()) + "\n").unwrap();
    std::fs::write(place("other"), base64url::encode(other.expose())).unwrap();
    let import = async |key: &str| {
        let (file, key) = (place("tickets"), place(key));
        desk.command(&["ticket", "import", file.to_str().unwrap(), "--key", key.to_str().unwrap()]).await
    };
    let (exit, answer) = import("other").await;
    assert_eq!((exit, answer["error"]["code"].as_str()), (Exit::Refused, Some("counter-ticket-sealed")));
    let (exit, answer) = import("key").await;
    assert_eq!(exit, Exit::Refused);
    assert_eq!(answer["tickets"], serde_json::json!([{ "ticket": 1 }, { "code": "counter-ticket-fact" }]));
    let sealed = seal_file(&tickets[..1], &own, &mut SeededRng::new(6)).unwrap();
    std::fs::write(place("tickets"), &sealed).unwrap();
    let (exit, answer) = import("key").await;
    assert_eq!(exit, Exit::Ok, "what came before is no failure");
    assert_eq!(answer["tickets"][0]["code"], "counter-ticket-replayed");
    let (_, listed) = desk.command(&["ticket", "list"]).await;
    assert_eq!(listed["tickets"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_citizen_types_forges_no_line_of_the_list() {
    let desk = Desk::open().await;
    let nik = absah_types::Nik::parse(&Desk::grown_up()).unwrap();
    let store = desk.app.ledger().unwrap().records();
    let text = "Nama salah\n2 deletion 3577010101900001 semua".to_owned();
    assert!(store.open_ticket(nik, "correction", text, desk.clock.now()).await.unwrap());
    let (exit, out, _) = desk.spoken(&["ticket", "list"]).await;
    assert_eq!((exit, out.lines().count()), (Exit::Ok, 1), "{out}");
}
