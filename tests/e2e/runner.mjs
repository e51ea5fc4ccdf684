// A small test runner: named tests in order, one closing line that `cargo xtask test` reads.
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST = 60_000;
const counts = { passed: 0, failed: 0, skipped: 0 };
const closers = [];

export async function test(name, work) {
  const start = performance.now();
  try {
    await Promise.race([work(), sleep(LONGEST, undefined, { ref: false }).then(() => fail(`hann inte klart på ${LONGEST / 1000} s`))]);
    counts.passed += 1;
    console.log(`ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FEL     ${name}\n        ${String(error.stack ?? error).replaceAll('\n', '\n        ')}`);
  }
}

/** A test that stands on those before it: not tried once one of them has failed. */
export async function step(name, work) {
  if (counts.failed === 0) return test(name, work);
  counts.skipped += 1;
  console.log(`inte prövat: ${name}`);
}

export function fail(text) {
  throw new Error(text);
}

/** Fails with the list of what was found, if anything was. */
export function nothing(found, what) {
  if (found.length > 0) fail(`${what}:\n  ${found.join('\n  ')}`);
}

/** Something to be closed when all is done, last opened first. */
export function closeLater(close) {
  closers.push(close);
}

/** Runs the file's tests, then closes everything and prints the counts. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    counts.failed += 1;
    console.log(`FEL     ${error.stack ?? error}`);
  }
  for (const close of closers.reverse()) await close().catch((error) => console.log(`(stängning: ${error.message})`));
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  process.exit(counts.failed > 0 ? 1 : 0);
}
