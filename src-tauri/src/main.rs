//! The desktop shell of Lägesbild: windows, dialogs and paths round the core, which does the work. Thin on purpose.

// A console window beside the program would frighten people on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod desk;
mod dialogs;
mod windows;

use arguments::{Arguments, USAGE};
use desk::{Desk, SharedDesk};
use lagesbild::progress::Progress;
use std::sync::Arc;
use tauri::{App, Manager, RunEvent, WindowEvent};

fn main() {
    let arguments = Arguments::parse(std::env::args_os().skip(1)).unwrap_or_else(|| fail(USAGE));
    #[cfg(target_os = "linux")]
    windows::avoid_blank_webkit_windows();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![commands::call, commands::shell, commands::painted, commands::progress, commands::cancel])
        .setup(move |app| set_up(app, &arguments))
        .on_window_event(|window, event| {
            if window.label() == windows::FACILITATOR && matches!(event, WindowEvent::Destroyed) {
                window.app_handle().exit(0);
            }
        })
        .build(tauri::generate_context!())
        .unwrap_or_else(|problem| fail(&format!("Programmet kunde inte starta: {problem}")));
    app.run(|handle, event| {
        // The process ends without dropping anything; the lock file must be let go first. A file that is being read in when the
        // window is closed is not: nobody would see that it was stored.
        if let (RunEvent::Exit, Some(desk)) = (event, handle.try_state::<SharedDesk>()) {
            if let Some(progress) = handle.try_state::<Arc<Progress>>() {
                progress.cancel();
            }
            desk::locked(&desk).close();
        }
    });
}

fn fail(text: &str) -> ! {
    eprintln!("{text}");
    std::process::exit(2)
}

fn set_up(app: &mut App, arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut desk = Desk::new(app.path().app_local_data_dir()?);
    match arguments {
        Arguments::Nothing => {}
        Arguments::Example => desk.start(Desk::example),
        Arguments::File(path) => desk.start(|desk| desk.open(path)),
    }
    app.manage(desk.progress());
    app.manage(SharedDesk::new(desk.into()));
    windows::open_facilitator(app)?;
    Ok(())
}
