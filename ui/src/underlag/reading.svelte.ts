// The files that are being read in: a queue that survives a visit to another place. Nothing is stored until "Läs in".
import type { ImportReport, Perspective, Preview, ReadFile } from '../api';
import { backend, type PickedFile, type WorkProgress } from '../backend';
import { ask, change } from '../commands';
import { Action } from '../parts/action.svelte';

/** What became of a file: its report, or why there is none. */
interface Finished {
  name: string;
  report: ImportReport | null;
  why: string;
}

/** A cell of the file that the eye is led to. */
export interface Spot {
  sheet: string;
  row: number;
  column: string;
}

/** What a person says about the source as a whole. */
interface About {
  perspective: Perspective | null;
  owner: string;
  network: string;
  /** Survey: how many were asked; empty when nobody knows. */
  sentOut: string;
  removeBy: string;
}

const LOOK_EVERY = 200;

class Reading {
  queue = $state<PickedFile[]>([]);
  preview = $state<Preview | null>(null);
  answers = $state<Record<string, string>>({});
  about = $state<About>(nothingSaid());
  /** Read as if nothing had been decided about files like this one before. */
  noMemory = $state(false);
  finished = $state<Finished[]>([]);
  /** Which of the files in the queue this is, and how many came. */
  at = $state(0);
  of = $state(0);
  /** What is running now ends with the file being stored. */
  storing = $state(false);
  /** How far the core has come, while it takes longer than a moment. */
  work = $state<WorkProgress | null>(null);
  spot = $state<Spot | null>(null);
  action = new Action();
  #turn = 0;

  get current(): PickedFile | undefined {
    return this.queue[0];
  }

  async add(files: PickedFile[]): Promise<void> {
    if (files.length === 0) return;
    const idle = this.queue.length === 0;
    this.queue.push(...files);
    if (idle) Object.assign(this, { at: 1, of: 0, finished: [] });
    this.of += files.length;
    if (idle) await this.#begin();
  }

  /** No choice takes the answer back. */
  async answer(doubt: string, choice: string | null): Promise<void> {
    if (choice === null) delete this.answers[doubt];
    else this.answers[doubt] = choice;
    await this.look();
  }

  async forgetMemory(): Promise<void> {
    this.noMemory = true;
    await this.look();
  }

  async store(): Promise<boolean> {
    const file = this.current;
    if (!file || this.action.busy) return false;
    this.storing = true;
    const report = await this.#watched(() => change('import', this.request(file.path)));
    this.storing = false;
    if (!report) return false;
    await this.#next({ name: file.name, report, why: '' });
    return true;
  }

  /** Leaves the file as it is and goes on with the next; it is said why. */
  async skip(): Promise<void> {
    const file = this.current;
    if (!file) return;
    const { error } = this.action;
    const why = error && error.code !== 'cancelled' ? [error.message, error.hint].filter(Boolean).join(' ') : '';
    await this.#next({ name: file.name, report: null, why });
  }

  async #next(finished: Finished): Promise<void> {
    // A single file that a person put aside needs no line about it.
    if (finished.report || finished.why || this.of > 1) this.finished.push(finished);
    this.queue.shift();
    this.at += 1;
    await this.#begin();
  }

  /** Stops what the core is doing; nothing of it is stored. */
  async cancel(): Promise<void> {
    await backend.cancel();
  }

  async #begin(): Promise<void> {
    Object.assign(this, { answers: {}, about: nothingSaid(), noMemory: false, preview: null, spot: null });
    this.action.error = null;
    await this.look();
  }

  async look(): Promise<void> {
    const file = this.current;
    if (!file) return;
    const turn = ++this.#turn;
    const preview = await this.#watched(() => ask('inspect', this.request(file.path)));
    if (turn === this.#turn && preview) this.preview = preview;
  }

  async #watched<T>(work: () => Promise<T>): Promise<T | undefined> {
    const looking = setInterval(() => void backend.progress().then((seen) => this.action.busy && (this.work = seen)), LOOK_EVERY);
    try {
      return await this.action.run(work);
    } finally {
      clearInterval(looking);
      this.work = null;
    }
  }

  request(path: string): ReadFile {
    const { perspective, owner, network, sentOut, removeBy } = this.about;
    const sent = Number.parseInt(sentOut, 10);
    const said = (text: string): string | null => text.trim() || null;
    return {
      path, answers: { ...this.answers }, perspective, kind: null, sent_out: sent > 0 ? sent : null, dry_run: false, title: null,
      owner: said(owner), network: said(network), remove_by: said(removeBy), no_memory: this.noMemory,
    };
  }
}

function nothingSaid(): About {
  return { perspective: null, owner: '', network: '', sentOut: '', removeBy: '' };
}
export const reading = new Reading();
