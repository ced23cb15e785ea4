//! Status lists: what a whole city takes in the bundle, and how long one look into them takes.

use std::hint::black_box;

use absah_credential::StatusReference;
use absah_credential::status_list::{
    Bits, PreparedStatusCwt, PreparedStatusToken, Status, StatusClaims, StatusList,
};
use absah_crypto::jws::Header;
use absah_issuer_core::status::{LIST_SIZE, Order};
use absah_testkit::SeededRng;
use absah_trust::bundle::Files;
use absah_trust::sample::{City, URL};
use absah_types::{Seconds, Timestamp};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};

use crate::measure::{Case, Effort, Outcome, interleaved};
use crate::report::{Goal, Report};

const GROUP: &str =
    "Status of 205,000 residents with 12 copies each, 1 % of the people revoked, in lists of 2^17";

const RESIDENTS: u32 = 205_000;
const COPIES: u32 = 12;
const KEY: [u8; 32] = [7; 32];

/// The lists of the city: a person's copies are issued one after another and stand where the issuer's shuffle puts them.
fn lists() -> Outcome<Vec<StatusList>> {
    let mut rng = SeededRng::new(71);
    let revoked: Vec<bool> = (0..RESIDENTS).map(|_| rng.percent(1)).collect();
    let copies = RESIDENTS * COPIES;
    let mut lists = Vec::new();
    for number in 0..copies.div_ceil(LIST_SIZE) {
        let order = Order::of(&KEY, number);
        let mut list = StatusList::new(Bits::Two, u64::from(LIST_SIZE))?;
        for place in 0..LIST_SIZE.min(copies - number * LIST_SIZE) {
            let person = (number * LIST_SIZE + place) / COPIES;
            if revoked.get(usize::try_from(person)?) == Some(&true) {
                let index = order.index(place).ok_or("no place")?;
                list.set(u64::from(index), Status::Revoked.value().ok_or("no value")?)?;
            }
        }
        lists.push(list);
    }
    Ok(lists)
}

fn uri(number: usize) -> String {
    format!("{URL}/status/{}", number + 1)
}

fn bytes(files: &Files) -> usize {
    files.values().map(Vec::len).sum()
}

pub(crate) fn measure(report: &mut Report, effort: Effort) -> Outcome<()> {
    let now = Timestamp::parse_rfc3339("2026-11-22T02:03:04Z")?;
    let city = City::at(now);
    // The certificate that HAIP wants in each token.
    let certificate = city.certificate(city.status_key.public_key(), now, now.plus(Seconds::days(90)));
    let lists = lists()?;
    let claims = |number| StatusClaims {
        uri: uri(number),
        issued_at: now,
        expires_at: Some(now.plus(Seconds::days(7))),
        ttl: Some(Seconds(900)),
    };
    let (mut jwts, mut cwt_bytes, mut zlib_bytes) = (Vec::new(), 0, 0);
    for (number, list) in lists.iter().enumerate() {
        zlib_bytes += list.to_zlib().len();
        let header = Header::es256("").with_kid(City::STATUS_KID).with_x5c(vec![certificate.clone()]);
        let token = PreparedStatusToken::new(header, &claims(number), list);
        let signature = city.status_key.sign(token.to_be_signed());
        jwts.push(token.attach(signature));
        let certificates = std::slice::from_ref(&certificate);
        let token = PreparedStatusCwt::new(City::STATUS_KID, certificates, &claims(number), list);
        let signature = city.status_key.sign(token.to_be_signed());
        cwt_bytes += token.attach(signature).len();
    }
    let jwt_bytes: usize = jwts.iter().map(String::len).sum();
    let files = city.publish(1, &city.contents(jwts));
    let part = bytes(&files).saturating_sub(bytes(&city.publish(1, &city.contents(Vec::new()))));

    let share = 0.01_f64;
    let entropy = -share * share.log2() - (1.0 - share) * (1.0 - share).log2();
    let bound = f64::from(RESIDENTS * COPIES) * entropy / 8.0;
    report.figure(GROUP, "lists", lists.len() as f64, "");
    report.figure(GROUP, "no encoding is smaller than (entropy)", bound / 1e3, "kB");
    report.figure(GROUP, "lists as zlib", zlib_bytes as f64 / 1e3, "kB");
    report.figure(GROUP, "tokens as CWT", cwt_bytes as f64 / 1e3, "kB");
    report.figure(GROUP, "tokens as JWT", jwt_bytes as f64 / 1e3, "kB");
    let goal = Goal::AtMost(150.0);
    report.goal(GROUP, "part of the bundle: JWT files and their entries", part as f64 / 1e3, "kB", goal);
    report.figure(GROUP, "part of the bundle ÷ entropy", part as f64 / bound, "×");

    let (bundle, _) = city.import(&files);
    let mut rng = SeededRng::new(72);
    let mut references = Vec::new();
    for _ in 0..4096 {
        let number = usize::try_from(rng.below(lists.len() as u64))?;
        references.push(StatusReference { uri: uri(number), idx: rng.below(u64::from(LIST_SIZE)) });
    }
    let mut next = references.iter().cycle();
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| "key")?;
    let signature = pair.sign(&SystemRandom::new(), &KEY).map_err(|_| "signature")?;
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref().to_vec());
    let public = public.parse().map_err(|_| "public key")?;
    let mut cases = [
        Case::new("aws-lc-rs P-256: verify", || {
            Ok(public.verify_sig(&KEY, signature.as_ref()).map_err(|_| "signature")?)
        }),
        Case::new("one look, anywhere in the city's lists", || {
            let reference = next.next().ok_or("no reference")?;
            let known = bundle.statuses().status(URL, black_box(reference), bundle.trust());
            black_box(known.ok_or("no status")?);
            Ok(())
        }),
    ];
    let seconds = interleaved(&mut cases, effort)?;
    report.speeds(GROUP, &seconds);
    let [(_, verify), (_, look)] = seconds.as_slice() else { return Err("cases".into()) };
    report.goal(GROUP, "one look ÷ one signature check", look / verify * 100.0, "%", Goal::AtMost(1.0));
    Ok(())
}
