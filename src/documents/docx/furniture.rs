//! Headers, footers, watermark and file properties: what stands around the text on every page.

use super::notes::{R, W, words};
use super::package::Package;
use super::xml::Xml;
use crate::documents::outline::Outline;
use crate::error::Result;

/// The parts that the body's section refers to.
pub const FIRST_HEADER: &str = "header1.xml";
pub const HEADER: &str = "header2.xml";
pub const FOOTER: &str = "footer1.xml";

pub fn add(package: &mut Package, outline: &Outline) -> Result<()> {
    package.loose("docProps/core.xml", core(outline)?);
    package.loose("docProps/app.xml", include_bytes!("../../../assets/docx/app.xml").to_vec());
    package.part("header", FIRST_HEADER, header(outline, false)?);
    package.part("header", HEADER, header(outline, true)?);
    package.part("footer", FOOTER, footer()?);
    Ok(())
}

fn core(outline: &Outline) -> Result<Vec<u8>> {
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let mut xml = Xml::part();
    xml.within("cp:coreProperties", &names, |xml| {
        xml.leaf("dc:title", &[], &outline.title);
        xml.leaf("dc:subject", &[], outline.subtitle.as_deref().unwrap_or_default());
        xml.leaf("dc:creator", &[], "Lägesbild");
        xml.leaf("dc:language", &[], &super::locale(&outline.language));
        if let Some(date) = outline.date {
            for moment in ["dcterms:created", "dcterms:modified"] {
                xml.leaf(moment, &[("xsi:type", "dcterms:W3CDTF")], &format!("{date}T00:00:00Z"));
            }
        }
        if let Some(draft) = &outline.draft {
            xml.leaf("cp:contentStatus", &[], draft);
        }
    });
    xml.finish()
}

fn header(outline: &Outline, titled: bool) -> Result<Vec<u8>> {
    let names = [
        ("xmlns:w", W),
        ("xmlns:r", R),
        ("xmlns:v", "urn:schemas-microsoft-com:vml"),
        ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ];
    let mut xml = Xml::part();
    xml.within("w:hdr", &names, |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Header"));
            if titled {
                xml.within("w:r", &[], |xml| words(xml, &outline.running_title()));
            }
            if let Some(draft) = &outline.draft {
                draft_marks(xml, draft);
            }
        });
    });
    xml.finish()
}

fn draft_marks(xml: &mut Xml, draft: &str) {
    xml.within("w:r", &[], |xml| {
        xml.within("w:rPr", &[], |xml| xml.val("w:rStyle", "Strong"));
        xml.empty("w:tab", &[]);
        words(xml, draft);
    });
    xml.within("w:r", &[], |xml| {
        xml.within("w:rPr", &[], |xml| xml.empty("w:noProof", &[]));
        xml.within("w:pict", &[], |xml| watermark(xml, draft));
    });
}

/// The shape that Word itself makes for a watermark, so that Word's own command can remove it.
fn watermark(xml: &mut Xml, draft: &str) {
    let style = "position:absolute;margin-left:0;margin-top:0;width:520pt;height:44pt;rotation:315;z-index:-251658752;\
                 mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
                 mso-position-vertical:center;mso-position-vertical-relative:margin";
    xml.raw(include_str!("../../../assets/docx/watermark-shape.xml").trim());
    let shape = [
        ("id", "PowerPlusWaterMarkObject1"),
        ("o:spid", "_x0000_s2049"),
        ("type", "#_x0000_t136"),
        ("alt", ""),
        ("style", style),
        ("o:allowincell", "f"),
        ("fillcolor", "#f1efea"),
        ("stroked", "f"),
    ];
    xml.within("v:shape", &shape, |xml| {
        xml.empty("v:textpath", &[("style", "font-family:\"Calibri\";font-size:1pt"), ("string", draft)]);
    });
}

fn footer() -> Result<Vec<u8>> {
    let mut xml = Xml::part();
    xml.within("w:ftr", &[("xmlns:w", W)], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "Footer"));
            xml.within("w:r", &[], |xml| words(xml, "Sida "));
            field(xml, " PAGE ", "1");
            xml.within("w:r", &[], |xml| words(xml, " av "));
            field(xml, " NUMPAGES ", "1");
        });
    });
    xml.finish()
}

/// A field that Word recomputes; `shown` is what stands there until then.
fn field(xml: &mut Xml, instruction: &str, shown: &str) {
    xml.within("w:fldSimple", &[("w:instr", instruction)], |xml| xml.within("w:r", &[], |xml| words(xml, shown)));
}
