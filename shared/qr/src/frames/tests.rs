use absah_types::Coded as _;
use proptest::prelude::*;

use super::*;

fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..length).map(|_| (next() >> 24) as u8).collect()
}

fn assemble<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Message, FinishError> {
    let mut assembler = Assembler::default();
    for text in texts {
        assembler.push(text).unwrap();
    }
    assembler.finish()
}

#[test]
fn a_short_message_is_one_frame_that_says_what_it_is() {
    let frames = split(Kind::Answer, b"hello", 10).unwrap();
    assert_eq!(frames.len(), 1);
    let text = frames[0].text();
    assert!(text.starts_with("ABSAH1A:"));
    let message = assemble([&text[..]]).unwrap();
    assert_eq!(message, Message { kind: Kind::Answer, payload: b"hello".to_vec() });
    let empty = split(Kind::Bundle, b"", 10).unwrap();
    assert_eq!(assemble([&empty[0].text()[..]]).unwrap().payload, b"");
}

/// The text of a full frame is exactly as long as the version holds.
#[test]
fn frames_fill_their_version() {
    for version in [5, 10, 20, 22, 25, 40] {
        let capacity = shard_capacity(version, Ecc::L).unwrap();
        let frame = &split(Kind::Answer, &noise(1, capacity), version).unwrap()[0];
        let room = alphanumeric_capacity(version, Ecc::L).unwrap();
        assert!((room - 2..=room).contains(&frame.text().len()), "version {version}");
        assert_eq!(crate::render::Symbol::encode(&frame.text(), Ecc::L).unwrap().version(), version);
        assert_eq!(split(Kind::Answer, &noise(1, capacity + 1), version).unwrap().len(), 2);
    }
    assert_eq!(split(Kind::Answer, b"", 0), Err(SplitError::Version { version: 0 }));
    assert_eq!(split(Kind::Answer, b"", 1), Err(SplitError::Version { version: 1 }));
    let capacity = shard_capacity(5, Ecc::L).unwrap();
    assert_eq!(split(Kind::Answer, &noise(1, capacity * 255), 5).unwrap().len(), 255);
    let limit = capacity * 255;
    assert_eq!(split(Kind::Answer, &noise(1, limit + 1), 5), Err(SplitError::TooLarge { limit }));
}

#[test]
fn an_answer_with_a_portrait_is_two_frames_of_version_25() {
    // 57 bytes of envelope, 870 of presentation, 1,016 of portrait.
    assert_eq!(split(Kind::Answer, &noise(1, 57 + 870 + 1_016), 25).unwrap().len(), 2);
}

#[test]
fn what_keyboards_and_files_do_is_tolerated() {
    for seed in 0..400 {
        let text = split(Kind::RequestShort, &noise(seed, 20 + seed as usize % 2), 10).unwrap()[0].text();
        for seen in [
            text.to_lowercase(),
            format!("\r\n {text} \r\n"),
            text.trim_end().to_owned(),
            format!("{text}\t"),
        ] {
            assert_eq!(Frame::parse(&seen).unwrap().text(), text);
        }
    }
}

#[test]
fn hostile_catalogue() {
    let good = split_with(Kind::Answer, &noise(1, 2_000), 25, Ecc::L, Repair::Frames(1)).unwrap();
    let text = good[0].text();
    let forged = |change: fn(&mut Frame)| {
        let mut frame = good[0].clone();
        change(&mut frame);
        frame.text()
    };
    let mut damaged = text.clone();
    damaged.replace_range(100..101, if &text[100..101] == "A" { "B" } else { "A" });
    let cases: Vec<(&str, String, &str)> = vec![
        ("nothing", String::new(), "frame-not-ours"),
        ("an address", "https://example.org".into(), "frame-not-ours"),
        ("a health certificate", "HC1:6BF".into(), "frame-not-ours"),
        ("no colon", "ABSAH1A".into(), "frame-not-ours"),
        ("a later version", text.replacen("ABSAH1", "ABSAH2", 1), "frame-version-unknown"),
        ("an unknown kind", text.replacen("1A:", "1Z:", 1), "frame-kind-unknown"),
        ("two kinds", text.replacen("1A:", "1AA:", 1), "frame-kind-unknown"),
        ("another kind", text.replacen("1A:", "1B:", 1), "frame-checksum"),
        ("too long for any code", format!("ABSAH1A:{}", "0".repeat(5_000)), "frame-too-long"),
        ("not base45", "ABSAH1A:?????".into(), "frame-base45"),
        ("beyond two bytes", "ABSAH1A::::".into(), "frame-base45"),
        ("only a head", "ABSAH1A:".into(), "frame-too-short"),
        ("half a header", text[..8 + 12].into(), "frame-too-short"),
        ("cut off", text[..text.len() - 3].into(), "frame-checksum"),
        ("one character changed", damaged, "frame-checksum"),
        ("no frame needed", forged(|f| f.needed = 0), "frame-header"),
        ("more needed than there are", forged(|f| f.needed = 4), "frame-header"),
        ("index beyond the end", forged(|f| f.index = 3), "frame-header"),
        ("more filling than shards", forged(|f| f.padding = 2), "frame-header"),
        ("nothing in many", forged(|f| f.shard.clear()), "frame-header"),
    ];
    for (name, text, code) in cases {
        assert_eq!(Assembler::default().push(&text).map_err(|e| e.code()), Err(code), "{name}");
    }
    assert_eq!(Frame::parse(&text).as_ref(), Ok(&good[0]), "the neighbour");
}

#[test]
fn lies_about_the_whole_are_found() {
    let frames = split_with(Kind::Answer, &noise(1, 2_000), 25, Ecc::L, Repair::Frames(1)).unwrap();
    let mut assembler = Assembler::default();
    assembler.push(&frames[0].text()).unwrap();
    let forgeries: [fn(&mut Frame); 5] =
        [|f| f.needed = 3, |f| f.total = 9, |f| f.padding = 1, |f| f.shard.push(0), |f| f.index = 0];
    for forge in forgeries {
        let mut frame = frames[1].clone();
        forge(&mut frame);
        assert_eq!(assembler.push(&frame.text()), Err(FrameError::Conflict));
    }
    // What was collected before is still there.
    assert!(assembler.push(&frames[2].text()).unwrap().is_complete());
    assert_eq!(assembler.finish().unwrap().payload, noise(1, 2_000));

    // All checksums right, message wrong: everything about it is forgotten, a new scan succeeds.
    let mut wrong = frames[1].clone();
    wrong.shard[7] ^= 1;
    assembler.push(&frames[0].text()).unwrap();
    assert_eq!(assembler.push(&wrong.text()), Err(FrameError::MessageCheck));
    assert_eq!(assembler.finish(), Err(FinishError::Empty));
    for frame in frames.iter().take(2) {
        assembler.push(&frame.text()).unwrap();
    }
    assert!(assembler.finish().is_ok());
}

#[test]
fn limits_hold() {
    let mut assembler = Assembler::new(Limits { message: 2_000, messages: 2 });
    let at_limit = split(Kind::Answer, &noise(1, 2_000), 10).unwrap();
    let above = split(Kind::Answer, &noise(1, 2_000 + 300), 10).unwrap();
    assert_eq!(assembler.push(&above[0].text()), Err(FrameError::MessageTooLarge { limit: 2_000 }));
    assert!(assembler.push(&at_limit[0].text()).is_ok());
    for seed in 2..20 {
        let other = split(Kind::Answer, &noise(seed, 2_000), 10).unwrap();
        assert!(assembler.push(&other[0].text()).unwrap().others <= 1);
    }
    // The first message has been dropped meanwhile.
    assert_eq!(assembler.push(&at_limit[1].text()).unwrap().have, 1);
}

#[test]
fn interleaved_messages_are_reported_and_kept_apart() {
    let mine = split(Kind::Answer, &noise(1, 500), 10).unwrap();
    let other = split(Kind::Answer, &noise(2, 500), 10).unwrap();
    let mut assembler = Assembler::default();
    let mut last = None;
    for (a, b) in mine.iter().zip(&other) {
        assembler.push(&b.text()).unwrap();
        last = Some(assembler.push(&a.text()).unwrap());
        assert_eq!(assembler.push(&a.text()).unwrap().novelty, Novelty::Duplicate);
    }
    // The other one became whole just before.
    let last = last.unwrap();
    assert_eq!((last.message, last.is_complete(), last.others), (mine[0].message(), true, 0));
    assert_eq!(assembler.finish().unwrap().payload, noise(1, 500));

    assembler.push(&other[0].text()).unwrap();
    assert_eq!(assembler.push(&mine[0].text()).unwrap().others, 1);
    assert_eq!(assembler.finish(), Err(FinishError::Incomplete { have: 1, needed: 3 }));
}

/// Showing all 255 frames in turn, a reader that misses each with probability p needs K/(1−p) of them on average.
#[test]
fn mean_frames_needed() {
    for (k, loss_percent) in [(2, 10), (8, 30), (20, 50)] {
        let capacity = shard_capacity(10, Ecc::L).unwrap();
        let payload = noise(3, capacity * k);
        let frames = split_with(Kind::Bundle, &payload, 10, Ecc::L, Repair::Full).unwrap();
        let texts: Vec<String> = frames.iter().map(Frame::text).collect();
        let (rounds, mut shown) = (60, 0);
        for round in 0..rounds {
            let luck = noise(round + 1, 4_000);
            let mut assembler = Assembler::default();
            let start = luck.len() / 2 + round as usize;
            for (turn, text) in texts.iter().cycle().skip(start % 255).enumerate() {
                shown += 1;
                let seen = u32::from(luck[turn]) * 100 >= loss_percent * 256;
                if seen && assembler.push(text).unwrap().is_complete() {
                    break;
                }
            }
            assert_eq!(assembler.finish().unwrap().payload, payload);
        }
        let mean = f64::from(shown) / rounds as f64;
        let ideal = k as f64 / (1.0 - f64::from(loss_percent) / 100.0);
        assert!(mean <= ideal * 1.05, "K = {k}, loss {loss_percent} %: {mean:.2} shown, ideal {ideal:.2}");
    }
}

proptest! {
    /// Any K of N in any order, with repeats and garbage between.
    #[test]
    fn any_k_of_n(length in 0_usize..3_000, version in 4_u8..12, repair in 0_u8..20, seed: u64) {
        let payload = noise(seed, length);
        let frames = split_with(Kind::Bundle, &payload, version, Ecc::M, Repair::Frames(repair)).unwrap();
        let needed = usize::from(frames[0].needed());
        let mut order: Vec<(u8, &Frame)> = noise(seed ^ 1, frames.len()).into_iter().zip(&frames).collect();
        order.sort_by_key(|(key, _)| *key);
        let mut assembler = Assembler::default();
        for (taken, (_, frame)) in order.into_iter().take(needed).enumerate() {
            prop_assert!(assembler.push("garbage").is_err());
            let progress = assembler.push(&frame.text()).unwrap();
            prop_assert_eq!(usize::from(progress.have), taken + 1);
            prop_assert_eq!(assembler.push(&frame.text()).unwrap().novelty, Novelty::Duplicate);
        }
        prop_assert_eq!(assembler.finish().unwrap().payload, payload);
    }

    #[test]
    fn any_text_is_survived(text: String, body in "[0-9A-Z $%*+./:-]{0,80}") {
        let _ = Frame::parse(&text);
        let _ = Frame::parse(&format!("ABSAH1A:{body}"));
    }
}
