//! SD-JWT: issue, present, verify, against raw signatures and beside a peer.

use std::hint::black_box;

use absah_credential::sd_jwt::{KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{Expectation, Format, verify};
use absah_testkit::SeededRng;
use absah_types::Seconds;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use p256::ecdsa::signature::{Signer as _, Verifier as _};

use crate::measure::{Case, Effort, Outcome, interleaved};
use crate::peer::{self, Peer};
use crate::report::{Goal, Report};
use crate::sample::{AUD, NONCE, THREE, World, paths, subjects};

const GROUP: &str = "SD-JWT: KtpElektronik with 15 digests, 3 facts shown, one thread, CPU time";

/// A JWT's signing input of usual length is hashed too; the limit is the bare signature over 32 bytes.
const MESSAGE: [u8; 32] = [7; 32];

pub(crate) fn measure(report: &mut Report, effort: Effort) -> Outcome<()> {
    let world = World::new()?;
    let subjects = subjects(40, 5, world.today());
    let subject = subjects.first().ok_or("no resident")?;
    let three = paths(&THREE);
    let mut rng = SeededRng::new(11);
    let dc = world.groups(subject, Format::DcSdJwt, &mut rng)?;
    let vc = world.groups(subject, Format::VcSdJwt, &mut rng)?;
    let card = world.issue(&vc, &mut rng)?;
    let presentation = world.present(&card, Format::VcSdJwt, &three)?;

    let aws = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| "key")?;
    let aws_signature = aws.sign(&SystemRandom::new(), &MESSAGE).map_err(|_| "signature")?;
    let aws_public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, aws.public_key().as_ref().to_vec());
    let aws_public = aws_public.parse().map_err(|_| "public key")?;
    let p256_key = p256::ecdsa::SigningKey::from_slice(&[5; 32]).map_err(|_| "p256 key")?;
    let p256_signature: p256::ecdsa::Signature = p256_key.sign(&MESSAGE);
    let p256_public = *p256_key.verifying_key();

    let mut facts = absah_testkit::ktp_groups();
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("portrait".to_owned(), "mY0n9j2l1k8u7h6g5f4d3s2a1q0w9e8r7t6y5u4i3o0".into());
    }
    let peer = Peer::new(&world, &facts)?;
    let peer_card = peer.issue()?;
    let peer_presentation = peer.present(&peer_card)?;

    let expected = Expectation {
        now: world.now,
        leeway: Seconds(0),
        key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
            aud: AUD,
            nonce: NONCE,
            now: world.now,
            max_age: Seconds::minutes(5),
            max_ahead: Seconds::minutes(1),
        }),
    };
    let (mut rng_vc, mut rng_dc, mut rng_groups) = (rng.clone(), rng.clone(), rng);
    let mut cases = [
        Case::new("aws-lc-rs P-256: sign (the limit)", || {
            black_box(aws.sign(&SystemRandom::new(), &MESSAGE).map_err(|_| "signature")?);
            Ok(())
        }),
        Case::new("aws-lc-rs P-256: verify (the limit)", || {
            Ok(aws_public.verify_sig(&MESSAGE, aws_signature.as_ref()).map_err(|_| "signature")?)
        }),
        Case::new("p256 (pure Rust): sign", || {
            let signature: p256::ecdsa::Signature = p256_key.sign(black_box(&MESSAGE));
            black_box(signature);
            Ok(())
        }),
        Case::new("p256 (pure Rust): verify", || {
            Ok(p256_public.verify(black_box(&MESSAGE), &p256_signature).map_err(|_| "signature")?)
        }),
        Case::new("ours: issue, vc+sd-jwt", || {
            black_box(world.issue(&vc, &mut rng_vc)?);
            Ok(())
        }),
        Case::new("ours: issue, dc+sd-jwt with the picture inside", || {
            black_box(world.issue(&dc, &mut rng_dc)?);
            Ok(())
        }),
        Case::new("ours: issue, vc+sd-jwt, claims built anew", || {
            let groups = world.groups(subject, Format::VcSdJwt, &mut rng_groups)?;
            black_box(world.issue(&groups, &mut rng_groups)?);
            Ok(())
        }),
        Case::new("ours: present 3 facts", || {
            black_box(world.present(&card, Format::VcSdJwt, &three)?);
            Ok(())
        }),
        Case::new("ours: verify with key binding", || {
            let unverified = Unverified::parse(&presentation)?;
            black_box(verify(&unverified, &|_| Some(world.issuer_key().clone()), &expected)?);
            Ok(())
        }),
        Case::new("peer: issue", || {
            black_box(peer.issue()?);
            Ok(())
        }),
        Case::new("peer: present 3 facts", || {
            black_box(peer.present(&peer_card)?);
            Ok(())
        }),
        Case::new("peer: verify with key binding", || peer.verify(&peer_presentation)),
    ];
    let seconds = interleaved(&mut cases, effort)?;
    report.speeds(GROUP, &seconds);

    let of =
        |name: &str| seconds.iter().find(|(case, _)| *case == name).map_or(f64::NAN, |(_, seconds)| *seconds);
    let sign = of("aws-lc-rs P-256: sign (the limit)");
    let verify = of("aws-lc-rs P-256: verify (the limit)");
    let goals = [
        ("issue ÷ one raw signature", sign / of("ours: issue, vc+sd-jwt"), Goal::AtLeast(0.65)),
        (
            "verify ÷ two raw verifications",
            2.0 * verify / of("ours: verify with key binding"),
            Goal::AtLeast(0.80),
        ),
    ];
    for (name, ratio, goal) in goals {
        report.goal(GROUP, name, ratio, "×", goal);
    }
    for (name, ours, theirs) in [
        ("issue", "ours: issue, vc+sd-jwt", "peer: issue"),
        ("present", "ours: present 3 facts", "peer: present 3 facts"),
        ("verify", "ours: verify with key binding", "peer: verify with key binding"),
    ] {
        report.figure(GROUP, format!("{name}: ours ÷ {}", peer::NAME), of(theirs) / of(ours), "×");
    }
    Ok(())
}
