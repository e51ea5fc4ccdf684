//! What the commands take and give beyond the stages' own types.

use crate::agreement::model::Validity;
use crate::chart::Spec;
use crate::checked::Warning;
use crate::perspective::Perspective;
use crate::picture::question::Question;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// For commands that take or answer nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FileStatus {
    pub title: String,
    pub path: Option<String>,
    /// Who else holds it, when it can only be read.
    pub held_by: Option<String>,
    pub municipalities: Vec<String>,
    pub practice: bool,
    /// Label of what "Ångra" would undo.
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub today: String,
    /// Sources that should have been purged by today.
    pub due: Vec<u32>,
    /// Sources that were taken away or undone and still stand in the file until they are purged.
    pub removed: u32,
    pub sources: u32,
    pub values: u32,
    pub problems: u32,
    pub decisions: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryLine {
    pub at: String,
    pub label: String,
    /// done | undone | gone
    pub state: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckReport {
    pub sound: bool,
    pub faults: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoReport {
    /// What was undone or done again; `None` when there was nothing.
    pub label: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceView {
    pub id: u32,
    pub perspective: Perspective,
    /// statistics | survey | field_reports | events | dialogue | manual
    pub kind: String,
    pub title: String,
    pub publisher: String,
    pub file: String,
    /// ISO date.
    pub retrieved: String,
    /// "1 240 värden", "212 svarande", "200 rapporter".
    pub holds: String,
    pub sent_out: Option<u32>,
    /// Whose it is, and the network it comes from; empty when nobody said.
    pub owner: String,
    pub network: String,
    /// ISO date: to be removed at the latest.
    pub remove_by: Option<String>,
    /// The municipality it is about, where a person said so.
    pub area: Option<String>,
    pub report: ImportReport,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadFile {
    pub path: String,
    /// Doubt id → chosen answer.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    #[serde(default)]
    pub perspective: Option<Perspective>,
    #[serde(default)]
    pub kind: Option<String>,
    /// Survey: how many were asked.
    #[serde(default)]
    pub sent_out: Option<u32>,
    /// What people call it, instead of the name it would get by itself.
    #[serde(default)]
    pub title: Option<String>,
    /// Whose it is, such as a committee, a school or the police.
    #[serde(default)]
    pub owner: Option<String>,
    /// The network it comes from.
    #[serde(default)]
    pub network: Option<String>,
    /// ISO date: when it is to be removed at the latest.
    #[serde(default)]
    pub remove_by: Option<String>,
    #[serde(default)]
    pub dry_run: bool,
    /// Neither use nor keep what was decided about files with the same headers.
    #[serde(default)]
    pub no_memory: bool,
}

/// What a person decided about an earlier file with the same headers, and what of it holds for this one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Remembered {
    pub title: String,
    /// ISO date of the decision.
    pub at: String,
    /// Doubt id → choice: the doubts of this file that were answered from memory.
    pub answers: BTreeMap<String, String>,
    /// "Läst som … den …: dina svar från förra gången gäller."
    pub sentence: String,
}

/// A person's own recipe: what was decided about files with the same headers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecipeView {
    pub id: String,
    pub title: String,
    /// What reads these files, for people.
    pub reader: String,
    /// ISO date of the latest decision.
    pub at: String,
    pub answers: Vec<RememberedAnswer>,
    pub perspective: Option<Perspective>,
    pub kind: Option<String>,
    pub owner: String,
    pub network: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct RememberedAnswer {
    /// "Decimaltecken i kolumnen ”antal”".
    pub about: String,
    /// The choice's id.
    pub choice: String,
}

/// A value as it stands: a number, or the symbol of a missing one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Standing {
    pub value: Option<f64>,
    pub missing: Option<String>,
    pub preliminary: bool,
}

/// A value that an import replaced, or that the file no longer has (`after` is none).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Change {
    pub area: String,
    /// The whole path.
    pub indicator: String,
    pub breakdown: BTreeMap<String, String>,
    pub unit: String,
    pub period: String,
    pub before: Standing,
    pub after: Option<Standing>,
    /// Where it stands: in the new file, or, if it is gone, in the source that had it.
    pub cell: ChangedCell,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangedCell {
    /// Id of the source.
    pub source: u32,
    pub file: String,
    pub sheet: String,
    pub row: u32,
    pub column: String,
}

/// Outcomes count value cells: read = added + changed + same + skipped + rejected. `missing` (there last time, not now) stands outside.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ImportReport {
    /// Id of the source, or none for a dry run.
    pub source: Option<u32>,
    pub read_rows: u32,
    pub read: u32,
    pub added: u32,
    pub changed: u32,
    pub same: u32,
    pub skipped: u32,
    pub rejected: u32,
    pub missing: u32,
    /// Preliminary values that became final, among `changed`.
    pub settled: u32,
    /// The values that changed: the first 200.
    pub changes: Vec<Change>,
    /// The values that were there last time and are not in the file now: the first 200.
    pub gone: Vec<Change>,
    pub rejections: Vec<crate::import::Rejection>,
    pub doubts: Vec<crate::import::Doubt>,
    pub warnings: Vec<String>,
    pub remembered: Option<Remembered>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Preview {
    pub description: crate::import::Description,
    /// The first rows as read, with what each is used for.
    pub grid: Vec<PreviewRow>,
    /// The first values as they would be stored, in the order of their cells.
    pub values: Vec<PreviewValue>,
    pub summary: Summary,
    /// What importing would do, without doing it.
    pub report: ImportReport,
    pub warnings: Vec<Warning>,
    pub remembered: Option<Remembered>,
}

/// What would be stored of a file, counted over the whole of it, and what would not.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Summary {
    pub areas: Vec<AreaCount>,
    /// Whole paths; of a list its categories, of a survey its questions.
    pub indicators: Names,
    /// What the values are divided by, such as sex.
    pub breakdowns: Names,
    /// `few` holds the first and the last; of a list they are days.
    pub periods: Names,
    /// Labels of the periods that the publisher calls preliminary.
    pub preliminary: Vec<String>,
    /// The signs that stand for a missing value.
    pub symbols: Vec<String>,
    /// In the order of the file.
    pub sheets: Vec<SheetSummary>,
    /// Why values would not be taken, the most common reason first.
    pub refused: Vec<Refused>,
}

/// How many there are, and the first of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Names {
    pub count: u32,
    pub few: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct AreaCount {
    /// country | county | municipality | district | deso | school | place | foreign
    pub level: String,
    pub names: Names,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SheetSummary {
    pub name: String,
    pub rows: u32,
    /// None: nobody reads the sheet.
    pub tables: u32,
    /// Values (survey: answers; lists: rows) that would be stored.
    pub stored: u32,
    pub refused: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Refused {
    pub reason: String,
    pub cells: u32,
    pub first: crate::import::Rejection,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewRow {
    pub sheet: String,
    /// Physical line, 1-based.
    pub row: u32,
    /// header | data | skipped
    pub role: String,
    pub cells: Vec<String>,
}

/// A value as it would be stored, with the cell it stands in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewValue {
    pub area: String,
    /// The whole path.
    pub indicator: String,
    pub breakdown: BTreeMap<String, String>,
    pub period: String,
    pub unit: String,
    pub value: Option<f64>,
    pub missing: Option<String>,
    pub preliminary: bool,
    pub sheet: String,
    /// Physical line, 1-based.
    pub row: u32,
    pub column: String,
}

/// Writes the values that were not taken as a file: those of a stored source, or those of a file that is being read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveRejections {
    #[serde(default)]
    pub source: Option<u32>,
    #[serde(default)]
    pub reading: Option<ReadFile>,
    /// Where to; ends in .csv.
    pub path: String,
}

/// A chart to write as a file; the ending says as what: `.png`, `.svg`, or its table as `.xlsx`.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveChart {
    pub spec: Spec,
    pub path: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChartPicture {
    pub spec: Spec,
}

/// A PNG in base64.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PngPicture {
    pub base64: String,
}

/// A typed-in table to change; a new one without `id`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct TypedId {
    #[serde(default)]
    pub id: Option<u32>,
}

/// What the clipboard holds after copying in a spreadsheet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PastedText {
    pub text: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveSource {
    pub id: u32,
}

/// With `dry_run` it only tells what would go. Afterwards nothing before it can be undone.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PurgeSource {
    pub id: u32,
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct PurgeRemoved {
    #[serde(default)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct PurgeReport {
    pub sources: u32,
    /// Table → rows removed.
    pub rows: BTreeMap<String, u32>,
    /// Pinned figures that rest on them: their numbers stay, without file, sheet and excerpt.
    pub figures: u32,
    /// Copies beside the file that still hold everything; only people can remove them.
    pub copies: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CellsOf {
    pub source: u32,
    pub sheet: String,
    pub row: u32,
    pub last_row: u32,
    pub column: String,
}

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct InArea {
    /// The file's first municipality when absent.
    #[serde(default)]
    pub area: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ThemeIn {
    pub theme: String,
    #[serde(default)]
    pub area: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Ask {
    pub question: Question,
}

/// The municipalities that one is compared with; none takes the choice away.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseGroup {
    #[serde(default)]
    pub area: Option<String>,
    pub members: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct NewProblem {
    pub title: String,
    #[serde(default)]
    pub description: String,
    /// With a theme, its lead figures are pinned as evidence.
    #[serde(default)]
    pub theme: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditProblem {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ById {
    pub id: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Made {
    pub id: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Pin {
    pub problem: String,
    pub question: Question,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct Assess {
    pub problem: String,
    pub criterion: String,
    /// 1–4; none clears the cell.
    pub level: Option<u8>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartRound {
    pub voters: u32,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct WithdrawSlip {
    pub round: String,
    pub slip: u32,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditAgreement {
    pub title: String,
    pub purpose: String,
    pub follow_up: String,
    pub registry: String,
    pub validity: Validity,
}

/// A document to make. Without `path` the bytes come back only as a preview in HTML.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeDocument {
    /// picture | plan | agreement | promises | minutes
    pub kind: String,
    #[serde(default)]
    pub public: bool,
    #[serde(default)]
    pub municipality: Option<String>,
    /// Ends in .docx, .pdf or .html.
    #[serde(default)]
    pub path: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeDocument {
    pub path: Option<String>,
    pub html: Option<String>,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct TraceFigure {
    /// "7" or the figure's id.
    pub figure: String,
}

/// The chain behind a figure: clause ← decision ← problem ← figure ← cells.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Trace {
    pub figure: crate::picture::question::Figure,
    pub problem: Option<String>,
    pub decision: Option<crate::priorities::model::Decision>,
    pub clauses: Vec<String>,
    pub contexts: Vec<crate::picture::views::CellContext>,
}

/// What people may correct about a source; what is absent stays as it is. An empty date takes the date away.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct EditSource {
    pub id: u32,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub perspective: Option<Perspective>,
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub network: Option<String>,
    /// Survey: how many were asked; 0 means unknown.
    #[serde(default)]
    pub sent_out: Option<u32>,
    /// ISO date.
    #[serde(default)]
    pub remove_by: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct OfSource {
    pub source: u32,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditQuestion {
    pub source: u32,
    /// Letters of the (first) column.
    pub column: String,
    /// scale | yes_no | multi | free_text | background | ignore
    pub role: String,
    /// The steps of the scale in order, if they are to change; the answers left out stand beside it.
    #[serde(default)]
    pub options: Option<Vec<String>>,
    /// first | last | ""
    #[serde(default)]
    pub worst: Option<String>,
}

/// A category of field reports or events, and the theme it counts towards.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CategoryView {
    pub category: String,
    pub count: u32,
    /// Theme id; none when it belongs to no theme, or nobody knows.
    pub theme: Option<String>,
    /// own (a person said so) | shipped | none (nobody knows yet)
    pub origin: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetCategoryTheme {
    pub category: String,
    /// Theme id; "" for no theme at all; absent to forget what was said.
    #[serde(default)]
    pub theme: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ThemeName {
    pub id: String,
    pub name: String,
}

/// A report written by hand as it shall be from now on; fields left out are emptied, but day, municipality and perspective stay.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditReport {
    pub id: String,
    pub report: NewReport,
}

/// A report written by hand: what, where, when, worry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NewReport {
    /// ISO date; today when absent.
    #[serde(default)]
    pub date: Option<String>,
    /// "21:30"
    #[serde(default)]
    pub time: Option<String>,
    /// morgon | förmiddag | eftermiddag | kväll | natt
    #[serde(default)]
    pub part_of_day: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    pub category: String,
    #[serde(default)]
    pub text: Option<String>,
    /// 1 (little worry) … 5 (great worry).
    #[serde(default)]
    pub seriousness: Option<u8>,
    /// Who reports: a function, never a name.
    #[serde(default)]
    pub function: Option<String>,
    /// The municipality; the file's first when absent.
    #[serde(default)]
    pub area: Option<String>,
    /// Whose picture it adds to; the municipality's when absent.
    #[serde(default)]
    pub perspective: Option<Perspective>,
}
