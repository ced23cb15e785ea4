//! The window's machine with a browser under it.

use std::collections::{BTreeMap, VecDeque};

use absah_crypto::envelope::KdfParams;
use absah_crypto::{PublicKey, Signature};
use absah_protocol::UrlRules;
use absah_qr::frames::{Assembler, Limits, MAX_FRAMES};
use absah_qr::{Kind, parcel};
use absah_trust::bundle::MAX_BUNDLE_BYTES;
use absah_trust::tuf;
use absah_types::{Coded, Lang, Rng, Seconds, Secret, Timestamp, array, base64url, hex};
use absah_wallet_core::window::{
    Contents, Failure, Input, Locks, Preferences, Press, Screen, Task, Tries, Trouble, Window, Work,
};
use absah_wallet_core::{
    Blob, Body, BundleFiles, Effect, Env, Fetch, FetchFailure, Fetched, HolderKey, Intent, KeyAssurance,
    KeyId, Wallet,
};
use absah_wallet_shell::{Glance, Pressed, Scan, ScreenView, Seen, Told, View, view_of};
use absah_wallet_store::{
    Blobs as _, NoDeviceKeys, Opened, RecoveryCode, SoftwareKeys, Vault, VaultError, open_backup, seal_backup,
};
use serde::Deserialize;

use crate::browser::BrowserError;
use crate::pull::{Next, NoBundle, Pull};
use crate::storage::Storage;
use crate::wire::{Came, Job, Look, Made, Out, Want};

/// Most texts of one reading.
const MAX_TEXTS: usize = 16 * MAX_FRAMES;
/// The longest message that frames carry, in bytes.
const MAX_MESSAGE: usize = 1 << 20;
/// Where the count of wrong PINs is kept: beside the vault, so that it cannot be thrown away without it.
const TRIES: &str = "tries";

/// How the machine begins.
pub struct Start {
    /// Language of the browser, as a tag with or without a region.
    pub lang: String,
    /// Also `http` to this machine: where the page itself comes from there, for development.
    pub loopback: bool,
    /// Whether there is a vault.
    pub exists: bool,
    /// Preferences as remembered.
    pub preferences: Option<String>,
    /// The count of wrong PINs as it lies beside the vault.
    pub tries: Option<Vec<u8>>,
    /// What the browser refused before anything was pressed.
    pub trouble: Option<BrowserError>,
    /// The list that comes with the page (`list.json`), for a new vault.
    pub list: Option<Vec<u8>>,
    /// Randomness.
    pub rng: Box<dyn Rng>,
}

/// The list that comes with the page.
#[derive(Deserialize)]
struct Provided {
    root_sha256: String,
    files: BTreeMap<String, Blob>,
}

/// The running web wallet.
pub struct Machine {
    window: Window,
    storage: Storage,
    vault: Option<Vault<Storage>>,
    /// Opened by a recovery code, waiting for a new PIN.
    recovered: Option<(Vault<Storage>, Opened, RecoveryCode)>,
    /// Whether other tabs are kept out.
    entered: bool,
    /// What the browser is doing, and what comes after it.
    waiting: Option<Then>,
    tasks: VecDeque<Task>,
    next: Option<Input>,
    /// Goes up with every job: an answer to an older wish is dropped.
    turn: u32,
    pull: Option<Pull>,
    seen: Seen,
    download: Vec<u8>,
    notes: Notes,
    lang: Lang,
    urls: UrlRules,
    trouble: Option<BrowserError>,
    list: Option<Vec<u8>>,
    rng: Box<dyn Rng>,
    now: Timestamp,
}

/// What the page is told beside the screen.
#[derive(Default)]
struct Notes {
    job: Option<Job>,
    remember: Option<String>,
    browse: Option<String>,
    leave: bool,
    exists: Option<bool>,
}

/// What comes after the browser has done something.
enum Then {
    Create,
    /// Count the PIN as tried.
    Count(Try),
    /// It is counted: try it.
    Try(Try, Secret<String>),
    /// It was right, and the count is gone.
    Right(Box<Input>),
    Change,
    Made(usize),
    Signed(usize),
    Dropped,
    /// Kept, for the core.
    Kept,
    Created,
    Changed,
    RecoveryKept,
    OpenByRecovery(RecoveryCode),
    Reset,
    ResetKept(Box<Opened>),
    Gone,
    Downloaded(String),
    Written(&'static str),
}

/// What a PIN is tried on.
enum Try {
    Open,
    Check,
    KeepRecovery(Secret<String>),
}

/// What came of a task.
enum Outcome {
    Nothing,
    Input(Input),
    Want(Want, Then),
}

type Performed = Result<Outcome, Box<Input>>;

impl Machine {
    /// A page that was just loaded.
    pub fn new(start: Start) -> Self {
        let remembered: Preferences =
            start.preferences.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let preferences = Preferences { tries: read_tries(start.tries.as_deref()), ..remembered };
        let mut machine = Self {
            window: Window::new(start.exists, preferences),
            storage: Storage::default(),
            vault: None,
            recovered: None,
            entered: false,
            waiting: None,
            tasks: VecDeque::new(),
            next: None,
            turn: 0,
            pull: None,
            seen: Seen::default(),
            download: Vec::new(),
            notes: Notes::default(),
            lang: spoken(&start.lang),
            urls: if start.loopback { UrlRules::DevLoopback } else { UrlRules::HttpsOnly },
            trouble: start.trouble,
            list: start.list,
            rng: start.rng,
            now: Timestamp::from_unix(0),
        };
        if let Some(trouble) = machine.trouble {
            let _ = machine.run(Input::Failed(of(&trouble)), machine.now);
        }
        machine
    }

    /// The language of the screens.
    pub fn lang(&self) -> Lang {
        self.window.preferences().language().unwrap_or(self.lang)
    }

    /// The browser's language has changed; one that the person chose here stays.
    pub fn speak(&mut self, tag: &str) {
        self.lang = spoken(tag);
    }

    /// What stands on the screen.
    pub fn view(&self, now: Timestamp) -> View {
        let mut view = view_of(&self.window, self.lang(), now);
        if let ScreenView::Broken { aside, told, .. } = &mut view.screen {
            // What another tab has open is not broken, and nothing of it is put aside.
            *aside &= told.code != BrowserError::OtherTab.code();
        }
        view
    }

    /// The bytes that a [`Want`] speaks of by name.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        if self.download.is_empty() { self.storage.wanted(name) } else { self.download.clone() }
    }

    /// The browser is about to hand in what it has kept.
    pub fn forget(&mut self) {
        self.storage.clear();
    }

    /// Something that it has kept.
    pub fn load(&mut self, name: &str, bytes: Vec<u8>) {
        self.storage.load(name, bytes);
    }

    /// A press of the page. While the browser is doing something nothing is pressed.
    pub fn press(&mut self, pressed: Pressed, now: Timestamp) -> Out {
        self.seen.clear();
        match pressed.into_press() {
            Some(press) if self.waiting.is_none() => self.run(Input::Press(press), now),
            _ => self.out(None, now),
        }
    }

    /// Time has passed, or somebody types without having pressed anything: what was left alone has locked itself. Nothing
    /// while it has not, nor while the browser is doing something.
    pub fn tick(&mut self, is_awake: bool, now: Timestamp) -> Option<Out> {
        let was_open = self.vault.is_some() || self.recovered.is_some();
        if !was_open || self.waiting.is_some() {
            return None;
        }
        let out = self.run(if is_awake { Input::Awake } else { Input::Tick }, now);
        (self.vault.is_none() && self.recovered.is_none()).then_some(out)
    }

    /// A link that the page was opened with.
    pub fn link(&mut self, link: String, now: Timestamp) -> Out {
        self.run(Input::Link(link), now)
    }

    /// Texts of QR codes in pictures, or of files.
    ///
    /// # Errors
    /// [`BrowserError::NoCode`] when there are none; the screen stays.
    pub fn pictures(&mut self, texts: Vec<String>, now: Timestamp) -> Result<Out, Told> {
        if texts.iter().all(|text| text.trim().is_empty()) {
            return Err(Told::of(&BrowserError::NoCode, self.lang()));
        }
        Ok(self.read(texts, now))
    }

    /// Texts of one picture of a camera.
    pub fn camera(&mut self, texts: Vec<String>, now: Timestamp) -> Look {
        match self.seen.look(texts) {
            Glance::Waits(Scan::Part { have, needed }) => Look { have, needed, whole: false, out: None },
            Glance::Waits(_) => Look { have: 0, needed: 0, whole: false, out: None },
            Glance::Whole(texts) => {
                Look { have: 1, needed: 1, whole: true, out: Some(self.read(texts, now)) }
            }
        }
    }

    /// A backup file and its code.
    pub fn restore(&mut self, file: Vec<u8>, code: String, now: Timestamp) -> Out {
        self.run(Input::Press(Press::OpenBackup { file, code: Secret::new(code) }), now)
    }

    /// The answer to a job; dropped when something else has begun meanwhile.
    pub fn answered(&mut self, turn: u32, answer: Result<Fetched, FetchFailure>, now: Timestamp) -> Out {
        if turn != self.turn {
            return self.out(None, now);
        }
        match self.pull.take() {
            // Given up meanwhile.
            Some(_) if *self.window.screen() != Screen::Working(Work::Updating) => self.out(None, now),
            Some(mut pull) => {
                let took = match answer {
                    Ok(answer) => pull.took(answer.status, answer.body).and_then(|()| pull.next()),
                    Err(_) => Err(NoBundle::Absent),
                };
                match took {
                    Ok(Next::Ask { url, limit }) => {
                        self.pull = Some(pull);
                        self.ask_file(url, limit);
                        self.out(None, now)
                    }
                    Ok(Next::Done(files)) => self.run(Input::Pulled(files), now),
                    Err(NoBundle::Repository(refusal)) => {
                        let (code, fault) = (refusal.code(), refusal.fault());
                        self.run(Input::Failed(Trouble { code, fault, is_lost: false }), now)
                    }
                    Err(NoBundle::Absent) => self.run(Input::Failed(of(&BrowserError::ListAbsent)), now),
                }
            }
            None if self.window.wallet().is_idle() => self.out(None, now),
            None => self.run(Input::Core(Intent::Fetched(answer)), now),
        }
    }

    /// What came of the last [`Want`].
    pub fn came(&mut self, came: Came, now: Timestamp) -> Out {
        let Some(then) = self.waiting.take() else { return self.out(None, now) };
        self.now = now;
        let outcome = self.then(then, came);
        match self.take(outcome) {
            Some(want) => self.out(Some(want), now),
            None => self.go(now),
        }
    }

    /// An offer, a request, or the frames of a trust bundle.
    fn read(&mut self, texts: Vec<String>, now: Timestamp) -> Out {
        let press = match self.bundle_of(&texts) {
            Some(files) => Press::Bundle { files, root_sha256: None },
            None => Press::Read { texts },
        };
        self.run(Input::Press(press), now)
    }

    fn bundle_of(&self, texts: &[String]) -> Option<BundleFiles> {
        let mut assembler = Assembler::new(Limits { message: MAX_MESSAGE, messages: 4 });
        for text in texts.iter().filter(|text| !text.trim().is_empty()).take(MAX_TEXTS) {
            assembler.push(text.trim()).ok()?;
        }
        let message = assembler.finish().ok().filter(|message| message.kind == Kind::Bundle)?;
        let mut files = self.window.wallet().bundle_files().cloned().unwrap_or_default();
        files.extend(parcel::unwrap(&message.payload, MAX_BUNDLE_BYTES).ok()?);
        tuf::pruned(&files).ok()
    }

    /// Drives the machine until it waits for a person, the browser or the network.
    fn run(&mut self, input: Input, now: Timestamp) -> Out {
        self.now = now;
        // Never two steps at once: the page hands in one thing after another.
        if self.waiting.is_some() {
            return self.out(None, now);
        }
        self.next = Some(input);
        self.go(now)
    }

    fn go(&mut self, now: Timestamp) -> Out {
        loop {
            if let Some(task) = self.tasks.pop_front() {
                let outcome = self.perform(task);
                if let Some(want) = self.take(outcome) {
                    return self.out(Some(want), now);
                }
            } else if let Some(input) = self.next.take() {
                let mut env = Env { now, rng: &mut *self.rng, urls: self.urls };
                self.tasks = self.window.step(input, &mut env).into();
            } else {
                return self.out(None, now);
            }
        }
    }

    /// Takes what a task came to; what the browser must do first, if anything.
    fn take(&mut self, outcome: Performed) -> Option<Want> {
        match outcome {
            Ok(Outcome::Nothing) => None,
            Ok(Outcome::Input(input)) => {
                self.next = Some(input);
                None
            }
            Ok(Outcome::Want(want, then)) => {
                self.waiting = Some(then);
                Some(want)
            }
            Err(input) => {
                // The rest of this step is dropped: nothing counts as done that was not kept.
                self.tasks.clear();
                self.notes.job = None;
                self.next = Some(*input);
                None
            }
        }
    }

    fn out(&mut self, want: Option<Want>, now: Timestamp) -> Out {
        let view = self.view(now);
        let Notes { mut job, remember, browse, leave, exists } = std::mem::take(&mut self.notes);
        // Asked only once the rest of the step is done: what follows a failure is dropped.
        if want.is_some() {
            self.notes.job = job.take();
        }
        Out { view, want, job, remember, browse, leave, exists }
    }

    fn perform(&mut self, task: Task) -> Performed {
        match task {
            Task::Core(effect) => self.effect(effect),
            Task::CreateVault(pin) => {
                Ok(Outcome::Want(Want::Enter { pin: pin.expose().clone(), fresh: true }, Then::Create))
            }
            Task::OpenVault(pin) => Ok(Outcome::Want(
                Want::Enter { pin: pin.expose().clone(), fresh: false },
                Then::Count(Try::Open),
            )),
            Task::CheckPin(pin) => {
                Ok(Outcome::Want(Want::Mix { pin: pin.expose().clone() }, Then::Count(Try::Check)))
            }
            Task::ForgetPin => {
                if let Some(vault) = &mut self.vault {
                    vault.forget_pin();
                }
                Ok(Outcome::Nothing)
            }
            Task::ChangePin(pin) => Ok(Outcome::Want(Want::Mix { pin: pin.expose().clone() }, Then::Change)),
            Task::NewRecovery => {
                let code = RecoveryCode::generate(&mut *self.rng);
                Ok(Outcome::Input(Input::RecoveryMade(code.grouped())))
            }
            Task::KeepRecovery { code, pin } => Ok(Outcome::Want(
                Want::Mix { pin: pin.expose().clone() },
                Then::Count(Try::KeepRecovery(code)),
            )),
            // The origin's key is made where the browser has lost it: the code opens without.
            Task::OpenByRecovery(code) => match RecoveryCode::parse(code.expose()) {
                Ok(code) => Ok(Outcome::Want(
                    Want::Enter { pin: String::new(), fresh: true },
                    Then::OpenByRecovery(code),
                )),
                Err(error) => Ok(Outcome::Input(Input::RecoveryUnread(of(&error)))),
            },
            Task::ResetPin(pin) => Ok(Outcome::Want(Want::Mix { pin: pin.expose().clone() }, Then::Reset)),
            Task::Pull { url } => {
                let mut pull = Pull::new(&url, self.window.wallet().bundle_files());
                if let Ok(Next::Ask { url, limit }) = pull.next() {
                    self.pull = Some(pull);
                    self.ask_file(url, limit);
                }
                Ok(Outcome::Nothing)
            }
            Task::CloseVault => {
                self.close();
                Ok(Outcome::Nothing)
            }
            Task::Remember(preferences) => {
                // The count of wrong PINs lies beside the vault instead.
                let preferences = Preferences { tries: Tries::default(), ..preferences };
                self.notes.remember = serde_json::to_string(&preferences).ok();
                Ok(Outcome::Nothing)
            }
            Task::Browse { page } => {
                self.notes.browse = Some(page);
                Ok(Outcome::Nothing)
            }
            Task::WriteBackup { backup, code } => {
                let cost = KdfParams::usual(array(&mut *self.rng));
                self.download =
                    seal_backup(&backup, &code, &cost, &mut *self.rng).map_err(|error| failed(&error))?;
                let day = backup.made_at.date_at(Seconds::hours(7));
                let name = format!("absah-cadangan-{day}.absah");
                Ok(Outcome::Want(Want::Download { name: name.clone() }, Then::Downloaded(name)))
            }
            Task::WriteFile { name, bytes } => {
                self.download = bytes;
                Ok(Outcome::Want(Want::Download { name: name.to_owned() }, Then::Written(name)))
            }
            Task::ReadBackup { file, code } => Ok(Outcome::Input(match open_backup(&file, &code) {
                Ok(backup) => Input::BackupRead(Box::new(backup)),
                Err(error) => Input::BackupUnread(of(&error)),
            })),
            // What lies aside here lost its keys when it was put there: nobody opens it again.
            Task::Wipe => self.put_away(|storage| Vault::destroy_all(storage, &NoDeviceKeys)),
            Task::SetAside => self.put_away(Vault::set_aside),
            // Its keys, which the browser keeps, went with it: there is nothing to bring back, and no button for it.
            Task::BringBack => Ok(Outcome::Nothing),
        }
    }

    fn effect(&mut self, effect: Effect) -> Performed {
        let Some(vault) = &mut self.vault else { return Ok(Outcome::Nothing) };
        match effect {
            Effect::Persist => {
                let Some(wallet) = self.window.to_keep() else { return Ok(Outcome::Nothing) };
                let files = wallet.bundle_files();
                let saved = vault.save(wallet.holdings(), &SoftwareKeys::default(), files, &mut *self.rng);
                if let Err(error) = saved {
                    return Err(self.not_kept(&error));
                }
                let used = wallet.keys_in_use().into_iter().map(|id| id.0).collect();
                Ok(self.keep(Some(used), Then::Kept))
            }
            Effect::NewKeys { n } => Ok(Outcome::Want(Want::Make { n }, Then::Made(n))),
            Effect::Sign(signings) => {
                let bytes = signings.iter().map(|one| base64url::encode(&one.bytes)).collect();
                let keys: Vec<String> = signings.into_iter().map(|one| one.key.0).collect();
                let n = keys.len();
                Ok(Outcome::Want(Want::Sign { keys, bytes }, Then::Signed(n)))
            }
            Effect::DropKeys(keys) => {
                let keys = keys.into_iter().map(|id| id.0).collect();
                Ok(Outcome::Want(Want::Drop { keys }, Then::Dropped))
            }
            Effect::Fetch(fetch) => Ok(self.ask(fetch)),
            Effect::Show(_) => Ok(Outcome::Nothing),
        }
    }

    /// What comes after the browser has done, or not done, something.
    fn then(&mut self, then: Then, came: Came) -> Performed {
        match (then, came) {
            (Then::Create, Came::Mixed { pin }) => {
                self.entered = true;
                let cost = KdfParams::usual(array(&mut *self.rng));
                let pin = Secret::new(pin);
                let vault = Vault::create(self.storage.clone(), &pin, cost, &mut *self.rng)
                    .map_err(|error| self.failed_open(&error))?;
                self.vault = Some(vault);
                Ok(self.keep(Some(Vec::new()), Then::Created))
            }
            (Then::Created, Came::Done) => {
                self.storage.kept();
                self.notes.exists = Some(true);
                Ok(Outcome::Input(self.opened(Opened::default())))
            }
            (Then::Created, came) => {
                self.storage.take_back();
                self.close();
                Err(failed(&why(came)))
            }
            (Then::Count(what), Came::Mixed { pin }) => self.count(what, Secret::new(pin)),
            (Then::Try(what, pin), Came::Done) => {
                self.storage.kept();
                self.try_pin(what, &pin)
            }
            // A PIN that could not be counted is not tried.
            (Then::Try(what, _), came) => {
                self.storage.take_back();
                let error = why(came);
                Err(match what {
                    Try::Open => self.failed_open(&error),
                    Try::Check | Try::KeepRecovery(_) => failed(&error),
                })
            }
            // It was right: a count that stays is no reason to say it was not.
            (Then::Right(input), came) => {
                match came {
                    Came::Done => self.storage.kept(),
                    _ => self.storage.take_back(),
                }
                Ok(Outcome::Input(*input))
            }
            (Then::Change, Came::Mixed { pin }) => {
                let Some(vault) = &mut self.vault else { return Ok(Outcome::Nothing) };
                let wallet = self.window.wallet();
                let opened = opened_of(wallet);
                vault
                    .change_pin(&Secret::new(pin), &opened, &NoDeviceKeys, &mut *self.rng)
                    .map_err(|error| failed(&error))?;
                Ok(self.keep(None, Then::Changed))
            }
            (Then::Changed, Came::Done) => {
                self.storage.kept();
                Ok(Outcome::Input(Input::PinChanged))
            }
            (Then::RecoveryKept, Came::Done) => {
                self.storage.kept();
                Ok(Outcome::Input(Input::RecoveryKept(self.locks())))
            }
            (Then::OpenByRecovery(code), Came::Mixed { .. }) => {
                self.entered = true;
                match Vault::open_by_recovery(self.storage.clone(), &code) {
                    Ok((vault, opened)) => {
                        self.recovered = Some((vault, opened, code));
                        Ok(Outcome::Input(Input::RecoveryOpened))
                    }
                    Err(error) => {
                        self.close();
                        Ok(Outcome::Input(Input::RecoveryUnread(of(&error))))
                    }
                }
            }
            (Then::OpenByRecovery(_), came) => Ok(Outcome::Input(Input::RecoveryUnread(of(&why(came))))),
            (Then::Reset, Came::Mixed { pin }) => {
                let Some((mut vault, opened, code)) = self.recovered.take() else {
                    return Ok(Outcome::Nothing);
                };
                vault
                    .reset_pin(&code, &Secret::new(pin), &opened, &NoDeviceKeys, &mut *self.rng)
                    .map_err(|error| self.failed_open(&error))?;
                self.vault = Some(vault);
                Ok(self.keep(None, Then::ResetKept(Box::new(opened))))
            }
            (Then::ResetKept(opened), Came::Done) => {
                self.storage.kept();
                let input = self.opened(*opened);
                Ok(self.right(input))
            }
            (Then::ResetKept(_), came) => {
                self.storage.take_back();
                Err(self.failed_open(&why(came)))
            }
            (Then::Changed | Then::RecoveryKept, _) => {
                // The vault in memory is ahead of the one that is kept: it is closed, and opens by the old PIN.
                self.storage.take_back();
                Err(Box::new(Input::Press(Press::Lock)))
            }
            (Then::Kept, Came::Done) => {
                self.storage.kept();
                Ok(Outcome::Nothing)
            }
            (Then::Kept, came) => {
                self.storage.take_back();
                Err(self.not_kept(&why(came)))
            }
            (Then::Made(n), Came::Made { keys }) if keys.len() == n => {
                let keys: Option<Vec<HolderKey>> = keys.into_iter().map(holder_key).collect();
                let keys = keys.ok_or_else(|| self.not_kept(&BrowserError::Unreadable))?;
                Ok(Outcome::Input(Input::Core(Intent::KeysMade(keys))))
            }
            (Then::Signed(n), Came::Signed { signatures }) if signatures.len() == n => {
                let read = |text: &String| Signature::from_slice(&base64url::decode(text).ok()?).ok();
                let signatures: Option<Vec<Signature>> = signatures.iter().map(read).collect();
                let signatures = signatures.ok_or_else(|| self.not_kept(&BrowserError::Unreadable))?;
                Ok(Outcome::Input(Input::Core(Intent::Signed(signatures))))
            }
            (Then::Made(_) | Then::Signed(_), came) => Err(self.not_kept(&why(came))),
            // Keys that stay harm nobody: they go when the vault is written next.
            (Then::Dropped, _) => Ok(Outcome::Nothing),
            (Then::Gone, Came::Done) => {
                self.storage.kept();
                self.trouble = None;
                self.close();
                self.notes.exists = Some(false);
                Ok(Outcome::Input(Input::Gone))
            }
            (Then::Gone, came) => {
                self.storage.take_back();
                Err(failed(&why(came)))
            }
            (Then::Downloaded(file), came) => {
                self.download = Vec::new();
                match came {
                    Came::Done => Ok(Outcome::Input(Input::BackupWritten { file })),
                    came => Err(failed(&why(came))),
                }
            }
            (Then::Written(name), came) => {
                self.download = Vec::new();
                Ok(Outcome::Input(match came {
                    Came::Done => Input::FileWritten { file: name.to_owned() },
                    came => Input::FileUnwritten(of(&why(came))),
                }))
            }
            (_, came) => Err(failed(&why(came))),
        }
    }

    /// Counts a PIN as wrong before it is tried: who reloads the page in time gains no try.
    fn count(&mut self, what: Try, pin: Secret<String>) -> Performed {
        if matches!(what, Try::Open) {
            self.entered = true;
            if !Vault::exists(&self.storage).map_err(|error| failed(&error))? {
                return Err(failed(&BrowserError::Evicted));
            }
        }
        let mut tries = read_tries(self.storage.read(TRIES).ok().flatten().as_deref());
        // Another page may have tried meanwhile.
        if tries.blocked(self.now).is_some() {
            if matches!(what, Try::Open) {
                self.close();
            }
            return Ok(Outcome::Input(Input::PinHeld(tries)));
        }
        tries.wrong(self.now);
        let text = serde_json::to_vec(&tries).unwrap_or_default();
        self.storage.replace(TRIES, &text).map_err(|_| failed(&BrowserError::Storage))?;
        Ok(self.keep(None, Then::Try(what, pin)))
    }

    fn try_pin(&mut self, what: Try, pin: &Secret<String>) -> Performed {
        match what {
            Try::Open => match Vault::open(self.storage.clone(), pin) {
                Ok((vault, opened)) => {
                    self.vault = Some(vault);
                    let input = self.opened(opened);
                    Ok(self.right(input))
                }
                Err(VaultError::WrongPin) => {
                    self.close();
                    Ok(self.wrong())
                }
                Err(VaultError::Missing) => Err(failed(&BrowserError::Evicted)),
                Err(error) => Err(failed(&error)),
            },
            Try::Check => match self.vault.as_mut().map(|vault| vault.is_pin(pin)) {
                Some(Ok(true)) => {
                    // Told to the browser with what is written next: an answer does not wait for that.
                    let _ = self.storage.remove(TRIES);
                    Ok(Outcome::Input(Input::PinRight))
                }
                Some(Ok(false)) | None => Ok(self.wrong()),
                Some(Err(error)) => Err(failed(&error)),
            },
            Try::KeepRecovery(code) => {
                let Some(vault) = &mut self.vault else { return Ok(Outcome::Nothing) };
                let code = RecoveryCode::parse(code.expose()).map_err(|error| failed(&error))?;
                let opened = opened_of(self.window.wallet());
                let rng = &mut *self.rng;
                match vault.keep_recovery(&code, pin, &opened, &NoDeviceKeys, rng) {
                    Ok(()) => {
                        let _ = self.storage.remove(TRIES);
                        Ok(self.keep(None, Then::RecoveryKept))
                    }
                    Err(VaultError::WrongPin) => Ok(self.wrong()),
                    Err(error) => Err(failed(&error)),
                }
            }
        }
    }

    /// The PIN was wrong, and is counted already.
    fn wrong(&self) -> Outcome {
        let tries = read_tries(self.storage.read(TRIES).ok().flatten().as_deref());
        Outcome::Input(Input::PinHeld(tries))
    }

    /// The PIN was right: nothing counts any more.
    fn right(&mut self, input: Input) -> Outcome {
        let _ = self.storage.remove(TRIES);
        self.keep(None, Then::Right(Box::new(input)))
    }

    /// A list that came with the page and does not read is as if there were none: the first screen says so.
    fn opened(&self, opened: Opened) -> Input {
        let list = self.list.as_ref().filter(|_| opened.holdings.trust.is_none());
        Input::Opened(Box::new(Contents {
            provided: list.and_then(|list| provided(list)),
            ..contents(opened, self.locks())
        }))
    }

    fn keep(&self, keys: Option<Vec<String>>, then: Then) -> Outcome {
        let changes = self.storage.changes();
        Outcome::Want(Want::Keep { put: changes.put, remove: changes.remove, keys }, then)
    }

    fn put_away(&mut self, way: impl FnOnce(&mut Storage) -> Result<(), VaultError>) -> Performed {
        // Only who keeps the other tabs out may throw away, or where there is nothing any more.
        if !self.entered && self.trouble != Some(BrowserError::Evicted) {
            return Err(failed(&BrowserError::OtherTab));
        }
        way(&mut self.storage).map_err(|error| failed(&error))?;
        let _ = self.storage.remove(TRIES);
        Ok(self.keep(Some(Vec::new()), Then::Gone))
    }

    /// What opens the vault beside the PIN. The origin's key is no key store: it goes with the vault.
    fn locks(&self) -> Locks {
        Locks { recovery: self.vault.as_ref().is_some_and(Vault::has_recovery), device: false }
    }

    fn close(&mut self) {
        self.vault = None;
        self.recovered = None;
        self.entered = false;
        self.notes.leave = true;
    }

    fn failed_open(&mut self, error: &dyn Failure) -> Box<Input> {
        self.close();
        failed(error)
    }

    /// Memory goes back to what the vault holds.
    fn not_kept(&self, error: &dyn Failure) -> Box<Input> {
        let before = self.vault.as_ref().and_then(|vault| vault.reread().ok());
        Box::new(Input::NotKept {
            trouble: of(error),
            before: before.map(|opened| Box::new(contents(opened, self.locks()))),
        })
    }

    fn ask_file(&mut self, url: String, limit: usize) {
        self.turn = self.turn.wrapping_add(1);
        let headers = BTreeMap::new();
        self.notes.job = Some(Job { turn: self.turn, url, method: "GET", headers, body: None, limit });
    }

    fn ask(&mut self, fetch: Fetch) -> Outcome {
        if self.urls.url(&fetch.url).is_err() {
            let refused = Intent::Fetched(Err(FetchFailure::ForbiddenAddress));
            return Outcome::Input(Input::Core(refused));
        }
        let mut headers = BTreeMap::from([("accept", fetch.accept.to_owned())]);
        let mut kind = |kind: &str| headers.insert("content-type", kind.to_owned());
        let (method, body) = match fetch.body {
            Body::None => ("GET", None),
            Body::Empty => {
                kind("application/x-www-form-urlencoded");
                ("POST", Some(String::new()))
            }
            Body::Form(form) => {
                kind("application/x-www-form-urlencoded");
                ("POST", Some(form.expose().clone()))
            }
            Body::Json(json) => {
                kind("application/json");
                ("POST", Some(json))
            }
            Body::Jwt(jwt) => {
                kind("application/jwt");
                ("POST", Some(jwt))
            }
        };
        let scheme = if fetch.dpop.is_some() { "DPoP" } else { "Bearer" };
        if let Some(token) = fetch.bearer {
            headers.insert("authorization", format!("{scheme} {}", token.expose()));
        }
        if let Some(proof) = fetch.dpop {
            headers.insert("dpop", proof);
        }
        self.turn = self.turn.wrapping_add(1);
        self.pull = None;
        self.notes.job =
            Some(Job { turn: self.turn, url: fetch.url, method, headers, body, limit: fetch.limit });
        Outcome::Nothing
    }
}

/// A language tag of a browser, with or without a region.
fn spoken(tag: &str) -> Lang {
    let tag = tag.split('-').next().unwrap_or_default();
    Lang::parse(tag).unwrap_or(Lang::Id)
}

/// A count that does not read is as if nothing had been tried: it is no reason to keep anybody from their cards.
fn read_tries(kept: Option<&[u8]>) -> Tries {
    kept.and_then(|kept| serde_json::from_slice(kept).ok()).unwrap_or_default()
}

fn holder_key(made: Made) -> Option<HolderKey> {
    let public = PublicKey::from_sec1(&base64url::decode(&made.public).ok()?).ok()?;
    Some(HolderKey { id: KeyId(made.id), public, assurance: KeyAssurance::Web })
}

fn provided(list: &[u8]) -> Option<(BundleFiles, [u8; 32])> {
    let list: Provided = serde_json::from_slice(list).ok()?;
    let files = list.files.into_iter().map(|(name, blob)| (name, blob.as_bytes().to_vec()));
    Some((files.collect(), hex::decode_array(&list.root_sha256).ok()?))
}

fn opened_of(wallet: &Wallet) -> Opened {
    let bundle = wallet.bundle_files().cloned();
    Opened { holdings: wallet.holdings().clone(), keys: SoftwareKeys::default(), bundle }
}

fn contents(opened: Opened, locks: Locks) -> Contents {
    Contents { holdings: opened.holdings, files: opened.bundle, locks, ..Contents::default() }
}

fn of(error: &dyn Failure) -> Trouble {
    Trouble::of(error)
}

fn failed(error: &dyn Failure) -> Box<Input> {
    Box::new(Input::Failed(of(error)))
}

/// Why something was not done; an answer to another question is none.
fn why(came: Came) -> BrowserError {
    match came {
        Came::Failed { why } => why,
        _ => BrowserError::Unreadable,
    }
}

impl std::fmt::Debug for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Machine(…)")
    }
}

#[cfg(test)]
mod tests;
