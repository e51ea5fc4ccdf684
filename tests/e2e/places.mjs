// The places of the window: where they lie, what key leads to them, at which sizes they are looked at.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The packages of the interface are installed once, in ui/. */
export const require = createRequire(new URL('../../ui/package.json', import.meta.url));

export const PLACES = [
  { route: 'underlag', key: 'Alt+1' },
  { route: 'lagesbild', key: 'Alt+2' },
  { route: 'prioritera', key: 'Alt+3' },
  { route: 'overenskommelse', key: 'Alt+4' },
  { route: 'folj-upp', key: 'Alt+5' },
  { route: 'fil' },
];
/** The steps within a place, and a page deeper down. */
export const INNER = ['underlag/tabell', 'underlag/rapporter', 'underlag/ord', 'underlag/kategorier', 'underlag/minnen', 'prioritera/matris', 'prioritera/omgang', 'prioritera/beslut', 'overenskommelse/ramar', 'overenskommelse/dokument', 'lagesbild/tema/trygghet-ute'].map((route) => ({ route }));
export const PROJECTOR = { route: 'duk' };

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
