//! What goes into the window's machine and what comes out.

use std::collections::BTreeMap;

use absah_protocol::wishes::Wish;
use absah_types::{Coded, Fault, Lang, Secret};

use crate::{
    card::CardId,
    effect::Effect,
    intent::Intent,
    wallet::{BundleFiles, Holdings},
    window::{
        backup::Backup,
        preferences::{Preference, Preferences, Tries},
        recovery::Locks,
        screen::Place,
    },
};

/// What a person does.
#[derive(Debug)]
pub enum Press {
    /// Goes to a screen.
    Go(Place),
    /// Goes back.
    Back,
    /// Begins at the first start, or anew without the forgotten PIN.
    Begin,
    /// Turns to one of the first steps.
    Step(usize),
    /// Types a PIN, whichever the screen asks for.
    Pin {
        /// The digits.
        pin: Secret<String>,
        /// It is among those that anybody would try first; only looked at when a PIN is chosen.
        too_easy: bool,
    },
    /// Hands over what a camera, a picture, the clipboard or a link held: an offer or a request.
    Read {
        /// The texts.
        texts: Vec<String>,
    },
    /// Says yes to what is on the screen.
    Agree {
        /// The code read aloud, where the offer needs one.
        code: Option<Secret<String>>,
    },
    /// Answers the request on the screen with another person's card.
    Choose(CardId),
    /// Says no to what is on the screen, or stops what is waited for.
    Refuse,
    /// Chooses a kind of service to show to without a request.
    Quick {
        /// A word of [`CHOICES`](crate::CHOICES).
        choice: String,
    },
    /// The code without a request has been shown for its time.
    NextCode,
    /// Opens a card.
    Card(CardId),
    /// Opens an entry of the history, by its place.
    Entry(usize),
    /// Asks the issuer who used the record.
    AskAccess,
    /// Asks it of the person with this identity card, of several on the device.
    AskAccessOf(CardId),
    /// Fetches a card anew.
    Renew(CardId),
    /// Wants a card again that a backup has named.
    Again(CardId),
    /// Wants to log in for it.
    LogIn,
    /// Opens the page on which the issuer wants the person to log in, or the one on which an answer is waited for.
    OpenPage,
    /// Hands over the address that the browser came back to.
    CameBack {
        /// The whole address.
        address: String,
    },
    /// Asks something of the registry.
    Wish(Wish),
    /// Asks it as the person with this identity card, of several on the device.
    WishOf {
        /// What.
        wish: Wish,
        /// The card.
        card: CardId,
    },
    /// Ask the registry for the code of whose identity card this is, for a lost phone.
    PhoneCode(CardId),
    /// Chooses a kind of letter.
    Letter {
        /// Name of its template.
        kind: String,
    },
    /// Has filled in the letter.
    FillLetter {
        /// The identity card of who asks.
        card: CardId,
        /// What was typed, by the name of the field.
        fields: BTreeMap<String, String>,
    },
    /// Wants to delete a card from this device.
    Remove(CardId),
    /// Wants an identity card on paper.
    Paper(CardId),
    /// Says yes to it.
    AskPaper {
        /// An A4 sheet to cut it out of, instead of a page of A6.
        a4: bool,
        /// The language of the print.
        lang: Lang,
    },
    /// Wants its file once more.
    KeepPaper,
    /// Fetches the newest list of who may issue and ask.
    Update,
    /// Wants another PIN.
    ChangePin,
    /// Types back a group of the recovery code that was shown.
    Typed {
        /// What was typed.
        text: String,
    },
    /// Types the recovery code, since the PIN is forgotten.
    Recover {
        /// What was typed.
        code: Secret<String>,
    },
    /// Brings a list of who may issue and ask.
    Bundle {
        /// Its files.
        files: BundleFiles,
        /// Hash of its first root, where whoever brought it vouches for it.
        root_sha256: Option<[u8; 32]>,
    },
    /// Brings a backup.
    OpenBackup {
        /// The file.
        file: Vec<u8>,
        /// The code written down when it was made.
        code: Secret<String>,
    },
    /// Changes how the window looks or speaks.
    Prefer(Preference),
    /// Wants the vault back that lies aside.
    BringBack,
    /// Locks.
    Lock,
}

/// One input of the window's machine.
#[derive(Debug)]
pub enum Input {
    /// A person did something.
    Press(Press),
    /// Time has passed, nothing else: what was left alone locks itself.
    Tick,
    /// Somebody is there, and has pressed nothing yet: a text is being typed.
    Awake,
    /// A link was opened by another program; waits until the wallet is open.
    Link(String),
    /// Answer to an effect of the core: fetched, keys made, signed.
    Core(Intent),
    /// The vault is open, or was made: its content.
    Opened(Box<Contents>),
    /// The PIN is right.
    PinRight,
    /// The PIN is wrong.
    PinWrong,
    /// The PIN is wrong or was not tried, and where the vault lies that is counted already: so many, and the wait.
    PinHeld(Tries),
    /// The vault is under the new PIN.
    PinChanged,
    /// A recovery code, as it is written down; not yet in force.
    RecoveryMade(Secret<String>),
    /// It is in force.
    RecoveryKept(Locks),
    /// The recovery code has opened the vault.
    RecoveryOpened,
    /// It has not.
    RecoveryUnread(Trouble),
    /// The newest list is here, not yet looked at.
    Pulled(BundleFiles),
    /// Something could not be kept. `before` is what is kept, read again: memory must not be ahead of the vault.
    NotKept {
        /// Why.
        trouble: Trouble,
        /// What the vault holds.
        before: Option<Box<Contents>>,
    },
    /// Something else could not be done.
    Failed(Trouble),
    /// The backup is written.
    BackupWritten {
        /// Where.
        file: String,
    },
    /// The file is written.
    FileWritten {
        /// Where.
        file: String,
    },
    /// The file could not be written.
    FileUnwritten(Trouble),
    /// The backup is open.
    BackupRead(Box<Backup>),
    /// The backup did not open.
    BackupUnread(Trouble),
    /// Everything is forgotten, or a vault that does not open was put aside.
    Gone,
    /// A vault that lay aside is in its place again, with the PINs that were wrong for it, and the one that was there lies
    /// aside.
    BroughtBack(Tries),
}

/// What a vault holds, without its keys.
#[derive(Debug, Default)]
pub struct Contents {
    /// Cards, history, trust.
    pub holdings: Holdings,
    /// Files of the trust bundle.
    pub files: Option<BundleFiles>,
    /// A list that came with the installation, and the hash of its root: for a wallet that has none yet.
    pub provided: Option<(BundleFiles, [u8; 32])>,
    /// The list that lies where a wallet was put aside: for the one that was made in its place.
    pub inherited: Option<BundleFiles>,
    /// What opens the vault beside the PIN.
    pub locks: Locks,
}

/// A failure outside of the core.
pub trait Failure: Coded {
    /// Whether what is kept will not open again as it is, so that it can only be put aside. Not where it is merely busy,
    /// or the machine short of memory or in trouble with its disk: then it opens later.
    fn is_lost(&self) -> bool {
        false
    }
}

/// A failure outside of the core, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Stable code.
    pub code: &'static str,
    /// Whose doing it is.
    pub fault: Fault,
    /// See [`Failure::is_lost`].
    pub is_lost: bool,
}

impl Trouble {
    /// What a window needs to know of it.
    pub fn of(error: &dyn Failure) -> Self {
        Self { code: error.code(), fault: error.fault(), is_lost: error.is_lost() }
    }
}

/// What the shell must do. Done in order; when one fails, the rest is dropped and the failure is the next input.
#[derive(Debug)]
pub enum Task {
    /// An effect of the core, never `Show`.
    Core(Effect),
    /// Make a vault under this PIN; answered by [`Input::Opened`].
    CreateVault(Secret<String>),
    /// Open the vault; answered by [`Input::Opened`], [`Input::PinWrong`] or [`Input::Failed`].
    OpenVault(Secret<String>),
    /// Try the PIN on the open vault; answered by [`Input::PinRight`] or [`Input::PinWrong`].
    CheckPin(Secret<String>),
    /// The device goes into other hands: forget whatever makes trying a PIN on the open vault cheap.
    ForgetPin,
    /// Put the open vault under this PIN; answered by [`Input::PinChanged`] or [`Input::Failed`].
    ChangePin(Secret<String>),
    /// Make a recovery code; answered by [`Input::RecoveryMade`].
    NewRecovery,
    /// Put the open vault under this code, if the PIN is right; answered by [`Input::RecoveryKept`],
    /// [`Input::PinWrong`] or [`Input::Failed`].
    KeepRecovery {
        /// The code, as it was shown.
        code: Secret<String>,
        /// The PIN.
        pin: Secret<String>,
    },
    /// Open the vault by what was typed as its recovery code; answered by [`Input::RecoveryOpened`] or
    /// [`Input::RecoveryUnread`].
    OpenByRecovery(Secret<String>),
    /// Put the vault that a recovery code has opened under this PIN; answered by [`Input::Opened`] or
    /// [`Input::Failed`].
    ResetPin(Secret<String>),
    /// Fetch the newest list from this address; answered by [`Input::Pulled`] or [`Input::Failed`].
    Pull {
        /// Where its folder is served.
        url: String,
    },
    /// Close the vault and forget its keys.
    CloseVault,
    /// Keep the preferences; the count of wrong PINs is that of the vault in its place.
    Remember(Preferences),
    /// Open a page in the person's browser.
    Browse {
        /// Its address: `https`, checked by the core.
        page: String,
    },
    /// Write a backup; answered by [`Input::BackupWritten`] or [`Input::Failed`].
    WriteBackup {
        /// What goes in.
        backup: Box<Backup>,
        /// What opens it.
        code: Secret<String>,
    },
    /// Hand a file to the person, never over another; answered by [`Input::FileWritten`] or [`Input::FileUnwritten`].
    WriteFile {
        /// What it is called where nothing of that name is there yet.
        name: &'static str,
        /// What goes in.
        bytes: Vec<u8>,
    },
    /// Open a backup; answered by [`Input::BackupRead`] or [`Input::BackupUnread`].
    ReadBackup {
        /// The file.
        file: Vec<u8>,
        /// What opens it.
        code: Secret<String>,
    },
    /// Forget vault, bundle and preferences; answered by [`Input::Gone`].
    Wipe,
    /// Keep a vault that does not open, or whose PIN is forgotten, under another name; answered by [`Input::Gone`].
    SetAside,
    /// Put the vault that lies aside longest back in its place, and the one that is there aside: then [`Input::BroughtBack`].
    BringBack,
}
