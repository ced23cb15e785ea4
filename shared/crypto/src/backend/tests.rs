//! What one backend signs the other verifies, and both refuse the same.

use super::{aws_lc, pure};
use crate::testing::Seeded;
use proptest::prelude::*;

fn pair(seed: u64) -> ([u8; 32], [u8; 65]) {
    let mut rng = Seeded::new(seed);
    let scalar = absah_types::array(&mut rng);
    (scalar, super::public_point(&scalar).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_verifies_the_other(seed: u64, message: Vec<u8>) {
        let (scalar, point) = pair(seed);
        let ours = pure::SigningKey::new(&scalar, &point).unwrap();
        let theirs = aws_lc::SigningKey::new(&scalar, &point).unwrap();
        let verify_pure = pure::VerifyingKey::new(&point).unwrap();
        let verify_aws = aws_lc::VerifyingKey::new(&point).unwrap();
        for signature in [ours.sign(&message).unwrap(), theirs.sign(&message).unwrap()] {
            prop_assert!(verify_pure.verify(&message, &signature).is_ok());
            prop_assert!(verify_aws.verify(&message, &signature).is_ok());
            let other = [&message[..], b"x"].concat();
            prop_assert!(verify_pure.verify(&other, &signature).is_err());
            prop_assert!(verify_aws.verify(&other, &signature).is_err());
        }
    }

    #[test]
    fn both_take_and_refuse_the_same_points(seed: u64, at in 0usize..65, with: u8) {
        let (_, mut point) = pair(seed);
        point[at] = with;
        // `PublicKey` lets only this form through to them.
        point[0] = 4;
        prop_assert_eq!(pure::VerifyingKey::new(&point).is_ok(), aws_lc::VerifyingKey::new(&point).is_ok());
    }

    #[test]
    fn both_take_and_refuse_the_same_signatures(seed: u64, message: Vec<u8>, at in 0usize..64, with: u8) {
        let (scalar, point) = pair(seed);
        let mut signature = pure::SigningKey::new(&scalar, &point).unwrap().sign(&message).unwrap();
        signature[at] = with;
        prop_assert_eq!(
            pure::VerifyingKey::new(&point).unwrap().verify(&message, &signature).is_ok(),
            aws_lc::VerifyingKey::new(&point).unwrap().verify(&message, &signature).is_ok()
        );
    }

    #[test]
    fn both_hash_alike(parts: Vec<Vec<u8>>) {
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(pure::sha256(&parts), aws_lc::sha256(&parts));
    }
}
