//! The packing under the seal: bombs, marks that lead nowhere, numbers that are too large.

use absah_qr::Dictionary;
use flate2::{Compress, Compression, FlushCompress};

use crate::asked::Asked;
use crate::{Case, Shown};

/// The marks of a skeleton, by their bytes: the format's own tests hold them to these.
const OPEN: u8 = 0xF5;
const CLOSE: u8 = 0xF6;
const RAW32: u8 = 0xF8;
const DIGEST: u8 = 0xFB;
const CHAIN: u8 = 0xFC;
const DER: u8 = 0xFD;
const AUD: u8 = 0xFE;
const SD_HASH: u8 = 0xC0;

fn varint(mut value: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while value > 0x7F {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut stream = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(content.len() + 1_000);
    stream.compress_vec(content, &mut out, FlushCompress::Finish).unwrap();
    out
}

/// Version 1 with these lengths and parts.
fn version_1(skeleton_length: usize, raw_length: usize, raw: &[u8], stream: &[u8]) -> Vec<u8> {
    let id = absah_crypto::sha256(Dictionary::v1().bytes());
    [&[1, id[0], id[1]][..], &varint(skeleton_length), &varint(raw_length), raw, stream].concat()
}

fn skeleton(skeleton: &[u8], raw: &[u8]) -> Vec<u8> {
    version_1(skeleton.len(), raw.len(), raw, &deflate(skeleton))
}

fn packed(name: &str, code: &'static str, packed: Vec<u8>) -> Case {
    Case::new(name, code, move |asked: &Asked| Shown::Answer(asked.seal(&[(0, packed.clone(), vec![])])))
}

fn plain(name: &str, code: &'static str, text: &[u8]) -> Case {
    packed(name, code, [&[0], text].concat())
}

pub(crate) fn cases() -> Vec<Case> {
    let other = absah_crypto::sha256(b"another dictionary");
    let zeros = |length| deflate(&vec![b'0'; length]);
    vec![
        packed("no packing", "pack-empty", vec![]),
        packed("version 2", "pack-version-unknown", vec![2, 0, 0]),
        packed("version 255", "pack-version-unknown", vec![255]),
        packed("another dictionary", "pack-dictionary-unknown", vec![1, other[0], other[1], 0, 0]),
        packed("no dictionary", "pack-truncated", vec![1]),
        packed("half a dictionary", "pack-truncated", vec![1, other[0]]),
        packed("no lengths", "pack-truncated", skeleton(b"", b"")[..3].to_vec()),
        packed("one length", "pack-truncated", skeleton(b"", b"")[..4].to_vec()),
        packed("a length without end", "pack-malformed", [&skeleton(b"", b"")[..3], &[0xff; 9]].concat()),
        packed(
            "more raw bytes than there are",
            "pack-truncated",
            version_1(1, 100_000, b"x", &deflate(b"x")),
        ),
        packed("a stream cut off", "pack-truncated", {
            let stream = zeros(30_000);
            version_1(30_000, 0, b"", &stream[..stream.len() - 2])
        }),
        packed("no stream", "pack-truncated", version_1(100, 0, b"", b"")),
        packed("no stream at all, noise", "pack-inflate", version_1(100, 0, b"", &[0xff; 40])),
        packed("a stream that goes on", "pack-malformed", version_1(10, 0, b"", &zeros(100))),
        packed(
            "a bomb: says little, holds ten megabytes",
            "pack-malformed",
            version_1(100, 0, b"", &zeros(10 << 20)),
        ),
        packed("a bomb: says ten megabytes", "pack-too-large", version_1(10 << 20, 0, b"", &zeros(10 << 20))),
        packed(
            "a bomb: says the largest number",
            "pack-too-large",
            version_1((1 << 28) - 1, 0, b"", &zeros(100)),
        ),
        packed("a bomb: just above the limit", "pack-too-large", version_1(65_537, 0, b"", &zeros(65_537))),
        packed("a bomb of marks: the audience", "pack-too-large", skeleton(&[AUD; 20_000], b"")),
        packed("a bomb of marks: digests", "pack-too-large", {
            let many = [b"~".as_slice(), &[DIGEST; 20_000]].concat();
            skeleton(&many, &[0; 20_000])
        }),
        packed("a bomb of marks: the hash of the card", "pack-too-large", {
            skeleton(&[b"~".as_slice(), &[SD_HASH; 20_000]].concat(), b"")
        }),
        packed("a bomb of certificates", "pack-too-large", {
            let certificate = [&[DER][..], &varint(60_000), &[0; 60_000]].concat();
            skeleton(&certificate, b"")
        }),
        packed("shorter than it says", "pack-malformed", version_1(100, 0, b"", &zeros(10))),
        packed("something behind the stream", "pack-trailing", [skeleton(b"a.b.c~", b""), vec![0]].concat()),
        packed("raw bytes left over", "pack-trailing", skeleton(b"a.b.c~", b"xx")),
        packed("an unknown mark", "pack-malformed", skeleton(&[0x08], b"")),
        packed("a zero", "pack-malformed", skeleton(&[0], b"")),
        packed("closed before it was opened", "pack-malformed", skeleton(&[CLOSE], b"")),
        packed("opened and not closed", "pack-malformed", skeleton(&[OPEN, b'x'], b"")),
        packed("opened too often", "pack-too-deep", skeleton(&[OPEN; 5], b"")),
        packed("opened sixty thousand times", "pack-too-deep", skeleton(&[OPEN; 60_000], b"")),
        packed("a digest of nothing", "pack-bad-reference", skeleton(&[DIGEST], &[0])),
        packed("a digest of what comes later", "pack-bad-reference", skeleton(&[b'~', DIGEST], &[9])),
        packed("the hash of no card", "pack-bad-reference", skeleton(&[SD_HASH], b"")),
        packed("raw bytes that are not there", "pack-truncated", skeleton(&[RAW32], &[1; 31])),
        packed("a certificate that is not there", "pack-truncated", skeleton(&[DER, 0x7f], b"")),
        packed("certificates nobody knows", "pack-certificate-unknown", skeleton(&[CHAIN], &[7; 32])),
        plain("no text", "pack-not-text", &[0xff, 0xfe, 0xfd]),
        plain("half a letter", "pack-not-text", "é".as_bytes().split_at(1).0),
        plain("an empty text", "sd-jwt-no-tilde", b""),
        plain("a word", "sd-jwt-no-tilde", b"HALO"),
        plain("markup in the place of a card", "sd-jwt-no-tilde", b"<script>alert(1)</script>"),
        plain("a JWT without disclosures", "sd-jwt-no-tilde", b"eyJhbGciOiJub25lIn0.e30."),
        plain("only a tilde", "jws-not-compact", b"~"),
        plain("a thousand tildes", "jws-not-compact", &[b'~'; 1_000]),
        plain("two parts", "jws-not-compact", b"a.b~"),
        plain("four parts", "jws-not-compact", b"a.b.c.d~"),
        plain("no base64url", "jws-encoding", b"a+.b.c~"),
        plain("base64 with padding", "jws-encoding", b"e30=.e30.AAAA~"),
        plain("a header that is no JSON", "jws-header-json", b"eA.e30.AAAA~"),
        plain("a header that is a list", "jws-header-json", b"W10.e30.AAAA~"),
        // {"alg":"ES256","alg":"none"}
        plain(
            "a header with alg twice",
            "jws-header-duplicate",
            b"eyJhbGciOiJFUzI1NiIsImFsZyI6Im5vbmUifQ.e30.AAAA~",
        ),
        // {"alg":7}
        plain("a header with a number for alg", "jws-algorithm", b"eyJhbGciOjd9.e30.AAAA~"),
        plain("an SD-JWT in JSON", "sd-jwt-no-tilde", br#"{"payload":"e30","signatures":[]}"#),
    ]
}
