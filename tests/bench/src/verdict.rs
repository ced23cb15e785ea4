//! From a picture of the answer to the counter's verdict, against what cannot be left out: reading the code and two signatures.

use std::hint::black_box;

use absah_credential::Format;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::response::Presented;
use absah_qr::picture::Gray;
use absah_qr::render::{Ecc, Scale, Symbol};
use absah_qr::{Dictionary, Kind, frames, read};
use absah_testkit::SeededRng;
use absah_trust::ClaimPath;
use absah_trust::sample::{City, Counting, key};
use absah_types::Timestamp;
use absah_verifier_core::judge::{self, Found};
use absah_verifier_core::{CounterId, Identity, Menu, Report, answer, request};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};

use crate::measure::{Case, Effort, Outcome, interleaved};
use crate::report::{Goal, Report as Table};

const GROUP: &str = "Frame in to verdict, 3 facts, one thread, CPU time";

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

const MESSAGE: [u8; 32] = [7; 32];

pub(crate) fn measure(report: &mut Table, effort: Effort) -> Outcome<()> {
    let city = City::at(NOW);
    let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
    contents.dictionary = Dictionary::v1().bytes().to_vec();
    let (bundle, _) = city.import(&city.publish(1, &contents));
    let id = CounterId::fresh(&mut Counting(1));
    let identity = Identity { id, key: city.counter_key.public_key().clone() };
    let registered = identity.registered(&bundle, NOW)?;
    let offers = Menu::default().offers(registered)?;
    let offer = offers.first().ok_or("no service")?;
    let unsigned = request::by_qr(registered, offer, 25, &mut SeededRng::new(1), NOW)?;
    let signature = city.counter_key.sign(unsigned.to_be_signed());
    let pending = unsigned.attach(signature, &bundle)?.pending;

    let bytes = answered(&city, &pending)?;
    let texts: Vec<String> =
        frames::split(Kind::Answer, &bytes, 25)?.iter().map(frames::Frame::text).collect();
    let [text] = texts.as_slice() else { return Err("more than one frame".into()) };
    let (pixels, side) = Symbol::encode(text, Ecc::L)?.gray(Scale::PixelsPerModule(4))?;
    let picture = Gray::from_pixels(side, side, pixels).ok_or("no picture")?;
    let found = Found::Request {
        made_at: pending.made_at,
        pending: Some(Box::new(pending)),
        lived: None,
        used: false,
    };
    let verdict = |picture: &Gray| -> Outcome<Report> {
        let texts = read::texts_in(picture)?;
        let bytes = answer::read(texts.iter().map(String::as_str))?;
        answer::tag(&bytes)?;
        Ok(Report::from(&judge::by_qr(&bytes, &found, Some(&bundle), NOW).outcome))
    };
    if verdict(&picture)?.code != "accepted" {
        return Err("the honest answer is not accepted".into());
    }

    let raw = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| "key")?;
    let raw_signature = raw.sign(&SystemRandom::new(), &MESSAGE).map_err(|_| "signature")?;
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, raw.public_key().as_ref().to_vec());
    let public = public.parse().map_err(|_| "public key")?;
    let mut cases = [
        Case::new("raw P-256: verify (the limit, twice)", || {
            Ok(public.verify_sig(&MESSAGE, raw_signature.as_ref()).map_err(|_| "signature")?)
        }),
        Case::new("the code read (the limit)", || {
            black_box(read::texts_in(&picture)?);
            Ok(())
        }),
        Case::new("text in to verdict", || {
            let bytes = answer::read([text.as_str()])?;
            answer::tag(&bytes)?;
            black_box(Report::from(&judge::by_qr(&bytes, &found, Some(&bundle), NOW).outcome));
            Ok(())
        }),
        Case::new("frame in to verdict", || {
            black_box(verdict(&picture)?);
            Ok(())
        }),
    ];
    let seconds = interleaved(&mut cases, effort)?;
    report.speeds(GROUP, &seconds);
    let of =
        |name: &str| seconds.iter().find(|(case, _)| case.starts_with(name)).map_or(f64::NAN, |(_, s)| *s);
    let limit = of("the code read") + 2.0 * of("raw P-256");
    let ratio = of("frame in") / limit;
    report.goal(GROUP, "frame in to verdict ÷ (code read + 2 verifications)", ratio, "×", Goal::AtMost(1.3));
    Ok(())
}

/// What an honest wallet answers.
fn answered(city: &City, pending: &absah_verifier_core::Pending) -> Outcome<Vec<u8>> {
    let holder = key(8);
    let card = city.issue(holder.public_key(), Format::VcSdJwt, 5);
    let held = Held::dangerous_reopen(Unverified::parse(&card)?)?;
    let paths =
        ["nama", "kelahiran", "alamat"].map(|claim| Format::VcSdJwt.from_root(&ClaimPath::key(claim)));
    let bound = held.select(&paths)?.bind(&pending.client_id, &pending.nonce, NOW);
    let signature = holder.sign(bound.to_be_signed());
    let shown = Presented {
        query_id: "KtpElektronik".to_owned(),
        presentation: bound.attach(signature),
        portrait: None,
    };
    let hash = pending.hash();
    let context = AnswerContext {
        request_hash: &hash,
        client_id: &pending.client_id,
        nonce: &pending.nonce,
        query: &pending.query,
        dictionary: Dictionary::v1(),
        x5c: &|_| None,
    };
    let recipient = pending.recipient.as_ref().ok_or("asked online")?.public();
    Ok(flow_a::seal(&[shown], &recipient, &context, &mut Counting(99))?)
}
