//! Once a supervisor is enrolled, a supervisor answers for who may sign in and for what is erased early; both stand in a signed list.

use absah_host::Exit;
use serde_json::{Value, json};

use crate::world::{Counter, Said};

const NEW: (&str, &str) = ("ABSAH_PIN", "739154");
const SUPERVISOR: (&str, &str) = ("ABSAH_SUPERVISOR_PIN", "528319");

async fn enrolled() -> Counter {
    let counter = Counter::registered().await;
    for words in [
        &["officer", "set", "Pak Lurah", "--supervisor"][..],
        &["officer", "set", "Bu Sri", "--by", "Pak Lurah"],
    ] {
        let said = counter.run_with(words, &[("ABSAH_PIN", "528319"), SUPERVISOR]).await;
        assert_eq!(said.exit, Exit::Ok, "{}", said.json);
    }
    counter
}

fn changes(said: &Said) -> Vec<[Value; 4]> {
    let list = said.json["changes"].as_array().unwrap();
    list.iter().map(|one| ["what", "name", "by", "reason"].map(|name| one[name].clone())).collect()
}

#[tokio::test]
async fn a_supervisor_answers_for_a_change_and_the_list_says_so() {
    let counter = enrolled().await;
    let words = ["officer", "set", "Pak Lurah", "--supervisor"];
    for (name, more, pin, code) in [
        ("nobody", &[][..], SUPERVISOR.1, "officer-unapproved"),
        ("no reason", &["--break-glass", "  "], SUPERVISOR.1, "officer-unapproved"),
        ("an officer", &["--by", "Bu Sri"], SUPERVISOR.1, "officer-no-supervisor"),
        ("another PIN", &["--by", "Pak Lurah"], "111222", "officer-wrong"),
        ("nobody of that name", &["--by", "Pak Camat"], SUPERVISOR.1, "officer-wrong"),
    ] {
        let env = [NEW, ("ABSAH_SUPERVISOR_PIN", pin)];
        let said = counter.run_with(&[&words[..], more].concat(), &env).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{name}: {}", said.json);
        let said = counter.run_with(&[&["officer", "remove", "Bu Sri"], more].concat(), &env).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{name}: {}", said.json);
    }
    let said = counter.run_with(&["officer", "set", "Bu Ani", "--by", "Pak Lurah"], &[NEW, SUPERVISOR]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.json);
    let glass = ["officer", "remove", "Pak Lurah", "--break-glass", "atasan pindah tugas"];
    assert_eq!(counter.run(&glass).await.exit, Exit::Ok);
    let listed = counter.run(&["officer", "list"]).await;
    let expected = [
        ["supervisor", "Pak Lurah", "", ""].map(|text| json!(text)),
        ["officer", "Bu Sri", "Pak Lurah", ""].map(|text| json!(text)),
        ["officer", "Bu Ani", "Pak Lurah", ""].map(|text| json!(text)),
        ["removed", "Pak Lurah", "", "atasan pindah tugas"].map(|text| json!(text)),
    ];
    let said: Vec<[Value; 4]> = changes(&listed)
        .into_iter()
        .map(|change| change.map(|value| if value.is_null() { json!("") } else { value }))
        .collect();
    assert_eq!(said, expected);
    let store = format!("sqlite:{}", counter.data().join("counter.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&store).await.unwrap();
    sqlx::query("DELETE FROM change WHERE number = 2").execute(&pool).await.unwrap();
    assert_eq!(counter.run(&["officer", "list"]).await.code(), "evidence-chain", "one was taken out");
}

#[tokio::test]
async fn evidence_is_erased_early_by_two() {
    let counter = enrolled().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let id = counter.decide(&[&answer]).await.json["evidence"].as_str().unwrap().to_owned();
    let words = ["evidence", "erase", &id, "--early", "salah input"];
    let said = counter.run(&words).await;
    assert_eq!((said.exit, said.code()), (Exit::Refused, "officer-unapproved"), "{}", said.json);
    let said = counter.run_with(&[&words[..], &["--by", "Pak Lurah"]].concat(), &[SUPERVISOR]).await;
    let receipt = &said.json["receipts"][0];
    assert_eq!(
        (&receipt["early"], &receipt["by"]),
        (&json!("salah input"), &json!("Pak Lurah")),
        "{}",
        said.json
    );
    let listed = counter.run(&["officer", "list"]).await;
    let last = changes(&listed).pop().unwrap();
    assert_eq!(last, [json!("erased"), json!(id), json!("Pak Lurah"), json!("salah input")]);
}

#[tokio::test]
async fn a_key_that_is_handed_out_stands_in_the_list_and_nothing_of_the_citizen() {
    let counter = enrolled().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let id = counter.decide(&[&answer]).await.json["evidence"].as_str().unwrap().to_owned();
    let (out, key) = (counter.file("piece.json"), counter.file("piece.key"));
    let words = ["evidence", "export", &id, "--out", out.to_str().unwrap()];
    assert_eq!(counter.run(&words).await.exit, Exit::Ok);
    let before = changes(&counter.run(&["officer", "list"]).await).len();
    assert_eq!(before, 2, "the sealed piece alone opens nothing");
    let said = counter.run(&[&words[..], &["--key", key.to_str().unwrap()]].concat()).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.json);
    let listed = counter.run(&["officer", "list"]).await;
    let noted = listed.json["changes"][2].clone();
    assert_eq!((&noted["what"], &noted["name"]), (&json!("key"), &json!(id)), "{noted}");
    assert!(!noted.to_string().contains("SITI"), "{noted}");
    // Without a place in the list there is no key.
    let pool = crate::channels::pool(&counter).await;
    sqlx::query("DROP TABLE change").execute(&pool).await.unwrap();
    sqlx::query("CREATE TABLE change (number INTEGER PRIMARY KEY) STRICT").execute(&pool).await.unwrap();
    std::fs::remove_file(&key).unwrap();
    let said = counter.run(&[&words[..], &["--key", key.to_str().unwrap()]].concat()).await;
    assert_ne!(said.exit, Exit::Ok, "{}", said.json);
    assert!(!key.exists());
}
