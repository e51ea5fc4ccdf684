// The picture on the wall, measured: large enough, dark enough, few enough, whole; on three kinds of projector, light and dark.
import { ask } from './bridge-server.mjs';
import { fail, nothing, test } from './runner.mjs';
import { AppWindow } from './window.mjs';

const WALLS = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
];
const VIEWS = [
  ['matris', 'prioritera/matris', /Vad ska vi ta tag i/],
  ['omgang', 'prioritera/omgang', /Vad är vi oeniga om/],
  ['beslut', 'prioritera/beslut', /Vad har vi bestämt/],
];
/** More than a wall can take at once, with words as long as they come. */
const MORE = ['Klotter och skadegörelse på skolan', 'Våld mot tjänstepersoner i offentlig miljö', 'Langning till ungdomar', 'Bedrägerier mot äldre', 'Hatbrott och kränkningar på nätet'];

/** Runs in the page: words under 3,8 vh, contrast under 7:1, more than 5 × 7, and what does not stand whole. */
function faults() {
  const found = [];
  const room = document.querySelector('.room');
  const columns = document.querySelectorAll('thead th').length - 1;
  const rows = document.querySelectorAll('tbody tr').length;
  if (columns > 5) found.push(`${columns} kolumner`);
  if (rows > 7) found.push(`${rows} rader`);
  if (room && room.scrollHeight > room.clientHeight + 1) found.push(`raderna är ${room.scrollHeight} höga i ett rum på ${room.clientHeight}`);
  const parts = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => parts(color).slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return (parts(color)[3] ?? 1) > 0 || !element.parentElement ? color : ground(element.parentElement);
  };
  for (const element of document.querySelectorAll('main *, main')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const box = element.getBoundingClientRect();
    if (own.length === 0 || box.width <= 1) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(style.color), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const name = `”${element.textContent.trim().slice(0, 40)}”`;
    const mark = element.closest('.mark') && element.getAttribute('aria-hidden');
    const vh = (100 * Number.parseFloat(style.fontSize)) / innerHeight;
    // The shape beside a word is no text; it is checked for contrast alone.
    if (!mark && vh < 3.799) found.push(`${name} är ${vh.toFixed(2)} vh`);
    if (contrast < 7) found.push(`${name} har kontrasten ${contrast.toFixed(2)}`);
    for (const node of own) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      const cell = element.closest('td, th');
      const edge = cell?.getBoundingClientRect();
      if (text.right > innerWidth + 1 || text.bottom > innerHeight + 1) found.push(`${name} sticker ut ur duken`);
      if (edge && text.right > edge.right + 1) found.push(`${name} sticker ut ur sin ruta`);
    }
  }
  return found;
}

async function eachPage(wall, look) {
  for (let n = 1; ; n += 1) {
    await look(n);
    const [, now, all] = /sida (\d+) av (\d+)/.exec(await wall.locator('footer').innerText()) ?? [null, '1', '1'];
    if (Number(now) !== n) fail(`sida ${now} visas som nummer ${n}`);
    if (now === all) return;
    await wall.keyboard.press('ArrowRight');
    await wall.waitForFunction((next) => document.querySelector('footer').textContent.includes(`sida ${next} av`), n + 1);
  }
}

async function measured(wall, name) {
  for (const size of WALLS) {
    await wall.page.setViewportSize(size);
    await wall.page.keyboard.press('PageUp');
    while (/sida (?!1 )/.test(await wall.page.locator('footer').innerText())) await wall.page.keyboard.press('PageUp');
    await eachPage(wall.page, async (n) => {
      nothing(await wall.page.evaluate(faults), `sida ${n}, ${size.width}×${size.height}`);
      if (n === 1) {
        await wall.picture(`${name}-${size.width}x${size.height}`);
        await wall.isFine();
      }
    });
  }
}

export async function wallTests(browser, address) {
  for (const title of MORE) {
    const { status, answer } = await ask(address, 'call', 'add_problem', { title, description: '', theme: null });
    if (status !== 200) fail(JSON.stringify(answer));
  }
  for (const colorScheme of ['light', 'dark']) {
    const window = await AppWindow.open(browser, address, { colorScheme });
    let wall;
    for (const [name, route, title] of VIEWS) {
      await test(`duken: ${name}, ${colorScheme === 'dark' ? 'mörk' : 'ljus'}`, async () => {
        await window.page.bringToFront();
        await window.go({ route });
        const opened = wall ? null : window.context.waitForEvent('page');
        await window.page.getByRole('button', { name: 'Visa på duk' }).press('Enter');
        if (opened) wall = window.beside(await opened);
        await wall.page.getByRole('heading', { name: title }).waitFor();
        await measured(wall, `duk-${name}${colorScheme === 'dark' ? '-mork' : ''}`);
      });
    }
    await window.close();
  }
}
