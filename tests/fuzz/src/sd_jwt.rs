//! SD-JWT texts: reading, opening the disclosures, selecting, verifying.

use absah_credential::sd_jwt::{Held, KeyBindingExpectation, KeyBindingPolicy, Unverified};
use absah_credential::{ClaimPath, Expectation, verify};
use absah_trust::sample::key;
use absah_types::{Seconds, Timestamp};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

/// One try; it panics where something is wrong.
pub fn tried(text: &str) {
    let Ok(unverified) = Unverified::parse(text) else { return };
    assert_eq!(unverified.as_str(), text);
    let key_binding = KeyBindingPolicy::Required(KeyBindingExpectation {
        aud: "a",
        nonce: "n",
        now: NOW,
        max_age: Seconds(300),
        max_ahead: Seconds(300),
    });
    let expected = Expectation { now: NOW, leeway: Seconds(0), key_binding };
    let public = key(2).public_key().clone();
    if let Ok(verified) = verify(&unverified, &|_| Some(public.clone()), &expected) {
        let _ = (verified.kind(), verified.status());
    }
    // Behind the signature: what an issuer might sign by mistake.
    let Ok(held) = Held::dangerous_reopen(unverified) else { return };
    for path in ["nama", "alamat", "credentialSubject.nama", "token.sosial"] {
        if let Ok(path) = ClaimPath::parse_dotted(path)
            && let Ok(shown) = held.select(&[path])
        {
            assert!(Unverified::parse(shown.as_str()).is_ok());
        }
    }
}
