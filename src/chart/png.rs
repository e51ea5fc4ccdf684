//! Pixels as a PNG file (ISO/IEC 15948): true colour, eight bits, each row stored as the difference to the row above.

use super::raster::Image;
use crate::error::{Error, Result};
use flate2::{Compression, Crc, write::ZlibEncoder};
use std::io::Write;

/// `dpi` tells a word processor how large to show the picture.
pub fn encode(image: &Image, dpi: u32) -> Result<Vec<u8>> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend((image.width as u32).to_be_bytes());
    header.extend((image.height as u32).to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    let per_metre = ((f64::from(dpi) / 0.0254).round() as u32).to_be_bytes();
    chunk(&mut file, b"pHYs", &[&per_metre[..], &per_metre[..], &[1]].concat());
    let rows = compressed(image).map_err(|error| Error::internal("packa ett diagram", error))?;
    chunk(&mut file, b"IDAT", &rows);
    chunk(&mut file, b"IEND", &[]);
    Ok(file)
}

fn compressed(image: &Image) -> std::io::Result<Vec<u8>> {
    let stride = 3 * image.width;
    let mut above = vec![0; stride];
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(9));
    for row in image.pixels.chunks_exact(stride) {
        let difference: Vec<u8> = row.iter().zip(&above).map(|(here, up)| here.wrapping_sub(*up)).collect();
        encoder.write_all(&[2])?;
        encoder.write_all(&difference)?;
        above.copy_from_slice(row);
    }
    encoder.finish()
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    file.extend(crc.sum().to_be_bytes());
}
