//! XML by small calls over quick-xml; escapes everything and keeps the first fault until the end.

use crate::documents::printable;
use crate::error::{Error, Result};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub type Attributes<'a> = &'a [(&'a str, &'a str)];

pub struct Xml {
    writer: Writer<Vec<u8>>,
    fault: Option<std::io::Error>,
}

impl Default for Xml {
    /// A fragment without declaration, to be put into a part with [`Xml::raw`].
    fn default() -> Self {
        Self { writer: Writer::new(Vec::new()), fault: None }
    }
}

impl Xml {
    pub fn part() -> Self {
        let mut xml = Self::default();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    pub fn open(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// `<w:name w:val="value"/>`, the shape of most of WordprocessingML.
    pub fn val(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    pub fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&printable(text))));
    }

    /// `<name …>text</name>`.
    pub fn leaf(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.within(name, attributes, |xml| xml.text(text));
    }

    pub fn within(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inner(self);
        self.close(name);
    }

    /// Puts XML in as it is; only for what this module wrote or what lies in our assets.
    pub fn raw(&mut self, xml: &str) {
        self.event(Event::Text(BytesText::from_escaped(xml)));
    }

    pub fn finish(self) -> Result<Vec<u8>> {
        match self.fault {
            None => Ok(self.writer.into_inner()),
            Some(fault) => Err(Error::internal("skriva Word-dokumentet", fault)),
        }
    }

    pub fn finish_text(self) -> Result<String> {
        String::from_utf8(self.finish()?).map_err(|error| Error::internal("skriva Word-dokumentet", error))
    }

    fn event(&mut self, event: Event) {
        if let Err(fault) = self.writer.write_event(event) {
            self.fault.get_or_insert(fault);
        }
    }
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, printable(value).as_str()));
    }
    element
}
