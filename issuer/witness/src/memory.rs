//! What the witness has seen: one small file for each log, on disk before anything is co-signed.

use std::path::PathBuf;

use absah_crypto::sha256;
use absah_host::{DataDir, FileError, Mode, create_private_dir, read_text, write_atomic, write_new};
use absah_ledger::note::NoteKey;
use absah_ledger::witness::Seen;
use absah_types::{base64url, hex};
use serde::{Deserialize, Serialize};

use crate::error::WitnessError;

const FOLDER: &str = "logs";
const MOST_BYTES: u64 = 64 << 10;

/// A log that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its key; the key's name is its origin.
    pub key: NoteKey,
    /// What was co-signed last.
    pub seen: Seen,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    vkey: String,
    size: u64,
    root: String,
}

/// The files of the watched logs.
#[derive(Debug, Clone)]
pub struct Memory(PathBuf);

impl Memory {
    /// The memory in a data directory.
    #[must_use]
    pub fn of(dir: &DataDir) -> Self {
        Self(dir.join(FOLDER))
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.0.join(format!("{}.json", hex::encode(sha256(origin.as_bytes()))))
    }

    /// Begins to watch a log.
    ///
    /// # Errors
    /// [`WitnessError::OtherKey`] if the origin is watched under another key: that would be another history.
    pub fn watch(&self, key: &NoteKey) -> Result<(), WitnessError> {
        create_private_dir(&self.0).map_err(|_| WitnessError::Memory)?;
        let watched = Watched { key: key.clone(), seen: Seen::nothing() };
        match write_new(&self.path(key.name()), &watched.text(), Mode::Private) {
            Ok(()) => Ok(()),
            Err(_) => match self.log(key.name())? {
                Some(there) if there.key == *key => Ok(()),
                Some(_) => Err(WitnessError::OtherKey),
                None => Err(WitnessError::Memory),
            },
        }
    }

    /// The log of an origin, if it is watched.
    ///
    /// # Errors
    /// [`WitnessError::Memory`] for a file that cannot be read: better no signature than one without memory.
    pub fn log(&self, origin: &str) -> Result<Option<Watched>, WitnessError> {
        match read_text(&self.path(origin), MOST_BYTES) {
            Ok(text) => Watched::parse(&text).map(Some),
            Err(FileError::Missing { .. }) => Ok(None),
            Err(_) => Err(WitnessError::Memory),
        }
    }

    /// Remembers what is about to be co-signed; on disk when this returns.
    ///
    /// # Errors
    /// [`WitnessError::Memory`].
    pub fn remember(&self, watched: &Watched) -> Result<(), WitnessError> {
        write_atomic(&self.path(watched.key.name()), &watched.text(), Mode::Private)
            .map_err(|_| WitnessError::Memory)
    }

    /// All watched logs, by origin.
    ///
    /// # Errors
    /// [`WitnessError::Memory`].
    pub fn all(&self) -> Result<Vec<Watched>, WitnessError> {
        let mut found = Vec::new();
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Ok(found) };
        for entry in entries {
            let path = entry.map_err(|_| WitnessError::Memory)?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let text = read_text(&path, MOST_BYTES).map_err(|_| WitnessError::Memory)?;
                found.push(Watched::parse(&text)?);
            }
        }
        found.sort_by(|one, other| one.key.name().cmp(other.key.name()));
        Ok(found)
    }
}

impl Watched {
    fn text(&self) -> Vec<u8> {
        let root = base64url::encode(self.seen.root);
        let stored = Stored { vkey: self.key.to_string(), size: self.seen.size, root };
        // Text and an integer: always JSON.
        let mut text = serde_json::to_vec_pretty(&stored).unwrap_or_default();
        text.push(b'\n');
        text
    }

    fn parse(text: &str) -> Result<Self, WitnessError> {
        let stored: Stored = serde_json::from_str(text).map_err(|_| WitnessError::Memory)?;
        let key = NoteKey::parse(&stored.vkey).map_err(|_| WitnessError::Memory)?;
        let root = base64url::decode_array::<32>(&stored.root).map_err(|_| WitnessError::Memory)?;
        Ok(Self { key, seen: Seen { size: stored.size, root } })
    }
}
