// The open file as every screen needs it: its name, what can be undone, and the ways to open another.
import type { FileStatus } from '../api';
import { backend, type FileState } from '../backend';
import { ask, change, onChanged } from '../commands';
import { Action } from '../parts/action.svelte';
import { messages } from './messages.svelte';

class OpenFile {
  status = $state<FileStatus | null>(null);
  /** False until the shell has said whether a file is open. */
  known = $state(false);
  action = new Action();

  constructor() {
    onChanged(() => void this.refresh());
  }

  async refresh(): Promise<void> {
    const asked = await this.action.run(async () => {
      const state = await backend.shell<FileState>('state');
      return state.path === null ? null : ask('status', {});
    });
    if (asked !== undefined) this.status = asked;
    this.known = true;
  }

  useSample(status: () => Promise<FileStatus>): void {
    this.refresh = async () => {
      this.status = await status();
      this.known = true;
    };
  }

  open = () => this.#opened(() => backend.shell('open'));
  openExample = () => this.#opened(() => backend.shell('example'));
  create = (municipalities: string[]) => this.#opened(() => backend.shell('create', { municipalities }));

  async #opened(opening: () => Promise<FileState | null>): Promise<boolean> {
    return Boolean(await this.action.run(opening));
  }

  async undo(): Promise<void> {
    await this.#step('undo', 'Ångrade', 'Det fanns inget att ångra.', 'Gör om med Ctrl Skift Z.');
  }

  async redo(): Promise<void> {
    await this.#step('redo', 'Gjorde om', 'Det fanns inget att göra om.', 'Ångra med Ctrl Z.');
  }

  async #step(command: 'undo' | 'redo', did: string, nothing: string, hint: string): Promise<void> {
    const report = await this.action.run(() => change(command, {}));
    if (!report) return;
    if (report.label) messages.say(`${did}: ${report.label}`, hint);
    else messages.say(nothing);
  }
}
export const openFile = new OpenFile();
