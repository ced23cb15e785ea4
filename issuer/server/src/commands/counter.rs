//! `counter register`, `counter withdraw`, `counter list`.

use std::path::PathBuf;

use absah_crypto::sha256;
use absah_host::{Console, Exit, read_file};
use absah_trust::{Registration, Service};
use absah_types::{coded, hex};
use serde_json::{Value, json};

use super::counters::{Order, access_key, make, registration};
use super::{Desk, Failure, Outcome, services};
use crate::app::remember;
use crate::publish::PublishError;
use crate::signers;
use crate::store::Counter;

/// The largest key file read.
const MOST_BYTES: u64 = 64 << 10;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Registers a counter by its access key.
    Register(RegisterArgs),
    /// Takes a registration back, by its id or the counter's.
    Withdraw {
        /// Id of the registration or of the counter.
        // One id in 64 begins with a hyphen.
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// Lists the registered counters.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct RegisterArgs {
    /// The counter's public key: a JWK, or all that `absah-verifier init --json` printed.
    #[arg(long, value_name = "FILE")]
    access_key: PathBuf,
    /// What it may ask, TOML or JSON; without it the services every counter may start from.
    #[arg(long, value_name = "FILE")]
    services: Option<PathBuf>,
    /// The agency; otherwise as the services file says.
    #[arg(long)]
    agency: Option<String>,
    /// Where the counter stands; otherwise as the services file says.
    #[arg(long)]
    place: Option<String>,
    /// How many days the registration holds, at most 90.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=90))]
    days: i64,
}

/// A counter cannot be registered or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterError {
    /// The file holds no P-256 public key.
    AccessKey,
    /// There is no such registration.
    Unknown,
}

impl core::fmt::Display for CounterError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::AccessKey => "no usable access key",
            Self::Unknown => "no such registration",
        })
    }
}

impl core::error::Error for CounterError {}

coded! { CounterError {
    AccessKey => ("access-key-malformed", User),
    Unknown => ("registration-unknown", User),
} }

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Register(args) => register(args, desk),
        Command::Withdraw { id } => withdraw(id, desk),
        Command::List => list(desk),
    }
}

fn register(args: &RegisterArgs, desk: &mut Desk<'_>) -> Outcome {
    let (key, counter_id) = access_key(&read_file(&args.access_key, MOST_BYTES)?)?;
    let services = services::read(args.services.as_deref())?;
    let told = desk.public_url(None)?;
    let keys = desk.keys()?;
    let or = |flag: &Option<String>, file: Option<String>, otherwise: &str| {
        flag.clone().or(file).unwrap_or_else(|| otherwise.to_owned())
    };
    let agency = or(&args.agency, services.agency, "Pemerintah Kota Madiun");
    let place = or(&args.place, services.place, &counter_id);
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        signers::begin(store, keys.as_ref(), now, context.rng.as_mut()).await?;
        if let Some(id) = &told {
            remember(store, id, keys.as_ref(), now, context.rng.as_mut()).await?;
        }
        let url = match told {
            Some(id) => id.url().clone(),
            None => {
                signers::of_last_identity(store, keys.as_ref(), now, context.rng.as_mut()).await?;
                store.last_identity().await?.ok_or(PublishError::NoIdentity)?
            }
        };
        let order = Order { key, counter_id, agency, place, services: services.services, days: args.days };
        let (counter, superseded) =
            make(store, keys.as_ref(), &url, order, now, context.rng.as_mut()).await?;
        let (registration_id, end) = (counter.registration_id.clone(), counter.expires_at);
        let hash = hex::encode(sha256(counter.jwt.as_bytes()));
        store.register(counter, superseded.clone()).await?;
        let console = &mut context.console;
        if console.json() {
            console.answer(&json!({
                "registration_id": registration_id,
                "hash": hash,
                "superseded": superseded,
            }));
        } else {
            let end = end.to_string();
            console
                .line(&console.text_with("counter-registered", &[("id", &registration_id), ("end", &end)]));
            console.line(&console.text_with("counter-registration-hash", &[("hash", &hash)]));
            for old in &superseded {
                console.line(&console.text_with("counter-superseded", &[("id", old)]));
            }
        }
        Ok(Exit::Ok)
    })
}

fn withdraw(id: &str, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        if !store.withdraw(id, context.clock.now()).await? {
            return Err(Failure::from(CounterError::Unknown));
        }
        if context.console.json() {
            context.console.answer(&json!({ "withdrawn": id }));
        } else {
            let said = context.console.text_with("counter-withdrawn", &[("id", id)]);
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}

fn service(service: &Service) -> Value {
    json!({
        "id": service.id,
        "sector": service.sector,
        "tier": service.tier,
        "retention_days": service.retention_days,
    })
}

/// A registration on one line: ids, agency, services, until when.
fn as_text(counter: &Counter, console: &Console) -> String {
    let (state, at) = match counter.withdrawn_at {
        Some(at) => ("counter-state-withdrawn", at),
        None => ("counter-state-until", counter.expires_at),
    };
    let state = console.text_with(state, &[("at", &at.to_string())]);
    let told = registration(&counter.jwt);
    let agency = told.as_ref().map_or("-", |told| told.agency.as_str());
    let services: Vec<&str> =
        told.iter().flat_map(|told| &told.services).map(|service| service.id.as_str()).collect();
    format!("{} {} {agency}: {}; {state}", counter.registration_id, counter.counter_id, services.join(", "))
}

fn list(desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let counters = store.counters().await?;
        if context.console.json() {
            let entry = |counter: &Counter| {
                let told = registration(&counter.jwt);
                json!({
                    "registration_id": counter.registration_id,
                    "counter_id": counter.counter_id,
                    "registered_at": counter.registered_at.to_string(),
                    "expires_at": counter.expires_at.to_string(),
                    "withdrawn_at": counter.withdrawn_at.map(|at| at.to_string()),
                    "agency": told.as_ref().map(|told| &told.agency),
                    "place": told.as_ref().map(|told| &told.place),
                    "sector": told.as_ref().and_then(Registration::sector),
                    // That of the riskiest service.
                    "tier": told.as_ref().and_then(|told| told.services.iter().map(|one| one.tier).max()),
                    "key_sha256": told.as_ref().map(|told| hex::encode(told.spki_sha256)),
                    "services": told.as_ref().map_or_else(Vec::new, |told| told.services.iter().map(service).collect()),
                })
            };
            context.console.answer(&counters.iter().map(entry).collect::<Vec<_>>());
            return Ok(Exit::Ok);
        }
        for counter in counters {
            let line = as_text(&counter, &context.console);
            context.console.line(&line);
        }
        Ok(Exit::Ok)
    })
}
