//! `serve`: the public endpoints.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use absah_host::{DataDirError, Exit, OsRng, Reach, RunFile, SettingsError};
use absah_types::{Rng, coded};
use absah_web::Ambient;

use super::{Desk, Failure, Outcome};
use crate::app::App;
use crate::ledger::witnesses::LedgerTask;

/// How often the signers are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Where `serve` listens when nobody says otherwise.
const LISTEN: &str = "127.0.0.1:8480";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address and port of the public endpoints.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The URL under which the world reaches them.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

/// The server cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServeError {
    /// The system gives no threads or timers.
    Runtime,
    /// The address is taken or not this machine's.
    Listen,
    /// Another `serve` has the data directory.
    Running {
        /// Its process.
        pid: u32,
    },
}

impl core::fmt::Display for ServeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Runtime => "system gives no threads",
            Self::Listen => "cannot listen at the address",
            Self::Running { .. } => "another serve runs on this data directory",
        })
    }
}

impl core::error::Error for ServeError {}

coded! { ServeError {
    Runtime => ("serve-runtime", Environment),
    Listen => ("serve-address", Environment),
    Running { pid } => ("serve-running", Environment, format!("PID {pid}")),
} }

pub(super) fn run(args: &Args, desk: &mut Desk<'_>) -> Outcome {
    let listen = desk.settings.text("listen", args.listen.as_deref())?.unwrap_or_else(|| LISTEN.to_owned());
    let listen: SocketAddr = listen.parse().map_err(|_| SettingsError::Value { key: "listen".to_owned() })?;
    let told = desk.settings.text("public_url", args.public_url.as_deref())?;
    let anonymous_access = desk.settings.text("anonymous_access", None)?.is_none_or(|value| value != "false");
    // One server per data directory: two would give out the same places in a status list.
    let _lock = desk.dir.try_lock().map_err(|error| match (error, RunFile::read(&desk.dir)) {
        // Waiting would not help: it goes on until somebody stops it.
        (DataDirError::Busy, Some(run)) => Failure::from(ServeError::Running { pid: run.pid }),
        (error, _) => error.into(),
    })?;
    let keys = desk.keys()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|_| ServeError::Runtime)?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|_| ServeError::Listen)?;
        let url = match told {
            Some(url) => url,
            None => absah_web::base_url(&listener).map_err(|_| ServeError::Listen)?,
        };
        let id = desk.issuer_id(&url)?;
        let url = id.as_str().to_owned();
        OsRng::open()?;
        let rng = || {
            OsRng::open().map_or_else(|_| std::process::abort(), |rng| Box::new(rng) as Box<dyn Rng + Send>)
        };
        let ambient = Ambient::new(Arc::clone(&desk.context.clock), Arc::new(rng));
        let app = App::open(&desk.dir, id, keys, ambient, anonymous_access).await?;
        let ledger = ledger_task(desk, &app)?;
        let watch = tokio::spawn(watch(app.clone(), Arc::clone(&desk.context.clock)));
        let run = RunFile::new(&url, desk.context.clock.now());
        run.announce(&desk.dir, &mut desk.context.console)?;
        absah_web::serve(listener, app.router(), async {
            // Without signals to wait for, the server runs until it is killed.
            if absah_web::stop_signal().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await;
        for task in ledger.into_iter().chain([watch]) {
            task.abort();
        }
        RunFile::remove(&desk.dir);
        Ok::<_, Failure>(Exit::Ok)
    })
}

/// Notices what commands change of the signers, and when a key comes into force.
async fn watch(app: App, clock: Arc<dyn absah_types::Clock + Send + Sync>) {
    loop {
        tokio::time::sleep(LOOK).await;
        // What cannot be read now can be in a second; whoever asks for a document is told.
        let _ = app.catch_up(clock.now()).await;
    }
}

/// The writer of the ledger beside the endpoints.
fn ledger_task(desk: &Desk<'_>, app: &App) -> Result<Option<tokio::task::JoinHandle<()>>, Failure> {
    let Some(ledger) = app.ledger() else { return Ok(None) };
    let clock = Arc::clone(&desk.context.clock);
    let dev = desk.reach == Reach::DevLoopback;
    let task = LedgerTask::new(Arc::clone(&ledger.store), Arc::clone(app.keys()), clock, &desk.dir, dev)?;
    Ok(Some(tokio::spawn(task.run())))
}
