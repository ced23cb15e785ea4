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

/// A registry that runs on an older copy of its data tells less than it told, each proof of it good.
#[test]
fn an_older_copy_of_the_registry_is_found_out() {
    let town = Town::ready();
    let nik = town.citizen().nik.to_string();
    let verify = ["history", "--verify"];
    let history = || town.serving(|| town.wallet("warga", &verify));
    let _ = history().ok();
    let (data, copy) = (town.path("issuer"), town.path("issuer-before"));
    // What ended with the server may still be closing its files: a copy is whole or made again.
    let mut tries = 0;
    while let Err(why) = copy_all(&data, &copy) {
        tries += 1;
        assert!(tries < 5, "copied: {why}");
        std::fs::remove_dir_all(&copy).expect("removed");
    }
    let _ = town.issuer(&["person", "show", "--nik", &nik, "--purpose", "Cetak ulang"]).ok();
    let _ = town.issuer(&["ledger", "reconcile"]).ok();
    let looked = history().ok();
    assert!(looked.json["access"].to_string().contains("Cetak ulang"), "{}", looked.out);
    std::fs::remove_dir_all(&data).expect("removed");
    std::fs::rename(&copy, &data).expect("put back");
    let said = history();
    assert_eq!((said.exit, said.code()), (Exit::Refused, "access-log-rollback"), "{}{}", said.out, said.err);
    assert_eq!(said.json["access"], looked.json["access"], "what was proven is still shown");
    // Grown past what the wallet has seen, with another history: its trees do not begin with that one.
    for _ in 0..8 {
        let _ = town.issuer(&["person", "show", "--nik", &nik, "--purpose", "Lain"]).ok();
    }
    let _ = town.issuer(&["ledger", "reconcile"]).ok();
    let said = history();
    assert_eq!((said.exit, said.code()), (Exit::Refused, "access-log-rollback"), "{}{}", said.out, said.err);
    assert_eq!(said.json["access"], looked.json["access"], "what was proven is still shown");
}

/// A card signed with a key that is distrusted proves nothing: its holder needs another card.
#[test]
fn whoever_holds_a_card_of_a_distrusted_key_is_told_to_get_another() {
    let town = Town::ready();
    let verify = ["history", "--verify"];
    let history = |words: &[&str]| town.serving(|| town.wallet("warga", words));
    let _ = history(&verify).ok();
    let distrust = ["trust", "distrust", "key-1", "--after", "2026-01-01T00:00:00Z", "--reason", "uji"];
    let _ = town.issuer(&["trust", "rotate", "credential", "--now"]).ok();
    let _ = town.issuer(&distrust).ok();
    for words in [verify.as_slice(), &["ask", "tickets"]] {
        let said = history(words);
        let told = (said.exit, said.code());
        assert_eq!(told, (Exit::Refused, "access-card-distrusted"), "{words:?}: {}{}", said.out, said.err);
    }
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_all(&path, &target)?;
        } else {
            let _ = std::fs::copy(&path, &target)?;
        }
    }
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700))
}
