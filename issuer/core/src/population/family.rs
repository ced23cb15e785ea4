//! What only several records together show: numbers given twice, families without a head, parents younger than
//! their children.

use std::hash::{DefaultHasher, Hash, Hasher};

use absah_types::{Date, FamilyRelation, Nik, NomorKk, PopulationStatus, Sex};

use super::column::Column;
use super::problem::{Problem, ProblemCode};
use super::record::Reading;

/// Below this age nobody is a parent.
const PARENT_MIN_YEARS: u16 = 12;
/// Above this age a woman is not expected to give birth.
const MOTHER_MAX_YEARS: u16 = 55;
/// Above this age a man is not expected to become a father.
const FATHER_MAX_YEARS: u16 = 80;

/// What is kept of a record: numbers only, about a hundred bytes.
#[derive(Debug, Clone, Copy)]
struct Person {
    nik: Option<Nik>,
    no_kk: Option<NomorKk>,
    birth: Option<Date>,
    /// Whether the NIK confirms the birth date.
    birth_agrees: bool,
    sex: Option<Sex>,
    relation: Option<FamilyRelation>,
    status: Option<PopulationStatus>,
    mother: Option<Nik>,
    father: Option<Nik>,
    /// Digest of name, birth date and mother's name, as compared.
    same_person: Option<u64>,
    /// Digest of the address, as compared.
    address: Option<u64>,
}

impl Person {
    fn is(&self, status: PopulationStatus) -> bool {
        self.status == Some(status)
    }

    fn living(&self) -> bool {
        self.is(PopulationStatus::Living)
    }

    fn head(&self) -> bool {
        self.relation == Some(FamilyRelation::HEAD)
    }
}

/// All records of a file, as far as they concern each other.
#[derive(Debug, Default)]
pub(super) struct Families {
    people: Vec<Person>,
    /// Families that are not whole, whatever their records say by themselves.
    not_whole: Vec<NomorKk>,
}

fn digest(parts: impl Hash) -> u64 {
    // A digest for comparing within one run; its keys are fixed, its output is never stored.
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Families {
    /// Takes note of a record; rows come in order from 1.
    pub(super) fn add(&mut self, row: u32, reading: &Reading) {
        debug_assert_eq!(usize::try_from(row), Ok(self.people.len() + 1));
        let same_person = match (&reading.nama, reading.tanggal_lahir, &reading.nama_ibu) {
            (Some(name), Some(birth), Some(mother)) => {
                Some(digest((name.comparison_form(), birth, mother.comparison_form())))
            }
            _ => None,
        };
        let address = match (&reading.alamat, reading.rt_rw, reading.wilayah) {
            (Some(street), Some(rt_rw), Some(region)) => Some(digest((street.to_uppercase(), rt_rw, region))),
            _ => None,
        };
        self.people.push(Person {
            nik: reading.nik,
            no_kk: reading.no_kk,
            birth: reading.tanggal_lahir,
            birth_agrees: reading.birth_agrees,
            sex: reading.jenis_kelamin,
            relation: reading.hubungan,
            status: reading.status_dasar,
            mother: reading.nik_ibu,
            father: reading.nik_ayah,
            same_person,
            address,
        });
    }

    /// Everything that several records together show.
    pub(super) fn judge(&mut self, problems: &mut Vec<Problem>) {
        let by_nik = self.sorted(|person| person.nik);
        self.duplicates(&by_nik, problems);
        self.same_people(problems);
        self.parents(&by_nik, problems);
        let by_kk = self.sorted(|person| person.no_kk);
        let mut dead_heads = Vec::new();
        for family in by_kk.chunk_by(|(one, _), (other, _)| one == other) {
            let rows: Vec<u32> = family.iter().map(|(_, row)| *row).collect();
            self.heads(&rows, &mut dead_heads, problems);
            self.addresses(&rows, problems);
        }
        self.statuses(&dead_heads, problems);
    }

    /// Families with an error in any record, or not whole; ascending and each once.
    pub(super) fn incomplete(&self, refused: &[bool]) -> Vec<NomorKk> {
        let of_refused = self.people.iter().zip(refused).filter(|(_, refused)| **refused);
        let mut families: Vec<_> = of_refused.filter_map(|(person, _)| person.no_kk).collect();
        families.extend(&self.not_whole);
        families.sort_unstable();
        families.dedup();
        families
    }

    /// The people of refused records, ascending and each once.
    pub(super) fn refused(&self, refused: &[bool]) -> Vec<(Nik, NomorKk)> {
        let of_refused = self.people.iter().zip(refused).filter(|(_, refused)| **refused);
        let mut people: Vec<_> = of_refused.filter_map(|(person, _)| person.nik.zip(person.no_kk)).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn person(&self, row: u32) -> Option<&Person> {
        self.people.get(usize::try_from(row).ok()?.checked_sub(1)?)
    }

    fn rows(&self) -> impl Iterator<Item = (u32, &Person)> {
        (1..).zip(&self.people)
    }

    /// Rows by a key, those without it left out.
    fn sorted<K: Ord>(&self, key: impl Fn(&Person) -> Option<K>) -> Vec<(K, u32)> {
        let mut rows: Vec<_> = self.rows().filter_map(|(row, person)| Some((key(person)?, row))).collect();
        rows.sort_unstable();
        rows
    }

    fn duplicates(&self, by_nik: &[(Nik, u32)], problems: &mut Vec<Problem>) {
        for same in by_nik.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1) {
            for (_, row) in same {
                problems.push(Problem::new(*row, Some(Column::Nik), ProblemCode::NikDuplicate));
            }
        }
    }

    fn same_people(&self, problems: &mut Vec<Problem>) {
        let by_person = self.sorted(|person| person.same_person.zip(person.nik));
        for same in by_person.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            let different =
                same.windows(2).any(|pair| matches!(pair, [((_, one), _), ((_, other), _)] if one != other));
            if different {
                for (_, row) in same {
                    problems.push(Problem::new(*row, Some(Column::Nik), ProblemCode::PersonDuplicate));
                }
            }
        }
    }

    fn parents(&self, by_nik: &[(Nik, u32)], problems: &mut Vec<Problem>) {
        for (row, child) in self.rows() {
            let named =
                [(Column::NikIbu, child.mother, Sex::Female), (Column::NikAyah, child.father, Sex::Male)];
            for (column, nik, sex) in named {
                let Some(nik) = nik else { continue };
                if child.nik == Some(nik) {
                    problems.push(Problem::new(row, Some(column), ProblemCode::ParentIsSelf));
                    continue;
                }
                // A number given to several people names nobody.
                let first = by_nik.partition_point(|(other, _)| *other < nik);
                let mut found = by_nik.iter().skip(first).take_while(|(other, _)| *other == nik);
                if let (Some((_, parent)), None) = (found.next(), found.next())
                    && let Some(parent) = self.person(*parent)
                {
                    problems.extend(parent_problem(row, child, parent, column, sex));
                }
            }
        }
    }

    fn heads(&mut self, rows: &[u32], dead_heads: &mut Vec<u32>, problems: &mut Vec<Problem>) {
        let family: Vec<(u32, Person)> =
            rows.iter().filter_map(|row| Some((*row, *self.person(*row)?))).collect();
        let heads: Vec<_> = family.iter().filter(|(_, person)| person.head()).collect();
        let living_heads: Vec<_> = heads.iter().filter(|(_, person)| person.living()).collect();
        let anyone_left = family.iter().any(|(_, person)| person.living());
        let mut whole = true;
        if let [(_, first), rest @ ..] = living_heads.as_slice()
            && rest.iter().any(|(_, other)| other.nik != first.nik || other.nik.is_none())
        {
            whole = false;
            for (row, _) in &living_heads {
                problems.push(Problem::new(*row, Some(Column::StatHbkel), ProblemCode::KkTwoHeads));
            }
        }
        if anyone_left && living_heads.is_empty() {
            whole = false;
            for (row, _) in heads.iter().filter(|(_, person)| person.is(PopulationStatus::Dead)) {
                dead_heads.push(*row);
                problems.push(Problem::new(*row, Some(Column::StatusDasar), ProblemCode::HeadDead));
            }
            if heads.is_empty() && !self.head_may_be_hidden(rows, &family) {
                for (row, _) in &family {
                    problems.push(Problem::new(*row, Some(Column::NoKk), ProblemCode::KkNoHead));
                }
            }
        }
        if !whole && let Some((_, Person { no_kk: Some(no_kk), .. })) = family.first() {
            self.not_whole.push(*no_kk);
        }
    }

    /// Whether a record that cannot be read may be the head: then the fault was named there already.
    fn head_may_be_hidden(&self, rows: &[u32], family: &[(u32, Person)]) -> bool {
        let beside = |row: Option<u32>| {
            let person = row.and_then(|row| self.person(row));
            person.is_some_and(|person| {
                person.no_kk.is_none()
                    && person.relation.is_none_or(|relation| relation == FamilyRelation::HEAD)
            })
        };
        family.iter().any(|(_, person)| person.relation.is_none())
            || beside(rows.first().and_then(|row| row.checked_sub(1)))
            || beside(rows.last().and_then(|row| row.checked_add(1)))
    }

    /// One family, one address: whoever differs from the most common one is named.
    fn addresses(&self, rows: &[u32], problems: &mut Vec<Problem>) {
        let mut known: Vec<(u64, u32)> = rows
            .iter()
            .filter_map(|row| Some((self.person(*row).filter(|person| person.living())?.address?, *row)))
            .collect();
        known.sort_unstable();
        let groups = known.chunk_by(|(one, _), (other, _)| one == other);
        let has_head =
            |group: &[(u64, u32)]| group.iter().any(|(_, row)| self.person(*row).is_some_and(Person::head));
        let Some(common) = groups.clone().max_by_key(|group| (group.len(), has_head(group))) else { return };
        let Some((common, _)) = common.first() else { return };
        for (_, row) in known.iter().filter(|(address, _)| address != common) {
            problems.push(Problem::new(*row, Some(Column::Alamat), ProblemCode::KkAddress));
        }
    }

    fn statuses(&self, dead_heads: &[u32], problems: &mut Vec<Problem>) {
        for (row, person) in self.rows() {
            let code = match person.status {
                Some(PopulationStatus::Dead) if !dead_heads.contains(&row) => ProblemCode::StatusDead,
                Some(PopulationStatus::Moved) => ProblemCode::StatusMoved,
                Some(PopulationStatus::Missing) => ProblemCode::StatusLost,
                _ => continue,
            };
            problems.push(Problem::new(row, Some(Column::StatusDasar), code));
        }
    }
}

/// What is wrong between a child and the record its parent's NIK leads to.
fn parent_problem(row: u32, child: &Person, parent: &Person, column: Column, sex: Sex) -> Option<Problem> {
    let mother = column == Column::NikIbu;
    let young = child.birth.zip(parent.birth).filter(|(child, parent)| child <= parent);
    if young.is_some() && child.birth_agrees && parent.birth_agrees {
        let code = if mother { ProblemCode::ChildOlderThanMother } else { ProblemCode::ChildOlderThanFather };
        // A child of the family cannot be meant as parent: then the link is wrong, otherwise the date.
        let wrong_link = child.no_kk == parent.no_kk && parent.relation == Some(FamilyRelation::CHILD);
        let at = if wrong_link { column } else { Column::TglLhr };
        return Some(Problem::new(row, Some(at), code));
    }
    if parent.sex.is_some_and(|found| found != sex) {
        return Some(Problem::new(row, Some(column), ProblemCode::ParentSexConflict));
    }
    // With a date already in doubt an age says nothing.
    let (child, parent) =
        child.birth.zip(parent.birth).filter(|_| child.birth_agrees && parent.birth_agrees)?;
    let age = parent.age_on(child);
    let limit = if mother { MOTHER_MAX_YEARS } else { FATHER_MAX_YEARS };
    let code = match age {
        _ if age < PARENT_MIN_YEARS => ProblemCode::ParentTooYoung,
        _ if age > limit => ProblemCode::ParentTooOld,
        _ => return None,
    };
    Some(Problem::new(row, Some(column), code))
}
