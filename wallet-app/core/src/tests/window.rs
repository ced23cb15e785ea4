//! The window's machine over the whole core: the main path, other hands, hostile offers and requests, what is not kept.

use absah_trust::tuf;
use absah_types::{Fault, Lang, Seconds, Secret, Timestamp, hex};

use super::counter::{Counter, online_request, serve};
use super::world::{CODE, Done, LINK, World, at, code_of};
use crate::window::{
    Backup, Contents, GUIDE_STEPS, Input, Locks, No, PinFor, PinProblem, Place, Preference, Preferences,
    Press, Screen, Task, TextSize, Tries, Trouble, Window, Work,
};
use crate::{
    About, BundleFiles, CardId, Effect, Env, Event, Holdings, Intent, KeyId, Shown, Wallet, wishes::Wish,
};

mod idle;
mod quick;
mod stack;
mod wishes;

pub(super) const PIN: &str = "739154";
const RECOVERY: &str = "0000-1111-2222-3333-4444-5555-6666";
const NO_ROOM: Trouble = trouble("file-unwritable");
const DAMAGED: Trouble = Trouble { is_lost: true, ..trouble("vault-corrupted") };

const fn trouble(code: &'static str) -> Trouble {
    Trouble { code, fault: Fault::Environment, is_lost: false }
}

/// The PIN that opens a vault that lies aside, what it holds, and how many PINs were wrong for it.
type Aside = (Option<String>, (Holdings, Option<BundleFiles>), Tries);

/// A window with a vault in memory.
pub(super) struct Desk<'w> {
    pub(super) world: &'w mut World,
    pub(super) window: Window,
    pin: Option<String>,
    kept: (Holdings, Option<BundleFiles>),
    backup: Option<(Box<Backup>, Secret<String>)>,
    remembered: Preferences,
    /// The recovery code that is in force.
    recovery: Option<String>,
    /// The device's key store does not help.
    keyless: bool,
    /// Nothing can be written any more.
    full: bool,
    /// Where files for the person go, there is none.
    unwritable: bool,
    /// The keys that signed.
    pub(super) signed: Vec<KeyId>,
    /// Addresses that never answer.
    silent: &'static str,
    browsed: Vec<String>,
    /// The file that was handed to the person.
    written: Option<Vec<u8>>,
    /// How often what makes trying the PIN cheap was forgotten.
    forgotten: usize,
    /// How often the vault was closed.
    closed: usize,
    /// How many vaults were put aside.
    aside: usize,
    /// What lies aside, the longest there first.
    shelf: Vec<Aside>,
    /// The list that lies beside the vault.
    left: Option<BundleFiles>,
}

impl<'w> Desk<'w> {
    /// Nothing is kept yet.
    fn new(world: &'w mut World) -> Self {
        let remembered = Preferences::default();
        Self {
            window: Window::new(false, remembered.clone()),
            world,
            pin: None,
            kept: Default::default(),
            backup: None,
            remembered,
            recovery: None,
            keyless: false,
            full: false,
            unwritable: false,
            signed: Vec::new(),
            silent: "nowhere",
            browsed: Vec::new(),
            written: None,
            forgotten: 0,
            closed: 0,
            aside: 0,
            shelf: Vec::new(),
            left: None,
        }
    }

    /// What the world's wallet has, behind the PIN.
    fn closed(world: &'w mut World) -> Self {
        let kept = (world.wallet.holdings().clone(), world.wallet.bundle_files().cloned());
        let window = Window::new(true, Preferences::default());
        Self { window, kept, pin: Some(PIN.to_owned()), ..Self::new(world) }
    }

    pub(super) fn opened(world: &'w mut World) -> Self {
        let mut desk = Self::closed(world);
        desk.pin(PIN);
        assert_eq!(*desk.screen(), Screen::Cards);
        desk
    }

    /// The program ended and is started again.
    fn restart(&mut self) {
        self.window = Window::new(self.pin.is_some(), self.remembered.clone());
    }

    pub(super) fn screen(&self) -> &Screen {
        self.window.screen()
    }

    pub(super) fn press(&mut self, press: Press) {
        self.input(Input::Press(press));
    }

    fn agree(&mut self) {
        self.press(Press::Agree { code: None });
    }

    pub(super) fn pin(&mut self, pin: &str) {
        self.press(Press::Pin { pin: Secret::new(pin.to_owned()), too_easy: pin == "123456" });
    }

    /// Another wallet is made in the place of the locked one, which is put aside.
    pub(super) fn begin_anew(&mut self) {
        for press in [Press::Go(Place::Forgot), Press::Go(Place::Lost), Press::Begin] {
            self.press(press);
        }
        self.agree();
        self.agree();
        self.press(Press::Begin);
        self.pin("402871");
        self.pin("402871");
        assert_eq!(*self.screen(), Screen::Cards);
    }

    fn read(&mut self, text: &str) {
        self.press(Press::Read { texts: vec![text.to_owned()] });
    }

    fn input(&mut self, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let world = &mut *self.world;
            let mut env =
                Env { now: world.now, rng: &mut world.rng, urls: absah_protocol::UrlRules::HttpsOnly };
            for task in self.window.step(input, &mut env) {
                match self.perform(task) {
                    Ok(then) => next = then.or(next),
                    Err(input) => {
                        next = Some(input);
                        break;
                    }
                }
            }
        }
    }

    fn perform(&mut self, task: Task) -> Result<Option<Input>, Input> {
        let is_pin = |desk: &Self, pin: &Secret<String>| desk.pin.as_deref() == Some(pin.expose().as_str());
        Ok(match task {
            Task::Core(Effect::Persist) if self.full => {
                let before = Some(Box::new(self.contents()));
                return Err(Input::NotKept { trouble: NO_ROOM, before });
            }
            Task::Core(Effect::Persist) => {
                if let Some(wallet) = self.window.to_keep() {
                    self.kept = (wallet.holdings().clone(), wallet.bundle_files().cloned());
                }
                None
            }
            Task::Core(Effect::Fetch(fetch)) if fetch.url.contains(self.silent) => None,
            Task::Core(effect) => match self.perform_core(effect) {
                Done::Nothing => None,
                Done::Next(intent) => Some(Input::Core(intent)),
                Done::Result(prompt) => panic!("the window shows prompts itself: {prompt:?}"),
            },
            Task::CreateVault(_) if self.full => return Err(Input::Failed(NO_ROOM)),
            Task::CreateVault(pin) => {
                self.pin = Some(pin.expose().clone());
                Some(Input::Opened(Box::new(self.contents())))
            }
            Task::OpenVault(_) if self.keyless => {
                return Err(Input::Failed(trouble("device-keys-missing")));
            }
            Task::OpenVault(pin) if is_pin(self, &pin) => Some(Input::Opened(Box::new(self.contents()))),
            Task::CheckPin(pin) if is_pin(self, &pin) => Some(Input::PinRight),
            Task::OpenVault(_) | Task::CheckPin(_) => Some(Input::PinWrong),
            Task::ChangePin(_) if self.full => return Err(Input::Failed(NO_ROOM)),
            Task::ChangePin(pin) => {
                self.pin = Some(pin.expose().clone());
                Some(Input::PinChanged)
            }
            Task::NewRecovery => Some(Input::RecoveryMade(Secret::new(RECOVERY.to_owned()))),
            Task::KeepRecovery { .. } if self.full => return Err(Input::Failed(NO_ROOM)),
            Task::KeepRecovery { pin, .. } if !is_pin(self, &pin) => Some(Input::PinWrong),
            Task::KeepRecovery { code, .. } => {
                self.recovery = Some(code.expose().clone());
                Some(Input::RecoveryKept(Locks { recovery: true, device: true }))
            }
            Task::OpenByRecovery(code) if self.recovery.as_ref() == Some(code.expose()) => {
                Some(Input::RecoveryOpened)
            }
            Task::OpenByRecovery(_) => Some(Input::RecoveryUnread(trouble("vault-wrong-recovery"))),
            Task::ResetPin(_) if self.full => return Err(Input::Failed(NO_ROOM)),
            Task::ResetPin(pin) => {
                self.pin = Some(pin.expose().clone());
                self.keyless = false;
                Some(Input::Opened(Box::new(self.contents())))
            }
            Task::Pull { url } => {
                self.browsed.push(url);
                None
            }
            Task::CloseVault => {
                self.closed += 1;
                None
            }
            Task::ForgetPin => {
                self.forgotten += 1;
                None
            }
            Task::Remember(preferences) => {
                self.remembered = preferences;
                None
            }
            Task::Browse { page } => {
                self.browsed.push(page);
                None
            }
            Task::WriteFile { .. } if self.full || self.unwritable => Some(Input::FileUnwritten(NO_ROOM)),
            Task::WriteFile { name, bytes } => {
                self.written = Some(bytes);
                Some(Input::FileWritten { file: name.to_owned() })
            }
            Task::WriteBackup { .. } if self.full => return Err(Input::Failed(NO_ROOM)),
            Task::WriteBackup { backup, code } => {
                self.backup = Some((backup, code));
                Some(Input::BackupWritten { file: "cadangan".to_owned() })
            }
            Task::ReadBackup { code, .. } => Some(match &self.backup {
                Some((backup, right)) if right.expose() == code.expose() => Input::BackupRead(backup.clone()),
                _ => Input::BackupUnread(trouble("backup-not-opened")),
            }),
            gone @ (Task::Wipe | Task::SetAside) => {
                self.aside += usize::from(matches!(gone, Task::SetAside));
                let is_aside = matches!(gone, Task::SetAside);
                let (pin, kept) = (self.pin.take(), std::mem::take(&mut self.kept));
                self.left = kept.1.clone().filter(|_| is_aside);
                if is_aside {
                    self.shelf.push((pin, kept, self.remembered.tries));
                    self.remembered.tries = Tries::default();
                }
                self.window.set_lying_aside(self.shelf.len());
                Some(Input::Gone)
            }
            Task::BringBack => {
                let (pin, kept, tries) = self.shelf.remove(0);
                let there = (
                    std::mem::replace(&mut self.pin, pin),
                    std::mem::replace(&mut self.kept, kept),
                    std::mem::replace(&mut self.remembered.tries, tries),
                );
                self.shelf.extend(there.0.is_some().then_some(there));
                self.window.set_lying_aside(self.shelf.len());
                Some(Input::BroughtBack(tries))
            }
        })
    }

    fn perform_core(&mut self, effect: Effect) -> Done {
        if let Effect::Sign(signings) = &effect {
            self.signed.extend(signings.iter().map(|one| one.key.clone()));
        }
        self.world.perform(effect)
    }

    fn contents(&self) -> Contents {
        let (holdings, files) = self.kept.clone();
        let locks = Locks { recovery: self.recovery.is_some(), device: false };
        let inherited = self.left.clone().filter(|_| holdings.trust.is_none());
        Contents { holdings, files, inherited, locks, ..Contents::default() }
    }

    /// Everything that can be pressed, whether or not there is a button for it.
    fn every_press(&self) -> Vec<Press> {
        let places = [
            Place::Cards,
            Place::Add,
            Place::Show,
            Place::Quick,
            Place::History,
            Place::Access,
            Place::Ask,
            Place::Correct,
            Place::Delete,
            Place::Emergency,
            Place::Letters,
            Place::Menu,
            Place::Settings,
            Place::Recovery,
            Place::Forgot,
            Place::Lost,
            Place::Trust,
            Place::Backup,
            Place::Restore,
            Place::Wipe,
            Place::Help,
            Place::Guide,
        ];
        let card = self.kept.0.cards.first().map_or_else(|| CardId("x".into()), |card| card.id.clone());
        let mut all: Vec<Press> = places.into_iter().map(Press::Go).collect();
        all.extend([
            Press::Begin,
            Press::Step(1),
            Press::Read { texts: vec![LINK.to_owned()] },
            Press::Refuse,
            Press::Quick { choice: "warga".into() },
            Press::NextCode,
            Press::Card(card.clone()),
            Press::Entry(0),
            Press::AskAccess,
            Press::Renew(card.clone()),
            Press::OpenPage,
            Press::Again(card.clone()),
            Press::Remove(card),
            Press::LogIn,
            Press::Typed { text: "0000".into() },
            Press::Recover { code: Secret::new(RECOVERY.to_owned()) },
            Press::CameBack { address: "absah-wallet://authorized?code=1".into() },
            Press::Wish(Wish::PhoneCode),
            Press::Letter { kind: "usaha".into() },
            Press::Paper(CardId("x".into())),
            Press::AskPaper { a4: true, lang: Lang::Id },
            Press::KeepPaper,
            Press::Update,
            Press::ChangePin,
            Press::Bundle { files: BundleFiles::new(), root_sha256: None },
            Press::OpenBackup { file: Vec::new(), code: Secret::new(String::new()) },
            Press::BringBack,
            Press::Lock,
        ]);
        all
    }
}

/// A hostile text at the window: the person is told its code in one plain sentence with what to do, nothing is shown or
/// sent, and the way back to the cards is open.
pub(super) fn says_no(world: &mut World, texts: &[String], code: &str, name: &str) {
    let posted = world.posted.len();
    let mut desk = Desk::opened(world);
    let cards = desk.kept.0.cards.clone();
    desk.press(Press::Read { texts: texts.to_vec() });
    // Whatever an offer's code is asked for is typed: it must not make it good.
    for _ in 0..2 {
        if matches!(desk.screen(), Screen::Offer(_)) {
            desk.press(Press::Agree { code: Some(Secret::new(CODE.to_owned())) });
        }
    }
    let Screen::Refused(no) = desk.screen().clone() else { panic!("{name}: {:?}", desk.screen()) };
    assert_eq!(no.code, code, "{name}");
    is_plain(no, name);
    if no.fault == Fault::Peer {
        let noted = desk
            .kept
            .0
            .history
            .iter()
            .filter(|one| matches!(&one.event, Event::Refused(no) if no.code == code));
        assert_eq!(noted.count(), 1, "{name}: the person can look back at it");
    }
    assert!(desk.window.asker().is_none(), "{name}: no answer is shown");
    assert_eq!(desk.kept.0.cards, cards, "{name}: no card came or was used");
    assert!(desk.window.has_back(), "{name}: there is a way out");
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Cards, "{name}");
    assert!(desk.window.wallet().is_idle(), "{name}: nothing goes on behind it");
    let sent = world.posted.get(posted..).unwrap();
    assert!(!sent.iter().any(|body| body.contains("vp_token")), "{name}: nothing was sent");
}

/// A request that was answered before, at the window: the person is told when, in one plain sentence, and a no leads back
/// with nothing shown.
pub(super) fn says_when(world: &mut World, texts: &[String], when: Timestamp) {
    let mut desk = Desk::opened(world);
    let cards = desk.kept.0.cards.clone();
    desk.press(Press::Read { texts: texts.to_vec() });
    let Screen::Request(consent) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(consent.answered_at, Some(when));
    for lang in Lang::ALL {
        let text = absah_schemas::text_with(lang, "wallet-request-answered", &[("when", "27-11-2026 10.31")]);
        let text = text.unwrap();
        assert!(
            text.contains("10.31") && text.chars().count() <= 180 && !text.contains(['{', '<']),
            "{text}"
        );
    }
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
    assert_eq!(desk.kept.0.cards, cards, "no copy was used");
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Cards);
    assert!(desk.window.wallet().is_idle());
}

/// What happened and what to do, short, in every language.
fn is_plain(no: No, name: &str) {
    for lang in Lang::ALL {
        for kind in ["err", "rec"] {
            let id = format!("{kind}-{}", no.code);
            let text = absah_schemas::text(lang, &id).unwrap_or_else(|| panic!("{name}: no {id}"));
            assert!((8..=140).contains(&text.chars().count()), "{name}: {id} {lang:?}: {text}");
            assert!(text.matches(['.', '!', '?']).count() <= 2, "{name}: {id} {lang:?}: {text}");
            assert!(!text.contains(['{', '<', '`', '_']), "{name}: {id} {lang:?}: {text}");
        }
    }
}

#[test]
fn from_the_first_start_to_the_answer() {
    let mut world = World::new();
    let counter = Counter::of(&world);
    let asked = counter.ask();
    let mut desk = Desk::new(&mut world);
    desk.kept = (desk.world.wallet.holdings().clone(), desk.world.wallet.bundle_files().cloned());
    assert_eq!(*desk.screen(), Screen::Welcome);
    desk.press(Press::Begin);
    for (typed, problem) in [
        ("12345", Some(PinProblem::Format)),
        ("12345a", Some(PinProblem::Format)),
        ("123456", Some(PinProblem::TooEasy)),
    ] {
        desk.pin(typed);
        assert_eq!(*desk.screen(), Screen::NewPin { again: false, problem });
    }
    desk.pin(PIN);
    desk.pin("739155");
    assert_eq!(*desk.screen(), Screen::NewPin { again: false, problem: Some(PinProblem::Differs) });
    desk.pin(PIN);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);

    desk.read(LINK);
    assert!(matches!(desk.screen(), Screen::Offer(offer) if offer.problem.is_none()));
    desk.press(Press::Agree { code: Some(Secret::new("000000".to_owned())) });
    assert!(
        matches!(desk.screen(), Screen::Offer(offer) if offer.problem.is_some()),
        "it may be typed again"
    );
    desk.press(Press::Agree { code: Some(Secret::new(CODE.to_owned())) });
    assert!(matches!(desk.screen(), Screen::Added(cards) if cards.len() == 2), "{:?}", desk.screen());
    desk.press(Press::Back);
    assert_eq!(desk.window.wallet().stack(desk.world.now).len(), 1, "two forms of one document");

    desk.press(Press::Go(Place::Show));
    desk.press(Press::Read { texts: asked.short.clone() });
    assert!(matches!(desk.screen(), Screen::Request(consent) if consent.facts.len() == 3));
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Share, problem: None });
    desk.pin(PIN);
    let Screen::Qr(answer) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(desk.forgotten, 1, "in other hands each guess is dear");
    assert!(
        matches!(desk.kept.0.history.last().unwrap().event, Event::Shared(_)),
        "noted before it is shown"
    );
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Done(done) if *done == answer));
    assert!(desk.window.asker().is_none());
    let opened = counter.open(&asked.request, &answer.frames, &world);
    assert_eq!(opened[0].1.claims()["nama"], "SITI CONTOH");
}

/// Before there is a wallet and from the help: four steps, each way out leads to where one came from.
#[test]
fn first_steps_in_pictures() {
    let mut world = World::new();
    let mut desk = Desk::new(&mut world);
    desk.press(Press::Go(Place::Guide));
    assert_eq!(*desk.screen(), Screen::Guide { step: 0 });
    desk.press(Press::Prefer(Preference::Text(TextSize::Large)));
    for step in 1..GUIDE_STEPS {
        desk.press(Press::Step(step));
        assert_eq!(*desk.screen(), Screen::Guide { step });
    }
    desk.press(Press::Step(GUIDE_STEPS));
    assert_eq!(*desk.screen(), Screen::Guide { step: GUIDE_STEPS - 1 }, "there is no further one");
    assert!(desk.window.has_back());
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Welcome);
    desk.press(Press::Step(1));
    assert_eq!(*desk.screen(), Screen::Welcome);
    // Large letters hold from the first screen on, also where the PIN is asked for.
    desk.press(Press::Begin);
    desk.pin(PIN);
    desk.pin(PIN);
    desk.press(Press::Go(Place::Help));
    desk.press(Press::Go(Place::Guide));
    desk.press(Press::Step(2));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Help);
    desk.restart();
    assert!(matches!(desk.screen(), Screen::Pin { to: PinFor::Open, .. }));
    assert_eq!(desk.window.preferences().text, TextSize::Large);
    desk.press(Press::Go(Place::Guide));
    assert!(matches!(desk.screen(), Screen::Pin { .. }), "a closed wallet shows nothing else");
}

#[test]
fn without_the_pin_no_yes_counts() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Read { texts: asked.short.clone() });
    desk.agree();
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Share, problem: None }, "a second yes is no PIN");
    desk.pin("111111");
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Share, problem: Some(PinProblem::Wrong) });
    desk.press(Press::Back);
    assert!(matches!(desk.screen(), Screen::Request(_)), "back to the question");
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
    let Event::Refused(refused) = &desk.kept.0.history.last().unwrap().event else { panic!("refused") };
    assert_eq!(refused.code, crate::REFUSED_BY_HOLDER);
    assert!(desk.kept.0.cards.iter().all(|card| card.unused() == 12), "no copy was used");
}

#[test]
fn in_other_hands_only_the_answer_and_the_pin_can_be_reached() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Read { texts: asked.short.clone() });
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Qr(_)));
    only_what_is_shown(desk);
}

/// Whatever is pressed, typed or sent, what stands on the screen and the question for the PIN is all there is.
fn only_what_is_shown(mut desk: Desk<'_>) {
    let shown = desk.screen().clone();
    let is_inside = |desk: &Desk<'_>, what: &str| {
        let reached = desk.screen();
        let stays = *reached == shown || matches!(reached, Screen::Pin { to: PinFor::TakeBack, .. });
        assert!(stays, "{what}: {reached:?}");
    };
    let everything = |desk: &mut Desk<'_>| {
        for press in desk.every_press() {
            let what = format!("{press:?}");
            desk.press(press);
            is_inside(desk, &what);
        }
        desk.input(Input::Link(LINK.to_owned()));
        is_inside(desk, "a link");
        desk.input(Input::Link("absah-wallet://authorized?code=1".to_owned()));
        is_inside(desk, "a log-in");
    };
    everything(&mut desk);
    assert_eq!(*desk.screen(), shown);
    // The question for the PIN is no way around it.
    desk.agree();
    everything(&mut desk);
    desk.agree();
    desk.pin("111111");
    is_inside(&desk, "a wrong PIN");
    everything(&mut desk);
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), shown, "back is to the answer");
    for _ in 0..20 {
        desk.agree();
        desk.pin("000001");
        is_inside(&desk, "guessing");
    }
    // Ended and started again, it asks for the PIN.
    desk.restart();
    assert!(matches!(desk.screen(), Screen::Pin { to: PinFor::Open, .. }));
    for press in desk.every_press() {
        let what = format!("{press:?}");
        desk.press(press);
        // A forgotten PIN is said before there is one, and help is there: those screens show nothing.
        let is_locked = matches!(
            desk.screen(),
            Screen::Pin { to: PinFor::Open, .. }
                | Screen::Forgot { .. }
                | Screen::Lost
                | Screen::Anew { is_sure: false, .. }
                | Screen::Restore { .. }
                | Screen::Help
                | Screen::Guide { .. }
        );
        assert!(is_locked, "{what}: {:?}", desk.screen());
        assert!(desk.pin.is_some(), "{what}: the vault stays");
        assert!(desk.window.wallet().holdings().cards.is_empty(), "{what}");
    }
}

#[test]
fn a_link_waits_until_the_device_is_back() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::closed(&mut world);
    let fetched = desk.world.asked.len();
    desk.input(Input::Link(LINK.to_owned()));
    assert!(matches!(desk.screen(), Screen::Pin { to: PinFor::Open, .. }));
    assert_eq!(desk.world.asked.len(), fetched, "nothing is fetched before");
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Offer(_)), "{:?}", desk.screen());
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
    desk.press(Press::Read { texts: asked.short });
    assert!(matches!(desk.screen(), Screen::Request(_)), "{:?}", desk.screen());
}

/// The second offer at a desk, or the next request: followed from every screen on which nothing is decided or typed.
#[test]
fn a_link_is_followed_wherever_nothing_is_being_decided() {
    let card = {
        let world = World::with_card();
        world.kept.cards[0].id.clone()
    };
    let go = |place| move |desk: &mut Desk<'_>| desk.press(Press::Go(place));
    let places = [
        Place::History,
        Place::Settings,
        Place::Help,
        Place::Trust,
        Place::Backup,
        Place::Ask,
        Place::Access,
        Place::Guide,
    ];
    type Way = Box<dyn Fn(&mut Desk<'_>)>;
    let mut ways: Vec<Way> = Vec::new();
    ways.extend(places.map(|place| Box::new(go(place)) as Way));
    ways.push(Box::new(move |desk| desk.press(Press::Card(card.clone()))));
    ways.push(Box::new(|desk| {
        desk.read(LINK);
        desk.press(Press::Agree { code: Some(Secret::new(CODE.to_owned())) });
        assert!(matches!(desk.screen(), Screen::Added(_)), "{:?}", desk.screen());
    }));
    for way in ways {
        let mut world = World::with_card();
        let mut desk = Desk::opened(&mut world);
        way(&mut desk);
        let from = desk.screen().clone();
        desk.input(Input::Link(LINK.to_owned()));
        assert!(matches!(desk.screen(), Screen::Offer(_)), "{from:?}: {:?}", desk.screen());
    }
    // What is being typed is not torn away; the link is followed as soon as it is left.
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Correct));
    desk.input(Input::Link(LINK.to_owned()));
    assert!(matches!(desk.screen(), Screen::Tell { .. }), "{:?}", desk.screen());
    desk.press(Press::Back);
    assert!(matches!(desk.screen(), Screen::Offer(_)), "{:?}", desk.screen());
}

#[test]
fn guessing_the_pin_gets_slower_also_over_a_restart() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    for _ in 1..Tries::FREE {
        desk.pin("000001");
        assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: Some(PinProblem::Wrong) });
    }
    desk.pin("000001");
    let until = desk.world.now.plus(Seconds(30));
    let waits = Screen::Pin { to: PinFor::Open, problem: Some(PinProblem::Wait(until)) };
    assert_eq!(*desk.screen(), waits);
    desk.restart();
    desk.pin(PIN);
    assert_eq!(*desk.screen(), waits, "also the right one waits");
    desk.world.now = until;
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
    assert_eq!(desk.remembered.tries, Tries::default());
}

#[test]
fn the_pin_is_changed_only_by_who_knows_it() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::ChangePin);
    assert_eq!(*desk.screen(), Screen::Cards, "only from the settings");
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::ChangePin);
    desk.pin("111111");
    assert!(matches!(desk.screen(), Screen::Pin { to: PinFor::Change, problem: Some(PinProblem::Wrong) }));
    desk.pin(PIN);
    desk.pin("123456");
    assert_eq!(*desk.screen(), Screen::NewPin { again: false, problem: Some(PinProblem::TooEasy) });
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Settings);
    desk.press(Press::ChangePin);
    desk.pin(PIN);
    desk.pin("271828");
    desk.full = true;
    desk.pin("271828");
    assert!(matches!(desk.screen(), Screen::Refused(no) if no.code == NO_ROOM.code));
    assert_eq!(desk.pin.as_deref(), Some(PIN), "the old one still holds");
    desk.full = false;
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::ChangePin);
    desk.pin(PIN);
    desk.pin("271828");
    desk.pin("271828");
    assert_eq!(*desk.screen(), Screen::PinChanged);
    desk.press(Press::Lock);
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Pin { problem: Some(PinProblem::Wrong), .. }));
    desk.pin("271828");
    assert_eq!(*desk.screen(), Screen::Cards);
}

#[test]
fn a_newer_list_is_fetched_taken_over_or_given_up() {
    let mut world = World::with_card();
    let contents = world.contents();
    let newer = world.files(2, &contents);
    let older = world.files(1, &contents);
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Update);
    assert_eq!(*desk.screen(), Screen::Working(Work::Updating));
    assert_eq!(desk.browsed, ["https://dukcapil.example/bundle"]);
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Trust);
    desk.input(Input::Pulled(newer.clone()));
    assert_eq!(*desk.screen(), Screen::Trust, "what was given up comes too late");
    desk.press(Press::Update);
    desk.input(Input::Failed(trouble("network-unreachable")));
    assert!(matches!(desk.screen(), Screen::Refused(No { retry: Some(Place::Trust), .. })));
    desk.press(Press::Update);
    desk.input(Input::Pulled(newer));
    assert!(
        matches!(desk.screen(), Screen::TrustUpdated(facts) if facts.version == 2),
        "{:?}",
        desk.screen()
    );
    assert_eq!(desk.kept.1, desk.window.wallet().bundle_files().cloned());
    desk.press(Press::Update);
    desk.input(Input::Pulled(older));
    let Screen::Refused(no) = *desk.screen() else { panic!("{:?}", desk.screen()) };
    assert_eq!(no.retry, Some(Place::Trust));
    is_plain(no, "an older list");
    assert_eq!(desk.window.wallet().bundle().unwrap().version(), 2);
}

#[test]
fn a_request_online_ends_without_a_code_to_show() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&counter);
    serve(&mut world, &request.jar);
    let mut desk = Desk::opened(&mut world);
    desk.read(&link);
    assert!(matches!(desk.screen(), Screen::Request(_)), "{:?}", desk.screen());
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Done(done) if done.frames.is_empty()), "{:?}", desk.screen());
    assert!(desk.window.has_back(), "nothing is handed over");
    // Whoever asked waits on a page of the browser: it is led there, and once more when the person wants.
    assert_eq!(desk.browsed, ["https://loket.example/done#x"]);
    desk.press(Press::OpenPage);
    assert_eq!(desk.browsed.len(), 2);
    desk.press(Press::Go(Place::Cards));
    desk.press(Press::OpenPage);
    assert_eq!(desk.browsed.len(), 2, "only from where it is said");
}

/// What is on its way is not called back by not waiting for it.
#[test]
fn who_stops_waiting_is_not_told_that_nothing_was_sent() {
    let mut world = World::with_card();
    let counter = Counter::of(&world);
    let (request, link) = online_request(&counter);
    serve(&mut world, &request.jar);
    let mut desk = Desk::opened(&mut world);
    // Before the yes it is a no.
    desk.silent = "/request/";
    desk.read(&link);
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
    desk.silent = "/response/";
    desk.press(Press::Go(Place::Cards));
    desk.read(&link);
    desk.agree();
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Working(Work::Sending));
    desk.press(Press::Refuse);
    let Screen::Refused(no) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert_eq!(no.code, "answer-not-confirmed");
    is_plain(no, "stopped");
    let told = desk.kept.0.history.iter().any(|one| matches!(&one.event, Event::Shared(_)));
    assert!(told && desk.window.wallet().is_idle(), "the history says the same");
}

#[test]
fn what_could_not_be_kept_is_not_shown_as_done() {
    let mut world = World::with_card();
    let asked = Counter::of(&world).ask();
    let mut desk = Desk::opened(&mut world);
    let before = desk.kept.clone();
    desk.press(Press::Read { texts: asked.short.clone() });
    desk.agree();
    desk.full = true;
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Refused(no) if no.code == NO_ROOM.code), "{:?}", desk.screen());
    assert!(desk.window.asker().is_none(), "no answer is shown that the history does not know");
    assert_eq!(*desk.window.wallet().holdings(), before.0, "memory is not ahead of the vault");
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Cards);
    desk.press(Press::Go(Place::Backup));
    desk.agree();
    assert!(matches!(desk.screen(), Screen::Refused(No { retry: Some(Place::Backup), .. })));
    desk.full = false;
    desk.press(Press::Read { texts: asked.short });
    desk.agree();
    desk.pin(PIN);
    assert!(matches!(desk.screen(), Screen::Qr(_)), "with room again it works");
}

#[test]
fn a_vault_that_cannot_be_made_or_opened_is_said_and_nothing_thrown_away() {
    let mut world = World::new();
    let mut desk = Desk::new(&mut world);
    desk.full = true;
    desk.press(Press::Begin);
    desk.pin(PIN);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Broken { code: NO_ROOM.code });
    assert!(!desk.window.is_broken(), "there is nothing to put aside");
    assert!(desk.window.is_without_a_vault());
    // Trying again leads to where a vault is made, as often as it takes; there is no PIN to ask for yet.
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::NewPin { again: false, problem: None });
    desk.pin(PIN);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Broken { code: NO_ROOM.code });
    desk.full = false;
    desk.press(Press::Refuse);
    desk.pin(PIN);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards, "with room again it works");
    // Made by another program meanwhile: then its PIN opens it.
    let mut desk = Desk::new(&mut world);
    desk.press(Press::Begin);
    desk.pin = Some(PIN.to_owned());
    desk.input(Input::Failed(trouble("vault-exists")));
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
    let mut desk = Desk::closed(&mut world);
    desk.input(Input::Failed(DAMAGED));
    assert_eq!(*desk.screen(), Screen::Broken { code: "vault-corrupted" });
    for press in desk.every_press() {
        let what = format!("{press:?}");
        desk.press(press);
        assert!(desk.pin.is_some(), "{what}: only a yes on this screen puts it aside");
        desk.window = Window::new(true, Preferences::default());
        desk.input(Input::Failed(DAMAGED));
    }
    desk.press(Press::Refuse);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards, "trying again");
}

#[test]
fn a_vault_that_only_does_not_open_now_is_not_put_aside() {
    for code in
        ["data-dir-busy", "vault-memory", "vault-storage", "vault-denied", "vault-full", "device-keys-silent"]
    {
        let mut world = World::with_card();
        let mut desk = Desk::closed(&mut world);
        desk.input(Input::Failed(trouble(code)));
        assert_eq!(*desk.screen(), Screen::Broken { code });
        assert!(!desk.window.is_broken(), "{code}");
        desk.agree();
        assert!(desk.pin.is_some(), "{code}: it is where it was");
        desk.press(Press::Refuse);
        desk.pin(PIN);
        assert_eq!(*desk.screen(), Screen::Cards, "{code}: trying again");
    }
}

#[test]
fn backup_wipe_restore_and_the_card_fetched_again_takes_its_place() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    let entries = desk.kept.0.history.len();
    desk.press(Press::Go(Place::Backup));
    desk.agree();
    let Screen::BackupMade { code, .. } = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    assert!(code.len() == 20 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let (backup, _) = desk.backup.as_ref().unwrap();
    assert!(backup.cards.iter().all(|card| card.copies.is_empty()), "no copy leaves the device");
    desk.press(Press::Go(Place::Wipe));
    desk.agree();
    desk.pin("111111");
    assert!(desk.pin.is_some(), "not without the PIN");
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Welcome);
    desk.press(Press::Go(Place::Restore));
    let typed = |code: &str| Press::OpenBackup { file: Vec::new(), code: Secret::new(code.to_owned()) };
    desk.press(typed("1234"));
    assert_eq!(*desk.screen(), Screen::Restore { problem: Some("backup-not-opened") });
    let (head, tail) = code.split_at(7);
    desk.press(typed(&format!("{head} - {tail}")));
    assert!(matches!(desk.screen(), Screen::RestorePreview(backup) if backup.history.len() == entries));
    desk.agree();
    desk.pin(PIN);
    desk.pin(PIN);
    // The list in a file says whom to believe: its root is compared, as with every first one.
    assert!(matches!(desk.screen(), Screen::Root(_)), "{:?}", desk.screen());
    assert!(desk.window.wallet().bundle().is_none() && desk.kept.0.trust.is_none());
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Restored { cards: 2, entries });
    let stack = desk.window.wallet().stack(desk.world.now);
    assert_eq!((stack.len(), stack[0].is_here()), (1, false));
    assert_eq!(stack[0].name.as_ref().map(|name| name.as_str()), Some("SITI CONTOH"));
    assert!(desk.window.wallet().bundle().is_some());
    desk.press(Press::Back);
    desk.read(LINK);
    desk.press(Press::Agree { code: Some(Secret::new(CODE.to_owned())) });
    assert!(matches!(desk.screen(), Screen::Added(_)), "{:?}", desk.screen());
    let stack = desk.window.wallet().stack(desk.world.now);
    assert_eq!((stack.len(), stack[0].forms.len(), stack[0].is_here()), (1, 2, true));
    assert!(desk.kept.0.cards.iter().all(|card| card.copies.len() == 12), "in place of what was restored");
}

#[test]
fn stopped_on_the_way_an_offer_leaves_nothing() {
    let mut world = World::new();
    let mut desk = Desk::opened(&mut world);
    desk.read(LINK);
    for press in [Press::Go(Place::Cards), Press::Lock, Press::Refuse] {
        desk.press(press);
        assert!(desk.window.wallet().is_idle());
        if matches!(desk.screen(), Screen::Pin { .. }) {
            desk.pin(PIN);
        }
        desk.read(LINK);
        assert!(matches!(desk.screen(), Screen::Offer(_)), "{:?}", desk.screen());
    }
    assert!(desk.world.keys.is_empty());
    // An answer of the network that comes late is none to anything.
    desk.press(Press::Refuse);
    desk.press(Press::Go(Place::Menu));
    desk.input(Input::Core(Intent::Signed(Vec::new())));
    assert!(desk.window.wallet().is_idle());
}

#[test]
fn hostile_offers_are_refused_in_words() {
    type Meddle = super::world::Meddle;
    let name = |name: &'static str| -> Meddle {
        at("/.well-known/openid-credential-issuer", move |metadata| {
            metadata["display"] = serde_json::json!([{ "name": name, "locale": "id" }]);
        })
    };
    let failing = super::world::failing;
    let cases: Vec<(&str, Meddle, &str)> = vec![
        (
            "private address",
            failing("/offers/1", crate::FetchFailure::ForbiddenAddress),
            "network-forbidden-address",
        ),
        ("redirects", failing("/offers/1", crate::FetchFailure::Redirected), "network-redirected"),
        ("nobody there", failing("/offers/1", crate::FetchFailure::Unreachable), "network-unreachable"),
        (
            "huge metadata",
            at("/.well-known/openid-credential-issuer", |m| m["x"] = serde_json::json!("x".repeat(600_000))),
            "network-too-large",
        ),
        ("markup in the name", name("<img src=x onerror=alert(1)>"), "issuer-name-unsafe"),
        ("Cyrillic that looks Latin", name("Dukcаpil"), "issuer-name-unsafe"),
        (
            "another issuer's metadata",
            at("/.well-known/openid-credential-issuer", |m| {
                m["credential_issuer"] = serde_json::json!("https://other.example");
            }),
            "receive-other-issuer",
        ),
        (
            "one copy twice",
            at("/credential", |answer| answer["credentials"][1] = answer["credentials"][0].clone()),
            "received-same-key",
        ),
        (
            "fewer copies than keys",
            at("/credential", |answer| answer["credentials"].as_array_mut().unwrap().truncate(11)),
            "copies-missing",
        ),
    ];
    for (case, meddle, code) in cases {
        let mut world = World::bare();
        world.issuer.configurations = vec!["KtpElektronik_dc_sd_jwt"];
        world.issuer.meddle = meddle;
        says_no(&mut world, &[LINK.to_owned()], code, case);
        assert!(world.keys.is_empty(), "{case}: every key was dropped");
    }
    for (case, link, code) in [
        ("nothing in it", "openid-credential-offer://", "offer-ambiguous"),
        (
            "not of the web",
            "openid-credential-offer://?credential_offer_uri=http%3A%2F%2F10.0.0.1%2F",
            "url-not-https",
        ),
    ] {
        says_no(&mut World::new(), &[link.to_owned()], code, case);
    }
}

#[test]
fn an_issuer_under_the_name_of_a_listed_one_is_refused() {
    for (name, code) in [
        ("Dukcapil Contoh", "issuer-name-taken"),
        ("dukcapil contoh", "issuer-name-taken"),
        ("Dukcapi1 C0ntoh", "issuer-name-taken"),
        ("Dukcapil-Contoh", "issuer-name-taken"),
        ("Dukcapil Contoh (baru)", "issuer-name-taken"),
        ("Dukcapil", "issuer-name-taken"),
        ("Kantor Catatan Sipil", "issuer-name-taken"),
        // Under an honest name it may still give no card of the registry's types.
        ("Bank Contoh", "issuer-type-unlisted"),
    ] {
        let mut world = World::new();
        let offers = "https://other.example/offers/1";
        let metadata = "https://other.example/.well-known/openid-credential-issuer";
        for (url, from) in [(offers, "/offers/1"), (metadata, "/.well-known/openid-credential-issuer")] {
            let text = world.answer_at(from).replace("https://dukcapil.example", "https://other.example");
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            if url == metadata {
                value["display"] = serde_json::json!([{ "name": name, "locale": "id" }]);
            }
            world.served.insert(url.into(), super::world::fetched(200, &value));
        }
        let server = "https://other.example/.well-known/oauth-authorization-server";
        let text = world.answer_at("/.well-known/oauth-authorization-server");
        let text = text.replace("https://dukcapil.example", "https://other.example");
        world.served.insert(server.into(), super::world::fetched(200, &serde_json::from_str(&text).unwrap()));
        let link = LINK.replace("dukcapil.example", "other.example");
        says_no(&mut world, &[link], code, name);
    }
}

/// Through the making of a recovery code, up to the PIN.
fn typed_back(desk: &mut Desk<'_>) {
    desk.press(Press::Go(Place::Recovery));
    desk.agree();
    assert_eq!(*desk.screen(), Screen::RecoveryCode { code: RECOVERY.to_owned() });
    desk.agree();
    let Screen::RecoveryCheck { group, is_wrong: false } = *desk.screen() else {
        panic!("{:?}", desk.screen())
    };
    desk.press(Press::Typed { text: "9999".into() });
    assert_eq!(*desk.screen(), Screen::RecoveryCheck { group, is_wrong: true });
    let wanted = RECOVERY.split('-').nth(group).unwrap();
    desk.press(Press::Typed { text: format!(" {} ", wanted.replace('0', "o").replace('1', "l")) });
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Recovery, problem: None });
}

#[test]
fn a_recovery_code_holds_only_once_it_is_typed_back_and_the_pin_is_right() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Recovery));
    desk.agree();
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::Typed { text: "0000".into() });
    assert_eq!((desk.screen(), &desk.recovery), (&Screen::Settings, &None), "shown and left: nothing holds");
    typed_back(&mut desk);
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::RecoveryCode { code: RECOVERY.to_owned() }, "to be read again");
    typed_back(&mut desk);
    desk.pin("402871");
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Recovery, problem: Some(PinProblem::Wrong) });
    assert_eq!(desk.recovery, None);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::RecoveryKept);
    assert!(desk.window.locks().recovery && desk.window.locks().device);
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Settings);
    desk.full = true;
    typed_back(&mut desk);
    desk.pin(PIN);
    assert!(
        matches!(desk.screen(), Screen::Refused(No { code: "file-unwritable", .. })),
        "{:?}",
        desk.screen()
    );
}

#[test]
fn a_forgotten_pin_is_replaced_by_the_code_and_by_nothing_less() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Forgot));
    assert_eq!(*desk.screen(), Screen::Cards, "not from an open wallet");
    typed_back(&mut desk);
    desk.pin(PIN);
    desk.restart();
    let code = || Press::Recover { code: Secret::new(RECOVERY.to_owned()) };
    desk.press(code());
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None }, "only where it is asked for");
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Recover { code: Secret::new("0".to_owned()) });
    assert_eq!(*desk.screen(), Screen::Forgot { problem: Some("vault-wrong-recovery") });
    desk.press(code());
    assert_eq!(*desk.screen(), Screen::NewPin { again: false, problem: None });
    for press in desk.every_press() {
        desk.press(press);
        if *desk.screen() == (Screen::Pin { to: PinFor::Open, problem: None }) {
            // Back or locked: the code is asked for again.
            desk.press(Press::Go(Place::Forgot));
            desk.press(code());
        }
        assert!(matches!(desk.screen(), Screen::NewPin { .. }), "nothing else is open: {:?}", desk.screen());
    }
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
    assert_eq!(desk.pin.as_deref(), Some(PIN), "left without a new PIN: the old one holds");
    desk.press(Press::Go(Place::Forgot));
    desk.press(code());
    desk.pin("402871");
    desk.pin("402871");
    assert_eq!(*desk.screen(), Screen::Cards);
    assert_eq!(desk.window.wallet().holdings().cards.len(), 2, "the cards are there");
    desk.restart();
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: Some(PinProblem::Wrong) });
}

/// Neither PIN nor code: two ways on, each asked twice; the locked vault is put aside and not written over.
#[test]
fn a_forgotten_pin_without_a_code_is_no_dead_end() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    desk.press(Press::Go(Place::Lost));
    desk.press(Press::Begin);
    assert_eq!(
        *desk.screen(),
        Screen::Pin { to: PinFor::Open, problem: None },
        "only after the code is asked for"
    );
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Go(Place::Restore));
    assert_eq!(*desk.screen(), Screen::Forgot { problem: None }, "only where there is no code");
    desk.press(Press::Go(Place::Lost));
    desk.press(Press::Begin);
    assert_eq!(*desk.screen(), Screen::Anew { is_sure: false, backup: None });
    desk.agree();
    assert_eq!(*desk.screen(), Screen::Anew { is_sure: true, backup: None });
    assert_eq!((desk.aside, desk.pin.is_some()), (0, true), "once is not enough");
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
    desk.agree();
    assert_eq!(desk.aside, 0, "a yes counts only where it is asked for");
    // Remembered after all: nothing is lost.
    desk.pin(PIN);
    assert_eq!(desk.window.wallet().holdings().cards.len(), 2);
    desk.press(Press::Lock);
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Go(Place::Lost));
    desk.press(Press::Begin);
    desk.agree();
    desk.agree();
    assert_eq!((desk.screen(), desk.aside), (&Screen::Welcome, 1), "kept under another name");
    // However long the list lay there: who is official on a device does not change with its PIN.
    desk.world.now = desk.world.now.plus(Seconds::days(20));
    desk.press(Press::Begin);
    desk.pin("402871");
    desk.pin("402871");
    assert_eq!(*desk.screen(), Screen::Cards);
    assert!(desk.window.wallet().holdings().cards.is_empty());
    let version = |wallet: &Wallet| wallet.bundle().map(absah_trust::Bundle::version);
    assert_eq!(version(desk.window.wallet()), Some(1));
    assert!(desk.kept.0.trust.is_some() && desk.kept.1.is_some(), "and is kept");
    desk.press(Press::Go(Place::Wipe));
    desk.agree();
    desk.pin("402871");
    desk.press(Press::Begin);
    desk.pin(PIN);
    desk.pin(PIN);
    assert_eq!(version(desk.window.wallet()), None, "deleted is deleted");
}

/// Who remembers the PIN the day after has lost nothing, and nor has who then does not.
#[test]
fn what_was_put_aside_is_opened_again_by_its_pin() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    let aside = |desk: &mut Desk<'_>| {
        for press in [Press::Go(Place::Forgot), Press::Go(Place::Lost), Press::Begin] {
            desk.press(press);
        }
        desk.agree();
        desk.agree();
        assert_eq!((desk.screen(), desk.window.lying_aside()), (&Screen::Welcome, 1));
    };
    let locked = Screen::Pin { to: PinFor::Open, problem: None };
    desk.press(Press::BringBack);
    assert_eq!(*desk.screen(), locked, "nothing lies aside");
    aside(&mut desk);
    desk.press(Press::BringBack);
    assert_eq!((desk.screen(), desk.window.lying_aside()), (&locked, 0));
    desk.pin(PIN);
    assert_eq!(desk.window.wallet().holdings().cards.len(), 2);
    // Also when there is a new one meanwhile, and back from it by nothing but a PIN.
    desk.press(Press::Lock);
    aside(&mut desk);
    desk.press(Press::Begin);
    desk.pin("402871");
    desk.pin("402871");
    desk.press(Press::BringBack);
    assert_eq!(*desk.screen(), Screen::Cards, "only from where it is said");
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::BringBack);
    assert_eq!((desk.screen(), desk.window.lying_aside()), (&locked, 1));
    assert!(desk.window.wallet().holdings().cards.is_empty(), "nothing of it is seen before its PIN");
    desk.pin("402871");
    assert!(matches!(desk.screen(), Screen::Pin { problem: Some(PinProblem::Wrong), .. }));
    for press in [Press::Go(Place::Forgot), Press::Go(Place::Lost), Press::BringBack] {
        desk.press(press);
    }
    desk.pin("402871");
    assert_eq!((desk.screen(), desk.window.wallet().holdings().cards.len()), (&Screen::Cards, 0));
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::BringBack);
    desk.pin(PIN);
    assert_eq!(desk.window.wallet().holdings().cards.len(), 2);
}

/// Beginning anew and coming back is no way around the wait: PINs that were wrong are those of one vault.
#[test]
fn the_wait_after_wrong_pins_is_still_there_when_a_vault_comes_back() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    for _ in 0..Tries::FREE {
        desk.pin("000001");
    }
    let until = desk.world.now.plus(Seconds(30));
    let waits = Screen::Pin { to: PinFor::Open, problem: Some(PinProblem::Wait(until)) };
    assert_eq!(*desk.screen(), waits);
    desk.begin_anew();
    desk.press(Press::Go(Place::Settings));
    desk.press(Press::BringBack);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), waits, "also the right one waits");
    desk.world.now = until;
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
}

/// A backup is restored when a phone is lost, mostly long after it was made: its list counts as that of a wallet opened
/// after long, once its root was compared, and as nothing before.
#[test]
fn the_list_of_an_old_backup_is_taken_once_it_was_compared() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Backup));
    desk.agree();
    let backup = desk.backup.clone().unwrap().0;
    let list = desk.kept.1.clone().unwrap();
    for says_yes in [false, true] {
        let mut world = World::bare();
        world.now = world.now.plus(Seconds::days(40));
        let mut desk = Desk::new(&mut world);
        desk.press(Press::Go(Place::Restore));
        desk.input(Input::BackupRead(backup.clone()));
        desk.agree();
        desk.pin(PIN);
        desk.pin(PIN);
        let Screen::Root(consent) = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
        assert_eq!(consent.sha256, hex::encode(tuf::root_sha256(&list["metadata/1.root.json"])));
        assert!(desk.window.wallet().bundle().is_none() && desk.kept.0.trust.is_none());
        desk.press(if says_yes { Press::Agree { code: None } } else { Press::Refuse });
        assert!(matches!(desk.screen(), Screen::Restored { cards: 2, .. }), "{:?}", desk.screen());
        assert_eq!(desk.window.wallet().bundle().is_some(), says_yes);
        assert_eq!(desk.kept.0.trust.is_some(), says_yes);
        assert_eq!(desk.window.wallet().elsewhere(desk.world.now).len(), 1);
    }
    // Out of any other file such a list is too old.
    let mut world = World::bare();
    world.now = world.now.plus(Seconds::days(40));
    assert_eq!(
        code_of(world.drive(Intent::ImportBundle { files: list, root_sha256: None })),
        "bundle-frozen"
    );
}

#[test]
fn a_backup_is_restored_without_the_forgotten_pin() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    desk.press(Press::Go(Place::Backup));
    desk.agree();
    let Screen::BackupMade { code, .. } = desk.screen().clone() else { panic!("{:?}", desk.screen()) };
    desk.press(Press::Go(Place::Cards));
    desk.press(Press::Lock);
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Go(Place::Lost));
    desk.press(Press::Go(Place::Restore));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Lost);
    let open = |code: &str| Press::OpenBackup { file: Vec::new(), code: Secret::new(code.to_owned()) };
    desk.press(open(&code));
    assert_eq!(*desk.screen(), Screen::Lost);
    desk.press(Press::Go(Place::Restore));
    desk.press(open("00000000000000000000"));
    assert_eq!(*desk.screen(), Screen::Restore { problem: Some("backup-not-opened") });
    desk.press(open(&code));
    desk.agree();
    assert!(matches!(desk.screen(), Screen::Anew { is_sure: true, backup: Some(_) }), "{:?}", desk.screen());
    assert_eq!(desk.aside, 0, "the preview alone puts nothing aside");
    // Left here, the backup does not come into what the PIN opens.
    desk.press(Press::Refuse);
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Cards);
    desk.press(Press::Lock);
    for press in [Press::Go(Place::Forgot), Press::Go(Place::Lost), Press::Go(Place::Restore), open(&code)] {
        desk.press(press);
    }
    desk.agree();
    desk.agree();
    assert_eq!((desk.screen(), desk.aside), (&Screen::NewPin { again: false, problem: None }, 1));
    desk.pin("402871");
    desk.pin("402871");
    assert!(matches!(desk.screen(), Screen::Restored { cards: 2, .. }), "{:?}", desk.screen());
    assert!(desk.window.wallet().bundle().is_some(), "the list of this device stays");
}

#[test]
fn help_is_there_while_the_wallet_is_locked() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    desk.press(Press::Go(Place::Help));
    assert_eq!(*desk.screen(), Screen::Help);
    assert!(desk.window.has_back() && !desk.window.is_open());
    for place in [Place::Cards, Place::Menu, Place::Settings, Place::Wipe, Place::Restore, Place::Backup] {
        desk.press(Press::Go(place));
        assert_eq!(*desk.screen(), Screen::Help, "{place:?}");
    }
    desk.press(Press::Go(Place::Guide));
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Help);
    desk.press(Press::Back);
    assert_eq!(*desk.screen(), Screen::Pin { to: PinFor::Open, problem: None });
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Go(Place::Help));
    assert_eq!(*desk.screen(), Screen::Help);
}

/// The key store of the device is gone: the person is told so, and the code goes around it.
#[test]
fn a_lost_key_store_is_gone_around_by_the_code() {
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    desk.recovery = Some(RECOVERY.to_owned());
    desk.keyless = true;
    desk.pin(PIN);
    assert_eq!(*desk.screen(), Screen::Broken { code: "device-keys-missing" });
    assert!(desk.window.has_way_around());
    desk.press(Press::Go(Place::Forgot));
    desk.press(Press::Recover { code: Secret::new(RECOVERY.to_owned()) });
    desk.pin("402871");
    desk.pin("402871");
    assert_eq!(*desk.screen(), Screen::Cards);
    // What is damaged is not opened by a code either.
    let mut world = World::with_card();
    let mut desk = Desk::closed(&mut world);
    desk.input(Input::Failed(DAMAGED));
    desk.press(Press::Go(Place::Forgot));
    assert_eq!(*desk.screen(), Screen::Broken { code: "vault-corrupted" });
}

/// What a backup has named is fetched again from where it is named: by a log-in that nobody had to offer.
#[test]
fn a_card_from_a_backup_is_fetched_again_by_a_log_in() {
    let mut world = World::with_card();
    let mut desk = Desk::opened(&mut world);
    let id = desk.window.wallet().holdings().cards[0].id.clone();
    desk.press(Press::Again(id.clone()));
    assert_eq!(*desk.screen(), Screen::Cards, "what is here is not fetched again");
    assert_eq!(
        desk.window.wallet().log_in_card(&id, world_now()).map(|card| &card.type_name),
        Some(&Shown::new("KtpElektronik"))
    );
    for card in &mut desk.kept.0.cards {
        card.about = Some(About { number: "3577010101900001".into(), name: None });
        card.copies.clear();
    }
    desk.restart();
    desk.pin(PIN);
    assert_eq!(desk.window.wallet().elsewhere(world_now()).len(), 1, "both forms are one card");
    desk.press(Press::LogIn);
    assert_eq!(*desk.screen(), Screen::Cards, "only from the card that is wanted");
    desk.press(Press::Again(id.clone()));
    assert_eq!(*desk.screen(), Screen::Again(id.clone()));
    assert_eq!(desk.window.wallet().log_in_card(&id, world_now()), None, "no card is here to log in with");
    desk.press(Press::LogIn);
    let Screen::Offer(consent) = desk.screen() else { panic!("{:?}", desk.screen()) };
    assert!(consent.listed && consent.code.is_none() && consent.cards.len() == 2, "{consent:?}");
    desk.press(Press::Refuse);
    assert_eq!(*desk.screen(), Screen::Declined);
}

fn world_now() -> absah_types::Timestamp {
    super::world::NOW
}
