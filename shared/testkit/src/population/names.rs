//! Names, streets and towns to choose from: common ones, put together at random.

use crate::SeededRng;
use absah_types::Sex;

const MEN: &[&str] = &[
    "ADI", "AGUS", "AHMAD", "ALIF", "ANDIKA", "ANGGA", "ARIF", "BAGUS", "BAMBANG", "BAYU", "BIMA", "BUDI",
    "CAHYO", "DANANG", "DENI", "DIMAS", "DWI", "EKO", "FAJAR", "FARHAN", "GALIH", "GILANG", "HADI", "HARI",
    "HENDRA", "IMAM", "INDRA", "IRFAN", "JOKO", "KUKUH", "LUTFI", "MUHAMMAD", "NANANG", "NUR", "PANJI",
    "PRASETYO", "RAKA", "RENDRA", "RIZKI", "SATRIA", "SIGIT", "SLAMET", "SUGENG", "TEGUH", "TRI", "UNTUNG",
    "WAHYU", "WISNU", "YOGA", "YUSUF",
];

const WOMEN: &[&str] = &[
    "AISYAH", "ALYA", "AMALIA", "ANI", "ANISA", "ASTRI", "AYU", "BELLA", "CITRA", "DEWI", "DIAH", "DINDA",
    "DWI", "ENDANG", "ERNA", "FATIMAH", "FITRI", "HANIFAH", "INDAH", "INTAN", "KARTIKA", "LAILA", "LESTARI",
    "LILIS", "MAYA", "MEGA", "MELATI", "NABILA", "NADIA", "NINGSIH", "NOVI", "NUR", "NURUL", "PUTRI",
    "RAHMA", "RANI", "RATNA", "RETNO", "RINA", "SALMA", "SARI", "SEKAR", "SITI", "SRI", "TITIK", "TRI",
    "UMI", "VINA", "WAHYUNI", "YANTI",
];

const SECOND_MEN: &[&str] = &[
    "ADITYA",
    "ANWAR",
    "ARDIANSYAH",
    "BASUKI",
    "CAHYONO",
    "DARMAWAN",
    "EFENDI",
    "FIRMANSYAH",
    "GUNAWAN",
    "HARTONO",
    "HIDAYAT",
    "IRAWAN",
    "ISWANTO",
    "JATMIKO",
    "KURNIAWAN",
    "KUSUMA",
    "LAKSONO",
    "MAHENDRA",
    "MAULANA",
    "MULYONO",
    "NUGROHO",
    "PAMUNGKAS",
    "PERMANA",
    "PRADANA",
    "PRASETYA",
    "PRAYITNO",
    "PURNOMO",
    "PUTRA",
    "RAHARJO",
    "RAMADHAN",
    "SANTOSO",
    "SAPUTRA",
    "SETIAWAN",
    "SISWANTO",
    "SUBAGYO",
    "SUGIARTO",
    "SUHARTO",
    "SULISTYO",
    "SUPRIYADI",
    "SUSILO",
    "SUTRISNO",
    "SUWARNO",
    "UTOMO",
    "WARDANA",
    "WIBOWO",
    "WICAKSONO",
    "WIDODO",
    "WIJAYA",
    "WINARTO",
    "YULIANTO",
];

const SECOND_WOMEN: &[&str] = &[
    "AGUSTINA",
    "AMBARWATI",
    "ANDRIYANI",
    "ANGGRAINI",
    "APRILIA",
    "ASTUTI",
    "AZZAHRA",
    "CAHYANI",
    "DAMAYANTI",
    "FEBRIANTI",
    "HANDAYANI",
    "HARTATI",
    "HIDAYATI",
    "INDRIYANI",
    "ISTIQOMAH",
    "JULIANTI",
    "KHASANAH",
    "KUSUMAWATI",
    "LESTARI",
    "MAHARANI",
    "MARDIANA",
    "MAULIDA",
    "MULYANI",
    "NOVITASARI",
    "NURHAYATI",
    "OKTAVIANI",
    "PERMATASARI",
    "PRATIWI",
    "PUSPITASARI",
    "RAHAYU",
    "RAHMAWATI",
    "RAMADHANI",
    "RETNOWATI",
    "ROHMAH",
    "SAFITRI",
    "SAPUTRI",
    "SETYANINGSIH",
    "SULASTRI",
    "SULISTYOWATI",
    "SUSANTI",
    "UTAMI",
    "WARDANI",
    "WIDAYATI",
    "WIDIASTUTI",
    "WIDYAWATI",
    "WIJAYANTI",
    "WULANDARI",
    "YULIANTI",
    "YUNITASARI",
    "ZULAIKHAH",
];

/// Degrees behind a name and the code of the education they show.
const DEGREES: &[(&str, u16)] = &[
    (", A.MD.", 7),
    (", S.PD.", 8),
    (", S.E.", 8),
    (", S.H.", 8),
    (", S.KOM.", 8),
    (", S.T.", 8),
    (", S.PD., M.PD.", 9),
    (", S.E., M.M.", 9),
];

const STREETS: &[&str] = &[
    "ANGGREK",
    "BALI",
    "BARITO",
    "CENDANA",
    "CILIWUNG",
    "DELIMA",
    "GAJAH MADA",
    "HALMAHERA",
    "IMAM BONJOL",
    "KALIMANTAN",
    "KAPUAS",
    "KENANGA",
    "MASTRIP",
    "MAWAR",
    "MELATI",
    "MERPATI",
    "PAHLAWAN",
    "PANGLIMA SUDIRMAN",
    "RAJAWALI",
    "SALAK",
    "SERAYU",
    "SETIA BUDI",
    "SUMATRA",
    "TANJUNG MANIS",
    "THAMRIN",
    "TRUNOJOYO",
    "YOS SUDARSO",
];

/// Where people were born, when not in Madiun.
const TOWNS: &[&str] = &[
    "BOJONEGORO",
    "JAKARTA",
    "JOMBANG",
    "KEDIRI",
    "MAGETAN",
    "MALANG",
    "NGANJUK",
    "NGAWI",
    "PACITAN",
    "PONOROGO",
    "SURABAYA",
    "SURAKARTA",
    "TRENGGALEK",
    "WONOGIRI",
    "YOGYAKARTA",
];

/// A name of two or three parts, without titles.
pub(super) fn name(rng: &mut SeededRng, sex: Sex) -> String {
    let (first, second) = match sex {
        Sex::Male => (MEN, SECOND_MEN),
        Sex::Female => (WOMEN, SECOND_WOMEN),
    };
    let mut name = rng.pick(first).to_owned();
    if rng.percent(60) {
        let middle = rng.pick(first);
        if middle != name {
            name.push(' ');
            name.push_str(middle);
        }
    }
    name.push(' ');
    name.push_str(rng.pick(second));
    name
}

/// A degree that belongs to the education, now and then; most people do not write theirs.
pub(super) fn degree(rng: &mut SeededRng, education: u16) -> &'static str {
    let (text, of) = rng.pick(DEGREES);
    if of == education { text } else { "" }
}

/// Street and number.
pub(super) fn street(rng: &mut SeededRng) -> String {
    let street = rng.pick(STREETS);
    let number = rng.between(1, 199);
    match rng.below(5) {
        0 => format!("PERUM GRIYA {street} BLOK {} NO. {number}", rng.pick(&["A", "B", "C", "D"])),
        1 => format!("JL. {street} GG. {} NO. {number}", rng.pick(&["I", "II", "III", "IV"])),
        _ => format!("JL. {street} NO. {number}"),
    }
}

/// Town of birth.
pub(super) fn town(rng: &mut SeededRng) -> &'static str {
    if rng.percent(80) { "MADIUN" } else { rng.pick(TOWNS) }
}
