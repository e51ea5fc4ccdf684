// A form that opens takes the focus; when it leaves, the focus goes back to where it was.
import { tick } from 'svelte';

export function takeFocus(form: HTMLElement): () => void {
  const before = document.activeElement as HTMLElement | null;
  form.querySelector<HTMLElement>('textarea, input, select')?.focus();
  return () => void tick().then(() => document.activeElement === document.body && before?.isConnected && before.focus());
}
