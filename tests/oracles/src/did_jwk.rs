//! `did:jwk` against ssi's: one key has one name, whoever makes it.

use ::did_jwk::DIDJWK;
use absah_crypto::{did_jwk, from_did_jwk};
use absah_testkit::key;
use ssi_jwk::JWK;

#[test]
fn the_same_key_has_the_same_did() {
    for seed in 0..20 {
        let public = key(seed).public_key().clone();
        let theirs: JWK = serde_json::from_str(&public.to_jwk().to_json()).unwrap();
        let did = DIDJWK::generate(&theirs);
        assert_eq!(did_jwk(&public), did.as_str());
        assert_eq!(from_did_jwk(did.as_str()), Ok(public));
    }
}

/// The example of the did:jwk method specification: its members stand in another order.
#[test]
fn members_in_another_order_are_the_same_key() {
    let did = "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";
    let key = from_did_jwk(did).unwrap();
    assert_eq!(did_jwk(&key), did);
    let jwk = key.to_jwk().to_json();
    let reordered = format!("did:jwk:{}", absah_types::base64url::encode(jwk));
    assert_ne!(reordered, did);
    assert_eq!(from_did_jwk(&reordered), Ok(key));
}
