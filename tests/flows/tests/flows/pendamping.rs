//! Mode Pendamping: a registered helper carries somebody's card for half an hour; one clock from the start of a session to
//! its end.

use absah_flows::{Said, Town};
use absah_host::Exit;
use absah_types::Seconds;

const HELPER: &str = "pkk-07";

/// A registered counter and helper.
fn town() -> Town {
    furnished(Town::open())
}

fn furnished(town: Town) -> Town {
    let _ = town.open_counter("counter");
    let words =
        ["pendamping", "add", "--id", HELPER, "--name", "Sri Wahyuni", "--organisation", "PKK Kartoharjo"];
    let _ = town.issuer(&words).ok();
    town
}

/// Begins a session and receives its card on the helper's phone.
fn session(town: &Town, nik: &str) -> Said {
    town.serving(|| {
        let url = town.url();
        let words = ["pendamping", "start", "--nik", nik, "--helper", HELPER, "--card-and-face", "--agreed"];
        let words: Vec<&str> = words.into_iter().chain(["--public-url", &url]).collect();
        let started = town.issuer(&words).ok();
        let (link, code) = (started.text("/credential_offer_uri"), started.text("/tx_code"));
        let _ = town.wallet("pendamping", &["receive", link, "--tx-code", code]).ok();
        started
    })
}

/// A phone, copied with all that is on it.
fn copied(from: &std::path::Path, to: &std::path::Path) {
    assert!(std::fs::create_dir_all(to).is_ok());
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copied(&path, &to);
        } else {
            assert!(std::fs::copy(&path, &to).is_ok());
        }
    }
}

fn cards(town: &Town, who: &str) -> Option<usize> {
    town.wallet(who, &["list"]).ok().json.get("cards")?.as_array().map(Vec::len)
}

#[test]
fn a_session_from_its_start_to_its_end() {
    let town = town();
    let nik = town.citizen().nik.to_string();
    let started = session(&town, &nik);
    town.refresh("bundle-1", &["pendamping", "counter"]);
    assert_eq!(cards(&town, "pendamping"), Some(1), "in the form that counters read");
    let listed = town.wallet("pendamping", &["list"]).ok();
    assert_eq!(listed.json.pointer("/cards/0/carried"), Some(&true.into()), "{}", listed.out);
    assert_eq!(listed.json.pointer("/cards/0/copies"), Some(&1.into()), "{}", listed.out);
    // It proves nothing of who helps: said as such, not as a card to be renewed.
    let asked = town.serving(|| town.wallet("pendamping", &["ask", "tickets"]));
    assert_eq!((asked.exit, asked.code()), (Exit::Refused, "access-only-carried"), "{}", asked.out);

    // "expiry … is the guarantee": what is only carried goes into no backup.
    let out = town.path("cadangan.absah").display().to_string();
    let saved = town.wallet("pendamping", &["backup", "--out", &out]).ok();
    assert_eq!(saved.json.pointer("/cards"), Some(&0.into()), "{}", saved.out);

    let said = town.present("pendamping", "counter", "wajah");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);
    assert_eq!(said.text("/facts/nama"), town.citizen().name);
    assert_eq!(said.text("/pendamping/nomor"), HELPER);
    assert_eq!(said.text("/pendamping/nama"), "Sri Wahyuni");
    assert_eq!(said.text("/pendamping/organisasi"), "PKK Kartoharjo");
    assert_eq!(said.text("/pendamping/until"), started.text("/ends_at"));

    // Another session, answered just before its half hour is over, decided just after it.
    let _ = session(&town, &nik);
    town.wait(Seconds(29 * 60));
    let request = town.ask("counter", "wajah", &[]);
    let answer = town.answer("pendamping", &request);
    town.wait(Seconds(2 * 60));
    let said = town.decide("counter", &answer);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "pendamping-over"), "{}", said.out);
    // The phone has it no more.
    assert_eq!(cards(&town, "pendamping"), Some(0));
    let (said, answer) = town.reply("pendamping", &town.ask("counter", "wajah", &[]));
    assert!(answer.is_none(), "{}", said.out);

    let counted = town.issuer(&["pendamping", "sessions"]).ok();
    let number = |name: &str| counted.json.get(name).and_then(serde_json::Value::as_u64);
    assert_eq!((number("people"), number("count")), (Some(1), Some(2)), "{}", counted.out);
}

#[test]
fn a_session_is_one_errand() {
    let town = town();
    let nik = town.citizen().nik.to_string();
    let _ = session(&town, &nik);
    town.refresh("bundle-1", &["pendamping", "counter"]);
    // A copy of the phone, for what a wallet alone cannot refuse.
    let request = town.ask("counter", "wajah", &[]);
    let other = town.ask("counter", "wajah", &[]);
    copied(&town.path("pendamping"), &town.path("salinan"));
    let unread = town.answer("pendamping", &request);
    // The counter could not read it: the same request is answered again, and no other one.
    let (said, none) = town.reply("pendamping", &other);
    assert!(none.is_none(), "{}", said.out);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "carried-used"), "{}", said.out);
    let again = town.answer("pendamping", &request);
    assert_ne!(unread, again);
    assert_eq!(town.decide("counter", &again).code(), "accepted");
    let listed = town.wallet("pendamping", &["list"]).ok();
    assert_eq!(listed.json.pointer("/cards/0/carried_used"), Some(&true.into()), "{}", listed.out);
    let quick = town.wallet("pendamping", &["show", "usia-17", "--yes"]);
    assert_eq!((quick.exit, quick.code()), (Exit::Refused, "carried-used"), "{}", quick.out);
    // The copied phone answers, and the counter knows the card.
    let twice = town.answer("salinan", &other);
    let said = town.decide("counter", &twice);
    assert_eq!((said.exit, said.code()), (Exit::Refused, "pendamping-used"), "{}", said.out);
    // A new session is a new errand.
    let _ = session(&town, &nik);
    assert_eq!(town.present("pendamping", "counter", "wajah").code(), "accepted");
}

#[test]
fn without_a_request_the_counter_is_told_of_the_helper_too() {
    let town = Town::open();
    let services = absah_flows::SERVICES.replace(
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\"]\n",
        "claims = [\"usiaMinimal17\", \"wargaKotaMadiun\", \"portrait\"]\naccepts = [\"satu-pindai\"]\n",
    );
    assert!(std::fs::write(town.path("services.toml"), services).is_ok());
    let town = furnished(town);
    let _ = session(&town, &town.citizen().nik.to_string());
    town.refresh("bundle-1", &["pendamping", "counter"]);
    let code = |name: &str| {
        let file = town.path(name).display().to_string();
        let claims = "usiaMinimal17,wargaKotaMadiun,portrait";
        (town.wallet("pendamping", &["show", "--claims", claims, "--yes", "--text", &file]), file)
    };
    copied(&town.path("pendamping"), &town.path("salinan"));
    let (shown, file) = code("shown.txt");
    assert_eq!(shown.exit, Exit::Ok, "{}{}", shown.out, shown.err);
    let said = town.counter("counter", &["decide", &file, "--service", "umur"]);
    assert_eq!(
        (said.exit, said.code(), said.text("/strength")),
        (Exit::Ok, "accepted", "lemah"),
        "{}",
        said.out
    );
    assert_eq!(said.text("/pendamping/nomor"), HELPER, "{}", said.out);
    assert_eq!(code("twice.txt").0.code(), "carried-used");
    // Shown, it is used up for requests, too; on a copied phone the counter says so.
    let request = town.ask("counter", "wajah", &[]);
    assert_eq!(town.reply("pendamping", &request).0.code(), "carried-used");
    let said = town.decide("counter", &town.answer("salinan", &request));
    assert_eq!((said.exit, said.code()), (Exit::Refused, "pendamping-used"), "{}", said.out);
}

#[test]
fn a_session_that_is_ended_is_suspended_and_the_citizens_own_card_is_not() {
    let town = town();
    let citizen = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &citizen, "KtpElektronik");
    let started = session(&town, &citizen);
    let number = started.json.get("session").map(ToString::to_string).unwrap_or_default();
    town.refresh("bundle-1", &["pendamping", "warga", "counter"]);
    let request = town.ask("counter", "wajah", &[]);
    let answer = town.answer("pendamping", &request);
    let ended = town.issuer(&["pendamping", "end", &number]).ok();
    assert!(ended.json.get("copies_changed").and_then(serde_json::Value::as_u64) > Some(0), "{}", ended.out);
    town.refresh("bundle-2", &["counter"]);
    assert_eq!(town.decide("counter", &answer).code(), "suspended");
    let own = town.present("warga", "counter", "wajah");
    assert_eq!(own.code(), "accepted", "{}", own.out);
    assert!(own.json.get("pendamping").is_none(), "{}", own.out);
}

#[test]
fn a_session_is_for_one_phone() {
    let town = town();
    let nik = town.citizen().nik.to_string();
    let started = session(&town, &nik);
    let (link, code) = (started.text("/credential_offer_uri"), started.text("/tx_code"));
    let twice = town.serving(|| town.wallet("lain", &["receive", link, "--tx-code", code]));
    assert_eq!(twice.exit, Exit::Refused, "{}", twice.out);
    assert_eq!(cards(&town, "lain"), Some(0));
}

/// Where nobody compares a face, nothing ties a carried card to who is there; the citizen's own card is taken.
#[test]
fn at_the_highest_tier_a_carried_card_needs_a_face() {
    let town = Town::open();
    let services = absah_flows::SERVICES.to_owned()
        + "\n[[service]]\nid = \"ubah-data\"\ntitle = \"Ubah data\"\npurpose = \"Contoh\"\nlegal_basis = \"Contoh\"\nclaims = [\"nama\"]\ntier = \"tinggi\"\nretention_days = 30\n\n[[service]]\nid = \"ubah-data-wajah\"\ntitle = \"Ubah data\"\npurpose = \"Contoh\"\nlegal_basis = \"Contoh\"\nclaims = [\"nama\", \"portrait\"]\ntier = \"tinggi\"\nretention_days = 30\n";
    assert!(std::fs::write(town.path("services.toml"), services).is_ok());
    let town = furnished(town);
    let nik = town.citizen().nik.to_string();
    let _ = town.give_card("warga", &nik, "KtpElektronik");
    let _ = session(&town, &nik);
    town.refresh("bundle-1", &["pendamping", "warga", "counter"]);
    let said = town.present("pendamping", "counter", "ubah-data");
    assert_eq!((said.exit, said.code()), (Exit::Refused, "pendamping-face"), "{}", said.out);
    assert_eq!(town.present("warga", "counter", "ubah-data").code(), "accepted");
    let _ = session(&town, &nik);
    let said = town.present("pendamping", "counter", "ubah-data-wajah");
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "{}", said.out);

    // The sheet says who carried it, by number; the citizen's own does not speak of any.
    let sheet = |said: &Said| {
        let file = town.path("lembar.pdf").display().to_string();
        let _ =
            town.counter("counter", &["evidence", "export", said.text("/evidence"), "--sheet", &file]).ok();
        String::from_utf8_lossy(&std::fs::read(&file).unwrap_or_default()).into_owned()
    };
    let carried = sheet(&said);
    assert!(
        carried.contains("Dibawa oleh") && carried.contains(HELPER) && carried.contains("PKK Kartoharjo")
    );
    assert!(!carried.contains("Sri Wahyuni"), "a name of a person");
    let own = sheet(&town.present("warga", "counter", "ubah-data"));
    assert!(own.starts_with("%PDF") && !own.contains("Dibawa oleh") && !own.contains(HELPER));
}
