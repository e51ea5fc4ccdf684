//! The two windows: `huvud`, where the facilitator works, and `duk`, the picture on the wall.

use lagesbild::error::{Error, Result};
use std::time::Duration;
use tauri::window::Color;
use tauri::{App, AppHandle, Manager, Monitor, PhysicalSize, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

pub const FACILITATOR: &str = "huvud";
pub const PROJECTOR: &str = "duk";

/// The paper of the design, so that a window never flashes white.
const PAPER: Color = Color(0xFB, 0xFA, 0xF7, 0xFF);
/// A window whose screen fails before its first picture must still be seen, with whatever it shows.
const LONGEST_HIDDEN: Duration = Duration::from_secs(15);

pub fn open_facilitator(app: &App) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, FACILITATOR, WebviewUrl::App("index.html".into()))
        .title("Lägesbild")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .background_color(PAPER)
        .visible(false)
        .build()?;
    std::thread::spawn(move || {
        std::thread::sleep(LONGEST_HIDDEN);
        reveal(&window);
    });
    Ok(())
}

/// Opens the projector on a monitor where the facilitator's window is not, or beside it if there is only one.
pub fn open_projector(app: &AppHandle) -> Result<()> {
    if let Some(window) = app.get_webview_window(PROJECTOR) {
        reveal(&window);
        return Ok(());
    }
    build_projector(app).map_err(|e| Error::internal("öppna projektorfönstret", e))
}

pub fn close_projector(app: &AppHandle) -> Result<()> {
    let Some(window) = app.get_webview_window(PROJECTOR) else { return Ok(()) };
    window.close().map_err(|e| Error::internal("stänga projektorfönstret", e))
}

pub fn reveal(window: &WebviewWindow) {
    // Nothing is lost if the window is already gone.
    let _ = window.show();
}

fn build_projector(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, PROJECTOR, WebviewUrl::App("index.html#/duk".into()))
        .title("Lägesbild – duken")
        .background_color(PAPER)
        .visible(false);
    match other_monitor(app)? {
        Some(monitor) => fill(window, &monitor).build()?,
        None => window.inner_size(1280.0, 720.0).build()?,
    };
    Ok(())
}

/// Placed and sized before it is made: some window systems move nothing that is already full-screen.
fn fill<'a>(window: WebviewWindowBuilder<'a, tauri::Wry, AppHandle>, monitor: &Monitor) -> WebviewWindowBuilder<'a, tauri::Wry, AppHandle> {
    let place = monitor.position().to_logical::<f64>(monitor.scale_factor());
    let size = monitor.size().to_logical::<f64>(monitor.scale_factor());
    window.position(place.x, place.y).inner_size(size.width, size.height).fullscreen(true)
}

fn other_monitor(app: &AppHandle) -> tauri::Result<Option<Monitor>> {
    let Some(facilitator) = app.get_webview_window(FACILITATOR) else { return Ok(None) };
    let here = facilitator.current_monitor()?.map(|monitor| *monitor.position());
    let large_enough = |size: &PhysicalSize<u32>| size.width >= 640;
    Ok(facilitator.available_monitors()?.into_iter().find(|monitor| Some(*monitor.position()) != here && large_enough(monitor.size())))
}

/// Some graphics drivers show nothing at all with WebKit's fast paths. Whoever has set them has their reasons.
#[cfg(target_os = "linux")]
pub fn avoid_blank_webkit_windows() {
    for name in ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"] {
        if std::env::var_os(name).is_none() {
            // SAFETY: called first thing in `main`, before any other thread exists.
            unsafe { std::env::set_var(name, "1") };
        }
    }
}
