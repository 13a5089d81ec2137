// What part of the picture is seen: fit, zoom by buttons and ctrl+wheel, pan by dragging and wheel. The lane titles stay
// in sight, at the top or at the left, while the picture moves under them.
import type { PictureSize } from '../picture/views.ts';
import type { Rectangle } from './minimap.ts';

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Viewport {
  /** Shows a new picture; `keep` leaves scale and place as they are. */
  show(svg: SVGSVGElement, size: PictureSize, keep: boolean): void;
  fit(): void;
  zoomBy(factor: number): void;
  /** Moves the picture so far that the element is seen. */
  reveal(target: Element): void;
  view(): View;
  /** What part of the picture is seen. */
  seen(): Rectangle;
  /** Brings a point of the picture into the middle. */
  centerAt(x: number, y: number): void;
  restore(view: View): void;
}

/** Below this scale text is hard to read: a larger picture starts cut off, at its top left. */
const readable = 0.72;
const margin = 12;

export function createViewport(root: HTMLElement, onMoved: () => void): Viewport {
  let svg: SVGSVGElement | undefined;
  let size: PictureSize = { width: 1, height: 1, headerHeight: 0 };
  let current: View = { scale: 1, x: 0, y: 0 };

  const move = (next: View): void => {
    const scale = Math.min(3, Math.max(0.15, next.scale));
    current = {
      scale,
      x: keepIn(next.x, size.width * scale, root.clientWidth),
      y: keepIn(next.y, size.height * scale, root.clientHeight),
    };
    svg
      ?.querySelector('.aiwf-drawing')
      ?.setAttribute('transform', `translate(${current.x} ${current.y}) scale(${scale})`);
    const isLeft = size.headersAt === 'left';
    const away = Math.max(0, -(isLeft ? current.x : current.y) / scale);
    svg
      ?.querySelector('.aiwf-headers')
      ?.setAttribute('transform', isLeft ? `translate(${away} 0)` : `translate(0 ${away})`);
    onMoved();
  };
  const zoomAt = (factor: number, x: number, y: number): void => {
    const scale = Math.min(3, Math.max(0.15, current.scale * factor));
    const grown = scale / current.scale;
    move({ scale, x: x - (x - current.x) * grown, y: y - (y - current.y) * grown });
  };
  const center = (scale: number): View => ({
    scale,
    x: Math.max(margin, (root.clientWidth - size.width * scale) / 2),
    y: margin,
  });
  const wholeScale = (): number =>
    Math.min(1, (root.clientWidth - 2 * margin) / size.width, (root.clientHeight - 2 * margin) / size.height);

  listenToWheel(root, (event) => {
    if (event.ctrlKey || event.metaKey) {
      const box = root.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * 0.0025), event.clientX - box.left, event.clientY - box.top);
    } else {
      move({ ...current, x: current.x - event.deltaX, y: current.y - event.deltaY });
    }
  });
  listenToDrag(root, (dx, dy) => move({ ...current, x: current.x + dx, y: current.y + dy }));
  new ResizeObserver(() => move(current)).observe(root);

  return {
    show(next, nextSize, keep) {
      svg = next;
      size = nextSize;
      const fitting = Math.min(
        1,
        size.headersAt === 'left'
          ? (root.clientHeight - 2 * margin) / size.height
          : (root.clientWidth - 2 * margin) / size.width,
      );
      move(keep ? current : center(Math.max(readable, wholeScale(), fitting)));
    },
    fit: () => move(center(wholeScale())),
    zoomBy: (factor) => zoomAt(factor, root.clientWidth / 2, root.clientHeight / 2),
    reveal(target) {
      const box = target.getBoundingClientRect();
      const frame = root.getBoundingClientRect();
      const header = size.headerHeight * current.scale;
      const [left, top] = size.headersAt === 'left' ? [header, 0] : [0, header];
      const dx = shiftInto(box.left, box.right, frame.left + left + margin, frame.right - margin);
      const dy = shiftInto(box.top, box.bottom, frame.top + top + margin, frame.bottom - margin);
      if (dx !== 0 || dy !== 0) move({ ...current, x: current.x + dx, y: current.y + dy });
    },
    view: () => current,
    seen: () => ({
      x: -current.x / current.scale,
      y: -current.y / current.scale,
      width: root.clientWidth / current.scale,
      height: root.clientHeight / current.scale,
    }),
    centerAt: (x, y) =>
      move({
        ...current,
        x: root.clientWidth / 2 - x * current.scale,
        y: root.clientHeight / 2 - y * current.scale,
      }),
    restore: move,
  };
}

/** Keeps some of the picture in sight. */
function keepIn(at: number, length: number, room: number): number {
  if (room === 0) return at;
  const seen = Math.min(120, length / 2);
  return Math.min(room - seen, Math.max(seen - length, at));
}

function shiftInto(from: number, to: number, low: number, high: number): number {
  if (from < low) return low - from;
  return to > high ? Math.max(high - to, low - from) : 0;
}

function listenToWheel(root: HTMLElement, onWheel: (event: WheelEvent) => void): void {
  root.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      onWheel(event);
    },
    { passive: false },
  );
}

/** Dragging moves; a click that ends a drag is swallowed. */
function listenToDrag(root: HTMLElement, onDrag: (dx: number, dy: number) => void): void {
  let last: { x: number; y: number } | undefined;
  let moved = 0;
  // Also where something else takes the press for itself: the click that follows it is no end of a drag.
  const begin = (): void => {
    moved = 0;
  };
  root.addEventListener('pointerdown', begin, { capture: true });
  root.addEventListener('pointerdown', (event) => {
    if (event.button === 0 || event.button === 1) last = { x: event.clientX, y: event.clientY };
  });
  root.addEventListener('pointermove', (event) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    moved += Math.abs(dx) + Math.abs(dy);
    last = { x: event.clientX, y: event.clientY };
    if (moved < 5) return;
    if (!root.hasPointerCapture(event.pointerId)) root.setPointerCapture(event.pointerId);
    root.classList.add('aiwf-dragging');
    onDrag(dx, dy);
  });
  const release = (): void => {
    last = undefined;
    root.classList.remove('aiwf-dragging');
  };
  root.addEventListener('pointerup', release);
  root.addEventListener('pointercancel', release);
  root.addEventListener('click', (event) => moved >= 5 && event.stopPropagation(), { capture: true });
}
