//! How a command ended.

use crate::Console;
use absah_types::{Coded, Fault};
use serde::Serialize;

/// How a command ended, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, accepted.
    Ok,
    /// 1: refused or invalid.
    Refused,
    /// 2: the command line is wrong.
    Usage,
    /// 3: something around the program is wrong: disk, network, settings; or the program itself.
    Environment,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Environment => 3,
        }
    }

    /// The exit an error deserves.
    #[must_use]
    pub const fn of(fault: Fault) -> Self {
        match fault {
            Fault::Peer | Fault::User => Self::Refused,
            // Nothing was decided about what was asked.
            Fault::Environment | Fault::Bug => Self::Environment,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    error: Problem<'a>,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: String,
    remedy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

/// Says what happened, about which thing, and what to do now, in the console's language: two lines on standard error,
/// or with `--json` `{"error":{"code","message","remedy"}}` on standard output (with `about` where there is such a thing).
pub fn report(error: &dyn Coded, console: &mut Console) -> Exit {
    let code = error.code();
    // A test proves that every code has its texts; the code alone is the last resort.
    let message = console.said("err", code).unwrap_or_else(|| error.to_string());
    let remedy = console.said("rec", code).unwrap_or_default();
    let about = error.about().map(|about| on_one_line(&about));
    if console.json() {
        console.answer(&Answer { error: Problem { code, message, remedy, about } });
    } else {
        let thing = about.map(|about| format!(": {about}")).unwrap_or_default();
        console.notice(&format!("{message} [{code}]{thing}"));
        if !remedy.is_empty() {
            console.notice(&remedy);
        }
    }
    Exit::of(error.fault())
}

/// A name out of a folder may hold what speaks to the terminal.
fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
