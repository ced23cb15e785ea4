//! Files, folders, settings and secrets in a temporary directory.

use crate::*;
use absah_types::{Clock as _, Coded, Lang, Rng, Timestamp};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

struct Counting(u8);
impl Rng for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
    }
}

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn open(at: &Path) -> DataDir {
    DataDir::open("issuer", Some(at), &Env::default()).unwrap()
}

fn code<T, E: Coded>(result: Result<T, E>) -> Option<&'static str> {
    result.err().map(|error| error.code())
}

#[test]
fn data_dir_is_private_and_says_whose_it_is() {
    let temp = temp();
    let path = temp.path().join("a/b");
    let dir = open(&path);
    assert!(dir.is_fresh());
    assert_eq!(mode(&path), 0o700);
    assert_eq!(fs::read_to_string(path.join("VERSION")).unwrap(), "absah-issuer 1\n");
    let again = open(&path);
    assert!(!again.is_fresh());
    assert_eq!(again.version(), DATA_VERSION);
}

#[test]
fn data_dir_that_others_may_write_into_is_refused_and_one_they_may_read_is_closed() {
    let temp = temp();
    let path = temp.path().join("w");
    let dir = open(&path);
    let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    for (before, expected, after) in [
        (0o700, None, 0o700),
        (0o755, None, 0o700),
        (0o770, None, 0o700),
        (0o777, Some("data-dir-open-to-others"), 0o777),
        (0o702, Some("data-dir-open-to-others"), 0o702),
    ] {
        set(before);
        assert_eq!(code(dir.keep_private()), expected, "{before:o}");
        assert_eq!(mode(&path), after, "{before:o}");
    }
}

#[test]
fn data_dir_refuses_what_is_not_ours() {
    let temp = temp();
    let open = |name: &str, program| DataDir::open(program, Some(&temp.path().join(name)), &Env::default());
    let put = |dir: &str, file: &str, text: &str| {
        fs::create_dir_all(temp.path().join(dir)).unwrap();
        fs::write(temp.path().join(dir).join(file), text).unwrap();
    };
    open("issuer", "issuer").unwrap();
    assert_eq!(code(open("issuer", "wallet")), Some("data-dir-foreign"));
    put("newer", "VERSION", "absah-issuer 2\n");
    assert_eq!(code(open("newer", "issuer")), Some("data-dir-newer"));
    put("garbled", "VERSION", "hello");
    assert_eq!(code(open("garbled", "issuer")), Some("data-dir-foreign"));
    put("photos", "holiday.jpg", "…");
    assert_eq!(code(open("photos", "issuer")), Some("data-dir-foreign"));
    put("file", "inner", "…");
    assert_eq!(code(open("file/inner", "issuer")), Some("file-unwritable"));
    put("prepared", "config.toml", "profile = \"production\"");
    assert_eq!(code(open("prepared", "issuer")), None);
}

#[test]
fn data_dir_by_default_follows_xdg() {
    let temp = temp();
    let home = temp.path().to_str().unwrap();
    let xdg = format!("{home}/xdg");
    let at = |variables: &[(&str, &str)]| {
        DataDir::open("wallet", None, &Env::of(variables)).map(|d| d.path().to_owned())
    };
    assert_eq!(at(&[("HOME", home)]).unwrap(), temp.path().join(".local/share/absah/wallet"));
    assert_eq!(at(&[("HOME", home), ("XDG_DATA_HOME", &xdg)]).unwrap(), temp.path().join("xdg/absah/wallet"));
    assert_eq!(
        at(&[("HOME", home), ("XDG_DATA_HOME", "relative")]).unwrap(),
        temp.path().join(".local/share/absah/wallet")
    );
    assert_eq!(code(at(&[("HOME", "")])), Some("data-dir-no-home"));
}

#[test]
fn one_writer_at_a_time() {
    let temp = temp();
    let (one, other) = (open(temp.path()), open(temp.path()));
    let held = one.lock().unwrap();
    assert_eq!(code(other.try_lock()), Some("data-dir-busy"));
    assert_eq!(code(other.lock_within(std::time::Duration::from_millis(120))), Some("data-dir-busy"));
    drop(held);
    assert!(other.lock_within(std::time::Duration::ZERO).is_ok());
    assert!(other.try_lock().is_ok());
}

#[test]
fn settings_flag_before_environment_before_file() {
    let temp = temp();
    let dir = open(temp.path());
    fs::write(dir.join("config.toml"), "public_url = \"https://file\"\nbatch = 12\nquiet = true\n").unwrap();
    let known = ["public_url", "batch", "quiet", "place"];
    let settings = |env: &[(&str, &str)]| Settings::load(&dir, &Env::of(env), &known).unwrap();
    let plain = settings(&[]);
    assert_eq!(plain.text("public_url", None).unwrap().as_deref(), Some("https://file"));
    assert_eq!(plain.number("batch", None).unwrap(), Some(12));
    assert!(plain.switch("quiet", false).unwrap());
    let env = settings(&[("ABSAH_PUBLIC_URL", "https://env"), ("ABSAH_BATCH", "7"), ("ABSAH_QUIET", "0")]);
    assert_eq!(env.text("public_url", None).unwrap().as_deref(), Some("https://env"));
    assert_eq!(env.text("public_url", Some("https://flag")).unwrap().as_deref(), Some("https://flag"));
    assert_eq!(env.number("batch", None).unwrap(), Some(7));
    assert_eq!(env.number("batch", Some(1)).unwrap(), Some(1));
    assert!(!env.switch("quiet", false).unwrap());
    assert!(env.switch("quiet", true).unwrap());
    assert_eq!(code(plain.required("place", None)), Some("settings-missing"));
    assert_eq!(code(plain.number("public_url", None)), Some("settings-value"));
    assert_eq!(code(plain.text("batch", None)), Some("settings-value"));
    assert_eq!(code(settings(&[("ABSAH_BATCH", "many")]).number("batch", None)), Some("settings-value"));
}

#[test]
fn settings_refuse_a_broken_file() {
    let temp = temp();
    let dir = open(temp.path());
    let load = |text: &str| {
        fs::write(dir.join("config.toml"), text).unwrap();
        code(Settings::load(&dir, &Env::default(), &["batch"]))
    };
    assert_eq!(load("batch = "), Some("settings-not-toml"));
    assert_eq!(load("bacth = 12"), Some("settings-unknown-key"));
    assert_eq!(load("profile = \"live\""), Some("settings-value"));
    assert_eq!(load("batch = 12"), None);
}

#[test]
fn development_mode_is_said_and_never_in_production() {
    let temp = temp();
    let dir = open(temp.path());
    let settings = |env: &[(&str, &str)]| Settings::load(&dir, &Env::of(env), &[]).unwrap();
    assert_eq!(settings(&[]).reach(false), Ok(Reach::PublicOnly));
    assert_eq!(settings(&[]).reach(true), Ok(Reach::DevLoopback));
    assert_eq!(settings(&[("ABSAH_DEV", "1")]).reach(false), Ok(Reach::DevLoopback));
    fs::write(dir.join("config.toml"), "profile = \"production\"").unwrap();
    assert_eq!(code(settings(&[("ABSAH_DEV", "1")]).reach(false)), Some("dev-in-production"));
    assert_eq!(code(settings(&[]).reach(true)), Some("dev-in-production"));
    assert_eq!(settings(&[]).reach(false), Ok(Reach::PublicOnly));
    assert_eq!(code(Reach::PublicOnly.url("http://127.0.0.1:8080")), Some("url-not-https"));
    assert!(Reach::DevLoopback.url("http://127.0.0.1:8080").is_ok());
    let (mut console, captured) = Console::captured(Lang::En);
    Reach::PublicOnly.announce(&mut console);
    assert_eq!(captured.take_err(), "");
    Reach::DevLoopback.announce(&mut console);
    assert!(captured.take_err().starts_with("development mode"));
}

#[test]
fn key_passphrase_rules() {
    let temp = temp();
    let dir = open(&temp.path().join("data"));
    let passphrase = |env: &[(&str, &str)]| {
        let settings = Settings::load(&dir, &Env::of(env), &[]).unwrap();
        let (mut console, captured) = Console::captured(Lang::Id);
        let found = key_passphrase(&dir, &settings, &mut Counting(0), &mut console);
        (found.map(|secret| secret.expose().clone()), captured.take_err())
    };
    let (fresh, said) = passphrase(&[]);
    let fresh = fresh.unwrap();
    assert!(said.contains("development key protection"));
    assert_eq!(fresh.len(), 43);
    assert_eq!(mode(&dir.join("keys/passphrase")), 0o600);
    assert_eq!(mode(&dir.join("keys")), 0o700);
    let (again, said) = passphrase(&[]);
    assert_eq!(again.unwrap(), fresh);
    assert!(said.contains("development key protection"), "said at every start");
    let settings = Settings::load(&dir, &Env::of(&[]), &[]).unwrap();
    let (mut console, captured) = Console::captured(Lang::Id);
    for _ in 0..3 {
        let _ = key_passphrase(&dir, &settings, &mut Counting(0), &mut console).unwrap();
    }
    assert_eq!(captured.take_err().matches("development key protection").count(), 1, "and once in each");

    let file = temp.path().join("secret");
    let env = [("ABSAH_KEY_PASSPHRASE_FILE", file.to_str().unwrap())];
    assert_eq!(code(passphrase(&env).0), Some("file-missing"));
    fs::write(&file, "\n").unwrap();
    assert_eq!(code(passphrase(&env).0), Some("key-passphrase-empty"));
    fs::write(&file, "correct horse\nsecond line").unwrap();
    let (given, said) = passphrase(&env);
    assert_eq!((given.unwrap().as_str(), said.as_str()), ("correct horse", ""));

    fs::write(dir.join("config.toml"), "profile = \"production\"").unwrap();
    assert_eq!(code(passphrase(&[]).0), Some("key-passphrase-required"));
    assert_eq!(passphrase(&env).0.unwrap(), "correct horse");
}

#[test]
fn pin_from_the_environment() {
    let (console, _) = Console::captured(Lang::Id);
    let ask = |pin: &str| Pin::ask(&Env::of(&[("ABSAH_PIN", pin)]), &console);
    assert_eq!(ask("271828").unwrap().expose(), "271828");
    assert_eq!(ask("123456").unwrap().expose(), "123456");
    assert_eq!(code(Pin::ask_new(&Env::of(&[("ABSAH_PIN", "123456")]), &console)), Some("pin-weak"));
    assert_eq!(code(ask("27182")), Some("pin-format"));
}

#[test]
fn atomic_write_leaves_the_old_or_the_new() {
    let temp = temp();
    let path = temp.path().join("note");
    write_atomic(&path, b"old", Mode::Private).unwrap();
    write_atomic(&path, b"new", Mode::Private).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(mode(&path), 0o600);
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1, "nothing left over");
    let missing = temp.path().join("no/such/folder/note");
    assert_eq!(code(write_atomic(&missing, b"x", Mode::Public)), Some("file-unwritable"));
    assert_eq!(code(write_new(&path, b"third", Mode::Private)), Some("file-unwritable"));
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1);
}

#[test]
fn files_are_read_within_their_limit() {
    let temp = temp();
    let path = temp.path().join("note");
    fs::write(&path, [0xff; 10]).unwrap();
    assert_eq!(read_file(&path, 10).unwrap().len(), 10);
    assert_eq!(code(read_file(&path, 9)), Some("file-too-large"));
    assert_eq!(code(read_text(&path, 10)), Some("file-not-text"));
    assert_eq!(code(read_file(&temp.path().join("none"), 10)), Some("file-missing"));
    assert_eq!(code(read_file(temp.path(), 10)), Some("file-unreadable"));
}

fn files(entries: &[(&str, &str)]) -> FileMap {
    entries.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

#[test]
fn folder_is_replaced_as_a_whole() {
    let temp = temp();
    let path = temp.path().join("bundle");
    let first = files(&[("metadata/1.root.json", "{}"), ("targets/status/a.jwt", "x"), ("targets/b", "y")]);
    write_folder(&path, &first, Mode::Public).unwrap();
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), first);
    let second = files(&[("metadata/2.root.json", "{}")]);
    write_folder(&path, &second, Mode::Public).unwrap();
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), second);
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1, "nothing left over");
    for name in ["../out", "/etc/passwd", "", "a/../../b", "a/", "./a"] {
        let names: FileMap = BTreeMap::from([(name.to_owned(), vec![])]);
        assert_eq!(code(write_folder(&path, &names, Mode::Public)), Some("folder-name"), "{name:?}");
    }
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), second);
    fs::write(temp.path().join("plain"), "x").unwrap();
    assert_eq!(
        code(write_folder(&temp.path().join("plain"), &second, Mode::Public)),
        Some("file-unwritable")
    );
    assert_eq!(fs::read(temp.path().join("plain")).unwrap(), b"x");
}

#[test]
fn a_staged_folder_changes_nothing_until_it_is_put() {
    let temp = temp();
    let path = temp.path().join("bundle");
    let (old, new) = (files(&[("a", "1")]), files(&[("b", "2")]));
    write_folder(&path, &old, Mode::Public).unwrap();
    drop(crate::stage_folder(&path, &new, Mode::Public).unwrap());
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), old);
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1, "what was not put is gone");
    crate::stage_folder(&path, &new, Mode::Public).unwrap().put().unwrap();
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), new);
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1);

    fs::write(temp.path().join("plain"), "x").unwrap();
    std::os::unix::fs::symlink(&path, temp.path().join("link")).unwrap();
    let hostile =
        [temp.path().join("plain"), temp.path().join("plain/in"), temp.path().join("link"), "/proc".into()];
    for place in hostile {
        let staged = crate::stage_folder(&place, &new, Mode::Public);
        assert_eq!(code(staged.map(drop)), Some("file-unwritable"), "{}", place.display());
    }
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 3, "nothing is left beside them");
    assert_eq!(read_folder(&path, FolderLimits::default()).unwrap(), new);
}

#[test]
fn folder_is_read_within_limits() {
    let temp = temp();
    write_folder(&temp.path().join("f"), &files(&[("a", "12345"), ("b/c", "12345")]), Mode::Private).unwrap();
    let read = |limits| read_folder(&temp.path().join("f"), limits);
    let enough = FolderLimits { files: 2, bytes: 10, depth: 1 };
    assert_eq!(read(enough).unwrap().len(), 2);
    for (name, limits) in [
        ("one file", FolderLimits { files: 1, ..enough }),
        ("nine bytes", FolderLimits { bytes: 9, ..enough }),
        ("flat", FolderLimits { depth: 0, ..enough }),
    ] {
        assert_eq!(code(read(limits)), Some("folder-too-large"), "{name}");
    }
    std::os::unix::fs::symlink("/etc/passwd", temp.path().join("f/link")).unwrap();
    assert_eq!(code(read(enough)), Some("folder-not-plain"));
    assert_eq!(code(read_folder(&temp.path().join("none"), enough)), Some("file-missing"));
}

#[test]
fn run_file_says_where_the_server_is() {
    let temp = temp();
    let dir = open(temp.path());
    assert_eq!(RunFile::read(&dir), None);
    let (mut console, captured) = Console::captured(Lang::Id);
    let run = RunFile::new("http://127.0.0.1:4321", Timestamp::from_unix(0));
    run.announce(&dir, &mut console).unwrap();
    assert_eq!(captured.take_out(), "listening http://127.0.0.1:4321\n");
    assert_eq!(RunFile::read(&dir), Some(run.clone()));
    RunFile { pid: 1, ..run }.announce(&dir, &mut console).unwrap();
    RunFile::remove(&dir);
    assert!(RunFile::read(&dir).is_some(), "another process's file stays");
    RunFile::new("u", Timestamp::from_unix(0)).announce(&dir, &mut console).unwrap();
    RunFile::remove(&dir);
    assert_eq!(RunFile::read(&dir), None);
}

#[test]
fn report_in_words_and_in_json() {
    let (mut console, captured) = Console::captured(Lang::En);
    assert_eq!(report(&PinError::Weak, &mut console), Exit::Refused);
    assert_eq!(
        captured.take_err(),
        "This PIN is too easy to guess. [pin-weak]\nChoose six other digits, not in a row and not repeated.\n"
    );
    console.set_json(true);
    assert_eq!(report(&DataDirError::Busy, &mut console), Exit::Environment);
    let answer: serde_json::Value = serde_json::from_str(&captured.take_out()).unwrap();
    assert_eq!(answer["error"]["code"], "data-dir-busy");
    assert_eq!(answer["error"]["message"], "Another process is writing this data.");
    assert_eq!(answer["error"]["remedy"], "Wait a moment and try again.");
    assert_eq!(captured.take_err(), "");
}

#[test]
fn a_report_names_the_thing() {
    let (mut console, captured) = Console::captured(Lang::En);
    let error = read_file(Path::new("/nowhere/two\u{1b}[31m.csv"), 1).unwrap_err();
    let _ = report(&error, &mut console);
    let said = captured.take_err();
    assert!(said.lines().next().unwrap().ends_with("[file-missing]: /nowhere/two [31m.csv"), "{said}");
    let _ = report(&FolderError::File(error), &mut console);
    assert_eq!(captured.take_err(), said, "whatever wraps it");
    console.set_json(true);
    let _ = report(&SettingsError::Missing { key: "public_url" }, &mut console);
    let answer: serde_json::Value = serde_json::from_str(&captured.take_out()).unwrap();
    assert_eq!(answer["error"]["about"], "public_url");
}

#[test]
fn an_officer_reads_the_officers_text() {
    for lang in Lang::ALL {
        let (mut console, _) = Console::captured(lang);
        let citizen = console.said("rec", "sector-foreign").unwrap();
        console.set_for_officers();
        assert_ne!(console.said("rec", "sector-foreign").unwrap(), citizen, "{lang}");
        assert!(console.said("rec", "file-missing").is_some(), "{lang}: most texts are the same for all");
    }
}

#[test]
fn a_database_is_the_owners_alone() {
    let temp = temp();
    let file = temp.path().join("a.sqlite");
    keep_private(&file, &["-wal", "-shm"]).unwrap();
    assert_eq!(mode(&file), 0o600);
    assert!(!temp.path().join("a.sqlite-wal").exists());
    for name in ["a.sqlite", "a.sqlite-wal"] {
        fs::write(temp.path().join(name), name).unwrap();
        fs::set_permissions(temp.path().join(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    keep_private(&file, &["-wal", "-shm"]).unwrap();
    for name in ["a.sqlite", "a.sqlite-wal"] {
        assert_eq!(mode(&temp.path().join(name)), 0o600, "{name}");
        assert_eq!(fs::read_to_string(temp.path().join(name)).unwrap(), name, "nothing is lost");
    }
    assert_eq!(code(keep_private(&temp.path().join("no/a.sqlite"), &[])), Some("file-unwritable"));
}

#[test]
fn every_code_has_two_texts_in_three_languages() {
    let all = [
        RandomError::CODES,
        FileError::CODES,
        FolderError::CODES,
        DataDirError::CODES,
        SettingsError::CODES,
        PassphraseError::CODES,
        crate::PasswordError::CODES,
        PinError::CODES,
    ];
    for code in all.into_iter().flatten() {
        for lang in Lang::ALL {
            for kind in ["err", "rec"] {
                assert!(
                    absah_schemas::text(lang, &format!("{kind}-{code}")).is_some(),
                    "{lang} {kind}-{code}"
                );
            }
        }
    }
}

#[test]
fn language_of_the_environment() {
    let lang = |env: &[(&str, &str)]| Console::of_process(&Env::of(env)).lang();
    assert_eq!(lang(&[]), Lang::Id);
    assert_eq!(lang(&[("LANG", "en_US.UTF-8")]), Lang::En);
    assert_eq!(lang(&[("LANG", "en_US.UTF-8"), ("ABSAH_LANG", "jv")]), Lang::Jv);
    assert_eq!(lang(&[("LANG", "C.UTF-8")]), Lang::Id);
}

#[test]
fn the_machine_has_a_clock_and_randomness() {
    assert!(SystemClock.now() > Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap());
    let mut rng = OsRng::open().unwrap();
    assert_ne!(absah_types::array::<32>(&mut rng), absah_types::array::<32>(&mut rng));
}

#[test]
fn what_a_killed_writer_left_goes_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let bundle = place.path().join("bundle");
    // A process that has ended, and been waited for.
    let mut ended = std::process::Command::new("true").spawn().unwrap();
    let gone = ended.id();
    ended.wait().unwrap();
    let alive = std::os::unix::process::parent_id();
    let make = |name: String| std::fs::create_dir_all(place.path().join(name).join("metadata")).unwrap();
    let kept = [
        format!(".bundle.{alive}-0.tmp"),
        format!(".other.{gone}-0.tmp"),
        format!(".bundle.{gone}-x.tmp"),
        format!(".bundle.{gone}.tmp"),
        format!("bundle.{gone}-0.tmp"),
        ".bundle.0-0.tmp".to_owned(),
        ".bundle.-1-0.tmp".to_owned(),
    ];
    kept.iter().cloned().for_each(make);
    std::fs::write(place.path().join(format!(".bundle.{gone}-7.tmp")), "a file, none of ours").unwrap();
    for count in [0, 3] {
        make(format!(".bundle.{gone}-{count}.tmp"));
    }
    let content = [("metadata/a".to_owned(), b"a".to_vec())].into();
    crate::write_folder(&bundle, &content, Mode::Public).unwrap();
    for count in [0, 3] {
        assert!(!place.path().join(format!(".bundle.{gone}-{count}.tmp")).exists());
    }
    for name in kept {
        assert!(place.path().join(&name).exists(), "{name}");
    }
    assert!(place.path().join(format!(".bundle.{gone}-7.tmp")).exists());
    assert!(bundle.join("metadata/a").is_file());
}
