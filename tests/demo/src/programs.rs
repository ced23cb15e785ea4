//! The shipped binaries: built once, then called as a person would call them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::{Outcome, Trouble};

/// Where the programs are.
pub(crate) struct Binaries {
    pub(crate) issuer: PathBuf,
    pub(crate) wallet: PathBuf,
    pub(crate) verifier: PathBuf,
    pub(crate) witness: PathBuf,
}

/// The set-up step, then a build of what the main job needs and no more.
pub(crate) fn build(root: &Path) -> Outcome<Binaries> {
    let setup =
        Command::new("bash").arg("tests/setup").args(["build", "demo", "pages"]).current_dir(root).status();
    if !setup.is_ok_and(|status| status.success()) {
        return Err(Trouble::new("the set-up step did not finish", "see the lines above, then try again"));
    }
    println!("building the three programs (the first time takes some minutes) …");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "build",
            "--quiet",
            "-p",
            "absah-issuer",
            "-p",
            "absah-wallet",
            "-p",
            "absah-verifier",
            "-p",
            "absah-witness",
        ])
        .current_dir(root)
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(Trouble::new("the programs could not be built", "see the compiler's words above"));
    }
    let own = std::env::current_exe().map_err(|e| Trouble::new(e.to_string(), "try again"))?;
    let folder = own.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Binaries {
        issuer: folder.join("absah-issuer"),
        wallet: folder.join("absah-wallet"),
        verifier: folder.join("absah-verifier"),
        witness: folder.join("absah-witness"),
    })
}

/// What the clock of a called program shows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Moment {
    /// The machine's own time.
    Now,
    /// That many hours later.
    HoursLater(u32),
}

/// One call of a program and how it may be run.
pub(crate) struct Call<'a> {
    program: &'a Path,
    arguments: Vec<String>,
    data_dir: PathBuf,
    environment: Vec<(&'static str, String)>,
    offline: bool,
    moment: Moment,
}

impl<'a> Call<'a> {
    /// `program` working in `data_dir`.
    pub(crate) fn new(program: &'a Path, data_dir: PathBuf) -> Self {
        Self {
            program,
            arguments: Vec::new(),
            data_dir,
            environment: Vec::new(),
            offline: false,
            moment: Moment::Now,
        }
    }

    pub(crate) fn args<S: ToString>(mut self, arguments: &[S]) -> Self {
        self.arguments.extend(arguments.iter().map(ToString::to_string));
        self
    }

    pub(crate) fn path(mut self, path: &Path) -> Self {
        self.arguments.push(path.display().to_string());
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Without any network, where the kernel lets us take it away.
    pub(crate) fn offline(mut self) -> Self {
        self.offline = true;
        self
    }

    /// At another time: the program itself has no switch for that, `faketime` moves its clock.
    pub(crate) fn at(mut self, moment: Moment) -> Self {
        self.moment = moment;
        self
    }

    /// Starts a server and leaves it running.
    pub(crate) fn spawn(self, log: &Path) -> Outcome<std::process::Child> {
        let words = self.words();
        let file = std::fs::File::create(log).map_err(|e| crate::disk(log, &e))?;
        let copy = file.try_clone().map_err(|e| crate::disk(log, &e))?;
        self.command()
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(copy)
            .spawn()
            .map_err(|e| Trouble::new(format!("{words}: {e}"), "build the programs first"))
    }

    /// Runs to the end; `Ok` holds the exit code and, with `--json`, what it printed.
    pub(crate) fn run(self) -> Outcome<Answer> {
        let words = self.words();
        let once = || self.command().stdin(Stdio::null()).output();
        let again = |output: Output| {
            // Another program under faketime was killed once and had this one's number: nothing was started.
            let taken = String::from_utf8_lossy(&output.stderr).contains("sem_open: File exists");
            if taken { once() } else { Ok(output) }
        };
        let output = once().and_then(again);
        let output = output.map_err(|e| Trouble::new(format!("{words}: {e}"), "build the programs first"))?;
        Ok(Answer::new(words, &output))
    }

    fn words(&self) -> String {
        let name = self.program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        format!("{name} {}", self.arguments.join(" "))
    }

    fn command(&self) -> Command {
        let mut words: Vec<OsString> = Vec::new();
        if self.offline && crate::offline::possible() {
            words.extend(["unshare", "-rn"].map(OsString::from));
        }
        if let Moment::HoursLater(hours) = self.moment {
            words.extend(["faketime", "-f"].map(OsString::from));
            words.push(format!("+{hours}h").into());
        }
        words.push(self.program.into());
        let mut words = words.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command.arg("--data-dir").arg(&self.data_dir).args(&self.arguments);
        command.env("ABSAH_DEV", "1");
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command
    }
}

/// What a program said.
pub(crate) struct Answer {
    words: String,
    /// Its exit code; none when it was killed.
    pub(crate) code: Option<i32>,
    /// Its standard output as JSON, where it is that.
    pub(crate) json: Value,
    errors: String,
}

impl Answer {
    fn new(words: String, output: &Output) -> Self {
        Self {
            words,
            code: output.status.code(),
            json: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
            errors: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        }
    }

    /// The answer, if the program reported success.
    pub(crate) fn success(self) -> Outcome<Self> {
        self.exit(0)
    }

    /// The answer, if the program ended with exactly this exit code.
    pub(crate) fn exit(self, code: i32) -> Outcome<Self> {
        if self.code == Some(code) {
            return Ok(self);
        }
        let said = if self.errors.is_empty() { self.json.to_string() } else { self.errors };
        Err(Trouble::new(
            format!("`{}` ended with {:?} instead of {code}:\n      {said}", self.words, self.code),
            "this is a defect of the program or of this machine; the words above say which",
        ))
    }

    /// A member of the printed JSON, as text.
    pub(crate) fn text(&self, pointer: &str) -> Outcome<String> {
        self.json.pointer(pointer).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| {
            Trouble::new(format!("`{}` printed no {pointer}", self.words), "this is a defect of the program")
        })
    }

    /// The code of a refusal, wherever the program puts it.
    pub(crate) fn refusal(&self) -> String {
        ["/code", "/error/code"]
            .iter()
            .find_map(|pointer| self.json.pointer(pointer).and_then(Value::as_str))
            .unwrap_or("none")
            .to_owned()
    }
}
