// The whole chain as a person walks it, in a browser, on a real municipality: from files to a saved agreement, then followed up and undone.
// Each step stands on the one before; keys are used wherever a person would use them. Leaves pictures in out/screens.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { ask, startBridge } from './bridge-server.mjs';
import { ROOT } from './places.mjs';
import { fail, main, nothing, step as test } from './runner.mjs';
import { AppWindow, openBrowser } from './window.mjs';

const BROKEN = ['empty.csv', 'binary.csv', 'truncated.xlsx', 'protected.xlsx', 'header-only.csv', 'pdf.csv'];
const SOUND = ['databasfil.txt', 'resultat.xlsx', 'folkmangd.csv', 'enkat-forms.csv', 'faltrapporter.xlsx'];
const GOAL = 'Anmäld skadegörelse ska ha minskat före utgången av 2028.';
const COMMITMENT = 'gå trygghetsvandring i centrum';
const PURPOSE = 'Fler ska kunna röra sig fritt i Åsele.';
/** Twelve slips, a digit per problem. The second problem is the one the group is least at one about. */
const SLIPS = ['512', '521', '452', '531', '512', '351', '422', '511', '543', '452', '521', '533'];

const address = await startBridge();
const browser = await openBrowser();
const window = await AppWindow.open(browser, address);
const { page } = window;
/** What the window asked and was answered: nothing may leak there either. */
const answers = [];
page.on('response', async (response) => response.url().endsWith('/call') && answers.push(await response.text().catch(() => '')));

const button = (name, exact = true) => page.getByRole('button', { name, exact });
const call = async (command, request = {}) => {
  const { status, answer } = await ask(address, 'call', command, request);
  if (status !== 200) fail(`${command}: ${JSON.stringify(answer)}`);
  return answer.value;
};
const looksFine = async (name) => {
  await window.settled();
  await window.picture(`flow-${name}`);
  if (name.startsWith('fel-')) window.forgetRefusals();
  await window.isFine();
};
const has = async (text, where = page.locator('main')) => {
  await where.getByText(text).first().waitFor({ timeout: 5_000 }).catch(async () => fail(`”${text}” syns inte, bara:\n${(await where.first().innerText()).slice(0, 1_500)}`));
};
const same = (got, wanted, what) => JSON.stringify(got) === JSON.stringify(wanted) || fail(`${what}: ${JSON.stringify(got)}, inte ${JSON.stringify(wanted)}`);

/** Files chosen with the button: a browser does not let Ctrl+O alone open its dialog, where the native shell does. */
async function chooseFiles(folder, names) {
  await page.getByRole('heading', { name: 'Vad bygger bilden på?' }).waitFor();
  await window.settled();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(/^Läs in filer/).press('Enter')]);
  await chooser.setFiles(names.map((name) => `${ROOT}fixtures/${folder}/${name}`));
  await page.waitForURL(/las-in/);
  await window.settled();
}

async function begin() {
  await test('startskärmen, och en ny fil för Åsele', async () => {
    await page.goto(address);
    await looksFine('start');
    await page.getByLabel('Kommun eller kommuner').focus();
    await page.keyboard.type('Åsele');
    await page.keyboard.press('Enter');
    await page.waitForURL(/underlag/);
    await has('Här finns inget underlag än.');
    await looksFine('underlag-tomt');
    same((await call('status')).municipalities, ['Åsele'], 'kommuner');
  });
  for (const [key, name] of [['Alt+2', 'lagesbild'], ['Alt+3', 'prioritera'], ['Alt+4', 'overenskommelse'], ['Alt+5', 'folj-upp']]) {
    await test(`${name} utan något i`, async () => {
      await window.press(key);
      await looksFine(`${name}-tomt`);
    });
  }
}

async function brokenFiles() {
  await window.press('Alt+1');
  const before = [await call('status'), await call('sources'), await call('history')];
  for (const name of BROKEN) {
    await test(`${name} ger ett fel med filens namn och ändrar inget`, async () => {
      await chooseFiles('broken', [name]);
      const alert = page.getByRole('alert').filter({ hasText: name });
      await has('Inget är sparat och inget är ändrat.');
      const words = await alert.innerText();
      if (!/[A-ZÅÄÖ].{15,}/.test(words.replace(name, ''))) fail(`felet säger bara ”${words}”`);
      await looksFine(`fel-${name}`);
        same(await button(/^Läs in/, false).count(), 0, 'knappar för att läsa in');
      await page.keyboard.press('Escape');
      await page.waitForURL(/underlag$/);
      same([await call('status'), await call('sources'), await call('history')], before, 'filen');
    });
  }
  await test('en tabell som inte känns igen: felet namnger raden', async () => {
    await chooseFiles('import', ['okand-tabell.csv']);
    const words = await page.getByRole('alert').filter({ hasText: 'okand-tabell.csv' }).innerText();
    if (!/rad 1/.test(words)) fail(words);
    await looksFine('fel-okand-tabell');
    await page.keyboard.press('Escape');
    same(await call('sources'), [], 'källor');
  });
}

async function readIn() {
  await test('ett tvivel besvaras med tangenten 1, sedan läses filen in', async () => {
    await chooseFiles('import', ['ar-i-kolumner.xlsx']);
    await has('Vad betyder strecket?');
    await looksFine('tvivel');
    same((await page.locator('td.asked').allInnerTexts()).map((text) => text.split('\n')[0]), ['-'], 'rutan vi frågar om');
    await page.keyboard.press('1');
    await page.getByRole('button', { name: /Ändra svaret/ }).waitFor();
    await looksFine('tvivel-besvarat');
    await page.keyboard.press('Control+Enter');
    await has('ar-i-kolumner.xlsx är inläst.');
    await looksFine('inlast');
  });
  await test('filerna i kö läses in en efter en', async () => {
    await chooseFiles('import', SOUND);
    for (const name of SOUND) {
      await page.getByRole('heading', { name: `Så här läser vi ${name}` }).waitFor();
      await looksFine(`las-${name}`);
      // A layout that is known by its description only is asked about once.
      if (await page.getByText('Stämmer läsningen?').count()) {
        await page.keyboard.press('1');
        await page.getByRole('button', { name: /Ändra svaret/ }).waitFor();
        await window.settled();
      }
      await page.keyboard.press('Control+Enter');
    }
    await page.waitForURL(/underlag$/);
    for (const name of SOUND) await has(`${name} är inläst.`);
    same((await call('sources')).length, 1 + SOUND.length, 'källor');
    await looksFine('underlag');
  });
  await test('personuppgifter i filerna kom aldrig in', async () => {
    const all = JSON.stringify([await call('sources'), await call('overview', { area: null })]);
    if (/example\.org|Påhittad/.test(all + (await page.locator('main').innerText()))) fail('en adress eller ett namn följde med');
  });
}

/** What stands in a semicolon file at a cell: read here without the program. */
function inFile(name, row, column) {
  const text = new TextDecoder('windows-1252').decode(readFileSync(`${ROOT}fixtures/import/${name}`));
  return text.split(/\r?\n/)[row - 1].split(';')[column.charCodeAt(0) - 65];
}

/** To a theme's row by the arrows, wherever the disagreement has put it. */
async function toTheme(name) {
  const here = () => page.evaluate(() => document.activeElement.textContent.trim());
  for (const arrow of ['ArrowUp', 'ArrowDown']) {
    for (let before = null; before !== (before = await here());) {
      if (before === name) return;
      await page.keyboard.press(arrow);
    }
  }
  fail(`pilarna når inte ”${name}”`);
}

async function picture() {
  await test('översikten, källceller med K: rätt ruta och rätt tal', async () => {
    await window.press('Alt+2');
    await page.locator('a.theme', { hasText: 'Skadegörelse' }).focus();
    await looksFine('oversikt');
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog');
    await dialog.locator('td.framed').first().waitFor();
    await looksFine('kallceller');
    const police = dialog.locator('section', { has: page.locator('.mark.police') });
    const [, file, row, column] = /^(\S+), rad (\d+), kolumn ([A-Z])$/.exec((await police.locator('p.small').first().innerText()).trim());
    const framed = (await police.locator('td.framed').allInnerTexts()).map((text) => text.trim());
    const theme = (await call('overview', { area: null })).themes.find((one) => one.theme === 'skadegorelse');
    same(framed, [inFile(file, Number(row), column)], 'inramad ruta mot filen');
    same(theme.police.number, framed[0], 'talet i översikten');
    same((await police.locator('tr.inside > th').allInnerTexts()), [row], 'inramad rad');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    same(await page.evaluate(() => document.activeElement.textContent), 'Skadegörelse', 'fokus efter dialogen');
  });
  await test('tre teman blir problem med P, med sina figurer', async () => {
    await page.keyboard.press('p');
    await has('”Skadegörelse” ligger nu bland problemen', page.locator('.messages'));
    await looksFine('p-tryckt');
    for (const name of ['Våld i offentlig miljö', 'Trygghet utomhus']) {
      await toTheme(name);
      await page.keyboard.press('p');
      await has(`”${name}” ligger nu`, page.locator('.messages'));
    }
    const { problems } = await call('priorities');
    same(problems.map((one) => one.title), ['Skadegörelse', 'Våld i offentlig miljö', 'Trygghet utomhus'], 'problem');
    if (problems.some((one) => one.figures.length === 0)) fail('ett problem saknar figurer');
  });
  await test('temasidan öppnas med Enter', async () => {
    await toTheme('Skadegörelse');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tema\/skadegorelse/);
    await page.getByRole('link', { name: 'Visa bland problemen' }).waitFor();
    await looksFine('tema');
    await button('Visa tabell').first().click();
    await looksFine('tema-tabell');
    await page.keyboard.press('k');
    await page.getByRole('dialog').locator('td.framed').first().waitFor();
    await looksFine('tema-kallceller');
    await page.keyboard.press('Escape');
  });
  await test('? visa tangenterna, L byter till mörkt och tillbaka', async () => {
    await page.keyboard.press('?');
    await has('Tangenter', page.getByRole('dialog'));
    await looksFine('hjalp');
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await looksFine('tema-mork');
    await page.keyboard.press('l');
  });
}

async function matrix() {
  await test('matrisen bedöms med pilar och siffror', async () => {
    await window.press('Alt+3');
    await looksFine('problem');
    await page.getByRole('link', { name: /^Matris/ }).press('Enter');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    const rows = (await call('priorities')).matrix.rows;
    const byHand = rows.map((row, r) => (row.cells.some((cell) => cell.computed) ? -1 : r)).filter((r) => r >= 0).slice(0, 2);
    for (let r = 0; r < byHand[0]; r += 1) await page.keyboard.press('ArrowDown');
    for (const digit of ['4', '2', '1']) {
      await page.keyboard.press(digit);
      await page.keyboard.press('ArrowRight');
      await window.settled();
    }
    for (let r = byHand[0]; r < byHand[1]; r += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('3');
    await page.waitForFunction((at) => document.querySelector(`[data-at="${at}"] .level.on`), `${byHand[1]}-2`);
    const after = (await call('priorities')).matrix.rows;
    same(after[byHand[0]].cells.map((cell) => cell.level), [4, 2, 1], 'första raden');
    same(after[byHand[1]].cells.map((cell) => cell.level), [null, null, 3], 'andra raden');
    await looksFine('matris');
  });
  await test('en siffra på en beräknad ruta ändrar inget', async () => {
    const before = await call('priorities');
    const at = before.matrix.rows.findIndex((row) => row.cells[0].computed);
    await page.locator(`[data-at="${at}-0"]`).focus();
    await page.keyboard.press('4');
    await window.settled();
    same(await call('priorities'), before, 'prioriteringarna');
  });
}

/** Everything a watcher could see: the page, its title, and what the core answers. Ids and times are not votes. */
async function visible() {
  await window.settled();
  const drawn = await page.evaluate(() => [document.title, document.body.outerHTML, JSON.stringify({ ...localStorage })]);
  const { slips, ...rest } = (await call('priorities')).round;
  const told = [rest, slips, (await call('status')).undo, (await call('history'))[0].label];
  return [...drawn, JSON.stringify(told)].map((text) => text.replace(/svelte-[a-z0-9]+|\bc\d+\b/g, ''));
}

async function typeSlip(digits, number) {
  await page.getByRole('heading', { name: `Lapp ${number}`, exact: true }).waitFor();
  await page.getByRole('spinbutton').first().focus();
  await page.keyboard.type(digits);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Dra tillbaka lapp ${number}`, exact: true }).waitFor();
  await window.settled();
}

async function round() {
  await test('en runda för tolv börjar', async () => {
    await page.getByRole('link', { name: /^Blind runda/ }).press('Enter');
    await page.getByLabel('Hur många röstar?').waitFor();
    await looksFine('omgang-start');
    await page.getByLabel('Hur många röstar?').fill('12');
    await page.keyboard.press('Enter');
    await has('0 av 12 inlagda');
  });
  await test('två olika lappar ser likadana ut på skärmen och i svaren', async () => {
    await typeSlip('555', 1);
    const one = await visible();
    await button('Dra tillbaka lapp 1').click();
    await has('0 av 12 inlagda');
    await typeSlip('1', 1);
    const other = await visible();
    for (const [i, what] of ['titeln', 'sidan', 'det sparade', 'svaren'].entries()) same(other[i], one[i], what);
    await button('Dra tillbaka lapp 1').click();
    await has('0 av 12 inlagda');
  });
  await test('tolv lappar med siffror och Enter; inget avslöjas före öppnandet', async () => {
    answers.length = 0;
    for (const [i, digits] of SLIPS.entries()) await typeSlip(digits, i + 1).catch((error) => (i === 11 ? has('Alla lappar är inne') : Promise.reject(error)));
    await has('12 av 12 inlagda');
    await looksFine('omgang-alla');
    const all = [...answers, JSON.stringify([await call('priorities'), await call('history'), await call('status')])].join('\n');
    const leaks = all.match(/"(scores|counts|median|quartiles|agreement)":\s*[^n]/g) ?? [];
    nothing(leaks, 'ett svar säger något om rösterna');
    same((await call('priorities')).round.results, [], 'resultat före öppnandet');
  });
  await test('rundan öppnas, och räkningen stämmer med lapparna', async () => {
    await button('Öppna rundan').press('Enter');
    await has('Störst spridning först.');
    await looksFine('omgang-resultat');
    const wanted = Object.fromEntries((await call('priorities')).problems.map((one, p) => [one.title, [1, 2, 3, 4, 5].map((score) => SLIPS.filter((slip) => Number(slip[p]) === score).length)]));
    for (const row of await page.locator('table.lined tbody tr').all()) {
      const title = await row.locator('.serif').innerText();
      const dots = await row.locator('td.score').evaluateAll((cells) => cells.map((cell) => cell.querySelectorAll('i').length));
      same(dots, wanted[title], title);
    }
  });
}

async function decide(title, outcome, reason) {
  const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  await item.getByRole('button', { name: outcome, exact: true }).press('Enter');
  await page.keyboard.type(reason);
  await looksFine(`beslut-${outcome}`);
  await item.getByLabel(/^Närvarande/).fill('trygghetssamordnare, kommunpolis');
  await page.keyboard.press('Enter');
  await item.getByText(reason).waitFor();
}

async function decisions() {
  await test('ett problem prioriteras och ett prioriteras bort, med skäl', async () => {
    await page.getByRole('link', { name: /^Beslut/ }).press('Enter');
    await decide('Skadegörelse', 'prioriterat', 'Gruppen är överens och det går att göra något åt.');
    await decide('Trygghet utomhus', 'bortprioriterat', 'Underlaget är för litet; enkäten görs om nästa år.');
    await looksFine('beslut');
    const { problems } = await call('priorities');
    same(problems.map((one) => one.decision?.outcome ?? null), ['prioritised', null, 'deprioritised'], 'beslut');
  });
}

async function party(name, kind, signatory) {
  await button('Lägg till part').press('Enter');
  await page.getByLabel('Namn', { exact: true }).fill(name);
  await page.getByLabel('Slag').selectOption(kind);
  await page.getByLabel(/^Undertecknas av/).fill(signatory);
  await page.keyboard.press('Enter');
  await has(name, page.getByRole('listitem'));
}

async function frame() {
  await test('parter, ramar och giltighet', async () => {
    await window.press('Alt+4');
    await page.getByRole('link', { name: /^Parter och giltighet/ }).press('Enter');
    const there = (await call('agreement')).parties.map((one) => one.kind);
    if (!there.includes('municipality')) await party('Åsele kommun', 'municipality', 'kommunstyrelsens ordförande');
    if (!there.includes('police')) await party('Polisen i Södra Lappland', 'police', 'lokalpolisområdeschef');
    await page.getByLabel(/^Syfte/).fill(PURPOSE);
    await page.getByLabel(/^Uppföljning/).fill('Styrgruppen följer upp två gånger om året och berättar för invånarna.');
    await page.getByLabel('Diarienummer').fill('KS 2026/12');
    await page.keyboard.press('Tab');
    await page.getByLabel('till ett visst datum').check();
    await page.getByLabel(/^Från/).fill('2027-01-01');
    await page.getByLabel(/^Till och med/).fill('2028-12-31');
    await page.keyboard.press('Tab');
    await has('31 december 2028');
    await looksFine('ramar');
  });
}

async function focusArea() {
  await test('fokusområde ur beslutet, mål och åtagande', async () => {
    await page.getByRole('link', { name: /^Fokusområden/ }).press('Enter');
    await button('Ta in Skadegörelse').press('Enter');
    const area = page.getByRole('region', { name: '1. Skadegörelse' });
    await area.getByRole('button', { name: 'Lägg till mål' }).press('Enter');
    await page.keyboard.type(GOAL);
    await area.getByLabel('Mäts med').selectOption({ index: 1 });
    await looksFine('mal');
    await area.getByRole('button', { name: 'Spara målet' }).press('Enter');
    await has(GOAL, area);
    await area.getByRole('button', { name: 'Lägg till åtagande' }).press('Enter');
    for (const box of await area.locator('fieldset input').all()) await box.press('Space');
    await area.getByLabel('… åtar sig att').fill(COMMITMENT);
    await area.getByLabel('Minst antal gånger').fill('6');
    await area.getByLabel('per', { exact: true }).selectOption('year');
    await area.getByLabel('Ingår i medborgarlöftet').press('Space');
    await looksFine('atagande');
    await area.getByRole('button', { name: 'Spara åtagandet' }).press('Enter');
    await has(/åtar sig att gå trygghetsvandring i centrum minst sex gånger per år/, area);
    await looksFine('fokusomrade');
  });
}

/** The text of the preview, with ordinary spaces. */
const previewed = () => page.evaluate(() => (document.querySelector('iframe')?.contentDocument?.body?.innerText ?? '').replaceAll('\u00a0', ' '));

async function preview() {
  await test('lagens krav är uppfyllda', async () => {
    await page.getByRole('link', { name: /^Krav och dokument/ }).press('Enter');
    await page.locator('iframe').waitFor();
    const unmet = (await call('agreement')).checks.filter((check) => !check.met && check.blocks);
    nothing(unmet.map((check) => `${check.section} ${check.demand}: ${check.hint}`), 'saknas');
    await looksFine('dokument');
  });
  await test('förhandsvisningen har klausulen med sin fotnot', async () => {
    await page.waitForFunction(() => (document.querySelector('iframe')?.contentDocument?.body?.innerText ?? '').length > 500);
    const text = await previewed();
    for (const part of [GOAL, COMMITMENT, PURPOSE, 'UTKAST', '31 december 2028']) if (!text.toUpperCase().includes(part.toUpperCase())) fail(`”${part}” finns inte i:\n${text.slice(0, 3_000)}`);
    const { figures } = (await call('agreement')).focus_areas[0];
    const notes = await page.evaluate(() => [...document.querySelector('iframe').contentDocument.querySelectorAll('a[href^="#"]')].map((link) => {
      const target = link.ownerDocument.getElementById(decodeURIComponent(link.hash.slice(1)));
      return [link.closest('p, li, td')?.innerText ?? '', target?.innerText ?? ''];
    }));
    const police = figures.find((figure) => figure.answer.perspective === 'police');
    const note = notes.find(([, foot]) => foot.includes('databasfil.txt') && /rad \d+/.test(foot));
    if (!police || !note) fail(`ingen fotnot leder till databasfil.txt:\n${JSON.stringify(notes, null, 1).slice(0, 3_000)}`);
  });
  await test('dokumentet klarar axe', async () => {
    const { html } = await call('document', { kind: 'agreement', public: false, municipality: null, path: null });
    const alone = await AppWindow.open(browser, address);
    await alone.page.setContent(html);
    await alone.isAccessible();
    await alone.close();
  });
}

/** One file out of a zip, by its central directory. */
function unzipped(bytes, wanted) {
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, size, nameLength] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const part = bytes.subarray(start, start + size);
      return (method === 0 ? part : inflateRawSync(part)).toString('utf8');
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return fail(`${wanted} finns inte i arkivet`);
}

async function savedAs(format) {
  await button(`${format} …`).press('Enter');
  const saved = page.getByRole('status').locator('b').filter({ hasText: 'Överenskommelse Åsele utkast' }).filter({ hasText: format === 'PDF' ? '.pdf' : '.docx' });
  await saved.waitFor();
  return readFileSync(await saved.innerText());
}

async function documents() {
  await test('Word sparas och är Word', async () => {
    const words = unzipped(await savedAs('Word'), 'word/document.xml').replace(/<[^>]+>/g, '');
    for (const part of [GOAL, COMMITMENT, PURPOSE]) if (!words.includes(part)) fail(`”${part}” finns inte i dokumentet`);
    await looksFine('sparat-word');
  });
  await test('PDF sparas och är PDF', async () => {
    const bytes = await savedAs('PDF');
    if (!bytes.subarray(0, 8).toString('latin1').startsWith('%PDF-1.') || !bytes.subarray(-32).toString('latin1').includes('%%EOF')) fail('inte en hel pdf');
    if (!/\/MarkInfo|\/StructTreeRoot/.test(bytes.toString('latin1'))) fail('pdf:en är inte taggad');
    await looksFine('sparat-pdf');
  });
  for (const kind of ['Lägesbild', 'Åtgärdsplan', 'Medborgarlöfte', 'Protokoll']) {
    await test(`${kind} förhandsvisas`, async () => {
      await button(kind).press('Enter');
      await page.waitForFunction((kind) => document.querySelector('iframe')?.title === `Förhandsvisning: ${kind}`, kind);
      await window.settled();
      await page.waitForFunction(() => /Åsele/.test(document.querySelector('iframe')?.contentDocument?.body?.innerText ?? ''));
      await looksFine(`dokument-${kind.toLowerCase()}`);
    });
  }
}

async function followUp() {
  await test('ett åtagande stäms av', async () => {
    await window.press('Alt+5');
    await button('pågår').first().press('Enter');
    await page.keyboard.type('Två vandringar är gjorda.');
    await looksFine('avstamning');
    await button('Spara avstämningen').press('Enter');
    await has('”Två vandringar är gjorda.”');
    await looksFine('folj-upp');
  });
  await test('Ctrl+Z tar tillbaka avstämningen och Ctrl+Skift+Z gör om den', async () => {
    const before = await call('follow_up');
    await page.locator('h1').focus();
    await page.keyboard.press('Control+z');
    await has('Ångrade:', page.locator('.messages'));
    same((await call('follow_up')).commitments[0].check_ins, [], 'avstämningar');
    await has('inte avstämt än');
    await looksFine('angrat');
    await page.keyboard.press('Control+Shift+z');
    await has('Gjorde om:', page.locator('.messages'));
    same(await call('follow_up'), before, 'uppföljningen');
    await has('”Två vandringar är gjorda.”');
  });
  await test('allt går att ångra, ända till den tomma filen, och göra om igen', async () => {
    const [before, agreement] = [await call('status'), await call('agreement')];
    let steps = 0;
    for (; (await call('status')).undo && steps < 100; steps += 1) await call('undo');
    const { sources, values, problems, decisions } = await call('status');
    same({ sources, values, problems, decisions }, { sources: 0, values: 0, problems: 0, decisions: 0 }, 'den tomma filen');
    for (; steps > 0; steps -= 1) await call('redo');
    same([await call('status'), await call('agreement')], [before, agreement], 'filen');
  });
  await test('filen är hel, och historien säger vad som gjorts', async () => {
    await page.getByRole('link', { name: 'Fil', exact: true }).press('Enter');
    await button('Kontrollera filen').press('Enter');
    await has('Filen är hel.');
    await looksFine('fil');
  });
}

await main(async () => {
  for (const chapter of [begin, brokenFiles, readIn, picture, matrix, round, decisions, frame, focusArea, preview, documents, followUp]) await chapter();
});
