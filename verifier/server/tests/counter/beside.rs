//! What comes by while an answer is waited for: only a refusal of what was asked here ends the waiting.

use std::path::Path;

use absah_host::Exit;
use absah_trust::sample::City;
use serde_json::{Value, json};

use crate::desk::Page;
use crate::world::Counter;

fn lines(file: &Path) -> Vec<String> {
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

async fn seen(page: &Page, service: &str, texts: &[String]) -> Value {
    page.post("/api/read", json!({ "texts": texts, "service": service })).await
}

/// An answer in several codes, and the page that waits for it.
async fn animated() -> (Counter, Page, Vec<String>) {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let request = counter.ask("ask", &["--qr-version", "10"]).await;
    let frames = lines(&counter.answer(&request, "answer"));
    assert!(frames.len() > 2, "{}", frames.len());
    (counter, page, frames)
}

#[tokio::test]
async fn a_foreign_code_during_an_answer_is_told_and_the_answer_goes_on() {
    let (counter, page, frames) = animated().await;
    let other = Counter::registered().await;
    let foreign = lines(&other.answer(&other.ask("elsewhere", &[]).await, "elsewhere"));
    let damaged = format!("{}X", frames[1]);
    let screen = lines(&counter.file("ask.txt"));
    for (name, beside, code) in [
        ("another counter's answer", foreign.clone(), Some("answer-other-request")),
        ("half a code", vec![damaged], Some("frame-check")),
        ("no code at all", vec!["ABSAH1 halo".to_owned()], Some("frame-not-ours")),
        ("this counter's own screen", screen, None),
    ] {
        let mut texts = vec![frames[0].clone()];
        texts.extend(beside.iter().cloned());
        let said = seen(&page, City::SERVICE, &texts).await;
        let told = said["told"]["code"].as_str();
        assert_eq!((said["state"].as_str(), &said["have"]), (Some("part"), &json!(1)), "{name}: {said}");
        assert_eq!(told.is_some(), code.is_some(), "{name}: {said}");
        if name == "another counter's answer" {
            assert_eq!(told, code, "{said}");
        }
        assert_eq!(said["spent"], json!(beside), "{name}: the good frame is kept: {said}");
    }
    let alone = seen(&page, City::SERVICE, &foreign).await;
    assert_eq!(
        (&alone["state"], &alone["told"]["code"], &alone["spent"]),
        (&json!("other"), &json!("answer-other-request"), &json!(foreign)),
        "{alone}"
    );
    assert_eq!(page.get("/api/desk").await["today"], json!([]), "nobody's visit");
    let whole: Vec<String> = foreign.into_iter().chain(frames).collect();
    let said = seen(&page, City::SERVICE, &whole).await;
    assert_eq!((&said["state"], &said["colour"]), (&json!("result"), &json!("green")), "{said}");
}

#[tokio::test]
async fn a_refusal_of_what_was_asked_here_ends_the_waiting() {
    let (counter, page, frames) = animated().await;
    let tampered = lines(&counter.answer_with(&counter.file("ask.txt"), "tampered", |shown| {
        let at = shown.presentation.len() - 10;
        let letter = if shown.presentation.as_bytes()[at] == b'A' { "B" } else { "A" };
        shown.presentation.replace_range(at..=at, letter);
    }));
    let said = seen(&page, City::SERVICE, &tampered).await;
    assert_eq!(
        (&said["state"], &said["code"]),
        (&json!("result"), &json!("key-binding-signature")),
        "{said}"
    );
    assert_eq!(seen(&page, City::SERVICE, &frames).await["colour"], "green");
    let again = seen(&page, City::SERVICE, &frames).await;
    assert_eq!((&again["state"], &again["code"]), (&json!("result"), &json!("replayed")), "{again}");
    let today = page.get("/api/desk").await["today"].as_array().unwrap().len();
    let elsewhere = seen(&page, "pajak-daerah", &frames).await;
    assert_eq!(
        (&elsewhere["state"], &elsewhere["told"]["code"]),
        (&json!("other"), &json!("replayed")),
        "whoever waits at another service goes on waiting: {elsewhere}"
    );
    assert_eq!(
        page.get("/api/desk").await["today"].as_array().unwrap().len(),
        today,
        "and nobody is counted"
    );
    assert_eq!(counter.decide(&[&counter.file("answer.txt")]).await.exit, Exit::Refused);
}
