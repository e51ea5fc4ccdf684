// The shapes that the core's commands take and give. Written by the core's type generator; never edit by hand.
export type Perspective = 'municipality' | 'police' | 'residents' | 'reference';
export type Verdict = 'increasing' | 'decreasing' | 'no_certain_change' | 'too_little';
export interface Place { file?: string; sheet?: string; row?: number; column?: string }
export interface Warning { message: string; hint?: string; place?: Place }
export interface FileStatus {
  title: string; path: string | null; held_by: string | null; municipalities: string[]; practice: boolean;
  undo: string | null; redo: string | null; today: string; sources: number; values: number; problems: number; decisions: number;
}
export interface HistoryLine { at: string; label: string; state: string }
export interface CheckReport { sound: boolean; faults: string[] }
export interface UndoReport { label: string | null }
export interface Rejection { sheet?: string; row: number; column: string; value: string; reason: string }
export interface Choice { id: string; label: string }
export interface DoubtCell { sheet: string | null; row: number; column: string; value: string }
export interface Doubt { id: string; question: string; choices: Choice[]; cells: DoubtCell[]; answer: string | null }
export interface Column {
  name: string; column: string; role: string; unit: string | null; decimal: string | null; missing: number;
  min: number | null; max: number | null; examples: string[];
}
export interface Table {
  sheet: string | null; header_rows: number[]; first_data_row: number; rows: number; columns: Column[]; footnotes: string[]; totals: number[];
}
export interface Tally { rows: number; read: number; stored: number; missing: number; skipped: number; rejected: number }
export type Kind = 'statistics' | 'survey' | 'field_reports';
export interface Description {
  file: string; format: string; encoding: string | null; delimiter: string | null; tables: Table[]; kind: Kind; recipe: string;
  doubts: Doubt[]; proof: string[]; tally: Tally;
}
export interface ImportReport {
  source: number | null; read_rows: number; read: number; added: number; changed: number; same: number; skipped: number; rejected: number;
  missing: number; rejections: Rejection[]; doubts: Doubt[]; warnings: string[];
}
export interface SourceView {
  id: number; perspective: Perspective; kind: string; title: string; publisher: string; file: string; retrieved: string; holds: string;
  sent_out: number | null; report: ImportReport;
}
export interface ReadFile {
  path: string; answers?: Record<string, string>; perspective?: Perspective | null; kind?: string | null; sent_out?: number | null; dry_run?: boolean;
}
export interface PreviewRow { sheet: string; row: number; role: string; cells: string[] }
export interface Preview { description: Description; grid: PreviewRow[]; report: ImportReport; warnings: Warning[] }
export interface CellsOf { source: number; sheet: string; row: number; last_row: number; column: string }
export interface ContextRow { row: number; cells: string[] }
export interface CellContext {
  source: number; file: string; sheet: string; columns: string[]; rows: ContextRow[]; row: number; last_row: number; column: string;
}
export interface InArea { area?: string | null }
export interface ThemeIn { theme: string; area?: string | null }
export interface Condition { question: string; answers: string[] }
export interface Group { label: string; conditions: Condition[] }
export type Measure =
  | { kind: 'series'; publisher: string; dataset: string; indicator: string; breakdown: Record<string, string>; unit: string }
  | { kind: 'survey_share'; question: string; answers: string[]; group: Group | null }
  | { kind: 'reports'; categories: string[]; place: string | null };
export interface Question { measure: Measure; area: string; from?: number | null; to?: number | null }
export interface Ask { question: Question }
export interface SourceCell { source: number; file: string; sheet: string; row: number; last_row: number; column: string }
export interface Point {
  period: string; value: number | null; missing: string | null; preliminary: boolean; low: number | null; high: number | null;
  n: number | null; rate: number | null; cells: SourceCell[];
}
export interface Answer {
  perspective: Perspective; title: string; unit: string; points: Point[]; verdict: Verdict; p: number | null; sentence: string;
  caveats: string[]; sources: string[];
}
export interface Figure {
  id: string; number: number; problem: string | null; pinned: string; question: Question; answer: Answer; withdrawn: boolean;
}
export interface ChartView { svg: string; alt: string; header: string[]; rows: string[][] }
export interface FigureView { question: Question; answer: Answer; chart: ChartView }
export interface Overview {
  area: string; population: number | null; population_year: string | null; span: string; themes: ThemeRow[]; gaps: string[];
}
export type CellState = 'data' | 'not_seen' | 'no_source' | 'not_asked';
export interface PerspectiveCell {
  perspective: Perspective; state: CellState; number: string; what: string; verdict: Verdict | null; spark: string | null; question: Question | null;
}
export type DisagreementKind = 'not_seen_by_one' | 'opposite_directions' | 'stronger_in_one' | 'only_one_has_data' | 'same' | 'no_data';
export interface Disagreement { kind: DisagreementKind; label: string; reason: string }
export interface ThemeRow {
  theme: string; name: string; municipality: PerspectiveCell; police: PerspectiveCell; residents: PerspectiveCell;
  disagreement: Disagreement; problem: string | null;
}
export interface SeriesLine { title: string; number: string; period: string; verdict: Verdict; question: Question }
export interface GroupBars { question: string; answers: string; chart: ChartView; left_out: string[] }
export interface Pattern { title: string; chart: ChartView; without_time: number }
export interface PlaceCount { place: string; count: number }
export type NoteKind = 'citizen_dialogue' | 'staff_dialogue' | 'police_assessment';
export interface Note { id: string; kind: NoteKind; date: string | null; place: string | null; text: string; theme: string | null }
export interface Profile {
  theme: string; name: string; area: string; headline: string; lead: FigureView[]; others: SeriesLine[]; groups: GroupBars | null;
  pattern: Pattern | null; places: PlaceCount[]; notes: Note[]; caveats: string[]; disagreement: Disagreement; problem: string | null;
}
export interface NewProblem { title: string; description?: string; theme?: string | null }
export interface EditProblem { id: string; title: string; description?: string }
export interface ById { id: string }
export interface Made { id: string }
export interface Pin { problem: string; question: Question }
export interface Assess { problem: string; criterion: string; level: number | null }
export interface StartRound { voters: number }
export interface WithdrawSlip { round: string; slip: number }
export type Outcome = 'prioritised' | 'deprioritised' | 'parked';
export interface Decision {
  id: string; problem: string; outcome: Outcome; reason: string; reservations: string; present: string; date: string;
}
export interface Problem {
  id: string; title: string; description: string; theme: string | null; figures: Figure[]; decision: Decision | null;
}
export interface Criterion { id: string; name: string; help: string; computed: string | null }
export interface ProblemHead { id: string; title: string; outcome: Outcome | null }
export interface MatrixLine { perspective: Perspective | null; text: string }
export interface MatrixCell { computed: boolean; lines: MatrixLine[]; level: number | null }
export interface MatrixRow { criterion: Criterion; cells: MatrixCell[] }
export interface Matrix { problems: ProblemHead[]; rows: MatrixRow[]; scale: string[] }
export interface RoundResult {
  problem: string; title: string; counts: number[]; answered: number; median: number; quartiles: number[]; agreement: string;
}
export interface RoundView {
  id: string; title: string; voters: number; problems: ProblemHead[]; slips: number[]; revealed: boolean; results: RoundResult[];
}
export interface Slip { round: string; slip: number; scores: Record<string, number> }
export interface Candidate { theme: string; name: string; reason: string; cells: PerspectiveCell[] }
export interface Priorities { problems: Problem[]; matrix: Matrix; round: RoundView | null; candidates: Candidate[] }
export type PartyKind = 'municipality' | 'police' | 'region' | 'authority' | 'company' | 'association';
export interface Party { id: string; kind: PartyKind; name: string; signatory: string }
export interface FocusArea { id: string; decision: string | null; name: string; cause: string }
export type GoalKind = 'outcome' | 'process' | 'output';
export interface Goal { id: string; focus_area: string | null; kind: GoalKind; text: string; figure: string | null }
export type Per = 'year' | 'half_year' | 'quarter' | 'month' | 'week';
export interface Commitment {
  id: string; focus_area: string | null; text: string; parties: string[]; count: number | null; per: Per | null; due: string | null; public: boolean;
}
export type Validity =
  | { kind: 'open' }
  | { kind: 'fixed'; from: string; to: string; extends: boolean }
  | { kind: 'until_terminated'; from: string; revised_every: number | null };
export interface EditAgreement { title: string; purpose: string; follow_up: string; registry: string; validity: Validity }
export interface GoalView { goal: Goal; advice: string[] }
export interface CommitmentView { commitment: Commitment; sentence: string; advice: string[] }
export interface FocusAreaView {
  area: FocusArea; problem: string | null; reason: string | null; figures: Figure[]; goals: GoalView[]; commitments: CommitmentView[];
}
export interface WaitingDecision { decision: string; problem: string }
export interface LawCheck { section: string; demand: string; met: boolean; blocks: boolean; hint: string }
export interface AgreementView {
  title: string; purpose: string; follow_up: string; validity: Validity; validity_sentence: string; registry: string; parties: Party[];
  focus_areas: FocusAreaView[]; goals: GoalView[]; commitments: CommitmentView[]; waiting: WaitingDecision[]; checks: LawCheck[];
}
export interface MakeDocument { kind: string; public?: boolean; municipality?: string | null; path?: string | null }
export interface MadeDocument { path: string | null; html: string | null; warnings: string[] }
export interface TraceFigure { figure: string }
export interface Trace {
  figure: Figure; problem: string | null; decision: Decision | null; clauses: string[]; contexts: CellContext[];
}
export interface Deadline { date: string; what: string; why: string; days_left: number }
export type Status = 'done' | 'under_way' | 'behind' | 'not_started';
export interface CheckIn { id: string; commitment: string; date: string; status: Status; note: string }
export interface CommitmentStatus {
  commitment: string; sentence: string; focus_area: string | null; due: string | null; check_ins: CheckIn[];
}
export interface AskedAgain {
  figure: number; goal: string | null; title: string; then_value: string; then_pinned: string; now_value: string; now_period: string;
  reading: string; changed: boolean;
}
export interface FollowUp { deadlines: Deadline[]; commitments: CommitmentStatus[]; indicators: AskedAgain[] }
