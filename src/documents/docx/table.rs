//! Word tables: data under a repeated header, facts beside their names, places to sign.

use super::body::Body;
use super::xml::Xml;
use crate::documents::outline::{Align, Column, Fact, Signature, Table, Text};

/// The text width in twentieths of a point (150 mm).
const TEXT_WIDTH: u32 = 8504;

/// What Word needs to know before the rows: style, column widths, what the first row and column are, a description.
struct Frame<'a> {
    style: &'a str,
    widths: &'a [u32],
    header_row: bool,
    header_column: bool,
    description: &'a str,
}

pub fn data(body: &mut Body, table: &Table) {
    let widths = share(&table.columns);
    let description = table.caption.words();
    let frame =
        Frame { style: "DataTable", widths: &widths, header_row: true, header_column: table.row_headers, description: &description };
    rows(body, &frame, |body| {
        row(body, true, |body| {
            for (column, &width) in table.columns.iter().zip(&widths) {
                cell(body, width, "TableHead", column.align, &column.title);
            }
        });
        for cells in &table.rows {
            data_row(body, table, &widths, cells);
        }
    });
}

fn data_row(body: &mut Body, table: &Table, widths: &[u32], cells: &[Text]) {
    row(body, false, |body| {
        for ((text, column), &width) in cells.iter().zip(&table.columns).zip(widths) {
            cell(body, width, "TableText", column.align, text);
        }
    });
}

pub fn facts(body: &mut Body, facts: &[Fact]) {
    let widths = [2551, TEXT_WIDTH - 2551];
    let frame = Frame { style: "FactsTable", widths: &widths, header_row: false, header_column: true, description: "Uppgifter" };
    rows(body, &frame, |body| {
        for fact in facts {
            row(body, false, |body| {
                cell(body, widths[0], "FactName", Align::Left, &fact.name.as_str().into());
                cell(body, widths[1], "TableText", Align::Left, &fact.value);
            });
        }
    });
}

pub fn signatures(body: &mut Body, signatures: &[Signature]) {
    let widths = [TEXT_WIDTH / 2; 2];
    let frame =
        Frame {
            style: "SignatureTable", widths: &widths, header_row: false, header_column: false, description: "Plats för underskrifter"
        };
    rows(body, &frame, |body| {
        for pair in signatures.chunks(2) {
            row(body, false, |body| (0..2).for_each(|side| signature(body, widths[side], pair.get(side))));
        }
    });
}

fn signature(body: &mut Body, width: u32, signature: Option<&Signature>) {
    body.xml.open("w:tc", &[]);
    cell_width(&mut body.xml, width);
    match signature {
        None => body.paragraph("TableText", &Text::default()),
        Some(signature) => {
            body.paragraph("SignatureParty", &signature.party.as_str().into());
            body.paragraph("TableText", &signature.role.as_str().into());
            for label in ["Ort och datum", "Underskrift", "Namnförtydligande"] {
                body.paragraph("SignatureLine", &"\t".into());
                body.paragraph("SignatureLabel", &label.into());
            }
        }
    }
    body.xml.close("w:tc");
}

/// Column widths that add up to the text width exactly; the last column takes the rounding.
fn share(columns: &[Column]) -> Vec<u32> {
    let total: u32 = columns.iter().map(|column| column.weight).sum::<u32>().max(1);
    let mut widths: Vec<u32> = columns.iter().map(|column| TEXT_WIDTH * column.weight / total).collect();
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += TEXT_WIDTH - used;
    }
    widths
}

/// A paragraph follows each table: Word merges tables that touch and demands one at the end of the document.
fn rows(body: &mut Body, frame: &Frame, inner: impl FnOnce(&mut Body)) {
    body.xml.open("w:tbl", &[]);
    properties(&mut body.xml, frame);
    body.xml.within("w:tblGrid", &[], |xml| {
        for width in frame.widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
    inner(body);
    body.xml.close("w:tbl");
    body.paragraph("Spacer", &Text::default());
}

fn properties(xml: &mut Xml, frame: &Frame) {
    let flag = |on: bool| if on { "1" } else { "0" };
    xml.within("w:tblPr", &[], |xml| {
        xml.val("w:tblStyle", frame.style);
        xml.empty("w:tblW", &[("w:w", &frame.widths.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        let look = [
            ("w:val", look_bits(frame)),
            ("w:firstRow", flag(frame.header_row)),
            ("w:lastRow", "0"),
            ("w:firstColumn", flag(frame.header_column)),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ];
        xml.empty("w:tblLook", &look);
        xml.val("w:tblCaption", frame.description);
    });
}

/// The same flags as a bit field, for readers older than the separate attributes.
fn look_bits(frame: &Frame) -> &'static str {
    match (frame.header_row, frame.header_column) {
        (true, true) => "06A0",
        (true, false) => "0620",
        (false, true) => "0680",
        (false, false) => "0600",
    }
}

fn row(body: &mut Body, header: bool, inner: impl FnOnce(&mut Body)) {
    body.xml.open("w:tr", &[]);
    body.xml.within("w:trPr", &[], |xml| {
        xml.empty("w:cantSplit", &[]);
        if header {
            xml.empty("w:tblHeader", &[]);
        }
    });
    inner(body);
    body.xml.close("w:tr");
}

fn cell(body: &mut Body, width: u32, style: &str, align: Align, text: &Text) {
    body.xml.open("w:tc", &[]);
    cell_width(&mut body.xml, width);
    let side = |xml: &mut Xml| {
        if align == Align::Right {
            xml.val("w:jc", "right");
        }
    };
    body.styled(style, side, |body| body.runs(text));
    body.xml.close("w:tc");
}

fn cell_width(xml: &mut Xml, width: u32) {
    xml.within("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::outline::{numbers, words};

    #[test]
    fn column_widths_fill_the_page_exactly() {
        let widths = share(&[words("a"), numbers("b"), numbers("c").weight(4)]);
        assert_eq!(widths.iter().sum::<u32>(), TEXT_WIDTH);
        assert!(widths[2] > widths[0] && widths[0] > widths[1]);
    }
}
