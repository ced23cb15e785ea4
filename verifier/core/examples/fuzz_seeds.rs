//! Seeds for `tests/fuzz`: `fuzz_seeds FOLDER` writes real samples of a small city, a folder for each target.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool of the tests: what goes wrong ends it"
)]

use std::io::Write as _;
use std::path::Path;

use absah_credential::Format;
use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::status_list::Status;
use absah_protocol::oid4vp::flow_a::{self, AnswerContext};
use absah_protocol::oid4vp::response::{self, Presented};
use absah_qr::render::{Ecc, Scale, Symbol};
use absah_qr::{Dictionary, Kind, PackContext, frames, pack, parcel};
use absah_testkit::SeededRng;
use absah_trust::ClaimPath;
use absah_trust::sample::{City, Counting, key};
use absah_types::{HttpsUrl, Timestamp};
use absah_verifier_core::{CounterId, Identity, Menu, request};

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

#[allow(dead_code, reason = "tests take the seeds without a folder")]
fn main() {
    let folder = std::env::args().nth(1).unwrap();
    seeds(&|target, name, bytes| {
        let folder = Path::new(&folder).join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    });
}

/// Hands over every seed: its target, its name, its bytes.
pub fn seeds(seed: &dyn Fn(&str, &str, &[u8])) {
    let city = City::at(NOW);
    let token = city.status_token(&[(1, Status::Revoked)], NOW);
    let mut contents = city.contents(vec![token.clone()]);
    contents.dictionary = Dictionary::v1().bytes().to_vec();
    let files = city.publish(1, &contents);
    let (bundle, _) = city.import(&files);
    for (place, (name, file)) in files.iter().enumerate() {
        let exchanged = [&[place as u8], file.as_slice()].concat();
        seed("bundle", &name.replace('/', "-"), &exchanged);
        seed("bundle", &format!("alone-{place}"), file);
        seed("jose", &format!("document-{place}"), file);
    }
    seed("bundle", "parcel", &parcel::wrap(&files).unwrap());
    seed("status", "jwt", token.as_bytes());
    seed("jose", "jws", token.as_bytes());
    seed("jose", "jwk", key(1).public_key().to_jwk().to_json().as_bytes());

    let identity =
        Identity { id: CounterId::fresh(&mut Counting(1)), key: city.counter_key.public_key().clone() };
    let registered = identity.registered(&bundle, NOW).unwrap();
    let offer = Menu::default().offers(registered).unwrap().remove(0);
    let mut rng = SeededRng::new(1);
    let unsigned = request::by_qr(registered, &offer, 25, &mut rng, NOW).unwrap();
    let signature = city.counter_key.sign(unsigned.to_be_signed());
    let made = unsigned.attach(signature, &bundle).unwrap();
    seed("request", "short", &made.short);
    seed("request", "long", &made.long);
    seed("request", "jar", made.pending.jar.as_bytes());
    seed("request", "link", b"openid4vp://?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Floket.example%2Fr&request_uri_method=post");
    seed("response", "pending", made.pending.to_bytes().expose());

    let hash = made.pending.hash();
    let context = AnswerContext {
        request_hash: &hash,
        client_id: &made.pending.client_id,
        nonce: &made.pending.nonce,
        query: &made.pending.query,
        dictionary: Dictionary::v1(),
        x5c: &|_| None,
    };
    let shown = |format: Format, aud: &str, nonce: &str| {
        let holder = key(8);
        let text = city.issue(holder.public_key(), format, 5);
        seed("sd_jwt", &format!("issued-{}", format.name().replace('+', "-")), text.as_bytes());
        let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
        let paths = ["nama", "kelahiran", "alamat"].map(|claim| format.from_root(&ClaimPath::key(claim)));
        let bound = held.select(&paths).unwrap().bind(aud, nonce, NOW);
        let signature = holder.sign(bound.to_be_signed());
        Presented {
            query_id: "KtpElektronik".to_owned(),
            presentation: bound.attach(signature),
            portrait: None,
        }
    };
    let by_qr = shown(Format::VcSdJwt, context.client_id, context.nonce);
    seed("sd_jwt", "shown", by_qr.presentation.as_bytes());
    let packing = PackContext::new(Dictionary::v1()).with_binding(context.client_id, context.nonce);
    seed("packing", "packed", &pack(&by_qr.presentation, &packing));
    seed("packing", "packed-alone", &pack(&by_qr.presentation, &PackContext::new(Dictionary::v1())));
    seed("packing", "text", by_qr.presentation.as_bytes());
    seed("packing", "jar", &pack(&made.pending.jar, &PackContext::new(Dictionary::v1())));

    let recipient = made.pending.recipient.as_ref().unwrap().public();
    let sealed = flow_a::seal(&[by_qr], &recipient, &context, &mut Counting(99)).unwrap();
    seed("response", "sealed", &sealed);
    for (name, version) in [("one", 25), ("several", 10)] {
        let texts: Vec<String> =
            frames::split(Kind::Answer, &sealed, version).unwrap().iter().map(frames::Frame::text).collect();
        seed("frames", name, texts.join("\n").as_bytes());
    }
    for frame in made.frames(false).unwrap() {
        seed("frames", "request", frame.text().as_bytes());
    }

    let uri = HttpsUrl::parse("https://loket.example/responses/1").unwrap();
    let unsigned = request::online(registered, &offer, uri, true, &mut rng, NOW).unwrap();
    let signature = city.counter_key.sign(unsigned.to_be_signed());
    let online = unsigned.attach(signature, &bundle).unwrap().pending;
    seed("request", "jar-online", online.jar.as_bytes());
    let posted = shown(Format::DcSdJwt, &online.client_id, &online.nonce);
    seed("response", "posted", response::direct_post(&[posted], online.state.as_deref()).as_bytes());
    seed("response", "declined", b"error=access_denied&state=abc");

    for (name, text) in [("word", "HALO DUNIA".to_owned()), ("long", "HALO-DUNIA-".repeat(20))] {
        let symbol = Symbol::encode(&text, Ecc::L).unwrap();
        seed("picture", &format!("{name}.png"), &symbol.png(Scale::PixelsPerModule(3)).unwrap());
        let (pixels, side) = symbol.gray(Scale::PixelsPerModule(3)).unwrap();
        seed("pixels", name, &[&[(side - 1) as u8], pixels.as_slice()].concat());
    }
    pdf_seeds(seed);
    for (place, link) in [
        "https://layanan.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=1",
        "http://a.b-c.dukcapil.kemendagri.go.id:443#x",
    ]
    .iter()
    .enumerate()
    {
        seed("printed", &place.to_string(), link.as_bytes());
    }
}

/// A page whose code is drawn of rectangles, the same compressed, and a scan of it.
fn pdf_seeds(seed: &dyn Fn(&str, &str, &[u8])) {
    let document = |filter: &str, content: &[u8]| {
        let head = format!("%PDF-1.7\n1 0 obj\n<< /Length {} {filter} >>\nstream\n", content.len());
        [head.as_bytes(), content, b"\nendstream\nendobj\n%%EOF\n"].concat()
    };
    let symbol = Symbol::encode("HALO DUNIA", Ecc::M).unwrap();
    let (pixels, side) = symbol.gray(Scale::PixelsPerModule(1)).unwrap();
    let dark = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let drawn: String = dark
        .filter(|(x, y)| pixels[(y * side + x) as usize] < 128)
        .map(|(x, y)| format!("{} {} 6 6 re\n", 60 + 6 * x, 700 - 6 * y))
        .collect();
    let drawn = format!("q 1 g 0 0 595 842 re f 0 g\n{drawn}f Q");
    seed("pdf", "drawn", &document("", drawn.as_bytes()));
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(drawn.as_bytes()).unwrap();
    seed("pdf", "compressed", &document("/Filter /FlateDecode", &encoder.finish().unwrap()));
    let (pixels, side) = symbol.gray(Scale::PixelsPerModule(5)).unwrap();
    let scan = image::GrayImage::from_vec(side, side, pixels).unwrap();
    let mut file = std::io::Cursor::new(Vec::new());
    scan.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    seed("pdf", "scanned", &document("/Subtype /Image /Filter /DCTDecode", file.get_ref()));
}
