//! Packing and QR codes: size, speed, and the same text back.

use std::hint::black_box;

use absah_credential::Format;
use absah_qr::frames::{self, Kind};
use absah_qr::picture::Gray;
use absah_qr::render::{Ecc, Scale, Symbol};
use absah_qr::{Assembler, pack, read, read_rqrr, unpack};
use absah_testkit::SeededRng;

use crate::measure::{Case, Effort, Outcome, interleaved, median, process_cpu};
use crate::report::{Goal, Report};
use crate::sample::{THREE, World, context, paths, subjects};

const GROUP: &str = "Packing and QR, one thread, CPU time";

/// Nine bytes in clear, 32 of the encapsulated key, 16 of the tag.
const ENVELOPE: usize = 9 + 32 + 16;
/// The longest text that is unpacked.
const LIMIT: usize = 16 * 1024;

const CLAIMS: [&str; 15] = [
    "nik",
    "nama",
    "kelahiran",
    "jenisKelamin",
    "golonganDarah",
    "alamat",
    "agama",
    "statusPerkawinan",
    "pekerjaan",
    "kewarganegaraan",
    "portrait",
    "usiaMinimal17",
    "usiaMinimal21",
    "usiaMinimal60",
    "wargaKotaMadiun",
];

pub(crate) fn measure(report: &mut Report, effort: Effort) -> Outcome<()> {
    let world = World::new()?;
    let x5c = |digest: &[u8; 32]| world.chain(digest);
    let context = context(&x5c);
    let mut rng = SeededRng::new(21);
    let three = paths(&THREE);

    let mut sizes: Vec<(f64, f64)> = Vec::new();
    let mut sample = String::new();
    for subject in subjects(200, 31, world.today()) {
        let card = world.issue(&world.groups(&subject, Format::VcSdJwt, &mut rng)?, &mut rng)?;
        sample = world.present(&card, Format::VcSdJwt, &three)?;
        sizes.push((sample.len() as f64, pack(&sample, &context).len() as f64));
    }
    let largest = |of: fn(&(f64, f64)) -> f64| sizes.iter().map(of).fold(0.0, f64::max);
    report.figure(GROUP, "3 facts: text, median", median(sizes.iter().map(|s| s.0).collect()), "B");
    report.figure(GROUP, "3 facts: packed, median", median(sizes.iter().map(|s| s.1).collect()), "B");
    report.goal(GROUP, "3 facts: packed ÷ text, largest", largest(|s| s.1 / s.0), "×", Goal::AtMost(0.40));
    let sealed = largest(|s| s.1) + ENVELOPE as f64;
    report.goal(GROUP, "3 facts: encrypted, largest", sealed, "B", Goal::AtMost(1_000.0));

    let packed = pack(&sample, &context);
    let sealed = vec![0xA5; packed.len() + ENVELOPE];
    let frame = frames::split(Kind::Answer, &sealed, 25)?;
    let text = frame.first().ok_or("no frame")?.text();
    let symbol = Symbol::encode(&text, Ecc::L)?;
    report.goal(GROUP, "3 facts: QR version at level L", f64::from(symbol.version()), "", Goal::AtMost(22.0));
    let with_portrait = vec![0xA5; sealed.len() + 24 + 1_000];
    let count = frames::split(Kind::Answer, &with_portrait, 25)?.len();
    report.goal(
        GROUP,
        "with a portrait of 1,000 bytes: frames of version 25",
        count as f64,
        "",
        Goal::AtMost(2.0),
    );

    let (pixels, side) = symbol.gray(Scale::PixelsPerModule(4))?;
    let picture = Gray::from_pixels(side, side, pixels).ok_or("no picture")?;
    let mut cases = [
        Case::new("pack (with its check)", || {
            black_box(pack(&sample, &context));
            Ok(())
        }),
        Case::new("unpack", || {
            black_box(unpack(&packed, &context, LIMIT)?);
            Ok(())
        }),
        Case::new("frames: split", || {
            black_box(frames::split(Kind::Answer, &with_portrait, 25)?);
            Ok(())
        }),
        Case::new("frames: one frame back", || {
            let mut assembler = Assembler::default();
            assembler.push(&text)?;
            black_box(assembler.finish()?);
            Ok(())
        }),
        Case::new("QR: encode to modules", || {
            black_box(Symbol::encode(&text, Ecc::L)?);
            Ok(())
        }),
        Case::new("QR: encode to PNG", || {
            black_box(Symbol::encode(&text, Ecc::L)?.png(Scale::default())?);
            Ok(())
        }),
        Case::new("QR: decode with rxing", || {
            black_box(read::texts_in(&picture)?);
            Ok(())
        }),
        Case::new("QR: decode with rqrr", || {
            black_box(read_rqrr::texts_in(&picture)?);
            Ok(())
        }),
    ];
    let seconds = interleaved(&mut cases, effort)?;
    report.speeds(GROUP, &seconds);
    Ok(())
}

/// Packs and unpacks `count` presentations, each of another resident, in both formats and with any claims.
pub(crate) fn round_trips(report: &mut Report, count: usize) -> Outcome<()> {
    let world = World::new()?;
    let x5c = |digest: &[u8; 32]| world.chain(digest);
    let context = context(&x5c);
    let mut rng = SeededRng::new(41);
    let subjects = subjects(count.min(20_000), 51, world.today());
    let start = process_cpu();
    let mut same = 0_usize;
    for (subject, n) in subjects.iter().cycle().zip(0..count) {
        let format = if n % 2 == 0 { Format::VcSdJwt } else { Format::DcSdJwt };
        let card = world.issue(&world.groups(subject, format, &mut rng)?, &mut rng)?;
        let chosen: Vec<&str> = CLAIMS.into_iter().filter(|_| rng.percent(30)).collect();
        let presentation = world.present(&card, format, &paths(&chosen))?;
        let packed = pack(&presentation, &context);
        same += usize::from(unpack(&packed, &context, LIMIT).as_deref() == Ok(&presentation[..]));
    }
    let goal = Goal::AtLeast(count as f64);
    report.goal(GROUP, "generated presentations that come back byte for byte", same as f64, "", goal);
    report.figure(GROUP, "that took", (process_cpu() - start).as_secs_f64(), "s CPU");
    Ok(())
}
