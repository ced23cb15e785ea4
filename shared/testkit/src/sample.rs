//! Sample keys and sample facts.

use crate::SeededRng;
use absah_crypto::PrivateKey;
use serde_json::{Value, json};

/// The P-256 key of a seed.
#[must_use]
pub fn key(seed: u64) -> PrivateKey {
    PrivateKey::generate(&mut SeededRng::new(seed))
}

/// The groups of an invented identity card as its JSON claims (without `portrait`, which is a hash).
#[must_use]
pub fn ktp_groups() -> Value {
    json!({
        "nik": "3577016212070001",
        "nama": "PUTRI SAFITRI",
        "kelahiran": { "tempat": "MADIUN", "tanggal": "2007-12-22" },
        "jenisKelamin": "PEREMPUAN",
        "golonganDarah": "B",
        "alamat": {
            "jalan": "JL. TAWANG KRIDA NO. 47", "rt": "005", "rw": "004", "kelurahan": "Tawangrejo",
            "kecamatan": "Kartoharjo", "kota": "Kota Madiun", "provinsi": "Jawa Timur",
        },
        "agama": "ISLAM",
        "statusPerkawinan": "BELUM KAWIN",
        "pekerjaan": "PELAJAR/MAHASISWA",
        "kewarganegaraan": "WNI",
        "usiaMinimal17": true,
        "usiaMinimal21": false,
        "usiaMinimal60": false,
        "wargaKotaMadiun": true,
    })
}

/// The claims of an invented family card with two members.
#[must_use]
pub fn kk_groups() -> Value {
    let member = |nik: &str, name: &str, sex: &str, birth: &str, relation: &str| {
        json!({
            "nik": nik, "nama": name, "jenisKelamin": sex,
            "kelahiran": { "tempat": "MADIUN", "tanggal": birth },
            "agama": "ISLAM", "pendidikan": "SLTA/SEDERAJAT", "pekerjaan": "KARYAWAN SWASTA",
            "statusPerkawinan": "KAWIN", "hubungan": relation, "kewarganegaraan": "WNI",
            "namaAyah": "PAIRAN", "namaIbu": "MARSINI",
        })
    };
    json!({
        "nomorKk": "3577011804110001",
        "kepalaKeluarga": "RADIMAN",
        "alamat": ktp_groups().get("alamat"),
        "anggota": [
            member("3577010803780001", "RADIMAN", "LAKI-LAKI", "1978-03-08", "KEPALA KELUARGA"),
            member("3577014401830004", "NURUL RETNOWATI", "PEREMPUAN", "1983-01-04", "ISTRI"),
        ],
    })
}
