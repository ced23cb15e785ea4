//! Old data is taken with a reason only: commands hold to it as the page does.

use std::path::Path;

use absah_host::Exit;
use absah_types::Seconds;
use serde_json::{Value, json};

use crate::channels::{over_the_network, verified};
use crate::desk::Page;
use crate::world::{Counter, NOW, Said};

const REASON: [&str; 4] = ["--reason", "Jaringan kelurahan mati", "--officer", "Pak Joko"];

/// A counter whose data is of 30 hours before.
async fn stale() -> Counter {
    let counter = Counter::at(NOW.minus(Seconds::hours(30))).await;
    let folder = counter.publish(1, |_| ());
    assert_eq!(counter.import(&folder, true).await.exit, Exit::Ok);
    counter.clock.set(NOW);
    counter
}

async fn decide(counter: &Counter, answer: &Path, more: &[&str]) -> Said {
    counter.run(&[&["decide", answer.to_str().unwrap()], more].concat()).await
}

async fn filed(counter: &Counter) -> Vec<Value> {
    let listed = counter.run(&["evidence", "list"]).await.json;
    listed["evidence"].as_array().unwrap().iter().map(|one| one["verdict"].clone()).collect()
}

#[tokio::test]
async fn an_answer_by_qr_is_not_taken_until_somebody_says_why() {
    let counter = stale().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    for more in [&[][..], &["--reason", "  "]] {
        let said = decide(&counter, &answer, more).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, "verdict-reason"), "{more:?} {}", said.json);
        let told = ["decision", "colour", "facts", "status"].map(|name| said.json[name].clone());
        assert_eq!(told, [json!("undetermined"), json!("grey"), json!({}), json!("valid")]);
        assert_eq!(said.json["freshness"]["tier"], "amber");
    }
    assert_eq!(filed(&counter).await, [] as [Value; 0]);
    let desk = Page::of(&counter).await.get("/api/desk").await;
    assert_eq!([&desk["waiting"], &desk["today"]], [&json!([]), &json!([])], "nothing has happened");

    let said = decide(&counter, &answer, &REASON).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted-stale"), "{}", said.json);
    let evidence = verified(&counter, said.json["evidence"].as_str().unwrap()).await;
    assert_eq!(
        (&evidence["verdict"], &evidence["reason"], &evidence["officer"]),
        (&json!("unattended"), &json!("Jaringan kelurahan mati"), &json!("Pak Joko"))
    );
    assert_eq!(decide(&counter, &answer, &REASON).await.code(), "replayed");
}

#[tokio::test]
async fn an_answer_over_the_network_waits_for_it() {
    let counter = stale().await;
    let page = Page::of(&counter).await;
    let (session, shown) = over_the_network(&counter, &page).await;
    assert_eq!((&shown["code"], &shown["reason"]), (&json!("accepted-stale"), &json!(true)), "{shown}");
    let said = counter.run(&["session", &session]).await;
    assert_eq!((said.exit, said.code(), &said.json["facts"]), (Exit::Refused, "verdict-reason", &json!({})));
    assert_eq!(filed(&counter).await, [] as [Value; 0]);
    let said = counter.run(&[&["session", session.as_str()], &REASON[..]].concat()).await;
    let evidence = verified(&counter, said.json["evidence"].as_str().unwrap()).await;
    assert_eq!(evidence["reason"], "Jaringan kelurahan mati");
}

/// Each beside the word that is taken.
#[tokio::test]
async fn an_officer_says_one_of_two_words() {
    let counter = stale().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    for verdict in ["unattended", "abandoned", "Matched", ""] {
        let body = json!({ "tag": shown["tag"], "verdict": verdict, "reason": "x" });
        let (status, said) = page.call(axum::http::Method::POST, "/api/word", Some(body)).await;
        assert!(status.is_client_error(), "{verdict}: {status} {said}");
    }
    assert_eq!(filed(&counter).await, [] as [Value; 0]);
    let body = json!({ "tag": shown["tag"], "verdict": "mismatched" });
    assert!(page.post("/api/word", body).await["id"].is_string(), "who is not served needs no reason");
}
