//! Token requests and nonces against the issuer.

use super::*;

#[test]
fn hostile_token_requests() {
    let form = |parameters: &[(&str, &str)]| crate::form::encode(parameters);
    let right = [("grant_type", PRE_AUTHORIZED_CODE), ("pre-authorized_code", CODE), ("tx_code", TX_CODE)];
    let decide = |body: &str, record: Option<&OfferRecord>, anonymous: bool, now: Timestamp| {
        TokenRequest::parse(body.as_bytes())
            .and_then(|request| request.redeem(record, &secret(), anonymous, now))
    };
    let fresh = record();
    let used = OfferRecord { redeemed: true, ..record() };
    let dead = OfferRecord { wrong_tries: MAX_TRIES, ..record() };
    let last = OfferRecord { wrong_tries: MAX_TRIES - 1, ..record() };
    let codeless = OfferRecord { tx_code: None, ..record() };
    let valid = form(&right);
    let wrong = valid.replace(TX_CODE, "000000");
    let late = NOW.plus(OFFER_LIFE);
    type Case<'c> = (&'c str, String, Option<&'c OfferRecord>, bool, Timestamp, &'c str, OAuthError);
    let cases: Vec<Case<'_>> = vec![
        (
            "empty",
            String::new(),
            Some(&fresh),
            true,
            NOW,
            "token-missing-grant-type",
            OAuthError::InvalidRequest,
        ),
        (
            "too large",
            "a".repeat(9_000),
            Some(&fresh),
            true,
            NOW,
            "token-malformed",
            OAuthError::InvalidRequest,
        ),
        ("not UTF-8", "a=%ff".into(), Some(&fresh), true, NOW, "token-malformed", OAuthError::InvalidRequest),
        (
            "code twice",
            format!("{valid}&pre-authorized_code=x"),
            Some(&fresh),
            true,
            NOW,
            "token-repeated-parameter",
            OAuthError::InvalidRequest,
        ),
        (
            "another grant",
            form(&[("grant_type", "authorization_code"), ("code", "x")]),
            Some(&fresh),
            true,
            NOW,
            "token-unsupported-grant-type",
            OAuthError::UnsupportedGrantType,
        ),
        (
            "no code",
            form(&right[..1]),
            Some(&fresh),
            true,
            NOW,
            "token-missing-code",
            OAuthError::InvalidRequest,
        ),
        (
            "empty code",
            valid.replace(CODE, ""),
            Some(&fresh),
            true,
            NOW,
            "token-malformed",
            OAuthError::InvalidRequest,
        ),
        (
            "five digits",
            valid.replace(TX_CODE, "49353"),
            Some(&fresh),
            true,
            NOW,
            "tx-code-form",
            OAuthError::InvalidGrant,
        ),
        (
            "letters",
            valid.replace(TX_CODE, "49353a"),
            Some(&fresh),
            true,
            NOW,
            "tx-code-form",
            OAuthError::InvalidGrant,
        ),
        (
            "no transaction code",
            form(&right[..2]),
            Some(&fresh),
            true,
            NOW,
            "tx-code-missing",
            OAuthError::InvalidRequest,
        ),
        (
            "transaction code not expected",
            valid.clone(),
            Some(&codeless),
            true,
            NOW,
            "tx-code-unexpected",
            OAuthError::InvalidRequest,
        ),
        (
            "wrong transaction code",
            wrong.clone(),
            Some(&fresh),
            true,
            NOW,
            "tx-code-wrong",
            OAuthError::InvalidGrant,
        ),
        ("wrong for the last time", wrong, Some(&last), true, NOW, "tx-code-wrong", OAuthError::InvalidGrant),
        (
            "right after too many tries",
            valid.clone(),
            Some(&dead),
            true,
            NOW,
            "tx-code-tries-used-up",
            OAuthError::InvalidGrant,
        ),
        ("unknown code", valid.clone(), None, true, NOW, "token-code-unknown", OAuthError::InvalidGrant),
        ("used code", valid.clone(), Some(&used), true, NOW, "token-code-used", OAuthError::InvalidGrant),
        ("too late", valid.clone(), Some(&fresh), true, late, "token-code-expired", OAuthError::InvalidGrant),
        (
            "anonymous",
            valid.clone(),
            Some(&fresh),
            false,
            NOW,
            "token-anonymous-client",
            OAuthError::InvalidClient,
        ),
    ];
    for (name, body, record, anonymous, now, code, oauth) in cases {
        let error = decide(&body, record, anonymous, now).unwrap_err();
        assert_eq!((error.code(), error.oauth()), (code, oauth), "{name}");
        assert_eq!(error.counts_as_try(), code == "tx-code-wrong", "{name}");
    }
    assert_eq!(decide(&valid, Some(&fresh), true, NOW), Ok(()));
    assert_eq!(decide(&valid, Some(&last), true, late.minus(Seconds(1))), Ok(()));
    assert_eq!(decide(&format!("{valid}&client_id=w&new=1"), Some(&fresh), false, NOW), Ok(()));
    assert_eq!(decide(&form(&right[..2]), Some(&codeless), true, NOW), Ok(()));
    // The same digits under another offer give another tag.
    assert_ne!(TxCodeTag::of(&secret(), "other", TX_CODE), TxCodeTag::of(&secret(), CODE, TX_CODE));
}

#[test]
fn nonces() {
    let key = NonceKey::new(secret());
    let other = NonceKey::new(Secret::new([43; 32]));
    let nonce = key.issue(NOW, &mut Dice(1));
    let code = |key: &NonceKey, nonce: &str, now| key.check(nonce, now).map_err(|error| error.code());
    assert_eq!(code(&key, &nonce, NOW), Ok(()));
    assert_eq!(code(&key, &nonce, NOW.plus(Seconds(299))), Ok(()));
    assert_eq!(code(&key, &nonce, NOW.plus(Seconds(300))), Err("c-nonce-expired"));
    assert_eq!(code(&other, &nonce, NOW), Err("c-nonce-unknown"));
    for hostile in ["", "wKI4LT17ac15ES9bw8ac4", &nonce[1..], &format!("{nonce}A"), &format!("{nonce}=")] {
        assert_eq!(code(&key, hostile, NOW), Err("c-nonce-unknown"), "{hostile}");
    }
    for place in 0..nonce.len() {
        let mut changed = nonce.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(code(&key, &changed, NOW), Err("c-nonce-unknown"), "character {place}");
    }
}
