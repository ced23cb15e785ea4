//! Two cards in one answer: of one person, or refused by name.

use absah_credential::{Groups, holder_claim};
use absah_protocol::dcql::all_claims;
use absah_schemas::CredentialType::{self, KartuKeluarga, KtpElektronik};
use absah_trust::registration::Ask;
use absah_trust::sample::{family, link, resident};
use absah_types::HolderLink;

use super::*;

/// The counter asks for a name and a face, and for the family's address.
fn world() -> World {
    let city = City::at(NOW);
    let mut registration = city.registration();
    let ask = |credential: &str, claims: &[&str]| Ask {
        credential: credential.to_owned(),
        claims: claims.iter().map(|claim| ClaimPath::key(claim)).collect(),
    };
    registration.services[0].asks = vec![
        ask("KtpElektronik", &["nama", "portrait"]),
        ask("KartuKeluarga", &["kepalaKeluarga", "alamat"]),
    ];
    let signed = city.sign(&registration);
    World::with(|contents| contents.registrations = vec![signed])
}

/// One card in an answer, each part changeable.
#[derive(Clone)]
struct Card {
    kind: CredentialType,
    link: Option<HolderLink>,
    claims: Vec<ClaimPath>,
    query_id: &'static str,
}

fn identity_card() -> Card {
    let claims = vec![ClaimPath::key("nama"), ClaimPath::key("portrait"), holder_claim(KtpElektronik)];
    Card { kind: KtpElektronik, link: Some(link()), claims, query_id: "KtpElektronik" }
}

fn family_card() -> Card {
    let claims =
        vec![ClaimPath::key("kepalaKeluarga"), ClaimPath::key("alamat"), holder_claim(KartuKeluarga)];
    Card { kind: KartuKeluarga, link: Some(link()), claims, query_id: "KartuKeluarga" }
}

fn others() -> Option<HolderLink> {
    Some(HolderLink::from_bytes([0x22; 16]))
}

impl Card {
    fn groups(&self, format: Format) -> Groups {
        match self.kind {
            KtpElektronik => {
                let card = absah_credential::KtpElektronik { pemegang: self.link, ..resident() };
                card.groups(format, NOW.date())
            }
            KartuKeluarga => {
                absah_credential::KartuKeluarga { pemegang: self.link, ..family() }.groups(format)
            }
            other => panic!("no sample of {other:?} here"),
        }
    }

    fn show(&self, pending: &Pending) -> Presented {
        let format = if pending.recipient.is_some() { Format::VcSdJwt } else { Format::DcSdJwt };
        let holder = key(8);
        let text = City::at(NOW).issue_card(holder.public_key(), &self.groups(format), IDX);
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let paths: Vec<_> = self.claims.iter().map(|claim| format.from_root(claim)).collect();
        let binding = held.select(&paths).unwrap().bind(&pending.client_id, &pending.nonce, NOW);
        let signature = holder.sign(binding.to_be_signed());
        let is_hash = format == Format::VcSdJwt && self.kind == KtpElektronik;
        Presented {
            query_id: self.query_id.to_owned(),
            presentation: binding.attach(signature),
            portrait: is_hash.then(portrait_blob),
        }
    }
}

#[test]
fn two_cards_of_one_person_are_accepted_in_both_formats() {
    let world = world();
    let facts = |outcome: Outcome| {
        let facts = outcome.accepted().unwrap().facts().iter().map(|(path, _)| path.to_owned());
        facts.collect::<Vec<_>>()
    };
    let made = world.ask(1);
    let shown = [identity_card(), family_card()].map(|card| card.show(&made.pending));
    let outcome = world.judge(&world.seal(&made.pending, &shown), &made.pending, NOW).outcome;
    assert_eq!(outcome.accepted().unwrap().portrait().unwrap(), &portrait_blob()[16..]);
    assert_eq!(facts(outcome), ["alamat", "kepalaKeluarga", "nama"], "what ties them is no fact to file");

    let pending = world.ask_online();
    let shown = [identity_card(), family_card()].map(|card| card.show(&pending));
    let body = response::direct_post(&shown, pending.state.as_deref());
    let judgement = judge::posted(body.as_bytes(), &found(&pending), Some(&world.bundle), NOW).unwrap();
    assert_eq!(facts(judgement.outcome), ["alamat", "kepalaKeluarga", "nama"]);
}

#[test]
fn cards_that_are_not_of_one_person_are_refused_by_name() {
    let world = world();
    let made = world.ask(1);
    let code = |cards: &[Card]| {
        let shown: Vec<_> = cards.iter().map(|card| card.show(&made.pending)).collect();
        world.code(&world.seal(&made.pending, &shown), &made.pending)
    };
    let (ktp, kk) = (identity_card, family_card);
    let without = |mut card: Card| {
        card.claims.pop();
        card
    };
    let cases = [
        ("of one person", vec![ktp(), kk()], "accepted"),
        ("in another order", vec![kk(), ktp()], "accepted"),
        ("family card of another family", vec![ktp(), Card { link: others(), ..kk() }], "holder-mismatch"),
        ("identity card of another person", vec![Card { link: others(), ..ktp() }, kk()], "holder-mismatch"),
        ("link left out of the family card", vec![ktp(), without(kk())], "response-missing-claim"),
        ("link left out of the identity card", vec![without(ktp()), kk()], "response-missing-claim"),
        ("link left out of both", vec![without(ktp()), without(kk())], "response-missing-claim"),
        (
            "family card from before there were links",
            vec![ktp(), without(Card { link: None, ..kk() })],
            "response-missing-claim",
        ),
        (
            "each card in the other's place",
            vec![Card { query_id: "KartuKeluarga", ..ktp() }, Card { query_id: "KtpElektronik", ..kk() }],
            "response-wrong-type",
        ),
        ("identity card alone", vec![ktp()], "response-missing-credential"),
        ("identity card twice", vec![ktp(), ktp(), kk()], "response-too-many"),
        (
            "a second family card, of others",
            vec![ktp(), kk(), Card { link: others(), ..kk() }],
            "response-too-many",
        ),
    ];
    for (name, cards, expected) in cases {
        assert_eq!(code(&cards), expected, "{name}");
    }
}

#[test]
fn a_link_given_twice_is_refused() {
    let world = world();
    let made = world.ask(1);
    let mut kk = family_card().show(&made.pending);
    let link = kk.presentation.split('~').skip(1).find(|part| {
        let json = absah_types::base64url::decode(part).unwrap_or_default();
        String::from_utf8_lossy(&json).contains("pemegang")
    });
    let doubled = format!("~{0}~{0}~", link.unwrap());
    kk.presentation = kk.presentation.replace(&format!("~{}~", link.unwrap()), &doubled);
    let shown = [identity_card().show(&made.pending), kk];
    assert_eq!(world.code(&world.seal(&made.pending, &shown), &made.pending), "sd-jwt-disclosure-repeated");
}

#[test]
fn one_card_is_not_asked_for_its_link() {
    let world = World::new();
    let made = world.ask(1);
    let asked = |pending: &Pending| serde_json::to_string(&pending.query.to_value()).unwrap();
    assert!(!asked(&made.pending).contains("pemegang"));
    let two = self::world();
    assert_eq!(asked(&two.ask(1).pending).matches("pemegang").count(), 2);
    // Narrowed to one card by the counter's own file.
    let menu: Menu = toml::from_str("[[services]]\nid = \"demo-3-fakta\"\nclaims = [\"nama\"]").unwrap();
    let registered = identity(&two.city).registered(&two.bundle, NOW).unwrap();
    let offer = menu.offers(registered).unwrap().remove(0);
    assert_eq!(offer.selection & all_claims(&two.offer.service), 1);
    let narrowed = World { offer, ..self::world() };
    assert!(!asked(&narrowed.ask(1).pending).contains("pemegang"));
}

#[test]
fn a_link_is_not_listed_by_a_service() {
    let city = City::at(NOW);
    let mut registration = city.registration();
    for claim in ["pemegang", "token.pemegang"] {
        registration.services[0].asks[0].claims = vec![ClaimPath::parse_dotted(claim).unwrap()];
        let refused = registration.prepare(City::REGISTRAR_KID).unwrap_err();
        assert_eq!(refused.code(), "holder-link-asked", "{claim}");
    }
}
