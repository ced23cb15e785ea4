//! What the whole crate promises, from outside.

mod cards;
mod forge;
mod hostile;
mod round_trip;
mod status;
mod status_cwt;

use absah_crypto::{PrivateKey, PublicKey};
use absah_types::{
    Coded, Date, HolderLink, HttpsUrl, Nik, NomorKk, PersonName, Rng, RtRw, Seconds, Sector, SectorToken,
    SectorTokens, Timestamp,
};

use crate::portrait::Portrait;
use crate::sd_jwt::{Held, KeyBindingExpectation, KeyBindingPolicy, Unverified};
use crate::*;

pub(super) const AUD: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
pub(super) const NONCE: &str = "n-0S6_WzA2Mj";

/// Predictable, different for each seed.
pub(super) struct Seeded(pub(super) u64);

impl Rng for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

pub(super) fn issuer_key() -> PrivateKey {
    PrivateKey::generate(&mut Seeded(1))
}

pub(super) fn holder_key() -> PrivateKey {
    PrivateKey::generate(&mut Seeded(2))
}

pub(super) fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-22T02:30:00Z").unwrap()
}

pub(super) fn issuer() -> Issuer {
    Issuer::new(&HttpsUrl::parse("https://absah.madiunkota.go.id").unwrap(), "key-1", &[vec![0x30; 300]])
}

fn alamat() -> Alamat {
    Alamat {
        jalan: "JL. PAHLAWAN NO. 37 \"A\"".into(),
        rt_rw: RtRw::parse("003/004").unwrap(),
        kelurahan: "KARTOHARJO".into(),
        kecamatan: "KARTOHARJO".into(),
        kota: "KOTA MADIUN".into(),
        provinsi: "JAWA TIMUR".into(),
    }
}

pub(super) fn ktp() -> KtpElektronik {
    KtpElektronik {
        nik: Nik::parse("3577014505900001").unwrap(),
        nama: PersonName::parse("SITI AMINAH").unwrap(),
        kelahiran: Kelahiran { tempat: "MADIUN".into(), tanggal: Date::parse("1990-05-05").unwrap() },
        jenis_kelamin: "PEREMPUAN".into(),
        golongan_darah: "O".into(),
        alamat: alamat(),
        agama: "ISLAM".into(),
        status_perkawinan: "KAWIN".into(),
        pekerjaan: "KARYAWAN SWASTA".into(),
        kewarganegaraan: "WNI".into(),
        portrait: Some(Portrait::new(b"RIFF\x04\0\0\0WEBPVP8 ", &mut Seeded(9)).unwrap()),
        warga_kota_madiun: true,
        token: Some(SectorTokens::each(|sector| SectorToken::from_bytes([sector as u8; 16]))),
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    }
}

pub(super) fn kk(members: usize) -> KartuKeluarga {
    let name = |text: &str| PersonName::parse(text).unwrap();
    let anggota = |_| Anggota {
        nik: Nik::parse("3577014505900001").unwrap(),
        nama: name("SITI AMINAH"),
        jenis_kelamin: "PEREMPUAN".into(),
        kelahiran: Kelahiran { tempat: "MADIUN".into(), tanggal: Date::parse("1990-05-05").unwrap() },
        agama: "ISLAM".into(),
        pendidikan: "SLTA/SEDERAJAT".into(),
        pekerjaan: "KARYAWAN SWASTA".into(),
        status_perkawinan: "KAWIN".into(),
        hubungan: "ISTRI".into(),
        kewarganegaraan: "WNI".into(),
        nama_ayah: name("BUDI"),
        nama_ibu: name("SRI"),
    };
    KartuKeluarga {
        nomor_kk: NomorKk::parse("3577010101100001").unwrap(),
        alamat: alamat(),
        kepala_keluarga: name("BUDI"),
        anggota: (0..members).map(anggota).collect(),
        pemegang: Some(HolderLink::from_bytes([9; 16])),
        jaminan_kunci: KeyAssurance::Software,
    }
}

pub(super) fn issue(groups: &Groups, seed: u64) -> String {
    let issuer = issuer();
    let status = StatusReference { uri: "https://absah.madiunkota.go.id/status/1".into(), idx: 77 };
    let validity = Validity::days(now(), now().plus(Seconds::days(30))).unwrap();
    let holder = holder_key();
    let copy = Issuance { issuer: &issuer, groups, validity, holder: holder.public_key(), status: &status };
    let prepared = copy.prepare(&mut Seeded(seed)).unwrap();
    prepared.attach(&issuer_key().sign(prepared.to_be_signed()))
}

pub(super) fn held(text: &str) -> Held {
    Held::receive(Unverified::parse(text).unwrap(), issuer_key().public_key()).unwrap()
}

pub(super) fn present(text: &str, paths: &[ClaimPath]) -> String {
    let bound = held(text).select(paths).unwrap().bind(AUD, NONCE, now());
    let signature = holder_key().sign(bound.to_be_signed());
    bound.attach(signature)
}

pub(super) fn expected() -> Expectation<'static> {
    let key_binding = KeyBindingPolicy::Required(KeyBindingExpectation {
        aud: AUD,
        nonce: NONCE,
        now: now(),
        max_age: Seconds::minutes(10),
        max_ahead: Seconds::minutes(10),
    });
    Expectation { now: now(), leeway: Seconds::minutes(1), key_binding }
}

pub(super) fn trusted(hint: &SignerHint<'_>) -> Option<PublicKey> {
    let ours = ["https://absah.madiunkota.go.id", "did:web:absah.madiunkota.go.id"];
    ours.contains(&hint.issuer).then(|| issuer_key().public_key().clone())
}

/// The code of the refusal, or what was verified.
pub(super) fn outcome(text: &str, expected: &Expectation<'_>) -> Result<Verified, &'static str> {
    let unverified = Unverified::parse(text).map_err(|error| error.code())?;
    verify(&unverified, &trusted, expected).map_err(|error| error.code())
}
