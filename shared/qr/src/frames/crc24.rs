//! CRC-24 as OpenPGP uses it (RFC 9580, section 6.1.1): 24 bits find what a keyboard-typing scanner mangles.

const INITIAL: u32 = 0x00B7_04CE;
const POLYNOMIAL: u32 = 0x0086_4CFB;

/// The checksum of all `parts`, one after another.
pub(super) fn crc24(parts: &[&[u8]]) -> [u8; 3] {
    let mut crc = INITIAL;
    for byte in parts.iter().copied().flatten() {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            crc <<= 1;
            if crc & 0x0100_0000 != 0 {
                crc ^= 0x0100_0000 | POLYNOMIAL;
            }
        }
    }
    let [_, a, b, c] = crc.to_be_bytes();
    [a, b, c]
}

#[cfg(test)]
mod tests {
    /// The check value of CRC-24/OPENPGP in the catalogue of parametrised CRC algorithms.
    #[test]
    fn check_value() {
        assert_eq!(super::crc24(&[b"1234", b"56789"]), [0x21, 0xCF, 0x02]);
    }
}
