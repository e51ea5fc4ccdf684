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

  /** Tells what an answer made stale, if it says. */
  notice(answer: unknown): void {
    const stale = (answer as { stale?: string[] } | null)?.stale ?? [];
    if (stale.length > 0) this.tell(stale);
  }

  /** The value of a command's answer; tells what the command made stale. */
  unpack<T>(reply: Reply<T>): T {
    this.notice(reply);
    return reply.value;
  }
}

/** What a command answers: its value, and the tables that it wrote. */
export interface Reply<T> {
  value: T;
  stale: string[];
}

/** The shell commands after which another file is open. */
export const OPENS_A_FILE: ReadonlySet<string> = new Set(['open', 'create', 'example']);
