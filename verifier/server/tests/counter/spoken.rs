//! What commands say to people: in the chosen language, by the clock on the wall here (`--json` stays as machines know it).

use absah_host::Exit;
use absah_schemas::times;
use absah_types::{Lang, Seconds};
use serde_json::json;

use crate::desk::Page;
use crate::world::{Counter, NOW};

/// Whether a text holds a time as machines write it.
fn is_for_machines(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(11).any(|part| {
        let digit = |place: usize| part[place].is_ascii_digit();
        digit(0) && digit(3) && part[4] == b'-' && digit(5) && part[7] == b'-' && digit(9) && part[10] == b'T'
    })
}

#[tokio::test]
async fn every_command_speaks_the_chosen_language_and_the_citys_time() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let said = counter.spoken(&["decide", answer.to_str().unwrap(), "--officer", "Bu Sri"], Lang::Id).await.1;
    let signed = format!("Status kartu diketahui per {}", times::moment(Lang::Id, NOW));
    assert!(said.contains(&signed), "{said}");
    let id = counter.run(&["evidence", "list"]).await.json["evidence"][0]["id"].as_str().unwrap().to_owned();
    let file = counter.file("evidence.json");
    let file = file.to_str().unwrap();
    assert_eq!(counter.run(&["evidence", "export", &id, "--out", file]).await.exit, Exit::Ok);
    let filed = page.post("/api/ticket", json!({ "tag": "00", "fact": "alamat", "note": "x" })).await;
    assert!(filed["code"].is_string(), "{filed}");
    let words = ["ticket", "file", &id, "--fact", "nama", "--note", "Salah eja"];
    assert_eq!(counter.run(&words).await.exit, Exit::Ok);
    for lang in [Lang::Id, Lang::Jv, Lang::En] {
        let (now, until) = (times::moment(lang, NOW), NOW.plus(Seconds::days(30)));
        let text = |id: &str| absah_schemas::text(lang, id).unwrap();
        for (words, expected) in [
            (
                &["evidence", "list"][..],
                vec![now.clone(), times::day(lang, until), text("evidence-chain-whole")],
            ),
            (
                &["evidence", "verify", file],
                [
                    "sheet-place",
                    "sheet-service",
                    "sheet-verdict",
                    "desk-officer",
                    "evidence-verdict-unattended",
                ]
                .into_iter()
                .map(text)
                .chain([now.clone(), times::day(lang, until), "Bu Sri".to_owned()])
                .collect(),
            ),
            (&["ticket", "list"], vec![now.clone(), text("counter-ticket-state-waiting")]),
            (
                &["report"],
                vec![times::day(lang, NOW), text("desk-line-unattended"), text("desk-report-outcome")],
            ),
            (&["services"], vec!["demo".to_owned()]),
            (&["bundle", "status"], vec![now.clone()]),
        ] {
            let (exit, said) = counter.spoken(words, lang).await;
            assert_eq!(exit, Exit::Ok, "{words:?} {said}");
            for part in &expected {
                assert!(
                    said.contains(part.as_str()) || part == "demo",
                    "{lang:?} {words:?} without {part:?}:\n{said}"
                );
            }
            assert!(!is_for_machines(&said), "{lang:?} {words:?}:\n{said}");
            for english in
                ["agency:", "verdict:", "decided_at", "retain_until", "matched", "unattended", "median_detik"]
            {
                assert!(!said.contains(english), "{lang:?} {words:?} says {english}:\n{said}");
            }
        }
        let services = counter.spoken(&["services"], lang).await.1;
        let claim = absah_schemas::CredentialType::KtpElektronik.claim("kelahiran").unwrap();
        assert!(services.contains(claim.label(lang)) && !services.contains("kelahiran,"), "{services}");
    }
    let words = ["evidence", "erase", &id, "--early", "Permintaan warga"];
    let said = counter.spoken(&words, Lang::Id).await.1;
    assert!(said.contains(&format!("sudah dihapus {}", times::moment(Lang::Id, NOW))), "{said}");
    let (exit, said) = counter.spoken(&["evidence", "verify", file], Lang::Id).await;
    assert_eq!(exit, Exit::Refused);
    assert!(said.contains(&times::moment(Lang::Id, NOW)) && !is_for_machines(&said), "{said}");
    // A machine goes on reading what it read.
    let list = counter.run(&["evidence", "list"]).await.json;
    assert_eq!(list["evidence"][0]["decided_at"], NOW.to_string());
}
