//! Writes `ui/src/api.ts`: every type that crosses the door, and the list of commands. `cargo xtask types` runs it.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::{Config, TS, TypeVisitor};

pub trait Visit {
    fn command<Request: TS + 'static, Answer: TS + 'static>(&mut self, name: &str);
}

/// The whole file.
pub fn typescript() -> String {
    let mut writer = Writer { config: Config::default(), seen: BTreeSet::new(), declared: BTreeMap::new(), commands: Vec::new() };
    super::each_type(&mut writer);
    let mut text = String::from("// Generated from src/api by `cargo xtask types`. Do not edit.\n\n");
    for declaration in writer.declared.values() {
        text.push_str(&format!("export {declaration}\n\n"));
    }
    text.push_str("/** Command → [what it takes, what it answers]. */\nexport interface Commands {\n");
    for (name, request, answer) in &writer.commands {
        text.push_str(&format!("  {name}: [{request}, {answer}];\n"));
    }
    text + "}\n"
}

struct Writer {
    config: Config,
    seen: BTreeSet<TypeId>,
    declared: BTreeMap<String, String>,
    commands: Vec<(String, String, String)>,
}

impl Visit for Writer {
    fn command<Request: TS + 'static, Answer: TS + 'static>(&mut self, name: &str) {
        self.visit::<Request>();
        self.visit::<Answer>();
        self.commands.push((name.to_owned(), Request::name(&self.config), Answer::name(&self.config)));
    }
}

impl TypeVisitor for Writer {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types of our own have a file to go to; numbers and lists are written in place.
        if T::output_path().is_some() {
            self.declared.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
