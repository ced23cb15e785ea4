//! An opened counter: keys, store, bundle, menu; what commands and `serve` have in common.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use absah_host::{CommonArgs, Context, DataDir, FileError, Reach, Settings, read_text};
use absah_trust::policy::Doubt;
use absah_trust::{Bundle, TrustedState};
use absah_types::{Rng, Seconds, Timestamp};
use absah_verifier_core::judge::Found;
use absah_verifier_core::pending::{ForWallet, Stage, stage};
use absah_verifier_core::{Identity, Made, Menu, Offer, Pending, RequestFailure, request};
use absah_web::{Ambient, RngSource};

use crate::archive;
use crate::error::{Failure, VerifierError};
use crate::keys::Keys;
use crate::steady::Steady;
use crate::store::{RequestRow, Store};

/// Settings in `config.toml`.
pub(crate) const SETTINGS: &[&str] =
    &["public_url", "metrics", "page", "qr_version", "officer", "bundle_url"];

/// `services.toml` is no longer than this.
const MENU_BYTES: u64 = 1 << 20;
/// How long this process remembers by its own clock when it made a request: longer than any answer may take.
const REMEMBER: Seconds = Seconds::hours(1);

/// An opened counter.
pub struct App {
    keys: Keys,
    store: Store,
    menu: Menu,
    /// The text of `services.toml` that the menu was read from.
    menu_text: Option<String>,
    steady: Steady,
    /// When this process made the requests that may be answered, by its own clock.
    made: Mutex<BTreeMap<Vec<u8>, Seconds>>,
    settings: Settings,
    reach: Reach,
    dir: DataDir,
    ambient: Ambient,
    opened: Mutex<Option<(TrustedState, Arc<Bundle>)>>,
}

impl App {
    /// Opens the counter in the data directory; `init` must have been run there.
    ///
    /// # Errors
    /// Whatever keeps the directory, the settings, the key file or the store from being opened.
    pub async fn open(common: &CommonArgs, context: &mut Context) -> Result<Self, Failure> {
        let (dir, settings, reach) = prepare(common, context)?;
        let keys = Keys::open(&dir, &settings, context)?;
        Self::with(keys, dir, settings, reach, context).await
    }

    /// As [`App::open`], making name and key of the counter when there are none.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_or_init(common: &CommonArgs, context: &mut Context) -> Result<Self, Failure> {
        let (dir, settings, reach) = prepare(common, context)?;
        let keys = Keys::open_or_make(&dir, &settings, context)?;
        Self::with(keys, dir, settings, reach, context).await
    }

    async fn with(
        mut keys: Keys,
        dir: DataDir,
        settings: Settings,
        reach: Reach,
        context: &mut Context,
    ) -> Result<Self, Failure> {
        let store = Store::open(&dir.join("counter.sqlite")).await?;
        if !keys.keeps_head() && archive::begin_head(&keys, &store, &mut *context.rng).await? {
            keys.note_head(&dir, &mut *context.rng)?;
        }
        let menu_text = menu_text(&dir.join(MENU))?;
        let menu = match &menu_text {
            Some(text) => toml::from_str(text).map_err(|_| VerifierError::ServicesFile)?,
            None => Menu::default(),
        };
        let ambient = Ambient::new(Arc::clone(&context.clock), rng_source(&mut *context.rng));
        Ok(Self {
            keys,
            store,
            menu,
            menu_text,
            steady: Steady::default(),
            made: Mutex::default(),
            settings,
            reach,
            dir,
            ambient,
            opened: Mutex::new(None),
        })
    }

    /// The same with another monotonic clock: seconds since some moment, which no setting of the wall clock moves.
    #[must_use]
    pub fn steadied(self, clock: impl Fn() -> Seconds + Send + Sync + 'static) -> Self {
        Self { steady: Steady::of(clock), ..self }
    }

    /// Whether `services.toml` is no longer what this program has read: it says so until it is started again.
    pub(crate) fn menu_changed(&self) -> bool {
        menu_text(&self.dir.join(MENU)).map_or(true, |text| text != self.menu_text)
    }

    /// The services that `services.toml` names and this counter is not registered for.
    pub(crate) fn menu_unknown(&self, bundle: &Bundle, now: Timestamp) -> Vec<String> {
        let identity = self.identity();
        let registered = identity.registered(bundle, now);
        registered.map(|registered| self.menu.unknown(registered)).unwrap_or_default()
    }

    /// Name and public key.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.keys.identity()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    pub(crate) fn dir(&self) -> &DataDir {
        &self.dir
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn ambient(&self) -> &Ambient {
        &self.ambient
    }

    /// The bundle in force, verified anew whenever another process has imported one.
    ///
    /// # Errors
    /// When the store does not answer or its bundle does not hold.
    pub async fn bundle(&self) -> Result<Option<Arc<Bundle>>, Failure> {
        let Some(state) = self.store.trusted_state().await? else { return Ok(None) };
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((known, bundle)) = opened
            && known == state
        {
            return Ok(Some(bundle));
        }
        let Some((files, state)) = self.store.bundle().await? else { return Ok(None) };
        let bundle = Arc::new(Bundle::reopen(&files, &state)?);
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(&bundle)));
        Ok(Some(bundle))
    }

    /// What this counter may ask now.
    ///
    /// # Errors
    /// [`RequestFailure`]: no bundle, not registered, or a wrong `services.toml`.
    pub fn offer(&self, bundle: &Bundle, service: &str, now: Timestamp) -> Result<Offer, RequestFailure> {
        let offers = self.menu_now(bundle, now)?;
        let unknown = RequestFailure::Registration(absah_trust::RegistrationError::UnknownService);
        offers.into_iter().find(|offer| offer.service.id == service).ok_or(unknown)
    }

    fn menu_now(&self, bundle: &Bundle, now: Timestamp) -> Result<Vec<Offer>, RequestFailure> {
        let registered = self.identity().registered(bundle, now)?.clone();
        self.menu.offers(&registered).map_err(RequestFailure::Menu)
    }

    /// All that this counter may ask now, in the order of its screen.
    ///
    /// # Errors
    /// As [`App::offer`].
    pub fn offers(&self, bundle: &Bundle, now: Timestamp) -> Result<Vec<Offer>, Failure> {
        Ok(self.menu_now(bundle, now)?)
    }

    /// The largest QR version that this counter's camera reads: the flag's, else the setting's, else what the doctor measured.
    ///
    /// # Errors
    /// A setting that is no number; the store's.
    pub(crate) async fn qr_version(&self, flag: Option<u8>) -> Result<u8, Failure> {
        let configured = self.settings.number("qr_version", flag.map(i64::from))?;
        let within = configured.and_then(|version| u8::try_from(version).ok());
        let known = match within.filter(|version| (10..=40).contains(version)) {
            Some(version) => Some(version),
            None => self.measured_version().await?.map(|version| version.clamp(10, 40)),
        };
        Ok(known.unwrap_or(request::DEFAULT_QR_VERSION))
    }

    /// That the data can still judge what is asked now: at the page no citizen shows a fact that nobody may accept.
    ///
    /// # Errors
    /// [`Doubt::BundleEnded`]; no bundle; the store's.
    pub async fn judges(&self, now: Timestamp) -> Result<(), Failure> {
        let bundle = self.bundle().await?.ok_or(RequestFailure::NoBundle)?;
        let has_ended = now >= bundle.online_expires() || now >= bundle.targets_expires();
        if has_ended { Err(Doubt::BundleEnded.into()) } else { Ok(()) }
    }

    async fn fit_bundle(&self, now: Timestamp) -> Result<Arc<Bundle>, Failure> {
        let bundle = self.bundle().await?.ok_or(RequestFailure::NoBundle)?;
        bundle.clock_holds(now)?;
        Ok(bundle)
    }

    /// Makes a request for an answer by QR and keeps it. A clock that is behind stops it, and the camera that would have to
    /// read the answer where the doctor found it bad; whether the data still judges is asked before, by [`App::judges`].
    ///
    /// # Errors
    /// As [`App::offer`]; `CameraWeak`; a clock that is behind; the store's.
    pub async fn ask_by_qr(
        &self,
        service: &str,
        qr_version: u8,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Made, Failure> {
        self.may_read_codes(now).await?;
        let bundle = self.fit_bundle(now).await?;
        self.end_late(now).await?;
        let offer = self.offer(&bundle, service, now)?;
        let identity = self.identity();
        let registered = identity.registered(&bundle, now)?;
        let unsigned = request::by_qr(registered, &offer, qr_version, rng, now)?;
        let signature = self.keys.signer().sign(unsigned.to_be_signed());
        let made = unsigned.attach(signature, &bundle)?;
        self.keep(&made.pending, None, rng).await?;
        Ok(made)
    }

    /// Makes a request for an answer over HTTPS and keeps it under `session`. No camera reads that answer: a weak one stops
    /// nothing here.
    ///
    /// # Errors
    /// As [`App::offer`]; a clock that is behind; the store's.
    pub async fn ask_online(
        &self,
        service: &str,
        session: &str,
        response_uri: absah_types::HttpsUrl,
        encrypted: bool,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Made, Failure> {
        let bundle = self.fit_bundle(now).await?;
        self.end_late(now).await?;
        let offer = self.offer(&bundle, service, now)?;
        let identity = self.identity();
        let registered = identity.registered(&bundle, now)?;
        let unsigned = request::online(registered, &offer, response_uri, encrypted, rng, now)?;
        let signature = self.keys.signer().sign(unsigned.to_be_signed());
        let made = unsigned.attach(signature, &bundle)?;
        self.keep(&made.pending, Some(session), rng).await?;
        Ok(made)
    }

    /// The request of a session that is open, or nothing when its time is over or it was answered. Whoever comes first has
    /// it: a wallet that posted its nonce gets the request made for it, and may ask for it again by that nonce; one that
    /// fetched it plainly cannot be told from another that does the same, so that nobody gets it a second time.
    ///
    /// # Errors
    /// `UnknownSession`; `RequestTaken` for whoever comes second, which is noted for the officer; the store's.
    pub async fn request_object(
        &self,
        session: &str,
        wallet_nonce: Option<&str>,
        rng: &mut (dyn Rng + Send),
        now: Timestamp,
    ) -> Result<Option<String>, Failure> {
        let taken = async |tag: &[u8]| {
            self.store.note_fetched_again(tag).await?;
            Err(VerifierError::RequestTaken.into())
        };
        self.end_late(now).await?;
        // Again, if another wallet was faster in between.
        for _ in 0..2 {
            let row = self.store.by_session(session).await?.ok_or(VerifierError::UnknownSession)?;
            let Some(bundle) = self.bundle().await? else { return Ok(None) };
            if stage(row.made_at, self.lived(&row.tag), row.used, bundle.policy(), now) != Stage::Open {
                return Ok(None);
            }
            let Found::Request { pending: Some(mut pending), .. } = self.found(Some(&row))? else {
                return Ok(None);
            };
            let Some(nonce) = wallet_nonce else {
                let is_first = self.store.note_fetched(&row, now).await?;
                return if is_first { Ok(Some(pending.jar)) } else { taken(&row.tag).await };
            };
            match pending.for_wallet(nonce)? {
                ForWallet::Again => return Ok(Some(pending.jar)),
                ForWallet::Sign(prepared) if !row.fetched => {
                    let signature = self.keys.signer().sign(prepared.as_bytes());
                    pending.take_over(*prepared, signature);
                }
                ForWallet::Taken | ForWallet::Sign(_) => return taken(&row.tag).await,
            }
            let sealed = self.keys.seal(&label(b"pending", &row.tag), pending.to_bytes().expose(), rng)?;
            if self.store.hand_out(&row, &sealed, now).await? {
                return Ok(Some(pending.jar));
            }
        }
        Err(VerifierError::RequestTaken.into())
    }

    /// Whether nobody can answer a session any more.
    ///
    /// # Errors
    /// `UnknownSession`; the store's.
    pub(crate) async fn is_late(&self, session: &str, now: Timestamp) -> Result<bool, Failure> {
        let row = self.store.by_session(session).await?.ok_or(VerifierError::UnknownSession)?;
        let Some(bundle) = self.bundle().await? else { return Ok(false) };
        Ok(stage(row.made_at, self.lived(&row.tag), row.used, bundle.policy(), now) == Stage::Over)
    }

    /// Whether somebody came for the request of a session after another had it.
    ///
    /// # Errors
    /// `UnknownSession`; the store's.
    pub(crate) async fn was_fetched_again(&self, session: &str) -> Result<bool, Failure> {
        Ok(self.store.by_session(session).await?.ok_or(VerifierError::UnknownSession)?.fetched_again)
    }

    /// Ends for good the requests whose time is over by what the clock says now. Another process, or this one after a new
    /// start, has no monotonic clock that knows how long they waited: to set the wall clock back revives none of them.
    ///
    /// # Errors
    /// The store's; a bundle that does not hold.
    pub(crate) async fn end_late(&self, now: Timestamp) -> Result<(), Failure> {
        let Some(bundle) = self.bundle().await? else { return Ok(()) };
        Ok(self.store.end_late(now.minus(bundle.policy().answer_life)).await?)
    }

    async fn keep(
        &self,
        pending: &Pending,
        session: Option<&str>,
        rng: &mut (dyn Rng + Send),
    ) -> Result<(), Failure> {
        let tag = pending.tag();
        let sealed = self.keys.seal(&label(b"pending", &tag), pending.to_bytes().expose(), rng)?;
        self.store.keep(&tag, &pending.service.id, session, pending.made_at, &sealed).await?;
        let now = self.steady.now();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|_, at| now.0.saturating_sub(at.0) <= REMEMBER.0);
        made.insert(tag.to_vec(), now);
        Ok(())
    }

    /// How long ago this process made the request of that tag, by its own clock.
    fn lived(&self, tag: &[u8]) -> Option<Seconds> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.get(tag).map(|at| Seconds(self.steady.now().0.saturating_sub(at.0)))
    }

    /// What the core needs to know of a kept request.
    pub(crate) fn found(&self, row: Option<&RequestRow>) -> Result<Found, Failure> {
        let Some(row) = row else { return Ok(Found::Nothing) };
        let pending = match &row.pending {
            None => None,
            Some(sealed) => {
                let opened = self.keys.unseal(&label(b"pending", &row.tag), sealed)?;
                Some(Box::new(Pending::from_bytes(opened.expose())?))
            }
        };
        Ok(Found::Request { pending, made_at: row.made_at, lived: self.lived(&row.tag), used: row.used })
    }

    /// Under which name the answer of a session waits for the officer's word.
    ///
    /// # Errors
    /// `UnknownSession`; the store's.
    pub(crate) async fn session_tag(&self, session: &str) -> Result<Vec<u8>, Failure> {
        Ok(self.store.by_session(session).await?.ok_or(VerifierError::UnknownSession)?.tag)
    }

    /// The last outcome of a session as `decide --json` would print it; `None` while it waits.
    ///
    /// # Errors
    /// `UnknownSession`; the store's.
    pub async fn session(&self, session: &str) -> Result<Option<serde_json::Value>, Failure> {
        let row = self.store.by_session(session).await?.ok_or(VerifierError::UnknownSession)?;
        let Some(sealed) = &row.outcome else { return Ok(None) };
        let opened = self.keys.unseal(&label(b"outcome", &row.tag), sealed)?;
        Ok(serde_json::from_slice(opened.expose()).ok())
    }
}

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "App({})", self.keys.identity().id)
    }
}

fn prepare(common: &CommonArgs, context: &mut Context) -> Result<(DataDir, Settings, Reach), Failure> {
    let dir = DataDir::open("verifier", common.data_dir.as_deref(), &context.env)?;
    let settings = Settings::load(&dir, &context.env, SETTINGS)?;
    let reach = settings.reach(common.dev_loopback)?;
    reach.announce(&mut context.console);
    Ok((dir, settings, reach))
}

/// Order and titles of the services, in the data directory.
const MENU: &str = "services.toml";

fn menu_text(path: &Path) -> Result<Option<String>, Failure> {
    match read_text(path, MENU_BYTES) {
        Ok(text) => Ok(Some(text)),
        Err(FileError::Missing { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Randomness for `serve`: each request gets its own generator, seeded from the command's source.
fn rng_source(rng: &mut dyn Rng) -> RngSource {
    let seed: [u8; 32] = absah_types::array(rng);
    let count = std::sync::atomic::AtomicU64::new(0);
    Arc::new(move || {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Box::new(Stream { seed, number, block: 0 })
    })
}

/// HMAC-SHA-256 in counter mode over a secret seed.
struct Stream {
    seed: [u8; 32],
    number: u64,
    block: u64,
}

impl Rng for Stream {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.block += 1;
            let input = [self.number.to_be_bytes(), self.block.to_be_bytes()].concat();
            for (to, from) in chunk.iter_mut().zip(absah_crypto::hmac_sha256(&self.seed, &input)) {
                *to = from;
            }
        }
    }
}

pub(crate) fn label(what: &[u8], tag: &[u8]) -> Vec<u8> {
    [what, b" ", tag].concat()
}
