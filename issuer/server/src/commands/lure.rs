//! `lure add|list|remove`: records of nobody, made so that opening one gives an officer away.

use std::path::PathBuf;

use absah_host::{Exit, read_file};
use absah_issuer_core::population::{Rules, check, local_day};
use absah_types::{Nik, coded};
use serde_json::json;

use super::{Desk, Outcome};

/// Largest file read, in bytes.
const MOST_BYTES: u64 = 64 << 10;
/// Most records of one file.
const MOST: u32 = 20;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Puts records of nobody into the register, from an extract that names invented people only.
    Add {
        /// The extract, CSV.
        file: PathBuf,
    },
    /// Lists them.
    List,
    /// Takes one out of the register.
    Remove {
        /// Its NIK.
        nik: String,
    },
}

/// Why the lures stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LureError {
    /// The file holds no record, too many, or one that an import would refuse.
    File,
    /// A person or family in it is in the register.
    Somebody,
    /// The record is none of nobody.
    Unknown,
}

impl core::fmt::Display for LureError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::File => "file holds no usable records",
            Self::Somebody => "record of somebody",
            Self::Unknown => "no such record of nobody",
        })
    }
}

impl core::error::Error for LureError {}

coded! { LureError {
    File => ("lure-file", User),
    Somebody => ("lure-somebody", User),
    Unknown => ("lure-unknown", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        match command {
            Command::Add { file } => {
                let bytes = read_file(file, MOST_BYTES)?;
                let checked = check(&bytes, Rules::madiun(local_day(now)));
                if checked.rows == 0 || checked.rows > MOST || checked.skipped() > 0 {
                    return Err(LureError::File.into());
                }
                let residents: Vec<_> = checked.residents(&bytes).map(|(_, resident)| resident).collect();
                if !store.add_lures(residents, now).await? {
                    return Err(LureError::Somebody.into());
                }
            }
            Command::List => {}
            Command::Remove { nik } => {
                if !store.remove_lure(Nik::parse(nik.trim())?, now).await? {
                    return Err(LureError::Unknown.into());
                }
            }
        }
        let lures: Vec<String> = store.lures().await?.iter().map(ToString::to_string).collect();
        if context.console.json() {
            context.console.answer(&json!({ "lures": lures }));
        } else {
            lures.iter().for_each(|nik| context.console.line(nik));
        }
        Ok(Exit::Ok)
    })
}
