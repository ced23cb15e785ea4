//! The options every program has.

use std::path::PathBuf;

/// Options of every program; flatten them with `#[command(flatten)]`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CommonArgs {
    /// Where the program keeps its data.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Answer in JSON, for machines.
    #[arg(long, global = true)]
    pub json: bool,
    /// Allow http and loopback addresses: for development only (as `ABSAH_DEV=1`).
    #[arg(long, global = true)]
    pub dev_loopback: bool,
}
