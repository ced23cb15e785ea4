//! The program's arguments, and how it begins.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use absah_host::{Context, DataDir, OsRng, RandomError, Settings};
use absah_types::{coded, hex};
use absah_wallet_shell::{DesktopKeys, ShellError, Start};
use clap::Parser;

/// The citizen's wallet in a window.
#[derive(Debug, Default, Parser)]
#[command(name = "absah-wallet-app", version, about, max_term_width = 100)]
pub(crate) struct Args {
    /// Where everything is kept [default: $XDG_DATA_HOME/absah/wallet]
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Allow http and addresses of this machine: development only
    #[arg(long)]
    pub(crate) dev_loopback: bool,
    /// Trust bundle that comes with the installation: taken over into a new wallet
    #[arg(long, value_name = "DIR", requires = "root_sha256")]
    pub(crate) bundle: Option<PathBuf>,
    /// SHA-256 of its first root document
    #[arg(long, value_name = "HEX")]
    pub(crate) root_sha256: Option<String>,
    /// Make this program the one that opens links of offers and requests, and end
    #[arg(long)]
    pub(crate) register: bool,
    /// An offer or a request to begin with
    #[arg(value_name = "LINK")]
    pub(crate) link: Option<String>,
}

/// Why the window does not begin.
#[derive(Debug)]
pub(crate) enum StartError {
    /// What lies under it.
    Shell(ShellError),
    /// No randomness.
    Random(RandomError),
    /// `--root-sha256` is no SHA-256 in hexadecimal.
    Root,
    /// The desktop gives no window.
    Frame,
    /// The program could not be registered for links.
    #[cfg_attr(mobile, expect(dead_code, reason = "a phone's system knows the links from the manifest"))]
    Desktop,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shell(error) => error.fmt(f),
            Self::Random(error) => error.fmt(f),
            Self::Root => f.write_str("root hash is not 64 hexadecimal digits"),
            Self::Frame => f.write_str("the desktop gives no window"),
            Self::Desktop => f.write_str("the program could not be registered for links"),
        }
    }
}

impl std::error::Error for StartError {}

coded! { StartError {
    Shell(error) => inner(error),
    Random(error) => inner(error),
    Root => ("window-root-malformed", User),
    Frame => ("window-no-display", Environment),
    Desktop => ("window-not-registered", Environment),
} }

impl<E: Into<ShellError>> From<E> for StartError {
    fn from(error: E) -> Self {
        Self::Shell(error.into())
    }
}

impl Args {
    /// Everything that the window stands on.
    pub(crate) fn start(self, context: &mut Context) -> Result<Start, StartError> {
        let env = &context.env;
        let dir = DataDir::open("wallet", self.data_dir.as_deref(), env)?;
        let reach = Settings::load(&dir, env, &[])?.reach(self.dev_loopback)?;
        reach.announce(&mut context.console);
        let root = self.root_sha256.as_deref().map(|text| hex::decode_array::<32>(text.trim()));
        let root = root.transpose().map_err(|_| StartError::Root)?;
        let documents = context.env.get("XDG_DOCUMENTS_DIR").map(PathBuf::from);
        Ok(Start {
            dir,
            reach,
            lang: context.console.lang(),
            backups: Start::backups(&context.env, documents),
            // What a phone gives a program to write to is deleted with it; said on the screen until the system's own dialog asks.
            backups_go_with_app: cfg!(target_os = "android"),
            bundle: self.bundle.zip(root),
            keys: DesktopKeys::of(&context.env),
            clock: Arc::clone(&context.clock),
            rng: Box::new(OsRng::open().map_err(StartError::Random)?),
        })
    }
}

/// Links that the program answers to.
pub(crate) fn is_link(word: &str) -> bool {
    ["openid-credential-offer:", "haip-vci:", "openid4vp:", "haip-vp:", "absah-wallet:"]
        .iter()
        .any(|scheme| word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
