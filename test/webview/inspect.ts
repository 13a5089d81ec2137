// Looks at a drawn diagram for what a person would complain about. The functions given to `evaluate` run in the page.
import type { Page } from 'playwright-core';

export function attributes(page: Page, selector: string, name: string): Promise<string[]> {
  return page.$$eval(selector, (all, wanted) => all.map((each) => each.getAttribute(wanted) ?? ''), name);
}

/** Labels on labels or nodes, titles outside their outline, and edges through steps that are not their ends. */
export function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const boxOf = (element: Element): DOMRect => element.getBoundingClientRect();
    const meet = (a: DOMRect, b: DOMRect): boolean =>
      a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
    const labels = [...document.querySelectorAll('.aiwf-label-text')];
    const bodies = [...document.querySelectorAll('.aiwf-node')].map((node) => ({
      id: node.getAttribute('data-step'),
      box: boxOf(node.querySelector('.aiwf-body') ?? node),
      text: boxOf(node.querySelector('.aiwf-title') ?? node),
      icon: node.querySelector('.aiwf-icon'),
    }));
    labels.forEach((label, at) => {
      for (const other of labels.slice(at + 1))
        if (meet(boxOf(label), boxOf(other))) faults.push(`${label.textContent} on ${other.textContent}`);
      for (const { id, box } of bodies) if (meet(boxOf(label), box)) faults.push(`${label.textContent} on step ${id}`);
    });
    for (const { id, box, text, icon } of bodies) {
      if (text.left < box.left || text.right > box.right || text.top < box.top || text.bottom > box.bottom)
        faults.push(`title of ${id} leaves its outline`);
      if (icon && meet(boxOf(icon), text)) faults.push(`title of ${id} on its icon`);
      for (const other of bodies) if (other.id !== id && meet(box, other.box)) faults.push(`${id} on ${other.id}`);
    }
    for (const path of document.querySelectorAll<SVGPathElement>('path[data-edge]')) {
      const matrix = path.getScreenCTM() ?? undefined;
      const length = path.getTotalLength();
      for (let along = 4; along < length - 4; along += 3) {
        const { x, y } = path.getPointAtLength(along);
        const at = new DOMPoint(x, y).matrixTransform(matrix);
        const hit = bodies.find(
          ({ box }) => at.x > box.left + 10 && at.x < box.right - 10 && at.y > box.top + 2 && at.y < box.bottom - 2,
        );
        if (hit) faults.push(`edge ${path.dataset.edge} runs through ${hit.id}`);
        if (hit) break;
      }
    }
    return faults;
  });
}

/** All text and line colors, and the lowest contrast of a text to what it stands on. */
export function contrasts(): { colors: string; lowest: number } {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color: string): number[] => {
    if (!canvas) return [0, 0, 0];
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = rgb(color).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pairs = [
    ['.aiwf-title', '.aiwf-body'],
    ['.aiwf-lane-text', '.aiwf-lane-title'],
    ['.aiwf-label-text', '.aiwf-label-back'],
  ];
  const colors: string[] = [];
  let lowest = 99;
  for (const [text = '', back = ''] of pairs) {
    for (const group of document.querySelectorAll('.aiwf-node, .aiwf-lane-header, .aiwf-label')) {
      const [front, behind] = [group.querySelector(text), group.querySelector(back)];
      if (!front || !behind) continue;
      const [a, b] = [getComputedStyle(front).fill, getComputedStyle(behind).fill];
      colors.push(a, b);
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      lowest = Math.min(lowest, ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05));
    }
  }
  return { colors: colors.join(), lowest };
}
