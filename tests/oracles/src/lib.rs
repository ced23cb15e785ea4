//! Independent implementations as oracles: what ours writes theirs must read, what theirs writes ours must read,
//! and what was tampered with both must refuse.
//!
//! | here | against |
//! |---|---|
//! | JWS ES256, PKCS#8, SPKI, JWK | `josekit` (OpenSSL) |
//! | SD-JWT: issue, select, reveal, key binding | `ssi-sd-jwt` |
//! | `did:jwk` | `did-jwk` of `ssi` |
//! | the trust bundle as a TUF repository | `tough` |
//!
//! Encrypted responses (JWE) are compared here too as soon as the protocol writes any; the answer by QR is HPKE
//! in our own frame, which has no JOSE form to compare. Its known answers are in `absah-crypto`.

#[cfg(test)]
mod did_jwk;
#[cfg(test)]
mod josekit;
#[cfg(test)]
mod sd_jwt;
#[cfg(test)]
mod tuf;
