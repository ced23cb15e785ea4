//! Wiring of `absah-verifier`.

use std::process::ExitCode;

use absah_host::{Context, Exit, parse};
use absah_verifier::{Cli, run};

fn main() -> ExitCode {
    let Ok(mut context) = Context::of_process() else { return Exit::Environment.into() };
    let cli: Cli = match parse(std::env::args_os(), &mut context.console) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return Exit::Environment.into();
    };
    runtime.block_on(run(cli, &mut context)).into()
}
