//! The commands, run as functions in one process, with a clock and a wallet of the test's own.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::status_list::Status;
use absah_credential::{ClaimPath, Format};
use absah_crypto::{Jwk, PublicKey};
use absah_host::{CommonArgs, Context, Env, Exit, Mode, write_folder};
use absah_protocol::UrlRules;
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::request::{Expectation, ResponseTo, Transport, VerifiedRequest, verify};
use absah_protocol::oid4vp::response::{Presented, direct_post};
use absah_qr::{Assembler, Dictionary, Frame, Kind, frames};
use absah_testkit::{FixedClock, SeededRng};
use absah_trust::sample::{City, Counting, key};
use absah_trust::{Bundle, Contents, tuf};
use absah_types::{Seconds, Timestamp};
use absah_verifier::{App, Cli, router, run};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use clap::Parser as _;
use serde_json::Value;
use tower::ServiceExt as _;

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

/// A counter's data directory and what a test hands it.
struct Counter {
    home: tempfile::TempDir,
    clock: Arc<FixedClock>,
    key: PublicKey,
    seed: std::cell::Cell<u64>,
}

struct Said {
    exit: Exit,
    json: Value,
}

impl Said {
    fn code(&self) -> &str {
        self.json["code"].as_str().or_else(|| self.json["error"]["code"].as_str()).unwrap_or_default()
    }
}

impl Counter {
    async fn new() -> Self {
        let mut counter = Self {
            home: tempfile::tempdir().unwrap(),
            clock: Arc::new(FixedClock::at(NOW)),
            key: key(1).public_key().clone(),
            seed: std::cell::Cell::new(1),
        };
        let said = counter.run(&["init"]).await;
        assert_eq!(said.exit, Exit::Ok);
        let jwk: Jwk = serde_json::from_value(said.json["access_key"].clone()).unwrap();
        counter.key = PublicKey::from_jwk(&jwk).unwrap();
        counter
    }

    /// A counter that is registered and has a bundle.
    async fn registered() -> Self {
        let counter = Self::new().await;
        let folder = counter.publish(1, |_| ());
        assert_eq!(counter.import(&folder, true).await.exit, Exit::Ok);
        counter
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn context(&self) -> (Context, absah_host::Captured) {
        self.seed.set(self.seed.get() + 1);
        let rng = Box::new(SeededRng::new(self.seed.get()));
        let clock: Arc<dyn absah_types::Clock + Send + Sync> = self.clock.clone();
        Context::captured(clock, rng, Env::of(&[("ABSAH_DEV", "1")]))
    }

    async fn run(&self, words: &[&str]) -> Said {
        let data = self.data();
        let mut line = vec!["absah-verifier", "--json", "--data-dir", data.to_str().unwrap()];
        line.extend(words);
        let (mut context, captured) = self.context();
        let exit = run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        let out = captured.take_out();
        Said { exit, json: serde_json::from_str(out.trim()).unwrap_or(Value::Null) }
    }

    fn contents(&self) -> (City, Contents) {
        let city = City::at(NOW);
        let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
        contents.dictionary = Dictionary::v1().bytes().to_vec();
        let mut registration = city.registration();
        registration.spki_sha256 = self.key.spki_sha256();
        contents.registrations = vec![city.sign_for(&registration, &self.key)];
        (city, contents)
    }

    fn publish(&self, version: u64, change: impl FnOnce(&mut Contents)) -> PathBuf {
        let (city, mut contents) = self.contents();
        change(&mut contents);
        let folder = self.file(&format!("bundle-{version}"));
        write_folder(&folder, &city.publish(version, &contents), Mode::Private).unwrap();
        folder
    }

    async fn import(&self, folder: &Path, first: bool) -> Said {
        let root = std::fs::read(folder.join("metadata/1.root.json")).unwrap();
        let hash = absah_types::hex::encode(tuf::root_sha256(&root));
        let mut words = vec!["bundle", "import", folder.to_str().unwrap()];
        if first {
            words.extend(["--root-sha256", &hash]);
        }
        self.run(&words).await
    }

    async fn ask(&self, name: &str, more: &[&str]) -> PathBuf {
        let (picture, text) = (self.file(&format!("{name}.png")), self.file(&format!("{name}.txt")));
        let mut words = vec!["request", "--service", City::SERVICE];
        words.extend(["--out", picture.to_str().unwrap(), "--text", text.to_str().unwrap()]);
        words.extend(more);
        assert_eq!(self.run(&words).await.exit, Exit::Ok);
        text
    }

    async fn decide(&self, files: &[&Path]) -> Said {
        let mut words = vec!["decide"];
        words.extend(files.iter().map(|file| file.to_str().unwrap()));
        self.run(&words).await
    }

    /// The bundle as a wallet has it.
    fn bundle(&self) -> Bundle {
        let (city, contents) = self.contents();
        city.import(&city.publish(1, &contents)).0
    }

    /// An honest wallet: reads the request's text, answers it, and writes the frames of its answer.
    fn answer(&self, request: &Path, name: &str) -> PathBuf {
        self.answer_with(request, name, |_| ())
    }

    fn answer_with(&self, request: &Path, name: &str, change: impl FnOnce(&mut Presented)) -> PathBuf {
        let mut assembler = Assembler::default();
        for line in std::fs::read_to_string(request).unwrap().lines() {
            assembler.push(line).unwrap();
        }
        let bytes = assembler.finish().unwrap().payload;
        let now = absah_types::Clock::now(&*self.clock);
        let expanded = flow_a::expand(&bytes, &self.bundle(), Dictionary::v1(), now).unwrap();
        let asked = read(&expanded.request.jar, Transport::Qr, now);
        let ResponseTo::Qr { recipient, qr_version } = &asked.response else { panic!("asked online") };
        let context = AnswerContext {
            request_hash: &asked.hash,
            client_id: &asked.client_id,
            nonce: &asked.nonce,
            query: &asked.query,
            dictionary: Dictionary::v1(),
            x5c: &|_| None,
        };
        let mut shown = present(Format::VcSdJwt, &asked, now);
        change(&mut shown);
        let sealed = flow_a::seal(&[shown], recipient, &context, &mut Counting(7)).unwrap();
        let frames = frames::split(Kind::Answer, &sealed, *qr_version).unwrap();
        let text: String = frames.iter().map(|frame| Frame::text(frame) + "\n").collect();
        let file = self.file(&format!("{name}.txt"));
        std::fs::write(&file, text).unwrap();
        file
    }
}

fn read(jar: &str, transport: Transport, now: Timestamp) -> VerifiedRequest {
    verify(jar, &Expectation { transport, client_id: None, rules: UrlRules::DevLoopback, now }).unwrap()
}

fn present(format: Format, asked: &VerifiedRequest, now: Timestamp) -> Presented {
    let holder = key(8);
    let text = City::at(NOW).issue(holder.public_key(), format, 5);
    let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
    let paths = ["nama", "kelahiran", "alamat"].map(|claim| format.from_root(&ClaimPath::key(claim)));
    let binding = held.select(&paths).unwrap().bind(&asked.client_id, &asked.nonce, now);
    let signature = holder.sign(binding.to_be_signed());
    Presented {
        query_id: "KtpElektronik".to_owned(),
        presentation: binding.attach(signature),
        portrait: None,
    }
}

#[tokio::test]
async fn ask_answer_accept_and_never_again() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    let said = counter.decide(&[&answer]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"));
    assert_eq!(said.json["facts"]["nama"], "SITI CONTOH");
    assert_eq!(said.json["freshness"]["bundle_version"], 1);
    let again = counter.decide(&[&answer]).await;
    assert_eq!((again.exit, again.code()), (Exit::Refused, "replayed"));
    assert_eq!(again.json["facts"], serde_json::json!({}));
    counter.clock.set(NOW.plus(Seconds::hours(2)));
    counter.ask("later", &[]).await;
    assert_eq!(counter.decide(&[&answer]).await.code(), "replayed", "also when its secrets are long gone");
}

#[tokio::test]
async fn pictures_are_read_as_well_as_texts() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = std::fs::read_to_string(counter.answer(&request, "answer")).unwrap();
    let lines: Vec<&str> = answer.lines().collect();
    let mut files = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let symbol = absah_qr::render::Symbol::encode(line, absah_qr::render::Ecc::L).unwrap();
        let png = symbol.png(absah_qr::render::Scale::default()).unwrap();
        let file = counter.file(&format!("answer-{place}.png"));
        std::fs::write(&file, png).unwrap();
        files.push(file);
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    assert_eq!(counter.decide(&files).await.code(), "accepted");
}

#[tokio::test]
async fn the_long_form_asks_the_same() {
    let counter = Counter::registered().await;
    let request = counter.ask("long", &["--long"]).await;
    assert!(std::fs::read_to_string(&request).unwrap().lines().count() > 1);
    assert!(counter.file("long-01.png").exists() && !counter.file("long.png").exists());
    let answer = counter.answer(&request, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
}

#[tokio::test]
async fn time_runs_out_after_five_minutes() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    counter.clock.set(NOW.plus(Seconds(301)));
    assert_eq!(counter.decide(&[&answer]).await.code(), "request-expired");
    counter.clock.set(NOW.plus(Seconds(299)));
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted", "a refusal does not use it up");
}

#[tokio::test]
async fn hostile_files_each_have_their_code() {
    let counter = Counter::registered().await;
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    let good = std::fs::read_to_string(&answer).unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = counter.file(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let other = Counter::registered().await;
    let elsewhere = other.answer(&other.ask("ask", &[]).await, "answer");
    let tampered = counter.answer_with(&request, "tampered", |shown| {
        let at = shown.presentation.len() - 10;
        let letter = if shown.presentation.as_bytes()[at] == b'A' { "B" } else { "A" };
        shown.presentation.replace_range(at..=at, letter);
    });
    let cases: Vec<(&str, PathBuf, &str)> = vec![
        ("empty", file("empty.txt", b""), "answer-nothing"),
        ("words", file("words.txt", b"halo\n"), "frame-not-ours"),
        ("markup", file("markup.txt", b"<img src=x onerror=alert(1)>"), "frame-not-ours"),
        ("noise", file("noise.png", &[0xff; 2000]), "picture-format"),
        ("half a picture", file("half.png", b"\x89PNG\r\n\x1a\n\0\0\0"), "picture-damaged"),
        ("the request itself", request.clone(), "answer-other-kind"),
        ("another counter's answer", elsewhere, "answer-other-request"),
        ("a changed presentation", tampered, "key-binding-signature"),
        ("too large", file("large.txt", &vec![b'x'; (24 << 20) + 1]), "file-too-large"),
        ("too many lines", file("lines.txt", "x\n".repeat(5000).as_bytes()), "answer-too-many-lines"),
        ("a bent frame", file("bent.txt", good.replace("ABSAH1A", "ABSAH1B").as_bytes()), "frame-checksum"),
    ];
    for (name, path, expected) in cases {
        let said = counter.decide(&[&path]).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, expected), "{name}");
        assert_eq!(said.json["decision"], "refused", "{name}");
    }
    assert_eq!(counter.decide(&[Path::new("/no/such/file")]).await.exit, Exit::Environment);
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
}

#[tokio::test]
async fn a_counter_without_registration_or_bundle_cannot_ask() {
    let counter = Counter::new().await;
    let ask = ["request", "--service", City::SERVICE];
    let said = counter.run(&ask).await;
    assert_eq!((said.exit, said.code()), (Exit::Environment, "request-without-bundle"));
    let strangers = counter.publish(1, |contents| contents.registrations.clear());
    assert_eq!(counter.import(&strangers, true).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.code(), "unregistered");
    let withdrawn = counter.publish(2, |contents| contents.withdrawn = ["reg-1".to_owned()].into());
    assert_eq!(counter.import(&withdrawn, false).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.code(), "registration-withdrawn");
    let good = counter.publish(3, |_| ());
    assert_eq!(counter.import(&good, false).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.exit, Exit::Ok);
    assert_eq!(counter.run(&["request", "--service", "other"]).await.code(), "service-unknown");
    let before = Counter { home: tempfile::tempdir().unwrap(), ..counter };
    assert_eq!(before.run(&ask).await.code(), "counter-not-initialised");
}

#[tokio::test]
async fn bundles_are_taken_over_whole_or_not_at_all() {
    let counter = Counter::new().await;
    let first = counter.publish(2, |_| ());
    let words = ["bundle", "import", first.to_str().unwrap()];
    assert_eq!(counter.run(&words).await.code(), "bundle-root-unconfirmed");
    let zeros = "0".repeat(64);
    let wrong = [&words[..], &["--root-sha256", &zeros]].concat();
    assert_eq!(counter.run(&wrong).await.code(), "bundle-root-mismatch");
    let nonsense = [&words[..], &["--root-sha256", "xyz"]].concat();
    assert_eq!(counter.run(&nonsense).await.code(), "bundle-root-hash-malformed");
    let said = counter.import(&first, true).await;
    assert_eq!((said.exit, &said.json["bundle_version"]), (Exit::Ok, &serde_json::json!(2)));
    assert_eq!(counter.import(&first, false).await.exit, Exit::Ok, "the same again");

    let older = counter.publish(1, |_| ());
    assert_eq!(counter.import(&older, false).await.code(), "bundle-rollback");
    let tampered = counter.publish(3, |_| ());
    let target = std::fs::read_dir(tampered.join("targets")).unwrap().next().unwrap().unwrap().path();
    let target = if target.is_dir() {
        std::fs::read_dir(&target).unwrap().next().unwrap().unwrap().path()
    } else {
        target
    };
    std::fs::write(&target, b"x").unwrap();
    assert_eq!(counter.import(&tampered, false).await.code(), "bundle-target-altered");
    counter.clock.set(NOW.plus(Seconds::days(8)));
    let frozen = counter.publish(4, |_| ());
    assert_eq!(counter.import(&frozen, false).await.code(), "bundle-frozen");
    counter.clock.set(NOW.minus(Seconds::days(1)));
    assert_eq!(counter.import(&frozen, false).await.code(), "clock-behind");
    counter.clock.set(NOW);
    // After all refusals the first one is still in force.
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert_eq!(counter.decide(&[&answer]).await.json["freshness"]["bundle_version"], 2);
}

#[tokio::test]
async fn a_revocation_arrives_with_the_next_bundle() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("before", &[]).await, "before-answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
    let revoked = counter.publish(2, |contents| {
        contents.status_tokens = vec![City::at(NOW).status_token(&[(5, Status::Revoked)], NOW)];
    });
    assert_eq!(counter.import(&revoked, false).await.exit, Exit::Ok);
    let answer = counter.answer(&counter.ask("after", &[]).await, "after-answer");
    let said = counter.decide(&[&answer]).await;
    assert_eq!((said.exit, said.code()), (Exit::Refused, "revoked"));
    assert_eq!((&said.json["status"], &said.json["colour"]), (&"revoked".into(), &"red".into()));
}

#[tokio::test]
async fn of_two_decisions_at_once_one_accepts() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let files = [answer.as_path()];
    let (one, two) = tokio::join!(counter.decide(&files), counter.decide(&files));
    let mut codes = [one.code().to_owned(), two.code().to_owned()];
    codes.sort();
    assert_eq!(codes, ["accepted", "replayed"]);
}

#[tokio::test]
async fn the_counters_own_file_narrows_what_is_asked() {
    let counter = Counter::registered().await;
    let services = counter.data().join("services.toml");
    std::fs::write(&services, "[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"agama\"]\n").unwrap();
    let said = counter.run(&["request", "--service", City::SERVICE]).await;
    assert_eq!((said.exit, said.code()), (Exit::Environment, "services-file-widens"));
    std::fs::write(&services, "nonsense").unwrap();
    assert_eq!(
        counter.run(&["request", "--service", City::SERVICE]).await.code(),
        "services-file-unreadable"
    );
    std::fs::write(&services, "[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"nama\"]\n").unwrap();
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer(&request, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "response-unasked-claim", "the wallet told too much");
}

#[tokio::test]
async fn nothing_personal_lies_open_on_disk() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
    let mut folders = vec![counter.data()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let content = std::fs::read(&path).unwrap();
            for canary in ["SITI CONTOH", "JL. CONTOH", "3577016101900001"] {
                let found = content.windows(canary.len()).any(|window| window == canary.as_bytes());
                assert!(!found, "{canary} in {}", path.display());
            }
        }
    }
    assert!(seen > 3);
}

/// Online: the request is fetched, the answer posted, the session asked.
#[tokio::test]
async fn over_the_network() {
    let counter = Counter::registered().await;
    let (mut context, _) = counter.context();
    let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
    let app = Arc::new(App::open(&common, &mut context).await.unwrap());
    let routes = router(Arc::clone(&app));
    let base = "http://127.0.0.1:9";
    let asked = ["request", "--online", "--service", City::SERVICE, "--public-url", base];
    let made = counter.run(&asked).await;
    assert_eq!(made.exit, Exit::Ok);
    let session = made.json["session"].as_str().unwrap().to_owned();
    assert!(made.json["deep_link"].as_str().unwrap().starts_with("openid4vp://?client_id=x509_hash%3A"));
    let call = async |method: &str, path: &str, body: String| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = routes.clone().oneshot(request).await.unwrap();
        let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, kind.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
    };
    let path = made.json["request_uri"].as_str().unwrap().strip_prefix(base).unwrap();
    let (status, kind, jar) = call("GET", path, String::new()).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/oauth-authz-req+jwt"));
    let request = read(&jar, Transport::Online, NOW);
    let ResponseTo::DirectPost { response_uri, state } = &request.response else { panic!("asked by QR") };
    let post_to = response_uri.as_str().strip_prefix(base).unwrap().to_owned();

    assert_eq!(call("GET", &format!("/sessions/{session}"), String::new()).await.2, r#"{"state":"open"}"#);
    let open = counter.run(&["session", &session]).await;
    assert_eq!((open.exit, open.json["state"].as_str()), (Exit::Refused, Some("open")));

    let shown = present(Format::DcSdJwt, &request, NOW);
    let honest = direct_post(&[shown.clone()], state.as_deref());
    let (status, _, body) = call("POST", &post_to, "garbage".to_owned()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    let (status, _, body) = call("POST", &post_to, direct_post(&[shown], Some("other"))).await;
    assert_eq!((status, body.contains("answer-state")), (StatusCode::BAD_REQUEST, true), "{body}");
    assert_eq!(call("POST", "/responses/unknown", honest.clone()).await.0, StatusCode::NOT_FOUND);
    let (status, _, body) = call("POST", &post_to, honest.clone()).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "{}"));
    let (status, _, body) = call("POST", &post_to, honest).await;
    assert_eq!((status, body.contains("replayed")), (StatusCode::BAD_REQUEST, true), "{body}");

    let said = counter.run(&["session", &session]).await;
    assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"));
    assert_eq!(said.json["facts"]["nama"], "SITI CONTOH");
    let (_, _, told) = call("GET", &format!("/sessions/{session}"), String::new()).await;
    assert!(told.contains("accepted") && !told.contains("SITI"), "{told}");
    assert_eq!(call("GET", path, String::new()).await.0, StatusCode::GONE);
    assert_eq!(counter.run(&["session", "unknown"]).await.code(), "session-unknown");
    assert_eq!(call("GET", "/healthz", String::new()).await.2, "ok");
}

#[tokio::test]
async fn people_get_words() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    let data = counter.data();
    let decide = async || {
        let (mut context, captured) = counter.context();
        let line =
            ["absah-verifier", "--data-dir", data.to_str().unwrap(), "decide", answer.to_str().unwrap()];
        run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        captured.take_out()
    };
    let said = decide().await;
    assert!(said.starts_with("DITERIMA: Kartu sah."), "{said}");
    assert!(said.contains("SITI CONTOH") && said.contains("Status kartu diketahui per"), "{said}");
    let said = decide().await;
    assert!(said.starts_with("DITOLAK: Jawaban ini sudah pernah dipakai."), "{said}");
}
