// Click and keyboard on the picture: select a node or an edge, walk along the edges with the arrow keys, and mark the
// step in which the cursor stands.
import type { Direction } from '../picture/geometry.ts';

export interface Selection {
  readonly element: 'node' | 'edge' | 'place';
  readonly id: string;
}

interface SelectionHost {
  onSelect(selection: Selection): void;
  reveal(target: Element): void;
  /** The arrow keys follow the flow as it is drawn. */
  direction(): Direction;
}

export function listenToSelection(root: HTMLElement, { onSelect, reveal, direction }: SelectionHost): void {
  const select = (target: EventTarget | null): boolean => {
    const selection = target instanceof Element ? selectionOf(target) : undefined;
    if (selection) onSelect(selection);
    return selection !== undefined;
  };
  root.addEventListener('click', (event) => select(event.target));
  root.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && select(event.target)) return event.preventDefault();
    const next =
      event.target instanceof Element ? neighborOf(root, event.target, turned(event.key, direction())) : undefined;
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  root.addEventListener('focusin', (event) => {
    if (event.target instanceof SVGElement && event.target.matches(':focus-visible')) reveal(event.target);
  });
}

/** Marks one step, or none; answers the marked element. */
export function highlight(root: HTMLElement, id: string | undefined): Element | undefined {
  let marked: Element | undefined;
  for (const node of root.querySelectorAll('.aiwf-node')) {
    const selected = id !== undefined && node.getAttribute('data-step') === id;
    node.classList.toggle('aiwf-selected', selected);
    if (selected) {
      node.setAttribute('aria-current', 'step');
      marked = node;
    } else {
      node.removeAttribute('aria-current');
    }
  }
  return marked;
}

/** Along the flow is down, across it right, whichever way it is drawn. */
function turned(key: string, direction: Direction): string {
  if (direction === 'down') return key;
  const keys: Readonly<Record<string, string>> = {
    ArrowRight: 'ArrowDown',
    ArrowLeft: 'ArrowUp',
    ArrowDown: 'ArrowRight',
    ArrowUp: 'ArrowLeft',
  };
  return keys[key] ?? key;
}

export function selectionOf(target: Element): Selection | undefined {
  const step = target.closest('[data-step]')?.getAttribute('data-step');
  if (step !== null && step !== undefined) return { element: 'node', id: step };
  const id =
    target.closest('.aiwf-label, button[data-edge]')?.getAttribute('data-edge') ??
    target.closest('.aiwf-edge-group')?.querySelector('[data-edge]')?.getAttribute('data-edge');
  if (id !== null && id !== undefined) return { element: 'edge', id };
  const place = target.closest('[data-place]')?.getAttribute('data-place');
  return place === null || place === undefined ? undefined : { element: 'place', id: place };
}

/** Down follows an edge to its end, up goes back to its start, left and right change between edges of one step. */
function neighborOf(root: HTMLElement, target: Element, key: string): SVGElement | undefined {
  const edges = [...root.querySelectorAll<SVGElement>('.aiwf-edge-group')];
  const node = (id: string | undefined): SVGElement | undefined =>
    [...root.querySelectorAll<SVGElement>('.aiwf-node')].find((each) => each.dataset.step === id);
  const step = target.getAttribute('data-step');
  if (step !== null) {
    if (key === 'ArrowDown') return edges.find((edge) => edge.dataset.from === step);
    if (key === 'ArrowUp') return edges.find((edge) => edge.dataset.to === step);
    return undefined;
  }
  if (!(target instanceof SVGElement) || !target.matches('.aiwf-edge-group')) return undefined;
  if (key === 'ArrowDown') return node(target.dataset.to);
  if (key === 'ArrowUp') return node(target.dataset.from);
  const siblings = edges.filter((edge) => edge.dataset.from === target.dataset.from);
  const at = siblings.indexOf(target);
  if (key === 'ArrowRight') return siblings[(at + 1) % siblings.length];
  if (key === 'ArrowLeft') return siblings[(at - 1 + siblings.length) % siblings.length];
  return undefined;
}
