// Every place at both sizes, light and dark: drawn, accessible, uncut, Swedish. Leaves pictures in out/screens.
import { ask, startBridge } from './bridge-server.mjs';
import { INNER, PLACES, PROJECTOR, ROOT, SIZES } from './places.mjs';
import { fail, main, test } from './runner.mjs';
import { wallTests } from './wall.mjs';
import { AppWindow, openBrowser } from './window.mjs';

/** A file with a doubt, chosen and not yet read in. */
async function readingView({ page }) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /^Läs in filer/ }).press('Enter')]);
  await chooser.setFiles(`${ROOT}fixtures/import/arsfil-utan-rubrik-2021.csv`);
  await page.getByRole('heading', { name: /^Så här läser vi/ }).waitFor();
}

const STEPS = [
  ...PLACES,
  ...INNER,
  PROJECTOR,
  { route: 'underlag', name: 'las-in', reach: readingView },
  { route: 'lagesbild', name: 'kallceller', reach: ({ page }) => page.keyboard.press('k').then(() => page.locator('td.framed').first().waitFor()) },
  { route: 'lagesbild/tema/trygghet-ute', name: 'diagram-utanfor', reach: ({ page }) => page.locator('summary', { hasText: 'Använd utanför' }).first().click() },
  { route: 'fil', name: 'hjalp', reach: ({ page }) => page.keyboard.press('?') },
];

/** One window for each size and theme; the places are walked as a person walks them, without loading anew. */
async function looks(browser, address, steps, size, colorScheme) {
  const window = await AppWindow.open(browser, address, { ...size, colorScheme });
  for (const step of steps) {
    const name = `${step.name ?? step.route.replaceAll('/', '-')}-${size.width}x${size.height}${colorScheme === 'dark' ? '-mork' : ''}`;
    await test(name, async () => {
      window.complaints = [];
      await window.go(step);
      await step.reach?.(window);
      await window.settled();
      await window.picture(name);
      await window.isFine();
      if (step.reach) await window.page.keyboard.press('Escape');
    });
  }
  await window.close();
}

async function everywhere(browser, address, steps) {
  for (const colorScheme of ['light', 'dark']) for (const size of SIZES) await looks(browser, address, steps, size, colorScheme);
}

async function keys(browser, address) {
  await test('Alt+1…5 leder till platserna', async () => {
    const window = await AppWindow.open(browser, address);
    await window.go(PLACES.at(-1));
    for (const place of PLACES.filter((place) => place.key)) {
      await window.press(place.key);
      await window.page.waitForTimeout(50);
      if (window.route() !== place.route) fail(`${place.key} ledde till ”${window.route()}”, inte ”${place.route}”`);
    }
    await window.close();
  });
}

await main(async () => {
  const address = await startBridge();
  const browser = await openBrowser();
  await everywhere(browser, address, [{ route: '', name: 'start' }]);
  const { status, answer } = await ask(address, 'shell', 'example');
  if (status !== 200) fail(`övningskommunen: ${JSON.stringify(answer)}`);
  await everywhere(browser, address, STEPS);
  await keys(browser, address);
  await wallTests(browser, address);
});
