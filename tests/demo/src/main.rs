//! `cargo demo`: the main job of the three programs, from a population extract to an accepted QR code, on embedded
//! defaults. It drives the shipped binaries exactly as a person at a terminal would and writes what came out to
//! `summary.json`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the demo talks to the person who started it")]

mod changes;
mod journey;
mod lan;
mod ledger;
mod offline;
mod programs;
mod running;
mod summary;
mod window;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

/// What went wrong and what the person can do about it.
#[derive(Debug)]
pub(crate) struct Trouble {
    what: String,
    remedy: String,
}

impl Trouble {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

pub(crate) type Outcome<T> = Result<T, Trouble>;

/// Runs the whole system once on this machine: an extract is imported, a card is issued to a wallet, and a counter
/// without network accepts a proof of three facts from a QR picture, refuses it a second time, refuses an
/// unregistered counter's request, refuses a card after its revocation and one that a marriage has superseded, and says
/// how old its knowledge is. Then an outsider audits the ledger that five witnesses have co-signed.
#[derive(Parser)]
#[command(name = "cargo demo", version)]
struct Arguments {
    /// Stop everything at the end instead of leaving it running.
    #[arg(long)]
    once: bool,
    /// Only stop what an earlier demo left running.
    #[arg(long, conflicts_with = "once")]
    stop: bool,
    /// Open the wallet's window as well, with an offer ready. Without a display: says what is missing, does the rest.
    #[arg(long, conflicts_with_all = ["once", "stop"])]
    window: bool,
    /// Open the web wallet to phones in the same network as well: https by a certificate of a root that is printed, and QR
    /// codes for the phone. ADDRESS: this machine's in that network, where the usual way out is not it.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, conflicts_with = "stop")]
    lan: Option<Option<IpAddr>>,
    /// Where everything is kept (default: target/demo).
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\ndemo: {}\n      what to do: {}", trouble.what, trouble.remedy);
            ExitCode::from(3)
        }
    }
}

fn run(arguments: &Arguments) -> Outcome<()> {
    let root = project_root()?;
    let directory = arguments.data_dir.clone().unwrap_or_else(|| root.join("target/demo"));
    running::stop_earlier(&directory)?;
    if arguments.stop {
        println!("stopped.");
        return Ok(());
    }
    let lan = arguments.lan.map(|told| told.map_or_else(lan::address, Ok)).transpose()?;
    if lan.is_some() {
        lan::build(&root)?;
    }
    let binaries = programs::build(&root)?;
    let window = match arguments.window.then(|| window::build(&root)) {
        Some(Ok(program)) => Some(program),
        Some(Err(trouble)) => {
            eprintln!("demo: {}\n      what to do: {}", trouble.what, trouble.remedy);
            None
        }
        None => None,
    };
    prepare(&directory)?;
    let (summary, servers, opened) = journey::run(&root, &binaries, &directory, window.as_deref(), lan)?;
    let path = directory.join("summary.json");
    let servers = if arguments.once {
        servers.stop();
        None
    } else {
        Some(servers)
    };
    summary.write(&path, &servers.as_ref().map(running::Servers::running).unwrap_or_default())?;
    summary.print(&path, arguments.once);
    if let Some(opened) = opened {
        opened.print(&directory);
    }
    if let Some(phone) = summary.phone.as_ref().filter(|_| !arguments.once) {
        phone.print();
    }
    summary.judge()?;
    if let Some(servers) = servers {
        servers.leave_running();
    }
    Ok(())
}

/// The folder of the workspace: the demo is only ever run from a checkout.
fn project_root() -> Outcome<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .ancestors()
        .nth(2)
        .filter(|root| root.join("Cargo.lock").exists())
        .map(Path::to_path_buf)
        .ok_or_else(|| Trouble::new("the project's folder is gone", "run `cargo demo` inside the project"))
}

/// A fresh folder for a fresh story; anything that is not an earlier demo's is left alone.
fn prepare(directory: &Path) -> Outcome<()> {
    let mark = directory.join(".absah-demo");
    if directory.exists() {
        let empty = std::fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_none());
        if !mark.exists() && !empty {
            return Err(Trouble::new(
                format!("{} exists and was not made by the demo", directory.display()),
                "name another folder with --data-dir",
            ));
        }
        std::fs::remove_dir_all(directory).map_err(|e| disk(directory, &e))?;
    }
    std::fs::create_dir_all(directory.join("out")).map_err(|e| disk(directory, &e))?;
    std::fs::write(&mark, "made by cargo demo; removed by the next one\n").map_err(|e| disk(&mark, &e))
}

/// A file or folder that could not be read or written.
pub(crate) fn disk(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(format!("{}: {error}", path.display()), "check free space and permissions, then try again")
}
