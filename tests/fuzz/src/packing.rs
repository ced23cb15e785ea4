//! Packed bytes under the seal, and whatever text is packed.

use absah_qr::{Dictionary, PackContext, pack, unpack};

const LIMIT: usize = 64 * 1024;

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    let chain = |digest: &[u8; 32]| (digest[0] == 7).then(|| vec![vec![7; 500], vec![8; 400]]);
    let context = PackContext::new(Dictionary::v1())
        .with_binding(
            "x509_hash:Vp3k0f1v5aY2cJxUqKxq9xv3C1cQ2u0B8yqkq1m0N2E",
            "mY0n9j2l1k8u7h6g5f4d3s2a1q0w9e8r7t6y5u4i3o0",
        )
        .with_certificates(&chain);
    if let Ok(text) = unpack(bytes, &context, LIMIT) {
        assert!(text.len() <= LIMIT);
        assert_eq!(unpack(&pack(&text, &context), &context, LIMIT).as_deref(), Ok(&text[..]));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.len() <= LIMIT
    {
        assert_eq!(unpack(&pack(text, &context), &context, LIMIT).as_deref(), Ok(text));
    }
}
