//! Taking the network away: `unshare -rn` gives a program a world without any interface.

use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Whether this machine lets us run a program without network.
pub(crate) fn possible() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    *POSSIBLE.get_or_init(|| {
        Command::new("unshare")
            .args(["-rn", "true"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}
