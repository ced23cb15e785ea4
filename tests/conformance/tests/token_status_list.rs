//! The test vectors of the Token Status List draft, read from the shared folder.

#[cfg(test)]
mod vectors {
    use absah_credential::StatusReference;
    use absah_credential::status_list::{
        Bits, MAX_BYTES, Status, StatusList, UnverifiedStatusCwt, UnverifiedStatusToken,
    };
    use absah_crypto::{Jwk, PublicKey};
    use absah_testkit::shared_dir;
    use absah_types::{Coded as _, Seconds, Timestamp, base64url, hex};
    use serde_json::Value;

    fn read(name: &str) -> Option<Value> {
        let Some(shared) = shared_dir() else {
            println!("skipped: no shared folder");
            return None;
        };
        let path = shared.join("vectors/token-status-list").join(name);
        Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    }

    #[test]
    fn all_five_lists_in_both_encodings() {
        for name in ["short-1bit", "short-2bit", "large-1bit", "large-2bit", "large-8bit"] {
            let Some(vector) = read(&format!("{name}.json")) else { return };
            let bits = Bits::of_count(vector["bits"].as_u64().unwrap()).unwrap();
            let list = StatusList::decode(bits, vector["json"]["lst"].as_str().unwrap()).unwrap();
            assert_eq!(list.entries(), vector["entries"].as_u64().unwrap(), "{name}");

            let expected = vector["expected"].as_object().unwrap();
            for idx in 0..list.entries() {
                let wanted = expected.get(&idx.to_string()).map_or(0, |value| value.as_u64().unwrap());
                assert_eq!(u64::from(list.value(idx).unwrap()), wanted, "{name} at {idx}");
            }
            assert_eq!(list.value(list.entries()).unwrap_err().code(), "status-list-out-of-bounds");

            // The compressed bytes may differ, the list may not; and ours are the same each time.
            let again = StatusList::decode(bits, &list.encode()).unwrap();
            assert_eq!(again, list, "{name}");
            assert_eq!(again.encode(), list.encode(), "{name}");

            let cbor = hex::decode(vector["cbor_hex"].as_str().unwrap()).unwrap();
            let from_cbor = StatusList::decode(bits, &base64url::encode(lst_of_cbor(&cbor))).unwrap();
            assert_eq!(from_cbor, list, "{name}");
        }
    }

    /// The byte string under the key "lst", which stands last in these maps.
    fn lst_of_cbor(cbor: &[u8]) -> &[u8] {
        let key = b"\x63lst";
        let at = cbor.windows(key.len()).position(|window| window == key).unwrap() + key.len();
        match cbor[at] {
            head @ 0x40..=0x57 => {
                assert_eq!(usize::from(head - 0x40), cbor.len() - at - 1);
                &cbor[at + 1..]
            }
            0x58 => &cbor[at + 2..],
            0x59 => &cbor[at + 3..],
            head => panic!("no byte string but {head:#x}"),
        }
    }

    #[test]
    fn a_list_set_from_the_expected_values_is_the_published_one() {
        for name in ["short-1bit", "short-2bit", "large-8bit"] {
            let Some(vector) = read(&format!("{name}.json")) else { return };
            let bits = Bits::of_count(vector["bits"].as_u64().unwrap()).unwrap();
            let mut list = StatusList::new(bits, vector["entries"].as_u64().unwrap()).unwrap();
            for (idx, value) in vector["expected"].as_object().unwrap() {
                list.set(idx.parse().unwrap(), u8::try_from(value.as_u64().unwrap()).unwrap()).unwrap();
            }
            assert_eq!(list, StatusList::decode(bits, vector["json"]["lst"].as_str().unwrap()).unwrap());
        }
    }

    #[test]
    fn the_largest_vector_is_the_largest_we_take() {
        let Some(vector) = read("large-8bit.json") else { return };
        assert_eq!(vector["entries"].as_u64().unwrap(), MAX_BYTES as u64);
        let beyond = StatusList::new(Bits::Eight, MAX_BYTES as u64 + 1);
        assert_eq!(beyond.unwrap_err().code(), "status-list-too-large");
    }

    #[test]
    fn the_example_token() {
        let Some(vector) = read("example-tokens.json") else { return };
        let mut jwk = vector["signing_key_jwk"].clone();
        jwk.as_object_mut().unwrap().remove("d");
        let key = PublicKey::from_jwk(&serde_json::from_value::<Jwk>(jwk).unwrap()).unwrap();
        let token = &vector["status_list_jwt"];
        let text = token["compact"].as_str().unwrap();
        let payload = &token["displayed_payload"];
        let uri = payload["sub"].as_str().unwrap();
        let (iat, exp) = (payload["iat"].as_i64().unwrap(), payload["exp"].as_i64().unwrap());
        let check = |text: &str, uri: &str, now: i64| {
            UnverifiedStatusToken::parse(text)
                .and_then(|token| token.verify(&key, uri, Timestamp::from_unix(now), Seconds(0)))
                .map_err(|error| error.code())
        };
        let verified = check(text, uri, iat).unwrap();
        assert_eq!(verified.claims().issued_at.unix(), iat);
        assert_eq!(verified.claims().expires_at.unwrap().unix(), exp);
        assert_eq!(verified.claims().ttl, Some(Seconds(43_200)));
        assert!(!verified.is_stale(Timestamp::from_unix(iat), Timestamp::from_unix(iat + 43_200)));
        assert!(verified.is_stale(Timestamp::from_unix(iat), Timestamp::from_unix(iat + 43_201)));
        let status = |idx| verified.status(&StatusReference { uri: uri.to_owned(), idx });
        assert_eq!(status(0), Ok(Status::Revoked));
        assert_eq!(status(1), Ok(Status::Valid));
        assert_eq!(status(16).unwrap_err().code(), "status-list-out-of-bounds");

        assert_eq!(check(text, uri, exp).err(), Some("status-token-expired"));
        assert_eq!(check(text, uri, iat - 1).err(), Some("status-token-in-future"));
        assert_eq!(check(text, "https://example.com/statuslists/2", iat).err(), Some("status-token-subject"));
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert!(check(std::str::from_utf8(&bytes).unwrap(), uri, iat).is_err(), "changed at {at}");
        }
    }

    #[test]
    fn the_example_cwt() {
        let Some(vector) = read("example-tokens.json") else { return };
        let mut jwk = vector["signing_key_jwk"].clone();
        jwk.as_object_mut().unwrap().remove("d");
        let key = PublicKey::from_jwk(&serde_json::from_value::<Jwk>(jwk).unwrap()).unwrap();
        let bytes = hex::decode(vector["status_list_cwt"]["hex"].as_str().unwrap()).unwrap();
        let payload = &vector["status_list_jwt"]["displayed_payload"];
        let uri = payload["sub"].as_str().unwrap();
        let (iat, exp) = (payload["iat"].as_i64().unwrap(), payload["exp"].as_i64().unwrap());
        let check = |bytes: &[u8], uri: &str, now: i64| {
            UnverifiedStatusCwt::parse(bytes)
                .and_then(|token| token.verify(&key, uri, Timestamp::from_unix(now), Seconds(0)))
                .map_err(|error| error.code())
        };
        let token = UnverifiedStatusCwt::parse(&bytes).unwrap();
        assert_eq!(token.kid(), Some(b"12".as_slice()));
        let verified = check(&bytes, uri, iat).unwrap();
        assert_eq!(verified.claims().issued_at.unix(), iat);
        assert_eq!(verified.claims().expires_at.unwrap().unix(), exp);
        assert_eq!(verified.claims().ttl, Some(Seconds(43_200)));
        // The same list as in the JWT.
        let expected = read("short-1bit.json").unwrap()["expected"].clone();
        for idx in 0..16 {
            let wanted = expected.get(idx.to_string()).map_or(0, |value| value.as_u64().unwrap());
            let status = verified.status(&StatusReference { uri: uri.to_owned(), idx }).unwrap();
            assert_eq!(status.value().map(u64::from), Some(wanted), "at {idx}");
        }
        assert_eq!(check(&bytes, uri, exp).err(), Some("status-token-expired"));
        assert_eq!(check(&bytes, uri, iat - 1).err(), Some("status-token-in-future"));
        assert_eq!(
            check(&bytes, "https://example.com/statuslists/2", iat).err(),
            Some("status-token-subject")
        );
        let unsigned = unprotected_kid(&bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            // What nobody has signed here is which key it names, not what it says.
            let is_unsigned = unsigned.contains(&at);
            assert_eq!(check(&changed, uri, iat).is_ok(), is_unsigned, "changed at {at}");
        }
        let referenced = hex::decode(vector["referenced_token_cwt"]["hex"].as_str().unwrap()).unwrap();
        assert_eq!(check(&referenced, uri, iat).err(), Some("status-token-header-type"));
    }

    /// Where the two bytes of the unprotected `kid` stand.
    fn unprotected_kid(bytes: &[u8]) -> std::ops::Range<usize> {
        let head = b"\xa1\x04\x4212";
        let at = bytes.windows(head.len()).position(|window| window == head).unwrap();
        at + 3..at + head.len()
    }
}
