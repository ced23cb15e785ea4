//! The bytes of an answer, before and under the seal.

use absah_qr::pack;
use absah_trust::sample::portrait_blob;
use absah_types::Seconds;

use crate::asked::Asked;
use crate::{Case, Shown};

fn bytes(name: &str, code: &'static str, make: impl Fn(&Asked) -> Vec<u8> + 'static) -> Case {
    Case::new(name, code, move |asked| Shown::Answer(make(asked)))
}

/// The honest answer with one byte bent.
fn bent(name: &str, code: &'static str, place: usize) -> Case {
    bytes(name, code, move |asked| {
        let mut answer = asked.honest();
        let place = place.min(answer.len() - 1);
        answer[place] ^= 0x20;
        answer
    })
}

fn inside(name: &str, code: &'static str, inside: &'static [u8]) -> Case {
    bytes(name, code, move |asked| asked.seal_inside(inside))
}

pub(crate) fn cases() -> Vec<Case> {
    let card = |asked: &Asked| pack(&asked.card().text(), &asked.packing());
    vec![
        bytes("no bytes", "answer-malformed", |_| vec![]),
        bytes("the format alone", "answer-malformed", |_| vec![1]),
        bytes("the tag alone", "answer-malformed", |asked| asked.honest()[..9].to_vec()),
        bytes("no ciphertext", "answer-malformed", |asked| asked.honest()[..41].to_vec()),
        bytes("half a seal", "answer-malformed", |asked| asked.honest()[..56].to_vec()),
        bytes("larger than any answer", "answer-malformed", |asked| {
            let mut answer = asked.honest();
            answer.resize(33 * 1024, 0);
            answer
        }),
        bytes("format 0", "answer-format-unknown", |_| vec![0; 100]),
        bytes("format 2", "answer-format-unknown", |asked| [&[2], &asked.honest()[1..]].concat()),
        bytes("text", "answer-format-unknown", |_| b"{\"vp_token\":{}}".to_vec()),
        bent("format bent", "answer-format-unknown", 0),
        bent("tag bent", "answer-other-request", 1),
        bent("tag's end bent", "answer-other-request", 8),
        bytes("nobody's tag", "answer-other-request", |_| [&[1], &[0; 200][..]].concat()),
        bent("sealed key bent", "answer-tampered", 9),
        bent("sealed key's end bent", "answer-tampered", 40),
        bent("content bent", "answer-tampered", 60),
        bent("seal bent", "answer-tampered", usize::MAX),
        bytes("a byte too few", "answer-tampered", |asked| {
            let mut answer = asked.honest();
            answer.pop();
            answer
        }),
        bytes("a byte too many", "answer-tampered", |asked| [asked.honest(), vec![0]].concat()),
        bytes("a key that is no point of order", "answer-tampered", |asked| {
            let mut answer = asked.honest();
            answer[9..41].fill(0);
            answer
        }),
        bytes("sealed to another key", "answer-tampered", |asked| {
            asked.seal_for(&asked.request.hash, &[9; 32], &[0])
        }),
        bytes("sealed for another request", "answer-tampered", |asked| {
            asked.seal_for(&[7; 32], asked.recipient(), &[0])
        }),
        bytes("an answer's beginning with noise", "answer-tampered", |asked| {
            let mut answer = asked.honest();
            for (place, byte) in answer.iter_mut().enumerate().skip(9) {
                *byte = (place * place % 251) as u8;
            }
            answer
        }),
        inside("nothing under the seal", "answer-malformed", b""),
        inside("no card under the seal", "answer-malformed", b"\0"),
        inside("no card, and something", "answer-malformed", b"\0x"),
        inside("255 cards and none", "answer-malformed", b"\xff"),
        inside("a card without length", "answer-malformed", b"\x01\0"),
        inside("a card shorter than it says", "answer-malformed", b"\x01\0\xff\xff\x01"),
        inside("a card without a picture's length", "answer-malformed", b"\x01\0\0\x01\0"),
        inside("a card for a place that was not asked", "answer-unknown-query", b"\x01\x09\0\0\0\0"),
        inside("a card for place 255", "answer-unknown-query", b"\x01\xff\0\0\0\0"),
        bytes("something behind the cards", "answer-malformed", move |asked| {
            let packed = card(asked);
            let mut inside = vec![1, 0];
            inside.extend((packed.len() as u16).to_be_bytes());
            inside.extend([packed, vec![0, 0, 7]].concat());
            asked.seal_inside(&inside)
        }),
        bytes("the same card twice", "response-too-many", move |asked| {
            asked.seal(&[(0, card(asked), vec![]), (0, card(asked), vec![])])
        }),
        bytes("two persons in one answer", "response-too-many", move |asked| {
            let mut other = asked.card();
            other.say("nama", "BUDI CONTOH");
            let other = pack(&other.text(), &asked.packing());
            asked.seal(&[(0, card(asked), vec![]), (0, other, vec![])])
        }),
        bytes("two hundred cards", "response-too-many", |asked| {
            let one = (0, pack("a.b.c~", &asked.packing()), vec![]);
            asked.seal(&vec![one; 200])
        }),
        bytes("a picture nobody asked for", "response-portrait-unasked", move |asked| {
            asked.seal(&[(0, card(asked), portrait_blob())])
        }),
        bytes("a picture larger than any", "answer-malformed", move |asked| {
            asked.seal(&[(0, card(asked), vec![7; 9_000])])
        }),
        bytes("no picture", "response-portrait-missing", move |asked| {
            asked.seal(&[(0, card(asked), vec![])])
        })
        .with_face(),
        bytes("a picture exchanged beside the hash", "portrait-mismatch", move |asked| {
            let mut picture = portrait_blob();
            picture[17] ^= 1;
            asked.seal(&[(0, card(asked), picture)])
        })
        .with_face(),
        bytes("another picture of the right form", "portrait-mismatch", move |asked| {
            let picture = [&[9; 16][..], b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"].concat();
            asked.seal(&[(0, card(asked), picture)])
        })
        .with_face(),
        bytes("a picture of another salt", "portrait-mismatch", move |asked| {
            let mut picture = portrait_blob();
            picture[0] ^= 1;
            asked.seal(&[(0, card(asked), picture)])
        })
        .with_face(),
        bytes("markup for a picture", "portrait-mismatch", move |asked| {
            asked.seal(&[(
                0,
                card(asked),
                b"<svg onload=alert(1) xmlns='http://www.w3.org/2000/svg'>".to_vec(),
            )])
        })
        .with_face(),
        bytes("a byte for a picture", "portrait-mismatch", move |asked| {
            asked.seal(&[(0, card(asked), vec![1])])
        })
        .with_face(),
        bytes("six minutes late", "request-expired", Asked::honest).after(Seconds(360)),
        bytes("a second too late", "request-expired", Asked::honest).after(Seconds(301)),
        bytes("a day late", "request-expired", Asked::honest).after(Seconds::days(1)),
        bytes("before it was asked", "request-expired", Asked::honest).after(Seconds(-1)),
        bytes("late and bent", "request-expired", |asked| [asked.honest(), vec![0]].concat())
            .after(Seconds(360)),
    ]
}
