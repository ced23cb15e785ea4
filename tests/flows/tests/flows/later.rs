//! Cards that an officer must release first, an issuer that insists on encryption, a forgotten PIN: over the real
//! programs.

use absah_flows::{Said, Town};
use absah_host::Exit;
use absah_types::Seconds;

fn count(said: &Said, pointer: &str) -> usize {
    said.json.pointer(pointer).and_then(|list| list.as_array()).map_or(0, Vec::len)
}

fn held(town: &Town, nik: &str) -> Said {
    let url = town.url();
    let offer = ["offer", "--nik", nik, "--credential", "KtpElektronik", "--public-url", &url, "--hold"];
    let offer = town.issuer(&offer).ok();
    let (link, code) = (offer.text("/credential_offer_uri"), offer.text("/tx_code"));
    town.wallet("warga", &["receive", link, "--tx-code", code]).ok()
}

#[test]
fn a_held_card_is_waited_for_and_comes_with_the_next_renewal() {
    let town = Town::open();
    let nik = town.citizen().nik.to_string();
    town.serving(|| {
        let waits = held(&town, &nik);
        assert_eq!((count(&waits, "/received"), count(&waits, "/waiting")), (0, 2), "{}", waits.out);
        let list = town.wallet("warga", &["list"]).ok();
        assert_eq!((count(&list, "/cards"), count(&list, "/waiting")), (0, 2), "{}", list.out);
        let early = town.wallet("warga", &["renew"]).ok();
        assert_eq!(count(&early, "/waiting"), 2, "the interval is kept: {}", early.out);

        town.wait(Seconds(301));
        let still = town.wallet("warga", &["renew"]).ok();
        assert_eq!((count(&still, "/received"), count(&still, "/waiting")), (0, 2), "{}", still.out);
        let waiting = town.issuer(&["held", "list"]).ok();
        let number = waiting.json.pointer("/held/0/id").map(ToString::to_string).unwrap_or_default();
        let _ = town.issuer(&["held", "release", &number]).ok();
        town.wait(Seconds(301));
        let comes = town.wallet("warga", &["renew"]).ok();
        assert_eq!((count(&comes, "/received"), count(&comes, "/waiting")), (2, 0), "{}", comes.out);
        let list = town.wallet("warga", &["list"]).ok();
        assert_eq!(list.json.pointer("/cards/0/copies_unused"), Some(&12.into()), "{}", list.out);
        // One right renews both forms.
        let renewed = town.wallet("warga", &["renew", "--all"]).ok();
        assert_eq!(count(&renewed, "/renewed"), 2, "{}", renewed.out);
        assert_eq!(count(&town.wallet("warga", &["list"]).ok(), "/cards"), 2);
    });
}

#[test]
fn a_withheld_card_ends_the_waiting() {
    let town = Town::open();
    let nik = town.citizen().nik.to_string();
    town.serving(|| {
        let _ = held(&town, &nik);
        let waiting = town.issuer(&["held", "list"]).ok();
        let number = waiting.json.pointer("/held/0/id").map(ToString::to_string).unwrap_or_default();
        let _ = town.issuer(&["held", "refuse", &number]).ok();
        town.wait(Seconds(301));
        let ended = town.wallet("warga", &["renew"]);
        assert_eq!(ended.exit, Exit::Refused, "{}", ended.out);
        assert_eq!(ended.text("/refused/0/code"), "receive-deferred-refused", "{}", ended.out);
        assert_eq!(count(&ended, "/waiting"), 0, "{}", ended.out);
    });
}

#[test]
fn a_forgotten_pin_is_replaced_by_the_code_on_paper() {
    let town = Town::open();
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    let code = town.wallet("warga", &["recovery", "make"]).ok().text("/recovery_code").to_owned();
    assert_eq!(code.len(), 34, "{code}");
    let reset = |code: &str, pin: &str| {
        town.wallet_with(
            "warga",
            &["recovery", "reset"],
            &[("ABSAH_RECOVERY_CODE", code), ("ABSAH_PIN", pin)],
        )
    };
    assert_eq!(reset("ABCD", "628417").code(), "recovery-code-length");
    assert_eq!(reset(&code, "123456").code(), "pin-weak");
    let done = reset(&code.to_lowercase(), "628417").ok();
    assert_eq!(done.json.pointer("/cards"), Some(&2.into()), "{}", done.out);
    assert_eq!(town.wallet("warga", &["list"]).code(), "vault-wrong-pin", "the old PIN has ended");
    let list = town.wallet_with("warga", &["list"], &[("ABSAH_PIN", "628417")]).ok();
    assert_eq!(count(&list, "/cards"), 2, "{}", list.out);
    // An earlier code ends with the next, and guessing is slowed down.
    let _ = town.wallet_with("warga", &["recovery", "make"], &[("ABSAH_PIN", "628417")]).ok();
    for _ in 0..5 {
        assert_eq!(reset(&code, "739154").code(), "vault-wrong-recovery");
    }
    assert_eq!(reset(&code, "739154").code(), "recovery-wait");
    town.wait(Seconds(31));
    assert_eq!(reset(&code, "739154").code(), "vault-wrong-recovery");
}
