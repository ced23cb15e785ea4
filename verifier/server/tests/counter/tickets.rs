//! Facts that are wrong: filed at the answer or later, queued sealed, sent or carried, and forgotten once they arrived.

use absah_host::Exit;
use absah_protocol::counter_ticket::{CounterTicket, open_file};
use absah_types::{Secret, base64url};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::{Value, json};

use crate::desk::{Page, is_in_a_file};
use crate::world::Counter;

/// An issuer that answers as told, and hands on what came.
async fn issuer(
    status: StatusCode,
    code: &'static str,
) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let (told, heard) = tokio::sync::mpsc::unbounded_channel();
    let answer = move |body: String| {
        told.send(body).unwrap();
        async move { (status, json!({ "code": code }).to_string()) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().route("/counter-tickets", post(answer));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, heard)
}

async fn states(counter: &Counter) -> Vec<Value> {
    let listed = counter.run(&["ticket", "list"]).await.json;
    listed["tickets"].as_array().unwrap().iter().map(|one| json!([one["state"], one["code"]])).collect()
}

#[tokio::test]
async fn at_the_answer_on_the_screen_and_from_evidence_and_by_file() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    let tag = shown["tag"].as_str().unwrap().to_owned();
    let facts = page.get(&format!("/api/ticket/{tag}")).await;
    let paths: Vec<&str> =
        facts["facts"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"alamat"), "{facts}");
    assert_eq!(page.get("/api/ticket/00ff").await["facts"], json!([]), "what names no card has none");
    for (fact, note, code) in [
        ("gaji", "salah", "ticket-fact"),
        ("alamat", "  ", "counter-ticket-note"),
        ("alamat", "a\nb", "counter-ticket-note"),
    ] {
        let said = page.post("/api/ticket", json!({ "tag": tag, "fact": fact, "note": note })).await;
        assert_eq!(said["code"], code);
    }
    let note = "Sudah pindah, kata warga";
    let filed = page.post("/api/ticket", json!({ "tag": tag, "fact": "alamat", "note": note })).await;
    assert!(filed["id"].is_string(), "{filed}");
    let word = page.post("/api/word", json!({ "tag": tag, "verdict": "matched" })).await;
    // Later, from the evidence.
    let id = word["id"].as_str().unwrap();
    let said = counter.run(&["ticket", "file", id, "--fact", "nama", "--note", "Salah eja"]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.json);
    let unknown =
        counter.run(&["ticket", "file", "b-0000000000000000", "--fact", "nama", "--note", "x"]).await;
    assert_eq!(unknown.code(), "evidence-unknown");
    assert_eq!(states(&counter).await, [json!(["waiting", null]), json!(["waiting", null])]);
    // Neither the note nor a value lies in the open here.
    for text in [note, "SITI CONTOH", "Salah eja"] {
        assert!(!is_in_a_file(&counter.data(), text.as_bytes()), "{text}");
    }
    let (out, key) = (counter.file("tickets"), counter.file("tickets.key"));
    let words = ["ticket", "export", "--out", out.to_str().unwrap(), "--key", key.to_str().unwrap()];
    let said = counter.run(&words).await;
    assert_eq!((said.exit, said.json["exported"].as_i64()), (Exit::Ok, Some(2)), "{}", said.json);
    assert_ne!(counter.run(&words).await.exit, Exit::Ok, "a key is never written over");
    let secret = std::fs::read_to_string(&key).unwrap();
    let secret = Secret::new(base64url::decode_array::<32>(secret.trim()).unwrap());
    let tickets = open_file(&std::fs::read(&out).unwrap(), &secret).unwrap();
    let mut read: Vec<_> = tickets.iter().map(|jws| CounterTicket::read(jws).unwrap()).collect();
    read.sort_by(|(one, _), (other, _)| one.fact.cmp(&other.fact));
    let (first, by) = &read[0];
    assert_eq!((first.fact.as_str(), first.note.as_str(), first.card.idx), ("alamat", note, 5));
    assert_eq!(by.thumbprint(), counter.key.thumbprint());
    assert!(!tickets[0].contains("SITI"));
    assert_eq!(states(&counter).await[0], json!(["exported", null]));
    assert_eq!(counter.run(&["ticket", "handed-in"]).await.json["handed_in"], 2);
    assert_eq!(states(&counter).await, [json!(["arrived", null]), json!(["arrived", null])]);
}

#[tokio::test]
async fn without_a_network_nothing_is_lost() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    let body = json!({ "tag": shown["tag"], "fact": "nama", "note": "Salah eja" });
    assert!(page.post("/api/ticket", body).await["id"].is_string());
    // Plain HTTP is no way for a ticket.
    let plain = counter.run(&["ticket", "send", "--to", "http://127.0.0.1:9"]).await;
    assert_ne!(plain.exit, Exit::Ok);
    let away = counter.run(&["--dev-loopback", "ticket", "send", "--to", "http://127.0.0.1:9"]).await;
    assert_eq!(away.exit, Exit::Environment, "{}", away.json);
    assert_eq!(states(&counter).await, [json!(["waiting", null])]);
}

#[tokio::test]
async fn sent_when_there_is_a_network_and_kept_until_they_arrived() {
    for (status, code, expected, exit, error) in [
        (StatusCode::OK, "", "arrived", Exit::Ok, ""),
        (StatusCode::CONFLICT, "counter-ticket-replayed", "arrived", Exit::Ok, ""),
        (StatusCode::FORBIDDEN, "counter-ticket-counter-revoked", "refused", Exit::Refused, ""),
        (StatusCode::SERVICE_UNAVAILABLE, "store", "waiting", Exit::Environment, "ticket-unavailable"),
        (
            StatusCode::TOO_MANY_REQUESTS,
            "counter-ticket-too-many",
            "waiting",
            Exit::Environment,
            "ticket-unavailable",
        ),
    ] {
        let (url, mut heard) = issuer(status, code).await;
        let counter = Counter::registered().await;
        let page = Page::of(&counter).await;
        let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
        let body = json!({ "tag": shown["tag"], "fact": "nama", "note": "Salah eja" });
        assert!(page.post("/api/ticket", body).await["id"].is_string());
        let sent = counter.run(&["--dev-loopback", "ticket", "send", "--to", &url]).await;
        assert_eq!((sent.exit, sent.code()), (exit, error), "{status}: {}", sent.json);
        let (ticket, _) = CounterTicket::read(&heard.recv().await.unwrap()).unwrap();
        assert_eq!(ticket.fact, "nama");
        assert_eq!(states(&counter).await[0][0], expected, "{status}");
    }
}
