//! Letters of a kelurahan: what an officer has approved, and how it is written down.

use absah_crypto::sha256;
use absah_types::{Timestamp, hex};

use crate::resident::Resident;

/// Digest of the facts of a record that a letter states beside its sentence, its kelurahan with them: whoever approves the letter
/// answers for these and no others.
#[must_use]
pub fn facts(resident: &Resident) -> String {
    let Resident { nik, nama, tempat_lahir, tanggal_lahir, jenis_kelamin, .. } = resident;
    let Resident { alamat, rt_rw, wilayah, agama, status_kawin, pekerjaan, kewarganegaraan, .. } = resident;
    let facts = [
        nik.to_string(),
        nama.to_string(),
        tempat_lahir.clone(),
        tanggal_lahir.to_string(),
        jenis_kelamin.to_string(),
        alamat.clone(),
        rt_rw.to_string(),
        wilayah.to_string(),
        agama.to_string(),
        status_kawin.to_string(),
        pekerjaan.to_string(),
        kewarganegaraan.to_string(),
    ];
    hex::encode(sha256(format!("absah-letter-facts-v1\0{}", facts.join("\0")).as_bytes()))
}

/// An approved letter, as the card states it.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number in the kelurahan's book.
    pub number: String,
    /// Title of its template.
    pub title: String,
    /// The sentence it states.
    pub statement: String,
    /// What it was asked for.
    pub purpose: String,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// Beginning of the first day on which it no longer holds.
    pub valid_until: Timestamp,
}

impl core::fmt::Debug for Letter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Letter(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::resident;

    #[test]
    fn another_address_is_another_letter() {
        let here = resident();
        assert_eq!(facts(&here), facts(&here.clone()));
        let there = Resident { alamat: "JL. LAIN 5".to_owned(), ..here.clone() };
        assert_ne!(facts(&here), facts(&there));
        // What no letter states changes none.
        let schooled = Resident { akta_lahir: Some("3577-LU-1".to_owned()), ..here.clone() };
        assert_eq!(facts(&here), facts(&schooled));
    }
}
