//! Footnotes and list numbering: the two parts that the body refers to by number.

use super::xml::Xml;
use crate::error::Result;

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Word's own separator lines take the numbers −1 and 0; ours start at 1.
pub fn footnotes(sources: &[String]) -> Result<Vec<u8>> {
    let mut xml = Xml::part();
    xml.within("w:footnotes", &[("xmlns:w", W), ("xmlns:r", R)], |xml| {
        separator(xml, "-1", "separator", "w:separator");
        separator(xml, "0", "continuationSeparator", "w:continuationSeparator");
        for (index, source) in sources.iter().enumerate() {
            footnote(xml, index + 1, source);
        }
    });
    xml.finish()
}

fn separator(xml: &mut Xml, id: &str, kind: &str, element: &str) {
    xml.within("w:footnote", &[("w:type", kind), ("w:id", id)], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")])
            });
            xml.within("w:r", &[], |xml| xml.empty(element, &[]));
        });
    });
}

fn footnote(xml: &mut Xml, id: usize, source: &str) {
    xml.within("w:footnote", &[("w:id", &id.to_string())], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.val("w:pStyle", "FootnoteText"));
            xml.within("w:r", &[], |xml| {
                xml.within("w:rPr", &[], |xml| xml.val("w:rStyle", "FootnoteReference"));
                xml.empty("w:footnoteRef", &[]);
            });
            xml.within("w:r", &[], |xml| words(xml, &format!(" {source}")));
        });
    });
}

/// Text inside a run: line feeds become breaks, tabs become tabs.
pub fn words(xml: &mut Xml, text: &str) {
    let text = crate::documents::printable(text);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.empty("w:br", &[]);
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                xml.empty("w:tab", &[]);
            }
            if !piece.is_empty() {
                xml.leaf("w:t", &[("xml:space", "preserve")], piece);
            }
        }
    }
}

/// Number 1 is the bullets; each numbered list gets its own from 2 on, so that it starts at 1 again.
pub fn numbering(numbered_lists: usize) -> Result<Vec<u8>> {
    let mut xml = Xml::part();
    xml.within("w:numbering", &[("xmlns:w", W)], |xml| {
        kind_of_list(xml, "0", "bullet", "–");
        kind_of_list(xml, "1", "decimal", "%1.");
        xml.within("w:num", &[("w:numId", "1")], |xml| xml.val("w:abstractNumId", "0"));
        for list in 0..numbered_lists {
            xml.within("w:num", &[("w:numId", &(list + 2).to_string())], |xml| {
                xml.val("w:abstractNumId", "1");
                xml.within("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.val("w:startOverride", "1"));
            });
        }
    });
    xml.finish()
}

fn kind_of_list(xml: &mut Xml, id: &str, format: &str, sign: &str) {
    xml.within("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
        xml.val("w:multiLevelType", "singleLevel");
        xml.within("w:lvl", &[("w:ilvl", "0")], |xml| {
            xml.val("w:start", "1");
            xml.val("w:numFmt", format);
            xml.val("w:lvlText", sign);
            xml.val("w:lvlJc", "left");
            xml.within("w:pPr", &[], |xml| xml.empty("w:ind", &[("w:left", "397"), ("w:hanging", "397")]));
        });
    });
}
