//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use absah_carry::BundleCommand;
use absah_host::CommonArgs;

use crate::guide::Guide;

/// Ask, scan, decide: the counter's program.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "absah-verifier", version)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub common: CommonArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum Command {
    /// Make this counter's name and key; says them again when they exist
    Init,
    /// Make a request: as QR codes, or online
    Request(Request),
    /// Judge an answer: pictures of its QR codes, or text files with one frame per line
    Decide(Decide),
    /// Say what became of an online request
    Session(Session),
    /// The trust bundle
    #[command(subcommand)]
    Bundle(BundleCommand),
    /// What is kept in place of photocopies
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Facts that are wrong, told to Dukcapil
    #[command(subcommand)]
    Ticket(TicketCommand),
    /// Who may sign in at the page
    #[command(subcommand)]
    Officer(OfficerCommand),
    /// Say what this counter's camera, scanner, clock and data can do, and whether it may go live
    Doctor(Doctor),
    /// Write a guide to print and hang up (PDF, A4): for the counter, or for whoever helps a citizen with the wallet
    Guide {
        /// For whom
        whom: Guide,
        /// File to write
        #[arg(long, value_name = "F.pdf")]
        out: PathBuf,
    },
    /// Count by service, outcome and hour; nothing about any person
    Report(Report),
    /// Say what this counter may ask
    Services,
    /// Say where the page of the running `serve` is; the link lets in whoever has it
    Page,
    /// Serve the counter's page, and online requests where a public address is told
    Serve(Serve),
}

/// Options of `doctor`.
#[derive(Debug, Clone, clap::Args)]
pub struct Doctor {
    /// What to do instead of looking at everything
    #[command(subcommand)]
    pub command: Option<DoctorCommand>,
}

/// What else the doctor does.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum DoctorCommand {
    /// Write the chart that the camera is measured with (PDF, A4, to be printed at full size)
    Chart {
        /// File to write
        #[arg(long, value_name = "F.pdf")]
        out: PathBuf,
    },
    /// Forget what was measured
    Forget,
}

/// Options of `report`.
#[derive(Debug, Clone, clap::Args)]
pub struct Report {
    /// Today and so many days before it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..=366))]
    pub days: i64,
    /// File to write the table to (CSV)
    #[arg(long, value_name = "F.csv")]
    pub csv: Option<PathBuf>,
}

/// What to do with correction tickets.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum TicketCommand {
    /// Say that a fact in filed evidence is wrong
    File {
        /// The evidence
        #[arg(value_name = "ID")]
        evidence: String,
        /// The fact, by its path: alamat, KartuKeluarga.alamat
        #[arg(long, value_name = "PATH")]
        fact: String,
        /// What is wrong, without the data itself
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
    /// Say which wait, and what became of the others
    List,
    /// Send those that wait to Dukcapil
    Send {
        /// Where Dukcapil is reached, if not under its own name
        #[arg(long, value_name = "URL")]
        to: Option<String>,
    },
    /// Write those that wait to a sealed file; its key goes another way
    Export {
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// File to write its key to; it must not be there yet
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Note that the exported file was handed in
    HandedIn,
}

/// What to do with officers.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum OfficerCommand {
    /// Add an officer, or give one another PIN and password (asked for, or ABSAH_PIN and ABSAH_PASSWORD; a password that is
    /// left empty is chosen by the officer at the next sign-in)
    Set {
        /// The name as it stands in evidence
        #[arg(value_name = "NAME")]
        name: String,
        /// May answer for a card whose status is too old, and sees the counts
        #[arg(long)]
        supervisor: bool,
        /// Who answers for it
        #[command(flatten)]
        approval: Approval,
    },
    /// Take an officer away
    Remove {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// Who answers for it
        #[command(flatten)]
        approval: Approval,
    },
    /// Say who may sign in, and what was changed when
    List,
}

/// Who answers for a change; demanded as soon as a supervisor is enrolled.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Approval {
    /// The supervisor who answers for it; the supervisor's PIN is asked for, or ABSAH_SUPERVISOR_PIN
    #[arg(long, value_name = "SUPERVISOR")]
    pub by: Option<String>,
    /// Do it without a supervisor; the reason stands in the counter's signed list of changes
    #[arg(long, value_name = "REASON", conflicts_with = "by")]
    pub break_glass: Option<String>,
}

/// What to do with evidence.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum EvidenceCommand {
    /// Say what is kept and until when, and whether the chain is whole
    List,
    /// Write one piece, sealed; its key only with --key
    Export(Export),
    /// Check an exported piece, or the one that a sheet leads to, by the bundle in use
    Verify(Verify),
    /// Erase key and packet; a signed receipt stays
    Erase(Erase),
}

/// Options of `evidence export`.
#[derive(Debug, Clone, clap::Args)]
pub struct Export {
    /// The evidence
    #[arg(value_name = "ID")]
    pub id: String,
    /// File to write; not needed where only the sheet is
    #[arg(long, value_name = "FILE", required_unless_present = "sheet")]
    pub out: Option<PathBuf>,
    /// File to write the packet's key to, for an auditor
    #[arg(long, value_name = "FILE", requires = "out")]
    pub key: Option<PathBuf>,
    /// File to write the A4 sheet to (PDF), also after the erasure
    #[arg(long, value_name = "SHEET.pdf")]
    pub sheet: Option<PathBuf>,
}

/// Options of `evidence verify`.
#[derive(Debug, Clone, clap::Args)]
pub struct Verify {
    /// File of `evidence export`, or the A4 sheet (PDF, or a picture of it) of evidence that lies here
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File with the packet's key, where the counter's own is not here
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

/// Options of `evidence erase`.
#[derive(Debug, Clone, clap::Args)]
pub struct Erase {
    /// The evidence
    #[arg(value_name = "ID", required_unless_present = "due")]
    pub id: Option<String>,
    /// All whose time is over
    #[arg(long, conflicts_with = "id")]
    pub due: bool,
    /// Erase before its time; the reason stands in the receipt
    #[arg(long, value_name = "REASON", conflicts_with = "due")]
    pub early: Option<String>,
    /// Who answers for erasing before the time
    #[command(flatten)]
    pub approval: Approval,
}

/// Options of `request`.
#[derive(Debug, Clone, clap::Args)]
pub struct Request {
    /// The registered service to ask for
    #[arg(long, value_name = "ID")]
    pub service: String,
    /// Picture to write the request's QR code to; several frames become NAME-01.png and so on
    #[arg(long, value_name = "REQ.png", conflicts_with = "online")]
    pub out: Option<PathBuf>,
    /// File to write exactly what the QR codes carry to, one line each
    #[arg(long, value_name = "REQ.txt", conflicts_with = "online")]
    pub text: Option<PathBuf>,
    /// Carry registration and certificate along, for wallets that do not know this counter
    #[arg(long, conflicts_with = "online")]
    pub long: bool,
    /// Largest QR version (10 to 40) that this counter's camera reads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(10..=40), conflicts_with = "online")]
    pub qr_version: Option<u8>,
    /// Ask over HTTPS; `serve` hands the request out and takes the answer
    #[arg(long)]
    pub online: bool,
    /// Take the answer in the open, from wallets that cannot encrypt
    #[arg(long, requires = "online")]
    pub unencrypted: bool,
    /// Where wallets reach `serve`
    #[arg(long, value_name = "URL", requires = "online")]
    pub public_url: Option<String>,
}

/// Options of `decide`.
#[derive(Debug, Clone, clap::Args)]
pub struct Decide {
    /// PNG or JPEG pictures or PDF files with QR codes, or text files with one frame per line
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Name of who decides, as it stands in evidence
    #[arg(long, value_name = "NAME")]
    pub officer: Option<String>,
    /// Why an answer judged by data older than a day is taken: without it, such a one is not
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// The service, where a code was shown without a request (one-scan, paper): of low risk, and it must take such proofs
    #[arg(long, value_name = "ID")]
    pub service: Option<String>,
}

/// Options of `session`.
#[derive(Debug, Clone, clap::Args)]
pub struct Session {
    /// The session that `request --online` named
    // One id in 64 begins with a hyphen.
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub id: String,
    /// Name of who asks, as it stands in evidence
    #[arg(long, value_name = "NAME")]
    pub officer: Option<String>,
    /// Why an answer judged by data older than a day is taken: without it, such a one is not
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Clone, clap::Args)]
pub struct Serve {
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8473")]
    pub listen: SocketAddr,
    /// Where wallets reach this server
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address and port, or a port, of this machine for the page; 8474, or a free one where that is taken
    #[arg(long, value_name = "ADDR")]
    pub page: Option<String>,
    /// Name of the officer at this counter, as it stands in evidence
    #[arg(long, value_name = "NAME")]
    pub officer: Option<String>,
    /// Address and port in the local network at which a phone may be paired as a scanner; found out when not told, and
    /// listened at only while one is
    #[arg(long, value_name = "ADDR")]
    pub scanner_address: Option<SocketAddr>,
    /// Address and port, or a port of this machine, at which Prometheus may read figures; nowhere when not told
    #[arg(long, value_name = "ADDR")]
    pub metrics: Option<String>,
}
