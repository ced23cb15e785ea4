//! The commands: each a function of its arguments and a [`Context`], so that tests can call it.

mod approval;
mod bundle;
mod bundle_keys;
mod cards;
mod counter;
pub(crate) mod counters;
mod held;
mod hub;
mod import;
mod issuing_ca;
mod ledger_audit;
mod ledger_log;
mod ledger_status;
mod letter;
pub(crate) mod local_acts;
mod lure;
mod operator;
mod paper;
pub(crate) mod pendamping;
mod person;
mod proposal;
mod serve;
pub(crate) mod services;
mod ticket;
mod token;
mod trust;
mod who;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_host::{
    CommonArgs, Context, DataDir, Exit, Failure, FileError, OsRng, Reach, RunFile, Settings, SettingsError,
    ended, key_passphrase, parse,
};
use absah_issuer_core::ports::KeyRole;
use absah_protocol::{IssuerId, UrlRules};
use absah_types::Rng;
use clap::{Parser, Subcommand};

pub use crate::paper_card::PaperCardError;
pub use approval::ApprovalError;
pub use bundle::FolderError;
pub use cards::CardArgsError;
pub use counter::CounterError;
pub(crate) use counters::registration;
pub use held::HeldError;
pub(crate) use held::link_for_everybody;
pub use hub::HubArgsError;
pub use issuing_ca::IssuingCaError;
pub use ledger_log::LedgerArgsError;
use local_acts::Admitted;
pub use local_acts::LocalActError;
pub use lure::LureError;
pub use operator::OperatorError;
pub use person::PurposeError;
pub use proposal::ProposalError;
pub use serve::ServeError;
pub use services::ServicesError;
pub use ticket::TicketError;
pub use trust::TrustError;

use crate::app::STORE_FILE;
use crate::keys::FileKeys;
use crate::ledger;
use crate::ledger::seal::{Log, Sealer};
use crate::store::{SqliteStore, has_operators_in};

/// The keys that `config.toml` may hold.
const KNOWN_SETTINGS: &[&str] = &[
    "public_url",
    "listen",
    "console",
    "console_url",
    "metrics",
    "anonymous_access",
    "encryption_required",
    "audit_retention_days",
    "registrar_name",
    "registrar_title",
    "contact_name",
    "contact_phone",
    "contact_email",
    "contact_address",
];

/// The civil registry's side: takes in the population register, issues cards, registers counters, publishes trust.
#[derive(Debug, Parser)]
#[command(name = "absah-issuer", version)]
struct Cli {
    #[command(flatten)]
    common: CommonArgs,
    /// Acts without a second person, once officers are enrolled: raises an alert that names the reason.
    #[arg(long, global = true, value_name = "REASON")]
    break_glass: Option<String>,
    /// Why: whoever must agree to the act reads it.
    #[arg(long, global = true, value_name = "TEXT")]
    reason: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Takes in a population extract and reports on its quality.
    Import(import::Args),
    /// Makes an offer for one person: a link for the phone and a code to be read aloud.
    Offer(cards::OfferArgs),
    /// Prints the paper twin of a person's identity card; an earlier one ends by it.
    Paper(paper::PaperArgs),
    /// Helpers who carry somebody's card for half an hour, and such sessions.
    #[command(subcommand)]
    Pendamping(pendamping::Command),
    /// Corrections and deletions that people ask for.
    #[command(subcommand)]
    Ticket(ticket::Command),
    /// Letters of the kelurahan that people ask for.
    #[command(subcommand)]
    Letter(letter::Command),
    /// The city's data hub: who may read figures, and where alerts are told.
    #[command(subcommand)]
    Hub(hub::Command),
    /// Makes an offer for everybody, for posters and web pages: whoever takes it logs in.
    PublicOffer(held::PublicOfferArgs),
    /// Makes a code for one log-in, to be read aloud after the face was checked.
    LoginCode(held::LoginArgs),
    /// Cards that wait until somebody has looked once more.
    #[command(subcommand)]
    Held(held::Command),
    /// Officers who work at the console.
    #[command(subcommand)]
    Operator(operator::Command),
    /// Serves the public endpoints and the console until stopped.
    Serve(serve::Args),
    /// Revokes all copies of a person's card, or of all their cards, for ever.
    Revoke(cards::ChangeArgs),
    /// Suspends all copies of a person's card, or of all their cards: a lost phone needs one command.
    Suspend(cards::ChangeArgs),
    /// Takes a suspension back.
    Unsuspend(cards::ChangeArgs),
    /// Registers counters and takes registrations back.
    #[command(subcommand)]
    Counter(counter::Command),
    /// Numbers that stand for people in the sectors.
    #[command(subcommand)]
    Token(token::Command),
    /// Publishes the trust bundle.
    #[command(subcommand)]
    Bundle(bundle::Command),
    /// Certificates and signing keys.
    #[command(subcommand)]
    Trust(trust::Command),
    /// Changes of status that wait for approval.
    #[command(subcommand)]
    Proposal(proposal::Command),
    /// Acts that wait for a second person.
    #[command(subcommand)]
    Approval(approval::Command),
    /// Records of nobody: opening one gives an officer away.
    #[command(subcommand)]
    Lure(lure::Command),
    /// Looks at a person's record, for a purpose; the person can see who did.
    #[command(subcommand)]
    Person(person::Command),
    /// The transparency log: audit, proofs, witnesses, erasure.
    #[command(subcommand)]
    Ledger(ledger_log::Command),
}

type Outcome = Result<Exit, Failure>;

/// Runs one command line, program name first.
pub fn run(words: impl IntoIterator<Item = OsString>, context: &mut Context) -> Exit {
    let words: Vec<OsString> = words.into_iter().collect();
    let cli: Cli = match parse(words.clone(), &mut context.console) {
        Ok(cli) => cli,
        Err(exit) => return exit,
    };
    context.console.set_json(cli.common.json);
    context.console.set_for_officers();
    let outcome = dispatch(cli, &words, context);
    ended(outcome, &mut context.console)
}

fn dispatch(cli: Cli, words: &[OsString], context: &mut Context) -> Outcome {
    let mut desk = Desk::open(&cli.common, context)?;
    let mut cli = cli;
    // Kept until the command has ended.
    let mut approved = None;
    match local_acts::admit(&cli, words, &mut desk)? {
        Admitted::AsSaid => {}
        Admitted::Unwatched => desk.unwatched = true,
        Admitted::Approved(id, words, files) => {
            approved = Some((id, files));
            cli = match parse(words, &mut desk.context.console) {
                Ok(cli) => cli,
                Err(exit) => return Ok(exit),
            };
        }
    }
    let outcome = perform(cli, &mut desk);
    match &approved {
        Some((id, _files)) if outcome.is_err() => local_acts::give_back(*id, &mut desk)?,
        _ => {}
    }
    outcome
}

fn perform(Cli { command, reason, .. }: Cli, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Approval(command) => approval::run(&command, reason.as_deref(), desk),
        Command::Import(args) => import::run(&args, desk),
        Command::Offer(args) => cards::offer(&args, desk),
        Command::Paper(args) => paper::run(&args, desk),
        Command::Pendamping(command) => pendamping::run(&command, desk),
        Command::Ticket(command) => ticket::run(&command, desk),
        Command::Letter(command) => letter::run(&command, desk),
        Command::Hub(command) => hub::run(&command, desk),
        Command::Lure(command) => lure::run(&command, desk),
        Command::PublicOffer(args) => held::public_offer(&args, desk),
        Command::LoginCode(args) => held::login_code(&args, desk),
        Command::Held(command) => held::run(&command, desk),
        Command::Operator(command) => operator::run(&command, desk),
        Command::Serve(args) => serve::run(&args, desk),
        Command::Revoke(args) => cards::change(&args, absah_issuer_core::status::Change::Revoke, desk),
        Command::Suspend(args) => cards::change(&args, absah_issuer_core::status::Change::Suspend, desk),
        Command::Unsuspend(args) => cards::change(&args, absah_issuer_core::status::Change::Unsuspend, desk),
        Command::Counter(command) => counter::run(&command, desk),
        Command::Token(command) => token::run(&command, desk),
        Command::Bundle(command) => bundle::run(&command, desk),
        Command::Trust(command) => trust::run(&command, desk),
        Command::Proposal(command) => proposal::run(&command, desk),
        Command::Person(command) => person::run(&command, desk),
        Command::Ledger(command) => ledger_log::run(&command, desk),
    }
}

/// A folder that somebody named is there.
fn is_folder(folder: &Path) -> Result<(), FileError> {
    if folder.is_dir() { Ok(()) } else { Err(FileError::Missing { path: folder.to_owned() }) }
}

/// What every command works with.
struct Desk<'a> {
    context: &'a mut Context,
    dir: DataDir,
    settings: Settings,
    reach: Reach,
    /// The keys once they are opened: the passphrase is made to be slow.
    keys: Option<Arc<FileKeys>>,
    /// The command runs because nobody is enrolled.
    unwatched: bool,
}

impl<'a> Desk<'a> {
    fn open(common: &CommonArgs, context: &'a mut Context) -> Result<Self, Failure> {
        let dir = DataDir::open("issuer", common.data_dir.as_deref(), &context.env)?;
        let settings = Settings::load(&dir, &context.env, KNOWN_SETTINGS)?;
        let reach = settings.reach(common.dev_loopback)?;
        reach.announce(&mut context.console);
        Ok(Self { context, dir, settings, reach, keys: None, unwatched: false })
    }

    fn store_file(&self) -> PathBuf {
        self.dir.join(STORE_FILE)
    }

    fn keys(&mut self) -> Result<Arc<FileKeys>, Failure> {
        if let Some(keys) = &self.keys {
            return Ok(Arc::clone(keys));
        }
        let keys = self.keys_with(None)?;
        self.keys = Some(Arc::clone(&keys));
        Ok(keys)
    }

    /// As [`Desk::keys`], with the offline root from another folder.
    fn keys_with(&mut self, offline: Option<&Path>) -> Result<Arc<FileKeys>, Failure> {
        offline.map_or(Ok(()), is_folder)?;
        let rng: &mut dyn Rng = self.context.rng.as_mut();
        let passphrase = key_passphrase(&self.dir, &self.settings, rng, &mut self.context.console)?;
        let keys = FileKeys::open(&self.dir, &passphrase, self.context.rng.as_mut())?;
        Ok(Arc::new(match offline {
            Some(folder) => keys.with_offline(folder),
            None => keys,
        }))
    }

    /// Adds a key of a role; answers its generation.
    fn add_key(&mut self, role: KeyRole) -> Result<(Arc<FileKeys>, u32), Failure> {
        let rng: &mut dyn Rng = self.context.rng.as_mut();
        let passphrase = key_passphrase(&self.dir, &self.settings, rng, &mut self.context.console)?;
        let (keys, generation) = FileKeys::add(&self.dir, &passphrase, role, self.context.rng.as_mut())?;
        let keys = Arc::new(keys);
        self.keys = Some(Arc::clone(&keys));
        Ok((keys, generation))
    }

    /// The public URL: flag, setting, or that of the running `serve`.
    fn public_url(&self, flag: Option<&str>) -> Result<Option<IssuerId>, Failure> {
        let told = self.settings.text("public_url", flag)?;
        let text = told.or_else(|| RunFile::read(&self.dir).map(|run| run.url));
        text.map(|text| self.issuer_id(&text)).transpose()
    }

    /// The endpoints stand at the root of their host: a URL with a path would promise documents at places (OpenID4VCI
    /// 1.0, section 12.2.2; did:web) where nobody serves them.
    fn issuer_id(&self, text: &str) -> Result<IssuerId, Failure> {
        let id = IssuerId::parse(text.trim_end_matches('/'), self.url_rules())?;
        if id.url().path().trim_matches('/').is_empty() {
            Ok(id)
        } else {
            Err(SettingsError::Value { key: "public_url".to_owned() }.into())
        }
    }

    /// As [`Desk::public_url`], where a phone must find the way.
    fn required_public_url(&self, flag: Option<&str>) -> Result<IssuerId, Failure> {
        Ok(self.public_url(flag)?.ok_or(CardArgsError::NoAddress)?)
    }

    fn url_rules(&self) -> UrlRules {
        match self.reach {
            Reach::PublicOnly => UrlRules::HttpsOnly,
            Reach::DevLoopback => UrlRules::DevLoopback,
        }
    }

    /// Opens the records and does some work on them.
    fn with_store<T>(
        &mut self,
        work: impl AsyncFnOnce(&SqliteStore, &mut Context) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let file = self.store_file();
        let keys = self.keys()?;
        let sealer = Sealer::new(keys.as_ref(), Box::new(OsRng::open()?))?;
        let context = &mut *self.context;
        let dir = &self.dir;
        let unwatched = self.unwatched;
        runtime()?.block_on(async {
            let store = SqliteStore::open(&file, sealer).await?;
            // Somebody may have enrolled since it was asked.
            if unwatched && has_operators_in(&file).await? {
                return Err(LocalActError::FourEyes.into());
            }
            let done = work(&store, context).await;
            // What was done is in its log before the command ends. While a server runs it is the one that publishes.
            let now = context.clock.now();
            ledger::sequence(&store, keys.as_ref(), now).await?;
            if let Ok(_lock) = dir.try_lock() {
                for log in Log::ALL {
                    ledger::writer::show(&store, dir.path(), log, now).await?;
                }
            }
            done
        })
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|_| Failure::from(serve::ServeError::Runtime))
}
