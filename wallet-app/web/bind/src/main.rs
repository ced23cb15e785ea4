//! `absah-wasm-bind WALLET.wasm FOLDER`: writes the module as a browser loads it, and the script that calls it.
//! `wasm-bindgen-cli` does not install with its own lock; this is what of it is needed.

use std::env::args_os;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<PathBuf> = args_os().skip(1).map(PathBuf::from).collect();
    let [module, folder] = words.as_slice() else {
        return Err("usage: absah-wasm-bind WALLET.wasm FOLDER".into());
    };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.web(true)?.typescript(true).remove_name_section(true).remove_producers_section(true);
    Ok(bindgen.out_name("wallet").input_path(module).generate(folder)?)
}
