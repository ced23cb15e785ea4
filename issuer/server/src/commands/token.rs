//! `token convert`: one person's number in another sector, which only this office can tell.

use absah_host::Exit;
use absah_issuer_core::person::{self, ConversionError};
use absah_issuer_core::ports::ActKind;
use absah_types::{Sector, SectorToken};
use serde_json::json;

use super::person::purpose;
use super::{Desk, Outcome};
use crate::ledger::seal::Event;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Converts a person's number in one sector into that in another; the person is told of it.
    Convert(ConvertArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ConvertArgs {
    /// The number: 27 letters and digits.
    token: String,
    /// The sector it is of.
    #[arg(long, value_name = "SECTOR")]
    from: String,
    /// The sector whose number is needed.
    #[arg(long, value_name = "SECTOR")]
    to: String,
    /// What for, in one line; it stands in the log and the citizen reads it.
    #[arg(long, value_name = "TEXT")]
    purpose: String,
}

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Convert(args) => convert(args, desk),
    }
}

fn convert(args: &ConvertArgs, desk: &mut Desk<'_>) -> Outcome {
    let token = SectorToken::parse(args.token.trim())?;
    let (from, to) = (Sector::parse(&args.from)?, Sector::parse(&args.to)?);
    if from == to {
        return Err(ConversionError::SameSector.into());
    }
    let purpose = purpose(&args.purpose)?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let people = store.people().await?;
        let (lookup, cid) = person::holder(keys.as_ref(), token, from, &people)?;
        let nik = store.nik_of(keys.as_ref(), lookup).await?.ok_or(ConversionError::PersonUnknown)?;
        let converted = person::token(keys.as_ref(), to, cid);
        // First the entry, then the number: nobody joins two sectors without leaving one.
        let event =
            Event::local(context.clock.now(), ActKind::TokenConvert, Some(nik), format!("{from} {to}"));
        store.note(event.for_purpose(purpose)).await?;
        if context.console.json() {
            context.console.answer(&json!({ "token": converted.to_string(), "sector": to.name() }));
        } else {
            context.console.line(&converted.to_string());
        }
        Ok(Exit::Ok)
    })
}
