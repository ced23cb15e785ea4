//! A family test: the parent's wallet presents the child's card; the counter shows what the parent is to the child.
#![expect(clippy::expect_used, reason = "a failure here is a failed test")]

use absah_flows::Town;
use absah_host::Exit;
use absah_testkit::Resident;

/// A child, its mother and its father on one family card.
fn family(town: &Town) -> (&Resident, &Resident) {
    let today = town.now().date();
    let is_child = |one: &&Resident| one.birth.age_on(today) < 17 && one.status == 1;
    let mother_of = |child: &Resident| {
        let mother = town.people.iter().find(|one| Some(one.nik) == child.mother_nik);
        mother.filter(|mother| mother.no_kk == child.no_kk && mother.status == 1)
    };
    let found = town.people.iter().filter(is_child).find_map(|child| Some((child, mother_of(child)?)));
    found.expect("a child and its mother")
}

/// The mother's wallet with her own card and others of the child or of the family.
fn mothers_wallet(cards: &[&str]) -> Town {
    let town = Town::open();
    let _ = town.open_counter("counter");
    let (child, mother) = family(&town);
    let (child, mother) = (child.nik.to_string(), mother.nik.to_string());
    let photo = town.path("photos").join(format!("{}.jpg", town.citizen().nik));
    std::fs::copy(photo, town.path("photos").join(format!("{mother}.jpg"))).expect("copied");
    let (extract, photos) = (town.path("extract.csv"), town.path("photos"));
    let _ = town
        .issuer(&["import", &extract.display().to_string(), "--photos", &photos.display().to_string()])
        .ok();
    let _ = town.give_card("ibu", &mother, "KtpElektronik");
    for card in cards {
        let nik = if *card == "KartuKeluarga" { &mother } else { &child };
        let _ = town.give_card("ibu", nik, card);
    }
    town.refresh("bundle-1", &["ibu", "counter"]);
    town
}

#[test]
fn the_counter_says_that_she_is_the_mother_of_the_child() {
    let town = mothers_wallet(&["Kia"]);
    let (child, mother) = family(&town);
    let said = town.present("ibu", "counter", "sekolah");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    assert_eq!(said.text("/relations/0/holder_is"), "ibu");
    assert_eq!(said.text("/relations/0/proven_by/card"), "Kia");
    assert_eq!((said.text("/cards/0/person"), said.text("/cards/0/facts/nama")), ("holder", &*mother.name));
    assert_eq!((said.text("/cards/1/person"), said.text("/cards/1/facts/nama")), ("dependant", &*child.name));
    for number in [child.nik.to_string(), mother.nik.to_string(), child.no_kk.to_string()] {
        assert!(!said.out.contains(&number), "no number is needed for it: {}", said.out);
    }

    // A service that does not ask for it learns nothing of it.
    let said = town.present("ibu", "counter", "anak");
    assert_eq!(said.json["relations"][0]["holder_is"], serde_json::Value::Null, "{}", said.out);
}

#[test]
fn the_family_card_proves_it_and_shows_nobody_else() {
    let town = mothers_wallet(&["Kia", "KartuKeluarga"]);
    let (child, mother) = family(&town);
    let said = town.present("ibu", "counter", "keluarga-anak");
    assert_eq!(said.code(), "accepted", "{}", said.out);
    assert_eq!(said.text("/relations/0/proven_by/card"), "KartuKeluarga");
    let expected = match (mother.relation, child.relation) {
        (1, 4) => "orang-tua",
        (1, 6) => "kakek-nenek",
        (2 | 3, 4) => "pasangan-kepala",
        _ => "sekeluarga",
    };
    assert_eq!(said.text("/relations/0/holder_is"), expected, "{}", said.out);
    let shown = said.json["facts"]["anggota.*.nik"].as_array().cloned().unwrap_or_default();
    let mut shown: Vec<_> = shown.iter().filter_map(serde_json::Value::as_str).collect();
    shown.sort_unstable();
    let mut own = [child.nik.to_string(), mother.nik.to_string()];
    own.sort_unstable();
    assert_eq!(shown, own, "two members of the family and no other");
}

#[test]
fn another_keeper_of_the_childs_card_is_not_called_the_mother() {
    let town = Town::open();
    let _ = town.open_counter("counter");
    let today = town.now().date();
    // Somebody of the same family card who is not a parent by the register's numbers.
    let found = town.people.iter().find_map(|child| {
        let is_child = child.birth.age_on(today) < 17 && child.status == 1;
        let kept_by = town.people.iter().find(|one| {
            let is_parent = [child.mother_nik, child.father_nik].contains(&Some(one.nik));
            let able = one.no_kk == child.no_kk && [1, 2, 3].contains(&one.relation) && one.status == 1;
            able && !is_parent && one.birth.age_on(today) >= 17
        });
        is_child.then_some((child, kept_by?))
    });
    let Some((child, guardian)) = found else { return };
    let _ = town.give_card("wali", &guardian.nik.to_string(), "KtpElektronik");
    let _ = town.serving(|| {
        let (child, guardian, url) = (child.nik.to_string(), guardian.nik.to_string(), town.url());
        let words = ["offer", "--nik", &child, "--credential", "Kia", "--guardian", &guardian];
        let offer = town.issuer(&[&words[..], &["--public-url", &url]].concat()).ok();
        let (link, code) = (offer.text("/credential_offer_uri"), offer.text("/tx_code"));
        town.wallet("wali", &["receive", link, "--tx-code", code]).ok()
    });
    town.refresh("bundle-1", &["wali", "counter"]);
    let said = town.present("wali", "counter", "sekolah-tanpa-foto");
    assert_eq!((said.code(), said.text("/relations/0/holder_is")), ("accepted", "wali"), "{}", said.out);
}

/// Her own cards lack a photograph; another adult's on the same phone has one, and does not hide that.
#[test]
fn a_missing_photograph_is_told_beside_another_adults_card() {
    let town = Town::open();
    let _ = town.open_counter("counter");
    let (_, mother) = family(&town);
    let (mother, other) = (mother.nik.to_string(), town.citizen().nik.to_string());
    assert_ne!(mother, other, "somebody else, with a photograph");
    for (nik, card) in [(&mother, "KtpElektronik"), (&mother, "KartuKeluarga"), (&other, "KtpElektronik")] {
        let _ = town.give_card("ibu", nik, card);
    }
    town.refresh("bundle-1", &["ibu", "counter"]);
    let (said, _) = town.reply("ibu", &town.ask("counter", "bantuan-keluarga", &[]));
    assert_eq!((said.exit, said.code()), (Exit::Refused, "query-missing-claims"), "{}", said.out);
}
