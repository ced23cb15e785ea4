//! A bundle goes every way it can go, and arrives the same; what is not a bundle is named.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use absah_host::{Ask, Console, NoTerminal, Reach};
use absah_qr::frames::Kind;
use absah_trust::bundle::{Anchor, Bundle, Files};
use absah_trust::sample::City;
use absah_trust::tuf::{self, Role};
use absah_types::{Coded as _, Lang, Seconds, Timestamp, hex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::{CarryError, confirm, export, pictures, pull, source};

const NOW: Timestamp = Timestamp::from_unix(1_795_323_600);

fn published(version: u64) -> Files {
    let city = City::at(NOW);
    let token = city.status_token(&[], NOW.minus(Seconds(60)).plus(Seconds(version as i64)));
    city.publish(version, &city.contents(vec![token]))
}

fn root(files: &Files) -> [u8; 32] {
    tuf::root_sha256(&files[&Role::Root.path(1)])
}

fn holds(files: &Files, like: &Files) -> u64 {
    let (bundle, _) = Bundle::import(files, Anchor::FirstRoot(root(like)), NOW).unwrap();
    bundle.version()
}

/// A web server on this machine: files by path, and what it was asked for. `None`: everything is moved elsewhere.
struct Server {
    url: String,
    files: Arc<Mutex<Option<Files>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn of(files: Files) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/bundle", listener.local_addr().unwrap());
        let files = Arc::new(Mutex::new(Some(files)));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (shelf, log) = (Arc::clone(&files), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (shelf, log) = (Arc::clone(&shelf), Arc::clone(&log));
                tokio::spawn(async move {
                    let mut buffer = vec![0; 8_192];
                    let mut have = 0;
                    while let Ok(more) = stream.read(&mut buffer[have..]).await {
                        have += more;
                        if more == 0 || buffer[..have].ends_with(b"\r\n\r\n") {
                            break;
                        }
                    }
                    let request = String::from_utf8_lossy(&buffer[..have]).into_owned();
                    let path = request.split(' ').nth(1).unwrap_or_default();
                    let path = path.trim_start_matches("/bundle/").to_owned();
                    let answer = match &*shelf.lock().unwrap() {
                        None => b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
                        Some(files) => match files.get(&path) {
                            None => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
                            Some(file) => {
                                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", file.len());
                                [head.as_bytes(), file].concat()
                            }
                        },
                    };
                    log.lock().unwrap().push(path);
                    let _ = stream.write_all(&answer).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { url, files, asked }
    }

    fn serve(&self, files: Files) {
        *self.files.lock().unwrap() = Some(files);
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    async fn pull(&self, held: Option<&Files>) -> Result<Files, CarryError> {
        pull::pull(&self.url, held, Reach::DevLoopback).await
    }
}

#[tokio::test]
async fn a_pulled_bundle_is_the_published_one_and_only_what_is_new_is_asked_for() {
    let first = published(1);
    let server = Server::of(first.clone()).await;
    let held = server.pull(None).await.unwrap();
    assert_eq!(held, first);
    assert_eq!(holds(&held, &first), 1);
    server.asked();
    assert_eq!(server.pull(Some(&held)).await.unwrap(), first, "nothing new");
    assert_eq!(server.asked(), ["metadata/2.root.json", "metadata/timestamp.json"]);
    let second = published(2);
    server.serve(second.clone());
    let held = server.pull(Some(&held)).await.unwrap();
    assert_eq!(held, second, "and what the first had beyond it is gone");
    let asked = server.asked();
    assert!(!asked.iter().any(|path| path.contains("dictionary")), "{asked:?}");
    assert!(asked.iter().any(|path| path.starts_with("targets/status/")), "{asked:?}");
}

#[tokio::test]
async fn servers_that_have_no_bundle_or_lie_about_it() {
    let good = published(3);
    let without = |path: &str| {
        let mut files = good.clone();
        assert!(files.remove(path).is_some(), "{path}");
        files
    };
    let with = |path: &str, content: Vec<u8>| {
        let mut files = good.clone();
        files.insert(path.to_owned(), content);
        files
    };
    let targets = Role::Targets.path(3);
    let a_target = good.keys().find(|path| path.starts_with("targets/")).unwrap().clone();
    let changed = |role: Role, from: &str, to: &str| {
        let path = role.path(if role == Role::Timestamp { 0 } else { 3 });
        let text = String::from_utf8(good[&path].clone()).unwrap();
        assert!(text.contains(from), "{from}");
        with(&path, text.replace(from, to).into_bytes())
    };
    let many_roots = good
        .clone()
        .into_iter()
        .chain((2..90).map(|n| (Role::Root.path(n), good[&Role::Root.path(1)].clone())));
    let cases: BTreeMap<&str, (Files, &str)> = BTreeMap::from([
        ("nothing there", (Files::new(), "bundle-file-absent")),
        ("no timestamp", (without("metadata/timestamp.json"), "bundle-file-absent")),
        ("no targets document", (without(&targets), "bundle-file-absent")),
        ("a target missing", (without(&a_target), "bundle-file-absent")),
        ("timestamp too long", (with("metadata/timestamp.json", vec![b' '; 70_000]), "fetch-too-large")),
        (
            "timestamp no json",
            (with("metadata/timestamp.json", b"<html>".to_vec()), "bundle-document-malformed"),
        ),
        ("target longer than signed", (with(&a_target, vec![0; 9 << 20]), "fetch-too-large")),
        ("name leads out", (changed(Role::Targets, "policy.json", "../policy.json"), "bundle-target-name")),
        ("name is absolute", (changed(Role::Targets, "policy.json", "/policy.json"), "bundle-target-name")),
        ("roots without end", (many_roots.collect(), "bundle-too-many-roots")),
    ]);
    for (what, (files, code)) in cases {
        let server = Server::of(files).await;
        assert_eq!(server.pull(None).await.unwrap_err().code(), code, "{what}");
    }
    let server = Server::of(good.clone()).await;
    *server.files.lock().unwrap() = None;
    assert_eq!(server.pull(None).await.unwrap_err().code(), "fetch-redirect", "redirect of a root");
    let refused = pull::pull(&server.url, None, Reach::PublicOnly).await.unwrap_err();
    assert_eq!(refused.code(), "url-not-https");
    assert!(server.asked().len() <= 2, "and never followed");
    let nobody = pull::pull("http://127.0.0.1:9/bundle", None, Reach::DevLoopback).await.unwrap_err();
    assert_eq!(nobody.code(), "fetch-connect");
}

#[tokio::test]
async fn a_sum_without_end_is_cut_off() {
    let files = published(3);
    let path = Role::Targets.path(3);
    let mut document: serde_json::Value = serde_json::from_slice(&files[&path]).unwrap();
    let targets = document["signed"]["targets"].as_object_mut().unwrap();
    let mut served = files.clone();
    for number in 0..6 {
        let hash = format!("{number:064x}");
        targets.insert(
            format!("big{number}"),
            serde_json::json!({ "length": 8 << 20, "hashes": { "sha256": hash } }),
        );
        served.insert(format!("targets/{hash}.big{number}"), vec![0; 8 << 20]);
    }
    served.insert(path, serde_json::to_vec(&document).unwrap());
    let server = Server::of(served).await;
    assert_eq!(server.pull(None).await.unwrap_err().code(), "bundle-source-too-large");
}

#[test]
fn frames_in_any_order_and_with_some_lost_bring_the_bundle() {
    let (first, second) = (published(1), published(2));
    let whole = export::to_frames(&first, true, 15).unwrap();
    assert!(whole.len() > 4);
    let got = source::from_frames(whole.iter().rev().skip(1).map(String::as_str), None).unwrap();
    assert_eq!(got, first);
    assert_eq!(holds(&got, &first), 1);
    let renewing = export::to_frames(&second, false, 15).unwrap();
    assert!(renewing.len() < whole.len(), "{} < {}", renewing.len(), whole.len());
    let got = source::from_frames(renewing.iter().map(String::as_str), Some(&first)).unwrap();
    assert_eq!(got, second, "what they leave out is at hand; what is old is gone");
    let alone = source::from_frames(renewing.iter().map(String::as_str), None).unwrap();
    let mut nobody = Nobody::console();
    let refused = confirm::first_root(None, &alone, &mut NoTerminal, &mut nobody).unwrap_err();
    assert_eq!(refused.code(), "bundle-folder-without-root");
}

#[test]
fn frames_that_bring_no_bundle() {
    let frames = export::to_frames(&published(1), true, 15).unwrap();
    let code = |texts: &[&str]| source::from_frames(texts.iter().copied(), None).unwrap_err().code();
    assert_eq!(code(&[]), "frames-none");
    assert_eq!(code(&[&frames[0]]), "frames-missing");
    assert_eq!(code(&["https://example.com"]), "frame-not-ours");
    let answer = absah_qr::frames::split(Kind::Answer, b"x", 25).unwrap()[0].text();
    assert_eq!(code(&[&answer]), "bundle-frames-other-kind");
    let noise = absah_qr::frames::split(Kind::Bundle, b"x", 25).unwrap()[0].text();
    assert_eq!(code(&[&noise]), "parcel-version-unknown");
    let empty =
        absah_qr::frames::split(Kind::Bundle, &absah_qr::parcel::wrap(&Files::new()).unwrap(), 25).unwrap();
    let files = source::from_frames([empty[0].text().as_str()].into_iter(), None).unwrap();
    assert!(files.is_empty());
    let random: Vec<u8> =
        (0..400_000_u32).flat_map(|n| absah_crypto::sha256(&n.to_be_bytes())).take(400_000).collect();
    let timestamp = published(1)["metadata/timestamp.json"].clone();
    let huge =
        Files::from([("metadata/7.root.json".into(), random), ("metadata/timestamp.json".into(), timestamp)]);
    assert_eq!(export::to_frames(&huge, true, 25).unwrap_err().code(), "split-too-large");
}

#[test]
fn files_that_no_document_names_travel_no_further() {
    let place = tempfile::tempdir().unwrap();
    let (dir, out) = (place.path().join("usb"), place.path().join("out"));
    let files = published(1);
    export::to_folder(&dir, &files).unwrap();
    for stray in ["autorun.inf", "targets/setup.exe", "metadata/notes.json", "targets/a\u{1b}[2Jb"] {
        std::fs::write(dir.join(stray), b"x").unwrap();
    }
    assert_eq!(source::read(&[dir], None).unwrap(), files);
    let mut held = files.clone();
    held.insert("autorun.inf".to_owned(), b"x".to_vec());
    let args = crate::args::Export {
        folder: Some(out.clone()),
        frames: None,
        text: None,
        whole: false,
        qr_version: 25,
    };
    export::run(&held, 1, &args, &mut Nobody::console()).unwrap();
    assert_eq!(source::read(std::slice::from_ref(&out), None).unwrap(), files);
    assert!(!out.join("autorun.inf").exists(), "also from a bundle of an earlier version");
}

#[test]
fn folders_and_pictures() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    let files = published(1);
    export::to_folder(&path("out"), &files).unwrap();
    assert_eq!(source::read(&[path("out")], None).unwrap(), files);
    export::to_folder(&path("out"), &published(2)).unwrap();
    assert_eq!(source::read(&[path("out")], None).unwrap(), published(2), "replaced");
    std::fs::create_dir(path("photos")).unwrap();
    std::fs::write(path("photos/mother.jpg"), b"x").unwrap();
    assert_eq!(export::to_folder(&path("photos"), &files).unwrap_err().code(), "bundle-folder-foreign");
    assert!(path("photos/mother.jpg").exists());
    assert_eq!(export::to_folder(&path("photos/mother.jpg"), &files).unwrap_err().code(), "file-unreadable");

    let frames = export::to_frames(&files, true, 25).unwrap();
    let mut drawn = pictures::write_pictures(&path("b.png"), &frames).unwrap();
    drawn.pop();
    assert_eq!(source::read(&drawn, None).unwrap(), files);
    pictures::write_text(&path("b.txt"), &frames).unwrap();
    assert_eq!(source::read(&[path("b.txt")], None).unwrap(), files);
    let code = |source: &[PathBuf]| source::read(source, None).unwrap_err().code();
    assert_eq!(code(&[path("out"), path("b.txt")]), "bundle-one-folder");
    assert_eq!(code(&[path("none")]), "file-missing");
    std::fs::write(path("noise.png"), [0xff, 0xd8, 0]).unwrap();
    assert_eq!(code(&[path("noise.png")]), "picture-format");
    std::os::unix::fs::symlink("/etc/passwd", path("out/metadata/link.json")).unwrap();
    assert_eq!(code(&[path("out")]), "folder-not-plain", "a link to a file");
    std::fs::remove_file(path("out/metadata/link.json")).unwrap();
    std::os::unix::fs::symlink("/etc", path("out/etc")).unwrap();
    assert_eq!(code(&[path("out")]), "folder-not-plain", "a link to a folder");
    std::os::unix::fs::symlink(path("photos"), path("link")).unwrap();
    export::to_folder(&path("link"), &files).unwrap_err();
    assert!(path("photos/mother.jpg").exists(), "nothing behind a link is replaced");
}

struct Nobody;

impl Nobody {
    fn console() -> Console {
        Console::captured(Lang::En).0
    }
}

struct Types(String);

impl Ask for Types {
    fn ask(&mut self, question: &[String], _: &mut Console) -> Option<String> {
        assert!(question.iter().any(|line| line.len() >= 64), "the hash is shown");
        Some(self.0.clone())
    }
}

#[test]
fn a_root_is_vouched_for_by_sixteen_characters_or_more() {
    let files = published(1);
    let hash = hex::encode(root(&files));
    let mut console = Nobody::console();
    let mut typed =
        |text: &str| confirm::first_root(None, &files, &mut Types(text.to_owned()), &mut console).is_ok();
    assert!(
        typed(&hash[48..])
            && typed(&hash.to_uppercase())
            && typed(&format!("{} {}", &hash[48..56], &hash[56..]))
    );
    for wrong in ["", "ya", &hash[49..], &hash[..16], "0000000000000000"] {
        assert!(!typed(wrong), "{wrong}");
    }
    let given = |text: &str| confirm::first_root(Some(text), &files, &mut NoTerminal, &mut Nobody::console());
    assert_eq!(given(&hash.to_uppercase()), Ok(root(&files)));
    assert_eq!(given("abc").unwrap_err().code(), "bundle-root-hash-malformed");
    let none = confirm::first_root(None, &files, &mut NoTerminal, &mut Nobody::console()).unwrap_err();
    assert_eq!(none.code(), "bundle-root-unconfirmed");
}

#[test]
fn every_code_has_two_texts_in_each_language() {
    for code in CarryError::CODES {
        for (lang, kind) in Lang::ALL.into_iter().flat_map(|lang| [(lang, "err"), (lang, "rec")]) {
            assert!(
                absah_schemas::text(lang, &format!("{kind}-{code}")).is_some(),
                "{kind}-{code} in {lang}"
            );
        }
    }
}
