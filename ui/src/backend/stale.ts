// Who wants to know when something has changed. Which names went stale is derived in the core, never guessed here.
import type { Unsubscribe } from '.';

export class StaleListeners {
  #callbacks = new Set<(stale: string[]) => void>();

  on(callback: (stale: string[]) => void): Unsubscribe {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  tell(stale: string[]): void {
    for (const callback of this.#callbacks) callback(stale);
  }

  /** Passes an answer on, and tells what it made stale. */
  watch<T>(answer: T): T {
    const stale = (answer as { stale?: unknown } | null)?.stale;
    if (Array.isArray(stale) && stale.length > 0) this.tell(stale as string[]);
    return answer;
  }
}

/** The shell commands after which another file is open. */
export const OPENS_A_FILE: ReadonlySet<string> = new Set(['open', 'create', 'example']);
