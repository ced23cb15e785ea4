//! Birth certificates and children's cards: kept by a parent, shown beside the parent's own card, withdrawn with it.

use absah_flows::{Said, Town};
use absah_host::Exit;
use absah_testkit::Resident;

/// A child with a birth certificate, and its mother on the same family card.
fn child_and_mother(town: &Town) -> (&Resident, &Resident) {
    let today = town.now().date();
    let young = |one: &&Resident| one.birth.age_on(today) < 17 && one.birth_certificate.contains("-LU-");
    let with_mother = |child: &'_ Resident| {
        let mother = town.people.iter().find(|one| Some(one.nik) == child.mother_nik);
        mother.filter(|mother| mother.no_kk == child.no_kk && mother.status == 1)
    };
    let found = town.people.iter().filter(young).find_map(|child| Some((child, with_mother(child)?)));
    assert!(found.is_some(), "the town has no such child");
    found.unwrap_or_else(|| (town.citizen(), town.citizen()))
}

fn offer(town: &Town, words: &[&str]) -> Said {
    town.issuer(&[&["offer", "--public-url", "http://127.0.0.1:9"], words].concat())
}

/// The mother's wallet with her own card and both of the child's.
fn mothers_wallet() -> Town {
    let town = Town::open();
    let _ = town.open_counter("counter");
    let (child, mother) = child_and_mother(&town);
    let _ = town.give_card("ibu", &mother.nik.to_string(), "KtpElektronik");
    for card in ["Kia", "AktaKelahiran"] {
        let _ = town.give_card("ibu", &child.nik.to_string(), card);
    }
    town.refresh("bundle-1", &["ibu", "counter"]);
    town
}

#[test]
fn a_childs_card_is_shown_beside_the_parents() {
    let town = mothers_wallet();
    let (child, mother) = child_and_mother(&town);
    let said = town.present("ibu", "counter", "anak");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    assert_eq!(said.text("/facts/Kia.nama"), child.name, "{}", said.out);
    assert_eq!(said.text("/facts/nama"), mother.name);
    assert!(!said.out.contains(&child.nik.to_string()), "a fact that was not asked for");

    let said = town.present("ibu", "counter", "akta");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    assert_eq!(said.text("/facts/nomorAkta"), child.birth_certificate);
    assert_eq!(said.text("/facts/penerbitan/tempat"), "Kota Madiun");

    let list = town.wallet("ibu", &["list"]).ok();
    assert_eq!(
        list.json["cards"].as_array().map(Vec::len),
        Some(6),
        "three cards in two forms: {}",
        list.out
    );
}

#[test]
fn a_card_that_another_keeps_does_not_go_with_ones_own() {
    let town = mothers_wallet();
    let (child, mother) = child_and_mother(&town);
    let father = town.people.iter().find(|one| {
        one.no_kk == child.no_kk && one.nik != mother.nik && one.relation == 1 && one.status == 1
    });
    let Some(father) = father else { return };
    let said = offer(
        &town,
        &["--nik", &child.nik.to_string(), "--credential", "Kia", "--guardian", &father.nik.to_string()],
    );
    assert_eq!(said.ok().text("/guardian"), father.nik.to_string());
    let stranger = town.people.iter().find(|one| one.no_kk != child.no_kk).map(|one| one.nik.to_string());
    let stranger = stranger.unwrap_or_default();
    let words = ["--nik", &child.nik.to_string(), "--credential", "Kia", "--guardian", &stranger];
    let said = offer(&town, &words);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "guardian-missing"), "{}", said.out);
}

#[test]
fn who_gets_no_such_card_is_told_by_name() {
    let town = Town::open();
    let (child, mother) = child_and_mother(&town);
    let (child, mother) = (child.nik.to_string(), mother.nik.to_string());
    let none = town.people.iter().find(|one| one.birth_certificate.is_empty() && one.status == 1);
    let none = none.map(|one| one.nik.to_string()).unwrap_or_default();
    for (nik, card, code) in [
        (&child, "KtpElektronik", "resident-too-young"),
        (&mother, "Kia", "resident-not-a-child"),
        (&none, "AktaKelahiran", "birth-certificate-missing"),
        (&mother, "SuratKeterangan", "letter-missing"),
        (&mother, "Paspor", "credential-unknown"),
    ] {
        let said = offer(&town, &["--nik", nik, "--credential", card]);
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{card}: {}", said.out);
    }
    // A grown-up whom the family cares for: by a helper's session, which the refusal names.
    let words = ["--nik", &mother, "--credential", "KtpElektronik", "--guardian", &child];
    let said = offer(&town, &words);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "resident-keeps-own"), "{}", said.out);
    assert!(format!("{}{}", said.out, said.err).contains("Mode Pendamping"), "{}{}", said.out, said.err);
}

#[test]
fn a_lost_phone_loses_the_childs_cards_too() {
    let town = mothers_wallet();
    let (_, mother) = child_and_mother(&town);
    let _ = town.issuer(&["suspend", "--nik", &mother.nik.to_string()]).ok();
    town.refresh("bundle-2", &["counter"]);
    assert_eq!(town.present("ibu", "counter", "akta").code(), "suspended");
    let _ = town.issuer(&["unsuspend", "--nik", &mother.nik.to_string()]).ok();
    town.refresh("bundle-3", &["counter"]);
    assert_eq!(town.present("ibu", "counter", "akta").code(), "accepted");
}

#[test]
fn a_corrected_name_supersedes_the_certificate() {
    let town = mothers_wallet();
    let (child, _) = child_and_mother(&town);
    let extract = std::fs::read_to_string(town.path("extract.csv")).unwrap_or_default();
    let corrected = extract.replace(&format!(",{},", child.name), ",NAMA YANG BENAR,");
    assert!(std::fs::write(town.path("extract.csv"), corrected).is_ok());
    let said = town.issuer(&["import", &town.path("extract.csv").display().to_string()]).ok();
    // In so small a town one changed card is many.
    let proposal = said.json.pointer("/proposal").map(ToString::to_string).unwrap_or_default();
    let _ = town.issuer(&["proposal", "approve", &proposal]).ok();
    town.refresh("bundle-2", &["counter"]);
    assert_eq!(town.present("ibu", "counter", "akta").code(), "superseded");
    assert_eq!(town.present("ibu", "counter", "anak").code(), "superseded");
    town.refresh("bundle-3", &["ibu"]);
    let _ = town.serving(|| town.wallet("ibu", &["renew", "--all"]));
    town.refresh("bundle-4", &["ibu", "counter"]);
    let said = town.present("ibu", "counter", "akta");
    assert_eq!((said.code(), said.text("/facts/nama")), ("accepted", "NAMA YANG BENAR"), "{}", said.out);
}
