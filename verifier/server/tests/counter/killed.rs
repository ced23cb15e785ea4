//! The shipped program, killed at random moments: what it had acknowledged holds, everything else is old or new.

use std::io::{BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use absah_host::{Mode, write_folder};
use absah_trust::sample::City;
use absah_trust::tuf;
use absah_types::{Clock as _, Seconds};
use serde_json::Value;

use crate::world::Counter;

const ROUNDS: u64 = 24;
/// Rounds in which a server is started, too.
const SERVED_ROUNDS: u64 = 10;

fn command(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_absah-verifier"));
    command.arg("--json").arg("--data-dir").arg(data).args(words).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn json(data: &Path, words: &[&str]) -> Value {
    let done = command(data, words).output().unwrap();
    serde_json::from_slice(&done.stdout).unwrap_or(Value::Null)
}

/// Starts a command and kills it after `delay`; gives what it had printed by then.
fn killed(data: &Path, words: &[&str], delay: Duration) -> String {
    let mut child = command(data, words).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(delay);
    let _ = child.kill();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// A counter in a city of today: the shipped program has no other clock.
async fn today() -> Counter {
    Counter::at(absah_host::SystemClock.now().minus(Seconds(60))).await
}

#[tokio::test]
async fn a_killed_import_leaves_the_old_bundle_or_the_new_one() {
    let counter = today().await;
    let (data, folder) = (counter.data(), counter.file("bundle"));
    let (city, mut contents) = counter.contents();
    // Large enough that writing takes a while.
    contents.dictionary = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let mut trusted = 0;
    for round in 1..=ROUNDS {
        let files = city.publish(round, &contents);
        write_folder(&folder, &files, Mode::Private).unwrap();
        let root = absah_types::hex::encode(tuf::root_sha256(&files["metadata/1.root.json"]));
        let words = ["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root];
        let said = killed(&data, &words, Duration::from_millis(round * 37 % 160));
        // Whatever happened, there is one bundle or the other, whole: it verifies again.
        let version = json(&data, &["decide", "/dev/null"])["freshness"]["bundle_version"].as_u64().unwrap();
        assert!(version == trusted || version == round, "round {round}: {version} after {trusted}");
        assert!(!said.contains("bundle_version") || version == round, "acknowledged and lost");
        if version > 0 {
            let asked = json(&data, &["request", "--service", City::SERVICE]);
            assert!(asked["frames"].is_array(), "round {round}: {asked}");
        }
        trusted = version;
    }
}

#[tokio::test]
async fn an_acceptance_that_was_printed_is_never_printed_again() {
    let counter = today().await;
    let folder = counter.publish(1, |_| ());
    assert_eq!(counter.import(&folder, true).await.json["bundle_version"], 1);
    counter.clock.set(absah_host::SystemClock.now());
    let data = counter.data();
    for round in 1..=ROUNDS {
        let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
        let words = ["decide", answer.to_str().unwrap()];
        let first = killed(&data, &words, Duration::from_millis(round * 13 % 60));
        let second = json(&data, &words);
        let expected: &[&str] =
            if first.contains("accepted") { &["replayed"] } else { &["accepted", "replayed"] };
        assert!(expected.contains(&second["code"].as_str().unwrap()), "round {round}: {second}");
        assert_eq!(json(&data, &words)["code"], "replayed");
    }
}

/// One call of the page, as far as it came: nothing when the server was gone.
fn call(link: &str, path: &str, body: &Value) -> Option<Value> {
    let (base, key) = link.strip_prefix("http://")?.split_once("/#")?;
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {base}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = std::net::TcpStream::connect(base).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut said = String::new();
    stream.read_to_string(&mut said).ok()?;
    serde_json::from_str(said.split_once("\r\n\r\n")?.1).ok()
}

/// Power cut at any moment: an answer is unused, or waits for a word, or its evidence is whole. What the page was told
/// holds.
#[tokio::test]
async fn evidence_is_never_half_written_and_never_lost() {
    let counter = today().await;
    let folder = counter.publish(1, |_| ());
    assert_eq!(counter.import(&folder, true).await.json["bundle_version"], 1);
    counter.clock.set(absah_host::SystemClock.now());
    let data = counter.data();
    let (mut filed, mut acknowledged) = (0, 0);
    for round in 1..=SERVED_ROUNDS {
        let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
        let texts = std::fs::read_to_string(&answer).unwrap();
        let mut server =
            command(&data, &["serve", "--page", "127.0.0.1:0", "--listen", "127.0.0.1:0", "--dev-loopback"])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
        let mut lines = std::io::BufReader::new(server.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().starts_with("listening ")));
        let link = json(&data, &["page"])["url"].as_str().unwrap().to_owned();
        let pid = server.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(round * 17 % 120));
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
        });
        let shown = call(&link, "/api/read", &serde_json::json!({ "texts": [texts.trim()] }));
        let tag = shown.as_ref().and_then(|shown| shown["tag"].as_str()).map(str::to_owned);
        let word = serde_json::json!({ "tag": tag, "verdict": "matched" });
        let said = tag.as_ref().and_then(|_| call(&link, "/api/word", &word));
        killer.join().unwrap();
        server.wait().unwrap();

        let listed = json(&data, &["evidence", "list"]);
        assert_eq!(listed["chain"], "whole", "round {round}: {listed}");
        let now_filed = listed["evidence"].as_array().unwrap().len();
        assert!(now_filed == filed || now_filed == filed + 1, "round {round}");
        let id = said.as_ref().and_then(|said| said["id"].as_str());
        acknowledged += usize::from(id.is_some());
        assert!(id.is_none() || now_filed == filed + 1, "round {round}: told and lost");
        let again = json(&data, &["decide", answer.to_str().unwrap()]);
        if tag.is_some() || now_filed > filed {
            assert_eq!(again["code"], "replayed", "round {round}");
        }
        // An answer that the kill left unused is accepted by this command, and filed.
        filed = now_filed + usize::from(again["evidence"].is_string());
    }
    assert!(acknowledged <= filed);
    for entry in json(&data, &["evidence", "list"])["evidence"].as_array().unwrap() {
        let file = counter.file("e.json");
        let words = ["evidence", "export", entry["id"].as_str().unwrap(), "--out", file.to_str().unwrap()];
        assert!(json(&data, &words)["file"].is_string());
        assert_eq!(json(&data, &["evidence", "verify", file.to_str().unwrap()])["evidence"], "valid");
    }
}
