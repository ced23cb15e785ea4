//! Flow A: request, answer, decision, with files and pictures.

use std::path::{Path, PathBuf};

use absah_host::Exit;
use absah_trust::sample::City;
use absah_types::Seconds;
use absah_verifier::{Cli, run};
use clap::Parser as _;

use crate::world::{Counter, NOW};

#[tokio::test]
async fn ask_answer_accept_and_never_again() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    let said = counter.decide(&[&answer]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"));
    assert_eq!(said.json["facts"]["nama"], "SITI CONTOH");
    assert_eq!(said.json["freshness"]["bundle_version"], 1);
    let again = counter.decide(&[&answer]).await;
    assert_eq!((again.exit, again.code()), (Exit::Refused, "replayed"));
    assert_eq!(again.json["facts"], serde_json::json!({}));
    counter.clock.set(NOW.plus(Seconds::hours(2)));
    counter.ask("later", &[]).await;
    assert_eq!(counter.decide(&[&answer]).await.code(), "replayed", "also when its secrets are long gone");
}

#[tokio::test]
async fn pictures_are_read_as_well_as_texts() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = std::fs::read_to_string(counter.answer(&request, "answer")).unwrap();
    let lines: Vec<&str> = answer.lines().collect();
    let mut files = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let symbol = absah_qr::render::Symbol::encode(line, absah_qr::render::Ecc::L).unwrap();
        let png = symbol.png(absah_qr::render::Scale::default()).unwrap();
        let file = counter.file(&format!("answer-{place}.png"));
        std::fs::write(&file, png).unwrap();
        files.push(file);
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    assert_eq!(counter.decide(&files).await.code(), "accepted");
}

#[tokio::test]
async fn the_long_form_asks_the_same() {
    let counter = Counter::registered().await;
    let request = counter.ask("long", &["--long"]).await;
    assert!(std::fs::read_to_string(&request).unwrap().lines().count() > 1);
    assert!(counter.file("long-01.png").exists() && !counter.file("long.png").exists());
    let answer = counter.answer(&request, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
}

#[tokio::test]
async fn time_runs_out_after_five_minutes() {
    for (waited, code) in [(299, "accepted"), (300, "accepted"), (301, "request-expired")] {
        let counter = Counter::registered().await;
        let request = counter.ask("ask", &[]).await;
        let answer = counter.answer(&request, "answer");
        counter.clock.set(NOW.plus(Seconds(waited)));
        assert_eq!(counter.decide(&[&answer]).await.code(), code, "{waited}");
    }
}

#[tokio::test]
async fn hostile_files_each_have_their_code() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    let good = std::fs::read_to_string(&answer).unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = counter.file(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let other = Counter::registered().await;
    let elsewhere = other.answer(&other.ask("ask", &[]).await, "answer");
    let tampered = counter.answer_with(&request, "tampered", |shown| {
        let at = shown.presentation.len() - 10;
        let letter = if shown.presentation.as_bytes()[at] == b'A' { "B" } else { "A" };
        shown.presentation.replace_range(at..=at, letter);
    });
    let cases: Vec<(&str, PathBuf, &str)> = vec![
        ("empty", file("empty.txt", b""), "answer-nothing"),
        ("words", file("words.txt", b"halo\n"), "frame-not-ours"),
        ("markup", file("markup.txt", b"<img src=x onerror=alert(1)>"), "frame-not-ours"),
        ("noise", file("noise.png", &[0xff; 2000]), "picture-format"),
        ("half a picture", file("half.png", b"\x89PNG\r\n\x1a\n\0\0\0"), "picture-damaged"),
        ("the request itself", request.clone(), "answer-other-kind"),
        ("another counter's answer", elsewhere, "answer-other-request"),
        ("a changed presentation", tampered, "key-binding-signature"),
        ("too large", file("large.txt", &vec![b'x'; (24 << 20) + 1]), "file-too-large"),
        ("too many lines", file("lines.txt", "x\n".repeat(5000).as_bytes()), "answer-too-many-lines"),
        ("a bent frame", file("bent.txt", good.replace("ABSAH1A", "ABSAH1B").as_bytes()), "frame-checksum"),
    ];
    for (name, path, expected) in cases {
        let said = counter.decide(&[&path]).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, expected), "{name}");
        assert_eq!(said.json["decision"], "refused", "{name}");
    }
    assert_eq!(counter.decide(&[Path::new("/no/such/file")]).await.exit, Exit::Environment);
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
}

#[tokio::test]
async fn of_two_decisions_at_once_one_accepts() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let files = [answer.as_path()];
    let (one, two) = tokio::join!(counter.decide(&files), counter.decide(&files));
    let mut codes = [one.code().to_owned(), two.code().to_owned()];
    codes.sort();
    assert_eq!(codes, ["accepted", "replayed"]);
}

#[tokio::test]
async fn the_counters_own_file_narrows_what_is_asked() {
    let counter = Counter::registered().await;
    let services = counter.data().join("services.toml");
    std::fs::write(&services, "[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"agama\"]\n").unwrap();
    let said = counter.run(&["request", "--service", City::SERVICE]).await;
    assert_eq!((said.exit, said.code()), (Exit::Environment, "services-file-widens"));
    std::fs::write(&services, "nonsense").unwrap();
    assert_eq!(
        counter.run(&["request", "--service", City::SERVICE]).await.code(),
        "services-file-unreadable"
    );
    std::fs::write(&services, "[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"nama\"]\n").unwrap();
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "response-unasked-claim", "the wallet told too much");
}

#[tokio::test]
async fn nothing_personal_lies_open_on_disk() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
    let mut folders = vec![counter.data()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let content = std::fs::read(&path).unwrap();
            for canary in ["SITI CONTOH", "JL. CONTOH", "3577016101900001"] {
                let found = content.windows(canary.len()).any(|window| window == canary.as_bytes());
                assert!(!found, "{canary} in {}", path.display());
            }
        }
    }
    assert!(seen > 3);
}

#[tokio::test]
async fn people_get_words() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let data = counter.data();
    let decide = async || {
        let (mut context, captured) = counter.context();
        let line =
            ["absah-verifier", "--data-dir", data.to_str().unwrap(), "decide", answer.to_str().unwrap()];
        run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        captured.take_out()
    };
    let said = decide().await;
    assert!(said.starts_with("DITERIMA: Kartu sah."), "{said}");
    assert!(said.contains("SITI CONTOH") && said.contains("Status kartu diketahui per"), "{said}");
    let said = decide().await;
    assert!(said.starts_with("DITOLAK: Jawaban ini sudah pernah dipakai."), "{said}");
}

#[tokio::test]
async fn the_records_are_the_owners_alone_and_ids_may_begin_with_a_hyphen() {
    use std::os::unix::fs::PermissionsExt as _;
    let counter = Counter::registered().await;
    for entry in std::fs::read_dir(counter.data()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().contains(".sqlite") {
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        }
    }
    for id in ["-AbC", "--bC", "-hV0"] {
        assert_eq!(counter.run(&["session", id]).await.code(), "session-unknown", "{id}");
    }
}
