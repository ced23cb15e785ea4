//! Several wallets on one device, one of them in its place: what belongs to each stays with it.

use std::path::Path;
use std::sync::Arc;

use absah_host::{DataDir, Env, Reach};
use absah_testkit::{FixedClock, SeededRng};
use absah_trust::sample::City;
use absah_types::{Lang, Seconds, Timestamp};
use absah_wallet_core::window::{PinFor, PinProblem, Screen, Tries};

use crate::{DesktopKeys, FolderView, Going, Pressed, Shell, Start};

const OWN: &str = "739154";
const OTHER: &str = "402871";
const NOW: Timestamp = Timestamp::from_unix(1_795_323_600);

fn shell(folder: &Path, clock: &FixedClock, bundle: Option<&Path>) -> Shell {
    let env = Env::of(&[("ABSAH_KEY_STORE", "off")]);
    let dir = DataDir::open("wallet", Some(&folder.join("wallet")), &env).unwrap();
    let root = |folder: &Path| {
        absah_types::hex::decode_array(&std::fs::read_to_string(folder.join("root")).unwrap()).unwrap()
    };
    Shell::new(Start {
        dir,
        reach: Reach::PublicOnly,
        lang: Lang::Id,
        backups: folder.to_owned(),
        backups_go_with_app: false,
        bundle: bundle.map(|folder| (folder.join("bundle"), root(folder))),
        keys: DesktopKeys::of(&env),
        clock: Arc::new(clock.clone()),
        rng: Box::new(SeededRng::new(clock_seed(clock))),
    })
    .unwrap()
}

/// Another wallet is never made from the same randomness.
fn clock_seed(clock: &FixedClock) -> u64 {
    absah_types::Clock::now(clock).unix().unsigned_abs()
}

/// A sample city's list in a folder, and the hash of its root beside it.
fn list(folder: &Path) {
    let city = City::at(NOW);
    let files = city.publish(1, &city.contents(vec![]));
    let root = absah_crypto::sha256(files.get("metadata/1.root.json").unwrap());
    for (name, bytes) in files {
        let path = folder.join("bundle").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(folder.join("root"), absah_types::hex::encode(root)).unwrap();
}

fn press(shell: &mut Shell, pressed: Pressed) {
    assert!(shell.press(pressed).is_none(), "nothing of this needs the network");
}

fn pin(shell: &mut Shell, pin: &str) {
    press(shell, Pressed::Pin { pin: pin.to_owned() });
}

fn begin(shell: &mut Shell, digits: &str) {
    press(shell, Pressed::Begin);
    pin(shell, digits);
    pin(shell, digits);
    assert_eq!(*shell.screen(), Screen::Cards);
}

/// From the locked wallet: it is put aside.
fn anew(shell: &mut Shell) {
    press(shell, Pressed::Go { to: Going::Forgot });
    press(shell, Pressed::Go { to: Going::Lost });
    press(shell, Pressed::Begin);
    press(shell, Pressed::Agree { code: None });
    press(shell, Pressed::Agree { code: None });
    assert_eq!(*shell.screen(), Screen::Welcome);
}

/// From an open wallet: the one that lies aside takes its place.
fn back(shell: &mut Shell) {
    press(shell, Pressed::Go { to: Going::Settings });
    press(shell, Pressed::BringBack);
    assert!(matches!(shell.screen(), Screen::Pin { to: PinFor::Open, .. }), "{:?}", shell.screen());
}

fn problem(shell: &Shell) -> Option<PinProblem> {
    match shell.screen() {
        Screen::Pin { problem, .. } => *problem,
        other => panic!("{other:?}"),
    }
}

/// Whoever has the locked device guesses no faster by another wallet in between, nor by ending the program.
#[test]
fn the_wait_after_wrong_pins_comes_back_with_its_wallet() {
    let folder = tempfile::tempdir().unwrap();
    let clock = FixedClock::at(NOW);
    let mut window = shell(folder.path(), &clock, None);
    begin(&mut window, OWN);
    press(&mut window, Pressed::Lock);
    for _ in 0..Tries::FREE {
        pin(&mut window, "000001");
    }
    let wait = Some(PinProblem::Wait(NOW.plus(Seconds(30))));
    assert_eq!(problem(&window), wait);
    clock.advance(Seconds(5));
    for restarts in [false, true] {
        anew(&mut window);
        if restarts {
            window = shell(folder.path(), &clock, None);
        }
        begin(&mut window, OTHER);
        // Its own count is its own, and is forgotten with its own PIN.
        press(&mut window, Pressed::Lock);
        pin(&mut window, "000002");
        assert_eq!(problem(&window), Some(PinProblem::Wrong));
        pin(&mut window, OTHER);
        back(&mut window);
        if restarts {
            window = shell(folder.path(), &clock, None);
        }
        pin(&mut window, OWN);
        assert_eq!(problem(&window), wait, "also the right one waits");
        clock.advance(Seconds(1));
    }
    clock.set(NOW.plus(Seconds(30)));
    pin(&mut window, "000001");
    assert_eq!(problem(&window), Some(PinProblem::Wait(NOW.plus(Seconds(90)))), "the sixth, not the first");
    clock.set(NOW.plus(Seconds(90)));
    pin(&mut window, OWN);
    assert_eq!(*window.screen(), Screen::Cards);
    press(&mut window, Pressed::Lock);
    pin(&mut window, "000001");
    assert_eq!(problem(&window), Some(PinProblem::Wrong), "the right one has ended it");
}

/// A count that an earlier version wrote for the wallet in its place is that wallet's.
#[test]
fn a_count_of_an_earlier_version_holds_on() {
    let folder = tempfile::tempdir().unwrap();
    let clock = FixedClock::at(NOW);
    begin(&mut shell(folder.path(), &clock, None), OWN);
    let kept = format!(
        r#"{{"lang":"jv","theme":"dark","text":"large","tries":{{"wrong":6,"not_before":{}}}}}"#,
        serde_json::to_string(&NOW.plus(Seconds(60))).unwrap()
    );
    std::fs::write(folder.path().join("wallet/window.json"), kept).unwrap();
    let mut window = shell(folder.path(), &clock, None);
    assert_eq!(window.lang(), Lang::Jv);
    let wait = Some(PinProblem::Wait(NOW.plus(Seconds(60))));
    pin(&mut window, OWN);
    assert_eq!(problem(&window), wait);
    anew(&mut window);
    clock.advance(Seconds(1));
    begin(&mut window, OTHER);
    back(&mut window);
    pin(&mut window, OWN);
    assert_eq!(problem(&window), wait);
}

/// Deleted is deleted: of a wallet that is gone no count stays either.
#[test]
fn a_deleted_wallet_leaves_no_count() {
    let folder = tempfile::tempdir().unwrap();
    let clock = FixedClock::at(NOW);
    let mut window = shell(folder.path(), &clock, None);
    begin(&mut window, OWN);
    press(&mut window, Pressed::Lock);
    pin(&mut window, "000001");
    let counted = || std::fs::read_to_string(folder.path().join("wallet/window.json")).unwrap();
    assert!(counted().contains("\"wrong\":1"), "{}", counted());
    pin(&mut window, OWN);
    assert!(!counted().contains("\"wrong\":1"), "{}", counted());
    press(&mut window, Pressed::Go { to: Going::Settings });
    press(&mut window, Pressed::Go { to: Going::Wipe });
    press(&mut window, Pressed::Agree { code: None });
    pin(&mut window, "000001");
    pin(&mut window, OWN);
    assert_eq!(*window.screen(), Screen::Welcome);
    assert!(!counted().contains("wrong\":1"), "{}", counted());
}

/// A list is trusted by the wallet that had it compared, and by the one made in that one's place; by no other that lies on
/// the same device.
#[test]
fn a_list_is_not_planted_into_a_wallet_that_has_none() {
    let folder = tempfile::tempdir().unwrap();
    list(folder.path());
    let clock = FixedClock::at(NOW);
    let mut window = shell(folder.path(), &clock, None);
    begin(&mut window, OWN);
    press(&mut window, Pressed::Lock);
    anew(&mut window);
    // Another's wallet with another's list; a list that comes with the installation stands for one that was compared.
    clock.advance(Seconds(1));
    window = shell(folder.path(), &clock, Some(folder.path()));
    begin(&mut window, OTHER);
    assert!(window.wallet().bundle().is_some());
    window = shell(folder.path(), &clock, None);
    pin(&mut window, OTHER);
    assert!(window.wallet().bundle().is_some());
    back(&mut window);
    pin(&mut window, OWN);
    assert_eq!(*window.screen(), Screen::Cards);
    assert!(window.wallet().bundle().is_none() && window.wallet().holdings().trust.is_none());
    // Nor into one that its owner makes in the place of another's.
    back(&mut window);
    window = shell(folder.path(), &clock, None);
    anew(&mut window);
    clock.advance(Seconds(1));
    window = shell(folder.path(), &clock, None);
    begin(&mut window, "615283");
    assert!(window.wallet().holdings().trust.is_none());
}

/// Who had a list and forgot the PIN has it in the new wallet; the old one has it still when it comes back.
#[test]
fn a_list_that_was_compared_holds_for_the_wallet_made_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    list(folder.path());
    let clock = FixedClock::at(NOW);
    begin(&mut shell(folder.path(), &clock, Some(folder.path())), OWN);
    let mut window = shell(folder.path(), &clock, None);
    anew(&mut window);
    clock.advance(Seconds(1));
    window = shell(folder.path(), &clock, None);
    begin(&mut window, OTHER);
    assert!(window.wallet().bundle().is_some());
    back(&mut window);
    pin(&mut window, OWN);
    assert!(window.wallet().bundle().is_some());
}

/// Whoever keeps a backup on a phone is told that it goes with the program; on a desktop nothing is said that is not so.
#[test]
fn a_folder_that_goes_with_the_program_says_so() {
    let path = std::path::Path::new("/data/absah");
    for (lang, word) in [(Lang::Id, "terhapus"), (Lang::Jv, "kabusak"), (Lang::En, "deleted with it")] {
        let note = FolderView::at(path).going_with_app(true, lang).note;
        assert!(note.as_ref().is_some_and(|note| note.contains(word)), "{note:?}");
        let typed = FolderView::absent("/salah", lang).going_with_app(true, lang);
        assert!(typed.note.is_some() && typed.problem.is_some());
        assert_eq!(FolderView::at(path).going_with_app(false, lang).note, None);
    }
}
