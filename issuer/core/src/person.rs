//! Who somebody is to the agencies: one random id per person, and a number for each sector made from it.
//!
//! "Never hash a NIK": a town's whole space of numbers is tried in minutes. So nothing here hashes one without a key,
//! and no number is made from one: the numbers come from 128 random bits, each sector's under a key of its own.

use absah_types::{HolderLink, Nik, Sector, SectorToken, SectorTokens, coded};

use crate::ports::{KeyStore, SecretRole};

/// Parts the uses of a key; the zero ends it, as no name of a sector contains one.
const TOKEN_TAG: &[u8] = b"absah-sector-token\0";
const LOOKUP_TAG: &[u8] = b"absah-person-lookup\0";
const HOLDER_TAG: &[u8] = b"absah-holder-link\0";

/// The version of the numbers: another would give everybody others.
const VERSION: u8 = 1;

/// 128 random bits that are one person, for ever. It never leaves the issuer's records: not on a card, not in a log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cid([u8; 16]);

impl Cid {
    /// From its bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl core::fmt::Debug for Cid {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Cid(…)")
    }
}

/// Under which a person's id is kept: `HMAC(K_lookup, tag ‖ NIK)`. Whoever has the records but not the key cannot tell
/// whose id is whose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lookup(pub [u8; 32]);

impl Lookup {
    /// That of a NIK.
    #[must_use]
    pub fn of(keys: &dyn KeyStore, nik: Nik) -> Self {
        Self(keys.mac(SecretRole::Lookup, &[LOOKUP_TAG, nik.to_string().as_bytes()].concat()))
    }
}

impl core::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Lookup(…)")
    }
}

/// A person's number in one sector: the first 16 bytes of `HMAC(K_s, tag ‖ sector ‖ 0 ‖ version ‖ CID)`.
#[must_use]
pub fn token(keys: &dyn KeyStore, sector: Sector, cid: Cid) -> SectorToken {
    let message = [TOKEN_TAG, sector.name().as_bytes(), &[0, VERSION], cid.as_bytes()].concat();
    let mac = keys.mac(SecretRole::Sector(sector), &message);
    SectorToken::from_bytes(mac.first_chunk().copied().unwrap_or_default())
}

/// A person's numbers in all sectors.
#[must_use]
pub fn tokens(keys: &dyn KeyStore, cid: Cid) -> SectorTokens {
    SectorTokens::each(|sector| token(keys, sector, cid))
}

/// What ties the copies of this number (counted from 0) of all cards of a person to one another, and to nobody else's:
/// the first 16 bytes of `HMAC(K_holder, tag ‖ version ‖ number ‖ CID)`.
///
/// Each copy goes to one agency, so two agencies see two values. It is the same in all cards and formats and after a
/// renewal, so that a card of today goes with one of last week.
#[must_use]
pub fn holder_link(keys: &dyn KeyStore, cid: Cid, copy: u32) -> HolderLink {
    let message = [HOLDER_TAG, &[VERSION], &copy.to_be_bytes(), cid.as_bytes()].concat();
    let mac = keys.mac(SecretRole::Holder, &message);
    HolderLink::from_bytes(mac.first_chunk().copied().unwrap_or_default())
}

/// Why a number is not converted into that of another sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConversionError {
    /// From a sector into itself.
    SameSector,
    /// Nobody has this number in any sector.
    TokenUnknown,
    /// Somebody has this number, but in another sector than was said.
    WrongSector,
    /// The person of this number is not in the register.
    PersonUnknown,
}

impl core::fmt::Display for ConversionError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::SameSector => "conversion into the same sector",
            Self::TokenUnknown => "token unknown",
            Self::WrongSector => "token of another sector",
            Self::PersonUnknown => "person of the token not in the register",
        })
    }
}

impl core::error::Error for ConversionError {}

coded! { ConversionError {
    SameSector => ("token-sector-same", User),
    TokenUnknown => ("token-unknown", User),
    WrongSector => ("token-sector-wrong", User),
    PersonUnknown => ("token-person-unknown", User),
} }

/// Whose number it is. Every id is tried: an index from numbers to people would join the sectors for whoever steals the
/// records, and a town's ids are tried within a second.
///
/// # Errors
/// `WrongSector` when somebody has this number in another sector, else `TokenUnknown`.
pub fn holder(
    keys: &dyn KeyStore,
    number: SectorToken,
    sector: Sector,
    people: &[(Lookup, Cid)],
) -> Result<(Lookup, Cid), ConversionError> {
    let whose = |sector: Sector| people.iter().find(|(_, cid)| token(keys, sector, *cid) == number);
    if let Some(found) = whose(sector) {
        return Ok(*found);
    }
    let elsewhere =
        Sector::ALL.into_iter().filter(|other| *other != sector).any(|other| whose(other).is_some());
    Err(if elsewhere { ConversionError::WrongSector } else { ConversionError::TokenUnknown })
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_crypto::{PrivateKey, Signer};
    use absah_types::{Coded as _, Secret};
    use std::collections::BTreeSet;

    /// A secret of its own for each role, and a key that nothing is signed with.
    struct Keys(Vec<(SecretRole, Secret<[u8; 32]>)>, PrivateKey);

    impl Keys {
        fn of(seed: u8) -> Self {
            let secret = |(role, at): (SecretRole, u8)| (role, Secret::new([at ^ seed; 32]));
            Self(SecretRole::ALL.into_iter().zip(1..).map(secret).collect(), absah_testkit::key(1))
        }
    }

    impl KeyStore for Keys {
        fn signer(&self, _: crate::ports::KeyRole) -> &(dyn Signer + Send + Sync) {
            &self.1
        }

        fn secret(&self, role: SecretRole) -> &Secret<[u8; 32]> {
            &self.0.iter().find(|(one, _)| *one == role).unwrap().1
        }
    }

    fn people(keys: &Keys) -> Vec<(Lookup, Cid)> {
        let nik = |n: u8| Nik::parse(&format!("35770101019000{n:02}")).unwrap();
        (1..=20).map(|n| (Lookup::of(keys, nik(n)), Cid::from_bytes([n; 16]))).collect()
    }

    #[test]
    fn a_number_is_always_the_same_and_never_that_of_another_sector_person_or_town() {
        let (keys, other_town) = (Keys::of(0), Keys::of(0x80));
        let mut seen = BTreeSet::new();
        for (_, cid) in people(&keys) {
            assert_eq!(tokens(&keys, cid), tokens(&keys, cid));
            for town in [&keys, &other_town] {
                for (_, token) in tokens(town, cid).iter() {
                    assert!(seen.insert(token), "a number twice");
                }
            }
        }
        assert_eq!(seen.len(), 20 * 2 * Sector::ALL.len());
    }

    #[test]
    fn the_sector_counts_even_under_one_key() {
        let secrets = SecretRole::ALL.into_iter().map(|role| (role, Secret::new([7; 32]))).collect();
        let one = Keys(secrets, absah_testkit::key(1));
        let all: BTreeSet<_> =
            tokens(&one, Cid::from_bytes([1; 16])).iter().map(|(_, token)| token).collect();
        assert_eq!(all.len(), Sector::ALL.len());
    }

    #[test]
    fn the_message_is_as_documented() {
        let keys = Keys::of(0);
        let message = [b"absah-sector-token\0pajak\0\x01".as_slice(), &[9; 16]].concat();
        let key = keys.secret(SecretRole::Sector(Sector::Pajak)).expose();
        let mac = absah_crypto::hmac_sha256(key, &message);
        assert_eq!(token(&keys, Sector::Pajak, Cid::from_bytes([9; 16])).as_bytes(), &mac[..16]);
    }

    #[test]
    fn people_are_found_by_a_number_of_the_right_sector_only() {
        let keys = Keys::of(0);
        let people = people(&keys);
        let (lookup, cid) = people[11];
        let number = token(&keys, Sector::Sosial, cid);
        assert_eq!(holder(&keys, number, Sector::Sosial, &people), Ok((lookup, cid)));
        let code = |number, sector| holder(&keys, number, sector, &people).map_err(|error| error.code());
        assert_eq!(code(number, Sector::Pajak), Err("token-sector-wrong"));
        assert_eq!(code(SectorToken::from_bytes([1; 16]), Sector::Sosial), Err("token-unknown"));
    }

    #[test]
    fn a_link_is_that_of_one_person_and_one_copy() {
        let keys = Keys::of(0);
        let mut seen = BTreeSet::new();
        for (_, cid) in people(&keys) {
            for copy in 0..12 {
                assert_eq!(holder_link(&keys, cid, copy), holder_link(&keys, cid, copy));
                assert!(seen.insert(holder_link(&keys, cid, copy)), "a link twice");
            }
        }
        let message = [b"absah-holder-link\0\x01\0\0\0\x07".as_slice(), &[9; 16]].concat();
        let mac = absah_crypto::hmac_sha256(keys.secret(SecretRole::Holder).expose(), &message);
        let link = holder_link(&keys, Cid::from_bytes([9; 16]), 7);
        assert_eq!(Some(link), mac.first_chunk().copied().map(HolderLink::from_bytes));
    }

    #[test]
    fn debug_tells_nothing() {
        let keys = Keys::of(0);
        assert_eq!(format!("{:?}", people(&keys)[0]), "(Lookup(…), Cid(…))");
    }
}
