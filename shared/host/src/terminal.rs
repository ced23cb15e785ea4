//! Asking a person.

use std::io::{BufRead as _, IsTerminal as _};

use crate::Console;

/// Somebody who can be asked.
pub trait Ask {
    /// Puts a question, line by line, and gives the line typed; `None` when there is nobody to ask.
    fn ask(&mut self, question: &[String], console: &mut Console) -> Option<String>;
}

/// The terminal that the program was started from.
#[derive(Debug)]
pub struct Terminal;

/// Nobody: every question stays unanswered.
#[derive(Debug)]
pub struct NoTerminal;

impl Ask for Terminal {
    fn ask(&mut self, question: &[String], console: &mut Console) -> Option<String> {
        let stdin = std::io::stdin();
        if !stdin.is_terminal() {
            return None;
        }
        question.iter().for_each(|line| console.notice(line));
        let mut line = String::new();
        let read = stdin.lock().read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim().to_owned())
    }
}

impl Ask for NoTerminal {
    fn ask(&mut self, _: &[String], _: &mut Console) -> Option<String> {
        None
    }
}
