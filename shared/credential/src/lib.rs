//! The credential formats: the same card as `vc+sd-jwt` and `dc+sd-jwt`, and its status.
//!
//! ```text
//! issuer    facts ─▶ Groups ─▶ Issuance::prepare ─▶ Prepared::attach(signature) ─▶ text
//! holder    text ─▶ sd_jwt::Unverified::parse ─▶ verify ─▶ Verified; sd_jwt::Held ─▶ select ─▶ bind ─▶ attach
//! verifier  text ─▶ sd_jwt::Unverified::parse ─▶ verify ─▶ Verified; status_list::StatusToken::status
//! ```
//! Only [`Verified`] gives facts, and only [`verify()`] makes one. Time, randomness, keys and trust are
//! arguments.

mod claim_path;
mod documents;
mod facts;
mod format;
mod issuance;
mod json;
mod paper;
mod pendamping;
pub mod portrait;
pub mod sd_jwt;
pub mod status_list;
pub mod type_metadata;
mod verify;

pub use claim_path::{ClaimPath, ClaimPathError, MAX_PATH, PathElement};
pub use documents::{AktaKelahiran, HolderRelation, Kia, Pejabat, Penerbitan, SuratKeterangan};
pub use facts::{
    AGES, Alamat, Anggota, Groups, HOLDER, HOLDER_RELATION, KartuKeluarga, Kelahiran, KeyAssurance,
    KtpElektronik, holder_claim,
};
pub use format::Format;
pub use issuance::{Issuance, Issuer, StatusReference, Validity};
pub use paper::KartuKertas;
pub use pendamping::{PENDAMPING, Pendamping};
pub use verify::{Expectation, SignerHint, Verified, VerifyError, verify};

#[cfg(test)]
mod tests;
