//! The paper twin of a person's identity card: signed, put on record, drawn (design, flow C).

use absah_credential::portrait::Portrait;
use absah_credential::{Issuer, KartuKertas, Validity};
use absah_issuer_core::ports::{KeyStore, Store as _, StoreError};
use absah_issuer_core::{NotEligible, eligible};
use absah_protocol::IssuerId;
use absah_protocol::oid4vp::flow_b::Packing;
use absah_protocol::paper::{MAX_VERSION, Paper};
use absah_qr::Dictionary;
use absah_qr::frames::{Kind, Repair, split_with};
use absah_qr::render::{Ecc, Symbol};
use absah_schemas::{CredentialType, regions, times};
use absah_types::{Lang, Nik, RegionLevel, Rng, Seconds, Timestamp, array, coded};

use crate::card_print::{self, Print};
use crate::portraits::{self, PortraitError};
use crate::signers::{Signer, SignerError};
use crate::store::{Printed, PrintedBy, SqliteStore};

/// No paper card can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperCardError {
    /// There is no picture of the person: without one a paper card proves nothing.
    NoPortrait,
    /// It does not fit into one code.
    TooLarge,
    /// The village of the person is in no table of regions.
    Region,
    /// It cannot be signed.
    Unsigned,
    /// The person may have no card.
    NotEligible(NotEligible),
    /// The picture.
    Picture(PortraitError),
    /// Nobody may sign.
    Signer(SignerError),
    /// The records.
    Store(StoreError),
}

impl core::fmt::Display for PaperCardError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoPortrait => "no portrait for a paper card",
            Self::TooLarge => "paper card does not fit into one code",
            Self::Region => "village of a paper card is not known",
            Self::Unsigned => "paper card cannot be signed",
            Self::NotEligible(error) => return error.fmt(f),
            Self::Picture(error) => return error.fmt(f),
            Self::Signer(error) => return error.fmt(f),
            Self::Store(error) => return error.fmt(f),
        })
    }
}

impl core::error::Error for PaperCardError {}

coded! { PaperCardError {
    NoPortrait => ("paper-card-no-portrait", User),
    TooLarge => ("paper-card-too-large", Bug),
    Region => ("paper-card-region", Environment),
    Unsigned => ("paper-card-unsigned", Environment),
    NotEligible(error) => inner(error),
    Picture(error) => inner(error),
    Signer(error) => inner(error),
    Store(error) => inner(error),
} }

impl From<NotEligible> for PaperCardError {
    fn from(error: NotEligible) -> Self {
        Self::NotEligible(error)
    }
}

impl From<StoreError> for PaperCardError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// How often a place that somebody else took meanwhile is no reason to give up.
const TRIES: u32 = 64;

/// What is asked for.
pub(crate) struct Wanted {
    pub(crate) nik: Nik,
    /// One or two.
    pub(crate) years: i64,
    /// An A4 sheet to cut the card out of, instead of a page of A6.
    pub(crate) a4: bool,
    pub(crate) by: PrintedBy,
    /// The language of the print.
    pub(crate) lang: Lang,
}

/// A card on record, to be printed.
pub(crate) struct Made {
    pub(crate) pdf: Vec<u8>,
    /// The first moment at which it no longer holds.
    pub(crate) until: Timestamp,
    /// The version of its code.
    pub(crate) version: u8,
    /// How many bytes the code carries.
    pub(crate) bytes: usize,
    /// How many earlier ones end by it.
    pub(crate) superseded: u64,
}

/// Makes a paper card and puts it on record; the person's earlier ones end by it. The store must give out places of status
/// lists ([`SqliteStore::issue_under`]).
///
/// # Errors
/// [`PaperCardError`].
pub(crate) async fn make(
    (store, keys): (&SqliteStore, &dyn KeyStore),
    (issuer, signer): (&IssuerId, &Signer),
    wanted: &Wanted,
    rng: &mut (dyn Rng + Send),
    now: Timestamp,
) -> Result<Made, PaperCardError> {
    let (kind, nik) = (CredentialType::KtpElektronik, wanted.nik);
    let Some(subject) = store.subject(nik, kind).await? else {
        return Err(store.why_absent(nik, kind).await?.into());
    };
    eligible(kind, &subject.resident, &subject.family, subject.family_whole, now.date())?;
    let picture = subject.picture.ok_or(PaperCardError::NoPortrait)?;
    // Making it small takes a while: not on the thread that answers everybody.
    let small = tokio::task::spawn_blocking(move || portraits::for_paper(&picture)).await;
    let (webp, pixels) = small.map_err(|_| PaperCardError::Unsigned)?.map_err(PaperCardError::Picture)?;
    let village = subject.resident.wilayah.at(RegionLevel::Village).and_then(regions::name);
    let unsigned = || PaperCardError::Unsigned;
    let village = village.ok_or(PaperCardError::Region)?;
    let card = KartuKertas {
        nama: subject.resident.nama.clone(),
        tahun_lahir: subject.resident.tanggal_lahir.year(),
        kelurahan: village.to_owned(),
        nik,
        portrait: Portrait::new(&webp, rng)
            .map_err(|_| PaperCardError::Picture(PortraitError::TooDetailed))?,
    };
    let validity =
        Validity::days(now, now.plus(Seconds::days(365 * wanted.years))).map_err(|_| unsigned())?;
    let headers = Issuer::new(issuer.url(), &signer.row.key_id, &signer.chain);
    // Somebody else may take the same place until this card is on record: then the next one.
    for _ in 0..TRIES {
        let slot = store.paper_place().await?;
        let prepared = card.prepare(&headers, validity, &slot.reference, rng).map_err(|_| unsigned())?;
        let key = signer.key(keys).map_err(PaperCardError::Signer)?;
        let signature = key.sign(prepared.to_be_signed()).map_err(|_| unsigned())?;
        let paper = Paper { card: prepared.attach(&signature), portrait: card.portrait.blob().to_vec() };
        let packing = Packing { dictionary: Dictionary::v1(), x5c: &|_| None };
        let bytes = paper.encode(packing).ok_or(PaperCardError::TooLarge)?;
        let frames = split_with(Kind::Paper, &bytes, MAX_VERSION, Ecc::M, Repair::None);
        let frames = frames.map_err(|_| PaperCardError::TooLarge)?;
        let [frame] = frames.as_slice() else { return Err(PaperCardError::TooLarge) };
        let symbol = Symbol::encode_within(&frame.text(), Ecc::M, MAX_VERSION);
        let symbol = symbol.map_err(|_| PaperCardError::TooLarge)?;
        let until = validity.until();
        let day = times::last_day(wanted.lang, until);
        let print = Print { card: &card, pixels: &pixels, until: &day, symbol: &symbol, a4: wanted.a4 };
        let pdf = card_print::draw(&print, wanted.lang);
        // On record before it is on paper: until then no copy may leave the house.
        let key = array::<32>(rng);
        let printed = Printed { nik, slot, at: now, expires_at: until, key, by: wanted.by.clone() };
        if let Some(superseded) = store.record_paper(printed).await? {
            return Ok(Made { pdf, until, version: symbol.version(), bytes: bytes.len(), superseded });
        }
    }
    Err(StoreError::Unavailable.into())
}
