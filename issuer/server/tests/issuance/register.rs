//! The register of residents: taken in again and again, with photographs, with errors.

use absah_credential::portrait::Portrait;
use absah_host::Exit;
use absah_issuer::STORE_FILE;
use absah_issuer::store::{Imported, SqliteStore};
use absah_issuer_core::population::{Rules, check};
use absah_issuer_core::ports::Store as _;
use absah_schemas::CredentialType;
use absah_testkit::population;
use absah_types::{Clock as _, Date, base64url};
use serde_json::Value;

use crate::desk::Desk;
use crate::{copies, issuer_key, verified};

pub(crate) fn rules() -> Rules {
    Rules::madiun(Date::parse("2026-11-22").unwrap())
}

/// The extract of a desk with some cells replaced: (row from 1, column, text).
pub(crate) fn changed(changes: &[(usize, usize, &str)]) -> String {
    changed_of(60, changes)
}

/// The same of so many residents.
pub(crate) fn changed_of(residents: usize, changes: &[(usize, usize, &str)]) -> String {
    let mut rows: Vec<_> = population::population(residents, 7).map(|resident| resident.cells()).collect();
    for (row, column, text) in changes {
        rows[row - 1][*column] = (*text).to_owned();
    }
    let quote = |cell: &String| format!("\"{cell}\"");
    let line = |row: &[String; 27]| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n";
    population::HEADER.to_owned() + "\n" + &rows.iter().map(line).collect::<String>()
}

pub(crate) fn sealer() -> absah_issuer::ledger::seal::Sealer {
    let keys = absah_issuer::keys::FileKeys::in_memory(&mut absah_testkit::SeededRng::new(5));
    absah_issuer::ledger::seal::Sealer::new(&keys, Box::new(absah_testkit::SeededRng::new(6))).unwrap()
}

/// Columns by their place.
const NAMA: usize = 2;
const AGAMA: usize = 7;
pub(crate) const STAT_HBKEL: usize = 9;
pub(crate) const ALAMAT: usize = 17;
pub(crate) const STATUS_DASAR: usize = 25;

#[tokio::test]
async fn importing_again_writes_what_differs() {
    let place = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&place.path().join(STORE_FILE), sealer()).await.unwrap();
    let now = absah_testkit::FixedClock::morning().now();
    let import = async |text: &str| {
        let checked = check(text.as_bytes(), rules());
        store.import(&checked, text.as_bytes(), &[], now).await.unwrap()
    };
    let whole = changed(&[]);
    assert_eq!(import(&whole).await, Imported { added: 60, changed: 0, unchanged: 0, ..Imported::default() });
    assert_eq!(import(&whole).await, Imported { added: 0, changed: 0, unchanged: 60, ..Imported::default() });
    let other = changed(&[(5, ALAMAT, "JL. LAIN NO. 1"), (9, ALAMAT, "JL. LAIN NO. 2")]);
    assert_eq!(import(&other).await, Imported { added: 0, changed: 2, unchanged: 58, ..Imported::default() });
    // Who is missing stays as they were.
    let few: String = whole.lines().take(11).map(|line| line.to_owned() + "\n").collect();
    assert_eq!(import(&few).await, Imported { added: 0, changed: 2, unchanged: 8, ..Imported::default() });
    for resident in population::population(60, 7) {
        let subject = store.subject(resident.nik, CredentialType::KtpElektronik).await.unwrap().unwrap();
        assert_eq!(subject.resident.nama.as_str(), resident.name);
        assert_eq!(subject.resident.alamat, resident.street);
        assert_eq!(subject.resident.tanggal_lahir, resident.birth);
    }
}

#[tokio::test]
async fn a_family_with_an_error_gets_no_family_card() {
    let desk = Desk::open().await;
    let residents: Vec<_> = population::population(60, 7).collect();
    // A family of at least two, its second member with an unknown religion.
    let at =
        (1..60).find(|at| residents[*at].no_kk == residents[at - 1].no_kk && residents[at - 1].relation == 1);
    let at = at.unwrap();
    let (head, member) = (residents[at - 1].nik.to_string(), residents[at].nik.to_string());
    let extract = desk.place.path().join("again.csv");
    let offer = async |nik: &str, kind: &str| {
        let (exit, answer) = desk.command(&["offer", "--nik", nik, "--credential", kind]).await;
        (exit, answer["error"]["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(offer(&head, "KartuKeluarga").await, (Exit::Ok, String::new()));
    std::fs::write(&extract, changed(&[(at + 1, AGAMA, "9")])).unwrap();
    let (exit, report) = desk.command(&["import", extract.to_str().unwrap()]).await;
    assert_eq!(exit, Exit::Refused);
    assert_eq!(
        (&report["rows"], &report["imported"], &report["skipped"]),
        (&60.into(), &59.into(), &1.into())
    );
    let problem = &report["problems"][0];
    assert_eq!((&problem["row"], &problem["column"]), (&Value::from(at + 1), &"AGAMA".into()));
    assert_eq!((&problem["code"], &problem["severity"]), (&"CODE_UNKNOWN".into(), &"error".into()));
    assert!(problem["message"].as_str().unwrap().len() > 5);
    // The same counts as the console's report of an extract, and the findings by their kind.
    let counts = ["findings", "added", "changed", "left_out", "families"].map(|name| report[name].as_u64());
    assert_eq!(counts, [Some(1), Some(0), Some(0), Some(1), Some(1)], "{report}");
    let kind = &report["quality"][0];
    assert_eq!((&kind["code"], &kind["count"]), (&"CODE_UNKNOWN".into(), &1.into()), "{report}");
    assert_eq!(kind["rows"], serde_json::json!([at + 1]), "rows, and nobody's data");
    assert_eq!(offer(&head, "KartuKeluarga").await, (Exit::Refused, "family-incomplete".to_owned()));
    assert_eq!(offer(&head, "KtpElektronik").await, (Exit::Ok, String::new()));
    // Put right, the family has its card again.
    std::fs::write(&extract, changed(&[])).unwrap();
    assert_eq!(desk.command(&["import", extract.to_str().unwrap()]).await.0, Exit::Ok);
    assert_eq!(offer(&head, "KartuKeluarga").await, (Exit::Ok, String::new()));

    // Somebody whose record never came in: said so, not "unknown".
    let fresh = desk.place.path().join("fresh");
    std::fs::write(&extract, changed(&[(at + 1, NAMA, "")])).unwrap();
    let (clock, path) = (desk.clock.clone(), extract.clone());
    let codes = tokio::task::spawn_blocking(move || {
        let run = |words: &[&str]| crate::desk::command(&fresh, &clock, 5, words);
        assert_eq!(run(&["import", path.to_str().unwrap()]).0, Exit::Refused);
        ["KtpElektronik", "KartuKeluarga"].map(|kind| {
            let (exit, answer) = run(&["offer", "--nik", &member, "--credential", kind]);
            assert_eq!(exit, Exit::Refused);
            answer["error"]["code"].clone()
        })
    });
    assert_eq!(codes.await.unwrap(), ["resident-record-refused", "family-incomplete"]);
}

/// A photograph: something with a face's shades.
pub(crate) fn photograph() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(240, 320, |x, y| {
        let distance = x.abs_diff(120).pow(2) + y.abs_diff(150).pow(2);
        if distance < 8_000 { image::Rgb([200, 160, 130]) } else { image::Rgb([30, 60, (y / 2) as u8]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn portraits_travel_beside_one_format_and_inside_the_other() {
    let desk = Desk::open().await;
    let photos = desk.place.path().join("photos");
    std::fs::create_dir(&photos).unwrap();
    let child = population::population(60, 7).nth(1).unwrap().nik;
    std::fs::write(photos.join(format!("{}.jpg", Desk::grown_up())), photograph()).unwrap();
    std::fs::write(photos.join(format!("{child}.jpg")), &photograph()[..2_000]).unwrap();
    std::fs::write(photos.join("3577010101010001.jpg"), photograph()).unwrap();
    // A photograph of one point is none of a face.
    let other = population::population(60, 7).nth(2).unwrap().nik;
    let mut dot = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1, 1).write_to(&mut dot, image::ImageFormat::Png).unwrap();
    std::fs::write(photos.join(format!("{other}.png")), dot.into_inner()).unwrap();
    std::fs::write(photos.join("notes.txt"), "not a photograph").unwrap();
    let extract = desk.place.path().join("extract.csv");
    let words = ["import", extract.to_str().unwrap(), "--photos", photos.to_str().unwrap()];
    let (exit, report) = desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{report}");
    let said: Vec<_> =
        report["problems"].as_array().unwrap().iter().map(|p| (&p["row"], &p["code"])).collect();
    let expected = [
        (Value::from(2), Value::from("PHOTO_UNREADABLE")),
        (3.into(), "PHOTO_SIZE".into()),
        (0.into(), "PHOTO_UNKNOWN".into()),
    ];
    assert_eq!(said.len(), 3);
    let kinds: Vec<_> = report["quality"].as_array().unwrap().iter().map(|kind| &kind["count"]).collect();
    assert_eq!(kinds, [1, 1, 1], "{report}");
    for (row, code) in &expected {
        assert!(said.contains(&(row, code)), "{report}");
    }

    let issuer = issuer_key(&desk).await;
    let mut digests = std::collections::BTreeSet::new();
    for copy in copies(&desk, "KtpElektronik", "vc", 3).await {
        let card = verified(&desk, copy["credential"].as_str().unwrap(), &issuer);
        let claim = card.claims()["portrait"].as_str().unwrap();
        let blob = base64url::decode(copy["absah_portrait"].as_str().unwrap()).unwrap();
        let portrait = Portrait::check(blob, claim).unwrap();
        assert!(portrait.webp().len() <= 1_000);
        digests.insert(claim.to_owned());
    }
    assert_eq!(digests.len(), 3, "no two copies are told together by their portrait");
    for copy in copies(&desk, "KtpElektronik", "dc", 2).await {
        assert!(copy.get("absah_portrait").is_none());
        let card = verified(&desk, copy["credential"].as_str().unwrap(), &issuer);
        assert!(card.claims()["portrait"].as_str().unwrap().starts_with("data:image/webp;base64,"));
    }
    for format in ["dc", "vc"] {
        for copy in copies(&desk, "KartuKeluarga", format, 1).await {
            assert!(copy.get("absah_portrait").is_none());
        }
    }
}

#[tokio::test]
async fn whose_cards_a_proposal_would_change() {
    let desk = Desk::open().await;
    copies(&desk, "KtpElektronik", "dc", 1).await;
    let nik = Desk::grown_up();
    let row = population::population(60, 7).position(|resident| resident.nik.to_string() == nik).unwrap() + 1;
    let extract = desk.place.path().join("again.csv");
    std::fs::write(&extract, changed(&[(row, ALAMAT, "JL. LAIN NO. 1")])).unwrap();
    let (exit, report) = desk.command(&["import", extract.to_str().unwrap()]).await;
    assert_eq!(exit, Exit::Ok, "{report}");
    let (_, listed) = desk.command(&["proposal", "list"]).await;
    let id = listed[0]["id"].to_string();
    let show = ["proposal", "show", &id];
    let (_, counted) = desk.command(&show).await;
    assert!(counted.get("listed").is_none() && !counted.to_string().contains(&nik), "numbers, no people");
    assert_eq!(
        desk.command(&[&show[..], &["--people", "5"]].concat()).await.0,
        Exit::Usage,
        "for no purpose"
    );
    for none in ["0", "1001"] {
        let words = [&show[..], &["--people", none, "--purpose", "Memeriksa usulan"]].concat();
        assert_eq!(desk.command(&words).await.0, Exit::Usage);
    }
    let looks = async || {
        let (_, events) = desk.command(&["ledger", "show", "--nik", &nik, "--purpose", "Uji catatan"]).await;
        let is_look = |event: &&Value| event["event"]["object"] == "proposal";
        let looks: Vec<Value> = events.as_array().unwrap().iter().filter(is_look).cloned().collect();
        looks
    };
    assert!(looks().await.is_empty());
    let words = [&show[..], &["--people", "5", "--purpose", "Memeriksa usulan"]].concat();
    let (exit, shown) = desk.command(&words).await;
    assert_eq!(exit, Exit::Ok, "{shown}");
    let people = shown["listed"].as_array().unwrap();
    assert_eq!((people.len(), people[0]["nik"].as_str()), (1, Some(nik.as_str())));
    assert_eq!(people[0]["changes"][0]["credential"], "KtpElektronik");
    assert!(people[0]["nama"].as_str().is_some_and(|nama| !nama.is_empty()));
    let looks = looks().await;
    assert_eq!(looks.len(), 1, "the person sees who looked");
    assert_eq!(looks[0]["event"]["act"], "person-view");
    assert_eq!(looks[0]["event"]["purpose"], "Memeriksa usulan");
    let (exit, answer) =
        desk.command(&["proposal", "show", "99", "--people", "5", "--purpose", "Apa saja"]).await;
    assert_eq!((exit, answer["error"]["code"].as_str()), (Exit::Refused, Some("proposal-unknown")));
}
