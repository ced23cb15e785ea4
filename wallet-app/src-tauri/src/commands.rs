//! What the page can call. Each takes a step of the machine and gives back what stands on the screen then.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Arc;

use absah_wallet_shell::{Pressed, Scan, Told, View, texts as fixed};
use serde::Serialize;
use tauri::ipc::{Channel, InvokeBody, Request};
use tauri::{State, Url};

use crate::{Window, fetching};

type Shared<'a> = State<'a, Arc<Window>>;

/// How far a camera has come.
#[derive(Serialize)]
pub(crate) struct Seen {
    have: u8,
    needed: u8,
    whole: bool,
}

/// What stands on the screen.
#[tauri::command]
pub(crate) fn view(window: Shared<'_>) -> View {
    window.with(|shell| shell.view())
}

/// Where to tell of changes that no press has made.
#[tauri::command]
pub(crate) fn watch(window: Shared<'_>, page: Channel<View>) {
    window.watched_by(page);
}

/// The fixed texts in the language of the screens.
#[tauri::command]
pub(crate) fn texts(window: Shared<'_>) -> BTreeMap<&'static str, String> {
    fixed(window.with(|shell| shell.lang()))
}

/// A press.
#[tauri::command(async)]
pub(crate) fn press(window: Shared<'_>, pressed: Pressed) -> View {
    let (job, page, view) = window.with(|shell| (shell.press(pressed), shell.page(), shell.view()));
    if let Some(page) = page {
        browse(&page);
    }
    fetching(&window, job);
    view
}

/// Somebody is there and types.
#[tauri::command(async)]
pub(crate) fn awake(window: Shared<'_>) {
    if window.with(|shell| shell.tick(true)) {
        window.tell();
    }
}

/// Hands an address of the web to the desktop's browser. Where there is none, the address stands on the screen.
pub(crate) fn browse(page: &str) {
    let is_web = Url::parse(page).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
    if is_web {
        let _ = Command::new("xdg-open").arg(page).stdin(Stdio::null()).spawn();
    }
}

/// Files chosen by the person: pictures or texts of an offer or a request.
#[tauri::command(async)]
pub(crate) fn pictures(window: Shared<'_>, request: Request<'_>) -> Result<View, Told> {
    let files = parts(&request);
    let (job, view) = window.with(|shell| {
        let lang = shell.lang();
        let job = shell.picture(&files).map_err(|error| Told::of(&error, lang))?;
        Ok((job, shell.view()))
    })?;
    fetching(&window, job);
    Ok(view)
}

/// One picture of a camera: width and height as text, then grey pixels.
#[tauri::command(async)]
pub(crate) fn camera(window: Shared<'_>, request: Request<'_>) -> Seen {
    let mut parts = parts(&request).into_iter();
    let mut number = || String::from_utf8(parts.next().unwrap_or_default()).ok()?.parse::<u32>().ok();
    let size = number().zip(number());
    let pixels = parts.next().unwrap_or_default();
    let Some((width, height)) = size else { return Seen { have: 0, needed: 0, whole: false } };
    let (scan, job) = window.with(|shell| shell.camera(width, height, pixels));
    fetching(&window, job);
    if scan == Scan::Whole {
        window.tell();
    }
    match scan {
        Scan::Nothing => Seen { have: 0, needed: 0, whole: false },
        Scan::Part { have, needed } => Seen { have, needed, whole: false },
        Scan::Whole => Seen { have: 1, needed: 1, whole: true },
    }
}

/// A backup: the code as text, then the file.
#[tauri::command(async)]
pub(crate) fn restore(window: Shared<'_>, request: Request<'_>) -> View {
    let mut parts = parts(&request).into_iter();
    let code = String::from_utf8(parts.next().unwrap_or_default()).unwrap_or_default();
    let file = parts.next().unwrap_or_default();
    window.with(|shell| {
        shell.restore(file, code);
        shell.view()
    })
}

/// The parts of a raw body: each a length (u32, big-endian) and as many bytes.
fn parts(request: &Request<'_>) -> Vec<Vec<u8>> {
    let InvokeBody::Raw(body) = request.body() else { return Vec::new() };
    let (mut rest, mut parts) = (body.as_slice(), Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Some((part, after)) = after.split_at_checked(u32::from_be_bytes(*length) as usize) else { break };
        parts.push(part.to_vec());
        rest = after;
    }
    parts
}
