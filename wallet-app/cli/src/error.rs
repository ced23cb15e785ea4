//! What can end a command, beside the refusals of the core.

use std::fmt;

use absah_carry::CarryError;
use absah_host::{DataDirError, FileError, PinError, SettingsError};
use absah_schemas::letters::LetterError;
use absah_types::coded;
use absah_wallet_core::Refusal;
use absah_wallet_shell::ResetError;
use absah_wallet_store::{BackupError, RecoveryCodeError, VaultError};

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum WalletError {
    /// The core refused.
    Refused(Refusal),
    /// The person said no.
    Declined,
    /// A card that was to answer cannot.
    CardNotForRequest,
    /// A card that was chosen is not in force, and nobody would read it.
    CardNotInForce,
    /// What was given as a request is neither a file nor a link.
    NeitherFileNorLink,
    /// There is a file where the backup was to go.
    BackupExists,
    /// A person must decide, and there is nobody to ask.
    NobodyToAsk,
    /// Several people's cards are here, and it was not said whose record is meant.
    WhoseRecord,
    /// The vault.
    Vault(VaultError),
    /// The data directory.
    DataDir(DataDirError),
    /// The settings.
    Settings(SettingsError),
    /// The PIN.
    Pin(PinError),
    /// A file.
    File(FileError),
    /// A code or the bundle on its way.
    Carry(CarryError),
    /// What was typed is no recovery code.
    RecoveryCode(RecoveryCodeError),
    /// The PIN was not replaced.
    Reset(ResetError),
    /// A backup.
    Backup(BackupError),
    /// The web wallet's page was not built into this program.
    PageNotBuilt,
    /// The address for the page cannot be listened on.
    PageListen,
    /// Another program serves from this data directory.
    PageAlreadyServed,
    /// Another machine would get the page without TLS.
    PageNeedsTls,
    /// Certificate and key are none, or do not belong together.
    PageCertificate,
    /// The letter is not written so.
    Letter(LetterError),
    /// The core asked for nothing and showed nothing.
    Stalled,
}

impl fmt::Display for WalletError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Declined => f.write_str("declined by the holder"),
            Self::CardNotForRequest => f.write_str("the chosen card does not answer the request"),
            Self::CardNotInForce => f.write_str("the chosen card is not in force"),
            Self::NeitherFileNorLink => f.write_str("neither a file nor a link"),
            Self::BackupExists => f.write_str("a file is there already"),
            Self::WhoseRecord => f.write_str("several people's cards, and none was named"),
            Self::NobodyToAsk => f.write_str("nobody to ask for a decision"),
            Self::Vault(error) => error.fmt(f),
            Self::DataDir(error) => error.fmt(f),
            Self::Settings(error) => error.fmt(f),
            Self::Pin(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Carry(error) => error.fmt(f),
            Self::RecoveryCode(error) => error.fmt(f),
            Self::Reset(error) => error.fmt(f),
            Self::Backup(error) => error.fmt(f),
            Self::PageNotBuilt => f.write_str("the page is not in this program"),
            Self::PageListen => f.write_str("the address cannot be listened on"),
            Self::PageAlreadyServed => f.write_str("another program serves from this directory"),
            Self::PageNeedsTls => f.write_str("other machines get the page by https only"),
            Self::PageCertificate => f.write_str("no certificate with its key"),
            Self::Letter(error) => error.fmt(f),
            Self::Stalled => f.write_str("the wallet stalled"),
        }
    }
}

impl std::error::Error for WalletError {}

coded! { WalletError {
    Refused(error) => inner(error),
    Declined => ("holder-declined", User),
    CardNotForRequest => ("card-not-for-request", User),
    CardNotInForce => ("card-not-in-force", User),
    NeitherFileNorLink => ("request-neither-file-nor-link", User),
    BackupExists => ("backup-file-exists", User),
    WhoseRecord => ("ask-whose-record", User),
    NobodyToAsk => ("nobody-to-ask", User),
    Vault(error) => inner(error),
    DataDir(error) => inner(error),
    Settings(error) => inner(error),
    Pin(error) => inner(error),
    File(error) => inner(error),
    Carry(error) => inner(error),
    RecoveryCode(error) => inner(error),
    Reset(error) => inner(error),
    Backup(error) => inner(error),
    PageNotBuilt => ("page-not-built", Environment),
    PageListen => ("page-listen", Environment),
    PageAlreadyServed => ("page-already-served", Environment),
    PageNeedsTls => ("page-needs-tls", User),
    PageCertificate => ("page-certificate", User),
    Letter(error) => inner(error),
    Stalled => ("wallet-stalled", Bug),
} }

macro_rules! from {
    ($($error:ident => $variant:ident),* $(,)?) => {
        $(impl From<$error> for WalletError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

from! {
    Refusal => Refused,
    VaultError => Vault,
    BackupError => Backup,
    DataDirError => DataDir,
    SettingsError => Settings,
    PinError => Pin,
    FileError => File,
    CarryError => Carry,
    RecoveryCodeError => RecoveryCode,
    ResetError => Reset,
    LetterError => Letter,
}
