//! A picture in the text: its size on paper, its alt text, ids that are used once.

use super::package::picture_id;
use super::xml::Xml;
use crate::documents::outline::Figure;

pub const NAMESPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// English metric units per millimetre.
const EMU: u64 = 36_000;
/// A4 with 30 mm margins.
const TEXT_WIDTH_MM: u64 = 150;
const MAX_HEIGHT_MM: u64 = 190;

/// Width and height in EMU: as wide as the text, never higher than a page allows.
pub fn size_on_paper(png: &[u8]) -> (u64, u64) {
    let pixels = |at: usize| png.get(at..at + 4).map_or(1, |b| u64::from(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))).max(1);
    // A PNG's first chunk is its header: width and height stand at bytes 16 and 20.
    let (wide, high) = (pixels(16), pixels(20));
    let (width, max) = (TEXT_WIDTH_MM * EMU, MAX_HEIGHT_MM * EMU);
    let height = width * high / wide;
    if height <= max { (width, height) } else { (max * wide / high, max) }
}

pub fn drawing(xml: &mut Xml, number: usize, (width, height): (u64, u64), figure: &Figure) {
    let (id, wide, high) = (number.to_string(), width.to_string(), height.to_string());
    let name = format!("Figur {id}");
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    xml.empty("wp:extent", &[("cx", &wide), ("cy", &high)]);
    xml.empty("wp:docPr", &[("id", &id), ("name", &name), ("descr", &figure.alt)]);
    xml.within("wp:cNvGraphicFramePr", &[], |xml| xml.empty("a:graphicFrameLocks", &[("noChangeAspect", "1")]));
    xml.within("a:graphic", &[], |xml| {
        xml.within("a:graphicData", &[("uri", NAMESPACE)], |xml| picture(xml, &id, &name, &figure.alt, &wide, &high));
    });
    xml.close("wp:inline");
    xml.close("w:drawing");
}

fn picture(xml: &mut Xml, id: &str, name: &str, alt: &str, wide: &str, high: &str) {
    xml.open("pic:pic", &[]);
    xml.within("pic:nvPicPr", &[], |xml| {
        xml.empty("pic:cNvPr", &[("id", id), ("name", name), ("descr", alt)]);
        xml.empty("pic:cNvPicPr", &[]);
    });
    xml.within("pic:blipFill", &[], |xml| {
        xml.empty("a:blip", &[("r:embed", &picture_id(id))]);
        xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
    });
    xml.within("pic:spPr", &[], |xml| {
        xml.within("a:xfrm", &[], |xml| {
            xml.empty("a:off", &[("x", "0"), ("y", "0")]);
            xml.empty("a:ext", &[("cx", wide), ("cy", high)]);
        });
        xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
    });
    xml.close("pic:pic");
}
