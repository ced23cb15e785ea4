//! Pictures from strangers, and what we draw read back by both readers.

use std::io::Cursor;

use absah_types::Coded as _;
use image::ImageFormat;

use crate::picture::{Gray, PictureError, PictureLimits};
use crate::render::{Ecc, Scale, Symbol};
use crate::{frames, read, read_rqrr};

fn open(png: &[u8]) -> Gray {
    Gray::open(png, &PictureLimits::default()).unwrap()
}

/// A PNG that promises `width` × `height` pixels and ends where they begin.
fn hollow_png(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0D".to_vec();
    let crc = crc32(&header);
    png.extend_from_slice(&header);
    png.extend_from_slice(&crc.to_be_bytes());
    png.extend_from_slice(b"\0\0\x10\0IDAT\x78\x9C");
    png
}

/// CRC-32 of PNG (ISO/IEC 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn hostile_catalogue() {
    let good = Symbol::encode("HALO", Ecc::M).unwrap().png(Scale::default()).unwrap();
    let limits = PictureLimits { bytes: 100_000, side: 1_000, pixels: 500_000 };
    let blank = Symbol::encode("HALO", Ecc::M).unwrap().gray(Scale::default()).unwrap();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", vec![], "picture-format"),
        ("text", b"ABSAH1A:".to_vec(), "picture-format"),
        ("a picture of another kind", b"GIF89a\x01\0\x01\0".to_vec(), "picture-format"),
        ("too many bytes", vec![0; 100_001], "picture-too-many-bytes"),
        ("a million pixels wide", hollow_png(1_000_000, 1), "picture-too-many-pixels"),
        ("four thousand million pixels", hollow_png(65_000, 65_000), "picture-too-many-pixels"),
        ("more pixels than allowed in all", hollow_png(1_000, 501), "picture-too-many-pixels"),
        ("no pixels", hollow_png(0, 0), "picture-damaged"),
        ("promises without pixels", hollow_png(500, 500), "picture-damaged"),
        ("cut off", good[..good.len() / 2].to_vec(), "picture-damaged"),
        ("a JPEG that ends after its mark", b"\xFF\xD8\xFF\xE0".to_vec(), "picture-damaged"),
    ];
    for (name, file, code) in cases {
        assert_eq!(Gray::open(&file, &limits).map_err(|e| e.code()), Err(code), "{name}");
    }
    assert_eq!(
        read::texts_in(&Gray::open(&good, &limits).unwrap()),
        Ok(vec!["HALO".to_owned()]),
        "the neighbour"
    );

    let white = Gray::from_pixels(blank.1, blank.1, vec![0xFF; blank.0.len()]).unwrap();
    assert_eq!(read::texts_in(&white).map_err(|e| e.code()), Err("picture-no-code"));
    assert_eq!(read_rqrr::texts_in(&white).map_err(|e| e.code()), Err("picture-no-code"));
    for tiny in [(1, 1), (1, 50), (50, 1), (3, 3), (41, 39)] {
        let picture = Gray::from_pixels(tiny.0, tiny.1, vec![0; (tiny.0 * tiny.1) as usize]).unwrap();
        assert!(read::texts_in(&picture).is_err());
        assert!(read_rqrr::texts_in(&picture).is_err());
    }
    assert_eq!(Gray::from_pixels(2, 2, vec![0; 3]), None);
}

#[test]
fn both_readers_read_every_version() {
    for version in [1, 2, 6, 7, 9, 10, 15, 20, 22, 25, 26, 27, 32, 40] {
        for ecc in [Ecc::L, Ecc::Q] {
            let length = crate::render::alphanumeric_capacity(version, ecc).unwrap();
            let text: String =
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".chars().cycle().take(length).collect();
            let symbol = Symbol::encode(&text, ecc).unwrap();
            assert_eq!(symbol.version(), version);
            let picture = open(&symbol.png(Scale::PixelsPerModule(4)).unwrap());
            assert_eq!(
                read::texts_in(&picture).as_deref(),
                Ok(&[text.clone()][..]),
                "rxing, version {version}"
            );
            assert_eq!(read_rqrr::texts_in(&picture).as_deref(), Ok(&[text][..]), "rqrr, version {version}");
        }
    }
}

#[test]
fn dark_mode_is_read_too() {
    let symbol = Symbol::encode("DARK MODE", Ecc::M).unwrap();
    let (pixels, side) = symbol.gray(Scale::default()).unwrap();
    let inverted = Gray::from_pixels(side, side, pixels.iter().map(|gray| !gray).collect()).unwrap();
    assert_eq!(read::texts_in(&inverted), Ok(vec!["DARK MODE".to_owned()]));
}

/// Dark grey on a little less dark grey: a faint print, a screen against the light.
#[test]
fn faint_codes_are_read_too() {
    let symbol = Symbol::encode(&"FAINT".repeat(20), Ecc::L).unwrap();
    let (pixels, side) = symbol.gray(Scale::PixelsPerModule(3)).unwrap();
    for (dark, light) in [(20_u8, 60), (90, 120), (215, 250)] {
        let faint = pixels.iter().map(|gray| if *gray < 128 { dark } else { light }).collect();
        let picture = Gray::from_pixels(side, side, faint).unwrap();
        assert_eq!(read::texts_in(&picture), Ok(vec!["FAINT".repeat(20)]), "{dark} on {light}");
    }
}

#[test]
fn greys_are_drawn_apart_only_where_it_helps() {
    let of = |pixels: &[u8]| Gray::from_pixels(4, 1, pixels.to_vec()).unwrap().stretched();
    assert_eq!(of(&[20, 30, 40, 60]).unwrap().pixels(), [0, 63, 127, 255]);
    assert_eq!(of(&[0, 30, 40, 255]), None, "black and white are there");
    assert_eq!(of(&[99, 99, 99, 99]), None, "one grey");
}

#[test]
fn doubling_keeps_what_is_there() {
    let picture = Gray::from_pixels(2, 2, vec![0, 100, 200, 40]).unwrap().doubled();
    assert_eq!((picture.width(), picture.height()), (4, 4));
    let rows: Vec<&[u8]> = picture.pixels().chunks(4).collect();
    assert_eq!(rows, [[0, 50, 100, 100], [100, 85, 70, 70], [200, 120, 40, 40], [200, 120, 40, 40]]);
}

#[test]
fn several_codes_in_one_picture() {
    let payload: Vec<u8> = (0..900_u32).map(|i| (i * i % 251) as u8).collect();
    let frames = frames::split(frames::Kind::Answer, &payload, 12).unwrap();
    assert_eq!(frames.len(), 3);
    let tiles: Vec<(Vec<u8>, u32)> = frames
        .iter()
        .map(|f| Symbol::encode(&f.text(), Ecc::L).unwrap().gray(Scale::PixelsPerModule(4)).unwrap())
        .collect();
    let side = tiles[0].1 as usize;
    let mut pixels = Vec::new();
    for row in 0..side {
        for (tile, _) in &tiles {
            pixels.extend_from_slice(&tile[row * side..(row + 1) * side]);
        }
    }
    let picture = Gray::from_pixels((side * tiles.len()) as u32, side as u32, pixels).unwrap();
    for texts in [read::texts_in(&picture).unwrap(), read_rqrr::texts_in(&picture).unwrap()] {
        let mut assembler = frames::Assembler::default();
        for text in &texts {
            assembler.push(text).unwrap();
        }
        assert_eq!(assembler.finish().unwrap().payload, payload);
    }
}

/// Noise never brings a reader down.
#[test]
fn noise_is_survived() {
    let symbol = Symbol::encode(&"NOISE".repeat(40), Ecc::L).unwrap();
    let (clean, side) = symbol.gray(Scale::PixelsPerModule(3)).unwrap();
    let mut state = 7_u32;
    for round in 0..60 {
        let mut pixels = clean.clone();
        for pixel in &mut pixels {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 24 < round * 4 {
                *pixel = (state >> 16) as u8;
            }
        }
        let picture = Gray::from_pixels(side, side, pixels).unwrap();
        for result in [read::texts_in(&picture), read_rqrr::texts_in(&picture)] {
            let code = result.map_err(|e| e.code()).err();
            assert!(matches!(code, None | Some("picture-no-code")), "{code:?}");
        }
    }
}

/// A picture full of finder patterns: each could be a corner of many codes.
#[test]
fn a_picture_full_of_corners_takes_bounded_time() {
    const SIDE: usize = 1_200;
    const TILE: usize = 18;
    let dark = |x: usize, y: usize| {
        let (x, y) = ((x % TILE) / 2, (y % TILE) / 2);
        let ring = x.min(y).min(6_usize.saturating_sub(x)).min(6_usize.saturating_sub(y));
        x < 7 && y < 7 && ring != 1
    };
    let pixels = (0..SIDE * SIDE).map(|i| if dark(i % SIDE, i / SIDE) { 0 } else { 0xFF }).collect();
    let picture = Gray::from_pixels(SIDE as u32, SIDE as u32, pixels).unwrap();
    assert!(read::texts_in(&picture).is_err());
}

/// A JPEG's own grey is taken, whatever colours stand beside it; one that keeps none opens by its colours.
#[test]
fn the_grey_of_a_jpeg() {
    let colours = [[255, 255, 255], [0, 0, 0], [200, 30, 30], [20, 120, 220], [128, 128, 128]];
    for [red, green, blue] in colours {
        let picture = image::RgbImage::from_pixel(33, 17, image::Rgb([red, green, blue]));
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
        let opened = Gray::open(file.get_ref(), &PictureLimits::default()).unwrap();
        assert_eq!((opened.width(), opened.height()), (33, 17));
        let expected = 0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue);
        let far = opened.pixels().iter().map(|gray| (f32::from(*gray) - expected).abs()).fold(0.0, f32::max);
        assert!(far <= 4.0, "{red} {green} {blue}: {far}");
    }
    let picture = image::GrayImage::from_pixel(8, 9, image::Luma([77]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    let opened = Gray::open(file.get_ref(), &PictureLimits::default()).unwrap();
    assert!(opened.pixels().len() == 72 && opened.pixels().iter().all(|gray| gray.abs_diff(77) <= 2));
    // Cut off in the middle: what is left may open, and never fails other than by a name.
    let cut = file.get_ref().get(..file.get_ref().len() / 2).unwrap();
    assert!(matches!(Gray::open(cut, &PictureLimits::default()), Ok(_) | Err(PictureError::Damaged)));
}
