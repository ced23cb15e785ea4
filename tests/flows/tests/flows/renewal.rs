//! Cards renew themselves, a card logs its holder in, and a suspension ends both.

use absah_flows::Town;
use absah_host::Exit;
use absah_types::Seconds;

fn count(said: &absah_flows::Said, pointer: &str) -> usize {
    said.json.pointer(pointer).and_then(|list| list.as_array()).map_or(0, Vec::len)
}

#[test]
fn a_card_renews_itself_until_it_is_suspended() {
    let town = Town::open();
    let nik = town.citizen().nik.to_string();
    town.serving(|| {
        let url = town.url();
        let offer = ["offer", "--nik", &nik, "--credential", "KtpElektronik", "--public-url", &url];
        let offer = town.issuer(&offer).ok();
        let (link, code) = (offer.text("/credential_offer_uri"), offer.text("/tx_code"));
        let received = town.wallet("warga", &["receive", link, "--tx-code", code]).ok();
        assert_eq!(count(&received, "/received"), 2, "{}", received.out);
        let early = town.wallet("warga", &["renew"]).ok();
        assert_eq!(count(&early, "/renewed"), 0, "nothing is due: {}", early.out);

        town.wait(Seconds::days(24));
        let renewed = town.wallet("warga", &["renew"]).ok();
        assert_eq!(count(&renewed, "/renewed"), 2, "both forms: {}", renewed.out);
        let list = town.wallet("warga", &["list"]).ok();
        assert_eq!(count(&list, "/cards"), 2, "in place of the old ones: {}", list.out);
        assert_eq!(list.json.pointer("/cards/0/copies_unused"), Some(&12.into()), "{}", list.out);
        let early = town.wallet("warga", &["renew"]).ok();
        assert_eq!(count(&early, "/renewed"), 0, "{}", early.out);

        // The identity card logs in for the family card: no officer, no code, no page.
        let public = ["public-offer", "--credential", "KartuKeluarga", "--public-url", &url];
        let public = town.issuer(&public).ok();
        let link = public.text("/credential_offer_uri");
        let family = town.wallet("warga", &["receive", link]).ok();
        assert_eq!(count(&family, "/received"), 2, "{}", family.out);
        // Somebody without a card is sent to the page, and here nobody opens it.
        let stranger = town.wallet("lain", &["receive", link]);
        assert_eq!((stranger.exit, stranger.code()), (Exit::Refused, "nobody-to-ask"), "{}", stranger.out);

        let _ = town.issuer(&["suspend", "--nik", &nik]).ok();
        let ended = town.wallet("warga", &["renew", "--all"]);
        assert_eq!(ended.exit, Exit::Refused, "{}", ended.out);
        assert_eq!(ended.text("/refused/0/code"), "receive-renewal-ended", "{}", ended.out);
        let again = town.wallet("warga", &["receive", link]);
        assert_eq!(again.exit, Exit::Refused, "a suspended card logs nobody in: {}", again.out);
        // The cards themselves are still there, and say so with the next bundle.
        assert_eq!(count(&town.wallet("warga", &["list"]).ok(), "/cards"), 4);
    });
}

/// A correction and its answer; a phone code that suspends everything from any phone, once.
#[test]
fn what_a_citizen_asks_of_the_registry() {
    let town = Town::open();
    let nik = town.citizen().nik.to_string();
    town.serving(|| {
        let url = town.url();
        let none = town.wallet("warga", &["ask", "tickets"]);
        assert_eq!(none.code(), "access-no-card", "{}", none.out);
        let offer = ["offer", "--nik", &nik, "--credential", "KtpElektronik", "--public-url", &url];
        let offer = town.issuer(&offer).ok();
        let (link, code) = (offer.text("/credential_offer_uri"), offer.text("/tx_code"));
        let _ = town.wallet("warga", &["receive", link, "--tx-code", code]).ok();
        // Without a list nobody is known to be the registry: nothing is asked of whoever gave the card.
        let unknown = town.wallet("warga", &["ask", "phone-code"]);
        assert_eq!((unknown.exit, unknown.code()), (Exit::Refused, "wallet-no-bundle"), "{}", unknown.out);
        town.refresh("bundle-1", &["warga"]);

        let asked = town.wallet("warga", &["ask", "correction", "--text", "Pekerjaan saya guru"]).ok();
        assert_eq!(asked.text("/tickets/0/state"), "open", "{}", asked.out);
        let open = town.issuer(&["ticket", "list"]).ok();
        assert_eq!(open.text("/tickets/0/nik"), nik, "{}", open.out);
        let number =
            open.json.pointer("/tickets/0/ticket/number").map(ToString::to_string).unwrap_or_default();
        let _ = town.issuer(&["ticket", "close", &number, "--note", "Sudah dibetulkan"]).ok();
        let twice = town.issuer(&["ticket", "close", &number, "--note", "Lagi"]);
        assert_eq!(twice.code(), "ticket-unknown", "{}", twice.out);
        let told = town.wallet("warga", &["ask", "tickets"]).ok();
        assert_eq!(
            (told.text("/tickets/0/state"), told.text("/tickets/0/note")),
            ("done", "Sudah dibetulkan")
        );
        let empty = town.wallet("warga", &["ask", "deletion", "--text", " "]);
        assert_eq!(empty.code(), "wish-refused", "{}", empty.out);

        let old = town.wallet("warga", &["ask", "phone-code"]).ok().text("/phone_code").to_owned();
        let code = town.wallet("warga", &["ask", "phone-code"]).ok().text("/phone_code").to_owned();
        assert_eq!((old.len(), old != code), (14, true));
        let page = |code: &str| town.post(&format!("{url}/suspend"), &format!("phone_code={code}"));
        assert_eq!(page(&old), 403, "an earlier code ends");
        assert_eq!(page(&code.to_lowercase()), 200);
        assert_eq!(page(&code), 403, "once");
        let ended = town.wallet("warga", &["ask", "tickets"]);
        assert_eq!(ended.code(), "access-card-suspended", "a suspended card proves nothing: {}", ended.out);
    });
}
