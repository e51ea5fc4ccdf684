// Ctrl + and Ctrl − make everything larger or smaller, Ctrl 0 puts it back; the choice is remembered for each window.
// The zoom itself is the native webview's. In an ordinary browser the browser does all this.

const STEPS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const NATURAL = STEPS.indexOf(1);

function stored(key: string): number {
  const step = Number(localStorage.getItem(key) ?? NATURAL);
  return Number.isInteger(step) && step in STEPS ? step : NATURAL;
}

function wanted(key: string, step: number): number | null {
  if (key === '+' || key === '=') return Math.min(step + 1, STEPS.length - 1);
  if (key === '-') return Math.max(step - 1, 0);
  return key === '0' ? NATURAL : null;
}

export function rememberZoom(setZoom: (factor: number) => Promise<unknown>): void {
  const key = location.hash.startsWith('#/duk') ? 'zoom.duk' : 'zoom.huvud';
  const apply = (step: number) => void setZoom(STEPS[step] ?? 1);
  if (stored(key) !== NATURAL) apply(stored(key));
  window.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const step = wanted(event.key, stored(key));
    if (step === null) return;
    event.preventDefault();
    localStorage.setItem(key, String(step));
    apply(step);
  });
}
