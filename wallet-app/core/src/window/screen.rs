//! What can stand in the window: a closed list, one decision on each.

use absah_protocol::wishes::{Answer, TextError};
use absah_types::{Fault, Timestamp};

use crate::{
    card::CardId,
    prompt::{
        BundleFacts, Fact, LogInPage, OfferConsent, OneScanCode, PresentationConsent, ReceivedCard,
        RootConsent, SharedAnswer,
    },
    window::{
        backup::Backup,
        wishes::{LetterForm, Topic, WishConsent},
    },
};

/// How many first steps there are.
pub const GUIDE_STEPS: usize = 4;

/// A screen with what it needs beside the wallet's own state.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// First start: nothing is kept yet.
    Welcome,
    /// First steps in pictures.
    Guide {
        /// Which, from 0, below [`GUIDE_STEPS`].
        step: usize,
    },
    /// Choosing a PIN: once, then once more.
    NewPin {
        /// It was typed once already.
        again: bool,
        /// Why the last one was not taken.
        problem: Option<PinProblem>,
    },
    /// Asking for the PIN.
    Pin {
        /// What it opens.
        to: PinFor,
        /// Why the last one did not.
        problem: Option<PinProblem>,
    },
    /// What is kept cannot be opened.
    Broken {
        /// Stable code of the reason.
        code: &'static str,
    },
    /// The stack of cards.
    Cards,
    /// One card.
    Card(CardId),
    /// Deleting a card from this device.
    Remove(CardId),
    /// Adding a card.
    Add,
    /// Fetching a card again that a backup has named.
    Again(CardId),
    /// An issuer offers cards.
    Offer(OfferConsent),
    /// The issuer wants the person to log in with a browser.
    LogIn(LogInPage),
    /// They are here.
    Added(Vec<ReceivedCard>),
    /// Showing: reading a request.
    Show,
    /// A counter asks.
    Request(PresentationConsent),
    /// The answer as QR codes; the device may be handed over, nothing else can be reached.
    Qr(SharedAnswer),
    /// Showing without a request: which kind of service.
    Quick,
    /// What would be shown to it.
    QuickConsent(QuickConsent),
    /// Codes without a request, one after another; the device may be handed over, nothing else can be reached.
    QuickCode {
        /// The code of now; without frames once there is none.
        code: OneScanCode,
        /// Why there is none, unless the time is over.
        trouble: Option<No>,
    },
    /// What was sent, and to whom.
    Done(SharedAnswer),
    /// What this wallet has done.
    History,
    /// One entry of it, by its place.
    Entry(usize),
    /// Who used my record.
    Access,
    /// What can be asked of the registry.
    Ask,
    /// Saying what is wrong in the record, or what is to be deleted.
    Tell {
        /// Which.
        about: Topic,
        /// Why what was written cannot be sent so.
        problem: Option<TextError>,
    },
    /// Getting a code for a lost device.
    Emergency,
    /// What the registry said.
    Wished(Answer),
    /// The letters that can be asked for.
    Letters,
    /// Filling one in.
    Letter(LetterForm),
    /// What would be asked, of whom, with which card.
    WishConsent(WishConsent),
    /// An identity card on paper: for what, and of which size.
    Paper(CardId),
    /// The paper card is here.
    PaperMade {
        /// Where its file is, once it is written.
        file: Option<String>,
        /// Why it could not be written.
        trouble: Option<&'static str>,
    },
    /// All that is not everyday.
    Menu,
    /// Language, colours, size of text.
    Settings,
    /// The PIN was changed.
    PinChanged,
    /// What a recovery code is, before one is made.
    Recovery,
    /// It is shown, this once.
    RecoveryCode {
        /// The code in groups with dashes.
        code: String,
    },
    /// One group of it is asked for.
    RecoveryCheck {
        /// Which, from 0.
        group: usize,
        /// What was typed was not it.
        is_wrong: bool,
    },
    /// It is in force.
    RecoveryKept,
    /// The PIN is forgotten: the recovery code.
    Forgot {
        /// Why the last one did not open.
        problem: Option<&'static str>,
    },
    /// There is no recovery code either: the ways that are left.
    Lost,
    /// Starting anew: what is lost and what comes back.
    Anew {
        /// It was agreed to once already.
        is_sure: bool,
        /// What comes back.
        backup: Option<Box<Backup>>,
    },
    /// The list of who may issue and ask.
    Trust,
    /// A list from a root never seen.
    Root(RootConsent),
    /// The list was taken over.
    TrustUpdated(BundleFacts),
    /// Making a backup.
    Backup,
    /// It was made.
    BackupMade {
        /// Where it is.
        file: String,
        /// Opens it; shown this once.
        code: String,
    },
    /// Choosing a backup to restore.
    Restore {
        /// Why the last one did not open.
        problem: Option<&'static str>,
    },
    /// What is in it.
    RestorePreview(Box<Backup>),
    /// What came back.
    Restored {
        /// Cards that must be fetched again.
        cards: usize,
        /// History entries.
        entries: usize,
    },
    /// Forgetting everything.
    Wipe,
    /// Questions and a contact.
    Help,
    /// Waiting for the network.
    Working(Work),
    /// The person said no.
    Declined,
    /// The wallet said no, or could not.
    Refused(No),
}

/// What would be shown without a request.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickConsent {
    /// The kind of service, a word of [`CHOICES`](crate::CHOICES).
    pub choice: &'static str,
    /// The very values.
    pub facts: Vec<Fact>,
}

/// A no of the wallet, as much as a screen needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct No {
    /// Stable code: what happened and what to do stand in the texts.
    pub code: &'static str,
    /// Whose doing it is.
    pub fault: Fault,
    /// Where trying again begins, where it can help.
    pub retry: Option<Place>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// An offer or its cards.
    Receiving,
    /// A request.
    Reading,
    /// An answer is on its way.
    Sending,
    /// The access history.
    Access,
    /// What the registry says to a wish.
    Wishing,
    /// The list of who may issue and ask.
    Updating,
}

/// Screens that a person can go to at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// [`Screen::Cards`].
    Cards,
    /// [`Screen::Add`].
    Add,
    /// [`Screen::Show`].
    Show,
    /// [`Screen::Quick`].
    Quick,
    /// [`Screen::History`].
    History,
    /// [`Screen::Access`].
    Access,
    /// [`Screen::Ask`].
    Ask,
    /// [`Screen::Tell`] of what is wrong.
    Correct,
    /// [`Screen::Tell`] of what is to be deleted.
    Delete,
    /// [`Screen::Emergency`].
    Emergency,
    /// [`Screen::Letters`].
    Letters,
    /// [`Screen::Menu`].
    Menu,
    /// [`Screen::Settings`].
    Settings,
    /// [`Screen::Recovery`].
    Recovery,
    /// [`Screen::Forgot`].
    Forgot,
    /// [`Screen::Lost`].
    Lost,
    /// [`Screen::Trust`].
    Trust,
    /// [`Screen::Backup`].
    Backup,
    /// [`Screen::Restore`].
    Restore,
    /// [`Screen::Wipe`].
    Wipe,
    /// [`Screen::Help`].
    Help,
    /// [`Screen::Guide`].
    Guide,
}

impl Place {
    pub(super) const fn screen(self) -> Screen {
        match self {
            Self::Cards => Screen::Cards,
            Self::Add => Screen::Add,
            Self::Show => Screen::Show,
            Self::Quick => Screen::Quick,
            Self::History => Screen::History,
            Self::Access => Screen::Access,
            Self::Ask => Screen::Ask,
            Self::Correct => Screen::Tell { about: Topic::Correction, problem: None },
            Self::Delete => Screen::Tell { about: Topic::Deletion, problem: None },
            Self::Emergency => Screen::Emergency,
            Self::Letters => Screen::Letters,
            Self::Menu => Screen::Menu,
            Self::Settings => Screen::Settings,
            Self::Recovery => Screen::Recovery,
            Self::Forgot => Screen::Forgot { problem: None },
            Self::Lost => Screen::Lost,
            Self::Trust => Screen::Trust,
            Self::Backup => Screen::Backup,
            Self::Restore => Screen::Restore { problem: None },
            Self::Wipe => Screen::Wipe,
            Self::Help => Screen::Help,
            Self::Guide => Screen::Guide { step: 0 },
        }
    }
}

/// What a PIN opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinFor {
    /// The wallet.
    Open,
    /// The answer to a request.
    Share,
    /// Codes without a request.
    Quick,
    /// What is asked of the registry.
    Wish,
    /// The way back from what is shown.
    TakeBack,
    /// Forgetting everything.
    Wipe,
    /// Deleting a card.
    Remove,
    /// Choosing another PIN.
    Change,
    /// Another recovery code.
    Recovery,
}

/// Why a PIN was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinProblem {
    /// Not six digits.
    Format,
    /// Among the first anybody would try.
    TooEasy,
    /// The two differ.
    Differs,
    /// It does not open.
    Wrong,
    /// Too many were wrong; not before this moment.
    Wait(Timestamp),
}

impl Screen {
    /// Where "back" leads; `None` where there is only forward.
    pub(super) const fn parent(&self) -> Option<Place> {
        match self {
            Self::Card(_)
            | Self::Again(_)
            | Self::Remove(_)
            | Self::Add
            | Self::Show
            | Self::Menu
            | Self::Added(_)
            | Self::Paper(_)
            | Self::PaperMade { .. }
            | Self::Done(_) => Some(Place::Cards),
            Self::Declined | Self::Refused(_) | Self::Restored { .. } => Some(Place::Cards),
            Self::Quick => Some(Place::Show),
            Self::QuickConsent(_) => Some(Place::Quick),
            Self::Entry(_) => Some(Place::History),
            Self::Tell { .. } | Self::Emergency | Self::Wished(_) | Self::Letters => Some(Place::Ask),
            Self::Letter(_) | Self::WishConsent(_) => Some(Place::Letters),
            Self::History
            | Self::Access
            | Self::Ask
            | Self::PinChanged
            | Self::Settings
            | Self::Trust
            | Self::Help
            | Self::Backup
            | Self::BackupMade { .. }
            | Self::Restore { .. }
            | Self::RestorePreview(_)
            | Self::Wipe => Some(Place::Menu),
            Self::Guide { .. } => Some(Place::Help),
            Self::TrustUpdated(_) => Some(Place::Trust),
            Self::Recovery | Self::RecoveryKept => Some(Place::Settings),
            Self::RecoveryCode { .. } | Self::RecoveryCheck { .. } => Some(Place::Recovery),
            Self::Welcome
            | Self::NewPin { .. }
            | Self::Pin { .. }
            | Self::Forgot { .. }
            | Self::Lost
            | Self::Anew { .. }
            | Self::Broken { .. }
            | Self::Cards
            | Self::Offer(_)
            | Self::LogIn(_)
            | Self::Request(_)
            | Self::Qr(_)
            | Self::QuickCode { .. }
            | Self::Root(_)
            | Self::Working(_) => None,
        }
    }
}
