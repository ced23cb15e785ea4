//! The numbers that stand for people in the sectors: on cards, and converted.

use std::collections::BTreeSet;

use absah_host::Exit;
use absah_types::{Sector, SectorToken};
use axum::http::StatusCode;
use serde_json::Value;

use crate::desk::Desk;
use crate::{issuer_key, verified};

/// What stands in `token` of each copy of a card.
async fn numbers(desk: &Desk, nik: &str, format: &str, copies: u64) -> Vec<Value> {
    let token = desk.token(nik, "KtpElektronik").await;
    let body = desk.request(&format!("KtpElektronik_{format}_sd_jwt"), copies).await;
    let reply = desk.ask(&token, body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let issuer = issuer_key(desk).await;
    let credentials = reply.json()["credentials"].as_array().unwrap().clone();
    let group = |one: &Value| {
        let claims = verified(desk, one["credential"].as_str().unwrap(), &issuer);
        let mut group = claims.claims()["token"].clone();
        // The tie between cards stands in the same group, and is each copy's own.
        assert!(group.as_object_mut().unwrap().remove("pemegang").is_some());
        group
    };
    credentials.iter().map(group).collect()
}

/// A grown-up who is not [`Desk::grown_up`].
fn another() -> String {
    let today = absah_types::Date::parse("2026-11-22").unwrap();
    let mut people = absah_testkit::population::population(60, 7);
    let other = people.find(|one| one.nik.to_string() != Desk::grown_up() && one.birth.age_on(today) > 20);
    other.unwrap().nik.to_string()
}

#[tokio::test]
async fn a_sector_knows_a_person_again_and_two_sectors_cannot_be_joined() {
    let mut desk = Desk::open().await;
    let person = Desk::grown_up();
    let first = numbers(&desk, &person, "vc", 3).await;
    let mut all = first.clone();
    desk.later(absah_types::Seconds::days(20));
    desk.again().await;
    all.extend(numbers(&desk, &person, "dc", 2).await);
    assert!(all.iter().all(|group| *group == first[0]), "in every copy, format and renewal");
    let group = first[0].as_object().unwrap();
    assert_eq!(group.len(), Sector::ALL.len());
    let mut seen = BTreeSet::new();
    for sector in Sector::ALL {
        let number = SectorToken::parse(group[sector.name()].as_str().unwrap()).unwrap();
        assert!(seen.insert(number), "{sector}: another number than in any other sector");
    }
    let other = numbers(&desk, &another(), "vc", 1).await;
    for (sector, number) in other[0].as_object().unwrap() {
        let number = SectorToken::parse(number.as_str().unwrap()).unwrap();
        assert!(seen.insert(number), "{sector}: another person, another number");
    }
}

#[tokio::test]
async fn conversion_is_for_the_registry_alone_and_leaves_its_trace() {
    let desk = Desk::open().await;
    let person = Desk::grown_up();
    let group = numbers(&desk, &person, "vc", 1).await.remove(0);
    numbers(&desk, &another(), "vc", 1).await;
    let of = |sector: &str| group[sector].as_str().unwrap().to_owned();
    let convert = async |token: &str, from: &str, to: &str, purpose: &str| {
        let words = ["token", "convert", token, "--from", from, "--to", to, "--purpose", purpose];
        let (exit, answer) = desk.command(&words).await;
        match exit {
            Exit::Ok => answer["token"].as_str().unwrap().to_owned(),
            _ => answer["error"]["code"].as_str().unwrap_or_default().to_owned(),
        }
    };
    let kesehatan = of("kesehatan");
    assert_eq!(convert(&kesehatan, "kesehatan", "sosial", "Rujukan pasien miskin").await, of("sosial"));
    assert_eq!(convert(&of("pajak"), "pajak", "jaminan-sosial", "Iuran").await, of("jaminan-sosial"));
    let mistyped = format!("{}{}", if kesehatan.starts_with('A') { "B" } else { "A" }, &kesehatan[1..]);
    let nobody = SectorToken::from_bytes([9; 16]).to_string();
    for (name, token, from, to, purpose, code) in [
        ("mistyped", mistyped.as_str(), "kesehatan", "sosial", "Rujukan", "token-check"),
        ("a nik", person.as_str(), "kesehatan", "sosial", "Rujukan", "token-length"),
        ("nobody's", nobody.as_str(), "kesehatan", "sosial", "Rujukan", "token-unknown"),
        ("of another sector", kesehatan.as_str(), "pajak", "sosial", "Rujukan", "token-sector-wrong"),
        ("no such sector", kesehatan.as_str(), "kesehatan", "olahraga", "Rujukan", "sector-unknown"),
        ("the same sector", kesehatan.as_str(), "kesehatan", "kesehatan", "Rujukan", "token-sector-same"),
        ("no purpose", kesehatan.as_str(), "kesehatan", "sosial", " ", "purpose-malformed"),
    ] {
        assert_eq!(convert(token, from, to, purpose).await, code, "{name}");
    }
    // Two conversions, two events; what was refused leaves none. Neither number nor NIK stands in the open.
    let (exit, listed) =
        desk.command(&["ledger", "show", "--nik", &person, "--purpose", "Pemeriksaan"]).await;
    assert_eq!(exit, Exit::Ok, "{listed}");
    let events: Vec<String> = listed.as_array().unwrap().iter().map(ToString::to_string).collect();
    let conversions: Vec<_> = events.iter().filter(|event| event.contains("token-convert")).collect();
    assert_eq!(conversions.len(), 2, "{events:?}");
    assert!(
        conversions
            .iter()
            .any(|event| event.contains("kesehatan sosial") && event.contains("Rujukan pasien miskin"))
    );
    assert!(events.iter().all(|event| !event.contains(&kesehatan) && !event.contains(&of("sosial"))));
    let mut raw = Vec::new();
    for file in ["issuer.sqlite", "issuer.sqlite-wal"] {
        raw.extend(std::fs::read(desk.data().join(file)).unwrap_or_default());
    }
    assert!(!raw.is_empty());
    for sector in Sector::ALL {
        let number = of(sector.name());
        let bytes = *SectorToken::parse(&number).unwrap().as_bytes();
        assert!(!raw.windows(27).any(|window| window == number.as_bytes()), "{sector}");
        assert!(!raw.windows(16).any(|window| window == bytes), "{sector}");
    }
}

#[tokio::test]
async fn a_counter_is_of_one_sector_and_says_so() {
    let desk = Desk::open().await;
    let access_key = desk.place.path().join("key.json");
    let jwk = serde_json::to_value(absah_testkit::key(77).public_key().to_jwk()).unwrap();
    std::fs::write(&access_key, jwk.to_string()).unwrap();
    let services = desk.place.path().join("services.toml");
    let one = |claims: &str, more: &str| {
        format!(
            "agency = \"Puskesmas Contoh\"\nplace = \"Loket 1\"\nsector = \"kesehatan\"\n[[services]]\nid = \"berobat\"\n\
             title = \"Berobat\"\npurpose = \"Mencari rekam medis\"\nlegal_basis = \"Contoh\"\nclaims = [{claims}]\n\
             tier = \"sedang\"\nretention_days = 30\n{more}"
        )
    };
    let register = async |text: &str| {
        std::fs::write(&services, text).unwrap();
        let (key, services) = (access_key.to_str().unwrap(), services.to_str().unwrap());
        let (exit, answer) =
            desk.command(&["counter", "register", "--access-key", key, "--services", services]).await;
        match exit {
            Exit::Ok => "ok".to_owned(),
            _ => answer["error"]["code"].as_str().unwrap_or_default().to_owned(),
        }
    };
    let own = "\"nama\", \"token.kesehatan\"";
    for (name, text, code) in [
        ("another sector's number", one("\"token.pajak\"", ""), "sector-foreign"),
        ("all numbers", one("\"token\"", ""), "token-group-asked"),
        ("another sector's service", one(own, "sector = \"pajak\""), "sector-foreign"),
        ("undeclared nik", one("\"nik\"", ""), "protected-claim-undeclared"),
        ("kept for no day", one(own, "").replace("= 30", "= 0"), "services-field"),
        ("no such sector", one(own, "sector = \"olahraga\""), "services-field"),
    ] {
        assert_eq!(register(&text).await, code, "{name}");
    }
    let second = one("\"token.pajak\"", "sector = \"pajak\"");
    let second = &second[second.find("[[").unwrap()..];
    let mixed = format!("{}{}", one(own, ""), second.replace("berobat", "pajak"));
    assert_eq!(register(&mixed).await, "registration-sectors-mixed");
    let (_, counters) = desk.command(&["counter", "list"]).await;
    assert_eq!(counters.as_array().unwrap().len(), 0, "nothing was registered");
    assert_eq!(register(&one(own, "")).await, "ok");
    let (_, counters) = desk.command(&["counter", "list"]).await;
    let counter = &counters[0];
    assert_eq!(
        (&counter["agency"], &counter["place"], &counter["sector"], &counter["tier"]),
        (&"Puskesmas Contoh".into(), &"Loket 1".into(), &"kesehatan".into(), &"sedang".into())
    );
    let service = &counter["services"][0];
    assert_eq!((&service["id"], &service["retention_days"]), (&"berobat".into(), &30.into()));
    assert_eq!(counter["key_sha256"].as_str().unwrap().len(), 64);
}
