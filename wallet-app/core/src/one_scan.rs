//! Showing yes-or-no facts and the portrait without a request (flow B, one-scan).
//!
//! A code lives 30 seconds, a showing five minutes: within it, each code is signed anew by the same copy of the card,
//! so that one look at a counter shows one copy. Nobody knows who looks, therefore no copy that an agency saw by name
//! is shown this way as long as there is another, and no more fresh ones are taken than leave enough for agencies.

use absah_credential::ClaimPath;
use absah_credential::sd_jwt::PreparedKeyBinding;
use absah_protocol::oid4vp::flow_b::{CodeError, EPOCH, Head, Packing};
use absah_qr::{Dictionary, Kind, frames};
use absah_trust::registration::{Class, ONE_SCAN_CARD};
use absah_types::{Seconds, Timestamp, array, coded};
use serde_json::Value;

use crate::{
    card::{Card, CardId, Choice, Copy},
    effect::Effect,
    facts,
    history::{Entry, Event, OneScan, SharedFact},
    intent::Env,
    keys::{self, KeyId, Signatures},
    overview::{CardStatus, overview},
    prompt::{Fact, OneScanCode, Prompt},
    refusal::Refusal,
    renewal::REFILL_AT,
    respond,
    wallet::{Flow, Step, Wallet, show},
};

/// How long one copy goes on being shown.
pub const SHOWING: Seconds = Seconds::minutes(5);

/// The largest QR version: what every counter's camera reads before it was measured.
const QR_VERSION: u8 = 25;

/// Stands among those who saw a copy that was shown this way; no agency has such a name.
const SOMEBODY: &str = "absah:satu-pindai";

/// Why nothing is shown without a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneScanError {
    /// Something else than yes-or-no facts and the portrait was chosen.
    NotAllowed,
    /// No yes-or-no fact was chosen.
    Nothing,
    /// No card here has these facts.
    NoCard,
    /// The code cannot be made.
    Code,
}

impl std::fmt::Display for OneScanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotAllowed => "only yes-or-no facts and the portrait are shown without a request",
            Self::Nothing => "no yes-or-no fact chosen",
            Self::NoCard => "no card has these facts",
            Self::Code => "the code cannot be made",
        })
    }
}

impl std::error::Error for OneScanError {}

coded! { OneScanError {
    NotAllowed => ("show-only-yes-or-no", User),
    Nothing => ("show-nothing-chosen", User),
    NoCard => ("show-no-card", User),
    Code => ("show-code", Bug),
} }

impl From<CodeError> for OneScanError {
    fn from(_: CodeError) -> Self {
        Self::Code
    }
}

/// A showing that goes on: never kept.
#[derive(Debug)]
pub(crate) struct Showing {
    class: Class,
    card: CardId,
    key: KeyId,
    entry: Entry,
    since: Timestamp,
}

/// A code that waits for its signature.
pub(crate) struct Signing {
    head: Head,
    part: Part,
    prepared: PreparedKeyBinding,
    /// The showing it goes on with; none for a new one.
    goes_on: bool,
}

impl std::fmt::Debug for Signing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signing({:?})", self.head.class)
    }
}

/// The copy that is shown.
struct Part {
    card: CardId,
    choice: Choice,
    key: KeyId,
}

/// What a person may choose by one word: these facts, and the portrait.
pub const CHOICES: [(&str, &[&str]); 5] = [
    ("warga", &["wargaKotaMadiun"]),
    ("lansia", &["usiaMinimal60"]),
    ("lansia-warga", &["usiaMinimal60", "wargaKotaMadiun"]),
    ("usia-17", &["usiaMinimal17"]),
    ("usia-21", &["usiaMinimal21"]),
];

/// What would be shown, with the very values; nothing is signed or noted.
pub(crate) fn preview(wallet: &Wallet, chosen: &[String], env: &Env<'_>) -> Result<Vec<Fact>, Refusal> {
    let class = showable(wallet, chosen, env)?;
    let going = going_on(wallet, class, env.now).and_then(|going| going.part(wallet));
    let part = going.map_or_else(|| choose(wallet, class, env), Ok)?;
    let card = wallet.card(&part.card).ok_or(Refusal::CardUnreadable)?;
    let copy = card.copies.get(part.choice.index).ok_or(Refusal::CardUnreadable)?;
    facts_of(class, card, part.choice, copy.portrait.as_ref())
}

fn showable(wallet: &Wallet, chosen: &[String], env: &Env<'_>) -> Result<Class, Refusal> {
    let class = class(chosen).map_err(Refusal::OneScan)?;
    let bundle = respond::usable_bundle(wallet, env)?;
    // "A wallet bundle up to 30 days old answers with "data lama"; older: predicates only."
    let age = env.now.since(bundle.published_at());
    if age > bundle.policy().wallet_bundle_max && class.portrait() {
        return Err(Refusal::OldBundle { days: age.0 / 86_400 });
    }
    Ok(class)
}

fn facts_of(
    class: Class,
    card: &Card,
    choice: Choice,
    portrait: Option<&crate::Blob>,
) -> Result<Vec<Fact>, Refusal> {
    let held = respond::open(card, choice)?;
    let subject = facts::subject(card.format, &held.claims().clone());
    let fact = |name: &str| {
        let value = subject.get(name).unwrap_or(&Value::Null);
        let value = facts::value(card.kind(), name, value, portrait);
        Fact { card: card.id.clone(), path: name.to_owned(), value }
    };
    Ok(class.facts().map(fact).collect())
}

/// Begins a showing, or goes on with it.
pub(crate) fn begin(wallet: &mut Wallet, chosen: &[String], env: &mut Env<'_>) -> Step {
    let class = showable(wallet, chosen, env)?;
    let goes_on = going_on(wallet, class, env.now).is_some();
    let going = wallet.showing.take().filter(|_| goes_on);
    let going = going.and_then(|going| Some((going.part(wallet)?, going)));
    let (part, goes_on) = match going {
        Some((part, going)) => {
            wallet.showing = Some(going);
            (part, true)
        }
        None => (choose(wallet, class, env)?, false),
    };
    let head = Head { class, nonce: array(env.rng) };
    let card = wallet.card(&part.card).ok_or(Refusal::CardUnreadable)?;
    let paths: Vec<ClaimPath> =
        class.facts().map(|fact| card.format.from_root(&ClaimPath::key(fact))).collect();
    let presentation = respond::open(card, part.choice)?.select(&paths);
    let presentation = presentation.map_err(|_| Refusal::OneScan(OneScanError::NoCard))?;
    let prepared = presentation.bind(&head.aud(), &head.nonce_text(), env.now);
    let signing = keys::Signing { key: part.key.clone(), bytes: prepared.to_be_signed().to_vec() };
    let flow = Flow::Showing(Box::new(Signing { head, part, prepared, goes_on }));
    Ok((flow, vec![Effect::Sign(vec![signing])]))
}

fn class(chosen: &[String]) -> Result<Class, OneScanError> {
    let names = || chosen.iter().map(String::as_str);
    if names().any(|name| !facts::is_predicate(name) && name != facts::PORTRAIT) {
        return Err(OneScanError::NotAllowed);
    }
    Class::of(names()).ok_or(OneScanError::Nothing)
}

/// The showing that a new code of this class goes on with: not when somebody else's card was opened for it.
fn going_on(wallet: &Wallet, class: Class, now: Timestamp) -> Option<&Showing> {
    let going = wallet.showing.as_ref()?;
    let is_theirs =
        !wallet.prefers() || wallet.card(&going.card).is_some_and(|card| wallet.is_preferred(card));
    let goes_on = going.class == class && now.since(going.since) < SHOWING && now >= going.since && is_theirs;
    goes_on.then_some(going)
}

impl Showing {
    /// The copy, if it is still there.
    fn part(&self, wallet: &Wallet) -> Option<Part> {
        let card = wallet.card(&self.card)?;
        let index = card.copies.iter().position(|copy| copy.key == self.key)?;
        let choice = Choice { index, reused: false };
        Some(Part { card: self.card.clone(), choice, key: self.key.clone() })
    }
}

/// The best card with these facts: what is in force before what is not, then the newest.
fn choose(wallet: &Wallet, class: Class, env: &Env<'_>) -> Result<Part, Refusal> {
    let status = |card: &Card| overview(card, wallet.bundle.as_ref(), env.now).status;
    let is_usable = |card: &&Card| {
        card.kind().is_some_and(|kind| kind.name() == ONE_SCAN_CARD)
            && card.format == absah_credential::Format::VcSdJwt
            && card.is_current(env.now)
            && !card.copies.is_empty()
            && !card.is_carried_used()
    };
    let mut cards: Vec<&Card> = wallet.holdings.cards.iter().rev().filter(is_usable).collect();
    if !cards.is_empty() && cards.iter().all(|card| status(card) == CardStatus::Distrusted) {
        return Err(Refusal::CardDistrusted);
    }
    cards.retain(|card| status(card) != CardStatus::Distrusted);
    cards.sort_by_key(|card| (!wallet.is_preferred(card), card.is_carried(), status(card)));
    for card in cards {
        let Some(choice) = copy(card) else { continue };
        let held = respond::open(card, choice)?;
        let subject = facts::subject(card.format, &held.claims().clone());
        if class.facts().all(|fact| subject.contains_key(fact)) {
            let key = card.copies.get(choice.index).ok_or(Refusal::CardUnreadable)?.key.clone();
            return Ok(Part { card: card.id.clone(), choice, key });
        }
    }
    // Somebody's card that would do was shown already.
    if wallet.holdings.cards.iter().any(|card| card.is_current(env.now) && card.is_carried_used()) {
        return Err(Refusal::CarriedUsed);
    }
    let ended = wallet.holdings.cards.iter().any(|card| env.now >= card.valid_until);
    Err(if ended { Refusal::CardExpired } else { Refusal::OneScan(OneScanError::NoCard) })
}

/// The copy for a look by somebody unknown. A fresh one while more are left than agencies may need; then one that only
/// such looks saw, the longest ago; then any fresh one; then the one first used longest ago.
fn copy(card: &Card) -> Option<Choice> {
    let oldest = |fits: &dyn Fn(&Copy) -> bool| {
        let places = card.copies.iter().enumerate().filter(|(_, copy)| fits(copy));
        places.min_by_key(|(_, copy)| copy.first_used).map(|(index, _)| index)
    };
    let fresh = oldest(&|copy| copy.first_used.is_none());
    if let Some(index) = fresh.filter(|_| card.unused() > REFILL_AT.min(card.copies.len() / 3)) {
        return Some(Choice { index, reused: false });
    }
    let only_looks =
        |copy: &Copy| copy.first_used.is_some() && copy.seen_by.iter().all(|who| who == SOMEBODY);
    if let Some(index) = oldest(&only_looks) {
        return Some(Choice { index, reused: true });
    }
    let reused = fresh.is_none();
    Some(Choice { index: fresh.or_else(|| oldest(&|_| true))?, reused })
}

impl Signing {
    /// The holder's signature: noted in the history before it is shown.
    pub(crate) fn signed(self, wallet: &mut Wallet, signatures: Signatures, env: &Env<'_>) -> Step {
        let Self { head, part, prepared, goes_on } = self;
        let [signature] = <[_; 1]>::try_from(signatures).map_err(|_| Refusal::KeyStore)?;
        let presentation = prepared.attach(signature);
        let card = wallet.card(&part.card).ok_or(Refusal::CardUnreadable)?;
        let copy = card.copies.get(part.choice.index).ok_or(Refusal::CardUnreadable)?;
        let portrait = copy.portrait.as_ref().filter(|_| head.class.portrait()).cloned();
        let bundle = wallet.bundle.as_ref().ok_or(Refusal::NoBundle)?;
        let dictionary = Dictionary::from_bytes(bundle.dictionary().to_vec());
        let packing = Packing { dictionary: &dictionary, x5c: &|digest| bundle.trust().chain(digest) };
        let bytes = head.encode(&presentation, portrait.as_ref().map(crate::Blob::as_bytes), packing);
        let bytes = bytes.map_err(|error| Refusal::OneScan(error.into()))?;
        let frames = frames::split(Kind::OneScan, &bytes, QR_VERSION).map_err(Refusal::Split)?;
        let facts = facts_of(head.class, card, part.choice, portrait.as_ref())?;
        let going = wallet.showing.take().filter(|_| goes_on);
        let showing = match going {
            Some(going) => going,
            None => note(wallet, head.class, part, &facts, env),
        };
        let code = OneScanCode {
            entry: showing.entry.clone(),
            facts,
            frames: frames.iter().map(frames::Frame::text).collect(),
            renew_at: env.now.plus(EPOCH),
            ends_at: showing.since.plus(SHOWING),
        };
        wallet.showing = Some(showing);
        let shown = show(Prompt::OneScan(code));
        Ok((Flow::Idle, if goes_on { vec![shown] } else { vec![Effect::Persist, shown] }))
    }
}

/// Marks the copy as seen and writes the history, once for a showing.
fn note(wallet: &mut Wallet, class: Class, part: Part, facts: &[Fact], env: &Env<'_>) -> Showing {
    let card = wallet.holdings.cards.iter_mut().find(|card| card.id == part.card);
    if let Some(copy) = card.and_then(|card| card.copies.get_mut(part.choice.index)) {
        copy.mark_seen(SOMEBODY, env.now);
    }
    let named = facts.iter().map(|fact| SharedFact { card: fact.card.clone(), path: fact.path.clone() });
    let event = OneScan {
        facts: named.collect(),
        portrait: class.portrait(),
        class: class.uri(),
        copy_reused: part.choice.reused,
    };
    let entry = Entry { at: env.now, event: Event::OneScan(event) };
    wallet.holdings.history.push(entry.clone());
    Showing { class, card: part.card, key: part.key, entry, since: env.now }
}

/// The facts of a choice's word, with the portrait; the words themselves are in [`CHOICES`].
pub fn facts_of_choice(word: &str) -> Option<Vec<String>> {
    let (_, facts) = CHOICES.into_iter().find(|(name, _)| *name == word)?;
    Some(facts.iter().chain(&[facts::PORTRAIT]).map(|fact| (*fact).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_or_no_facts_and_the_portrait() {
        let of = |names: &[&str]| class(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert!(of(&["usiaMinimal17"]).is_ok() && of(&["wargaKotaMadiun", "portrait"]).is_ok());
        for names in [&["nik"][..], &["usiaMinimal17", "nama"], &["alamat.kota"], &["token.sosial"]] {
            assert_eq!(of(names), Err(OneScanError::NotAllowed), "{names:?}");
        }
        assert_eq!(of(&["portrait"]), Err(OneScanError::Nothing));
        assert_eq!(of(&[]), Err(OneScanError::Nothing));
    }

    #[test]
    fn every_choice_is_a_class() {
        for (word, _) in CHOICES {
            assert!(class(&facts_of_choice(word).unwrap()).is_ok(), "{word}");
        }
        assert_eq!(facts_of_choice("semua"), None);
    }
}
