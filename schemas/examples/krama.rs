//! Writes every text in Javanese beside its Indonesian and English as one page to print, with room for remarks, so
//! that a native reader of krama can go through them without reading source files:
//! `cargo run --package absah-schemas --example krama > krama.html`.

use absah_schemas::{keys, text};
use absah_types::Lang;
use std::io::{self, Write};

const HEAD: &str = "<!doctype html>
<html lang=\"jv\"><meta charset=\"utf-8\"><title>Absah: teks basa krama kanggo dipriksa</title>
<style>
body { font: 12pt/1.4 sans-serif; margin: 2cm }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #666; padding: 4px 6px; text-align: left; vertical-align: top }
td:first-child { font: 8pt monospace; width: 14% }
td:last-child { width: 22% }
tr { break-inside: avoid }
@page { size: A4 landscape }
</style>
<h1>Teks basa krama</h1>
<p>Mangga dipun waos kolom <em>Krama</em>. Menawi kirang trep, mangga dipun serat ing kolom <em>Catatan</em>.
Tanda kados <code>{$service}</code> sampun dipun owahi.</p>
<table><thead><tr><th>Kode<th>Indonesia<th>Krama<th>English<th>Catatan</tr></thead><tbody>
";

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(HEAD.as_bytes())?;
    for id in keys(Lang::Jv) {
        let [indonesian, krama, english] =
            [Lang::Id, Lang::Jv, Lang::En].map(|lang| escaped(&text(lang, id).unwrap_or_default()));
        writeln!(out, "<tr><td>{id}<td>{indonesian}<td>{krama}<td>{english}<td></tr>")?;
    }
    writeln!(out, "</tbody></table></html>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
