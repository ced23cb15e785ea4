//! How small real presentations become: the budget that decides whether one QR code suffices.

use crate::frames::shard_capacity;
use crate::pack::{Chain, chain_digest};
use crate::render::Ecc;
use crate::{Dictionary, Kind, PackContext, frames, pack, unpack};
use absah_credential::portrait::Portrait;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{
    Alamat, ClaimPath, Format, Issuance, Issuer, Kelahiran, KeyAssurance, KtpElektronik, StatusReference,
    Validity,
};
use absah_crypto::{PrivateKey, hpke};
use absah_types::{
    Date, HolderLink, HttpsUrl, Nik, PersonName, Rng, RtRw, Seconds, SectorToken, SectorTokens, Timestamp,
};

/// xorshift64*: enough for samples.
struct Dice(u64);

impl Rng for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            *byte = (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 56) as u8;
        }
    }
}

/// The sealed answer in clear: one format byte and eight bytes of the request's hash; then HPKE's encapsulated key and tag.
const ENVELOPE: usize = 9 + 32 + 16;

const AUD: &str = "x509_hash:Vp3k0f1v5aY2cJxUqKxq9xv3C1cQ2u0B8yqkq1m0N2E";
const NONCE: &str = "mY0n9j2l1k8u7h6g5f4d3s2a1q0w9e8r7t6y5u4i3o0";

/// Name, place of birth, birth date, street, kelurahan, kecamatan: as in the sample extract, short and long ones.
const PEOPLE: [[&str; 6]; 6] = [
    ["OPAN PURWANTO WAHYUDIN", "PACITAN", "1977-01-08", "JL. SOGATEN GG. IV NO. 44", "Sogaten", "Manguharjo"],
    ["HJ. DIAN ASTUTIK", "MADIUN", "1965-07-22", "JL. SALAK NO. 105A", "Taman", "Taman"],
    ["ESTER JUMIATI", "MADIUN", "1953-01-17", "JL. CILIWUNG GG. III NO. 15", "Mojorejo", "Taman"],
    ["SUPARNO", "NGAWI", "1948-12-31", "JL. KALIMANTAN NO. 9", "Kartoharjo", "Kartoharjo"],
    [
        "MUHAMMAD RIZKY FADHILAH RAMADHAN PUTRA PRATAMA",
        "BOJONEGORO",
        "2004-02-29",
        "PERUM BUMI MAS ASRI BLOK D NO. 17",
        "Nambangan Kidul",
        "Manguharjo",
    ],
    ["NUR AINI", "SURABAYA", "1999-09-09", "JL. DIPONEGORO NO. 210", "Oro-oro Ombo", "Kartoharjo"],
];

fn certificate() -> Vec<u8> {
    let mut der = vec![0; 430];
    Dice(9).fill(&mut der);
    der
}

fn card(person: &[&str; 6], format: Format, rng: &mut Dice) -> (String, PrivateKey) {
    let [nama, tempat, tanggal, jalan, kelurahan, kecamatan] = person.map(str::to_owned);
    let mut webp = b"RIFF\0\0\0\0WEBP".to_vec();
    webp.resize(940, 7);
    let ktp = KtpElektronik {
        nik: Nik::parse("3577010801770001").unwrap(),
        nama: PersonName::parse(&nama).unwrap(),
        kelahiran: Kelahiran { tempat, tanggal: Date::parse(&tanggal).unwrap() },
        jenis_kelamin: "PEREMPUAN".into(),
        golongan_darah: "O".into(),
        alamat: Alamat {
            jalan,
            rt_rw: RtRw::of_cells("003", "004").unwrap(),
            kelurahan,
            kecamatan,
            kota: "Kota Madiun".into(),
            provinsi: "Jawa Timur".into(),
        },
        agama: "ISLAM".into(),
        status_perkawinan: "KAWIN".into(),
        pekerjaan: "KARYAWAN SWASTA".into(),
        kewarganegaraan: "WNI".into(),
        portrait: Some(Portrait::new(&webp, rng).unwrap()),
        warga_kota_madiun: true,
        token: Some(SectorTokens::each(|sector| SectorToken::from_bytes([sector as u8; 16]))),
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    };
    let today = Date::new(2026, 11, 22).unwrap();
    let url = HttpsUrl::parse("https://absah.madiunkota.go.id").unwrap();
    let issuer = Issuer::new(&url, "key-1", &[certificate()]);
    let (key, holder) = (PrivateKey::generate(rng), PrivateKey::generate(rng));
    let from = Timestamp::of_date(today);
    let prepared = Issuance {
        issuer: &issuer,
        groups: &ktp.groups(format, today),
        validity: Validity::days(from, from.plus(Seconds::days(30))).unwrap(),
        holder: holder.public_key(),
        status: &StatusReference { uri: "https://absah.madiunkota.go.id/status/1".into(), idx: 412_345 },
    }
    .prepare(rng)
    .unwrap();
    let signature = key.sign(prepared.to_be_signed());
    (prepared.attach(&signature), holder)
}

fn presentation(person: &[&str; 6], format: Format, claims: &[&str], rng: &mut Dice) -> String {
    let (card, holder) = card(person, format, rng);
    let held = Held::dangerous_reopen(Unverified::parse(&card).unwrap()).unwrap();
    let paths: Vec<ClaimPath> =
        claims.iter().map(|claim| format.from_root(&ClaimPath::parse_dotted(claim).unwrap())).collect();
    let bound = held.select(&paths).unwrap().bind(
        AUD,
        NONCE,
        Timestamp::parse_rfc3339("2026-11-22T02:03:04Z").unwrap(),
    );
    let signature = holder.sign(bound.to_be_signed());
    bound.attach(signature)
}

fn known_chain(digest: &[u8; 32]) -> Option<Chain> {
    let chain = vec![certificate()];
    (chain_digest(&chain) == *digest).then_some(chain)
}

fn context() -> PackContext<'static> {
    PackContext::new(Dictionary::v1()).with_binding(AUD, NONCE).with_certificates(&known_chain)
}

#[test]
fn three_facts_fit_one_code() {
    let mut rng = Dice(1);
    for format in [Format::VcSdJwt, Format::DcSdJwt] {
        for person in &PEOPLE {
            let text = presentation(person, format, &["nama", "kelahiran", "alamat"], &mut rng);
            let packed = pack(&text, &context());
            assert_eq!(unpack(&packed, &context(), 16 * 1024).as_deref(), Ok(&text[..]));
            let sealed = packed.len() + ENVELOPE;
            let ratio = packed.len() as f64 / text.len() as f64;
            let frames = frames::split(Kind::Answer, &vec![0x5A; sealed], 22).unwrap();
            println!(
                "{} {}: {} → {} ({ratio:.3}), sealed {sealed}, {} frame(s) of version 22",
                format.name(),
                person[0],
                text.len(),
                packed.len(),
                frames.len()
            );
            assert!(ratio <= 0.40, "{ratio}");
            assert!(sealed <= 1_000, "{sealed}");
            assert_eq!(frames.len(), 1);
        }
    }
}

#[test]
fn with_the_portrait_two_codes_of_version_25() {
    let mut rng = Dice(2);
    for person in &PEOPLE {
        let text =
            presentation(person, Format::VcSdJwt, &["nama", "kelahiran", "alamat", "portrait"], &mut rng);
        let packed = pack(&text, &context());
        // Salt and the largest good picture.
        let sealed = packed.len() + ENVELOPE + 8 + 16 + 1_000;
        println!(
            "{}: {} bytes, two frames hold {}",
            person[0],
            sealed,
            2 * shard_capacity(25, Ecc::L).unwrap()
        );
        assert!(sealed <= 2 * shard_capacity(25, Ecc::L).unwrap());
    }
}

/// The envelope's size is what HPKE really makes.
#[test]
fn the_envelope_is_as_large_as_reckoned() {
    let mut rng = Dice(3);
    let recipient = hpke::RecipientKey::generate(&mut rng);
    let (enc, sealed) = hpke::seal(&mut rng, &recipient.public(), b"info", b"aad", b"text").unwrap();
    assert_eq!(9 + enc.len() + sealed.len() - 4, ENVELOPE);
}
