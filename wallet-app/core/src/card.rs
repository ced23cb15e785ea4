//! Cards and their copies: one card is a batch of copies of the same facts, each bound to a holder key of
//! its own, so that agencies cannot recognise a citizen by the card (design "Lifetime and batches").

use std::collections::BTreeSet;

use absah_credential::Format;
use absah_schemas::CredentialType;
use absah_types::{Lang, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{appearance::Appearance, blob::Blob, face, keys::KeyId, renewal::REFILL_AT, shown::Shown};

/// Name of a card within one wallet: 16 hexadecimal digits, random, never sent to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardId(pub String);

/// Formats in JSON, by their identifier in OpenID4VCI and OpenID4VP (`vc+sd-jwt`, `dc+sd-jwt`).
pub(crate) mod format_name {
    use absah_credential::Format;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(crate) fn serialize<S: Serializer>(format: &Format, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(format.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Format, D::Error> {
        Format::of_name(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no format of ours"))
    }
}

/// Who signed a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardIssuer {
    /// Credential issuer identifier, an `https` URL: where the card came from.
    pub url: String,
    /// `iss` or `issuer` of the credential: the same URL, or its `did:web`.
    pub id: String,
    /// Its name, from the trust bundle where it is listed there, else from its own metadata.
    pub name: Shown,
    /// Whether the trust bundle held at the time of receiving listed it.
    pub listed: bool,
}

/// One card: what a person would call "my KTP".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its name in this wallet.
    pub id: CardId,
    /// The `vct` of a `dc+sd-jwt`, all values of `type` of a `vc+sd-jwt`.
    pub types: Vec<String>,
    /// Short name of the type where we know it (`KtpElektronik`), else the last part of its own name.
    pub type_name: Shown,
    /// Form.
    #[serde(with = "format_name")]
    pub format: Format,
    /// Who signed it.
    pub issuer: CardIssuer,
    /// When this wallet received it.
    pub received_at: Timestamp,
    /// Start of validity.
    pub valid_from: Timestamp,
    /// End of validity; not shown to anybody after it.
    pub valid_until: Timestamp,
    /// The copies, in the order received. None: the card was restored from a backup and must be fetched again.
    pub copies: Vec<Copy>,
    /// Whom it is about, where no copy says so any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// How another issuer calls it and what stands on it; `None` for our own types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<Appearance>,
}

/// Whom a card without copies is about: enough to name it, and to know the one that takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The number on the card (NIK, family card number).
    pub number: String,
    /// The name on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Shown>,
}

/// One copy: a credential bound to a key of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// The holder key in its `cnf`.
    pub key: KeyId,
    /// The issued SD-JWT with all its disclosures.
    pub credential: String,
    /// Picture blob (16-byte salt ‖ WebP) behind the claim `portrait`, where it travels beside the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portrait: Option<Blob>,
    /// Where its status stands: list address and index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusPlace>,
    /// Its `pemegang`: what the same copy of the person's other cards bears too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was first shown; `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_used: Option<Timestamp>,
    /// Agencies that have seen it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen_by: Vec<String>,
}

/// The `status_list` member of a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusPlace {
    /// Address of the status token.
    pub uri: String,
    /// Index in it.
    pub idx: u64,
}

/// Which copy goes to an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Place in [`Card::copies`].
    pub index: usize,
    /// True when another agency has seen this copy before: the two could compare. History says so.
    pub reused: bool,
}

impl Card {
    /// Our type, if it is one of ours.
    pub fn kind(&self) -> Option<CredentialType> {
        match self.format {
            Format::DcSdJwt => self.types.first().and_then(|vct| CredentialType::of_vct(vct)),
            Format::VcSdJwt => self.types.last().and_then(|name| CredentialType::of_name(name)),
        }
    }

    /// Whether this phone only carries it for somebody, as a helper's.
    pub fn is_carried(&self) -> bool {
        crate::face::is_carried(self)
    }

    /// The name on it.
    pub fn holder(&self) -> Option<Shown> {
        face::about(self)?.name
    }

    /// Whether its session was used: a helper's is for one errand, whatever comes of it.
    pub fn is_carried_used(&self) -> bool {
        self.copies.iter().any(|copy| copy.first_used.is_some()) && self.is_carried()
    }

    /// What its issuer calls it, where that is not one of our types.
    pub fn own_name(&self, lang: Lang) -> Option<&Shown> {
        self.appearance.as_ref()?.name(lang)
    }

    /// What its issuer calls a claim, where the card is not one of our types.
    pub fn own_label(&self, path: &str, lang: Lang) -> Option<&Shown> {
        self.appearance.as_ref()?.label(path, lang)
    }

    /// The copy for `agency`: the one it has seen before, else a fresh one, else the one first used longest ago.
    /// `None` only for a card without copies.
    pub fn choose(&self, agency: &str) -> Option<Choice> {
        let seen = self.copies.iter().position(|copy| copy.is_seen_by(agency));
        let fresh = || self.copies.iter().position(|copy| copy.first_used.is_none());
        if let Some(index) = seen.or_else(fresh) {
            return Some(Choice { index, reused: false });
        }
        let oldest = self.copies.iter().enumerate().min_by_key(|(_, copy)| copy.first_used)?;
        Some(Choice { index: oldest.0, reused: true })
    }

    /// What its copies bear that other cards of the same person bear too; nothing on cards of an earlier version.
    pub fn links(&self) -> BTreeSet<&str> {
        self.copies.iter().filter_map(|copy| copy.link.as_deref()).collect()
    }

    /// Whether a person would call both one card: another form of the same document about the same person.
    pub fn is_form_of(&self, other: &Self) -> bool {
        let subject = face::number(self);
        (&self.type_name, &self.issuer.url) == (&other.type_name, &other.issuer.url)
            && self.format != other.format
            && subject.is_some()
            && subject == face::number(other)
    }

    /// Copies nobody has seen yet.
    pub fn unused(&self) -> usize {
        self.copies.iter().filter(|copy| copy.first_used.is_none()).count()
    }

    /// Whether so few copies are unused that a new batch is due: at most four, and a third of a small batch.
    pub fn is_running_out(&self) -> bool {
        self.unused() <= REFILL_AT.min(self.copies.len() / 3)
    }

    /// Whether `now` lies within the validity written on the card.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.valid_from <= now && now < self.valid_until
    }
}

impl Copy {
    /// Whether `agency` has seen it.
    pub fn is_seen_by(&self, agency: &str) -> bool {
        self.seen_by.iter().any(|name| name == agency)
    }

    /// Whether showing it to `agency` lets it and an earlier one recognise the holder by comparing.
    pub fn is_reused_for(&self, agency: &str) -> bool {
        self.first_used.is_some() && !self.is_seen_by(agency)
    }

    /// Notes that `agency` sees this copy at `now`.
    pub fn mark_seen(&mut self, agency: &str, now: Timestamp) {
        self.first_used.get_or_insert(now);
        if !self.is_seen_by(agency) {
            self.seen_by.push(agency.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(copies: usize) -> Card {
        let copy = |n: usize| Copy {
            key: KeyId(n.to_string()),
            credential: String::new(),
            portrait: None,
            status: None,
            link: None,
            first_used: None,
            seen_by: Vec::new(),
        };
        Card {
            id: CardId("0".into()),
            types: vec!["KtpElektronik".into()],
            type_name: Shown::new("KtpElektronik"),
            format: Format::VcSdJwt,
            issuer: CardIssuer {
                url: "https://issuer.example".into(),
                id: "did:web:issuer.example".into(),
                name: Shown::new("Dukcapil"),
                listed: true,
            },
            received_at: Timestamp::from_unix(0),
            valid_from: Timestamp::from_unix(0),
            valid_until: Timestamp::from_unix(1000),
            copies: (0..copies).map(copy).collect(),
            about: None,
            appearance: None,
        }
    }

    fn show(card: &mut Card, agency: &str, at: i64) -> Choice {
        let choice = card.choose(agency).unwrap();
        card.copies[choice.index].mark_seen(agency, Timestamp::from_unix(at));
        choice
    }

    #[test]
    fn each_agency_gets_its_own_copy_and_keeps_it() {
        let mut card = card(3);
        let first = show(&mut card, "Dinas Sosial", 1);
        let second = show(&mut card, "Kecamatan", 2);
        assert_ne!(first.index, second.index);
        assert_eq!(show(&mut card, "Dinas Sosial", 3), first);
        assert_eq!(card.unused(), 1);
    }

    #[test]
    fn when_none_is_left_the_oldest_is_reused_and_said() {
        let mut card = card(2);
        show(&mut card, "B", 20);
        show(&mut card, "A", 10);
        let third = show(&mut card, "C", 30);
        assert_eq!(third, Choice { index: 1, reused: true });
        assert_eq!(show(&mut card, "C", 40), Choice { index: 1, reused: false }, "C keeps what it has seen");
        assert_eq!(show(&mut card, "D", 50).index, 1, "still the one first used longest ago");
    }

    #[test]
    fn a_card_without_copies_offers_none() {
        assert_eq!(card(0).choose("A"), None);
    }

    #[test]
    fn validity_is_half_open() {
        let card = card(1);
        assert!(card.is_current(Timestamp::from_unix(0)) && card.is_current(Timestamp::from_unix(999)));
        assert!(!card.is_current(Timestamp::from_unix(1000)) && !card.is_current(Timestamp::from_unix(-1)));
    }
}
