// Every place at both sizes, light and dark: drawn, accessible, uncut, Swedish. Leaves pictures in out/screens.
import { ask, startBridge } from './bridge-server.mjs';
import { PLACES, PROJECTOR, SIZES } from './places.mjs';
import { fail, main, test } from './runner.mjs';
import { AppWindow, openBrowser } from './window.mjs';

async function looks(browser, address, size, colorScheme) {
  for (const place of [...PLACES, PROJECTOR]) {
    const name = `${place.route}-${size.width}x${size.height}${colorScheme === 'dark' ? '-mork' : ''}`;
    await test(name, async () => {
      const window = await AppWindow.open(browser, address, { ...size, colorScheme });
      try {
        await window.go(place);
        await window.picture(name);
        await window.isFine();
      } finally {
        await window.close();
      }
    });
  }
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
  const { status, answer } = await ask(address, 'shell', 'example');
  if (status !== 200) fail(`övningskommunen: ${JSON.stringify(answer)}`);
  const browser = await openBrowser();
  for (const size of SIZES) await looks(browser, address, size, 'light');
  await looks(browser, address, SIZES[0], 'dark');
  await keys(browser, address);
});
