//! A letter of the kelurahan: asked from the wallet, approved at the registry, fetched with one's own card, shown at a counter.

use absah_flows::Town;
use absah_host::Exit;

#[test]
fn asked_approved_fetched_and_shown() {
    let town = Town::ready();
    let ask = |fields: &[&str]| {
        let words = [&["ask", "letter"], fields].concat();
        town.serving(|| town.wallet("warga", &words))
    };
    for (words, code) in [
        (&["nikah"][..], "letter-kind-unknown"),
        (&["domisili"], "letter-field-missing"),
        (&["domisili", "--field", "nik=1", "--field", "keperluan=bank"], "letter-field-unknown"),
    ] {
        let said = ask(words);
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{}", said.out);
    }
    let asked = ask(&["domisili", "--field", "keperluan=membuka rekening"]).ok();
    assert_eq!(asked.text("/tickets/0/state"), "open", "{}", asked.out);
    let refused =
        ask(&["usaha", "--field", "jenis=warung", "--field", "lokasi=Taman", "--field", "keperluan=kredit"]);
    assert_eq!(refused.ok().text("/tickets/0/kind"), "letter");
    let list = town.issuer(&["letter", "list"]).ok();
    assert_eq!(list.json["letters"].as_array().map(Vec::len), Some(2), "{}", list.out);
    // Nobody fetches what is not approved.
    let link = town.issuer(&["public-offer", "--credential", "SuratKeterangan"]).ok();
    let early = town.serving(|| {
        let link =
            town.issuer(&["public-offer", "--credential", "SuratKeterangan", "--public-url", &town.url()]);
        town.wallet("warga", &["receive", link.text("/credential_offer_uri")])
    });
    assert_eq!(early.exit, Exit::Refused, "{}{}", link.out, early.out);

    let approve = town.serving(|| town.issuer(&["letter", "approve", "1", "--public-url", &town.url()]));
    assert_eq!(approve.ok().json["approved"], true);
    let _ = town.issuer(&["letter", "refuse", "2", "--reason", "tidak ada usaha di alamat itu"]).ok();
    let again = town.issuer(&["letter", "approve", "2"]);
    assert_eq!(again.code(), "ticket-unknown", "{}", again.out);
    let told = town.serving(|| town.wallet("warga", &["ask", "tickets"])).ok();
    assert_eq!((told.text("/tickets/0/state"), told.text("/tickets/1/state")), ("refused", "done"));
    let (number, link) = told.text("/tickets/1/note").split_once(' ').unwrap_or_default();
    let received = town.serving(|| town.wallet("warga", &["receive", link]));
    assert_eq!(received.exit, Exit::Ok, "{}{}", received.out, received.err);
    town.refresh("bundle-2", &["warga", "counter"]);
    let said = town.present("warga", "counter", "surat");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    assert_eq!(said.text("/facts/nomorSurat"), number);
    assert_eq!(said.text("/facts/nama"), town.citizen().name);
    assert!(said.text("/facts/keterangan").contains("bertempat tinggal"));
}

/// Asks for a letter, has it approved and fetches it; its number.
fn given(town: &Town, fields: &[&str]) -> String {
    let words = [&["ask", "letter"], fields].concat();
    let asked = town.serving(|| town.wallet("warga", &words)).ok();
    let number = asked.json.pointer("/tickets/0/number").map(ToString::to_string).unwrap_or_default();
    let approve = ["letter", "approve", &number];
    let _ = town.serving(|| town.issuer(&[&approve[..], &["--public-url", &town.url()]].concat())).ok();
    let told = town.serving(|| town.wallet("warga", &["ask", "tickets"])).ok();
    let (number, link) = told.text("/tickets/0/note").split_once(' ').unwrap_or_default();
    let received = town.serving(|| town.wallet("warga", &["receive", link]));
    assert_eq!(received.exit, Exit::Ok, "{}{}", received.out, received.err);
    number.to_owned()
}

#[test]
fn letters_of_two_kinds_lie_side_by_side() {
    let town = Town::ready();
    let usaha =
        ["usaha", "--field", "jenis=warung", "--field", "lokasi=Taman", "--field", "keperluan=kredit"];
    let numbers = [given(&town, &["domisili", "--field", "keperluan=bank"]), given(&town, &usaha)];
    assert_ne!(numbers[0], numbers[1]);
    let list = town.wallet("warga", &["list"]).ok();
    let letters = |format: &str| {
        let cards = list.json["cards"].as_array().unwrap().iter();
        cards.filter(|card| card["type"] == "SuratKeterangan" && card["format"] == format).count()
    };
    assert_eq!((letters("dc+sd-jwt"), letters("vc+sd-jwt")), (2, 2), "{}", list.out);
}

#[test]
fn the_dead_ask_for_nothing() {
    let town = Town::ready();
    let citizen = town.citizen().clone();
    let extract = std::fs::read_to_string(town.path("extract.csv")).unwrap();
    let mut lines = extract.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = header.iter().position(|name| *name == "STATUS_DASAR").unwrap();
    // The whole family: a dead head with living members would be refused.
    let family = citizen.no_kk.to_string();
    let changed = lines.map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if line.contains(&family) {
            cells[at] = "2";
        }
        cells.join(",")
    });
    let whole: Vec<String> = std::iter::once(header.join(",")).chain(changed).collect();
    let path = town.path("dead.csv");
    std::fs::write(&path, whole.join("\r\n") + "\r\n").unwrap();
    let said = town.issuer(&["import", path.to_str().unwrap()]);
    let proposal = said.json["proposal"].to_string();
    let _ = town.issuer(&["proposal", "approve", &proposal]).ok();
    for words in [
        &["ask", "letter", "domisili", "--field", "keperluan=bank"][..],
        &["ask", "paper", "--out", town.path("paper.pdf").to_str().unwrap()],
    ] {
        let refused = town.serving(|| town.wallet("warga", words));
        assert_eq!(
            (refused.exit, refused.code()),
            (Exit::Refused, "access-card-withdrawn"),
            "{}",
            refused.out
        );
    }
    assert_eq!(town.issuer(&["letter", "list"]).ok().json["letters"].as_array().map(Vec::len), Some(0));
}
