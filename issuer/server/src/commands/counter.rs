//! `counter register`, `counter withdraw`, `counter list`.

use std::path::PathBuf;

use absah_crypto::{Jwk, PublicKey, jws, sha256};
use absah_host::{Console, Exit, read_file};
use absah_issuer_core::ports::KeyRole;
use absah_trust::registration::{MAX_BYTES, MAX_LIFE};
use absah_trust::{Registration, Service};
use absah_types::{Seconds, Timestamp, array, base64url, coded, hex};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, Failure, Outcome, services};
use crate::app::remember;
use crate::identity::kid;
use crate::publish::PublishError;
use crate::store::Counter;
use crate::{certificates, signers};

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

/// The whole answer of `init`, or the key alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum AccessKey {
    Init { counter_id: Option<String>, access_key: Jwk },
    Key(Jwk),
}

fn access_key(bytes: &[u8]) -> Result<(PublicKey, String), CounterError> {
    let (key, id) = match serde_json::from_slice(bytes).map_err(|_| CounterError::AccessKey)? {
        AccessKey::Init { counter_id, access_key } => (access_key, counter_id),
        AccessKey::Key(key) => (key, None),
    };
    let key = PublicKey::from_jwk(&key).map_err(|_| CounterError::AccessKey)?;
    let thumbprint = base64url::encode(key.thumbprint());
    let id = id.unwrap_or_else(|| format!("loket-{}", thumbprint.get(..12).unwrap_or_default()));
    Ok((key, id))
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
    let days = Seconds::days(args.days).min(MAX_LIFE);
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
        let end = now.plus(days);
        let registration = Registration {
            issuer: url.as_str().trim_end_matches('/').to_owned(),
            id: base64url::encode(array::<16>(context.rng.as_mut())),
            counter_id: counter_id.clone(),
            agency,
            place,
            spki_sha256: key.spki_sha256(),
            issued_at: now,
            expires_at: end,
            services: services.services,
        };
        let signers = signers::certify(store, keys.as_ref(), &url, now, context.rng.as_mut()).await?;
        let signer = signers.in_force(KeyRole::Registration, now)?;
        let prepared = registration.prepare(&kid(&url, &signer.row.key_id))?;
        let jwt = prepared.sign(signer.key(keys.as_ref())?)?;
        let (authority, _) = certificates::authority(&store.chain().await?, keys.as_ref(), now)?;
        let certificate =
            certificates::counter(authority, &key, &counter_id, (now, end), context.rng.as_mut())?;
        let hash = hex::encode(sha256(jwt.as_bytes()));
        let superseded = superseded_by(&registration, &store.counters().await?, now);
        let registration_id = registration.id;
        let counter = Counter {
            registration_id: registration_id.clone(),
            counter_id,
            jwt,
            certificate,
            registered_at: now,
            expires_at: end,
            withdrawn_at: None,
        };
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

/// The registrations in force of the same key for one of the same services: the new one takes their place.
fn superseded_by(new: &Registration, counters: &[Counter], now: Timestamp) -> Vec<String> {
    let in_force = counters.iter().filter(|old| old.withdrawn_at.is_none() && old.expires_at > now);
    let is_replaced = |old: &&Counter| {
        registration(&old.jwt).is_some_and(|old| {
            let mut services = old.services.iter();
            old.spki_sha256 == new.spki_sha256
                && services.any(|service| new.services.iter().any(|one| one.id == service.id))
        })
    };
    in_force.filter(is_replaced).map(|old| old.registration_id.clone()).collect()
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

/// What a registration says. It is our own signature, kept in our own records.
fn registration(jwt: &str) -> Option<Registration> {
    jws::Compact::parse(jwt, MAX_BYTES).ok()?.claims().ok()
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
