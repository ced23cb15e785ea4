//! In whose wallet a card lies: one's own, and for a child that of a guardian.
//!
//! A child has no identity card to prove itself with, so its documents are offered to a parent, and bear that parent's
//! `pemegang`: a counter that asks for the parent's identity card too sees that both were issued to one person. That the
//! person is the child's parent stands on the family card, which lists both and names the child's father and mother.

use absah_credential::HolderRelation;
use absah_schemas::CredentialType;
use absah_types::{Date, FamilyRelation, Nik, Timestamp};

use crate::card::Subject;
use crate::eligibility::{KTP_AGE, NotEligible, eligible, living};
use crate::resident::Resident;

/// Whether somebody is younger than 17 and never married: such a person holds a child's card, and no other.
#[must_use]
pub fn is_child(resident: &Resident, today: Date) -> bool {
    resident.tanggal_lahir.age_on(today) < KTP_AGE && resident.status_kawin.code() == 1
}

/// Who of the family may keep a child's documents, the nearest first: mother, father, head of the family and spouse.
#[must_use]
pub fn guardians<'f>(child: &Resident, family: &'f [Resident], today: Date) -> Vec<&'f Resident> {
    let rank = |one: &Resident| {
        if child.nik_ibu == Some(one.nik) {
            Some(0)
        } else if child.nik_ayah == Some(one.nik) {
            Some(1)
        } else if one.hubungan == FamilyRelation::HEAD {
            Some(2)
        } else if [FamilyRelation::HUSBAND, FamilyRelation::WIFE].contains(&one.hubungan) {
            Some(3)
        } else {
            None
        }
    };
    let others = living(family).filter(|one| one.nik != child.nik && !is_child(one, today));
    let mut found: Vec<_> = others.filter_map(|one| Some((rank(one)?, one))).collect();
    found.sort_by_key(|(rank, one)| (*rank, one.nik));
    found.into_iter().map(|(_, one)| one).collect()
}

/// Whose wallet keeps a card that may be issued now: whose `pemegang` it bears.
///
/// # Errors
/// [`NotEligible`].
pub fn holder(kind: CredentialType, subject: &Subject, now: Timestamp) -> Result<Nik, NotEligible> {
    let Subject { resident, family, family_whole, guardian, letter, .. } = subject;
    let today = now.date();
    eligible(kind, resident, family, *family_whole, today)?;
    if kind == CredentialType::SuratKeterangan {
        let letter = letter.as_ref().ok_or(NotEligible::LetterMissing)?;
        if now >= letter.valid_until {
            return Err(NotEligible::LetterEnded);
        }
    }
    let of_child = matches!(kind, CredentialType::Kia | CredentialType::AktaKelahiran);
    match guardian {
        // "Children and dependants: held in a parent's wallet"; a grown-up's own card elsewhere is a helper's session, where
        // "expiry, not deletion, is the guarantee": the register knows a family, not who may act for a grown-up.
        Some(_) if !of_child => Err(NotEligible::KeepsOwn),
        // Who has grown up keeps the documents themselves.
        Some(_) if !is_child(resident, today) => Err(NotEligible::NotChild),
        None if !of_child || !is_child(resident, today) => Ok(resident.nik),
        _ => keeper(subject, today).ok_or(NotEligible::NoGuardian),
    }
}

/// Who keeps a child's documents: the guardian named, or the nearest.
fn keeper(subject: &Subject, today: Date) -> Option<Nik> {
    let Subject { resident, family, guardian, .. } = subject;
    let mut able = guardians(resident, family, today).into_iter().map(|one| one.nik);
    able.find(|nik| guardian.is_none_or(|wanted| wanted == *nik))
}

/// What whoever keeps a person's documents is to that person, by the register's numbers: a name proves no parent.
#[must_use]
pub(crate) fn relation_of_holder(subject: &Subject, today: Date) -> HolderRelation {
    let resident = &subject.resident;
    if !is_child(resident, today) {
        return HolderRelation::Oneself;
    }
    match keeper(subject, today) {
        keeper @ Some(_) if keeper == resident.nik_ibu => HolderRelation::Mother,
        keeper @ Some(_) if keeper == resident.nik_ayah => HolderRelation::Father,
        _ => HolderRelation::Guardian,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{child, resident};

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-11-22T08:00:00Z").unwrap()
    }

    fn subject(resident: Resident, family: &[Resident]) -> Subject {
        Subject {
            resident,
            family: family.to_vec(),
            family_whole: true,
            picture: None,
            guardian: None,
            letter: None,
        }
    }

    #[test]
    fn a_childs_documents_lie_with_a_parent() {
        let (parent, child) = (resident(), child());
        let family = [parent.clone(), child.clone()];
        for kind in [CredentialType::Kia, CredentialType::AktaKelahiran] {
            assert_eq!(holder(kind, &subject(child.clone(), &family), now()), Ok(parent.nik));
            let chosen = Subject { guardian: Some(parent.nik), ..subject(child.clone(), &family) };
            assert_eq!(holder(kind, &chosen, now()), Ok(parent.nik));
            let stranger = Subject { guardian: Some(child.nik), ..subject(child.clone(), &family) };
            assert_eq!(holder(kind, &stranger, now()), Err(NotEligible::NoGuardian));
        }
        let alone = [Resident { hubungan: FamilyRelation::HEAD, ..child.clone() }];
        let orphan = subject(alone[0].clone(), &alone);
        assert_eq!(holder(CredentialType::Kia, &orphan, now()), Err(NotEligible::NoGuardian));
        // The mother by her number, before whoever is head.
        let mother = Resident { hubungan: FamilyRelation::WIFE, nik: child.nik, ..parent.clone() };
        let of_mother = Resident { nik: parent.nik, nik_ibu: Some(mother.nik), ..child.clone() };
        let head = Resident { nik: Nik::parse("3577011207600001").unwrap(), ..parent };
        let family = [head.clone(), mother.clone()];
        let found = guardians(&of_mother, &family, now().date());
        assert_eq!(found.iter().map(|one| one.nik).collect::<Vec<_>>(), [mother.nik, head.nik]);
    }

    #[test]
    fn what_the_keeper_is_to_the_child_follows_from_numbers_not_names() {
        let (parent, child) = (resident(), child());
        let family = [parent.clone(), child.clone()];
        let relation = |child: &Resident| relation_of_holder(&subject(child.clone(), &family), now().date());
        let mother = Resident { nik_ibu: Some(parent.nik), ..child.clone() };
        assert_eq!(relation(&mother), HolderRelation::Mother);
        let father = Resident { nik_ayah: Some(parent.nik), ..child.clone() };
        assert_eq!(relation(&father), HolderRelation::Father);
        let same_name = Resident { nama_ibu: Some(parent.nama.clone()), nik_ibu: None, ..child.clone() };
        assert_eq!(relation(&same_name), HolderRelation::Guardian);
        let gone = Resident { nik_ibu: Some(child.nik), ..child };
        assert_eq!(relation(&gone), HolderRelation::Guardian);
        assert_eq!(relation(&parent), HolderRelation::Oneself);
    }

    #[test]
    fn who_has_grown_up_keeps_their_own() {
        let grown = Resident { akta_lahir: Some("3577-LU-23071965-0001".to_owned()), ..resident() };
        let family = [grown.clone()];
        let kind = CredentialType::AktaKelahiran;
        assert_eq!(holder(kind, &subject(grown.clone(), &family), now()), Ok(grown.nik));
        let kept = Subject { guardian: Some(grown.nik), ..subject(grown.clone(), &family) };
        assert_eq!(holder(kind, &kept, now()), Err(NotEligible::NotChild), "kept since childhood");
        assert_eq!(holder(CredentialType::Kia, &subject(grown, &family), now()), Err(NotEligible::NotChild));
        let none = subject(resident(), &family);
        assert_eq!(holder(kind, &none, now()), Err(NotEligible::NoBirthCertificate));
        assert_eq!(holder(CredentialType::SuratKeterangan, &none, now()), Err(NotEligible::LetterMissing));
    }
}
