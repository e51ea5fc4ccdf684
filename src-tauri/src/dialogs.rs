//! The system's own dialogs for choosing files. Each answers nothing when the person changes their mind.

use crate::windows::FACILITATOR;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

const ENDING: &str = "lagesbild";
const DATA_ENDINGS: [&str; 12] = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "htm", "html", "px", "json"];

pub fn file_to_open(app: &AppHandle, request: &Value) -> Option<PathBuf> {
    asked(request).or_else(|| path(ours(app, "Öppna lägesbild").blocking_pick_file()))
}

pub fn file_to_create(app: &AppHandle, request: &Value) -> Option<PathBuf> {
    let dialog = ours(app, "Var ska den nya lägesbilden ligga?").set_file_name(format!("Lägesbild.{ENDING}"));
    asked(request).or_else(|| path(dialog.blocking_save_file())).map(|path| with_ending(path, ENDING))
}

pub fn place_for_copy(app: &AppHandle, request: &Value, from: &Path) -> Option<PathBuf> {
    let suggestion = format!("{} – kopia.{ENDING}", from.file_stem().unwrap_or_default().to_string_lossy());
    let dialog = ours(app, "Spara en kopia").set_file_name(suggestion);
    asked(request).or_else(|| path(dialog.blocking_save_file())).map(|path| with_ending(path, ENDING))
}

pub fn place_for_document(app: &AppHandle, request: &Value) -> Option<PathBuf> {
    let name = request["name"].as_str().unwrap_or("Dokument.docx");
    let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy().into_owned();
    let dialog = plain(app, "Spara dokumentet").add_filter(ending.to_uppercase(), &[&ending]).set_file_name(name);
    asked(request).or_else(|| path(dialog.blocking_save_file())).map(|path| with_ending(path, &ending))
}

/// `[{path, name}]`, empty when nothing is chosen.
pub fn data_files(app: &AppHandle) -> Vec<Value> {
    let dialog = plain(app, "Välj filer att läsa in").add_filter("Dataunderlag", &DATA_ENDINGS).add_filter("Alla filer", &["*"]);
    let chosen = dialog.blocking_pick_files().unwrap_or_default();
    chosen
        .into_iter()
        .filter_map(|file| path(Some(file)))
        .map(|path| json!({ "name": path.file_name().map(|n| n.to_string_lossy()), "path": path }))
        .collect()
}

fn plain(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match app.get_webview_window(FACILITATOR) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn ours(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    plain(app, title).add_filter("Lägesbildsfiler", &[ENDING])
}

/// A path that the screen already knows, from a dropped file or the list of recent ones.
fn asked(request: &Value) -> Option<PathBuf> {
    request["path"].as_str().map(PathBuf::from)
}

fn path(file: Option<FilePath>) -> Option<PathBuf> {
    file?.into_path().ok()
}

/// Linux dialogs do not add the ending of the filter.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    match path.extension() {
        Some(_) => path,
        None => path.with_extension(ending),
    }
}
