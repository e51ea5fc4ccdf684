// The real window, with the real core, under an in-memory screen: what only the native shell can get wrong.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLACES, ROOT } from './places.mjs';
import { closeLater, fail, main, nothing, test } from './runner.mjs';
import { AXE, axeViolations, cutText } from './screen-checks.mjs';
import { RealWindow } from './webdriver.mjs';

const BINARY = process.env.LAGESBILD_DESKTOP ?? `${process.env.CARGO_TARGET_DIR ?? `${ROOT}target`}/debug/lagesbild-desktop`;

const shell = (window, command, request = {}) =>
  window.run((command, request) => globalThis.__TAURI_INTERNALS__.invoke('shell', { command, request }), command, request);

/** Windows that are mapped on the screen, by title. */
function onScreen(title) {
  try {
    return execFileSync('xdotool', ['search', '--onlyvisible', '--name', title], { encoding: 'utf8' }).trim().split('\n');
  } catch {
    return [];
  }
}

async function until(holds, what) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  fail(what);
}

await main(async () => {
  const data = mkdtempSync(join(tmpdir(), 'lagesbild-fonster-'));
  closeLater(async () => rmSync(data, { recursive: true, force: true }));
  const window = await RealWindow.start(BINARY, ['--example'], { XDG_DATA_HOME: data });
  mkdirSync(`${ROOT}out/screens`, { recursive: true });

  await test('fönstret visas när det är målat', async () => {
    await until(() => onScreen('^Lägesbild$').length === 1, 'inget synligt fönster med namnet Lägesbild');
    if ((await window.text('h1')).trim() === '') fail('rubriken är tom');
  });

  await test('övningskommunen är öppen, i den lokala programmappen', async () => {
    const state = await shell(window, 'state');
    if (!state.path?.startsWith(data) || !state.name.endsWith('.lagesbild')) fail(JSON.stringify(state));
  });

  await test('kärnans fel kommer fram med sin kod', async () => {
    const answer = await window.run(() => globalThis.__TAURI_INTERNALS__.invoke('call', { command: 'finns_inte', request: {} }).then(() => null, (error) => error));
    if (answer?.code !== 'not_found' || !answer.message) fail(JSON.stringify(answer));
  });

  for (const place of PLACES) {
    await test(`${place.route} i det riktiga fönstret`, async () => {
      await window.run((route) => void (location.hash = `#/${route}`), place.route);
      await until(() => window.run(() => !!document.querySelector('main') && !document.querySelector('[aria-busy="true"]')), 'sidan blir inte klar');
      writeFileSync(`${ROOT}out/screens/fonster-${place.route}.png`, await window.picture());
      await window.script(AXE);
      nothing(await window.run(axeViolations), 'axe');
      nothing(await window.run(cutText), 'avskuret');
    });
  }

  await test('duken öppnas som ett eget fönster och stängs igen', async () => {
    await shell(window, 'projector_show');
    await until(() => onScreen('duken').length === 1, 'inget synligt projektorfönster');
    await shell(window, 'projector_hide');
    await until(() => onScreen('duken').length === 0, 'projektorfönstret står kvar');
  });
});
