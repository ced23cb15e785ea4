//! The page reads weaker proofs: a code without a request, a paper card.

use absah_credential::portrait::Portrait;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{ClaimPath, Format, KartuKertas};
use absah_protocol::oid4vp::flow_b::{Head, Packing};
use absah_protocol::paper::Paper;
use absah_qr::Dictionary;
use absah_qr::frames::{Frame, Kind, split};
use absah_trust::registration::{Class, Weak};
use absah_trust::sample::{City, key, portrait_blob, resident};
use absah_types::Seconds;
use serde_json::{Value, json};

use crate::desk::Page;
use crate::phones::Pairing;
use crate::world::{Counter, NOW};

const FACTS: [&str; 2] = ["wargaKotaMadiun", "portrait"];

/// A counter with a service that takes weaker proofs, and one that does not.
async fn counter() -> Counter {
    let counter = Counter::new().await;
    let key = counter.key.clone();
    let folder = counter.publish(1, |contents| {
        let city = City::at(NOW);
        let mut registration = city.registration();
        registration.spki_sha256 = key.spki_sha256();
        let mut weak = City::service();
        weak.id = "cepat".to_owned();
        weak.asks[0].claims = FACTS.map(ClaimPath::key).into();
        weak.accepts = vec![Weak::OneScan, Weak::Paper];
        registration.services.push(weak);
        contents.registrations = vec![city.sign_for(&registration, &key)];
    });
    assert_eq!(counter.import(&folder, true).await.exit, absah_host::Exit::Ok);
    counter
}

fn packing() -> Packing<'static> {
    Packing { dictionary: Dictionary::v1(), x5c: &|_| None }
}

fn texts(kind: Kind, bytes: &[u8]) -> Vec<String> {
    split(kind, bytes, 18).unwrap().iter().map(Frame::text).collect()
}

fn one_scan(nonce: u8) -> Vec<String> {
    one_scan_at(nonce, NOW)
}

fn one_scan_at(nonce: u8, now: absah_types::Timestamp) -> Vec<String> {
    let holder = key(8);
    let text = City::at(NOW).issue(holder.public_key(), Format::VcSdJwt, 5);
    let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
    let paths = FACTS.map(|claim| Format::VcSdJwt.from_root(&ClaimPath::key(claim)));
    let head = Head { class: Class::of(FACTS).unwrap(), nonce: [nonce; 16] };
    let binding = held.select(&paths).unwrap().bind(&head.aud(), &head.nonce_text(), now);
    let signature = holder.sign(binding.to_be_signed());
    let bytes = head.encode(&binding.attach(signature), Some(&portrait_blob()), packing()).unwrap();
    texts(Kind::OneScan, &bytes)
}

fn paper() -> Vec<String> {
    paper_with(portrait_blob())
}

/// With that picture beside it, whatever was signed.
fn paper_with(portrait: Vec<u8>) -> Vec<String> {
    let card = KartuKertas {
        nama: resident().nama,
        tahun_lahir: 1990,
        kelurahan: "KARTOHARJO".to_owned(),
        nik: resident().nik,
        portrait: Portrait::from_blob(portrait_blob()).unwrap(),
    };
    let text = City::at(NOW).issue_paper(&card, NOW, Seconds::days(365), 5);
    let paper = Paper { card: text, portrait };
    texts(Kind::Paper, &paper.encode(packing()).unwrap())
}

async fn read(page: &Page, texts: &[String], service: Option<&str>) -> Value {
    page.post("/api/read", json!({ "texts": texts, "service": service })).await
}

#[tokio::test]
async fn one_scan_is_green_with_its_own_word_and_never_filed() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    let code = one_scan(1);
    assert_eq!(read(&page, &code[..1], Some("cepat")).await["state"], "part");
    let shown = read(&page, &code, Some("cepat")).await;
    let member = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (member("colour"), member("word")),
        ("green".into(), "Cocok datanya, tetapi lemah".into()),
        "{shown}"
    );
    assert!(member("todo").contains("bukan dasar mengubah data"), "{shown}");
    assert!(member("portrait").starts_with("data:image/webp;base64,"));
    assert_eq!(shown["facts"].as_array().map(Vec::len), Some(1), "{shown}");
    let tag = member("tag");
    let again = page.get(&format!("/api/waiting/{tag}?lang=en")).await;
    assert_eq!(
        (again["portrait"].clone(), again["word"].as_str()),
        (shown["portrait"].clone(), Some("Holds, but weak"))
    );
    assert_eq!(page.get("/api/desk").await["waiting"], json!([]));
    let said = page.post("/api/word", json!({ "tag": tag, "verdict": "matched" })).await;
    assert_eq!(said, json!({ "id": null }), "nothing is filed");
    let twice = page.post("/api/word", json!({ "tag": tag, "verdict": "matched" })).await;
    assert_eq!(twice["code"], "verdict-nothing");
    assert_eq!(
        page.get(&format!("/api/waiting/{tag}")).await["code"],
        "verdict-nothing",
        "nothing of it stays"
    );
    assert_eq!(today(&page).await, ["Cocok, tanda lemah"]);
    let evidence = counter.run(&["evidence", "list"]).await;
    assert_eq!(evidence.json["evidence"], json!([]));
    let again = read(&page, &code, Some("cepat")).await;
    assert_eq!((again["code"].as_str(), again["facts"].clone()), (Some("replayed"), json!([])));
    assert_eq!(again["portrait"], Value::Null);
    // There was no request that could be shown anew.
    let todo = again["todo"].as_str().unwrap();
    assert!(todo.contains("Tunggu kode berikutnya") && !todo.contains("permintaan"), "{again}");
    let file = counter.file("twice.txt");
    std::fs::write(&file, code.join("\n")).unwrap();
    let words = ["decide", file.to_str().unwrap(), "--service", "cepat"];
    let (_, said) = counter.spoken(&words, absah_types::Lang::Id).await;
    assert!(said.contains("Tunggu kode berikutnya"), "{said}");
    assert!(!said.contains("LEMAH") && !said.contains("permintaan baru"), "{said}");
}

#[tokio::test]
async fn paper_is_green_with_its_own_word() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    let shown = read(&page, &paper(), Some("cepat")).await;
    assert_eq!(shown["word"], "Kertas: cocokkan wajah", "{shown}");
    assert!(
        shown["todo"].as_str().is_some_and(|todo| todo.contains("Salinan")),
        "a copy cannot be told: {shown}"
    );
    assert!(shown["portrait"].as_str().is_some(), "the face is what is compared");
    let labels: Vec<_> = shown["facts"].as_array().unwrap().iter().map(|row| row["label"].clone()).collect();
    assert!(labels[..2] == [json!("Nama lengkap"), json!("Tahun lahir")] && labels.len() == 4, "{labels:?}");
    let asked = shown["what"].as_str().unwrap_or_default();
    assert!(
        asked.contains("Tidak ada di kartu kertas: Warga Kota Madiun."),
        "the service's own question: {shown}"
    );
    let file = counter.file("unanswered.txt");
    std::fs::write(&file, paper().join("\n")).unwrap();
    let words = ["decide", file.to_str().unwrap(), "--service", "cepat"];
    let (_, told) = counter.spoken(&words, absah_types::Lang::Id).await;
    assert!(told.contains(asked), "{told}");
    assert_eq!(counter.run(&words).await.json["unanswered"], json!(["wargaKotaMadiun"]));
    let mut swapped = portrait_blob();
    swapped[0] ^= 1;
    let forged = read(&page, &paper_with(swapped), Some("cepat")).await;
    assert_eq!(
        (&forged["code"], &forged["portrait"]),
        (&json!("portrait-mismatch"), &Value::Null),
        "{forged}"
    );
    assert!(forged["todo"].as_str().unwrap().contains("palsu"), "paper cannot be sent again: {forged}");
    // A copy of it, while the first still waits for a word.
    let copy = read(&page, &paper(), Some("cepat")).await;
    assert_eq!(copy["word"], "Kertas: cocokkan wajah");
    assert_ne!(copy["tag"], shown["tag"]);
    let said = page.post("/api/word", json!({ "tag": copy["tag"], "verdict": "mismatched" })).await;
    assert_eq!(said, json!({ "id": null }));
    assert_eq!(today(&page).await, ["Tidak cocok", "Tidak diputuskan", "Ditolak"]);
}

#[tokio::test]
async fn an_old_status_is_said_beside_a_weaker_proof_and_an_older_one_leaves_it_undetermined() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    counter.clock.advance(Seconds::hours(30));
    let shown = read(&page, &paper(), Some("cepat")).await;
    assert_eq!((shown["code"].as_str(), shown["colour"].as_str()), (Some("accepted-stale"), Some("green")));
    assert!(shown["what"].as_str().is_some_and(|what| what.contains("30 jam")), "{shown}");
    assert_eq!(shown["reason"], true, "{shown}");
    counter.clock.advance(Seconds::hours(66));
    let old = read(&page, &paper(), Some("cepat")).await;
    assert_eq!((old["code"].as_str(), old["facts"].clone()), (Some("status-old"), json!([])), "{old}");
    assert_eq!((old["vouchable"].clone(), old["tag"].clone()), (json!(false), Value::Null));
}

#[tokio::test]
async fn a_weaker_proof_with_old_data_is_taken_with_a_reason_that_is_kept() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    counter.clock.advance(Seconds::hours(30));
    let word = |tag: &Value, verdict: &str, reason: &str| {
        let body = json!({ "tag": tag, "verdict": verdict, "reason": reason });
        let page = &page;
        async move { page.post("/api/word", body).await }
    };
    for (name, texts) in [("lemah", one_scan_at(3, NOW.plus(Seconds::hours(30)))), ("kertas", paper())] {
        let shown = read(&page, &texts, Some("cepat")).await;
        assert_eq!(
            (&shown["code"], &shown["reason"]),
            (&json!("accepted-stale"), &json!(true)),
            "{name}: {shown}"
        );
        for empty in ["", "  "] {
            assert_eq!(word(&shown["tag"], "matched", empty).await["code"], "verdict-reason", "{name}");
        }
        let again = page.get(&format!("/api/waiting/{}", shown["tag"].as_str().unwrap())).await;
        assert_eq!(again["reason"], true, "{name}: it goes on waiting");
        let said = word(&shown["tag"], "matched", &format!(" Jaringan mati, {name} ")).await;
        assert_eq!(said, json!({ "id": null }), "{name}");
    }
    // Who is not served needs no reason.
    let shown = read(&page, &paper(), Some("cepat")).await;
    assert_eq!(word(&shown["tag"], "mismatched", "").await, json!({ "id": null }));
    assert_eq!(today(&page).await, ["Tidak cocok", "Cocok, kartu kertas", "Cocok, tanda lemah"]);

    // At the command line, too.
    let file = counter.file("kertas.txt");
    std::fs::write(&file, paper().join("\n")).unwrap();
    let decide = ["decide", file.to_str().unwrap(), "--service", "cepat"];
    let code = counter.file("lemah.txt");
    std::fs::write(&code, one_scan_at(5, NOW.plus(Seconds::hours(30))).join("\n")).unwrap();
    let weak = ["decide", code.to_str().unwrap(), "--service", "cepat"];
    for words in [decide, weak] {
        let said = counter.run(&words).await;
        assert_eq!((said.exit, said.code()), (absah_host::Exit::Refused, "verdict-reason"), "{}", said.json);
        let told = [&said.json["decision"], &said.json["facts"], &said.json["freshness"]["tier"]];
        assert_eq!(told, [&json!("undetermined"), &json!({}), &json!("amber")], "{}", said.json);
    }
    let more = ["--reason", "Jaringan mati, perintah", "--officer", "Pak Joko"];
    let said = counter.run(&[&decide[..], &more].concat()).await;
    assert_eq!((said.exit, said.code()), (absah_host::Exit::Ok, "accepted-stale"), "{}", said.json);
    let more = ["--reason", "Jaringan mati, lagi", "--officer", "Pak Joko"];
    for expected in ["accepted-stale", "replayed"] {
        assert_eq!(counter.run(&[&weak[..], &more].concat()).await.code(), expected);
    }

    let expected = [
        ("unattended", "Pak Joko", "Jaringan mati, lagi"),
        ("unattended", "Pak Joko", "Jaringan mati, perintah"),
        ("kertas", "Bu Sri", "Jaringan mati, kertas"),
        ("lemah", "Bu Sri", "Jaringan mati, lemah"),
    ];
    let report = counter.run(&["report", "--days", "2"]).await.json;
    let told = page.get("/api/tally?days=2&lang=en").await;
    for (place, (outcome, officer, reason)) in expected.into_iter().enumerate() {
        let kept = &report["reasons"][place];
        assert_eq!(
            (&kept["outcome"], &kept["officer"], &kept["reason"]),
            (&json!(outcome), &json!(officer), &json!(reason)),
            "{report}"
        );
        assert_eq!(told["reasons"][place]["reason"], reason, "{told}");
    }
    assert_eq!(
        (report["reasons"].as_array().map(Vec::len), &told["reasons"][2]["outcome"]),
        (Some(4), &json!("Match, paper card"))
    );
    assert!(!crate::desk::is_in_a_file(&counter.data(), b"Jaringan mati"), "sealed");
    assert!(!crate::desk::is_in_a_file(&counter.data(), b"SITI CONTOH"));
    assert_eq!(counter.run(&["evidence", "list"]).await.json["evidence"], json!([]), "nothing is filed");
}

#[tokio::test]
async fn a_paired_phone_hands_in_weaker_proofs_too() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    let pairing = Pairing::begun(&page).await;
    let mut scanner = pairing.enter(&pairing.secret).await.unwrap();
    for (texts, word) in [(one_scan(4), "Cocok datanya, tetapi lemah"), (paper(), "Kertas: cocokkan wajah")] {
        // One frame after the other, as a camera sees them, and each more than once.
        let mut seen: Vec<Value> = Vec::new();
        let mut shown = Value::Null;
        for text in texts.iter().chain(&texts) {
            let said = scanner.hand_in(&[text]).await;
            assert_eq!(said.1, json!({ "shown": true }), "{word}");
            counter.clock.advance(Seconds(1));
            for text in page.get("/api/phone").await["texts"].as_array().cloned().unwrap_or_default() {
                if !seen.contains(&text) {
                    seen.push(text);
                }
            }
            if shown["state"] != "result" {
                shown = page.post("/api/read", json!({ "texts": seen, "service": "cepat" })).await;
            }
        }
        assert_eq!((&shown["word"], &shown["colour"]), (&json!(word), &json!("green")), "{shown}");
        let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
        assert_eq!(said, json!({ "id": null }), "{word}");
    }
    // Where no such proof is taken the phone is told nothing else, and the counter's screen says why.
    let texts = paper();
    let said = scanner.hand_in(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(said.1, json!({ "shown": true }));
    let texts = page.get("/api/phone").await["texts"].clone();
    let shown = page.post("/api/read", json!({ "texts": texts, "service": City::SERVICE })).await;
    assert_eq!((&shown["code"], &shown["facts"]), (&json!("paper-not-here"), &json!([])), "{shown}");
}

/// The words of today's list, newest first.
async fn today(page: &Page) -> Vec<String> {
    let desk = page.get("/api/desk").await;
    let lines = desk["today"].as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line["word"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn other_services_refuse_them_plainly() {
    let counter = counter().await;
    let page = Page::of(&counter).await;
    for (texts, here, needed) in [
        (one_scan(2), "one-scan-not-here", "one-scan-service-needed"),
        (paper(), "paper-not-here", "paper-service-needed"),
    ] {
        let shown = read(&page, &texts, Some(City::SERVICE)).await;
        assert_eq!((shown["code"].as_str(), shown["colour"].as_str()), (Some(here), Some("red")), "{shown}");
        assert_eq!((shown["facts"].clone(), shown["portrait"].clone()), (json!([]), Value::Null));
        assert!(shown["todo"].as_str().is_some_and(|todo| todo.len() > 20), "what to do: {shown}");
        assert_eq!(read(&page, &texts, None).await["code"], needed);
    }
}
