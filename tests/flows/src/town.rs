//! The town.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot be set up stops at once")]

use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use absah_host::{Captured, Context, DataDir, Env, RunFile};
use absah_issuer::App;
use absah_issuer::keys::FileKeys;
use absah_protocol::{IssuerId, UrlRules};
use absah_testkit::{FixedClock, Resident, SeededRng, population};
use absah_types::{Clock as _, Rng, Seconds, Timestamp};
use absah_web::Ambient;
use clap::Parser as _;

use crate::Said;

/// The PIN of every wallet in town.
pub const PIN: &str = "739154";

/// What every counter in town is registered for, unless a test says otherwise.
pub const SERVICES: &str = include_str!("services.toml");

/// One town under one clock.
pub struct Town {
    /// The one clock.
    pub clock: FixedClock,
    /// Everybody in the extract.
    pub people: Vec<Resident>,
    place: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    seed: Cell<u64>,
    port: Cell<Option<u16>>,
}

/// Thirty-two random bytes, as a machine makes them: such a passphrase needs no stretching, and every command opens the
/// keys. What a person chose costs a noticeable part of a second each time.
const PASSPHRASE: &str = "bm9ib2R5LXRyaWVzLW91dC0yLXRvLXRoZS0yNTYtaGU";

impl Town {
    /// A town of sixty residents at nine in the morning, its extract imported.
    ///
    /// # Panics
    /// When this machine gives no folder or threads.
    #[must_use]
    pub fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let town = Self {
            clock: FixedClock::morning(),
            people: population(60, 7).collect(),
            place: tempfile::tempdir_in(absah_testkit::folder_in_memory()).expect("a folder"),
            runtime: runtime.expect("threads"),
            seed: Cell::new(1),
            port: Cell::new(None),
        };
        std::fs::write(town.path("passphrase"), PASSPHRASE).expect("written");
        std::fs::write(town.path("extract.csv"), absah_testkit::population::csv(60, 7)).expect("written");
        std::fs::write(town.path("services.toml"), SERVICES).expect("written");
        let photos = town.path("photos");
        std::fs::create_dir(&photos).expect("made");
        std::fs::write(photos.join(format!("{}.jpg", town.citizen().nik)), PHOTO).expect("written");
        let (extract, photos) = (town.text_path("extract.csv"), town.text_path("photos"));
        let report = town.issuer(&["import", &extract, "--photos", &photos]).ok();
        assert_eq!(report.json.get("imported"), Some(&60.into()), "{}", report.out);
        town
    }

    /// A file or folder of the town.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn text_path(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Moves the clock.
    pub fn wait(&self, span: Seconds) {
        self.clock.advance(span);
    }

    /// This moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The resident most flows are about.
    ///
    /// # Panics
    /// When the extract has no adult.
    #[must_use]
    pub fn citizen(&self) -> &Resident {
        crate::adult(&self.people, self.now().date()).expect("an adult")
    }

    fn rng(&self) -> Box<dyn Rng + Send> {
        self.seed.set(self.seed.get() + 1);
        Box::new(SeededRng::new(self.seed.get()))
    }

    fn context(&self) -> (Context, Captured) {
        self.context_of("issuer")
    }

    /// Another issuer is at another address.
    fn context_of(&self, who: &str) -> (Context, Captured) {
        let url = if who == "issuer" { "http://127.0.0.1:9" } else { "http://127.0.0.1:10" };
        let passphrase = self.text_path("passphrase");
        let env = Env::of(&[
            ("ABSAH_DEV", "1"),
            ("ABSAH_PIN", PIN),
            ("ABSAH_KEY_PASSPHRASE_FILE", &passphrase),
            ("ABSAH_PUBLIC_URL", url),
        ]);
        Context::captured(Arc::new(self.clock.clone()), self.rng(), env)
    }

    /// A command of the issuer `issuer`.
    #[must_use]
    pub fn issuer(&self, words: &[&str]) -> Said {
        self.issuer_of("issuer", words)
    }

    /// A command of another issuer.
    #[must_use]
    pub fn issuer_of(&self, who: &str, words: &[&str]) -> Said {
        let (mut context, captured) = self.context_of(who);
        let exit = absah_issuer::commands::run(self.words("absah-issuer", who, words), &mut context);
        Said::new(exit, &captured)
    }

    /// A command of a wallet. Nobody sits at its terminal.
    ///
    /// # Panics
    /// When the words are no command.
    #[must_use]
    pub fn wallet(&self, who: &str, words: &[&str]) -> Said {
        self.wallet_with(who, words, &[])
    }

    /// The same with other environment variables.
    ///
    /// # Panics
    /// When the words are no command.
    #[must_use]
    pub fn wallet_with(&self, who: &str, words: &[&str], variables: &[(&str, &str)]) -> Said {
        let usual = [("ABSAH_DEV", "1"), ("ABSAH_PIN", PIN)].into_iter();
        let kept = usual.filter(|(name, _)| variables.iter().all(|(other, _)| other != name));
        let env: Vec<(&str, &str)> = kept.chain(variables.iter().copied()).collect();
        let (mut context, captured) =
            Context::captured(Arc::new(self.clock.clone()), self.rng(), Env::of(&env));
        let cli =
            absah_wallet::Cli::try_parse_from(self.words("absah-wallet", who, words)).expect("a command");
        let exit = self.runtime.block_on(absah_wallet::run(cli, &mut context, &mut absah_host::NoTerminal));
        Said::new(exit, &captured)
    }

    /// A command of a counter.
    ///
    /// # Panics
    /// When the words are no command.
    #[must_use]
    pub fn counter(&self, who: &str, words: &[&str]) -> Said {
        let (mut context, captured) = self.context();
        let cli =
            absah_verifier::Cli::try_parse_from(self.words("absah-verifier", who, words)).expect("a command");
        let exit = self.runtime.block_on(absah_verifier::run(cli, &mut context));
        Said::new(exit, &captured)
    }

    fn words(&self, program: &str, who: &str, words: &[&str]) -> Vec<OsString> {
        let place = self.text_path(who);
        let all = [program, "--data-dir", &place, "--json"].into_iter().chain(words.iter().copied());
        all.map(OsString::from).collect()
    }

    /// Sets a counter up and has it registered for [`SERVICES`].
    #[must_use]
    pub fn open_counter(&self, who: &str) -> Said {
        self.register(who, "issuer", "services.toml")
    }

    /// Sets a counter up and has an issuer register it for a file of services.
    ///
    /// # Panics
    /// When that fails.
    #[must_use]
    pub fn register(&self, who: &str, registrar: &str, services: &str) -> Said {
        let made = self.counter(who, &["init"]).ok();
        std::fs::write(self.path(&format!("{who}.json")), made.out).expect("written");
        let (key, services) = (self.text_path(&format!("{who}.json")), self.text_path(services));
        self.issuer_of(registrar, &["counter", "register", "--access-key", &key, "--services", &services])
            .ok()
    }

    /// Publishes the bundle into a folder of the town.
    #[must_use]
    pub fn publish(&self, registrar: &str, folder: &str) -> Said {
        self.issuer_of(registrar, &["bundle", "publish", &self.text_path(folder)]).ok()
    }

    /// Has somebody take a bundle over; `counter…` is a counter, everything else a wallet.
    #[must_use]
    pub fn import(&self, who: &str, folder: &str) -> Said {
        let root = self.root_hash(folder);
        let words = ["bundle", "import", &self.text_path(folder), "--root-sha256", &root];
        if who.starts_with("counter") { self.counter(who, &words) } else { self.wallet(who, &words) }
    }

    fn root_hash(&self, folder: &str) -> String {
        let root = std::fs::read(self.path(folder).join("metadata/1.root.json")).unwrap_or_default();
        absah_types::hex::encode(absah_crypto::sha256(&root))
    }

    /// Publishes a new bundle and has everybody named take it over.
    pub fn refresh(&self, folder: &str, everybody: &[&str]) {
        let _ = self.publish("issuer", folder);
        for who in everybody {
            let _ = self.import(who, folder).ok();
        }
    }

    /// Gives a person a card: offer at the desk, received by the wallet over HTTP from a server that stops afterwards.
    ///
    /// # Panics
    /// When that fails.
    #[must_use]
    pub fn give_card(&self, who: &str, nik: &str, card: &str) -> Said {
        self.serving(|| {
            let offer =
                self.issuer(&["offer", "--nik", nik, "--credential", card, "--public-url", &self.url()]).ok();
            let (link, code) = (offer.text("/credential_offer_uri"), offer.text("/tx_code"));
            self.wallet(who, &["receive", link, "--tx-code", code])
        })
        .ok()
    }

    /// Sends a form, as a browser does; the HTTP status.
    ///
    /// # Panics
    /// When nobody answers.
    #[must_use]
    pub fn post(&self, url: &str, form: &str) -> u16 {
        let url = absah_types::HttpsUrl::parse_dev(url).expect("an address");
        let kind = "application/x-www-form-urlencoded";
        let request = absah_fetch::Request::post(&url, kind, form.as_bytes().to_vec());
        let fetcher =
            absah_fetch::Fetcher::new(absah_fetch::Limits::default(), absah_fetch::Addresses::DevLoopback);
        let sent = self.runtime.block_on(fetcher.expect("a client").send(request));
        sent.expect("an answer").status
    }

    /// Where the issuer serves, within [`Town::serving`].
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn url(&self) -> String {
        RunFile::read(&self.data_dir("issuer")).map(|run| run.url).expect("serving")
    }

    fn data_dir(&self, who: &str) -> DataDir {
        DataDir::open("issuer", Some(&self.path(who)), &Env::of(&[])).expect("a data directory")
    }

    /// The issuer's own port: the same each time it serves, so that it stays who it is. None of those that the system gives
    /// away by itself, and each test process begins elsewhere.
    fn listener(&self) -> tokio::net::TcpListener {
        let bind = |port: u16| self.runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", port)));
        if let Some(port) = self.port.get() {
            return bind(port).expect("the issuer's own port");
        }
        let first = 12_000 + u16::try_from(std::process::id() % 18_000).expect("a port");
        let listener = (first..first + 500).find_map(|port| bind(port).ok()).expect("a port");
        self.port.set(listener.local_addr().ok().map(|address| address.port()));
        listener
    }

    /// Does something while the issuer serves on loopback.
    ///
    /// # Panics
    /// When it cannot serve.
    pub fn serving<T>(&self, work: impl FnOnce() -> T) -> T {
        let (mut context, _) = self.context();
        let dir = self.data_dir("issuer");
        let passphrase = absah_types::Secret::new(PASSPHRASE.to_owned());
        let keys = Arc::new(FileKeys::open(&dir, &passphrase, &mut *context.rng).expect("keys"));
        let listener = self.listener();
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let id = IssuerId::parse(&url, UrlRules::DevLoopback).expect("an issuer");
        let seeds = std::sync::atomic::AtomicU64::new(self.seed.get() + 1_000_000);
        let rng = move || {
            let seed = seeds.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            Box::new(SeededRng::new(seed)) as Box<dyn Rng + Send>
        };
        self.seed.set(self.seed.get() + 1000);
        let ambient = Ambient::new(Arc::new(self.clock.clone()), Arc::new(rng));
        let app = self.runtime.block_on(App::open(&dir, id, keys, ambient, true)).expect("an issuer");
        RunFile::new(&url, self.now()).announce(&dir, &mut context.console).expect("announced");
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = self.runtime.spawn(absah_web::serve(listener, app.router(), async {
            let _ = stopped.await;
        }));
        let done = work();
        let _ = stop.send(());
        let _ = self.runtime.block_on(server);
        done
    }

    /// A counter asks for a service by QR; the text of the request.
    #[must_use]
    pub fn ask(&self, counter: &str, service: &str, more: &[&str]) -> String {
        let file = self.text_path("ask.txt");
        let words = [&["request", "--service", service, "--text", &file], more].concat();
        let _ = self.counter(counter, &words).ok();
        read(Path::new(&file))
    }

    /// A wallet answers a request's text; what it said and, if it answered, the text of the answer.
    #[must_use]
    pub fn reply(&self, wallet: &str, request: &str) -> (Said, Option<String>) {
        let (ask, answer) = (self.path("to-answer.txt"), self.path("answer.txt"));
        std::fs::write(&ask, request).expect("written");
        let _ = std::fs::remove_file(&answer);
        let words = ["respond", &ask.display().to_string(), "--yes", "--text", &answer.display().to_string()];
        let said = self.wallet(wallet, &words);
        let text = answer.exists().then(|| read(&answer));
        (said, text)
    }

    /// A wallet answers a request's text and agrees.
    ///
    /// # Panics
    /// When it refuses.
    #[must_use]
    pub fn answer(&self, wallet: &str, request: &str) -> String {
        let (said, text) = self.reply(wallet, request);
        text.unwrap_or_else(|| panic!("refused: {}{}", said.out, said.err))
    }

    /// A counter decides on an answer's text.
    #[must_use]
    pub fn decide(&self, counter: &str, answer: &str) -> Said {
        let file = self.path("to-decide.txt");
        std::fs::write(&file, answer).expect("written");
        self.counter(counter, &["decide", &file.display().to_string(), "--reason", "Jaringan mati"])
    }

    /// Asks, answers and decides in one go.
    #[must_use]
    pub fn present(&self, wallet: &str, counter: &str, service: &str) -> Said {
        let request = self.ask(counter, service, &[]);
        let answer = self.answer(wallet, &request);
        self.decide(counter, &answer)
    }

    /// A town in which `warga` holds the citizen's card and `counter` is registered, all under bundle 1.
    #[must_use]
    pub fn ready() -> Self {
        let town = Self::open();
        let _ = town.open_counter("counter");
        let nik = town.citizen().nik.to_string();
        let _ = town.give_card("warga", &nik, "KtpElektronik");
        town.refresh("bundle-1", &["warga", "counter"]);
        town
    }
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("readable")
}

const PHOTO: &[u8] = include_bytes!("../../fixtures/ikd/photos/3501101601740001.jpg");
