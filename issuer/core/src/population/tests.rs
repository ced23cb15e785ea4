//! The sample extracts, and a catalogue of what else arrives.

use std::collections::{BTreeMap, BTreeSet};

use absah_testkit::shared_dir;

use super::*;

fn rules() -> Rules {
    Rules::madiun(Date::parse("2026-11-22").unwrap())
}

/// The bytes of a sample, or a word on why the test says nothing.
fn sample(name: &str) -> Option<Vec<u8>> {
    let found = shared_dir().map(|dir| dir.join("data/ikd").join(name)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: {name} is not here");
    }
    found.map(|path| std::fs::read(path).unwrap())
}

#[test]
fn the_clean_extract_is_clean() {
    let Some(bytes) = sample("madiun-2000.csv") else { return };
    let checked = check(&bytes, rules());
    for problem in &checked.problems {
        println!("{problem}");
    }
    assert_eq!((checked.rows, checked.imported(), checked.skipped()), (2000, 2000, 0));
    assert!(!checked.has_errors());
    assert_eq!(checked.problems, []);
    assert!(checked.incomplete_families.is_empty());
    assert_eq!(checked.residents(&bytes).count(), 2000);
}

/// One labelled defect of the dirty extract.
struct Label {
    row: u32,
    column: String,
    code: String,
    group: String,
    also: BTreeSet<String>,
}

fn labels(csv: &[u8]) -> Vec<Label> {
    let mut records = Records::new(csv, 0, b',', 8);
    let mut record = Record::default();
    records.read(&mut record);
    let mut labels = Vec::new();
    while records.read(&mut record) {
        let text = |cell| String::from_utf8(record.cell(cell).to_vec()).unwrap();
        labels.push(Label {
            row: text(0).parse().unwrap(),
            column: text(2),
            code: text(3),
            group: text(5),
            also: text(6).split(';').map(str::to_owned).collect(),
        });
    }
    labels
}

#[test]
fn the_dirty_extract_is_understood() {
    let (Some(bytes), Some(csv)) = (sample("madiun-dirty-300.csv"), sample("madiun-dirty-300.problems.csv"))
    else {
        return;
    };
    let labels = labels(&csv);
    let checked = check(&bytes, rules());
    assert_eq!(checked.rows, checked.imported() + checked.skipped());
    let found: BTreeSet<(u32, &str)> = checked.problems.iter().map(|p| (p.row, p.code.as_str())).collect();
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for label in &labels {
        *groups.entry(&label.group).or_default() |= found.contains(&(label.row, label.code.as_str()));
    }
    let missed: Vec<_> = groups.iter().filter(|(_, found)| !**found).collect();
    let mut wrong = Vec::new();
    for problem in &checked.problems {
        let here = || labels.iter().filter(|label| label.row == problem.row);
        let code = problem.code.as_str();
        let labelled =
            here().any(|label| label.code == code || label.also.contains(code) || label.also.contains("*"));
        if !labelled {
            wrong.push(problem.to_string());
        }
    }
    let other_column: Vec<_> = labels
        .iter()
        .filter(|label| {
            checked.problems.iter().any(|p| p.row == label.row && p.code.as_str() == label.code)
                && !checked.problems.iter().any(|p| {
                    p.row == label.row
                        && p.code.as_str() == label.code
                        && p.column.map_or("", Column::name) == label.column
                })
        })
        .map(|label| (label.row, &label.code, &label.column))
        .collect();
    println!("{} of {} groups; missed {missed:?}", groups.len() - missed.len(), groups.len());
    println!("{} findings, wrong: {wrong:#?}; another column: {other_column:?}", checked.problems.len());
    assert!(missed.len() * 20 <= groups.len(), "at least 95 % of the groups");
    assert!(wrong.len() * 20 < checked.problems.len(), "less than 5 % false findings");
    for label in &labels {
        let severity = checked.problems.iter().find(|p| p.row == label.row && p.code.as_str() == label.code);
        let Some(problem) = severity else { continue };
        let written = String::from_utf8_lossy(&csv).into_owned();
        let line = written.lines().find(|line| {
            line.starts_with(&format!("{},", label.row)) && line.contains(&format!(",{},", label.code))
        });
        assert!(line.unwrap().contains(problem.severity.as_str()), "{problem}");
    }
}

const GOOD: [&str; 27] = [
    "3577026207650001",
    "3577021810150001",
    "HJ. DIAN ASTUTIK",
    "MADIUN",
    "22-07-1965",
    "2",
    "13",
    "1",
    "4",
    "1",
    "3",
    "1",
    "1",
    "3519045201460001",
    "INDAH MARIYATI",
    "",
    "NGATNO",
    "JL. SALAK NO. 105A",
    "001",
    "006",
    "1001",
    "02",
    "77",
    "35",
    "277/DIS/1985",
    "1",
    "2020-02-17T13:41:01+07:00",
];

fn header() -> String {
    Column::ALL.map(Column::name).join(",")
}

/// The good record with some cells replaced.
fn record(cells: &[(Column, &str)]) -> String {
    let mut record = GOOD.map(str::to_owned);
    for (column, text) in cells {
        record[*column as usize] = (*text).to_owned();
    }
    record
        .map(|cell| {
            if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        })
        .join(",")
}

fn file(records: &[String]) -> Vec<u8> {
    let mut lines = vec![header()];
    lines.extend_from_slice(records);
    (lines.join("\n") + "\n").into_bytes()
}

fn said(bytes: &[u8]) -> Vec<(u32, Option<Column>, ProblemCode)> {
    let checked = check(bytes, rules());
    assert_eq!(checked.rows, checked.imported() + checked.skipped());
    assert_eq!(u32::try_from(checked.residents(bytes).count()).unwrap(), checked.imported());
    checked.problems.iter().map(|p| (p.row, p.column, p.code)).collect()
}

/// What one changed cell of the good record gives, beside the good record itself.
#[test]
fn hostile_cells() {
    use Column::*;
    use ProblemCode::*;
    assert_eq!(said(&file(&[record(&[])])), []);
    let long_name = "SITI ".repeat(13) + "SITI";
    let cases: &[(Column, &str, Option<ProblemCode>)] = &[
        (Nik, "", Some(NikFormat)),
        (Nik, "357702620765000", Some(NikFormat)),
        (Nik, "35770262076500011", Some(NikFormat)),
        (Nik, "3577 0262 0765 0001", Some(NikFormat)),
        (Nik, "35770262O7650001", Some(NikFormat)),
        (Nik, "'3577026207650001", Some(NikFormat)),
        (Nik, "3577026207650001.0", Some(NikFormat)),
        (Nik, "３５７７０２６２０７６５０００１", Some(NikFormat)),
        (Nik, "3.57703E+15", Some(ScientificNumber)),
        (Nik, "3,57703E+15", Some(ScientificNumber)),
        (Nik, "3577026207650000", Some(NikFormat)),
        (Nik, " 3577026207650001", Some(TrailingSpace)),
        (Nik, "3577026207650001\u{a0}", Some(TrailingSpace)),
        (Nik, "3577046207650001", Some(RegionUnknown)),
        (Nik, "9999016207650001", Some(RegionUnknown)),
        (Nik, "3577022207650001", Some(NikSexMismatch)),
        (Nik, "3577026307650001", Some(NikDobMismatch)),
        (NoKk, "", Some(KkFormat)),
        (NoKk, "3.57702E+15", Some(ScientificNumber)),
        (NoKk, "357702181015000", Some(KkFormat)),
        (NoKk, "3577991810150001", Some(RegionUnknown)),
        (NamaLgkp, "", Some(NameEmpty)),
        (NamaLgkp, "D1AN ASTUTIK", Some(NameDigits)),
        (NamaLgkp, "DIAN <B>ASTUTIK</B>", Some(NameChars)),
        (NamaLgkp, "=CMD|' /C CALC'!A0", Some(NameDigits)),
        (NamaLgkp, "@SUM(A)", Some(NameChars)),
        (NamaLgkp, "'; DROP TABLE WARGA; --", Some(NameChars)),
        (NamaLgkp, "ANDR?", Some(NameChars)),
        (NamaLgkp, "ANDRÃ‰", Some(Mojibake)),
        (NamaLgkp, "MAâ€™RUF", Some(Mojibake)),
        (NamaLgkp, "ANDR\u{fffd}", Some(Mojibake)),
        (NamaLgkp, &long_name, Some(NameTooLong)),
        (NamaLgkp, "DIAN  ASTUTIK", Some(InnerSpace)),
        (NamaLgkp, "DIAN\u{a0}ASTUTIK", Some(InnerSpace)),
        (NamaLgkp, "DIAN ASTUTIK ", Some(TrailingSpace)),
        (NamaLgkp, "DIAN\0ASTUTIK", Some(ControlCharacter)),
        (NamaLgkp, "ANDRÉ, S.PD.", None),
        (NamaLgkp, "SARI", None),
        (TmptLhr, "", Some(CellEmpty)),
        (TmptLhr, " MADIUN", Some(TrailingSpace)),
        (TmptLhr, "SÃ£O TOMÃ‰", Some(Mojibake)),
        (TglLhr, "", Some(BirthDateFormat)),
        (TglLhr, "1965-07-22", Some(BirthDateFormat)),
        (TglLhr, "22/07/1965", Some(BirthDateFormat)),
        (TglLhr, "22-7-1965", Some(BirthDateFormat)),
        (TglLhr, "22-07-65", Some(BirthDateFormat)),
        (TglLhr, "23945", Some(BirthDateFormat)),
        (TglLhr, "22 JULI 1965", Some(BirthDateFormat)),
        (TglLhr, "31-02-1965", Some(BirthDateImpossible)),
        (TglLhr, "00-00-1965", Some(BirthDateImpossible)),
        (TglLhr, "29-02-1965", Some(BirthDateImpossible)),
        (TglLhr, "22-13-1965", Some(BirthDateImpossible)),
        (TglLhr, "22-07-2065", Some(BirthDateFuture)),
        (TglLhr, "23-11-2026", Some(BirthDateFuture)),
        (TglLhr, "07-22-1965", Some(BirthDateImpossible)),
        (TglLhr, "23-07-1965", Some(NikDobMismatch)),
        (JenisKlmin, "3", Some(CodeUnknown)),
        (JenisKlmin, "P", Some(CodeUnknown)),
        (JenisKlmin, "", Some(CodeUnknown)),
        (GolDrh, "14", Some(CodeUnknown)),
        (GolDrh, "O", Some(CodeUnknown)),
        (Agama, "9", Some(CodeUnknown)),
        (Agama, "01", None),
        (Agama, "1.0", Some(CodeUnknown)),
        (StatKwn, "X", Some(CodeUnknown)),
        (StatHbkel, "12", Some(CodeUnknown)),
        (PddkAkh, "0", Some(CodeUnknown)),
        (JenisPkrjn, "90", Some(CodeUnknown)),
        (Kwrngrn, "4", Some(CodeUnknown)),
        (StatusDasar, "5", Some(CodeUnknown)),
        (StatusDasar, "2", Some(StatusDead)),
        (StatusDasar, "3", Some(StatusMoved)),
        (StatusDasar, "4", Some(StatusLost)),
        (NikIbu, "", None),
        (NikIbu, "351904520146000", Some(NikFormat)),
        (NikIbu, "3.5190452E+15", Some(ScientificNumber)),
        (NikIbu, "3577026207650001", Some(ParentIsSelf)),
        (NamaLgkpIbu, "", Some(NameEmpty)),
        (NamaLgkpIbu, "-", Some(NameEmpty)),
        (NamaLgkpIbu, "SITI 2", Some(NameDigits)),
        (NamaLgkpAyah, "MAâ€™RUF", Some(Mojibake)),
        (Alamat, "", Some(CellEmpty)),
        (Alamat, "JL.\nSALAK NO. 105A", Some(EmbeddedNewline)),
        (Alamat, "JL. SALAK \"A\" NO. 1, BELAKANG", None),
        (Alamat, "CAFÃ‰ NO. 1", Some(Mojibake)),
        (NoRt, "1", Some(LeadingZeroLost)),
        (NoRt, "0001", Some(RtRwFormat)),
        (NoRt, "", Some(RtRwFormat)),
        (NoRw, "A", Some(RtRwFormat)),
        (NoKel, "1099", Some(RegionUnknown)),
        (NoKel, "", Some(RegionUnknown)),
        (NoKec, "2", Some(LeadingZeroLost)),
        (NoKec, "04", Some(RegionUnknown)),
        (NoKab, "19", Some(RegionOutside)),
        (NoKab, "98", Some(RegionUnknown)),
        (NoProp, "99", Some(RegionUnknown)),
        (NoAktaLhr, "", None),
        (NoAktaLhr, "277/DIS/1960", Some(AktaDateConflict)),
        (NoAktaLhr, "3577-LU-01011960-0001", Some(AktaDateConflict)),
        (TglUbah, "17-02-2020", Some(ChangeTimeFormat)),
    ];
    for (column, text, code) in cases {
        let found = said(&file(&[record(&[(*column, text)])]));
        let codes: Vec<_> = found.iter().map(|(_, _, code)| *code).collect();
        assert_eq!(codes, Vec::from_iter(*code), "{column:?} {text:?}: {found:?}");
    }
}

#[test]
fn hostile_files() {
    use ProblemCode::*;
    let good = file(&[record(&[])]);
    let text = String::from_utf8(good.clone()).unwrap();
    let with = |separator: &str| text.replace(',', separator).into_bytes();
    let utf16 =
        |bom: &[u8]| [bom, &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
    let windows =
        text.replace("DIAN", "DI\u{1}N").bytes().map(|b| if b == 1 { 0xc9 } else { b }).collect::<Vec<_>>();
    let extra = text.replace("\n3577", "\n\"\",3577").replace("NIK,", "ID,NIK,");
    /// Name, bytes, records, records imported, findings.
    type Case = (&'static str, Vec<u8>, u32, u32, Vec<ProblemCode>);
    let cases: Vec<Case> = vec![
        ("whole", good.clone(), 1, 1, vec![]),
        ("with carriage returns", text.replace('\n', "\r\n").into_bytes(), 1, 1, vec![]),
        (
            "lower case header",
            text.replacen(&header(), &header().to_lowercase(), 1).into_bytes(),
            1,
            1,
            vec![],
        ),
        ("byte order mark", [b"\xef\xbb\xbf", good.as_slice()].concat(), 1, 1, vec![Bom]),
        ("nothing", vec![], 0, 0, vec![FileEmpty]),
        ("line ends only", b"\r\n\r\n".to_vec(), 0, 0, vec![FileEmpty]),
        ("header only", header().into_bytes(), 0, 0, vec![NoRecords]),
        ("semicolons", with(";"), 1, 0, vec![WrongDelimiter]),
        ("tabs", with("\t"), 1, 0, vec![WrongDelimiter]),
        ("bars", with("|"), 1, 0, vec![WrongDelimiter]),
        (
            "semicolons after a mark",
            [b"\xef\xbb\xbf".to_vec(), with(";")].concat(),
            1,
            0,
            vec![Bom, WrongDelimiter],
        ),
        ("no header", record(&[]).into_bytes(), 1, 0, vec![HeaderMissing]),
        ("a column short", text.replacen("AGAMA,", "", 1).into_bytes(), 1, 0, vec![HeaderMissing]),
        (
            "a column twice",
            text.replacen("AGAMA", "NIK", 1).into_bytes(),
            1,
            0,
            vec![HeaderDuplicate, HeaderMissing],
        ),
        ("a column more", extra.into_bytes(), 1, 1, vec![HeaderUnknown]),
        ("sixteen bits", utf16(&[0xff, 0xfe]), 1, 0, vec![Encoding]),
        ("sixteen bits unmarked", utf16(&[]), 1, 0, vec![Encoding]),
        ("windows bytes", windows, 1, 0, vec![Encoding]),
        ("a photograph", vec![0xff, 0xd8, 0xff, 0xe0, 1, 2, 3], 1, 0, vec![HeaderMissing]),
        (
            "header twice",
            [good.clone(), good.clone()].concat(),
            3,
            0,
            vec![NikDuplicate, HeaderRepeated, NikDuplicate],
        ),
        (
            "one record in semicolons",
            file(&[record(&[]), record(&[]).replace(',', ";")]),
            2,
            1,
            vec![WrongDelimiter],
        ),
        ("only commas", file(&[record(&[]), ",".repeat(26)]), 2, 1, vec![RecordEmpty]),
        ("torn at the end", good[..good.len() - 40].to_vec(), 1, 0, vec![MissingCell]),
        ("quote never closed", text.replace(",JL.", ",\"JL.").into_bytes(), 1, 0, vec![QuoteUnclosed]),
        ("quote in a cell", text.replace("SALAK", "\"SALAK\"").into_bytes(), 1, 1, vec![QuoteStray]),
        ("a comma too many", text.replace("SALAK ", "SALAK, ").into_bytes(), 1, 0, vec![ExtraCell]),
        (
            "an endless record",
            text.replace("SALAK", &"X".repeat(100_000)).into_bytes(),
            1,
            0,
            vec![RecordTooLong],
        ),
    ];
    for (name, bytes, rows, imported, codes) in cases {
        let checked = check(&bytes, rules());
        assert_eq!(checked.problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes, "{name}");
        assert_eq!((checked.rows, checked.imported()), (rows, imported), "{name}");
        assert_eq!(checked.residents(&bytes).count(), imported as usize, "{name}");
        let whole_file = checked.problems.iter().filter(|p| p.row == 0);
        let names_a_column = |p: &Problem| matches!(p.code, HeaderMissing | HeaderDuplicate);
        assert!(whole_file.clone().all(|p| p.column.is_none() || names_a_column(p)), "{name}");
    }
}

#[test]
fn an_unclosed_quote_costs_one_record() {
    let others = [("3577021507910001", "15-07-1991"), ("3577021607910001", "16-07-1991")];
    let mut records = vec![record(&[]).replace(",JL.", ",\"JL.")];
    for (nik, birth) in others {
        let more =
            [(Column::Nik, nik), (Column::TglLhr, birth), (Column::JenisKlmin, "1"), (Column::NoKk, nik)];
        records.push(record(&more));
    }
    let bytes = file(&records);
    let checked = check(&bytes, rules());
    assert_eq!((checked.rows, checked.imported()), (3, 2));
}

/// A family: head, wife, child; with changes by (row, column, text).
fn family(changes: &[(usize, Column, &str)]) -> Vec<u8> {
    use Column::*;
    let mut rows = [
        vec![
            (Nik, "3577021507600001"),
            (TglLhr, "15-07-1960"),
            (JenisKlmin, "1"),
            (NamaLgkp, "DRS. BUDI HARYANTO"),
        ],
        vec![(StatHbkel, "3"), (StatKwn, "2")],
        vec![
            (Nik, "3577021607910001"),
            (TglLhr, "16-07-1991"),
            (JenisKlmin, "1"),
            (StatHbkel, "4"),
            (StatKwn, "1"),
            (NikIbu, "3577026207650001"),
            (NamaLgkpIbu, "DIAN ASTUTIK"),
            (NikAyah, "3577021507600001"),
            (NamaLgkpAyah, "BUDI HARYANTO"),
            (NamaLgkp, "AGUS SALIM"),
            (NoAktaLhr, ""),
        ],
    ];
    for (row, column, text) in changes {
        rows[row - 1].push((*column, text));
    }
    file(&rows.iter().map(|cells| record(cells)).collect::<Vec<_>>())
}

#[test]
fn what_several_records_show() {
    use Column::*;
    use ProblemCode::*;
    assert_eq!(said(&family(&[])), []);
    type Case = (&'static str, Vec<(usize, Column, &'static str)>, Vec<(u32, Column, ProblemCode)>);
    let cases: Vec<Case> = vec![
        (
            "one NIK twice",
            vec![
                (2, Nik, "3577021507600001"),
                (2, TglLhr, "15-07-1960"),
                (2, JenisKlmin, "1"),
                (3, NikIbu, ""),
            ],
            vec![(1, Nik, NikDuplicate), (2, Nik, NikDuplicate)],
        ),
        (
            "no head",
            vec![(1, StatHbkel, "2")],
            vec![(1, NoKk, KkNoHead), (2, NoKk, KkNoHead), (3, NoKk, KkNoHead)],
        ),
        ("head's relation unknown", vec![(1, StatHbkel, "X")], vec![(1, StatHbkel, CodeUnknown)]),
        ("head's card number torn", vec![(1, NoKk, "357702181015000")], vec![(1, NoKk, KkFormat)]),
        (
            "two heads",
            vec![(2, StatHbkel, "1")],
            vec![(1, StatHbkel, KkTwoHeads), (2, StatHbkel, KkTwoHeads)],
        ),
        ("dead head", vec![(1, StatusDasar, "2")], vec![(1, StatusDasar, HeadDead)]),
        ("dead member", vec![(2, StatusDasar, "2")], vec![(2, StatusDasar, StatusDead)]),
        (
            "all dead",
            vec![(1, StatusDasar, "2"), (2, StatusDasar, "2"), (3, StatusDasar, "2")],
            vec![(1, StatusDasar, StatusDead), (2, StatusDasar, StatusDead), (3, StatusDasar, StatusDead)],
        ),
        (
            "dead head with a successor",
            vec![(1, StatusDasar, "2"), (2, StatHbkel, "1")],
            vec![(1, StatusDasar, StatusDead)],
        ),
        ("another address", vec![(3, Alamat, "JL. JAWA NO. 1")], vec![(3, Alamat, KkAddress)]),
        (
            "mother younger",
            vec![
                (2, TglLhr, "22-07-1995"),
                (2, Nik, "3577026207950001"),
                (2, NoAktaLhr, ""),
                (3, NikIbu, "3577026207950001"),
            ],
            vec![(3, TglLhr, ChildOlderThanMother)],
        ),
        (
            "father younger",
            vec![
                (1, TglLhr, "15-07-1995"),
                (1, Nik, "3577021507950001"),
                (1, NoAktaLhr, ""),
                (3, NikAyah, "3577021507950001"),
            ],
            vec![(3, TglLhr, ChildOlderThanFather)],
        ),
        (
            "mother a girl",
            vec![(2, TglLhr, "22-07-1983"), (2, Nik, "3577026207830001"), (3, NikIbu, "3577026207830001")],
            vec![(3, NikIbu, ParentTooYoung)],
        ),
        (
            "mother's date in doubt",
            vec![(2, TglLhr, "22-07-1983"), (2, NoAktaLhr, "")],
            vec![(2, TglLhr, NikDobMismatch)],
        ),
        ("mother a man", vec![(3, NikIbu, "3577021507600001")], vec![(3, NikIbu, ParentSexConflict)]),
        (
            "the same person twice",
            vec![
                (1, NamaLgkp, "AGUS SALIM"),
                (1, TglLhr, "16-07-1991"),
                (1, Nik, "3577021607910002"),
                (1, NamaLgkpIbu, "HJ. DIAN ASTUTIK"),
                (3, NikAyah, ""),
                (1, NoAktaLhr, ""),
                (1, NikIbu, ""),
            ],
            vec![(1, Nik, PersonDuplicate), (3, Nik, PersonDuplicate)],
        ),
        (
            "married child",
            vec![(3, TglLhr, "16-07-2020"), (3, Nik, "3577021607200001"), (3, StatKwn, "2")],
            vec![(3, StatKwn, AgeStatusConflict)],
        ),
    ];
    for (name, changes, expected) in cases {
        let expected: Vec<_> =
            expected.into_iter().map(|(row, column, code)| (row, Some(column), code)).collect();
        assert_eq!(said(&family(&changes)), expected, "{name}");
    }
}

#[test]
fn a_family_with_an_error_is_not_whole() {
    let kk = NomorKk::parse(GOOD[1]).unwrap();
    assert_eq!(check(&family(&[]), rules()).incomplete_families, []);
    for changes in [(2, Column::Agama, "9"), (1, Column::StatusDasar, "2"), (1, Column::StatHbkel, "X")] {
        let bytes = family(&[changes]);
        let checked = check(&bytes, rules());
        assert_eq!(checked.incomplete_families, [kk]);
        assert_eq!(checked.imported(), 2, "the good records of the family are imported");
    }
    assert_eq!(check(&family(&[(2, Column::StatusDasar, "3")]), rules()).incomplete_families, []);
}

#[test]
fn a_header_says_which_columns_are_wrong() {
    use ProblemCode::{HeaderDuplicate, HeaderMissing};
    let text = String::from_utf8(file(&[record(&[])])).unwrap();
    let found = |text: &str| -> Vec<(ProblemCode, Option<Column>)> {
        let checked = check(text.as_bytes(), rules());
        checked.problems.iter().map(|problem| (problem.code, problem.column)).collect()
    };
    let gone = text.replacen("AGAMA,", "", 1).replacen("NO_RT,", "", 1);
    let missing = [(HeaderMissing, Some(Column::Agama)), (HeaderMissing, Some(Column::NoRt))];
    assert_eq!(found(&gone), missing);
    let twice = [(HeaderDuplicate, Some(Column::Nik)), (HeaderMissing, Some(Column::Agama))];
    assert_eq!(found(&text.replacen("AGAMA", "NIK", 1)), twice);
    assert_eq!(found(&record(&[])), [(HeaderMissing, None)], "no header at all");
}

#[test]
fn the_readme_names_every_column() {
    let readme = include_str!("../../../../README.md");
    for column in Column::ALL {
        assert!(readme.contains(&format!("`{}`", column.name())), "{}", column.name());
    }
}
