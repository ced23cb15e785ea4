//! The catalogue of what strangers show a counter: texts in QR codes, sealed answers, cards, files.
//!
//! One body for all: the shipped command (`decide FILE`) and the page's own calls get each of them, must say the same named
//! refusal, no facts and nothing of the stranger's text; and beside each code stands the honest answer to the very same
//! request, which is accepted afterwards. What came out is printed to `target/tests/out/hostile.txt`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "the table says how long each took")]

mod answers;
mod asked;
mod card;
mod cards;
mod files;
mod frames;
mod packed;
mod page;
mod texts;
#[path = "../counter/world.rs"]
#[allow(dead_code, reason = "written for the other tests of this crate")]
mod world;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use absah_host::Exit;
use absah_types::Seconds;

use crate::asked::Asked;
use crate::page::Page;
use crate::world::{Counter, NOW};

/// What is held before the camera or handed over.
pub(crate) enum Shown {
    /// What QR codes say, one text each.
    Texts(Vec<String>),
    /// The bytes of an answer, to be shown in intact frames.
    Answer(Vec<u8>),
    /// A file.
    File(Vec<u8>),
    /// A file that is named as a PDF.
    Document(Vec<u8>),
}

/// One entry of the catalogue.
pub(crate) struct Case {
    /// Its name: what it is, in words.
    pub(crate) name: String,
    /// The code it must get.
    pub(crate) code: &'static str,
    /// The code at the page, where a file is a picture and never a text.
    pub(crate) at_page: &'static str,
    /// The service that asked.
    pub(crate) service: &'static str,
    /// How long after the request it comes.
    pub(crate) after: Seconds,
    /// Makes it for a request.
    pub(crate) make: Box<dyn Fn(&Asked) -> Shown>,
}

impl Case {
    pub(crate) fn new(
        name: impl Into<String>,
        code: &'static str,
        make: impl Fn(&Asked) -> Shown + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            code,
            at_page: code,
            service: asked::FACTS,
            after: Seconds(0),
            make: Box::new(make),
        }
    }

    /// The same, so long after the request.
    pub(crate) fn after(self, after: Seconds) -> Self {
        Self { after, ..self }
    }

    /// The same, asked by the service that wants the face.
    pub(crate) fn with_face(self) -> Self {
        Self { service: asked::FACE, ..self }
    }
}

fn catalogue() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("text", texts::cases()),
        ("frame", frames::cases()),
        ("answer", answers::cases()),
        ("packing", packed::cases()),
        ("card", cards::cases()),
        ("file", files::cases()),
    ]
}

/// What both ways said about one entry.
struct Told {
    command: String,
    page: String,
    /// Of the page's call alone, in a build without optimisation.
    milliseconds: u128,
}

async fn told(counter: &Counter, page: &Page, asked: &Asked, case: &Case) -> Told {
    counter.clock.set(NOW.plus(case.after));
    let mut path = counter.file("shown");
    let (file, texts, picture) = match (case.make)(asked) {
        Shown::Texts(texts) => (texts.join("\n").into_bytes(), texts, None),
        Shown::Answer(bytes) => {
            let texts = asked.frames_of(&bytes);
            (texts.join("\n").into_bytes(), texts, None)
        }
        Shown::File(bytes) => (bytes.clone(), Vec::new(), Some(bytes)),
        Shown::Document(bytes) => {
            path = counter.file("shown.pdf");
            (bytes.clone(), Vec::new(), Some(bytes))
        }
    };
    std::fs::write(&path, file).unwrap();
    let said = counter.decide(&[&path]).await;
    let name = &case.name;
    let decision = said.json["decision"].as_str().unwrap_or_default();
    let refused = matches!((decision, said.exit), ("refused" | "undetermined", Exit::Refused));
    let command = if refused { said.code().to_owned() } else { format!("{:?} {}", said.exit, said.json) };
    let command =
        if said.json["facts"] == serde_json::json!({}) { command } else { format!("facts told: {command}") };
    let started = Instant::now();
    let (at_page, body) = match picture {
        Some(picture) => page.picture(picture).await,
        None => page.read(&texts).await,
    };
    let milliseconds = started.elapsed().as_millis();
    // What the page can render is what it is sent: nothing of the stranger's, so neither markup nor a link.
    for text in texts.iter().map(|text| text.trim()).filter(|text| text.chars().count() > 7) {
        for said in [&body, &said.json.to_string()] {
            assert!(!said.contains(text), "{name}: repeats what it was shown");
        }
    }
    // In a build with optimisation; without it, each takes many times as long.
    assert!(cfg!(debug_assertions) || milliseconds <= 200, "{name}: {milliseconds} ms");
    counter.clock.set(NOW);
    Told { command, page: at_page, milliseconds }
}

#[tokio::test]
async fn every_hostile_thing_is_refused_by_name_beside_its_neighbour() {
    let catalogue = catalogue();
    // Cases of one code and service share a request, and the honest answer to it.
    let mut groups: BTreeMap<(&str, &str), Vec<(&str, &Case)>> = BTreeMap::new();
    for (part, cases) in &catalogue {
        for case in cases {
            groups.entry((case.code, case.service)).or_default().push((part, case));
        }
    }
    let (counter, bundle) = asked::counter().await;
    let page = Page::of(&counter).await;
    let mut wrong = Vec::new();
    let mut table = BTreeMap::new();
    for (number, ((code, service), cases)) in groups.iter().enumerate() {
        let asked = Asked::by(&counter, &bundle, service, number).await;
        for (part, case) in cases {
            let told = told(&counter, &page, &asked, case).await;
            if (told.command.as_str(), told.page.as_str()) != (case.code, case.at_page) {
                wrong.push(format!(
                    "{part}: {}: {} {} at the page, not {code}",
                    case.name, told.command, told.page
                ));
            }
            let row = format!("{:<34} {:>5} ms  {}", told.command, told.milliseconds, case.name);
            assert!(
                table.insert((*part, case.name.clone()), row).is_none(),
                "{part}: {}: a name twice",
                case.name
            );
        }
        // What was late once stays late: its neighbour is the answer to another request.
        let asked = match *code == "request-expired" {
            true => Asked::by(&counter, &bundle, service, groups.len()).await,
            false => asked,
        };
        let honest = counter.file("honest.txt");
        std::fs::write(&honest, asked.frames_of(&asked.honest()).join("\n")).unwrap();
        let said = counter.decide(&[&honest]).await;
        assert_eq!((said.exit, said.code()), (Exit::Ok, "accepted"), "the neighbour of {code}");
        let again = counter.decide(&[&honest]).await;
        assert_eq!((again.exit, again.code()), (Exit::Refused, "replayed"), "the neighbour of {code}, again");
    }
    table.insert(
        ("again", "the accepted answer".to_owned()),
        format!("{:<34} {:>5} ms  the accepted answer", "replayed", 0),
    );
    let codes: std::collections::BTreeSet<_> =
        groups.keys().map(|(code, _)| *code).chain(["replayed"]).collect();
    print(&table, codes.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(table.len() >= 200, "{} entries", table.len());
    assert!(codes.len() >= 40, "{} codes", codes.len());
}

fn print(table: &BTreeMap<(&str, String), String>, codes: usize) {
    let mut text = String::new();
    for ((part, _), row) in table {
        writeln!(text, "{part:<8} {row}").unwrap();
    }
    writeln!(text, "{} entries, {codes} codes; beside each code an honest answer, accepted", table.len())
        .unwrap();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("tests/out");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join("hostile.txt"), &text).unwrap();
    println!("{text}");
}

/// The page shows foreign text as text: no call that would read it as markup, no link that would follow it.
#[test]
fn the_page_has_no_way_to_render_foreign_text() {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            seen += 1;
            for way in [
                "{@html",
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "location.href",
                "location =",
            ] {
                assert!(!text.contains(way), "{}: {way}", path.display());
            }
            // The one link that is made: the counter's own request, for a wallet on the same computer.
            let text = text.replacen("data-open href={request.link}", "", 1);
            // Else a link or frame of a fixed address of the page's own, or none.
            for link in text.match_indices("href=").chain(text.match_indices("src=\"http")) {
                let rest = &text[link.0..(link.0 + 12).min(text.len())];
                assert!(!rest.starts_with("href={") && !rest.contains("http"), "{}: {rest}", path.display());
            }
        }
    }
    assert!(seen > 10);
}
