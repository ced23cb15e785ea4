//! What a card says about people, grouped as people think: each group is one disclosure.

use std::fmt;

use absah_schemas::CredentialType;
use absah_types::{Date, HolderLink, Nik, NomorKk, PersonName, RtRw, Sector, SectorTokens};
use serde::{Deserialize, Serialize};

use crate::claim_path::ClaimPath;
use crate::format::Format;
use crate::pendamping::{PENDAMPING, Pendamping};
use crate::portrait::Portrait;
use crate::sd_jwt::{Array, Object};

/// The ages in whole years that a card proves without the birth date.
pub const AGES: [u16; 3] = [17, 21, 60];

/// The claim for the picture.
const PORTRAIT: &str = "portrait";
/// The claim that says to which person a card was issued.
pub const HOLDER: &str = "pemegang";
/// The claim that says what that person is to the one a document is about.
pub const HOLDER_RELATION: &str = "hubunganPemegang";
/// The group of the numbers that stand for a person; on an identity card the link to other cards is one of them, so
/// that it costs those nothing who show one card only.
const NUMBERS: &str = "token";

/// Where a card says to which person it was issued, seen from the subject.
pub fn holder_claim(kind: CredentialType) -> ClaimPath {
    match kind {
        CredentialType::KtpElektronik => ClaimPath::key(HOLDER).under(NUMBERS),
        CredentialType::KartuKeluarga
        | CredentialType::AktaKelahiran
        | CredentialType::Kia
        | CredentialType::SuratKeterangan => ClaimPath::key(HOLDER),
    }
}

/// Where the holder's key lives (`jaminanKunci`, always visible): services may demand a level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyAssurance {
    /// In a chip that does not give it out.
    Hardware,
    /// In an encrypted file.
    #[default]
    Software,
    /// In a web page's key store.
    Web,
}

impl KeyAssurance {
    /// The value of the claim.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hardware => "hardware",
            Self::Software => "software",
            Self::Web => "web",
        }
    }

    /// The level that a card says: the value of its claim.
    #[must_use]
    pub fn of_claim(claim: &str) -> Option<Self> {
        [Self::Hardware, Self::Software, Self::Web].into_iter().find(|level| level.name() == claim)
    }

    /// Whether it is this level or a better one.
    #[must_use]
    pub const fn is_at_least(self, least: Self) -> bool {
        self.rank() >= least.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Web => 0,
            Self::Software => 1,
            Self::Hardware => 2,
        }
    }
}

/// Place and date of birth.
#[derive(Clone, PartialEq, Eq)]
pub struct Kelahiran {
    /// `tempat`: name of the regency or town.
    pub tempat: String,
    /// `tanggal`, written `yyyy-mm-dd`.
    pub tanggal: Date,
}

/// An address, with names instead of codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Alamat {
    /// `jalan`: street and number.
    pub jalan: String,
    /// `rt` and `rw`, three digits each.
    pub rt_rw: RtRw,
    /// `kelurahan`.
    pub kelurahan: String,
    /// `kecamatan`.
    pub kecamatan: String,
    /// `kota`: town or regency.
    pub kota: String,
    /// `provinsi`.
    pub provinsi: String,
}

/// The facts of one identity card. Coded values are their labels; the version of the code list stands in
/// the type metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct KtpElektronik {
    /// `nik`.
    pub nik: Nik,
    /// `nama`.
    pub nama: PersonName,
    /// `kelahiran`.
    pub kelahiran: Kelahiran,
    /// `jenisKelamin`.
    pub jenis_kelamin: String,
    /// `golonganDarah`.
    pub golongan_darah: String,
    /// `alamat`.
    pub alamat: Alamat,
    /// `agama`.
    pub agama: String,
    /// `statusPerkawinan`.
    pub status_perkawinan: String,
    /// `pekerjaan`.
    pub pekerjaan: String,
    /// `kewarganegaraan`.
    pub kewarganegaraan: String,
    /// `portrait`; without one a decoy stands in its place.
    pub portrait: Option<Portrait>,
    /// `wargaKotaMadiun`.
    pub warga_kota_madiun: bool,
    /// `token`: the numbers that stand for the person in each sector; without them a decoy stands in their place.
    pub token: Option<SectorTokens>,
    /// `token.pemegang`: ties the card to others of the same person.
    pub pemegang: Option<HolderLink>,
    /// `jaminanKunci`.
    pub jaminan_kunci: KeyAssurance,
}

/// The facts of one member of a family card.
#[derive(Clone, PartialEq, Eq)]
pub struct Anggota {
    /// `nik`.
    pub nik: Nik,
    /// `nama`.
    pub nama: PersonName,
    /// `jenisKelamin`.
    pub jenis_kelamin: String,
    /// `kelahiran`.
    pub kelahiran: Kelahiran,
    /// `agama`.
    pub agama: String,
    /// `pendidikan`.
    pub pendidikan: String,
    /// `pekerjaan`.
    pub pekerjaan: String,
    /// `statusPerkawinan`.
    pub status_perkawinan: String,
    /// `hubungan` to the head of the family.
    pub hubungan: String,
    /// `kewarganegaraan`.
    pub kewarganegaraan: String,
    /// `namaAyah`.
    pub nama_ayah: PersonName,
    /// `namaIbu`.
    pub nama_ibu: PersonName,
}

/// The facts of one family card.
#[derive(Clone, PartialEq, Eq)]
pub struct KartuKeluarga {
    /// `nomorKk`.
    pub nomor_kk: NomorKk,
    /// `alamat`.
    pub alamat: Alamat,
    /// `kepalaKeluarga`: name of the head.
    pub kepala_keluarga: PersonName,
    /// `anggota`: all members, the head too.
    pub anggota: Vec<Anggota>,
    /// `pemegang`: ties the card to others of the person it was issued to; without one a decoy stands in its place.
    pub pemegang: Option<HolderLink>,
    /// `jaminanKunci`.
    pub jaminan_kunci: KeyAssurance,
}

/// The claims of one card in one format, ready to be signed as often as a batch needs.
#[derive(Clone, PartialEq)]
pub struct Groups {
    kind: CredentialType,
    format: Format,
    claims: Object<'static>,
}

impl Groups {
    /// Claims of a type that has no struct here; the caller decides what is disclosable.
    pub fn new(kind: CredentialType, format: Format, claims: Object<'static>) -> Self {
        Self { kind, format, claims }
    }

    /// The type of the card.
    pub fn kind(&self) -> CredentialType {
        self.kind
    }

    /// The format these groups are for: the portrait differs.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The claims about the subject.
    pub fn claims(&self) -> &Object<'static> {
        &self.claims
    }

    /// The same on a card that a helper carries for half an hour: every reader is told who.
    #[must_use]
    pub fn carried_by(self, helper: &Pendamping) -> Self {
        let helper = Object::new()
            .plain("nomor", helper.id.clone())
            .plain("nama", helper.nama.clone())
            .plain("organisasi", helper.organisasi.clone());
        Self { claims: self.claims.plain(PENDAMPING, helper), ..self }
    }

    /// Replaces what no two copies of one card share, as far as the card has it: a batch builds all else once.
    pub fn renew(&mut self, portrait: Option<&Portrait>, link: Option<HolderLink>) {
        if let Some(portrait) = portrait.filter(|_| self.format == Format::VcSdJwt) {
            self.claims.replace(ClaimPath::key(PORTRAIT).elements(), portrait.digest());
        }
        if let Some(link) = link {
            self.claims.replace(holder_claim(self.kind).elements(), link.to_string());
        }
    }
}

impl KtpElektronik {
    /// The card's groups with the ages of `today`: 16 digests, each one plain disclosure but `token`, which has one
    /// disclosure per sector and one for `pemegang` inside, so that showing one of them shows no other.
    ///
    /// In `vc+sd-jwt` `portrait` is the salted hash and the picture travels beside it; in `dc+sd-jwt`, for
    /// other people's wallets, it is the picture.
    pub fn groups(&self, format: Format, today: Date) -> Groups {
        let age = self.kelahiran.tanggal.age_on(today);
        let mut claims = Object::with_capacity(20)
            .plain("jaminanKunci", self.jaminan_kunci.name())
            .disclosable("nik", self.nik.to_string())
            .disclosable("nama", self.nama.as_str().to_owned())
            .disclosable("kelahiran", self.kelahiran.claim())
            .disclosable("jenisKelamin", self.jenis_kelamin.clone())
            .disclosable("golonganDarah", self.golongan_darah.clone())
            .disclosable("alamat", self.alamat.claim())
            .disclosable("agama", self.agama.clone())
            .disclosable("statusPerkawinan", self.status_perkawinan.clone())
            .disclosable("pekerjaan", self.pekerjaan.clone())
            .disclosable("kewarganegaraan", self.kewarganegaraan.clone());
        for years in AGES {
            claims = claims.disclosable(format!("usiaMinimal{years}"), age >= years);
        }
        claims = claims.disclosable("wargaKotaMadiun", self.warga_kota_madiun);
        claims = match (&self.portrait, format) {
            (None, _) => claims.decoys(1),
            (Some(portrait), Format::VcSdJwt) => claims.disclosable(PORTRAIT, portrait.digest()),
            (Some(portrait), Format::DcSdJwt) => claims.disclosable(PORTRAIT, portrait.data_url()),
        };
        claims = match (&self.token, self.pemegang) {
            (None, None) => claims.decoys(1),
            (tokens, link) => claims.disclosable(NUMBERS, numbers(tokens.as_ref(), link)),
        };
        Groups::new(CredentialType::KtpElektronik, format, claims)
    }

    /// The next day on which one of [`AGES`] is reached: no card may live past it.
    pub fn next_age(&self, today: Date) -> Option<Date> {
        AGES.map(|years| self.kelahiran.tanggal.plus_years(years)).into_iter().find(|day| *day > today)
    }
}

impl KartuKeluarga {
    /// The card's groups: number, address and head in one piece each; every member one disclosure with each
    /// field inside again; decoys up to the next of 4, 8, 12, 16 members, all in an order that says nothing.
    pub fn groups(&self, format: Format) -> Groups {
        let places = self.anggota.len().max(1).next_multiple_of(4);
        let mut members = Array::new().unordered().decoys(places - self.anggota.len());
        for member in &self.anggota {
            members = members.disclosable(member.claims());
        }
        let claims = Object::new()
            .plain("jaminanKunci", self.jaminan_kunci.name())
            .disclosable("nomorKk", self.nomor_kk.to_string())
            .disclosable("alamat", self.alamat.claim())
            .disclosable("kepalaKeluarga", self.kepala_keluarga.as_str().to_owned())
            .plain("anggota", members);
        let claims = match self.pemegang {
            None => claims.decoys(1),
            Some(link) => claims.disclosable(HOLDER, link.to_string()),
        };
        Groups::new(CredentialType::KartuKeluarga, format, claims)
    }
}

impl Anggota {
    fn claims(&self) -> Object<'static> {
        Object::new()
            .disclosable("nik", self.nik.to_string())
            .disclosable("nama", self.nama.as_str().to_owned())
            .disclosable("jenisKelamin", self.jenis_kelamin.clone())
            .disclosable("kelahiran", self.kelahiran.claim())
            .disclosable("agama", self.agama.clone())
            .disclosable("pendidikan", self.pendidikan.clone())
            .disclosable("pekerjaan", self.pekerjaan.clone())
            .disclosable("statusPerkawinan", self.status_perkawinan.clone())
            .disclosable("hubungan", self.hubungan.clone())
            .disclosable("kewarganegaraan", self.kewarganegaraan.clone())
            .disclosable("namaAyah", self.nama_ayah.as_str().to_owned())
            .disclosable("namaIbu", self.nama_ibu.as_str().to_owned())
    }
}

fn numbers(tokens: Option<&SectorTokens>, link: Option<HolderLink>) -> Object<'static> {
    let mut numbers = Object::with_capacity(Sector::ALL.len() + 1);
    for (sector, token) in tokens.into_iter().flat_map(SectorTokens::iter) {
        numbers = numbers.disclosable(sector.name(), token.to_string());
    }
    match link {
        None => numbers,
        Some(link) => numbers.disclosable(HOLDER, link.to_string()),
    }
}

impl Kelahiran {
    pub(crate) fn claim(&self) -> Object<'static> {
        Object::new().plain("tempat", self.tempat.clone()).plain("tanggal", self.tanggal.to_string())
    }
}

impl Alamat {
    pub(crate) fn claim(&self) -> Object<'static> {
        Object::new()
            .plain("jalan", self.jalan.clone())
            .plain("rt", self.rt_rw.rt())
            .plain("rw", self.rt_rw.rw())
            .plain("kelurahan", self.kelurahan.clone())
            .plain("kecamatan", self.kecamatan.clone())
            .plain("kota", self.kota.clone())
            .plain("provinsi", self.provinsi.clone())
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

veiled! { Kelahiran, Alamat, KtpElektronik, Anggota, KartuKeluarga, Groups }
