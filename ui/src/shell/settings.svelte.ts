// What a person has chosen for their own screen. Remembered on this computer, never in the file.
const KEY = 'lagesbild.skarm';

interface Settings {
  theme: 'light' | 'dark';
  /** Single letters and digits as shortcuts (WCAG 2.1.4: can be switched off). */
  singleKeys: boolean;
}

function remembered(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>;
  } catch {
    return {};
  }
}

const systemTheme = (): Settings['theme'] => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
export const settings = $state<Settings>({ theme: systemTheme(), singleKeys: true, ...remembered() });

export function applyTheme(theme: Settings['theme']): void {
  document.documentElement.dataset.theme = theme;
}

export function choose(change: Partial<Settings>): void {
  Object.assign(settings, change);
  applyTheme(settings.theme);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Without storage the choice holds until the window is closed.
  }
}

export const otherTheme = (): Settings['theme'] => (settings.theme === 'dark' ? 'light' : 'dark');
