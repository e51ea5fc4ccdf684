// The bridge itself: only this machine may ask, nothing outside its folders is handed out, errors keep their code.
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { ask, startBridge } from './bridge-server.mjs';
import { fail, main, test } from './runner.mjs';

function raw(address, path, { method = 'GET', headers = {}, body } = {}) {
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    asked.on('error', reject).end(body);
  });
}

function equal(got, wanted, what) {
  if (got !== wanted) fail(`${what}: ${got}, inte ${wanted}`);
}

await main(async () => {
  const address = await startBridge();
  const state = JSON.stringify({ command: 'state', request: {} });

  await test('ett annat värdnamn och en annan webbplats avvisas', async () => {
    equal((await raw(address, '/', { headers: { Host: 'lagesbild.example' } })).status, 403, 'Host');
    const elsewhere = { method: 'POST', body: state, headers: { Origin: 'http://lagesbild.example' } };
    equal((await raw(address, '/shell', elsewhere)).status, 403, 'Origin');
    equal((await raw(address, '/shell', { method: 'POST', body: state })).status, 200, 'egen fråga');
  });

  await test('sidan har samma innehållspolicy som fönstret', async () => {
    const { status, headers } = await raw(address, '/');
    equal(status, 200, 'sidan');
    const config = JSON.parse(readFileSync(new URL('../../src-tauri/tauri.conf.json', import.meta.url), 'utf8'));
    equal(headers['content-security-policy'], config.app.security.csp, 'policy');
  });

  await test('inget utanför mapparna lämnas ut', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/saved/../../../etc/passwd', '/saved/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd']) {
      equal((await raw(address, path)).status, 404, path);
    }
  });

  await test('en uppladdad fil behåller sitt namn och sina byte', async () => {
    const bytes = Buffer.from([0xe5, 0x3b, 0x0d, 0x0a, 0x00]);
    const headers = { 'X-File-Name': encodeURIComponent('../trygghet år 2024.csv') };
    const { text } = await raw(address, '/upload', { method: 'POST', headers, body: bytes });
    const { path, name } = JSON.parse(text);
    equal(name, 'trygghet år 2024.csv', 'namn');
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) fail(`innehållet i ${path} är ett annat`);
  });

  await test('hur långt arbetet kommit svaras det på vid sidan av det som pågår', async () => {
    const { status, text } = await raw(address, '/progress', { method: 'POST' });
    equal(status, 200, 'status');
    const { stage, done, of } = JSON.parse(text);
    if (!stage || typeof done !== 'number' || typeof of !== 'number') fail(text);
    equal((await raw(address, '/cancel', { method: 'POST' })).status, 200, 'avbryt');
    const elsewhere = { method: 'POST', headers: { Origin: 'http://lagesbild.example' } };
    equal((await raw(address, '/cancel', elsewhere)).status, 403, 'avbryt från en annan webbplats');
  });

  await test('fel har kod och svenska ord', async () => {
    const { status, answer } = await ask(address, 'shell', 'open', { path: '/finns/inte.lagesbild' });
    equal(status, 422, 'status');
    if (!answer.code || !answer.message) fail(JSON.stringify(answer));
    equal((await ask(address, 'call', 'finns_inte')).answer.code, 'not_found', 'kod');
    equal((await raw(address, '/call', { method: 'POST', body: '{' })).status, 500, 'trasig JSON');
  });
});
