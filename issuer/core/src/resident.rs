//! A resident as the register knows them: every value read once and typed.

use absah_types::{
    BloodGroup, Citizenship, Date, Education, FamilyRelation, MaritalStatus, Nik, NomorKk, Occupation,
    PersonName, PopulationStatus, RegionCode, Religion, RtRw, Sex, Timestamp,
};

/// One person's record in the population register. Its values are personal: their types print as `…` in Debug, and
/// this type has no Debug that would show the plain texts.
#[derive(Clone, PartialEq, Eq)]
pub struct Resident {
    /// Population number.
    pub nik: Nik,
    /// Family card number.
    pub no_kk: NomorKk,
    /// Full name, titles included.
    pub nama: PersonName,
    /// Place of birth.
    pub tempat_lahir: String,
    /// Date of birth.
    pub tanggal_lahir: Date,
    /// Sex.
    pub jenis_kelamin: Sex,
    /// Blood group.
    pub golongan_darah: BloodGroup,
    /// Religion.
    pub agama: Religion,
    /// Marital status.
    pub status_kawin: MaritalStatus,
    /// Relation to the head of the family.
    pub hubungan: FamilyRelation,
    /// Highest education.
    pub pendidikan: Education,
    /// Occupation.
    pub pekerjaan: Occupation,
    /// Citizenship.
    pub kewarganegaraan: Citizenship,
    /// The mother's NIK, if known.
    pub nik_ibu: Option<Nik>,
    /// The mother's name, if known.
    pub nama_ibu: Option<PersonName>,
    /// The father's NIK, if known.
    pub nik_ayah: Option<Nik>,
    /// The father's name, if known.
    pub nama_ayah: Option<PersonName>,
    /// Street and number.
    pub alamat: String,
    /// Neighbourhood.
    pub rt_rw: RtRw,
    /// The kelurahan.
    pub wilayah: RegionCode,
    /// Number of the birth certificate, if known.
    pub akta_lahir: Option<String>,
    /// Alive, dead, moved away or missing.
    pub status_dasar: PopulationStatus,
    /// When the register last changed the record, if known.
    pub diubah: Option<Timestamp>,
}

impl core::fmt::Debug for Resident {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Resident(…)")
    }
}
