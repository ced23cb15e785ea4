//! A trust bundle file by file: what to ask for next, until all that its documents name is here. Nothing is believed yet:
//! the files are judged as a whole by `absah_trust::Bundle::import`.

use absah_trust::bundle::{Files, MAX_BUNDLE_BYTES};
use absah_trust::tuf::{self, MAX_METADATA_BYTES, MAX_ROOT_STEPS, Need, Refusal, Role};

/// One bundle on its way.
#[derive(Debug)]
pub(crate) struct Pull {
    url: String,
    files: Files,
    fetched: usize,
    /// The root version asked for; `None` once there is no further one.
    root: Option<u64>,
    /// Roots that may still be asked for.
    steps: u64,
    asked: Option<Need>,
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Ask for this address, at most so many bytes.
    Ask { url: String, limit: usize },
    /// All here.
    Done(Files),
}

/// Why there is no bundle.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoBundle {
    /// A document cannot be followed.
    Repository(Refusal),
    /// The folder lacks a file, or is larger than any bundle.
    Absent,
}

impl From<Refusal> for NoBundle {
    fn from(refusal: Refusal) -> Self {
        Self::Repository(refusal)
    }
}

impl Pull {
    /// From the folder served at `url`, beside what is `held`.
    pub(crate) fn new(url: &str, held: Option<&Files>) -> Self {
        let mut files = held.cloned().unwrap_or_default();
        // The only document without a number of its own.
        files.remove(&Role::Timestamp.path(0));
        let known = (1..).take_while(|version| files.contains_key(&Role::Root.path(*version))).count();
        let root = u64::try_from(known).unwrap_or(u64::MAX).saturating_add(1);
        let url = url.trim_end_matches('/').to_owned();
        Self { url, files, fetched: 0, root: Some(root), steps: MAX_ROOT_STEPS, asked: None }
    }

    /// What to ask for.
    pub(crate) fn next(&mut self) -> Result<Next, NoBundle> {
        let need = match self.root {
            Some(version) => Some(Need { path: Role::Root.path(version), limit: MAX_METADATA_BYTES }),
            None => tuf::needed(&self.files)?.into_iter().find(|need| !self.files.contains_key(&need.path)),
        };
        let Some(need) = need else { return Ok(Next::Done(tuf::pruned(&self.files)?)) };
        let url = format!("{}/{}", self.url, need.path);
        let limit = need.limit;
        self.asked = Some(need);
        Ok(Next::Ask { url, limit })
    }

    /// What came.
    pub(crate) fn took(&mut self, status: u16, body: Vec<u8>) -> Result<(), NoBundle> {
        let need = self.asked.take().ok_or(NoBundle::Absent)?;
        match (self.root, status) {
            // "Try downloading version N+1 of the root metadata file. If this file is not available, then go to the next
            // step" (TUF specification, 5.3.3).
            (Some(version), 403 | 404 | 410) if version > 1 => {
                self.root = None;
                return Ok(());
            }
            (Some(version), 200) => {
                self.steps = self.steps.checked_sub(1).ok_or(Refusal::TooManyRoots)?;
                self.root = Some(version.saturating_add(1));
            }
            (None, 200) => {}
            _ => return Err(NoBundle::Absent),
        }
        self.fetched = self.fetched.saturating_add(body.len());
        if self.fetched > MAX_BUNDLE_BYTES || body.len() > need.limit {
            return Err(NoBundle::Absent);
        }
        self.files.insert(need.path, body);
        Ok(())
    }
}
