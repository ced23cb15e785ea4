//! `absah-witness`: see `absah-witness --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match absah_host::Context::of_process() {
        Ok(mut context) => absah_witness::commands::run(std::env::args_os(), &mut context).into(),
        Err(_) => absah_host::Exit::Environment.into(),
    }
}
