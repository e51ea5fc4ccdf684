// Person data is held back and asked about; what is purged is really gone. A survey's questions are what a person says they are.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLater, fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';

const PHONE = '070-174 06 05';
const LIST = `Datum;Plats;Kategori;Beskrivning\r\n2026-03-01;Stationen;Skadegörelse;Klotter på väggen\r\n2026-03-02;Torget;Oro;Ring mig på ${PHONE}\r\n2026-03-03;Skolan;Buskörning;Moped på gården\r\n`;

export async function personData(stage) {
  const { page, window } = stage;
  const folder = mkdtempSync(join(tmpdir(), 'lagesbild-vakt-'));
  closeLater(async () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'iakttagelser.csv');
  writeFileSync(path, LIST);
  const answers = [];
  page.on('response', async (response) => response.url().endsWith('/call') && answers.push(await response.text().catch(() => '')));

  await test('ett telefonnummer hålls tillbaka, och frågan visar bara en maskad cell', async () => {
    await stage.go('underlag');
    await stage.chooseFiles([path]);
    await page.getByRole('heading', { name: 'Personuppgifter' }).waitFor();
    await window.settled();
    await stage.looksFine('las-personuppgifter');
    if ((await page.content()).includes(PHONE) || answers.some((text) => text.includes(PHONE))) fail('numret syns');
    await page.locator('h1').focus();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /Ändra svaret/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/underlag$/);
    await window.settled();
    if (readFileSync((await stage.shell('state')).path).includes(Buffer.from(PHONE))) fail('numret finns i filen');
  });

  await test('Rensa säger vad som försvinner, och det kommer inte tillbaka med Ctrl+Z', async () => {
    const before = (await stage.call('sources')).length;
    await page.getByRole('button', { name: /^Rensa iakttagelser/ }).press('Enter');
    await page.getByRole('dialog').getByText('Det här går inte att ångra.').waitFor();
    await window.settled();
    await stage.looksFine('rensa');
    await stage.button('Rensa för alltid').press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await window.settled();
    same((await stage.call('sources')).length, before - 1, 'källor');
    const file = readFileSync((await stage.shell('state')).path);
    if (file.includes(Buffer.from('Moped på gården'))) fail('texten finns kvar i filen');
    await page.locator('h1').focus();
    await page.keyboard.press('Control+z');
    await window.settled();
    if ((await stage.call('sources')).some((one) => one.file === 'iakttagelser.csv')) fail('källan kom tillbaka');
  });

  await test('en fråga i en enkät räknas som det man säger', async () => {
    await stage.go('underlag');
    await stage.chooseFiles(['import/enkat-google.csv']);
    await page.getByRole('tab', { name: 'Frågor' }).click();
    await window.settled();
    const select = page.getByLabel(/^Vad är ”/).last();
    await select.selectOption('ignore');
    await window.settled();
    await stage.looksFine('las-enkat');
    same(await page.getByLabel(/^Vad är ”/).last().inputValue(), 'ignore', 'rollen');
    await page.getByRole('tab', { name: 'Tolkningsbevis' }).click();
    await page.getByLabel('Teckenkodning').selectOption('windows-1252');
    await window.settled();
    await stage.has(/Ã/);
    // Read with the wrong letters nobody knows the table; the way back stands where it stood.
    window.forgetRefusals();
    await page.getByLabel('Teckenkodning').selectOption('utf-8');
    await window.settled();
    await window.press('Alt+2');
    await window.press('Alt+1');
    await stage.has('Fortsätt med enkat-google.csv');
    await page.getByRole('link', { name: 'Fortsätt med enkat-google.csv' }).press('Enter');
    await page.getByRole('tab', { name: 'Frågor' }).click();
    same(await page.getByLabel(/^Vad är ”/).last().inputValue(), 'ignore', 'rollen efter ett besök någon annanstans');
    await page.keyboard.press('Escape');
  });
}
