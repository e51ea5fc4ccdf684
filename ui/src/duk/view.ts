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
  /** Stands above the row heads. */
  corner: string;
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
  /** Invented data: the strip says so. */
  practice: boolean;
  theme: 'light' | 'dark';
}

export const MOST_COLUMNS = 5;
export const MOST_ROWS = 7;

/** "31 iakttagelser" may break between number and word on the wall: a long word alone on its line is still whole. */
function loosened(text: string): string {
  return text.replace(/(\d)\u00A0(?=\p{L})/gu, '$1 ');
}

/** "A-traktorer" is one word in the room: no line ends after a single letter. */
function whole(text: string): string {
  return text.replace(/(?<!\p{L})(\p{L}-)(?=\p{L})/gu, '$1\u2060');
}

function matrixCell(cell: MatrixCell): WallCell {
  if (cell.computed) return { lines: cell.lines.map((line) => ({ ...line, text: loosened(line.text) })) };
  return cell.level ? { lines: [], level: cell.level } : { lines: [{ perspective: null, text: '–' }] };
}

export function matrixView(priorities: Priorities): WallView {
  const { problems, rows } = priorities.matrix;
  return {
    title: 'Vad ska vi ta tag i tillsammans?',
    corner: '',
    columns: problems.map((problem) => whole(problem.title)),
    rows: rows.map((row: MatrixRow) => ({ head: row.criterion.name, cells: row.cells.map(matrixCell) })),
    step: 'Prata om matrisen',
    count: slipsIn(priorities.round),
  };
}

export function decisionsView(priorities: Priorities): WallView {
  return {
    title: 'Vad har vi bestämt?',
    corner: '',
    columns: ['Beslut'],
    rows: priorities.problems.map((problem) => ({
      head: whole(problem.title),
      cells: [{ lines: [{ perspective: null, text: problem.decision ? OUTCOME[problem.decision.outcome] : 'inte beslutat' }] }],
    })),
    step: 'Beslut',
    count: '',
  };
}

/** Only how many slips are in, until the round is revealed. */
export function roundView(round: RoundView): WallView {
  if (!round.revealed) return { title: 'Lägg in era lappar', corner: '', columns: [], rows: [], step: 'Blind runda', count: slipsIn(round) };
  return {
    title: 'Vad är vi oeniga om?',
    corner: 'Antal lappar per poäng',
    columns: ['1', '2', '3', '4', '5'],
    rows: round.results.map((result) => ({
      head: whole(result.title),
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

/** Widths and heights in vh, as Projector.svelte sets them: text at 4 vh, an average letter half as wide as the text is high. */
const LETTER = 2.05;
const LINE = 4.9;
const GAP = 3.2;
const HEAD_AND_FOOT = 26;
/** The narrowest wall we count on when nobody can measure it. */
export const ASPECT = 16 / 10;

/** At most five columns and seven rows at once, and never more rows than stand above the strip at full size. */
export function pages(view: WallView, aspect: number = ASPECT): WallPage[] {
  const made: WallPage[] = [];
  for (const columns of chunks(view.columns.map((_, i) => i), columnsThatFit(view, aspect))) {
    const letters = lettersWide(columns.length, aspect);
    const headLetters = columns.every((i) => (view.columns[i] ?? '').length <= 2) ? Math.floor((92 * aspect * 0.4) / LETTER) - 1 : letters;
    const heads = view.columns.length > 1 ? Math.max(...columns.map((i) => lines(view.columns[i] ?? '', letters))) : 0;
    const picked = view.rows.map((row) => ({ head: row.head, cells: columns.map((i) => row.cells[i] ?? { lines: [] }) }));
    for (const rows of rowChunks(picked, { head: headLetters, cell: letters }, 100 - HEAD_AND_FOOT - heads * LINE)) {
      made.push({ columns: columns.map((i) => view.columns[i] ?? ''), rows, name: '' });
    }
  }
  if (made.length === 0) return [{ columns: [], rows: [], name: '' }];
  return made.map((page, i) => ({ ...page, name: made.length > 1 ? `${i + 1} av ${made.length}` : '' }));
}

function lettersWide(columns: number, aspect: number): number {
  return Math.floor((92 * aspect) / (columns + 1) / LETTER) - 1;
}

/** As many columns as leave the longest word of their heads whole, never fewer than two. */
function columnsThatFit(view: WallView, aspect: number): number {
  const cells = view.rows.flatMap((row) => row.cells.flatMap((cell) => cell.lines.map((line) => line.text)));
  const longest = Math.max(0, ...[...view.columns, ...cells].flatMap((text) => text.split(/[ -]/)).map((word) => word.length));
  let columns = Math.min(MOST_COLUMNS, Math.max(1, view.columns.length));
  while (columns > 2 && lettersWide(columns, aspect) <= longest) columns -= 1;
  return columns;
}

/** How many lines a text takes when words are kept whole where they can be. */
function lines(text: string, letters: number): number {
  let full = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    if (used > 0 && used + 1 + word.length > letters) {
      full += 1;
      used = 0;
    }
    full += Math.floor(Math.max(0, word.length - 1) / letters);
    used += (used > 0 ? 1 : 0) + (word.length % letters || word.length);
  }
  return full;
}

interface Letters { head: number; cell: number }

function height(row: WallRow, letters: Letters): number {
  const cell = (one: WallCell): number => one.lines.reduce((sum, line) => sum + lines(line.text, letters.cell - (line.perspective ? 2 : 0)), 0);
  return GAP + LINE * Math.max(1, lines(row.head, letters.head), ...row.cells.map(cell));
}

function rowChunks(rows: WallRow[], letters: Letters, room: number): WallRow[][] {
  const parts: WallRow[][] = [];
  let left = 0;
  for (const row of rows) {
    const high = height(row, letters);
    const last = parts.at(-1);
    if (last && last.length < MOST_ROWS && high <= left) {
      last.push(row);
      left -= high;
    } else {
      parts.push([row]);
      left = room - high;
    }
  }
  return parts;
}

function chunks<T>(list: T[], size: number): T[][] {
  return list.length === 0 ? [] : [list.slice(0, size), ...chunks(list.slice(size), size)];
}
