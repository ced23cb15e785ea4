//! Words for facts.

use absah_schemas::CredentialType;
use absah_trust::registration::LocalText;
use absah_types::Lang;
use absah_wallet_core::{Asker, Card, CardStatus, CarriedFor, Shown};

/// A text; its id where there is none, so that a gap is seen and nothing is hidden.
pub(super) fn text(lang: Lang, id: &str) -> String {
    absah_schemas::text(lang, id).unwrap_or_else(|| id.to_owned())
}

/// A text with values.
pub(super) fn say(lang: Lang, id: &str, values: &[(&str, &str)]) -> String {
    absah_schemas::text_with(lang, id, values).unwrap_or_else(|| id.to_owned())
}

/// Whose card a helper is asked to carry, and for how long.
pub(super) fn carried_for(carried: &CarriedFor, lang: Lang) -> String {
    let minutes = carried.minutes.to_string();
    say(lang, "wallet-offer-carried", &[("name", carried.holder.as_str()), ("minutes", &minutes)])
}

/// What people call a card of this type.
pub(super) fn type_name(name: &Shown, lang: Lang) -> String {
    CredentialType::of_name(name.as_str()).map_or(name.as_str(), |kind| kind.display_name(lang)).to_owned()
}

/// What people call a claim; its own name where nobody told.
pub(super) fn label(kind: Option<CredentialType>, path: &str, lang: Lang) -> String {
    let last = path.rsplit('.').find(|part| *part != "*").unwrap_or(path);
    // The card may be gone; what a claim is called is the same on every card that has it.
    let claim = kind.and_then(|kind| kind.claim(path));
    let claim = claim.or_else(|| CredentialType::ALL.into_iter().find_map(|kind| kind.claim(path)));
    claim.map(|claim| claim.label(lang)).filter(|label| !label.is_empty()).unwrap_or(last).to_owned()
}

/// What people call this card: as its issuer does, where it is not of one of our types.
pub(super) fn card_name(card: &Card, lang: Lang) -> String {
    card.own_name(lang).map_or_else(|| type_name(&card.type_name, lang), ToString::to_string)
}

/// What people call a claim of a card.
pub(super) fn label_on(card: Option<&Card>, path: &str, lang: Lang) -> String {
    let own = card.and_then(|card| card.own_label(path, lang));
    own.map_or_else(|| label(card.and_then(Card::kind), path, lang), ToString::to_string)
}

/// A text of a registration.
pub(super) fn local(text: &LocalText, lang: Lang) -> String {
    let text = match lang {
        Lang::Id => &text.id,
        Lang::Jv => &text.jv,
        Lang::En => &text.en,
    };
    Shown::new(text).into()
}

/// `Dinas Sosial, Loket 3`.
pub(super) fn who(asker: &Asker) -> String {
    format!("{}, {}", asker.agency, asker.place)
}

/// The state of a card in words, with the name of its shape and colour.
pub(super) fn status(status: CardStatus, lang: Lang) -> (String, &'static str) {
    let (id, shape) = match status {
        CardStatus::Valid => ("wallet-status-valid", "ok"),
        CardStatus::Unknown => ("wallet-status-unknown", "unknown"),
        CardStatus::NotYet => ("wallet-status-not-yet", "warn"),
        CardStatus::Suspended => ("wallet-status-suspended", "warn"),
        CardStatus::Superseded => ("wallet-status-superseded", "warn"),
        CardStatus::Distrusted => ("wallet-status-distrusted", "bad"),
        CardStatus::Expired => ("wallet-status-expired", "bad"),
        CardStatus::Revoked => ("wallet-status-revoked", "bad"),
    };
    (text(lang, id), shape)
}

/// Each word once, in order: a card is kept in several forms and is still one card.
pub(super) fn once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// A long row of characters in groups that people can compare and copy.
pub(super) fn groups(text: &str, size: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(size.max(1)).map(|group| group.iter().collect()).collect()
}
