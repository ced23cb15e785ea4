//! `absah-wallet`: the wallet at the command line, over the same core and vault as the window.
//!
//! Every command opens the vault, drives the core until it shows a result, and closes. The core decides; this
//! crate does what the core asks for ([`session`]), reads and writes files, and puts prompts into words.

mod access;
mod args;
mod ask;
mod backup;
mod bundle;
mod commands;
mod details;
mod error;
mod recovery;
mod request;
mod serve;
mod session;
mod show;
#[cfg(test)]
mod tests;
mod words;

pub use args::{
    AskFor, Backup, Card, Cli, Command, Delete, History, Receive, RecoveryCommand, Renew, Respond, Restore,
    Serve, Show,
};
pub use error::WalletError;

use absah_host::{Ask, Context, Exit, report};

/// Runs one command. `terminal` is asked where a person must decide.
pub async fn run(cli: Cli, context: &mut Context, terminal: &mut dyn Ask) -> Exit {
    context.console.set_json(cli.common.json);
    let outcome = match &cli.command {
        Command::Receive(args) => commands::receive(&cli.common, args, context, terminal).await,
        Command::Renew(args) => commands::renew(&cli.common, args.all, context).await,
        Command::Recovery(command) => recovery::run(&cli.common, command, context, terminal),
        Command::Delete(args) => commands::delete(&cli.common, args, context, terminal).await,
        Command::Ask(what) => ask::ask(&cli.common, what, context).await,
        Command::List => commands::list(&cli.common, context),
        Command::Card(args) => details::card(&cli.common, &args.card, context),
        Command::Respond(args) => commands::respond(&cli.common, args, context, terminal).await,
        Command::Show(args) => show::show(&cli.common, args, context, terminal).await,
        Command::History(args) if args.verify => access::history(&cli.common, args, context).await,
        Command::History(_) => commands::history(&cli.common, context),
        Command::Backup(args) => backup::backup(&cli.common, &args.out, context),
        Command::Restore(args) => backup::restore(&cli.common, args, context, terminal).await,
        Command::Serve(args) => serve::serve(&cli.common, args, context).await,
        Command::Bundle(command) => bundle::run(&cli.common, command, context, terminal).await,
    };
    match outcome {
        Ok(exit) => exit,
        Err(error) => report(&error, &mut context.console),
    }
}
