//! The two cards in the two formats.

use serde_json::json;

use super::*;

fn payload(text: &str) -> serde_json::Value {
    let jwt = text.split(['.', '~']).nth(1).unwrap();
    serde_json::from_slice(&absah_types::base64url::decode(jwt).unwrap()).unwrap()
}

fn paths(format: Format, names: &[&str]) -> Vec<ClaimPath> {
    names.iter().map(|name| format.from_root(&ClaimPath::parse_dotted(name).unwrap())).collect()
}

/// Disclosures inside `token`: one for each sector, and the link.
const NUMBERS: usize = Sector::ALL.len() + 1;

#[test]
fn levels_of_keys_have_an_order_and_their_own_words() {
    use crate::KeyAssurance::{Hardware, Software, Web};
    let order = [Web, Software, Hardware];
    for (at, level) in order.into_iter().enumerate() {
        assert_eq!(crate::KeyAssurance::of_claim(level.name()), Some(level));
        for (other, least) in order.into_iter().enumerate() {
            assert_eq!(level.is_at_least(least), at >= other, "{level:?} {least:?}");
        }
    }
    assert_eq!(crate::KeyAssurance::of_claim("secure"), None);
}

#[test]
fn an_identity_card_has_sixteen_digests_and_says_the_same_in_both_formats() {
    let mut facts = Vec::new();
    for format in Format::ALL {
        let text = issue(&ktp().groups(format, now().date()), 5);
        let payload = payload(&text);
        let subject = if format == Format::VcSdJwt { &payload["credentialSubject"] } else { &payload };
        assert_eq!(subject["_sd"].as_array().unwrap().len(), 16);
        assert_eq!(subject["jaminanKunci"], "software");
        assert_eq!(text.matches('~').count(), 16 + NUMBERS + 1);

        let answer = present(&text, &paths(format, &["nama", "kelahiran", "alamat"]));
        let verified = outcome(&answer, &expected()).unwrap();
        assert_eq!(verified.kind(), Some(absah_schemas::CredentialType::KtpElektronik));
        assert_eq!(verified.format(), format);
        assert_eq!(verified.status().unwrap().idx, 77);
        assert_eq!(verified.valid_from().unwrap().to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(verified.valid_until().to_string(), "2026-12-22T00:00:00Z");
        assert_eq!(verified.holder(), Some(holder_key().public_key()));
        assert_eq!(verified.key_binding().unwrap().nonce, NONCE);
        facts.push(verified.claims().clone());
    }
    let expected = json!({
        "jaminanKunci": "software",
        "nama": "SITI AMINAH",
        "kelahiran": {"tempat": "MADIUN", "tanggal": "1990-05-05"},
        "alamat": {
            "jalan": "JL. PAHLAWAN NO. 37 \"A\"", "rt": "003", "rw": "004", "kelurahan": "KARTOHARJO",
            "kecamatan": "KARTOHARJO", "kota": "KOTA MADIUN", "provinsi": "JAWA TIMUR"
        }
    });
    assert_eq!(serde_json::Value::Object(facts[0].clone()), expected);
    assert_eq!(facts[0], facts[1]);
}

#[test]
fn without_a_photo_a_decoy_keeps_the_number_of_digests() {
    let card = KtpElektronik { portrait: None, ..ktp() };
    let text = issue(&card.groups(Format::VcSdJwt, now().date()), 5);
    assert_eq!(payload(&text)["credentialSubject"]["_sd"].as_array().unwrap().len(), 16);
    assert_eq!(text.matches('~').count(), 15 + NUMBERS + 1);
    let text = issue(
        &KtpElektronik { token: None, pemegang: None, ..ktp() }.groups(Format::VcSdJwt, now().date()),
        5,
    );
    assert_eq!(payload(&text)["credentialSubject"]["_sd"].as_array().unwrap().len(), 16);
    assert_eq!(text.matches('~').count(), 16);
}

#[test]
fn one_number_is_shown_and_no_other_sector_can_be_told_from_it() {
    let card = ktp();
    for format in Format::ALL {
        let text = issue(&card.groups(format, now().date()), 5);
        for (sector, token) in card.token.unwrap().iter() {
            let answer = present(&text, &paths(format, &[&format!("token.{sector}")]));
            assert_eq!(answer.matches('~').count(), 3, "the group and one number");
            let verified = outcome(&answer, &expected()).unwrap();
            let shown = json!({ "jaminanKunci": "software", "token": { sector.name(): token.to_string() } });
            assert_eq!(serde_json::Value::Object(verified.claims().clone()), shown);
        }
        // What is not shown of the group is digests of salted values: alike in nothing between two copies.
        let (one, two) =
            (issue(&card.groups(format, now().date()), 5), issue(&card.groups(format, now().date()), 6));
        let digests = |text: &str| {
            let answer = present(text, &paths(format, &["token.pajak"]));
            let group = answer.split('~').skip(1).find_map(|part| {
                let part = absah_types::base64url::decode(part).ok()?;
                let part: serde_json::Value = serde_json::from_slice(&part).ok()?;
                (part[1] == "token").then(|| part[2]["_sd"].as_array().unwrap().clone())
            });
            group.unwrap()
        };
        let (one, two) = (digests(&one), digests(&two));
        assert_eq!(one.len(), NUMBERS);
        assert!(one.iter().all(|digest| !two.contains(digest)));
    }
}

#[test]
fn the_link_is_shown_alone_and_each_copy_has_its_own() {
    use absah_schemas::CredentialType::{KartuKeluarga as Kk, KtpElektronik as Ktp};
    for format in Format::ALL {
        let (mut card, mut family) = (ktp().groups(format, now().date()), kk(5).groups(format));
        let shown = |groups: &Groups, disclosures: usize| {
            let answer = present(&issue(groups, 5), &[format.from_root(&holder_claim(groups.kind()))]);
            assert_eq!(answer.matches('~').count(), disclosures + 1);
            let claims = serde_json::Value::Object(outcome(&answer, &expected()).unwrap().claims().clone());
            holder_claim(groups.kind()).select(&claims)[0].as_str().unwrap().to_owned()
        };
        assert_eq!((card.kind(), family.kind()), (Ktp, Kk));
        let link = HolderLink::from_bytes([9; 16]).to_string();
        assert_eq!((shown(&card, 2), shown(&family, 1)), (link.clone(), link), "the group goes along");
        let next = HolderLink::from_bytes([10; 16]);
        let portrait = Portrait::new(b"RIFF\x04\0\0\0WEBPVP8 ", &mut Seeded(10)).unwrap();
        card.renew(Some(&portrait), Some(next));
        family.renew(Some(&portrait), Some(next));
        assert_eq!((shown(&card, 2), shown(&family, 1)), (next.to_string(), next.to_string()));
        let whole = KtpElektronik { pemegang: Some(next), portrait: Some(portrait), ..ktp() };
        assert!(card == whole.groups(format, now().date()), "renewed is as built anew");
    }
    // A card without either stays without.
    let mut bare = KtpElektronik { token: None, pemegang: None, portrait: None, ..ktp() }
        .groups(Format::VcSdJwt, now().date());
    let before = bare.clone();
    bare.renew(None, Some(HolderLink::from_bytes([1; 16])));
    assert!(bare == before);
}

#[test]
fn the_portrait_is_a_hash_for_our_wallet_and_a_picture_for_others() {
    let card = ktp();
    let portrait = card.portrait.clone().unwrap();
    for format in Format::ALL {
        let text = issue(&card.groups(format, now().date()), 5);
        let verified = outcome(&present(&text, &paths(format, &["portrait"])), &expected()).unwrap();
        let claim = verified.claims()["portrait"].as_str().unwrap();
        match format {
            Format::VcSdJwt => {
                assert_eq!(Portrait::check(portrait.blob().to_vec(), claim), Ok(portrait.clone()));
                let mut other = portrait.blob().to_vec();
                other[20] ^= 1;
                assert_eq!(Portrait::check(other, claim).unwrap_err().code(), "portrait-mismatch");
            }
            Format::DcSdJwt => assert!(claim.starts_with("data:image/webp;base64,UklGR")),
        }
    }
    assert_eq!(Portrait::new(b"GIF89a", &mut Seeded(1)).unwrap_err().code(), "portrait-not-webp");
    assert_eq!(Portrait::new(&[0; 5000], &mut Seeded(1)).unwrap_err().code(), "portrait-too-large");
}

#[test]
fn ages_are_those_of_the_day() {
    let card = ktp();
    let says = |today: &str| {
        let text = issue(&card.groups(Format::DcSdJwt, Date::parse(today).unwrap()), 5);
        held(&text).claims()["usiaMinimal17"].as_bool().unwrap()
    };
    assert!(!says("2007-05-04"));
    assert!(says("2007-05-05"));
    let next = |today: &str| card.next_age(Date::parse(today).unwrap()).map(|day| day.to_string());
    assert_eq!(next("2007-05-04").as_deref(), Some("2007-05-05"));
    assert_eq!(next("2007-05-05").as_deref(), Some("2011-05-05"));
    assert_eq!(next("2050-05-05"), None);
}

#[test]
fn a_family_card_shows_its_size_to_nobody() {
    for (members, places) in [(1, 4), (4, 4), (5, 8), (12, 12), (13, 16), (17, 20)] {
        for format in Format::ALL {
            let text = issue(&kk(members).groups(format), 5);
            let payload = payload(&text);
            let subject = if format == Format::VcSdJwt { &payload["credentialSubject"] } else { &payload };
            let slots = subject["anggota"].as_array().unwrap();
            assert_eq!(slots.len(), places);
            assert!(slots.iter().all(|slot| slot["..."].is_string() && slot.as_object().unwrap().len() == 1));
            assert_eq!(subject["_sd"].as_array().unwrap().len(), 4);
        }
    }
}

#[test]
fn one_field_of_one_member_takes_its_parent_along_and_nothing_else() {
    for format in Format::ALL {
        let text = issue(&kk(5).groups(format), 5);
        let answer = present(&text, &paths(format, &["anggota.2.nama"]));
        assert_eq!(answer.matches('~').count(), 3);
        let verified = outcome(&answer, &expected()).unwrap();
        assert_eq!(verified.claims()["anggota"], json!([{"nama": "SITI AMINAH"}]));

        let answer = present(&text, &paths(format, &["anggota.*.hubungan", "nomorKk"]));
        let verified = outcome(&answer, &expected()).unwrap();
        assert_eq!(verified.claims()["anggota"], json!(vec![json!({"hubungan": "ISTRI"}); 5]));
        assert_eq!(verified.claims()["nomorKk"], "3577010101100001");

        // A member as a whole is everything inside.
        let answer = present(&text, &paths(format, &["anggota.0"]));
        let verified = outcome(&answer, &expected()).unwrap();
        assert_eq!(verified.claims()["anggota"][0].as_object().unwrap().len(), 12);
        let absent = held(&text).select(&paths(format, &["anggota.5"])).unwrap_err();
        assert_eq!(absent.code(), "claim-absent");
    }
}

#[test]
fn both_cards_fit_their_schemas_whole_and_with_everything_withheld() {
    for groups in [ktp().groups(Format::VcSdJwt, now().date()), kk(5).groups(Format::VcSdJwt)] {
        let schema = serde_json::from_str(absah_schemas::documents::schema(groups.kind())).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let text = issue(&groups, 5);
        let bare = format!("{}~", text.split('~').next().unwrap());
        for shown in [held(&text), held(&bare)] {
            let problems: Vec<_> =
                validator.iter_errors(shown.claims()).map(|problem| problem.to_string()).collect();
            assert!(problems.is_empty(), "{problems:?}");
        }
        let mut wrong = held(&text).claims().clone();
        wrong["credentialSubject"]["jaminanKunci"] = 7.into();
        assert!(!validator.is_valid(&wrong));
    }
}

#[test]
fn two_copies_share_nothing_that_links_them() {
    let groups = ktp().groups(Format::VcSdJwt, now().date());
    let (one, two) = (issue(&groups, 5), issue(&groups, 6));
    let parts = |text: &str| text.split('~').skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert!(parts(&one).iter().filter(|part| !part.is_empty()).all(|part| !parts(&two).contains(part)));
    let payload = payload(&one);
    for name in ["jti", "id", "sub"] {
        assert!(payload.get(name).is_none() && payload["credentialSubject"].get(name).is_none());
    }
    assert_eq!(payload["iat"].as_i64().unwrap() % 86_400, 0);
    assert_eq!(payload["exp"].as_i64().unwrap() % 86_400, 0);
}

#[test]
fn nothing_personal_is_printed_by_debug() {
    let groups = ktp().groups(Format::DcSdJwt, now().date());
    let text = issue(&groups, 5);
    let held = held(&text);
    let verified = outcome(&present(&text, &[ClaimPath::key("nama")]), &expected()).unwrap();
    let printed = format!("{:?}{groups:?}{held:?}{verified:?}{:?}", ktp(), kk(2));
    for secret in ["SITI", "3577", "ISLAM", "MADIUN", "1990"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[test]
fn a_validity_without_a_day_is_refused() {
    assert_eq!(Validity::days(now(), now()).unwrap_err().code(), "credential-build-empty-validity");
    assert!(Validity::days(now(), now().plus(Seconds::days(1))).is_ok());
}
