//! Whose card is whose in an answer with several cards, and what the holder is to a child or another dependant.
//!
//! **The rule**
//! 1. All cards of an answer bear the same `pemegang`, or it is refused (`holder-mismatch`): they lie in one person's
//!    wallet. That person is the *holder*; whether the holder stands at the counter is what the portrait shows.
//! 2. Identity card, family card and letter are the holder's own. A child's card is a dependant's. A birth certificate is
//!    either's: its `hubunganPemegang` says which; without it two NIK do, or two births that differ; else nobody knows.
//! 3. Two documents of dependants that contradict each other (NIK, birth, name) are of two people: `dependant-mismatch`.
//! 4. What the holder is to the dependant is proven by one of these, the first that does:
//!    - the dependant's document, where its `hubunganPemegang` says mother or father: the issuer took that from the
//!      register's numbers of the parents;
//!    - the holder's family card, where it lists both: the pair of their `hubungan` to the head. A member is found by NIK, or
//!      by name *and* birth together, and only one may fit;
//!    - the dependant's document, where it says guardian.
//! 5. Nothing else proves it. Equal names do not, nor does it that the wallet keeps the card; then the counter says so.

use absah_credential::{HOLDER_RELATION, HolderRelation, Verified};
use absah_schemas::CredentialType;
use absah_types::PersonName;
use serde::Serialize;
use serde_json::{Map, Value};

use super::outcome::Facts;

/// The members of a family card.
const MEMBERS: &str = "anggota";
/// What a member is to the head of the family.
const TO_HEAD: &str = "anggota.*.hubungan";

/// One card of an answer with several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardFacts {
    /// Its id in the request: the name of its type.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whose it is.
    pub person: Person,
    /// What was asked of it and shown, by claim path.
    pub facts: Facts,
}

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Person {
    /// Of the person in whose wallet all cards lie.
    Holder,
    /// Of a child or another dependant of that person.
    Dependant,
    /// Of either: nothing that is shown tells.
    Unknown,
}

/// What the holder is to the person of another card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The id of that card.
    pub card: String,
    /// What the holder is; none where nothing proves it.
    pub holder_is: Option<Kinship>,
    /// What proves it.
    pub proven_by: Option<Proof>,
}

/// The claim that proves a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The id of the card it stands on.
    pub card: String,
    /// Its path.
    pub claim: String,
    /// What it says; on a family card of the holder, then of the dependant.
    pub values: Vec<String>,
}

/// What one person is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kinship {
    /// Mother.
    Ibu,
    /// Father.
    Ayah,
    /// Head of the family whose child it is.
    OrangTua,
    /// Head of the family whose grandchild it is.
    KakekNenek,
    /// Husband or wife of the head of the family whose child it is: not necessarily a parent.
    PasanganKepala,
    /// Both stand on one family card.
    Sekeluarga,
    /// Guardian: head of the family or that person's spouse.
    Wali,
}

impl Kinship {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Ibu,
        Self::Ayah,
        Self::OrangTua,
        Self::KakekNenek,
        Self::PasanganKepala,
        Self::Sekeluarga,
        Self::Wali,
    ];

    /// Its name in JSON and in the ids of texts (`relation-<word>`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ibu => "ibu",
            Self::Ayah => "ayah",
            Self::OrangTua => "orang-tua",
            Self::KakekNenek => "kakek-nenek",
            Self::PasanganKepala => "pasangan-kepala",
            Self::Sekeluarga => "sekeluarga",
            Self::Wali => "wali",
        }
    }
}

/// The cards of an answer, by their types.
pub(super) struct Cards<'a>(Vec<(CredentialType, &'a Map<String, Value>)>);

impl<'a> Cards<'a> {
    pub(super) fn of(verified: impl Iterator<Item = &'a Verified>) -> Self {
        Self(verified.filter_map(|one| Some((one.kind()?, one.claims()))).collect())
    }

    fn claims(&self, kind: CredentialType) -> Option<&'a Map<String, Value>> {
        self.0.iter().find(|(own, _)| *own == kind).map(|(_, claims)| *claims)
    }

    /// Whose card it is.
    pub(super) fn person(&self, kind: CredentialType) -> Person {
        match kind {
            CredentialType::KtpElektronik
            | CredentialType::KartuKeluarga
            | CredentialType::SuratKeterangan => Person::Holder,
            CredentialType::Kia => Person::Dependant,
            CredentialType::AktaKelahiran => self.person_of_certificate(),
        }
    }

    fn person_of_certificate(&self) -> Person {
        let Some(claims) = self.claims(CredentialType::AktaKelahiran) else { return Person::Unknown };
        match stated(claims) {
            Some(HolderRelation::Oneself) => return Person::Holder,
            Some(_) => return Person::Dependant,
            None => {}
        }
        let own = self.claims(CredentialType::KtpElektronik);
        let both = |name: &str| Some((claims.get(name)?, own?.get(name)?));
        match (both("nik"), both("kelahiran")) {
            (Some((certificate, own)), _) if certificate == own => Person::Holder,
            (Some(_), _) => Person::Dependant,
            (None, Some((certificate, own))) if certificate != own => Person::Dependant,
            _ => Person::Unknown,
        }
    }

    /// Whether documents of dependants contradict each other.
    pub(super) fn are_of_two_dependants(&self) -> bool {
        let dependants: Vec<_> =
            self.0.iter().filter(|(kind, _)| self.person(*kind) == Person::Dependant).collect();
        let differ = |a: &Map<String, Value>, b: &Map<String, Value>| {
            let both = |name: &str| Some((a.get(name)?, b.get(name)?));
            match both("nik") {
                Some((a, b)) => a != b,
                None => {
                    both("kelahiran").is_some_and(|(a, b)| a != b)
                        || both("nama").is_some_and(|(a, b)| plain(a) != plain(b))
                }
            }
        };
        dependants
            .iter()
            .enumerate()
            .any(|(at, (_, one))| dependants.iter().skip(at + 1).any(|(_, other)| differ(one, other)))
    }

    /// What the holder is to everybody else whose card is among these.
    pub(super) fn relations(&self) -> Vec<Relation> {
        let others = self.0.iter().filter(|(kind, _)| self.person(*kind) != Person::Holder);
        others.map(|(kind, claims)| self.relation(*kind, claims)).collect()
    }

    fn relation(&self, kind: CredentialType, claims: &Map<String, Value>) -> Relation {
        let card = kind.name().to_owned();
        let by_own = |relation: HolderRelation| Proof {
            card: card.clone(),
            claim: HOLDER_RELATION.to_owned(),
            values: vec![relation.name().to_owned()],
        };
        let found = match stated(claims) {
            Some(own @ HolderRelation::Mother) => Some((Kinship::Ibu, by_own(own))),
            Some(own @ HolderRelation::Father) => Some((Kinship::Ayah, by_own(own))),
            Some(own @ HolderRelation::Guardian) => {
                self.by_family_card(claims).or_else(|| Some((Kinship::Wali, by_own(own))))
            }
            Some(HolderRelation::Oneself) | None => self.by_family_card(claims),
        };
        let (holder_is, proven_by) = found.unzip();
        Relation { card, holder_is, proven_by }
    }

    fn by_family_card(&self, dependant: &Map<String, Value>) -> Option<(Kinship, Proof)> {
        let members = self.claims(CredentialType::KartuKeluarga)?.get(MEMBERS)?.as_array()?;
        let holder = self.claims(CredentialType::KtpElektronik)?;
        let (holder, holder_to_head) = member(members, holder)?;
        let (dependant, dependant_to_head) = member(members, dependant)?;
        if holder == dependant {
            return None;
        }
        let kinship = match (holder_to_head, dependant_to_head) {
            ("KEPALA KELUARGA", "ANAK") => Kinship::OrangTua,
            ("KEPALA KELUARGA", "CUCU") => Kinship::KakekNenek,
            ("SUAMI" | "ISTRI", "ANAK") => Kinship::PasanganKepala,
            _ => Kinship::Sekeluarga,
        };
        let proof = Proof {
            card: CredentialType::KartuKeluarga.name().to_owned(),
            claim: TO_HEAD.to_owned(),
            values: vec![holder_to_head.to_owned(), dependant_to_head.to_owned()],
        };
        Some((kinship, proof))
    }
}

/// The one member of a family who is the person of a card: place in the list, and `hubungan`.
fn member<'m>(members: &'m [Value], card: &Map<String, Value>) -> Option<(usize, &'m str)> {
    let is_same = |one: &Map<String, Value>| {
        let both = |name: &str| Some((one.get(name)?, card.get(name)?));
        match both("nik") {
            Some((one, card)) => one == card,
            None => match (both("nama"), both("kelahiran")) {
                (Some(names), Some(births)) => plain(names.0) == plain(names.1) && births.0 == births.1,
                _ => false,
            },
        }
    };
    let mut found = members.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_object()?)));
    let (at, one) = found.find(|(_, one)| is_same(one))?;
    if found.any(|(_, one)| is_same(one)) {
        return None;
    }
    Some((at, one.get("hubungan")?.as_str()?))
}

fn stated(claims: &Map<String, Value>) -> Option<HolderRelation> {
    HolderRelation::of_name(claims.get(HOLDER_RELATION)?.as_str()?)
}

/// A name as certificates write it: without titles.
fn plain(name: &Value) -> Option<PersonName> {
    Some(PersonName::parse(name.as_str()?).ok()?.without_titles())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KTP: CredentialType = CredentialType::KtpElektronik;
    const KK: CredentialType = CredentialType::KartuKeluarga;
    const AKTA: CredentialType = CredentialType::AktaKelahiran;
    const KIA: CredentialType = CredentialType::Kia;

    fn relations(cards: &[(CredentialType, Value)]) -> Vec<(Option<Kinship>, Option<String>)> {
        let cards = Cards(cards.iter().map(|(kind, claims)| (*kind, claims.as_object().unwrap())).collect());
        let said = |one: Relation| (one.holder_is, one.proven_by.map(|proof| proof.card));
        cards.relations().into_iter().map(said).collect()
    }

    fn one(cards: &[(CredentialType, Value)]) -> Option<Kinship> {
        relations(cards).first().and_then(|(kinship, _)| *kinship)
    }

    fn ktp() -> (CredentialType, Value) {
        (KTP, json!({ "nik": "1", "nama": "HJ. DIAN ASTUTIK", "kelahiran": { "tanggal": "1990-01-01" } }))
    }

    fn kia() -> (CredentialType, Value) {
        (KIA, json!({ "nik": "2", "nama": "RAKA", "kelahiran": { "tanggal": "2018-03-12" } }))
    }

    fn family(members: &Value) -> (CredentialType, Value) {
        (KK, json!({ "anggota": members }))
    }

    #[test]
    fn a_childs_document_proves_it() {
        for (word, kinship) in [("IBU", Kinship::Ibu), ("AYAH", Kinship::Ayah), ("WALI", Kinship::Wali)] {
            for kind in [KIA, AKTA] {
                let found = relations(&[ktp(), (kind, json!({ "hubunganPemegang": word }))]);
                assert_eq!(found, [(Some(kinship), Some(kind.name().to_owned()))], "{word}");
            }
        }
        assert!(relations(&[ktp(), (AKTA, json!({ "hubunganPemegang": "DIRI SENDIRI" }))]).is_empty());
    }

    #[test]
    fn the_family_card_proves_it_by_both_members() {
        let member = |nik: &str, hubungan: &str| json!({ "nik": nik, "hubungan": hubungan });
        let pair = |holder, dependant| {
            one(&[ktp(), kia(), family(&json!([member("2", dependant), member("1", holder)]))])
        };
        assert_eq!(pair("KEPALA KELUARGA", "ANAK"), Some(Kinship::OrangTua));
        assert_eq!(pair("KEPALA KELUARGA", "CUCU"), Some(Kinship::KakekNenek));
        assert_eq!(pair("ISTRI", "ANAK"), Some(Kinship::PasanganKepala));
        assert_eq!(pair("ANAK", "ANAK"), Some(Kinship::Sekeluarga), "an adult sibling is no parent");
        // A better word than guardian.
        let (_, mut claims) = kia();
        claims["hubunganPemegang"] = json!("WALI");
        let listed = family(&json!([member("1", "KEPALA KELUARGA"), member("2", "ANAK")]));
        assert_eq!(one(&[ktp(), (KIA, claims), listed]), Some(Kinship::OrangTua));
        // Without numbers: name and birth together.
        let named = json!([
            { "nama": "DIAN ASTUTIK", "kelahiran": { "tanggal": "1990-01-01" }, "hubungan": "KEPALA KELUARGA" },
            { "nama": "RAKA", "kelahiran": { "tanggal": "2018-03-12" }, "hubungan": "ANAK" },
        ]);
        assert_eq!(one(&[ktp(), kia(), family(&named)]), Some(Kinship::OrangTua));
    }

    #[test]
    fn what_proves_nothing_is_said_to_prove_nothing() {
        let row = |nik: &str, hubungan: &str| json!({ "nik": nik, "hubungan": hubungan });
        let head = || row("1", "KEPALA KELUARGA");
        let born = json!({ "tanggal": "2018-03-12" });
        let parents = json!({ "nama": "RAKA", "namaIbu": "DIAN ASTUTIK" });
        let cases = [
            ("no family card", vec![ktp(), kia()]),
            ("the mother's name on the certificate", vec![ktp(), (AKTA, parents)]),
            ("the child is not listed", vec![ktp(), kia(), family(&json!([head(), row("3", "ANAK")]))]),
            ("the holder is not listed", vec![ktp(), kia(), family(&json!([row("2", "ANAK")]))]),
            ("no relation shown", vec![ktp(), kia(), family(&json!([{ "nik": "1" }, { "nik": "2" }]))]),
            (
                "equal names alone",
                vec![ktp(), kia(), family(&json!([head(), { "nama": "RAKA", "hubungan": "ANAK" }]))],
            ),
            (
                "twins of one name without numbers",
                vec![
                    ktp(),
                    kia(),
                    family(&json!([
                        head(),
                        { "nama": "RAKA", "kelahiran": born, "hubungan": "ANAK" },
                        { "nama": "RAKA", "kelahiran": born, "hubungan": "ANAK" },
                    ])),
                ],
            ),
            (
                "an equal name under another number",
                vec![
                    ktp(),
                    kia(),
                    family(
                        &json!([head(), { "nik": "9", "nama": "RAKA", "kelahiran": born, "hubungan": "ANAK" }]),
                    ),
                ],
            ),
            ("one member for both", vec![ktp(), (KIA, json!({ "nik": "1" })), family(&json!([head()]))]),
            ("a word nobody knows", vec![ktp(), (KIA, json!({ "hubunganPemegang": "PAMAN" }))]),
            ("no identity card", vec![kia(), family(&json!([head(), row("2", "ANAK")]))]),
        ];
        for (name, cards) in cases {
            assert_eq!(relations(&cards), [(None, None)], "{name}");
        }
    }

    #[test]
    fn whose_certificate_it_is() {
        let person = |claims: Value| {
            let (ktp, akta) = (ktp(), (AKTA, claims));
            Cards([&ktp, &akta].map(|(kind, claims)| (*kind, claims.as_object().unwrap())).into())
                .person(AKTA)
        };
        assert_eq!(person(json!({ "nik": "1" })), Person::Holder);
        assert_eq!(person(json!({ "nik": "2" })), Person::Dependant);
        assert_eq!(person(json!({ "kelahiran": { "tanggal": "2018-03-12" } })), Person::Dependant);
        assert_eq!(person(json!({ "nama": "HJ. DIAN ASTUTIK" })), Person::Unknown);
        assert_eq!(person(json!({ "hubunganPemegang": "AYAH", "nik": "1" })), Person::Dependant);
    }

    #[test]
    fn documents_of_two_children_are_told_apart() {
        let two = |akta: Value| {
            let cards = [ktp(), kia(), (AKTA, akta)];
            let cards = cards.iter().map(|(kind, claims)| (*kind, claims.as_object().unwrap())).collect();
            Cards(cards).are_of_two_dependants()
        };
        let stated = |mut claims: Value| {
            claims["hubunganPemegang"] = json!("IBU");
            two(claims)
        };
        assert!(!stated(json!({ "nik": "2", "nama": "RAKA PRATAMA" })), "the number counts");
        assert!(stated(json!({ "nik": "3", "nama": "RAKA" })));
        assert!(
            stated(json!({ "nama": "ANI" })) && stated(json!({ "kelahiran": { "tanggal": "2020-01-01" } }))
        );
        assert!(!stated(json!({ "nomorAkta": "7" })), "nothing to compare");
        assert!(!two(json!({ "nik": "1" })), "the holder's own");
    }
}
