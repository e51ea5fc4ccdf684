//! Names our commands, so that a window can use only those its capability lists.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["call", "shell", "painted", "progress", "cancel"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(problem) = tauri_build::try_build(attributes) {
        eprintln!("{problem:#}");
        std::process::exit(1);
    }
}
