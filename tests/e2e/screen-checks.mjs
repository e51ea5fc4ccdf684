// What must hold on every screen, written as functions that run inside the page: in Chromium and in the real window alike.
import { readFileSync } from 'node:fs';
import { require } from './places.mjs';

export const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Every rule of WCAG 2.0, 2.1 and 2.2 at level A and AA; nothing excluded. */
export async function axeViolations() {
  const options = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  };
  const { violations } = await window.axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`));
}

/** Text that runs out of the window or is cut by its box, and a page that must be scrolled sideways. */
export function cutText() {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) found.push(`sidan är ${root.scrollWidth} bred i ett fönster på ${root.clientWidth}`);
  const scrolls = (element) => element && (/(auto|scroll)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    // Text for screen readers only is a pixel large by design.
    if (!ownText(element) || box.width <= 1 || box.height <= 1 || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const name = `${element.tagName.toLowerCase()} ”${element.textContent.trim().slice(0, 40)}”`;
    if ((box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(element.parentElement)) found.push(`${name} sticker ut ur fönstret`);
    if (/(hidden|clip)/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${name} är avskuren`);
  }
  return found;
}

/** Words that betray a forgotten English text or a value that should not be seen. */
export function foreignWords() {
  const words = /\b(the|with|loading|error|save|cancel|delete|settings|unknown|undefined|null|NaN|submit|click|search|missing|untitled|filter by|no data)\b/gi;
  const attributes = ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'];
  const labels = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
  const texts = [document.title, document.body.innerText, ...labels.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''))];
  return texts.flatMap((text) => [...text.matchAll(words)].map((hit) => text.slice(Math.max(0, hit.index - 20), hit.index + 20).replaceAll('\n', ' ')));
}
