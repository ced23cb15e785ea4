//! Every way an answer comes in leaves evidence: the page, the command line, the network; and who answers for what.

use std::path::Path;

use absah_credential::Format;
use absah_credential::status_list::Status;
use absah_host::Exit;
use absah_protocol::oid4vp::request::{ResponseTo, Transport};
use absah_protocol::oid4vp::response::direct_post_jwt;
use absah_testkit::SeededRng;
use absah_trust::sample::City;
use absah_types::Seconds;
use absah_verifier::router;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use tower::ServiceExt as _;

use crate::desk::Page;
use crate::world::{Counter, NOW, PASSWORD, present, read};

pub(crate) async fn pool(counter: &Counter) -> SqlitePool {
    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    SqlitePool::connect(&store).await.unwrap()
}

/// The evidence as an auditor's command sees it.
pub(crate) async fn verified(counter: &Counter, id: &str) -> Value {
    let file = counter.file(&format!("{id}.json"));
    let file = file.to_str().unwrap();
    assert_eq!(counter.run(&["evidence", "export", id, "--out", file]).await.exit, Exit::Ok);
    let said = counter.run(&["evidence", "verify", file]).await;
    assert_eq!((said.exit, said.json["evidence"].as_str()), (Exit::Ok, Some("valid")), "{}", said.json);
    said.json
}

fn lines(answer: &Path) -> Vec<String> {
    std::fs::read_to_string(answer).unwrap().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_command_line_files_what_it_accepts() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let said = counter.run(&["decide", answer.to_str().unwrap(), "--officer", "Bu Sri"]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.json);
    let evidence = verified(&counter, said.json["evidence"].as_str().unwrap()).await;
    assert_eq!(
        (evidence["verdict"].as_str(), evidence["officer"].as_str()),
        (Some("unattended"), Some("Bu Sri"))
    );
    let again = counter.decide(&[&answer]).await;
    assert_eq!((again.code(), again.json.get("evidence")), ("replayed", None));
    let desk = Page::of(&counter).await.get("/api/desk").await;
    let words: Vec<&str> =
        desk["today"].as_array().unwrap().iter().map(|line| line["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["Ditolak", "Diterima tanpa petugas"], "a replay is a citizen at the counter, too");
}

/// Asks at the page, answers as a wallet would, and gives what the page is told.
pub(crate) async fn over_the_network(counter: &Counter, page: &Page) -> (String, Value) {
    let asked = page.post("/api/online", json!({ "service": City::SERVICE })).await;
    assert!(asked["frames"][0].as_str().unwrap().starts_with("<svg"), "{asked}");
    answered(counter, page, asked["session"].as_str().unwrap()).await
}

/// The same, asked at the command line.
pub(crate) async fn by_command(counter: &Counter, page: &Page) -> (String, Value) {
    let words = ["request", "--online", "--service", City::SERVICE, "--public-url", "http://127.0.0.1:9"];
    let asked = counter.run(&words).await;
    answered(counter, page, asked.json["session"].as_str().unwrap()).await
}

async fn answered(counter: &Counter, page: &Page, session: &str) -> (String, Value) {
    let waiting = async || page.get(&format!("/api/online/{session}")).await;
    assert_eq!(waiting().await, json!({ "state": "open", "fetched_again": false }));
    let routes = router(std::sync::Arc::clone(&page.app));
    let call = async |method: &str, path: String, body: String| {
        let request = Request::builder().method(method).uri(path).body(Body::from(body)).unwrap();
        let response = routes.clone().oneshot(request).await.unwrap();
        axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()
    };
    let jar = String::from_utf8(call("GET", format!("/requests/{session}"), String::new()).await).unwrap();
    assert_eq!(waiting().await["fetched_again"], false);
    let second = String::from_utf8(call("GET", format!("/requests/{session}"), String::new()).await).unwrap();
    assert!(second.contains("request-taken") && !second.contains(&jar), "{second}");
    assert_eq!(waiting().await, json!({ "state": "open", "fetched_again": true }), "told to the officer");
    let request = read(&jar, Transport::Online, NOW);
    let ResponseTo::DirectPost { state, encryption: Some(encryption), .. } = &request.response else {
        panic!("in the open")
    };
    let shown = [present(counter.now, Format::DcSdJwt, &request, NOW)];
    let body = direct_post_jwt(&shown, state.as_deref(), encryption, &mut SeededRng::new(1));
    assert_eq!(call("POST", format!("/responses/{session}"), body).await, b"{}");
    let told = page.get(&format!("/api/online/{session}")).await;
    (session.to_owned(), told)
}

#[tokio::test]
async fn an_answer_over_the_network_appears_on_the_page_and_is_filed() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    assert_eq!(page.get("/api/desk").await["network"], true);
    let (session, shown) = over_the_network(&counter, &page).await;
    assert_eq!(
        (shown["state"].as_str(), shown["colour"].as_str()),
        (Some("result"), Some("green")),
        "{shown}"
    );
    assert_eq!(shown["facts"][0]["value"], "SITI CONTOH");
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    let evidence = verified(&counter, said["id"].as_str().unwrap()).await;
    assert_eq!(
        (evidence["verdict"].as_str(), evidence["shown"].as_array().map(Vec::len)),
        (Some("matched"), Some(3))
    );
    // Once the officer has spoken, the session tells no fact any more.
    let told = counter.run(&["session", &session]).await;
    assert_eq!((told.code(), &told.json["facts"]), ("accepted", &json!({})), "{}", told.json);
    assert_eq!(page.get("/api/online/unknown").await["code"], "session-unknown");
}

#[tokio::test]
async fn what_the_page_asked_for_waits_for_its_officer() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let (session, shown) = over_the_network(&counter, &page).await;
    for _ in 0..2 {
        let told = counter.run(&["session", &session, "--officer", "Bu Sri"]).await;
        let expected = json!({ "session": session, "state": "waiting", "fetched_again": true });
        assert_eq!((told.exit, &told.json), (Exit::Refused, &expected), "looking decides nothing");
    }
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    let evidence = verified(&counter, said["id"].as_str().unwrap()).await;
    assert_eq!(evidence["verdict"], "matched");
    let told = counter.run(&["session", &session]).await;
    assert_eq!((told.code(), &told.json["facts"]), ("accepted", &json!({})), "{}", told.json);
}

/// A counter with a supervisor and an officer at work, `hours` after its bundle was signed.
pub(crate) async fn supervised(hours: i64) -> (Counter, Page) {
    let counter = Counter::registered().await;
    for (name, pin, more) in [("Bu Sri", "528319", None), ("Pak Lurah", "739154", Some("--supervisor"))] {
        let words: Vec<&str> = ["officer", "set", name].into_iter().chain(more).collect();
        assert_eq!(counter.run_with(&words, &[("ABSAH_PIN", pin)]).await.exit, Exit::Ok);
    }
    assert_eq!(counter.run(&["officer", "list"]).await.json["supervisors"], json!(["Pak Lurah"]));
    counter.clock.set(NOW.plus(Seconds::hours(hours)));
    let page = Page::of(&counter).await;
    page.post("/api/sign-in", json!({ "name": "Bu Sri", "pin": "528319", "password": PASSWORD })).await;
    (counter, page)
}

#[tokio::test]
async fn a_supervisor_answers_for_what_is_undetermined() {
    let (counter, page) = supervised(96).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let texts = lines(&answer);
    let grey = page.read(&answer).await;
    assert_eq!(
        (grey["code"].as_str(), grey["colour"].as_str()),
        (Some("status-old"), Some("grey")),
        "{grey}"
    );
    assert_eq!((&grey["tag"], &grey["facts"], &grey["vouchable"]), (&Value::Null, &json!([]), &json!(true)));
    let vouch = |supervisor: &str, pin: &str, reason: &str| {
        page.post(
            "/api/vouch",
            json!({ "texts": texts, "supervisor": supervisor, "pin": pin, "reason": reason }),
        )
    };
    for (supervisor, pin, reason, code) in [
        ("Pak Lurah", "739154", " ", "verdict-reason"),
        ("Pak Lurah", "739155", "Jaringan mati", "officer-wrong"),
        ("Pak Camat", "739154", "Jaringan mati", "officer-wrong"),
        ("Bu Sri", "528319", "Jaringan mati", "verdict-same-officer"),
    ] {
        assert_eq!(vouch(supervisor, pin, reason).await["code"], code, "{supervisor} {pin} {reason}");
    }
    let shown = vouch("Pak Lurah", "739154", "Jaringan kelurahan mati").await;
    assert_eq!(
        (shown["colour"].as_str(), shown["supervisor"].as_str()),
        (Some("grey"), Some("Pak Lurah")),
        "{shown}"
    );
    assert_eq!(shown["facts"][0]["value"], "SITI CONTOH");
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    let evidence = verified(&counter, said["id"].as_str().unwrap()).await;
    for (name, value) in [
        ("outcome", "status-old"),
        ("officer", "Bu Sri"),
        ("supervisor", "Pak Lurah"),
        ("reason", "Jaringan kelurahan mati"),
    ] {
        assert_eq!(evidence[name], value, "{name}");
    }
    // Both names and the reason stand sealed in the evidence, not in the log.
    let pool = pool(&counter).await;
    let codes: Vec<(String, String)> =
        sqlx::query_as("SELECT code, colour FROM visit").fetch_all(&pool).await.unwrap();
    assert_eq!(codes.last().unwrap(), &("status-old".to_owned(), "grey".to_owned()));
    pool.close().await;
    for word in ["Jaringan kelurahan", "SITI CONTOH"] {
        assert!(!crate::desk::is_in_a_file(&counter.data(), word.as_bytes()), "{word}");
    }
    let plain = page.post(
        "/api/vouch",
        json!({ "texts": texts, "supervisor": "Pak Lurah", "pin": "739154", "reason": "x" }),
    );
    assert_eq!(plain.await["code"], "replayed");
}

/// Each beside what a supervisor may accept.
#[tokio::test]
async fn nobody_answers_for_red_yellow_or_what_has_ended() {
    for (name, hours, status, code) in [
        ("four days", 96, Status::Valid, "status-old"),
        ("seven days", 7 * 24, Status::Valid, "bundle-ended"),
        ("revoked", 96, Status::Revoked, "revoked"),
        ("suspended", 96, Status::Suspended, "suspended"),
        ("superseded", 96, Status::Superseded, "superseded"),
    ] {
        let (counter, page) = supervised(hours).await;
        counter.clock.set(NOW);
        let folder = counter.publish(2, |contents| {
            contents.status_tokens = vec![City::at(NOW).status_token(&[(5, status)], NOW)];
        });
        assert_eq!(counter.import(&folder, false).await.exit, Exit::Ok, "{name}");
        counter.clock.set(NOW.plus(Seconds::hours(hours)));
        if code == "bundle-ended" {
            // Nothing is asked with it any more; what was asked a minute before its end is not answered for.
            let ask = json!({ "service": City::SERVICE });
            for path in ["/api/ask", "/api/online"] {
                assert_eq!(page.post(path, ask.clone()).await["code"], code, "{path}");
            }
            let said = counter.run(&["request", "--service", City::SERVICE]).await;
            assert_eq!(said.exit, Exit::Ok, "by command it is only said");
            assert_eq!(page.get("/api/desk").await["go_live"], false);
            counter.clock.set(NOW.plus(Seconds::hours(hours)).minus(Seconds(60)));
        }
        let request = counter.ask("ask", &[]).await;
        counter.clock.set(NOW.plus(Seconds::hours(hours)));
        let answer = counter.answer(&request, "answer");
        let seen = page.read(&answer).await;
        assert_eq!(seen["code"], code, "{name}: {seen}");
        let vouchable = code == "status-old";
        assert_eq!(seen["vouchable"], vouchable, "{name}");
        let said = page
            .post(
                "/api/vouch",
                json!({ "texts": lines(&answer), "supervisor": "Pak Lurah", "pin": "739154", "reason": "Jaringan mati" }),
            )
            .await;
        assert_eq!(said["tag"].is_string(), vouchable, "{name}: {said}");
        assert_eq!(said["facts"].as_array().is_some_and(|facts| !facts.is_empty()), vouchable, "{name}");
    }
}

#[tokio::test]
async fn the_end_of_the_chain_is_known_and_a_cut_stops_the_counter() {
    let counter = Counter::registered().await;
    let mut heads = Vec::new();
    for name in ["a", "b", "c"] {
        let answer = counter.answer(&counter.ask(name, &[]).await, name);
        assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
        heads.push(counter.run(&["evidence", "list"]).await.json["head"].clone());
    }
    assert_eq!(heads[2]["number"], 3);
    assert_ne!(heads[1]["hash"], heads[2]["hash"]);
    let pool = pool(&counter).await;
    let sql = async |text: &'static str| sqlx::query(text).execute(&pool).await.unwrap().rows_affected();
    sql("CREATE TABLE saved AS SELECT * FROM evidence WHERE number = 3").await;
    sql("DELETE FROM evidence WHERE number = 3").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain", "the last link is gone");
    let answer = counter.answer(&counter.ask("d", &[]).await, "d");
    assert_eq!(
        counter.decide(&[&answer]).await.code(),
        "evidence-chain",
        "and nothing is filed behind the cut"
    );
    sql("INSERT INTO evidence SELECT * FROM saved").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.json["chain"], "whole");
    sql("CREATE TABLE head AS SELECT * FROM chain_head").await;
    sql("DELETE FROM chain_head").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain", "the head is gone");
    sql("INSERT INTO chain_head VALUES (1, zeroblob(80))").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain", "a head that is none");
    sql("DELETE FROM chain_head").await;
    sql("INSERT INTO chain_head SELECT * FROM head").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.json["chain"], "whole");
}

#[tokio::test]
async fn a_word_that_comes_too_late_is_none() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    counter.clock.set(NOW.plus(Seconds::minutes(15)).plus(Seconds(1)));
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    assert_eq!(said["code"], "verdict-late", "{said}");
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!(listed.json["evidence"][0]["verdict"], "abandoned");
}

#[tokio::test]
async fn a_log_that_another_program_keeps_is_told_and_emptied_later() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let id = counter.decide(&[&answer]).await.json["evidence"].as_str().unwrap().to_owned();
    let pool = pool(&counter).await;
    let mut reader = pool.begin().await.unwrap();
    let _: i64 = sqlx::query_scalar("SELECT count(*) FROM evidence").fetch_one(&mut *reader).await.unwrap();
    let erased = counter.run(&["evidence", "erase", &id, "--early", "Permintaan warga"]).await;
    assert_eq!(erased.code(), "counter-store-log-busy", "{}", erased.json);
    reader.rollback().await.unwrap();
    pool.close().await;
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!(listed.json["evidence"][0]["state"], "erased", "{}", listed.json);
}

/// A request that nobody can answer any more is told to the page, which makes another: no dead code stays on the screen.
#[tokio::test]
async fn a_session_that_is_over_is_told() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let asked = page.post("/api/online", json!({ "service": City::SERVICE })).await;
    let told = async || page.get(&format!("/api/online/{}", asked["session"].as_str().unwrap())).await;
    counter.clock.set(NOW.plus(absah_types::Seconds::minutes(5)));
    assert_eq!(told().await["state"], "open");
    counter.clock.set(NOW.plus(absah_types::Seconds::minutes(5)).plus(absah_types::Seconds(1)));
    assert_eq!(told().await, json!({ "state": "over" }));
}

/// Whoever saw the code can decline in the citizen's place: one visit however often, and the citizen's answer takes its place.
#[tokio::test]
async fn a_strangers_refusal_gives_way_to_the_answer() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let asked = page.post("/api/online", json!({ "service": City::SERVICE, "unencrypted": true })).await;
    let session = asked["session"].as_str().unwrap();
    let routes = router(std::sync::Arc::clone(&page.app));
    let call = async |method: &str, path: String, body: String| {
        crate::online::call(&routes, method, &path, body).await.2
    };
    let jar = call("GET", format!("/requests/{session}"), String::new()).await;
    let request = read(&jar, Transport::Online, NOW);
    let ResponseTo::DirectPost { state, .. } = &request.response else { panic!("asked by QR") };
    let refusal = format!("error=access_denied&state={}", state.as_deref().unwrap());
    for _ in 0..3 {
        let _ = call("POST", format!("/responses/{session}"), refusal.clone()).await;
    }
    let told = async || page.get(&format!("/api/online/{session}")).await;
    let seen = told().await;
    assert_eq!((seen["code"].as_str(), &seen["tag"]), (Some("wallet-declined"), &json!(null)), "{seen}");
    let lines = page.get("/api/desk").await["today"].as_array().unwrap().len();
    assert_eq!(lines, 1, "one visit");
    let shown = [present(counter.now, Format::DcSdJwt, &request, NOW)];
    let body = absah_protocol::oid4vp::response::direct_post(&shown, state.as_deref());
    assert_eq!(call("POST", format!("/responses/{session}"), body).await, "{}");
    let seen = told().await;
    assert_eq!((seen["colour"].as_str(), seen["tag"].is_string()), (Some("green"), true), "{seen}");
}
