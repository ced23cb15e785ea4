//! Who asks the issuer: a nonce of its own, bound by the newest card with nothing of it shown.

use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_protocol::IssuerId;
use absah_schemas::{CredentialType, letters};
use absah_types::Coded as _;
use serde_json::Value;

use crate::{
    card::{Card, CardId, Choice},
    effect::{Body, Fetch, Fetched},
    intent::Env,
    keys::Signing,
    overview::{CardStatus, overview},
    refusal::Refusal,
    respond,
    wallet::Wallet,
};

/// Largest nonce answer, in bytes.
const MAX_NONCE: usize = 16 * 1024;

/// How far it is.
pub(crate) enum ProofStep {
    /// A nonce was asked for.
    Nonce,
    /// The card's key is to sign.
    Signature(Box<PreparedKeyBinding>),
    /// The issuer is to answer.
    Answer,
}

impl std::fmt::Debug for ProofStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nonce => "Nonce",
            Self::Signature(_) => "Signature",
            Self::Answer => "Answer",
        })
    }
}

/// The issuer of the card that proves, and what asks it for a nonce. The card is `by`, else the newest that has not ended.
pub(crate) fn ask_nonce(
    wallet: &Wallet,
    by: Option<&CardId>,
    env: &Env<'_>,
) -> Result<(IssuerId, Fetch), Refusal> {
    let card = card(wallet, by, env)?;
    let issuer = IssuerId::parse(&card.issuer.url, env.urls).map_err(|_| Refusal::CardUnreadable)?;
    let fetch = Fetch::post(issuer.endpoint("/nonce"), Body::Empty, MAX_NONCE);
    Ok((issuer, fetch))
}

/// Binds the card to the nonce of the answer, for `audience` alone; what is left is to sign. An answer without a nonce
/// is `unreadable`.
pub(crate) fn bind(
    (wallet, by): (&Wallet, Option<&CardId>),
    answer: &[u8],
    audience: &str,
    unreadable: Refusal,
    env: &Env<'_>,
) -> Result<(Box<PreparedKeyBinding>, Signing), Refusal> {
    let answer: Option<Value> = serde_json::from_slice(answer).ok();
    let nonce = answer.as_ref().and_then(|answer| answer.get("c_nonce")).and_then(Value::as_str);
    let nonce = nonce.ok_or(unreadable)?;
    let card = card(wallet, by, env)?;
    // The issuer knows all copies: it learns nothing from which one proves.
    let choice = Choice { index: 0, reused: false };
    let copy = card.copies.first().ok_or(Refusal::CardUnreadable)?;
    let presentation = respond::open(card, choice)?.select(&[]).map_err(|_| Refusal::CardUnreadable)?;
    let binding = presentation.bind(audience, nonce, env.now);
    let signing = Signing { key: copy.key.clone(), bytes: binding.to_be_signed().to_vec() };
    Ok((Box::new(binding), signing))
}

/// Why the issuer takes no proof, where that is for the card that proves: its holder must learn that first. An answer in
/// RFC 9457's form with the issuer's own code; nothing for any other.
pub(crate) fn card_refused(answer: &Fetched) -> Option<Refusal> {
    let problem: Value = serde_json::from_slice(&answer.body).ok()?;
    match problem.get("code")?.as_str()? {
        "access-history-withdrawn" => Some(Refusal::ProvingCardWithdrawn),
        "access-history-distrusted" => Some(Refusal::ProvingCardDistrusted),
        "access-history-suspended" => Some(Refusal::ProvingCardSuspended),
        "wish-paper-today" => Some(Refusal::PaperToday),
        "paper-card-no-portrait" => Some(Refusal::PaperNoPortrait),
        "wish-too-many" => Some(Refusal::WishTooMany),
        "resident-dead" => Some(Refusal::RecordedDead),
        "resident-moved" => Some(Refusal::RecordedMoved),
        "resident-missing" => Some(Refusal::RecordedMissing),
        "resident-too-young" => Some(Refusal::RecordedTooYoung),
        code => letters::LetterError::ALL.into_iter().find(|one| one.code() == code).map(Refusal::Letter),
    }
}

/// Any card of one's own proves who asks: the newest that still holds. A child's card proves the child: what is asked with it
/// would be the child's code, the child's record. Where the
/// person has chosen one, no other stands in for it: a household may have several people's cards on one device.
pub(crate) fn card<'w>(wallet: &'w Wallet, by: Option<&CardId>, env: &Env<'_>) -> Result<&'w Card, Refusal> {
    let cards = wallet.holdings.cards.iter().rev();
    // What this phone carries for somebody as a helper proves nothing of them: the issuer refuses it.
    let proves = |card: &&Card| {
        card.is_current(env.now)
            && wallet.is_of_registry(card)
            && !card.copies.is_empty()
            && !crate::face::is_carried(card)
            && !crate::face::is_dependants(card)
    };
    let own = |card: &&Card| match card.kind() {
        Some(CredentialType::KtpElektronik) => 0,
        Some(CredentialType::KartuKeluarga | CredentialType::SuratKeterangan) => 1,
        // One's own birth certificate.
        _ => 2,
    };
    // One that is known to be suspended or taken back would be refused: another person's may still hold.
    let stands = |card: &&Card| overview(card, wallet.bundle.as_ref(), env.now).status > CardStatus::NotYet;
    let chosen = |card: &&Card| by.is_none_or(|by| card.id == *by);
    let best = cards.filter(proves).filter(chosen).min_by_key(|card| (stands(card), own(card)));
    best.ok_or_else(|| {
        let mut all = wallet.holdings.cards.iter().filter(chosen);
        // Whoever helps has nothing to renew, and without a list nobody is known to be the registry.
        if all.clone().any(crate::face::is_carried) {
            Refusal::OnlyCarried
        } else if wallet.bundle.is_none() && all.any(|card| card.is_current(env.now)) {
            Refusal::NoBundle
        } else {
            Refusal::NoCardToProve
        }
    })
}
