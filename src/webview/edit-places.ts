// What a gesture points at: the step, the way between steps or the lane of the drawn picture.

/** A drawn step or edge. */
export interface Spot {
  readonly as: 'node' | 'edge';
  readonly id: string;
  readonly element: SVGElement;
}

/** The step or edge around an element of the picture; a label stands for its edge. */
export function spotOf(canvas: HTMLElement, target: EventTarget | null): Spot | undefined {
  if (!(target instanceof Element) || !canvas.contains(target)) return undefined;
  const node = target.closest<SVGElement>('.aiwf-node');
  if (node?.dataset.step !== undefined) return { as: 'node', id: node.dataset.step, element: node };
  const id =
    target.closest<SVGElement>('.aiwf-label')?.dataset.edge ??
    target.closest('.aiwf-edge-group')?.querySelector<SVGElement>('[data-edge]')?.dataset.edge;
  return id === undefined ? undefined : findSpot(canvas, 'edge', id);
}

/** Where a step or an edge is drawn now. */
export function findSpot(canvas: HTMLElement, as: Spot['as'], id: string): Spot | undefined {
  const element =
    as === 'node'
      ? nodesIn(canvas).find(({ dataset }) => dataset.step === id)
      : [...canvas.querySelectorAll<SVGElement>('.aiwf-edge-group')].find(
          (group) => lineOf(group)?.dataset.edge === id,
        );
  return element && { as, id, element };
}

export function nodesIn(canvas: HTMLElement): readonly SVGElement[] {
  return [...canvas.querySelectorAll<SVGElement>('.aiwf-nodes .aiwf-node')];
}

/** The line of a drawn edge. */
export function lineOf(group: Element): SVGPathElement | undefined {
  return group.querySelector<SVGPathElement>('path[data-edge]') ?? undefined;
}

/** The step under a point of the window. */
export function nodeAt(canvas: HTMLElement, x: number, y: number): Spot | undefined {
  return document
    .elementsFromPoint(x, y)
    .map((element) => spotOf(canvas, element))
    .find((spot) => spot?.as === 'node');
}

/** The lane under a point of the window. */
export function laneAt(canvas: HTMLElement, x: number, y: number): SVGElement | undefined {
  const room = canvas.getBoundingClientRect();
  if (!contains(room, x, y)) return undefined;
  return [...canvas.querySelectorAll<SVGElement>('.aiwf-lane')].find((lane) =>
    contains((lane.firstElementChild ?? lane).getBoundingClientRect(), x, y),
  );
}

/** A point of the window in the units of the drawing. */
export function toDrawing(canvas: HTMLElement, x: number, y: number): DOMPoint {
  const drawing = canvas.querySelector<SVGGElement>('.aiwf-drawing');
  return new DOMPoint(x, y).matrixTransform(drawing?.getScreenCTM()?.inverse());
}

/** The step that lies next in the direction of an arrow key; the way to the side counts double. */
export function nextNode(canvas: HTMLElement, from: Element, key: string): SVGElement | undefined {
  const direction = directions[key];
  if (!direction) return undefined;
  const start = middleOf(from.getBoundingClientRect());
  let best: SVGElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodesIn(canvas)) {
    const end = middleOf(node.getBoundingClientRect());
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const along = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (node === from || along < 1 || along + 2 * aside >= least) continue;
    best = node;
    least = along + 2 * aside;
  }
  return best;
}

const directions: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

export function middleOf({ left, top, width, height }: DOMRect): { readonly x: number; readonly y: number } {
  return { x: left + width / 2, y: top + height / 2 };
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return left <= x && x <= right && top <= y && y <= bottom;
}
