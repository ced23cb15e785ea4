//! `absah-verifier`: the counter's own program.
//!
//! A thin shell over `absah-verifier-core`: it brings files, pictures, the clock, randomness, the counter's key and
//! a store in which a used request stays used. Several commands and `serve` may use one data directory at once.

mod app;
mod archive;
mod args;
mod changes;
mod chart;
mod commands;
mod desk;
mod doctor;
mod error;
mod filing;
mod guide;
mod http;
mod keys;
mod officers;
mod passkeys;
mod pdf;
mod phone;
mod posted;
mod relation;
mod retention;
mod sheet;
mod show;
mod steady;
mod store;
mod tally;
mod tickets;
mod weak;

pub use app::App;
pub use args::{
    Cli, Command, Decide, Doctor, DoctorCommand, Erase, EvidenceCommand, Export, OfficerCommand, Report,
    Request, Serve, Session, TicketCommand, Verify,
};
pub use desk::{Desk, Scan, desk_router, scan_router};
pub use doctor::DoctorError;
pub use error::{Failure, VerifierError};
pub use filing::FilingError;
pub use guide::Guide;
pub use http::router;
pub use officers::OfficerError;
pub use pdf::texts_in_file;
pub use phone::PhoneError;
pub use store::StoreError;
pub use tickets::TicketError;

use absah_carry::BundleCommand;
use absah_host::{Context, Exit, ended};

/// Runs one command.
pub async fn run(cli: Cli, context: &mut Context) -> Exit {
    context.console.set_json(cli.common.json);
    context.console.set_for_officers();
    let done = match &cli.command {
        Command::Init => commands::init(&cli.common, context).await,
        Command::Request(args) => commands::request(&cli.common, args, context).await,
        Command::Decide(args) => commands::decide(&cli.common, args, context).await,
        Command::Session(args) => commands::session(&cli.common, args, context).await,
        Command::Bundle(command) => match command {
            BundleCommand::Import(args) => commands::bundle::import(&cli.common, args, context).await,
            BundleCommand::Pull(args) => commands::bundle::pull(&cli.common, args, context).await,
            BundleCommand::Export(args) => commands::bundle::export(&cli.common, args, context).await,
            BundleCommand::Status => commands::bundle::status(&cli.common, context).await,
        },
        Command::Evidence(command) => commands::evidence::run(&cli.common, command, context).await,
        Command::Officer(command) => commands::officer(&cli.common, command, context).await,
        Command::Ticket(command) => commands::ticket(&cli.common, command, context).await,
        Command::Doctor(args) => commands::doctor(&cli.common, args, context).await,
        Command::Guide { whom, out } => commands::guide(*whom, out, context),
        Command::Report(args) => commands::report(&cli.common, args, context).await,
        Command::Services => commands::services(&cli.common, context).await,
        Command::Page => commands::page(&cli.common, context).await,
        Command::Serve(args) => commands::serve(&cli.common, args, context).await,
    };
    ended(done, &mut context.console)
}
