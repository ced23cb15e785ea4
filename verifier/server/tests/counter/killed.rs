//! The shipped program, killed at random moments: what it had acknowledged holds, everything else is old or new.

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
