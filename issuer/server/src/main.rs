//! `absah-issuer`: see `absah-issuer --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match absah_host::Context::of_process() {
        Ok(mut context) => absah_issuer::commands::run(std::env::args_os(), &mut context).into(),
        Err(_) => absah_host::Exit::Environment.into(),
    }
}
