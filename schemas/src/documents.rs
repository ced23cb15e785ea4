//! The public documents, as bytes and by the path they are served at.

use crate::CredentialType;

/// The address of our JSON-LD context.
pub const CONTEXT_URL: &str = "https://absah.madiunkota.go.id/contexts/kependudukan/v1";
/// The JSON-LD context that defines every term of our credentials.
pub const CONTEXT: &str = include_str!("../contexts/kependudukan-v1.jsonld");
/// SD-JWT VC type metadata of the identity card.
pub const VCT_KTP_ELEKTRONIK: &str = include_str!("../vct/ktp-elektronik.json");
/// SD-JWT VC type metadata of the family card.
pub const VCT_KARTU_KELUARGA: &str = include_str!("../vct/kartu-keluarga.json");
/// SD-JWT VC type metadata of the birth certificate.
pub const VCT_AKTA_KELAHIRAN: &str = include_str!("../vct/akta-kelahiran.json");
/// SD-JWT VC type metadata of the child's card.
pub const VCT_KIA: &str = include_str!("../vct/kia.json");
/// SD-JWT VC type metadata of the kelurahan's letters.
pub const VCT_SURAT_KETERANGAN: &str = include_str!("../vct/surat-keterangan.json");
/// JSON Schema of the identity card, as disclosed in the `vc+sd-jwt` form.
pub const SCHEMA_KTP_ELEKTRONIK: &str = include_str!("../json-schema/KtpElektronik.json");
/// JSON Schema of the family card, as disclosed in the `vc+sd-jwt` form.
pub const SCHEMA_KARTU_KELUARGA: &str = include_str!("../json-schema/KartuKeluarga.json");
/// JSON Schema of the birth certificate, as disclosed in the `vc+sd-jwt` form.
pub const SCHEMA_AKTA_KELAHIRAN: &str = include_str!("../json-schema/AktaKelahiran.json");
/// JSON Schema of the child's card, as disclosed in the `vc+sd-jwt` form.
pub const SCHEMA_KIA: &str = include_str!("../json-schema/Kia.json");
/// JSON Schema of the kelurahan's letters, as disclosed in the `vc+sd-jwt` form.
pub const SCHEMA_SURAT_KETERANGAN: &str = include_str!("../json-schema/SuratKeterangan.json");

/// SD-JWT VC type metadata of the paper twin.
pub const VCT_KARTU_KERTAS: &str = include_str!("../vct/kartu-kertas.json");
/// JSON Schema of the paper twin.
pub const SCHEMA_KARTU_KERTAS: &str = include_str!("../json-schema/KartuKertas.json");

/// A document with the media type it is served as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Path on the issuer's host and on the host of our identifiers.
    pub path: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Content.
    pub text: &'static str,
}

/// All public documents.
pub const ALL: &[Document] = &[
    Document { path: "/vct/kartu-kertas/1", media_type: "application/json", text: VCT_KARTU_KERTAS },
    Document {
        path: "/schemas/kartu-kertas/1.json",
        media_type: "application/schema+json",
        text: SCHEMA_KARTU_KERTAS,
    },
    Document { path: "/contexts/kependudukan/v1", media_type: "application/ld+json", text: CONTEXT },
    Document { path: "/vct/ktp-elektronik/1", media_type: "application/json", text: VCT_KTP_ELEKTRONIK },
    Document { path: "/vct/kartu-keluarga/1", media_type: "application/json", text: VCT_KARTU_KELUARGA },
    Document {
        path: "/schemas/ktp-elektronik/1.json",
        media_type: "application/schema+json",
        text: SCHEMA_KTP_ELEKTRONIK,
    },
    Document {
        path: "/schemas/kartu-keluarga/1.json",
        media_type: "application/schema+json",
        text: SCHEMA_KARTU_KELUARGA,
    },
    Document { path: "/vct/akta-kelahiran/1", media_type: "application/json", text: VCT_AKTA_KELAHIRAN },
    Document { path: "/vct/kia/1", media_type: "application/json", text: VCT_KIA },
    Document { path: "/vct/surat-keterangan/1", media_type: "application/json", text: VCT_SURAT_KETERANGAN },
    Document {
        path: "/schemas/akta-kelahiran/1.json",
        media_type: "application/schema+json",
        text: SCHEMA_AKTA_KELAHIRAN,
    },
    Document { path: "/schemas/kia/1.json", media_type: "application/schema+json", text: SCHEMA_KIA },
    Document {
        path: "/schemas/surat-keterangan/1.json",
        media_type: "application/schema+json",
        text: SCHEMA_SURAT_KETERANGAN,
    },
];

/// The document served at a path.
#[must_use]
pub fn at(path: &str) -> Option<&'static Document> {
    ALL.iter().find(|document| document.path == path)
}

/// The JSON Schema of a type.
#[must_use]
pub const fn schema(kind: CredentialType) -> &'static str {
    match kind {
        CredentialType::KtpElektronik => SCHEMA_KTP_ELEKTRONIK,
        CredentialType::KartuKeluarga => SCHEMA_KARTU_KELUARGA,
        CredentialType::AktaKelahiran => SCHEMA_AKTA_KELAHIRAN,
        CredentialType::Kia => SCHEMA_KIA,
        CredentialType::SuratKeterangan => SCHEMA_SURAT_KETERANGAN,
    }
}

/// The type metadata of a type.
#[must_use]
pub const fn type_metadata(kind: CredentialType) -> &'static str {
    match kind {
        CredentialType::KtpElektronik => VCT_KTP_ELEKTRONIK,
        CredentialType::KartuKeluarga => VCT_KARTU_KELUARGA,
        CredentialType::AktaKelahiran => VCT_AKTA_KELAHIRAN,
        CredentialType::Kia => VCT_KIA,
        CredentialType::SuratKeterangan => VCT_SURAT_KETERANGAN,
    }
}
