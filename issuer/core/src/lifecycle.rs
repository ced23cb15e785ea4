//! Something changed in the register: which issued cards that touches, and how.
//!
//! A card whose facts have changed is superseded: its holder can have the new one. A card of somebody who has died or moved
//! away is revoked; of somebody missing it is suspended. A record that is missing from an extract, or was refused, changes
//! nothing: that is no word about the person.

use absah_schemas::CredentialType;
use absah_types::{FamilyRelation, Nik, NomorKk, PopulationStatus};

use crate::resident::Resident;
use crate::status::Change;

/// Most people whose status an import changes without being asked.
pub const MOST_PEOPLE: u64 = 20;

/// What a change does to one person's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// Whose card.
    pub nik: Nik,
    /// Which.
    pub kind: CredentialType,
    /// How.
    pub change: Change,
}

/// What a changed record does to the person's own cards.
#[must_use]
pub fn own_cards(before: &Resident, after: &Resident) -> Vec<Touched> {
    let touch = |kind, change| Touched { nik: after.nik, kind, change };
    if before.status_dasar != after.status_dasar {
        let change = match after.status_dasar {
            PopulationStatus::Dead | PopulationStatus::Moved => Change::Revoke,
            PopulationStatus::Missing => Change::Suspend,
            // Back again: the cards that were suspended are given back by somebody who has seen the person.
            PopulationStatus::Living => Change::Supersede,
        };
        return CredentialType::ALL.map(|kind| touch(kind, change)).to_vec();
    }
    let mut touched = Vec::new();
    let facts = identity_facts(before) != identity_facts(after);
    let family = before.no_kk != after.no_kk;
    let certificate = before.akta_lahir != after.akta_lahir;
    let changed = |kind: &CredentialType| match kind {
        CredentialType::KtpElektronik | CredentialType::SuratKeterangan => facts,
        CredentialType::KartuKeluarga => family,
        CredentialType::AktaKelahiran => certificate || certificate_facts(before) != certificate_facts(after),
        CredentialType::Kia => facts || family || certificate || parents(before) != parents(after),
    };
    touched
        .extend(CredentialType::ALL.into_iter().filter(changed).map(|kind| touch(kind, Change::Supersede)));
    touched
}

/// The families whose head is another person than before, or has another name: that stands on children's cards.
#[must_use]
pub fn other_head(before: Option<&Resident>, after: &Resident) -> Vec<NomorKk> {
    let head = |one: &Resident| {
        let is_head = one.hubungan == FamilyRelation::HEAD && one.status_dasar == PopulationStatus::Living;
        is_head.then(|| (one.no_kk, one.nama.as_str().to_owned()))
    };
    let (before, after) = (before.and_then(head), head(after));
    if before == after {
        return Vec::new();
    }
    before.into_iter().chain(after).map(|(no_kk, _)| no_kk).collect()
}

/// Whether somebody can no longer keep the documents of the children they kept them for.
#[must_use]
pub fn keeper_gone(before: &Resident, after: &Resident) -> bool {
    before.no_kk != after.no_kk || before.status_dasar != after.status_dasar
}

/// What a picture does to the card that bears it, if it is another one than before or the first.
#[must_use]
pub fn portrait(nik: Nik, before: Option<&[u8]>, after: &[u8]) -> Option<Touched> {
    let touched = Touched { nik, kind: CredentialType::KtpElektronik, change: Change::Supersede };
    (before != Some(after)).then_some(touched)
}

/// The families whose cards a new or changed record makes untrue: those of all their members are superseded.
#[must_use]
pub fn families(before: Option<&Resident>, after: &Resident) -> Vec<NomorKk> {
    let Some(before) = before else { return vec![after.no_kk] };
    if before.no_kk != after.no_kk {
        return vec![before.no_kk, after.no_kk];
    }
    let is_same =
        family_facts(before) == family_facts(after) && address_of_family(before) == address_of_family(after);
    if is_same { Vec::new() } else { vec![after.no_kk] }
}

/// Whether the status changes of an import wait for somebody's approval: more than 20 people, more than one in a hundred of
/// the register, or any death.
#[must_use]
pub fn needs_approval(people: u64, register: u64, any_death: bool) -> bool {
    any_death || people > MOST_PEOPLE || people.saturating_mul(100) > register
}

/// What an identity card says.
fn identity_facts(resident: &Resident) -> impl PartialEq + '_ {
    let Resident { nama, tempat_lahir, tanggal_lahir, jenis_kelamin, golongan_darah, .. } = resident;
    let Resident { alamat, rt_rw, wilayah, agama, status_kawin, pekerjaan, kewarganegaraan, .. } = resident;
    (
        (nama.as_str(), tempat_lahir.as_str(), *tanggal_lahir, *jenis_kelamin, *golongan_darah),
        (alamat.as_str(), *rt_rw, *wilayah),
        (*agama, *status_kawin, *pekerjaan, *kewarganegaraan),
    )
}

/// What a birth certificate says beside its number.
fn certificate_facts(resident: &Resident) -> impl PartialEq + '_ {
    let plain = |name: &absah_types::PersonName| name.without_titles();
    (
        (plain(&resident.nama), resident.tempat_lahir.as_str(), resident.tanggal_lahir),
        (resident.jenis_kelamin, resident.kewarganegaraan),
        (resident.nama_ayah.as_ref().map(plain), resident.nama_ibu.as_ref().map(plain)),
        parents(resident),
    )
}

/// What `hubunganPemegang` follows from.
fn parents(resident: &Resident) -> impl PartialEq + use<> {
    (resident.nik_ayah, resident.nik_ibu)
}

/// What a family card says of one member.
fn family_facts(resident: &Resident) -> impl PartialEq + '_ {
    let Resident { nama, tempat_lahir, tanggal_lahir, jenis_kelamin, agama, pendidikan, .. } = resident;
    let Resident { pekerjaan, status_kawin, hubungan, kewarganegaraan, nama_ayah, nama_ibu, .. } = resident;
    (
        (nama.as_str(), tempat_lahir.as_str(), *tanggal_lahir, *jenis_kelamin),
        (*agama, *pendidikan, *pekerjaan, *status_kawin, *hubungan, *kewarganegaraan),
        (nama_ayah.as_ref().map(|name| name.as_str()), nama_ibu.as_ref().map(|name| name.as_str())),
        resident.status_dasar == PopulationStatus::Living,
    )
}

/// A family card's address is that of the head.
fn address_of_family(resident: &Resident) -> Option<impl PartialEq + '_> {
    let is_head = resident.hubungan == FamilyRelation::HEAD;
    is_head.then_some((resident.alamat.as_str(), resident.rt_rw, resident.wilayah))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::resident;
    use absah_types::{Date, MaritalStatus, NomorKk, Occupation, PersonName, Religion};

    fn own(change: impl Fn(&mut Resident)) -> Vec<(CredentialType, Change)> {
        let before = resident();
        let mut after = resident();
        change(&mut after);
        own_cards(&before, &after).into_iter().map(|touched| (touched.kind, touched.change)).collect()
    }

    fn kin(change: impl Fn(&mut Resident)) -> usize {
        let before = resident();
        let mut after = resident();
        change(&mut after);
        families(Some(&before), &after).len()
    }

    #[test]
    fn only_facts_that_stand_on_a_card_touch_it() {
        use CredentialType::{
            AktaKelahiran as Akta, KartuKeluarga as Kk, Kia, KtpElektronik as Ktp, SuratKeterangan as Surat,
        };
        let touched = |kinds: &[CredentialType]| -> Vec<_> {
            kinds.iter().map(|kind| (*kind, Change::Supersede)).collect()
        };
        let superseded = touched(&[Ktp, Kia, Surat]);
        let at_birth = touched(&[Ktp, Akta, Kia, Surat]);
        let married = |r: &mut Resident| r.status_kawin = MaritalStatus::parse("2").unwrap();
        assert_eq!((own(married), kin(married)), (superseded.clone(), 1));
        let renamed = |r: &mut Resident| r.nama = PersonName::parse("NAMA BARU").unwrap();
        assert_eq!((own(renamed), kin(renamed)), (at_birth.clone(), 1));
        let born = |r: &mut Resident| r.tanggal_lahir = Date::parse("1970-01-01").unwrap();
        assert_eq!((own(born), kin(born)), (at_birth, 1));
        let faith = |r: &mut Resident| r.agama = Religion::parse("2").unwrap();
        assert_eq!((own(faith), kin(faith)), (superseded.clone(), 1));
        let job = |r: &mut Resident| r.pekerjaan = Occupation::parse("4").unwrap();
        assert_eq!((own(job), kin(job)), (superseded.clone(), 1));
        let address = |r: &mut Resident| r.alamat = "JL. BARU NO. 1".to_owned();
        assert_eq!((own(address), kin(address)), (superseded.clone(), 1), "the sample is head of the family");
        let child = |r: &mut Resident| r.hubungan = FamilyRelation::CHILD;
        assert_eq!((own(child), kin(child)), (vec![], 1));
        let mother = |r: &mut Resident| r.nama_ibu = Some(PersonName::parse("IBU BARU").unwrap());
        assert_eq!((own(mother), kin(mother)), (touched(&[Akta]), 1));
        let titled = |r: &mut Resident| r.nama = PersonName::parse("HJ. DIAN ASTUTIK, S.PD.").unwrap();
        assert_eq!(own(titled), superseded, "no title stands on a birth certificate");
        let noted = |r: &mut Resident| r.akta_lahir = Some("3577-LU-01012000-0001".to_owned());
        assert_eq!((own(noted), kin(noted)), (touched(&[Akta, Kia]), 0));
        let other_family = |r: &mut Resident| r.no_kk = NomorKk::parse("3577010101990001").unwrap();
        assert_eq!((own(other_family), kin(other_family)), (touched(&[Kk, Kia]), 2));
        assert_eq!(families(None, &resident()).len(), 1, "a child is born");
    }

    #[test]
    fn another_picture_is_another_fact() {
        let nik = resident().nik;
        let superseded =
            Some(Touched { nik, kind: CredentialType::KtpElektronik, change: Change::Supersede });
        assert_eq!(portrait(nik, Some(b"face"), b"other"), superseded);
        assert_eq!(portrait(nik, None, b"face"), superseded, "the first one");
        assert_eq!(portrait(nik, Some(b"face"), b"face"), None);
    }

    #[test]
    fn who_is_gone_has_no_card() {
        let gone = |status| own(move |r: &mut Resident| r.status_dasar = status);
        for status in [PopulationStatus::Dead, PopulationStatus::Moved] {
            assert!(gone(status).iter().all(|(_, change)| *change == Change::Revoke));
            assert_eq!(gone(status).len(), CredentialType::ALL.len());
        }
        assert!(gone(PopulationStatus::Missing).iter().all(|(_, change)| *change == Change::Suspend));
        assert_eq!(kin(|r: &mut Resident| r.status_dasar = PopulationStatus::Dead), 1);
    }

    #[test]
    fn a_new_head_stands_on_childrens_cards() {
        let (before, mut after) = (resident(), resident());
        assert!(other_head(Some(&before), &after).is_empty());
        after.nama = PersonName::parse("NAMA BARU").unwrap();
        assert_eq!(other_head(Some(&before), &after).len(), 2, "the same family, named twice");
        assert!(!keeper_gone(&before, &after));
        after = Resident { hubungan: FamilyRelation::CHILD, ..resident() };
        assert_eq!(other_head(Some(&before), &after).len(), 1);
        assert_eq!(other_head(None, &before).len(), 1);
        after.status_dasar = PopulationStatus::Dead;
        assert!(keeper_gone(&before, &after));
    }

    #[test]
    fn large_changes_and_deaths_wait() {
        assert!(!needs_approval(2, 200, false));
        assert!(needs_approval(3, 200, false));
        assert!(!needs_approval(20, 200_000, false));
        assert!(needs_approval(21, 200_000, false));
        assert!(needs_approval(1, 200_000, true));
        assert!(!needs_approval(0, 0, false));
    }
}
