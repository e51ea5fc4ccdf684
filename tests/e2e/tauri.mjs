// The real window, with the real core, under an in-memory screen: what only the native shell can get wrong.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLACES, ROOT } from './places.mjs';
import { closeLater, fail, main, nothing, test } from './runner.mjs';
import { AXE, axeViolations, cutText, overlaps } from './screen-checks.mjs';
import { RealWindow } from './webdriver.mjs';

const BUILT = `${process.env.CARGO_TARGET_DIR ?? `${ROOT}target`}/debug`;
const BINARY = process.env.LAGESBILD_DESKTOP ?? `${BUILT}/lagesbild-desktop`;
const COMMAND_LINE = `${BUILT}/lagesbild`;

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

// What the seam does in ui/src/backend/tauri.ts, without the screens on top.
function listenOnTheWall() {
  const { invoke, transformCallback } = globalThis.__TAURI_INTERNALS__;
  const handler = transformCallback(({ payload }) => (globalThis.received = payload));
  return invoke('plugin:event|listen', { event: 'duk:visa', target: { kind: 'Any' }, handler });
}

function sendToTheWall(payload) {
  const target = { kind: 'AnyLabel', label: 'duk' };
  return globalThis.__TAURI_INTERNALS__.invoke('plugin:event|emit_to', { target, event: 'duk:visa', payload });
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
  // The driver can only take pictures of a composited page; the program leaves variables that are already set alone.
  const composited = { WEBKIT_DISABLE_COMPOSITING_MODE: '0', WEBKIT_DISABLE_DMABUF_RENDERER: '0' };
  const window = await RealWindow.start(BINARY, ['--example'], { XDG_DATA_HOME: data, ...composited });
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

  await test('fönstret får se hur långt arbetet kommit och får avbryta det', async () => {
    const seen = await window.run(() => globalThis.__TAURI_INTERNALS__.invoke('progress'));
    if (!seen?.stage || typeof seen.done !== 'number' || typeof seen.of !== 'number') fail(JSON.stringify(seen));
    await window.run(() => globalThis.__TAURI_INTERNALS__.invoke('cancel'));
  });

  for (const place of PLACES) {
    await test(`${place.route} i det riktiga fönstret`, async () => {
      await window.run((route) => void (location.hash = `#/${route}`), place.route);
      await until(() => window.run(() => !!document.querySelector('main') && !document.querySelector('[aria-busy="true"]')), 'sidan blir inte klar');
      writeFileSync(`${ROOT}out/screens/fonster-${place.route}.png`, await window.picture());
      await window.script(AXE);
      nothing(await window.run(axeViolations), 'axe');
      nothing(await window.run(cutText), 'avskuret');
      nothing(await window.run(overlaps), 'överlappar');
    });
  }

  const call = (command, request = {}) => window.run((command, request) => globalThis.__TAURI_INTERNALS__.invoke('call', { command, request }), command, request).then(({ value }) => value);
  const said = (text) => until(() => window.run((text) => document.querySelector('.messages').innerText.includes(text), text), `fönstret säger inte ”${text}”`);

  await test('ett tema blir problem med P och ångras med Ctrl+Z, allt med tangenter', async () => {
    const before = await call('status');
    const { themes } = await call('overview', { area: null });
    const wanted = themes.findIndex((theme) => !theme.problem);
    await window.press('Alt', '2');
    await until(() => window.run(() => location.hash === '#/lagesbild' && !!document.querySelector('a.theme')), 'Alt+2 ledde inte till Lägesbild');
    for (let row = 0; row < wanted; row += 1) await window.press('ArrowDown');
    await until(() => window.run((name) => document.activeElement.textContent === name, themes[wanted].name), `fokus står inte på ${themes[wanted].name}`);
    await window.press('p');
    await said(`”${themes[wanted].name}” ligger nu bland problemen`);
    if ((await call('status')).problems !== before.problems + 1) fail('problemet finns inte i filen');
    writeFileSync(`${ROOT}out/screens/fonster-p-tryckt.png`, await window.picture());
    await window.press('Control', 'z');
    await said('Ångrade:');
    if ((await call('status')).problems !== before.problems) fail('problemet finns kvar i filen');
  });

  await test('ett åtagande stäms av med musen och ångras i listen', async () => {
    await window.press('Alt', '5');
    await until(() => window.run(() => !!document.querySelector('[aria-label^="Läge:"] button')), 'inga åtaganden att stämma av');
    const before = JSON.stringify(await call('follow_up'));
    await window.click('[aria-label^="Läge:"] button');
    await window.click('form.ask button.primary');
    await until(async () => JSON.stringify(await call('follow_up')) !== before, 'avstämningen kom inte in i filen');
    await window.click('button.undo');
    await until(async () => JSON.stringify(await call('follow_up')) === before, 'avstämningen är inte ångrad');
  });

  // The screen's own button opens the system's dialog, which no driver reaches: what comes after the dialog is tried from here.
  await test('ett dokument sparas där det ska ligga', async () => {
    for (const [ending, mark] of [['docx', 'PK\x03\x04'], ['pdf', '%PDF-1.']]) {
      const path = join(data, `Överenskommelse prov.${ending}`);
      const saved = await shell(window, 'save_document', { name: `Överenskommelse.${ending}`, path, command: 'document', request: { kind: 'agreement', public: false, municipality: null } });
      if (saved.path !== path || !readFileSync(path).subarray(0, mark.length).equals(Buffer.from(mark, 'latin1'))) fail(`${path}: ${JSON.stringify(saved).slice(0, 300)}`);
    }
  });

  await test('V öppnar duken som ett eget fönster, med matrisen på', async () => {
    await window.press('Alt', '3');
    await until(() => window.run(() => location.hash === '#/prioritera' && document.body.innerText.includes('Visa på duk')), 'Alt+3 ledde inte till Prioritera');
    await window.press('v');
    await until(() => onScreen('duken').length === 1, 'inget synligt projektorfönster');
    await window.switchToRoute('duk');
    await until(() => window.run(() => document.querySelector('h1')?.innerText === 'Vad ska vi ta tag i tillsammans?' && document.querySelectorAll('tbody tr').length > 0), 'duken visar inte matrisen');
    writeFileSync(`${ROOT}out/screens/fonster-duk.png`, await window.picture());
  });

  await test('duken får det den skickas, och har ingen väg till kärnan', async () => {
    await window.switchToRoute('duk');
    const refused = await window.run(() => globalThis.__TAURI_INTERNALS__.invoke('call', { command: 'echo', request: {} }).then(() => false, String));
    if (!/not allowed/.test(refused)) fail(`duken fick fråga kärnan: ${refused}`);
    await window.run(listenOnTheWall);
    await window.switchToRoute('prioritera');
    await window.run(sendToTheWall, { rubrik: 'prov' });
    await window.switchToRoute('duk');
    await until(() => window.run(() => globalThis.received?.rubrik === 'prov'), 'inget kom fram till duken');
  });

  await test('duken stängs igen', async () => {
    await window.switchToRoute('prioritera');
    await shell(window, 'projector_hide');
    await until(() => onScreen('duken').length === 0, 'projektorfönstret står kvar');
  });

  await test('fönstret stängs, programmet slutar och filen släpps', async () => {
    const { path } = await shell(window, 'state');
    await window.close();
    await until(() => onScreen('^Lägesbild$').length === 0, 'fönstret står kvar');
    // However the program ended, the system lets go of its lock: the next to open the file may change it.
    const holder = () => JSON.parse(execFileSync(COMMAND_LINE, ['call', path, 'status'], { encoding: 'utf8' })).held_by;
    await until(() => holder() === null, 'filen är fortfarande låst');
  });
});
