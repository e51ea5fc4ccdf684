// What is written down by hand: reports in twenty seconds, notes that can be changed, categories that find their theme, answers that are remembered.
import { fail, step as test } from '../runner.mjs';
import { same } from '../stage.mjs';

export async function writtenWords(stage) {
  const { page, window } = stage;
  const dialog = page.getByRole('dialog');
  const inStep = async (name, heading) => {
    await page.getByRole('link', { name, exact: true }).press('Enter');
    await page.getByRole('heading', { name: heading }).waitFor();
    await window.settled();
  };

  await test('R, vad, var, när, oro, Enter: en rapport med bara tangenter', async () => {
    await stage.go('underlag');
    const start = performance.now();
    await page.keyboard.press('r');
    await dialog.getByLabel('Vad?').waitFor();
    await page.keyboard.type('Skadegörelse');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Stationen');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('kv');
    await page.keyboard.press('Tab');
    for (let step = 0; step < 4; step += 1) await page.keyboard.press(step === 0 ? 'Space' : 'ArrowRight');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    if (performance.now() - start > 20_000) fail('det tog mer än tjugo sekunder');
    const [report] = await stage.call('reports');
    same([report.category, report.place, report.part_of_day, report.seriousness], ['Skadegörelse', 'Stationen', 'kväll', 4], 'rapporten');
    await stage.has('Rapporten om skadegörelse är sparad.', page.locator('.messages'));
  });

  await test('spara och skriv en till behåller dagen och tömmer resten', async () => {
    await page.keyboard.press('r');
    await dialog.getByLabel('Vad?').fill('Buskörning');
    await dialog.getByLabel('Del av dygnet').selectOption('natt');
    await stage.looksFine('rapport');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('En rapport är sparad').waitFor();
    same([await dialog.getByLabel('Vad?').inputValue(), await dialog.getByLabel('Del av dygnet').inputValue()], ['', 'natt'], 'fälten');
    // The list of suggestions is asked for anew after the report is saved.
    await dialog.locator('#report-categories option[value="Buskörning"]').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    same((await stage.call('reports')).length, 2, 'rapporter');
  });

  await test('ett namn i en rapport avvisas där det skrivs', async () => {
    await page.keyboard.press('r');
    await dialog.getByLabel('Vad?').fill('Oro');
    await dialog.getByLabel('Mer, om det behövs').fill('Ring 070-174 06 05');
    await page.keyboard.press('Enter');
    await stage.has('personuppgifter', dialog);
    window.forgetRefusals();
    await page.keyboard.press('Escape');
    same((await stage.call('reports')).length, 2, 'rapporter');
  });

  await test('rapporterna visas och tas bort, och tas tillbaka med Ctrl+Z', async () => {
    await inStep('Egna rapporter', 'Vad har ni sett?');
    await stage.looksFine('egna-rapporter');
    await page.getByRole('button', { name: 'Ta bort rapporten om Buskörning' }).press('Enter');
    await page.getByRole('button', { name: 'Ta bort rapporten om Buskörning' }).waitFor({ state: 'detached' });
    await page.locator('h1').focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Ta bort rapporten om Buskörning' }).waitFor();
  });

  await test('en rapport ändras där den står: resten behålls, klockslaget också; Ctrl+Z ger den gamla', async () => {
    await stage.call('add_report', { category: 'Klotter', place: 'Torget', date: '2026-03-09', time: '21:30', part_of_day: null, text: null, seriousness: 2, function: 'fältassistent', area: null, perspective: null });
    await stage.go('underlag');
    await inStep('Egna rapporter', 'Vad har ni sett?');
    const held = async () => (await stage.call('reports')).find((one) => one.category === 'Klotter');
    await page.getByRole('button', { name: 'Ändra rapporten om Klotter' }).press('Enter');
    await dialog.getByLabel('Var?').waitFor();
    same([await dialog.getByLabel('Var?').inputValue(), await dialog.getByLabel(/^När/).inputValue()], ['Torget', '2026-03-09'], 'fälten');
    await dialog.getByLabel('Var?').fill('Skolan');
    await stage.looksFine('rapport-andras');
    await dialog.getByLabel('Var?').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await stage.has('Rapporten om klotter är ändrad.', page.locator('.messages'));
    const { place, time, seriousness, date } = await held();
    same([place, time, seriousness, date], ['Skolan', '21:30', 2, '2026-03-09'], 'rapporten');
    await page.locator('h1').focus();
    await page.keyboard.press('Control+z');
    await window.settled();
    same((await held()).place, 'Torget', 'platsen efter ångra');
    await page.getByRole('button', { name: 'Ta bort rapporten om Klotter' }).press('Enter');
    await page.getByRole('button', { name: 'Ta bort rapporten om Klotter' }).waitFor({ state: 'detached' });
  });

  await test('en anteckning skrivs, ändras och tas bort', async () => {
    await inStep('Ord från dialogerna', 'Vad säger människor?');
    await stage.button('Skriv in en anteckning').press('Enter');
    await page.getByLabel('Anteckning').fill('Det är mörkt vid busshållplatsen.');
    await page.getByLabel('Vad är det?').selectOption('staff_dialogue');
    await page.getByLabel(/^När/).fill('2026-03-09');
    await stage.looksFine('anteckning');
    await stage.button('Spara anteckningen').press('Enter');
    await stage.has('”Det är mörkt vid busshållplatsen.”');
    await page.getByRole('button', { name: /^Ändra anteckningen/ }).press('Enter');
    await page.getByLabel('Anteckning').fill('Det är mörkt och halt vid busshållplatsen.');
    await stage.button('Spara anteckningen').press('Enter');
    await stage.has('”Det är mörkt och halt vid busshållplatsen.”');
    await stage.looksFine('ord');
    await page.getByRole('button', { name: /^Ta bort anteckningen/ }).press('Enter');
    await stage.has('Inga anteckningar än.');
    same(await stage.call('notes'), [], 'anteckningar');
  });

  await test('en kategori får sitt tema', async () => {
    await inStep('Kategorier och teman', 'Vilket tema hör det till?');
    const themes = await stage.call('themes');
    await page.getByLabel('Tema för Buskörning').selectOption(themes[0].id);
    await stage.has('du har valt');
    await stage.looksFine('kategorier');
    same((await stage.call('categories')).find((one) => one.category === 'Buskörning').theme, themes[0].id, 'temat');
    await page.getByLabel('Tema för Buskörning').selectOption('');
    await window.settled();
  });
}
