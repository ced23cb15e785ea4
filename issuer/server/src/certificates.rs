//! Certificates: the offline root, the issuing authority under it, the leaves of the signers and of counters under that.

use absah_crypto::{PublicKey, Signer};
use absah_issuer_core::ports::{KeyRole, KeyStore, StoreError};
use absah_trust::certificate::{dangerous_key_of, dangerous_period_of};
use absah_types::{HttpsUrl, Rng, Seconds, Timestamp, array, coded};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    KeyUsagePurpose, PublicKeyData, SanType, SerialNumber, SigningKey,
};

use crate::store::CaCertificate;

/// How long before its end a certificate of an authority should have a successor: what is issued under it outlives it
/// otherwise.
pub const AUTHORITY_AHEAD: Seconds = Seconds::days(125);
/// How long the root and the authority of the first version live.
const ROOT_LIFE: Seconds = Seconds::days(3650);
/// How long a certificate of the issuing authority lives.
const ISSUING_LIFE: Seconds = Seconds::days(1095);
/// How long a signer's key is used.
pub const SIGNER_USE: Seconds = Seconds::days(90);
/// How long its leaf outlives its use: what it signed on its last day is still checked by then.
const SIGNER_AFTER: Seconds = Seconds::days(35);
/// Certificates begin a little in the past: other clocks may be behind.
const BEGIN_BEFORE: Seconds = Seconds::days(1);

/// No certificate was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateError {
    /// The certificate cannot be written or signed.
    Unmade,
    /// A kept certificate of the authority is none.
    Authority,
    /// The key of the offline root is not at hand.
    OfflineRoot,
    /// The key of the issuing authority is not in the key store.
    AuthorityKey,
}

impl core::fmt::Display for CertificateError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Unmade => "certificate cannot be made",
            Self::Authority => "certificate of the authority is damaged",
            Self::OfflineRoot => "key of the offline root is not here",
            Self::AuthorityKey => "key of the issuing authority is not in the key store",
        })
    }
}

impl core::error::Error for CertificateError {}

coded! { CertificateError {
    Unmade => ("certificate-unmade", Bug),
    Authority => ("certificate-authority-damaged", Environment),
    OfflineRoot => ("offline-root-absent", Environment),
    AuthorityKey => ("issuing-ca-key-absent", Environment),
} }

fn unmade(_: impl core::error::Error) -> CertificateError {
    CertificateError::Unmade
}

const ROOT_NAME: &str = "Akar Sertifikat Absah Kota Madiun";
const ISSUING_NAME: &str = "Otoritas Penerbit Absah Kota Madiun";

/// The root's own certificate, DER.
///
/// # Errors
/// [`CertificateError::Unmade`].
pub fn root(
    root: &(dyn Signer + Send + Sync),
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, CertificateError> {
    let params = ca_params(ROOT_NAME, root.public_key(), (now, ROOT_LIFE, 1), rng)?;
    Ok(params.self_signed(&ByPort(root)).map_err(unmade)?.der().to_vec())
}

/// A certificate of the issuing authority under the root, DER.
///
/// # Errors
/// [`CertificateError::Unmade`].
pub fn issuing(
    root: &(dyn Signer + Send + Sync),
    key: &PublicKey,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, CertificateError> {
    let mut params = ca_params(ISSUING_NAME, key, (now, ISSUING_LIFE, 0), rng)?;
    params.use_authority_key_identifier_extension = true;
    let above = Issuer::new(ca_params(ROOT_NAME, root.public_key(), (now, ROOT_LIFE, 1), rng)?, ByPort(root));
    Ok(params.signed_by(&Subject(key), &above).map_err(unmade)?.der().to_vec())
}

/// Whether the certificate of the issuing authority that is in force has ended. None has not.
///
/// # Errors
/// [`StoreError::Damaged`] for a certificate that is none.
pub fn has_ended(chain: &[CaCertificate], now: Timestamp) -> Result<bool, StoreError> {
    let in_force = chain.iter().filter(|ca| !ca.is_root && ca.active_from <= now);
    let Some(newest) = in_force.max_by_key(|ca| (ca.active_from, ca.generation)) else { return Ok(false) };
    let (_, end) = dangerous_period_of(&newest.certificate).map_err(|_| StoreError::Damaged)?;
    Ok(end < now)
}

/// The key of the issuing authority, and the number of its certificate: the newest in force.
///
/// # Errors
/// `Authority` when there is none, `AuthorityKey` when its key is not in the key store.
pub fn authority<'k>(
    chain: &[CaCertificate],
    keys: &'k dyn KeyStore,
    now: Timestamp,
) -> Result<(Authority<'k>, u32), CertificateError> {
    let in_force = chain.iter().filter(|ca| !ca.is_root && ca.active_from <= now);
    let newest =
        in_force.max_by_key(|ca| (ca.active_from, ca.generation)).ok_or(CertificateError::Authority)?;
    let key = dangerous_key_of(&newest.certificate).map_err(|_| CertificateError::Authority)?;
    let mut all = (1..=keys.newest(KeyRole::IssuingCa))
        .filter_map(|generation| keys.generation(KeyRole::IssuingCa, generation));
    let signer = all.find(|signer| *signer.public_key() == key).ok_or(CertificateError::AuthorityKey)?;
    Ok((Authority(signer), newest.generation))
}

/// The issuing authority's key.
#[derive(Clone, Copy)]
pub struct Authority<'k>(pub &'k (dyn Signer + Send + Sync));

impl core::fmt::Debug for Authority<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Authority(…)")
    }
}

/// The leaf of one of the issuer's keys under one of its names, DER. It is used from `from` for [`SIGNER_USE`].
///
/// # Errors
/// [`CertificateError`].
pub fn signer(
    authority: Authority<'_>,
    (role, key): (KeyRole, &PublicKey),
    url: &HttpsUrl,
    (now, from): (Timestamp, Timestamp),
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, CertificateError> {
    let mut names = vec![SanType::URI(url.as_str().try_into().map_err(unmade)?)];
    let host = url.url().host_str().unwrap_or_default();
    match host.trim_matches(['[', ']']).parse() {
        Ok(address) => names.push(SanType::IpAddress(address)),
        Err(_) => names.push(SanType::DnsName(host.try_into().map_err(unmade)?)),
    }
    let subject = match role {
        KeyRole::Status => "Status Dukcapil Kota Madiun",
        KeyRole::Registration => "Pendaftaran Dukcapil Kota Madiun",
        _ => "Dukcapil Kota Madiun",
    };
    // Another name of the issuer may begin long after the key did.
    let begin = from.min(now);
    leaf(authority, key, (subject, names), (begin, from.plus(SIGNER_USE).plus(SIGNER_AFTER)), rng)
}

/// A counter's access certificate, DER; it ends with the registration.
///
/// # Errors
/// [`CertificateError`].
pub fn counter(
    authority: Authority<'_>,
    key: &PublicKey,
    counter_id: &str,
    (now, end): (Timestamp, Timestamp),
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, CertificateError> {
    leaf(authority, key, (counter_id, Vec::new()), (now, end), rng)
}

fn leaf(
    authority: Authority<'_>,
    key: &PublicKey,
    (name, alternatives): (&str, Vec<SanType>),
    (now, end): (Timestamp, Timestamp),
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, CertificateError> {
    let authority = ByPort(authority.0);
    let mut params = params(name, key, (now.minus(BEGIN_BEFORE), end), rng)?;
    params.subject_alt_names = alternatives;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    // Only the authority's name and key identifier go into a leaf; they do not depend on time or chance.
    let signer = Issuer::new(
        ca_params(ISSUING_NAME, authority.0.public_key(), (now, ISSUING_LIFE, 0), rng)?,
        authority,
    );
    Ok(params.signed_by(&Subject(key), &signer).map_err(unmade)?.der().to_vec())
}

fn ca_params(
    name: &str,
    key: &PublicKey,
    (now, life, path): (Timestamp, Seconds, u8),
    rng: &mut dyn Rng,
) -> Result<CertificateParams, CertificateError> {
    let mut params = params(name, key, (now.minus(BEGIN_BEFORE), now.plus(life)), rng)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(path));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn params(
    name: &str,
    key: &PublicKey,
    (from, to): (Timestamp, Timestamp),
    rng: &mut dyn Rng,
) -> Result<CertificateParams, CertificateError> {
    let mut params = CertificateParams::default();
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, "ID");
    subject.push(DnType::OrganizationName, "Pemerintah Kota Madiun");
    subject.push(DnType::CommonName, name);
    params.distinguished_name = subject;
    params.not_before = moment(from)?;
    params.not_after = moment(to)?;
    // RFC 5280, section 4.1.2.2: "Certificate users MUST be able to handle serialNumber values up to 20 octets", and
    // positive ones.
    let mut serial: [u8; 16] = array(rng);
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    params.serial_number = Some(SerialNumber::from(serial.to_vec()));
    let identifier = key.spki_sha256().get(..20).unwrap_or_default().to_vec();
    params.key_identifier_method = KeyIdMethod::PreSpecified(identifier);
    Ok(params)
}

fn moment(time: Timestamp) -> Result<time::OffsetDateTime, CertificateError> {
    time::OffsetDateTime::from_unix_timestamp(time.unix()).map_err(unmade)
}

/// A key behind the port, as `rcgen` wants it.
struct ByPort<'k>(&'k (dyn Signer + Send + Sync));

impl PublicKeyData for ByPort<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().to_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for ByPort<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.0.sign(message).map(|signature| signature.to_der()).map_err(|_| rcgen::Error::RemoteKeyError)
    }
}

/// The key of a certificate's subject.
struct Subject<'k>(&'k PublicKey);

impl PublicKeyData for Subject<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.to_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::FileKeys;
    use absah_testkit::{FixedClock, SeededRng};
    use absah_trust::AccessCertificate;
    use absah_types::Clock as _;

    #[test]
    fn leaves_are_believed_under_the_authority_and_in_their_time() {
        let mut rng = SeededRng::new(3);
        let keys = FileKeys::in_memory(&mut rng);
        let now = FixedClock::morning().now();
        let above = keys.offline_root().unwrap();
        let root = root(above.as_ref(), now, &mut rng).unwrap();
        let ca = Authority(keys.signer(KeyRole::IssuingCa));
        let issuing = issuing(above.as_ref(), ca.0.public_key(), now, &mut rng).unwrap();
        let counter_key = absah_testkit::key(9);
        let end = now.plus(Seconds::days(90));
        let leaf = counter(ca, counter_key.public_key(), "loket-1", (now, end), &mut rng).unwrap();
        let believed = AccessCertificate::trust(&leaf, [issuing.as_slice()]).unwrap();
        assert_eq!(believed.public_key(), counter_key.public_key());
        assert!(believed.valid_at(now).is_ok());
        assert!(believed.valid_at(end.plus(Seconds(1))).is_err());
        assert!(
            AccessCertificate::trust(&leaf, [root.as_slice()]).is_err(),
            "no leaf stands directly under the root"
        );
        let url = HttpsUrl::parse("https://absah.example").unwrap();
        let key = keys.signer(KeyRole::Credential).public_key();
        let own = signer(ca, (KeyRole::Credential, key), &url, (now, now), &mut rng).unwrap();
        let chain = [own.as_slice(), issuing.as_slice()];
        assert!(absah_trust::certificate::verify_chain(&chain, &[root.as_slice()], now).is_ok());
        let last = now.plus(SIGNER_USE).plus(Seconds::days(31));
        assert!(absah_trust::certificate::verify_chain(&chain, &[root.as_slice()], last).is_ok());
        assert!(absah_trust::certificate::verify_chain(&chain, &[issuing.as_slice()], now).is_err());
    }
}
