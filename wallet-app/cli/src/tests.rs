//! The commands as functions: exit codes, errors, files, the network's edges, two at once.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_host::{Console, Context, Env, Exit};
use absah_testkit::{FixedClock, SeededRng};
use absah_trust::sample::City;
use absah_types::Timestamp;
use clap::Parser as _;
use serde_json::Value;

use absah_host::{Ask, NoTerminal};

use crate::{Cli, run};

const PIN: &str = "739154";
const NOW: Timestamp = Timestamp::from_unix(1_795_323_600);

/// A folder for a wallet and the files around it.
struct Desk {
    folder: tempfile::TempDir,
    env: BTreeMap<&'static str, String>,
}

/// How a command ended.
struct Ended {
    exit: Exit,
    out: String,
    err: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("JSON, not {:?} ({})", self.out, self.err))
    }

    fn refused(&self, code: &str, exit: Exit) {
        assert_eq!(self.json()["error"]["code"], code, "{}", self.out);
        assert_eq!(self.exit, exit, "{code}");
        for text in ["message", "remedy"] {
            assert!(!self.json()["error"][text].as_str().unwrap().is_empty(), "{code} has no {text}");
        }
    }
}

impl Desk {
    fn new() -> Self {
        let env = BTreeMap::from([("ABSAH_PIN", PIN.to_owned())]);
        Self { folder: tempfile::tempdir().unwrap(), env }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn run(&self, words: &[&str]) -> Ended {
        self.run_with(words, &mut NoTerminal).await
    }

    async fn run_with(&self, words: &[&str], terminal: &mut dyn Ask) -> Ended {
        let data = self.path("wallet");
        let head = ["absah-wallet", "--data-dir", data.to_str().unwrap(), "--json"];
        let cli = Cli::try_parse_from(head.iter().chain(words)).unwrap();
        let variables: Vec<(&str, &str)> =
            self.env.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let clock = Arc::new(FixedClock::at(NOW));
        let seed = words.iter().map(|word| word.len() as u64).sum();
        let (mut context, said) =
            Context::captured(clock, Box::new(SeededRng::new(seed)), Env::of(&variables));
        let exit = run(cli, &mut context, terminal).await;
        Ended { exit, out: said.take_out(), err: said.take_err() }
    }

    /// The sample city's bundle in a folder.
    fn bundle(&self) -> (PathBuf, String) {
        let city = City::at(NOW);
        let files = city.publish(1, &city.contents(vec![]));
        let root = absah_types::hex::encode(absah_crypto::sha256(files.get("metadata/1.root.json").unwrap()));
        let folder = self.path("bundle");
        for (name, bytes) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        (folder, root)
    }
}

/// Types the same line whatever is asked, and remembers the questions.
struct Typing {
    line: String,
    asked: Vec<String>,
}

impl Ask for Typing {
    fn ask(&mut self, question: &[String], _: &mut Console) -> Option<String> {
        self.asked.extend_from_slice(question);
        Some(self.line.clone())
    }
}

#[tokio::test]
async fn the_first_use_makes_the_vault_and_only_its_pin_opens_it() {
    let mut desk = Desk::new();
    let empty = desk.run(&["list"]).await;
    assert_eq!((empty.exit, empty.json()["cards"].as_array().unwrap().len()), (Exit::Ok, 0));
    assert!(desk.path("wallet/vault").exists() && desk.path("wallet/VERSION").exists());
    desk.env.insert("ABSAH_PIN", "739155".to_owned());
    desk.run(&["list"]).await.refused("vault-wrong-pin", Exit::Refused);
    desk.env.insert("ABSAH_PIN", "73915".to_owned());
    desk.run(&["list"]).await.refused("pin-format", Exit::Refused);
    desk.env.insert("ABSAH_PIN", PIN.to_owned());
    assert_eq!(desk.run(&["history"]).await.exit, Exit::Ok);
    std::fs::write(desk.path("wallet/vault"), b"ABSAHVLT").unwrap();
    desk.run(&["list"]).await.refused("vault-truncated", Exit::Environment);
}

/// Neither PIN nor code: after two yeses the locked vault lies aside, a second time beside the first.
#[tokio::test]
async fn a_forgotten_pin_without_a_code_is_started_anew() {
    let mut desk = Desk::new();
    desk.run(&["recovery", "anew", "--yes"]).await.refused("vault-missing", Exit::Refused);
    let (folder, root) = desk.bundle();
    let words = ["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root];
    assert_eq!(desk.run(&words).await.exit, Exit::Ok);
    let locked = std::fs::read(desk.path("wallet/vault")).unwrap();
    desk.run(&["recovery", "anew"]).await.refused("nobody-to-ask", Exit::Refused);
    let mut no = Typing { line: "tidak".to_owned(), asked: Vec::new() };
    assert_eq!(desk.run_with(&["recovery", "anew"], &mut no).await.exit, Exit::Refused);
    assert_eq!(std::fs::read(desk.path("wallet/vault")).unwrap(), locked, "nothing was moved");
    let mut yes = Typing { line: "ya".to_owned(), asked: Vec::new() };
    assert_eq!(desk.run_with(&["recovery", "anew"], &mut yes).await.json()["anew"], true);
    let asked = yes.asked.iter().filter(|line| line.ends_with("(ya/tidak)")).count();
    assert_eq!(asked, 2, "{:?}", yes.asked);
    assert!(!desk.path("wallet/vault").exists());
    assert_eq!(std::fs::read(desk.path("wallet/vault.damaged")).unwrap(), locked);
    desk.env.insert("ABSAH_PIN", "402871".to_owned());
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    assert_eq!(desk.run(&["bundle", "status"]).await.exit, Exit::Ok, "the list holds for the device");
    assert_eq!(desk.run(&["recovery", "anew", "--yes"]).await.exit, Exit::Ok);
    assert_eq!(std::fs::read(desk.path("wallet/vault.damaged")).unwrap(), locked, "never written over");
    assert!(desk.path("wallet/vault.damaged-2").exists());
    // Remembered after all.
    desk.env.insert("ABSAH_PIN", PIN.to_owned());
    assert_eq!(desk.run(&["recovery", "back"]).await.json()["aside"], 1);
    assert_eq!(std::fs::read(desk.path("wallet/vault")).unwrap(), locked);
    assert_eq!(desk.run(&["bundle", "status"]).await.exit, Exit::Ok);
}

/// Another's wallet in between, with a list of their own: the one that comes back still has none, and the next compares.
#[tokio::test]
async fn a_list_is_not_planted_by_beginning_anew() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    let none = desk.run(&["bundle", "status"]).await;
    assert_ne!(none.exit, Exit::Ok);
    assert_eq!(desk.run(&["recovery", "anew", "--yes"]).await.exit, Exit::Ok);
    desk.env.insert("ABSAH_PIN", "402871".to_owned());
    let (folder, root) = desk.bundle();
    let words = ["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root];
    assert_eq!(desk.run(&words).await.exit, Exit::Ok);
    assert_eq!(desk.run(&["recovery", "back"]).await.exit, Exit::Ok);
    desk.env.insert("ABSAH_PIN", PIN.to_owned());
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    assert_eq!(desk.run(&["bundle", "status"]).await.out, none.out);
    let folder = folder.to_str().unwrap();
    desk.run(&["bundle", "import", folder]).await.refused("bundle-root-unconfirmed", Exit::Refused);
    // The other's again, and a new one in its place.
    assert_eq!(desk.run(&["recovery", "back"]).await.exit, Exit::Ok);
    assert_eq!(desk.run(&["recovery", "anew", "--yes"]).await.exit, Exit::Ok);
    desk.env.insert("ABSAH_PIN", "615283".to_owned());
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    assert_eq!(desk.run(&["bundle", "status"]).await.out, none.out);
}

#[tokio::test]
async fn a_weak_pin_makes_no_vault() {
    let mut desk = Desk::new();
    desk.env.insert("ABSAH_PIN", "123456".to_owned());
    desk.run(&["list"]).await.refused("pin-weak", Exit::Refused);
    assert!(!desk.path("wallet/vault").exists());
}

#[tokio::test]
async fn a_bundle_is_vouched_for_once() {
    let desk = Desk::new();
    let (folder, root) = desk.bundle();
    let folder = folder.to_str().unwrap();
    desk.run(&["bundle", "import", folder]).await.refused("bundle-root-unconfirmed", Exit::Refused);
    desk.run(&["bundle", "import", folder, "--root-sha256", "abc"])
        .await
        .refused("bundle-root-hash-malformed", Exit::Refused);
    let other = "0".repeat(64);
    desk.run(&["bundle", "import", folder, "--root-sha256", &other])
        .await
        .refused("bundle-root-mismatch", Exit::Refused);
    let mut wrong = Typing { line: "ya".to_owned(), asked: Vec::new() };
    desk.run_with(&["bundle", "import", folder], &mut wrong).await.refused("holder-declined", Exit::Refused);
    assert!(wrong.asked.iter().any(|line| line.replace(" ", "") == root), "the hash is shown");
    let mut right = Typing { line: root[48..].to_uppercase(), asked: Vec::new() };
    let taken = desk.run_with(&["bundle", "import", folder], &mut right).await;
    assert_eq!((taken.exit, taken.json()["registrations"].as_u64()), (Exit::Ok, Some(1)));
    // Never again.
    assert_eq!(desk.run(&["bundle", "import", folder]).await.exit, Exit::Ok);
    assert!(
        std::fs::read_dir(desk.path("wallet"))
            .unwrap()
            .any(|entry| { entry.unwrap().file_name().to_string_lossy().starts_with("bundle-") })
    );
}

#[tokio::test]
async fn requests_that_are_none() {
    let desk = Desk::new();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(desk.path(name), bytes).unwrap();
        desk.path(name).to_string_lossy().into_owned()
    };
    let (noise, empty, words) =
        (write("noise.png", &[0xff, 0, 0x80]), write("empty.txt", b""), write("words.txt", b"halo\n"));
    let missing = desk.path("missing.png").to_string_lossy().into_owned();
    for (name, file, code, exit) in [
        ("noise", &noise, "picture-format", Exit::Refused),
        ("empty", &empty, "frames-none", Exit::Refused),
        ("words", &words, "frame-not-ours", Exit::Refused),
        ("missing", &missing, "file-missing", Exit::Environment),
        ("a word", &"hello".to_owned(), "request-neither-file-nor-link", Exit::Refused),
    ] {
        let ended = desk.run(&["respond", file, "--yes", "--out", "never.png"]).await;
        ended.refused(code, exit);
        assert!(!Path::new("never.png").exists(), "{name}");
    }
}

#[tokio::test]
async fn an_answer_that_could_not_be_written_is_never_made() {
    let desk = Desk::new();
    let ask = desk.path("ask.txt");
    std::fs::write(&ask, "ABSAH1A:HELLO").unwrap();
    let ask = ask.to_string_lossy().into_owned();
    let folder = desk.path("").to_string_lossy().into_owned();
    let nowhere = desk.path("nodir/a.png").to_string_lossy().into_owned();
    for (option, target) in [("--out", &nowhere), ("--text", &nowhere), ("--out", &folder)] {
        let ended = desk.run(&["respond", &ask, "--yes", option, target]).await;
        ended.refused("file-unwritable", Exit::Environment);
    }
    assert!(!desk.path("wallet").exists(), "said before the wallet is opened");
}

/// A server of one fixed answer, on this machine.
fn serve(answer: impl Fn(u16) -> String + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 2048];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer(port).as_bytes());
        }
    });
    port
}

fn offer_at(url: &str) -> String {
    let url = url.replace(':', "%3A").replace('/', "%2F");
    format!("openid-credential-offer://?credential_offer_uri={url}")
}

#[tokio::test]
async fn an_offer_leads_nowhere_private_and_nowhere_else() {
    let mut desk = Desk::new();
    for (name, url, code) in [
        ("this machine", "https://127.0.0.1:9/offer", "network-forbidden-address"),
        ("a home network", "https://192.168.1.1/offer", "network-forbidden-address"),
        ("a cloud's own address", "https://169.254.169.254/offer", "network-forbidden-address"),
        ("not https", "http://dukcapil.example/offer", "url-not-https"),
    ] {
        let ended = desk.run(&["receive", &offer_at(url), "--tx-code", "123456"]).await;
        assert_eq!(ended.json()["error"]["code"], code, "{name}: {}", ended.out);
        assert_eq!(ended.exit, Exit::Refused, "{name}");
    }
    desk.env.insert("ABSAH_DEV", "1".to_owned());
    let redirect = serve(|port| {
        format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{port}/again\r\nContent-Length: 0\r\n\r\n")
    });
    let huge =
        serve(|_| format!("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n{}", "x".repeat(100_000)));
    let broken = serve(|_| "no http at all".to_owned());
    let words = serve(|_| "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".to_owned());
    for (name, port, code) in [
        ("redirects", redirect, "network-redirected"),
        ("huge", huge, "network-too-large"),
        ("broken", broken, "network-unreadable"),
        ("no offer", words, "offer-malformed"),
    ] {
        let ended = desk
            .run(&["receive", &offer_at(&format!("http://127.0.0.1:{port}/offer")), "--tx-code", "1"])
            .await;
        assert_eq!(ended.json()["error"]["code"], code, "{name}: {}", ended.out);
    }
    let none = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ended = desk.run(&["receive", &offer_at(&format!("http://127.0.0.1:{none}/offer"))]).await;
    ended.refused("network-unreachable", Exit::Environment);
}

/// Two processes at once: one waits for the other, and nothing is lost.
#[test]
fn two_at_once() {
    let desk = Arc::new(Desk::new());
    let (folder, root) = desk.bundle();
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (desk, folder, root) = (Arc::clone(&desk), folder.clone(), root.clone());
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let words = ["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root];
                runtime.block_on(desk.run(&words)).exit
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), Exit::Ok);
    }
}

#[test]
fn every_word_of_the_command_line_has_its_text() {
    use absah_types::Lang;
    let sources = [include_str!("words.rs"), include_str!("commands.rs")];
    for id in sources.iter().flat_map(|source| source.split('"')).filter(|word| word.starts_with("wallet-")) {
        for lang in Lang::ALL {
            assert!(absah_schemas::text(lang, id).is_some(), "{id} in {lang}");
        }
    }
}

#[test]
fn every_code_has_two_texts_in_each_language() {
    use absah_types::Lang;
    let codes = [
        crate::WalletError::CODES,
        absah_wallet_core::Refusal::CODES,
        absah_wallet_core::FetchFailure::CODES,
        absah_wallet_store::VaultError::CODES,
        &[absah_wallet_core::REFUSED_BY_HOLDER],
    ];
    for code in codes.into_iter().flatten() {
        for lang in Lang::ALL {
            for kind in ["err", "rec"] {
                assert!(
                    absah_schemas::text(lang, &format!("{kind}-{code}")).is_some(),
                    "{kind}-{code} in {lang}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_backup_is_opened_by_its_code_only_and_written_over_nothing() {
    let mut desk = Desk::new();
    let (folder, root) = desk.bundle();
    let imported = desk.run(&["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root]).await;
    assert_eq!(imported.exit, Exit::Ok, "{}", imported.out);
    let file = desk.path("cadangan.absah").to_string_lossy().into_owned();
    let made = desk.run(&["backup", "--out", &file]).await.json();
    let code = made["code"].as_str().unwrap().to_owned();
    assert_eq!((code.len(), &made["cards"]), (20, &Value::from(0)));
    desk.run(&["backup", "--out", &file]).await.refused("backup-file-exists", Exit::Refused);
    std::fs::remove_dir_all(desk.path("wallet")).unwrap();
    desk.run(&["restore", &file, "--yes"]).await.refused("nobody-to-ask", Exit::Refused);
    desk.env.insert("ABSAH_BACKUP_CODE", "0".repeat(20));
    desk.run(&["restore", &file, "--yes"]).await.refused("backup-not-opened", Exit::Refused);
    assert!(!desk.path("wallet/vault").exists(), "no vault is made for a backup that does not open");
    desk.env.insert("ABSAH_BACKUP_CODE", code);
    desk.run(&["restore", &file]).await.refused("nobody-to-ask", Exit::Refused);
    let mut no = Typing { line: "tidak".to_owned(), asked: Vec::new() };
    desk.run_with(&["restore", &file], &mut no).await.refused("holder-declined", Exit::Refused);
    let restored = desk.run(&["restore", &file, "--yes"]).await;
    assert_eq!((&restored.json()["entries"], &restored.json()["list_left_out"]), (&0.into(), &true.into()));
    // Anybody may have made the file: whom its list names official counts only once its root is vouched for.
    assert_eq!(desk.run(&["bundle", "status"]).await.exit, Exit::Refused);
    let other = "0".repeat(64);
    desk.run(&["restore", &file, "--yes", "--root-sha256", &other])
        .await
        .refused("bundle-root-mismatch", Exit::Refused);
    assert_eq!(desk.run(&["bundle", "status"]).await.exit, Exit::Refused);
    let restored = desk.run(&["restore", &file, "--yes", "--root-sha256", &root]).await;
    assert_eq!(restored.json()["list_left_out"], false, "{}", restored.out);
    assert_eq!(desk.run(&["bundle", "status"]).await.exit, Exit::Ok);
    // And left out, it keeps nobody from the city's own.
    std::fs::remove_dir_all(desk.path("wallet")).unwrap();
    assert_eq!(desk.run(&["restore", &file, "--yes"]).await.json()["list_left_out"], true);
    let imported = desk.run(&["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root]).await;
    assert_eq!(imported.exit, Exit::Ok, "{}", imported.out);
    desk.run(&["restore", "/dev/null", "--yes"]).await.refused("backup-not-a-backup", Exit::Refused);
}

/// Another program has the wallet open: what only looks does not wait for it.
#[tokio::test]
async fn what_only_looks_does_not_wait() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    let dir = absah_host::DataDir::open("wallet", Some(&desk.path("wallet")), &Env::of(&[])).unwrap();
    let lock = dir.try_lock().unwrap();
    let file = desk.path("cadangan.absah").to_string_lossy().into_owned();
    for words in [&["list"][..], &["history"], &["backup", "--out", &file]] {
        let ended = desk.run(words).await;
        assert_eq!(ended.exit, Exit::Ok, "{words:?}: {}", ended.out);
    }
    desk.run(&["card", "none"]).await.refused("card-unknown", Exit::Refused);
    drop(lock);
}

#[tokio::test]
async fn a_folder_that_anybody_may_write_into_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    let set = |mode| {
        std::fs::set_permissions(desk.path("wallet"), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o777);
    for words in [&["list"][..], &["bundle", "status"], &["show", "warga", "--yes"]] {
        desk.run(words).await.refused("data-dir-open-to-others", Exit::Environment);
    }
    set(0o755);
    assert_eq!(desk.run(&["list"]).await.exit, Exit::Ok);
    let mode = std::fs::metadata(desk.path("wallet")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700, "closed again");
}

/// What is certain to be refused is refused before anybody is asked.
#[tokio::test]
async fn nobody_is_asked_for_what_cannot_be_shown() {
    let desk = Desk::new();
    let mut yes = Typing { line: "ya".to_owned(), asked: Vec::new() };
    desk.run_with(&["show", "warga"], &mut yes).await.refused("wallet-no-bundle", Exit::Refused);
    let (folder, root) = desk.bundle();
    let imported = desk.run(&["bundle", "import", folder.to_str().unwrap(), "--root-sha256", &root]).await;
    assert_eq!(imported.exit, Exit::Ok, "{}", imported.out);
    desk.run_with(&["show", "warga"], &mut yes).await.refused("show-no-card", Exit::Refused);
    desk.run_with(&["show", "--claims", "nik"], &mut yes).await.refused("show-only-yes-or-no", Exit::Refused);
    assert_eq!(yes.asked, Vec::<String>::new());
}
