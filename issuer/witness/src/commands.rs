//! The commands of the witness.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::sync::Arc;

use absah_host::{
    CommonArgs, Context, DataDir, Exit, Failure, OsRng, Reach, RunFile, Settings, SettingsError, ended,
    key_passphrase, local_address, parse,
};
use absah_ledger::NoteSigner;
use absah_ledger::note::{Algorithm, NoteKey};
use absah_types::{Rng, base64url};
use absah_web::{Ambient, Metrics};
use clap::{Parser, Subcommand};
use serde_json::json;

use crate::error::WitnessError;
use crate::http::App;
use crate::keys;
use crate::memory::{Memory, Watched};

const KNOWN_SETTINGS: &[&str] = &["listen", "public_url", "metrics"];

/// The gauge of what was seen.
const SIZE: &str = "witness_log_size";

/// Where `serve` listens when nobody says otherwise.
const LISTEN: &str = "127.0.0.1:8490";

/// A witness of transparency logs: co-signs checkpoints that continue what it has seen, and nothing else.
#[derive(Debug, Parser)]
#[command(name = "absah-witness", version)]
struct Cli {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the witness's key and prints it; the same again when there is one.
    Init {
        /// What the witness is called: a host name, such as `saksi.inspektorat.madiunkota.go.id`.
        #[arg(long)]
        name: String,
    },
    /// Begins to watch a log.
    TrustLog {
        /// The log's key, as `absah-issuer ledger keys` prints it.
        #[arg(long)]
        vkey: String,
    },
    /// Co-signs until stopped.
    Serve {
        /// Address and port.
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        /// The URL under which logs reach it.
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
        /// Address and port, or a port of this machine, at which Prometheus may read figures; nowhere when not told.
        #[arg(long, value_name = "ADDR")]
        metrics: Option<String>,
    },
    /// Prints the witness's key and what it has seen.
    Show,
}

/// Runs one command line, program name first.
pub fn run(words: impl IntoIterator<Item = OsString>, context: &mut Context) -> Exit {
    let cli: Cli = match parse(words, &mut context.console) {
        Ok(cli) => cli,
        Err(exit) => return exit,
    };
    context.console.set_json(cli.common.json);
    let outcome = dispatch(&cli, context);
    ended(outcome, &mut context.console)
}

fn dispatch(cli: &Cli, context: &mut Context) -> Result<Exit, Failure> {
    let dir = DataDir::open("witness", cli.common.data_dir.as_deref(), &context.env)?;
    let settings = Settings::load(&dir, &context.env, KNOWN_SETTINGS)?;
    let reach = settings.reach(cli.common.dev_loopback)?;
    reach.announce(&mut context.console);
    match &cli.command {
        Command::Init { name } => {
            let passphrase = key_passphrase(&dir, &settings, context.rng.as_mut(), &mut context.console)?;
            let signer = keys::open_or_make(&dir, &passphrase, name, context.rng.as_mut())?;
            tell(&signer, &[], context);
            Ok(Exit::Ok)
        }
        Command::TrustLog { vkey } => {
            let key = NoteKey::parse(vkey.trim())?;
            if key.algorithm() != Algorithm::Ed25519 {
                return Err(WitnessError::Key.into());
            }
            Memory::of(&dir).watch(&key)?;
            let mut watched = Memory::of(&dir).all()?;
            // In words only what this command added; `show` prints them all.
            if !context.console.json() {
                watched.retain(|log| log.key == key);
            }
            say_logs(&watched, context);
            Ok(Exit::Ok)
        }
        Command::Show => {
            let signer = open(&dir, &settings, context)?;
            let watched = Memory::of(&dir).all()?;
            tell(&signer, &watched, context);
            Ok(Exit::Ok)
        }
        Command::Serve { listen, public_url, metrics } => {
            let listen = settings.text("listen", listen.as_deref())?.unwrap_or_else(|| LISTEN.to_owned());
            let listen: SocketAddr =
                listen.parse().map_err(|_| SettingsError::Value { key: "listen".to_owned() })?;
            let told = settings.text("public_url", public_url.as_deref())?;
            let metrics = settings.text("metrics", metrics.as_deref())?;
            let metrics = metrics.map(|text| local_address("metrics", &text)).transpose()?;
            let signer = open(&dir, &settings, context)?;
            // Two servers would have one memory and two minds.
            let _lock = dir.try_lock()?;
            serve(&dir, reach, (listen, told, metrics), signer, context)
        }
    }
}

fn open(dir: &DataDir, settings: &Settings, context: &mut Context) -> Result<NoteSigner, Failure> {
    let passphrase = key_passphrase(dir, settings, context.rng.as_mut(), &mut context.console)?;
    Ok(keys::open(dir, &passphrase)?)
}

fn logs(watched: &[Watched]) -> Vec<serde_json::Value> {
    let log = |log: &Watched| json!({ "origin": log.key.name(), "size": log.seen.size, "root": base64url::encode(log.seen.root) });
    watched.iter().map(log).collect()
}

fn say_logs(watched: &[Watched], context: &mut Context) {
    if context.console.json() {
        context.console.answer(&json!({ "logs": logs(watched) }));
        return;
    }
    for log in watched {
        context.console.line(&format!("{} {}", log.key.name(), log.seen.size));
    }
}

fn tell(signer: &NoteSigner, watched: &[Watched], context: &mut Context) {
    let vkey = signer.public().to_string();
    if context.console.json() {
        let name = signer.public().name();
        context.console.answer(&json!({ "name": name, "vkey": vkey, "logs": logs(watched) }));
        return;
    }
    context.console.line(&vkey);
    say_logs(watched, context);
}

fn serve(
    dir: &DataDir,
    reach: Reach,
    (listen, told, metrics): (SocketAddr, Option<String>, Option<SocketAddr>),
    signer: NoteSigner,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|_| WitnessError::Listen)?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|_| WitnessError::Listen)?;
        let url = match told {
            Some(url) => reach.url(&url)?.as_str().trim_end_matches('/').to_owned(),
            None if reach == Reach::DevLoopback => {
                absah_web::base_url(&listener).map_err(|_| WitnessError::Listen)?
            }
            None => return Err(WitnessError::NoPublicUrl.into()),
        };
        let rng = || {
            OsRng::open().map_or_else(|_| std::process::abort(), |rng| Box::new(rng) as Box<dyn Rng + Send>)
        };
        let ambient = Ambient::new(Arc::clone(&context.clock), Arc::new(rng));
        let app = App::new(signer, Memory::of(dir), ambient);
        let gauges = [(SIZE, "Leaves of a log that were co-signed last")];
        let figures = Metrics::new("absah-witness", env!("CARGO_PKG_VERSION"), &gauges);
        let beside = match metrics {
            Some(address) => {
                let memory = Memory::of(dir);
                let look = move |figures: Metrics| {
                    for log in memory.all().unwrap_or_default() {
                        let size = i64::try_from(log.seen.size).unwrap_or(i64::MAX);
                        figures.set(SIZE, vec![("origin", log.key.name().to_owned())], size);
                    }
                    std::future::ready(())
                };
                Some(figures.listen(address, look).await.map_err(|_| WitnessError::Listen)?)
            }
            None => None,
        };
        let run = RunFile::new(&url, context.clock.now());
        let run = run.with_listener("metrics", beside.as_ref().map(|beside| beside.url.as_str()));
        run.announce(dir, &mut context.console)?;
        absah_web::serve(listener, figures.count(app.router()), async {
            // Without signals to wait for, the server runs until it is killed.
            if absah_web::stop_signal().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await;
        RunFile::remove(dir);
        Ok(Exit::Ok)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_host::Env;
    use absah_testkit::{FixedClock, SeededRng};
    use absah_types::{Secret, Timestamp};

    #[test]
    fn each_log_is_confirmed_once() {
        let place = tempfile::tempdir().unwrap();
        let run_in = |words: &[&str]| {
            let clock = Arc::new(FixedClock::at(Timestamp::from_unix(1_800_000_000)));
            let rng: Box<dyn Rng + Send> = Box::new(SeededRng::new(1));
            let (mut context, captured) = Context::captured(clock, rng, Env::of(&[]));
            let all = ["absah-witness", "--data-dir", place.path().to_str().unwrap()];
            let exit = run(all.iter().chain(words).map(OsString::from), &mut context);
            (exit, captured.take_out())
        };
        for (seed, name) in [(1, "contoh.example/audit"), (2, "contoh.example/registry")] {
            let signer = NoteSigner::new(name, Algorithm::Ed25519, &Secret::new([seed; 32])).unwrap();
            let vkey = signer.public().to_string();
            assert_eq!(run_in(&["trust-log", "--vkey", &vkey]), (Exit::Ok, format!("{name} 0\n")));
        }
        let vkey = NoteSigner::new("contoh.example/audit", Algorithm::Ed25519, &Secret::new([1; 32]));
        let vkey = vkey.unwrap().public().to_string();
        let (_, said) = run_in(&["trust-log", "--vkey", &vkey, "--json"]);
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["logs"].as_array().map(Vec::len), Some(2), "all, for a program: {said}");
    }
}
