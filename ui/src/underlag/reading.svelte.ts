// The files that are being read in: a queue that survives a visit to another place. Nothing is stored until "Läs in".
import type { ImportReport, Preview, ReadFile } from '../api';
import type { PickedFile } from '../backend';
import { ask, change } from '../commands';
import { Action } from '../parts/action.svelte';

interface Finished {
  name: string;
  report: ImportReport;
}

class Reading {
  queue = $state<PickedFile[]>([]);
  preview = $state<Preview | null>(null);
  answers = $state<Record<string, string>>({});
  /** Survey: how many were asked; empty when nobody knows. */
  sentOut = $state('');
  finished = $state<Finished[]>([]);
  action = new Action();
  #turn = 0;

  get current(): PickedFile | undefined {
    return this.queue[0];
  }

  async add(files: PickedFile[]): Promise<void> {
    if (files.length === 0) return;
    const idle = this.queue.length === 0;
    this.queue.push(...files);
    if (idle) await this.#begin();
  }

  async answer(doubt: string, choice: string): Promise<void> {
    this.answers[doubt] = choice;
    await this.#inspect();
  }

  async takeBack(doubt: string): Promise<void> {
    delete this.answers[doubt];
    await this.#inspect();
  }

  async store(): Promise<boolean> {
    const file = this.current;
    if (!file || this.action.busy) return false;
    const report = await this.action.run(() => change('import', this.#request(file.path)));
    if (!report) return false;
    this.finished.unshift({ name: file.name, report });
    await this.next();
    return true;
  }

  async next(): Promise<void> {
    this.queue.shift();
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.answers = {};
    this.sentOut = '';
    this.preview = null;
    this.action.error = null;
    if (this.current) await this.#inspect();
  }

  async #inspect(): Promise<void> {
    const file = this.current;
    if (!file) return;
    const turn = ++this.#turn;
    const preview = await this.action.run(() => ask('inspect', this.#request(file.path)));
    if (turn === this.#turn && preview) this.preview = preview;
  }

  #request(path: string): ReadFile {
    const sent = Number.parseInt(this.sentOut, 10);
    return { path, answers: { ...this.answers }, perspective: null, kind: null, sent_out: sent > 0 ? sent : null, dry_run: false };
  }
}
export const reading = new Reading();
