//! The credential types and their claims, read from the type metadata (`vct/*.json`).

use crate::documents;
use absah_types::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

/// A kind of credential we issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CredentialType {
    /// The electronic identity card of one person.
    KtpElektronik,
    /// The family card.
    KartuKeluarga,
    /// The birth certificate.
    AktaKelahiran,
    /// The identity card of a child, kept in a parent's wallet.
    Kia,
    /// A letter of a kelurahan.
    SuratKeterangan,
}

/// One claim of a type: what can be asked for and how it is called.
#[derive(Debug, Deserialize)]
pub struct Claim {
    /// Where it stands, seen from the top of a `dc+sd-jwt`; `null` means every element of an array.
    pub path: Vec<Option<String>>,
    /// Whether it is selectively disclosable: `always` or `never`.
    pub sd: String,
    display: Vec<Display>,
}

#[derive(Debug, Deserialize)]
struct Display {
    locale: String,
    #[serde(alias = "label")]
    name: String,
    #[serde(default)]
    description: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Metadata {
    display: Vec<Display>,
    pub(crate) claims: Vec<Claim>,
}

impl Metadata {
    /// What people call the type.
    pub(crate) fn display_name(&self, lang: Lang) -> Option<&str> {
        in_lang(&self.display, lang).map(|entry| entry.name.as_str())
    }
}

static KTP: LazyLock<Metadata> = LazyLock::new(|| read(documents::VCT_KTP_ELEKTRONIK));
static KK: LazyLock<Metadata> = LazyLock::new(|| read(documents::VCT_KARTU_KELUARGA));
static AKTA: LazyLock<Metadata> = LazyLock::new(|| read(documents::VCT_AKTA_KELAHIRAN));
static KIA: LazyLock<Metadata> = LazyLock::new(|| read(documents::VCT_KIA));
static SURAT: LazyLock<Metadata> = LazyLock::new(|| read(documents::VCT_SURAT_KETERANGAN));

fn read(json: &str) -> Metadata {
    // A test proves that all read.
    serde_json::from_str(json).unwrap_or_default()
}

fn in_lang(display: &[Display], lang: Lang) -> Option<&Display> {
    display.iter().find(|entry| entry.locale == lang.tag())
}

impl CredentialType {
    /// All types.
    pub const ALL: [Self; 5] =
        [Self::KtpElektronik, Self::KartuKeluarga, Self::AktaKelahiran, Self::Kia, Self::SuratKeterangan];

    /// The name used on command lines, in `type` of `vc+sd-jwt` and in configuration ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KtpElektronik => "KtpElektronik",
            Self::KartuKeluarga => "KartuKeluarga",
            Self::AktaKelahiran => "AktaKelahiran",
            Self::Kia => "Kia",
            Self::SuratKeterangan => "SuratKeterangan",
        }
    }

    /// The type with this [`CredentialType::name`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The type with this `vct`.
    #[must_use]
    pub fn of_vct(vct: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.vct() == vct)
    }

    /// The `vct` of its `dc+sd-jwt` form.
    #[must_use]
    pub const fn vct(self) -> &'static str {
        match self {
            Self::KtpElektronik => "https://absah.madiunkota.go.id/vct/ktp-elektronik/1",
            Self::KartuKeluarga => "https://absah.madiunkota.go.id/vct/kartu-keluarga/1",
            Self::AktaKelahiran => "https://absah.madiunkota.go.id/vct/akta-kelahiran/1",
            Self::Kia => "https://absah.madiunkota.go.id/vct/kia/1",
            Self::SuratKeterangan => "https://absah.madiunkota.go.id/vct/surat-keterangan/1",
        }
    }

    /// The `type` values of its `vc+sd-jwt` form.
    #[must_use]
    pub const fn types(self) -> [&'static str; 2] {
        ["VerifiableCredential", self.name()]
    }

    /// The id of its JSON Schema (`credentialSchema`).
    #[must_use]
    pub const fn schema_id(self) -> &'static str {
        match self {
            Self::KtpElektronik => "https://absah.madiunkota.go.id/schemas/ktp-elektronik/1.json",
            Self::KartuKeluarga => "https://absah.madiunkota.go.id/schemas/kartu-keluarga/1.json",
            Self::AktaKelahiran => "https://absah.madiunkota.go.id/schemas/akta-kelahiran/1.json",
            Self::Kia => "https://absah.madiunkota.go.id/schemas/kia/1.json",
            Self::SuratKeterangan => "https://absah.madiunkota.go.id/schemas/surat-keterangan/1.json",
        }
    }

    fn metadata(self) -> &'static Metadata {
        match self {
            Self::KtpElektronik => &KTP,
            Self::KartuKeluarga => &KK,
            Self::AktaKelahiran => &AKTA,
            Self::Kia => &KIA,
            Self::SuratKeterangan => &SURAT,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn display_name(self, lang: Lang) -> &'static str {
        in_lang(&self.metadata().display, lang).map_or(self.name(), |entry| &entry.name)
    }

    /// All claims, each group before its parts.
    #[must_use]
    pub fn claims(self) -> &'static [Claim] {
        &self.metadata().claims
    }

    /// The groups: claims that are disclosed as a whole, in the order of the card.
    pub fn groups(self) -> impl Iterator<Item = &'static Claim> {
        self.claims().iter().filter(|claim| claim.path.len() == 1)
    }

    /// The claim at a dotted path, `kelahiran.tempat`; `*` stands for every element of an array.
    #[must_use]
    pub fn claim(self, dotted: &str) -> Option<&'static Claim> {
        self.claims().iter().find(|claim| claim.dotted() == dotted)
    }
}

impl Claim {
    /// The path with dots: `kelahiran.tempat`, `anggota.*.nama`.
    #[must_use]
    pub fn dotted(&self) -> String {
        let parts: Vec<&str> = self.path.iter().map(|part| part.as_deref().unwrap_or("*")).collect();
        parts.join(".")
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        in_lang(&self.display, lang).map_or("", |entry| &entry.name)
    }

    /// One sentence about it; empty when the label says all.
    #[must_use]
    pub fn description(&self, lang: Lang) -> &str {
        in_lang(&self.display, lang).map_or("", |entry| &entry.description)
    }
}
