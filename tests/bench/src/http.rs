//! Issuing over HTTP: the issuer's own endpoints on its durable store, against the same endpoints on a store that keeps
//! nothing. Both check the proofs and sign; the difference is what durability costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use absah_crypto::PrivateKey;
use absah_crypto::jws::{Header, ToBeSigned};
use absah_host::{DataDir, Env, OsRng};
use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::seal::Sealer;
use absah_issuer::store::{SqliteStore, Unrecorded};
use absah_issuer::{App, Identity, STORE_FILE};
use absah_issuer_core::eligible;
use absah_issuer_core::offer::{Grant, Offer, OfferSecret, random_tx_code, token_key};
use absah_issuer_core::population::{Rules, check};
use absah_issuer_core::ports::{NewToken, Store};
use absah_protocol::oid4vci::issuer::TokenRequest;
use absah_protocol::{IssuerId, UrlRules};
use absah_schemas::CredentialType;
use absah_testkit::{FixedClock, SeededRng};
use absah_types::{Clock as _, Nik, Rng, Seconds};
use absah_web::Ambient;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::measure::{Outcome, median, process_cpu, wall};
use crate::report::{Goal, Report};
use crate::sample::subjects;

const GROUP: &str = "Issuing over HTTP, 64 connections, server on one thread, time on the wall";
const URL: &str = "https://absah.madiunkota.go.id";
const KIND: CredentialType = CredentialType::KtpElektronik;
const CONNECTIONS: usize = 64;

/// How many requests.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    rounds: usize,
    /// Per round and store.
    requests: usize,
    residents: usize,
}

impl Load {
    pub(crate) const QUICK: Self = Self { rounds: 3, requests: 256, residents: 300 };
    pub(crate) const FULL: Self = Self { rounds: 15, requests: 2_048, residents: 3_000 };
}

pub(crate) fn measure(report: &mut Report, load: Load) -> Outcome<()> {
    let place = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let world = World::new(place.path(), load)?;
        let durable = world.durable().await?;
        let store = Arc::clone(durable.store());
        let durable = serve(durable)?;
        let nothing = serve(world.nothing()?)?;
        for copies in [1, 12] {
            let body = Arc::new(world.request(copies)?);
            let (mut kept, mut forgotten) = (Vec::new(), Vec::new());
            let (mut work_kept, mut work_forgotten) = (Vec::new(), Vec::new());
            for _ in 0..load.rounds {
                let tokens = Arc::new(world.tokens(&store, load.requests).await?);
                let (speed, work) = round(durable, &tokens, &body).await?;
                kept.push(speed);
                work_kept.push(work);
                let (speed, work) = round(nothing, &tokens, &body).await?;
                forgotten.push(speed);
                work_forgotten.push(work);
            }
            let ratios = kept.iter().zip(&forgotten).map(|(kept, forgotten)| kept / forgotten).collect();
            let per = if copies == 1 { "1 copy per request" } else { "12 copies per request" };
            report.figure(GROUP, format!("{per}: store that keeps nothing"), median(forgotten), "req/s");
            report.figure(GROUP, format!("{per}: durable, one flush for many"), median(kept), "req/s");
            report.goal(
                GROUP,
                format!("{per}: durable ÷ nothing kept"),
                median(ratios),
                "×",
                // A wallet is issued a batch of 12; one copy is the worst case.
                Goal::AtLeast(if copies == 1 { 0.5 } else { 0.7 }),
            );
            let work = |work| median(work) * 1e6;
            report.figure(
                GROUP,
                format!("{per}: CPU of both sides, nothing kept"),
                work(work_forgotten),
                "µs",
            );
            report.figure(GROUP, format!("{per}: CPU of both sides, durable"), work(work_kept), "µs");
        }
        Ok(())
    })
}

struct World {
    data: std::path::PathBuf,
    extract: Vec<u8>,
    keys: Arc<FileKeys>,
    clock: FixedClock,
    niks: Vec<Nik>,
    holders: Vec<PrivateKey>,
    next: AtomicUsize,
}

impl World {
    fn new(place: &std::path::Path, load: Load) -> Outcome<Self> {
        let clock = FixedClock::morning();
        let today = clock.now().date();
        let entitled = |subject: &absah_issuer_core::card::Subject| {
            eligible(KIND, &subject.resident, &subject.family, true, today).is_ok()
        };
        let niks = subjects(load.residents, 71, today)
            .iter()
            .filter(|s| entitled(s))
            .map(|s| s.resident.nik)
            .collect();
        Ok(Self {
            data: place.join("issuer"),
            extract: absah_testkit::population::csv(load.residents, 71).into_bytes(),
            keys: Arc::new(FileKeys::in_memory(&mut SeededRng::new(72))),
            clock,
            niks,
            holders: (0..12).map(|n| PrivateKey::generate(&mut SeededRng::new(80 + n))).collect(),
            next: AtomicUsize::new(0),
        })
    }

    fn ambient(&self) -> Outcome<Ambient> {
        let rng = OsRng::open()?;
        Ok(Ambient::new(Arc::new(self.clock.clone()), Arc::new(move || Box::new(rng) as Box<dyn Rng + Send>)))
    }

    /// The shipped issuer on SQLite, with its residents imported.
    async fn durable(&self) -> Outcome<App> {
        let dir = DataDir::open("issuer", Some(&self.data), &Env::default())?;
        let checked = check(&self.extract, Rules::madiun(self.clock.now().date()));
        let store = SqliteStore::open(
            &dir.join(STORE_FILE),
            Sealer::new(self.keys.as_ref(), Box::new(OsRng::open()?))?,
        )
        .await?;
        store.import(&checked, &self.extract, &[], self.clock.now()).await?;
        drop(store);
        let id = IssuerId::parse(URL, UrlRules::HttpsOnly)?;
        Ok(App::open(&dir, id, Arc::clone(&self.keys) as _, self.ambient()?, true).await?)
    }

    /// The same endpoints on a store that keeps nothing.
    fn nothing(&self) -> Outcome<App> {
        let now = self.clock.now();
        let mut subjects = subjects(200, 71, now.date()).into_iter();
        let entitled = subjects
            .find(|subject| eligible(KIND, &subject.resident, &subject.family, true, now.date()).is_ok());
        let subject = entitled.ok_or("no resident")?;
        let grant = Grant {
            offer: [0; 32],
            nik: subject.resident.nik,
            kind: KIND,
            expires_at: now.plus(Seconds::hours(1)),
            jkt: None,
            details: Vec::new(),
        };
        let id = IssuerId::parse(URL, UrlRules::HttpsOnly)?;
        let signers = absah_issuer::signers::Signers::without_records(self.keys.as_ref(), now);
        let identity = Identity::new(id, signers, true);
        let store = Arc::new(Unrecorded { grant, subject });
        Ok(App::of_parts(store, Arc::clone(&self.keys) as _, identity, self.ambient()?, None))
    }

    /// Access tokens that were redeemed and not used.
    async fn tokens(&self, store: &Arc<dyn Store>, count: usize) -> Outcome<Vec<String>> {
        let now = self.clock.now();
        let mut rng = OsRng::open()?;
        let mut redeemed = JoinSet::new();
        let mut tokens = Vec::with_capacity(count);
        for _ in 0..count {
            let secret = OfferSecret::random(&mut rng);
            let tx_code = random_tx_code(&mut rng);
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            let nik = *self.niks.get(turn % self.niks.len().max(1)).ok_or("no resident")?;
            let token = absah_types::base64url::encode(absah_types::array::<32>(&mut rng));
            let form = format!(
                "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code={}&tx_code={tx_code}",
                secret.pre_authorized_code()
            );
            let (offer, key) = (Offer::open(&secret, &tx_code, nik, KIND, now), token_key(&token));
            let (store, request) = (Arc::clone(store), TokenRequest::parse(form.as_bytes())?);
            redeemed.spawn(async move {
                store.place(offer, now).await?;
                store.redeem(request, true, NewToken { access: key, refresh: None }, None, now).await
            });
            tokens.push(token);
        }
        while let Some(answer) = redeemed.join_next().await {
            answer???;
        }
        Ok(tokens)
    }

    /// A credential request with proofs for so many keys.
    fn request(&self, copies: usize) -> Outcome<String> {
        let nonces = absah_protocol::oid4vci::issuer::NonceKey::new(absah_types::Secret::new(
            *absah_issuer_core::ports::KeyStore::secret(
                self.keys.as_ref(),
                absah_issuer_core::ports::SecretRole::Nonce,
            )
            .expose(),
        ));
        let now = self.clock.now();
        let nonce = nonces.issue(now, &mut SeededRng::new(74));
        let payload = json!({ "aud": URL, "iat": now.unix(), "nonce": nonce }).to_string();
        let mut proofs = Vec::with_capacity(copies);
        for holder in self.holders.iter().take(copies) {
            let header = Header::es256("openid4vci-proof+jwt").with_jwk(holder.public_key().to_jwk());
            proofs.push(ToBeSigned::new(&header, payload.as_bytes()).sign(holder)?);
        }
        Ok(json!({ "credential_configuration_id": "KtpElektronik_vc_sd_jwt", "proofs": { "jwt": proofs } })
            .to_string())
    }
}

/// Serves an issuer on a thread of its own until this program ends; answers its port.
fn serve(app: App) -> Outcome<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if let Ok(listener) = TcpListener::from_std(listener) {
                absah_web::serve(listener, app.router(), std::future::pending()).await;
            }
        });
    });
    Ok(port)
}

/// Requests per second with each token used once, and seconds of CPU time for each, this client's included.
async fn round(port: u16, tokens: &Arc<Vec<String>>, body: &Arc<String>) -> Outcome<(f64, f64)> {
    let next = Arc::new(AtomicUsize::new(0));
    let (start, work) = (wall(), process_cpu());
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (tokens, body, next) = (Arc::clone(tokens), Arc::clone(body), Arc::clone(&next));
        connections.spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
            stream.set_nodelay(true)?;
            let mut buffer = Vec::new();
            while let Some(token) = tokens.get(next.fetch_add(1, Ordering::Relaxed)) {
                let request = format!(
                    "POST /credential HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
                     content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(request.as_bytes()).await?;
                answer(&mut stream, &mut buffer).await?;
            }
            Ok::<(), std::io::Error>(())
        });
    }
    while let Some(end) = connections.join_next().await {
        end??;
    }
    let requests = tokens.len() as f64;
    Ok((requests / (wall() - start).as_secs_f64(), (process_cpu() - work).as_secs_f64() / requests))
}

/// Reads one answer to its end; anything but 200 is an error.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<()> {
    buffer.clear();
    let end = loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(buffer.get(..end).unwrap_or_default()).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    if head.starts_with("http/1.1 200") {
        Ok(())
    } else {
        Err(std::io::Error::other(String::from_utf8_lossy(buffer).into_owned()))
    }
}
