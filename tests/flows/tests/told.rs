//! What a citizen is told whose card does not hold any more, by a registry that can be reached.

use absah_flows::Town;
use absah_host::Exit;

#[test]
fn whoever_holds_a_withdrawn_card_is_told_so() {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let history = |words: &[&str]| town.serving(|| town.wallet("warga", words));
    let verify = ["history", "--verify"];
    let before = history(&verify).ok();
    assert_eq!((before.code(), &before.json["access_fetched_now"]), ("ok", &true.into()), "{}", before.out);
    for (word, code) in [("suspend", "access-card-suspended"), ("revoke", "access-card-withdrawn")] {
        let _ = town.issuer(&[word, "--nik", &nik, "--credential", "KtpElektronik"]).ok();
        let said = history(&verify);
        assert_eq!((said.exit, said.code()), (Exit::Refused, code), "{word}: {}{}", said.out, said.err);
        assert_eq!(said.json["access"], before.json["access"], "what was kept is still shown");
        // What is asked of the registry with the same card ends for the same reason.
        let asked = history(&["ask", "tickets"]);
        assert_eq!((asked.exit, asked.code()), (Exit::Refused, code), "{word}: {}{}", asked.out, asked.err);
    }
    // Nobody is there: what was kept holds, and nothing is said of the card.
    let alone = town.wallet("warga", &verify);
    assert_eq!((alone.exit, alone.code()), (Exit::Ok, "ok"), "{}{}", alone.out, alone.err);
}
