// The whole picture small in a corner, with a frame around what is seen; a click or a drag goes there. Shown only while
// some of the picture is out of sight.
import { tag } from '../picture/markup.ts';

/** In pixels of the picture at scale 1. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Minimap {
  /** Draws the nodes of a new picture. */
  show(size: { readonly width: number; readonly height: number }, nodes: readonly MinimapNode[]): void;
  /** Moves the frame. */
  frame(seen: Rectangle): void;
  hide(): void;
}

/** A step as a small box; `x` and `y` are its middle. */
export interface MinimapNode extends Rectangle {
  readonly kind: string;
}

/** `goTo` brings a point of the picture into the middle. */
export function createMinimap(root: SVGSVGElement, goTo: (x: number, y: number) => void): Minimap {
  let size = { width: 1, height: 1 };
  let isShown = false;
  const moveTo = (event: PointerEvent): void => {
    const matrix = root.getScreenCTM()?.inverse();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    goTo(x, y);
  };
  root.addEventListener('pointerdown', (event) => {
    root.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  root.addEventListener('pointermove', (event) => {
    if (root.hasPointerCapture(event.pointerId)) moveTo(event);
  });
  return {
    show(next, nodes) {
      size = next;
      isShown = true;
      root.setAttribute('viewBox', `0 0 ${Math.ceil(size.width)} ${Math.ceil(size.height)}`);
      const boxes = nodes.map(({ x, y, width, height, kind }) =>
        tag('rect', { class: `aiwf-by-${kind}`, x: x - width / 2, y: y - height / 2, width, height }),
      );
      root.innerHTML = boxes.join('') + tag('rect', { class: 'aiwf-frame' });
    },
    frame({ x, y, width, height }) {
      const frame = root.querySelector('.aiwf-frame');
      for (const [name, value] of Object.entries({ x, y, width, height })) frame?.setAttribute(name, String(value));
      const isWhole = x <= 0 && y <= 0 && x + width >= size.width && y + height >= size.height;
      root.toggleAttribute('hidden', isWhole || !isShown);
    },
    hide() {
      isShown = false;
      root.setAttribute('hidden', '');
    },
  };
}
