//! Frames: our own form, bent.

use absah_qr::frames::{Frame, Kind, MessageId, split};

use crate::asked::Asked;
use crate::{Case, Shown};

/// A frame with a right checksum over any numbers: message id, K, N, index, padding.
fn made(kind: char, id: [u8; 4], numbers: [u8; 4], shard: &[u8]) -> String {
    let head = format!("ABSAH1{kind}:");
    let numbers = [&id[..], &numbers].concat();
    let mut bytes = numbers.clone();
    bytes.extend(crc24(&[head.as_bytes(), &numbers, shard].concat()));
    bytes.extend(shard);
    head + &base45::encode(&bytes)
}

/// CRC-24 of RFC 9580, section 6.1.1.
fn crc24(bytes: &[u8]) -> [u8; 3] {
    let mut crc = 0x00B7_04CE_u32;
    for byte in bytes {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            crc <<= 1;
            if crc & 0x0100_0000 != 0 {
                crc ^= 0x0186_4CFB;
            }
        }
    }
    let [_, a, b, c] = crc.to_be_bytes();
    [a, b, c]
}

/// The honest answer in at least three frames.
fn small(asked: &Asked) -> Vec<String> {
    let frames = split(Kind::Answer, &asked.honest(), 10).unwrap();
    assert!(frames.len() > 3);
    frames.iter().map(Frame::text).collect()
}

fn text(name: &str, code: &'static str, text: &str) -> Case {
    let text = text.to_owned();
    Case::new(name, code, move |_| Shown::Texts(vec![text.clone()]))
}

fn texts(name: &str, code: &'static str, make: impl Fn(&Asked) -> Vec<String> + 'static) -> Case {
    Case::new(name, code, move |asked| Shown::Texts(make(asked)))
}

/// A frame that is damaged beside others that are not: the page waits for a better look at it.
fn beside(name: &str, code: &'static str, make: impl Fn(&Asked) -> Vec<String> + 'static) -> Case {
    Case { at_page: "frames-missing", ..texts(name, code, make) }
}

pub(crate) fn cases() -> Vec<Case> {
    let of = |name: &str, numbers: [u8; 4], shard: &'static [u8]| {
        let frame = made('A', [1, 2, 3, 4], numbers, shard);
        text(name, "frame-header", &frame)
    };
    let long = vec![7; 300];
    let own = MessageId::of(Kind::Answer, b"honest").0;
    let mut cases = vec![
        text("the mark alone", "frame-not-ours", "ABSAH1A"),
        text("the mark's beginning", "frame-not-ours", "ABSA"),
        text("the mark in other letters that look alike", "frame-not-ours", "\u{410}BS\u{410}H1A:00"),
        text("the mark in full width", "frame-not-ours", "ＡＢＳＡＨ1A:00"),
        text("the mark behind a byte order mark", "frame-not-ours", "\u{feff}ABSAH1A:00"),
        text("the mark behind a zero", "frame-not-ours", "\0ABSAH1A:00"),
        text("the mark after a word", "frame-not-ours", "KODE ABSAH1A:00"),
        text("version 2", "frame-version-unknown", "ABSAH2A:00"),
        text("no version", "frame-version-unknown", "ABSAHA:00"),
        text("version of another script", "frame-version-unknown", "ABSAH\u{0661}A:00"),
        text("kind unknown", "frame-kind-unknown", "ABSAH1Z:00"),
        text("no kind", "frame-kind-unknown", "ABSAH1:00"),
        text("two kinds", "frame-kind-unknown", "ABSAH1AA:00"),
        text("version 10", "frame-kind-unknown", "ABSAH10A:00"),
        text("kind of another script", "frame-kind-unknown", "ABSAH1\u{410}:00"),
        text("no base45: small signs", "frame-base45", "ABSAH1A:~~~"),
        text("no base45: a digit too large", "frame-base45", "ABSAH1A::::"),
        text("no base45: one letter left over", "frame-base45", "ABSAH1A:0000"),
        text("no base45: markup", "frame-base45", "ABSAH1A:<script>alert(1)</script>"),
        text("no base45: umlauts", "frame-base45", "ABSAH1A:ÄÖÜ"),
        text("no base45: control characters", "frame-base45", "ABSAH1A:\u{1}\u{2}\u{3}"),
        text("no base45: right to left", "frame-base45", "ABSAH1A:\u{202e}00"),
        text("empty", "frame-too-short", "ABSAH1A:"),
        text("two bytes", "frame-too-short", "ABSAH1A:000"),
        text("header without checksum", "frame-too-short", &format!("ABSAH1A:{}", base45::encode([1; 8]))),
        text(
            "header with half a checksum",
            "frame-too-short",
            &format!("ABSAH1A:{}", base45::encode([1; 10])),
        ),
        text("checksum of nothing", "frame-checksum", &format!("ABSAH1A:{}", base45::encode([0; 40]))),
        beside("a letter changed", "frame-checksum", |asked| {
            let mut frames = small(asked);
            let letter = if frames[0].ends_with('0') { "1" } else { "0" };
            let end = frames[0].len() - 1;
            frames[0].replace_range(end.., letter);
            frames
        }),
        beside("two letters exchanged", "frame-checksum", |asked| {
            let mut frames = small(asked);
            // Not each pair that is exchanged is still base45.
            let exchanged = (20..frames[1].len() - 1).map(|place| {
                let mut letters = frames[1].clone().into_bytes();
                letters.swap(place, place + 1);
                String::from_utf8(letters).unwrap()
            });
            frames[1] = exchanged
                .into_iter()
                .find(|text| {
                    Frame::parse(text).map_err(|error| absah_types::Coded::code(&error))
                        == Err("frame-checksum")
                })
                .unwrap();
            frames
        }),
        beside("three letters left out", "frame-checksum", |asked| {
            let mut frames = small(asked);
            frames[0].replace_range(30..33, "");
            frames
        }),
        texts("one kind read as another", "frame-checksum", |asked| {
            small(asked).iter().map(|frame| frame.replacen("ABSAH1A", "ABSAH1B", 1)).collect()
        }),
        texts("a request read as an answer", "frame-checksum", |asked| {
            vec![asked.texts[0].replacen("ABSAH1S", "ABSAH1A", 1)]
        }),
        of("no frames needed", [0, 1, 0, 0], b"x"),
        of("no frames there are", [1, 0, 0, 0], b"x"),
        of("none of none", [0, 0, 0, 0], b""),
        of("more needed than there are", [3, 2, 0, 0], b"x"),
        of("index beyond the end", [2, 3, 3, 0], b"x"),
        of("index 255", [2, 3, 255, 0], b"x"),
        of("as much filling as shards", [2, 3, 0, 2], b"xy"),
        of("filling 255", [1, 1, 0, 255], b"x"),
        of("more filling than content", [9, 9, 0, 5], b"xyz"),
        of("several empty frames", [2, 2, 0, 0], b""),
        text("a message of megabytes", "frame-message-too-large", &made('A', own, [255, 255, 0, 0], &long)),
        text(
            "a message just too large",
            "frame-message-too-large",
            &made('A', own, [220, 255, 219, 0], &long),
        ),
        text("the id of another message", "frame-message-check", &made('A', own, [1, 1, 0, 0], b"dishonest")),
        text("id 0", "frame-message-check", &made('A', [0; 4], [1, 1, 0, 0], &long)),
        texts("repair that contradicts itself", "frame-message-check", |asked| {
            let honest = asked.honest();
            let id = MessageId::of(Kind::Answer, &honest).0;
            (0..2).map(|index| made('A', id, [2, 9, 3 + index, 0], &[index; 200])).collect()
        }),
        text("too long for any code", "frame-too-long", &format!("ABSAH1A:{}", "0".repeat(4_300))),
        Case {
            at_page: "web-too-large",
            ..text("a megabyte of our form", "frame-too-long", &format!("ABSAH1A:{}", "0".repeat(1 << 20)))
        },
        texts("the first frame only", "frames-missing", |asked| small(asked)[..1].to_vec()),
        texts("all but one", "frames-missing", |asked| small(asked)[1..].to_vec()),
        texts("one frame fifty times", "frames-missing", |asked| vec![small(asked)[0].clone(); 50]),
        texts("frames of two answers", "frames-missing", |asked| {
            let other = split(Kind::Answer, &[9; 900], 10).unwrap();
            vec![small(asked)[0].clone(), other[1].text()]
        }),
        texts("five answers begun", "frames-missing", |_| {
            (0..5).map(|n| split(Kind::Answer, &[n; 900], 10).unwrap()[0].text()).collect()
        }),
        texts("one of 255", "frames-missing", |_| vec![made('A', [5; 4], [255, 255, 7, 3], &[1; 100])]),
        texts("a frame changed under its checksum", "frame-conflict", |asked| {
            let frames = small(asked);
            let frame = Frame::parse(&frames[0]).unwrap();
            let numbers = [frame.needed(), frame.total(), 0, 0];
            vec![frames[0].clone(), made('A', frame.message().0, numbers, &[1; 50])]
        }),
        texts("another count for the same message", "frame-conflict", |asked| {
            let frames = small(asked);
            let frame = Frame::parse(&frames[0]).unwrap();
            vec![frames[0].clone(), made('A', frame.message().0, [200, 255, 1, 0], &[1; 50])]
        }),
        texts("two contents of one frame", "frame-conflict", |_| {
            [[1; 40], [2; 40]].iter().map(|shard| made('A', [8; 4], [3, 3, 1, 0], shard)).collect()
        }),
        texts("the request itself", "answer-other-kind", |asked| asked.texts.clone()),
    ];
    for (kind, name) in [
        (Kind::Bundle, "part of a bundle"),
        (Kind::RequestLong, "a request in the long form"),
        (Kind::RequestShort, "an invented request"),
    ] {
        let frames: Vec<String> = split(kind, b"whatever", 10).unwrap().iter().map(Frame::text).collect();
        cases.push(texts(name, "answer-other-kind", move |_| frames.clone()));
    }
    cases
}
