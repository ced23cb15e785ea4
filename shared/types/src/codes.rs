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
