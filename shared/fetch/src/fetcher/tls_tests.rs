//! Whose certificates are believed.

use super::*;
use absah_crypto::PrivateKey;
use absah_types::Coded as _;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyIdMethod, PublicKeyData, SerialNumber,
    SigningKey,
};
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

struct Key(PrivateKey);

impl Key {
    fn new(seed: u8) -> Self {
        Self(PrivateKey::from_bytes(&Secret::new([seed; 32])).unwrap())
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().to_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(self.0.sign(message).to_der())
    }
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.serial_number = Some(SerialNumber::from(1));
    params.key_identifier_method = KeyIdMethod::PreSpecified(vec![1]);
    params
}

fn authority(seed: u8) -> CertifiedIssuer<'static, Key> {
    let mut params = params("Absah test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, Key::new(seed)).unwrap()
}

/// A server with this certificate; answers every request with `ok`.
async fn server(leaf: CertificateParams, authority: &CertifiedIssuer<'static, Key>) -> u16 {
    let key = Key::new(77);
    let certificate: CertificateDer<'static> = leaf.signed_by(&key, authority).unwrap().into();
    let private = PrivateKeyDer::try_from(key.0.to_pkcs8_der().expose().clone()).unwrap();
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], private).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok")
                .await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

async fn code(port: u16, host: &str, roots: &[Vec<u8>]) -> Result<u16, &'static str> {
    let fetcher = Fetcher::with_roots(Limits::default(), Addresses::DevLoopback, roots).unwrap();
    let url = HttpsUrl::parse(&format!("https://{host}:{port}/")).unwrap();
    fetcher.get(&url).await.map(|response| response.status).map_err(|e| e.code())
}

#[tokio::test]
async fn only_certificates_of_the_given_authority_for_the_right_name_and_time_are_believed() {
    let ours = authority(1);
    let roots = [ours.der().to_vec()];
    let other = [authority(2).der().to_vec()];
    let good = server(params("localhost"), &ours).await;
    assert_eq!(code(good, "localhost", &roots).await, Ok(200));
    assert_eq!(code(good, "127.0.0.1", &roots).await, Err("fetch-connect"), "another name");
    assert_eq!(code(good, "localhost", &other).await, Err("fetch-connect"), "another authority");
    assert_eq!(code(good, "localhost", &[]).await, Err("fetch-connect"), "no authority");
    let by_number = server(params("127.0.0.1"), &ours).await;
    assert_eq!(code(by_number, "127.0.0.1", &roots).await, Ok(200));
    let mut expired = params("localhost");
    expired.not_after = time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(365);
    let expired = server(expired, &ours).await;
    assert_eq!(code(expired, "localhost", &roots).await, Err("fetch-connect"), "expired");
}
