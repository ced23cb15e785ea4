//! A small city for tests (feature `sample`): fixed keys, certificates, a registered counter, a bundle.
//!
//! Every key is known to everybody who reads this file. Nothing here is for use outside tests.
#![expect(clippy::unwrap_used, reason = "test material: a failure here is a failed test")]

use std::collections::BTreeMap;
use std::sync::Mutex;

use absah_credential::portrait::Portrait;
use absah_credential::status_list::{Bits, PreparedStatusToken, Status, StatusClaims, StatusList};
use absah_credential::{self as credential, Format, Groups, StatusReference};
use absah_crypto::jws::Header;
use absah_crypto::{PrivateKey, PublicKey, SignError, Signature, Signer};
use absah_types::{
    Date, HolderLink, HttpsUrl, Nik, NomorKk, PersonName, Rng, RtRw, Seconds, Secret, SectorToken,
    SectorTokens, Timestamp,
};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyUsagePurpose, PublicKeyData, SerialNumber, SigningKey,
};

use crate::bundle::{self, Anchor, Bundle, Contents, Files, OnlineSigners, Publication, TrustedState};
use crate::policy::Policy;
use crate::registration::{Ask, LocalText, Registration, Service, SignedRegistration, Tier};
use crate::trust_list::{CertificateDer, Issuer as TrustedIssuer, KeyRole, TrustList, TrustedKey};
use crate::tuf;

/// The issuer's HTTPS identifier.
pub const URL: &str = "https://dukcapil.example";
/// The issuer's `did:web`.
pub const DID: &str = "did:web:dukcapil.example";

/// The list on which the sample credentials stand.
pub const STATUS_LIST: &str = "https://dukcapil.example/status/0";

/// A fixed private key; equal seeds (not 0) give equal keys.
#[must_use]
pub fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_bytes(&Secret::new([seed; 32])).unwrap()
}

/// Signs each message once per process and then repeats itself: so the city says the same twice on a backend
/// whose signatures are randomised, too.
pub struct Steady(pub PrivateKey);

static SIGNED: Mutex<BTreeMap<[u8; 32], Signature>> = Mutex::new(BTreeMap::new());

impl Steady {
    fn again(key: &PrivateKey, message: &[u8]) -> Signature {
        let name = absah_crypto::sha256_concat(&[key.public_key().to_sec1(), message]);
        *SIGNED.lock().unwrap().entry(name).or_insert_with(|| key.sign(message))
    }
}

impl Signer for Steady {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Signature, SignError> {
        Ok(Self::again(&self.0, message))
    }
}

/// The keys of a routine publication.
struct Online([Steady; 3]);

impl Online {
    fn new() -> Self {
        Self([41, 42, 43].map(|seed| Steady(key(seed))))
    }

    fn signers(&self) -> OnlineSigners<'_> {
        let Self([timestamp, snapshot, status]) = self;
        OnlineSigners { timestamp, snapshot, status }
    }
}

/// The city at one moment.
pub struct City {
    /// The moment.
    pub now: Timestamp,
    /// Signed the bundle in all roles as long as there was one key for it.
    pub bundle_key: PrivateKey,
    /// Signs credentials (`kid` [`City::CREDENTIAL_KID`]).
    pub credential_key: PrivateKey,
    /// Signs status tokens (`kid` [`City::STATUS_KID`]).
    pub status_key: PrivateKey,
    /// Signs registrations (`kid` [`City::REGISTRAR_KID`]).
    pub registrar_key: PrivateKey,
    /// The counter's key.
    pub counter_key: PrivateKey,
    authority_key: PrivateKey,
}

impl City {
    /// Name of the key for credentials.
    pub const CREDENTIAL_KID: &'static str = "did:web:dukcapil.example#credential-1";
    /// Name of the key for status tokens.
    pub const STATUS_KID: &'static str = "did:web:dukcapil.example#status-1";
    /// Name of the key for registrations.
    pub const REGISTRAR_KID: &'static str = "did:web:dukcapil.example#registrar-1";
    /// Id of the sample service.
    pub const SERVICE: &'static str = "demo-3-fakta";

    /// The city at `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            bundle_key: key(1),
            credential_key: key(2),
            status_key: key(3),
            registrar_key: key(4),
            counter_key: key(5),
            authority_key: key(6),
        }
    }

    /// The certificate authority's certificate, from a year ago to ten years ahead.
    #[must_use]
    pub fn authority(&self) -> Vec<u8> {
        authority_params(self.now).self_signed(&Rcgen(&self.authority_key)).unwrap().der().to_vec()
    }

    /// A leaf of the authority for `key`, from a day before `from` to `to`.
    #[must_use]
    pub fn certificate(&self, key: &PublicKey, from: Timestamp, to: Timestamp) -> Vec<u8> {
        let mut params = params("Loket", from.minus(Seconds::days(1)), to);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let authority = Issuer::new(authority_params(self.now), Rcgen(&self.authority_key));
        params.signed_by(&RcgenPublic(*key.to_sec1()), &authority).unwrap().der().to_vec()
    }

    /// A service that asks three facts of a `KtpElektronik`.
    #[must_use]
    pub fn service() -> Service {
        Service {
            id: Self::SERVICE.to_owned(),
            title: LocalText::same("Peragaan"),
            purpose: LocalText::same("Peragaan tiga fakta"),
            legal_basis: "Contoh".to_owned(),
            asks: vec![Ask {
                credential: "KtpElektronik".to_owned(),
                claims: ["nama", "kelahiran", "alamat"].map(crate::ClaimPath::key).into(),
            }],
            protected: Vec::new(),
            tier: Tier::Low,
            retention_days: 30,
            sector: None,
            accepts: Vec::new(),
            key_assurance: None,
        }
    }

    /// The content of the sample registration, from now for 30 days.
    #[must_use]
    pub fn registration(&self) -> Registration {
        Registration {
            issuer: URL.to_owned(),
            id: "reg-1".to_owned(),
            counter_id: "loket-1".to_owned(),
            agency: "Kelurahan Contoh".to_owned(),
            place: "Loket 1".to_owned(),
            spki_sha256: self.counter_key.public_key().spki_sha256(),
            issued_at: self.now,
            expires_at: self.now.plus(Seconds::days(30)),
            services: vec![Self::service()],
        }
    }

    /// Signs a registration and adds the certificate of the sample counter.
    #[must_use]
    pub fn sign(&self, registration: &Registration) -> SignedRegistration {
        self.sign_for(registration, self.counter_key.public_key())
    }

    /// Signs a registration as it stands and adds a certificate for any key.
    #[must_use]
    pub fn sign_for(&self, registration: &Registration, counter: &PublicKey) -> SignedRegistration {
        let prepared = registration.prepare(Self::REGISTRAR_KID).unwrap();
        let signature = Steady::again(&self.registrar_key, prepared.as_bytes());
        let jwt = prepared.attach(signature);
        let until = registration.expires_at.plus(Seconds::days(1));
        let leaf = self.certificate(counter, self.now, until);
        SignedRegistration { jwt, access_certificate: CertificateDer(leaf) }
    }

    /// The trust list: one issuer, one key per role.
    #[must_use]
    pub fn trust(&self) -> TrustList {
        let trusted = |kid: &str, key: &PrivateKey, role, x5c| TrustedKey {
            kid: kid.to_owned(),
            jwk: key.public_key().to_jwk(),
            roles: [role].into(),
            x5c,
            valid_from: None,
            valid_until: None,
            distrusted_after: None,
        };
        let far = self.now.plus(Seconds::days(90));
        let leaf = CertificateDer(self.certificate(self.credential_key.public_key(), self.now, far));
        TrustList {
            issued_at: self.now,
            issuers: vec![TrustedIssuer {
                ids: vec![URL.to_owned(), DID.to_owned()],
                name: "Dukcapil Contoh".to_owned(),
                keys: vec![
                    trusted(Self::CREDENTIAL_KID, &self.credential_key, KeyRole::Credential, vec![leaf]),
                    trusted(Self::STATUS_KID, &self.status_key, KeyRole::Status, vec![]),
                    trusted(Self::REGISTRAR_KID, &self.registrar_key, KeyRole::Registration, vec![]),
                ],
                authorities: vec![CertificateDer(self.authority())],
                roots: Vec::new(),
                contact: None,
            }],
        }
    }

    /// A `KtpElektronik` of the sample resident (with all disclosures, no key binding), valid for 30 days.
    #[must_use]
    pub fn issue(&self, holder: &PublicKey, format: Format, idx: u64) -> String {
        self.issue_card(holder, &resident().groups(format, self.now.date()), idx)
    }

    /// Any card of the city (with all disclosures, no key binding), valid for 30 days.
    #[must_use]
    pub fn issue_card(&self, holder: &PublicKey, groups: &Groups, idx: u64) -> String {
        let url = HttpsUrl::parse(URL).unwrap();
        let chain =
            [self.certificate(self.credential_key.public_key(), self.now, self.now.plus(Seconds::days(90)))];
        let issuer = credential::Issuer::new(&url, "credential-1", &chain);
        let validity = credential::Validity::days(self.now, self.now.plus(Seconds::days(30))).unwrap();
        let status = StatusReference { uri: STATUS_LIST.to_owned(), idx };
        let issuance = credential::Issuance { issuer: &issuer, groups, validity, holder, status: &status };
        let prepared = issuance.prepare(&mut Counting(idx)).unwrap();
        prepared.attach(&Steady::again(&self.credential_key, prepared.to_be_signed()))
    }

    /// A paper card of the city.
    #[must_use]
    pub fn issue_paper(
        &self,
        card: &credential::KartuKertas,
        from: Timestamp,
        life: Seconds,
        idx: u64,
    ) -> String {
        let issuer = credential::Issuer::new(&HttpsUrl::parse(URL).unwrap(), "credential-1", &[]);
        let validity = credential::Validity::days(from, from.plus(life)).unwrap();
        let status = StatusReference { uri: STATUS_LIST.to_owned(), idx };
        let prepared = card.prepare(&issuer, validity, &status, &mut Counting(idx)).unwrap();
        prepared.attach(&Steady::again(&self.credential_key, prepared.to_be_signed()))
    }

    /// A status token of the city signed at `signed_at` for a week, with these entries and all others valid.
    #[must_use]
    pub fn status_token(&self, entries: &[(u64, Status)], signed_at: Timestamp) -> String {
        Self::status_token_of(STATUS_LIST, Self::STATUS_KID, &self.status_key, entries, signed_at)
    }

    /// A status token of any list, key name and key.
    #[must_use]
    pub fn status_token_of(
        uri: &str,
        kid: &str,
        key: &PrivateKey,
        entries: &[(u64, Status)],
        signed_at: Timestamp,
    ) -> String {
        let mut list = StatusList::new(Bits::Two, 64).unwrap();
        for (idx, status) in entries {
            list.set(*idx, status.value().unwrap()).unwrap();
        }
        let claims = StatusClaims {
            uri: uri.to_owned(),
            issued_at: signed_at,
            expires_at: Some(signed_at.plus(tuf::life::ONLINE)),
            ttl: Some(Seconds(900)),
        };
        let token = PreparedStatusToken::new(Header::es256("statuslist+jwt").with_kid(kid), &claims, &list);
        let signature = Steady::again(key, token.to_be_signed());
        token.attach(signature)
    }

    /// What the sample bundle says, with these status tokens.
    #[must_use]
    pub fn contents(&self, status_tokens: Vec<String>) -> Contents {
        Contents {
            trust: self.trust(),
            registrations: vec![self.sign(&self.registration())],
            withdrawn: std::collections::BTreeSet::new(),
            policy: Policy::default(),
            dictionary: Vec::new(),
            ledger: None,
            status_tokens,
        }
    }

    /// The first root document: five root keys, three targets keys.
    #[must_use]
    pub fn root(&self) -> tuf::Document {
        self.root_version(1, &[])
    }

    /// A root document of the city's roles, signed by three root keys and these other keys.
    #[must_use]
    pub fn root_version(&self, version: u64, also: &[&dyn Signer]) -> tuf::Document {
        let public =
            |seeds: core::ops::Range<u8>| seeds.map(|s| key(s).public_key().clone()).collect::<Vec<_>>();
        let online = Online::new();
        let plan = bundle::root_plan(&public(21..26), &public(31..34), online.signers());
        let mut draft = tuf::root(version, self.now.plus(tuf::life::ROOT), &plan);
        for seed in [21, 23, 25] {
            draft = draft.sign(&Steady(key(seed))).unwrap();
        }
        for signer in also {
            draft = draft.sign(*signer).unwrap();
        }
        draft.finish()
    }

    /// A targets document of these contents, signed by two of the three keys.
    #[must_use]
    pub fn targets(&self, version: u64, contents: &Contents) -> tuf::Document {
        let numbers = Publication { version, published_at: self.now };
        let draft = bundle::targets(contents, numbers, key(43).public_key());
        [31, 33].iter().fold(draft, |draft, seed| draft.sign(&Steady(key(*seed))).unwrap()).finish()
    }

    /// A folder of that version with these contents, published at the city's moment.
    #[must_use]
    pub fn publish(&self, version: u64, contents: &Contents) -> Files {
        self.publish_under(&[self.root()], &self.targets(version, contents), version, contents)
    }

    /// A folder with these roots and this targets document: a routine publication.
    #[must_use]
    pub fn publish_under(
        &self,
        roots: &[tuf::Document],
        targets: &tuf::Document,
        version: u64,
        contents: &Contents,
    ) -> Files {
        let numbers = Publication { version, published_at: self.now };
        bundle::publish(Online::new().signers(), roots, targets, contents, numbers).unwrap()
    }

    /// A folder as version 0.1.0 published it: one key for all roles, nothing delegated.
    #[must_use]
    pub fn publish_by_one_key(&self, version: u64, contents: &Contents) -> Files {
        let signer = self.steady_bundle_key();
        let sign = |draft: tuf::Draft| draft.sign(&signer).unwrap().finish();
        let ends = |life| self.now.plus(life);
        let plan = tuf::RootPlan::single(signer.public_key());
        let root = sign(tuf::root(1, ends(tuf::life::ROOT), &plan));
        let targets = sign(tuf::targets(version, ends(tuf::life::TARGETS), &contents.files(), &[]));
        let snapshot = sign(tuf::snapshot(version, ends(tuf::life::ONLINE), &[&targets]));
        let timestamp = sign(tuf::timestamp(version, self.now, ends(tuf::life::ONLINE), &snapshot));
        tuf::assemble(&[root, targets, snapshot, timestamp], &contents.files())
    }

    /// The key that held all roles, repeating itself.
    #[must_use]
    pub fn steady_bundle_key(&self) -> Steady {
        Steady(PrivateKey::from_bytes(&self.bundle_key.to_bytes()).unwrap())
    }

    /// Imports a folder for the first time.
    #[must_use]
    pub fn import(&self, files: &Files) -> (Bundle, TrustedState) {
        let root = tuf::root_sha256(files.get("metadata/1.root.json").unwrap());
        Bundle::import(files, Anchor::FirstRoot(root), self.now).unwrap()
    }
}

/// An invented resident.
#[must_use]
pub fn resident() -> credential::KtpElektronik {
    credential::KtpElektronik {
        nik: Nik::parse("3577016101900001").unwrap(),
        nama: PersonName::parse("SITI CONTOH").unwrap(),
        kelahiran: credential::Kelahiran {
            tempat: "MADIUN".to_owned(),
            tanggal: Date::parse("1990-01-21").unwrap(),
        },
        jenis_kelamin: "PEREMPUAN".to_owned(),
        golongan_darah: "O".to_owned(),
        alamat: credential::Alamat {
            jalan: "JL. CONTOH 1".to_owned(),
            rt_rw: RtRw::parse("001/002").unwrap(),
            kelurahan: "KARTOHARJO".to_owned(),
            kecamatan: "KARTOHARJO".to_owned(),
            kota: "KOTA MADIUN".to_owned(),
            provinsi: "JAWA TIMUR".to_owned(),
        },
        agama: "ISLAM".to_owned(),
        status_perkawinan: "KAWIN".to_owned(),
        pekerjaan: "GURU".to_owned(),
        kewarganegaraan: "WNI".to_owned(),
        portrait: Some(Portrait::from_blob(portrait_blob()).unwrap()),
        warga_kota_madiun: true,
        token: Some(tokens()),
        pemegang: Some(link()),
        jaminan_kunci: credential::KeyAssurance::Software,
    }
}

/// The family card of the sample resident, who lives alone.
#[must_use]
pub fn family() -> credential::KartuKeluarga {
    let one = resident();
    let parent = |name| PersonName::parse(name).unwrap();
    credential::KartuKeluarga {
        nomor_kk: NomorKk::parse("3577010101100001").unwrap(),
        alamat: one.alamat,
        kepala_keluarga: one.nama.clone(),
        anggota: vec![credential::Anggota {
            nik: one.nik,
            nama: one.nama,
            jenis_kelamin: one.jenis_kelamin,
            kelahiran: one.kelahiran,
            agama: one.agama,
            pendidikan: "STRATA II".to_owned(),
            pekerjaan: one.pekerjaan,
            status_perkawinan: one.status_perkawinan,
            hubungan: "KEPALA KELUARGA".to_owned(),
            kewarganegaraan: one.kewarganegaraan,
            nama_ayah: parent("BUDI"),
            nama_ibu: parent("SRI"),
        }],
        pemegang: one.pemegang,
        jaminan_kunci: one.jaminan_kunci,
    }
}

/// The card of the sample resident's child, kept by her.
#[must_use]
pub fn child() -> credential::Kia {
    let mother = resident();
    credential::Kia {
        nik: Nik::parse("3577011203180001").unwrap(),
        nama: PersonName::parse("RAKA CONTOH").unwrap(),
        kelahiran: credential::Kelahiran {
            tempat: "MADIUN".to_owned(),
            tanggal: Date::parse("2018-03-12").unwrap(),
        },
        jenis_kelamin: "LAKI-LAKI".to_owned(),
        golongan_darah: "-".to_owned(),
        nomor_kk: family().nomor_kk,
        kepala_keluarga: mother.nama,
        nomor_akta: Some("3577-LU-20032018-0007".to_owned()),
        agama: mother.agama,
        kewarganegaraan: mother.kewarganegaraan,
        alamat: mother.alamat,
        pemegang: mother.pemegang,
        hubungan_pemegang: credential::HolderRelation::Mother,
        jaminan_kunci: mother.jaminan_kunci,
    }
}

/// The birth certificate of that child.
#[must_use]
pub fn certificate() -> credential::AktaKelahiran {
    let child = child();
    credential::AktaKelahiran {
        nomor_akta: "3577-LU-20032018-0007".to_owned(),
        nik: child.nik,
        nama: child.nama,
        kelahiran: child.kelahiran,
        jenis_kelamin: child.jenis_kelamin,
        kewarganegaraan: child.kewarganegaraan,
        nama_ayah: None,
        nama_ibu: Some(resident().nama),
        penerbitan: credential::Penerbitan::default(),
        pejabat: None,
        pemegang: child.pemegang,
        hubungan_pemegang: child.hubungan_pemegang,
        jaminan_kunci: child.jaminan_kunci,
    }
}

/// The family card of the sample resident with a child: `hubungan` of each.
#[must_use]
pub fn family_with_child(holder: &str, child_is: &str) -> credential::KartuKeluarga {
    let (family, child) = (family(), child());
    let mut anggota = family.anggota.clone();
    for one in &family.anggota {
        anggota.push(credential::Anggota {
            nik: child.nik,
            nama: child.nama.clone(),
            kelahiran: child.kelahiran.clone(),
            hubungan: child_is.to_owned(),
            ..one.clone()
        });
    }
    for one in anggota.iter_mut().take(1) {
        one.hubungan = holder.to_owned();
    }
    credential::KartuKeluarga { anggota, ..family }
}

/// What ties the sample resident's cards together.
#[must_use]
pub fn link() -> HolderLink {
    HolderLink::from_bytes([0x11; 16])
}

/// The sample resident's numbers: 16 times the place of the sector.
#[must_use]
pub fn tokens() -> SectorTokens {
    SectorTokens::each(|sector| SectorToken::from_bytes([sector as u8; 16]))
}

/// The sample resident's portrait: salt and the head of a WebP file.
#[must_use]
pub fn portrait_blob() -> Vec<u8> {
    [&[7; 16][..], b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"].concat()
}

/// Not random at all: a counter.
pub struct Counting(pub u64);

impl Rng for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            for (to, from) in chunk.iter_mut().zip(absah_crypto::sha256(&self.0.to_be_bytes())) {
                *to = from;
            }
        }
    }
}

fn params(name: &str, from: Timestamp, to: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, name);
    params.distinguished_name = subject;
    params.not_before = time::OffsetDateTime::from_unix_timestamp(from.unix()).unwrap();
    params.not_after = time::OffsetDateTime::from_unix_timestamp(to.unix()).unwrap();
    params.serial_number = Some(SerialNumber::from(vec![1, 2, 3]));
    params.key_identifier_method = KeyIdMethod::PreSpecified(vec![1; 20]);
    params
}

fn authority_params(now: Timestamp) -> CertificateParams {
    let mut params = params("Otoritas Contoh", now.minus(Seconds::days(365)), now.plus(Seconds::days(3650)));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

pub(crate) struct RcgenPublic(pub(crate) [u8; 65]);

impl PublicKeyData for RcgenPublic {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

pub(crate) struct Rcgen<'k>(pub(crate) &'k PrivateKey);

impl PublicKeyData for Rcgen<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().to_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Rcgen<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(Steady::again(self.0, message).to_der())
    }
}
