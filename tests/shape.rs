//! The shape of the code, so that it stays easy to find one's way in: budgets, words, layers, the one door for change.
//! Each failure names the file and says what to do.

mod scan;

use scan::{Source, identifier, line_at, sources, words};
use std::collections::{BTreeMap, BTreeSet};

mod paper;

const CORE: &[&str] = &["src"];
const ALL: &[&str] = &["src", "typeset/src", "src-tauri/src", "tests/bridge/src", "xtask/src"];

/// Ends the test with every fault, one a line.
fn none(faults: Vec<String>, advice: &str) {
    assert!(faults.is_empty(), "\n{}\n\n{advice}\n", faults.join("\n"));
}

/// The smallest value that at least 95 % of all are at or under.
fn p95(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    let rank = (values.len() * 95).div_ceil(100);
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

const FUNCTION_P95: usize = 40;
const FUNCTION_MOST: usize = 80;

#[test]
fn functions_are_short() {
    let all = sources(ALL);
    let functions = || all.iter().flat_map(|s| s.functions.iter().map(move |f| (s, f)));
    let too_long = functions()
        .filter(|(_, f)| f.lines > FUNCTION_MOST)
        .map(|(s, f)| format!("{}:{} {} has {} lines", s.path, f.line, f.name, f.lines))
        .collect();
    none(too_long, "A function may have at most 80 lines. Give its steps names of their own.");
    let p95 = p95(functions().map(|(_, f)| f.lines).collect());
    let mut longest: Vec<_> = functions().map(|(s, f)| (f.lines, format!("{}:{} {}", s.path, f.line, f.name))).collect();
    longest.sort();
    let tail: Vec<String> = longest.iter().rev().take(20).map(|(lines, what)| format!("{what} has {lines} lines")).collect();
    assert!(p95 <= FUNCTION_P95, "95 % of all functions should have at most 40 lines, now {p95}. Split the longest:\n{}", tail.join("\n"));
}

const FILE_P95: usize = 400;
const FILE_MOST: usize = 600;

#[test]
fn files_are_short() {
    let all = sources(ALL);
    let over = |limit: usize| -> Vec<String> {
        all.iter().filter(|s| s.code_lines > limit).map(|s| format!("{} has {} lines of code", s.path, s.code_lines)).collect()
    };
    none(over(FILE_MOST), "A file may have at most 600 lines of code (tables of data and tests aside). Split it by what it does.");
    let p95 = p95(all.iter().map(|s| s.code_lines).collect());
    assert!(p95 <= FILE_P95, "95 % of all files should have at most 400 lines of code, now {p95}:\n{}", over(FILE_P95).join("\n"));
}

#[test]
fn nothing_panics_on_purpose() {
    let mut faults = Vec::new();
    for source in sources(&["src", "typeset/src", "src-tauri/src", "xtask/src"]) {
        for call in ["unwrap", "expect", "unwrap_err", "expect_err"] {
            for at in words(&source.code, call).filter(|&at| is_call(&source.code, at, call)) {
                faults.push(format!("{}:{} .{call}(…)", source.path, line_at(&source.code, at)));
            }
        }
        for name in ["todo", "unimplemented", "dbg"] {
            for at in words(&source.code, name).filter(|at| source.code[at + name.len()..].starts_with('!')) {
                faults.push(format!("{}:{} {name}!", source.path, line_at(&source.code, at)));
            }
        }
    }
    none(faults, "Outside tests an error is returned (crate::error), or there is a value to fall back on.");
}

fn is_call(code: &str, at: usize, name: &str) -> bool {
    code[..at].trim_end().ends_with(['.', ':']) && code[at + name.len()..].trim_start().starts_with('(')
}

/// Words that say nothing about what a thing does.
const EMPTY_WORDS: &[&str] = &["manager", "service", "helper", "helpers", "util", "utils", "utility", "utilities"];

#[test]
fn names_say_what_things_do() {
    let mut faults = Vec::new();
    for source in sources(ALL) {
        for word in ["struct", "enum", "trait", "type", "mod", "fn", "const", "static"] {
            for at in words(&source.code, word) {
                let name = identifier(&source.code, at + word.len());
                if parts(name).iter().any(|p| EMPTY_WORDS.contains(&p.as_str())) {
                    faults.push(format!("{}:{} {word} {name}", source.path, line_at(&source.code, at)));
                }
            }
        }
        if source.path.split(['/', '.', '_']).any(|p| EMPTY_WORDS.contains(&p)) {
            faults.push(format!("{} (the file's own name)", source.path));
        }
    }
    none(faults, "Name it after what it does or holds; Manager, Service, Helper and Util fit anything.");
}

/// `AreaHelper` and `area_helper` → area, helper.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() {
            parts.push(String::new());
        }
        if let (Some(last), true) = (parts.last_mut(), c != '_') {
            last.extend(c.to_lowercase());
        }
    }
    parts
}

#[test]
fn the_core_has_no_clock_and_no_dice() {
    const FORBIDDEN: &[&str] =
        &["Utc::now", "Local::now", "SystemTime", "Instant", "rand", "getrandom", "thread_rng", "RandomState", "fastrand"];
    let mut faults = Vec::new();
    for source in sources(CORE).iter().filter(|s| !is_shell(&s.path)) {
        for word in FORBIDDEN {
            faults.extend(words(&source.code, word).map(|at| format!("{}:{} {word}", source.path, line_at(&source.code, at))));
        }
    }
    none(faults, "Time and ids come from a Context that is passed in (src/context.rs), so that a test can replay any day.");
}

#[test]
fn nothing_is_told_in_the_order_of_a_hash_map() {
    let mut faults = Vec::new();
    for source in sources(CORE) {
        for name in hash_maps(&source.code) {
            faults.extend(iterated(&source.code, &name).map(|at| format!("{}:{} {name}", source.path, line_at(&source.code, at))));
        }
    }
    none(
        faults,
        "A hash map gives its entries in a new order each time. Look things up in it, but walk through a BTreeMap or a sorted Vec.",
    );
}

/// Names declared as a hash map or set: `areas: HashMap<…>`, `let areas = HashMap::new()`.
fn hash_maps(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for at in words(code, "HashMap").chain(words(code, "HashSet")) {
        let before = code[..at].trim_end().trim_end_matches(['&', ':', '=']).trim_end();
        let before = before.strip_suffix("mut").unwrap_or(before).trim_end().trim_end_matches(['&', ':']).trim_end();
        let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        if name.starts_with(char::is_lowercase) && name != "collections" {
            names.insert(name.to_owned());
        }
    }
    names
}

fn iterated<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = usize> + 'c {
    const WALKS: &[&str] =
        &[".iter()", ".iter_mut()", ".keys()", ".values()", ".values_mut()", ".into_iter()", ".drain(", ".into_values()", ".into_keys()"];
    words(code, name).filter(move |at| {
        let after = code[at + name.len()..].trim_start();
        let before = code[..*at].trim_end().trim_end_matches("self.").trim_end_matches("mut ").trim_end_matches('&').trim_end();
        WALKS.iter().any(|walk| after.starts_with(walk)) || (before.ends_with(" in") && after.starts_with('{'))
    })
}

#[test]
fn sql_lives_in_the_store() {
    const STARTS: &[&str] = &[
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE FROM",
        "CREATE T",
        "CREATE I",
        "CREATE V",
        "DROP T",
        "ALTER T",
        "PRAGMA ",
        "VACUUM",
        "WITH RECURSIVE",
    ];
    const CALLS: &[&str] = &["query_row", "query_map", "prepare_cached", "execute_batch", "pragma_update", "pragma_query_value"];
    let mut faults = Vec::new();
    let elsewhere = |s: &Source| !["src/store/", "src/file/", "src/file.rs", "src/store.rs"].iter().any(|place| s.path.starts_with(place));
    for source in sources(&["src", "src-tauri/src", "tests/bridge/src"]).iter().filter(|s| elsewhere(s)) {
        for (line, text) in &source.literals {
            if STARTS.iter().any(|start| text.trim_start().starts_with(start)) {
                faults.push(format!("{}:{line} \"{}…\"", source.path, text.trim_start().chars().take(40).collect::<String>()));
            }
        }
        for call in CALLS {
            faults.extend(words(&source.code, call).map(|at| format!("{}:{} {call}", source.path, line_at(&source.code, at))));
        }
    }
    none(faults, "SQL belongs in src/store, in the file of the table it asks; only opening and undo (src/file) also speak it.");
}

/// Rooms that everything may use: words, numbers, errors. They use only one another.
const GROUND: &[&str] = &["error", "checked", "context", "swedish", "look", "perspective", "progress"];

/// What each room may use besides the ground and itself. `file` is there for `Tx`, which is how a stage changes something
/// (`there_is_one_door_for_change` watches that nothing more of it is used).
const ARROWS: &[(&str, &[&str])] = &[
    ("reference", &[]),
    ("chart", &[]),
    ("import", &["reference"]),
    ("file", &["store"]),
    ("store", &["import", "file"]),
    ("picture", &["store", "chart", "reference", "file"]),
    ("priorities", &["picture", "store", "file"]),
    ("agreement", &["priorities", "picture", "store", "file"]),
    ("follow_up", &["agreement", "priorities", "picture", "store", "file"]),
    ("documents", &["follow_up", "agreement", "priorities", "picture", "store", "import", "reference", "chart"]),
    ("api", &["documents", "follow_up", "agreement", "priorities", "picture", "chart", "store", "import", "reference", "file"]),
    ("example", &["api", "file"]),
];

/// The command line: it stands outside the core, as the windows do.
fn is_shell(path: &str) -> bool {
    path.starts_with("src/cli/") || path == "src/main.rs"
}

fn room_of(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn arrows_go_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources(CORE).iter().filter(|s| !is_shell(&s.path) && s.path != "src/lib.rs") {
        let room = room_of(&source.path);
        let known = allowed.get(room).copied().or_else(|| GROUND.contains(&room).then_some(&[][..]));
        let Some(may) = known else {
            faults.push(format!(
                "{}: the room \"{room}\" is new. Say in ARROWS (tests/shape.rs) and in ARCHITECTURE.md what it may use.",
                source.path
            ));
            continue;
        };
        for (at, used) in uses(source) {
            if used != room && !GROUND.contains(&used.as_str()) && !may.contains(&used.as_str()) {
                faults.push(format!("{}:{} {room} uses {used}", source.path, line_at(&source.code, at)));
            }
        }
    }
    none(
        faults,
        "Arrows between the rooms go one way (ARCHITECTURE.md). Move the shared type to the lower room, or take the value as an argument.",
    );
}

/// Every room that a file names, with the place: `crate::room`, `crate::{a, b::c}` and `super::…` that reach the root.
fn uses(source: &Source) -> Vec<(usize, String)> {
    let code = &source.code;
    let mut found = Vec::new();
    for at in words(code, "crate") {
        let after = code[at + 5..].trim_start();
        if let Some(path) = after.strip_prefix("::") {
            found.extend(heads(path.trim_start()).into_iter().map(|room| (at, room)));
        }
    }
    let depth = depth_of(&source.path);
    for at in words(code, "super").filter(|at| !code[..*at].trim_end().ends_with("super::")) {
        let (steps, path) = climb(&code[at..]);
        if steps >= depth {
            found.extend(heads(path).into_iter().map(|room| (at, room)));
        }
    }
    found.retain(|(_, room)| room.starts_with(char::is_lowercase));
    found
}

/// How many `super::` lead from a file to the root of the crate.
fn depth_of(path: &str) -> usize {
    let inside = path.trim_start_matches("src/");
    inside.matches('/').count() + usize::from(!inside.ends_with("/mod.rs"))
}

fn climb(mut path: &str) -> (usize, &str) {
    let mut steps = 0;
    while let Some(rest) = path.strip_prefix("super") {
        steps += 1;
        path = rest.trim_start().trim_start_matches("::").trim_start();
    }
    (steps, path)
}

/// The first step of a path, or of each path in a group.
fn heads(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path, 0).to_owned()] };
    let (mut depth, mut heads, mut fresh) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                heads.push(identifier(group, at).to_owned());
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn there_is_one_door_for_change() {
    let mut faults = Vec::new();
    for source in sources(&["src", "src-tauri/src", "tests/bridge/src"]) {
        let room = room_of(&source.path);
        for call in ["transact", "rehearse"].iter().filter(|_| !["api", "file"].contains(&room)) {
            let calls = words(&source.code, call).filter(|at| source.code[..*at].trim_end().ends_with('.'));
            faults.extend(calls.map(|at| format!("{}:{} .{call}(…)", source.path, line_at(&source.code, at))));
        }
        let stage = source.path.starts_with("src/") && !["api", "file", "example", "cli", "main", "lib"].contains(&room);
        if stage {
            let taken = words(&source.code, "file").filter(|at| source.code[..*at].trim_end().ends_with("crate::"));
            let names =
                taken.flat_map(|at| heads(source.code[at + 4..].trim_start().trim_start_matches("::")).into_iter().map(move |n| (at, n)));
            let more = names.filter(|(_, name)| !["Tx"].contains(&name.as_str()));
            faults.extend(more.map(|(at, name)| format!("{}:{} file::{name}", source.path, line_at(&source.code, at))));
        }
    }
    none(faults, "Only src/api opens a transaction. A stage that changes something takes &mut Tx, one that reads takes &Connection.");
}

#[test]
fn the_arrow_reader_sees_every_way_to_name_a_room() {
    let text = "use crate::{agreement as a, picture::{self, trend}};\nuse super::super::store;\nfn f() -> crate::error::Result { super::near() }\n";
    let rooms: Vec<String> = uses(&scan::parse("src/chart/line.rs", text)).into_iter().map(|(_, room)| room).collect();
    assert_eq!(rooms, ["agreement", "picture", "error", "store"]);
}
