// Keys: who listens to what right now. The help dialog lists exactly these, so that it cannot be wrong.
import { settings } from './settings.svelte';

export interface KeyBinding {
  /** `K`, `Enter`, `?`, or with modifiers `Alt+1`, `Ctrl+Z`, `Ctrl+Shift+Z`. */
  key: string;
  does: string;
  run: () => void;
}

export interface Layer {
  title: string;
  bindings: () => KeyBinding[];
}

const layers = new Set<Layer>();

/** Call in an $effect: `$effect(() => listen('Lägesbild', () => [...]))`. The keys are let go when it is run again or leaves. */
export function listen(title: string, bindings: () => KeyBinding[]): () => void {
  const layer = { title, bindings };
  layers.add(layer);
  return () => layers.delete(layer);
}

/** For the help dialog: what can be pressed where one is. */
export function listening(): Layer[] {
  return [...layers];
}

function pressed(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && (event.key.length > 1 || event.ctrlKey || event.metaKey) ? 'Shift+' : '';
  // With Alt some keyboards write other characters, so the digit is read from the key itself.
  const digit = event.altKey && /^Digit\d$/.test(event.code) ? event.code.slice(5) : name;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${digit}`;
}

export function inTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

function allowed(key: string, event: KeyboardEvent): boolean {
  const single = [...key].length === 1;
  if (single && !settings.singleKeys) return false;
  if (inTextField(event.target)) return /^(Alt|Ctrl)\+/.test(key) && !/^Ctrl\+(Shift\+)?[ZYA]$/.test(key);
  return true;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // An open dialog takes every key; it closes with Esc of its own accord.
  if (document.querySelector('dialog[open]')) return;
  const key = pressed(event);
  if (!allowed(key, event)) return;
  for (const layer of [...layers].reverse()) {
    const binding = layer.bindings().find((one) => one.key === key);
    if (!binding) continue;
    event.preventDefault();
    binding.run();
    return;
  }
}

addEventListener('keydown', onKey);

/** `Ctrl+Shift+Z` as it stands on the keys of a Swedish keyboard. */
export function keyCap(key: string): string {
  return key.replace('Ctrl+', 'Ctrl ').replace('Shift+', 'Skift ').replace('Enter', '↵').replace('ArrowLeft', '←').replace('ArrowRight', '→');
}
