// The proof of a file: what matters most first, many sheets at a glance, hundreds of columns paged and found, answers in one's own words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLater, fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';
import { workbook } from '../workbook.mjs';

const PLACES = ['Åsele', 'Dorotea', 'Malå', 'Storuman', 'Sorsele', 'Vilhelmina', 'Lycksele', 'Norsjö'];
const SHEETS = 24;
const COLUMNS = 240;
/** More elements than this in the window, and it grows slow. */
const MOST_ELEMENTS = 4_000;

/** Invented numbers: a sheet for each school form, the same shape in each, and one of nothing but words. */
function manySheets() {
  const rows = (n) => [['Kommun', 2022, 2023, 2024], ...PLACES.map((place, i) => [place, n + i, n + 2 * i, n + 3 * i])];
  const of = Object.fromEntries(Array.from({ length: SHEETS }, (_, n) => [`Skolform ${n + 1}`, rows(10 + 17 * n)]));
  return workbook({ ...of, Förklaring: [['Siffrorna är påhittade och gäller alla skolformer.']] });
}

/** A column for each month of twenty years. */
function wide() {
  const months = Array.from({ length: COLUMNS }, (_, i) => `${2005 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`);
  const lines = PLACES.map((place, p) => [place, ...months.map((_, m) => (p === 2 && m === 200 ? 'fel' : (m * 7 + p * 13) % 91))].join(';'));
  return [['Kommun', ...months].join(';'), ...lines].join('\r\n');
}

export async function proof(stage) {
  const { page, window } = stage;
  const folder = mkdtempSync(join(tmpdir(), 'lagesbild-bevis-'));
  closeLater(async () => rmSync(folder, { recursive: true, force: true }));
  const choose = async (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    await stage.go('underlag');
    await stage.chooseFiles([join(folder, name)]);
    await page.getByRole('tab', { name: 'Tolkningsbevis' }).waitFor();
    await window.settled();
  };
  const tab = async (name) => {
    await page.getByRole('tab', { name }).click();
    await window.settled();
  };
  const line = (head) => page.locator('[role=tabpanel] dl > div', { has: page.locator('dt', { hasText: new RegExp(`^${head}$`) }) }).locator('dd');
  const said = async (head) => (await line(head).innerText()).replaceAll('\u00a0', ' ').trim();
  const leave = async () => {
    await page.locator('h1').focus();
    await page.keyboard.press('Escape');
    await page.waitForURL(/underlag$/);
  };
  const few = async () => {
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    if (elements > MOST_ELEMENTS) fail(`${elements} element i fönstret`);
  };

  await test('en bok med 25 blad: beviset räknar allt, bladen står på varsin rad', async () => {
    await choose('skolformer.xlsx', manySheets());
    const values = SHEETS * PLACES.length * 3;
    same(await page.locator('[role=tabpanel] dl dt').first().innerText(), 'Läses in', 'första raden');
    same(await said('Läses in'), `${values} värden`, 'värden');
    same(await said('Plats'), '8 kommuner: Åsele, Dorotea, Malå, Storuman …', 'platser');
    same(await said('Period'), '2022 till 2024, 3 perioder', 'perioder');
    same(await said('Läses inte'), 'Blad ”Förklaring”', 'blad som inte läses');
    await stage.looksFine('bevis-25-blad');
    await tab(/^Blad/);
    await stage.looksFine('bevis-bladen');
    const counts = await page.locator('[role=tabpanel] tbody td:nth-child(2)').allInnerTexts();
    same(counts.filter((text) => /^\d+$/.test(text)).reduce((sum, text) => sum + Number(text), 0), values, 'summan över bladen');
    await page.getByRole('button', { name: 'Skolform 19', exact: true }).press('Enter');
    await window.settled();
    same(await page.locator('.sheet td', { hasText: /^316$/ }).count(), 3, 'Åseles tre tal i det valda bladet');
    same(await page.locator('#sheet').inputValue(), 'Skolform 19', 'listan över blad');
    await tab('Värden');
    same(await page.locator('[data-value="0"]').innerText(), 'B2', 'värden från bladet');
    await few();
    await leave();
  });

  await test('240 kolumner bläddras och hittas; raden visar sin cell långt ut i rutnätet', async () => {
    await choose('manader.csv', wide());
    await few();
    same(await said('Läses in'), '1 919 värden', 'värden');
    const refused = line('Läses inte');
    if (!/^1 cell: /.test(await said('Läses inte'))) fail(await said('Läses inte'));
    await refused.getByRole('button', { name: /^Se / }).press('Enter');
    await window.settled();
    same(await page.locator('td.spot').innerText(), 'fel', 'cellen som inte läses');
    await tab('Kolumner');
    same(await page.locator('[role=tabpanel] li.one').count(), 20, 'kolumner på första sidan');
    await stage.looksFine('bevis-kolumner');
    await page.getByRole('button', { name: 'Nästa' }).press('Enter');
    await stage.has(/^21–40 av 241 kolumner$/);
    await page.getByLabel(/^Sök kolumn/).fill('2019-05');
    await window.settled();
    same(await page.locator('[role=tabpanel] li.one').count(), 1, 'träffar');
    const button = page.getByRole('button', { name: /^Visa kolumn/ });
    same(await button.innerText(), 'FR', 'kolumnen');
    await button.press('Enter');
    await window.settled();
    same(await page.locator('td.spot').innerText(), String((172 * 7) % 91), 'cellen i rutnätet');
    await page.getByLabel(/^Sök kolumn/).fill('finns inte');
    await stage.has('Ingen kolumn heter så.');
    await few();
    await leave();
  });

  await test('ett annat år än de som erbjuds skrivs in; det som inte är ett år sägs det om', async () => {
    await choose('arsfil.csv', 'Kommun;Antal;Per 100 000 inv.\r\nÅsele;120;4321\r\nDorotea;98;3999\r\nMalå;77;2555\r\n');
    await page.getByLabel('Annat år').fill('tretton');
    await page.getByLabel('Annat år').press('Enter');
    await window.settled();
    await stage.has('”tretton” känns inte igen.');
    await stage.looksFine('bevis-annat-ar');
    await page.getByLabel('Annat år').fill('2013');
    await page.getByLabel('Annat år').press('Enter');
    await window.settled();
    same(await said('Period'), '2013', 'perioden');
    await leave();
  });

  await test('en tabell utan plats: filens kommun med en tangent, en annan i ord', async () => {
    await choose('brott.csv', 'Brott;2022;2023;2024\r\nKlotter;14;15;11\r\nStöld;31;22;27\r\nMisshandel;9;7;12\r\n');
    await page.getByRole('button', { name: /^Åsele/ }).waitFor();
    await stage.looksFine('bevis-plats');
    await page.getByLabel('Kommun eller län').fill('Långtbortistan');
    await page.getByLabel('Kommun eller län').press('Enter');
    await window.settled();
    await stage.has('”Långtbortistan” känns inte igen.');
    await page.getByLabel('Kommun eller län').fill('Dorotea');
    await page.getByLabel('Kommun eller län').press('Enter');
    await window.settled();
    same(await said('Plats'), '1 kommun: Dorotea', 'platsen');
    await page.getByRole('button', { name: /^Ändra svaret/ }).press('Enter');
    await window.settled();
    await page.locator('h1').focus();
    await page.keyboard.press('1');
    await window.settled();
    same(await said('Plats'), '1 kommun: Åsele', 'platsen');
    await leave();
  });
}
