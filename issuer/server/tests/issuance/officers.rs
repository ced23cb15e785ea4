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
    let (_, said) = desk.command(&["import", gone.to_str().unwrap()]).await;
    let problem = &said["problems"][0];
    assert_eq!((&problem["row"], &problem["column"]), (&0.into(), &serde_json::Value::Null));
    assert_eq!((&problem["code"], &problem["about"]), (&"HEADER_MISSING".into(), &"AGAMA".into()));
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
async fn a_console_that_cannot_be_opened_is_no_silence() {
    let desk = Desk::open().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let words = ["serve", "--listen", "127.0.0.1:0", "--console", &address, "--dev-loopback"];
    let (exit, said) = desk.command(&words).await;
    assert_eq!(
        (exit, &said["error"]["code"]),
        (Exit::Environment, &"serve-console-address".into()),
        "{said}"
    );
    assert_eq!(said["error"]["about"], address);
    assert!(said["error"].to_string().contains("--console off"), "{said}");
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

#[tokio::test]
async fn no_offer_is_made_that_nothing_could_be_signed_for() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    let offer = async || desk.command(&["offer", "--nik", &nik, "--credential", "KtpElektronik"]).await;
    assert_eq!(offer().await.0, Exit::Ok);
    let after = desk.clock.now().to_string();
    let distrust = ["trust", "distrust", "key-1", "--after", &after, "--reason", "hilang"];
    assert_eq!(desk.command(&distrust).await.0, Exit::Ok);
    for words in [
        &["offer", "--nik", &nik, "--credential", "KtpElektronik"][..],
        &["public-offer", "--credential", "KtpElektronik"],
        &["login-code", "--nik", &nik],
    ] {
        let (exit, said) = desk.command(words).await;
        assert_eq!(
            (exit, &said["error"]["code"]),
            (Exit::Environment, &"offer-no-signer".into()),
            "{words:?}"
        );
    }
    // The next key, not in force yet, changes nothing; one in force does.
    assert_eq!(desk.command(&["trust", "rotate", "credential"]).await.0, Exit::Ok);
    assert_eq!(offer().await.0, Exit::Environment);
    assert_eq!(desk.command(&["trust", "rotate", "credential", "--now"]).await.0, Exit::Ok);
    assert_eq!(offer().await.0, Exit::Ok);
}

#[tokio::test]
async fn a_stick_that_is_not_there_is_named() {
    let desk = Desk::open().await;
    let path = |name: &str| desk.place.path().join(name).display().to_string();
    let (folder, nostick) = (path("bundle"), path("nostick"));
    assert_eq!(desk.command(&["bundle", "publish", &folder]).await.0, Exit::Ok);
    for words in [
        &["bundle", "publish", &folder][..],
        &["bundle", "keys", "show"],
        &["bundle", "keys", "renew"],
        &["bundle", "keys", "rotate", "timestamp"],
        &["bundle", "keys", "replace", "00", "--out", &path("new")],
        &["trust", "create"],
        &["trust", "issuing-ca", "renew"],
    ] {
        let (exit, said) = desk.command(&[words, &["--offline-keys", &nostick]].concat()).await;
        let error = &said["error"];
        assert_eq!((exit, &error["code"]), (Exit::Environment, &"file-missing".into()), "{words:?}");
        assert_eq!(error["about"], nostick, "{words:?}");
        assert!(!std::path::Path::new(&nostick).exists());
    }
}

#[tokio::test]
async fn keys_have_names_and_an_end_and_a_few_letters_do() {
    let desk = Desk::open().await;
    let path = |name: &str| desk.place.path().join(name).display().to_string();
    let (_, published) = desk.command(&["bundle", "publish", &path("bundle")]).await;
    let (_, shown) = desk.command(&["bundle", "keys", "show"]).await;
    let keys = |role: &str| shown["roles"][role]["keys"].as_array().unwrap().clone();
    let all: Vec<_> = ["root", "targets"].into_iter().flat_map(keys).collect();
    for key in &all {
        assert!(key["name"].as_str().unwrap().contains("keys/offline/"), "{key}");
        assert_eq!((&key["counts_until"], &key["at_hand"]), (&shown["expires_at"], &true.into()));
    }
    let status = &keys("status")[0];
    let expected = (&"bundle-status 1".into(), &published["targets_expire_at"], &true.into());
    assert_eq!((&status["name"], &status["counts_until"], &status["at_hand"]), expected);
    assert_eq!(keys("timestamp")[0]["name"], "bundle-timestamp 1");
    let (_, out, _) = desk.spoken(&["bundle", "keys", "show"]).await;
    let until = shown["expires_at"].as_str().unwrap();
    assert!(out.contains(&format!("root: perlu 3 dari 5 kunci, berlaku sampai {until}")), "{out}");

    // The shortest beginning that no other key has is enough, one that several have is not.
    let ids: Vec<&str> = all.iter().map(|key| key["key"].as_str().unwrap()).collect();
    let alone = |beginning: &str| ids.iter().filter(|id| id.starts_with(beginning)).count() == 1;
    let short = (1..).map(|length| &ids[0][..length]).find(|beginning| alone(beginning)).unwrap();
    let replace = async |beginning: &str| {
        let (_, said) = desk.command(&["bundle", "keys", "replace", beginning, "--out", &path("new")]).await;
        said
    };
    let both = ids.iter().find_map(|id| {
        let beginning = &id[..1];
        (!alone(beginning)).then(|| beginning.to_owned())
    });
    // Of eight random names two begin alike nearly always; where not, there is nothing to ask.
    if let Some(both) = both {
        assert_eq!(replace(&both).await["error"]["code"], "bundle-key-ambiguous");
    }
    assert_eq!(replace("").await["error"]["code"], "bundle-key-unknown");
    assert_eq!(replace("zz").await["error"]["code"], "bundle-key-unknown");
    let said = replace(short).await;
    assert_eq!(said["root_version"], 2, "{said}");
    assert!(!said.to_string().contains(ids[0]));
}

#[tokio::test]
async fn the_two_roots_are_told_apart() {
    let desk = Desk::open().await;
    let folder = desk.place.path().join("bundle").display().to_string();
    let (_, published) = desk.command(&["bundle", "publish", &folder]).await;
    let (_, shown) = desk.command(&["trust", "show"]).await;
    assert_eq!(shown["ca_root_sha256"], shown["root_sha256"], "as it was called before");
    assert_eq!(shown["ca_root_sha256"].as_str().unwrap().len(), 64);
    assert_ne!(shown["ca_root_sha256"], published["root_sha256"]);
    let (_, out, _) = desk.spoken(&["trust", "show"]).await;
    assert!(out.starts_with("Akar sertifikat (CA), SHA-256: "), "{out}");
    let (_, out, _) = desk.spoken(&["bundle", "publish", &folder]).await;
    assert!(out.contains("TUF"), "{out}");
}
