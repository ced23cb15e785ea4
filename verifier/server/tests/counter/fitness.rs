//! What a counter knows about itself: its devices, its counts, printed documents that wait, fresh data from the page.

use absah_host::Exit;
use absah_trust::sample::City;
use absah_types::Seconds;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::desk::{Page, is_in_a_file};
use crate::world::{Counter, NOW, PASSWORD};

const KEYS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

fn typed(text: &str) -> Value {
    json!({ "keys": text.chars().map(String::from).collect::<Vec<_>>() })
}

/// What the page saves when no code of the chart was read.
fn nothing() -> Value {
    json!({ "version": 1, "distance_cm": 0, "pixels_per_module": 0.0 })
}

fn camera(version: u8) -> Value {
    json!({ "version": version, "distance_cm": 30, "pixels_per_module": 3.5 })
}

#[tokio::test]
async fn what_the_doctor_measures_is_what_requests_carry() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let found = counter.run(&["doctor"]).await;
    assert_eq!((found.exit, found.json["qr_version"].as_u64()), (Exit::Ok, Some(25)), "{}", found.json);
    assert_eq!(found.json["parts"][0]["code"], "doctor-camera-unmeasured");
    for (version, asked, state) in [(40, 40, "ok"), (20, 20, "ok"), (15, 15, "warn"), (10, 10, "warn")] {
        assert_eq!(page.post("/api/doctor/camera", camera(version)).await, json!({}));
        let found = counter.run(&["doctor"]).await;
        assert_eq!(
            (found.exit, found.json["qr_version"].as_u64(), found.json["parts"][0]["state"].as_str()),
            (Exit::Ok, Some(asked), Some(state)),
            "{version}"
        );
    }
    // The wallet answers in codes that this camera reads, and no larger ones.
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert!(
        std::fs::read_to_string(&answer).unwrap().lines().count() > 1,
        "one code of version 10 is too small"
    );
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");

    // A camera that reads nothing useful stops the counter, unless a scanner stands in for it.
    page.post("/api/doctor/camera", nothing()).await;
    let found = counter.run(&["doctor"]).await;
    assert_eq!((found.exit, found.json["go_live"].as_bool()), (Exit::Refused, Some(false)), "{}", found.json);
    let ask = || page.post("/api/ask", json!({ "service": City::SERVICE }));
    assert_eq!(ask().await["code"], "doctor-camera-weak");
    assert_eq!(page.get("/api/desk").await["go_live"], false);
    let by_command = counter.run(&["request", "--service", City::SERVICE]).await;
    assert_eq!(
        (by_command.exit, by_command.code()),
        (Exit::Environment, "doctor-camera-weak"),
        "no way round"
    );
    let online = || page.post("/api/online", json!({ "service": City::SERVICE }));
    assert!(online().await["session"].is_string(), "no camera reads that answer");
    for (name, keys, code) in [
        ("cut off", &KEYS[..44], "doctor-scanner-incomplete"),
        ("two alike", &KEYS.replace(':', "."), "doctor-scanner-lossy"),
    ] {
        assert_eq!(page.post("/api/doctor/scanner", typed(keys)).await["code"], code, "{name}");
    }
    let german = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%(`ß.-Ö";
    let learnt = page.post("/api/doctor/scanner", typed(german)).await;
    assert_eq!((&learnt["map"]["Z"], &learnt["map"]["Ö"]), (&json!("Y"), &json!(":")), "{learnt}");
    assert_eq!(page.get("/api/desk").await["scanner"]["Y"], "Z");
    assert!(ask().await["frames"].is_array());
    let measured = |version: u8, distance: u32, pixels: f64| json!({ "version": version, "distance_cm": distance, "pixels_per_module": pixels });
    for (wrong, code) in [
        (camera(0), "doctor-measure"),
        (camera(41), "doctor-measure"),
        (camera(9), "doctor-measure"),
        (measured(10, 2000, 1.0), "doctor-measure"),
        (measured(10, 30, -1.0), "doctor-measure"),
        (measured(40, 0, 0.0), "doctor-measure-apart"),
        (measured(40, 30, 0.5), "doctor-measure-apart"),
        (measured(40, 1, 5.0), "doctor-measure-apart"),
        (measured(10, 900, 100.0), "doctor-measure-apart"),
        (measured(1, 30, 3.5), "doctor-measure"),
    ] {
        assert_eq!(page.post("/api/doctor/camera", wrong.clone()).await["code"], code, "{wrong}");
    }
    assert_eq!(counter.run(&["doctor", "forget"]).await.json["camera"], Value::Null);
    let chart = counter.file("chart.pdf");
    assert_eq!(counter.run(&["doctor", "chart", "--out", chart.to_str().unwrap()]).await.exit, Exit::Ok);
    assert!(std::fs::read(chart).unwrap().starts_with(b"%PDF"));
    // Old data is advice; data that has ended stops the counter.
    counter.clock.set(NOW.plus(Seconds::hours(30)));
    let found = counter.run(&["doctor"]).await;
    assert_eq!((found.exit, found.json["parts"][3]["code"].as_str()), (Exit::Ok, Some("doctor-data-old")));
    counter.clock.set(NOW.minus(Seconds::days(1)));
    let found = counter.run(&["doctor"]).await;
    assert_eq!(
        (found.exit, found.json["parts"][2]["state"].as_str()),
        (Exit::Refused, Some("bad")),
        "{}",
        found.json
    );
    let code = found.json["parts"][2]["code"].clone();
    let words = ["request", "--online", "--service", City::SERVICE, "--public-url", "http://127.0.0.1:9"];
    for said in [ask().await["code"].clone(), online().await["code"].clone()] {
        assert_eq!(said, code, "a clock that is behind stops every request");
    }
    assert_eq!(counter.run(&words).await.code(), code.as_str().unwrap());
}

#[tokio::test]
async fn a_counter_without_a_registration_is_not_ready() {
    let counter = Counter::registered().await;
    let of_registration = async |counter: &Counter| {
        let found = counter.run(&["doctor"]).await;
        let parts = found.json["parts"].as_array().unwrap().clone();
        (found.exit, parts.into_iter().find(|part| part["what"] == "registration"))
    };
    assert_eq!(of_registration(&counter).await, (Exit::Ok, None));
    // Two weeks before its end it is said.
    let city = City::at(NOW);
    let mut ending = city.registration();
    ending.spki_sha256 = counter.key.spki_sha256();
    ending.expires_at = NOW.plus(Seconds::days(13));
    let folder = counter.publish(2, |contents| {
        contents.registrations = vec![city.sign_for(&ending, &counter.key)];
    });
    assert_eq!(counter.import(&folder, false).await.exit, Exit::Ok);
    let (exit, part) = of_registration(&counter).await;
    let part = part.unwrap();
    assert_eq!(exit, Exit::Ok);
    assert_eq!((&part["state"], &part["code"]), (&json!("warn"), &json!("doctor-registration-ends")));
    // Without one nobody is served.
    let folder = counter.publish(3, |contents| contents.registrations = Vec::new());
    assert_eq!(counter.import(&folder, false).await.exit, Exit::Ok);
    let (exit, part) = of_registration(&counter).await;
    assert_eq!((exit, &part.unwrap()["state"]), (Exit::Refused, &json!("bad")));
}

#[tokio::test]
async fn counts_are_for_supervisors_and_hold_nothing_personal() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let shown = page.read(&answer).await;
    page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
    page.read(&answer).await;
    for _ in 0..2 {
        assert_eq!(page.post("/api/photocopy", json!({ "service": City::SERVICE })).await, json!({}));
        for unknown in ["", "lain"] {
            let said = page.post("/api/photocopy", json!({ "service": unknown })).await;
            assert_eq!(said["code"], "service-unknown", "counts for nobody: {said}");
        }
    }
    let rows = page.get("/api/tally?days=1").await["rows"].clone();
    let mut seen: Vec<(&str, u64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["code"].as_str().unwrap(), row["count"].as_u64().unwrap()))
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, [("matched", 1), ("photocopy", 2), ("replayed", 1)], "{rows}");
    let file = counter.file("counts.csv");
    let said = counter.run(&["report", "--days", "7", "--csv", file.to_str().unwrap()]).await;
    assert_eq!(said.json["rows"].as_array().map(Vec::len), Some(3));
    let csv = std::fs::read_to_string(file).unwrap();
    assert!(csv.starts_with("tanggal,jam,layanan,hasil,warna,jumlah,median_detik\r\n"), "{csv}");
    assert!(!csv.contains("SITI") && !csv.contains("Bu Sri"), "{csv}");

    for (name, pin, more) in [("Bu Sri", "528319", None), ("Pak Lurah", "739154", Some("--supervisor"))] {
        let words: Vec<&str> = ["officer", "set", name].into_iter().chain(more).collect();
        assert_eq!(counter.run_with(&words, &[("ABSAH_PIN", pin)]).await.exit, Exit::Ok);
    }
    for (name, pin, may) in [("Bu Sri", "528319", false), ("Pak Lurah", "739154", true)] {
        page.post("/api/sign-in", json!({ "name": name, "pin": pin, "password": PASSWORD })).await;
        let said = page.get("/api/tally?days=1").await;
        assert_eq!(said["rows"].is_array(), may, "{name}: {said}");
        assert_eq!(page.get("/api/desk").await["supervises"], may);
        if !may {
            assert_eq!(said["code"], "officer-no-supervisor");
            continue;
        }
        let changes = said["changes"].as_array().unwrap();
        let told: Vec<_> = changes.iter().map(|one| ["what", "name", "by"].map(|part| &one[part])).collect();
        assert_eq!(
            told,
            [
                [&json!("atasan ditambahkan:"), &json!("Pak Lurah"), &json!("")],
                [&json!("petugas ditambahkan:"), &json!("Bu Sri"), &json!("")]
            ],
            "newest first: {said}"
        );
    }
    // A PIN that was given anew, and who answers for it.
    let words = ["officer", "set", "Bu Sri", "--by", "Pak Lurah"];
    let env = [("ABSAH_PIN", "417203"), ("ABSAH_SUPERVISOR_PIN", "739154")];
    assert_eq!(counter.run_with(&words, &env).await.exit, Exit::Ok);
    let said = page.get("/api/tally?days=1").await;
    let last =
        ["what", "name", "by", "hour"].map(|part| said["changes"][0][part].as_str().unwrap().to_owned());
    assert_eq!(last, ["PIN petugas diganti:", "Bu Sri", "Pak Lurah", "05.26"], "{said}");
    let report = counter.run(&["report"]).await.json;
    assert_eq!(report["changes"].as_array().map(Vec::len), Some(3), "{report}");
}

#[tokio::test]
async fn a_printed_document_waits_for_a_look_and_is_never_green() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let link = "https://layananonline.dukcapil.kemendagri.go.id/x?id=RAHASIA";
    for _ in 0..2 {
        let said = page.post("/api/read", json!({ "texts": [link] })).await;
        assert_eq!(
            (said["state"].as_str(), said["told"]["code"].as_str()),
            (Some("other"), Some("answer-printed-document")),
            "{said}"
        );
    }
    let at = json!({ "texts": [format!("{link}2")], "service": City::SERVICE });
    assert_eq!(page.post("/api/read", at).await["state"], "other");
    let two = page.get("/api/printed").await["printed"].clone();
    let told = two.as_array().unwrap().iter().find(|row| row["service"] != "").unwrap();
    let (day, title) = (told["day"].as_str().unwrap(), told["service"].as_str().unwrap());
    assert!(day.contains("November 2026") && title != City::SERVICE, "{two}");
    let path = format!("/api/printed/{}", told["tag"].as_str().unwrap());
    assert_eq!(page.post(&path, json!({ "genuine": false })).await, json!({}));
    let waiting = page.get("/api/printed").await["printed"].clone();
    let waiting = json!([waiting.as_array().unwrap().iter().find(|row| row["service"] == "")]);
    assert_eq!((waiting.as_array().map(Vec::len), &waiting[0]["link"]), (Some(1), &json!(link)), "{waiting}");
    assert_eq!((&waiting[0]["genuine"], &page.get("/api/desk").await["printed"]), (&Value::Null, &json!(1)));
    assert!(!is_in_a_file(&counter.data(), b"RAHASIA"), "the link leads to a person");
    let path = format!("/api/printed/{}", waiting[0]["tag"].as_str().unwrap());
    assert_eq!(page.post(&path, json!({ "genuine": true })).await, json!({}));
    assert_eq!(page.post(&path, json!({ "genuine": false })).await["code"], "verdict-nothing");
    let rows = page.get("/api/printed").await["printed"].clone();
    let looked = rows.as_array().unwrap().iter().find(|row| row["service"] == "").unwrap();
    assert_eq!((&looked["genuine"], &looked["link"]), (&json!(true), &Value::Null), "{looked}");
    assert_eq!(page.get("/api/desk").await["printed"], 0);

    // What was found today says nothing of another day; what nobody looked up is forgotten after a week, link and all.
    page.post("/api/read", json!({ "texts": [link] })).await;
    assert_eq!(page.get("/api/desk").await["printed"], 0, "looked at today");
    counter.clock.set(NOW.plus(Seconds::days(1)));
    page.post("/api/read", json!({ "texts": [link] })).await;
    assert_eq!(page.get("/api/desk").await["printed"], 1);
    counter.clock.set(NOW.plus(Seconds::days(8)).plus(Seconds(1)));
    assert_eq!(page.get("/api/desk").await["printed"], 0);
    assert_eq!(page.get("/api/printed").await["printed"], json!([]));
}

#[tokio::test]
async fn fresh_data_comes_from_a_folder_or_an_animated_code() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let folder = counter.publish(2, |_| ());
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = format!("USB/{}", path.strip_prefix(&folder).unwrap().display());
                files.push((name, STANDARD.encode(std::fs::read(&path).unwrap())));
            }
        }
    }
    files.push(("USB/notes/other.txt".to_owned(), STANDARD.encode("none of ours")));
    let taken = page.post("/api/bundle/folder", json!({ "files": files })).await;
    assert_eq!(taken, json!({ "state": "bundle", "version": 2 }));
    let mut broken = files.clone();
    broken[0].1 = "***".to_owned();
    assert_eq!(
        page.post("/api/bundle/folder", json!({ "files": broken })).await["code"],
        "counter-folder-file"
    );
    assert!(page.post("/api/bundle/folder", json!({ "files": [] })).await["code"].is_string());
    assert_eq!(page.post("/api/bundle/pull", json!({})).await["code"], "counter-bundle-url-unknown");

    // Another counter shows its newer bundle as an animated code.
    let other = Counter::new().await;
    assert_eq!(other.import(&counter.publish(3, |_| ()), true).await.exit, Exit::Ok);
    let shown = other.file("bundle.txt");
    assert_eq!(other.run(&["bundle", "export", "--text", shown.to_str().unwrap()]).await.exit, Exit::Ok);
    let texts: Vec<String> = std::fs::read_to_string(shown).unwrap().lines().map(str::to_owned).collect();
    let part = page.post("/api/read", json!({ "bundle": true, "texts": texts[..1] })).await;
    assert_eq!(part["state"], "part", "{part}");
    let unasked = page.post("/api/read", json!({ "texts": texts })).await;
    assert_eq!(
        unasked["told"]["code"], "answer-other-kind",
        "nobody refreshes the counter in a citizen's place"
    );
    let taken = page.post("/api/read", json!({ "bundle": true, "texts": texts })).await;
    assert_eq!(taken, json!({ "state": "bundle", "version": 3 }), "{taken}");
    let shown = page.get("/api/bundle/frames").await["frames"].clone();
    assert!(shown[0].as_str().unwrap().starts_with("<svg"), "{shown}");
    let back = page.post("/api/bundle/folder", json!({ "files": files })).await;
    assert!(back["code"].is_string(), "an older one is refused: {back}");
    let fresh = Counter::new().await;
    let said = Page::of(&fresh).await.post("/api/bundle/folder", json!({ "files": files })).await;
    assert_eq!(said["code"], "counter-first-bundle");
}

#[tokio::test]
async fn a_scanner_stands_in_for_a_camera_for_a_week_after_it_was_calibrated_or_used() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let frame = std::fs::read_to_string(&answer).unwrap().lines().next().unwrap().to_owned();
    page.post("/api/doctor/camera", nothing()).await;
    page.post("/api/doctor/scanner", typed(KEYS)).await;
    let parts = || async {
        let found = counter.run(&["doctor"]).await.json;
        let of = |at: usize, name: &str| found["parts"][at][name].as_str().unwrap_or("-").to_owned();
        [of(0, "state"), of(1, "state"), of(1, "code"), found["scanner_until"].is_string().to_string()]
    };
    let ask = || page.post("/api/ask", json!({ "service": City::SERVICE }));
    let (stands, gone) = (["warn", "ok", "-", "true"], ["bad", "warn", "doctor-scanner-unused", "false"]);
    counter.clock.set(NOW.plus(Seconds::days(7)));
    assert_eq!(parts().await, stands);
    assert_ne!(ask().await["code"], "doctor-camera-weak");
    counter.clock.set(NOW.plus(Seconds::days(7)).plus(Seconds(1)));
    assert_eq!(parts().await, gone);
    assert_eq!(ask().await["code"], "doctor-camera-weak");
    // Read by something else, or typed by a person: that proves no scanner.
    page.post("/api/read", json!({ "texts": [frame] })).await;
    page.post("/api/read", json!({ "texts": ["ABSAH1A:0000"], "typed": true })).await;
    assert_eq!(parts().await, gone);
    page.post("/api/read", json!({ "texts": [frame], "typed": true })).await;
    assert_eq!(parts().await, stands);
    counter.clock.set(NOW.plus(Seconds::days(14)));
    assert_eq!(parts().await, stands);
    counter.clock.set(NOW.plus(Seconds::days(15)));
    assert_eq!(parts().await, gone);
    page.post("/api/doctor/scanner", typed(KEYS)).await;
    assert_eq!(parts().await, stands);
    // A clock that was set back to before it was seen vouches for nothing.
    counter.clock.set(NOW);
    assert_eq!(parts().await, gone);
}

#[tokio::test]
async fn who_measured_the_camera_is_told_to_the_supervisor() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    for (name, pin, more) in [("Bu Sri", "528319", None), ("Pak Lurah", "739154", Some("--supervisor"))] {
        let words: Vec<&str> = ["officer", "set", name].into_iter().chain(more).collect();
        assert_eq!(counter.run_with(&words, &[("ABSAH_PIN", pin)]).await.exit, Exit::Ok);
    }
    for (name, pin) in [("Bu Sri", "528319"), ("Pak Lurah", "739154")] {
        page.post("/api/sign-in", json!({ "name": name, "pin": pin, "password": PASSWORD })).await;
        let mut forged = camera(25);
        forged["by"] = json!("Orang lain");
        assert_eq!(page.post("/api/doctor/camera", forged).await, json!({}));
        let camera = page.get("/api/doctor").await["parts"][0].clone();
        assert!(camera["note"].as_str().unwrap().contains(name), "{camera}");
    }
    let said = page.get("/api/tally?days=1").await;
    let told = |at: usize| ["what", "name", "by", "reason"].map(|part| said["changes"][at][part].clone());
    let measured = json!("kamera diukur oleh:");
    let by = |name: &str, by: &str| [measured.clone(), json!(name), json!(by), json!("v25, 30 cm, 3.50 px")];
    assert_eq!((told(0), told(1)), (by("Pak Lurah", "Pak Lurah"), by("Bu Sri", "")), "{said}");
}

#[tokio::test]
async fn a_changed_or_wrong_list_of_services_is_said() {
    let counter = Counter::registered().await;
    let file = counter.data().join("services.toml");
    let page = Page::of(&counter).await;
    assert_eq!(page.get("/api/desk").await["menu"], Value::Null);
    std::fs::write(&file, "[[services]]\nid = \"tidak-ada\"\n").unwrap();
    let desk = page.get("/api/desk").await;
    assert_eq!((&desk["menu"]["code"], &desk["go_live"]), (&json!("services-file-changed"), &json!(true)));
    let page = Page::of(&counter).await;
    let menu = page.get("/api/desk").await["menu"].clone();
    assert_eq!(menu["code"], "services-file-unknown", "{menu}");
    assert!(menu["what"].as_str().unwrap().contains("tidak-ada"), "{menu}");
    assert_eq!(counter.run(&["services"]).await.json["unknown"], json!(["tidak-ada"]));
    let found = counter.run(&["doctor"]).await.json;
    assert_eq!(found["parts"][4]["code"], "services-file-unknown", "{found}");
    std::fs::write(&file, "[[services]]\nid = \"").unwrap();
    assert_eq!(page.get("/api/desk").await["menu"]["code"], "services-file-changed");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(Page::of(&counter).await.get("/api/desk").await["menu"], Value::Null);
}

#[tokio::test]
async fn an_answer_that_nobody_decided_is_held_no_longer() {
    let counter = Counter::registered().await;
    let page = Page::of(&counter).await;
    let shown = page.read(&counter.answer(&counter.ask("ask", &[]).await, "answer")).await;
    assert_eq!(page.get("/api/desk").await["held"], json!([shown["tag"]]));
    counter.clock.set(NOW.plus(Seconds::minutes(15)).plus(Seconds(1)));
    assert_eq!(page.get("/api/desk").await["held"], json!([]), "the page takes it off the screen");
}

#[tokio::test]
async fn an_answer_lives_by_the_monotonic_clock_too() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};
    for (passed, code) in [(300, "accepted"), (301, "request-expired")] {
        let counter = Counter::registered().await;
        let steady = Arc::new(AtomicI64::new(1_000));
        let clock = Arc::clone(&steady);
        let page = Page::steadied(&counter, move || Seconds(clock.load(Ordering::SeqCst))).await;
        let rng = &mut absah_testkit::SeededRng::new(9);
        let made = page.app.ask_by_qr(City::SERVICE, 25, rng, NOW).await.unwrap();
        let frames: String = made.frames(false).unwrap().iter().map(|frame| frame.text() + "\n").collect();
        let request = counter.file("asked.txt");
        std::fs::write(&request, frames).unwrap();
        let answer = counter.answer(&request, "answer");
        // The wall clock stands still, as one that somebody sets back again and again.
        steady.fetch_add(passed, Ordering::SeqCst);
        assert_eq!(page.read(&answer).await["code"], code, "{passed}");
    }
}

/// Of another process, or of this one before it was started anew: what the clock has once shown to be late stays late.
#[tokio::test]
async fn setting_the_clock_back_revives_no_request() {
    let late = Seconds::minutes(6);
    for (name, seen_by) in
        [("judged", "decide"), ("seen by the page", "page"), ("another asked", "ask"), ("beside it", "")]
    {
        let counter = Counter::registered().await;
        let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
        counter.clock.set(NOW.plus(late));
        match seen_by {
            "decide" => assert_eq!(counter.decide(&[&answer]).await.code(), "request-expired"),
            "page" => drop(Page::of(&counter).await.get("/api/desk").await),
            "ask" => drop(counter.ask("another", &[]).await),
            _ => {}
        }
        counter.clock.set(NOW.plus(Seconds::minutes(1)));
        let code = if seen_by.is_empty() { "accepted" } else { "request-expired" };
        assert_eq!(counter.decide(&[&answer]).await.code(), code, "{name}");
        // A fresh one is no worse off for it.
        let fresh = counter.answer(&counter.ask("fresh", &[]).await, "fresh-answer");
        assert_eq!(counter.decide(&[&fresh]).await.code(), "accepted", "{name}");
    }
}
