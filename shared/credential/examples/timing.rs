//! How much an identity card costs beside its signatures:
//! `cargo run --release -p absah-credential --features aws-lc --example timing`

use std::hint::black_box;
use std::time::{Duration, Instant};

use absah_credential::sd_jwt::{Held, KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{
    Alamat, ClaimPath, Expectation, Format, Issuance, Issuer, Kelahiran, KeyAssurance, KtpElektronik,
    StatusReference, Validity, portrait::Portrait, verify,
};
use absah_crypto::PrivateKey;
use absah_types::{
    Date, HolderLink, HttpsUrl, Nik, PersonName, Rng, RtRw, Seconds, SectorToken, SectorTokens, Timestamp,
};

/// Fast and predictable; good for nothing but measuring.
struct Counter(u64);

impl Rng for Counter {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            for (to, from) in chunk.iter_mut().zip(self.0.to_le_bytes().into_iter().rev()) {
                *to = from;
            }
        }
    }
}

/// Both in turn, many short rounds: the median of `limit / work`, and the best time of `work`. So other load
/// on the machine falls out.
#[expect(clippy::disallowed_methods, reason = "this program measures time")]
fn compare(mut limit: impl FnMut(), mut work: impl FnMut()) -> String {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..8).for_each(|_| run());
        start.elapsed() / 8
    };
    let rounds: Vec<(Duration, Duration)> = (0..1001).map(|_| (once(&mut limit), once(&mut work))).collect();
    let mut ratios: Vec<f64> =
        rounds.iter().map(|(limit, work)| limit.as_secs_f64() / work.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let best = |of: fn(&(Duration, Duration)) -> Duration| rounds.iter().map(of).min().unwrap_or_default();
    let (limit, work) = (best(|round| round.0), best(|round| round.1));
    let median = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    format!("{median:.2}x, at best {work:?} = {:.2}x", limit.as_secs_f64() / work.as_secs_f64())
}

#[expect(clippy::print_stdout, reason = "the result of this program")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = Counter(1);
    let (issuer_key, holder_key) = (PrivateKey::generate(&mut rng), PrivateKey::generate(&mut rng));
    let now = Timestamp::parse_rfc3339("2026-11-22T02:00:00Z")?;
    let card = KtpElektronik {
        nik: Nik::parse("3577014505900001")?,
        nama: PersonName::parse("SITI AMINAH")?,
        kelahiran: Kelahiran { tempat: "MADIUN".into(), tanggal: Date::parse("1990-05-05")? },
        jenis_kelamin: "PEREMPUAN".into(),
        golongan_darah: "O".into(),
        alamat: Alamat {
            jalan: "JL. PAHLAWAN NO. 37".into(),
            rt_rw: RtRw::parse("003/004")?,
            kelurahan: "KARTOHARJO".into(),
            kecamatan: "KARTOHARJO".into(),
            kota: "KOTA MADIUN".into(),
            provinsi: "JAWA TIMUR".into(),
        },
        agama: "ISLAM".into(),
        status_perkawinan: "KAWIN".into(),
        pekerjaan: "KARYAWAN SWASTA".into(),
        kewarganegaraan: "WNI".into(),
        portrait: Some(Portrait::new(b"RIFF\0\0\0\0WEBP", &mut rng)?),
        warga_kota_madiun: true,
        token: Some(SectorTokens::each(|sector| SectorToken::from_bytes([sector as u8; 16]))),
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    };
    let issuer = Issuer::new(&HttpsUrl::parse("https://absah.madiunkota.go.id")?, "key-1", &[vec![7; 500]]);
    let status = StatusReference { uri: "https://absah.madiunkota.go.id/status/1".into(), idx: 123_456 };
    let validity = Validity::days(now, now.plus(Seconds::days(30)))?;
    let signature = issuer_key.sign(b"a message");
    let sign = || {
        let _ = black_box(issuer_key.sign(b"a message"));
    };
    let check_two = || {
        for _ in 0..2 {
            let _ = black_box(issuer_key.public_key().verify(b"a message", &signature));
        }
    };
    for format in Format::ALL {
        let groups = card.groups(format, now.date());
        let copy = Issuance {
            issuer: &issuer,
            groups: &groups,
            validity,
            holder: holder_key.public_key(),
            status: &status,
        };
        let prepare = compare(sign, || drop(black_box(copy.prepare(&mut Counter(1)))));
        let all = compare(sign, || {
            let groups = card.groups(format, now.date());
            let copy = Issuance { groups: &groups, ..copy };
            if let Ok(prepared) = copy.prepare(&mut Counter(1)) {
                drop(black_box(prepared.attach(&issuer_key.sign(prepared.to_be_signed()))));
            }
        });
        let batch = compare(sign, || {
            if let Ok(prepared) = copy.prepare(&mut Counter(1)) {
                drop(black_box(prepared.attach(&issuer_key.sign(prepared.to_be_signed()))));
            }
        });
        println!("{}: prepare {prepare}\n  issue {all}\n  issue in a batch {batch}", format.name());
        let prepared = copy.prepare(&mut rng)?;
        let text = prepared.attach(&issuer_key.sign(prepared.to_be_signed()));
        let paths = ["nama", "kelahiran", "alamat"].map(|name| format.from_root(&ClaimPath::key(name)));
        let present = || -> Result<String, Box<dyn std::error::Error>> {
            let held = Held::dangerous_reopen(Unverified::parse(&text)?)?;
            let bound = held.select(&paths)?.bind("x509_hash:abc", "nonce-of-43-characters", now);
            let signature = holder_key.sign(bound.to_be_signed());
            Ok(bound.attach(signature))
        };
        let presented = compare(sign, || drop(black_box(present())));
        let answer = present()?;
        let expected = Expectation {
            now,
            leeway: Seconds(0),
            key_binding: KeyBindingPolicy::Required(KeyBindingExpectation {
                aud: "x509_hash:abc",
                nonce: "nonce-of-43-characters",
                now,
                max_age: Seconds(300),
                max_ahead: Seconds(300),
            }),
        };
        let key = issuer_key.public_key();
        let verify_once =
            || verify(&Unverified::parse(&answer).ok()?, &|_| Some(key.clone()), &expected).ok();
        let parse = compare(check_two, || drop(black_box(Unverified::parse(&answer))));
        let verified = verify_once().ok_or("not verified")?;
        let spent = compare(check_two, || drop(black_box(verify_once())));
        println!("  issued {} characters, answer {}", text.len(), answer.len());
        println!(
            "  present {presented}\n  parse {parse}\n  verify {spent}, {} claims",
            verified.claims().len()
        );
    }
    Ok(())
}
