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
    if (/(hidden|clip)/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1) found.push(`${name} är avskuren nedtill`);
  }
  for (const field of document.querySelectorAll('input')) if (field.scrollWidth > field.clientWidth + 1) found.push(`fältet med ”${field.value.slice(0, 40)}” visar inte allt`);
  return found;
}

/** Lines of text that stand on one another. What scrolls out of sight in its box overlaps nothing. */
export function overlaps() {
  const lines = [];
  const walker = document.createTreeWalker(document.querySelector('dialog[open]') ?? document.body, NodeFilter.SHOW_TEXT);
  const boxes = (element) => (element ? [...(/(auto|scroll|hidden|clip)/.test(getComputedStyle(element).overflow) ? [element.getBoundingClientRect()] : []), ...boxes(element.parentElement)] : []);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!data.trim() || !parentElement.checkVisibility() || parentElement.closest('style, .hidden-but-read, .skip')) continue;
    // What is pinned while the rest scrolls lies above it, with a ground of its own.
    if (getComputedStyle(parentElement).position === 'sticky') continue;
    const clips = boxes(parentElement);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const r of range.getClientRects()) {
      const line = { text: data.trim().slice(0, 30), left: r.left, right: r.right, top: r.top + r.height * 0.2, bottom: r.bottom - r.height * 0.2 };
      for (const clip of clips) Object.assign(line, { left: Math.max(line.left, clip.left), right: Math.min(line.right, clip.right), top: Math.max(line.top, clip.top), bottom: Math.min(line.bottom, clip.bottom) });
      if (line.right - line.left > 2 && line.bottom - line.top > 2) lines.push(line);
    }
  }
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return lines.flatMap((a, i) => lines.slice(i + 1).filter((b) => over(a, b)).map((b) => `”${a.text}” och ”${b.text}” ligger på varandra`));
}

/** Words that betray a forgotten English text or a value that should not be seen. */
export function foreignWords() {
  const words = /\b(the|with|loading|error|save|cancel|delete|settings|unknown|undefined|null|NaN|submit|click|search|missing|untitled|filter by|no data)\b/gi;
  const attributes = ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'];
  const labels = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
  const texts = [document.title, document.body.innerText, ...labels.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''))];
  return texts.flatMap((text) => [...text.matchAll(words)].map((hit) => text.slice(Math.max(0, hit.index - 20), hit.index + 20).replaceAll('\n', ' ')));
}
