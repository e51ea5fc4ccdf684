// Starts a bridge of its own, with its own folder, and ends it with the test: the bridge stops when its input is closed.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { closeLater } from './runner.mjs';
import { ROOT } from './places.mjs';

export const BRIDGE = process.env.LAGESBILD_BRIDGE ?? `${process.env.CARGO_TARGET_DIR ?? `${ROOT}target`}/debug/lagesbild-bridge`;

/** @returns {Promise<string>} the address, `http://127.0.0.1:PORT` */
export async function startBridge(...words) {
  const child = spawn(BRIDGE, ['--attached', '--ui', `${ROOT}ui/dist`, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  closeLater(async () => {
    child.stdin.end();
    await exited;
  });
  const lines = createInterface({ input: child.stdout });
  return Promise.race([
    new Promise((resolve) => lines.once('line', resolve)),
    exited.then((code) => Promise.reject(new Error(`bryggan slutade med ${code}`))),
  ]);
}

/** A question to the bridge, past the interface: for setting the stage and for looking behind it. */
export async function ask(address, door, command, request = {}) {
  const response = await fetch(`${address}/${door}`, { method: 'POST', body: JSON.stringify({ command, request }) });
  return { status: response.status, answer: await response.json() };
}
