//! Paper cards: what a counter takes, and a named catalogue of what it does not.

use absah_credential::portrait::Portrait;
use absah_credential::status_list::Status;
use absah_credential::{Format, KartuKertas};
use absah_protocol::oid4vp::flow_b::Packing;
use absah_protocol::paper::Paper;
use absah_qr::Dictionary;
use absah_qr::frames::{self, Kind};
use absah_trust::registration::Weak;
use absah_trust::sample::{City, key, portrait_blob, resident};
use absah_trust::{Outcome, Service, Tier};
use absah_types::{Coded as _, Seconds, Timestamp};

use super::{IDX, NOW, World};
use crate::{Report, Strength, answer, paper};

fn service() -> Service {
    let mut service = City::service();
    service.accepts = vec![Weak::Paper];
    service
}

fn packing() -> Packing<'static> {
    Packing { dictionary: Dictionary::v1(), x5c: &|_| None }
}

fn kertas() -> KartuKertas {
    KartuKertas {
        nama: resident().nama,
        tahun_lahir: 1990,
        kelurahan: "KARTOHARJO".to_owned(),
        nik: resident().nik,
        portrait: Portrait::from_blob(portrait_blob()).unwrap(),
    }
}

fn card(city: &City, from: Timestamp, days: i64) -> Paper {
    let kertas = kertas();
    let card = city.issue_paper(&kertas, from, Seconds::days(days), IDX);
    Paper { card, portrait: kertas.portrait.blob().to_vec() }
}

fn judged(world: &World, paper: &Paper) -> Outcome {
    paper::judge(&paper.encode(packing()).unwrap(), &service(), Some(&world.bundle), NOW)
}

#[test]
fn an_honest_card_is_accepted_as_paper() {
    let world = World::new();
    let outcome = judged(&world, &card(&world.city, NOW, 365));
    let report = serde_json::to_value(Report::from(&outcome).weaker(Strength::Kertas)).unwrap();
    assert_eq!(report["decision"], "accepted", "{report}");
    assert_eq!((report["strength"].as_str(), report["portrait"].as_bool()), (Some("kertas"), Some(true)));
    let nik = resident().nik.to_string();
    assert_eq!(
        report["facts"],
        serde_json::json!({
            "nama": "SITI CONTOH", "tahunLahir": 1990, "kelurahan": "KARTOHARJO", "nikAkhir": nik[12..]
        })
    );
}

#[test]
fn hostile_cards_each_have_their_code() {
    let world = World::new();
    let city = || City::at(NOW);
    let code = |paper: &Paper| judged(&world, paper).code();
    let honest = || card(&city(), NOW, 365);
    assert_eq!(code(&honest()), "accepted");
    assert_eq!(code(&honest()), "accepted", "a copy cannot be detected");

    let mut forged = city();
    forged.credential_key = key(77);
    assert_eq!(code(&card(&forged, NOW, 365)), "sd-jwt-signature", "forged by another issuer");
    let mut swapped = honest();
    *swapped.portrait.last_mut().unwrap() ^= 1;
    assert_eq!(code(&swapped), "portrait-mismatch", "another face");
    swapped.portrait.clear();
    assert_eq!(code(&swapped), "portrait-mismatch", "no face");
    let long_ago = NOW.minus(Seconds::days(30));
    assert_eq!(code(&card(&City::at(NOW), long_ago, 30)), "credential-expired", "ended today");

    let ktp = city().issue(key(8).public_key(), Format::VcSdJwt, IDX);
    let passed = Paper { card: ktp, portrait: portrait_blob() };
    assert_eq!(code(&passed), "paper-wrong-card", "an identity card passed as paper");
    let foreign = Paper { card: city().issue(key(8).public_key(), Format::DcSdJwt, IDX), ..passed };
    assert_eq!(code(&foreign), "paper-wrong-card");
    let garbage = Paper { card: "no~sd-jwt~".into(), ..honest() };
    assert_eq!(code(&garbage), "jws-not-compact");
    let mut bytes = honest().encode(packing()).unwrap();
    bytes[0] = 9;
    let outcome = paper::judge(&bytes, &service(), Some(&world.bundle), NOW);
    assert_eq!(outcome.code(), "paper-format-unknown");
    assert_eq!(paper::judge(&[1], &service(), Some(&world.bundle), NOW).code(), "paper-malformed");
    assert_eq!(paper::judge(&bytes, &service(), None, NOW).code(), "bundle-absent");
}

#[test]
fn a_paper_card_passes_as_nothing_else() {
    let world = World::new();
    let made = world.ask(1);
    let paper = card(&world.city, NOW, 365);
    let mut shown = super::Answer::of(&made.pending).show(&world.city);
    shown.presentation = paper.card;
    assert_eq!(world.code(&world.seal(&made.pending, &[shown]), &made.pending), "key-binding-missing");
}

#[test]
fn only_services_of_low_risk_that_say_so_take_paper() {
    let world = World::new();
    let bytes = card(&world.city, NOW, 365).encode(packing()).unwrap();
    let at = |service: &Service| paper::judge(&bytes, service, Some(&world.bundle), NOW).code();
    assert_eq!(at(&service()), "accepted");
    assert_eq!(at(&City::service()), "paper-not-here");
    let mut one_scan = service();
    one_scan.accepts = vec![Weak::OneScan];
    assert_eq!(at(&one_scan), "paper-not-here");
    for tier in [Tier::Medium, Tier::High] {
        assert_eq!(at(&Service { tier, ..service() }), "paper-not-here");
    }
    assert_eq!(crate::PaperRefusal::ServiceNeeded.code(), "paper-service-needed");
}

#[test]
fn status_counts_as_everywhere() {
    let with = |status| {
        let world = World::with(|contents| {
            contents.status_tokens = vec![City::at(NOW).status_token(&[(IDX, status)], NOW)];
        });
        judged(&world, &card(&world.city, NOW, 365)).code()
    };
    assert_eq!(with(Status::Revoked), "revoked");
    assert_eq!(with(Status::Suspended), "suspended");
    assert_eq!(with(Status::Superseded), "superseded");
}

#[test]
fn a_changed_byte_is_refused_or_says_the_very_same() {
    let world = World::new();
    let good = card(&world.city, NOW, 365);
    let bytes = good.encode(packing()).unwrap();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x20;
        let outcome = paper::judge(&changed, &service(), Some(&world.bundle), NOW);
        if outcome.accepted().is_some() {
            assert_eq!(Paper::parse(&changed, packing()).unwrap(), good, "byte {place}");
        }
    }
}

/// "≤ v27-M", with a picture of the largest size.
#[test]
fn the_largest_card_fits_into_version_27_m() {
    let world = World::new();
    let mut kertas = kertas();
    kertas.nama = absah_types::PersonName::parse(&"SUPRIHATINIGSIH WAHYU ".repeat(3)[..60]).unwrap();
    let mut blob = portrait_blob();
    blob.resize(16 + 700, 0xa5);
    kertas.portrait = Portrait::from_blob(blob).unwrap();
    let card = world.city.issue_paper(&kertas, NOW, Seconds::days(730), 131_000);
    let paper = Paper { card, portrait: kertas.portrait.blob().to_vec() };
    let bytes = paper.encode(packing()).unwrap();
    let frames = frames::split_with(Kind::Paper, &bytes, 27, absah_qr::render::Ecc::M, frames::Repair::None);
    let frames = frames.unwrap();
    assert_eq!(frames.len(), 1, "{} bytes", bytes.len());
    let text = frames[0].text();
    assert_eq!(answer::message([text.as_str()]).unwrap().payload, bytes);
    println!("{} bytes, {} characters", bytes.len(), text.len());
}
