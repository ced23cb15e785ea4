//! Embeds the counter's page, `verifier/ui/dist`, when it was built; `serve` says how where it was not.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("../ui/dist");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut source = String::from(
        "/// (path, media type, content)\npub(super) const FILES: &[(&str, &str, &[u8])] = &[\n",
    );
    let entries = fs::read_dir(&folder)?;
    let mut files = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match file.extension().and_then(|ending| ending.to_str()) {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            _ => continue,
        };
        let path = file.canonicalize()?;
        writeln!(source, "    ({name:?}, {kind:?}, include_bytes!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    source.push_str("];\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("page.rs"), source)
}
