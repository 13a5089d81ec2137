// Dragging a step into another lane, and a line from the handle of a step to another step. Escape ends both; on empty
// ground dragging moves the picture as ever.
import { handleOf } from './edit-handles.ts';
import { laneAt, nodeAt, type Spot, spotOf, toDrawing } from './edit-places.ts';

interface DragParts {
  readonly isEditable: (spot: Spot) => boolean;
  /** The lane it is in, which is no place to move it to. */
  readonly laneOf: (node: Spot) => string | undefined;
  readonly onMove: (node: Spot, lane: string) => void;
  readonly onConnect: (from: Spot, to: Spot) => void;
  /** What would happen now, for the live region. */
  readonly onOver: (over: { readonly lane?: string; readonly node?: Spot } | undefined) => void;
}

interface Drag {
  readonly as: 'move' | 'connect';
  readonly spot: Spot;
  readonly x: number;
  readonly y: number;
  readonly pointer: number;
  /** What follows the pointer; undefined until it has moved so far that no click is meant. */
  mark?: SVGElement;
  over?: Element | undefined;
}

const threshold = 5;

/** Comes before the listeners that move the picture, and keeps from them what begins at a step. */
export function listenToDrags(canvas: HTMLElement, parts: DragParts): void {
  let drag: Drag | undefined;
  let isDragged = false;
  const end = (): void => {
    drag?.mark?.remove();
    drag?.over?.classList.remove('aiwf-drop');
    drag?.spot.element.classList.remove('aiwf-dragged');
    canvas.classList.remove('aiwf-moving');
    drag = undefined;
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('blur', cancel);
  };
  const cancel = (): void => {
    end();
    parts.onOver(undefined);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    cancel();
  };
  const over = (element: Element | undefined): void => {
    if (!drag || drag.over === element) return;
    drag.over?.classList.remove('aiwf-drop');
    element?.classList.add('aiwf-drop');
    drag.over = element;
  };
  const follow = (begun: Drag, event: PointerEvent): void => {
    const [from, to] = [toDrawing(canvas, begun.x, begun.y), toDrawing(canvas, event.clientX, event.clientY)];
    if (begun.as === 'move') {
      begun.mark?.setAttribute('transform', `translate(${to.x - from.x} ${to.y - from.y})`);
      const lane = laneAt(canvas, event.clientX, event.clientY);
      const isOther = lane !== undefined && lane.dataset.lane !== '' && lane.dataset.lane !== parts.laneOf(begun.spot);
      if (begun.over !== (isOther ? lane : undefined)) {
        over(isOther ? lane : undefined);
        parts.onOver(isOther && lane?.dataset.lane !== undefined ? { lane: lane.dataset.lane } : undefined);
      }
      return;
    }
    begun.mark?.setAttribute('d', `M${from.x} ${from.y}L${to.x} ${to.y}`);
    const node = nodeAt(canvas, event.clientX, event.clientY);
    const target = node && parts.isEditable(node) ? node : undefined;
    if (begun.over === target?.element) return;
    over(target?.element);
    parts.onOver(target && { node: target });
  };

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (drag) return event.stopPropagation();
      isDragged = false;
      if (event.button !== 0 || canvas.classList.contains('aiwf-picking')) return;
      const handle = handleOf(canvas, event.target);
      const spot = handle ?? spotOf(canvas, event.target);
      if (handle?.as === 'edge') return event.stopPropagation();
      if (spot?.as !== 'node' || !parts.isEditable(spot)) return;
      event.stopPropagation();
      const { clientX: x, clientY: y, pointerId: pointer } = event;
      drag = { as: handle ? 'connect' : 'move', spot, x, y, pointer };
      window.addEventListener('keydown', onKey, true);
      window.addEventListener('blur', cancel);
    },
    true,
  );
  canvas.addEventListener('pointermove', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!canvas.contains(drag.spot.element)) return cancel();
    if (!drag.mark) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < threshold) return;
      isDragged = true;
      canvas.setPointerCapture(event.pointerId);
      canvas.classList.add('aiwf-moving');
      drag.mark = drag.as === 'move' ? ghostOf(drag.spot.element) : lineFrom();
      if (drag.as === 'move') drag.spot.element.classList.add('aiwf-dragged');
      canvas.querySelector('.aiwf-drawing')?.append(drag.mark);
    }
    follow(drag, event);
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { as, spot, over: target, mark } = drag;
    const isShown = canvas.contains(spot.element);
    end();
    if (!mark) return;
    parts.onOver(undefined);
    const lane = (target as SVGElement | undefined)?.dataset.lane;
    const to = as === 'connect' && target ? spotOf(canvas, target) : undefined;
    if (isShown && lane !== undefined) parts.onMove(spot, lane);
    else if (isShown && to) parts.onConnect(spot, to);
  });
  canvas.addEventListener('pointercancel', cancel);
  // The click that ends a drag selects nothing.
  canvas.addEventListener('click', (event) => isDragged && event.stopImmediatePropagation(), true);
}

/** A copy of a step that is nothing but a look. */
function ghostOf(node: SVGElement): SVGElement {
  const ghost = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  const copy = node.cloneNode(true) as SVGElement;
  for (const name of ['data-step', 'tabindex', 'role', 'aria-label', 'aria-current']) copy.removeAttribute(name);
  ghost.setAttribute('class', 'aiwf-ghost');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.append(copy);
  return ghost;
}

function lineFrom(): SVGElement {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('class', 'aiwf-drawn-line');
  line.setAttribute('aria-hidden', 'true');
  return line;
}
