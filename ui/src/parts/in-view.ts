// Brings what the eye should land on into view in its own box, without moving the page.

/** For a box that scrolls: centres what matches, from the first to the last, when it comes and whenever `of` changes. */
export function showing(selector: string, of: unknown): (box: HTMLElement) => void {
  void of;
  return (box) => {
    const targets = [...box.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
    const [first, last] = [targets[0], targets.at(-1)];
    if (!first || !last) return;
    const outer = box.getBoundingClientRect();
    const inner = new DOMRect(first.left, first.top, last.right - first.left, last.bottom - first.top);
    const centre = (edge: number, size: number, from: number, room: number): number => edge - from - Math.max(0, (room - size) / 2);
    if (inner.bottom > outer.bottom || inner.top < outer.top) box.scrollTop += centre(inner.top, inner.height, outer.top, outer.height);
    if (inner.right > outer.right || inner.left < outer.left) box.scrollLeft += centre(inner.left, inner.width, outer.left, outer.width);
  };
}
