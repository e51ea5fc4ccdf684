// The whole chain by hand in a browser, on the practice municipality: each step stands on the one before.
// Steps are added here as the screens they use come to stand.
import { ask, startBridge } from './bridge-server.mjs';
import { PLACES } from './places.mjs';
import { fail, main, nothing, test } from './runner.mjs';
import { AppWindow, openBrowser } from './window.mjs';

await main(async () => {
  const address = await startBridge();
  const window = await AppWindow.open(await openBrowser(), address);

  await test('övningskommunen öppnas', async () => {
    const { status, answer } = await ask(address, 'shell', 'example');
    if (status !== 200 || !answer.name?.endsWith('.lagesbild')) fail(JSON.stringify(answer));
  });

  await test('alla platser i ordning, utan att sidan klagar', async () => {
    for (const place of PLACES) await window.go(place);
    nothing(window.complaints, 'sidan klagar');
  });
});
