// Reading files: what was answered is remembered, who owns it is said, refusals can be saved, a long reading can be stopped.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLater, fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';

const HEAD = 'Brott;Region;Period;År;Antal;/100 000 inv';
/** As Brå's table builder writes it, invented numbers: long enough to be watched. */
export function longFile(rows) {
  const lines = [HEAD];
  for (let i = 0; i < rows; i += 1) lines.push(`Påhittat brott ${i % 997};Åsele;Helår;${1975 + (Math.floor(i / 997) % 50)};${i % 61};${i % 89}`);
  return lines.join('\r\n');
}

export async function readFiles(stage) {
  const { page, window } = stage;
  const folder = mkdtempSync(join(tmpdir(), 'lagesbild-las-'));
  closeLater(async () => rmSync(folder, { recursive: true, force: true }));
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const choose = async (...paths) => {
    await stage.go('underlag');
    await stage.chooseFiles(paths);
    await page.getByRole('heading', { name: /^Så här läser vi/ }).waitFor();
    await page.getByRole('tab', { name: 'Tolkningsbevis' }).waitFor();
    await window.settled();
  };
  const tab = async (name) => {
    await page.getByRole('tab', { name }).click();
    await window.settled();
  };
  const readIn = async () => {
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/underlag$/);
    await window.settled();
  };

  const rows = (year, other) => `Kommun;2022;2023;${year}\r\nÅsele;-;17;${other}\r\nDorotea;4;fel;8\r\n`;

  await test('kolumner, värden och ägare: raden till höger ramar in sin cell', async () => {
    await choose(file('brott 2024.csv', rows(2024, 31)));
    await stage.looksFine('las-fraga');
    await tab('Kolumner');
    await stage.looksFine('las-kolumner');
    await tab('Värden');
    await page.locator('[data-value="0"]').focus();
    const cell = await page.locator('[data-value="0"]').innerText();
    same(await page.locator('td.spot').count(), 1, 'inramade celler');
    await page.keyboard.press('ArrowDown');
    const next = await page.locator(':focus').innerText();
    if (next === cell) fail('pilen flyttade inte');
    await stage.looksFine('las-varden');
    await tab('Ägare');
    await page.getByLabel('Vem äger underlaget?').fill('socialförvaltningen');
    await page.getByLabel('Från vilket nätverk?').fill('lokala brå');
    await page.getByLabel(/^Rensas senast/).fill('2020-01-01');
    await stage.looksFine('las-om');
  });

  await test('avvisade värden sparas som en fil som Excel öppnar', async () => {
    await stage.has(/läses inte in/);
    const popup = page.waitForResponse((response) => response.url().endsWith('/shell'));
    await stage.button(/^Spara avvisade värden/).press('Enter');
    const { path } = await (await popup).json();
    const text = readFileSync(path, 'utf8');
    if (!text.startsWith('\ufeffBlad;Rad;Kolumn;') || !text.includes(';2;B;-;obesvarad fråga') || !text.includes(';3;C;fel;') || !text.includes('\r\n')) fail(text);
  });

  await test('svaret på frågan minns till nästa år och går att ändra', async () => {
    await page.locator('h1').focus();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /Ändra svaret/ }).waitFor();
    await readIn();
    same((await stage.call('sources')).find((one) => one.file === 'brott 2024.csv').owner, 'socialförvaltningen', 'ägaren');
    await stage.has('skulle ha rensats');
    await stage.looksFine('kallor-rensas');
    await choose(file('brott 2025.csv', rows(2025, 28)));
    await stage.has('Du svarade så här förra gången.');
    await stage.looksFine('las-minns');
    await page.getByLabel(/^Ändra svaret på/).selectOption('zero');
    await window.settled();
    await stage.button('Fråga mig på nytt').press('Enter').catch(() => undefined);
    await window.settled();
    await page.keyboard.press('Escape');
    await page.waitForURL(/underlag$/);
    await page.getByRole('link', { name: 'Ihågkomna svar' }).press('Enter');
    await page.getByRole('button', { name: /^Glöm/ }).waitFor();
    await stage.looksFine('minnen');
    await page.getByRole('button', { name: /^Glöm/ }).press('Enter');
    await stage.has('Inget än.');
  });

  await test('en ny läsning visar vad som ändrats, före och efter', async () => {
    await choose(file('brott 2024.csv', rows(2024, 33)));
    await tab(/^Ändringar/);
    await stage.has('Förra gången');
    const row = await page.getByRole('row', { name: /Åsele.*2024/ }).innerText();
    if (!/31\s+33/.test(row)) fail(row);
    await stage.looksFine('las-andringar');
    await page.keyboard.press('Escape');
    await page.waitForURL(/underlag$/);
  });

  await test('uppgifterna om en källa ändras', async () => {
    await stage.go('underlag');
    await page.getByRole('button', { name: /^Uppgifter om/ }).first().press('Enter');
    await page.getByLabel('Vem äger det?').fill('kommunens trygghetsgrupp');
    await page.getByLabel(/^Rensas senast/).fill('2031-12-31');
    await stage.looksFine('kalla-uppgifter');
    await stage.button('Spara uppgifterna').press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await stage.has('kommunens trygghetsgrupp');
  });

  await test('medan det arbetas: läsbart i alla storlekar och båda teman, Esc ber om stopp', async () => {
    let held;
    await page.route('**/call', (route) => (route.request().postData()?.includes('"inspect"') ? void (held = route) : route.continue()));
    await page.route('**/progress', (route) => route.fulfill({ json: { stage: 'Sparar', done: 412_345, of: 1_000_000 } }));
    await stage.go('underlag');
    await stage.chooseFiles([file('vantar.csv', rows(2024, 35))]);
    const working = page.getByRole('region', { name: 'Pågår' });
    // Looking stores nothing, so it must not say that it does.
    await working.getByText('Räknar ut vad som skulle sparas', { exact: true }).waitFor();
    for (const theme of ['light', 'dark']) {
      await page.evaluate((theme) => void (document.documentElement.dataset.theme = theme), theme);
      for (const [width, height] of [[1920, 1080], [1024, 768], [1280, 800]]) {
        await page.setViewportSize({ width, height });
        await window.picture(`las-pagar-${width}-${theme}`);
        await window.isFine();
      }
    }
    await page.evaluate(() => void (document.documentElement.dataset.theme = 'light'));
    const asked = page.waitForRequest('**/cancel');
    await page.keyboard.press('Escape');
    await asked;
    await held.fulfill({ status: 422, json: { code: 'cancelled', message: 'Inläsningen avbröts. Inget har sparats.' } });
    await page.getByRole('heading', { name: 'Du avbröt läsningen av vantar.csv' }).waitFor();
    await page.unroute('**/call');
    await page.unroute('**/progress');
    window.forgetRefusals();
    await stage.looksFine('las-avbruten');
    await page.locator('h1').focus();
    await page.keyboard.press('Escape');
    await page.waitForURL(/underlag$/);
  });

  await test('en lång läsning säger hur långt den kommit och stannar på Esc', async () => {
    const before = await stage.call('sources');
    await stage.go('underlag');
    await stage.chooseFiles([file('lang.txt', longFile(300_000))]);
    await page.getByRole('region', { name: 'Pågår' }).waitFor({ timeout: 30_000 });
    await window.picture('las-pagar');
    await window.isAccessible();
    await page.keyboard.press('Escape');
    await page.getByText('Inläsningen avbröts. Inget har sparats.').waitFor({ timeout: 50_000 });
    await window.picture('las-avbruten');
    window.forgetRefusals();
    same(await stage.call('sources'), before, 'källorna');
    await page.keyboard.press('Escape');
    await page.waitForURL(/underlag$/);
  });
}
