// The table that is being typed in. It survives a visit to another place; nothing is stored until "Spara tabellen".
import type { Pasted, Preview, TypedRow, TypedTable } from '../api';
import { ask, change } from '../commands';
import { Action } from '../parts/action.svelte';

/** Columns of the grid before the values: the name and the unit. */
export const FIRST_VALUE = 2;
const PAUSE = 250;

const empty = (): TypedTable => ({ id: null, title: '', publisher: '', stands: '', perspective: null, area: '', periods: [], rows: [], answers: {} });

class Typing {
  table = $state<TypedTable>(empty());
  preview = $state<Preview | null>(null);
  action = new Action();
  /** Something was typed that is not stored. */
  touched = $state(false);
  #loaded: string | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Opens a stored table, or goes on with the one begun. */
  async open(id: number | null): Promise<void> {
    const wanted = String(id);
    if (this.#loaded === wanted && (this.touched || id === null)) return;
    const table = await this.action.run(() => ask('typed_table', { id }));
    if (!table) return;
    Object.assign(this, { table, preview: null, touched: false });
    this.#loaded = wanted;
    if (id !== null) this.#look();
  }

  forget(): void {
    this.#loaded = null;
    Object.assign(this, { table: empty(), preview: null, touched: false });
    this.action.error = null;
  }

  /** After every change: read what stands there once the person pauses. */
  changed(): void {
    this.touched = true;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#look(), PAUSE);
  }

  answer(doubt: string, choice: string | null): void {
    if (choice === null) delete this.table.answers[doubt];
    else this.table.answers[doubt] = choice;
    this.touched = true;
    this.#look();
  }

  #look(): void {
    const turn = ++this.#turn;
    void this.action.run(() => ask('read_typed_table', $state.snapshot(this.table))).then((preview) => {
      if (preview && turn === this.#turn) this.preview = preview;
    });
  }

  async save(): Promise<boolean> {
    clearTimeout(this.#waiting);
    const made = await this.action.run(() => change('save_typed_table', $state.snapshot(this.table)));
    if (!made) return false;
    this.forget();
    return true;
  }

  // The grid: row 0 holds the periods, column 0 the name, column 1 the unit.
  get width(): number {
    return FIRST_VALUE + this.table.periods.length;
  }
  get height(): number {
    return 1 + this.table.rows.length;
  }

  text(row: number, column: number): string {
    if (row === 0) return this.table.periods[column - FIRST_VALUE] ?? '';
    const typed = this.table.rows[row - 1];
    return (column === 0 ? typed?.indicator : column === 1 ? typed?.unit : typed?.cells[column - FIRST_VALUE]) ?? '';
  }

  write(row: number, column: number, text: string): void {
    this.#make(row, column);
    const typed = this.table.rows[row - 1];
    if (row === 0) this.table.periods[column - FIRST_VALUE] = text;
    else if (typed && column === 0) typed.indicator = text;
    else if (typed && column === 1) typed.unit = text;
    else if (typed) typed.cells[column - FIRST_VALUE] = text;
    this.changed();
  }

  /** Room for this cell. */
  #make(row: number, column: number): void {
    while (this.height <= row) this.addRow();
    while (this.width <= column) this.addColumn('');
  }

  addRow(): void {
    const above = this.table.rows.at(-1);
    const row: TypedRow = { indicator: '', unit: above?.unit === 'n' ? '' : (above?.unit ?? ''), cells: this.table.periods.map(() => '') };
    this.table.rows.push(row);
  }

  addColumn(period = next(this.table.periods.at(-1) ?? '')): void {
    this.table.periods.push(period);
    for (const row of this.table.rows) row.cells.push('');
  }

  removeRow(row: number): void {
    if (row < 1) return;
    this.table.rows.splice(row - 1, 1);
    if (this.table.rows.length === 0) this.addRow();
    this.changed();
  }

  removeColumn(column: number): void {
    if (column < FIRST_VALUE) return;
    this.table.periods.splice(column - FIRST_VALUE, 1);
    for (const row of this.table.rows) row.cells.splice(column - FIRST_VALUE, 1);
    this.changed();
  }

  /** A whole table takes the empty one's place or follows under it; plain cells are laid in from where the person stands. */
  async paste(text: string, row: number, column: number): Promise<void> {
    const pasted = await this.action.run(() => ask('read_pasted', { text }));
    if (!pasted) return;
    if (pasted.periods.length > 0) this.#layTable(pasted);
    else pasted.cells.forEach((cells, r) => cells.forEach((cell, c) => this.write(row + r, column + c, column + c === 1 && row + r > 0 ? unitWord(cell) : cell)));
    this.changed();
  }

  #layTable(pasted: Pasted): void {
    const filled = this.table.rows.filter((row) => row.indicator !== '' || row.cells.some((cell) => cell !== ''));
    if (filled.length === 0) {
      this.table.periods = [...pasted.periods];
      this.table.rows = pasted.rows;
      return;
    }
    for (const period of pasted.periods) if (!this.table.periods.includes(period)) this.addColumn(period);
    const at = this.table.periods.map((period) => pasted.periods.indexOf(period));
    const laid = pasted.rows.map((row) => ({ ...row, cells: at.map((from) => (from < 0 ? '' : (row.cells[from] ?? ''))) }));
    this.table.rows = [...filled, ...laid];
  }
}
export const typing = new Typing();

/** 2025 → 2026; nothing after anything else. */
function next(period: string): string {
  return /^\d{4}$/.test(period.trim()) ? String(Number(period) + 1) : '';
}

export const UNITS: [string, string][] = [
  ['antal', 'antal'], ['procent', 'procent'], ['per 1 000 inv', 'per 1 000 inv'], ['per 100 000 inv', 'per 100 000 inv'], ['medelvärde', 'medelvärde'],
  ['andel', 'andel (0–1)'], ['tkr', 'tusen kronor'], ['okänd enhet', 'annan enhet'], ['n', 'n: antal svarande'],
];

function unitWord(text: string): string {
  const lower = text.toLowerCase();
  return UNITS.find(([word]) => word === lower)?.[0] ?? ({ '%': 'procent', st: 'antal' }[lower] ?? '');
}
