// Numbers that stand only in a report: typed with a spreadsheet's keys, pasted, asked about in place, changed and undone.
import { fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';

const PASTED = ['\t2023\t2024\t2025 prel.', 'Otrygga kvällstid, %\t31,5\t..\t28,0', 'n\t212\t198\t205', 'Anmälda brott, antal\t1.204\t1.187\t998'].join('\r\n');

export async function typedTable(stage) {
  const { page, window } = stage;
  const at = (row, column) => page.locator(`[data-at="${row}:${column}"]`);
  const text = (row, column) => at(row, column).inputValue();
  const keys = async (...names) => {
    for (const name of names) await page.keyboard.press(name);
  };
  const read = async (words) => stage.has(words).then(() => window.settled());

  await test('en tom tabell, med de fem senaste åren', async () => {
    await stage.go('underlag');
    await page.getByRole('link', { name: 'Skriv in en tabell' }).press('Enter');
    await page.getByRole('heading', { name: 'Skriv in en tabell' }).waitFor();
    await window.settled();
    const year = new Date().getFullYear();
    same(await Promise.all([2, 6].map((column) => text(0, column))), [String(year - 5), String(year - 1)], 'åren');
    await stage.looksFine('tabell-tom');
  });

  await test('pilar, Enter, Tab, F2 och Esc gör som i ett kalkylark', async () => {
    await at(1, 0).focus();
    await page.keyboard.type('Inbrott');
    await keys('ArrowRight');
    await at(1, 1).selectOption('antal');
    await keys('ArrowRight');
    await page.keyboard.type('12');
    await keys('Tab');
    await page.keyboard.type('17');
    await keys('Enter');
    same(await page.evaluate(() => document.activeElement.dataset.at), '2:3', 'Enter går nedåt');
    await keys('ArrowUp');
    await page.keyboard.type('99');
    await keys('Escape');
    same(await text(1, 3), '17', 'Esc tar tillbaka');
    await keys('F2', 'ArrowLeft');
    await page.keyboard.type('5');
    same(await text(1, 3), '157', 'F2 ändrar i cellen');
    await keys('Enter', 'ArrowUp', 'Delete', 'ArrowLeft');
    same([await text(1, 2), await text(1, 3)], ['12', ''], 'Delete tömmer');
    await read('1 värde att spara');
  });

  await test('en hel tabell klistras in; det tvetydiga frågas det om på plats', async () => {
    await stage.button('Kasta').click();
    await page.getByRole('link', { name: 'Skriv in en tabell' }).press('Enter');
    await at(1, 0).focus();
    await stage.paste(PASTED);
    await read('celler kan läsas på två sätt');
    same([await text(0, 4), await text(1, 1), await text(2, 1), await text(3, 2)], ['2025 prel.', 'procent', 'n', '1.204'], 'det inklistrade');
    same(await page.locator('input.asked').evaluateAll((cells) => cells.map((cell) => cell.dataset.at)), ['1:2', '1:4', '3:2', '3:3'], 'cellerna vi frågar om');
    await stage.looksFine('tabell-fraga');
    await stage.button(/^Komma/).press('Enter');
    await read('9 värden att spara');
    await stage.has('Fyll också i: namn, utgivare, var den står, vems bild');
  });

  await test('en felskriven cell pekas ut och hindrar inget annat', async () => {
    await at(3, 4).focus();
    await page.keyboard.type('99x');
    await read('1 cell att rätta');
    same(await at(3, 4).getAttribute('aria-invalid'), 'true', 'aria-invalid');
    await stage.looksFine('tabell-fel');
    await keys('Escape');
    await read('9 värden att spara');
  });

  await test('utan ursprung sparas inget, och inget går förlorat av att lämna vyn', async () => {
    await keys('Control+Enter');
    await stage.has('Ge tabellen ett namn.');
    window.forgetRefusals();
    await window.press('Alt+2');
    await window.press('Alt+1');
    await page.getByRole('link', { name: /Fortsätt skriva/ }).press('Enter');
    same(await text(3, 2), '1.204', 'det som var skrivet');
    for (const [label, value] of [['Tabellens namn', 'Trygghet i kommunen'], ['Vem har gett ut den?', 'Brå'], ['Var står den?', 'sida 14 i rapporten']]) await page.getByLabel(label).fill(value);
    await page.getByLabel('Vems bild?').selectOption('residents');
    await stage.looksFine('tabell-klar');
    await keys('Control+Enter');
    await page.waitForURL(/underlag$/);
    await stage.has('Trygghet i kommunen');
    same((await stage.call('sources')).map(({ kind, file, report }) => [kind, file, report.read, report.rejected]), [['manual', 'sida 14 i rapporten', 9, 0]], 'källan');
  });

  await test('tabellen ändras; Ctrl+Z ger den gamla tillbaka', async () => {
    const [before] = await stage.call('sources');
    await page.getByRole('link', { name: 'Ändra tabellen' }).press('Enter');
    await page.getByRole('heading', { name: 'Ändra Trygghet i kommunen' }).waitFor();
    await at(1, 2).focus();
    await page.keyboard.type('31,8');
    await page.waitForTimeout(300);
    await window.settled();
    await stage.has(/1 ändrade/);
    await keys('Control+Enter');
    await page.waitForURL(/underlag$/);
    await window.settled();
    const [after] = await stage.call('sources');
    same([after.report.changed, after.report.same], [1, 8], 'ändrade och lika');
    await page.locator('h1').focus();
    await keys('Control+z');
    await stage.has('Ångrade:', page.locator('.messages'));
    same((await stage.call('sources')).map((one) => one.id), [before.id], 'källan efter ångra');
    if ((await stage.call('check')).faults.length > 0) fail('filen är inte hel');
  });
}
