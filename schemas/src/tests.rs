//! What holds for all embedded documents together.

use crate::codes::{LIST_VERSION, Table, table};
use crate::{CredentialType, documents, keys, text, text_with, texts};
use absah_types::*;
use fluent_bundle::FluentResource;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn validator(kind: CredentialType) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(documents::schema(kind)).unwrap();
    jsonschema::draft202012::meta::validate(&schema).expect("a valid 2020-12 schema");
    jsonschema::draft202012::new(&schema).unwrap()
}

fn envelope(kind: CredentialType, subject: Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", documents::CONTEXT_URL],
        "type": kind.types(),
        "issuer": "did:web:absah.madiunkota.go.id",
        "validFrom": "2026-11-22T00:00:00Z",
        "validUntil": "2026-12-22T00:00:00Z",
        "credentialSchema": { "id": kind.schema_id(), "type": "JsonSchema" },
        "status": { "status_list": { "idx": 7, "uri": "https://absah.madiunkota.go.id/status/1" } },
        "cnf": { "jwk": { "kty": "EC", "crv": "P-256", "x": "A".repeat(43), "y": "B".repeat(43) } },
        "credentialSubject": subject,
    })
}

fn ktp() -> Value {
    json!({
        "nik": "3577010101900001", "nama": "H. MARSUDI, S.PD.",
        "kelahiran": { "tempat": "MADIUN", "tanggal": "1990-01-01" },
        "jenisKelamin": "LAKI-LAKI", "golonganDarah": "-",
        "alamat": { "jalan": "JL. SALAK NO. 1", "rt": "003", "rw": "004", "kelurahan": "Taman",
                    "kecamatan": "Taman", "kota": "Kota Madiun", "provinsi": "Jawa Timur" },
        "agama": "ISLAM", "statusPerkawinan": "KAWIN", "pekerjaan": "WIRASWASTA", "kewarganegaraan": "WNI",
        "portrait": "A".repeat(43), "usiaMinimal17": true, "usiaMinimal21": true, "usiaMinimal60": false,
        "wargaKotaMadiun": true, "token": { "kesehatan": "A".repeat(27), "jaminan-sosial": "7".repeat(27), "pemegang": "-".repeat(22) },
        "jaminanKunci": "software",
        "pendamping": { "nomor": "pkk-07", "nama": "Sri Wahyuni", "organisasi": "PKK Kartoharjo" },
    })
}

#[test]
fn identity_card_schema_accepts_any_choice_of_groups() {
    let kind = CredentialType::KtpElektronik;
    let validator = validator(kind);
    let whole = ktp();
    assert!(validator.is_valid(&envelope(kind, whole.clone())), "the whole card");
    assert!(validator.is_valid(&envelope(kind, json!({ "jaminanKunci": "software" }))), "nothing disclosed");
    for group in kind.groups().map(|claim| claim.dotted()).filter(|name| name != "jaminanKunci") {
        let one = json!({ "jaminanKunci": "software", group.as_str(): whole[&group] });
        assert!(validator.is_valid(&envelope(kind, one)), "{group} alone");
    }
}

#[test]
fn identity_card_schema_refuses() {
    let kind = CredentialType::KtpElektronik;
    let validator = validator(kind);
    let cases = [
        ("short nik", "/credentialSubject/nik", json!("357701")),
        ("nik as a number", "/credentialSubject/nik", json!(3_577_010_101_900_001_u64)),
        ("name of 61", "/credentialSubject/nama", json!("A".repeat(61))),
        ("date the other way round", "/credentialSubject/kelahiran/tanggal", json!("01-01-1990")),
        ("unlisted religion", "/credentialSubject/agama", json!("LAIN")),
        ("code instead of label", "/credentialSubject/agama", json!(1)),
        ("blood group not known, spelled out", "/credentialSubject/golonganDarah", json!("TIDAK TAHU")),
        ("predicate as text", "/credentialSubject/usiaMinimal17", json!("true")),
        ("number in lower case", "/credentialSubject/token/kesehatan", json!("a".repeat(27))),
        ("link of another length", "/credentialSubject/token/pemegang", json!("A".repeat(43))),
        ("nik as number of a sector", "/credentialSubject/token/kesehatan", json!("3577010101900001")),
        ("picture instead of hash", "/credentialSubject/portrait", json!("UklGR")),
        ("a helper without a name", "/credentialSubject/pendamping/nama", json!("")),
        ("time of day in the validity", "/validFrom", json!("2026-11-22T08:15:00Z")),
        ("another type", "/type", json!(["VerifiableCredential", "KartuKeluarga"])),
        ("private key", "/cnf/jwk/d", json!("AAAA")),
    ];
    for (name, at, value) in cases {
        let mut document = envelope(kind, ktp());
        if let Some(place) = document.pointer_mut(at) {
            *place = value;
        } else {
            document["cnf"]["jwk"]["d"] = value;
        }
        assert!(!validator.is_valid(&document), "{name}");
    }
    let mut extra = ktp();
    extra["nomorTelepon"] = json!("0812");
    assert!(!validator.is_valid(&envelope(kind, extra)), "a claim that is no group");
    let mut linkable = envelope(kind, ktp());
    linkable["id"] = json!("urn:uuid:1");
    assert!(!validator.is_valid(&linkable), "an id");
}

#[test]
fn family_card_schema() {
    let kind = CredentialType::KartuKeluarga;
    let validator = validator(kind);
    let member = json!({
        "nik": "3577010101900001", "nama": "MARSUDI", "jenisKelamin": "LAKI-LAKI",
        "kelahiran": { "tempat": "MADIUN", "tanggal": "1990-01-01" }, "agama": "ISLAM",
        "pendidikan": "STRATA II", "pekerjaan": "WIRASWASTA", "statusPerkawinan": "KAWIN",
        "hubungan": "KEPALA KELUARGA", "kewarganegaraan": "WNI", "namaAyah": "SUTRISNO", "namaIbu": "SUMINI",
    });
    let subject = json!({
        "nomorKk": "3577010101900001", "kepalaKeluarga": "MARSUDI", "alamat": ktp()["alamat"],
        "anggota": [member, { "nama": "SITI" }, {}], "pemegang": "A".repeat(22), "jaminanKunci": "software",
    });
    assert!(validator.is_valid(&envelope(kind, subject.clone())));
    for (name, at, value) in [
        ("member with an unknown field", "/anggota/1", json!({ "name": "SITI" })),
        ("unlisted relation", "/anggota/0/hubungan", json!("TETANGGA")),
        ("members as an object", "/anggota", json!({})),
        ("link of another alphabet", "/pemegang", json!("+".repeat(22))),
        ("address without a village", "/alamat", json!({ "jalan": "JL. SALAK" })),
    ] {
        let mut changed = subject.clone();
        *changed.pointer_mut(at).unwrap() = value;
        assert!(!validator.is_valid(&envelope(kind, changed)), "{name}");
    }
}

#[test]
fn schemas_of_the_other_documents() {
    let shared = ktp();
    let more = json!({
        "nomorAkta": "3577-LU-20032018-0007", "namaAyah": "SUTRISNO", "namaIbu": "SUMINI",
        "nomorKk": "3577010101900001", "kepalaKeluarga": "MARSUDI", "nomorSurat": "470/7/401.404/2026",
        "jenisSurat": "Surat keterangan domisili", "keterangan": "Benar bertempat tinggal di alamat tersebut.",
        "keperluan": "Membuka rekening bank", "penerbitan": { "tempat": "Kota Madiun" },
        "pejabat": { "jabatan": "Lurah Taman" }, "pemegang": "A".repeat(22),
        "hubunganPemegang": "IBU",
    });
    for kind in [CredentialType::AktaKelahiran, CredentialType::Kia, CredentialType::SuratKeterangan] {
        let validator = validator(kind);
        let value = |name: &str| more.get(name).unwrap_or(&shared[name]).clone();
        let whole: serde_json::Map<String, Value> =
            kind.groups().map(|claim| (claim.dotted(), value(&claim.dotted()))).collect();
        assert!(validator.is_valid(&envelope(kind, Value::Object(whole.clone()))), "{kind:?} whole");
        assert!(validator.is_valid(&envelope(kind, json!({ "jaminanKunci": "web" }))), "{kind:?} alone");
        for (name, wrong) in [
            ("nik", json!("1")),
            ("pemegang", json!("+")),
            ("hubunganPemegang", json!("TETANGGA")),
            ("portrait", json!("A".repeat(43))),
            ("kelahiran", json!({ "tempat": "MADIUN" })),
        ] {
            let mut changed = whole.clone();
            changed.insert(name.to_owned(), wrong);
            assert!(!validator.is_valid(&envelope(kind, Value::Object(changed))), "{kind:?} {name}");
        }
        if whole.contains_key("penerbitan") {
            let mut changed = whole;
            changed.insert("penerbitan".to_owned(), json!({}));
            assert!(!validator.is_valid(&envelope(kind, Value::Object(changed))), "{kind:?}: says nothing");
        }
    }
}

#[test]
fn labels_in_the_schemas_are_those_of_the_code_tables() {
    let schema: Value = serde_json::from_str(documents::SCHEMA_KTP_ELEKTRONIK).unwrap();
    for (claim, which) in [
        ("agama", Table::Agama),
        ("pekerjaan", Table::Pekerjaan),
        ("jenisKelamin", Table::JenisKelamin),
        ("statusPerkawinan", Table::StatusPerkawinan),
        ("kewarganegaraan", Table::Kewarganegaraan),
    ] {
        let listed = &schema["properties"]["credentialSubject"]["properties"][claim]["enum"];
        let labels: Vec<&str> = table(which).entries().iter().map(|(_, label)| *label).collect();
        assert_eq!(*listed, json!(labels), "{claim}");
    }
}

#[test]
fn every_claim_has_a_name_in_three_languages() {
    for kind in CredentialType::ALL {
        assert!(kind.claims().len() > 15, "{kind:?} has claims");
        let metadata: Value = serde_json::from_str(documents::type_metadata(kind)).unwrap();
        assert_eq!(metadata["vct"], kind.vct());
        assert_eq!(metadata["absah_code_lists"]["version"], LIST_VERSION);
        for lang in Lang::ALL {
            assert_ne!(kind.display_name(lang), kind.name());
            for claim in kind.claims() {
                assert!(!claim.label(lang).is_empty(), "{kind:?} {} {lang}", claim.dotted());
            }
        }
        for claim in kind.claims() {
            assert!(matches!(claim.sd.as_str(), "always" | "never"), "{}", claim.dotted());
        }
    }
}

#[test]
fn identity_card_has_the_sixteen_groups() {
    let disclosable: Vec<String> =
        CredentialType::KtpElektronik.groups().filter(|c| c.sd == "always").map(|c| c.dotted()).collect();
    let expected = [
        "nik",
        "nama",
        "kelahiran",
        "jenisKelamin",
        "golonganDarah",
        "alamat",
        "agama",
        "statusPerkawinan",
        "pekerjaan",
        "kewarganegaraan",
        "portrait",
        "usiaMinimal17",
        "usiaMinimal21",
        "usiaMinimal60",
        "wargaKotaMadiun",
        "token",
    ];
    assert_eq!(disclosable, expected);
    assert!(CredentialType::KtpElektronik.claim("alamat.kota").is_some());
    for sector in Sector::ALL {
        let claim = CredentialType::KtpElektronik.claim(&format!("token.{sector}")).unwrap();
        assert_eq!(claim.sd, "always", "{sector}: on its own");
        assert!(claim.label(Lang::Id).starts_with("Nomor pengganti NIK khusus sektor "), "{sector}");
    }
    assert!(CredentialType::KartuKeluarga.claim("token").is_none());
    assert!(CredentialType::KartuKeluarga.claim("anggota.*.namaIbu").is_some());
    assert!(CredentialType::KartuKeluarga.claim("portrait").is_none());
}

#[test]
fn the_context_defines_every_claim() {
    let context: Value = serde_json::from_str(documents::CONTEXT).unwrap();
    let terms = &context["@context"];
    for kind in CredentialType::ALL {
        assert!(terms[kind.name()].is_string());
        for claim in kind.claims() {
            let mut scope = terms;
            for part in claim.path.iter().flatten() {
                let term = scope.get(part).or_else(|| terms.get(part));
                let term = term.unwrap_or_else(|| panic!("{} is defined", claim.dotted()));
                scope = term.get("@context").unwrap_or(terms);
            }
        }
    }
}

#[test]
fn documents_are_found_by_the_path_of_their_identifier() {
    for kind in CredentialType::ALL {
        let path = kind.vct().strip_prefix(crate::BASE).unwrap();
        assert_eq!(documents::at(path).unwrap().text, documents::type_metadata(kind));
        let path = kind.schema_id().strip_prefix(crate::BASE).unwrap();
        assert_eq!(documents::at(path).unwrap().text, documents::schema(kind));
        assert_eq!(CredentialType::of_name(kind.name()), Some(kind));
        assert_eq!(CredentialType::of_vct(kind.vct()), Some(kind));
    }
    assert!(documents::at(documents::CONTEXT_URL.strip_prefix(crate::BASE).unwrap()).is_some());
    assert!(documents::at("/vct/../Cargo.toml").is_none());
}

#[test]
fn every_text_file_parses() {
    for (lang, file, source) in texts::FILES {
        if let Err((_, problems)) = FluentResource::try_new((*source).to_owned()) {
            panic!("{lang}/{file}.ftl: {problems:?}");
        }
    }
}

#[test]
fn the_three_languages_have_the_same_texts() {
    let indonesian = keys(Lang::Id);
    for lang in [Lang::Jv, Lang::En] {
        let other = keys(lang);
        let missing: Vec<_> = indonesian.difference(&other).collect();
        let extra: Vec<_> = other.difference(&indonesian).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang}: missing {missing:?}, extra {extra:?}");
    }
}

#[test]
fn every_text_stands_once_and_says_something() {
    for lang in Lang::ALL {
        let mut seen = std::collections::BTreeMap::new();
        for (tag, file, source) in texts::FILES.iter().filter(|(tag, _, _)| *tag == lang.tag()) {
            for id in source.lines().filter_map(texts::id_of) {
                if let Some(before) = seen.insert(id, file) {
                    panic!("{tag}: {id} stands in {before}.ftl and in {file}.ftl");
                }
                assert!(text(lang, id).is_some_and(|text| !text.trim().is_empty()), "{tag}: {id}");
            }
        }
    }
}

/// Krama has two spellings of `not`: one of them in all texts. The type metadata keeps the other: cards were issued under
/// its digest.
#[test]
fn javanese_says_no_in_one_way() {
    let letters = crate::letters::all().iter().map(|letter| ("letters", letter.title(Lang::Jv).to_owned()));
    let files = texts::FILES.iter().filter(|(tag, _, _)| *tag == Lang::Jv.tag());
    for (file, source) in files.map(|(_, file, source)| (*file, (*source).to_owned())).chain(letters) {
        let words = source.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
        let other = words.filter(|word| matches!(word.as_str(), "boten" | "ora" | "dudu")).count();
        assert_eq!(other, 0, "{file}");
    }
}

#[test]
fn an_error_says_what_happened_and_what_to_do() {
    let code = DateError::CODES[1];
    assert_eq!(text(Lang::En, &format!("err-{code}")).unwrap(), "There is no such day in the calendar.");
    assert_eq!(text(Lang::Id, &format!("rec-{code}")).unwrap(), "Periksa tanggalnya lalu perbaiki.");
    assert_eq!(text(Lang::Id, "err-no-such-code"), None);
    assert_eq!(
        text_with(Lang::En, "rec-date-impossible", &[("x", "y")]).unwrap(),
        "Check the date and correct it."
    );
}

#[test]
fn every_code_of_the_types_has_two_texts_in_three_languages() {
    let all = [
        base64url::Base64UrlError::CODES,
        hex::HexError::CODES,
        CodeError::CODES,
        DateError::CODES,
        DidError::CODES,
        LangError::CODES,
        NameError::CODES,
        NikError::CODES,
        NomorKkError::CODES,
        NonceError::CODES,
        RegionError::CODES,
        RtRwError::CODES,
        SectorError::CODES,
        SectorTokenError::CODES,
        TimestampError::CODES,
        UrlError::CODES,
    ];
    for code in all.into_iter().flatten() {
        for lang in Lang::ALL {
            for kind in ["err", "rec"] {
                assert!(text(lang, &format!("{kind}-{code}")).is_some(), "{lang} {kind}-{code}");
            }
        }
    }
}

#[test]
fn default_services_ask_for_claims_that_exist() {
    let file: toml::Table = crate::services::DEFAULT.parse().unwrap();
    let services = file["services"].as_array().unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for service in services {
        let id = service["id"].as_str().unwrap();
        assert!(ids.insert(id), "{id} stands once");
        for lang in Lang::ALL {
            for field in ["title", "purpose"] {
                assert!(
                    service[field][lang.tag()].as_str().is_some_and(|text| !text.is_empty()),
                    "{id} {field} {lang}"
                );
            }
        }
        assert!(["rendah", "sedang", "tinggi"].contains(&service["tier"].as_str().unwrap()), "{id}");
        assert!(service["retention_days"].as_integer().is_some_and(|days| days > 0), "{id}");
        assert!(!service["legal_basis"].as_str().unwrap().is_empty(), "{id}");
        for ask in service["asks"].as_array().unwrap() {
            let kind = CredentialType::of_name(ask["credential"].as_str().unwrap()).unwrap();
            for claim in ask["claims"].as_array().unwrap() {
                let claim = claim.as_str().unwrap();
                assert!(kind.claim(claim).is_some_and(|claim| claim.sd == "always"), "{id}: {claim}");
                let protected = service.get("protected").and_then(toml::Value::as_array);
                let named =
                    protected.is_some_and(|list| list.iter().any(|name| name.as_str() == Some(claim)));
                assert_eq!(["nik", "nomorKk"].contains(&claim), named, "{id}: {claim} is named as protected");
            }
        }
    }
    let demo = services.iter().find(|service| service["id"].as_str() == Some("demo-3-fakta")).unwrap();
    assert_eq!(demo["asks"][0]["claims"], toml::Value::from(vec!["nama", "kelahiran", "alamat"]));
}

/// The sources of what a browser's wallet is made of.
fn wallet_sources() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<_> = ["core", "store", "shell", "web", "ui/src"]
        .iter()
        .map(|name| root.join("wallet-app").join(name))
        .collect();
    folders.extend(
        ["shared/credential", "shared/crypto", "shared/ledger", "shared/protocol", "shared/qr"]
            .map(|name| root.join(name)),
    );
    folders.extend(["shared/trust", "shared/types"].map(|name| root.join(name)));
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                let name = entry.file_name();
                if !["node_modules", "dist", "target", "pkg"].iter().any(|other| name == *other) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ext| ["rs", "ts", "svelte"].iter().any(|one| ext == *one))
            {
                sources.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    assert!(sources.len() > 100, "{}", sources.len());
    sources
}

#[test]
fn no_text_that_a_wallet_shows_is_left_out_for_browsers() {
    let left_out: Vec<_> = texts::FILES
        .iter()
        .filter(|(tag, file, _)| *tag == "id" && texts::NOT_FOR_BROWSERS.contains(file))
        .collect();
    assert_eq!(left_out.len(), texts::NOT_FOR_BROWSERS.len());
    let sources = wallet_sources();
    let between_quotes: BTreeSet<_> = sources.iter().flat_map(|source| source.split('"')).collect();
    for (_, file, source) in left_out {
        for id in source.lines().filter_map(texts::id_of) {
            let code = id.strip_prefix("err-").or_else(|| id.strip_prefix("rec-")).unwrap_or(id);
            assert!(
                !between_quotes.contains(id) && !between_quotes.contains(code),
                "{file}: the wallet says {id}"
            );
        }
    }
}
