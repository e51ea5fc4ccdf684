// How many answers are on their way. The screen says so with aria-busy, to assistive technology and to tests.
import { untrack } from 'svelte';

class Pending {
  count = $state(0);

  async watch<T>(answer: Promise<T>): Promise<T> {
    // Asking from an effect must not make the effect wait for its own asking.
    untrack(() => (this.count += 1));
    try {
      return await answer;
    } finally {
      this.count -= 1;
    }
  }
}
export const pending = new Pending();
