//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use absah_carry::BundleCommand;
use absah_carry::args::RootHash;
use absah_host::CommonArgs;
use clap::{Args, Parser, Subcommand};

/// The citizen's wallet: holds cards, shows who asks for what, answers by QR code or online.
#[derive(Debug, Parser)]
#[command(name = "absah-wallet", version, about, max_term_width = 100)]
pub struct Cli {
    /// Options of every program.
    #[command(flatten)]
    pub common: CommonArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the wallet can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take the cards of an offer (openid-credential-offer://…)
    Receive(Receive),
    /// What is due with the issuers: cards that were to come later, cards with few unused copies, near their end or
    /// superseded, and telling what became of cards
    Renew(Renew),
    /// Delete a card for good, in all its forms
    Delete(Delete),
    /// Ask something of the registry: a code for a lost phone, a correction, a deletion
    #[command(subcommand)]
    Ask(AskFor),
    /// List the cards
    List,
    /// What stands on one card, called as its issuer calls it
    Card(Card),
    /// Answer a request: pictures or text files of a QR code, the QR text itself, or openid4vp://…
    Respond(Respond),
    /// Show quickly, without a request: yes-or-no facts with your photo, by a code that lives half a minute
    Show(Show),
    /// Show what was shared, with whom, when and why; with --verify also who used your record at the civil registry
    History(History),
    /// A code on paper for a forgotten PIN
    #[command(subcommand)]
    Recovery(RecoveryCommand),
    /// Write history, list and the names of the cards to a file that only a new code opens
    Backup(Backup),
    /// Take over what is in a backup; cards must be issued again. The code: ABSAH_BACKUP_CODE, else asked
    Restore(Restore),
    /// Serve the web wallet: the same wallet as a page, kept by each browser for itself
    Serve(Serve),
    /// The trust bundle: who may issue, who may ask
    #[command(subcommand)]
    Bundle(BundleCommand),
}

/// `history`.
#[derive(Debug, Args)]
pub struct History {
    /// Fetch who used your record, when the issuer can be reached, and check every entry against the co-signed ledger
    #[arg(long)]
    pub verify: bool,
    /// How many hours ago the ledger's witnesses must have vouched for it
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u16).range(1..))]
    pub max_age: u16,
    /// The identity card of the person whose record it is, where the wallet holds several people's
    #[arg(long, value_name = "CARD", requires = "verify")]
    pub card: Option<String>,
}

/// `ask`.
#[derive(Debug, Subcommand)]
pub enum AskFor {
    /// A code to write down: on any phone it suspends all your cards; an earlier one ends
    PhoneCode {
        /// The identity card of the person whose code it is, where the wallet holds several people's
        #[arg(long, value_name = "CARD")]
        card: Option<String>,
    },
    /// Something in your data is wrong
    Correction {
        /// What is wrong, and how it should be
        #[arg(long)]
        text: String,
        /// The identity card of the person whose record it is, where the wallet holds several people's
        #[arg(long, value_name = "CARD")]
        card: Option<String>,
    },
    /// Something that need not be kept is to be deleted
    Deletion {
        /// What
        #[arg(long)]
        text: String,
        /// The identity card of the person whose record it is, where the wallet holds several people's
        #[arg(long, value_name = "CARD")]
        card: Option<String>,
    },
    /// A letter of the kelurahan: domisili, usaha or tidak-mampu; what your identity card says is not asked again
    Letter {
        /// Which
        #[arg(value_name = "KIND")]
        kind: String,
        /// What the letter asks beside it, such as keperluan="membuka rekening"
        #[arg(long, value_name = "NAME=VALUE", value_parser = field)]
        field: Vec<(String, String)>,
    },
    /// What became of your corrections, deletions and letters
    Tickets {
        /// The identity card of the person whose record it is, where the wallet holds several people's
        #[arg(long, value_name = "CARD")]
        card: Option<String>,
    },
    /// Your paper card as PDF, to be printed: for services of low risk; an earlier one ends
    Paper {
        /// The PDF to write
        #[arg(long, value_name = "F.pdf")]
        out: std::path::PathBuf,
        /// An A4 sheet to cut the card out of, instead of a page of A6
        #[arg(long)]
        a4: bool,
    },
}

/// `renew`.
#[derive(Debug, Args)]
pub struct Renew {
    /// All that can be renewed, also those that are not due
    #[arg(long)]
    pub all: bool,
}

/// `recovery`.
#[derive(Debug, Subcommand)]
pub enum RecoveryCommand {
    /// Make the code and show it this once; an earlier one ends
    Make,
    /// Set a new PIN with the code (asked for, or ABSAH_RECOVERY_CODE)
    Reset,
    /// Neither PIN nor code: keep the locked wallet aside, so that the next command makes a new one
    Anew {
        /// Agree without being asked twice
        #[arg(long)]
        yes: bool,
    },
    /// The PIN is remembered: put the wallet that lies aside longest back in its place, and the one that is there aside
    Back,
}

/// `delete`.
#[derive(Debug, Args)]
pub struct Delete {
    /// The card's id, as `list --json` has it
    #[arg(value_name = "CARD")]
    pub card: String,
    /// Delete without being asked
    #[arg(long)]
    pub yes: bool,
}

/// `card`.
#[derive(Debug, Args)]
pub struct Card {
    /// The card's id, as `list --json` has it
    #[arg(value_name = "CARD")]
    pub card: String,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// File to write; one that exists is never written over
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Agree without being asked; then the backup's official list is taken over only with --root-sha256
    #[arg(long)]
    pub yes: bool,
    /// The confirmation of the root of its official list
    #[command(flatten)]
    pub root: RootHash,
}

/// `receive`.
#[derive(Debug, Args)]
pub struct Receive {
    /// The offer's link, as scanned or pasted
    #[arg(value_name = "OFFER_URI")]
    pub link: String,
    /// The code that the officer reads aloud
    #[arg(long, value_name = "C")]
    pub tx_code: Option<String>,
}

/// `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// What to show, with your photo: warga, lansia, lansia-warga, usia-17, usia-21
    #[arg(value_name = "CLASS", required_unless_present = "claims", conflicts_with = "claims")]
    pub class: Option<String>,
    /// Exactly these facts instead: usiaMinimal17, usiaMinimal21, usiaMinimal60, wargaKotaMadiun, portrait
    #[arg(long, value_name = "CLAIM,…", value_delimiter = ',')]
    pub claims: Vec<String>,
    /// The identity card of the person who shows, where the wallet holds several people's
    #[arg(long, value_name = "CARD")]
    pub card: Option<String>,
    /// Agree without being asked
    #[arg(long)]
    pub yes: bool,
    /// Picture to write the QR code to; several frames become NAME-01.png and so on
    #[arg(long, value_name = "CODE.png")]
    pub out: Option<PathBuf>,
    /// File to write the QR code's text to, one line per frame
    #[arg(long, value_name = "CODE.txt")]
    pub text: Option<PathBuf>,
}

/// `respond`.
#[derive(Debug, Args)]
pub struct Respond {
    /// Pictures or text files of the request, its text itself, or a link openid4vp://…
    #[arg(value_name = "FILE_OR_TEXT", required = true)]
    pub request: Vec<String>,
    /// Agree without being asked
    #[arg(long)]
    pub yes: bool,
    /// Card to answer with, where another of its type would (see `list`); of another adult or another child
    #[arg(long = "card", value_name = "CARD")]
    pub cards: Vec<String>,
    /// Picture to write the answer's QR code to; several frames become NAME-01.png and so on
    #[arg(long, value_name = "ANSWER.png")]
    pub out: Option<PathBuf>,
    /// File to write the QR code's text to, one line per frame
    #[arg(long, value_name = "ANSWER.txt")]
    pub text: Option<PathBuf>,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on; without a certificate only one of this machine
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8476", value_parser = crate::serve::address)]
    pub listen: SocketAddr,
    /// Certificate for https, PEM, with those above it
    #[arg(long, value_name = "F", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Its key, PEM
    #[arg(long, value_name = "F", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Root of that certificate, PEM: phones get it at /absah.crt
    #[arg(long, value_name = "F", requires = "tls_cert")]
    pub authority: Option<PathBuf>,
    /// Folder of a trust bundle for new wallets
    #[arg(long, value_name = "DIR", requires = "root_sha256")]
    pub bundle: Option<PathBuf>,
    /// SHA-256 of its metadata/1.root.json, hexadecimal
    #[arg(long, value_name = "HEX", requires = "bundle", value_parser = sha256)]
    pub root_sha256: Option<[u8; 32]>,
}

fn sha256(text: &str) -> Result<[u8; 32], String> {
    absah_types::hex::decode_array(text).map_err(|_| "64 hexadecimal digits".to_owned())
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
