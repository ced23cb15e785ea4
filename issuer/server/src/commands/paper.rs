//! `paper`: the paper twin of a person's identity card, as PDF to be printed (design, flow C).

use std::path::PathBuf;

use absah_host::{Exit, Mode, check_writable, write_atomic};
use absah_issuer_core::ports::{KeyRole, KeyStore as _, SecretRole};
use absah_schemas::times;
use absah_types::Nik;
use serde_json::json;

use super::{Desk, Outcome};
use crate::paper_card::{Wanted, make};
use crate::signers;
use crate::store::PrintedBy;

#[derive(Debug, clap::Args)]
pub(super) struct PaperArgs {
    /// The person's NIK.
    #[arg(long, value_name = "NIK")]
    nik: String,
    /// The PDF to write.
    #[arg(long, value_name = "F.pdf")]
    out: PathBuf,
    /// An A4 sheet to cut the card out of, instead of a page of A6.
    #[arg(long)]
    a4: bool,
    /// How long it holds.
    #[arg(long, value_name = "YEARS", default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..=2))]
    years: i64,
    /// Where the issuer is reached.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

pub(super) fn run(args: &PaperArgs, desk: &mut Desk<'_>) -> Outcome {
    let nik = Nik::parse(args.nik.trim())?;
    let issuer = desk.required_public_url(args.public_url.as_deref())?;
    check_writable(&args.out)?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let (now, lang) = (context.clock.now(), context.console.lang());
        signers::begin(store, keys.as_ref(), now, context.rng.as_mut()).await?;
        let of_url = signers::certify(store, keys.as_ref(), issuer.url(), now, context.rng.as_mut()).await?;
        let signer = of_url.in_force(KeyRole::Credential, now)?;
        store.issue_under(issuer.url(), *keys.secret(SecretRole::StatusOrder).expose()).await?;
        let wanted = Wanted { nik, years: args.years, a4: args.a4, by: PrintedBy::Machine, lang };
        let made =
            make((store, keys.as_ref()), (&issuer, signer), &wanted, context.rng.as_mut(), now).await?;
        write_atomic(&args.out, &made.pdf, Mode::Private)?;
        let file = args.out.display().to_string();
        if context.console.json() {
            context.console.answer(&json!({
                "file": file,
                "valid_until": made.until.to_string(),
                "qr_version": made.version,
                "bytes": made.bytes,
                "superseded": made.superseded,
            }));
        } else {
            let (day, superseded) = (times::last_day(lang, made.until), made.superseded.to_string());
            let values = [("file", file.as_str()), ("day", &day), ("superseded", &superseded)];
            let said = context.console.text_with("paper-written", &values);
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
