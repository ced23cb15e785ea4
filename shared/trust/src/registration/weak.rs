//! What a service takes beside an answer to its own request: weaker proofs, for services of low risk that say so.
//!
//! One-scan (design, flow B): the holder shows yes-or-no facts and the portrait without being asked by a machine. The
//! *class* of a service is the set of facts it asks; its URI is the `aud` that such a code is signed for, so a code
//! for one class is none for another.

use absah_credential::{ClaimPath, PathElement};
use serde::{Deserialize, Serialize};

use super::{Service, Tier};

/// The card whose yes-or-no facts are shown in one scan.
pub const ONE_SCAN_CARD: &str = "KtpElektronik";

/// Yes-or-no facts: "only predicates and portrait" (design, flow B).
pub const PREDICATES: [&str; 4] = ["usiaMinimal17", "usiaMinimal21", "usiaMinimal60", "wargaKotaMadiun"];

/// The claim of the face picture.
pub const PORTRAIT: &str = "portrait";

/// What the URIs of all classes begin with.
pub const CLASS_BASE: &str = "https://absah.madiunkota.go.id/kelas/";

/// Bit of the portrait in [`Class::bits`].
const PORTRAIT_BIT: u8 = 0x80;

/// A weaker proof that a service takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weak {
    /// A code the holder's wallet shows without a request (flow B): *lemah*.
    #[serde(rename = "satu-pindai", alias = "one-scan")]
    OneScan,
    /// The paper twin (flow C): *kertas*.
    #[serde(rename = "kertas", alias = "paper")]
    Paper,
}

/// The class of services that ask the same set of yes-or-no facts, with or without the portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(u8);

impl Class {
    /// The class of services that ask exactly these facts; `None` unless there is a yes-or-no fact among them and
    /// nothing but such facts and the portrait.
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let bits = facts.into_iter().try_fold(0, |bits, fact| Some(bits | bit(fact)?))?;
        Self::from_bits(bits)
    }

    /// The class a code names by one byte; `None` for bits that mean nothing, or without any yes-or-no fact.
    #[must_use]
    pub fn from_bits(bits: u8) -> Option<Self> {
        let known = PREDICATES.iter().filter_map(|fact| bit(fact)).fold(0, |all, one| all | one);
        (bits & known != 0 && bits & !(known | PORTRAIT_BIT) == 0).then_some(Self(bits))
    }

    /// The byte: bit *i* for predicate *i*, the highest for the portrait.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Its facts in the order of the card, the portrait last.
    pub fn facts(self) -> impl Iterator<Item = &'static str> {
        let chosen = move |fact: &&str| bit(fact).is_some_and(|bit| self.0 & bit != 0);
        PREDICATES.into_iter().chain([PORTRAIT]).filter(chosen)
    }

    /// Whether the portrait is among them.
    #[must_use]
    pub fn portrait(self) -> bool {
        self.0 & PORTRAIT_BIT != 0
    }

    /// Its URI: the `aud` of a code for it.
    #[must_use]
    pub fn uri(self) -> String {
        let names: Vec<&str> = self.facts().collect();
        format!("{CLASS_BASE}{}", names.join("+"))
    }
}

fn bit(fact: &str) -> Option<u8> {
    if fact == PORTRAIT {
        return Some(PORTRAIT_BIT);
    }
    let place = PREDICATES.iter().position(|one| *one == fact)?;
    Some(1 << place)
}

impl Service {
    /// Whether it takes this weaker proof: "only services of risk tier *rendah*" that say so.
    #[must_use]
    pub fn takes(&self, weak: Weak) -> bool {
        self.tier == Tier::Low && self.accepts.contains(&weak)
    }

    /// Its class, where what it asks can be shown in one scan.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        let [ask] = self.asks.as_slice() else { return None };
        if ask.credential != ONE_SCAN_CARD {
            return None;
        }
        let name = |claim: &ClaimPath| match claim.elements() {
            [PathElement::Key(name)] => Some(name.clone()),
            _ => None,
        };
        let names: Vec<String> = ask.claims.iter().map(name).collect::<Option<_>>()?;
        Class::of(names.iter().map(String::as_str))
    }

    /// Whether what it says it takes fits what it asks.
    pub(super) fn accepts_hold(&self) -> bool {
        let mut once = self.accepts.clone();
        once.sort_unstable();
        once.dedup();
        once.len() == self.accepts.len()
            // Paper has no key, and a code without a request is copied as easily.
            && (self.accepts.is_empty() || (self.tier == Tier::Low && self.key_assurance.is_none()))
            && (!self.accepts.contains(&Weak::OneScan) || self.class().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::Ask;
    use crate::sample::City;

    fn asking(claims: &[&str], accepts: &[Weak]) -> Service {
        let mut service = City::service();
        service.asks[0].claims = claims.iter().map(|claim| ClaimPath::key(claim)).collect();
        service.accepts = accepts.to_vec();
        service
    }

    #[test]
    fn every_class_has_its_byte_and_its_own_uri() {
        let mut uris = std::collections::BTreeSet::new();
        for bits in 0..=u8::MAX {
            let Some(class) = Class::from_bits(bits) else { continue };
            assert_eq!(Class::of(class.facts()), Some(class));
            assert_eq!(class.bits(), bits);
            assert!(uris.insert(class.uri()), "{}", class.uri());
        }
        assert_eq!(uris.len(), 30, "15 sets of predicates, with and without the portrait");
        let class = Class::of(["portrait", "usiaMinimal60"]).unwrap();
        assert_eq!(class.uri(), "https://absah.madiunkota.go.id/kelas/usiaMinimal60+portrait");
        assert!(class.portrait());
    }

    #[test]
    fn no_class_has_other_facts_or_only_the_portrait() {
        for facts in [&["nik"][..], &["usiaMinimal17", "nama"], &["portrait"], &[]] {
            assert_eq!(Class::of(facts.iter().copied()), None, "{facts:?}");
        }
    }

    #[test]
    fn only_services_of_low_risk_that_ask_nothing_else_take_one_scan() {
        let good = asking(&["usiaMinimal60", "portrait"], &[Weak::OneScan]);
        assert_eq!(good.wrong_field(), None);
        assert!(good.takes(Weak::OneScan) && !good.takes(Weak::Paper));
        assert_eq!(asking(&["nama"], &[Weak::Paper]).wrong_field(), None);
        let silent = asking(&["usiaMinimal60"], &[]);
        assert!(silent.wrong_field().is_none() && !silent.takes(Weak::OneScan), "it must say so");

        let mut risky = good.clone();
        risky.tier = Tier::Medium;
        let mut two_cards = good.clone();
        two_cards
            .asks
            .push(Ask { credential: "KartuKeluarga".into(), claims: vec![ClaimPath::key("alamat")] });
        let mut demanding = good.clone();
        demanding.key_assurance = Some(absah_credential::KeyAssurance::Software);
        let bad = [
            risky,
            demanding,
            two_cards,
            asking(&["nik", "usiaMinimal60"], &[Weak::OneScan]),
            asking(&["portrait"], &[Weak::OneScan]),
            asking(&["usiaMinimal60"], &[Weak::OneScan, Weak::OneScan]),
        ];
        for service in bad {
            assert_eq!(service.wrong_field(), Some("accepts"));
        }
    }
}
