//! The counter that is shown all this, one request of it, and an honest wallet's answer.

use absah_credential::status_list::Status;
use absah_crypto::hpke;
use absah_protocol::oid4vp::flow_a;
use absah_protocol::oid4vp::request::{ResponseTo, Transport, VerifiedRequest};
use absah_qr::{Assembler, Dictionary, Frame, Kind, PackContext, frames, pack};
use absah_trust::sample::{City, Counting, key, portrait_blob};
use absah_trust::{Bundle, ClaimPath, Contents, TrustedKey};
use absah_types::Seconds;
use absah_verifier::{Cli, run};
use clap::Parser as _;

use crate::card::Card;
use crate::world::{Counter, NOW, read};

/// The service that asks three facts.
pub(crate) const FACTS: &str = City::SERVICE;
/// The service that asks the name and the face.
pub(crate) const FACE: &str = "demo-wajah";

/// Places on the status list of cards that are no longer good.
pub(crate) const REVOKED: u64 = 11;
pub(crate) const SUSPENDED: u64 = 12;
pub(crate) const SUPERSEDED: u64 = 13;

/// Key of the issuer that ended, key that begins later, key that lost its trust.
pub(crate) const PAST_KEYS: [(&str, u8); 3] = [("ended", 51), ("later", 52), ("distrusted", 53)];

/// The counter, and its bundle as a wallet has it.
pub(crate) async fn counter() -> (Counter, Bundle) {
    let counter = Counter::new().await;
    let (city, mut contents) = counter.contents();
    publish(&city, &counter, &mut contents);
    let folder = counter.publish(1, |contents| publish(&city, &counter, contents));
    assert_eq!(counter.import(&folder, true).await.exit, absah_host::Exit::Ok);
    (counter, city.import(&city.publish(1, &contents)).0)
}

fn publish(city: &City, counter: &Counter, contents: &mut Contents) {
    let entries =
        [(REVOKED, Status::Revoked), (SUSPENDED, Status::Suspended), (SUPERSEDED, Status::Superseded)];
    contents.status_tokens = vec![city.status_token(&entries, NOW)];
    let mut registration = city.registration();
    registration.spki_sha256 = counter.key.spki_sha256();
    let mut face = registration.services[0].clone();
    face.id = FACE.to_owned();
    face.asks[0].claims = ["nama", "portrait"].map(ClaimPath::key).into();
    registration.services.push(face);
    contents.registrations = vec![city.sign_for(&registration, &counter.key)];
    let keys = &mut contents.trust.issuers[0].keys;
    let model = keys[0].clone();
    for (name, seed) in PAST_KEYS {
        keys.push(TrustedKey {
            kid: format!("did:web:dukcapil.example#{name}"),
            jwk: key(seed).public_key().to_jwk(),
            x5c: vec![],
            valid_from: (name == "later").then(|| NOW.plus(Seconds::days(9))),
            valid_until: (name == "ended").then(|| NOW.minus(Seconds::days(9))),
            distrusted_after: (name == "distrusted").then(|| NOW.minus(Seconds::days(9))),
            ..model.clone()
        });
    }
}

/// One request, as a wallet reads it.
pub(crate) struct Asked {
    pub(crate) request: VerifiedRequest,
    /// The texts of the request's own codes.
    pub(crate) texts: Vec<String>,
    recipient: [u8; 32],
    service: &'static str,
}

impl Asked {
    pub(crate) async fn by(counter: &Counter, bundle: &Bundle, service: &str, number: usize) -> Self {
        let service = [FACTS, FACE].into_iter().find(|known| *known == service).unwrap();
        let (data, text) = (counter.data(), counter.file(&format!("ask-{number}.txt")));
        let line = [
            "absah-verifier",
            "--json",
            "--data-dir",
            data.to_str().unwrap(),
            "request",
            "--service",
            service,
        ];
        let line = line.into_iter().chain(["--text", text.to_str().unwrap()]);
        let (mut context, captured) = counter.context();
        let exit = run(Cli::try_parse_from(line).unwrap(), &mut context).await;
        assert_eq!(exit, absah_host::Exit::Ok, "{}", captured.take_out());
        let texts: Vec<String> = std::fs::read_to_string(&text).unwrap().lines().map(str::to_owned).collect();
        let mut assembler = Assembler::default();
        for text in &texts {
            assembler.push(text).unwrap();
        }
        let bytes = assembler.finish().unwrap().payload;
        let expanded = flow_a::expand(&bytes, bundle, Dictionary::v1(), NOW).unwrap();
        let request = read(&expanded.request.jar, Transport::Qr, NOW);
        let ResponseTo::Qr { recipient, .. } = request.response else { panic!("asked online") };
        Self { request, texts, recipient, service }
    }

    pub(crate) fn packing(&self) -> PackContext<'_> {
        PackContext::new(Dictionary::v1()).with_binding(&self.request.client_id, &self.request.nonce)
    }

    /// A valid card for this request, to be changed.
    pub(crate) fn card(&self) -> Card {
        let claims: &[&str] =
            if self.service == FACE { &["nama", "portrait"] } else { &["nama", "kelahiran", "alamat"] };
        Card::new(claims, &self.request.client_id, &self.request.nonce)
    }

    /// The picture beside the card, where the service asks for one.
    pub(crate) fn portrait(&self) -> Vec<u8> {
        if self.service == FACE { portrait_blob() } else { Vec::new() }
    }

    pub(crate) fn honest(&self) -> Vec<u8> {
        self.seal_text(&self.card().text())
    }

    /// Any text in the place of the presentation.
    pub(crate) fn seal_text(&self, text: &str) -> Vec<u8> {
        self.seal(&[(0, pack(text, &self.packing()), self.portrait())])
    }

    /// Cards as packed bytes: place in the query, packing, picture.
    pub(crate) fn seal(&self, cards: &[(u8, Vec<u8>, Vec<u8>)]) -> Vec<u8> {
        let mut inside = vec![cards.len() as u8];
        for (place, packed, portrait) in cards {
            inside.push(*place);
            for part in [packed, portrait] {
                inside.extend((part.len() as u16).to_be_bytes());
                inside.extend(part);
            }
        }
        self.seal_inside(&inside)
    }

    /// Anything under a seal that opens.
    pub(crate) fn seal_inside(&self, inside: &[u8]) -> Vec<u8> {
        self.seal_for(&self.request.hash, &self.recipient, inside)
    }

    /// The same with another `info` or to another key; the tag in clear stays.
    pub(crate) fn seal_for(&self, info: &[u8; 32], recipient: &[u8; 32], inside: &[u8]) -> Vec<u8> {
        let mut answer = vec![1];
        answer.extend(&self.request.hash[..8]);
        let (encapsulated, ciphertext) =
            hpke::seal(&mut Counting(7), recipient, info, &answer, inside).unwrap();
        answer.extend(encapsulated);
        answer.extend(ciphertext);
        answer
    }

    pub(crate) fn recipient(&self) -> &[u8; 32] {
        &self.recipient
    }

    /// The QR texts of an answer's bytes.
    pub(crate) fn frames_of(&self, bytes: &[u8]) -> Vec<String> {
        frames::split(Kind::Answer, bytes, 25).unwrap().iter().map(Frame::text).collect()
    }
}
