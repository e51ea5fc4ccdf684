// A chart comes from the core in the light theme's colours. Here they become the tokens' names again, so that it follows the theme.
const LIGHT = { ink: '#1B1F24', 'ink-2': '#4A5159', line: '#DEDBD3', paper: '#FBFAF7', surface: '#FFFFFF', kommun: '#006049', polis: '#0A5489', invanare: '#933708' };
const HUES = ['kommun', 'polis', 'invanare', 'ink'] as const;
/** Channels may differ this much from a pure mix, for rounding. */
const NEAR = 3;

const channels = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** `#D8E4DE` → 13 % of kommun on paper, if it is such a mix. */
function tint(hex: string): string | null {
  for (const ground of ['paper', 'surface'] as const) {
    for (const hue of HUES) {
      const [from, to, found] = [channels(LIGHT[ground]), channels(LIGHT[hue]), channels(hex)];
      const part = (found[0]! - from[0]!) / (to[0]! - from[0]!);
      if (part > 0 && part < 1 && found.every((value, i) => Math.abs(from[i]! + part * (to[i]! - from[i]!) - value) <= NEAR)) {
        return `color-mix(in srgb, var(--${hue}) ${Math.round(part * 100)}%, var(--${ground}))`;
      }
    }
  }
  return null;
}

function named(hex: string): string {
  const token = Object.entries(LIGHT).find(([, value]) => value === hex.toUpperCase());
  return token ? `var(--${token[0]})` : (tint(hex) ?? hex);
}

export function themed(svg: string): string {
  return svg.replace(/(fill|stroke)="(#[0-9A-Fa-f]{6})"/g, (_, attribute: string, hex: string) => `${attribute}="${named(hex)}"`);
}
