//! A counter in a temporary directory, the city that registered it, and an honest wallet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{ClaimPath, Format};
use absah_crypto::{Jwk, PublicKey};
use absah_host::{Console, Context, Env, Exit, Mode, write_folder};
use absah_protocol::UrlRules;
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::request::{Expectation, ResponseTo, Transport, VerifiedRequest, verify};
use absah_protocol::oid4vp::response::Presented;
use absah_qr::{Assembler, Dictionary, Frame, Kind, frames};
use absah_testkit::{FixedClock, SeededRng};
use absah_trust::sample::{City, Counting, key};
use absah_trust::{Bundle, Contents, tuf};
use absah_types::{Lang, Timestamp};
use absah_verifier::{Cli, run};
use clap::Parser as _;
use serde_json::Value;

pub(crate) const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

/// Every officer's password; chosen at the first sign-in.
pub(crate) const PASSWORD: &str = "sepeda biru tetangga";

/// A counter's data directory and what a test hands it.
pub(crate) struct Counter {
    pub(crate) home: tempfile::TempDir,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) now: Timestamp,
    pub(crate) key: PublicKey,
    pub(crate) seed: std::cell::Cell<u64>,
}

pub(crate) struct Said {
    pub(crate) exit: Exit,
    pub(crate) json: Value,
}

impl Said {
    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().or_else(|| self.json["error"]["code"].as_str()).unwrap_or_default()
    }
}

impl Counter {
    /// A counter that only has its key.
    pub(crate) async fn new() -> Self {
        Self::at(NOW).await
    }

    /// The same, in a city of another moment.
    pub(crate) async fn at(now: Timestamp) -> Self {
        let mut counter = Self {
            home: tempfile::tempdir().unwrap(),
            clock: Arc::new(FixedClock::at(now)),
            now,
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
    pub(crate) async fn registered() -> Self {
        let counter = Self::new().await;
        let folder = counter.publish(1, |_| ());
        assert_eq!(counter.import(&folder, true).await.exit, Exit::Ok);
        counter
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn context(&self) -> (Context, absah_host::Captured) {
        self.context_with(&[])
    }

    fn context_with(&self, env: &[(&str, &str)]) -> (Context, absah_host::Captured) {
        self.seed.set(self.seed.get() + 1);
        let rng = Box::new(SeededRng::new(self.seed.get()));
        let clock: Arc<dyn absah_types::Clock + Send + Sync> = self.clock.clone();
        let env: Vec<_> = [("ABSAH_DEV", "1")].into_iter().chain(env.iter().copied()).collect();
        Context::captured(clock, rng, Env::of(&env))
    }

    pub(crate) async fn run(&self, words: &[&str]) -> Said {
        self.run_with(words, &[]).await
    }

    /// The same with more in the environment.
    pub(crate) async fn run_with(&self, words: &[&str], env: &[(&str, &str)]) -> Said {
        let data = self.data();
        let mut line = vec!["absah-verifier", "--json", "--data-dir", data.to_str().unwrap()];
        line.extend(words);
        let (mut context, captured) = self.context_with(env);
        let exit = run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        let out = captured.take_out();
        Said { exit, json: serde_json::from_str(out.trim()).unwrap_or(Value::Null) }
    }

    /// What a command says to a person in that language.
    pub(crate) async fn spoken(&self, words: &[&str], lang: Lang) -> (Exit, String) {
        let data = self.data();
        let mut line = vec!["absah-verifier", "--data-dir", data.to_str().unwrap()];
        line.extend(words);
        let (mut context, _) = self.context();
        let (console, captured) = Console::captured(lang);
        context.console = console;
        let exit = run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        (exit, captured.take_out())
    }

    pub(crate) fn contents(&self) -> (City, Contents) {
        let city = City::at(self.now);
        let mut contents = city.contents(vec![city.status_token(&[], self.now)]);
        contents.dictionary = Dictionary::v1().bytes().to_vec();
        let mut registration = city.registration();
        registration.spki_sha256 = self.key.spki_sha256();
        contents.registrations = vec![city.sign_for(&registration, &self.key)];
        (city, contents)
    }

    pub(crate) fn publish(&self, version: u64, change: impl FnOnce(&mut Contents)) -> PathBuf {
        let (city, mut contents) = self.contents();
        change(&mut contents);
        let folder = self.file(&format!("bundle-{version}"));
        write_folder(&folder, &city.publish(version, &contents), Mode::Private).unwrap();
        folder
    }

    /// What the city of `first` publishes at this counter's moment.
    pub(crate) fn publish_after(&self, first: Timestamp, version: u64) -> PathBuf {
        let (city, contents) = self.contents();
        let (root, targets) = (City::at(first).root(), city.targets(version, &contents));
        let folder = self.file(&format!("bundle-{version}"));
        let files = city.publish_under(&[root], &targets, version, &contents);
        write_folder(&folder, &files, Mode::Private).unwrap();
        folder
    }

    pub(crate) async fn import(&self, folder: &Path, first: bool) -> Said {
        let root = std::fs::read(folder.join("metadata/1.root.json")).unwrap();
        let hash = absah_types::hex::encode(tuf::root_sha256(&root));
        let mut words = vec!["bundle", "import", folder.to_str().unwrap()];
        if first {
            words.extend(["--root-sha256", &hash]);
        }
        self.run(&words).await
    }

    pub(crate) async fn ask(&self, name: &str, more: &[&str]) -> PathBuf {
        let (picture, text) = (self.file(&format!("{name}.png")), self.file(&format!("{name}.txt")));
        let mut words = vec!["request", "--service", City::SERVICE];
        words.extend(["--out", picture.to_str().unwrap(), "--text", text.to_str().unwrap()]);
        words.extend(more);
        assert_eq!(self.run(&words).await.exit, Exit::Ok);
        text
    }

    pub(crate) async fn decide(&self, files: &[&Path]) -> Said {
        let mut words = vec!["decide"];
        words.extend(files.iter().map(|file| file.to_str().unwrap()));
        self.run(&words).await
    }

    /// The bundle as a wallet has it.
    pub(crate) fn bundle(&self) -> Bundle {
        let (city, contents) = self.contents();
        city.import(&city.publish(1, &contents)).0
    }

    /// An honest wallet: reads the request's text, answers it, and writes the frames of its answer.
    pub(crate) fn answer(&self, request: &Path, name: &str) -> PathBuf {
        self.answer_with(request, name, |_| ())
    }

    pub(crate) fn answer_with(
        &self,
        request: &Path,
        name: &str,
        change: impl FnOnce(&mut Presented),
    ) -> PathBuf {
        self.answer_knowing(&self.bundle(), request, name, change)
    }

    /// The same of a wallet that knows this bundle.
    pub(crate) fn answer_knowing(
        &self,
        bundle: &Bundle,
        request: &Path,
        name: &str,
        change: impl FnOnce(&mut Presented),
    ) -> PathBuf {
        let mut assembler = Assembler::default();
        for line in std::fs::read_to_string(request).unwrap().lines() {
            assembler.push(line).unwrap();
        }
        let bytes = assembler.finish().unwrap().payload;
        let now = absah_types::Clock::now(&*self.clock);
        let expanded = flow_a::expand(&bytes, bundle, Dictionary::v1(), now).unwrap();
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
        let mut shown = present(self.now, Format::VcSdJwt, &asked, now);
        change(&mut shown);
        let sealed = flow_a::seal(&[shown], recipient, &context, &mut Counting(7)).unwrap();
        let frames = frames::split(Kind::Answer, &sealed, *qr_version).unwrap();
        let text: String = frames.iter().map(|frame| Frame::text(frame) + "\n").collect();
        let file = self.file(&format!("{name}.txt"));
        std::fs::write(&file, text).unwrap();
        file
    }
}

pub(crate) fn read(jar: &str, transport: Transport, now: Timestamp) -> VerifiedRequest {
    verify(
        jar,
        &Expectation {
            transport,
            client_id: None,
            wallet_nonce: None,
            haip: false,
            rules: UrlRules::DevLoopback,
            now,
        },
    )
    .unwrap()
}

/// One card of the sample resident, bound to a request.
pub(crate) fn present(
    issued: Timestamp,
    format: Format,
    asked: &VerifiedRequest,
    now: Timestamp,
) -> Presented {
    let holder = key(8);
    let text = City::at(issued).issue(holder.public_key(), format, 5);
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
