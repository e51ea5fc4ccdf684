//! The doors between the screens and Rust. A call can take seconds, so none of them runs on the thread that draws.

use crate::desk::{Desk, SharedDesk, locked};
use crate::{dialogs, windows};
use lagesbild::error::{Error, Result};
use lagesbild::progress::{Progress, Shown};
use serde_json::{Value, json};
use std::sync::Arc;
use tauri::{AppHandle, Manager, State, WebviewWindow};

#[tauri::command]
pub async fn call(app: AppHandle, command: String, request: Value) -> Result<Value> {
    aside(app, move |app| with_desk(&app, |desk| desk.call(&command, request))).await
}

#[tauri::command]
pub async fn shell(app: AppHandle, command: String, request: Value) -> Result<Value> {
    aside(app, move |app| file_command(&app, &command, request)).await
}

/// A window is made hidden and shown when its first picture is drawn.
#[tauri::command]
pub async fn painted(window: WebviewWindow) -> Result<()> {
    windows::reveal(&window);
    Ok(())
}

/// How far a long call has come. The desk is held by that call, so this goes past it.
#[tauri::command]
pub fn progress(progress: State<'_, Arc<Progress>>) -> Shown {
    progress.shown()
}

/// Stops the call that is running at its next step.
#[tauri::command]
pub fn cancel(progress: State<'_, Arc<Progress>>) {
    progress.cancel();
}

async fn aside<T: Send + 'static>(app: AppHandle, work: impl FnOnce(AppHandle) -> Result<T> + Send + 'static) -> Result<T> {
    tauri::async_runtime::spawn_blocking(move || work(app))
        .await
        .unwrap_or_else(|problem| Err(Error::internal("utföra det du bad om", problem)))
}

fn with_desk<T>(app: &AppHandle, work: impl FnOnce(&mut Desk) -> Result<T>) -> Result<T> {
    work(&mut locked(&app.state::<SharedDesk>()))
}

/// A person may sit long before a dialog, so the desk is not held while one is open.
fn file_command(app: &AppHandle, command: &str, request: Value) -> Result<Value> {
    match command {
        "state" => with_desk(app, |desk| Ok(desk.state())),
        "example" => with_desk(app, Desk::example),
        "open" => dialogs::file_to_open(app, &request).map_or(Ok(Value::Null), |path| with_desk(app, |desk| desk.open(&path))),
        "create" => {
            let municipalities: Vec<String> = serde_json::from_value(request["municipalities"].clone())?;
            let path = dialogs::file_to_create(app, &request);
            path.map_or(Ok(Value::Null), |path| with_desk(app, |desk| desk.create(&path, &municipalities)))
        }
        "save_copy" => {
            let from = with_desk(app, |desk| desk.open_path())?;
            dialogs::place_for_copy(app, &request, &from).map_or(Ok(Value::Null), |to| with_desk(app, |desk| desk.save_copy(&to)))
        }
        "save_document" => {
            let path = dialogs::place_for_document(app, &request);
            path.map_or(Ok(Value::Null), |path| with_desk(app, |desk| desk.save_document(&path, request)))
        }
        "show" => with_desk(app, |desk| desk.show(&request)),
        "pick_data_files" => Ok(json!(dialogs::data_files(app))),
        "projector_show" => windows::open_projector(app).map(|()| Value::Null),
        "projector_hide" => windows::close_projector(app).map(|()| Value::Null),
        _ => Err(Error::not_found(&format!("Kommandot ”{command}”"))),
    }
}
