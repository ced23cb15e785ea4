//! Reed-Solomon over GF(256), seen as a polynomial.
//!
//! The *K* data shards are the values at *x* = 0 … *K*−1 of a polynomial of degree below *K* (one polynomial for each byte
//! position). Shard *j* is the value at *x* = *j*. Any *K* values give the polynomial back. The field is GF(2⁸) with
//! x⁸+x⁴+x³+x²+1 (0x11D), the one of QR codes (ISO/IEC 18004, 7.5.2). Shard *j* does not depend on how many shards are made.

const POLYNOMIAL: u16 = 0x11D;

struct Tables {
    log: [u8; 256],
    exp: [u8; 512],
}

static TABLES: Tables = tables();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: an index out of range does not compile"
)]
const fn tables() -> Tables {
    let mut log = [0_u8; 256];
    let mut exp = [0_u8; 512];
    let mut value: u16 = 1;
    let mut power = 0;
    while power < 255 {
        exp[power] = value as u8;
        exp[power + 255] = value as u8;
        log[value as usize] = power as u8;
        value <<= 1;
        if value & 0x100 != 0 {
            value ^= POLYNOMIAL;
        }
        power += 1;
    }
    Tables { log, exp }
}

fn log(a: u8) -> usize {
    TABLES.log.get(usize::from(a)).copied().map_or(0, usize::from)
}

fn exp(power: usize) -> u8 {
    TABLES.exp.get(power).copied().unwrap_or(0)
}

fn multiply(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { exp(log(a) + log(b)) }
}

/// `a / b`; `b` is not zero.
fn divide(a: u8, b: u8) -> u8 {
    if a == 0 { 0 } else { exp(log(a) + 255 - log(b)) }
}

/// The shard at `x`, from exactly *K* shards of one length at different places.
///
/// Lagrange: value(x) = Σ yᵢ · Π (x−xⱼ)/(xᵢ−xⱼ); minus is exclusive or.
pub(super) fn shard_at(x: u8, known: &[(u8, &[u8])]) -> Vec<u8> {
    if let Some((_, shard)) = known.iter().find(|(place, _)| *place == x) {
        return shard.to_vec();
    }
    let length = known.iter().map(|(_, shard)| shard.len()).max().unwrap_or(0);
    let mut out = vec![0_u8; length];
    for (i, (place, shard)) in known.iter().enumerate() {
        let mut weight = 1;
        for (j, (other, _)) in known.iter().enumerate() {
            if i != j {
                weight = divide(multiply(weight, x ^ other), place ^ other);
            }
        }
        for (sum, byte) in out.iter_mut().zip(shard.iter()) {
            *sum ^= multiply(weight, *byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reed_solomon_erasure::galois_8::ReedSolomon;

    #[test]
    fn every_element_has_an_inverse() {
        for a in 1..=255_u8 {
            assert_eq!(multiply(a, divide(1, a)), 1);
        }
    }

    proptest! {
        /// An independent implementation makes the same repair shards.
        #[test]
        fn agrees_with_reed_solomon_erasure(k in 1_usize..40, repair in 1_usize..20, length in 1_usize..50, seed: u64) {
            let mut state = seed | 1;
            let mut next = || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state as u8 };
            let mut shards: Vec<Vec<u8>> = (0..k).map(|_| (0..length).map(|_| next()).collect()).collect();
            shards.resize(k + repair, vec![0; length]);
            ReedSolomon::new(k, repair).unwrap().encode(&mut shards).unwrap();
            let data: Vec<(u8, &[u8])> = shards.iter().take(k).enumerate().map(|(i, s)| (i as u8, &s[..])).collect();
            for (j, shard) in shards.iter().enumerate().skip(k) {
                prop_assert_eq!(&shard_at(j as u8, &data), shard);
            }
        }
    }
}
