// Where in the program we are: the address after # and nothing else, so that back, forward and reload work.
export interface PlaceInRail {
  id: string;
  name: string;
}

export const PLACES: PlaceInRail[] = [
  { id: 'underlag', name: 'Underlag' },
  { id: 'lagesbild', name: 'Lägesbild' },
  { id: 'prioritera', name: 'Prioritera' },
  { id: 'overenskommelse', name: 'Överenskommelse' },
  { id: 'folj-upp', name: 'Följ upp' },
];

class Router {
  #parts = $state(parts());
  /** Set when the place has changed and its heading has not yet had the focus. */
  awaitsFocus = false;

  constructor() {
    addEventListener('hashchange', () => {
      this.#parts = parts();
      this.awaitsFocus = true;
    });
  }

  get place(): string {
    return this.#parts[0] ?? '';
  }

  get rest(): string[] {
    return this.#parts.slice(1);
  }

  go(path: string): void {
    location.hash = `#/${path}`;
  }
}

function parts(): string[] {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
}

export const router = new Router();
