// Generated from src/api by `cargo xtask types`. Do not edit.

export type AgreementView = { title: string, purpose: string, follow_up: string, validity: Validity, validity_sentence: string, registry: string, parties: Array<Party>, focus_areas: Array<FocusAreaView>, 
/**
 * Goals and commitments outside the focus areas.
 */
goals: Array<GoalView>, commitments: Array<CommitmentView>, 
/**
 * Prioritised problems that are no focus area yet.
 */
waiting: Array<WaitingDecision>, checks: Array<LawCheck>, };

export type Answer = { perspective: Perspective, 
/**
 * Short name of what is measured ("12 kap. Skadegörelsebrott").
 */
title: string, 
/**
 * antal | procent | per 100 000 inv | …
 */
unit: string, points: Array<Point>, verdict: Verdict, 
/**
 * p of the comparison behind the verdict, if one was made.
 */
p: number | null, 
/**
 * One or two Swedish sentences with number, interval and verdict.
 */
sentence: string, caveats: Array<string>, 
/**
 * "Brå, Databasen över anmälda brott, Databasfil.txt, inläst 2026-03-30".
 */
sources: Array<string>, footing: Footing, comparison: Comparison | null, };

export type AreaCount = { 
/**
 * country | county | municipality | district | deso | school | place | foreign
 */
level: string, names: Names, };

export type Ask = { question: Question, };

export type AskedAgain = { figure: number, goal: string | null, title: string, then_value: string, then_pinned: string, now_value: string, now_period: string, 
/**
 * "ingen ny siffra sedan utkastet", "från 41 till 28 (kan vara slump)".
 */
reading: string, changed: boolean, };

export type Assess = { problem: string, criterion: string, 
/**
 * 1–4; none clears the cell.
 */
level: number | null, };

export type Band = { title: string, perspective: Perspective, unit: Unit, 
/**
 * Who the others are: `12 liknande kommuner`.
 */
others: string, rows: Array<BandRow>, };

export type BandRow = { label: string, 
/**
 * The own count behind the rate, written first (S1).
 */
count: number | null, value: number | null, low: number | null, high: number | null, 
/**
 * Lower quartile, median and upper quartile of the others.
 */
quartiles: [number, number, number], 
/**
 * Lowest and highest of the others.
 */
range: [number, number], too_little: boolean, };

export type Bar = { label: string, 
/**
 * How many answered or were counted.
 */
n: number | null, value: number | null, low: number | null, high: number | null, 
/**
 * An outlined bar.
 */
too_little: boolean, 
/**
 * `för få svar för att visas`; *inget underlag* when nothing is known.
 */
missing: string | null, };

export type Bars = { title: string, perspective: Perspective, unit: Unit, bars: Array<Bar>, reference: Reference | null, };

export type Between = { 
/**
 * ISO dates of the events that have one.
 */
dates: Array<string>, 
/**
 * Days from each event to the next; 0 for two of the same day.
 */
days: Array<number>, 
/**
 * Days from the last event to the day asked about.
 */
since: number, median: number | null, 
/**
 * The longest wait so far; a longer one is news.
 */
longest: number | null, };

export type Break = { 
/**
 * Label of the first point after the break.
 */
before: string, 
/**
 * A few words: `ny brottskod 2019`.
 */
reason: string, };

export type BreakMark = { 
/**
 * The first year of the new way.
 */
year: number, label: string, };

export type ById = { id: string, };

export type Candidate = { theme: string, name: string, reason: string, cells: Array<PerspectiveCell>, };

export type CategoryView = { category: string, count: number, 
/**
 * Theme id; none when it belongs to no theme, or nobody knows.
 */
theme: string | null, 
/**
 * own (a person said so) | shipped | none (nobody knows yet)
 */
origin: string, };

export type CellContext = { source: number, file: string, sheet: string, 
/**
 * Letters of the columns shown.
 */
columns: Array<string>, rows: Array<ContextRow>, row: number, last_row: number, column: string, };

export type CellState = "data" | "not_seen" | "no_source" | "not_asked";

export type CellsOf = { source: number, sheet: string, row: number, last_row: number, column: string, };

export type Change = { area: string, 
/**
 * The whole path.
 */
indicator: string, breakdown: { [key in string]: string }, unit: string, period: string, before: Standing, after: Standing | null, 
/**
 * Where it stands: in the new file, or, if it is gone, in the source that had it.
 */
cell: ChangedCell, };

export type ChangedCell = { 
/**
 * Id of the source.
 */
source: number, file: string, sheet: string, row: number, column: string, };

export type ChartPicture = { spec: Spec, };

export type ChartView = { svg: string, alt: string, header: Array<string>, rows: Array<Array<string>>, 
/**
 * What it was drawn from, so that it can be saved and copied.
 */
spec: Spec, };

export type CheckIn = { id: string, commitment: string, date: string, status: Status, note: string, };

export type CheckReport = { sound: boolean, faults: Array<string>, };

export type Choice = { id: string, label: string, };

export type ChooseGroup = { area: string | null, members: Array<string>, };

export type Column = { name: string, 
/**
 * Letters, also in CSV.
 */
column: string, 
/**
 * `area`, `period`, `indicator`, `value`, `breakdown`, `unit`, a question role, `date`, `text` or `ignore`.
 */
role: string, unit: string | null, 
/**
 * Of a column of values: cells read as numbers.
 */
count: number, 
/**
 * `,` or `.` between whole and part, when something decides it.
 */
decimal: string | null, 
/**
 * ` `, `.` or `,` between thousands, when some cell has it.
 */
thousands: string | null, 
/**
 * What the signs were understood from, in Swedish: `312 celler med decimalkomma och två siffror efter`.
 */
evidence: Array<string>, 
/**
 * A cell that the other sign would have made another number of; none when no cell can be read in two ways.
 */
other_reading: OtherReading | null, 
/**
 * Cells that hold a missing symbol.
 */
missing: number, min: number | null, max: number | null, examples: Array<string>, };

export type Commitment = { id: string, focus_area: string | null, 
/**
 * What follows "åtar sig att".
 */
text: string, parties: Array<string>, 
/**
 * At least so many times per `per`.
 */
count: number | null, per: Per | null, 
/**
 * ISO date.
 */
due: string | null, 
/**
 * Part of the medborgarlöfte.
 */
public: boolean, };

export type CommitmentStatus = { commitment: string, sentence: string, focus_area: string | null, due: string | null, check_ins: Array<CheckIn>, };

export type CommitmentView = { commitment: Commitment, 
/**
 * "Kommunen och polisen åtar sig att … minst sex gånger per år."
 */
sentence: string, advice: Array<string>, };

export type Compare = "group" | "similar" | "county" | "country";

export type Compared = { area: string, count: number | null, 
/**
 * Inhabitant-years.
 */
population: number | null, value: number | null, interval: Interval | null, 
/**
 * Outside the 99.8 % limits of the funnel.
 */
outside: boolean, 
/**
 * Why there is no value.
 */
state: MissingState | null, cells: Array<SourceCell>, };

export type Comparison = { with: Compare, 
/**
 * "12 liknande kommuner".
 */
others: string, 
/**
 * "2025" or "2023–2025".
 */
period: string, 
/**
 * Rates stand per 100 000 inhabitants, and per year.
 */
unit: string, own: Compared | null, 
/**
 * The others, in alphabetical order.
 */
members: Array<Compared>, 
/**
 * The county or the country itself, where the file has it.
 */
whole: Compared | null, band: MiddleHalf | null, position: Position | null, funnel: FunnelView | null, sentence: string, caveats: Array<string>, 
/**
 * What is missing, and which file would fill it.
 */
gaps: Array<string>, };

export type Condition = { question: string, answers: Array<string>, };

export type ContextRow = { row: number, cells: Array<string>, };

export type Criterion = { id: string, name: string, help: string, 
/**
 * extent | trend | deviation when data fills the cell, else judged by the group.
 */
computed: string | null, };

export type Deadline = { 
/**
 * ISO date.
 */
date: string, what: string, 
/**
 * Where the date comes from ("6 §, minst vartannat år").
 */
why: string, 
/**
 * Negative when the day has passed.
 */
days_left: number, };

export type Decision = { id: string, problem: string, outcome: Outcome, reason: string, reservations: string, 
/**
 * Functions and organisations, never names.
 */
present: string, 
/**
 * ISO date.
 */
date: string, };

export type Description = { file: string, 
/**
 * `csv`, `xlsx`, `xls`, `xlsb` or `ods`: what the content is, whatever the name says.
 */
format: string, encoding: string | null, delimiter: string | null, tables: Array<Table>, kind: Kind, 
/**
 * Id of the source that reads the file.
 */
recipe: string, doubts: Array<Doubt>, 
/**
 * The evidence in Swedish, one line each.
 */
proof: Array<Proof>, tally: Tally, };

export type Differs = { cell: DoubtCell, total: number, sum: number, };

export type Disagreement = { kind: DisagreementKind, 
/**
 * "Syns inte hos polisen", "Olika riktning" …; empty when all agree.
 */
label: string, 
/**
 * The reason in one or two sentences, with numbers.
 */
reason: string, };

export type DisagreementKind = "not_seen_by_one" | "opposite_directions" | "stronger_in_one" | "not_asked_by_one" | "only_one_has_data" | "same" | "no_data";

export type Doubt = { id: string, question: string, choices: Array<Choice>, 
/**
 * Examples of the cells concerned.
 */
cells: Array<DoubtCell>, 
/**
 * The choice that was given.
 */
answer: string | null, };

export type DoubtCell = { sheet: string | null, row: number, column: string, value: string, };

export type EditAgreement = { title: string, purpose: string, follow_up: string, registry: string, validity: Validity, };

export type EditProblem = { id: string, title: string, description: string, };

export type EditQuestion = { source: number, 
/**
 * Letters of the (first) column.
 */
column: string, 
/**
 * scale | yes_no | multi | free_text | background | ignore
 */
role: string, 
/**
 * The steps of the scale in order, if they are to change; the answers left out stand beside it.
 */
options: Array<string> | null, 
/**
 * first | last | ""
 */
worst: string | null, };

export type EditReport = { id: string, report: NewReport, };

export type EditSource = { id: number, title: string | null, perspective: Perspective | null, owner: string | null, network: string | null, 
/**
 * Survey: how many were asked; 0 means unknown.
 */
sent_out: number | null, 
/**
 * ISO date.
 */
remove_by: string | null, };

export type Figure = { id: string, 
/**
 * What people say: "figur 7".
 */
number: number, problem: string | null, 
/**
 * ISO date.
 */
pinned: string, question: Question, answer: Answer, 
/**
 * A source of the answer has been withdrawn since.
 */
withdrawn: boolean, };

export type FigureView = { question: Question, answer: Answer, chart: ChartView, 
/**
 * The municipality among the others, when it was asked to be compared.
 */
beside: ChartView | null, };

export type FileStatus = { title: string, path: string | null, 
/**
 * Who else holds it, when it can only be read.
 */
held_by: string | null, municipalities: Array<string>, practice: boolean, 
/**
 * Label of what "Ångra" would undo.
 */
undo: string | null, redo: string | null, today: string, 
/**
 * Sources that should have been purged by today.
 */
due: Array<number>, 
/**
 * Sources that were taken away or undone and still stand in the file until they are purged.
 */
removed: number, sources: number, values: number, problems: number, decisions: number, };

export type FocusArea = { id: string, 
/**
 * The decision it comes from, if any.
 */
decision: string | null, name: string, 
/**
 * Likely causes, in the parties' words.
 */
cause: string, };

export type FocusAreaView = { area: FocusArea, 
/**
 * The problem's title and the reason of the decision.
 */
problem: string | null, reason: string | null, figures: Array<Figure>, goals: Array<GoalView>, commitments: Array<CommitmentView>, };

export type FollowUp = { deadlines: Array<Deadline>, commitments: Array<CommitmentStatus>, indicators: Array<AskedAgain>, };

export type Footing = { 
/**
 * The verdict holds at 99.8 % too: it may flag the series in a list.
 */
alarm: boolean, 
/**
 * The two tests fall on either side of 95 %.
 */
borderline: boolean, 
/**
 * Of the newest count.
 */
reliability: Reliability | null, 
/**
 * Years together, when single years are small.
 */
pooled: Pooled | null, 
/**
 * Instead of bars of nought and one: events in years, and days between them where their dates are known.
 */
seldom: Seldom | null, between: Between | null, 
/**
 * How a longer series runs about its median.
 */
runs: Runs | null, 
/**
 * Years from which the figures are made in another way, among those shown.
 */
breaks: Array<BreakMark>, };

export type Funnel = { title: string, perspective: Perspective, unit: Unit, 
/**
 * Who the others are: `12 liknande kommuner`.
 */
others: string, 
/**
 * The rate of all together.
 */
rate: number, 
/**
 * From the smallest population shown to the largest.
 */
limits: Array<FunnelLimit>, dots: Array<FunnelDot>, 
/**
 * The municipality itself, with the limits for its size.
 */
own: [FunnelDot, FunnelLimit] | null, };

export type FunnelDot = { label: string, count: number, population: number, value: number, };

export type FunnelLimit = { population: number, usual: [number, number], alarm: [number, number], };

export type FunnelView = { 
/**
 * All together, per 100 000.
 */
rate: number, 
/**
 * Counts that chance gives in a municipality of this size, 95 and 99.8 %.
 */
usual: Limits, alarm: Limits, 
/**
 * More than chance sets the group apart.
 */
overdispersed: boolean, };

export type Goal = { id: string, 
/**
 * `None`: an overall goal.
 */
focus_area: string | null, kind: GoalKind, text: string, 
/**
 * The figure that will be asked again.
 */
figure: string | null, };

export type GoalKind = "outcome" | "process" | "output";

export type GoalView = { goal: Goal, 
/**
 * Warnings on wording ("verka för" binds nobody).
 */
advice: Array<string>, };

export type Group = { label: string, conditions: Array<Condition>, };

export type GroupBars = { question: string, answers: string, chart: ChartView, left_out: Array<string>, };

export type Heat = { title: string, perspective: Perspective, 
/**
 * What is counted: `rapporter`.
 */
unit: string, 
/**
 * Heads of the columns, such as parts of the day: `06–12`.
 */
columns: Array<string>, 
/**
 * Heads of the rows, such as weekdays: `mån`.
 */
rows: Array<string>, 
/**
 * Row by row; `None` is not known (written `–`), which is not zero.
 */
cells: (number | null)[][], };

export type HistoryLine = { at: string, label: string, 
/**
 * done | undone | gone
 */
state: string, };

export type ImportReport = { 
/**
 * Id of the source, or none for a dry run.
 */
source: number | null, read_rows: number, read: number, added: number, changed: number, same: number, skipped: number, rejected: number, missing: number, 
/**
 * Preliminary values that became final, among `changed`.
 */
settled: number, 
/**
 * The values that changed: the first 200.
 */
changes: Array<Change>, 
/**
 * The values that were there last time and are not in the file now: the first 200.
 */
gone: Array<Change>, rejections: Array<Rejection>, doubts: Array<Doubt>, warnings: Array<string>, remembered: Remembered | null, };

export type InArea = { 
/**
 * The file's first municipality when absent.
 */
area: string | null, };

export type Interval = { low: number, high: number, };

export type Kind = "statistics" | "survey" | "field_reports" | "events";

export type LawCheck = { 
/**
 * "9 §".
 */
section: string, demand: string, met: boolean, 
/**
 * A document cannot be exported without it.
 */
blocks: boolean, hint: string, };

export type Lens = { label: string, by_count: Array<Weighed>, 
/**
 * Those with a weight only.
 */
by_harm: Array<Weighed>, 
/**
 * Types without a known weight: they are not weightless, nobody has weighed them here.
 */
unweighed: Array<string>, };

export type Likeness = { feature: string, own: string, theirs: string, 
/**
 * How many municipalities lie between the two.
 */
between: number, near: boolean, };

export type Limits = { least: number, most: number, };

export type Line = { 
/**
 * What is shown and where, for the text version: `Anmäld skadegörelse i Prästvik`.
 */
title: string, perspective: Perspective, unit: Unit, points: Array<Point>, breaks: Array<Break>, 
/**
 * Single years behind a pooled series (S5), one per point: small grey dots. Empty when nothing is pooled.
 */
behind: Array<number | null>, 
/**
 * `false` for few, uneven measurements (surveys): marks with their intervals, no line between them.
 */
connected: boolean, };

export type Made = { id: string, };

export type MadeDocument = { path: string | null, html: string | null, warnings: Array<string>, };

export type MakeDocument = { 
/**
 * picture | plan | agreement | promises | minutes
 */
kind: string, public: boolean, municipality: string | null, 
/**
 * Ends in .docx, .pdf or .html.
 */
path: string | null, };

export type Matrix = { problems: Array<ProblemHead>, rows: Array<MatrixRow>, 
/**
 * The words of the scale, from 1 to 4.
 */
scale: Array<string>, };

export type MatrixCell = { 
/**
 * Filled from data; such a cell cannot be judged by hand.
 */
computed: boolean, lines: Array<MatrixLine>, 
/**
 * The group's judgement, 1–4.
 */
level: number | null, };

export type MatrixLine = { perspective: Perspective | null, text: string, };

export type MatrixRow = { criterion: Criterion, cells: Array<MatrixCell>, };

export type Measure = { "kind": "series", publisher: string, dataset: string, indicator: string, breakdown: { [key in string]: string }, unit: string, } | { "kind": "survey_share", question: string, answers: Array<string>, group: Group | null, } | { "kind": "reports", categories: Array<string>, place: string | null, } | { "kind": "events", categories: Array<string>, perspective: Perspective, };

export type MiddleHalf = { lower: number, median: number, upper: number, least: number, most: number, 
/**
 * How many others there are.
 */
of: number, };

export type MissingState = "withheld" | "not_applicable" | "dash" | "not_collected" | "unknown";

export type Names = { count: number, few: Array<string>, };

export type Neighbour = { area: string, features: Array<Likeness>, 
/**
 * "Nära i folkmängd (2 464 mot 2 805). Längre ifrån i inkomst (…)."
 */
sentence: string, };

export type Neighbours = { area: string, 
/**
 * The group chosen by hand; empty when nobody has chosen.
 */
chosen: Array<string>, 
/**
 * The most similar first, by the features that the file knows.
 */
similar: Array<Neighbour>, 
/**
 * Features used: "folkmängd 2018, 290 kommuner".
 */
features: Array<string>, 
/**
 * What is not known here, and which file would tell it.
 */
lacking: Array<string>, };

export type NewProblem = { title: string, description: string, 
/**
 * With a theme, its lead figures are pinned as evidence.
 */
theme: string | null, };

export type NewReport = { 
/**
 * ISO date; today when absent.
 */
date: string | null, 
/**
 * "21:30"
 */
time: string | null, 
/**
 * morgon | förmiddag | eftermiddag | kväll | natt
 */
part_of_day: string | null, place: string | null, category: string, text: string | null, 
/**
 * 1 (little worry) … 5 (great worry).
 */
seriousness: number | null, 
/**
 * Who reports: a function, never a name.
 */
function: string | null, 
/**
 * The municipality; the file's first when absent.
 */
area: string | null, 
/**
 * Whose picture it adds to; the municipality's when absent.
 */
perspective: Perspective | null, };

export type Note = { id: string, kind: NoteKind, 
/**
 * ISO date.
 */
date: string | null, place: string | null, text: string, 
/**
 * Theme id.
 */
theme: string | null, 
/**
 * Whose words they are, such as a committee or a school; empty when nobody said.
 */
owner: string, 
/**
 * The network they come from.
 */
network: string, 
/**
 * The municipality they are about; the file's own when none is named.
 */
municipality: string | null, };

export type NoteKind = "citizen_dialogue" | "staff_dialogue" | "police_assessment";

export type Nothing = Record<symbol, never>;

export type OfSource = { source: number, };

export type OptionCount = { answer: string, 
/**
 * None when it is 1–4.
 */
count: number | null, 
/**
 * "Vet ej" and the like: an answer, but no step of the scale.
 */
outside: boolean, };

export type OtherReading = { cell: DoubtCell, read: number, other: number, };

export type Outcome = "prioritised" | "deprioritised" | "parked";

export type Overview = { area: string, 
/**
 * Folkmängd of the newest year, if imported.
 */
population: number | null, population_year: string | null, 
/**
 * "2016–2025", or empty without statistics.
 */
span: string, themes: Array<ThemeRow>, 
/**
 * What is missing and which file would fill it; empty when nothing is.
 */
gaps: Array<string>, };

export type OwnReport = { id: string, source: number, number: number, municipality: string | null, 
/**
 * ISO date.
 */
date: string | null, 
/**
 * "21:30".
 */
time: string | null, part_of_day: string | null, place: string | null, category: string, text: string | null, 
/**
 * A function, never a name.
 */
function: string | null, 
/**
 * 1 (little worry) … 5 (great worry).
 */
seriousness: number | null, };

export type Party = { 
/**
 * Empty for a new one.
 */
id: string, kind: PartyKind, name: string, 
/**
 * Title of who signs, e.g. "kommunstyrelsens ordförande".
 */
signatory: string, };

export type PartyKind = "municipality" | "police" | "region" | "authority" | "company" | "association";

export type Pasted = { periods: Array<string>, rows: Array<TypedRow>, 
/**
 * The cells as pasted, row by row.
 */
cells: Array<Array<string>>, };

export type PastedText = { text: string, };

export type Pattern = { title: string, chart: ChartView, 
/**
 * Reports without date or time, not in the table.
 */
without_time: number, };

export type Per = "year" | "half_year" | "quarter" | "month" | "week";

export type Perspective = "municipality" | "police" | "residents" | "reference";

export type PerspectiveCell = { perspective: Perspective, state: CellState, 
/**
 * "31", "38 %"; empty without data.
 */
number: string, 
/**
 * "brott 2025", "otrygga, n 212", or the words for absence ("inget underlag").
 */
what: string, verdict: Verdict | null, 
/**
 * Tiny chart (SVG), if there is a series.
 */
spark: string | null, question: Question | null, };

export type Pin = { problem: string, question: Question, };

export type Place = { file: string | null, sheet: string | null, row: number | null, column: string | null, };

export type PlaceCount = { place: string, count: number, };

export type PngPicture = { base64: string, };

export type Point = { period: string, value: number | null, missing: string | null, 
/**
 * What the symbol stands for.
 */
state: MissingState | null, preliminary: boolean, 
/**
 * 95 % interval, in the unit of `value`.
 */
low: number | null, high: number | null, 
/**
 * Survey: how many answered. Otherwise absent.
 */
n: number | null, 
/**
 * Count per 100 000 inhabitants, when an imported population makes it possible.
 */
rate: number | null, cells: Array<SourceCell>, };

export type Pool = { first_year: number, last_year: number, 
/**
 * How many years have a value.
 */
years: number, count: number, 
/**
 * Inhabitant-years; `None` if the population of any year is unknown.
 */
population: number | null, };

export type Pooled = { years: Pool, 
/**
 * Mean events per year, with 95 % interval.
 */
mean: number, interval: Interval, 
/**
 * Per 100 000 inhabitants and year, with its interval, when the population of every year is known.
 */
rate: number | null, rate_interval: Interval | null, reliability: Reliability, };

export type Position = "above" | "below" | "among" | "not_surely" | "too_little";

export type Preview = { description: Description, 
/**
 * The first rows as read, with what each is used for.
 */
grid: Array<PreviewRow>, 
/**
 * The first values as they would be stored, in the order of their cells.
 */
values: Array<PreviewValue>, summary: Summary, 
/**
 * What importing would do, without doing it.
 */
report: ImportReport, warnings: Array<Warning>, remembered: Remembered | null, };

export type PreviewRow = { sheet: string, 
/**
 * Physical line, 1-based.
 */
row: number, 
/**
 * header | data | skipped
 */
role: string, cells: Array<string>, };

export type PreviewValue = { area: string, 
/**
 * The whole path.
 */
indicator: string, breakdown: { [key in string]: string }, period: string, unit: string, value: number | null, missing: string | null, preliminary: boolean, sheet: string, 
/**
 * Physical line, 1-based.
 */
row: number, column: string, };

export type Priorities = { problems: Array<Problem>, matrix: Matrix, round: RoundView | null, 
/**
 * Themes of the overview that are no problem yet.
 */
candidates: Array<Candidate>, };

export type Problem = { id: string, title: string, description: string, theme: string | null, figures: Array<Figure>, decision: Decision | null, };

export type ProblemHead = { id: string, title: string, outcome: Outcome | null, };

export type Profile = { theme: string, name: string, area: string, 
/**
 * The finding in words ("Skadegörelsen minskar hos alla tre").
 */
headline: string, lead: Array<FigureView>, 
/**
 * Other series of the theme, newest value and verdict only.
 */
others: Array<SeriesLine>, groups: GroupBars | null, pattern: Pattern | null, places: Array<PlaceCount>, notes: Array<Note>, caveats: Array<string>, disagreement: Disagreement, problem: string | null, };

export type Proof = string;

export type PurgeRemoved = { dry_run: boolean, };

export type PurgeReport = { sources: number, 
/**
 * Table → rows removed.
 */
rows: { [key in string]: number }, 
/**
 * Pinned figures that rest on them: their numbers stay, without file, sheet and excerpt.
 */
figures: number, 
/**
 * Copies beside the file that still hold everything; only people can remove them.
 */
copies: Array<string>, };

export type PurgeSource = { id: number, dry_run: boolean, };

export type Question = { measure: Measure, 
/**
 * A municipality (or other area) by its plain name.
 */
area: string, 
/**
 * First and last year, inclusive; everything there is when absent.
 */
from: number | null, to: number | null, 
/**
 * Whom the newest years are held against; nobody when absent. The own history is always there.
 */
compare?: Compare, };

export type QuestionView = { 
/**
 * Letters of the (first) column in the file.
 */
column: string, text: string, 
/**
 * scale | yes_no | multi | free_text | background | ignore
 */
role: string, 
/**
 * Answers in the order of the scale, then those beside it.
 */
options: Array<OptionCount>, 
/**
 * first | last | "": which end of the scale is the bad one.
 */
worst: string, 
/**
 * How many answered, those beside the scale included.
 */
answered: number, unanswered: number, 
/**
 * Mean of a scale of numbers, over those who answered within it; none when they are too few.
 */
mean: number | null, };

export type ReadFile = { path: string, 
/**
 * Doubt id → chosen answer.
 */
answers: { [key in string]: string }, perspective: Perspective | null, kind: string | null, 
/**
 * Survey: how many were asked.
 */
sent_out: number | null, 
/**
 * What people call it, instead of the name it would get by itself.
 */
title: string | null, 
/**
 * Whose it is, such as a committee, a school or the police.
 */
owner: string | null, 
/**
 * The network it comes from.
 */
network: string | null, 
/**
 * ISO date: when it is to be removed at the latest.
 */
remove_by: string | null, dry_run: boolean, 
/**
 * Neither use nor keep what was decided about files with the same headers.
 */
no_memory: boolean, };

export type RecipeView = { id: string, title: string, 
/**
 * What reads these files, for people.
 */
reader: string, 
/**
 * ISO date of the latest decision.
 */
at: string, answers: Array<RememberedAnswer>, perspective: Perspective | null, kind: string | null, owner: string, network: string, };

export type Reference = { label: string, value: number, };

export type Refused = { reason: string, cells: number, first: Rejection, };

export type Rejection = { sheet: string | null, 
/**
 * 1-based physical row.
 */
row: number, column: string, value: string, reason: string, };

export type Reliability = "too_little" | "uncertain" | "steadier";

export type Remembered = { title: string, 
/**
 * ISO date of the decision.
 */
at: string, 
/**
 * Doubt id → choice: the doubts of this file that were answered from memory.
 */
answers: { [key in string]: string }, 
/**
 * "Läst som … den …: dina svar från förra gången gäller."
 */
sentence: string, };

export type RememberedAnswer = { 
/**
 * "Decimaltecken i kolumnen ”antal”".
 */
about: string, 
/**
 * The choice's id.
 */
choice: string, };

export type RemoveSource = { id: number, };

export type RoundResult = { problem: string, title: string, 
/**
 * How many gave 1, 2, 3, 4, 5.
 */
counts: [number, number, number, number, number], answered: number, median: number, 
/**
 * Middle half: first and third quartile.
 */
quartiles: [number, number], 
/**
 * "10 av 12 inom ett steg från mitten".
 */
agreement: string, };

export type RoundView = { id: string, title: string, voters: number, problems: Array<ProblemHead>, 
/**
 * Numbers of the slips that are in.
 */
slips: Array<number>, revealed: boolean, results: Array<RoundResult>, };

export type Runs = { 
/**
 * Values that do not lie on the median.
 */
useful: number, 
/**
 * The longest row of them on one side, and the longest that chance commonly gives.
 */
longest: number, longest_usual: number, 
/**
 * How often the series crosses its median, and how seldom chance commonly lets it.
 */
crossings: number, crossings_usual: number, };

export type SaveChart = { spec: Spec, path: string, };

export type SaveRejections = { source: number | null, reading: ReadFile | null, 
/**
 * Where to; ends in .csv.
 */
path: string, };

export type Seldom = { events: number, years: number, 
/**
 * Years from the last one with an event to the last one known; 0 when that had one.
 */
quiet_years: number, last_year: number, };

export type SeriesLine = { title: string, number: string, period: string, verdict: Verdict, question: Question, };

export type SetCategoryTheme = { category: string, 
/**
 * Theme id; "" for no theme at all; absent to forget what was said.
 */
theme: string | null, };

export type SheetSummary = { name: string, rows: number, 
/**
 * None: nobody reads the sheet.
 */
tables: number, 
/**
 * Values (survey: answers; lists: rows) that would be stored.
 */
stored: number, refused: number, };

export type Slip = { round: string, 
/**
 * 1-based number of the paper slip.
 */
slip: number, 
/**
 * Problem id → 1–5; a problem may be left out.
 */
scores: { [key in string]: number }, };

export type SourceCell = { source: number, file: string, sheet: string, 
/**
 * Physical line, 1-based.
 */
row: number, last_row: number, 
/**
 * Letters, in CSV too.
 */
column: string, };

export type SourceView = { id: number, perspective: Perspective, 
/**
 * statistics | survey | field_reports | events | dialogue | manual
 */
kind: string, title: string, publisher: string, file: string, 
/**
 * ISO date.
 */
retrieved: string, 
/**
 * "1 240 värden", "212 svarande", "200 rapporter".
 */
holds: string, sent_out: number | null, 
/**
 * Whose it is, and the network it comes from; empty when nobody said.
 */
owner: string, network: string, 
/**
 * ISO date: to be removed at the latest.
 */
remove_by: string | null, 
/**
 * The municipality it is about, where a person said so.
 */
area: string | null, report: ImportReport, };

export type Spark = { perspective: Perspective, 
/**
 * Evenly spaced; `None` breaks the line.
 */
values: Array<number | null>, 
/**
 * Indices of the first value after each break.
 */
breaks: number[], 
/**
 * `false` for surveys: dots without a line.
 */
connected: boolean, 
/**
 * The last value is preliminary or too small: an empty mark.
 */
empty: boolean, alt: string, };

export type Spec = { "kind": "line" } & Line | { "kind": "bars" } & Bars | { "kind": "heat" } & Heat | { "kind": "band" } & Band | { "kind": "spark" } & Spark | { "kind": "funnel" } & Funnel | { "kind": "spine" } & Spine | { "kind": "waits" } & Waits;

export type Spine = { title: string, 
/**
 * Whose values the spine is: `hela landet`, `medianen av 12 liknande kommuner`.
 */
reference: string, rows: Array<SpineRow>, };

export type SpineRow = { label: string, perspective: Perspective, unit: Unit, value: number | null, low: number | null, high: number | null, 
/**
 * The reference's value: the spine.
 */
reference: number, 
/**
 * Lower and upper quartile of the others.
 */
quartiles: [number, number] | null, 
/**
 * Lowest and highest of the others.
 */
range: [number, number] | null, too_little: boolean, };

export type Standing = { value: number | null, missing: string | null, preliminary: boolean, };

export type StartRound = { voters: number, };

export type Status = "done" | "under_way" | "behind" | "not_started";

export type Sum = { 
/**
 * The parts, in Swedish: `kommunerna i Dalarnas län`.
 */
of: string, 
/**
 * Totals that could be summed.
 */
checked: number, 
/**
 * Of these, those within `tolerance` of their sum.
 */
agreed: number, tolerance: number, 
/**
 * The largest distance between a total and its sum.
 */
largest: number, 
/**
 * The first total that differs.
 */
differs: Differs | null, };

export type Summary = { areas: Array<AreaCount>, 
/**
 * Whole paths; of a list its categories, of a survey its questions.
 */
indicators: Names, 
/**
 * What the values are divided by, such as sex.
 */
breakdowns: Names, 
/**
 * `few` holds the first and the last; of a list they are days.
 */
periods: Names, 
/**
 * Labels of the periods that the publisher calls preliminary.
 */
preliminary: Array<string>, 
/**
 * The signs that stand for a missing value.
 */
symbols: Array<string>, 
/**
 * In the order of the file.
 */
sheets: Array<SheetSummary>, 
/**
 * Why values would not be taken, the most common reason first.
 */
refused: Array<Refused>, };

export type SurveyView = { source: number, 
/**
 * When it was answered, if known.
 */
period: string | null, sent_out: number | null, respondents: number, 
/**
 * Percent of those asked, when it is known how many they were.
 */
response_rate: number | null, questions: Array<QuestionView>, };

export type Table = { sheet: string | null, header_rows: Array<number>, first_data_row: number, 
/**
 * Data rows.
 */
rows: number, columns: Array<Column>, footnotes: Array<string>, 
/**
 * Rows that hold totals, 1-based.
 */
totals: Array<number>, 
/**
 * The file's own totals, held against their parts.
 */
sums: Array<Sum>, };

export type Tally = { 
/**
 * Data rows in the file.
 */
rows: number, read: number, 
/**
 * Of these, `missing` are kept as missing.
 */
stored: number, missing: number, skipped: number, rejected: number, };

export type ThemeIn = { theme: string, area: string | null, };

export type ThemeName = { id: string, name: string, };

export type ThemeRow = { theme: string, name: string, municipality: PerspectiveCell, police: PerspectiveCell, residents: PerspectiveCell, disagreement: Disagreement, 
/**
 * The problem made from this theme, if there is one.
 */
problem: string | null, };

export type Trace = { figure: Figure, problem: string | null, decision: Decision | null, clauses: Array<string>, contexts: Array<CellContext>, };

export type TraceFigure = { 
/**
 * "7" or the figure's id.
 */
figure: string, };

export type TypedId = { id: number | null, };

export type TypedRow = { indicator: string, 
/**
 * A unit's word (`antal`, `procent` …), or `n` for how many answered the row above; empty until chosen.
 */
unit: string, 
/**
 * One per period, as typed; an empty cell is nothing at all, `..` a missing value.
 */
cells: Array<string>, };

export type TypedTable = { 
/**
 * The source that this table replaces when it is saved; none for a new one.
 */
id: number | null, title: string, publisher: string, 
/**
 * Where the numbers stand: "sida 14 i rapporten".
 */
stands: string, perspective: Perspective | null, area: string, 
/**
 * As typed: `2024`, `2025 prel.`, `2024-Q1`.
 */
periods: Array<string>, rows: Array<TypedRow>, 
/**
 * Doubt id → chosen answer.
 */
answers: { [key in string]: string }, };

export type UndoReport = { 
/**
 * What was undone or done again; `None` when there was nothing.
 */
label: string | null, };

export type Unit = { 
/**
 * Stands above the axis and in the table's head: `anmälda brott`, `% av de svarande`, `per 1 000 invånare`.
 */
label: string, 
/**
 * Decimals of a value.
 */
places: number, 
/**
 * Values are percentages (0–100) and are written with the sign.
 */
percent: boolean, };

export type Validity = { "kind": "open" } | { "kind": "fixed", from: string, to: string, 
/**
 * Holds until further notice if no new agreement is signed.
 */
extends: boolean, } | { "kind": "until_terminated", from: string, 
/**
 * Revised every so many years.
 */
revised_every: number | null, };

export type Verdict = "increasing" | "decreasing" | "no_certain_change" | "too_little";

export type Wait = { 
/**
 * The event's day, as it is written: `2024-05-03`.
 */
until: string, days: number, };

export type WaitingDecision = { decision: string, problem: string, };

export type Waits = { title: string, perspective: Perspective, 
/**
 * What is waited for: `anmälda personrån`.
 */
events: string, waits: Array<Wait>, 
/**
 * Days since the last event, and the day on which they are counted.
 */
since: number, today: string, median: number | null, longest: number | null, };

export type Warning = { message: string, hint: string | null, place: Place | null, };

export type Weighed = { crime: string, count: number, 
/**
 * Count × months; none where no weight is known.
 */
months: number | null, };

export type WithdrawSlip = { round: string, slip: number, };

/** Command → [what it takes, what it answers]. */
export interface Commands {
  status: [Nothing, FileStatus];
  history: [Nothing, Array<HistoryLine>];
  undo: [Nothing, UndoReport];
  redo: [Nothing, UndoReport];
  check: [Nothing, CheckReport];
  sources: [Nothing, Array<SourceView>];
  inspect: [ReadFile, Preview];
  import: [ReadFile, ImportReport];
  typed_table: [TypedId, TypedTable];
  read_typed_table: [TypedTable, Preview];
  save_typed_table: [TypedTable, Made];
  save_rejections: [SaveRejections, Nothing];
  save_chart: [SaveChart, Nothing];
  chart_picture: [ChartPicture, PngPicture];
  read_pasted: [PastedText, Pasted];
  edit_source: [EditSource, Nothing];
  remove_source: [RemoveSource, Nothing];
  purge_source: [PurgeSource, PurgeReport];
  purge_removed: [PurgeRemoved, PurgeReport];
  recipes: [Nothing, Array<RecipeView>];
  forget_recipe: [ById, Nothing];
  questions: [OfSource, SurveyView];
  edit_question: [EditQuestion, Nothing];
  themes: [Nothing, Array<ThemeName>];
  categories: [Nothing, Array<CategoryView>];
  set_category_theme: [SetCategoryTheme, Nothing];
  reports: [Nothing, Array<OwnReport>];
  add_report: [NewReport, Made];
  edit_report: [EditReport, Nothing];
  remove_report: [ById, Nothing];
  cells: [CellsOf, CellContext];
  notes: [Nothing, Array<Note>];
  add_note: [Note, Made];
  edit_note: [Note, Nothing];
  remove_note: [ById, Nothing];
  overview: [InArea, Overview];
  profile: [ThemeIn, Profile];
  ask: [Ask, FigureView];
  neighbours: [InArea, Neighbours];
  choose_group: [ChooseGroup, Nothing];
  harm: [InArea, Lens];
  trace: [TraceFigure, Trace];
  priorities: [Nothing, Priorities];
  add_problem: [NewProblem, Made];
  edit_problem: [EditProblem, Nothing];
  remove_problem: [ById, Nothing];
  pin_figure: [Pin, Made];
  assess: [Assess, Nothing];
  start_round: [StartRound, Made];
  enter_slip: [Slip, Nothing];
  withdraw_slip: [WithdrawSlip, Nothing];
  reveal_round: [ById, Nothing];
  decide: [Decision, Made];
  agreement: [Nothing, AgreementView];
  edit_agreement: [EditAgreement, Nothing];
  edit_party: [Party, Made];
  remove_party: [ById, Nothing];
  edit_focus_area: [FocusArea, Made];
  remove_focus_area: [ById, Nothing];
  edit_goal: [Goal, Made];
  remove_goal: [ById, Nothing];
  edit_commitment: [Commitment, Made];
  remove_commitment: [ById, Nothing];
  document: [MakeDocument, MadeDocument];
  follow_up: [Nothing, FollowUp];
  check_in: [CheckIn, Made];
}
