// A document as its picture shows it: each step with its text, each edge with the mentions that make it.
import type { Analyses } from '../../analysis/analyses.ts';
import { buildDiagram } from '../../diagram/build-diagram.ts';
import type { DiagramEdge, DiagramModel, DiagramNode } from '../../diagram/diagram.ts';
import type { Handler, Start, Step } from '../../language/model.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import type { Checked, DocumentCache } from '../documents.ts';
import { type DeclarationEntry, type Spot, spotAt } from '../refactorings/refactoring.ts';
import type { Slot } from '../slot.ts';

/** What a change in the picture is made from. */
export interface Drawing {
  readonly checked: Checked;
  readonly documents: DocumentCache;
  readonly model: DiagramModel;
  readonly spot: Spot;
}

/** One way to write a change; of several the first that stands its trial is taken. */
export interface Draft {
  readonly edits: readonly TextEdit[];
  /** The step to go to afterwards. */
  readonly select?: string;
}

/** Why there is no such change, in the words of the user. */
export interface Refusal {
  readonly refused: string;
}

export function drawingOf(
  checked: Checked,
  documents: DocumentCache,
  analyses: Analyses = checked.lint.analyses,
): Drawing {
  const spot = spotAt(checked, documents, { start: 0, end: 0 }, false);
  return { checked, documents, model: buildDiagram(analyses), spot };
}

/** A step of this file with the entry that declares it. */
export interface DrawnStep {
  readonly as: 'step';
  readonly node: DiagramNode;
  readonly step: Step;
  readonly declaration: DeclarationEntry;
  readonly map: MapNode;
}

export interface DrawnStart {
  readonly as: 'start';
  readonly node: DiagramNode;
  readonly start: Start;
  /** Undefined where it is written in short. */
  readonly map: MapNode | undefined;
}

/** The step or start that a node stands for. */
export function drawnAt(
  { checked, model, spot }: Pick<Drawing, 'checked' | 'model' | 'spot'>,
  id: string,
): DrawnStep | DrawnStart | Refusal {
  const { steps, starts } = checked.workflow;
  const node = model.nodes.find((each) => each.id === id);
  if (!node) return { refused: `The text of '${id}' is not in this file. Open the file that it stands in.` };
  const start = starts.find(({ index }) => id === `start:${index}`);
  if (start) return { as: 'start', node, start, map: start.fields.$.node };
  const step = steps.get(id);
  const declaration = spot.declarations.find((each) => each.kind === 'step' && each.id === id);
  const map = declaration?.entry.value;
  if (!step || !declaration || map?.kind !== 'map')
    return { refused: `'${id}' is not written out in this file, so it cannot be changed from the picture.` };
  return { as: 'step', node, step, declaration, map };
}

export function edgeNamed({ model }: Drawing, id: string): DiagramEdge | Refusal {
  const edge = model.edges.find((each) => each.id === id);
  return edge ?? { refused: 'This way is not in the picture any more, or not written in this file.' };
}

/** Where an edge is written: mentions of its target, and what the source inherits from the defaults of the file. */
export interface Written {
  readonly own: readonly Slot[];
  readonly inherited: readonly Handler[];
}

export function writtenOf(drawing: Drawing, edge: DiagramEdge): Written | Refusal {
  const { steps, file } = drawing.checked.workflow;
  const source = steps.get(edge.from);
  const handlers = [...(source?.handlers.values() ?? [])].filter(({ inherited }) => inherited);
  const defaults = file.fields?.defaults?.$.range;
  const own: Slot[] = [];
  const inherited = new Set<Handler>();
  for (const range of edge.ranges) {
    const slot = drawing.spot.slots.find(
      ({ form, scalar }) => form === 'value' && scalar.range.start === range.start && scalar.range.end === range.end,
    );
    // Where a handoff goes that is refused belongs to its contract, and follows whoever hands over.
    if (slot?.trail.at(-1)?.entry?.key.text === 'on-reject') continue;
    const isDefault = defaults !== undefined && contains(defaults, range);
    const by = isDefault ? handlers.filter(({ range: key, target }) => target && isNear(key, range, handlers)) : [];
    if (by.length > 0) for (const handler of by) inherited.add(handler);
    else if (slot?.scalar.text === edge.to && slot.expected?.kind === 'target') own.push(slot);
    else if (edge.kind === 'message')
      return { refused: 'This is a message: change what is emitted, or what is waited for, in the text.' };
    else return { refused: 'This way follows from something else in the text. Change it there.' };
  }
  if (own.length + inherited.size === 0)
    return { refused: 'This is where work goes that is refused at a handoff. Change it in the contract.' };
  return { own, inherited: [...inherited] };
}

/** The handler whose key stands nearest before a mention. */
function isNear(key: Range, mention: Range, handlers: readonly Handler[]): boolean {
  if (key.start > mention.start) return false;
  return !handlers.some(({ range }) => key.start < range.start && range.start < mention.start);
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function entryOf(map: MapNode | undefined, key: string) {
  return map?.entries.find((entry) => entry.key.text === key);
}
