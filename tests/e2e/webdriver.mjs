// The few words of the WebDriver protocol that the real window needs, straight to WebKitWebDriver.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeLater } from './runner.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class RealWindow {
  /** Starts the program under the driver and waits for its first page. */
  static async start(binary, args, env) {
    const port = 4444 + (process.pid % 1000);
    const driver = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' },
    });
    closeLater(async () => void driver.kill());
    const window = new RealWindow();
    window.base = `http://127.0.0.1:${port}`;
    await window.#ready();
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } };
    const { sessionId } = await window.#ask('POST', '/session', { capabilities });
    window.base += `/session/${sessionId}`;
    // The last test may have closed the window, and the session with it.
    closeLater(() => window.#ask('DELETE', '').catch(() => undefined));
    await window.#ask('POST', '/timeouts', { script: 30_000, implicit: 5_000 });
    return window;
  }

  async #ready() {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(`${this.base}/status`).then((response) => response.ok, () => false)) return;
      await sleep(50);
    }
    throw new Error('WebKitWebDriver svarar inte');
  }

  async #ask(method, path, body) {
    const response = await fetch(this.base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** Runs a function in the page, awaits it, and returns what it gave. An error comes back as `{ thrown }`. */
  async run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${work})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (thrown) => done({ thrown: { ...thrown, text: String(thrown) } }));`;
    const { value, thrown } = await this.#ask('POST', '/execute/async', { script, args });
    if (thrown) throw Object.assign(new Error(thrown.message ?? thrown.text), thrown);
    return value;
  }

  script(source) {
    return this.#ask('POST', '/execute/sync', { script: source, args: [] });
  }

  async text(selector) {
    const element = await this.#ask('POST', '/element', { using: 'css selector', value: selector });
    return this.#ask('GET', `/element/${element[ELEMENT]}/text`);
  }

  /** Presses a key, with those that are held down first: `press('Control', 'z')`. */
  async press(...names) {
    const codes = { Control: '\uE009', Alt: '\uE00A', Enter: '\uE007', Escape: '\uE00C', ArrowUp: '\uE013', ArrowDown: '\uE015' };
    const keys = names.map((name) => codes[name] ?? name);
    const down = keys.map((value) => ({ type: 'keyDown', value }));
    const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.#ask('POST', '/actions', { actions: [{ type: 'key', id: 'tangentbord', actions: [...down, ...up] }] });
  }

  /** Clicks an element as a pointer does. */
  async click(selector) {
    const element = await this.#ask('POST', '/element', { using: 'css selector', value: selector });
    await this.#ask('POST', `/element/${element[ELEMENT]}/click`, {});
  }

  title() {
    return this.#ask('GET', '/title');
  }

  /** Turns to the window that stands on a route. */
  async switchToRoute(route) {
    for (const handle of await this.#ask('GET', '/window/handles')) {
      await this.#ask('POST', '/window', { handle });
      if ((await this.run(() => location.hash)) === `#/${route}`) return;
    }
    throw new Error(`inget fönster står på #/${route}`);
  }

  /** Closes the window the driver stands on, as its cross does. */
  close() {
    return this.#ask('DELETE', '/window');
  }

  async picture() {
    return Buffer.from(await this.#ask('GET', '/screenshot'), 'base64');
  }
}
