//! Families and the numbers they are given.

use super::{EXTRACT_DAY, Resident, names};
use crate::SeededRng;
use absah_schemas::regions;
use absah_types::{Date, Nik, NomorKk, RegionCode, RtRw, Sex};
use std::collections::HashMap;

/// Youngest age at which people marry here, and oldest at which women give birth.
const MARRIAGE_AGE: i64 = 20;
const LAST_BIRTH_AGE: i64 = 42;

/// The town while its register is being written: which numbers are given away.
pub(super) struct Town {
    rng: SeededRng,
    today: Date,
    villages: Vec<RegionCode>,
    /// Districts of the province, where newcomers were first registered.
    elsewhere: Vec<RegionCode>,
    /// Last serial given for a district and six digits of a date.
    niks: HashMap<(RegionCode, u32), u16>,
    kks: HashMap<(RegionCode, u32), u16>,
    certificates: HashMap<Date, u16>,
}

/// What a person is before the numbers and the address are known.
struct Person {
    sex: Sex,
    birth: Date,
    relation: u16,
    marital_status: u16,
    /// Places of the mother and the father in the family.
    parents: (Option<usize>, Option<usize>),
}

impl Town {
    pub(super) fn new(rng: SeededRng) -> Self {
        let inside = |code: &str| {
            let code = RegionCode::parse(code).ok();
            code.into_iter().flat_map(regions::inside).map(|(code, _)| code)
        };
        Self {
            rng,
            today: Date::parse(EXTRACT_DAY).unwrap_or(Date::LAST),
            villages: inside(regions::MADIUN).flat_map(regions::inside).map(|(code, _)| code).collect(),
            elsewhere: inside("35").flat_map(regions::inside).map(|(code, _)| code).collect(),
            niks: HashMap::new(),
            kks: HashMap::new(),
            certificates: HashMap::new(),
        }
    }

    /// The next family, of at most `most` people; the head comes first.
    pub(super) fn family(&mut self, most: usize) -> Vec<Resident> {
        let mut people = self.people();
        // The end of the list are always people on whom nobody else's parents depend.
        people.truncate(most.max(1));
        self.register(people)
    }

    /// A day on which somebody completes `years` at the extract, give or take a year.
    fn born(&mut self, years: i64) -> Date {
        self.today.plus_days(-(years * 365 + self.rng.between(1, 364)))
    }

    fn people(&mut self) -> Vec<Person> {
        let age = self.rng.between(23, 85);
        let married = age < 75 && self.rng.percent(75);
        if married {
            return self.couple(age);
        }
        let sex = if self.rng.percent(70) { Sex::Female } else { Sex::Male };
        let alone = age < 40 && self.rng.percent(60);
        let marital_status = if alone { 1 } else { self.rng.pick(&[3, 4, 4, 4]) };
        let head = Person { sex, birth: self.born(age), relation: 1, marital_status, parents: (None, None) };
        let mut family = vec![head];
        if !alone {
            let (mother, father) = if sex == Sex::Female { (Some(0), None) } else { (None, Some(0)) };
            self.children(&mut family, 0, (mother, father), 4, 2);
        }
        family
    }

    /// A couple, perhaps with children, with a mother of one of them, or with grandchildren.
    fn couple(&mut self, age: i64) -> Vec<Person> {
        let wife_age = (age - self.rng.between(0, 6)).max(MARRIAGE_AGE + 1);
        let (husband, wife) = (self.born(age), self.born(wife_age));
        let mut family = vec![
            Person { sex: Sex::Male, birth: husband, relation: 1, marital_status: 2, parents: (None, None) },
            Person { sex: Sex::Female, birth: wife, relation: 3, marital_status: 2, parents: (None, None) },
        ];
        if wife_age >= 48 && self.rng.percent(15) {
            self.three_generations(&mut family);
            return family;
        }
        self.children(&mut family, 1, (Some(1), Some(0)), 4, 4);
        if age < 60 && self.rng.percent(12) {
            let (of, relation) = if self.rng.percent(60) { (0, 7) } else { (1, 8) };
            let grandmother = self.mother_of(family.get(of).map_or(husband, |person| person.birth));
            let at = family.len();
            family.push(Person { relation, ..grandmother });
            if let Some(child) = family.get_mut(of) {
                child.parents.0 = Some(at);
            }
        }
        family
    }

    fn mother_of(&mut self, child: Date) -> Person {
        let birth = child.plus_days(-self.rng.between(22 * 366, 34 * 365));
        Person { sex: Sex::Female, birth, relation: 7, marital_status: 4, parents: (None, None) }
    }

    /// A married child with spouse and grandchildren under the same roof.
    fn three_generations(&mut self, family: &mut Vec<Person>) {
        let Some(mother) = family.get(1).map(|wife| wife.birth) else { return };
        let sex = self.rng.pick(&[Sex::Male, Sex::Female]);
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let child = mother.plus_days(self.rng.between(21 * 366, 24 * 365));
        let spouse = child.plus_days(self.rng.between(-700, 700));
        family.push(Person {
            sex,
            birth: child,
            relation: 4,
            marital_status: 2,
            parents: (Some(1), Some(0)),
        });
        family.push(Person {
            sex: other,
            birth: spouse,
            relation: 5,
            marital_status: 2,
            parents: (None, None),
        });
        let parents = if sex == Sex::Female { (Some(2), Some(3)) } else { (Some(3), Some(2)) };
        self.children(family, parents.0.unwrap_or(1), parents, 6, 2);
    }

    /// Up to `most` unmarried children of the person at `parent`, at least a year and a half apart.
    fn children(
        &mut self,
        family: &mut Vec<Person>,
        parent: usize,
        parents: (Option<usize>, Option<usize>),
        relation: u16,
        most: i64,
    ) {
        let Some(parent) = family.get(parent).map(|person| person.birth) else { return };
        let mut birth = parent.plus_days(366 * MARRIAGE_AGE + self.rng.between(300, 3_000));
        let last = parent.plus_days(365 * LAST_BIRTH_AGE).min(self.today.plus_days(-30));
        for _ in 0..self.rng.between(0, most) {
            if birth > last {
                break;
            }
            // Who is past thirty has a family card of their own.
            if birth.age_on(self.today) <= 30 {
                let sex = self.rng.pick(&[Sex::Male, Sex::Female]);
                family.push(Person { sex, birth, relation, marital_status: 1, parents });
            }
            birth = birth.plus_days(self.rng.between(550, 2_200));
        }
    }

    /// Gives numbers, names and an address.
    fn register(&mut self, people: Vec<Person>) -> Vec<Resident> {
        let village = self.rng.pick(&self.villages);
        let street = names::street(&mut self.rng);
        let rt_rw = self.rt_rw();
        let religion = self.rng.pick(&[1, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
        let no_kk = self.no_kk(village, people.first().map_or(self.today, |head| head.birth));
        let named: Vec<(String, Nik)> =
            people.iter().map(|person| self.name_and_nik(person, village)).collect();
        let mut family = Vec::with_capacity(people.len());
        for (person, (name, nik)) in people.iter().zip(&named) {
            let (mother_nik, mother) = self.parent(person.parents.0, &named, Sex::Female);
            let (father_nik, father) = self.parent(person.parents.1, &named, Sex::Male);
            let age = person.birth.age_on(self.today);
            let education = self.education(age);
            let degree = if age >= 25 { names::degree(&mut self.rng, education) } else { "" };
            family.push(Resident {
                nik: *nik,
                no_kk,
                name: format!("{name}{degree}"),
                birth_place: names::town(&mut self.rng).to_owned(),
                birth: person.birth,
                sex: person.sex,
                blood_group: self.rng.pick(&[13, 13, 13, 13, 1, 2, 3, 4, 4, 11]),
                religion,
                marital_status: person.marital_status,
                relation: person.relation,
                education,
                occupation: self.occupation(age, person),
                citizenship: 1,
                mother_nik,
                mother,
                father_nik,
                father,
                street: street.clone(),
                rt_rw,
                village,
                birth_certificate: self.certificate(person.birth),
                status: 1,
                changed: self.changed(person.birth),
            });
        }
        family
    }

    fn rt_rw(&mut self) -> RtRw {
        let text = format!("{:03}/{:03}", self.rng.between(1, 9), self.rng.between(1, 12));
        // Well formed as written above.
        RtRw::parse(&text).unwrap_or_else(|_| unreachable!("three digits each"))
    }

    fn name_and_nik(&mut self, person: &Person, village: RegionCode) -> (String, Nik) {
        let here = village.parent().unwrap_or(village);
        // Who came later keeps the number of the place where they were first registered.
        let grown_up = person.birth.age_on(self.today) > 20;
        let first = if grown_up && self.rng.percent(15) { self.rng.pick(&self.elsewhere) } else { here };
        (names::name(&mut self.rng, person.sex), self.nik(first, person.birth, person.sex))
    }

    fn nik(&mut self, first: RegionCode, birth: Date, sex: Sex) -> Nik {
        let forty = if sex == Sex::Female { 40 } else { 0 };
        let date = six_digits(birth, forty);
        let district = next(&mut self.niks, (first, date));
        let text = format!("{}{date:06}{district:04}", first.digits());
        Nik::parse(&text).unwrap_or_else(|_| unreachable!("sixteen digits"))
    }

    fn no_kk(&mut self, village: RegionCode, head: Date) -> NomorKk {
        let district = village.parent().unwrap_or(village);
        let from = head.plus_years(21).days().max(Date::from_days(12_784).days());
        let recorded = Date::from_days(self.rng.between(from, self.today.days()));
        let date = six_digits(recorded, 0);
        let serial = next(&mut self.kks, (district, date));
        let text = format!("{}{date:06}{serial:04}", district.digits());
        NomorKk::parse(&text).unwrap_or_else(|_| unreachable!("sixteen digits"))
    }

    /// A parent in the family, else somebody of whom only the name is known.
    fn parent(&mut self, at: Option<usize>, named: &[(String, Nik)], sex: Sex) -> (Option<Nik>, String) {
        match at.and_then(|at| named.get(at)) {
            Some((name, nik)) => (Some(*nik), name.clone()),
            None => (None, names::name(&mut self.rng, sex)),
        }
    }

    fn education(&mut self, age: u16) -> u16 {
        match age {
            0..=6 => 1,
            7..=12 => 2,
            13..=15 => 3,
            16..=18 => 4,
            19..=22 => 5,
            _ => self.rng.pick(&[3, 4, 4, 5, 5, 5, 5, 6, 7, 8, 8, 9]),
        }
    }

    fn occupation(&mut self, age: u16, person: &Person) -> u16 {
        match age {
            0..=5 => 1,
            6..=22 => 3,
            60.. => self.rng.pick(&[4, 4, 1, 8, 9, 88]),
            _ if person.sex == Sex::Female && self.rng.percent(35) => 2,
            _ => self.rng.pick(&[5, 8, 9, 12, 15, 15, 15, 16, 18, 19, 65, 74, 81, 84, 88, 88]),
        }
    }

    /// Those born since 2008 have a certificate in the new form, drawn within two months.
    fn certificate(&mut self, birth: Date) -> String {
        if birth.year() < 2008 {
            return String::new();
        }
        let drawn = birth.plus_days(self.rng.between(3, 60)).min(self.today);
        let serial = next(&mut self.certificates, drawn);
        format!("3577-LU-{:02}{:02}{:04}-{serial:04}", drawn.day(), drawn.month(), drawn.year())
    }

    /// Time of the last change, in the town's own time.
    fn changed(&mut self, birth: Date) -> String {
        let from = birth.days().max(Date::from_days(15_340).days());
        let day = Date::from_days(self.rng.between(from, self.today.days()));
        let (hour, minute, second) = (self.rng.between(7, 15), self.rng.below(60), self.rng.below(60));
        format!("{day}T{hour:02}:{minute:02}:{second:02}+07:00")
    }
}

/// The six digits of a date in a number: day (plus forty for women), month, year.
fn six_digits(date: Date, forty: u8) -> u32 {
    let (day, month) = (u32::from(date.day() + forty), u32::from(date.month()));
    day * 10_000 + month * 100 + u32::from(date.year() % 100)
}

/// The next serial number, from 0001.
fn next<K: std::hash::Hash + Eq>(given: &mut HashMap<K, u16>, key: K) -> u16 {
    let serial = given.entry(key).or_default();
    *serial += 1;
    *serial
}
