// Something that may fail, and a question whose answer is shown: both keep their error where the screen can show it in place.
import { onDestroy } from 'svelte';
import { BackendError } from '../backend';
import { onChanged } from '../commands';

export class Action {
  error = $state<BackendError | null>(null);
  busy = $state(false);

  /** Undefined when it failed; the reason is then in `error`. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.busy = true;
    try {
      const value = await work();
      this.error = null;
      return value;
    } catch (thrown) {
      this.error = BackendError.from(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

/** An answer on screen. Asked again whenever something has changed; the old answer stands until the new one is there. */
export class Answered<T> {
  value = $state<T>();
  error = $state<BackendError | null>(null);
  #question: () => Promise<T>;
  #turn = 0;

  constructor(question: () => Promise<T>) {
    this.#question = question;
    void this.again();
    onDestroy(onChanged(() => void this.again()));
  }

  async again(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await this.#question();
      if (turn !== this.#turn) return;
      this.value = value;
      this.error = null;
    } catch (thrown) {
      if (turn === this.#turn) this.error = BackendError.from(thrown);
    }
  }
}
