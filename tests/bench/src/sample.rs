//! Cards of invented residents, issued and presented by our own crates.

use absah_credential::portrait::Portrait;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{
    ClaimPath, Format, Groups, Issuance, Issuer, KeyAssurance, StatusReference, Validity,
};
use absah_crypto::{PrivateKey, PublicKey};
use absah_issuer_core::card::{self, Made, Subject};
use absah_issuer_core::population::{Rules, check};
use absah_qr::pack::{Chain, chain_digest};
use absah_qr::{Dictionary, PackContext};
use absah_schemas::CredentialType;
use absah_testkit::SeededRng;
use absah_types::{Date, HttpsUrl, Rng as _, Seconds, Timestamp};

use crate::measure::Outcome;

/// The request that presentations answer.
pub(crate) const AUD: &str = "x509_hash:Vp3k0f1v5aY2cJxUqKxq9xv3C1cQ2u0B8yqkq1m0N2E";
/// Its nonce.
pub(crate) const NONCE: &str = "mY0n9j2l1k8u7h6g5f4d3s2a1q0w9e8r7t6y5u4i3o0";
/// The three facts of the budget.
pub(crate) const THREE: [&str; 3] = ["nama", "kelahiran", "alamat"];

/// An issuer, a holder and their day.
pub(crate) struct World {
    pub(crate) issuer: Issuer,
    pub(crate) key: PrivateKey,
    pub(crate) holder: PrivateKey,
    pub(crate) status: StatusReference,
    pub(crate) now: Timestamp,
    pub(crate) certificate: Vec<u8>,
}

impl World {
    pub(crate) fn new() -> Outcome<Self> {
        let mut certificate = vec![0; 470];
        SeededRng::new(3).fill(&mut certificate);
        let url = HttpsUrl::parse("https://absah.madiunkota.go.id")?;
        Ok(Self {
            issuer: Issuer::new(&url, "key-1", std::slice::from_ref(&certificate)),
            key: PrivateKey::generate(&mut SeededRng::new(1)),
            holder: PrivateKey::generate(&mut SeededRng::new(2)),
            status: StatusReference {
                uri: "https://absah.madiunkota.go.id/status/1".to_owned(),
                idx: 412_345,
            },
            now: Timestamp::parse_rfc3339("2026-11-22T02:03:04Z")?,
            certificate,
        })
    }

    pub(crate) fn today(&self) -> Date {
        self.now.date()
    }

    /// What a card says about one resident, with a portrait.
    pub(crate) fn groups(&self, subject: &Subject, format: Format, rng: &mut SeededRng) -> Outcome<Groups> {
        let mut webp = b"RIFF\x8c\x03\0\0WEBPVP8 ".to_vec();
        webp.resize(900, 0);
        if let Some(picture) = webp.get_mut(16..) {
            rng.fill(picture);
        }
        let portrait = Portrait::new(&webp, rng)?;
        let made = Made {
            tokens: Some(absah_trust::sample::tokens()),
            link: Some(absah_trust::sample::link()),
            portrait: Some(portrait),
            keys: KeyAssurance::Software,
            registrar: None,
        };
        Ok(card::groups(CredentialType::KtpElektronik, format, subject, made, self.today())?)
    }

    /// One copy, from the claims to the finished text.
    pub(crate) fn issue(&self, groups: &Groups, rng: &mut SeededRng) -> Outcome<String> {
        let from = self.now.start_of_day();
        let issuance = Issuance {
            issuer: &self.issuer,
            groups,
            validity: Validity::days(from, from.plus(Seconds::days(30)))?,
            holder: self.holder.public_key(),
            status: &self.status,
        };
        let prepared = issuance.prepare(rng)?;
        let signature = self.key.sign(prepared.to_be_signed());
        Ok(prepared.attach(&signature))
    }

    /// One presentation, from the stored text to the finished one.
    pub(crate) fn present(&self, card: &str, format: Format, claims: &[ClaimPath]) -> Outcome<String> {
        let held = Held::dangerous_reopen(Unverified::parse(card)?)?;
        let paths: Vec<ClaimPath> = claims.iter().map(|claim| format.from_root(claim)).collect();
        let bound = held.select(&paths)?.bind(AUD, NONCE, self.now);
        let signature = self.holder.sign(bound.to_be_signed());
        Ok(bound.attach(signature))
    }

    pub(crate) fn issuer_key(&self) -> &PublicKey {
        self.key.public_key()
    }

    /// The chain of the issuer, as a bundle would find it.
    pub(crate) fn chain(&self, digest: &[u8; 32]) -> Option<Chain> {
        let chain = vec![self.certificate.clone()];
        (chain_digest(&chain) == *digest).then_some(chain)
    }
}

/// What a counter and a wallet know of each other when they pack.
pub(crate) fn context<'a>(x5c: &'a dyn Fn(&[u8; 32]) -> Option<Chain>) -> PackContext<'a> {
    PackContext::new(Dictionary::v1()).with_binding(AUD, NONCE).with_certificates(x5c)
}

/// Claims by their names.
pub(crate) fn paths(names: &[&str]) -> Vec<ClaimPath> {
    names.iter().map(|name| ClaimPath::key(name)).collect()
}

/// Invented residents as the import would hand them to the register.
pub(crate) fn subjects(count: usize, seed: u64, today: Date) -> Vec<Subject> {
    let extract = absah_testkit::population::csv(count, seed).into_bytes();
    let checked = check(&extract, Rules::madiun(today));
    let residents = checked.residents(&extract);
    residents
        .map(|(_, resident)| Subject {
            guardian: None,
            letter: None,
            family: vec![resident.clone()],
            resident,
            family_whole: true,
            picture: None,
        })
        .collect()
}
