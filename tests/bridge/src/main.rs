//! A dev-only server over the core, loopback only: the whole interface runs in an ordinary browser against the real
//! core, so that a browser driver and an accessibility checker can reach every screen. Never shipped.

mod answer;
mod desk;
mod uploads;

use desk::Desk;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tiny_http::{Request, Server};

/// More than the slowest page asks at once; a call that takes seconds must not hold up the pictures.
const WORKERS: usize = 4;

struct Arguments {
    port: u16,
    ui: PathBuf,
    example: bool,
    attached: bool,
}

const USAGE: &str = "lagesbild-bridge [--port N] [--ui DIR] [--example] [--attached]
lagesbild-bridge --types | --tokens

  --port N     the port on 127.0.0.1; 0, which is the default, takes any free one
  --ui DIR     the built interface, by default ui/dist
  --example    opens the practice municipality at once
  --attached   ends, and removes its folder, when standard input is closed
  --types      prints the TypeScript of every declared command and ends
  --tokens     prints the colours, type and spacing as CSS and ends";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word] = words.as_slice()
        && let Some(text) = printed(word)
    {
        return print!("{text}");
    }
    match parse(&words) {
        Some(arguments) => run(arguments).unwrap_or_else(|problem| stop(&problem)),
        None => stop(USAGE),
    }
}

/// What the interface takes from the core; `cargo xtask types` writes it into files.
fn printed(word: &str) -> Option<String> {
    match word {
        "--types" => Some(lagesbild::api::typescript()),
        "--tokens" => Some(lagesbild::look::tokens_css()),
        _ => None,
    }
}

fn stop(text: &str) -> ! {
    eprintln!("{text}");
    std::process::exit(2)
}

fn parse(words: &[String]) -> Option<Arguments> {
    let mut arguments = Arguments { port: 0, ui: PathBuf::from("ui/dist"), example: false, attached: false };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--port" => arguments.port = words.next()?.parse().ok()?,
            "--ui" => arguments.ui = words.next()?.into(),
            "--example" => arguments.example = true,
            "--attached" => arguments.attached = true,
            _ => return None,
        }
    }
    Some(arguments)
}

fn run(arguments: Arguments) -> Result<(), String> {
    let mut desk = Desk::new().map_err(|e| e.to_string())?;
    if arguments.example {
        desk.shell("example", &serde_json::json!({})).map_err(|e| e.to_string())?;
    }
    let folder = desk.folder().to_owned();
    let server = Server::http(("127.0.0.1", arguments.port)).map_err(|e| format!("port {}: {e}", arguments.port))?;
    let port = server.server_addr().to_ip().map_or(0, |address| address.port());
    println!("http://127.0.0.1:{port}");
    std::io::stdout().flush().map_err(|e| e.to_string())?;

    let progress = desk.progress();
    let site = Arc::new(answer::Site { port, ui: arguments.ui, folder: folder.clone(), desk: Mutex::new(desk), progress });
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS).map(|_| spawn(server.clone(), site.clone())).collect();
    if arguments.attached {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let _ = std::fs::remove_dir_all(folder);
        return Ok(());
    }
    workers.into_iter().for_each(|worker| drop(worker.join()));
    Ok(())
}

fn spawn(server: Arc<Server>, site: Arc<answer::Site>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for mut request in server.incoming_requests() {
            let response = site.answer(&mut request);
            close(request, response);
        }
    })
}

/// A browser that has already left is no fault of ours.
fn close(request: Request, response: answer::Answer) {
    let _ = request.respond(response);
}
