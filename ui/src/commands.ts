// Every command by name with what it takes and gives, so that a screen cannot ask for something the core does not answer.
import type { Commands } from './api';
import { backend } from './backend';
import { pending } from './parts/pending.svelte';

/** Commands that only answer. Every other one changes the file. */
type Reading =
  | 'status' | 'history' | 'check' | 'sources' | 'inspect' | 'cells' | 'typed_table' | 'read_typed_table' | 'read_pasted' | 'recipes' | 'questions' | 'themes' | 'categories' | 'reports' | 'save_rejections' | 'save_chart' | 'chart_picture' | 'notes' | 'overview' | 'profile' | 'ask' | 'trace' | 'priorities' | 'agreement'
  | 'document' | 'follow_up';
type Changing = Exclude<keyof Commands, Reading>;

const fresh = new Set<() => void>();

export function ask<C extends Reading>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
  return pending.watch(backend.call<Commands[C][1]>(command, request));
}

/** A change: the core says what it made stale, and the screens ask again. */
export function change<C extends Changing>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
  return pending.watch(backend.call<Commands[C][1]>(command, request));
}

let waiting = false;
/** Several reasons to ask again within one turn lead to one asking. */
function tellChanged(): void {
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
