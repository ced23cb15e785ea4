//! `run.json`: where a running server is found.

use crate::{Console, DataDir, FileError, Mode, read_text, write_atomic};
use absah_types::{Timestamp, rfc3339};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What `serve` writes to `<data-dir>/run.json` when it is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFile {
    /// The process.
    pub pid: u32,
    /// The URL it is reached at.
    pub url: String,
    /// Its other listeners: `console`, `metrics`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub listeners: BTreeMap<String, String>,
    /// When it was ready.
    #[serde(with = "rfc3339")]
    pub started_at: Timestamp,
}

impl RunFile {
    /// This process, reached at a URL.
    #[must_use]
    pub fn new(url: &str, started_at: Timestamp) -> Self {
        Self { pid: std::process::id(), url: url.to_owned(), listeners: BTreeMap::new(), started_at }
    }

    /// Names another listener.
    #[must_use]
    pub fn with_listener(mut self, name: &str, url: Option<&str>) -> Self {
        if let Some(url) = url {
            self.listeners.insert(name.to_owned(), url.to_owned());
        }
        self
    }

    /// Writes the file, then a line for each other listener and the line `listening URL` on standard output: who reads the line finds
    /// the file.
    ///
    /// # Errors
    /// [`FileError::Write`].
    pub fn announce(&self, dir: &DataDir, console: &mut Console) -> Result<(), FileError> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        write_atomic(&dir.join("run.json"), text.as_bytes(), Mode::Private)?;
        for (name, url) in &self.listeners {
            console.line(&format!("{name} {url}"));
        }
        console.line(&format!("listening {}", self.url));
        Ok(())
    }

    /// The server that wrote the file last; `None` when there is no readable file. It may have died
    /// without taking the file away.
    #[must_use]
    pub fn read(dir: &DataDir) -> Option<Self> {
        serde_json::from_str(&read_text(&dir.join("run.json"), 64 << 10).ok()?).ok()
    }

    /// Takes the file away at the end, if it is still this process's.
    pub fn remove(dir: &DataDir) {
        if Self::read(dir).is_some_and(|run| run.pid == std::process::id()) {
            // Nothing to do about a failure: a stale file is expected anyway.
            let _ = std::fs::remove_file(dir.join("run.json"));
        }
    }
}
