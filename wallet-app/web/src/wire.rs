//! What passes between the machine and the page. Generated into TypeScript (`ui/src/web/wire.ts`).

use std::collections::BTreeMap;

use absah_wallet_shell::View;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::browser::BrowserError;

/// What a step came to.
#[derive(Debug, Serialize, TS)]
pub struct Out {
    /// What stands on the screen.
    pub view: View,
    /// What the browser must do before anything else is pressed.
    pub want: Option<Want>,
    /// What is to be asked of the network meanwhile.
    pub job: Option<Job>,
    /// Preferences to remember.
    pub remember: Option<String>,
    /// A page to open.
    pub browse: Option<String>,
    /// Other tabs may open the wallet now.
    pub leave: bool,
    /// Whether there is a wallet here now; `None` when that has not changed.
    pub exists: Option<bool>,
}

/// What the browser must do; answered by [`Came`].
#[derive(Debug, Serialize, TS)]
#[serde(tag = "want", rename_all = "kebab-case")]
pub enum Want {
    /// Keep other tabs out, hand in what is kept, and mix the PIN with the origin's key; answered by `mixed`.
    Enter {
        /// The PIN.
        pin: String,
        /// The vault is to be made: make the origin's key where there is none, and ask for storage that lasts.
        fresh: bool,
    },
    /// Mix a PIN with the origin's key; answered by `mixed`.
    Mix {
        /// The PIN.
        pin: String,
    },
    /// Write and remove, all at once; answered by `done`.
    Keep {
        /// Names whose bytes are to be written.
        put: Vec<String>,
        /// Names to be removed.
        remove: Vec<String>,
        /// The only keys that are still needed; `None`: all.
        keys: Option<Vec<String>>,
    },
    /// Make keys; answered by `made`.
    Make {
        /// How many.
        n: usize,
    },
    /// Sign each of `bytes` (base64url) by the key of the same place; answered by `signed`.
    Sign {
        /// Names of keys.
        keys: Vec<String>,
        /// What is signed.
        bytes: Vec<String>,
    },
    /// Forget keys; answered by `done`.
    Drop {
        /// Names of keys.
        keys: Vec<String>,
    },
    /// Hand a file to the person; answered by `done`.
    Download {
        /// Its name.
        name: String,
    },
}

/// What came of a [`Want`].
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "came", rename_all = "kebab-case")]
pub enum Came {
    /// The PIN as the vault knows it.
    Mixed {
        /// Hexadecimal.
        pin: String,
    },
    /// Keys.
    Made {
        /// They.
        keys: Vec<Made>,
    },
    /// Signatures, base64url of r and s.
    Signed {
        /// They.
        signatures: Vec<String>,
    },
    /// Done.
    Done,
    /// Not done.
    Failed {
        /// Why.
        why: BrowserError,
    },
}

/// A key pair that was made.
#[derive(Debug, Deserialize, TS)]
pub struct Made {
    /// Its name.
    pub id: String,
    /// Its public half: SEC 1, uncompressed, base64url.
    pub public: String,
}

/// One HTTP exchange, without cookies, referrer or redirects.
#[derive(Debug, Serialize, TS)]
pub struct Job {
    /// To be given back with the answer.
    pub turn: u32,
    /// Address.
    pub url: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Header fields.
    pub headers: BTreeMap<&'static str, String>,
    /// Body.
    pub body: Option<String>,
    /// Most bytes of an answer.
    pub limit: usize,
}

/// How far a camera has come.
#[derive(Debug, Serialize, TS)]
pub struct Look {
    /// Different frames seen.
    pub have: u8,
    /// Frames needed.
    pub needed: u8,
    /// All there: the screen has changed.
    pub whole: bool,
    /// What the step came to, when it is whole.
    pub out: Option<Out>,
}
