//! The program as a process: killed at random moments, audited from outside.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure here is a failed test"
)]

mod altered;
mod killed;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::seal::Sealer;
use absah_testkit::SeededRng;
use absah_types::Timestamp;

fn issuer(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_absah-issuer"));
    command.arg("--data-dir").arg(data).args(words).env("ABSAH_DEV", "1").env_remove("ABSAH_PUBLIC_URL");
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Real time: a killed process has no other.
fn now() -> Timestamp {
    absah_types::Clock::now(&absah_host::SystemClock)
}

/// A served issuer, killed when dropped.
struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn begin(data: &Path) -> Self {
        let mut child = issuer(data, &["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = loop {
            let line = lines.next().expect("the server ended").unwrap();
            if let Some(url) = line.strip_prefix("listening ") {
                break url.to_owned();
            }
        };
        Self { child, url }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Seals the events of stores that are only looked at, or given offers.
fn sealer() -> Sealer {
    let keys = FileKeys::in_memory(&mut SeededRng::new(5));
    Sealer::new(&keys, Box::new(absah_host::OsRng::open().unwrap())).unwrap()
}
