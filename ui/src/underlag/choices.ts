// The answers that are offered to a question: those of the core and, for a place, the municipalities of the open file first.
import type { Choice, Doubt } from '../api';
import { openFile } from '../shell/open-file.svelte';

export function choices(doubt: Doubt): Choice[] {
  if (doubt.id !== 'area') return doubt.choices;
  const own = (openFile.status?.municipalities ?? []).filter((name) => doubt.choices.every((choice) => choice.id !== name));
  return [...own.map((name) => ({ id: name, label: name })), ...doubt.choices];
}
