//! `--window`: the wallet's own window, at its first start, with an offer that waits behind the PIN.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::journey::{CARD, Story};
use crate::programs::Call;
use crate::running::Servers;
use crate::{Outcome, Trouble, disk};

/// How long a window that cannot open takes to say so.
const FIRST_LOOK: Duration = Duration::from_secs(3);

/// What is opened, and what the person at it has to know.
pub(crate) struct Opened {
    code: String,
    request: PathBuf,
    out: PathBuf,
    verifier: PathBuf,
}

/// Builds the window. Without a display nothing is built: the reason and the remedy are the answer.
pub(crate) fn build(root: &Path) -> Result<PathBuf, Trouble> {
    if !["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
    {
        return Err(Trouble::new(
            "there is no display here, so the wallet's window is left out",
            "start it on a desktop; or without one: apt-get install xvfb xauth, then xvfb-run -a cargo demo --window",
        ));
    }
    let setup = Command::new("bash").arg("tests/setup").arg("app").current_dir(root).status();
    if !setup.is_ok_and(|status| status.success()) {
        return Err(Trouble::new("the set-up step for the window did not finish", "see the lines above"));
    }
    println!("building the wallet's window (the first time takes some minutes) …");
    let own = root.join("target/tools/venv/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::env::split_paths(&path).chain([own])).unwrap_or(path);
    let screens = Command::new("npm")
        .args(["--silent", "--prefix", "wallet-app/ui", "run", "build"])
        .env("PATH", path)
        .stdout(std::process::Stdio::null())
        .current_dir(root)
        .status();
    if !screens.is_ok_and(|status| status.success()) {
        return Err(Trouble::new("the screens could not be built", "see the words above"));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built =
        Command::new(cargo).args(["build", "--quiet", "-p", "absah-wallet-app"]).current_dir(root).status();
    if !built.is_ok_and(|status| status.success()) {
        return Err(Trouble::new("the window could not be built", "see the compiler's words above"));
    }
    let own = std::env::current_exe().map_err(|e| Trouble::new(e.to_string(), "try again"))?;
    Ok(own.with_file_name("absah-wallet-app"))
}

impl Story<'_> {
    /// Opens the window with an offer for a resident who has no card yet, and has the counter ask something.
    pub(crate) fn open_window(
        &mut self,
        program: &Path,
        nik: &str,
        bundle: &Path,
        servers: &mut Servers,
    ) -> Outcome<Opened> {
        let offer = self
            .issuer("issuer")
            .args(&["offer", "--nik", nik, "--credential", CARD, "--json"])
            .run()?
            .success()?;
        let (link, code) = (offer.text("/credential_offer_uri")?, offer.text("/tx_code")?);
        let request = self.request("verifier", "window", &[], crate::programs::Moment::Now)?;
        let root = crate::journey::sha256_of(&bundle.join("metadata/1.root.json"))?;
        let log = self.out.join("window.log");
        let mut child = Call::new(program, self.data_dir("window"))
            .env("ABSAH_BACKUP_DIR", &self.out.display().to_string())
            .args(&["--dev-loopback", "--bundle"])
            .path(bundle)
            .args(&["--root-sha256", &root, &link])
            .spawn(&log)?;
        sleep(FIRST_LOOK);
        if let Ok(Some(status)) = child.try_wait() {
            let said = std::fs::read_to_string(&log).map_err(|e| disk(&log, &e))?;
            return Err(Trouble::new(
                format!("the window closed at once ({status}):\n{said}"),
                "start it on a desktop, or with xvfb-run -a",
            ));
        }
        servers.adopt_window(child, program)?;
        let verifier = self.binaries.verifier.clone();
        Ok(Opened { code, request, out: self.out.clone(), verifier })
    }
}

impl Opened {
    /// What to do at the window.
    pub(crate) fn print(&self, directory: &Path) {
        let counter =
            format!("{} --data-dir {}", self.verifier.display(), directory.join("verifier").display());
        println!("\nthe wallet's window is open, at its first start:");
        println!("  1. choose a language and a PIN; an offer is waiting. Its code: {}", self.code);
        println!("  2. press Tunjukkan and pick the picture {}", self.request.display());
        println!(
            "     (good for 15 minutes; a new one: {counter} request --service demo-3-fakta --out REQ.png)"
        );
        println!(
            "  3. agree, type the PIN, take a picture of the window with the QR code, and let the counter decide:"
        );
        println!("     {counter} decide PICTURE.png");
        println!("  backups are written to {}", self.out.display());
    }
}
