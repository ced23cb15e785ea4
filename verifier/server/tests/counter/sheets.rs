//! The A4 sheet leads back to its packet: a picture of it is enough where the packet lies.

use std::path::PathBuf;

use absah_host::Exit;
use absah_qr::render::{Ecc, Scale, Symbol};
use absah_schemas::times;
use absah_trust::sample::key;
use absah_types::{Lang, Seconds};
use absah_verifier_core::evidence::read_link;
use serde_json::{Value, json};

use crate::world::{Counter, NOW, Said};

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
    // A sheet of another counter is no forgery: it is only not to be checked here.
    let elsewhere = Counter::registered().await;
    let mut theirs = read_link(&link, &counter.key).unwrap();
    theirs.counter = "loket-00000000".to_owned();
    let theirs = theirs.prepare().sign(&key(78)).unwrap();
    for other in [&counter, &elsewhere] {
        let said = verify(other, &picture(other, "theirs", &theirs)).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, "evidence-other-counter"), "{}", said.json);
    }
    assert_eq!(verify(&counter, &picture(&counter, "own", &link)).await.exit, Exit::Ok);
}

#[tokio::test]
async fn what_was_erased_says_when_why_and_by_whom_and_has_its_sheet() {
    let counter = Counter::registered().await;
    let (id, link) = filed(&counter).await;
    let listed = counter.run(&["evidence", "list"]).await.json;
    assert_eq!(listed["evidence"][0].get("erased_at"), None, "{listed}");
    let at = NOW.plus(Seconds::days(2));
    counter.clock.set(at);
    assert_eq!(counter.run(&["evidence", "erase", &id, "--early", "permintaan warga"]).await.exit, Exit::Ok);
    let listed = counter.run(&["evidence", "list"]).await.json;
    assert_eq!(listed["evidence"][0]["erased_at"], at.to_string(), "{listed}");
    let (_, said) = counter.spoken(&["evidence", "list"], Lang::Id).await;
    assert!(said.contains(&format!("sudah dihapus {}", times::moment(Lang::Id, at))), "{said}");
    let sheet = picture(&counter, "sheet", &link);
    let (exit, said) = counter.spoken(&["evidence", "verify", sheet.to_str().unwrap()], Lang::Id).await;
    assert_eq!(exit, Exit::Refused);
    assert!(said.contains("Dihapus sebelum waktunya, alasan: permintaan warga"), "{said}");
    // The sheet alone, as the page gives it; the file is gone.
    let (pdf, file) = (counter.file("sheet.pdf"), counter.file("gone.json"));
    let said = counter.run(&["evidence", "export", &id, "--sheet", pdf.to_str().unwrap()]).await;
    assert_eq!(said.exit, Exit::Ok, "{}", said.json);
    let said = verify(&counter, &pdf).await;
    assert_eq!(said.code(), "evidence-erased", "the sheet leads to the receipt: {}", said.json);
    let said = counter.run(&["evidence", "export", &id, "--out", file.to_str().unwrap()]).await;
    assert_eq!((said.exit, said.code()), (Exit::Refused, "evidence-erased"), "{}", said.json);
}

#[tokio::test]
async fn a_command_says_what_was_shown_and_when_nothing_is_due_or_all_is() {
    let mut counter = Counter::registered().await;
    let (_, link) = filed(&counter).await;
    let sheet = picture(&counter, "sheet", &link);
    let words = ["evidence", "verify", sheet.to_str().unwrap()];
    let (_, said) = counter.spoken(&words, Lang::Id).await;
    for part in [
        "Hasil: Kartu sah.".to_owned(),
        "Data yang ditunjukkan: Nama lengkap; ".to_owned(),
        format!("Status kartu diketahui per: {}", times::moment(Lang::Id, NOW)),
    ] {
        assert!(said.contains(&part), "without {part}: {said}");
    }
    assert!(!said.contains("Masa simpannya sudah lewat"), "{said}");
    let (exit, said) = counter.spoken(&["evidence", "erase", "--due"], Lang::Id).await;
    assert_eq!(exit, Exit::Ok);
    let next = times::day(Lang::Id, NOW.plus(Seconds::days(30)));
    assert!(said.contains("Tidak ada bukti") && said.contains(&next), "{said}");
    // Data of a day on which it is due vouches for it.
    counter.now = NOW.plus(Seconds::days(31));
    counter.clock.set(counter.now);
    assert_eq!(counter.import(&counter.publish_after(NOW, 2), false).await.exit, Exit::Ok);
    let (_, said) = counter.spoken(&words, Lang::Id).await;
    assert!(said.contains("Masa simpannya sudah lewat"), "{said}");
}
