//! Who may have which card.

use absah_schemas::CredentialType;
use absah_types::{Date, FamilyRelation, PopulationStatus, coded};

use crate::holding::is_child;
use crate::resident::Resident;

/// The age at which an identity card is issued (UU 23/2006 article 63).
pub const KTP_AGE: u16 = 17;

/// Why nobody gets this card now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEligible {
    /// The register has no such person.
    Unknown,
    /// The register has no such person because the record was refused at the last import.
    RecordRefused,
    /// The person has died.
    Dead,
    /// The person has moved away.
    Moved,
    /// The person is missing.
    Missing,
    /// Younger than 17 and never married.
    TooYoung,
    /// A record of the family has an error, or the family has no head.
    FamilyIncomplete,
    /// 17 or older, or married: no card of a child, and none that a parent keeps.
    NotChild,
    /// A grown-up's card for somebody else's wallet: a helper's session is for that, and ends.
    KeepsOwn,
    /// Nobody in the family can keep the child's documents, or not whom was named.
    NoGuardian,
    /// The register knows no number of a birth certificate.
    NoBirthCertificate,
    /// No letter was approved.
    LetterMissing,
    /// The letter holds no longer.
    LetterEnded,
}

impl core::fmt::Display for NotEligible {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "person not in the register",
            Self::RecordRefused => "person's record was refused",
            Self::Dead => "person has died",
            Self::Moved => "person has moved away",
            Self::Missing => "person is missing",
            Self::TooYoung => "person too young and never married",
            Self::FamilyIncomplete => "family record incomplete",
            Self::NotChild => "person is no child",
            Self::KeepsOwn => "a grown-up's card goes to nobody else's wallet",
            Self::NoGuardian => "no such guardian in the family",
            Self::NoBirthCertificate => "no number of a birth certificate in the register",
            Self::LetterMissing => "no approved letter",
            Self::LetterEnded => "letter has ended",
        })
    }
}

impl core::error::Error for NotEligible {}

coded! { NotEligible {
    Unknown => ("resident-unknown", User),
    RecordRefused => ("resident-record-refused", User),
    Dead => ("resident-dead", User),
    Moved => ("resident-moved", User),
    Missing => ("resident-missing", User),
    TooYoung => ("resident-too-young", User),
    FamilyIncomplete => ("family-incomplete", User),
    NotChild => ("resident-not-a-child", User),
    KeepsOwn => ("resident-keeps-own", User),
    NoGuardian => ("guardian-missing", User),
    NoBirthCertificate => ("birth-certificate-missing", User),
    LetterMissing => ("letter-missing", User),
    LetterEnded => ("letter-ended", User),
} }

/// Whether a resident may hold a card of this type. `family` are all members the register knows for the same family
/// card; `family_whole` says that no record of the family was refused at the last import.
///
/// # Errors
/// [`NotEligible`], the first that holds.
pub fn eligible(
    kind: CredentialType,
    resident: &Resident,
    family: &[Resident],
    family_whole: bool,
    today: Date,
) -> Result<(), NotEligible> {
    match resident.status_dasar {
        PopulationStatus::Living => {}
        PopulationStatus::Dead => return Err(NotEligible::Dead),
        PopulationStatus::Moved => return Err(NotEligible::Moved),
        PopulationStatus::Missing => return Err(NotEligible::Missing),
    }
    if matches!(kind, CredentialType::KartuKeluarga | CredentialType::Kia) {
        let heads = living(family).filter(|member| member.hubungan == FamilyRelation::HEAD).count();
        if !family_whole || heads != 1 {
            return Err(NotEligible::FamilyIncomplete);
        }
    }
    match kind {
        CredentialType::AktaKelahiran if resident.akta_lahir.is_none() => {
            return Err(NotEligible::NoBirthCertificate);
        }
        CredentialType::AktaKelahiran => return Ok(()),
        CredentialType::Kia if is_child(resident, today) => return Ok(()),
        CredentialType::Kia => return Err(NotEligible::NotChild),
        CredentialType::KtpElektronik | CredentialType::KartuKeluarga | CredentialType::SuratKeterangan => {}
    }
    // "penduduk … yang telah berumur 17 tahun atau telah kawin atau pernah kawin": code 1 is never married.
    if is_child(resident, today) { Err(NotEligible::TooYoung) } else { Ok(()) }
}

/// The members who stand on the family card: those living and registered here.
pub(crate) fn living(family: &[Resident]) -> impl Iterator<Item = &Resident> {
    family.iter().filter(|member| member.status_dasar == PopulationStatus::Living)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::resident;
    use absah_types::MaritalStatus;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn identity_cards_from_17_or_marriage() {
        let mut person = resident();
        person.tanggal_lahir = day("2009-11-22");
        let ktp = |person: &Resident, today| {
            eligible(CredentialType::KtpElektronik, person, &[], false, day(today))
        };
        assert_eq!(ktp(&person, "2026-11-21"), Err(NotEligible::TooYoung));
        assert_eq!(ktp(&person, "2026-11-22"), Ok(()));
        person.status_kawin = MaritalStatus::parse("3").unwrap();
        assert_eq!(ktp(&person, "2026-11-21"), Ok(()));
    }

    #[test]
    fn nobody_else_than_the_living() {
        let today = day("2026-11-22");
        for (status, refusal) in [
            (PopulationStatus::Dead, NotEligible::Dead),
            (PopulationStatus::Moved, NotEligible::Moved),
            (PopulationStatus::Missing, NotEligible::Missing),
        ] {
            let person = Resident { status_dasar: status, ..resident() };
            assert_eq!(eligible(CredentialType::KtpElektronik, &person, &[], true, today), Err(refusal));
        }
    }

    #[test]
    fn family_cards_for_whole_families() {
        let today = day("2026-11-22");
        let head = resident();
        let kk =
            |family: &[Resident], whole| eligible(CredentialType::KartuKeluarga, &head, family, whole, today);
        let member = Resident { hubungan: FamilyRelation::WIFE, ..resident() };
        assert_eq!(kk(&[head.clone(), member.clone()], true), Ok(()));
        assert_eq!(kk(&[head.clone(), member.clone()], false), Err(NotEligible::FamilyIncomplete));
        assert_eq!(kk(&[member], true), Err(NotEligible::FamilyIncomplete));
        let gone = Resident { status_dasar: PopulationStatus::Moved, ..resident() };
        assert_eq!(kk(std::slice::from_ref(&gone), true), Err(NotEligible::FamilyIncomplete));
        assert_eq!(kk(&[head.clone(), gone], true), Ok(()));
    }
}
