//! `serve`: the public endpoints.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use absah_credential::Pejabat;
use absah_host::{DataDirError, Exit, OsRng, Reach, RunFile, SettingsError, local_address, read_text};
use absah_types::{Rng, coded};
use absah_web::{Ambient, Tls};
use tokio::task::JoinHandle;

use super::{Desk, Failure, Outcome};
use crate::app::{App, REGISTRAR};
use crate::console::Console;
use crate::ledger::health::Health;
use crate::ledger::witnesses::Manner;
use crate::ledger::writer::LedgerTask;
use crate::metrics;

/// How often the signers are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Where `serve` listens when nobody says otherwise.
const LISTEN: &str = "127.0.0.1:8480";
/// And where the console does.
const CONSOLE: &str = "127.0.0.1:8481";
/// Largest certificate or key file, in bytes.
const MAX_PEM: u64 = 256 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address and port of the public endpoints.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The URL under which the world reaches them.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Certificate for https, PEM, with those above it: where no proxy stands in front.
    #[arg(long, value_name = "F", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its key, PEM.
    #[arg(long, value_name = "F", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Address and port, or a port of this machine, of the officers' console; `off`: none.
    #[arg(long, value_name = "ADDR")]
    console: Option<String>,
    /// The address in the officers' browsers, where it is not http://localhost; passkeys are bound to it.
    #[arg(long, value_name = "URL")]
    console_url: Option<String>,
    /// The proxy in front of the console: only from there X-Forwarded-For is believed, to slow down who guesses.
    #[arg(long, value_name = "IP")]
    console_proxy: Option<String>,
    /// Address and port, or a port of this machine, at which Prometheus may read figures; nowhere when not told.
    #[arg(long, value_name = "ADDR")]
    metrics: Option<String>,
}

/// The server cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServeError {
    /// The system gives no threads or timers.
    Runtime,
    /// The address is taken or not this machine's.
    Listen,
    /// The address of the officers' console is taken or not this machine's.
    Console {
        /// Which.
        address: SocketAddr,
    },
    /// The files are no certificate and key that belong together.
    Certificate,
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
            Self::Console { .. } => "cannot open the console at its address",
            Self::Certificate => "no certificate with its key",
            Self::Running { .. } => "another serve runs on this data directory",
        })
    }
}

impl core::error::Error for ServeError {}

coded! { ServeError {
    Runtime => ("serve-runtime", Environment),
    Listen => ("serve-address", Environment),
    Console { address } => ("serve-console-address", Environment, address.to_string()),
    Certificate => ("serve-certificate", User),
    Running { pid } => ("serve-running", Environment, format!("PID {pid}")),
} }

pub(super) fn run(args: &Args, desk: &mut Desk<'_>) -> Outcome {
    let listen = desk.settings.text("listen", args.listen.as_deref())?.unwrap_or_else(|| LISTEN.to_owned());
    let listen: SocketAddr = listen.parse().map_err(|_| SettingsError::Value { key: "listen".to_owned() })?;
    let told = desk.settings.text("public_url", args.public_url.as_deref())?;
    let metrics_at = desk.settings.text("metrics", args.metrics.as_deref())?;
    let metrics_at = metrics_at.map(|text| local_address("metrics", &text)).transpose()?;
    let encryption_required =
        desk.settings.text("encryption_required", None)?.is_some_and(|value| value == "true");
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(tls(certificate, key)?),
        _ => None,
    };
    let console_at = ConsoleAt::parse(desk.settings.text("console", args.console.as_deref())?, listen)?;
    let console_url = desk.settings.text("console_url", args.console_url.as_deref())?;
    let proxy = desk.settings.text("console_proxy", args.console_proxy.as_deref())?;
    let proxy = proxy.map(|text| text.trim().parse::<IpAddr>().map(|ip| ip.to_canonical())).transpose();
    let proxy = proxy.map_err(|_| SettingsError::Value { key: "console_proxy".to_owned() })?;
    let anonymous_access = desk.settings.text("anonymous_access", None)?.is_none_or(|value| value != "false");
    let registrar = Pejabat {
        nama: desk.settings.text("registrar_name", None)?,
        jabatan: desk.settings.text("registrar_title", None)?.unwrap_or_else(|| REGISTRAR.to_owned()),
    };
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
            None => {
                let url = absah_web::base_url(&listener).map_err(|_| ServeError::Listen)?;
                if tls.is_some() { url.replacen("http:", "https:", 1) } else { url }
            }
        };
        let id = desk.issuer_id(&url)?;
        let url = id.as_str().to_owned();
        OsRng::open()?;
        let rng = || {
            OsRng::open().map_or_else(|_| std::process::abort(), |rng| Box::new(rng) as Box<dyn Rng + Send>)
        };
        let ambient = Ambient::new(Arc::clone(&desk.context.clock), Arc::new(rng));
        let app = App::open(&desk.dir, id, keys, ambient, anonymous_access).await?;
        let app = if encryption_required { app.requiring_encryption() } else { app };
        let app = app.with_registrar(registrar);
        let ledger = ledger_task(desk, &app)?;
        let figures = metrics::figures();
        let beside = match (metrics_at, app.ledger(), &ledger) {
            (Some(address), Some(kept), Some((_, health))) => {
                let (store, health) = (Arc::clone(&kept.store), health.clone());
                let clock = Arc::clone(&desk.context.clock);
                let look = move |figures: absah_web::Metrics| {
                    let (store, health, now) = (Arc::clone(&store), health.clone(), clock.now());
                    async move { metrics::look(&figures, &store, &health, now).await }
                };
                Some(figures.listen(address, look).await.map_err(|_| ServeError::Listen)?)
            }
            _ => None,
        };
        let console = match &console_at {
            ConsoleAt::Nowhere => None,
            at => match open_console(&app, at, (console_url.as_deref(), proxy)).await {
                // Nobody chose this address: another issuer on this machine has it, and the public is served all the same.
                Err(failure)
                    if matches!(at, ConsoleAt::Usual(_))
                        && failure.coded().code() == "serve-console-address" =>
                {
                    let console = &mut desk.context.console;
                    let what = console.said("err", failure.coded().code()).unwrap_or_default();
                    let todo = console.said("rec", failure.coded().code()).unwrap_or_default();
                    console.notice(&format!("{CONSOLE}: {what} {todo}"));
                    None
                }
                opened => opened?,
            },
        };
        let telling = app.ledger().map(|kept| {
            let (store, keys) = (Arc::clone(&kept.store), Arc::clone(app.keys()));
            let dev = desk.reach == Reach::DevLoopback;
            tokio::spawn(crate::webhook::run(store, keys, Arc::clone(&desk.context.clock), dev))
        });
        let watch = tokio::spawn(watch(app.clone(), Arc::clone(&desk.context.clock)));
        let run = RunFile::new(&url, desk.context.clock.now());
        let run = run.with_listener("console", console.as_ref().map(|(url, _)| url.as_str()));
        let run = run.with_listener("metrics", beside.as_ref().map(|beside| beside.url.as_str()));
        run.announce(&desk.dir, &mut desk.context.console)?;
        let served = absah_web::serve_by(listener, tls, figures.count(app.router()), async {
            // Without signals to wait for, the server runs until it is killed.
            if absah_web::stop_signal().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await;
        let console = console.map(|(_, task)| task);
        for task in ledger.into_iter().map(|(task, _)| task).chain([watch]).chain(telling).chain(console) {
            task.abort();
        }
        RunFile::remove(&desk.dir);
        served.map_err(|_| ServeError::Listen)?;
        Ok::<_, Failure>(Exit::Ok)
    })
}

fn tls(certificate: &Path, key: &Path) -> Result<Tls, Failure> {
    let (certificate, key) = (read_text(certificate, MAX_PEM)?, read_text(key, MAX_PEM)?);
    Ok(Tls::from_pem(certificate.as_bytes(), key.as_bytes()).map_err(|_| ServeError::Certificate)?)
}

/// Where the console is opened.
enum ConsoleAt {
    Nowhere,
    /// Somebody said so: officers are looking for it there.
    At(SocketAddr),
    /// The usual address.
    Usual(SocketAddr),
}

impl ConsoleAt {
    fn parse(told: Option<String>, listen: SocketAddr) -> Result<Self, Failure> {
        match told.as_deref() {
            Some("off") => Ok(Self::Nowhere),
            Some(text) => Ok(Self::At(local_address("console", text)?)),
            // Whoever takes any free port for the public does not expect a fixed one beside it.
            None if listen.port() == 0 => Ok(Self::Nowhere),
            None => Ok(Self::Usual(local_address("console", CONSOLE)?)),
        }
    }
}

/// Opens the console; its URL and its task.
async fn open_console(
    app: &App,
    at: &ConsoleAt,
    (url, proxy): (Option<&str>, Option<IpAddr>),
) -> Result<Option<(String, JoinHandle<()>)>, Failure> {
    let (ConsoleAt::At(address) | ConsoleAt::Usual(address)) = at else { return Ok(None) };
    let taken = |_| ServeError::Console { address: *address };
    let listener = tokio::net::TcpListener::bind(address).await.map_err(taken)?;
    let port = listener.local_addr().map_err(|_| ServeError::Listen)?.port();
    let url = url.map_or_else(|| format!("http://localhost:{port}"), str::to_owned);
    let console = Console::new(app.clone(), &url)?.behind(proxy);
    let task = tokio::spawn(absah_web::serve(listener, console.router(), std::future::pending()));
    Ok(Some((url, task)))
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
fn ledger_task(desk: &Desk<'_>, app: &App) -> Result<Option<(JoinHandle<()>, Health)>, Failure> {
    let Some(ledger) = app.ledger() else { return Ok(None) };
    let clock = Arc::clone(&desk.context.clock);
    let manner = Manner::usual(desk.reach == Reach::DevLoopback);
    let health = Health::new(desk.dir.path(), desk.context.console.log());
    let (store, keys) = (Arc::clone(&ledger.store), Arc::clone(app.keys()));
    let task = LedgerTask::new(store, keys, clock, &desk.dir, manner, health.clone())?;
    Ok(Some((tokio::spawn(task.run()), health)))
}
