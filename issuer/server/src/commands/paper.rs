//! `paper`: the paper twin of a person's identity card, as PDF to be printed (design, flow C).

use std::path::PathBuf;

use absah_credential::portrait::Portrait;
use absah_credential::{Issuer, KartuKertas, Validity};
use absah_host::{Exit, Mode, check_writable, write_atomic};
use absah_issuer_core::eligible;
use absah_issuer_core::ports::{KeyRole, KeyStore as _, SecretRole, Store as _};
use absah_protocol::oid4vp::flow_b::Packing;
use absah_protocol::paper::{MAX_VERSION, Paper};
use absah_qr::Dictionary;
use absah_qr::frames::{Kind, Repair, split_with};
use absah_qr::render::{Ecc, Symbol};
use absah_schemas::{CredentialType, regions, times};
use absah_types::{Nik, RegionLevel, Seconds, array, coded};
use serde_json::json;

use super::{Desk, Outcome};
use crate::card_print::{self, Print};
use crate::store::Printed;
use crate::{portraits, signers};

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

/// No paper card can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperCardError {
    /// There is no picture of the person: without one a paper card proves nothing.
    NoPortrait,
    /// It does not fit into one code.
    TooLarge,
}

impl core::fmt::Display for PaperCardError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoPortrait => "no portrait for a paper card",
            Self::TooLarge => "paper card does not fit into one code",
        })
    }
}

impl core::error::Error for PaperCardError {}

coded! { PaperCardError {
    NoPortrait => ("paper-card-no-portrait", User),
    TooLarge => ("paper-card-too-large", Bug),
} }

pub(super) fn run(args: &PaperArgs, desk: &mut Desk<'_>) -> Outcome {
    let nik = Nik::parse(args.nik.trim())?;
    let issuer = desk.required_public_url(args.public_url.as_deref())?;
    check_writable(&args.out)?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let (kind, now) = (CredentialType::KtpElektronik, context.clock.now());
        let Some(subject) = store.subject(nik, kind).await? else {
            return Err(store.why_absent(nik, kind).await?.into());
        };
        eligible(kind, &subject.resident, &subject.family, subject.family_whole, now.date())?;
        let picture = subject.picture.as_deref().ok_or(PaperCardError::NoPortrait)?;
        let (webp, pixels) = portraits::for_paper(picture)?;
        signers::begin(store, keys.as_ref(), now, context.rng.as_mut()).await?;
        let of_url = signers::certify(store, keys.as_ref(), issuer.url(), now, context.rng.as_mut()).await?;
        let signer = of_url.in_force(KeyRole::Credential, now)?;
        store.issue_under(issuer.url(), *keys.secret(SecretRole::StatusOrder).expose()).await?;
        let slot = store.paper_place().await?;
        let village = subject.resident.wilayah.at(RegionLevel::Village).and_then(regions::name);
        let card = KartuKertas {
            nama: subject.resident.nama.clone(),
            tahun_lahir: subject.resident.tanggal_lahir.year(),
            kelurahan: village.ok_or(absah_issuer_core::card::CardError::RegionUnlisted)?.to_owned(),
            nik,
            portrait: Portrait::new(&webp, context.rng.as_mut())?,
        };
        let validity = Validity::days(now, now.plus(Seconds::days(365 * args.years)))?;
        let headers = Issuer::new(issuer.url(), &signer.row.key_id, &signer.chain);
        let prepared = card.prepare(&headers, validity, &slot.reference, context.rng.as_mut())?;
        let signature = signer.key(keys.as_ref())?.sign(prepared.to_be_signed())?;
        let paper = Paper { card: prepared.attach(&signature), portrait: card.portrait.blob().to_vec() };
        let packing = Packing { dictionary: Dictionary::v1(), x5c: &|_| None };
        let bytes = paper.encode(packing).ok_or(PaperCardError::TooLarge)?;
        let frames = split_with(Kind::Paper, &bytes, MAX_VERSION, Ecc::M, Repair::None);
        let frames = frames.map_err(|_| PaperCardError::TooLarge)?;
        let [frame] = frames.as_slice() else { return Err(PaperCardError::TooLarge.into()) };
        let symbol = Symbol::encode_within(&frame.text(), Ecc::M, MAX_VERSION)?;
        let until = validity.until();
        let day = times::day(context.console.lang(), until);
        let print = Print { card: &card, pixels: &pixels, until: &day, symbol: &symbol, a4: args.a4 };
        let pdf = card_print::draw(&print, context.console.lang());
        // On record before it is on paper: until then no copy may leave the house.
        let key = array::<32>(context.rng.as_mut());
        let printed = Printed { nik, slot, at: now, expires_at: until, key };
        let superseded = store.record_paper(printed).await?;
        write_atomic(&args.out, &pdf, Mode::Private)?;
        let file = args.out.display().to_string();
        if context.console.json() {
            context.console.answer(&json!({
                "file": file,
                "valid_until": until.to_string(),
                "qr_version": symbol.version(),
                "bytes": bytes.len(),
                "superseded": superseded,
            }));
        } else {
            let values = [("file", file.as_str()), ("day", &day), ("superseded", &superseded.to_string())];
            let said = context.console.text_with("paper-written", &values);
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
