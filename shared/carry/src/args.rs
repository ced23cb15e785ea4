//! The `bundle` commands, the same in wallet and verifier.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What can be done with the trust bundle.
#[derive(Debug, Clone, Subcommand)]
pub enum BundleCommand {
    /// Take over a trust bundle from a folder, or from pictures or texts of its QR codes
    Import(Import),
    /// Fetch the newest trust bundle from a server and take it over
    Pull(Pull),
    /// Pass on the trust bundle in use: as a folder, or as QR codes
    Export(Export),
    /// Say how old the trust bundle in use is
    Status,
}

/// Options of `bundle import`.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// The folder; or pictures of QR codes and text files with one frame per line, in any order
    #[arg(required = true, value_name = "DIR_OR_FILES")]
    pub source: Vec<PathBuf>,
    /// The root's confirmation
    #[command(flatten)]
    pub root: RootHash,
}

/// Options of `bundle pull`.
#[derive(Debug, Clone, Args)]
pub struct Pull {
    /// Where the bundle's folder is served, for instance https://dukcapil.example/bundle
    #[arg(value_name = "URL")]
    pub url: String,
    /// The root's confirmation
    #[command(flatten)]
    pub root: RootHash,
}

/// What vouches for the first root.
#[derive(Debug, Clone, Args)]
pub struct RootHash {
    /// SHA-256 of the first root document, as published by the city; demanded at the first import only
    #[arg(long, value_name = "HEX")]
    pub root_sha256: Option<String>,
}

/// Options of `bundle export`.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = true, id = "to", args = ["folder", "frames", "text"])]
pub struct Export {
    /// Folder to write the whole bundle to
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Picture to write QR codes to; several become NAME-01.png and so on
    #[arg(long, value_name = "NAME.png")]
    pub frames: Option<PathBuf>,
    /// File to write exactly what the QR codes carry to, one line each
    #[arg(long, value_name = "NAME.txt")]
    pub text: Option<PathBuf>,
    /// QR codes of everything, for a receiver without any bundle; else of what changes with every publication
    #[arg(long)]
    pub whole: bool,
    /// Largest QR version (10 to 40) of a code
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u8).range(10..=40))]
    pub qr_version: u8,
}
