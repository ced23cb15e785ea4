//! What the programs need of the machine they run on: time, randomness, a data directory, settings,
//! secrets of the operator, and one way to say how it ended.
//!
//! Everything ambient (environment variables, the clock, the terminal) enters through a [`Context`],
//! so that all programs can run in one process under one clock.

mod address;
mod args;
mod clock;
mod console;
mod context;
mod data_dir;
mod env;
mod files;
mod folder;
mod frame;
mod passphrase;
mod password;
mod pin;
mod random;
mod reach;
mod report;
mod run_file;
mod settings;
mod terminal;
#[cfg(test)]
mod tests;

pub use address::local_address;
pub use args::CommonArgs;
pub use clock::SystemClock;
pub use console::{Captured, Console, Log};
pub use context::Context;
pub use data_dir::{DATA_VERSION, DataDir, DataDirError, WriterLock};
pub use env::Env;
pub use files::{
    FileError, Mode, check_writable, create_private_dir, keep_private, read_file, read_text, write_atomic,
    write_new,
};
pub use folder::{
    FileMap, FolderError, FolderLimits, StagedFolder, left_beside, read_folder, stage_folder, write_folder,
};
pub use frame::{Failure, ended, parse};
pub use passphrase::{PassphraseError, key_passphrase};
pub use password::{Password, PasswordError};
pub use pin::{Pin, PinError};
pub use random::{OsRng, RandomError};
pub use reach::Reach;
pub use report::{Exit, report};
pub use run_file::RunFile;
pub use settings::{Profile, Settings, SettingsError};
pub use terminal::{Ask, NoTerminal, Terminal};
