//! A parent shows a child's card beside her own: whose card is whose, and what she is to the child.

use absah_credential::{AktaKelahiran, Groups, HolderRelation, Kia, holder_claim};
use absah_schemas::CredentialType::{self, KartuKeluarga};
use absah_trust::policy::{Kinship, Person};
use absah_trust::registration::Ask;
use absah_trust::sample::{certificate, child, family_with_child, resident};
use absah_types::{HolderLink, Nik};

use super::*;

const KTP: CredentialType = CredentialType::KtpElektronik;
const KIA: CredentialType = CredentialType::Kia;
const AKTA: CredentialType = CredentialType::AktaKelahiran;

fn world(asks: &[(CredentialType, &[&str])], protected: &[&str]) -> World {
    let city = City::at(NOW);
    let mut registration = city.registration();
    let path = |claim: &&str| ClaimPath::parse_dotted(claim).unwrap();
    registration.services[0].asks = asks
        .iter()
        .map(|(kind, claims)| Ask {
            credential: kind.name().to_owned(),
            claims: claims.iter().map(path).collect(),
        })
        .collect();
    registration.services[0].protected = protected.iter().map(path).collect();
    let signed = city.sign(&registration);
    World::with(|contents| contents.registrations = vec![signed])
}

/// A service that asks the child's own document what the holder is to the child.
fn school() -> World {
    world(&[(KTP, &["nama", "portrait"]), (KIA, &["nama", "kelahiran", "hubunganPemegang"])], &[])
}

/// One that asks the family card.
fn by_family_card() -> World {
    let members: &[&str] = &["anggota.*.nik", "anggota.*.hubungan"];
    let asks: &[(CredentialType, &[&str])] =
        &[(KTP, &["nik", "nama", "portrait"]), (KIA, &["nik", "nama"]), (KartuKeluarga, members)];
    world(asks, &["nik", "anggota.*.nik"])
}

/// Shows a card with exactly what is asked of it.
fn show(pending: &Pending, groups: &Groups) -> Presented {
    let kind = groups.kind();
    let holder = key(8);
    let text = City::at(NOW).issue_card(holder.public_key(), groups, IDX);
    let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
    let query = pending.query.credential(kind.name()).unwrap();
    let paths: Vec<_> = query.claims.iter().flatten().map(|claim| claim.path.clone()).collect();
    let binding = held.select(&paths).unwrap().bind(&pending.client_id, &pending.nonce, NOW);
    let signature = holder.sign(binding.to_be_signed());
    Presented {
        query_id: kind.name().to_owned(),
        presentation: binding.attach(signature),
        portrait: paths.iter().any(|path| path.to_string().ends_with("portrait")).then(portrait_blob),
    }
}

fn ktp() -> Groups {
    resident().groups(Format::VcSdJwt, NOW.date())
}

fn kia(card: &Kia) -> Groups {
    card.groups(Format::VcSdJwt)
}

fn akta(card: &AktaKelahiran) -> Groups {
    card.groups(Format::VcSdJwt)
}

fn kk(holder: &str, child: &str) -> Groups {
    family_with_child(holder, child).groups(Format::VcSdJwt)
}

fn judge(world: &World, cards: &[Groups]) -> Outcome {
    let made = world.ask(1);
    let shown: Vec<_> = cards.iter().map(|card| show(&made.pending, card)).collect();
    world.judge(&world.seal(&made.pending, &shown), &made.pending, NOW).outcome
}

fn kinship(outcome: &Outcome) -> Vec<(Option<Kinship>, Option<String>)> {
    let relations = outcome.accepted().unwrap().relations().iter();
    relations.map(|one| (one.holder_is, one.proven_by.as_ref().map(|proof| proof.card.clone()))).collect()
}

fn others() -> Option<HolderLink> {
    Some(HolderLink::from_bytes([0x22; 16]))
}

#[test]
fn a_childs_card_says_what_the_holder_is_to_the_child() {
    let outcome = judge(&school(), &[ktp(), kia(&child())]);
    assert_eq!(kinship(&outcome), [(Some(Kinship::Ibu), Some("Kia".to_owned()))]);
    let cards = outcome.accepted().unwrap().cards();
    let people: Vec<_> = cards.iter().map(|card| (card.id.as_str(), card.person)).collect();
    assert_eq!(people, [("KtpElektronik", Person::Holder), ("Kia", Person::Dependant)]);
    // The name on each card is that card's.
    assert_eq!(cards[0].facts.fact("nama").unwrap(), "SITI CONTOH");
    assert_eq!(cards[1].facts.fact("nama").unwrap(), "RAKA CONTOH");
    assert!(
        cards.iter().all(|card| card.facts.fact("portrait").is_none() && card.facts.fact("nik").is_none())
    );

    let report = serde_json::to_value(Report::from(&outcome)).unwrap();
    let proof = serde_json::json!({ "card": "Kia", "claim": "hubunganPemegang", "values": ["IBU"] });
    let relation = serde_json::json!([{ "card": "Kia", "holder_is": "ibu", "proven_by": proof }]);
    assert_eq!(report["relations"], relation);
    assert_eq!(report["cards"][1]["person"], "dependant");
    assert_eq!(report["facts"]["nama"], "SITI CONTOH", "as before");

    // One card is no family.
    let alone = judge(&world(&[(KTP, &["nama"])], &[]), &[ktp()]);
    let report = serde_json::to_value(Report::from(&alone)).unwrap();
    assert!(report.get("cards").is_none() && report.get("relations").is_none());
}

#[test]
fn the_family_card_proves_what_the_childs_card_is_not_asked() {
    let world = by_family_card();
    for (holder, child_is, expected) in [
        ("KEPALA KELUARGA", "ANAK", Kinship::OrangTua),
        ("KEPALA KELUARGA", "CUCU", Kinship::KakekNenek),
        ("ISTRI", "ANAK", Kinship::PasanganKepala),
        // An adult brother or sister is no parent.
        ("ANAK", "ANAK", Kinship::Sekeluarga),
    ] {
        let outcome = judge(&world, &[ktp(), kia(&child()), kk(holder, child_is)]);
        let proof = Some("KartuKeluarga".to_owned());
        assert_eq!(kinship(&outcome), [(Some(expected), proof)], "{holder} {child_is}");
    }
}

#[test]
fn what_proves_nothing_is_accepted_as_not_proven() {
    // A child that the family card does not list: a nephew whose card she keeps.
    let nephew = Kia { nik: Nik::parse("3577011203180002").unwrap(), ..child() };
    let outcome = judge(&by_family_card(), &[ktp(), kia(&nephew), kk("KEPALA KELUARGA", "ANAK")]);
    assert_eq!(kinship(&outcome), [(None, None)]);
    // Her own name as the mother's on a certificate: names prove nothing.
    let names = world(&[(KTP, &["nama", "portrait"]), (AKTA, &["nama", "namaIbu"])], &[]);
    let outcome = judge(&names, &[ktp(), akta(&certificate())]);
    assert_eq!(kinship(&outcome), [(None, None)]);
    assert_eq!(outcome.accepted().unwrap().cards()[1].person, Person::Unknown);
}

#[test]
fn ones_own_certificate_is_ones_own() {
    let own = AktaKelahiran {
        nik: resident().nik,
        nama: resident().nama,
        hubungan_pemegang: HolderRelation::Oneself,
        ..certificate()
    };
    let world = world(&[(KTP, &["nama"]), (AKTA, &["nama", "hubunganPemegang"])], &[]);
    let outcome = judge(&world, &[ktp(), akta(&own)]);
    assert!(kinship(&outcome).is_empty());
    assert_eq!(outcome.accepted().unwrap().cards()[1].person, Person::Holder);
}

#[test]
fn a_childs_card_alone_is_not_the_card_of_whoever_brings_it() {
    let alone = world(&[(KIA, &["nama", "hubunganPemegang"])], &[]);
    let outcome = judge(&alone, &[kia(&child())]);
    let cards = outcome.accepted().unwrap().cards();
    assert_eq!((cards.len(), cards[0].person), (1, Person::Dependant));
    assert_eq!(kinship(&outcome), [(Some(Kinship::Ibu), Some("Kia".to_owned()))]);
    let own = judge(&world(&[(KTP, &["nama"])], &[]), &[ktp()]);
    assert!(own.accepted().unwrap().cards().is_empty());
}

#[test]
fn families_that_are_none_are_refused_by_name() {
    let school = school();
    let code = |world: &World, cards: &[Groups]| judge(world, cards).code();
    let child_of_others = Kia { pemegang: others(), ..child() };
    assert_eq!(code(&school, &[ktp(), kia(&child_of_others)]), "holder-mismatch", "child of another family");
    let family_of_others = absah_credential::KartuKeluarga {
        pemegang: others(),
        ..family_with_child("KEPALA KELUARGA", "ANAK")
    };
    let cards = [ktp(), kia(&child()), family_of_others.groups(Format::VcSdJwt)];
    assert_eq!(code(&by_family_card(), &cards), "holder-mismatch", "family card of another family");

    let both = world(
        &[(KTP, &["nama"]), (KIA, &["nama", "hubunganPemegang"]), (AKTA, &["nama", "hubunganPemegang"])],
        &[],
    );
    assert_eq!(code(&both, &[ktp(), kia(&child()), akta(&certificate())]), "accepted");
    let sister =
        AktaKelahiran { nama: absah_types::PersonName::parse("ANI CONTOH").unwrap(), ..certificate() };
    assert_eq!(code(&both, &[ktp(), kia(&child()), akta(&sister)]), "dependant-mismatch", "two children");

    let made = school.ask(1);
    let shown = |change: &dyn Fn(&mut Vec<Presented>)| {
        let mut shown = vec![show(&made.pending, &ktp()), show(&made.pending, &kia(&child()))];
        change(&mut shown);
        school.code(&school.seal(&made.pending, &shown), &made.pending)
    };
    let swapped = shown(&|shown| {
        let (one, other) = (shown[0].query_id.clone(), shown[1].query_id.clone());
        (shown[0].query_id, shown[1].query_id) = (other, one);
    });
    assert_eq!(swapped, "response-wrong-type", "each card in the other's place");
    // A guardian writes the word she would like.
    let guardian = Kia { hubungan_pemegang: HolderRelation::Guardian, ..child() };
    let forged = shown(&|shown| {
        let mut card = show(&made.pending, &kia(&guardian));
        let is_word = |part: &&str| {
            let json = absah_types::base64url::decode(part).unwrap_or_default();
            String::from_utf8_lossy(&json).contains("hubunganPemegang")
        };
        let own = card.presentation.split('~').skip(1).find(is_word).unwrap().to_owned();
        let json = String::from_utf8(absah_types::base64url::decode(&own).unwrap()).unwrap();
        let forged = absah_types::base64url::encode(json.replace("WALI", "IBU"));
        card.presentation = card.presentation.replace(&own, &forged);
        shown[1] = card;
    });
    assert_eq!(forged, "sd-jwt-disclosure-unreferenced", "a self-made disclosure");
    // She leaves the word out.
    let silent = shown(&|shown| {
        let holder = key(8);
        let text = City::at(NOW).issue_card(holder.public_key(), &kia(&guardian), IDX);
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let claims = [ClaimPath::key("nama"), ClaimPath::key("kelahiran"), holder_claim(KIA)];
        let paths = claims.map(|claim| Format::VcSdJwt.from_root(&claim));
        let binding = held.select(&paths).unwrap().bind(&made.pending.client_id, &made.pending.nonce, NOW);
        let signature = holder.sign(binding.to_be_signed());
        shown[1].presentation = binding.attach(signature);
    });
    assert_eq!(silent, "response-missing-claim", "the word left out");
}

/// What an auditor finds in evidence that a counter filed of these cards, whatever it had decided.
fn filed(world: &World, cards: &[Groups]) -> Result<Vec<Option<Kinship>>, &'static str> {
    use crate::evidence::{
        Card, EvidenceFile, EvidenceId, Link, Material, NO_PREVIOUS, Packet, Verdict, seal, verify,
    };
    use absah_crypto::sha256;
    use absah_types::{Coded as _, Secret, array, base64url, hex};
    let pending = world.ask(1).pending;
    let token = world.city.status_token(&[], NOW);
    let status_token = Some(hex::encode(sha256(token.as_bytes())));
    let card = |groups: &Groups| {
        let Presented { query_id, presentation, .. } = show(&pending, groups);
        Card { query_id, presentation, without_picture: false, status_token: status_token.clone() }
    };
    let material = Material {
        request: pending.jar.clone(),
        service: pending.service.id.clone(),
        retention_days: 30,
        outcome: "accepted".to_owned(),
        judged_at: NOW,
        bundle_version: 1,
        cards: cards.iter().map(card).collect(),
    };
    let mut rng = absah_testkit::SeededRng::new(7);
    let (id, key) = (EvidenceId::fresh(&mut rng), Secret::new(array(&mut rng)));
    let packet = Packet {
        v: 1,
        id: id.clone(),
        material,
        verdict: Verdict::Matched,
        officer: "Bu Sri".to_owned(),
        reason: String::new(),
        supervisor: String::new(),
        decided_at: NOW,
    };
    let sealed = seal(&packet, &key, &mut rng).unwrap();
    let link = Link {
        id,
        counter: "loket-1".to_owned(),
        number: 1,
        previous: NO_PREVIOUS.to_owned(),
        packet: hex::encode(sha256(&sealed)),
        verdict: Verdict::Matched,
        decided_at: NOW,
        retain_until: NOW.plus(Seconds::days(30)),
        head: true,
    };
    let file = EvidenceFile {
        v: 1,
        link: link.prepare().sign(&world.city.counter_key).unwrap(),
        sealed: base64url::encode(sealed),
        status_tokens: vec![token],
    };
    let found = verify(&file, &key, &world.bundle, absah_protocol::UrlRules::HttpsOnly);
    let found = found.map_err(|error| error.code())?;
    Ok(found.relations.iter().map(|one| one.holder_is).collect())
}

#[test]
fn an_auditor_finds_the_family_again_and_none_where_there_is_none() {
    let school = school();
    assert_eq!(filed(&school, &[ktp(), kia(&child())]), Ok(vec![Some(Kinship::Ibu)]));
    let child_of_others = Kia { pemegang: others(), ..child() };
    assert_eq!(filed(&school, &[ktp(), kia(&child_of_others)]), Err("holder-mismatch"));
    let both = world(
        &[(KTP, &["nama"]), (KIA, &["nama", "hubunganPemegang"]), (AKTA, &["nama", "hubunganPemegang"])],
        &[],
    );
    let sister =
        AktaKelahiran { nama: absah_types::PersonName::parse("ANI CONTOH").unwrap(), ..certificate() };
    assert_eq!(filed(&both, &[ktp(), kia(&child()), akta(&sister)]), Err("dependant-mismatch"));
}
