//! Long text files: read from disk block by block, twice, so that neither the text nor the values of millions of rows ever
//! stand in memory.
//!
//! Only plain files of a source that reads in pieces take this road: every block must be what the head of the file
//! promises (the same encoding, no quotes, no broken letters). All others are read whole, by the same source.

use super::batch::{Batch, Sink};
use super::bytes::{self, Opened};
use super::delimited::is_plain;
use super::describe::{Answers, Doubt, Proof};
use super::gather::{Closed, Gather};
use super::grid::{BLOCK_ROWS, Grid, Sheet, separate};
use super::keys::Flow;
use super::persons::is_clean;
use super::sources::bra_databasfil::{self as databasfil, Found, Glance, Reader};
use super::{Inspected, encoding, no_data, ragged, sources};
use crate::error::{Code, Error, Place, Result};
use crate::progress::{Progress, Stage};
use crate::reference::Known;
use std::collections::{BTreeSet, VecDeque};
use std::fs::{File, Metadata};
use std::io::{BufRead, BufReader, Read, Seek};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Bytes from which a file is long: below that it costs nothing to hold it.
pub const LONG: u64 = 8 << 20;
/// A longer line is no row of a plain table.
const LONGEST_LINE: u64 = 64 << 10;
/// Blocks on their way between two threads.
const UNDER_WAY: usize = 4;

/// What remains to be read of a long file.
#[derive(Debug)]
pub struct Rest {
    file: File,
    seen: Metadata,
    plan: Plan,
    found: Found,
    glance: Glance,
    rows: usize,
    practice: Vec<String>,
    answers: Answers,
    proof: Vec<Proof>,
}

/// Whether a file was written to between two looks.
fn same_file(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

/// How every block of the file is to be taken apart.
#[derive(Debug, Clone, Copy)]
struct Plan {
    label: &'static str,
    delimiter: u8,
    /// Fields in a row of the table.
    width: usize,
    /// Rows in a block, at most [`BLOCK_ROWS`].
    rows: usize,
}

/// Looks through a long file and gives all but what reading its rows yields; [`Inspected::pour`] does that. `None` for a file
/// that must be read whole. Errors: `FileAccess` and `Cancelled`.
pub fn look(name: &str, file: File, known: &Known<'_>, answers: &Answers, progress: &Progress) -> Result<Option<Inspected>> {
    look_by(name, file, known, answers, progress, BLOCK_ROWS)
}

fn look_by(name: &str, file: File, known: &Known<'_>, answers: &Answers, progress: &Progress, rows: usize) -> Result<Option<Inspected>> {
    let seen = file.metadata().map_err(|e| stopped(name, e))?;
    progress.begin(Stage::Understanding, seen.len())?;
    let Some(Head { mut opened, found, plan, doubts }) = head(name, &file, known, answers, rows)? else { return Ok(None) };
    let Some((glance, rows)) = glance(name, &file, &found, plan, progress)? else { return Ok(None) };
    super::silence(&mut opened);
    let (practice, proof) = (known.practice.to_vec(), opened.proof.clone());
    let rest = Rest { file, seen, plan, found, glance, rows, practice, answers: answers.clone(), proof };
    let mut gather = rest.gather(name, &opened.grid);
    gather.doubts.extend(doubts);
    let reader = Reader::new(&mut gather, &rest.found, &rest.glance);
    if let Some(head) = opened.grid.sheets.first() {
        reader.close(&mut gather, head);
    }
    let closed = gather.close();
    let inspected = super::finish(name, &databasfil::SOURCE, closed, opened, known);
    Ok(Some(Inspected { rest: Some(rest), ..inspected }))
}

/// What the first rows of a long file promise.
struct Head {
    opened: Opened,
    found: Found,
    plan: Plan,
    /// Whether it is the file that it seems to be.
    doubts: Vec<Doubt>,
}

/// The head of the file, opened as if it were a file by itself, if it promises a plain long file.
fn head(name: &str, file: &File, known: &Known<'_>, answers: &Answers, rows: usize) -> Result<Option<Head>> {
    let Some(bytes) = next(&mut BufReader::new(file), rows).map_err(|e| stopped(name, e))? else { return Ok(None) };
    let Ok(opened) = bytes::open(name, &bytes, answers, &Progress::default()) else { return Ok(None) };
    let Some(plan) = plan(&opened, &bytes, rows) else { return Ok(None) };
    let Ok((source, doubts)) = sources::choose(name, &opened, known, answers) else { return Ok(None) };
    let found = opened.grid.sheets.first().filter(|_| source.id == databasfil::SOURCE.id).and_then(databasfil::find);
    Ok(found.map(|found| Head { opened, found, plan, doubts }))
}

/// How the head is taken apart, if the blocks that follow can be taken apart in the same way.
fn plan(opened: &Opened, head: &[u8], rows: usize) -> Option<Plan> {
    let asked = opened.warnings.len() + opened.doubts.len() + opened.distrust.rows.len();
    let plain = asked == 0 && opened.distrust.all.is_none() && opened.given.is_none();
    let label = opened.encoding.filter(|label| plain && encoding::by_piece(label, head))?;
    let [sheet] = opened.grid.sheets.as_slice() else { return None };
    let delimiter = match opened.delimiter.as_deref()?.as_bytes() {
        [delimiter] if !sheet.is_continuation(0) => *delimiter,
        _ => return None,
    };
    Some(Plan { label, delimiter, width: ragged::find(sheet).width, rows })
}

/// The next lines of the file; none at its end.
fn next(from: &mut impl BufRead, rows: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    for _ in 0..rows {
        let line = from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        if line == 0 {
            break;
        }
    }
    Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
}

/// The file in blocks, with the row each begins at.
struct Blocks<'f> {
    from: BufReader<&'f File>,
    plan: Plan,
    first: usize,
}

impl<'f> Blocks<'f> {
    fn new(mut file: &'f File, plan: Plan) -> std::io::Result<Self> {
        file.rewind()?;
        Ok(Self { from: BufReader::with_capacity(1 << 18, file), plan, first: 0 })
    }

    /// The next block as it stands in the file.
    fn raw(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        next(&mut self.from, self.plan.rows)
    }

    /// A block whose bytes are what the head promised.
    fn plain(&mut self, bytes: Vec<u8>) -> Option<(usize, Sheet)> {
        let kept = is_plain(&bytes) && encoding::agrees(self.plan.label, &bytes);
        kept.then(|| self.sheet(bytes)).flatten()
    }

    fn sheet(&mut self, mut bytes: Vec<u8>) -> Option<(usize, Sheet)> {
        separate(&mut bytes, Some(self.plan.delimiter));
        let text = encoding::decode_piece(self.plan.label, bytes, self.first == 0)?;
        let sheet = Sheet::from_separated("", text);
        let first = self.first;
        self.first += sheet.rows();
        Some((first, sheet))
    }
}

/// Looks at all rows. `None` when a block is not what the head promised.
fn glance(name: &str, file: &File, found: &Found, plan: Plan, progress: &Progress) -> Result<Option<(Glance, usize)>> {
    let mut blocks = Blocks::new(file, plan).map_err(|e| stopped(name, e))?;
    let mut glance = Glance::new(found);
    std::thread::scope(|scope| {
        let (to, from) = sync_channel(UNDER_WAY);
        let reading = scope.spawn(move || -> std::io::Result<bool> {
            while let Some(bytes) = blocks.raw()? {
                let length = bytes.len() as u64;
                let Some((first, sheet)) = blocks.plain(bytes) else { return Ok(false) };
                if to.send((first, sheet, length)).is_err() {
                    return Ok(false);
                }
            }
            Ok(true)
        });
        let (mut rows, mut end) = (0, VecDeque::new());
        for (first, sheet, length) in from {
            progress.step(length)?;
            let start = found.first_data_row().saturating_sub(first).min(sheet.rows());
            if !ragged::all_fit(&sheet, plan.width, start) || !is_clean(&sheet, first, usize::MAX) {
                return Ok(None);
            }
            glance.rows(&sheet, start..sheet.rows(), first);
            rows = first + sheet.rows();
            end.push_back((first, sheet));
            if end.len() > 2 {
                end.pop_front();
            }
        }
        let plain = reading.join().unwrap_or(Ok(false)).map_err(|e| stopped(name, e))?;
        let clean = end.iter().all(|(first, sheet)| is_clean(sheet, *first, rows));
        Ok((plain && clean).then_some((glance, rows)))
    })
}

/// A piece of a reading on its way to where it is stored.
enum Piece {
    Rows(usize, String),
    Values(Box<Batch>),
}

impl Rest {
    fn gather<'a>(&'a self, name: &'a str, grid: &'a Grid) -> Gather<'a> {
        let mut gather = Gather::new(name, grid, Known { practice: &self.practice }, &self.answers);
        gather.proof.clone_from(&self.proof);
        gather
    }

    /// Reads the rows and hands them on. Where series and period stand twice in the file, it is read once more with those
    /// values held back until both are known.
    pub fn pour(&self, name: &str, head: &Grid, progress: &Progress, sink: &mut dyn Sink) -> Result<Closed> {
        let mut held = BTreeSet::new();
        loop {
            progress.begin(Stage::Storing, (self.rows * self.found.values()) as u64)?;
            let (closed, twice) = self.pour_holding(held, name, head, sink)?;
            if twice.is_empty() {
                return if closed.tally.read == 0 { Err(no_data(name)) } else { Ok(closed) };
            }
            sink.again()?;
            held = twice;
        }
    }

    /// Reading and storing go on at the same time, on a thread each.
    fn pour_holding(&self, held: BTreeSet<u64>, name: &str, head: &Grid, sink: &mut dyn Sink) -> Result<(Closed, BTreeSet<u64>)> {
        std::thread::scope(|scope| {
            let (to, from) = sync_channel(UNDER_WAY);
            let reading = scope.spawn(move || self.read(held, name, head, &to));
            let handed = from.into_iter().try_for_each(|piece| match piece {
                Piece::Rows(first, text) => sink.rows(0, "", first, text),
                Piece::Values(batch) => sink.values(&batch),
            });
            // When nobody takes more pieces, the reading ends at its next.
            let read = reading.join();
            handed?;
            read.unwrap_or_else(|_| Err(Error::internal("läsa filen", "tråden föll")))
        })
    }

    fn read(&self, held: BTreeSet<u64>, name: &str, head: &Grid, to: &SyncSender<Piece>) -> Result<(Closed, BTreeSet<u64>)> {
        let mut blocks = Blocks::new(&self.file, self.plan).map_err(|e| stopped(name, e))?;
        let mut gather = self.gather(name, head);
        gather.flow = Some(Flow::holding(held));
        let mut reader = Reader::new(&mut gather, &self.found, &self.glance);
        while let Some(bytes) = blocks.raw().map_err(|e| stopped(name, e))? {
            let Some((first, sheet)) = blocks.sheet(bytes) else { return Err(changed(name)) };
            let start = self.found.first_data_row().saturating_sub(first).min(sheet.rows());
            reader.rows(&mut gather, &sheet, start..sheet.rows(), first);
            let flow = gather.flow.get_or_insert_default();
            let values = flow.take(&gather.batch);
            if flow.twice.is_empty() {
                let pieces = [Piece::Rows(first, sheet.into_text()), Piece::Values(Box::new(values))];
                pieces.into_iter().try_for_each(|piece| to.send(piece)).map_err(|e| Error::internal("lämna över raderna", e))?;
            }
        }
        if !same_file(&self.seen, &self.file.metadata().map_err(|e| stopped(name, e))?) {
            return Err(changed(name));
        }
        if let Some(head) = head.sheets.first() {
            reader.close(&mut gather, head);
        }
        let mut flow = gather.flow.take().unwrap_or_default();
        let mut closed = gather.close();
        flow.values.append(&mut closed.batch.values);
        if flow.twice.is_empty() {
            to.send(Piece::Values(Box::new(flow.take(&closed.batch)))).map_err(|e| Error::internal("lämna över raderna", e))?;
        }
        Ok((closed, flow.twice))
    }
}

fn stopped(name: &str, error: std::io::Error) -> Error {
    Error::new(Code::FileAccess, "Filen gick inte att läsa till slutet.")
        .at(Place::file(name))
        .hint("Är den flyttad, eller har nätverket brutits? Kopiera den till datorn och försök igen.")
        .detail(error)
}

fn changed(name: &str) -> Error {
    Error::new(Code::FileAccess, "Filen ändrades medan den lästes.").at(Place::file(name)).hint("Vänta tills den är klar och försök igen.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::batch::Value;
    use crate::import::inspect;
    use proptest::prelude::*;
    use std::io::Write;

    #[derive(Default)]
    struct Kept {
        rows: String,
        names: Batch,
        values: Vec<Value>,
        times: usize,
    }

    impl Sink for Kept {
        fn rows(&mut self, _: usize, _: &str, first: usize, text: String) -> Result<()> {
            assert_eq!(Sheet::from_blocks("", [self.rows.as_str()]).rows(), first);
            self.rows += &text;
            Ok(())
        }

        fn values(&mut self, batch: &Batch) -> Result<()> {
            self.names.areas.extend(batch.areas.iter().cloned());
            self.names.indicators.extend(batch.indicators.iter().cloned());
            self.names.breakdowns.extend(batch.breakdowns.iter().cloned());
            self.names.periods.extend(batch.periods.iter().cloned());
            self.names.series.extend(batch.series.iter().copied());
            self.names.missing_symbols.extend(batch.missing_symbols.iter().cloned());
            self.values.extend(&batch.values);
            Ok(())
        }

        fn again(&mut self) -> Result<()> {
            *self = Self { times: self.times + 1, ..Self::default() };
            Ok(())
        }
    }

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    fn poured(bytes: &[u8], answers: &Answers, rows: usize) -> Option<(Inspected, Kept)> {
        let progress = Progress::default();
        let mut inspected = look_by("lång.txt", file(bytes), &Known::default(), answers, &progress, rows).unwrap()?;
        let mut kept = Kept::default();
        inspected.pour(&progress, &mut kept).unwrap();
        Some((inspected, kept))
    }

    /// Both roads must give the same, to the letter.
    fn same(bytes: &[u8], answers: &Answers, rows: usize) -> Kept {
        let (long, kept) = poured(bytes, answers, rows).unwrap();
        let whole = inspect("lång.txt", bytes, &Known::default(), answers).unwrap();
        let json = |inspected: &Inspected| serde_json::to_value(&inspected.description).unwrap();
        assert_eq!(without_examples(json(&long)), without_examples(json(&whole)));
        assert_eq!((long.tally, &long.rejections, &long.warnings), (whole.tally, &whole.rejections, &whole.warnings));
        let names = |batch: &Batch| {
            format!("{:?}", (&batch.areas, &batch.indicators, &batch.breakdowns, &batch.periods, &batch.series, &batch.missing_symbols))
        };
        assert_eq!(names(&kept.names), names(&whole.batch));
        let sorted = |values: &[Value]| {
            let mut values = values.to_vec();
            values.sort_by_key(|value| value.cell);
            values
        };
        assert_eq!(sorted(&kept.values), sorted(&whole.batch.values));
        let sheet = &whole.grid.sheets[0];
        assert_eq!(kept.rows, sheet.block(0, sheet.rows()));
        kept
    }

    /// Examples of names come from the first rows only, and the head may be shorter than those.
    fn without_examples(mut description: serde_json::Value) -> serde_json::Value {
        for column in description["tables"][0]["columns"].as_array_mut().unwrap() {
            column["examples"] = serde_json::Value::Null;
        }
        description
    }

    fn text(rows: &[(usize, usize, usize, &str, &str)]) -> Vec<u8> {
        let mut text = "Region;Brott;År;Period;Antal;/100 000 inv\r\n".to_owned();
        for (region, crime, year, count, rate) in rows {
            let (region, crime) =
                (["Åsele kommun", "Bjuv kommun", "Riket"][*region], ["Stöld", "Rån", "Indelat efter plats", "Bok"][*crime]);
            text += &format!("{region};{crime};År;{};{count};{rate};\r\n", 2020 + year);
        }
        text += "Uppgifterna är påhittade.\r\n";
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    }

    #[test]
    fn a_long_file_gives_what_the_same_file_read_whole_gives() {
        let cells = ["0", "1 234", "7,5", "..", "x1"];
        let rows: Vec<_> = (0..200usize).map(|n| (n / 80, n / 20 % 4, n % 20, cells[n % 5], cells[n % 4])).collect();
        for block in [2, 7, 4096] {
            assert_eq!(same(&text(&rows), &Answers::new(), block).times, 0);
        }
        let again: Vec<_> = rows.iter().chain(&rows[30..90]).copied().chain([(0, 0, 1, "9", "9")]).collect();
        assert_eq!(same(&text(&again), &Answers::new(), 7).times, 1, "keys that stand twice are held back the second time");
    }

    #[test]
    fn what_is_not_plain_is_read_whole() {
        let plain = text(&[(0, 0, 0, "1", "2,5"), (0, 0, 1, "1", "2,5")]);
        assert!(poured(&plain, &Answers::new(), 2).is_some());
        let with = |old: &[u8], new: &[u8]| {
            let at = plain.windows(old.len()).rposition(|bytes| bytes == old).unwrap();
            [&plain[..at], new, &plain[at + old.len()..]].concat()
        };
        for bytes in
            [with(b"Upp", b"\"pp"), with(b"Upp", b"&nbsp;"), with(b"Upp", b"\x96pp"), with(b"Upp", b"\0"), with(b"Brott", b"Brutt")]
        {
            assert!(poured(&bytes, &Answers::new(), 2).is_none());
        }
        assert!(poured(&plain, &Answers::from([("encoding".into(), "cp850".into())]), 2).is_none());
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let mut open = file(&text(&[(0, 0, 0, "1", "2,5")]));
        let (known, answers, progress) = (Known::default(), Answers::new(), Progress::default());
        let mut inspected = look("lång.txt", open.try_clone().unwrap(), &known, &answers, &progress).unwrap().unwrap();
        open.write_all(b"Bjuv kommun;Bok;2020;1;1;\r\n").unwrap();
        assert_eq!(inspected.pour(&progress, &mut Kept::default()).unwrap_err().code, Code::FileAccess);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn both_roads_agree_on_any_rows(
            rows in prop::collection::vec(
                (0..3usize, 0..4usize, 0..4usize, prop::sample::select(vec!["1", "1\u{a0}234", "..", "-", "?"]), prop::sample::select(vec!["1,5", "..", "1.5", "2"])),
                1..40,
            ),
            sorted: bool,
            block in 2..9usize,
            dash: bool,
        ) {
            let mut rows = rows;
            if sorted {
                rows.sort();
            }
            let answers = if dash { Answers::from([("dash".to_owned(), "zero".to_owned())]) } else { Answers::new() };
            same(&text(&rows), &answers, block);
        }
    }
}
