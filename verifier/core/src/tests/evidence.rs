//! Evidence: what an honest counter files holds, and nothing that somebody changed does.

use absah_credential::status_list::Status;
use absah_crypto::sha256;
use absah_protocol::UrlRules;
use absah_testkit::SeededRng;
use absah_trust::sample::key;
use absah_types::{Coded, Seconds, Secret, array, base64url, hex};

use super::{IDX, NOW, World};
use crate::evidence::{
    Card, ChainHead, Change, EvidenceFile, EvidenceId, Link, Material, NO_PREVIOUS, Packet, Receipt, Verdict,
    What, check_chain, link_hash, open, read_changes, read_receipt, seal, verify,
};

/// One act at the sample counter, each part changeable before it is sealed.
struct Act {
    world: World,
    packet: Packet,
    token: String,
    key: Secret<[u8; 32]>,
}

impl Act {
    fn new() -> Self {
        let world = World::new();
        let pending = world.ask(1).pending;
        let judged = world.judge(&world.answer(&pending), &pending, NOW);
        assert!(judged.uses_up);
        let token = world.city.status_token(&[], NOW);
        let material = Material {
            request: pending.jar.clone(),
            service: pending.service.id.clone(),
            retention_days: 30,
            outcome: judged.outcome.code().to_owned(),
            judged_at: NOW,
            bundle_version: 1,
            cards: judged
                .shown
                .into_iter()
                .map(|card| Card {
                    query_id: card.query_id,
                    presentation: card.presentation,
                    without_picture: false,
                    status_token: card.status_list.map(|_| hex::encode(sha256(token.as_bytes()))),
                })
                .collect(),
        };
        let mut rng = SeededRng::new(7);
        let packet = Packet {
            v: 1,
            id: EvidenceId::fresh(&mut rng),
            material,
            verdict: Verdict::Matched,
            officer: "Bu Sri".to_owned(),
            reason: String::new(),
            supervisor: String::new(),
            decided_at: NOW.plus(Seconds(20)),
        };
        Self { world, packet, token, key: Secret::new(array(&mut rng)) }
    }

    fn link(&self, sealed: &[u8]) -> Link {
        Link {
            id: self.packet.id.clone(),
            counter: "loket-1".to_owned(),
            number: 1,
            previous: NO_PREVIOUS.to_owned(),
            packet: hex::encode(sha256(sealed)),
            verdict: self.packet.verdict,
            decided_at: self.packet.decided_at,
            retain_until: self.packet.decided_at.plus(Seconds::days(30)),
            head: true,
        }
    }

    fn file(&self, change: impl FnOnce(&mut Link)) -> EvidenceFile {
        let sealed = seal(&self.packet, &self.key, &mut SeededRng::new(9)).unwrap();
        let mut link = self.link(&sealed);
        change(&mut link);
        EvidenceFile {
            v: 1,
            link: link.prepare().sign(&self.world.city.counter_key).unwrap(),
            sealed: base64url::encode(sealed),
            status_tokens: vec![self.token.clone()],
        }
    }

    fn code(&self, file: &EvidenceFile) -> &'static str {
        match verify(file, &self.key, &self.world.bundle, UrlRules::HttpsOnly) {
            Ok(_) => "holds",
            Err(error) => error.code(),
        }
    }
}

#[test]
fn an_honest_act_holds_for_an_auditor() {
    let act = Act::new();
    let written = serde_json::to_vec(&act.file(|_| ())).unwrap();
    let evidence =
        verify(&EvidenceFile::from_json(&written).unwrap(), &act.key, &act.world.bundle, UrlRules::HttpsOnly)
            .unwrap();
    assert_eq!(evidence.shown, ["nama", "kelahiran", "alamat"]);
    assert_eq!((evidence.agency.as_str(), evidence.packet.officer.as_str()), ("Kelurahan Contoh", "Bu Sri"));
    let text = String::from_utf8(written).unwrap();
    assert!(!text.contains("SITI"), "nothing to read without the key");
}

#[test]
fn what_somebody_changed_is_named() {
    let act = Act::new();
    let honest = act.file(|_| ());
    assert_eq!(act.code(&honest), "holds");

    let mut sealed = base64url::decode(&honest.sealed).unwrap();
    sealed[40] ^= 1;
    let altered = EvidenceFile { sealed: base64url::encode(sealed), ..honest.clone() };
    assert_eq!(act.code(&altered), "evidence-altered");
    let none = EvidenceFile { status_tokens: vec![], ..honest.clone() };
    assert_eq!(act.code(&none), "evidence-status-absent");
    let no_link = EvidenceFile { link: "a.b.c".to_owned(), ..honest.clone() };
    assert_eq!(act.code(&no_link), "evidence-malformed");
    let receipt = receipt(&act).prepare().sign(&act.world.city.counter_key).unwrap();
    assert_eq!(act.code(&EvidenceFile { link: receipt, ..honest.clone() }), "evidence-malformed");
    let forged = act.link(&base64url::decode(&honest.sealed).unwrap()).prepare().sign(&key(77)).unwrap();
    assert_eq!(act.code(&EvidenceFile { link: forged, ..honest }), "evidence-signature");

    assert_eq!(act.code(&act.file(|link| link.verdict = Verdict::Mismatched)), "evidence-mixed");
    assert_eq!(act.code(&act.file(|link| link.decided_at = NOW)), "evidence-mixed");
    let renamed = act.file(|link| link.id = EvidenceId::fresh(&mut SeededRng::new(3)));
    assert_eq!(act.code(&renamed), "evidence-sealed");

    let with = |change: &dyn Fn(&mut Act)| {
        let mut act = Act::new();
        change(&mut act);
        act.code(&act.file(|_| ()))
    };
    let revoked = |act: &mut Act| {
        act.token = act.world.city.status_token(&[(IDX, Status::Revoked)], NOW);
        act.packet.material.cards[0].status_token = Some(hex::encode(sha256(act.token.as_bytes())));
    };
    assert_eq!(with(&revoked), "evidence-status");
    assert_eq!(with(&|act| act.packet.material.cards.clear()), "evidence-unasked");
    assert_eq!(with(&|act| act.packet.material.cards[0].query_id = "x".into()), "evidence-unasked");
    assert_eq!(with(&|act| act.packet.material.cards[0].status_token = None), "evidence-status-absent");
    assert_eq!(with(&|act| act.packet.material.service = "lain".into()), "service-unknown");
    assert_eq!(with(&|act| act.packet.material.request.push('A')), "signature-length");
    let later = |act: &mut Act| act.packet.material.judged_at = NOW.plus(Seconds::days(40));
    assert_ne!(with(&later), "holds", "judged when the registration had ended");
    let other = |act: &mut Act| {
        let pending = act.world.ask(2).pending;
        act.packet.material.request = pending.jar;
    };
    assert_eq!(with(&other), "key-binding-nonce", "a presentation for another request");
}

/// The token that somebody has is not always the one that counted.
#[test]
fn a_status_token_of_another_time_proves_nothing() {
    for (name, signed_at, code) in [
        ("of the moment", NOW, "holds"),
        ("six days old", NOW.minus(Seconds::days(6)), "holds"),
        ("eight days old", NOW.minus(Seconds::days(8)), "evidence-status-time"),
        ("of the next day", NOW.plus(Seconds::days(1)), "evidence-status-time"),
    ] {
        let mut act = Act::new();
        act.token = act.world.city.status_token(&[], signed_at);
        act.packet.material.cards[0].status_token = Some(hex::encode(sha256(act.token.as_bytes())));
        assert_eq!(act.code(&act.file(|_| ())), code, "{name}");
    }
}

/// Old knowledge needs a reason, and an undetermined answer somebody else who answers for it.
#[test]
fn who_answers_for_an_act_stands_in_it() {
    for (outcome, reason, supervisor, code) in [
        ("accepted", "", "", "holds"),
        ("accepted-stale", "Jaringan mati", "", "holds"),
        ("accepted-stale", " ", "", "evidence-reason"),
        ("status-old", "Jaringan mati", "Pak Lurah", "holds"),
        ("status-missing", "Jaringan mati", "Pak Lurah", "holds"),
        ("status-old", "", "Pak Lurah", "evidence-reason"),
        ("status-old", "Jaringan mati", "", "evidence-supervisor"),
        ("status-old", "Jaringan mati", "Bu Sri", "evidence-supervisor"),
        ("status-ended", "Jaringan mati", "Pak Lurah", "evidence-malformed"),
        ("superseded", "Jaringan mati", "Pak Lurah", "evidence-malformed"),
        ("revoked", "Jaringan mati", "Pak Lurah", "evidence-malformed"),
    ] {
        let mut act = Act::new();
        act.packet.material.outcome = outcome.to_owned();
        (act.packet.reason, act.packet.supervisor) = (reason.to_owned(), supervisor.to_owned());
        assert_eq!(act.code(&act.file(|_| ())), code, "{outcome} {reason} {supervisor}");
    }
    for (verdict, reason, code) in [
        (Verdict::Unattended, "", "evidence-reason"),
        (Verdict::Unattended, "Jaringan mati", "holds"),
        (Verdict::Mismatched, "", "holds"),
        (Verdict::Abandoned, "", "holds"),
    ] {
        let mut act = Act::new();
        act.packet.material.outcome = "accepted-stale".to_owned();
        (act.packet.verdict, act.packet.reason) = (verdict, reason.to_owned());
        assert_eq!(act.code(&act.file(|_| ())), code, "{verdict:?} {reason}");
    }
    let mut act = Act::new();
    act.packet.material.cards[0].status_token = None;
    assert_eq!(act.code(&act.file(|_| ())), "evidence-status-absent");
    act.packet.material.outcome = "status-missing".to_owned();
    (act.packet.reason, act.packet.supervisor) = ("Jaringan mati".to_owned(), "Pak Lurah".to_owned());
    assert_eq!(act.code(&act.file(|_| ())), "holds");
}

#[test]
fn the_end_of_a_chain_cannot_be_cut() {
    let act = Act::new();
    let counter = &act.world.city.counter_key;
    let sign = |number: u64, head: bool| {
        let link = Link { number, head, ..act.link(&[]) };
        link.prepare().sign(counter).unwrap()
    };
    let (one, two, old) = (sign(1, true), sign(2, true), sign(1, false));
    let head = ChainHead::of(2, &two);
    let none = ChainHead { number: 0, hash: NO_PREVIOUS.to_owned() };
    for (name, kept, last, holds) in [
        ("whole", Some(&head), Some(&two), true),
        ("the last link is gone", Some(&head), Some(&one), false),
        ("all links are gone", Some(&head), None, false),
        ("the head is gone", None, Some(&two), false),
        ("another link in its place", Some(&head), Some(&sign(2, false)), false),
        ("nothing yet", None, None, true),
        ("nothing yet, and known", Some(&none), None, true),
        ("from before heads were kept", None, Some(&old), true),
    ] {
        assert_eq!(ChainHead::check(kept, last.map(String::as_str)).is_ok(), holds, "{name}");
    }
}

#[test]
fn a_packet_opens_under_its_own_key_and_name_only() {
    let act = Act::new();
    let sealed = seal(&act.packet, &act.key, &mut SeededRng::new(9)).unwrap();
    assert_eq!(open(&act.packet.id, &sealed, &act.key).unwrap(), act.packet);
    let other = Secret::new([1; 32]);
    assert_eq!(open(&act.packet.id, &sealed, &other).unwrap_err().code(), "evidence-sealed");
    assert_eq!(open(&act.packet.id, &sealed[..20], &act.key).unwrap_err().code(), "evidence-malformed");
}

fn receipt(act: &Act) -> Receipt {
    Receipt {
        id: act.packet.id.clone(),
        counter: "loket-1".to_owned(),
        number: 1,
        packet: NO_PREVIOUS.to_owned(),
        retain_until: NOW,
        erased_at: NOW,
        signed_at: None,
        clock: None,
        early: None,
        by: None,
    }
}

#[test]
fn a_receipt_is_the_counters_own() {
    let act = Act::new();
    let counter = &act.world.city.counter_key;
    let jws = receipt(&act).prepare().sign(counter).unwrap();
    assert_eq!(read_receipt(&jws, counter.public_key()).unwrap(), receipt(&act));
    assert_eq!(read_receipt(&jws, key(77).public_key()).unwrap_err().code(), "evidence-signature");
}

#[test]
fn changes_follow_each_other_under_the_counters_signature() {
    let act = Act::new();
    let counter = &act.world.city.counter_key;
    let mut list: Vec<String> = Vec::new();
    for (what, name) in
        [(What::Supervisor, "Pak Lurah"), (What::Officer, "Bu Sri"), (What::Removed, "Bu Sri")]
    {
        let change = Change {
            number: list.len() as u64 + 1,
            previous: list.last().map_or(NO_PREVIOUS.to_owned(), |last| link_hash(last)),
            what,
            name: name.to_owned(),
            by: String::new(),
            reason: String::new(),
            at: NOW,
        };
        list.push(change.prepare().sign(counter).unwrap());
    }
    let read = |list: &[&String], key: &absah_crypto::PublicKey| {
        read_changes(list.iter().map(|jws| jws.as_str()), key).map(|read| read.len())
    };
    let all: Vec<&String> = list.iter().collect();
    assert_eq!(read(&all, counter.public_key()), Ok(3));
    let broken = |number| Err(crate::evidence::EvidenceError::Chain { number });
    assert_eq!(read(&[all[0], all[2]], counter.public_key()), broken(2), "one is missing");
    assert_eq!(read(&all[1..], counter.public_key()), broken(1), "the first is missing");
    assert_eq!(read(&all, key(77).public_key()), broken(1), "another key");
    assert_eq!(read(&[&receipt(&act).prepare().sign(counter).unwrap()], counter.public_key()), broken(1));
}

#[test]
fn a_chain_is_whole_or_says_where_it_is_not() {
    let act = Act::new();
    let counter = &act.world.city.counter_key;
    let mut chain: Vec<String> = Vec::new();
    for number in 1..=4 {
        let mut link = act.link(&[]);
        link.number = number;
        link.previous = chain.last().map_or(NO_PREVIOUS.to_owned(), |last| link_hash(last));
        chain.push(link.prepare().sign(counter).unwrap());
    }
    let check = |chain: &[&String]| {
        check_chain(chain.iter().map(|jws| jws.as_str()), counter.public_key())
            .map_err(|error| error.to_string())
    };
    let all: Vec<&String> = chain.iter().collect();
    assert_eq!(check(&all), Ok(4));
    assert_eq!(check(&[]), Ok(0));
    let broken = |number: u64| Err(format!("link {number} does not follow"));
    assert_eq!(check(&[all[0], all[2], all[3]]), broken(2), "one is missing");
    assert_eq!(check(&[all[0], all[2], all[1], all[3]]), broken(2), "order");
    assert_eq!(check(&all[1..]), broken(1), "the first is missing");
    let forged = act.link(&[]).prepare().sign(&key(77)).unwrap();
    assert_eq!(check(&[&forged]), broken(1), "another key");
}
