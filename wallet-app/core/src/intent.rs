//! What a person wants, and what the shell brings back.

use absah_crypto::Signature;
use absah_protocol::UrlRules;
use absah_protocol::wishes::Wish;
use absah_types::{Rng, Secret, Timestamp};

use crate::{
    card::CardId,
    effect::{FetchFailure, Fetched},
    keys::HolderKey,
    wallet::BundleFiles,
};

/// One input of the state machine.
#[derive(Debug)]
pub enum Intent {
    /// Take the cards of an offer: the whole deep link, as scanned or pasted.
    Receive {
        /// `openid-credential-offer://…`.
        link: String,
    },
    /// Fetch a card anew, by the right that came with it; in place of the old one.
    Renew {
        /// The card.
        card: CardId,
    },
    /// Ask for cards that were to come later.
    Collect {
        /// `transaction_id` of the [`Pending`](crate::Pending).
        transaction: String,
    },
    /// Tell an issuer what became of a batch.
    Notify {
        /// `notification_id` of the [`Notice`](crate::Notice).
        notification: String,
    },
    /// Forget a card in all its forms.
    Delete {
        /// The card.
        card: CardId,
    },
    /// The browser came back from a log-in, to this address.
    CameBack {
        /// The whole address.
        address: String,
    },
    /// Answer a request: the texts of its QR codes (one per frame, any order), or one deep link `openid4vp://…`.
    Respond {
        /// The texts.
        texts: Vec<String>,
    },
    /// Answer the request on the screen with this card, another person's, in the place of the one of its type.
    Choose {
        /// One of the [`others`](crate::PresentedCard::others).
        card: CardId,
    },
    /// Show yes-or-no facts without a request; sent again, the code is renewed.
    OneScan {
        /// Claim names: yes-or-no facts and `portrait`.
        facts: Vec<String>,
    },
    /// Take over a trust bundle.
    ImportBundle {
        /// Its files, by path inside the bundle's folder.
        files: BundleFiles,
        /// SHA-256 of `metadata/1.root.json` that the person vouches for; only the first import needs it.
        root_sha256: Option<[u8; 32]>,
    },
    /// Take over the trust bundle of a backup: it may have run out since, and its root is vouched for like any first one.
    RestoreBundle {
        /// Its files, by path inside the bundle's folder.
        files: BundleFiles,
        /// SHA-256 of `metadata/1.root.json` that the person vouches for.
        root_sha256: Option<[u8; 32]>,
    },
    /// Ask something of the registry.
    Wish(Wish),
    /// The same, with this card as proof of who asks and no other.
    WishBy {
        /// What.
        wish: Wish,
        /// The card.
        card: CardId,
    },
    /// The file of the paper card that came of this card is saved.
    PaperSaved {
        /// The card that it was asked with.
        card: CardId,
        /// An A4 sheet instead of a page of A6.
        a4: bool,
    },
    /// Fetch what the ledger says of who used the person's record.
    FetchAccess,
    /// The same of the person with this card, where several people's are on the device.
    FetchAccessBy {
        /// The card.
        card: CardId,
    },
    /// Yes to the prompt shown last.
    Agree {
        /// The code read aloud, where the offer needs one.
        code: Option<Secret<String>>,
    },
    /// No to the prompt shown last, or: stop what is going on.
    Refuse,
    /// Answer to [`Effect::Fetch`](crate::Effect::Fetch).
    Fetched(Result<Fetched, FetchFailure>),
    /// Answer to [`Effect::NewKeys`](crate::Effect::NewKeys): exactly as many as asked for.
    KeysMade(Vec<HolderKey>),
    /// Answer to [`Effect::Sign`](crate::Effect::Sign), in the same order.
    Signed(Vec<Signature>),
}

/// What a step may know of the world.
pub struct Env<'a> {
    /// This moment.
    pub now: Timestamp,
    /// Randomness.
    pub rng: &'a mut dyn Rng,
    /// Which addresses are acceptable: `https` only, or also this machine in development.
    pub urls: UrlRules,
}

impl std::fmt::Debug for Env<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Env({})", self.now)
    }
}
