//! A browser gives bytes where the native shell gives a path: the bytes are laid in the server's own folder.

use crate::answer::header;
use lagesbild::error::{Code, Error, Result};
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;
use tiny_http::Request;

const LARGEST: u64 = 512 << 20;

/// The body of the request as a file under its own name, each in a folder of its own so that equal names can meet.
///
/// Answers `{path, name}`.
pub fn receive(folder: &Path, request: &mut Request) -> Result<Value> {
    let name = decode(&header(request, "X-File-Name").unwrap_or_default());
    let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty() && *name != "..").unwrap_or("fil").to_owned();
    let failed = |e: std::io::Error| Error::new(Code::FileAccess, format!("”{name}” kunde inte tas emot.")).detail(e);
    let path = free_folder(&folder.join("uppladdat")).map_err(failed)?.join(&name);
    let mut file = std::fs::File::create(&path).map_err(failed)?;
    std::io::copy(&mut request.as_reader().take(LARGEST), &mut file).map_err(failed)?;
    Ok(json!({ "path": path, "name": name }))
}

/// The first numbered folder that is not there yet; making it is what claims it.
pub fn free_folder(parent: &Path) -> std::io::Result<std::path::PathBuf> {
    std::fs::create_dir_all(parent)?;
    for number in 1u32.. {
        let folder = parent.join(number.to_string());
        match std::fs::create_dir(&folder) {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => continue,
            made => return made.map(|()| folder),
        }
    }
    Err(std::io::ErrorKind::StorageFull.into())
}

/// `%C3%A5` → `å`. A stray `%` stays as it is.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.filter(|_| bytes[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_way_through_a_header() {
        assert_eq!(decode("trygghet%20%C3%A5r%202024.csv"), "trygghet år 2024.csv");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%2"), "%zz%2");
    }
}
