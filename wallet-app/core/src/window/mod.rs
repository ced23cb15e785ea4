//! The window as a state machine above the wallet's own: `press × state → state + tasks`.
//!
//! ```text
//!  Press ──► Window::step ──► Tasks: vault, backup, and what the core asks for
//!              │   ▲
//!              ▼   └── Input: what came of them ◄── shell
//!            Screen: one of a closed list, facts to decide on
//! ```
//!
//! It holds what must not depend on a page's script: which screen can be reached from where, that nothing but the
//! shown answer can be reached while the device is in other hands, and that a yes needs the PIN.

mod backup;
mod idle;
mod preferences;
mod press;
mod quick;
mod quiet;
mod recovery;
mod screen;
mod wishes;

use absah_protocol::oid4vci::holder::REDIRECT_URI;
use absah_types::{Coded as _, Fault, Lang, Secret, Timestamp};

pub use backup::{Backup, backup_code, code_digits};
pub use idle::IDLE;
pub use preferences::{Preference, Preferences, TextSize, Theme, Tries};
pub use press::{Contents, Failure, Input, Press, Task, Trouble};
pub use recovery::Locks;
pub use screen::{GUIDE_STEPS, No, PinFor, PinProblem, Place, QuickConsent, Screen, Work};
pub use wishes::{LetterForm, Topic, WishConsent};

use crate::{
    CardId,
    effect::Effect,
    history::{Asker, Event},
    intent::{Env, Intent},
    prompt::{PresentationConsent, Prompt, SharedAnswer},
    refusal::Refusal,
    wallet::Wallet,
    window::{quick::Handed, quiet::Quiet},
};

/// The state machine of the window.
#[derive(Debug)]
pub struct Window {
    wallet: Wallet,
    vault: Vault,
    screen: Screen,
    preferences: Preferences,
    /// A PIN chosen once.
    chosen: Option<Secret<String>>,
    /// The question that a PIN is asked for.
    asked: Option<PresentationConsent>,
    /// What a PIN is asked for to show without a request.
    quick: Option<QuickConsent>,
    /// What is asked of the registry.
    asking: wishes::Asking,
    /// What is being shown: the device may be in other hands.
    handed: Option<Handed>,
    /// A link that waits until the wallet is open.
    link: Option<String>,
    /// A backup that waits for the new vault.
    restoring: Option<Box<Backup>>,
    /// What was restored, told once the backup's official list was compared or turned down.
    restored: Option<Screen>,
    /// The card from which showing began: it is proposed before other people's.
    shown_from: Option<CardId>,
    /// The code of a backup being written.
    code: Option<Secret<String>>,
    /// What was in the vault when it was locked, where something of it has still to be written: until the next step.
    closing: Option<Box<Wallet>>,
    /// What is shown once and was locked away before anybody said that it is written down.
    once: Option<Screen>,
    /// A recovery code that was shown and is not yet in force.
    recovery: Option<Secret<String>>,
    /// A card that is deleted once the PIN is right.
    removing: Option<CardId>,
    /// What opens the vault beside the PIN.
    locks: Locks,
    /// What goes on with issuers without anybody being asked; nothing of it changes the screen.
    quiet: Quiet,
    /// When somebody was there last.
    awake_at: Option<Timestamp>,
    /// How many vaults lie aside.
    aside: usize,
}

/// The code of a vault that could not be made since there is one.
const MADE_MEANWHILE: &str = "vault-exists";

/// What is known of the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vault {
    None,
    Closed,
    /// Opened by the recovery code, and not yet under a new PIN.
    Recovering,
    Open,
    Broken {
        code: &'static str,
        /// See [`Failure::is_lost`].
        is_lost: bool,
    },
}

impl Window {
    /// A window before anything was pressed.
    pub fn new(vault_exists: bool, preferences: Preferences) -> Self {
        let vault = if vault_exists { Vault::Closed } else { Vault::None };
        let mut window = Self {
            wallet: Wallet::default(),
            vault,
            screen: Screen::Welcome,
            preferences,
            chosen: None,
            asked: None,
            quick: None,
            asking: wishes::Asking::default(),
            handed: None,
            link: None,
            restoring: None,
            restored: None,
            shown_from: None,
            code: None,
            closing: None,
            once: None,
            recovery: None,
            removing: None,
            locks: Locks::default(),
            quiet: Quiet::default(),
            awake_at: None,
            aside: 0,
        };
        window.screen = window.entrance();
        window
    }

    /// What stands on the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The wallet behind it; empty while the vault is closed.
    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// What the vault has to hold when it is written now. `None` while it is closed: what only the PIN shows is never
    /// written over.
    pub fn to_keep(&self) -> Option<&Wallet> {
        match self.vault {
            Vault::Open => Some(&self.wallet),
            Vault::None | Vault::Closed | Vault::Recovering | Vault::Broken { .. } => self.closing.as_deref(),
        }
    }

    /// How it looks and speaks.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// Whether there is a way back from this screen.
    pub fn has_back(&self) -> bool {
        match self.screen {
            Screen::NewPin { .. }
            | Screen::Restore { .. }
            | Screen::RestorePreview(_)
            | Screen::Guide { .. }
            | Screen::Forgot { .. }
            | Screen::Lost
            | Screen::Anew { .. } => true,
            Screen::Help => self.vault != Vault::Recovering,
            Screen::Pin { to, .. } => to != PinFor::Open,
            _ => self.vault == Vault::Open && self.screen.parent().is_some(),
        }
    }

    /// Whether what is kept will not open again as it is, and can be put aside. Not while it is only busy, or the machine
    /// short of memory or in trouble with its disk: then it opens later.
    pub fn is_broken(&self) -> bool {
        matches!(self.vault, Vault::Broken { is_lost: true, .. })
    }

    /// Whether there is no vault at all: what failed was making one.
    pub fn is_without_a_vault(&self) -> bool {
        self.vault == Vault::None
    }

    /// Who asks, while the PIN is asked for the answer; who has the answer, while it is shown.
    pub fn asker(&self) -> Option<&Asker> {
        let handed = self.handed.as_ref().and_then(|handed| match handed {
            Handed::Answer(answer) => match &answer.entry.event {
                Event::Shared(shared) => Some(&shared.to),
                _ => None,
            },
            Handed::Codes { .. } => None,
        });
        self.asked.as_ref().map(|asked| &asked.asker).or(handed)
    }

    /// Whether the vault is open, be it for choosing a new PIN: then it must not be left alone.
    pub fn is_open(&self) -> bool {
        matches!(self.vault, Vault::Open | Vault::Recovering)
    }

    /// One step.
    pub fn step(&mut self, input: Input, env: &mut Env<'_>) -> Vec<Task> {
        self.closing = None;
        match input {
            Input::Press(press) => {
                let mut tasks = self.pressed(press, env);
                // One that came while something was being decided.
                tasks.extend(self.follow_link(env));
                tasks
            }
            Input::Tick => self.if_left_alone(env),
            Input::Awake => {
                let tasks = self.if_left_alone(env);
                self.awake(env.now);
                tasks
            }
            // The browser is back from a log-in; nothing else has use for such an address.
            Input::Link(link) if link.trim().starts_with(REDIRECT_URI) => match self.screen {
                Screen::LogIn(_) => self.core(Intent::CameBack { address: link }, env),
                _ => Vec::new(),
            },
            Input::Link(link) => {
                let mut tasks = self.if_left_alone(env);
                self.link = Some(link);
                tasks.extend(self.follow_link(env));
                tasks
            }
            Input::Core(intent) if self.quiet.is_on() => self.quietly(intent, env),
            Input::Core(intent) => {
                let mut tasks = self.core(intent, env);
                tasks.extend(self.settle(env));
                tasks
            }
            Input::Opened(contents) => self.opened(*contents, env),
            Input::PinRight => self.pin_right(env),
            Input::PinWrong => {
                self.preferences.tries.wrong(env.now);
                self.pin_wrong(env)
            }
            Input::PinHeld(tries) => {
                self.preferences.tries = tries;
                self.pin_wrong(env)
            }
            Input::PinChanged => self.show(Screen::PinChanged),
            Input::RecoveryMade(code) => self.recovery_made(&code),
            Input::RecoveryKept(locks) => self.recovery_kept(locks),
            Input::RecoveryOpened => self.recovery_opened(),
            Input::RecoveryUnread(trouble) => self.show(Screen::Forgot { problem: Some(trouble.code) }),
            Input::Pulled(files) => match self.screen {
                Screen::Working(Work::Updating) => {
                    let mut tasks = self.core(Intent::ImportBundle { files, root_sha256: None }, env);
                    tasks.extend(self.settle(env));
                    tasks
                }
                _ => Vec::new(),
            },
            Input::NotKept { trouble, before } => {
                if let Some(contents) = before {
                    self.wallet = Wallet::open(contents.holdings, contents.files);
                }
                self.quiet.end();
                if self.stop_codes(No { code: trouble.code, fault: trouble.fault, retry: None }) {
                    return Vec::new();
                }
                self.handed = None;
                self.asked = None;
                match &self.screen {
                    // The paper card is here, and there is none other on the same day.
                    Screen::PaperMade { file: None, .. } => self.paper_written(Err(trouble), env),
                    Screen::PaperMade { .. } => Vec::new(),
                    _ => self.refused(trouble, None),
                }
            }
            Input::Failed(trouble) => self.failed(trouble),
            Input::BackupWritten { file } => {
                let code = self.code.take().map(|code| code.expose().clone()).unwrap_or_default();
                self.show(Screen::BackupMade { file, code })
            }
            Input::FileWritten { file } => self.paper_written(Ok(file), env),
            Input::FileUnwritten(trouble) => self.paper_written(Err(trouble), env),
            Input::BackupRead(backup) => self.show(Screen::RestorePreview(backup)),
            Input::BackupUnread(trouble) => self.show(Screen::Restore { problem: Some(trouble.code) }),
            Input::Gone => self.gone(),
            Input::BroughtBack(tries) => self.brought_back(tries),
        }
    }

    fn press(&mut self, press: Press, env: &mut Env<'_>) -> Vec<Task> {
        // In other hands: what is shown, and the PIN that takes it back. Nothing else, whatever a page sends.
        let is_for_others =
            matches!(press, Press::Back | Press::Pin { .. } | Press::Agree { .. } | Press::NextCode);
        if self.handed.is_some() && !is_for_others {
            return Vec::new();
        }
        match press {
            Press::Prefer(preference) => self.prefer(preference),
            Press::Back => self.back(env),
            Press::Begin if self.screen == Screen::Welcome => self.choose_pin(None),
            Press::Go(Place::Guide)
                if self.screen == Screen::Welcome
                    || (self.screen == Screen::Help && self.vault != Vault::Open) =>
            {
                self.show(Place::Guide.screen())
            }
            Press::Step(step) if matches!(self.screen, Screen::Guide { .. }) && step < GUIDE_STEPS => {
                self.show(Screen::Guide { step })
            }
            Press::Pin { pin, too_easy } => self.pin(pin, too_easy, env),
            Press::Agree { code } => self.agree(code, env),
            Press::Choose(card) if matches!(self.screen, Screen::Request(_)) => {
                self.core(Intent::Choose { card }, env)
            }
            Press::Refuse => self.refuse(env),
            Press::OpenBackup { file, code } if matches!(self.screen, Screen::Restore { .. }) => {
                vec![Task::ReadBackup { file, code: code_digits(&code) }]
            }
            Press::Recover { code } if matches!(self.screen, Screen::Forgot { .. }) => {
                vec![Task::OpenByRecovery(code)]
            }
            Press::Lock if self.vault == Vault::Recovering => self.leave_recovery(),
            Press::Go(Place::Forgot) if self.has_way_around() => self.show(Screen::Forgot { problem: None }),
            Press::Go(Place::Lost) if matches!(self.screen, Screen::Forgot { .. }) => self.show(Screen::Lost),
            Press::Begin if self.screen == Screen::Lost => {
                self.show(Screen::Anew { is_sure: false, backup: None })
            }
            Press::BringBack if self.can_bring_back() => vec![Task::BringBack],
            Press::Go(Place::Help) if self.is_before_the_pin() => self.show(Screen::Help),
            Press::Go(Place::Restore)
                if self.screen == Screen::Lost
                    || !matches!(self.vault, Vault::Closed | Vault::Recovering) =>
            {
                self.show(Screen::Restore { problem: None })
            }
            press if self.vault == Vault::Open => self.press_open(press, env),
            _ => Vec::new(),
        }
    }

    /// Presses that need an open wallet.
    fn press_open(&mut self, press: Press, env: &mut Env<'_>) -> Vec<Task> {
        match press {
            Press::Go(Place::Forgot | Place::Lost) => Vec::new(),
            Press::Go(Place::Letters) => self.open_letters(env),
            Press::Go(place) => {
                self.recovery = None;
                self.remember_shown_from(place);
                let stopped = self.leave(env);
                self.show(place.screen());
                stopped
            }
            Press::Read { texts } => {
                let mut tasks = self.stop(env);
                tasks.extend(self.read(texts, env));
                tasks
            }
            Press::Quick { choice } if self.screen == Screen::Quick => self.choose_quick(&choice, env),
            Press::Choose(card) if self.wallet.card(&card).is_some() => self.quick_of(card, env),
            Press::NextCode => self.next_code(env),
            Press::Card(card) if self.wallet.card(&card).is_some() => self.show(Screen::Card(card)),
            Press::Entry(place) if place < self.wallet.holdings().history.len() => {
                self.show(Screen::Entry(place))
            }
            Press::AskAccess => self.begin(Intent::FetchAccess, env),
            Press::AskAccessOf(card) if self.wallet.askers(env.now).iter().any(|(own, _)| *own == card) => {
                self.begin(Intent::FetchAccessBy { card }, env)
            }
            Press::Renew(card) if matches!(self.screen, Screen::Card(_) | Screen::Cards) => {
                self.begin(Intent::Renew { card }, env)
            }
            Press::Again(card) if self.wallet.card(&card).is_some_and(|card| card.copies.is_empty()) => {
                self.show(Screen::Again(card))
            }
            Press::LogIn => match &self.screen {
                Screen::Again(card) => match self.wallet.log_in_link(card, env.urls) {
                    Some(link) => self.begin(Intent::Receive { link }, env),
                    None => Vec::new(),
                },
                _ => Vec::new(),
            },
            Press::OpenPage => match &self.screen {
                Screen::LogIn(page) => vec![Task::Browse { page: page.page.clone() }],
                Screen::Done(SharedAnswer { redirect: Some(page), .. }) => {
                    vec![Task::Browse { page: page.clone() }]
                }
                _ => Vec::new(),
            },
            Press::CameBack { address } if matches!(self.screen, Screen::LogIn(_)) => {
                self.core(Intent::CameBack { address }, env)
            }
            Press::Update => match self.wallet.bundle_address() {
                Some(url) => {
                    let mut tasks = self.stop(env);
                    self.screen = Screen::Working(Work::Updating);
                    tasks.push(Task::Pull { url });
                    tasks
                }
                None => Vec::new(),
            },
            Press::Typed { text } => self.typed_back(&text),
            Press::ChangePin if self.screen == Screen::Settings => self.ask_pin(PinFor::Change),
            Press::Wish(wish) => self.wish(wish, None, env),
            Press::WishOf { wish, card }
                if self.wallet.askers(env.now).iter().any(|(own, _)| *own == card) =>
            {
                self.wish(wish, Some(card), env)
            }
            Press::PhoneCode(card) if self.wallet.askers(env.now).iter().any(|(own, _)| *own == card) => {
                self.agree_wish(WishConsent { wish: crate::wishes::Wish::PhoneCode, card })
            }
            Press::Letter { kind } if self.screen == Screen::Letters => self.choose_letter(&kind, env),
            Press::FillLetter { card, fields } => match &self.screen {
                Screen::Letter(form) => {
                    let form = form.clone();
                    self.fill_letter(form, (card, fields), env)
                }
                _ => Vec::new(),
            },
            Press::Remove(card)
                if matches!(self.screen, Screen::Card(_) | Screen::Again(_))
                    && self.wallet.card(&card).is_some() =>
            {
                self.show(Screen::Remove(card))
            }
            Press::Paper(card) if self.wallet.askers(env.now).iter().any(|(own, _)| *own == card) => {
                self.show(Screen::Paper(card))
            }
            Press::AskPaper { a4, lang } => match &self.screen {
                Screen::Paper(card) => {
                    let card = card.clone();
                    self.agree_paper(card, a4, lang)
                }
                _ => Vec::new(),
            },
            Press::KeepPaper if matches!(self.screen, Screen::PaperMade { .. }) => self.write_paper(),
            Press::Bundle { files, root_sha256 } => {
                self.begin(Intent::ImportBundle { files, root_sha256 }, env)
            }
            Press::Lock => self.lock_now(env),
            _ => Vec::new(),
        }
    }

    /// Showing that began at a card proposes this one's holder: nobody hands over another person's data by pressing on. Going
    /// anywhere else ends that.
    fn remember_shown_from(&mut self, place: Place) {
        match (&self.screen, place) {
            (Screen::Card(card), Place::Show) => self.shown_from = Some(card.clone()),
            (Screen::Show | Screen::Quick, Place::Show | Place::Quick) => {}
            _ => self.shown_from = None,
        }
        self.wallet.prefer(self.shown_from.clone());
    }

    /// Something new, in place of whatever is going on.
    fn begin(&mut self, intent: Intent, env: &mut Env<'_>) -> Vec<Task> {
        let mut tasks = self.stop(env);
        tasks.extend(self.core(intent, env));
        tasks
    }

    /// An offer or a request, told apart by what it is, wherever it was read.
    fn read(&mut self, texts: Vec<String>, env: &mut Env<'_>) -> Vec<Task> {
        let texts: Vec<String> = texts.into_iter().map(behind_page).collect();
        let offer = texts.iter().find(|text| is_offer(text)).cloned();
        match offer {
            Some(link) => self.core(Intent::Receive { link: link.trim().to_owned() }, env),
            // The code of a menu or a poster: whoever made it would hear that it was scanned, when and from where.
            None if texts.iter().any(|text| is_web_address(text)) => {
                let screen = self.refusal(&Refusal::NotARequest);
                self.show(screen)
            }
            None => self.core(Intent::Respond { texts }, env),
        }
    }

    fn agree(&mut self, code: Option<Secret<String>>, env: &mut Env<'_>) -> Vec<Task> {
        match &self.screen {
            Screen::Offer(_) => self.core(Intent::Agree { code }, env),
            Screen::Request(consent) => {
                self.asked = Some(consent.clone());
                self.ask_pin(PinFor::Share)
            }
            Screen::Root(_) => self.core(Intent::Agree { code: None }, env),
            Screen::QuickConsent(consent) => {
                let consent = consent.clone();
                self.agree_quick(consent)
            }
            Screen::WishConsent(consent) => {
                let consent = consent.clone();
                self.agree_wish(consent)
            }
            Screen::Qr(_) | Screen::QuickCode { .. } => self.ask_pin(PinFor::TakeBack),
            Screen::Wipe => self.ask_pin(PinFor::Wipe),
            Screen::Remove(card) => {
                self.removing = Some(card.clone());
                self.ask_pin(PinFor::Remove)
            }
            Screen::Recovery => vec![Task::NewRecovery],
            Screen::RecoveryCode { .. } => self.check_recovery(env),
            Screen::Backup => self.write_backup(env),
            Screen::RestorePreview(backup) => {
                let backup = backup.clone();
                self.restore(backup, env)
            }
            Screen::Anew { .. } => self.agree_anew(),
            Screen::Broken { .. } if self.is_broken() => vec![Task::SetAside],
            _ => Vec::new(),
        }
    }

    fn refuse(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        match &self.screen {
            Screen::Working(Work::Updating) => self.show(Screen::Trust),
            Screen::QuickConsent(_) => self.show(Screen::Quick),
            Screen::WishConsent(consent) => {
                let consent = consent.clone();
                self.back_to_letter(consent)
            }
            Screen::Offer(_)
            | Screen::LogIn(_)
            | Screen::Request(_)
            | Screen::Root(_)
            | Screen::Working(_) => self.core(Intent::Refuse, env),
            // Trying again what was not made: there is room now. Another program may have made one meanwhile.
            Screen::Broken { code } if self.vault == Vault::None && *code != MADE_MEANWHILE => {
                self.choose_pin(None)
            }
            // Trying again what did not open.
            Screen::Broken { .. } => {
                self.vault = Vault::Closed;
                self.ask_pin(PinFor::Open)
            }
            Screen::Anew { .. } => {
                self.screen = self.entrance();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn back(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        match &self.screen {
            Screen::Pin { to: PinFor::Share, .. } => match self.asked.take() {
                Some(consent) => self.show(Screen::Request(consent)),
                None => self.show(Screen::Cards),
            },
            Screen::Pin { to: PinFor::Quick, .. } => match self.quick.take() {
                Some(consent) => self.show(Screen::QuickConsent(consent)),
                None => self.show(Screen::Quick),
            },
            Screen::Pin { to: PinFor::TakeBack, .. } => match &self.handed {
                Some(handed) => {
                    let screen = handed.screen();
                    self.show(screen)
                }
                None => self.show(Screen::Cards),
            },
            Screen::Pin { to: PinFor::Wish, .. } => self.back_to_wish(),
            Screen::WishConsent(consent) => {
                let consent = consent.clone();
                self.back_to_letter(consent)
            }
            Screen::Paper(card) => {
                let card = card.clone();
                self.show(Screen::Card(card))
            }
            Screen::Pin { to: PinFor::Wipe, .. } => self.show(Screen::Wipe),
            Screen::Pin { to: PinFor::Remove, .. } => match self.removing.take() {
                Some(card) => self.show(Screen::Remove(card)),
                None => self.show(Screen::Cards),
            },
            Screen::Remove(card) => {
                let card = card.clone();
                self.show(Screen::Card(card))
            }
            Screen::Pin { to: PinFor::Change, .. } => self.show(Screen::Settings),
            // The code is shown again: who could not type it back has still to write it down.
            Screen::Pin { to: PinFor::Recovery, .. } | Screen::RecoveryCheck { .. } => match &self.recovery {
                Some(code) => {
                    let code = code.expose().clone();
                    self.show(Screen::RecoveryCode { code })
                }
                None => self.show(Screen::Recovery),
            },
            Screen::Forgot { .. } => {
                self.screen = self.entrance();
                Vec::new()
            }
            Screen::Lost => self.show(Screen::Forgot { problem: None }),
            Screen::Anew { backup, .. } => {
                let screen = backup.clone().map_or(Screen::Lost, Screen::RestorePreview);
                self.show(screen)
            }
            Screen::Guide { .. } if !matches!(self.vault, Vault::Open | Vault::None) => {
                self.show(Screen::Help)
            }
            Screen::Guide { .. } | Screen::Help if self.vault != Vault::Open => {
                self.screen = self.entrance();
                Vec::new()
            }
            Screen::NewPin { again: false, .. } if self.vault == Vault::Recovering => self.leave_recovery(),
            Screen::NewPin { again: false, .. } if self.vault == Vault::Open => self.show(Screen::Settings),
            Screen::NewPin { again: true, .. } => self.choose_pin(None),
            Screen::NewPin { .. } => {
                self.restoring = None;
                self.show(Screen::Welcome)
            }
            Screen::Restore { .. } | Screen::RestorePreview(_) if self.vault != Vault::Open => {
                self.screen = if self.vault == Vault::Closed { Screen::Lost } else { self.entrance() };
                Vec::new()
            }
            screen => match screen.parent() {
                Some(place) if self.vault == Vault::Open => {
                    let stopped = self.leave(env);
                    self.show(place.screen());
                    stopped
                }
                _ => Vec::new(),
            },
        }
    }

    fn pin(&mut self, pin: Secret<String>, too_easy: bool, env: &Env<'_>) -> Vec<Task> {
        let well_formed = pin.expose().len() == 6 && pin.expose().bytes().all(|byte| byte.is_ascii_digit());
        match self.screen {
            Screen::NewPin { again: false, .. } => match (well_formed, too_easy) {
                (false, _) => self.choose_pin(Some(PinProblem::Format)),
                (true, true) => self.choose_pin(Some(PinProblem::TooEasy)),
                (true, false) => {
                    self.chosen = Some(pin);
                    self.show(Screen::NewPin { again: true, problem: None })
                }
            },
            Screen::NewPin { again: true, .. } => match self.chosen.take() {
                Some(first) if first.expose() == pin.expose() => match self.vault {
                    Vault::Open => vec![Task::ChangePin(pin)],
                    Vault::Recovering => vec![Task::ResetPin(pin)],
                    _ => vec![Task::CreateVault(pin)],
                },
                _ => self.choose_pin(Some(PinProblem::Differs)),
            },
            Screen::Pin { to, .. } => {
                if let Some(until) = self.preferences.tries.blocked(env.now) {
                    return self.show(Screen::Pin { to, problem: Some(PinProblem::Wait(until)) });
                }
                if !well_formed {
                    return self.show(Screen::Pin { to, problem: Some(PinProblem::Format) });
                }
                match to {
                    PinFor::Open => vec![Task::OpenVault(pin)],
                    // It was closed behind what is shown.
                    PinFor::TakeBack if self.vault == Vault::Closed => vec![Task::OpenVault(pin)],
                    PinFor::Recovery => self.keep_recovery(pin),
                    _ => vec![Task::CheckPin(pin)],
                }
            }
            _ => Vec::new(),
        }
    }

    fn pin_right(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let Screen::Pin { to, .. } = self.screen else { return Vec::new() };
        let mut tasks = self.forget_tries();
        match to {
            PinFor::Open | PinFor::Recovery => {}
            PinFor::Share => {
                self.asked = None;
                tasks.extend(self.core(Intent::Agree { code: None }, env));
            }
            PinFor::TakeBack => {
                if let Some(handed) = self.handed.take() {
                    self.screen = handed.taken_back();
                }
            }
            PinFor::Quick => tasks.extend(self.begin_quick(env)),
            PinFor::Wish => tasks.extend(self.begin_wish(env)),
            PinFor::Wipe => tasks.push(Task::Wipe),
            PinFor::Remove => match self.removing.take() {
                Some(card) => tasks.extend(self.begin(Intent::Delete { card }, env)),
                None => tasks.extend(self.show(Screen::Cards)),
            },
            PinFor::Change => tasks.extend(self.choose_pin(None)),
        }
        tasks
    }

    fn pin_wrong(&mut self, env: &Env<'_>) -> Vec<Task> {
        let Screen::Pin { to, .. } = self.screen else { return Vec::new() };
        let problem = match self.preferences.tries.blocked(env.now) {
            Some(until) => PinProblem::Wait(until),
            None => PinProblem::Wrong,
        };
        self.screen = Screen::Pin { to, problem: Some(problem) };
        vec![Task::Remember(self.preferences.clone())]
    }

    fn forget_tries(&mut self) -> Vec<Task> {
        if self.preferences.tries == Tries::default() {
            return Vec::new();
        }
        self.preferences.tries = Tries::default();
        vec![Task::Remember(self.preferences.clone())]
    }

    fn opened(&mut self, contents: Contents, env: &mut Env<'_>) -> Vec<Task> {
        self.take_locks(&contents);
        self.wallet = Wallet::open(contents.holdings, contents.files);
        self.vault = Vault::Open;
        self.screen = Screen::Cards;
        let mut tasks = self.forget_tries();
        if let Some((files, root)) = contents.provided
            && self.wallet.holdings().trust.is_none()
        {
            tasks.extend(self.core(Intent::ImportBundle { files, root_sha256: Some(root) }, env));
            // Nobody asked for it, so nothing is said of it.
            self.screen = Screen::Cards;
        }
        if contents.inherited.is_some_and(|files| self.wallet.inherit(files, env.now)) {
            tasks.push(Task::Core(Effect::Persist));
        }
        self.awake(env.now);
        let once = self.once.take();
        if let Some(handed) = self.handed.take() {
            self.screen = handed.taken_back();
        } else if let Some(screen) = once {
            self.screen = screen;
        } else if let Some(backup) = self.restoring.take() {
            tasks.extend(self.restore(backup, env));
        } else {
            tasks.extend(self.follow_link(env));
        }
        tasks
    }

    /// A link that came while the wallet was closed, in other hands, or while something was being decided or typed, is
    /// followed once it no longer is: at once wherever nothing can be lost by it.
    fn follow_link(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let free = matches!(
            self.screen,
            Screen::Cards
                | Screen::Add
                | Screen::Again(_)
                | Screen::Show
                | Screen::Quick
                | Screen::Menu
                | Screen::Added(_)
                | Screen::Done(_)
                | Screen::History
                | Screen::Entry(_)
                | Screen::Access
                | Screen::Card(_)
                | Screen::Ask
                | Screen::Letters
                | Screen::Settings
                | Screen::PinChanged
                | Screen::RecoveryKept
                | Screen::Trust
                | Screen::TrustUpdated(_)
                | Screen::Backup
                | Screen::Restored { .. }
                | Screen::Help
                | Screen::Guide { .. }
                | Screen::Declined
                | Screen::Refused(_)
        );
        if self.vault != Vault::Open || self.handed.is_some() || !free {
            return Vec::new();
        }
        let Some(link) = self.link.take() else { return Vec::new() };
        let mut tasks = if self.quiet.is_on() { self.stop_quiet(env) } else { Vec::new() };
        tasks.extend(self.read(vec![link], env));
        tasks
    }

    /// One step of the core, and the screen that it leads to.
    fn core(&mut self, intent: Intent, env: &mut Env<'_>) -> Vec<Task> {
        let work = match &intent {
            Intent::Receive { .. } | Intent::Renew { .. } | Intent::CameBack { .. } => Work::Receiving,
            Intent::Respond { .. } => Work::Reading,
            Intent::FetchAccess | Intent::FetchAccessBy { .. } => Work::Access,
            Intent::Wish(_) | Intent::WishBy { .. } => Work::Wishing,
            _ => match self.screen {
                Screen::Working(work) => work,
                Screen::Offer(_) => Work::Receiving,
                _ => Work::Sending,
            },
        };
        let was_handed = self.handed.is_some();
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(intent, env);
        self.wallet = wallet;
        let mut tasks = Vec::new();
        for effect in effects {
            match effect {
                // What is shown as done has been kept: if that fails, the next input puts another screen here.
                Effect::Show(prompt) => {
                    tasks.extend(browse_to(&prompt));
                    self.prompted(*prompt);
                }
                effect => {
                    if matches!(effect, Effect::Fetch(_)) {
                        self.screen = Screen::Working(work);
                    }
                    tasks.push(Task::Core(effect));
                }
            }
        }
        if self.screen == (Screen::PaperMade { file: None, trouble: None }) {
            tasks.extend(self.write_paper());
        }
        // First of all: it must not depend on what else can be done.
        if self.handed.is_some() && !was_handed {
            tasks.insert(0, Task::ForgetPin);
        }
        tasks
    }

    fn prompted(&mut self, prompt: Prompt) {
        let restored = match prompt {
            Prompt::TrustRoot(_) => None,
            Prompt::BundleImported(_) | Prompt::Declined => self.restored.take(),
            _ => {
                self.restored = None;
                None
            }
        };
        if let Some(screen) = restored {
            self.screen = screen;
            return;
        }
        self.screen = match prompt {
            Prompt::Offer(consent) => Screen::Offer(consent),
            Prompt::LogIn(page) => Screen::LogIn(page),
            Prompt::Presentation(consent) => Screen::Request(consent),
            Prompt::TrustRoot(consent) => Screen::Root(consent),
            Prompt::Received(cards) => Screen::Added(cards),
            // Which ones, the wallet itself says.
            Prompt::Waiting(_) => Screen::Added(Vec::new()),
            Prompt::Notified | Prompt::Deleted => Screen::Cards,
            Prompt::Shared(answer) if answer.frames.is_empty() => Screen::Done(answer),
            Prompt::Shared(answer) => {
                self.handed = Some(Handed::Answer(answer.clone()));
                Screen::Qr(answer)
            }
            Prompt::OneScan(code) => self.show_code(code),
            Prompt::BundleImported(facts) => Screen::TrustUpdated(facts),
            Prompt::AccessFetched => Screen::Access,
            Prompt::Wished(answer) => self.wished(answer),
            Prompt::Declined => Screen::Declined,
            Prompt::Refused(refusal) => {
                if self.stop_codes(No { code: refusal.code(), fault: refusal.fault(), retry: None }) {
                    return;
                }
                self.refusal(&refusal)
            }
        };
    }

    fn refusal(&self, refusal: &Refusal) -> Screen {
        let retry = match (&self.screen, refusal.fault()) {
            (_, Fault::Bug) => None,
            (Screen::Working(Work::Access) | Screen::Access, _) => Some(Place::Access),
            (
                Screen::Working(Work::Wishing)
                | Screen::Ask
                | Screen::Tell { .. }
                | Screen::Emergency
                | Screen::Pin { to: PinFor::Wish, .. },
                _,
            ) => self.wish_again(),
            (Screen::Working(Work::Receiving) | Screen::LogIn(_) | Screen::Add | Screen::Offer(_), _) => {
                Some(Place::Add)
            }
            (Screen::Trust | Screen::Root(_) | Screen::Working(Work::Updating), _) => Some(Place::Trust),
            _ if matches!(refusal, Refusal::NoBundle | Refusal::OldBundle { .. }) => Some(Place::Trust),
            (Screen::Working(Work::Reading) | Screen::Show | Screen::Cards, _) => Some(Place::Show),
            _ => None,
        };
        Screen::Refused(No { code: refusal.code(), fault: refusal.fault(), retry })
    }

    fn refused(&mut self, trouble: Trouble, retry: Option<Place>) -> Vec<Task> {
        self.show(Screen::Refused(No { code: trouble.code, fault: trouble.fault, retry }))
    }

    fn failed(&mut self, trouble: Trouble) -> Vec<Task> {
        // No failure is a way around the PIN.
        match &self.handed {
            Some(handed) if self.vault == Vault::Open => {
                let screen = handed.screen();
                return self.show(screen);
            }
            // It was closed behind what is shown, and does not open: nothing of it can be reached.
            _ => self.handed = None,
        }
        match (self.vault, &self.screen) {
            // No vault could be made: nothing is lost, and a new PIN may be chosen once there is room.
            (Vault::None, _) => self.show(Screen::Broken { code: trouble.code }),
            (Vault::Closed | Vault::Recovering | Vault::Broken { .. }, _) => {
                // It could not be put aside: what opens later is what was there, not a backup.
                self.restoring = None;
                self.vault = Vault::Broken { code: trouble.code, is_lost: trouble.is_lost };
                self.show(Screen::Broken { code: trouble.code })
            }
            (Vault::Open, Screen::Working(Work::Updating)) => self.refused(trouble, Some(Place::Trust)),
            (Vault::Open, Screen::Backup) => self.refused(trouble, Some(Place::Backup)),
            (Vault::Open, _) => self.refused(trouble, None),
        }
    }

    fn write_backup(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let code = backup_code(env.rng);
        self.code = Some(code.clone());
        let backup = self.wallet.backup(env.now);
        vec![Task::WriteBackup { backup: Box::new(backup), code }]
    }

    fn restore(&mut self, backup: Box<Backup>, env: &mut Env<'_>) -> Vec<Task> {
        match self.vault {
            Vault::Open => {}
            Vault::None => {
                self.restoring = Some(backup);
                return self.choose_pin(None);
            }
            // What is damaged is put aside first; the backup waits.
            Vault::Broken { is_lost: true, .. } => {
                self.restoring = Some(backup);
                return vec![Task::SetAside];
            }
            // Nobody knows how to open it: that it is put aside is asked once more.
            Vault::Closed | Vault::Broken { .. } if self.has_way_around() => {
                return self.show(Screen::Anew { is_sure: true, backup: Some(backup) });
            }
            Vault::Broken { .. } | Vault::Closed | Vault::Recovering => return Vec::new(),
        }
        let (cards, entries) = (backup.cards.len(), backup.history.len());
        let (wallet, list) = std::mem::take(&mut self.wallet).restored(*backup);
        self.wallet = wallet;
        self.screen = Screen::Restored { cards, entries };
        let mut tasks = vec![Task::Core(Effect::Persist)];
        // A file says itself whom to believe: its list is compared like every first one.
        if let Some(files) = list {
            self.restored = Some(self.screen.clone());
            tasks.extend(self.core(Intent::RestoreBundle { files, root_sha256: None }, env));
        }
        tasks
    }

    fn gone(&mut self) -> Vec<Task> {
        self.wallet = Wallet::default();
        self.vault = Vault::None;
        // Those of the vault that went; where it lies aside they are kept with it.
        self.preferences.tries = Tries::default();
        self.restored = None;
        self.once = None;
        self.shown_from = None;
        self.asking = wishes::Asking::default();
        self.handed = None;
        self.asked = None;
        self.quick = None;
        if self.restoring.is_some() {
            return self.choose_pin(None);
        }
        self.show(Screen::Welcome)
    }

    fn prefer(&mut self, preference: Preference) -> Vec<Task> {
        match preference {
            Preference::Lang(lang) => self.preferences.lang = Some(lang.tag().to_owned()),
            Preference::Theme(theme) => self.preferences.theme = theme,
            Preference::Text(size) => self.preferences.text = size,
        }
        vec![Task::Remember(self.preferences.clone())]
    }

    fn choose_pin(&mut self, problem: Option<PinProblem>) -> Vec<Task> {
        self.chosen = None;
        self.show(Screen::NewPin { again: false, problem })
    }

    fn ask_pin(&mut self, to: PinFor) -> Vec<Task> {
        self.show(Screen::Pin { to, problem: None })
    }

    /// Leaves whatever is going on in the core.
    fn stop(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        self.asked = None;
        self.quick = None;
        if self.quiet.is_on() {
            return self.stop_quiet(env);
        }
        if self.wallet.is_idle() { Vec::new() } else { self.core(Intent::Refuse, env) }
    }

    /// Leaves a screen: what goes on quietly goes on.
    fn leave(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        self.asking.forget_paper();
        if self.quiet.is_on() {
            self.asked = None;
            return Vec::new();
        }
        self.stop(env)
    }

    fn lock(&mut self) {
        // A code that is shown once comes again behind the PIN: it may be half on paper.
        let is_once = match &self.screen {
            Screen::BackupMade { .. } => true,
            Screen::Wished(answer) => answer.phone_code.is_some(),
            _ => false,
        };
        if is_once {
            self.once = Some(self.screen.clone());
        }
        self.wallet = Wallet::default();
        self.vault = Vault::Closed;
        self.restored = None;
        self.shown_from = None;
        self.asking = wishes::Asking::default();
        self.asked = None;
        self.quick = None;
        self.recovery = None;
        self.removing = None;
        self.chosen = None;
        self.code = None;
        self.screen = self.entrance();
    }

    fn entrance(&self) -> Screen {
        match self.vault {
            Vault::None => Screen::Welcome,
            Vault::Closed | Vault::Recovering => Screen::Pin { to: PinFor::Open, problem: None },
            Vault::Broken { code, .. } => Screen::Broken { code },
            Vault::Open => Screen::Cards,
        }
    }

    fn show(&mut self, screen: Screen) -> Vec<Task> {
        self.screen = screen;
        Vec::new()
    }
}

/// The language that a person chose, if any.
impl Preferences {
    /// The language chosen.
    pub fn language(&self) -> Option<Lang> {
        Lang::parse(self.lang.as_deref()?).ok()
    }
}

/// Where whoever asked online waits for the person's browser (OpenID4VP 1.0, section 8.2).
fn browse_to(prompt: &Prompt) -> Option<Task> {
    match prompt {
        Prompt::Shared(SharedAnswer { redirect: Some(page), .. }) => {
            Some(Task::Browse { page: page.clone() })
        }
        _ => None,
    }
}

/// An address of the web; requests and offers come with schemes of their own.
fn is_web_address(text: &str) -> bool {
    let scheme = text.trim().split(':').next().unwrap_or_default();
    ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// The offer or request behind `#` of a web wallet's address, which a phone's own camera opens. The address is asked nothing.
fn behind_page(text: String) -> String {
    let is_request = |link: &str| {
        ["openid4vp:", "haip-vp:"].iter().any(|scheme| link.to_ascii_lowercase().starts_with(scheme))
    };
    match text.split_once('#') {
        Some((page, link)) if is_web_address(page) && (is_offer(link) || is_request(link)) => link.to_owned(),
        _ => text,
    }
}

/// Links of the schemes for offers (OpenID4VCI 1.0, section 4.1; HAIP 1.0).
fn is_offer(text: &str) -> bool {
    let scheme = text.trim().split(':').next().unwrap_or_default();
    ["openid-credential-offer", "haip-vci"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}
