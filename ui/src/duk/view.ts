// What the wall can show, as plain data: one table, never a screen of the facilitator's. Built here, drawn by Projector.
import type { MatrixCell, MatrixRow, Perspective, Priorities, RoundView } from '../api';
import { count, OUTCOME } from '../parts/words';

export interface WallLine {
  perspective: Perspective | null;
  text: string;
}
export interface WallCell {
  lines: WallLine[];
  /** A judgement, 1–4, drawn as dots. */
  level?: number;
}
export interface WallRow {
  head: string;
  cells: WallCell[];
}
export interface WallView {
  title: string;
  columns: string[];
  rows: WallRow[];
  step: string;
  count: string;
}
/** What travels to the projector window. */
export interface WallState {
  view: WallView | null;
  page: number;
  black: boolean;
  theme: 'light' | 'dark';
}

export const MOST_COLUMNS = 5;
export const MOST_ROWS = 7;
/** Beyond this many lines in all, seven rows would be too small to read from the back. */
const MOST_LINES = 9;
const LINES_IN_CELL = 2;

function matrixCell(cell: MatrixCell): WallCell {
  if (cell.computed) return { lines: cell.lines.slice(0, LINES_IN_CELL) };
  return cell.level ? { lines: [], level: cell.level } : { lines: [{ perspective: null, text: '–' }] };
}

export function matrixView(priorities: Priorities): WallView {
  const { problems, rows } = priorities.matrix;
  return {
    title: 'Vad ska vi ta tag i tillsammans?',
    columns: problems.map((problem) => problem.title),
    rows: rows.map((row: MatrixRow) => ({ head: row.criterion.name, cells: row.cells.map(matrixCell) })),
    step: 'Prata om matrisen',
    count: slipsIn(priorities.round),
  };
}

export function decisionsView(priorities: Priorities): WallView {
  return {
    title: 'Vad har vi bestämt?',
    columns: ['Beslut'],
    rows: priorities.problems.map((problem) => ({
      head: problem.title,
      cells: [{ lines: [{ perspective: null, text: problem.decision ? OUTCOME[problem.decision.outcome] : 'inte beslutat' }] }],
    })),
    step: 'Beslut',
    count: '',
  };
}

/** Only how many slips are in, until the round is revealed. */
export function roundView(round: RoundView): WallView {
  if (!round.revealed) return { title: 'Lägg in era lappar', columns: [], rows: [], step: 'Blind omgång', count: slipsIn(round) };
  return {
    title: 'Vad är vi oeniga om?',
    columns: ['1', '2', '3', '4', '5'],
    rows: round.results.map((result) => ({
      head: result.title,
      cells: result.counts.map((n) => ({ lines: n > 0 ? [{ perspective: null, text: count(n) }] : [] })),
    })),
    step: 'Störst spridning först',
    count: slipsIn(round),
  };
}

export function slipsIn(round: RoundView | null): string {
  return round ? `${round.slips.length} av ${round.voters} inlagda` : '';
}

export interface WallPage {
  columns: string[];
  rows: WallRow[];
  name: string;
}

/** At most five columns and seven rows at once; fewer rows when their cells hold two lines. */
export function pages(view: WallView): WallPage[] {
  const made: WallPage[] = [];
  const columnParts = chunks(view.columns.map((_, i) => i), MOST_COLUMNS);
  const rowParts = rowChunks(view.rows);
  for (const columns of columnParts.length > 0 ? columnParts : [[]]) {
    for (const rows of rowParts) {
      made.push({
        columns: columns.map((i) => view.columns[i] ?? ''),
        rows: rows.map((row) => ({ head: row.head, cells: columns.map((i) => row.cells[i] ?? { lines: [] }) })),
        name: '',
      });
    }
  }
  return made.map((page, i) => ({ ...page, name: made.length > 1 ? `${i + 1} av ${made.length}` : '' }));
}

function height(row: WallRow): number {
  const lines = Math.max(1, ...row.cells.map((cell) => cell.lines.length));
  return Math.max(lines, row.head.length > 18 ? 2 : 1);
}

function rowChunks(rows: WallRow[]): WallRow[][] {
  const parts: WallRow[][] = [[]];
  let lines = 0;
  for (const row of rows) {
    const last = parts.at(-1)!;
    if (last.length > 0 && (last.length === MOST_ROWS || lines + height(row) > MOST_LINES)) {
      parts.push([row]);
      lines = height(row);
    } else {
      last.push(row);
      lines += height(row);
    }
  }
  return parts;
}

function chunks<T>(list: T[], size: number): T[][] {
  return list.length === 0 ? [] : [list.slice(0, size), ...chunks(list.slice(size), size)];
}
