// Changes of the workflow by mouse and keyboard in the picture. What a change means in the text is the server's matter:
// here a gesture becomes a `PictureChange`, and that is all.
import { fill } from '../picture/words.ts';
import { createActions, type Edits } from './edit-actions.ts';
import { listenToDrags } from './edit-drag.ts';
import { handleOf, showHandles } from './edit-handles.ts';
import { type Spot, spotOf } from './edit-places.ts';

/** Listens to the canvas for as long as the page lives; pictures may come and go in it. */
export function listenToEdits(canvas: HTMLElement, edits: Edits): void {
  const { words, announce, onChange } = edits;
  const actions = createActions(canvas, edits);
  const nodeOf = (spot: Spot) => edits.diagram()?.nodes.find(({ id }) => id === spot.id);

  canvas.addEventListener('contextmenu', (event) => {
    const spot = spotOf(canvas, event.target) ?? handleOf(canvas, event.target);
    if (!spot || !actions.isEditable(spot)) return;
    event.preventDefault();
    actions.openMenu(spot, { x: event.clientX, y: event.clientY });
  });
  canvas.addEventListener('keydown', (event) => {
    const spot = spotOf(canvas, event.target);
    if (!spot || !actions.isEditable(spot) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) actions.openMenu(spot);
    else if (event.key === 'F2' && spot.as === 'node') actions.rename(spot);
    else if (event.key === 'Delete' || event.key === 'Backspace') actions.remove(spot);
    else if (event.key === 'Insert') actions.add(spot);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  canvas.addEventListener('click', (event) => {
    const spot = handleOf(canvas, event.target);
    if (spot?.as === 'edge') actions.add(spot);
  });
  showHandles(canvas, (spot) => actions.isEditable(spot) && (spot.as === 'edge' || nodeOf(spot)?.kind !== 'end'));
  listenToDrags(canvas, {
    isEditable: actions.isEditable,
    laneOf: (spot) => nodeOf(spot)?.lane,
    onMove: (spot, lane) => onChange({ kind: 'move', node: spot.id, lane }),
    onConnect: (from, to) => onChange({ kind: 'connect', from: from.id, to: to.id }),
    onOver: (over) => {
      const lane = edits.diagram()?.lanes.find(({ id }) => id === over?.lane);
      const node = over?.node && nodeOf(over.node);
      if (lane) announce(fill(words.edit.toLane, lane.title));
      else announce(node && fill(words.edit.toNode, node.title));
    },
  });
}
