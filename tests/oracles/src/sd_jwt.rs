//! SD-JWT against `ssi-sd-jwt`. It checks signature, digests and disclosures; it writes no `typ` and does not
//! verify the key binding, so those are compared only as far as it goes.

use absah_credential::sd_jwt::{
    Held, KeyBindingExpectation, KeyBindingPolicy, Object, SigningHeader, Unverified, prepare,
};
use absah_credential::{
    Alamat, Anggota, ClaimPath, Expectation, Format, Groups, Issuance, Issuer, KartuKeluarga, Kelahiran,
    KeyAssurance, KtpElektronik, StatusReference, Validity,
};
use absah_crypto::PrivateKey;
use absah_crypto::jws::Header;
use absah_testkit::{SeededRng, key, tamper};
use absah_types::{
    Date, HolderLink, HttpsUrl, Nik, NomorKk, PersonName, RtRw, Seconds, SectorToken, SectorTokens,
    Timestamp, base64url,
};
use serde_json::{Map, Value, json};
use ssi_claims_core::VerificationParameters;
use ssi_jwk::JWK;
use ssi_jwt::{AnyClaims, JWTClaims};
use ssi_sd_jwt::{ConcealJwtClaims as _, JsonPointer, JsonPointerBuf, SdAlg, SdJwt, SdJwtBuf};

const AUD: &str = "x509_hash:counter";
const NONCE: &str = "nonce-of-this-request";

fn issuer_key() -> PrivateKey {
    key(1)
}

fn holder_key() -> PrivateKey {
    key(2)
}

/// The same key for ssi, private.
fn their_key(key: &PrivateKey) -> JWK {
    let mut jwk: Value = serde_json::from_str(&key.public_key().to_jwk().to_json()).unwrap();
    jwk["d"] = base64url::encode(key.to_bytes().expose()).into();
    jwk["alg"] = "ES256".into();
    serde_json::from_value(jwk).unwrap()
}

fn birth() -> Kelahiran {
    Kelahiran { tempat: "MADIUN".into(), tanggal: Date::parse("1990-04-17").unwrap() }
}

fn address() -> Alamat {
    Alamat {
        jalan: "JL. SERAYU \"TIMUR\" NO. 5".into(),
        rt_rw: RtRw::parse("012/003").unwrap(),
        kelurahan: "PANDEAN".into(),
        kecamatan: "TAMAN".into(),
        kota: "KOTA MADIUN".into(),
        provinsi: "JAWA TIMUR".into(),
    }
}

fn ktp(format: Format) -> Groups {
    KtpElektronik {
        nik: Nik::parse("3577025704900001").unwrap(),
        nama: PersonName::parse("SITI RAHAYU").unwrap(),
        kelahiran: birth(),
        jenis_kelamin: "PEREMPUAN".into(),
        golongan_darah: "O".into(),
        alamat: address(),
        agama: "ISLAM".into(),
        status_perkawinan: "KAWIN".into(),
        pekerjaan: "GURU".into(),
        kewarganegaraan: "WNI".into(),
        portrait: None,
        warga_kota_madiun: true,
        token: Some(SectorTokens::each(|sector| SectorToken::from_bytes([sector as u8; 16]))),
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    }
    .groups(format, Date::parse("2026-11-22").unwrap())
}

fn kk(format: Format) -> Groups {
    let member = |nik: &str, name: &str| Anggota {
        nik: Nik::parse(nik).unwrap(),
        nama: PersonName::parse(name).unwrap(),
        jenis_kelamin: "PEREMPUAN".into(),
        kelahiran: birth(),
        agama: "ISLAM".into(),
        pendidikan: "SLTA/SEDERAJAT".into(),
        pekerjaan: "GURU".into(),
        status_perkawinan: "KAWIN".into(),
        hubungan: "ISTRI".into(),
        kewarganegaraan: "WNI".into(),
        nama_ayah: PersonName::parse("PAIRAN").unwrap(),
        nama_ibu: PersonName::parse("MARSINI").unwrap(),
    };
    KartuKeluarga {
        nomor_kk: NomorKk::parse("3577010101100001").unwrap(),
        alamat: address(),
        kepala_keluarga: PersonName::parse("BUDI").unwrap(),
        anggota: vec![member("3577025704900001", "SITI"), member("3577025704900002", "SRI")],
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    }
    .groups(format)
}

/// Issued by us; valid long enough for ssi, which looks at the machine's clock.
fn issued(groups: &Groups) -> String {
    let issuer = Issuer::new(&HttpsUrl::parse("https://absah.example").unwrap(), "k1", &[]);
    let [from, until] =
        ["2026-11-01T00:00:00Z", "2099-01-01T00:00:00Z"].map(|text| Timestamp::parse_rfc3339(text).unwrap());
    let prepared = Issuance {
        issuer: &issuer,
        groups,
        validity: Validity::days(from, until).unwrap(),
        holder: holder_key().public_key(),
        status: &StatusReference { uri: "https://absah.example/status/1".into(), idx: 7 },
    }
    .prepare(&mut SeededRng::new(1))
    .unwrap();
    prepared.attach(&issuer_key().sign(prepared.to_be_signed()))
}

/// What ssi makes of a text: all claims it sees, if it finds signature and digests in order.
async fn revealed_by_them(text: &str) -> Result<Value, String> {
    let jwk = their_key(&issuer_key()).to_public();
    let sd_jwt = SdJwt::new(text).map_err(|_| "no sd-jwt".to_owned())?;
    let params = VerificationParameters::from_resolver(jwk);
    let (revealed, verification) =
        sd_jwt.decode_reveal_verify_any(params).await.map_err(|error| error.to_string())?;
    verification.map_err(|error| format!("{error:?}"))?;
    Ok(serde_json::to_value(revealed.claims()).unwrap())
}

/// What we make of it.
fn revealed_by_us(text: &str) -> Option<Map<String, Value>> {
    let unverified = Unverified::parse(text).ok()?;
    let processed = unverified.process(issuer_key().public_key(), &KeyBindingPolicy::Forbidden).ok()?;
    Some(processed.payload().clone())
}

/// ssi reads times as fractions; everything else must be equal to the letter.
fn same_claims(ours: &Map<String, Value>, theirs: &Value) {
    let plain = |claims: &Map<String, Value>| {
        let mut claims = claims.clone();
        for time in ["iat", "nbf", "exp"] {
            if let Some(seconds) = claims.get(time).and_then(Value::as_f64) {
                claims.insert(time.to_owned(), format!("{seconds}").into());
            }
        }
        claims
    };
    assert_eq!(plain(ours), plain(theirs.as_object().unwrap()));
}

fn all_cards() -> Vec<(&'static str, String)> {
    vec![
        ("ktp dc", issued(&ktp(Format::DcSdJwt))),
        ("ktp vc", issued(&ktp(Format::VcSdJwt))),
        ("kk dc", issued(&kk(Format::DcSdJwt))),
        ("kk vc", issued(&kk(Format::VcSdJwt))),
    ]
}

#[tokio::test]
async fn they_reveal_what_we_issue() {
    for (name, text) in all_cards() {
        let ours = revealed_by_us(&text).unwrap();
        let theirs = revealed_by_them(&text).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        same_claims(&ours, &theirs);
        assert!(!theirs.to_string().contains("\"_sd\""), "{name}");
    }
}

#[tokio::test]
async fn they_reveal_just_what_we_select() {
    let text = issued(&ktp(Format::DcSdJwt));
    let held = Held::receive(Unverified::parse(&text).unwrap(), issuer_key().public_key()).unwrap();
    let selected = held.select(&["nama", "alamat"].map(ClaimPath::key)).unwrap();
    let theirs = revealed_by_them(selected.as_str()).await.unwrap();
    assert_eq!(theirs["nama"], "SITI RAHAYU");
    assert_eq!(theirs["alamat"]["jalan"], "JL. SERAYU \"TIMUR\" NO. 5");
    assert_eq!(theirs.get("nik"), None);
    same_claims(&revealed_by_us(selected.as_str()).unwrap(), &theirs);

    // Inside a recursive disclosure: one name of one member, and the member that contains it.
    let text = issued(&kk(Format::DcSdJwt));
    let held = Held::receive(Unverified::parse(&text).unwrap(), issuer_key().public_key()).unwrap();
    let path = ClaimPath::from_json(&json!(["anggota", 0, "nama"])).unwrap();
    let selected = held.select(&[path]).unwrap();
    let theirs = revealed_by_them(selected.as_str()).await.unwrap();
    assert_eq!(theirs["anggota"], json!([{ "nama": "SITI" }]));
    same_claims(&revealed_by_us(selected.as_str()).unwrap(), &theirs);
}

#[tokio::test]
async fn both_refuse_the_same_tampering() {
    let text = issued(&ktp(Format::DcSdJwt));
    let parts: Vec<&str> = text.split('~').collect();
    let join = |parts: &[&str]| parts.join("~");
    let foreign = absah_types::base64url::encode(r#"["c2FsdA","nama","ORANG LAIN"]"#);
    let with_foreign = [&parts[..3], &[foreign.as_str()], &parts[4..]].concat();
    let other_issuer = {
        let (input, _) = parts[0].rsplit_once('.').unwrap();
        let signature = base64url::encode(key(9).sign(input.as_bytes()).as_bytes());
        let jwt = format!("{input}.{signature}");
        format!("{jwt}~{}", join(&parts[1..]))
    };
    for (name, text) in [
        ("foreign disclosure", join(&with_foreign)),
        ("another issuer's signature", other_issuer),
        ("disclosure cut off", text.replacen(parts[2], &parts[2][..parts[2].len() - 4], 1)),
    ] {
        assert_eq!(revealed_by_us(&text), None, "by us: {name}");
        assert!(revealed_by_them(&text).await.is_err(), "by ssi: {name}");
    }
    // Every tenth changed character: the signature check is the slow part.
    for (at, changed) in
        tamper::changed_characters(&text).filter(|(at, changed)| at % 10 == 0 && *changed != text)
    {
        assert_eq!(revealed_by_us(&changed), None, "by us: character {at}");
        assert!(revealed_by_them(&changed).await.is_err(), "by ssi: character {at}");
    }
    assert!(revealed_by_us(&text).is_some() && revealed_by_them(&text).await.is_ok());
}

#[tokio::test]
async fn they_read_our_key_binding() {
    let text = issued(&ktp(Format::DcSdJwt));
    let held = Held::receive(Unverified::parse(&text).unwrap(), issuer_key().public_key()).unwrap();
    let now = Timestamp::parse_rfc3339("2026-11-22T03:00:00Z").unwrap();
    let prepared = held.select(&[ClaimPath::key("nama")]).unwrap().bind(AUD, NONCE, now);
    let signature = holder_key().sign(prepared.to_be_signed());
    let presented = prepared.attach(signature);

    let sd_jwt = SdJwt::new(&presented).unwrap_or_else(|_| panic!("ssi does not take the text"));
    let binding = sd_jwt.decode_kb().unwrap().unwrap();
    let payload = &binding.signing_bytes.payload;
    assert_eq!((payload.aud.as_str(), payload.nonce.0.as_str()), (AUD, NONCE));
    assert!(payload.sd_hash.verify(SdAlg::Sha256, sd_jwt));
    assert_eq!(
        binding.verify(&VerificationParameters::from_resolver(their_key(&holder_key()))).await.unwrap(),
        Ok(())
    );

    let transaction =
        KeyBindingExpectation { aud: AUD, nonce: NONCE, now, max_age: Seconds(300), max_ahead: Seconds(60) };
    let expected =
        Expectation { now, leeway: Seconds(60), key_binding: KeyBindingPolicy::Required(transaction) };
    let unverified = Unverified::parse(&presented).unwrap();
    let verified =
        absah_credential::verify(&unverified, &|_| Some(issuer_key().public_key().clone()), &expected)
            .unwrap();
    assert_eq!(verified.claims()["nama"], "SITI RAHAYU");
}

fn their_claims() -> JWTClaims<AnyClaims> {
    serde_json::from_value(json!({
        "iss": "https://absah.example",
        "nama": "SITI RAHAYU",
        "alamat": { "jalan": "JL. SERAYU NO. 5", "kota": "KOTA MADIUN" },
        "gelar": ["S.Pd.", "M.Pd."],
        "tinggi": 160,
        "berat": null,
    }))
    .unwrap()
}

async fn concealed_by_them(pointers: &[&str]) -> SdJwtBuf {
    let pointers: Vec<JsonPointerBuf> =
        pointers.iter().map(|text| JsonPointerBuf::new((*text).to_owned()).unwrap()).collect();
    let pointers: Vec<&JsonPointer> = pointers.iter().map(|pointer| pointer.as_json_pointer()).collect();
    their_claims().conceal_and_sign(SdAlg::Sha256, &pointers, their_key(&issuer_key())).await.unwrap()
}

#[tokio::test]
async fn we_reveal_what_they_issue() {
    for pointers in [
        &["/nama"][..],
        &["/nama", "/alamat", "/tinggi", "/berat"],
        &["/alamat/jalan"],
        &["/alamat", "/alamat/jalan", "/alamat/kota"],
        &["/gelar/0", "/gelar/1"],
        &["/gelar", "/gelar/1"],
        &[],
    ] {
        let text = concealed_by_them(pointers).await.into_string();
        let ours = revealed_by_us(&text).unwrap_or_else(|| panic!("{pointers:?}: {text}"));
        same_claims(&ours, &serde_json::to_value(their_claims()).unwrap());
    }
}

#[tokio::test]
async fn we_reveal_what_they_select() {
    let sd_jwt = concealed_by_them(&["/nama", "/alamat", "/alamat/jalan", "/gelar/0"]).await;
    let pointers = ["/nama", "/gelar/0"].map(|text| JsonPointerBuf::new(text.to_owned()).unwrap());
    let text = sd_jwt.decode_reveal_any().unwrap().retaining(&pointers).into_encoded().into_string();
    let ours = revealed_by_us(&text).unwrap();
    assert_eq!(ours["nama"], "SITI RAHAYU");
    assert_eq!(ours["gelar"], json!(["S.Pd.", "M.Pd."]));
    assert_eq!(ours.get("alamat"), None);
    same_claims(&ours, &revealed_by_them(&text).await.unwrap());
}

/// Decoys and arbitrary trees beyond the shapes of our cards.
#[tokio::test]
async fn they_reveal_any_tree_of_ours() {
    let inner = Object::new().disclosable("b", 1_i64).disclosable("c", "\u{1F600} \\ \" \n").decoys(2);
    let array = absah_credential::sd_jwt::Array::new().plain("x").disclosable(inner.clone()).decoys(1);
    let tree = Object::new()
        .plain("iss", "https://absah.example")
        .disclosable("a", inner)
        .disclosable("list", array)
        .disclosable("nothing", Value::Null)
        .decoys(3);
    let header = SigningHeader::new(&Header::es256("example+sd-jwt"));
    let prepared = prepare(&header, &[&tree], &mut SeededRng::new(5)).unwrap();
    let text = prepared.attach(&issuer_key().sign(prepared.to_be_signed()));
    let ours = revealed_by_us(&text).unwrap();
    assert_eq!(ours["list"], json!(["x", { "b": 1, "c": "\u{1F600} \\ \" \n" }]));
    same_claims(&ours, &revealed_by_them(&text).await.unwrap());
}
