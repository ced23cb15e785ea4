//! Embeds the web wallet's page, `wallet-app/web/dist`, when it was built; `serve` says how where it was not. Only the
//! packed forms: every browser that can run the wallet unpacks them.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("../web/dist");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut source = String::from(
        "/// (path, media type, Brotli, gzip)\npub(super) const FILES: &[(&str, &str, &[u8], &[u8])] = &[\n",
    );
    let entries = fs::read_dir(&folder)?;
    let mut files = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    for packed in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "br")) {
        let plain = packed.with_extension("");
        let name = plain.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match plain.extension().and_then(|ending| ending.to_str()) {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("png") => "image/png",
            Some("webmanifest") => "application/manifest+json",
            _ => continue,
        };
        let path = packed.canonicalize()?.with_extension("");
        let path = path.display();
        writeln!(
            source,
            "    ({name:?}, {kind:?}, include_bytes!({:?}), include_bytes!({:?})),",
            format!("{path}.br"),
            format!("{path}.gz"),
        )
        .map_err(io::Error::other)?;
    }
    source.push_str("];\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("page.rs"), source)
}
