//! What the page may call: these commands and nothing else of tauri's own.

const COMMANDS: &[&str] = &["view", "watch", "press", "awake", "texts", "pictures", "camera", "restore"];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
