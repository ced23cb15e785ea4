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
