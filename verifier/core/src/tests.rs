mod evidence;
mod family;
mod one_scan;
mod paper;
mod services;
mod two_cards;

use absah_credential::Format;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::status_list::Status;
use absah_crypto::PrivateKey;
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::response::{self, Presented};
use absah_qr::{Dictionary, Kind, frames};
use absah_testkit::SeededRng;
use absah_trust::sample::{City, Counting, key, portrait_blob, tokens};
use absah_trust::{Bundle, ClaimPath, Contents, Outcome, RegistrationError};
use absah_types::{Coded, HttpsUrl, Seconds, Sector, Timestamp};

use crate::judge::{self, Found, Judgement};
use crate::menu::Menu;
use crate::request::{self, Made};
use crate::{CounterId, Identity, Offer, Pending, Report, answer};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);
const IDX: u64 = 5;

/// One counter and one wallet in the sample city.
struct World {
    city: City,
    bundle: Bundle,
    offer: Offer,
}

impl World {
    fn new() -> Self {
        Self::with(|_| ())
    }

    fn with(change: impl FnOnce(&mut Contents)) -> Self {
        let city = City::at(NOW);
        let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
        contents.dictionary = Dictionary::v1().bytes().to_vec();
        change(&mut contents);
        let (bundle, _) = city.import(&city.publish(1, &contents));
        let registered = identity(&city).registered(&bundle, NOW).unwrap();
        let offer = Menu::default().offers(registered).unwrap().remove(0);
        Self { city, bundle, offer }
    }

    fn asking(claims: &[&str]) -> Self {
        let claims: Vec<_> = claims.iter().map(|claim| ClaimPath::key(claim)).collect();
        let city = City::at(NOW);
        let mut registration = city.registration();
        registration.services[0].asks[0].claims = claims;
        let signed = city.sign(&registration);
        Self::with(|contents| contents.registrations = vec![signed])
    }

    fn ask(&self, seed: u64) -> Made {
        let registered = identity(&self.city).registered(&self.bundle, NOW).unwrap();
        let unsigned = request::by_qr(registered, &self.offer, 25, &mut SeededRng::new(seed), NOW).unwrap();
        let signature = self.city.counter_key.sign(unsigned.to_be_signed());
        unsigned.attach(signature, &self.bundle).unwrap()
    }

    fn ask_online(&self) -> Pending {
        let registered = identity(&self.city).registered(&self.bundle, NOW).unwrap();
        let uri = HttpsUrl::parse("https://loket.example/responses/1").unwrap();
        let unsigned =
            request::online(registered, &self.offer, uri, false, &mut SeededRng::new(1), NOW).unwrap();
        let signature = self.city.counter_key.sign(unsigned.to_be_signed());
        unsigned.attach(signature, &self.bundle).unwrap().pending
    }

    fn seal(&self, pending: &Pending, shown: &[Presented]) -> Vec<u8> {
        let dictionary = Dictionary::v1();
        let hash = pending.hash();
        let context = AnswerContext {
            request_hash: &hash,
            client_id: &pending.client_id,
            nonce: &pending.nonce,
            query: &pending.query,
            dictionary,
            x5c: &|_| None,
        };
        let recipient = pending.recipient.as_ref().unwrap().public();
        flow_a::seal(shown, &recipient, &context, &mut Counting(99)).unwrap()
    }

    /// What an honest wallet answers.
    fn answer(&self, pending: &Pending) -> Vec<u8> {
        self.seal(pending, &[Answer::of(pending).show(&self.city)])
    }

    fn judge(&self, bytes: &[u8], pending: &Pending, now: Timestamp) -> Judgement {
        judge::by_qr(bytes, &found(pending), Some(&self.bundle), now)
    }

    fn code(&self, bytes: &[u8], pending: &Pending) -> &'static str {
        self.judge(bytes, pending, NOW).outcome.code()
    }
}

fn identity(city: &City) -> Identity {
    Identity { id: CounterId::fresh(&mut Counting(1)), key: city.counter_key.public_key().clone() }
}

fn found(pending: &Pending) -> Found {
    Found::Request {
        pending: Some(Box::new(Pending::from_bytes(pending.to_bytes().expose()).unwrap())),
        made_at: pending.made_at,
        lived: None,
        used: false,
    }
}

/// What a wallet puts into one presentation, each part changeable.
struct Answer {
    issuer_city: City,
    format: Format,
    claims: Vec<ClaimPath>,
    idx: u64,
    aud: String,
    nonce: String,
    iat: Timestamp,
    holder: PrivateKey,
    signer: PrivateKey,
    portrait: Option<Vec<u8>>,
    query_id: String,
}

impl Answer {
    fn of(pending: &Pending) -> Self {
        Self {
            issuer_city: City::at(NOW),
            format: if pending.recipient.is_some() { Format::VcSdJwt } else { Format::DcSdJwt },
            claims: pending.service.claims().map(|(_, claim)| claim.clone()).collect(),
            idx: IDX,
            aud: pending.client_id.clone(),
            nonce: pending.nonce.clone(),
            iat: NOW,
            holder: key(8),
            signer: key(8),
            portrait: None,
            query_id: "KtpElektronik".to_owned(),
        }
    }

    fn show(&self, _city: &City) -> Presented {
        let text = self.issuer_city.issue(self.holder.public_key(), self.format, self.idx);
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let paths: Vec<_> = self.claims.iter().map(|claim| self.format.from_root(claim)).collect();
        let binding = held.select(&paths).unwrap().bind(&self.aud, &self.nonce, self.iat);
        let signature = self.signer.sign(binding.to_be_signed());
        Presented {
            query_id: self.query_id.clone(),
            presentation: binding.attach(signature),
            portrait: self.portrait.clone(),
        }
    }
}

#[test]
fn an_honest_answer_is_accepted_and_uses_the_request_up() {
    let world = World::new();
    let made = world.ask(1);
    let judgement = world.judge(&world.answer(&made.pending), &made.pending, NOW);
    assert!(judgement.uses_up);
    let report = serde_json::to_value(Report::from(&judgement.outcome)).unwrap();
    assert_eq!(
        report,
        serde_json::json!({
            "decision": "accepted", "code": "accepted", "colour": "green", "status": "valid", "portrait": false,
            "facts": {
                "nama": "SITI CONTOH",
                "kelahiran": {"tempat": "MADIUN", "tanggal": "1990-01-21"},
                "alamat": {
                    "jalan": "JL. CONTOH 1", "rt": "001", "rw": "002", "kelurahan": "KARTOHARJO",
                    "kecamatan": "KARTOHARJO", "kota": "KOTA MADIUN", "provinsi": "JAWA TIMUR"
                }
            },
            "freshness": {
                "tier": "green", "signed_at": NOW.to_string(), "age_s": 0, "bundle_version": 1
            }
        })
    );
}

#[test]
fn requests_have_two_forms_of_one_text() {
    let world = World::new();
    let made = world.ask(1);
    assert_eq!(made.frames(false).unwrap().len(), 1);
    assert!(made.frames(true).unwrap().len() > 1);
    for bytes in [&made.short, &made.long] {
        let expanded = flow_a::expand(bytes, &world.bundle, Dictionary::v1(), NOW).unwrap();
        assert_eq!(expanded.request.jar, made.pending.jar);
    }
    assert_ne!(world.ask(2).pending.nonce, made.pending.nonce);
}

#[test]
fn the_order_of_judgement_is_fixed() {
    let world = World::new();
    let made = world.ask(1);
    let good = world.answer(&made.pending);
    let late = NOW.plus(Seconds(301));
    let used = Found::Request { pending: None, made_at: NOW, lived: None, used: true };
    let judge =
        |bytes: &[u8], found: &Found, now| judge::by_qr(bytes, found, Some(&world.bundle), now).outcome;
    let mut tampered = good.clone();
    *tampered.last_mut().unwrap() ^= 1;

    assert_eq!(judge(&good, &found(&made.pending), NOW.plus(Seconds(300))).code(), "accepted");
    assert_eq!(judge(&tampered, &Found::Nothing, late).code(), "answer-other-request");
    assert_eq!(judge(&good, &used, NOW).code(), "replayed");
    assert_eq!(judge(&good, &used, late).code(), "replayed", "a replay is one however late");
    assert_eq!(judge(&tampered, &found(&made.pending), late).code(), "request-expired");
    assert_eq!(judge(&good, &found(&made.pending), late).code(), "request-expired");
    assert_eq!(
        judge(&good, &found(&made.pending), NOW.minus(Seconds(1))).code(),
        "request-expired",
        "clock set back"
    );
    assert_eq!(judge(&tampered, &found(&made.pending), NOW).code(), "answer-tampered");
    let without = judge::by_qr(&good, &found(&made.pending), None, NOW).outcome;
    assert_eq!(
        (without.code(), without.decision()),
        ("bundle-absent", absah_trust::policy::Decision::Undetermined)
    );
}

#[test]
fn no_changed_byte_is_accepted() {
    let world = World::new();
    let made = world.ask(1);
    let good = world.answer(&made.pending);
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 0x20;
        // The shell looks the tag up first.
        let tag = answer::tag(&changed);
        let found = if tag == Ok(made.pending.tag()) { found(&made.pending) } else { Found::Nothing };
        let outcome = judge::by_qr(&changed, &found, Some(&world.bundle), NOW).outcome;
        let expected: &[&str] = match place {
            0 => &["answer-format-unknown"],
            1..=8 => &["answer-other-request"],
            _ => &["answer-tampered"],
        };
        assert!(expected.contains(&outcome.code()), "byte {place}: {}", outcome.code());
    }
    assert_eq!(world.code(&good, &made.pending), "accepted");
}

/// What a dishonest wallet can say under a seal that opens. Each beside the honest answer.
#[test]
fn hostile_presentations_each_have_their_code() {
    let world = World::new();
    let made = world.ask(1);
    let other = world.ask(2);
    let pending = &made.pending;
    let said = |change: &dyn Fn(&mut Answer)| {
        let mut answer = Answer::of(pending);
        change(&mut answer);
        world.code(&world.seal(pending, &[answer.show(&world.city)]), pending)
    };
    let stranger = || {
        let mut city = City::at(NOW);
        city.credential_key = key(77);
        city
    };
    let minutes = |n: i64| Seconds::minutes(n);
    type Change<'c> = Box<dyn Fn(&mut Answer) + 'c>;
    let cases: Vec<(&str, Change<'_>, &str)> = vec![
        ("honest", Box::new(|_| ()), "accepted"),
        ("copy without its key", Box::new(|a| a.signer = key(9)), "key-binding-signature"),
        ("for another counter", Box::new(|a| a.aud = "x509_hash:other".into()), "key-binding-audience"),
        ("for another request", Box::new(|a| a.nonce = other.pending.nonce.clone()), "key-binding-nonce"),
        ("signed before the request", Box::new(|a| a.iat = NOW.minus(minutes(11))), "key-binding-too-old"),
        ("wallet's clock nine minutes slow", Box::new(|a| a.iat = NOW.minus(minutes(9))), "accepted"),
        ("signed in the future", Box::new(|a| a.iat = NOW.plus(minutes(11))), "key-binding-in-future"),
        ("wallet's clock nine minutes fast", Box::new(|a| a.iat = NOW.plus(minutes(9))), "accepted"),
        ("forged by another issuer", Box::new(|a| a.issuer_city = stranger()), "sd-jwt-signature"),
        ("a fact left out", Box::new(|a| a.claims.truncate(2)), "response-missing-claim"),
        ("a fact too many", Box::new(|a| a.claims.push(ClaimPath::key("agama"))), "response-unasked-claim"),
        ("the other format", Box::new(|a| a.format = Format::DcSdJwt), "response-wrong-format"),
        (
            "a picture nobody asked for",
            Box::new(|a| a.portrait = Some(portrait_blob())),
            "response-portrait-unasked",
        ),
    ];
    for (name, change, expected) in cases {
        assert_eq!(said(&*change), expected, "{name}");
    }
    let twice = [Answer::of(pending).show(&world.city), Answer::of(pending).show(&world.city)];
    assert_eq!(world.code(&world.seal(pending, &twice), pending), "response-too-many");
    let garbage = Presented { presentation: "no~sd-jwt~".into(), ..Answer::of(pending).show(&world.city) };
    assert_eq!(world.code(&world.seal(pending, &[garbage]), pending), "jws-not-compact");
}

/// An older wallet that does not know of the demand, or one that ignores it.
#[test]
fn a_key_below_the_level_of_the_service_is_refused() {
    let world = World::new();
    for (least, code) in [
        (absah_credential::KeyAssurance::Software, "accepted"),
        (absah_credential::KeyAssurance::Hardware, "key-too-weak"),
    ] {
        let mut made = world.ask(1);
        made.pending.service.key_assurance = Some(least);
        let judgement = world.judge(&world.answer(&made.pending), &made.pending, NOW);
        assert_eq!((judgement.outcome.code(), judgement.uses_up), (code, code == "accepted"));
    }
}

#[test]
fn a_refused_answer_does_not_use_the_request_up() {
    let world = World::with(|contents| {
        contents.status_tokens = vec![City::at(NOW).status_token(&[(IDX, Status::Revoked)], NOW)];
    });
    let made = world.ask(1);
    let judgement = world.judge(&world.answer(&made.pending), &made.pending, NOW);
    assert_eq!((judgement.outcome.code(), judgement.uses_up), ("revoked", false));
    assert!(judgement.outcome.accepted().is_none());
}

#[test]
fn status_and_age_decide_the_colour() {
    let hours = |h| NOW.minus(Seconds::hours(h));
    let with = |status, signed_at| {
        let world = World::with(|contents| {
            contents.status_tokens = vec![City::at(NOW).status_token(&[(IDX, status)], signed_at)];
        });
        let made = world.ask(1);
        world.code(&world.answer(&made.pending), &made.pending)
    };
    assert_eq!(with(Status::Valid, NOW), "accepted");
    assert_eq!(with(Status::Valid, hours(30)), "accepted-stale");
    assert_eq!(with(Status::Valid, hours(96)), "status-old");
    assert_eq!(with(Status::Superseded, NOW), "superseded");
    assert_eq!(with(Status::Suspended, NOW), "suspended");
    let world = World::with(|contents| contents.status_tokens.clear());
    let made = world.ask(1);
    assert_eq!(world.code(&world.answer(&made.pending), &made.pending), "status-missing");
}

#[test]
fn the_portrait_is_the_one_signed() {
    let world = World::asking(&["nama", "portrait"]);
    let made = world.ask(1);
    let judge = |portrait: Option<Vec<u8>>| {
        let answer = Answer { portrait, ..Answer::of(&made.pending) };
        world.judge(&world.seal(&made.pending, &[answer.show(&world.city)]), &made.pending, NOW).outcome
    };
    let accepted = judge(Some(portrait_blob()));
    assert_eq!(accepted.accepted().unwrap().portrait().unwrap(), &portrait_blob()[16..]);
    assert!(Report::from(&accepted).portrait);
    let mut swapped = portrait_blob();
    swapped[17] ^= 1;
    assert_eq!(judge(Some(swapped)).code(), "portrait-mismatch");
    assert_eq!(judge(None).code(), "response-portrait-missing");
}

#[test]
fn over_the_network_the_same_judgement() {
    let world = World::new();
    let pending = world.ask_online();
    let post = |answer: &Answer, state: Option<&str>| {
        let body = response::direct_post(&[answer.show(&world.city)], state);
        judge::posted(body.as_bytes(), &found(&pending), Some(&world.bundle), NOW)
            .map_or_else(|error| error.code(), |judgement| judgement.outcome.code())
    };
    let honest = Answer::of(&pending);
    let state = pending.state.as_deref();
    assert_eq!(post(&honest, state), "accepted");
    assert_eq!(post(&honest, None), "answer-state");
    assert_eq!(post(&honest, Some("other")), "answer-state");
    let slow = Answer { iat: NOW.minus(Seconds::minutes(6)), ..Answer::of(&pending) };
    assert_eq!(post(&slow, state), "key-binding-too-old", "stricter than by QR");
    let declined = format!("error=access_denied&state={}", state.unwrap());
    let outcome = judge::posted(declined.as_bytes(), &found(&pending), Some(&world.bundle), NOW).unwrap();
    assert_eq!((outcome.outcome.code(), outcome.in_order), ("wallet-declined", true));
    // An answer by QR to a request made for the network finds no key.
    let by_qr = world.ask(1).pending;
    let bytes = world.answer(&by_qr);
    assert_eq!(
        judge::by_qr(&bytes, &found(&pending), Some(&world.bundle), NOW).outcome.code(),
        "answer-other-request"
    );
}

#[test]
fn what_is_read_is_an_answer_or_named() {
    let world = World::new();
    let made = world.ask(1);
    let bytes = world.answer(&made.pending);
    let texts: Vec<String> =
        frames::split(Kind::Answer, &bytes, 10).unwrap().iter().map(frames::Frame::text).collect();
    assert!(texts.len() > 2);
    let read = |texts: &[&str]| answer::read(texts.iter().copied()).map_err(|error| error.code());
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(read(&all), Ok(bytes.clone()));
    let mut shuffled = all.clone();
    shuffled.reverse();
    shuffled.insert(0, "no frame");
    shuffled.push(all[0]);
    assert_eq!(read(&shuffled), Ok(bytes), "any order, strangers and repeats between");
    assert_eq!(read(&[]), Err("answer-nothing"));
    assert_eq!(read(&["", "  "]), Err("answer-nothing"));
    assert_eq!(read(&all[..1]), Err("frames-missing"));
    assert_eq!(read(&["halo"]), Err("frame-not-ours"));
    assert_eq!(read(&["<script>alert(1)</script>"]), Err("frame-not-ours"));
    assert_eq!(read(&["https://evil.example/"]), Err("frame-not-ours"));
    assert_eq!(read(&vec!["x"; answer::MAX_LINES + 1]), Err("answer-too-many-lines"));
    let request: Vec<String> = made.frames(false).unwrap().iter().map(frames::Frame::text).collect();
    assert_eq!(read(&[&request[0]]), Err("answer-other-kind"));
    assert_eq!(answer::tag(&[]).map_err(|error| error.code()), Err("answer-malformed"));
}

#[test]
fn a_counter_asks_only_while_it_is_registered() {
    let asks = |world: &World, now| {
        let identity = identity(&world.city);
        identity.registered(&world.bundle, now).map(|_| ()).map_err(|error| error.code())
    };
    let world = World::new();
    assert_eq!(asks(&world, NOW), Ok(()));
    assert_eq!(asks(&world, NOW.plus(Seconds::days(30))), Err("registration-expired"));
    assert_eq!(asks(&world, NOW.minus(Seconds::days(1))), Err("clock-behind"));
    let stranger = Identity { id: CounterId::fresh(&mut Counting(2)), key: key(99).public_key().clone() };
    let refused = stranger.registered(&world.bundle, NOW).unwrap_err();
    assert_eq!(refused, crate::RequestFailure::Registration(RegistrationError::Unregistered));
    let city = City::at(NOW);
    let mut contents = city.contents(vec![]);
    contents.withdrawn.insert("reg-1".to_owned());
    let (bundle, _) = city.import(&city.publish(1, &contents));
    let refused = identity(&city).registered(&bundle, NOW).unwrap_err();
    assert_eq!(refused.code(), "registration-withdrawn");
}

#[test]
fn the_number_of_another_sector_is_neither_asked_nor_taken() {
    let claim = |text: &str| ClaimPath::parse_dotted(text).unwrap();
    let city = City::at(NOW);
    let mut registration = city.registration();
    registration.services[0].sector = Some(Sector::Sosial);
    registration.services[0].asks[0].claims = vec![claim("token.sosial")];
    let signed = city.sign(&registration);
    let mut world = World::with(|contents| contents.registrations = vec![signed]);
    let made = world.ask(1);
    let outcome = world.judge(&world.answer(&made.pending), &made.pending, NOW).outcome;
    let token = tokens().of(Sector::Sosial).unwrap().to_string();
    let facts = outcome.accepted().unwrap().facts();
    assert_eq!((facts.len(), facts.fact("token.sosial").unwrap().as_str()), (1, Some(token.as_str())));

    // An answer that shows more of the group than was asked.
    let mut more = Answer::of(&made.pending);
    more.claims = vec![claim("token.sosial"), claim("token.pajak")];
    let sealed = world.seal(&made.pending, &[more.show(&world.city)]);
    assert_ne!(world.code(&sealed, &made.pending), "accepted");

    for (asked, code) in [("token.pajak", "sector-foreign"), ("token", "token-group-asked")] {
        world.offer.service.asks[0].claims = vec![claim(asked)];
        let registered = identity(&world.city).registered(&world.bundle, NOW).unwrap();
        let refused = request::by_qr(registered, &world.offer, 25, &mut SeededRng::new(1), NOW).unwrap_err();
        assert_eq!(refused.code(), code, "{asked}: before asking");
        // A kept request that was meddled with.
        let mut pending = Pending::from_bytes(made.pending.to_bytes().expose()).unwrap();
        pending.service = world.offer.service.clone();
        assert_eq!(world.code(&world.answer(&made.pending), &pending), code, "{asked}: at deciding");
    }
}

#[test]
fn the_counters_own_file_narrows_and_never_widens() {
    let world = World::new();
    let registered = identity(&world.city).registered(&world.bundle, NOW).unwrap();
    let offers = |text: &str| {
        let menu: Menu = toml::from_str(text).unwrap();
        menu.offers(registered).map_err(|error| error.code())
    };
    let whole = offers("").unwrap();
    assert_eq!((whole.len(), whole[0].selection), (1, u64::MAX));
    let narrow = offers("[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"nama\", \"alamat\"]").unwrap();
    assert_eq!(narrow[0].selection, 0b101);
    assert_eq!(
        narrow[0].service.claims().map(|(_, claim)| claim.to_string()).collect::<Vec<_>>(),
        ["nama", "alamat"]
    );
    let title = "title = { id = \"Bansos\", jv = \"Bansos\", en = \"Aid\" }";
    assert_eq!(offers(&format!("[[services]]\nid = \"demo-3-fakta\"\n{title}")).unwrap()[0].title.en, "Aid");
    assert_eq!(offers("[[services]]\nid = \"gone\"").unwrap(), whole, "not registered any more");
    assert_eq!(
        offers("[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"agama\"]"),
        Err("services-file-widens")
    );
    assert_eq!(
        offers("[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"alamat.kota\"]"),
        Err("services-file-widens")
    );
    assert_eq!(offers("[[services]]\nid = \"demo-3-fakta\"\nclaims = []"), Err("services-file-malformed"));
    let twice = "[[services]]\nid = \"demo-3-fakta\"\n".repeat(2);
    assert_eq!(offers(&twice), Err("services-file-malformed"));
    assert!(
        toml::from_str::<Menu>("[[services]]\nid = \"a\"\ntier = \"rendah\"").is_err(),
        "the tier is not its own"
    );

    // A narrowed request is answered with less, and less is enough.
    let world = World { offer: narrow.into_iter().next().unwrap(), ..World::new() };
    let made = world.ask(1);
    let outcome: Outcome = world.judge(&world.answer(&made.pending), &made.pending, NOW).outcome;
    assert_eq!(outcome.accepted().unwrap().facts().len(), 2);
}

#[test]
fn a_pending_request_is_kept_and_read_back() {
    let world = World::new();
    for pending in [world.ask(1).pending, world.ask_online()] {
        let bytes = pending.to_bytes();
        let again = Pending::from_bytes(bytes.expose()).unwrap();
        assert_eq!((again.hash(), again.tag(), again.made_at), (pending.hash(), pending.tag(), NOW));
        assert_eq!(again.state, pending.state);
        assert_eq!(again.query, pending.query);
        assert!(Pending::from_bytes(&bytes.expose()[1..]).is_err());
    }
}
