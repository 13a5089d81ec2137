// What can be changed at a step or an edge: the entries of its menu, and what its keys do.

import type { PictureChange } from '../picture/picture-change.ts';
import { fill, type PictureWords } from '../picture/words.ts';
import type { Diagram, DiagramNode } from '../protocol.ts';
import { type MenuItem, openMenu } from './edit-menu.ts';
import { createPicking } from './edit-pick.ts';
import { findSpot, lineOf, type Spot } from './edit-places.ts';
import { askTitle } from './edit-title.ts';

/** What gestures need of the page. */
export interface Edits {
  onChange(change: PictureChange): void;
  /** The picture as it is shown; undefined while it cannot be changed. What it does not name cannot be changed either. */
  diagram(): Diagram | undefined;
  /** Says a text through the live region of the page; undefined: says no more. */
  announce(text: string | undefined): void;
  readonly words: PictureWords;
}

export interface Actions {
  isEditable(spot: Spot): boolean;
  openMenu(spot: Spot, at?: { readonly x: number; readonly y: number }): void;
  rename(spot: Spot): void;
  /** A new step on an edge, or behind a step. */
  add(spot: Spot): void;
  remove(spot: Spot): void;
}

export function createActions(canvas: HTMLElement, edits: Edits): Actions {
  const { onChange, announce } = edits;
  const words = edits.words.edit;
  // What lies over the picture stands beside the canvas, which is emptied with every drawing.
  const layer = canvas.closest('main') ?? document.body;
  const nodeOf = ({ as, id }: Spot): DiagramNode | undefined =>
    as === 'node' ? edits.diagram()?.nodes.find((node) => node.id === id) : undefined;
  const isEditable = (spot: Spot): boolean =>
    nodeOf(spot) !== undefined ||
    (spot.as === 'edge' && (edits.diagram()?.edges ?? []).some(({ id }) => id === spot.id));
  /** The picture may have been drawn anew since. */
  const focus = ({ as, id }: Spot) => findSpot(canvas, as, id)?.element.focus();

  const picking = createPicking(canvas, {
    isTarget: (to) => nodeOf(to) !== undefined,
    onBegun: (from) => announce(fill(words.picking, nodeOf(from)?.title ?? from.id)),
    onPicked: (from, to) => {
      announce(undefined);
      onChange({ kind: 'connect', from: from.id, to: to.id });
    },
    onLeft: () => announce(words.unchanged),
  });
  const rename = (spot: Spot): void => {
    const node = nodeOf(spot);
    if (!node) return;
    askTitle(layer, {
      label: fill(words.renameTitle, node.title),
      value: node.title,
      box: (spot.element.querySelector('.aiwf-body') ?? spot.element).getBoundingClientRect(),
      onTitle: (title) => onChange({ kind: 'rename', node: node.id, title }),
      leave: () => focus(spot),
    });
  };
  const add = (spot: Spot): void => {
    if (!isEditable(spot) || nodeOf(spot)?.kind === 'end') return;
    askTitle(layer, {
      label: words.newTitle,
      value: '',
      box: spot.as === 'edge' ? middleOfLine(spot.element) : spot.element.getBoundingClientRect(),
      onTitle: (title) =>
        onChange(
          spot.as === 'edge' ? { kind: 'insert', edge: spot.id, title } : { kind: 'append', node: spot.id, title },
        ),
      leave: () => focus(spot),
    });
  };
  const remove = (spot: Spot): void => {
    if (!isEditable(spot)) return;
    onChange(spot.as === 'edge' ? { kind: 'disconnect', edge: spot.id } : { kind: 'delete', node: spot.id });
  };
  const itemsOf = (spot: Spot): readonly MenuItem[] => {
    if (spot.as === 'edge')
      return [
        { label: words.insert, keys: 'Insert', run: () => add(spot) },
        { label: words.disconnect, keys: 'Delete', run: () => remove(spot) },
      ];
    const node = nodeOf(spot);
    const lanes = (edits.diagram()?.lanes ?? []).filter(({ id }) => id !== node?.lane && id !== '');
    const move = lanes.map(({ id, title }) => ({
      label: title,
      run: () => onChange({ kind: 'move', node: spot.id, lane: id }),
    }));
    return [
      { label: words.rename, keys: 'F2', run: () => rename(spot) },
      ...(node?.kind === 'end' ? [] : [{ label: words.append, keys: 'Insert', run: () => add(spot) }]),
      ...(move.length > 0 ? [{ label: words.move, items: move }] : []),
      ...(node?.kind === 'end' ? [] : [{ label: words.connect, run: () => picking.begin(spot) }]),
      { label: words.delete, keys: 'Delete', run: () => remove(spot) },
    ];
  };
  return {
    isEditable,
    rename,
    add,
    remove,
    openMenu(spot, at) {
      if (!isEditable(spot)) return;
      const box = spot.as === 'edge' ? middleOfLine(spot.element) : spot.element.getBoundingClientRect();
      const place = at ?? { x: box.left + Math.min(24, box.width / 2), y: box.bottom - Math.min(8, box.height / 2) };
      const label = spot.element.getAttribute('aria-label') ?? spot.id;
      openMenu(layer, { label: fill(words.menu, label), items: itemsOf(spot), ...place, leave: () => focus(spot) });
    },
  };
}

function middleOfLine(group: Element): DOMRect {
  const line = lineOf(group);
  const matrix = line?.getScreenCTM();
  if (!line || !matrix) return group.getBoundingClientRect();
  const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(matrix);
  return new DOMRect(x, y, 0, 0);
}
