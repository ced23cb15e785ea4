//! Wiring of `absah-wallet`.

use std::process::ExitCode;

use absah_host::Terminal;
use absah_host::{Context, Exit};
use absah_wallet::{Cli, run};
use clap::Parser as _;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Ok.into() };
        }
    };
    let Ok(mut context) = Context::of_process() else { return Exit::Environment.into() };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return Exit::Environment.into();
    };
    runtime.block_on(run(cli, &mut context, &mut Terminal)).into()
}
