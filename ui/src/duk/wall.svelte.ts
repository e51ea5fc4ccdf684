// The facilitator's hand on the wall: shows, blackens, freezes, turns pages. The wall changes only through this.
import { backend } from '../backend';
import { openFile } from '../shell/open-file.svelte';
import { settings } from '../shell/settings.svelte';
import { pages, type WallState, type WallView } from './view';

class Wall {
  /** What hangs on the wall now; null until something has been shown. */
  live = $state<WallState | null>(null);
  frozen = $state(false);

  get pageCount(): number {
    return this.live?.view ? pages(this.live.view).length : 0;
  }

  async show(view: WallView): Promise<void> {
    const practice = openFile.status?.practice ?? false;
    this.live = { view, page: 0, black: false, practice, theme: this.live?.theme ?? settings.theme };
    this.frozen = false;
    await backend.projector.show();
    this.#send();
  }

  /** The count in the strip follows along; nothing else does until it is shown. */
  count(text: string): void {
    if (!this.live?.view || this.live.view.count === text) return;
    this.live.view.count = text;
    this.#send();
  }

  page(step: number): void {
    if (!this.live) return;
    this.live.page = Math.max(0, Math.min(this.pageCount - 1, this.live.page + step));
    this.#send();
  }

  black(): void {
    if (!this.live) return;
    this.live.black = !this.live.black;
    // Black must reach the room even when the picture is frozen.
    backend.projector.send(this.live);
  }

  freeze(): void {
    this.frozen = !this.frozen;
    this.#send();
  }

  theme(): void {
    if (!this.live) return;
    this.live.theme = this.live.theme === 'dark' ? 'light' : 'dark';
    this.#send();
  }

  async hide(): Promise<void> {
    this.live = null;
    this.frozen = false;
    await backend.projector.hide();
  }

  #send(): void {
    if (!this.frozen && this.live) backend.projector.send(this.live);
  }
}
export const wall = new Wall();
