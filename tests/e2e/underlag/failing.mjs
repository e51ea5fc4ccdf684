// What can go wrong with a file: each in plain words where it happened, nothing stored, and the program works on.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ask, BRIDGE, startBridge } from '../bridge-server.mjs';
import { ROOT } from '../places.mjs';
import { closeLater, fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';
import { longFile } from './reading.mjs';

const GOOD = 'Kommun;2022;2023;2024\r\nÅsele;12;17;31\r\nDorotea;4;9;8\r\n';
/** What the core says of files that only another machine can hold or lose; code, words and hint as in `api/commands/reading.rs`. */
const LOST = [
  { name: 'oppen i Excel', message: 'Filen är öppen i ett annat program.', hint: 'Stäng den där, till exempel i Excel, och försök igen.' },
  { name: 'delningen borta', message: 'Filen gick inte att läsa till slutet.', hint: 'Har nätverket brutits? Kopiera filen till datorn och försök igen.' },
];

/** A bridge that can be killed as a window is: without a chance to put things in order. */
async function mortalBridge() {
  const child = spawn(BRIDGE, ['--ui', `${ROOT}ui/dist`], { stdio: ['ignore', 'pipe', 'inherit'] });
  closeLater(async () => child.kill('SIGKILL'));
  const address = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { address, kill: () => new Promise((resolve) => child.once('exit', resolve).kill('SIGKILL') || resolve()) };
}

export async function failing(stage) {
  const { page, window } = stage;
  const folder = mkdtempSync(join(tmpdir(), 'lagesbild-fel-'));
  closeLater(async () => rmSync(folder, { recursive: true, force: true }));
  const file = (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const alert = page.getByRole('alert');

  await test('filen tas bort halvvägs: det sägs, och den läses in när den är tillbaka', async () => {
    await stage.go('underlag');
    const looked = page.waitForRequest((request) => request.postData()?.includes('"inspect"'));
    await stage.chooseFiles([file('flyttad.csv', GOOD)]);
    const { path } = (await looked).postDataJSON().request;
    await page.getByRole('tab', { name: 'Tolkningsbevis' }).waitFor();
    await window.settled();
    rmSync(path);
    await page.locator('h1').focus();
    await page.keyboard.press('Control+Enter');
    await alert.getByText('Filen finns inte.').waitFor();
    await alert.getByText('Kontrollera att den inte har flyttats.').waitFor();
    window.forgetRefusals();
    await stage.looksFine('fel-borttagen');
    if ((await stage.call('sources')).some((one) => one.file === 'flyttad.csv')) fail('filen är inläst');
    writeFileSync(path, GOOD);
    await stage.button('Försök igen').press('Enter');
    await alert.getByText('Filen finns inte.').waitFor({ state: 'detached' });
    await page.locator('h1').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/underlag$/);
    await stage.has('flyttad.csv är inläst.');
  });

  for (const { name, message, hint } of LOST) {
    await test(`${name}: orden syns där man är, och nästa försök går bra`, async () => {
      await stage.go('underlag');
      const refuse = (route) => (route.request().postData()?.includes('"inspect"') ? route.fulfill({ status: 422, json: { code: 'file_access', message, hint, place: { file: `${name}.csv` } } }) : route.continue());
      await page.route('**/call', refuse);
      await stage.chooseFiles([file(`${name}.csv`, GOOD.replace('31', '32'))]);
      await alert.getByText(message).waitFor();
      await alert.getByText(hint).waitFor();
      await stage.has('Inget är sparat och inget är ändrat.');
      window.forgetRefusals();
      await stage.looksFine(`fel-${name.replaceAll(' ', '-')}`);
      await page.unroute('**/call', refuse);
      await stage.button('Försök igen').press('Enter');
      await page.getByRole('tab', { name: 'Tolkningsbevis' }).waitFor();
      await page.locator('h1').focus();
      await page.keyboard.press('Escape');
      await page.waitForURL(/underlag$/);
    });
  }

  await test('sex filer släpps på en gång: en rad för var och en, också för dem som inte gick', async () => {
    await stage.go('underlag');
    const broken = ['empty.csv', 'protected.xlsx', 'pdf.csv'].map((name) => ({ name, bytes: [...readFileSync(`${ROOT}fixtures/broken/${name}`)] }));
    const sound = ['nio.csv', 'tio.csv', 'elva.csv'].map((name, i) => ({ name, bytes: [...Buffer.from(GOOD.replace('31', String(40 + i)))] }));
    await page.evaluate((files) => {
      const dataTransfer = new DataTransfer();
      for (const { name, bytes } of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, [sound[0], broken[0], sound[1], broken[1], broken[2], sound[2]]);
    await page.waitForURL(/las-in/);
    for (const [n, name, key] of [[1, 'nio.csv', 'Control+Enter'], [2, 'empty.csv', 'Escape'], [3, 'tio.csv', 'Escape'], [4, 'protected.xlsx', 'Escape'], [5, 'pdf.csv', 'Escape'], [6, 'elva.csv', 'Control+Enter']]) {
      await page.getByRole('heading', { name: new RegExp(` ${name}$`) }).waitFor();
      await window.settled();
      await stage.has(new RegExp(`fil ${n} av 6`));
      window.forgetRefusals();
      if (n === 4) await stage.looksFine('fel-i-kon');
      await page.locator('h1').focus();
      await page.keyboard.press(key);
    }
    await page.waitForURL(/underlag$/);
    await window.settled();
    const told = page.getByRole('region', { name: 'Så gick inläsningen' });
    await stage.has(/^2 av 6.filer är inlästa$/, told);
    const lines = await told.locator('li').allInnerTexts();
    const wanted = [/^nio\.csv är inläst\./, /^empty\.csv är inte inläst\. \S.+/, /^tio\.csv är inte inläst\. Du hoppade över den\.$/, /^protected\.xlsx är inte inläst\. .*lösenord/, /^pdf\.csv är inte inläst\. .*PDF/i, /^elva\.csv är inläst\./];
    same(lines.length, wanted.length, 'rader');
    wanted.forEach((pattern, i) => pattern.test(lines[i]) || fail(lines[i]));
    await stage.looksFine('sa-gick-det');
    await stage.button('Stäng rapporten').press('Enter');
    await told.waitFor({ state: 'detached' });
  });

  await test('programmet stängs mitt i en inläsning: filen är som den var', async () => {
    const bridge = await mortalBridge();
    const { answer: made } = await ask(bridge.address, 'shell', 'create', { municipalities: ['Åsele'] });
    await ask(bridge.address, 'call', 'import', { path: file('forst.csv', GOOD) });
    const before = (await ask(bridge.address, 'call', 'sources')).answer.value;
    const reading = ask(bridge.address, 'call', 'import', { path: file('lang.txt', longFile(300_000)), answers: { confirm: 'yes' } }).then(() => 'klar', () => 'avbruten');
    const saving = async () => (await fetch(`${bridge.address}/progress`, { method: 'POST' })).json();
    for (let seen = await saving(); !(seen.stage === 'Sparar' && seen.done > 0 && seen.of > 10_000); seen = await saving()) await new Promise((resolve) => setTimeout(resolve, 5));
    await bridge.kill();
    same(await reading, 'avbruten', 'inläsningen');
    const again = await startBridge();
    const { status, answer } = await ask(again, 'shell', 'open', { path: made.path });
    if (status !== 200) fail(JSON.stringify(answer));
    same((await ask(again, 'call', 'sources')).answer.value, before, 'källorna');
    same((await ask(again, 'call', 'check')).answer.value, { sound: true, faults: [] }, 'filen är hel');
    same((await ask(again, 'call', 'status')).answer.value.held_by, null, 'ingen håller filen');
    rmSync(dirname(dirname(dirname(made.path))), { recursive: true, force: true });
  });
}
