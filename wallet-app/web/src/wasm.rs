//! The machine as the page's script sees it: texts in and out, and bytes where they are many.

use absah_types::{Rng, Timestamp};
use absah_wallet_core::{FetchFailure, Fetched};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::machine::{Machine, Start};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn random(bytes: &mut [u8]);
}

/// The browser's randomness, which gives at most 65,536 bytes at once.
struct Browser;

impl Rng for Browser {
    fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(65_536) {
            random(part);
        }
    }
}

/// See [`Machine`].
#[wasm_bindgen]
pub struct Wallet(Machine);

#[wasm_bindgen]
impl Wallet {
    /// See [`Start`]; `trouble` is a name of a `BrowserError`, empty for none.
    #[wasm_bindgen(constructor)]
    pub fn new(
        lang: String,
        loopback: bool,
        exists: bool,
        preferences: Option<String>,
        tries: Option<Vec<u8>>,
        trouble: String,
        list: Option<Vec<u8>>,
    ) -> Self {
        let trouble = serde_json::from_value(trouble.into()).ok();
        let rng = Box::new(Browser);
        Self(Machine::new(Start { lang, loopback, exists, preferences, tries, trouble, list, rng }))
    }

    /// The view, as JSON.
    pub fn view(&self, now: f64) -> String {
        json(&self.0.view(at(now)))
    }

    /// See [`Machine::speak`]: the view, as JSON.
    pub fn speak(&mut self, lang: &str, now: f64) -> String {
        self.0.speak(lang);
        json(&self.0.view(at(now)))
    }

    /// The fixed texts, as JSON.
    pub fn texts(&self) -> String {
        json(&absah_wallet_shell::texts(self.0.lang()))
    }

    /// See [`Machine::bytes`].
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        self.0.bytes(name)
    }

    /// See [`Machine::forget`].
    pub fn forget(&mut self) {
        self.0.forget();
    }

    /// See [`Machine::load`].
    pub fn load(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.load(name, bytes);
    }

    /// See [`Machine::press`]; `None` for what is no press.
    pub fn press(&mut self, pressed: &str, now: f64) -> Option<String> {
        Some(json(&self.0.press(serde_json::from_str(pressed).ok()?, at(now))))
    }

    /// See [`Machine::tick`].
    pub fn tick(&mut self, awake: bool, now: f64) -> Option<String> {
        self.0.tick(awake, at(now)).map(|out| json(&out))
    }

    /// See [`Machine::link`].
    pub fn link(&mut self, link: String, now: f64) -> String {
        json(&self.0.link(link, at(now)))
    }

    /// See [`Machine::pictures`]: an `Out`, or a `Told`.
    pub fn pictures(&mut self, texts: Vec<String>, now: f64) -> String {
        match self.0.pictures(texts, at(now)) {
            Ok(out) => json(&out),
            Err(told) => json(&told),
        }
    }

    /// See [`Machine::camera`].
    pub fn camera(&mut self, texts: Vec<String>, now: f64) -> String {
        json(&self.0.camera(texts, at(now)))
    }

    /// See [`Machine::restore`].
    pub fn restore(&mut self, file: Vec<u8>, code: String, now: f64) -> String {
        json(&self.0.restore(file, code, at(now)))
    }

    /// See [`Machine::came`]; `None` for what is no answer.
    pub fn came(&mut self, came: &str, now: f64) -> Option<String> {
        Some(json(&self.0.came(serde_json::from_str(came).ok()?, at(now))))
    }

    /// See [`Machine::answered`].
    pub fn answered(
        &mut self,
        turn: u32,
        status: u16,
        media_type: String,
        dpop_nonce: Option<String>,
        body: Vec<u8>,
        now: f64,
    ) -> String {
        let answer = Fetched { status, media_type, body, dpop_nonce, date: None };
        json(&self.0.answered(turn, Ok(answer), at(now)))
    }

    /// See [`Machine::answered`]: there was no answer.
    pub fn unanswered(&mut self, turn: u32, why: &str, now: f64) -> String {
        let why = match why {
            "redirected" => FetchFailure::Redirected,
            "too-large" => FetchFailure::TooLarge,
            "timed-out" => FetchFailure::TimedOut,
            _ => FetchFailure::Unreachable,
        };
        json(&self.0.answered(turn, Err(why), at(now)))
    }
}

/// Milliseconds of the browser's clock.
fn at(now: f64) -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that is no time becomes one far away, and is refused as such"
    )]
    let seconds = (now / 1000.0).floor() as i64;
    Timestamp::from_unix(seconds)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
