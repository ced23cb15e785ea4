//! Answering a request: read, check against the trust bundle, ask the person, sign, send.

mod answer;
mod ask;
mod link;
mod people;

use absah_protocol::oid4vp::consent::{Consent, assess};
use absah_protocol::oid4vp::flow_a::{self, ExpandError};
use absah_protocol::oid4vp::request::{
    self, Expectation, Method, Place, RequestLink, Transport, VerifiedRequest,
};
use absah_qr::frames::FinishError;
use absah_qr::{Assembler, Dictionary, Kind};
use absah_trust::{Bundle, CertificateError, Registered, RegistrationError, Service};
use absah_types::{Coded as _, Secret, Timestamp, hex};

use crate::{
    effect::{Body, Effect, Fetch, FetchFailure, Fetched},
    history::{self, Asker, Channel, Entry, Event, REFUSED_BY_HOLDER},
    intent::Env,
    prompt::Prompt,
    refusal::Refusal,
    shown::{Shown, is_honest_name},
    wallet::{Flow, Step, Wallet, show},
};

pub(crate) use answer::{Posting, Signing};
pub(crate) use ask::{Asking, open};
pub(crate) use people::is_of_dependant;

/// A request that is being fetched.
#[derive(Debug)]
pub(crate) struct Fetching {
    /// Who the deep link says will ask; unknown when only the address was given.
    client_id: Option<String>,
    /// What was posted for the request, so that no other wallet's can be passed on to this one.
    wallet_nonce: Option<String>,
    /// The link was one of HAIP.
    haip: bool,
}

/// Begins with the texts of QR codes, or with one deep link.
pub(crate) fn begin(wallet: &mut Wallet, texts: &[String], env: &mut Env<'_>) -> Step {
    if let [text] = texts
        && let Some(link) = link(text, env)?
    {
        return follow(wallet, link, env);
    }
    let payload = assemble(texts)?;
    let outcome = by_qr(wallet, &payload, env);
    or_noted(wallet, outcome, env)
}

/// A deep link, or the bare `request_uri`.
fn link(text: &str, env: &Env<'_>) -> Result<Option<(Fetching, Place)>, Refusal> {
    if let Some(link) = RequestLink::parse(text, env.urls).map_err(Refusal::Request)? {
        let fetching = Fetching { client_id: Some(link.client_id), wallet_nonce: None, haip: link.haip };
        return Ok(Some((fetching, link.place)));
    }
    let fetching = Fetching { client_id: None, wallet_nonce: None, haip: false };
    Ok(env.urls.url(text.trim()).ok().map(|url| (fetching, Place::At(url, Method::Get))))
}

fn follow(wallet: &mut Wallet, (mut fetching, place): (Fetching, Place), env: &mut Env<'_>) -> Step {
    let (url, method) = match place {
        Place::At(url, method) => (url, method),
        Place::Here(jar) => {
            let outcome = fetching.online(wallet, jar.as_bytes(), env);
            return or_noted(wallet, outcome, env);
        }
    };
    let body = match method {
        Method::Get => Body::None,
        Method::Post => {
            let nonce = request::wallet_nonce(env.rng);
            let form = request::request_uri_post(&nonce);
            fetching.wallet_nonce = Some(nonce);
            Body::Form(Secret::new(form))
        }
    };
    let fetch = Fetch {
        url: url.as_str().to_owned(),
        body,
        bearer: None,
        dpop: None,
        accept: "application/oauth-authz-req+jwt",
        limit: request::MAX_REQUEST,
    };
    Ok((Flow::Fetching(Box::new(fetching)), vec![Effect::Fetch(fetch)]))
}

impl Fetching {
    /// The request as it came from `request_uri`.
    pub(crate) fn fetched(
        self,
        wallet: &mut Wallet,
        answer: Result<Fetched, FetchFailure>,
        env: &mut Env<'_>,
    ) -> Step {
        let answer = answer.map_err(Refusal::Network)?;
        if answer.status != 200 {
            let gone = Refusal::RequestGone { status: answer.status };
            return Err(Refusal::of_status(answer.status, gone));
        }
        let outcome = self.online(wallet, &answer.body, env);
        or_noted(wallet, outcome, env)
    }

    fn online(&self, wallet: &Wallet, body: &[u8], env: &Env<'_>) -> Result<Asking, Box<Turned>> {
        let bundle = usable_bundle(wallet, env)?;
        let jar = std::str::from_utf8(body).map_err(|_| Refusal::NotARequest)?.trim();
        let expected = Expectation {
            transport: Transport::Online,
            client_id: self.client_id.as_deref(),
            wallet_nonce: self.wallet_nonce.as_deref(),
            haip: self.haip,
            rules: env.urls,
            now: env.now,
        };
        let verified = request::verify(jar, &expected).map_err(Refusal::Request)?;
        // The other side has said that it took the answer: a second one can only be for somebody who listens in between.
        if answered(wallet, &verified).any(|(_, shared)| shared.confirmed) {
            return Err(Refusal::AnsweredBefore.into());
        }
        judge(wallet, bundle, verified, Channel::Online, None, env)
    }
}

/// The answers that this very request got, oldest first. The nonce holds everything that is asked ("another request under
/// the same nonce does not exist"), so it names the request also where it was signed a second time.
///
/// One that was confirmed is refused. One whose arrival nobody can tell, as with every QR code, may be answered again: a
/// counter that missed a frame asks with the same code, and it takes one answer per nonce whatever it is shown. The
/// person is told when it was, and decides.
fn answered<'w>(
    wallet: &'w Wallet,
    request: &VerifiedRequest,
) -> impl Iterator<Item = (Timestamp, &'w history::Shared)> {
    let (hash, nonce) = (hex::encode(request.hash), request.nonce.clone());
    wallet.holdings.history.iter().filter_map(move |entry| match &entry.event {
        Event::Shared(shared) if shared.request_hash == hash || shared.nonce.as_ref() == Some(&nonce) => {
            Some((entry.at, shared))
        }
        _ => None,
    })
}

/// Turned down: by what, and whom it may be blamed on (only who was proven).
struct Turned {
    refusal: Refusal,
    asker: Option<Asker>,
    facts: Vec<String>,
}

impl From<Refusal> for Box<Turned> {
    fn from(refusal: Refusal) -> Self {
        Self::new(Turned { refusal, asker: None, facts: Vec::new() })
    }
}

/// Shows the question, or notes the refusal in the history: "refusals too".
fn or_noted(wallet: &mut Wallet, outcome: Result<Asking, Box<Turned>>, env: &Env<'_>) -> Step {
    match outcome {
        Ok(asking) => Ok(asking.show()),
        Err(turned) => {
            note(wallet, turned.asker, turned.refusal.code(), turned.facts, env);
            Err(turned.refusal)
        }
    }
}

/// Writes a refusal into the history.
pub(crate) fn note(wallet: &mut Wallet, to: Option<Asker>, code: &str, facts: Vec<String>, env: &Env<'_>) {
    let mut refused = history::Refused { to, code: code.to_owned(), facts, times: 1 };
    // Whoever sends the same again and again fills no history with it. What the holder decides each time stands each time.
    let again = |entry: &Entry| match &entry.event {
        Event::Refused(before) => {
            refused.is_again(before) && env.now.since(entry.at).0.abs() < history::FOLDED_WITHIN.0
        }
        _ => false,
    };
    if code != REFUSED_BY_HOLDER
        && let Some(place) = wallet.holdings.history.iter().rposition(again)
        && let Event::Refused(before) = wallet.holdings.history.remove(place).event
    {
        refused.times = before.times.saturating_add(1);
    }
    wallet.holdings.history.push(Entry { at: env.now, event: Event::Refused(refused) });
}

/// The person said no.
pub(crate) fn declined(wallet: &mut Wallet, asking: Asking, env: &Env<'_>) -> Step {
    let facts = asking.fact_names();
    let post = asking.decline();
    note(wallet, Some(asking.asker), REFUSED_BY_HOLDER, facts, env);
    Ok(match post {
        Some(fetch) => (Flow::Declining, vec![Effect::Persist, Effect::Fetch(fetch)]),
        None => (Flow::Idle, vec![Effect::Persist, show(Prompt::Declined)]),
    })
}

/// The message in the frames; texts that are no frames of ours are passed over when others are.
fn assemble(texts: &[String]) -> Result<Vec<u8>, Refusal> {
    let mut assembler = Assembler::default();
    let mut bad = None;
    let mut whole = false;
    for line in texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()) {
        match assembler.push(line) {
            Ok(progress) => whole = whole || progress.is_complete(),
            Err(error) => bad = bad.or(Some(error)),
        }
        if whole {
            break;
        }
    }
    let message = assembler.finish().map_err(|error| match (error, bad) {
        (FinishError::Empty, Some(bad)) => Refusal::Frame(bad),
        (error, _) => Refusal::Frames(error),
    })?;
    match message.kind {
        Kind::RequestShort | Kind::RequestLong => Ok(message.payload),
        _ => Err(Refusal::NotARequest),
    }
}

fn by_qr(wallet: &Wallet, payload: &[u8], env: &Env<'_>) -> Result<Asking, Box<Turned>> {
    let bundle = usable_bundle(wallet, env)?;
    let dictionary = Dictionary::from_bytes(bundle.dictionary().to_vec());
    let expanded = flow_a::expand(payload, bundle, &dictionary, env.now).map_err(|error| match error {
        ExpandError::Registration(error) => Refusal::Registration(as_unregistered(error)),
        other => Refusal::Expand(other),
    })?;
    let expected = Expectation {
        transport: Transport::Qr,
        client_id: None,
        wallet_nonce: None,
        haip: false,
        rules: env.urls,
        now: env.now,
    };
    let verified = request::verify(&expanded.request.jar, &expected).map_err(Refusal::Request)?;
    judge(wallet, bundle, verified, Channel::Qr, Some(&expanded.registered), env)
}

pub(crate) fn usable_bundle<'w>(wallet: &'w Wallet, env: &Env<'_>) -> Result<&'w Bundle, Refusal> {
    let bundle = wallet.bundle.as_ref().ok_or(Refusal::NoBundle)?;
    // Every age below is judged by this clock.
    bundle.clock_holds(env.now).map_err(Refusal::Clock)?;
    Ok(bundle)
}

/// From a request whose mathematics hold to the question for the person, or a reason why there is none.
fn judge(
    wallet: &Wallet,
    bundle: &Bundle,
    verified: VerifiedRequest,
    channel: Channel,
    known: Option<&Registered>,
    env: &Env<'_>,
) -> Result<Asking, Box<Turned>> {
    let consent = match assess(&verified, bundle, env.now) {
        Ok(consent) => consent,
        Err(error) => {
            // The signature held, so the counter of the registration really asked this.
            let service = verified.service.as_deref();
            let asker =
                known.zip(service).and_then(|(known, id)| Some(asker(known, known.service(id).ok()?)));
            let refusal = Refusal::Registration(as_unregistered(error));
            return Err(Box::new(Turned { refusal, asker, facts: Vec::new() }));
        }
    };
    let asker = asker(&consent.registered, &consent.service);
    let facts = fact_names(&consent);
    let turned = |refusal| Box::new(Turned { refusal, asker: Some(asker.clone()), facts: facts.clone() });
    if ![&asker.agency, &asker.place].iter().all(|name| is_honest_name(name.as_str())) {
        return Err(turned(Refusal::AgencyName));
    }
    // "A wallet bundle up to 30 days old answers with "data lama"; older: predicates only."
    let age = env.now.since(bundle.published_at());
    let only_predicates =
        consent.asked.iter().all(|asked| crate::facts::is_predicate(&asked.claim.to_string()));
    if age > bundle.policy().wallet_bundle_max && !only_predicates {
        return Err(turned(Refusal::OldBundle { days: age.0 / 86_400 }));
    }
    let old_bundle_days = (env.now > bundle.online_expires()).then_some(age.0 / 86_400);
    Asking::new(wallet, verified, &consent, asker.clone(), channel, old_bundle_days, env).map_err(turned)
}

/// Registered by somebody we do not know is not registered.
fn as_unregistered(error: RegistrationError) -> RegistrationError {
    match error {
        RegistrationError::Registrar(_)
        | RegistrationError::Certificate(CertificateError::UnknownAuthority) => {
            RegistrationError::Unregistered
        }
        other => other,
    }
}

fn asker(registered: &Registered, service: &Service) -> Asker {
    let registration = registered.registration();
    Asker {
        agency: Shown::new(&registration.agency),
        place: Shown::new(&registration.place),
        registration: registration.id.clone(),
        service: service.id.clone(),
        title: service.title.clone(),
        purpose: service.purpose.clone(),
        legal_basis: Shown::new(&service.legal_basis),
        retention_days: service.retention_days,
    }
}

fn fact_names(consent: &Consent) -> Vec<String> {
    consent.asked.iter().map(|asked| asked.claim.to_string()).collect()
}
