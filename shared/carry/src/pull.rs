//! A bundle from a web server: the files that a reader lacks, within limits.

use std::time::Duration;

use absah_fetch::{Addresses, FetchError, Fetcher, Limits, Request, Response};
use absah_host::Reach;
use absah_trust::bundle::{Files, MAX_BUNDLE_BYTES};
use absah_trust::tuf::{self, MAX_METADATA_BYTES, MAX_ROOT_STEPS, Need, Role};

use crate::CarryError;

/// From the first byte asked for to the last one read.
const PATIENCE: Duration = Duration::from_secs(120);

/// For one file.
const FILE_PATIENCE: Duration = Duration::from_secs(30);

/// Fetches the newest bundle of the folder served at `url`. Files that `held` has are not asked for again, but for the
/// document that says what is new.
///
/// Nothing is believed yet: the files are judged as a whole by `absah_trust::Bundle::import`.
///
/// # Errors
/// [`CarryError`].
pub async fn pull(url: &str, held: Option<&Files>, reach: Reach) -> Result<Files, CarryError> {
    let addresses = match reach {
        Reach::PublicOnly => Addresses::PublicOnly,
        Reach::DevLoopback => Addresses::DevLoopback,
    };
    let limits = Limits { total: FILE_PATIENCE, body: MAX_BUNDLE_BYTES, ..Limits::default() };
    let server = Server { url: url.trim_end_matches('/'), reach, fetcher: Fetcher::new(limits, addresses)? };
    let both = async {
        match server.repository(held).await {
            // The folder was exchanged while it was read: a second look finds the new one.
            Err(CarryError::Absent { .. }) => server.repository(held).await,
            other => other,
        }
    };
    tokio::time::timeout(PATIENCE, both).await.unwrap_or(Err(FetchError::Timeout.into()))
}

/// Where the folder is served.
struct Server<'u> {
    url: &'u str,
    reach: Reach,
    fetcher: Fetcher,
}

impl Server<'_> {
    async fn repository(&self, held: Option<&Files>) -> Result<Files, CarryError> {
        let mut files = held.cloned().unwrap_or_default();
        // The only document without a number of its own.
        files.remove(&Role::Timestamp.path(0));
        self.roots(&mut files).await?;
        let mut fetched = 0;
        loop {
            let needed = tuf::needed(&files).map_err(CarryError::Repository)?;
            let Some(need) = needed.into_iter().find(|need| !files.contains_key(&need.path)) else { break };
            let answer = self.fetch(&need).await?;
            if !answer.is_success() {
                return Err(CarryError::Absent { path: need.path, status: answer.status });
            }
            fetched += answer.body.len();
            if fetched > MAX_BUNDLE_BYTES {
                return Err(CarryError::TooLarge);
            }
            files.insert(need.path, answer.body);
        }
        tuf::pruned(&files).map_err(CarryError::Repository)
    }

    /// "Try downloading version N+1 of the root metadata file. If this file is not available, then go to the next
    /// step" (TUF specification, 5.3.3).
    async fn roots(&self, files: &mut Files) -> Result<(), CarryError> {
        let known = (1..).take_while(|version| files.contains_key(&Role::Root.path(*version))).count();
        let known = u64::try_from(known).unwrap_or(u64::MAX);
        for version in (known..=known.saturating_add(MAX_ROOT_STEPS)).map(|known| known.saturating_add(1)) {
            let need = Need { path: Role::Root.path(version), limit: MAX_METADATA_BYTES };
            let answer = self.fetch(&need).await?;
            match answer.status {
                200 => files.insert(need.path, answer.body),
                403 | 404 | 410 if version > 1 => return Ok(()),
                status => return Err(CarryError::Absent { path: need.path, status }),
            };
        }
        Err(CarryError::Repository(tuf::Refusal::TooManyRoots))
    }

    async fn fetch(&self, need: &Need) -> Result<Response, CarryError> {
        let url = self.reach.url(&format!("{}/{}", self.url, need.path))?;
        Ok(self.fetcher.send(Request::get(&url).within(need.limit)).await?)
    }
}
