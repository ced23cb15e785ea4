use super::*;
use absah_schemas::codes::{Table, label};
use absah_types::PersonName;
use std::collections::{BTreeMap, BTreeSet};

fn families(n: usize, seed: u64) -> BTreeMap<NomorKk, Vec<Resident>> {
    let mut families: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for resident in population(n, seed) {
        families.entry(resident.no_kk).or_default().push(resident);
    }
    families
}

#[test]
fn has_exactly_as_many_rows_as_asked_and_repeats() {
    for n in [0, 1, 2, 3, 7, 500] {
        assert_eq!(population(n, 9).count(), n);
    }
    assert_eq!(csv(50, 1), csv(50, 1));
    assert_ne!(csv(50, 1), csv(50, 2));
    assert_eq!(csv(3, 1).lines().count(), 4);
}

#[test]
fn every_record_is_right_by_itself() {
    let today = Date::parse(EXTRACT_DAY).unwrap();
    for person in population(5_000, 3) {
        let row = format!("{person:?}");
        assert!(PersonName::parse(&person.name).is_ok(), "{row}");
        assert!(
            PersonName::parse(&person.mother).is_ok() && PersonName::parse(&person.father).is_ok(),
            "{row}"
        );
        assert!(person.birth <= today, "{row}");
        assert_eq!(person.nik.warnings(Some(person.birth), Some(person.sex)), [], "{row}");
        assert!(absah_schemas::regions::exists(person.nik.implies().region), "{row}");
        assert!(absah_schemas::regions::exists(person.village), "{row}");
        for (table, code) in [
            (Table::GolonganDarah, person.blood_group),
            (Table::Agama, person.religion),
            (Table::StatusPerkawinan, person.marital_status),
            (Table::HubunganKeluarga, person.relation),
            (Table::Pendidikan, person.education),
            (Table::Pekerjaan, person.occupation),
            (Table::Kewarganegaraan, person.citizenship),
            (Table::StatusDasar, person.status),
        ] {
            assert!(label(table, code).is_some(), "{table:?} {code}: {row}");
        }
    }
}

#[test]
fn every_family_is_whole() {
    let all = families(5_000, 4);
    let mut niks = BTreeSet::new();
    for (kk, family) in &all {
        assert_eq!(family.iter().filter(|person| person.relation == 1).count(), 1, "{kk}: one head");
        assert!(family.iter().all(|person| person.street == family[0].street), "{kk}: one address");
        for person in family {
            assert!(niks.insert(person.nik), "{kk}: NIK given twice");
            for (nik, sex) in [(person.mother_nik, Sex::Female), (person.father_nik, Sex::Male)] {
                let Some(nik) = nik else { continue };
                let parent =
                    family.iter().find(|other| other.nik == nik).expect("the parent is in the family");
                assert_eq!(parent.sex, sex);
                let age = parent.birth.age_on(person.birth);
                assert!((18..=60).contains(&age), "{kk}: parent of {age}");
            }
        }
    }
    assert!(all.len() > 1_200, "families of ordinary size: {}", all.len());
}

#[test]
fn cutting_the_last_family_short_leaves_it_whole() {
    for n in 1..200 {
        for family in families(n, 5).values() {
            assert_eq!(family.iter().filter(|person| person.relation == 1).count(), 1);
            assert!(
                family.iter().all(|p| p.mother_nik.is_none_or(|nik| family.iter().any(|m| m.nik == nik)))
            );
        }
    }
}

#[test]
fn a_resident_of_a_seed_is_grown_up() {
    for seed in 0..50 {
        let person = resident(seed);
        assert!(person.birth.age_on(Date::parse(EXTRACT_DAY).unwrap()) >= 20);
        assert_eq!(person.relation, 1);
    }
}
