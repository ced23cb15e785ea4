//! Servers the demo started: stopped by recorded process number *and* executable, so that a number the system has
//! given to someone else in the meantime is never touched.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Outcome, Trouble};

/// A server as `summary.json` names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Running {
    pub(crate) name: String,
    pub(crate) pid: u32,
    pub(crate) executable: PathBuf,
    pub(crate) url: String,
}

impl Running {
    /// Whether the process of that number still runs that program (a rebuilt program shows as `… (deleted)`).
    fn alive(&self) -> bool {
        std::fs::read_link(format!("/proc/{}/exe", self.pid)).is_ok_and(|link| {
            let link = link.to_string_lossy().into_owned();
            Path::new(link.trim_end_matches(" (deleted)")) == self.executable
        })
    }

    fn stop(&self) {
        for signal in ["TERM", "KILL"] {
            if !self.alive() {
                return;
            }
            let _ = Command::new("kill").args([format!("-{signal}"), self.pid.to_string()]).status();
            for _ in 0..50 {
                if !self.alive() {
                    return;
                }
                sleep(Duration::from_millis(100));
            }
        }
    }
}

/// Stops what an earlier demo in this folder left running.
pub(crate) fn stop_earlier(directory: &Path) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Recorded {
        running: Vec<Running>,
    }
    for name in ["running.json", "summary.json"] {
        let Ok(bytes) = std::fs::read(directory.join(name)) else { continue };
        let Ok(recorded) = serde_json::from_slice::<Recorded>(&bytes) else { continue };
        for server in recorded.running {
            if server.alive() {
                println!("stopping the {} of an earlier demo (process {})", server.name, server.pid);
                server.stop();
            }
            if server.alive() {
                return Err(Trouble::new(
                    format!("process {} does not stop", server.pid),
                    format!("stop it yourself: kill -9 {}", server.pid),
                ));
            }
        }
    }
    Ok(())
}

/// The servers of this demo. Dropped on the way out of an error, it stops them.
pub(crate) struct Servers {
    directory: PathBuf,
    children: Vec<(Child, Running)>,
}

impl Servers {
    pub(crate) fn new(directory: &Path) -> Self {
        Self { directory: directory.to_path_buf(), children: Vec::new() }
    }

    /// Takes a started server in, waits until it says where it listens and records it.
    pub(crate) fn adopt(
        &mut self,
        name: &str,
        mut child: Child,
        executable: &Path,
        log: &Path,
    ) -> Outcome<String> {
        for _ in 0..300 {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            let listening = said.lines().find_map(|line| line.strip_prefix("listening "));
            if let Some(url) = listening {
                let url = url.trim().to_owned();
                let executable =
                    std::fs::canonicalize(executable).map_err(|e| crate::disk(executable, &e))?;
                let running =
                    Running { name: name.to_owned(), pid: child.id(), executable, url: url.clone() };
                self.children.push((child, running));
                self.record()?;
                return Ok(url);
            }
            if let Ok(Some(status)) = child.try_wait() {
                return Err(Trouble::new(
                    format!("the {name} ended at once ({status}):\n{said}"),
                    "see its words above",
                ));
            }
            sleep(Duration::from_millis(100));
        }
        let _ = child.kill();
        Err(Trouble::new(
            format!("the {name} did not say `listening` within 30 s"),
            format!("look into {}", log.display()),
        ))
    }

    /// Takes the wallet's window in; it listens nowhere.
    pub(crate) fn adopt_window(&mut self, child: Child, executable: &Path) -> Outcome<()> {
        let executable = std::fs::canonicalize(executable).map_err(|e| crate::disk(executable, &e))?;
        let running = Running { name: "window".to_owned(), pid: child.id(), executable, url: String::new() };
        self.children.push((child, running));
        self.record()
    }

    /// Stops one server and waits for its end.
    pub(crate) fn stop_one(&mut self, name: &str) {
        self.children.retain_mut(|(child, running)| {
            let stays = running.name != name;
            if !stays {
                end(child, running);
            }
            stays
        });
    }

    pub(crate) fn running(&self) -> Vec<Running> {
        self.children.iter().map(|(_, running)| running.clone()).collect()
    }

    pub(crate) fn stop(mut self) {
        self.stop_all();
    }

    /// The person wants to look around: the servers outlive the demo.
    pub(crate) fn leave_running(mut self) {
        self.children.clear();
    }

    fn stop_all(&mut self) {
        for (child, running) in &mut self.children {
            end(child, running);
        }
        self.children.clear();
    }

    // Recorded at once, so that even a demo that is killed leaves a trace the next one can follow.
    fn record(&self) -> Outcome<()> {
        let path = self.directory.join("running.json");
        let text = serde_json::json!({ "running": self.running() }).to_string();
        std::fs::write(&path, text).map_err(|e| crate::disk(&path, &e))
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.stop_all();
    }
}

// A child is reaped by waiting for it; until then its number is ours.
fn end(child: &mut Child, running: &Running) {
    let _ = Command::new("kill").args(["-TERM".to_owned(), running.pid.to_string()]).status();
    for _ in 0..50 {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    let _ = child.kill();
    let _ = child.wait();
}
