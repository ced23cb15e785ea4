//! The frame around every command: its line is read, its end reported.

use std::ffi::OsString;

use absah_types::Coded;
use clap::Parser;

use crate::{Console, Exit, report};

/// Why a command ends without success: any error with a code.
pub struct Failure(Box<dyn Coded + Send + Sync>);

impl Failure {
    /// The error.
    #[must_use]
    pub fn coded(&self) -> &dyn Coded {
        &*self.0
    }
}

impl<E: Coded + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Failure({})", self.0.code())
    }
}

/// Reads a command line, program name first. Help and version are answers; what is wrong is a notice.
///
/// # Errors
/// The exit there is to take when there is no command to run.
pub fn parse<C: Parser>(words: impl IntoIterator<Item = OsString>, console: &mut Console) -> Result<C, Exit> {
    C::try_parse_from(words).map_err(|error| {
        let text = error.to_string();
        if error.use_stderr() {
            console.notice(text.trim_end());
            Exit::Usage
        } else {
            console.line(text.trim_end());
            Exit::Ok
        }
    })
}

/// How a command ended; a failure is reported.
pub fn ended(outcome: Result<Exit, Failure>, console: &mut Console) -> Exit {
    outcome.unwrap_or_else(|failure| report(failure.coded(), console))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DataDirError;
    use absah_types::Lang;

    #[derive(Debug, Parser)]
    #[command(name = "absah-test", version)]
    struct Cli {
        #[arg(long)]
        number: u8,
    }

    #[test]
    fn a_line_is_a_command_an_answer_or_wrong() {
        let (mut console, captured) = Console::captured(Lang::Id);
        let mut read = |words: &[&str]| {
            let words = std::iter::once("absah-test").chain(words.iter().copied()).map(OsString::from);
            parse::<Cli>(words, &mut console).map(|cli| cli.number)
        };
        assert_eq!(read(&["--number", "7"]), Ok(7));
        assert_eq!(read(&["--help"]), Err(Exit::Ok));
        assert!(captured.take_out().contains("--number") && captured.take_err().is_empty());
        assert_eq!(read(&["--number", "x"]), Err(Exit::Usage));
        assert_eq!(read(&[]), Err(Exit::Usage));
        assert!(captured.take_err().contains("--number") && captured.take_out().is_empty());
        assert_eq!(ended(Ok(Exit::Refused), &mut console), Exit::Refused);
        let failure = Failure::from(DataDirError::NoHome);
        assert_eq!(ended(Err(failure), &mut console), Exit::Environment);
        assert!(captured.take_err().contains(DataDirError::NoHome.code()));
    }
}
