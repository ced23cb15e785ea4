//! What must stay stays: many pieces cost no memory, a wrong clock erases none, and a chain of which everything was cut is
//! noticed. One program serves.

use std::io::BufRead as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use absah_host::Exit;
use absah_types::{Lang, Seconds};
use serde_json::{Value, json};

use crate::channels::{pool, supervised, verified};
use crate::desk::Page;
use crate::world::{Counter, NOW};

/// A counter that filed one piece at its page.
async fn filed() -> (Counter, Page, String) {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    let id = said["id"].as_str().unwrap().to_owned();
    (counter, page, id)
}

async fn sql(counter: &Counter, text: &'static str) {
    let pool = pool(counter).await;
    sqlx::raw_sql(text).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test]
async fn the_page_counts_without_reading_a_packet() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    sql(
        &counter,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         INSERT INTO evidence (number, id, service, decided_at, retain_until, link, tokens, sealed, key)
         SELECT i, 'b-' || i, 's', 0, i, '', '', x'00', x'00' FROM n",
    )
    .await;
    // Whoever reads the packets now fails.
    sql(&counter, "ALTER TABLE evidence RENAME COLUMN sealed TO somewhere_else").await;
    let desk = page.get("/api/desk").await;
    assert_eq!((desk["due"].as_u64(), &desk["next_due"]), (Some(10_000), &Value::Null), "{desk}");
}

#[tokio::test]
async fn a_wrong_clock_erases_nothing() {
    let (mut counter, page, id) = filed().await;
    counter.clock.set(NOW.plus(Seconds::days(2300)));
    let desk = page.get("/api/desk").await;
    assert_eq!((desk["due"].as_u64(), desk["due_unvouched"].as_u64()), (Some(0), Some(1)), "{desk}");
    assert_eq!(desk["clock"]["shape"], "unknown", "{desk}");
    assert_eq!(page.post("/api/erase-due", json!({})).await["code"], "evidence-due-unvouched");
    for words in [&["evidence", "erase", "--due"][..], &["evidence", "erase", &id]] {
        let said = counter.run(words).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, "evidence-due-unvouched"), "{}", said.json);
    }
    assert_eq!(counter.run(&["evidence", "list"]).await.json["evidence"][0]["state"], "kept");
    // Fresh data of a day on which it is due vouches for it.
    counter.now = NOW.plus(Seconds::days(31));
    counter.clock.set(counter.now);
    assert_eq!(page.get("/api/desk").await["due"], 0);
    assert_eq!(counter.import(&counter.publish_after(NOW, 2), false).await.exit, Exit::Ok);
    let desk = page.get("/api/desk").await;
    assert_eq!((desk["due"].as_u64(), desk["due_unvouched"].as_u64()), (Some(1), Some(0)), "{desk}");
    assert_eq!(desk["clock"]["shape"], "ok");
    assert_eq!(page.post("/api/erase-due", json!({})).await["erased"], 1);
}

#[tokio::test]
async fn a_receipt_bears_a_time_that_is_vouched_for() {
    for (name, now, at, clock) in [
        ("a clock that is right", NOW.plus(Seconds::hours(3)), NOW.plus(Seconds::hours(3)), None),
        (
            "years ahead",
            NOW.plus(Seconds::days(900)),
            NOW.plus(Seconds::days(7)),
            Some(NOW.plus(Seconds::days(900))),
        ),
        ("set back", NOW.minus(Seconds::days(40)), NOW, Some(NOW.minus(Seconds::days(40)))),
    ] {
        let (counter, _, id) = filed().await;
        counter.clock.set(now);
        let said = counter.run(&["evidence", "erase", &id, "--early", "salah input"]).await;
        let receipt = &said.json["receipts"][0];
        assert_eq!(
            (&receipt["iat"], &receipt["signed_at"], &receipt["clock"]),
            (&json!(at.unix()), &json!(NOW.unix()), &clock.map_or(Value::Null, |clock| json!(clock.unix()))),
            "{name}: {}",
            said.json
        );
        let listed = counter.run(&["officer", "list"]).await;
        assert_eq!(
            listed.json["changes"][0]["iat"],
            json!(at.unix()),
            "{name}: the list of changes says the same"
        );
    }
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let id = counter.decide(&[&answer]).await.json["evidence"].as_str().unwrap().to_owned();
    counter.clock.set(NOW.plus(Seconds::days(900)));
    let words = ["evidence", "erase", &id, "--early", "salah input"];
    let (_, said) = counter.spoken(&words, Lang::Id).await;
    assert!(said.contains("jam komputer ini menunjuk"), "{said}");
}

#[tokio::test]
async fn a_chain_of_which_everything_was_cut_is_noticed() {
    let (counter, page, _) = filed().await;
    assert_eq!(counter.run(&["evidence", "list"]).await.json["head"]["number"], 1);
    sql(&counter, "DELETE FROM evidence; DELETE FROM chain_head").await;
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!((listed.exit, listed.code()), (Exit::Environment, "evidence-chain"), "{}", listed.json);
    let answer = counter.answer(&counter.ask("next", &[]).await, "next-answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "evidence-chain", "nothing is added to it");
    drop(page);
    for file in ["counter.sqlite", "counter.sqlite-wal", "counter.sqlite-shm"] {
        let _ = std::fs::remove_file(counter.data().join(file));
    }
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain", "the whole store is gone");

    let counter = Counter::new().await;
    let listed = counter.run(&["evidence", "list"]).await;
    assert_eq!((listed.exit, &listed.json["head"]["number"]), (Exit::Ok, &json!(0)));
    sql(&counter, "DELETE FROM chain_head").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain");
}

#[tokio::test]
async fn the_end_of_an_earlier_programs_chain_is_kept_from_now_on() {
    let counter = Counter::new().await;
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/datadir/0.1.0/verifier");
    std::fs::remove_dir_all(counter.data()).unwrap();
    for folder in ["", "keys"] {
        std::fs::create_dir(counter.data().join(folder)).unwrap();
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(counter.data().join(folder), mode).unwrap();
    }
    for file in ["VERSION", "counter.sqlite", "keys/counter.json", "keys/passphrase"] {
        let to = counter.data().join(file);
        std::fs::copy(old.join(file), &to).unwrap();
        std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    for _ in 0..2 {
        let listed = counter.run(&["evidence", "list"]).await;
        assert_eq!(
            (listed.exit, listed.json["chain"].as_str()),
            (Exit::Ok, Some("whole")),
            "{}",
            listed.json
        );
    }
    sql(&counter, "DELETE FROM evidence; DELETE FROM chain_head").await;
    assert_eq!(counter.run(&["evidence", "list"]).await.code(), "evidence-chain");
}

#[tokio::test]
async fn a_second_program_says_that_the_page_is_there() {
    let counter = Counter::new().await;
    let data = counter.data();
    let serve = |stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_absah-verifier"));
        command.arg("--json").arg("--data-dir").arg(&data).args(["serve", "--page", "127.0.0.1:0"]);
        command.env("ABSAH_DEV", "1").stdin(Stdio::null()).stderr(Stdio::null()).stdout(stdout);
        command.args(["--listen", "127.0.0.1:0"]).spawn().unwrap()
    };
    let mut first = serve(Stdio::piped());
    let mut lines = std::io::BufReader::new(first.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("listening ")));
    let second = serve(Stdio::piped()).wait_with_output().unwrap();
    assert_eq!(second.status.code(), Some(3));
    let said: Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(said["error"]["code"], "counter-already-served", "{said}");
    assert!(data.join("loket.html").is_file(), "the first one's page can still be found");
    assert_eq!(counter.run(&["page"]).await.exit, Exit::Ok);
    first.kill().unwrap();
    first.wait().unwrap();
    // Whoever was killed does not lock the counter.
    let mut third = serve(Stdio::piped());
    let mut lines = std::io::BufReader::new(third.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("listening ")));
    third.kill().unwrap();
    third.wait().unwrap();
}

#[tokio::test]
async fn nobody_files_under_the_name_of_another() {
    let (counter, _) = supervised(0).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let words = |name| ["decide", answer.to_str().unwrap(), "--officer", name];
    for (name, pin, code) in [
        ("Pak Lurah", "528319", "officer-wrong"),
        ("Pak Entah", "739154", "officer-wrong"),
        ("Pak Lurah", "739154", "accepted"),
    ] {
        let said = counter.run_with(&words(name), &[("ABSAH_PIN", pin)]).await;
        assert_eq!(said.code(), code, "{name} {pin}: {}", said.json);
        if said.exit == Exit::Ok {
            let evidence = verified(&counter, said.json["evidence"].as_str().unwrap()).await;
            assert_eq!(evidence["officer"], "Pak Lurah");
        }
    }
}

/// As after a power cut between judging and filing.
#[tokio::test]
async fn an_answer_that_waits_for_its_evidence_is_told() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert_eq!(page.read(&answer).await["colour"], "green");
    let listed = counter.run(&["evidence", "list"]).await.json;
    assert_eq!((&listed["waiting"], &listed["evidence"]), (&json!(1), &json!([])), "{listed}");
    let (_, said) = counter.spoken(&["evidence", "list"], Lang::Id).await;
    assert!(said.contains("menunggu keputusan petugas"), "{said}");
    let again = counter.decide(&[&answer]).await;
    assert_eq!((again.code(), &again.json["waiting"]), ("replayed", &json!(true)), "{}", again.json);
    let (_, said) = counter.spoken(&["decide", answer.to_str().unwrap()], Lang::Id).await;
    assert!(said.contains("buktinya belum tercatat"), "{said}");
    counter.clock.set(NOW.plus(Seconds::minutes(16)));
    let listed = counter.run(&["evidence", "list"]).await.json;
    assert_eq!((&listed["waiting"], &listed["evidence"][0]["verdict"]), (&json!(0), &json!("abandoned")));
    let again = counter.decide(&[&answer]).await;
    assert_eq!((again.code(), again.json.get("waiting")), ("replayed", None), "{}", again.json);
}
