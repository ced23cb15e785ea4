//! One resident for tests.

use crate::population::{Rules, check};
use crate::resident::Resident;
use absah_types::Date;

/// A woman of Kota Madiun, head of her family.
pub(crate) fn resident() -> Resident {
    let file = "NIK,NO_KK,NAMA_LGKP,TMPT_LHR,TGL_LHR,JENIS_KLMIN,GOL_DRH,AGAMA,STAT_KWN,STAT_HBKEL,PDDK_AKH,\
        JENIS_PKRJN,KWRNGRN,NIK_IBU,NAMA_LGKP_IBU,NIK_AYAH,NAMA_LGKP_AYAH,ALAMAT,NO_RT,NO_RW,NO_KEL,NO_KEC,NO_KAB,\
        NO_PROP,NO_AKTA_LHR,STATUS_DASAR,TGL_UBAH\n\
        3577026207650001,3577021810150001,HJ. DIAN ASTUTIK,MADIUN,22-07-1965,2,13,1,1,1,3,1,1,,INDAH,,NGATNO,\
        JL. SALAK NO. 105A,001,006,1001,02,77,35,,1,2020-02-17T13:41:01+07:00\n";
    let checked = check(file.as_bytes(), Rules::madiun(Date::parse("2026-11-22").unwrap()));
    checked.residents(file.as_bytes()).next().unwrap().1
}

/// A child of her family.
pub(crate) fn child() -> Resident {
    use absah_types::{FamilyRelation, MaritalStatus, Nik, PersonName};
    Resident {
        nik: Nik::parse("3577021203180001").unwrap(),
        nama: PersonName::parse("RAKA PRATAMA").unwrap(),
        tanggal_lahir: Date::parse("2018-03-12").unwrap(),
        status_kawin: MaritalStatus::parse("1").unwrap(),
        hubungan: FamilyRelation::CHILD,
        akta_lahir: Some("3577-LU-20032018-0007".to_owned()),
        ..resident()
    }
}
