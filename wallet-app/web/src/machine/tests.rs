//! The machine against a browser that does what is wanted, or refuses: each refusal with its own code.

use absah_crypto::{PrivateKey, hmac_sha256};
use absah_testkit::SeededRng;
use absah_wallet_shell::Going;

use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_795_780_800);
const PIN: &str = "271828";

/// A browser: what it keeps survives its pages.
struct Browser {
    now: Timestamp,
    blobs: BTreeMap<String, Vec<u8>>,
    keys: BTreeMap<String, PrivateKey>,
    origin: Option<[u8; 32]>,
    other_tab: bool,
    refuses: Option<BrowserError>,
    asked: Vec<String>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            now: NOW,
            blobs: BTreeMap::new(),
            keys: BTreeMap::new(),
            origin: None,
            other_tab: false,
            refuses: None,
            asked: Vec::new(),
        }
    }
}

impl Browser {
    fn page(&self) -> Machine {
        self.page_of(self.blobs.get("tries").cloned())
    }

    fn page_of(&self, tries: Option<Vec<u8>>) -> Machine {
        Machine::new(Start {
            lang: "id-ID".into(),
            loopback: false,
            exists: self.blobs.contains_key("vault"),
            preferences: None,
            tries,
            trouble: None,
            list: None,
            rng: Box::new(SeededRng::new(7)),
        })
    }

    fn press(&mut self, machine: &mut Machine, pressed: Pressed) -> Out {
        let mut out = machine.press(pressed, self.now);
        while let Some(want) = out.want.take() {
            let came = self.does(machine, want);
            out = machine.came(came, self.now);
        }
        out
    }

    fn does(&mut self, machine: &mut Machine, want: Want) -> Came {
        self.asked.push(format!("{want:?}").split([' ', '{']).next().unwrap_or_default().to_owned());
        match want {
            Want::Enter { .. } if self.other_tab => Came::Failed { why: BrowserError::OtherTab },
            Want::Enter { pin, fresh } => {
                machine.forget();
                for (name, bytes) in &self.blobs {
                    machine.load(name, bytes.clone());
                }
                if fresh && self.origin.is_none() {
                    self.origin = Some([7; 32]);
                }
                self.mixed(&pin)
            }
            Want::Mix { pin } => self.mixed(&pin),
            Want::Keep { put, remove, keys } => {
                if let Some(why) = self.refuses {
                    return Came::Failed { why };
                }
                for name in put {
                    let bytes = machine.bytes(&name);
                    self.blobs.insert(name, bytes);
                }
                for name in remove {
                    self.blobs.remove(&name);
                }
                if let Some(keys) = keys {
                    self.keys.retain(|id, _| keys.contains(id));
                }
                Came::Done
            }
            Want::Make { .. } | Want::Sign { .. } => Came::Failed { why: BrowserError::KeyGone },
            Want::Drop { .. } | Want::Download { .. } => Came::Done,
        }
    }

    fn mixed(&self, pin: &str) -> Came {
        match &self.origin {
            Some(key) => Came::Mixed { pin: hex::encode(hmac_sha256(key, pin.as_bytes())) },
            None => Came::Failed { why: BrowserError::KeyGone },
        }
    }

    fn made() -> (Self, Machine) {
        let mut browser = Self::default();
        let mut machine = browser.page();
        browser.press(&mut machine, Pressed::Begin);
        browser.press(&mut machine, pin(PIN));
        let out = browser.press(&mut machine, pin(PIN));
        assert!(matches!(out.view.screen, ScreenView::Cards { .. }), "{:?}", out.view.screen);
        (browser, machine)
    }
}

fn pin(digits: &str) -> Pressed {
    Pressed::Pin { pin: digits.to_owned() }
}

fn broken(out: &Out) -> (&str, bool) {
    match &out.view.screen {
        ScreenView::Broken { told, aside, .. } => (&told.code, *aside),
        other => panic!("not broken: {other:?}"),
    }
}

#[test]
fn a_wallet_is_made_locked_and_opened_by_its_pin_alone() {
    let (mut browser, mut machine) = Browser::made();
    assert_eq!(browser.blobs.keys().collect::<Vec<_>>(), ["vault"]);
    let out = browser.press(&mut machine, Pressed::Lock);
    assert!(out.leave && !out.view.open, "other tabs may have it now");
    let out = browser.press(&mut machine, pin("314159"));
    assert!(matches!(&out.view.screen, ScreenView::Pin { problem: Some(_), .. }), "{:?}", out.view.screen);
    assert!(out.leave && out.remember.is_some(), "wrong PINs are counted");
    let out = browser.press(&mut machine, pin(PIN));
    assert!(out.view.open);
    // A page loaded anew, and a copy of the vault in a browser without the origin's key.
    let mut again = browser.page();
    assert!(browser.press(&mut again, pin(PIN)).view.open);
    browser.origin = None;
    assert_eq!(broken(&browser.press(&mut browser.page(), pin(PIN))), ("browser-key-gone", true));
}

fn waits(out: &Out) -> Option<i64> {
    match &out.view.screen {
        ScreenView::Pin { wait_s, problem, .. } => {
            assert_eq!(wait_s.is_some(), problem.as_deref().is_some_and(|told| told.contains("Tunggu")));
            *wait_s
        }
        other => panic!("no PIN is asked for: {other:?}"),
    }
}

#[test]
fn wrong_pins_are_counted_beside_the_vault_and_the_wait_is_told_by_a_page_loaded_anew() {
    let (mut browser, mut machine) = Browser::made();
    browser.press(&mut machine, Pressed::Lock);
    // A page loaded anew for each, and nothing remembered elsewhere.
    for wrong in 1..=5 {
        let mut page = browser.page();
        let out = browser.press(&mut page, pin("314159"));
        assert_eq!(waits(&out), (wrong == 5).then_some(30), "{wrong}");
        assert!(!out.remember.unwrap_or_default().contains(&format!("\"wrong\":{wrong}")));
    }
    let mut page = browser.page();
    assert_eq!(waits(&browser.press(&mut page, Pressed::Back)), Some(30), "told before anything is typed");
    let asked = browser.asked.len();
    assert_eq!(waits(&browser.press(&mut page, pin(PIN))), Some(30), "also the right one waits");
    assert_eq!(browser.asked.len(), asked, "and is not tried");
    // A page that knows nothing of the tries of another.
    let mut other = browser.page_of(None);
    assert_eq!(waits(&browser.press(&mut other, pin(PIN))), Some(30));
    assert_eq!(browser.blobs.keys().collect::<Vec<_>>(), ["tries", "vault"]);
    let mut later = browser.page();
    browser.now = NOW.plus(Seconds(30));
    assert!(browser.press(&mut later, pin(PIN)).view.open);
    assert_eq!(browser.blobs.keys().collect::<Vec<_>>(), ["vault"]);
}

#[test]
fn a_pin_that_cannot_be_counted_is_not_tried() {
    let (mut browser, mut machine) = Browser::made();
    browser.press(&mut machine, Pressed::Lock);
    browser.refuses = Some(BrowserError::Full);
    assert_eq!(broken(&browser.press(&mut machine, pin(PIN))), ("browser-full", false));
    browser.refuses = None;
    browser.press(&mut machine, Pressed::Refuse);
    // The page goes away in the middle of a try: it counts.
    let mut out = machine.press(pin("314159"), NOW);
    while let Some(want) = out.want.take() {
        let is_counted = matches!(want, Want::Keep { .. });
        let came = browser.does(&mut machine, want);
        if is_counted {
            break;
        }
        out = machine.came(came, NOW);
    }
    assert!(String::from_utf8_lossy(&browser.blobs["tries"]).contains("\"wrong\":1"));
    let mut again = browser.page();
    browser.press(&mut again, Pressed::Back);
    assert!(browser.press(&mut again, pin(PIN)).view.open);
    // Checked on an open wallet, too.
    browser.press(&mut again, Pressed::Go { to: Going::Settings });
    browser.press(&mut again, Pressed::ChangePin);
    assert_eq!(waits(&browser.press(&mut again, pin("314159"))), None);
    assert!(browser.blobs.contains_key("tries"));
    browser.press(&mut again, pin(PIN));
    browser.press(&mut again, pin("508391"));
    browser.press(&mut again, pin("508391"));
    assert!(!browser.blobs.contains_key("tries"), "gone with what was written next");
}

#[test]
fn the_pin_is_changed_and_the_old_one_holds_when_that_was_not_kept() {
    let (mut browser, mut machine) = Browser::made();
    browser.press(&mut machine, Pressed::Go { to: Going::Settings });
    for digits in [PIN, "508391"] {
        if digits == PIN {
            browser.press(&mut machine, Pressed::ChangePin);
        }
        browser.press(&mut machine, pin(digits));
    }
    browser.refuses = Some(BrowserError::Full);
    let out = browser.press(&mut machine, pin("508391"));
    assert!(!out.view.open, "memory was ahead of what is kept");
    browser.refuses = None;
    assert!(browser.press(&mut machine, pin(PIN)).view.open);
    browser.press(&mut machine, Pressed::Go { to: Going::Settings });
    browser.press(&mut machine, Pressed::ChangePin);
    browser.press(&mut machine, pin(PIN));
    browser.press(&mut machine, pin("508391"));
    let out = browser.press(&mut machine, pin("508391"));
    assert!(matches!(out.view.screen, ScreenView::PinChanged), "{:?}", out.view.screen);
    assert!(browser.press(&mut browser.page(), pin("508391")).view.open);
}

#[test]
fn two_tabs() {
    let (mut browser, _) = Browser::made();
    browser.other_tab = true;
    let mut second = browser.page();
    let out = browser.press(&mut second, pin(PIN));
    assert_eq!(broken(&out), ("browser-other-tab", false), "nothing is put aside that another tab has open");
    // Whatever a page sends: the vault of the other tab stays.
    browser.press(&mut second, Pressed::Agree { code: None });
    assert!(browser.blobs.contains_key("vault"));
    browser.other_tab = false;
    browser.press(&mut second, Pressed::Refuse);
    assert!(browser.press(&mut second, pin(PIN)).view.open);
}

#[test]
fn storage_evicted() {
    let (mut browser, _) = Browser::made();
    // While no page was open: what is remembered elsewhere tells, and a new wallet can be begun.
    browser.blobs.clear();
    let start = |trouble| Start {
        lang: "id".into(),
        loopback: false,
        exists: true,
        preferences: None,
        tries: None,
        trouble,
        list: None,
        rng: Box::new(SeededRng::new(8)),
    };
    let mut machine = Machine::new(start(Some(BrowserError::Evicted)));
    let out = machine.press(Pressed::Back, NOW);
    assert_eq!(broken(&out), ("browser-evicted", true));
    let out = browser.press(&mut machine, Pressed::Agree { code: None });
    assert!(matches!(out.view.screen, ScreenView::Welcome), "{:?}", out.view.screen);
    assert_eq!(out.exists, Some(false));
    // Between the start of the page and the PIN.
    let out = browser.press(&mut Machine::new(start(None)), pin(PIN));
    assert_eq!(broken(&out), ("browser-evicted", true));
}

#[test]
fn private_mode_and_no_room() {
    for (why, code) in [
        (BrowserError::NoStorage, "browser-no-storage"),
        (BrowserError::Full, "browser-full"),
        (BrowserError::Storage, "browser-storage"),
    ] {
        let mut browser = Browser { refuses: Some(why), ..Browser::default() };
        let mut machine = browser.page();
        browser.press(&mut machine, Pressed::Begin);
        browser.press(&mut machine, pin(PIN));
        let out = browser.press(&mut machine, pin(PIN));
        assert_eq!(broken(&out), (code, false), "there is nothing to put aside");
        assert!(out.leave && browser.blobs.is_empty());
    }
    let start = Start {
        lang: "fr".into(),
        loopback: false,
        exists: false,
        preferences: Some("no JSON".into()),
        tries: Some(b"no JSON".to_vec()),
        trouble: Some(BrowserError::NoStorage),
        list: Some(b"no list".to_vec()),
        rng: Box::new(SeededRng::new(9)),
    };
    let mut machine = Machine::new(start);
    assert_eq!(broken(&machine.press(Pressed::Back, NOW)), ("browser-no-storage", false));
    assert_eq!(machine.lang(), Lang::Id);
}

#[test]
fn nothing_is_pressed_while_the_browser_works() {
    let (_, mut machine) = Browser::made();
    let mut other = Browser::default().page();
    other.press(Pressed::Begin, NOW);
    other.press(pin(PIN), NOW);
    let out = other.press(pin(PIN), NOW);
    assert!(matches!(out.want, Some(Want::Enter { fresh: true, .. })));
    assert!(other.press(Pressed::Back, NOW).want.is_none());
    // An answer to another question is none.
    assert_eq!(broken(&other.came(Came::Made { keys: Vec::new() }, NOW)).0, "browser-unreadable");
    assert!(machine.came(Came::Done, NOW).want.is_none(), "nothing was asked");
}

#[test]
fn pictures_without_codes_are_said_and_the_screen_stays() {
    let (mut browser, mut machine) = Browser::made();
    browser.press(&mut machine, Pressed::Go { to: Going::Add });
    let told = machine.pictures(vec![String::new()], NOW).unwrap_err();
    assert_eq!(told.code, "browser-no-code");
    assert!(matches!(machine.view(NOW).screen, ScreenView::Add));
    let look = machine.camera(vec!["hello".into()], NOW);
    assert!(!look.whole && look.out.is_none());
    assert!(machine.camera(vec!["openid4vp://?request_uri=https%3A%2F%2Fx".into()], NOW).whole);
}

#[test]
fn a_backup_is_handed_out_and_taken_in() {
    let (mut browser, mut machine) = Browser::made();
    browser.press(&mut machine, Pressed::Go { to: Going::Backup });
    let mut out = machine.press(Pressed::Agree { code: None }, NOW);
    let Some(Want::Download { name }) = out.want.take() else { panic!("no file: {out:?}") };
    let file = machine.bytes(&name);
    let out = machine.came(Came::Done, NOW);
    let ScreenView::BackupMade { file: told, code } = out.view.screen else {
        panic!("{:?}", out.view.screen)
    };
    assert_eq!(told, name);
    let mut fresh = Browser::default().page();
    fresh.press(Pressed::Go { to: Going::Restore }, NOW);
    let out = fresh.restore(file.clone(), code.concat(), NOW);
    assert!(matches!(out.view.screen, ScreenView::RestorePreview { .. }), "{:?}", out.view.screen);
    let mut other = Browser::default().page();
    other.press(Pressed::Go { to: Going::Restore }, NOW);
    let out = other.restore(file, "0".repeat(20), NOW);
    assert!(matches!(out.view.screen, ScreenView::Restore { problem: Some(_) }), "{:?}", out.view.screen);
}

#[test]
fn addresses_that_a_wallet_must_not_ask_are_not_asked() {
    let (mut browser, mut machine) = Browser::made();
    let link = "openid-credential-offer://?credential_offer_uri=http%3A%2F%2F127.0.0.1%3A1%2Foffers%2F1";
    let out = browser.press(&mut machine, Pressed::Read { texts: vec![link.into()] });
    assert!(out.job.is_none(), "http to this machine only where the page comes from there");
    assert!(matches!(out.view.screen, ScreenView::Refused { .. }), "{:?}", out.view.screen);
}
