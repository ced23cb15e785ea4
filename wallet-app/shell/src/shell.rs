//! The window's machine with a data directory under it. Blocking, but for the network: what must be fetched is handed
//! out as a [`Job`], so that a person can stop waiting at any moment.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_carry::{CarryError, pull, source};
use absah_crypto::envelope::KdfParams;
use absah_host::{
    DataDir, DataDirError, Env as Environment, FileError, FolderError, FolderLimits, Mode, Reach,
    SettingsError, read_folder, read_text, write_atomic, write_new,
};
use absah_qr::picture::PictureError;
use absah_trust::bundle::MAX_BUNDLE_BYTES;
use absah_types::{Clock, Lang, Rng, Secret, array, coded};
use absah_wallet_core::window::{
    Contents, Failure, Input, Preferences, Press, Screen, Task, Tries, Trouble, Window, Work,
};
use absah_wallet_core::{BundleFiles, Env, Fetch, FetchFailure, Fetched, Intent, Wallet};
use absah_wallet_store::{
    BackupError, Folder, Opened, RecoveryCode, RecoveryCodeError, Vault, VaultError, open_backup, seal_backup,
};
use serde::{Deserialize, Serialize};

use crate::{
    counts::Counts,
    device::DesktopKeys,
    effects::{Done, OpenVault, url_rules},
    network::fetch,
    pressed::Pressed,
    recovery::{self, Recovered, ResetError},
    seen::{Glance, Scan, Seen},
    view::{FolderView, View, view_of},
};

/// Name of the preferences in the data directory.
const PREFERENCES: &str = "window.json";
/// Largest file a page may hand over, in bytes.
const MAX_FILE: usize = 64 << 20;

/// How the window begins.
pub struct Start {
    /// Data directory, already open.
    pub dir: DataDir,
    /// Which addresses may be asked.
    pub reach: Reach,
    /// Language of the device.
    pub lang: Lang,
    /// Where backups and other files for the person are written.
    pub backups: PathBuf,
    /// That folder is the program's own, and the system deletes it with the program: a phone's.
    pub backups_go_with_app: bool,
    /// Folder of a trust bundle and the SHA-256 of its root that come with the installation: taken over into a new
    /// vault.
    pub bundle: Option<(PathBuf, [u8; 32])>,
    /// The key store of the desktop.
    pub keys: DesktopKeys,
    /// Time.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// Randomness.
    pub rng: Box<dyn Rng + Send>,
}

/// What is kept between starts, readable without a PIN.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    #[serde(flatten)]
    preferences: Preferences,
    /// PINs that were wrong.
    vaults: Counts,
}

/// The running window.
pub struct Shell {
    window: Window,
    /// PINs that were wrong, also those of vaults that lie aside.
    counts: Counts,
    open: Option<OpenVault>,
    /// Opened by the recovery code, and not yet under a new PIN.
    recovered: Option<Recovered>,
    start: Start,
    /// Goes up with every job: an answer to an older wish is dropped.
    turn: u64,
    seen: Seen,
    /// A page that the person wants to see in their browser.
    page: Option<String>,
    /// A folder that was typed and is none.
    no_folder: Option<String>,
}

/// Something to ask of the network; its answer goes back with [`Shell::answered`].
#[derive(Debug)]
pub struct Job {
    wanted: Wanted,
    /// For which step.
    turn: u64,
    reach: Reach,
}

/// What a job asks for.
#[derive(Debug)]
enum Wanted {
    /// One exchange.
    Fetch(Fetch),
    /// The newest trust bundle, with what of it is here already.
    Bundle { url: String, held: Option<BundleFiles> },
}

/// What a job came to.
#[derive(Debug)]
pub struct Answer {
    turn: u64,
    came: Came,
}

#[derive(Debug)]
enum Came {
    Fetched(Result<Fetched, FetchFailure>),
    Bundle(Result<BundleFiles, CarryError>),
}

impl Job {
    /// Asks.
    pub async fn ask(self) -> Answer {
        let came = match self.wanted {
            Wanted::Fetch(wanted) => Came::Fetched(fetch(&wanted, self.reach).await),
            Wanted::Bundle { url, held } => Came::Bundle(pull::pull(&url, held.as_ref(), self.reach).await),
        };
        Answer { turn: self.turn, came }
    }
}

/// What the shell could not do.
#[derive(Debug)]
pub enum ShellError {
    /// The vault.
    Vault(VaultError),
    /// The backup.
    Backup(BackupError),
    /// The data directory.
    DataDir(DataDirError),
    /// The settings.
    Settings(SettingsError),
    /// A file.
    File(FileError),
    /// A folder.
    Folder(FolderError),
    /// A picture.
    Picture(PictureError),
    /// The trust bundle on its way.
    Carry(CarryError),
    /// What was typed is no recovery code.
    RecoveryCode(RecoveryCodeError),
    /// The recovery code did not open the vault.
    Reset(ResetError),
}

impl fmt::Display for ShellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vault(error) => error.fmt(f),
            Self::Backup(error) => error.fmt(f),
            Self::DataDir(error) => error.fmt(f),
            Self::Settings(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Folder(error) => error.fmt(f),
            Self::Picture(error) => error.fmt(f),
            Self::Carry(error) => error.fmt(f),
            Self::RecoveryCode(error) => error.fmt(f),
            Self::Reset(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ShellError {}

coded! { ShellError {
    Vault(error) => inner(error),
    Backup(error) => inner(error),
    DataDir(error) => inner(error),
    Settings(error) => inner(error),
    File(error) => inner(error),
    Folder(error) => inner(error),
    Picture(error) => inner(error),
    Carry(error) => inner(error),
    RecoveryCode(error) => inner(error),
    Reset(error) => inner(error),
} }

impl Failure for ShellError {
    fn is_lost(&self) -> bool {
        match self {
            Self::Vault(error) | Self::Reset(ResetError::Vault(error)) => error.is_lost(),
            Self::Reset(ResetError::File(_) | ResetError::Wait { .. })
            | Self::Backup(_)
            | Self::DataDir(_)
            | Self::Settings(_)
            | Self::File(_)
            | Self::Folder(_)
            | Self::Picture(_)
            | Self::Carry(_)
            | Self::RecoveryCode(_) => false,
        }
    }
}

macro_rules! from {
    ($($error:ident => $variant:ident),* $(,)?) => {
        $(impl From<$error> for ShellError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

from! {
    VaultError => Vault,
    BackupError => Backup,
    DataDirError => DataDir,
    SettingsError => Settings,
    FileError => File,
    FolderError => Folder,
    PictureError => Picture,
    CarryError => Carry,
    RecoveryCodeError => RecoveryCode,
    ResetError => Reset,
}

impl Start {
    /// Where backups go: `ABSAH_BACKUP_DIR`, else the person's documents as the desktop names them, else home.
    pub fn backups(env: &Environment, documents: Option<PathBuf>) -> PathBuf {
        let home = || env.get("HOME").map(PathBuf::from);
        env.get("ABSAH_BACKUP_DIR")
            .map(PathBuf::from)
            .or_else(|| documents.filter(|path| path.is_dir()))
            .or_else(home)
            .unwrap_or_else(|| PathBuf::from("."))
    }
}

impl Shell {
    /// A window over a data directory. Preferences that do not read are as if never set: they are no reason to keep
    /// anybody from their cards.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn new(start: Start) -> Result<Self, ShellError> {
        start.dir.keep_private()?;
        let folder = Folder::new(start.dir.path());
        let exists = Vault::exists(&folder)?;
        let remembered: Remembered = read_text(&start.dir.join(PREFERENCES), 64 * 1024)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let Remembered { mut preferences, vaults: mut counts } = remembered;
        let name = Vault::name(&folder)?;
        // Earlier versions knew only one count: that of the vault in its place.
        if preferences.tries != Tries::default() {
            counts.set(name.clone(), preferences.tries);
        }
        preferences.tries = counts.of(name.as_deref());
        let mut window = Window::new(exists, preferences);
        window.set_lying_aside(Vault::lying_aside(&folder)?);
        Ok(Self {
            window,
            counts,
            open: None,
            recovered: None,
            start,
            turn: 0,
            seen: Seen::default(),
            page: None,
            no_folder: None,
        })
    }

    /// The language of the screens.
    pub fn lang(&self) -> Lang {
        self.window.preferences().language().unwrap_or(self.start.lang)
    }

    /// What stands on the screen.
    pub fn screen(&self) -> &Screen {
        self.window.screen()
    }

    /// The wallet behind it; empty while the vault is closed.
    pub fn wallet(&self) -> &Wallet {
        self.window.wallet()
    }

    /// Whether a scanner is to read what stands on the screen.
    pub fn is_for_a_scanner(&self) -> bool {
        matches!(self.window.screen(), Screen::Qr(_) | Screen::QuickCode { .. })
    }

    /// What stands on the screen, in words.
    pub fn view(&self) -> View {
        let mut view = view_of(&self.window, self.lang(), self.start.clock.now());
        view.aside = Some(self.window.lying_aside());
        view.folder = self.writes_a_file().then(|| {
            let folder = match &self.no_folder {
                Some(typed) => FolderView::absent(typed, self.lang()),
                None => FolderView::at(&self.start.backups),
            };
            folder.going_with_app(self.start.backups_go_with_app, self.lang())
        });
        view
    }

    /// Whether this screen leads to a file for the person, or tells of one.
    fn writes_a_file(&self) -> bool {
        let screen = self.window.screen();
        matches!(
            screen,
            Screen::Backup | Screen::BackupMade { .. } | Screen::Paper(_) | Screen::PaperMade { .. }
        )
    }

    /// Where files go from now on: a folder that there is. What is typed elsewhere is nothing.
    fn choose_folder(&mut self, typed: &str) {
        if !self.writes_a_file() {
            return;
        }
        let path = PathBuf::from(typed.trim());
        let is_folder = path.is_absolute() && path.is_dir();
        self.no_folder = (!is_folder).then(|| typed.to_owned());
        if is_folder {
            self.start.backups = path;
        }
    }

    /// A press of the page.
    pub fn press(&mut self, pressed: Pressed) -> Option<Job> {
        self.seen.clear();
        if let Pressed::Folder { path } = &pressed {
            self.choose_folder(path);
            return None;
        }
        self.no_folder = None;
        let press = pressed.into_press()?;
        self.run(Input::Press(press))
    }

    /// Time has passed, or somebody types without having pressed anything. Whether the vault has closed by that: left
    /// alone it does, judged by the clock.
    pub fn tick(&mut self, is_awake: bool) -> bool {
        let was_open = self.open.is_some() || self.recovered.is_some();
        // A locked wallet asks nothing of the network.
        let _ = self.run(if is_awake { Input::Awake } else { Input::Tick });
        was_open && self.open.is_none() && self.recovered.is_none()
    }

    /// The page to open in the person's browser, once.
    pub fn page(&mut self) -> Option<String> {
        self.page.take()
    }

    /// A link that another program opened.
    pub fn link(&mut self, link: String) -> Option<Job> {
        self.run(Input::Link(link))
    }

    /// The answer to a job; dropped when something else has begun meanwhile.
    pub fn answered(&mut self, answer: Answer) -> Option<Job> {
        if answer.turn != self.turn {
            return None;
        }
        match answer.came {
            Came::Fetched(_) if self.window.wallet().is_idle() => None,
            Came::Fetched(answer) => self.run(Input::Core(Intent::Fetched(answer))),
            // Given up meanwhile: neither the list nor a failure is of interest.
            Came::Bundle(_) if *self.window.screen() != Screen::Working(Work::Updating) => None,
            Came::Bundle(Ok(files)) => self.run(Input::Pulled(files)),
            Came::Bundle(Err(error)) => self.run(Input::Failed(trouble(&error.into()))),
        }
    }

    /// A picture file with QR codes, or a text file, as chosen by the person.
    ///
    /// # Errors
    /// [`ShellError::Picture`]; the screen stays.
    pub fn picture(&mut self, files: &[Vec<u8>]) -> Result<Option<Job>, ShellError> {
        let mut texts = Vec::new();
        for file in files.iter().filter(|file| file.len() <= MAX_FILE) {
            match std::str::from_utf8(file) {
                Ok(text) => texts.extend(text.lines().map(str::to_owned)),
                Err(_) => texts.extend(absah_qr::read::texts(file)?),
            }
        }
        Ok(self.read(texts))
    }

    /// One frame of a camera, grey.
    pub fn camera(&mut self, width: u32, height: u32, pixels: Vec<u8>) -> (Scan, Option<Job>) {
        let found = absah_qr::picture::Gray::from_pixels(width, height, pixels)
            .and_then(|picture| absah_qr::read::texts_in(&picture).ok())
            .unwrap_or_default();
        match self.seen.look(found) {
            Glance::Waits(scan) => (scan, None),
            Glance::Whole(texts) => (Scan::Whole, self.read(texts)),
        }
    }

    /// An offer, a request, or the frames of a trust bundle.
    fn read(&mut self, texts: Vec<String>) -> Option<Job> {
        let held = self.window.wallet().bundle_files();
        let press = match source::from_frames(texts.iter().map(String::as_str), held) {
            Ok(files) => Press::Bundle { files, root_sha256: None },
            Err(_) => Press::Read { texts },
        };
        self.run(Input::Press(press))
    }

    /// A backup file and its code.
    pub fn restore(&mut self, file: Vec<u8>, code: String) {
        self.run(Input::Press(Press::OpenBackup { file, code: Secret::new(code) }));
    }

    /// Drives the machine until it waits for a person or for the network.
    fn run(&mut self, input: Input) -> Option<Job> {
        let mut next = Some(input);
        let mut job = None;
        while let Some(input) = next.take() {
            for task in self.step(input) {
                match self.perform(task) {
                    Ok(Outcome::Nothing) => {}
                    Ok(Outcome::Input(input)) => next = Some(input),
                    Ok(Outcome::Wanted(wanted)) => {
                        self.turn += 1;
                        job = Some(Job { wanted, turn: self.turn, reach: self.start.reach });
                    }
                    Err(input) => {
                        // The rest of this step is dropped: nothing counts as done that was not kept.
                        next = Some(*input);
                        job = None;
                        break;
                    }
                }
            }
        }
        job
    }

    fn step(&mut self, input: Input) -> Vec<Task> {
        let urls = url_rules(self.start.reach);
        let mut env = Env { now: self.start.clock.now(), rng: &mut *self.start.rng, urls };
        self.window.step(input, &mut env)
    }

    fn perform(&mut self, task: Task) -> Result<Outcome, Box<Input>> {
        let failed = |error: ShellError| Box::new(Input::Failed(trouble(&error)));
        match task {
            Task::Core(effect) => {
                let Some(open) = &mut self.open else { return Ok(Outcome::Nothing) };
                let to_keep = self.window.to_keep();
                if to_keep.is_none() && matches!(effect, absah_wallet_core::Effect::Persist) {
                    return Ok(Outcome::Nothing);
                }
                let wallet = to_keep.unwrap_or_else(|| self.window.wallet());
                match open.perform(effect, wallet, &mut *self.start.rng) {
                    Ok(Done::Nothing | Done::Show(_)) => Ok(Outcome::Nothing),
                    Ok(Done::Next(intent)) => Ok(Outcome::Input(Input::Core(intent))),
                    Ok(Done::Fetch(fetch)) => Ok(Outcome::Wanted(Wanted::Fetch(fetch))),
                    Err(error) => {
                        let before = open.reread().ok().map(|opened| Box::new(contents(opened)));
                        let trouble = Trouble::of(&error);
                        Err(Box::new(Input::NotKept { trouble, before }))
                    }
                }
            }
            Task::CreateVault(pin) => self.create(&pin).map_err(failed),
            Task::OpenVault(pin) => match self.open(&pin) {
                Ok(outcome) => Ok(outcome),
                Err(ShellError::Vault(VaultError::WrongPin)) => Ok(Outcome::Input(Input::PinWrong)),
                Err(error) => Err(failed(error)),
            },
            Task::CheckPin(pin) => match self.open.as_mut().map(|open| open.is_pin(&pin)) {
                Some(Ok(true)) => Ok(Outcome::Input(Input::PinRight)),
                Some(Ok(false)) | None => Ok(Outcome::Input(Input::PinWrong)),
                Some(Err(error)) => Err(failed(error.into())),
            },
            Task::ForgetPin => {
                if let Some(open) = &mut self.open {
                    open.forget_pin();
                }
                Ok(Outcome::Nothing)
            }
            Task::ChangePin(pin) => {
                let Some(open) = &mut self.open else { return Ok(Outcome::Nothing) };
                let changed = open.change_pin(&pin, self.window.wallet(), &mut *self.start.rng);
                changed.map_err(|error| failed(error.into()))?;
                Ok(Outcome::Input(Input::PinChanged))
            }
            Task::OpenByRecovery(code) => match self.recover(&code) {
                Ok(()) => Ok(Outcome::Input(Input::RecoveryOpened)),
                Err(error) => Ok(Outcome::Input(Input::RecoveryUnread(trouble(&error)))),
            },
            Task::ResetPin(pin) => {
                let Some(recovered) = self.recovered.take() else { return Ok(Outcome::Nothing) };
                let reset = recovered.set_pin(&pin, &mut *self.start.rng);
                let (open, opened) = reset.map_err(|error| failed(error.into()))?;
                Ok(self.opened(open, opened))
            }
            Task::NewRecovery => {
                let code = RecoveryCode::generate(&mut *self.start.rng);
                Ok(Outcome::Input(Input::RecoveryMade(code.grouped())))
            }
            Task::KeepRecovery { code, pin } => match self.keep_recovery(&code, &pin) {
                Ok(outcome) => Ok(outcome),
                Err(ShellError::Vault(VaultError::WrongPin)) => Ok(Outcome::Input(Input::PinWrong)),
                Err(error) => Err(failed(error)),
            },
            Task::Pull { url } => {
                let held = self.window.wallet().bundle_files().cloned();
                Ok(Outcome::Wanted(Wanted::Bundle { url, held }))
            }
            Task::CloseVault => {
                self.open = None;
                self.recovered = None;
                Ok(Outcome::Nothing)
            }
            Task::Remember(preferences) => {
                let name = Vault::name(&self.folder()).map_err(|error| failed(error.into()))?;
                self.counts.set(name, preferences.tries);
                self.remember(preferences);
                Ok(Outcome::Nothing)
            }
            Task::Browse { page } => {
                self.page = Some(page);
                Ok(Outcome::Nothing)
            }
            Task::WriteBackup { backup, code } => {
                let cost = KdfParams::usual(array(&mut *self.start.rng));
                let file = seal_backup(&backup, &code, &cost, &mut *self.start.rng)
                    .map_err(|error| failed(error.into()))?;
                let day = backup.made_at.date_at(absah_types::Seconds::hours(7)).to_string();
                let path = free(&self.start.backups, &format!("absah-cadangan-{day}.absah"));
                write_new(&path, &file, Mode::Private).map_err(|error| failed(error.into()))?;
                Ok(Outcome::Input(Input::BackupWritten { file: path.display().to_string() }))
            }
            Task::WriteFile { name, bytes } => {
                let path = free(&self.start.backups, name);
                Ok(Outcome::Input(match write_new(&path, &bytes, Mode::Private) {
                    Ok(()) => Input::FileWritten { file: path.display().to_string() },
                    Err(error) => Input::FileUnwritten(trouble(&error.into())),
                }))
            }
            Task::ReadBackup { file, code } => Ok(Outcome::Input(match open_backup(&file, &code) {
                Ok(backup) => Input::BackupRead(Box::new(backup)),
                Err(error) => Input::BackupUnread(Trouble::of(&ShellError::from(error))),
            })),
            Task::Wipe => {
                let keys = self.start.keys;
                let outcome = self.put_away(|folder| Vault::destroy(folder, &keys)).map_err(failed)?;
                self.forget_counts();
                Ok(outcome)
            }
            Task::SetAside => self.put_away(Vault::set_aside).map_err(failed),
            Task::BringBack => {
                self.put_away(Vault::bring_back).map_err(failed)?;
                let name = Vault::name(&self.folder()).map_err(|error| failed(error.into()))?;
                Ok(Outcome::Input(Input::BroughtBack(self.counts.of(name.as_deref()))))
            }
        }
    }

    fn folder(&self) -> Folder {
        Folder::new(self.start.dir.path())
    }

    /// How the window looks is worth no error, and a wait that is not remembered ends with the program.
    fn remember(&self, preferences: Preferences) {
        let preferences = Preferences { tries: Tries::default(), ..preferences };
        let remembered = Remembered { preferences, vaults: self.counts.clone() };
        if let Ok(text) = serde_json::to_string(&remembered) {
            let _ = write_atomic(&self.start.dir.join(PREFERENCES), text.as_bytes(), Mode::Private);
        }
    }

    /// Of vaults that are no more nothing is counted.
    fn forget_counts(&mut self) {
        let Ok(names) = Vault::names(&self.folder()) else { return };
        self.counts.retain(&names);
        self.remember(self.window.preferences().clone());
        recovery::forget_counts(&self.start.dir, &names);
    }

    fn create(&mut self, pin: &Secret<String>) -> Result<Outcome, ShellError> {
        let (lock, keys) = (self.start.dir.try_lock()?, self.start.keys);
        let open = OpenVault::create(&self.start.dir, lock, keys, pin, &mut *self.start.rng)?;
        Ok(self.opened(open, Opened::default()))
    }

    fn open(&mut self, pin: &Secret<String>) -> Result<Outcome, ShellError> {
        let lock = self.start.dir.try_lock()?;
        let (open, opened) = OpenVault::open(&self.start.dir, lock, self.start.keys, pin)?;
        Ok(self.opened(open, opened))
    }

    fn recover(&mut self, typed: &Secret<String>) -> Result<(), ShellError> {
        let code = RecoveryCode::parse(typed.expose())?;
        let (lock, now) = (self.start.dir.try_lock()?, self.start.clock.now());
        self.recovered = Some(Recovered::open(&self.start.dir, lock, self.start.keys, code, now)?);
        Ok(())
    }

    fn keep_recovery(&mut self, code: &Secret<String>, pin: &Secret<String>) -> Result<Outcome, ShellError> {
        let Some(open) = &mut self.open else { return Ok(Outcome::Nothing) };
        let code = RecoveryCode::parse(code.expose())?;
        open.keep_recovery(&code, pin, self.window.wallet(), &mut *self.start.rng)?;
        Ok(Outcome::Input(Input::RecoveryKept(open.locks())))
    }

    /// A list that came with the installation and does not read is as if there were none: the first screen says so.
    fn opened(&mut self, open: OpenVault, opened: Opened) -> Outcome {
        let locks = open.locks();
        let inherited = if opened.bundle.is_none() { open.inherited(&opened.holdings) } else { None };
        self.open = Some(open);
        let limits = FolderLimits { bytes: MAX_BUNDLE_BYTES as u64, ..FolderLimits::default() };
        let provided = self.start.bundle.as_ref().filter(|_| opened.holdings.trust.is_none());
        let provided = provided.and_then(|(folder, root)| Some((read_folder(folder, limits).ok()?, *root)));
        Outcome::Input(Input::Opened(Box::new(Contents { provided, inherited, locks, ..contents(opened) })))
    }

    fn put_away(
        &mut self,
        way: impl FnOnce(&mut Folder) -> Result<(), VaultError>,
    ) -> Result<Outcome, ShellError> {
        // Not from under another program that has it open.
        self.recovered = None;
        let _lock = if self.open.is_none() { Some(self.start.dir.try_lock()?) } else { None };
        let mut folder = self.folder();
        way(&mut folder)?;
        self.open = None;
        // What cannot be counted is still there, and said at the next start.
        self.window.set_lying_aside(Vault::lying_aside(&folder).unwrap_or_default());
        Ok(Outcome::Input(Input::Gone))
    }
}

/// What came of a task.
enum Outcome {
    Nothing,
    Input(Input),
    Wanted(Wanted),
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shell(…)")
    }
}

fn contents(opened: Opened) -> Contents {
    Contents { holdings: opened.holdings, files: opened.bundle, ..Contents::default() }
}

fn trouble(error: &ShellError) -> Trouble {
    Trouble::of(error)
}

/// `absah-cadangan-2026-11-27.absah`, or with a number behind it: no file is ever written over another.
fn free(folder: &Path, name: &str) -> PathBuf {
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
    let name = |number: u32| match number {
        1 => folder.join(format!("{stem}.{kind}")),
        _ => folder.join(format!("{stem}-{number}.{kind}")),
    };
    (1..1000).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1000))
}

impl FolderView {
    /// A folder that there is.
    fn at(path: &Path) -> Self {
        Self { path: path.display().to_string(), problem: None, note: None }
    }

    /// What was typed and is none.
    fn absent(typed: &str, lang: Lang) -> Self {
        Self { path: typed.to_owned(), problem: absah_schemas::text(lang, "win-folder-missing"), note: None }
    }

    /// The same, said to be deleted with the program where it is.
    fn going_with_app(self, goes: bool, lang: Lang) -> Self {
        Self { note: absah_schemas::text(lang, "win-folder-app").filter(|_| goes), ..self }
    }
}

#[cfg(test)]
mod tests;
