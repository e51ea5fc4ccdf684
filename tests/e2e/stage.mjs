// A bridge with a file of its own and a window on it, with the words that the chapters of a story need.
import { ask, startBridge } from './bridge-server.mjs';
import { ROOT } from './places.mjs';
import { fail, nothing } from './runner.mjs';
import { cutText } from './screen-checks.mjs';
import { AppWindow, openBrowser } from './window.mjs';

export const same = (got, wanted, what) => JSON.stringify(got) === JSON.stringify(wanted) || fail(`${what}: ${JSON.stringify(got)}, inte ${JSON.stringify(wanted)}`);

/** Sizes and themes that a new screen is looked at in. The smallest need only be usable. */
const LOOKS = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 1024, height: 768 },
];

export class Stage {
  static async open(municipalities = ['Åsele'], words = []) {
    const stage = new Stage();
    stage.address = await startBridge(...words);
    stage.browser = await openBrowser();
    stage.window = await AppWindow.open(stage.browser, stage.address);
    stage.page = stage.window.page;
    if (municipalities) await stage.shell('create', { municipalities });
    return stage;
  }

  async shell(command, request = {}) {
    const { status, answer } = await ask(this.address, 'shell', command, request);
    if (status !== 200) fail(`${command}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async call(command, request = {}) {
    const { status, answer } = await ask(this.address, 'call', command, request);
    if (status !== 200) fail(`${command}: ${JSON.stringify(answer)}`);
    return answer.value;
  }

  button(name, exact = true) {
    return this.page.getByRole('button', { name, exact });
  }

  async has(text, where = this.page.locator('main')) {
    await where.getByText(text).first().waitFor({ timeout: 5_000 }).catch(async () => fail(`”${text}” syns inte, bara:\n${(await where.first().innerText()).slice(0, 1_500)}`));
  }

  async go(route) {
    await this.window.go({ route });
  }

  /** Drawn, accessible and uncut at both sizes, light and dark; at 1024×768 nothing is cut. */
  async looksFine(name) {
    for (const size of LOOKS) {
      await this.page.setViewportSize(size);
      await this.window.settled();
      await this.window.picture(`${name}-${size.width}x${size.height}`);
      if (size.width === 1024) nothing(await this.page.evaluate(cutText), `avskuret vid ${size.width}`);
      else await this.window.isFine();
    }
    await this.page.setViewportSize(LOOKS[0]);
    await this.#theme('dark');
    await this.window.picture(`${name}-mork`);
    await this.window.isFine();
    await this.#theme('light');
  }

  #theme(theme) {
    return this.page.evaluate((theme) => void (document.documentElement.dataset.theme = theme), theme);
  }

  /** What Ctrl+V gives after copying in a spreadsheet. */
  async paste(text) {
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await this.window.settled();
  }

  async chooseFiles(paths) {
    await this.page.getByRole('heading', { name: 'Vad bygger bilden på?' }).waitFor();
    await this.window.settled();
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.button(/^Läs in filer/).press('Enter')]);
    await chooser.setFiles(paths.map((path) => (path.startsWith('/') ? path : `${ROOT}fixtures/${path}`)));
    await this.page.waitForURL(/las-in/);
  }
}
