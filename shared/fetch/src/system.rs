//! What of TLS depends on the system: on a desktop its own certificate authorities and the usual cryptography; on a phone
//! cryptography that needs no compiler for C, and Mozilla's authorities, because Android's list is reachable only through
//! Java classes that the app would have to bring.

use reqwest::{Certificate, Error};

/// Makes the cryptography known to this program.
pub(crate) fn provide() {
    // Only the first call counts, and all of them say the same.
    #[cfg(target_os = "android")]
    let _ = rustls_graviola::default_provider().install_default();
}

/// The certificate authorities of the public web; none where the system is asked for its own.
pub(crate) fn authorities() -> Option<Result<Vec<Certificate>, Error>> {
    #[cfg(target_os = "android")]
    return Some(
        webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|der| Certificate::from_der(der)).collect(),
    );
    #[cfg(not(target_os = "android"))]
    None
}
