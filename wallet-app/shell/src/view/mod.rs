//! Screens in words: everything a page shows that is not a fixed text. Generated into TypeScript (`ui/src/types.ts`).

mod cards;
mod contact;
mod quick;
mod request;
mod wishes;
mod words;

use absah_schemas::times;
use absah_types::{Coded, Lang, Timestamp};
use absah_wallet_core::window::{
    GUIDE_STEPS, No, PinFor, PinProblem, Place, Screen, TextSize, Theme, Window, Work,
};
use serde::Serialize;
use ts_rs::TS;

pub use cards::{AccessLine, CardFace, CardForm, DueCard, EntryKind, EntryLine, EntryWhole, FactRow};
pub use contact::ContactView;
pub use quick::QuickChoice;
pub use request::{Drawing, OfferView, OtherPerson, PersonLine, RequestView, SharedView};
pub use wishes::{LetterInput, LetterKind, LetterPerson, TicketLine, WishView};

use crate::pressed::{Size, Telling, Tone};

/// The whole window.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct View {
    /// What stands on it.
    pub screen: ScreenView,
    /// Language tag.
    pub lang: String,
    /// Colours.
    pub theme: Tone,
    /// Size of text.
    pub size: Size,
    /// Whether there is a way back.
    pub back: bool,
    /// Whether the wallet is open, so that it locks itself when left alone.
    pub open: bool,
    /// Where files for the person are written, on the screens that write one; nothing where a browser hands them over.
    pub folder: Option<FolderView>,
    /// How many locked wallets lie aside, which their PINs open; nothing where none can come back.
    pub aside: Option<usize>,
}

/// Where files for the person are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct FolderView {
    /// Its path, as it stands or as it was typed.
    pub path: String,
    /// Why what was typed cannot be taken.
    pub problem: Option<String>,
    /// What must be known of it: on a phone it goes with the program.
    pub note: Option<String>,
}

/// What happened and what to do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct Told {
    /// Stable code.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do now.
    pub todo: String,
}

/// What a PIN opens.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PinTo {
    Open,
    Share,
    Quick,
    Wish,
    TakeBack,
    Wipe,
    Remove,
    Change,
    Recovery,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Waiting {
    Receiving,
    Reading,
    Sending,
    Access,
    Wishing,
    Updating,
}

/// The list of who may issue and ask.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export_to = "types.ts")]
pub struct TrustView {
    /// Its version.
    pub version: String,
    /// When it was published.
    pub published: String,
    /// Its age.
    pub age: String,
    /// Issuers.
    pub issuers: usize,
    /// Counters.
    pub counters: usize,
    /// Whether it answers everything, with a warning, or only yes-or-no questions.
    pub fresh: Freshness,
}

/// How old the list is.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Freshness {
    Fresh,
    Old,
    TooOld,
}

/// One screen.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "id", rename_all = "kebab-case")]
#[ts(export_to = "types.ts")]
#[expect(missing_docs, reason = "a screen each, see `absah_wallet_core::window::Screen`")]
pub enum ScreenView {
    Welcome,
    Guide {
        step: usize,
        of: usize,
    },
    NewPin {
        again: bool,
        problem: Option<String>,
    },
    Pin {
        to: PinTo,
        problem: Option<String>,
        wait_s: Option<i64>,
        who: Option<String>,
    },
    Broken {
        told: Told,
        aside: bool,
        recovery: bool,
        /// There is none yet: it could not be made.
        none: bool,
    },
    Cards {
        cards: Vec<CardFace>,
        waiting: Vec<String>,
        list: bool,
        /// The age of the list, where it is so old that no card's state is known from it.
        old: Option<String>,
        /// The card to renew first, and what it is called.
        due: Option<DueCard>,
    },
    Card {
        face: CardFace,
        renew: Option<String>,
        due: bool,
        paper: Option<String>,
        facts: Vec<FactRow>,
        forms: Vec<CardForm>,
        issuer: String,
        listed: bool,
    },
    Remove {
        face: CardFace,
    },
    Add,
    Again {
        face: CardFace,
        able: bool,
        by: Option<String>,
    },
    Offer {
        offer: OfferView,
    },
    LogIn {
        issuer: String,
        page: String,
    },
    Added {
        cards: Vec<String>,
        waiting: Vec<String>,
    },
    Show {
        cards: bool,
        list: bool,
    },
    Request {
        request: RequestView,
    },
    Qr {
        who: String,
        frames: Vec<Drawing>,
    },
    Quick {
        choices: Vec<QuickChoice>,
        cards: bool,
        list: bool,
    },
    QuickConsent {
        name: String,
        people: Vec<PersonLine>,
        facts: Vec<FactRow>,
        portrait: bool,
        carried: bool,
    },
    QuickCode {
        name: String,
        facts: Vec<String>,
        frames: Vec<Drawing>,
        next_s: i64,
        left_s: i64,
        problem: Option<Told>,
    },
    Done {
        shared: SharedView,
        /// Whoever asked waits on a page of the browser.
        page: bool,
    },
    History {
        entries: Vec<EntryLine>,
    },
    Entry {
        entry: EntryWhole,
    },
    Access {
        persons: Vec<LetterPerson>,
        of: Option<String>,
        fetched: Option<String>,
        entries: Vec<AccessLine>,
        vouched: Option<String>,
        problem: Option<Told>,
    },
    Ask {
        able: bool,
        /// Whose answers can be looked at, where there are several people.
        persons: Vec<LetterPerson>,
    },
    Tell {
        about: Telling,
        longest: usize,
        /// What was written before and has not reached the registry.
        text: String,
        /// Why it cannot be sent so.
        problem: Option<String>,
        /// Whose record it can be, where there are several people.
        persons: Vec<LetterPerson>,
    },
    Emergency {
        /// Whose code it can be, where there are several people.
        persons: Vec<LetterPerson>,
    },
    Wished {
        page: Option<String>,
        contacts: Vec<ContactView>,
        code: Option<String>,
        tickets: Vec<TicketLine>,
    },
    Letters {
        able: bool,
        kinds: Vec<LetterKind>,
    },
    Letter {
        kind: String,
        title: String,
        days: i64,
        fields: Vec<LetterInput>,
        persons: Vec<LetterPerson>,
        person: String,
    },
    WishConsent {
        wish: WishView,
    },
    Paper {
        wish: WishView,
    },
    PaperMade {
        file: Option<String>,
        problem: Option<Told>,
    },
    Menu,
    Settings {
        recovery: bool,
        contacts: Vec<ContactView>,
    },
    PinChanged,
    Recovery {
        made: bool,
    },
    RecoveryCode {
        code: Vec<String>,
    },
    RecoveryCheck {
        group: usize,
        wrong: bool,
    },
    RecoveryKept {
        device: bool,
    },
    Forgot {
        problem: Option<Told>,
    },
    Lost,
    Anew {
        sure: bool,
        backup: bool,
    },
    Trust {
        list: Option<TrustView>,
        from: Option<String>,
    },
    Root {
        groups: Vec<String>,
    },
    TrustUpdated {
        list: Option<TrustView>,
    },
    Backup {
        cards: usize,
        entries: usize,
    },
    BackupMade {
        file: String,
        code: Vec<String>,
    },
    Restore {
        problem: Option<Told>,
    },
    RestorePreview {
        made: String,
        cards: Vec<String>,
        entries: usize,
        list: bool,
    },
    Restored {
        cards: usize,
        entries: usize,
        again: Vec<CardFace>,
    },
    Wipe {
        cards: usize,
        entries: usize,
    },
    Help {
        page: Option<String>,
        contacts: Vec<ContactView>,
    },
    Working {
        on: Waiting,
    },
    Declined,
    Refused {
        told: Told,
        grave: bool,
        retry: Option<String>,
    },
}

/// The window in words.
#[must_use]
pub fn view_of(window: &Window, lang: Lang, now: Timestamp) -> View {
    let preferences = window.preferences();
    View {
        screen: screen(window, lang, now),
        lang: lang.tag().to_owned(),
        theme: match preferences.theme {
            Theme::Device => Tone::Device,
            Theme::Light => Tone::Light,
            Theme::Dark => Tone::Dark,
        },
        size: match preferences.text {
            TextSize::Usual => Size::Usual,
            TextSize::Large => Size::Large,
            TextSize::Largest => Size::Largest,
        },
        back: window.has_back(),
        open: window.is_open(),
        folder: None,
        aside: None,
    }
}

fn screen(window: &Window, lang: Lang, now: Timestamp) -> ScreenView {
    let wallet = window.wallet();
    let (cards, entries) = (wallet.stack(now).len(), wallet.holdings().history.len());
    match window.screen() {
        Screen::Welcome => ScreenView::Welcome,
        Screen::Guide { step } => ScreenView::Guide { step: *step, of: GUIDE_STEPS },
        Screen::NewPin { again, problem } => {
            ScreenView::NewPin { again: *again, problem: problem.map(|problem| pin_problem(problem, lang)) }
        }
        Screen::Pin { to, problem } => pin(window, *to, *problem, lang, now),
        Screen::Broken { code } => ScreenView::Broken {
            told: told(code, lang),
            aside: window.is_broken(),
            recovery: window.has_way_around(),
            none: window.is_without_a_vault(),
        },
        Screen::Cards => cards::stack(wallet, lang, now),
        Screen::Card(id) => cards::card(wallet, id, lang, now),
        Screen::Remove(id) => cards::remove(wallet, id, lang, now),
        Screen::Add => ScreenView::Add,
        Screen::Again(id) => cards::again(wallet, id, lang, now),
        Screen::Offer(consent) => ScreenView::Offer { offer: request::offer(consent, lang) },
        Screen::LogIn(page) => ScreenView::LogIn { issuer: page.issuer.clone(), page: page.page.clone() },
        Screen::Added(received) => ScreenView::Added {
            cards: words::once(
                received.iter().map(|card| cards::called(&card.card, &card.type_name, wallet, lang)),
            ),
            waiting: cards::waiting(wallet, lang),
        },
        Screen::Show => ScreenView::Show {
            cards: wallet.stack(now).iter().any(absah_wallet_core::Stacked::is_here),
            list: wallet.bundle().is_some(),
        },
        Screen::Request(consent) => ScreenView::Request { request: request::request(consent, wallet, lang) },
        Screen::Qr(answer) => {
            let (who, frames) = request::answer(answer);
            ScreenView::Qr { who, frames }
        }
        Screen::Quick => quick::choices(wallet, lang, now),
        Screen::QuickConsent(consent) => quick::consent(consent, wallet, lang, now),
        Screen::QuickCode { code, trouble } => quick::code(code, *trouble, lang, now),
        Screen::Done(answer) => ScreenView::Done {
            shared: request::shared(answer, wallet, lang),
            page: answer.redirect.is_some(),
        },
        Screen::History => ScreenView::History { entries: cards::entries(wallet, lang, now) },
        Screen::Entry(place) => cards::entry(wallet, *place, lang, now),
        Screen::Access => cards::access(wallet, lang, now),
        Screen::Ask => ScreenView::Ask {
            able: wallet.stack(now).iter().any(absah_wallet_core::Stacked::is_here),
            persons: wishes::several(wallet, now),
        },
        Screen::Tell { about, problem } => wishes::tell(window, *about, *problem, lang, now),
        Screen::Emergency => ScreenView::Emergency { persons: wishes::persons(wallet, now) },
        Screen::Wished(answer) => wishes::wished(answer, wallet, lang),
        Screen::Letters => wishes::letters(wallet, lang, now),
        Screen::Letter(form) => wishes::letter(form, wallet, lang, now),
        Screen::WishConsent(consent) => wishes::consent(consent, wallet, lang),
        Screen::Paper(card) => wishes::paper(card, wallet, lang),
        Screen::PaperMade { file, trouble } => wishes::paper_made(file.as_deref(), *trouble, lang),
        Screen::Menu => ScreenView::Menu,
        Screen::Settings => {
            ScreenView::Settings { recovery: window.locks().recovery, contacts: contact::contacts(wallet) }
        }
        Screen::PinChanged => ScreenView::PinChanged,
        Screen::Recovery => ScreenView::Recovery { made: window.locks().recovery },
        Screen::RecoveryCode { code } => {
            ScreenView::RecoveryCode { code: code.split('-').map(str::to_owned).collect() }
        }
        Screen::RecoveryCheck { group, is_wrong } => {
            ScreenView::RecoveryCheck { group: group + 1, wrong: *is_wrong }
        }
        Screen::RecoveryKept => ScreenView::RecoveryKept { device: window.locks().device },
        Screen::Forgot { problem } => ScreenView::Forgot { problem: problem.map(|code| told(code, lang)) },
        Screen::Lost => ScreenView::Lost,
        Screen::Anew { is_sure, backup } => ScreenView::Anew { sure: *is_sure, backup: backup.is_some() },
        Screen::Trust => ScreenView::Trust { list: trust(window, lang, now), from: wallet.bundle_address() },
        Screen::Root(consent) => ScreenView::Root { groups: words::groups(&consent.sha256, 8) },
        Screen::TrustUpdated(_) => ScreenView::TrustUpdated { list: trust(window, lang, now) },
        Screen::Backup => ScreenView::Backup { cards, entries },
        Screen::BackupMade { file, code } => {
            ScreenView::BackupMade { file: file.clone(), code: words::groups(code, 4) }
        }
        Screen::Restore { problem } => ScreenView::Restore { problem: problem.map(|code| told(code, lang)) },
        Screen::RestorePreview(backup) => ScreenView::RestorePreview {
            made: times::moment(lang, backup.made_at),
            cards: words::once(backup.cards.iter().map(|card| cards::named(card, lang))),
            entries: backup.history.len(),
            list: backup.files.is_some(),
        },
        Screen::Restored { cards, entries } => ScreenView::Restored {
            cards: *cards,
            entries: *entries,
            again: wallet.elsewhere(now).iter().map(|one| cards::face(one, wallet, lang)).collect(),
        },
        Screen::Wipe => ScreenView::Wipe { cards, entries },
        Screen::Help => {
            ScreenView::Help { page: contact::suspend_page(wallet), contacts: contact::contacts(wallet) }
        }
        Screen::Working(work) => ScreenView::Working {
            on: match work {
                Work::Receiving => Waiting::Receiving,
                Work::Reading => Waiting::Reading,
                Work::Sending => Waiting::Sending,
                Work::Access => Waiting::Access,
                Work::Wishing => Waiting::Wishing,
                Work::Updating => Waiting::Updating,
            },
        },
        Screen::Declined => ScreenView::Declined,
        Screen::Refused(no) => refused(no, lang),
    }
}

fn pin(window: &Window, to: PinFor, problem: Option<PinProblem>, lang: Lang, now: Timestamp) -> ScreenView {
    // A wait holds on every screen that asks for a PIN, and after the program was begun anew.
    let waits = window.preferences().tries.blocked(now).map(PinProblem::Wait);
    let problem = problem.or(waits);
    ScreenView::Pin {
        to: match to {
            PinFor::Open => PinTo::Open,
            PinFor::Share => PinTo::Share,
            PinFor::Quick => PinTo::Quick,
            PinFor::Wish => PinTo::Wish,
            PinFor::TakeBack => PinTo::TakeBack,
            PinFor::Wipe => PinTo::Wipe,
            PinFor::Remove => PinTo::Remove,
            PinFor::Change => PinTo::Change,
            PinFor::Recovery => PinTo::Recovery,
        },
        problem: problem.map(|problem| pin_problem(problem, lang)),
        wait_s: problem.and_then(|problem| match problem {
            PinProblem::Wait(until) => Some(until.since(now).0.max(1)),
            _ => None,
        }),
        who: window.asker().map(words::who),
    }
}

/// What is not as it should be and attacks nobody: a code of something else, a picture without one, an office that says no.
/// It needs no alarm.
const HARMLESS: [&str; 12] = [
    "not-a-request",
    "frame-not-ours",
    "frame-base45",
    "frame-too-short",
    "frame-header",
    "picture-no-code",
    "picture-format",
    "picture-damaged",
    "receive-refused",
    "request-gone",
    "wish-refused",
    "access-refused",
];

fn refused(no: &No, lang: Lang) -> ScreenView {
    ScreenView::Refused {
        told: told(no.code, lang),
        grave: no.fault == absah_types::Fault::Peer && !HARMLESS.contains(&no.code),
        retry: no.retry.map(|place| {
            match place {
                Place::Add => "add",
                Place::Trust => "trust",
                Place::Access => "access",
                Place::Ask => "ask",
                Place::Correct => "correct",
                Place::Delete => "delete",
                Place::Emergency => "emergency",
                Place::Letters => "letters",
                Place::Backup => "backup",
                _ => "show",
            }
            .to_owned()
        }),
    }
}

fn trust(window: &Window, lang: Lang, now: Timestamp) -> Option<TrustView> {
    let bundle = window.wallet().bundle()?;
    Some(TrustView {
        version: bundle.version().to_string(),
        published: times::moment(lang, bundle.published_at()),
        age: times::age(lang, now.since(bundle.published_at())),
        issuers: bundle.trust().issuers.len(),
        counters: bundle.registry().listed().len(),
        fresh: match (now > bundle.online_expires(), now > bundle.targets_expires()) {
            (_, true) => Freshness::TooOld,
            (true, false) => Freshness::Old,
            (false, false) => Freshness::Fresh,
        },
    })
}

fn pin_problem(problem: PinProblem, lang: Lang) -> String {
    let id = match problem {
        PinProblem::Format => "win-pin-format",
        PinProblem::TooEasy => "win-pin-easy",
        PinProblem::Differs => "win-pin-differs",
        PinProblem::Wrong => "win-pin-wrong",
        PinProblem::Wait(_) => "win-pin-wait",
    };
    words::text(lang, id)
}

/// The two texts of a code.
pub(crate) fn told(code: &str, lang: Lang) -> Told {
    let text = |kind: &str| words::text(lang, &format!("{kind}-{code}"));
    Told { code: code.to_owned(), what: text("err"), todo: text("rec") }
}

impl Told {
    /// The texts of an error.
    pub fn of(error: &dyn Coded, lang: Lang) -> Self {
        told(error.code(), lang)
    }
}

/// The fixed texts of the screens in a language; variables stand as `{$name}`.
pub fn texts(lang: Lang) -> std::collections::BTreeMap<&'static str, String> {
    let fixed = absah_schemas::keys(lang).into_iter().filter(|id| id.starts_with("win-"));
    fixed.map(|id| (id, words::text(lang, id))).collect()
}
