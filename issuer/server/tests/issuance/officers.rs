//! What officers read: words instead of bare numbers, the thing named, their own side's advice.

use std::os::unix::fs::PermissionsExt as _;

use absah_host::{Exit, RunFile};
use absah_testkit::key;
use absah_types::Clock as _;

use crate::copies;
use crate::desk::Desk;

const SERVICES: &str = r#"
    agency = "Dinas Sosial"
    sector = "sosial"
    [[services]]
    id = "demo"
    title = "Peragaan"
    purpose = "Peragaan"
    legal_basis = "Contoh"
    claims = ["nama"]
    tier = "rendah"
    retention_days = 30
"#;

fn counter_files(desk: &Desk, services: &str) -> (String, String) {
    let (access_key, file) = (desk.place.path().join("key.json"), desk.place.path().join("services.toml"));
    let jwk = serde_json::to_string(&key(77).public_key().to_jwk()).unwrap();
    std::fs::write(&access_key, jwk).unwrap();
    std::fs::write(&file, services).unwrap();
    (access_key.display().to_string(), file.display().to_string())
}

#[tokio::test]
async fn a_registration_takes_the_place_of_the_one_before() {
    let desk = Desk::open().await;
    let register = async |services: &str| {
        let (access_key, file) = counter_files(&desk, services);
        desk.command(&["counter", "register", "--access-key", &access_key, "--services", &file]).await
    };
    let (_, first) = register(SERVICES).await;
    assert_eq!(first["superseded"], serde_json::json!([]));
    let (_, other) = register(&SERVICES.replace("\"demo\"", "\"lain\"")).await;
    assert_eq!(other["superseded"], serde_json::json!([]), "of another service");
    let (_, second) = register(SERVICES).await;
    assert_eq!(second["superseded"], serde_json::json!([first["registration_id"]]));
    let (_, out, _) = desk.spoken(&["counter", "list"]).await;
    let line = |id: &serde_json::Value| {
        out.lines().find(|line| line.starts_with(id.as_str().unwrap())).unwrap().to_owned()
    };
    assert!(line(&first["registration_id"]).contains("Dinas Sosial: demo; dicabut 2026-"), "{out}");
    assert!(line(&second["registration_id"]).contains("Dinas Sosial: demo; berlaku sampai 2027-"), "{out}");
    let (exit, unknown) = register(&SERVICES.replace("\"nama\"", "\"nama\", \"hobi\"")).await;
    let error = &unknown["error"];
    assert_eq!((exit, &error["code"]), (Exit::Refused, &"services-claim-unknown".into()));
    assert_eq!(error["about"], "demo: hobi");
    let (_, foreign) = register(&SERVICES.replace("\"nama\"", "\"token.pajak\"")).await;
    assert_eq!(foreign["error"]["code"], "sector-foreign");
    assert!(!foreign["error"]["remedy"].as_str().unwrap().contains("Laporkan"), "no citizen reads this");
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let desk = Desk::open().await;
    let extract = desk.place.path().join("extract.csv").display().to_string();
    let nowhere = desk.place.path().join("nofotos").display().to_string();
    let (exit, said) = desk.command(&["import", &extract, "--photos", &nowhere]).await;
    let error = &said["error"];
    assert_eq!(
        (exit, &error["code"], &error["about"]),
        (Exit::Environment, &"file-missing".into(), &nowhere.into())
    );
    let gone = desk.place.path().join("gone.csv");
    let text = std::fs::read_to_string(&extract).unwrap().replacen("AGAMA", "AGAM", 1);
    std::fs::write(&gone, text).unwrap();
    let (_, out, _) = desk.spoken(&["import", gone.to_str().unwrap()]).await;
    assert!(out.starts_with("seluruh berkas, AGAMA: kesalahan HEADER_MISSING: "), "{out}");
}

#[tokio::test]
async fn a_second_server_says_who_is_in_its_way() {
    let desk = Desk::open().await;
    let dir = absah_host::DataDir::open("issuer", Some(&desk.data()), &absah_host::Env::default()).unwrap();
    let _held = dir.lock().unwrap();
    let (mut console, _) = absah_host::Console::captured(absah_types::Lang::Id);
    let run = RunFile::new("http://127.0.0.1:9", desk.clock.now());
    RunFile { pid: 4321, ..run }.announce(&dir, &mut console).unwrap();
    let (exit, said) = desk.command(&["serve", "--listen", "127.0.0.1:0"]).await;
    assert_eq!((exit, &said["error"]["code"]), (Exit::Environment, &"serve-running".into()));
    assert_eq!(said["error"]["about"], "PID 4321");
}

#[tokio::test]
async fn numbers_come_with_words_and_twice_is_no_error() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    copies(&desk, "KtpElektronik", "dc", 3).await;
    let change = async |word: &str| {
        let (exit, out, err) = desk.spoken(&[word, "--nik", &nik]).await;
        assert_eq!(exit, Exit::Ok, "{word}: {err}");
        out.trim().to_owned()
    };
    let (changed, same) =
        ("3 salinan kartu diubah statusnya.", "Tidak ada yang berubah: statusnya sudah begitu.");
    for (word, expected) in [
        ("unsuspend", same),
        ("suspend", changed),
        ("suspend", same),
        ("unsuspend", changed),
        ("unsuspend", same),
        ("revoke", changed),
        ("revoke", same),
    ] {
        assert_eq!(change(word).await, expected, "{word}");
    }
    let (_, out, _) = desk.spoken(&["person", "show", "--nik", &nik, "--purpose", "Cetak ulang"]).await;
    let resident = absah_testkit::population::resident(7);
    assert!(out.contains(&format!("Tanggal lahir: {}", resident.birth.to_dmy())), "{out}");
    assert!(out.contains("Status penduduk: HIDUP") && out.contains("Kota/kabupaten: "), "{out}");
    let (exit, out, _) = desk.spoken(&["ledger", "reconcile"]).await;
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("audit: ") && out.contains("Cocok"), "{out}");
}

#[tokio::test]
async fn ids_may_begin_with_a_hyphen() {
    let desk = Desk::open().await;
    for id in ["-AbCdEfGhIjKlMnOpQrSt_", "--bCdEfGhIjKlMnOpQrSt_", "-hV0000000000000000000"] {
        for (words, code) in [
            (&["ledger", "erase", id, "--reason", "keliru"][..], "ledger-entry-unknown"),
            (&["ledger", "prove", "--event", id], "ledger-entry-unknown"),
            (&["counter", "withdraw", id], "registration-unknown"),
        ] {
            let (exit, said) = desk.command(words).await;
            assert_eq!((exit, &said["error"]["code"]), (Exit::Refused, &code.into()), "{words:?}");
        }
    }
    assert_eq!(desk.command(&["ledger", "prove"]).await.0, Exit::Usage);
}

#[tokio::test]
async fn the_records_are_the_owners_alone() {
    let desk = Desk::open().await;
    let mut seen = 0;
    for entry in std::fs::read_dir(desk.data()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().contains(".sqlite") {
            seen += 1;
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        }
    }
    assert!(seen > 0);
}
