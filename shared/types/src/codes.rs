//! Coded values of a person's record. Their labels are in the code tables of the schemas crate.

/// A text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Not one to three digits without a leading zero.
    Format,
    /// A well-formed code outside a closed list (sex, population status).
    Unknown,
}

impl std::fmt::Display for CodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "not a code number",
            Self::Unknown => "code outside its list",
        })
    }
}
impl std::error::Error for CodeError {}
crate::coded! { CodeError {
    Format => ("code-format", Peer),
    Unknown => ("code-unlisted", Peer),
} }

fn number(text: &str) -> Result<u16, CodeError> {
    let value = crate::form::digits(text).ok_or(CodeError::Format)?;
    let canonical = text.len() <= 3 && (text == "0" || !text.starts_with('0'));
    match u16::try_from(value) {
        Ok(value) if canonical => Ok(value),
        _ => Err(CodeError::Format),
    }
}

/// A code of one table: the type keeps tables apart, the table says whether it is listed.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u16);

        impl $name {
            /// Reads the code number, one to three digits.
            ///
            /// # Errors
            /// [`CodeError::Format`] for anything else.
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                number(text).map(Self)
            }

            /// The code number.
            #[must_use]
            pub const fn code(self) -> u16 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0)
            }
        }
        // Personal, some of it sensitive: not for logs.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
                crate::form::serde_as_text!($name, CodeError);
    };
}

code! {
    /// Golongan darah (`GOL_DRH`).
    BloodGroup
}
code! {
    /// Agama (`AGAMA`).
    Religion
}
code! {
    /// Status perkawinan (`STAT_KWN`).
    MaritalStatus
}
code! {
    /// Status hubungan dalam keluarga (`STAT_HBKEL`, SHDK).
    FamilyRelation
}
code! {
    /// Pendidikan terakhir (`PDDK_AKH`).
    Education
}
code! {
    /// Jenis pekerjaan (`JENIS_PKRJN`).
    Occupation
}
code! {
    /// Kewarganegaraan (`KWRNGRN`).
    Citizenship
}

impl FamilyRelation {
    /// Kepala keluarga, the head of the family.
    pub const HEAD: Self = Self(1);
    /// Suami, the husband of a head.
    pub const HUSBAND: Self = Self(2);
    /// Istri, the wife of a head.
    pub const WIFE: Self = Self(3);
    /// Anak, a child of the head.
    pub const CHILD: Self = Self(4);
}

impl BloodGroup {
    /// Tidak tahu, printed as `-`.
    pub const UNKNOWN: Self = Self(13);
}

/// Jenis kelamin (`JENIS_KLMIN`): 1 and 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// 1, laki-laki.
    Male,
    /// 2, perempuan.
    Female,
}

impl Sex {
    /// Reads `1` or `2`.
    ///
    /// # Errors
    /// [`CodeError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        match number(text)? {
            1 => Ok(Self::Male),
            2 => Ok(Self::Female),
            _ => Err(CodeError::Unknown),
        }
    }

    /// The code number.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Male => 1,
            Self::Female => 2,
        }
    }
}

impl std::fmt::Display for Sex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code())
    }
}
crate::form::serde_as_text!(Sex, CodeError);

/// Status dasar (`STATUS_DASAR`): 1 to 4. Drives the status list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PopulationStatus {
    /// 1, hidup.
    Living,
    /// 2, mati.
    Dead,
    /// 3, pindah: moved away.
    Moved,
    /// 4, hilang.
    Missing,
}

impl PopulationStatus {
    /// Reads `1` to `4`.
    ///
    /// # Errors
    /// [`CodeError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        match number(text)? {
            1 => Ok(Self::Living),
            2 => Ok(Self::Dead),
            3 => Ok(Self::Moved),
            4 => Ok(Self::Missing),
            _ => Err(CodeError::Unknown),
        }
    }

    /// The code number.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Living => 1,
            Self::Dead => 2,
            Self::Moved => 3,
            Self::Missing => 4,
        }
    }
}

impl std::fmt::Display for PopulationStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code())
    }
}
crate::form::serde_as_text!(PopulationStatus, CodeError);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        for text in ["", "X", "-1", "01", "1000", "1.0", " 1", "1 ", "１", "4294967297"] {
            assert_eq!(Religion::parse(text).err(), Some(CodeError::Format), "{text:?}");
        }
        for text in ["0", "3", "9"] {
            assert_eq!(Sex::parse(text).err(), Some(CodeError::Unknown), "{text:?}");
        }
        for text in ["0", "5"] {
            assert_eq!(PopulationStatus::parse(text).err(), Some(CodeError::Unknown), "{text:?}");
        }
        assert_eq!(Religion::parse("7").unwrap().code(), 7);
        assert_eq!(Sex::parse("2"), Ok(Sex::Female));
        assert_eq!(PopulationStatus::parse("3"), Ok(PopulationStatus::Moved));
        assert_eq!(FamilyRelation::parse("1"), Ok(FamilyRelation::HEAD));
        assert_eq!(format!("{:?}", Religion::parse("1").unwrap()), "Religion(…)");
    }

    proptest! {
        #[test]
        fn round_trips(code in 0_u16..1000) {
            let read = Occupation::parse(&code.to_string()).unwrap();
            prop_assert_eq!(read.code(), code);
            prop_assert_eq!(read.to_string(), code.to_string());
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), format!("\"{code}\""));
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,20}") {
            let _ = (Sex::parse(&text), PopulationStatus::parse(&text), Education::parse(&text));
        }
    }
}
