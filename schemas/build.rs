//! Embeds every `texts/<lang>/*.ftl`, so that a crate's texts are added by adding a file. What is built for a browser
//! comes over the air, and leaves out what only other programs say.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Texts of the console, the counter and the witness: no wallet shows them (a test compares them with its sources).
const NOT_FOR_BROWSERS: [&str; 5] = ["console", "verifier", "verifier-core", "verifier-desk", "witness"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=texts");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let browser = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let mut source =
        String::from("/// (language, file, text)\npub(crate) const FILES: &[(&str, &str, &str)] = &[\n");
    for lang in ["id", "jv", "en"] {
        let folder = Path::new(&root).join("texts").join(lang);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|ext| ext == "ftl")) {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            if browser && NOT_FOR_BROWSERS.contains(&&*name) {
                continue;
            }
            writeln!(source, "    ({lang:?}, {name:?}, include_str!({:?})),", file.display().to_string())
                .map_err(io::Error::other)?;
        }
    }
    source.push_str("];\n");
    writeln!(source, "#[cfg(test)]\npub(crate) const NOT_FOR_BROWSERS: &[&str] = &{NOT_FOR_BROWSERS:?};")
        .map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("texts.rs"), source)
}
