// Every command by name with what it takes and gives, so that a screen cannot ask for something the core does not answer.
import type { Commands } from './api';
import { backend } from './backend';
import { pending } from './parts/pending.svelte';

/** Commands that only answer. Every other one changes the file. */
type Reading =
  | 'status' | 'history' | 'check' | 'sources' | 'inspect' | 'cells' | 'notes' | 'overview' | 'profile' | 'ask' | 'trace' | 'priorities' | 'agreement'
  | 'document' | 'follow_up';
type Changing = Exclude<keyof Commands, Reading>;

type Asker = (command: string, request: unknown) => Promise<unknown>;
let asker: Asker = (command, request) => backend.call(command, request);
const fresh = new Set<() => void>();

/** Development only: answers made up in the browser stand in for the core. */
export function answerWith(other: Asker): void {
  asker = other;
}

export async function ask<C extends Reading>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
  return (await pending.watch(asker(command, request))) as Commands[C][1];
}

/** A change: the core says what it made stale, and the screens ask again. */
export async function change<C extends Changing>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
  return (await pending.watch(asker(command, request))) as Commands[C][1];
}

let waiting = false;
/** Several reasons to ask again within one turn lead to one asking. */
export function tellChanged(): void {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    for (const listener of [...fresh]) listener();
  });
}

export function onChanged(listener: () => void): () => void {
  fresh.add(listener);
  return () => fresh.delete(listener);
}

backend.onStale(tellChanged);
