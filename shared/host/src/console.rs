//! Where a program writes: the only module that touches standard output and standard error.

use crate::Env;
use absah_types::Lang;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// The two streams of a command, its language, and whether it speaks to a machine.
pub struct Console {
    out: Box<dyn Write + Send>,
    err: Log,
    lang: Lang,
    json: bool,
    for_officers: bool,
    said: BTreeSet<String>,
}

/// Lines that a running server writes beside its answers, on standard error: times, codes and ids, never values. Cheap to
/// clone, for tasks that outlive a command's hold of its console.
#[derive(Clone)]
pub struct Log(Arc<Mutex<Box<dyn Write + Send>>>);

impl Log {
    /// One line, at once.
    pub fn line(&self, text: &str) {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

/// What a command wrote, in tests that run a command as a function.
#[derive(Clone, Default)]
pub struct Captured {
    out: Arc<Mutex<Vec<u8>>>,
    err: Arc<Mutex<Vec<u8>>>,
}

struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Captured {
    /// Takes what was written to standard output so far.
    #[must_use]
    pub fn take_out(&self) -> String {
        take(&self.out)
    }

    /// Takes what was written to standard error so far.
    #[must_use]
    pub fn take_err(&self) -> String {
        take(&self.err)
    }
}

fn take(stream: &Mutex<Vec<u8>>) -> String {
    let bytes = std::mem::take(&mut *stream.lock().unwrap_or_else(PoisonError::into_inner));
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Console {
    /// The streams of this process, in the language of `ABSAH_LANG`, else of `LC_ALL`,
    /// `LC_MESSAGES` or `LANG`, else Indonesian.
    #[must_use]
    pub fn of_process(env: &Env) -> Self {
        Self::new(Box::new(std::io::stdout()), Box::new(std::io::stderr()), lang_of(env))
    }

    /// Streams into memory, for a command run as a function.
    #[must_use]
    pub fn captured(lang: Lang) -> (Self, Captured) {
        let captured = Captured::default();
        let out = Box::new(Shared(Arc::clone(&captured.out)));
        let err = Box::new(Shared(Arc::clone(&captured.err)));
        (Self::new(out, err, lang), captured)
    }

    /// Any two streams.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, err: Box<dyn Write + Send>, lang: Lang) -> Self {
        let err = Log(Arc::new(Mutex::new(err)));
        Self { out, err, lang, json: false, for_officers: false, said: BTreeSet::new() }
    }

    /// The language of the texts.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the answer is for a machine (`--json`).
    #[must_use]
    pub const fn json(&self) -> bool {
        self.json
    }

    /// Sets whether the answer is for a machine.
    pub const fn set_json(&mut self, json: bool) {
        self.json = json;
    }

    /// Says that an officer reads this, no citizen: where a text warns the citizen of the officer's own side, the
    /// officer's version of it is shown.
    pub const fn set_for_officers(&mut self) {
        self.for_officers = true;
    }

    /// The text of a code (`err` or `rec`) for whoever reads this; nothing where there is none.
    #[must_use]
    pub fn said(&self, kind: &str, code: &str) -> Option<String> {
        let text = |id: &str| absah_schemas::text(self.lang, id);
        let own = self.for_officers.then(|| text(&format!("officer-{kind}-{code}"))).flatten();
        own.or_else(|| text(&format!("{kind}-{code}")))
    }

    /// One line of the answer, on standard output, at once.
    ///
    /// A reader that went away (`| head`) is no error of the command.
    pub fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
    }

    /// The answer for a machine: one line of JSON on standard output.
    pub fn answer(&mut self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(value) {
            self.line(&text);
        }
    }

    /// As [`Console::notice`], and nothing when this was said before: what several steps of one start have to say.
    pub fn notice_once(&mut self, text: &str) {
        if self.said.insert(text.to_owned()) {
            self.notice(text);
        }
    }

    /// One line beside the answer, on standard error.
    pub fn notice(&mut self, text: &str) {
        self.err.line(text);
    }

    /// Standard error for tasks that go on beside this console.
    #[must_use]
    pub fn log(&self) -> Log {
        self.err.clone()
    }

    /// A text in the console's language, with values put in; its id where there is no such text.
    #[must_use]
    pub fn text_with(&self, id: &str, values: &[(&str, &str)]) -> String {
        absah_schemas::text_with(self.lang, id, values).unwrap_or_else(|| id.to_owned())
    }

    /// A text in the console's language; its id where there is no such text.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        absah_schemas::text(self.lang, id).unwrap_or_else(|| id.to_owned())
    }
}

fn lang_of(env: &Env) -> Lang {
    ["ABSAH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|key| env.get(key).and_then(|tag| Lang::parse(tag).ok()))
        .unwrap_or_default()
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("lang", &self.lang).field("json", &self.json).finish_non_exhaustive()
    }
}
