//! Request in, response out: who may ask, the addresses that do something, and the files of the interface.

use crate::desk::Desk;
use crate::uploads;
use lagesbild::error::{Code, Error, Result};
use lagesbild::progress::Progress;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tiny_http::{Header, Method, Request, Response};

pub type Answer = Response<Cursor<Vec<u8>>>;

/// The same content policy as in the native window, so that a breach shows up in the browser tests.
const SHELL_CONFIG: &str = include_str!("../../../src-tauri/tauri.conf.json");
const LONGEST_REQUEST: u64 = 64 << 20;

pub struct Site {
    pub port: u16,
    pub ui: PathBuf,
    pub folder: PathBuf,
    pub desk: Mutex<Desk>,
    /// Beside the desk, which is held while it works.
    pub progress: Arc<Progress>,
}

impl Site {
    pub fn answer(&self, request: &mut Request) -> Answer {
        if !self.may_ask(request) {
            return text(403, "Bryggan svarar bara på 127.0.0.1.");
        }
        let url = request.url().to_owned();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        match (request.method(), path) {
            (Method::Post, "/call") => reply(self.command(request, Desk::call)),
            (Method::Post, "/shell") => reply(self.command(request, Desk::shell)),
            (Method::Post, "/progress") => reply(Ok(json!(self.progress.shown()))),
            (Method::Post, "/cancel") => {
                self.progress.cancel();
                reply(Ok(Value::Null))
            }
            (Method::Post, "/upload") => reply(uploads::receive(&self.folder, request)),
            (Method::Get, path) => match path.strip_prefix("/saved/") {
                Some(name) => serve(&self.folder.join("sparat"), &uploads::decode(name)),
                None => serve(&self.ui, if path == "/" { "index.html" } else { path.trim_start_matches('/') }),
            },
            _ => text(405, "Den adressen tar inte emot det."),
        }
    }

    /// Another site must not reach us through a name of its own (DNS rebinding) or a form that posts here.
    fn may_ask(&self, request: &Request) -> bool {
        let ours = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let host = header(request, "Host").is_some_and(|host| ours.contains(&host));
        let origin = header(request, "Origin").is_none_or(|origin| ours.iter().any(|own| origin == format!("http://{own}")));
        host && origin
    }

    fn command(&self, request: &mut Request, door: fn(&mut Desk, &str, &Value) -> Result<Value>) -> Result<Value> {
        let mut body = Vec::new();
        request.as_reader().take(LONGEST_REQUEST).read_to_end(&mut body).map_err(|e| Error::internal("läsa frågan", e))?;
        let asked: Value = serde_json::from_slice(&body)?;
        let command = asked["command"].as_str().unwrap_or_default();
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        door(&mut desk, command, &asked["request"])
    }
}

pub fn header(request: &Request, name: &'static str) -> Option<String> {
    request.headers().iter().find(|header| header.field.equiv(name)).map(|header| header.value.to_string())
}

/// 422 for what a person can act on, 500 for a fault of ours; the body is the core's error as it is.
fn reply(result: Result<Value>) -> Answer {
    match result {
        Ok(value) => body(200, "application/json", value.to_string().into_bytes()),
        Err(error) => {
            let status = if error.code == Code::Internal { 500 } else { 422 };
            body(status, "application/json", json!(error).to_string().into_bytes())
        }
    }
}

fn serve(root: &Path, name: &str) -> Answer {
    let relative = Path::new(name);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return text(404, "Finns inte.");
    }
    match std::fs::read(root.join(relative)) {
        Ok(bytes) => body(200, kind(relative), bytes),
        Err(_) => text(404, "Finns inte. Är gränssnittet byggt (npm run build)?"),
    }
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

fn text(status: u16, text: &str) -> Answer {
    body(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn body(status: u16, kind: &str, bytes: Vec<u8>) -> Answer {
    let policy = serde_json::from_str::<Value>(SHELL_CONFIG).unwrap_or_default()["app"]["security"]["csp"].clone();
    let fields = [
        ("Content-Type", kind),
        ("Content-Security-Policy", policy.as_str().unwrap_or("default-src 'none'")),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ];
    let response = Response::from_data(bytes).with_status_code(status);
    fields.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).fold(response, Response::with_header)
}
