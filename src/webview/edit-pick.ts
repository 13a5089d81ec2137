// Choosing the step that another one shall lead to: by a click, or by arrow keys and Enter. Escape ends it.
import { nextNode, type Spot, spotOf } from './edit-places.ts';

export interface Picking {
  /** Begins at a step, which has the focus. */
  begin(from: Spot): void;
}

interface PickingParts {
  readonly isTarget: (spot: Spot) => boolean;
  readonly onBegun: (from: Spot) => void;
  readonly onPicked: (from: Spot, to: Spot) => void;
  readonly onLeft: () => void;
}

/** It comes before every other listener of the canvas, and keeps from them what it answers itself. */
export function createPicking(canvas: HTMLElement, { isTarget, onBegun, onPicked, onLeft }: PickingParts): Picking {
  let from: Spot | undefined;
  const end = (): void => {
    from = undefined;
    canvas.classList.remove('aiwf-picking');
    for (const each of canvas.querySelectorAll('.aiwf-pick-from')) each.classList.remove('aiwf-pick-from');
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('click', onClick, true);
    window.removeEventListener('pointerdown', onDown, true);
  };
  const leave = (): void => {
    end();
    onLeft();
  };
  const take = (target: EventTarget | null): void => {
    const source = from;
    const to = spotOf(canvas, target);
    if (source && to?.as === 'node' && isTarget(to)) {
      end();
      onPicked(source, to);
    } else leave();
  };
  const onKey = (event: KeyboardEvent): void => {
    const focused = document.activeElement;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' || event.key === ' ') take(focused);
    else if (focused && canvas.contains(focused) && event.key.startsWith('Arrow'))
      nextNode(canvas, focused, event.key)?.focus();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onDown = (event: Event): void => {
    // Neither a drag nor a pan begins at the step that is chosen.
    if (spotOf(canvas, event.target)) event.stopPropagation();
  };
  const onClick = (event: Event): void => {
    // What is clicked beside the picture does its own work.
    if (!(event.target instanceof Node && canvas.contains(event.target))) {
      leave();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    take(event.target);
  };
  return {
    begin(spot) {
      end();
      from = spot;
      canvas.classList.add('aiwf-picking');
      spot.element.classList.add('aiwf-pick-from');
      spot.element.focus();
      window.addEventListener('keydown', onKey, true);
      window.addEventListener('click', onClick, true);
      window.addEventListener('pointerdown', onDown, true);
      onBegun(spot);
    },
  };
}
