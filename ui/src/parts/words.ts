// How things are said on screen: numbers, dates, verdicts and the names of closed kinds. The same words everywhere.
import type { GoalKind, NoteKind, Outcome, PartyKind, Per, Perspective, Status, Verdict } from '../api';

const NBSP = '\u00A0';
const MONTHS = ['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november', 'december'];

/** 1240 → "1 240" with no-break spaces; − for minus. */
export function count(n: number): string {
  return n.toLocaleString('sv-SE').replace(/[\s\u202F]/g, NBSP).replace('-', '−');
}

/** 0.9 → "0,9", 1204 → "1 204"; all the decimals that there are. */
export function decimal(n: number): string {
  return n.toLocaleString('sv-SE', { maximumFractionDigits: 12 }).replace(/[\s\u202F]/g, NBSP).replace('-', '−');
}

/** 3 "värde", "värden" → "3 värden". */
export function counted(n: number, one: string, many: string): string {
  return `${count(n)}${NBSP}${n === 1 ? one : many}`;
}

/** 2026-03-09 → "9 mars 2026"; anything else as it stands. */
export function longDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return iso;
  return `${Number(match[3])}${NBSP}${MONTHS[Number(match[2]) - 1] ?? match[2]}${NBSP}${match[1]}`;
}

/** Dates in running text are kept on one line: a word joiner on each side of the hyphens. */
export function together(text: string): string {
  return text.replace(/(\d{4})-(\d{2})-(\d{2})/g, '$1\u2060-\u2060$2\u2060-\u2060$3');
}

/** An instant → "2026-03-09 14:30". */
export function instant(at: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/.exec(at);
  return match ? `${match[1]} ${match[2]}` : at;
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

export const ARROW: Record<Verdict, string> = { increasing: '↗', decreasing: '↘', no_certain_change: '→', too_little: '' };
export const VERDICT: Record<Verdict, string> = {
  increasing: 'ökar', decreasing: 'minskar', no_certain_change: 'ingen säker förändring', too_little: 'går ej att bedöma',
};
export const PERSPECTIVE: Record<Perspective, string> = { municipality: 'Kommun', police: 'Polis', residents: 'Invånare', reference: 'Referens' };
export const KIND: Record<string, string> = {
  statistics: 'statistik', survey: 'enkät', field_reports: 'fältrapporter', events: 'händelser', dialogue: 'dialog', manual: 'inskrivet',
};
export const NOTE: Record<NoteKind, string> = {
  citizen_dialogue: 'medborgardialog', staff_dialogue: 'medarbetardialog', police_assessment: 'polisens bedömning',
};
export const OUTCOME: Record<Outcome, string> = { prioritised: 'prioriterat', deprioritised: 'bortprioriterat', parked: 'parkerat' };
export const OUTCOME_MARK: Record<Outcome, string> = { prioritised: '✓', deprioritised: '✕', parked: '‖' };
export const PARTY: Record<PartyKind, string> = {
  municipality: 'kommun', police: 'polis', region: 'region', authority: 'myndighet', company: 'företag', association: 'förening',
};
export const GOAL: Record<GoalKind, string> = { outcome: 'effektmål', process: 'processmål', output: 'produktionsmål' };
export const PER: Record<Per, string> = { year: 'år', half_year: 'halvår', quarter: 'kvartal', month: 'månad', week: 'vecka' };
export const STATUS: Record<Status, string> = { done: 'klart', under_way: 'pågår', behind: 'efter plan', not_started: 'inte börjat' };
export const STATUS_MARK: Record<Status, string> = { done: '✓', under_way: '◐', behind: '!', not_started: '○' };
export const ROLE: Record<string, string> = {
  area: 'område', period: 'period', indicator: 'det som räknas', value: 'värde', breakdown: 'uppdelning', unit: 'enhet', date: 'datum',
  time: 'tid', text: 'text', ignore: 'läses inte', background: 'bakgrund', scale: 'skala', yes_no: 'ja eller nej', multi: 'flerval',
  free_text: 'fritext', place: 'plats', category: 'kategori', seriousness: 'allvar', function: 'funktion', label: 'rubrik',
};

/** What was chosen about a file, by the choice's fixed word; a choice that is not here is said as it stands. */
export const CHOICE: Record<string, string> = {
  missing: 'uppgift saknas', zero: 'noll', skip: 'hoppas över', comma: 'komma', point: 'punkt', semicolon: 'semikolon', tab: 'tabb', pipe: 'lodstreck',
  mask: 'maskas', drop: 'utelämnas', keep: 'behålls', cell: 'en cell', rows: 'egna rader', yes: 'ja', no: 'nej', survey: 'enkät', other: 'något annat', day_month: 'dag först', month_day: 'månad först',
};

export function entries<K extends string>(words: Record<K, string>): [K, string][] {
  return Object.entries(words) as [K, string][];
}

/** "A" → 0, "AA" → 26. */
export function columnIndex(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** 0 → "A", 26 → "AA". */
export function columnLetters(index: number): string {
  return (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}
