// Small handles that appear where a step or an edge is pointed at or has the focus: a plus in the middle of an edge,
// and below a step a knob from which a line can be drawn to another. Everything they do is in the menu as well.
import { findSpot, lineOf, type Spot, spotOf } from './edit-places.ts';

const svg = 'http://www.w3.org/2000/svg';
const size = 8;
/** From the line to the middle of its plus; the ring around that still touches the line. */
const beside = 15;

/** The handle around an element, and what it belongs to. */
export function handleOf(canvas: HTMLElement, target: EventTarget | null): Spot | undefined {
  const handle = target instanceof Element ? target.closest<SVGElement>('.aiwf-handle') : null;
  const { handleAs, handleOf: id } = handle?.dataset ?? {};
  if (id === undefined || (handleAs !== 'node' && handleAs !== 'edge')) return undefined;
  return findSpot(canvas, handleAs, id);
}

/** `hasHandle`: something can be done with it there. */
export function showHandles(canvas: HTMLElement, hasHandle: (spot: Spot) => boolean): void {
  const clear = (): void => {
    for (const handle of canvas.querySelectorAll('.aiwf-handle')) handle.remove();
  };
  const show = (spot: Spot | undefined): void => {
    const shown = canvas.querySelector<SVGElement>('.aiwf-handle')?.dataset;
    if (spot && shown?.handleOf === spot.id && shown.handleAs === spot.as) return;
    clear();
    if (!spot || !hasHandle(spot)) return;
    const place = spot.as === 'edge' ? placeOnLine(canvas, spot) : placeBelow(spot.element);
    if (place) canvas.querySelector('.aiwf-headers')?.before(handleFor(spot, place));
  };
  const focused = (): Spot | undefined => {
    const active = document.activeElement;
    return active?.matches(':focus-visible') ? spotOf(canvas, active) : undefined;
  };
  canvas.addEventListener('pointerover', ({ target, buttons }) => {
    if (buttons === 0 && !handleOf(canvas, target)) show(spotOf(canvas, target) ?? focused());
  });
  canvas.addEventListener('pointerleave', ({ buttons }) => buttons === 0 && show(focused()));
  canvas.addEventListener('focusin', () => show(focused()));
  canvas.addEventListener('focusout', clear);
}

function handleFor({ as, id }: Spot, { x, y }: { readonly x: number; readonly y: number }): SVGElement {
  const handle = document.createElementNS(svg, 'g');
  handle.setAttribute('class', `aiwf-handle aiwf-handle-${as}`);
  handle.setAttribute('transform', `translate(${x} ${y})`);
  handle.setAttribute('aria-hidden', 'true');
  handle.dataset.handleAs = as;
  handle.dataset.handleOf = id;
  // The ring around it that nobody sees makes it easier to hit.
  for (const radius of [size + 5, size]) {
    const circle = document.createElementNS(svg, 'circle');
    circle.setAttribute('r', String(radius));
    if (radius > size) circle.setAttribute('class', 'aiwf-handle-hit');
    handle.append(circle);
  }
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', as === 'edge' ? 'M-4 0H4M0 -4V4' : 'M0 -4V3M-3 0L0 3.5L3 0');
  handle.append(path);
  return handle;
}

function placeBelow(node: SVGElement): DOMPoint | undefined {
  const body = node.querySelector<SVGGraphicsElement>('.aiwf-body');
  const matrix = body && inDrawing(body);
  if (!body || !matrix) return undefined;
  const { x, y, width, height } = body.getBBox();
  return new DOMPoint(x + width / 2, y + height).matrixTransform(matrix);
}

/** Beside the line, so that a click on the line selects it: nearest to the middle where no label and no step lies. */
function placeOnLine(canvas: HTMLElement, { element }: Spot): DOMPoint | undefined {
  const line = lineOf(element);
  const matrix = line && inDrawing(line);
  const toScreen = line?.getScreenCTM();
  if (!line || !matrix || !toScreen) return undefined;
  const taken = [...canvas.querySelectorAll('.aiwf-label rect, .aiwf-nodes .aiwf-body')].map((each) =>
    each.getBoundingClientRect(),
  );
  const length = line.getTotalLength();
  const room = size * toScreen.a;
  const points = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((share) => {
    const { x, y } = line.getPointAtLength(length * share);
    const ahead = line.getPointAtLength(length * share + 1);
    return new DOMPoint(x - (ahead.y - y) * beside, y + (ahead.x - x) * beside);
  });
  const isFree = (point: DOMPoint): boolean => {
    const { x, y } = point.matrixTransform(toScreen);
    return !taken.some(
      ({ left, right, top, bottom }) => left - room < x && x < right + room && top - room < y && y < bottom + room,
    );
  };
  return (points.find(isFree) ?? points[0])?.matrixTransform(matrix);
}

/** From the units of an element to those of the drawing around it. */
function inDrawing(element: SVGGraphicsElement): DOMMatrix | undefined {
  const drawing = element.closest<SVGGElement>('.aiwf-drawing')?.getScreenCTM();
  const own = element.getScreenCTM();
  return drawing && own ? drawing.inverse().multiply(own) : undefined;
}
