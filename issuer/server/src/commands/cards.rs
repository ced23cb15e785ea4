//! `offer`, `revoke`, `suspend`, `unsuspend`.

use absah_host::{Console, Exit};
use absah_issuer_core::offer::{Offer, OfferLink, random_tx_code};
use absah_issuer_core::ports::{KeyRole, Store as _};
use absah_issuer_core::status::Change;
use absah_issuer_core::{NotEligible, holder};
use absah_protocol::oid4vci::deep_link;
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp, coded};
use serde_json::json;

use super::{Desk, Failure, Outcome};
use crate::signers::is_in_force;
use crate::store::SqliteStore;

#[derive(Debug, clap::Args)]
pub(super) struct CardArgs {
    /// The person's NIK.
    #[arg(long, value_name = "NIK")]
    nik: String,
    /// The card: KtpElektronik, KartuKeluarga, AktaKelahiran, Kia or SuratKeterangan.
    #[arg(long, value_name = "TYPE")]
    credential: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct ChangeArgs {
    /// The person's NIK.
    #[arg(long, value_name = "NIK")]
    nik: String,
    /// The card (KtpElektronik, KartuKeluarga, AktaKelahiran, Kia, SuratKeterangan); without it all cards of the person.
    #[arg(long, value_name = "TYPE")]
    credential: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct OfferArgs {
    #[command(flatten)]
    card: CardArgs,
    /// Where the citizen's phone reaches the issuer.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The wallet gets the card only when somebody has released it.
    #[arg(long)]
    hold: bool,
    /// Whose wallet keeps the card of a child; without it the mother's, else the father's, else that of the head of the
    /// family.
    #[arg(long, value_name = "NIK")]
    guardian: Option<String>,
}

/// What was asked for makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardArgsError {
    /// There is no such card.
    UnknownCredential,
    /// Nobody says where the phone reaches the issuer, and nothing serves.
    NoAddress,
    /// No key that signs cards is in force: the phone would get nothing for the offer.
    NoSigner,
}

impl core::fmt::Display for CardArgsError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::UnknownCredential => "no such card",
            Self::NoAddress => "no public url, and nothing serves",
            Self::NoSigner => "no key that signs cards is in force",
        })
    }
}

impl core::error::Error for CardArgsError {}

coded! { CardArgsError {
    UnknownCredential => ("credential-unknown", User),
    NoAddress => ("offer-no-address", Environment),
    NoSigner => ("offer-no-signer", Environment),
} }

impl CardArgs {
    fn parse(&self) -> Result<(Nik, CredentialType), super::Failure> {
        let nik = Nik::parse(self.nik.trim())?;
        let kind = CredentialType::of_name(&self.credential).ok_or(CardArgsError::UnknownCredential)?;
        Ok((nik, kind))
    }
}

impl ChangeArgs {
    /// Whose card, and which; all of them if none is named.
    pub(super) fn parse(&self) -> Result<(Nik, Option<CredentialType>), super::Failure> {
        let nik = Nik::parse(self.nik.trim())?;
        let kind = self
            .credential
            .as_deref()
            .map(|name| CredentialType::of_name(name).ok_or(CardArgsError::UnknownCredential));
        Ok((nik, kind.transpose()?))
    }
}

pub(super) fn offer(args: &OfferArgs, desk: &mut Desk<'_>) -> Outcome {
    let (nik, kind) = args.card.parse()?;
    let guardian = args.guardian.as_deref().map(|text| Nik::parse(text.trim())).transpose()?;
    let issuer = desk.required_public_url(args.public_url.as_deref())?;
    let keys = desk.keys()?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        signs_cards(store, now).await?;
        let guardian = match store.subject(nik, kind).await? {
            None => return Err(store.why_absent(nik, kind).await?.into()),
            Some(mut subject) => {
                subject.guardian = guardian;
                let keeper = holder(kind, &subject, now)?;
                (keeper != nik).then_some(keeper)
            }
        };
        let link = OfferLink::random(context.rng.as_mut());
        let secret = link.secret(keys.as_ref());
        let tx_code = random_tx_code(context.rng.as_mut());
        let offer = Offer::open(&secret, &tx_code, nik, kind, now).about(guardian, None);
        let expires_at = offer.record.expires_at;
        let key = offer.key;
        store.place(offer, now).await?;
        if args.hold {
            store.hold(key).await?;
        }
        let link = deep_link(&issuer.endpoint(&format!("/offers/{}", link.text())));
        if context.console.json() {
            context.console.answer(&json!({
                "credential_offer_uri": link,
                "tx_code": tx_code,
                "expires_at": expires_at.to_string(),
                "guardian": guardian.map(|nik| nik.to_string()),
            }));
        } else {
            context.console.line(&link);
            tell_code(&tx_code, expires_at, &mut context.console);
        }
        Ok(Exit::Ok)
    })
}

/// Nothing is promised to anybody that no key could sign.
pub(super) async fn signs_cards(store: &SqliteStore, now: Timestamp) -> Result<(), Failure> {
    let signers = store.signers().await?;
    // Before the first `serve` there is none yet: it is made then.
    let mut signers = signers.iter().filter(|row| row.role == KeyRole::Credential).peekable();
    if signers.peek().is_some() && !signers.any(|row| is_in_force(row, now)) {
        return Err(CardArgsError::NoSigner.into());
    }
    Ok(())
}

/// A code that is read aloud, and until when it is good.
pub(super) fn tell_code(code: &str, expires_at: Timestamp, console: &mut Console) {
    for (id, value) in [("offer-code", code), ("offer-until", &expires_at.to_string())] {
        console.line(&console.text_with(id, &[("value", value)]));
    }
}

pub(super) fn change(args: &ChangeArgs, change: Change, desk: &mut Desk<'_>) -> Outcome {
    let (nik, kind) = args.parse()?;
    let kinds = kind.map_or_else(|| CredentialType::ALL.to_vec(), |kind| vec![kind]);
    desk.with_store(async |store, context| {
        let (mut changed, mut refused) = (Vec::new(), None);
        let mut cards: Vec<_> = kinds.into_iter().map(|one| (nik, one)).collect();
        // A lost phone loses the children's cards on it too.
        if kind.is_none() && change != Change::Revoke {
            cards.extend(store.kept_by(nik).await?);
        }
        for (nik, kind) in cards {
            match store.change(nik, kind, change, context.clock.now()).await? {
                Ok(copies) => changed.push((kind, copies)),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        // Of several cards it is enough that the change makes sense for one.
        if let (true, Some(error)) = (changed.is_empty(), refused) {
            let no_card = error == absah_issuer_core::status::ChangeError::NoCard;
            if no_card && !store.has_resident(nik).await? {
                return Err(NotEligible::Unknown.into());
            }
            return Err(error.into());
        }
        let copies: u64 = changed.iter().map(|(_, copies)| copies).sum();
        if context.console.json() {
            let by_card: serde_json::Map<String, serde_json::Value> =
                changed.iter().map(|(kind, copies)| (kind.name().to_owned(), json!(copies))).collect();
            context.console.answer(&json!({ "copies_changed": copies, "by_credential": by_card }));
        } else {
            let said = match copies {
                0 => context.console.text("copies-unchanged"),
                _ => context.console.text_with("copies-changed", &[("count", &copies.to_string())]),
            };
            context.console.line(&said);
        }
        Ok(Exit::Ok)
    })
}
