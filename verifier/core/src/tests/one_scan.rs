//! Codes shown without a request: what a counter takes, and a named catalogue of what it does not.

use absah_credential::Format;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::status_list::Status;
use absah_crypto::PrivateKey;
use absah_protocol::oid4vp::flow_b::{Code, Head, NONCE, Packing};
use absah_qr::{Dictionary, Kind, frames};
use absah_trust::registration::{Class, Weak};
use absah_trust::sample::{City, key, portrait_blob};
use absah_trust::{ClaimPath, Outcome, Service, Tier};
use absah_types::{Seconds, Timestamp, base64url};

use super::{IDX, NOW, World};
use crate::{Report, Strength, answer, one_scan};

const FACTS: [&str; 3] = ["usiaMinimal60", "wargaKotaMadiun", "portrait"];

fn service(claims: &[&str]) -> Service {
    let mut service = City::service();
    service.asks[0].claims = claims.iter().map(|claim| ClaimPath::key(claim)).collect();
    service.accepts = vec![Weak::OneScan];
    service
}

fn packing() -> Packing<'static> {
    Packing { dictionary: Dictionary::v1(), x5c: &|_| None }
}

/// What a wallet shows, each part changeable.
struct Shown {
    city: City,
    format: Format,
    claims: Vec<&'static str>,
    class: Class,
    nonce: [u8; NONCE],
    signed_nonce: Option<String>,
    aud: Option<String>,
    iat: Timestamp,
    holder: PrivateKey,
    signer: PrivateKey,
    portrait: Option<Vec<u8>>,
    bound: bool,
}

impl Shown {
    fn honest() -> Self {
        Self {
            city: City::at(NOW),
            format: Format::VcSdJwt,
            claims: FACTS.to_vec(),
            class: Class::of(FACTS).unwrap(),
            nonce: [7; NONCE],
            signed_nonce: None,
            aud: None,
            iat: NOW,
            holder: key(8),
            signer: key(8),
            portrait: Some(portrait_blob()),
            bound: true,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let text = self.city.issue(self.holder.public_key(), self.format, IDX);
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let paths: Vec<_> =
            self.claims.iter().map(|claim| self.format.from_root(&ClaimPath::key(claim))).collect();
        let presentation = held.select(&paths).unwrap();
        let aud = self.aud.clone().unwrap_or_else(|| self.class.uri());
        let nonce = self.signed_nonce.clone().unwrap_or_else(|| base64url::encode(self.nonce));
        let binding = presentation.bind(&aud, &nonce, self.iat);
        let signature = self.signer.sign(binding.to_be_signed());
        let mut text = binding.attach(signature);
        if !self.bound {
            text.truncate(text.rfind('~').unwrap() + 1);
        }
        Head { class: self.class, nonce: self.nonce }
            .encode(&text, self.portrait.as_deref(), packing())
            .unwrap()
    }
}

fn judged(world: &World, bytes: &[u8]) -> Outcome {
    one_scan::judge(bytes, &service(&FACTS), false, Some(&world.bundle), NOW)
}

#[test]
fn an_honest_code_is_accepted_as_weak() {
    let world = World::new();
    let outcome = judged(&world, &Shown::honest().bytes());
    let report = serde_json::to_value(Report::from(&outcome).weaker(Strength::Lemah)).unwrap();
    assert_eq!(report["decision"], "accepted");
    assert_eq!(report["strength"], "lemah");
    assert_eq!(report["facts"], serde_json::json!({ "usiaMinimal60": false, "wargaKotaMadiun": true }));
    assert_eq!(report["portrait"], true);
}

#[test]
fn a_code_with_the_portrait_is_at_most_two_frames_and_one_without_is_one() {
    let needed = |shown: &Shown| {
        let texts = frames::split(Kind::OneScan, &shown.bytes(), 25).unwrap();
        let message = answer::message(
            texts.iter().map(|frame| frame.text()).collect::<Vec<_>>().iter().map(String::as_str),
        );
        assert_eq!(message.unwrap().kind, Kind::OneScan);
        texts[0].needed()
    };
    assert!(needed(&Shown::honest()) <= 2);
    let mut without = Shown::honest();
    (without.claims, without.portrait) = (vec!["usiaMinimal60"], None);
    without.class = Class::of(["usiaMinimal60"]).unwrap();
    assert_eq!(needed(&without), 1);
}

#[test]
fn hostile_codes_each_have_their_code() {
    let world = World::new();
    let said = |change: &dyn Fn(&mut Shown)| {
        let mut shown = Shown::honest();
        change(&mut shown);
        judged(&world, &shown.bytes()).code()
    };
    type Change<'c> = Box<dyn Fn(&mut Shown) + 'c>;
    let stranger = || {
        let mut city = City::at(NOW);
        city.credential_key = key(77);
        city
    };
    let of = |facts: &[&str]| Class::of(facts.iter().copied()).unwrap();
    let cases: Vec<(&str, Change<'_>, &str)> = vec![
        ("honest", Box::new(|_| ()), "accepted"),
        ("three minutes slow", Box::new(|s| s.iat = NOW.minus(Seconds(180))), "accepted"),
        ("three minutes fast", Box::new(|s| s.iat = NOW.plus(Seconds(180))), "accepted"),
        ("a screenshot of before", Box::new(|s| s.iat = NOW.minus(Seconds(181))), "one-scan-clock-behind"),
        ("a clock ahead", Box::new(|s| s.iat = NOW.plus(Seconds(181))), "one-scan-clock-ahead"),
        ("a copy without its key", Box::new(|s| s.signer = key(9)), "key-binding-signature"),
        ("not signed by the holder", Box::new(|s| s.bound = false), "key-binding-missing"),
        (
            "signed for another class",
            Box::new(|s| s.aud = Some(of(&["usiaMinimal17"]).uri())),
            "key-binding-audience",
        ),
        (
            "signed for a counter's request",
            Box::new(|s| s.aud = Some("x509_hash:abc".into())),
            "key-binding-audience",
        ),
        ("another nonce in clear", Box::new(|s| s.signed_nonce = Some("AAAA".into())), "key-binding-nonce"),
        ("forged by another issuer", Box::new(|s| s.city = stranger()), "sd-jwt-signature"),
        (
            "for services that ask less",
            Box::new(move |s| s.class = of(&["usiaMinimal60"])),
            "one-scan-other-facts",
        ),
        (
            "for services without a portrait",
            Box::new(move |s| s.class = of(&["usiaMinimal60", "wargaKotaMadiun"])),
            "one-scan-other-facts",
        ),
        ("a NIK along", Box::new(|s| s.claims.push("nik")), "one-scan-protected"),
        ("a name along", Box::new(|s| s.claims.push("nama")), "one-scan-over-broad"),
        ("a fact beyond its class", Box::new(|s| s.claims.push("usiaMinimal17")), "one-scan-over-broad"),
        ("a fact too few", Box::new(|s| s.claims.retain(|claim| *claim != "usiaMinimal60")), "fact-missing"),
        ("no portrait claim", Box::new(|s| s.claims.retain(|claim| *claim != "portrait")), "fact-missing"),
        ("no picture", Box::new(|s| s.portrait = None), "portrait-missing"),
        (
            "another face",
            Box::new(|s| *s.portrait.as_mut().unwrap().last_mut().unwrap() ^= 1),
            "portrait-mismatch",
        ),
        ("the form for foreign wallets", Box::new(|s| s.format = Format::DcSdJwt), "one-scan-wrong-card"),
    ];
    for (name, change, expected) in cases {
        assert_eq!(said(&*change), expected, "{name}");
    }
}

#[test]
fn only_a_service_that_says_so_takes_it() {
    let world = World::new();
    let bytes = Shown::honest().bytes();
    let at = |service: &Service| one_scan::judge(&bytes, service, false, Some(&world.bundle), NOW).code();
    assert_eq!(at(&service(&FACTS)), "accepted");
    let mut silent = service(&FACTS);
    silent.accepts.clear();
    assert_eq!(at(&silent), "one-scan-not-here");
    let mut paper = service(&FACTS);
    paper.accepts = vec![Weak::Paper];
    assert_eq!(at(&paper), "one-scan-not-here");
    for tier in [Tier::Medium, Tier::High] {
        let mut risky = service(&FACTS);
        risky.tier = tier;
        assert_eq!(at(&risky), "one-scan-not-here", "whatever its file says");
    }
    assert_eq!(at(&service(&["nama", "alamat"])), "one-scan-other-facts");
}

#[test]
fn the_order_of_judgement_is_fixed() {
    let world = World::new();
    let old = Shown { iat: NOW.minus(Seconds::hours(1)), ..Shown::honest() }.bytes();
    let at = |bytes: &[u8], service: &Service, seen| {
        one_scan::judge(bytes, service, seen, Some(&world.bundle), NOW).code()
    };
    let mut silent = service(&FACTS);
    silent.accepts.clear();
    assert_eq!(at(&[9], &silent, true), "one-scan-format-unknown");
    assert_eq!(at(&old, &silent, true), "one-scan-not-here");
    assert_eq!(at(&old, &service(&FACTS), true), "replayed", "a replay is one however late");
    assert_eq!(at(&old, &service(&["usiaMinimal17"]), true), "replayed");
    assert_eq!(at(&old, &service(&FACTS), false), "one-scan-clock-behind");
    let outcome = one_scan::judge(&old, &service(&FACTS), false, None, NOW);
    assert_eq!(outcome.code(), "bundle-absent");
}

/// What no offline scheme can exclude; the manual says so.
#[test]
fn two_offline_counters_can_both_take_one_code() {
    let (here, there) = (World::new(), World::new());
    let bytes = Shown::honest().bytes();
    assert_eq!(judged(&here, &bytes).code(), "accepted");
    assert_eq!(judged(&there, &bytes).code(), "accepted", "it never saw the first");
}

#[test]
fn status_counts_as_everywhere() {
    let with = |status| {
        let world = World::with(|contents| {
            contents.status_tokens = vec![City::at(NOW).status_token(&[(IDX, status)], NOW)];
        });
        judged(&world, &Shown::honest().bytes()).code()
    };
    assert_eq!(with(Status::Revoked), "revoked");
    assert_eq!(with(Status::Suspended), "suspended");
    assert_eq!(with(Status::Superseded), "superseded");
    let world = World::with(|contents| contents.status_tokens.clear());
    assert_eq!(judged(&world, &Shown::honest().bytes()).code(), "status-missing");
}

#[test]
fn a_changed_byte_is_refused_or_says_the_very_same() {
    let world = World::new();
    let good = Shown::honest().bytes();
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 0x20;
        let outcome = judged(&world, &changed);
        // Filling bits behind the end of the compressed part say nothing: the nonce, and so the replay, stays.
        if outcome.accepted().is_some() {
            let (one, other) = (Code::parse(&good).unwrap(), Code::parse(&changed).unwrap());
            assert_eq!((one.head(), one.portrait()), (other.head(), other.portrait()), "byte {place}");
            assert_eq!(one.presentation(packing()), other.presentation(packing()), "byte {place}");
        }
    }
}
