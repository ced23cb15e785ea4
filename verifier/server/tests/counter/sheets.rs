//! The A4 sheet leads back to its packet: a picture of it is enough where the packet lies.

use std::path::PathBuf;

use absah_host::Exit;
use absah_qr::render::{Ecc, Scale, Symbol};
use absah_trust::sample::key;
use absah_verifier_core::evidence::read_link;
use serde_json::{Value, json};

use crate::world::{Counter, Said};

fn picture(counter: &Counter, name: &str, text: &str) -> PathBuf {
    let file = counter.file(&format!("{name}.png"));
    let png = Symbol::encode(text, Ecc::M).unwrap().png(Scale::PixelsPerModule(3)).unwrap();
    std::fs::write(&file, png).unwrap();
    file
}

async fn verify(counter: &Counter, file: &std::path::Path) -> Said {
    counter.run(&["evidence", "verify", file.to_str().unwrap()]).await
}

/// Files one answer; its id and the text of its sheet's code.
async fn filed(counter: &Counter) -> (String, String) {
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let id = counter.decide(&[&answer]).await.json["evidence"].as_str().unwrap().to_owned();
    let file = counter.file("exported.json");
    let said = counter.run(&["evidence", "export", &id, "--out", file.to_str().unwrap()]).await;
    assert_eq!(said.exit, Exit::Ok);
    let exported: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    (id, exported["link"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_picture_of_the_sheet_leads_to_the_evidence_and_after_its_erasure_to_the_receipt() {
    let counter = Counter::registered().await;
    let (id, link) = filed(&counter).await;
    let sheet = picture(&counter, "sheet", &link);
    let said = verify(&counter, &sheet).await;
    assert_eq!((said.exit, &said.json["evidence"]), (Exit::Ok, &json!("valid")), "{}", said.json);
    assert_eq!(said.json["id"], id);
    assert_eq!(counter.run(&["evidence", "erase", &id, "--early", "permintaan warga"]).await.exit, Exit::Ok);
    let said = verify(&counter, &sheet).await;
    assert_eq!((said.exit, said.code()), (Exit::Refused, "evidence-erased"), "{}", said.json);
    assert_eq!(said.json["receipt"]["early"], "permintaan warga");
}

/// Each beside the sheet that is read.
#[tokio::test]
async fn a_picture_of_something_else_leads_nowhere() {
    let counter = Counter::registered().await;
    let (_, link) = filed(&counter).await;
    let foreign = read_link(&link, &counter.key).unwrap().prepare().sign(&key(77)).unwrap();
    let frame = std::fs::read_to_string(counter.file("answer.txt")).unwrap();
    let grey = counter.file("grey.png");
    std::fs::write(&grey, b"\x89PNG\r\n\x1a\n").unwrap();
    for (name, text, code) in [
        ("markup", "<script>alert(1)</script>", "evidence-malformed"),
        ("an answer", frame.lines().next().unwrap(), "evidence-malformed"),
        ("cut off", &link[..link.len() - 4], "evidence-malformed"),
        ("another counter's", &foreign, "evidence-signature"),
    ] {
        let said = verify(&counter, &picture(&counter, "else", text)).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{name}: {}", said.json);
    }
    assert!(verify(&counter, &grey).await.code().starts_with("picture-"), "a picture that is none");
    assert_eq!(verify(&counter, &picture(&counter, "own", &link)).await.exit, Exit::Ok);
}
