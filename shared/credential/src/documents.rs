//! What birth certificates, children's cards and letters say: the documents beside identity and family card.

use std::fmt;

use absah_schemas::CredentialType;
use absah_types::{Date, HolderLink, Nik, NomorKk, PersonName};

use crate::facts::{Alamat, Groups, HOLDER, HOLDER_RELATION, Kelahiran, KeyAssurance};
use crate::format::Format;
use crate::sd_jwt::Object;

/// Where and when a document was issued, as far as the register tells.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Penerbitan {
    /// `tempat`: name of the regency or town.
    pub tempat: Option<String>,
    /// `tanggal`, written `yyyy-mm-dd`.
    pub tanggal: Option<Date>,
}

/// The official who answers for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pejabat {
    /// `nama`; absent where the office alone signs.
    pub nama: Option<String>,
    /// `jabatan`: the office.
    pub jabatan: String,
}

/// What whoever keeps a document is to the person it is about: `hubunganPemegang`. The issuer says so from the register's
/// numbers of the parents, never from names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderRelation {
    /// The document is about the holder.
    Oneself,
    /// The holder is the child's mother.
    Mother,
    /// The holder is the child's father.
    Father,
    /// The holder is head of the child's family, or that person's spouse.
    Guardian,
}

impl HolderRelation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Oneself, Self::Mother, Self::Father, Self::Guardian];

    /// The value of the claim.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oneself => "DIRI SENDIRI",
            Self::Mother => "IBU",
            Self::Father => "AYAH",
            Self::Guardian => "WALI",
        }
    }

    /// The relation with this [`HolderRelation::name`].
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }
}

/// The facts of one birth certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct AktaKelahiran {
    /// `nomorAkta`, as the register writes it.
    pub nomor_akta: String,
    /// `nik`.
    pub nik: Nik,
    /// `nama`, without academic and religious titles (Permendagri 73/2022).
    pub nama: PersonName,
    /// `kelahiran`.
    pub kelahiran: Kelahiran,
    /// `jenisKelamin`.
    pub jenis_kelamin: String,
    /// `kewarganegaraan`.
    pub kewarganegaraan: String,
    /// `namaAyah`; a decoy where the father is unknown.
    pub nama_ayah: Option<PersonName>,
    /// `namaIbu`; a decoy where the mother is unknown.
    pub nama_ibu: Option<PersonName>,
    /// `penerbitan`; a decoy where the number tells nothing.
    pub penerbitan: Penerbitan,
    /// `pejabat`; a decoy where nobody is configured.
    pub pejabat: Option<Pejabat>,
    /// `pemegang`: of the person whose wallet keeps it, a parent for a child.
    pub pemegang: Option<HolderLink>,
    /// `hubunganPemegang`: what that person is to the one it is about.
    pub hubungan_pemegang: HolderRelation,
    /// `jaminanKunci`.
    pub jaminan_kunci: KeyAssurance,
}

/// The facts of one child's card.
#[derive(Clone, PartialEq, Eq)]
pub struct Kia {
    /// `nik` of the child.
    pub nik: Nik,
    /// `nama`.
    pub nama: PersonName,
    /// `kelahiran`.
    pub kelahiran: Kelahiran,
    /// `jenisKelamin`.
    pub jenis_kelamin: String,
    /// `golonganDarah`.
    pub golongan_darah: String,
    /// `nomorKk`: the family card that lists child and guardian.
    pub nomor_kk: NomorKk,
    /// `kepalaKeluarga`.
    pub kepala_keluarga: PersonName,
    /// `nomorAkta`; a decoy where none is recorded.
    pub nomor_akta: Option<String>,
    /// `agama`.
    pub agama: String,
    /// `kewarganegaraan`.
    pub kewarganegaraan: String,
    /// `alamat`.
    pub alamat: Alamat,
    /// `pemegang`: of the guardian whose wallet keeps it, as on that person's own identity and family card.
    pub pemegang: Option<HolderLink>,
    /// `hubunganPemegang`: what the guardian is to the child.
    pub hubungan_pemegang: HolderRelation,
    /// `jaminanKunci`.
    pub jaminan_kunci: KeyAssurance,
}

/// The facts of one letter.
#[derive(Clone, PartialEq, Eq)]
pub struct SuratKeterangan {
    /// `nomorSurat`.
    pub nomor_surat: String,
    /// `jenisSurat`: title of the template.
    pub jenis_surat: String,
    /// `nik`.
    pub nik: Nik,
    /// `nama`.
    pub nama: PersonName,
    /// `kelahiran`.
    pub kelahiran: Kelahiran,
    /// `jenisKelamin`.
    pub jenis_kelamin: String,
    /// `agama`.
    pub agama: String,
    /// `statusPerkawinan`.
    pub status_perkawinan: String,
    /// `pekerjaan`.
    pub pekerjaan: String,
    /// `kewarganegaraan`.
    pub kewarganegaraan: String,
    /// `alamat`.
    pub alamat: Alamat,
    /// `keterangan`: the sentence of the letter.
    pub keterangan: String,
    /// `keperluan`: what it was asked for.
    pub keperluan: String,
    /// `penerbitan`.
    pub penerbitan: Penerbitan,
    /// `pejabat`; a decoy where nobody is configured.
    pub pejabat: Option<Pejabat>,
    /// `pemegang`.
    pub pemegang: Option<HolderLink>,
    /// `jaminanKunci`.
    pub jaminan_kunci: KeyAssurance,
}

/// A group that is missing leaves a decoy: its absence is nobody's business.
fn group(
    claims: Object<'static>,
    name: &'static str,
    value: Option<impl Into<crate::sd_jwt::Tree<'static>>>,
) -> Object<'static> {
    match value {
        Some(value) => claims.disclosable(name, value),
        None => claims.decoys(1),
    }
}

fn name(name: &PersonName) -> String {
    name.as_str().to_owned()
}

impl AktaKelahiran {
    /// The certificate's groups: 12 digests, each one plain disclosure.
    pub fn groups(&self, format: Format) -> Groups {
        let claims = Object::with_capacity(13)
            .plain("jaminanKunci", self.jaminan_kunci.name())
            .disclosable("nomorAkta", self.nomor_akta.clone())
            .disclosable("nik", self.nik.to_string())
            .disclosable("nama", name(&self.nama))
            .disclosable("kelahiran", self.kelahiran.claim())
            .disclosable("jenisKelamin", self.jenis_kelamin.clone())
            .disclosable("kewarganegaraan", self.kewarganegaraan.clone());
        let claims = group(claims, "namaAyah", self.nama_ayah.as_ref().map(name));
        let claims = group(claims, "namaIbu", self.nama_ibu.as_ref().map(name));
        let claims = group(claims, "penerbitan", self.penerbitan.claim());
        let claims = group(claims, "pejabat", self.pejabat.as_ref().map(Pejabat::claim));
        let claims = claims.disclosable(HOLDER_RELATION, self.hubungan_pemegang.name());
        let claims = group(claims, HOLDER, self.pemegang.map(|link| link.to_string()));
        Groups::new(CredentialType::AktaKelahiran, format, claims)
    }
}

impl Kia {
    /// The card's groups: 13 digests, each one plain disclosure.
    pub fn groups(&self, format: Format) -> Groups {
        let claims = Object::with_capacity(14)
            .plain("jaminanKunci", self.jaminan_kunci.name())
            .disclosable("nik", self.nik.to_string())
            .disclosable("nama", name(&self.nama))
            .disclosable("kelahiran", self.kelahiran.claim())
            .disclosable("jenisKelamin", self.jenis_kelamin.clone())
            .disclosable("golonganDarah", self.golongan_darah.clone())
            .disclosable("nomorKk", self.nomor_kk.to_string())
            .disclosable("kepalaKeluarga", name(&self.kepala_keluarga))
            .disclosable("agama", self.agama.clone())
            .disclosable("kewarganegaraan", self.kewarganegaraan.clone())
            .disclosable("alamat", self.alamat.claim());
        let claims = group(claims, "nomorAkta", self.nomor_akta.clone());
        let claims = claims.disclosable(HOLDER_RELATION, self.hubungan_pemegang.name());
        let claims = group(claims, HOLDER, self.pemegang.map(|link| link.to_string()));
        Groups::new(CredentialType::Kia, format, claims)
    }
}

impl SuratKeterangan {
    /// The letter's groups: 16 digests, each one plain disclosure.
    pub fn groups(&self, format: Format) -> Groups {
        let claims = Object::with_capacity(17)
            .plain("jaminanKunci", self.jaminan_kunci.name())
            .disclosable("nomorSurat", self.nomor_surat.clone())
            .disclosable("jenisSurat", self.jenis_surat.clone())
            .disclosable("nik", self.nik.to_string())
            .disclosable("nama", name(&self.nama))
            .disclosable("kelahiran", self.kelahiran.claim())
            .disclosable("jenisKelamin", self.jenis_kelamin.clone())
            .disclosable("agama", self.agama.clone())
            .disclosable("statusPerkawinan", self.status_perkawinan.clone())
            .disclosable("pekerjaan", self.pekerjaan.clone())
            .disclosable("kewarganegaraan", self.kewarganegaraan.clone())
            .disclosable("alamat", self.alamat.claim())
            .disclosable("keterangan", self.keterangan.clone())
            .disclosable("keperluan", self.keperluan.clone());
        let claims = group(claims, "penerbitan", self.penerbitan.claim());
        let claims = group(claims, "pejabat", self.pejabat.as_ref().map(Pejabat::claim));
        let claims = group(claims, HOLDER, self.pemegang.map(|link| link.to_string()));
        Groups::new(CredentialType::SuratKeterangan, format, claims)
    }
}

impl Penerbitan {
    fn claim(&self) -> Option<Object<'static>> {
        if *self == Self::default() {
            return None;
        }
        let mut claim = Object::new();
        if let Some(place) = &self.tempat {
            claim = claim.plain("tempat", place.clone());
        }
        Some(match self.tanggal {
            Some(day) => claim.plain("tanggal", day.to_string()),
            None => claim,
        })
    }
}

impl Pejabat {
    fn claim(&self) -> Object<'static> {
        let claim = Object::new().plain("jabatan", self.jabatan.clone());
        match &self.nama {
            Some(name) => claim.plain("nama", name.clone()),
            None => claim,
        }
    }
}

/// Personal data never reach a log by way of `{:?}`.
macro_rules! veiled {
    ($($name:ident),*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )* };
}

veiled! { Penerbitan, AktaKelahiran, Kia, SuratKeterangan }
