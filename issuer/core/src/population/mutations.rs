//! One defect at a time in an otherwise clean extract: it is found under its code, and nothing else is said.

use absah_testkit::{SeededRng, population};

use super::*;
use Column::*;
use ProblemCode::*;

type Rows = Vec<Vec<String>>;

/// What a defect must give: findings by row and code, and codes that may stand on a row beside them.
#[derive(Default)]
struct Expected {
    found: Vec<(usize, ProblemCode)>,
    also: Vec<(usize, ProblemCode)>,
    /// A row about which anything may be said: its cells have moved.
    anything: Option<usize>,
}

fn one(row: usize, code: ProblemCode) -> Option<Expected> {
    Some(Expected { found: vec![(row, code)], ..Expected::default() })
}

struct Extract {
    rows: Rows,
    rng: SeededRng,
}

impl Extract {
    fn new(seed: u64) -> Self {
        let rows = population::population(150, seed).map(|resident| resident.cells().to_vec()).collect();
        Self { rows, rng: SeededRng::new(seed) }
    }

    fn cell(&self, row: usize, column: Column) -> &str {
        &self.rows[row][column as usize]
    }

    fn set(&mut self, row: usize, column: Column, text: impl Into<String>) {
        self.rows[row][column as usize] = text.into();
    }

    fn any(&mut self) -> usize {
        usize::try_from(self.rng.below(self.rows.len() as u64)).unwrap()
    }

    fn any_where(&mut self, holds: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        for _ in 0..500 {
            let row = self.any();
            if holds(self, row) {
                return Some(row);
            }
        }
        None
    }

    fn family(&self, row: usize) -> Vec<usize> {
        let same = |other: &usize| self.cell(*other, NoKk) == self.cell(row, NoKk);
        (0..self.rows.len()).filter(same).collect()
    }

    fn head_of_several(&mut self) -> Option<usize> {
        self.any_where(|extract, row| extract.cell(row, StatHbkel) == "1" && extract.family(row).len() > 1)
    }

    /// A copy of a row in another family, as one of its other relatives.
    fn moved_into(&mut self, row: usize, other: usize) -> usize {
        let mut copy = self.rows[row].clone();
        for column in [NoKk, Alamat, NoRt, NoRw, NoKel, NoKec] {
            copy[column as usize] = self.cell(other, column).to_owned();
        }
        copy[StatHbkel as usize] = "9".to_owned();
        self.rows.push(copy);
        self.rows.len() - 1
    }

    fn bytes(&self) -> Vec<u8> {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n";
        let header = Column::ALL.map(Column::name).join(",") + "\n";
        (header + &self.rows.iter().map(line).collect::<String>()).into_bytes()
    }
}

type Defect = (&'static str, fn(&mut Extract) -> Option<Expected>);

const DEFECTS: &[Defect] = &[
    ("nothing", |_| Some(Expected::default())),
    ("NIK of 15 digits", |e| {
        let row = e.any();
        let text = e.cell(row, Nik)[..15].to_owned();
        e.set(row, Nik, text);
        one(row, NikFormat)
    }),
    ("NIK with the letter O", |e| {
        let row = e.any_where(|e, row| e.cell(row, Nik).contains('0'))?;
        let text = e.cell(row, Nik).replacen('0', "O", 1);
        e.set(row, Nik, text);
        one(row, NikFormat)
    }),
    ("NIK as a spreadsheet writes it", |e| {
        let row = e.any();
        let text = format!("{}.{}E+15", &e.cell(row, Nik)[..1], &e.cell(row, Nik)[1..6]);
        e.set(row, Nik, text);
        one(row, ScientificNumber)
    }),
    ("family card number torn", |e| {
        let row = e.any();
        e.set(row, NoKk, "35770218");
        one(row, KkFormat)
    }),
    ("somebody else's NIK", |e| {
        let row = e.any();
        let sex = e.cell(row, JenisKlmin).to_owned();
        let birth = e.cell(row, TglLhr).to_owned();
        let family = e.family(row);
        let other = e.any_where(|e, other| {
            e.cell(other, JenisKlmin) == sex && e.cell(other, TglLhr) != birth && !family.contains(&other)
        })?;
        let nik = e.cell(row, Nik).to_owned();
        e.set(other, Nik, nik);
        let found = vec![(row, NikDuplicate), (other, NikDuplicate), (other, NikDobMismatch)];
        Some(Expected { found, ..Expected::default() })
    }),
    ("one person in two families", |e| {
        let (row, other) = (e.any(), e.any());
        let copy = e.moved_into(row, other);
        Some(Expected { found: vec![(row, NikDuplicate), (copy, NikDuplicate)], ..Expected::default() })
    }),
    ("one person under two NIK", |e| {
        let (row, other) = (e.any(), e.any());
        let copy = e.moved_into(row, other);
        let nik = format!("{}9876", &e.cell(copy, Nik)[..12]);
        e.set(copy, Nik, nik);
        let name = format!("H. {}", e.cell(copy, NamaLgkp).split(',').next().unwrap());
        if name.len() > 60 {
            return None;
        }
        e.set(copy, NamaLgkp, name);
        Some(Expected { found: vec![(row, PersonDuplicate), (copy, PersonDuplicate)], ..Expected::default() })
    }),
    ("birth date a day off", |e| {
        let row = e.any();
        let date = Date::parse_dmy(e.cell(row, TglLhr)).unwrap().plus_days(-1);
        e.set(row, TglLhr, date.to_dmy());
        one(row, NikDobMismatch)
    }),
    ("birth date 30 years off", |e| {
        let row = e.any();
        let date = Date::parse_dmy(e.cell(row, TglLhr)).unwrap();
        let other = Date::new(date.year() - 30, date.month(), date.day().min(28)).unwrap();
        e.set(row, TglLhr, other.to_dmy());
        let also = vec![(row, BirthDateTooOld)];
        Some(Expected { found: vec![(row, NikDobMismatch)], also, anything: None })
    }),
    ("birth date with day and month exchanged", |e| {
        let row = e.any_where(|e, row| e.cell(row, TglLhr)[..2] != e.cell(row, TglLhr)[3..5])?;
        let date = e.cell(row, TglLhr).to_owned();
        e.set(row, TglLhr, format!("{}-{}-{}", &date[3..5], &date[..2], &date[6..]));
        one(row, if date[..2].parse::<u8>().unwrap() > 12 { BirthDateImpossible } else { NikDobMismatch })
    }),
    ("birth date in the future, NIK agreeing", |e| {
        let row = e.any();
        let date = e.cell(row, TglLhr).to_owned();
        e.set(row, TglLhr, format!("{}2031", &date[..6]));
        let nik = format!("{}31{}", &e.cell(row, Nik)[..10], &e.cell(row, Nik)[12..]);
        e.set(row, Nik, nik);
        one(row, BirthDateFuture)
    }),
    ("woman's NIK without the 40", |e| {
        let row = e.any_where(|e, row| e.cell(row, JenisKlmin) == "2")?;
        let nik = e.cell(row, Nik).to_owned();
        let day = nik[6..8].parse::<u8>().unwrap() - 40;
        e.set(row, Nik, format!("{}{day:02}{}7", &nik[..6], &nik[8..15]));
        one(row, NikSexMismatch)
    }),
    ("NIK of no district", |e| {
        let row = e.any();
        let nik = format!("357704{}", &e.cell(row, Nik)[6..]);
        e.set(row, Nik, nik);
        one(row, RegionUnknown)
    }),
    ("no such kelurahan", |e| {
        let row = e.any();
        e.set(row, NoKel, "1099");
        one(row, RegionUnknown)
    }),
    ("head coded as husband", |e| {
        let row = e.any_where(|e, row| e.cell(row, StatHbkel) == "1")?;
        e.set(row, StatHbkel, "2");
        let found = e.family(row).into_iter().map(|row| (row, KkNoHead)).collect();
        Some(Expected { found, ..Expected::default() })
    }),
    ("head's row gone", |e| {
        let row = e.head_of_several()?;
        e.rows.remove(row);
        let found = e.family(row).into_iter().map(|row| (row, KkNoHead)).collect();
        Some(Expected { found, ..Expected::default() })
    }),
    ("head's relation unknown", |e| {
        let row = e.any_where(|e, row| e.cell(row, StatHbkel) == "1")?;
        e.set(row, StatHbkel, "12");
        one(row, CodeUnknown)
    }),
    ("two heads", |e| {
        let head = e.head_of_several()?;
        let other = *e.family(head).iter().find(|row| **row != head)?;
        e.set(other, StatHbkel, "1");
        Some(Expected { found: vec![(head, KkTwoHeads), (other, KkTwoHeads)], ..Expected::default() })
    }),
    ("dead head", |e| {
        let row = e.head_of_several()?;
        e.set(row, StatusDasar, "2");
        one(row, HeadDead)
    }),
    ("moved away", |e| {
        let row = e.any_where(|e, row| e.cell(row, StatHbkel) != "1")?;
        e.set(row, StatusDasar, "3");
        one(row, StatusMoved)
    }),
    ("no name", |e| {
        let row = e.any();
        e.set(row, NamaLgkp, "");
        one(row, NameEmpty)
    }),
    ("digit in the name", |e| {
        let row = e.any();
        let name = format!("{}1", e.cell(row, NamaLgkp));
        e.set(row, NamaLgkp, name);
        let also = vec![(row, NameTooLong)];
        Some(Expected { found: vec![(row, NameDigits)], also, anything: None })
    }),
    ("long name", |e| {
        let row = e.any();
        let name = format!("{} {}", e.cell(row, NamaLgkp), "SUKMA".repeat(13));
        e.set(row, NamaLgkp, name);
        one(row, NameTooLong)
    }),
    ("garbled text", |e| {
        let row = e.any();
        let column = e.rng.pick(&[NamaLgkp, TmptLhr, Alamat, NamaLgkpIbu, NamaLgkpAyah]);
        let text = format!("{}Ã‰", e.cell(row, column));
        e.set(row, column, text);
        one(row, Mojibake)
    }),
    ("blanks around", |e| {
        let row = e.any();
        let column = e.rng.pick(&[Nik, NoKk, NamaLgkp, TmptLhr, TglLhr, Agama, Alamat, NoKel, StatusDasar]);
        let text = format!("{} \u{a0}", e.cell(row, column));
        e.set(row, column, text);
        one(row, TrailingSpace)
    }),
    ("broken line", |e| {
        let row = e.any_where(|e, row| e.cell(row, Alamat).contains(' '))?;
        let text = e.cell(row, Alamat).replacen(' ', "\n", 1);
        e.set(row, Alamat, text);
        one(row, EmbeddedNewline)
    }),
    ("code outside its table", |e| {
        let row = e.any();
        let column = e.rng.pick(&[
            JenisKlmin,
            GolDrh,
            Agama,
            StatKwn,
            StatHbkel,
            PddkAkh,
            JenisPkrjn,
            Kwrngrn,
            StatusDasar,
        ]);
        let text = e.rng.pick(&["0", "99", "X", "", "-"]);
        e.set(row, column, text);
        one(row, CodeUnknown)
    }),
    ("a cell less", |e| {
        let row = e.any();
        let gone = usize::try_from(e.rng.below(27)).unwrap();
        e.rows[row].remove(gone);
        Some(Expected { found: vec![(row, MissingCell)], also: vec![], anything: Some(row) })
    }),
    ("a cell more", |e| {
        let row = e.any();
        let place = usize::try_from(e.rng.below(28)).unwrap();
        e.rows[row].insert(place, "X".to_owned());
        Some(Expected { found: vec![(row, ExtraCell)], also: vec![], anything: Some(row) })
    }),
    ("child before its mother, NIK agreeing", |e| {
        let row = e.any_where(|e, row| {
            let mother = e.cell(row, NikIbu);
            e.rows.iter().any(|other| other[Nik as usize] == mother)
        })?;
        let mother = e.rows.iter().position(|other| other[Nik as usize] == e.cell(row, NikIbu))?;
        let birth = Date::parse_dmy(e.cell(mother, TglLhr)).unwrap();
        let year = birth.year() - 3;
        let date = e.cell(row, TglLhr).to_owned();
        Date::new(year, date[3..5].parse().unwrap(), date[..2].parse().unwrap()).ok()?;
        e.set(row, TglLhr, format!("{}{year}", &date[..6]));
        let nik = format!("{}{:02}{}", &e.cell(row, Nik)[..10], year % 100, &e.cell(row, Nik)[12..]);
        e.set(row, Nik, nik);
        let also = [ChildOlderThanFather, ParentTooYoung, AgeStatusConflict, AktaDateConflict];
        let also = also.into_iter().map(|code| (row, code)).collect();
        Some(Expected { found: vec![(row, ChildOlderThanMother)], also, anything: None })
    }),
    ("a younger brother as mother", |e| {
        let row = e.any_where(|e, row| e.cell(row, StatHbkel) == "4")?;
        let birth = Date::parse_dmy(e.cell(row, TglLhr)).unwrap();
        let younger = e.family(row).into_iter().find(|other| {
            e.cell(*other, StatHbkel) == "4" && Date::parse_dmy(e.cell(*other, TglLhr)).unwrap() > birth
        })?;
        let nik = e.cell(younger, Nik).to_owned();
        e.set(row, NikIbu, nik);
        Some(Expected {
            found: vec![(row, ChildOlderThanMother)],
            also: vec![(row, ParentSexConflict)],
            anything: None,
        })
    }),
];

#[test]
fn each_defect_alone() {
    let rules = Rules::madiun(Date::parse("2026-11-22").unwrap());
    let mut tried = 0;
    for (name, defect) in DEFECTS {
        for seed in 1..12 {
            let mut extract = Extract::new(seed);
            let Some(expected) = defect(&mut extract) else { continue };
            tried += 1;
            let checked = check(&extract.bytes(), rules);
            let index = |row: u32| usize::try_from(row).unwrap().wrapping_sub(1);
            let found: Vec<_> = checked.problems.iter().map(|p| (index(p.row), p.code)).collect();
            for finding in &expected.found {
                assert!(
                    found.contains(finding) || expected.also.iter().any(|also| found.contains(also)),
                    "{name}, seed {seed}: {finding:?} is missing in {found:?}: {:?}",
                    extract.rows[finding.0]
                );
            }
            for finding in &found {
                let fine = expected.found.contains(finding)
                    || expected.also.contains(finding)
                    || expected.anything == Some(finding.0);
                assert!(fine, "{name}, seed {seed}: {finding:?} is false: {:?}", extract.rows.get(finding.0));
            }
        }
    }
    assert!(tried > 9 * DEFECTS.len(), "most defects could be made: {tried}");
}
