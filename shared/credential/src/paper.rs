//! The paper twin of an identity card (design, flow C): no selective disclosure, no `cnf`.

use std::fmt;

use absah_schemas::{documents, paper};
use absah_types::{Nik, PersonName, Rng};

use crate::issuance::{CONTEXT_VCDM, Issuer, StatusReference, Validity};
use crate::json::{self, Members};
use crate::portrait::Portrait;
use crate::sd_jwt::{self, BuildError, Object, Prepared};

/// What a paper card says; all of it stands in print, too.
#[derive(Clone)]
pub struct KartuKertas {
    /// `nama`.
    pub nama: PersonName,
    /// `tahunLahir`: the year alone.
    pub tahun_lahir: u16,
    /// `kelurahan`.
    pub kelurahan: String,
    /// Whose it is: `nikAkhir` are its last four digits.
    pub nik: Nik,
    /// The picture beside it; the card has its salted hash.
    pub portrait: Portrait,
}

impl KartuKertas {
    /// The last four digits of the NIK.
    #[must_use]
    pub fn nik_akhir(&self) -> String {
        let nik = self.nik.to_string();
        nik.get(nik.len().saturating_sub(4)..).unwrap_or_default().to_owned()
    }

    /// Everything but the signature, as `vc+sd-jwt`.
    ///
    /// # Errors
    /// [`BuildError`].
    pub fn prepare(
        &self,
        issuer: &Issuer,
        validity: Validity,
        status: &StatusReference,
        rng: &mut dyn Rng,
    ) -> Result<Prepared, BuildError> {
        let mut head = String::with_capacity(1024);
        Members::new(&mut head)
            .texts("@context", &[CONTEXT_VCDM, documents::CONTEXT_URL])
            .texts("type", &paper::TYPES)
            .text("issuer", issuer.did().as_str())
            .plain("validFrom", |out| json::write_number(out, validity.from()))
            .plain("validUntil", |out| json::write_number(out, validity.until()))
            .object("credentialSchema", |schema| {
                schema.text("id", paper::SCHEMA_ID).text("type", "JsonSchema");
            })
            .number("iat", validity.from().unix())
            .number("exp", validity.until().unix())
            .object("status", |members| {
                members.object("status_list", |list| {
                    list.number("idx", status.idx).text("uri", &status.uri);
                });
            });
        let facts = Object::new()
            .plain("nama", self.nama.as_str().to_owned())
            .plain("tahunLahir", i64::from(self.tahun_lahir))
            .plain("kelurahan", self.kelurahan.clone())
            .plain("nikAkhir", self.nik_akhir())
            .plain("portrait", self.portrait.digest());
        let subject = Object::new().plain("credentialSubject", facts);
        sd_jwt::prepare_after(&issuer.vc_header, &head, &[], &subject, rng)
    }
}

impl fmt::Debug for KartuKertas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KartuKertas(…)")
    }
}
