// A new step on an edge, or behind a step that leads nowhere yet.
import type { DiagramEdge, DiagramModel } from '../../diagram/diagram.ts';
import { type Actor, isAi, isHuman } from '../../language/model.ts';
import { contains } from '../../language/source.ts';
import type { DeclarationEntry } from '../refactorings/refactoring.ts';
import { connect } from './connect.ts';
import { type Draft, type Drawing, drawnAt, edgeNamed, type Refusal, writtenOf } from './drawing.ts';
import { isWay, nodesChanged, type Plan, wayOf, waysChanged } from './trial.ts';
import { addHandlers, addStep, idFrom, quoted } from './writing.ts';

export function insert(drawing: Drawing, edgeId: string, title: string): Plan | Refusal {
  const edge = edgeNamed(drawing, edgeId);
  if ('refused' in edge) return edge;
  const written = writtenOf(drawing, edge);
  if ('refused' in written) return written;
  const target = drawnAt(drawing, edge.to);
  if ('refused' in target) return target;
  if (target.as === 'start') return { refused: 'Nothing leads to a start.' };
  const { checked } = drawing;
  const { text } = checked.file;
  const id = idFrom(title, checked.workflow.steps);
  const source = drawnAt(drawing, edge.from);
  const { map } = target.declaration;
  const anchor =
    anchorIn(drawing, map, edge) ?? map.entries[map.entries.indexOf(target.declaration.entry) - 1]?.key.text;
  const replaced = written.own.map(({ scalar }) => ({ range: scalar.range, text: id }));
  const handled =
    written.inherited.length === 0
      ? []
      : 'refused' in source || source.as === 'start'
        ? undefined
        : addHandlers(
            text,
            source.map,
            written.inherited.map(({ outcome }) => outcome),
            id,
          );
  if (!handled) return { refused: 'This way comes from the defaults of the file. Change it there.' };
  const performers = performersFor(drawing, [edge.from, edge.to]);
  const drafts = formsOf(title, performers).flatMap((lines): Draft[] => {
    const added = addStep(text, map, id, [...lines, `next: ${edge.to}`], anchor);
    return added ? [{ edits: [...replaced, ...handled, ...added], select: id }] : [];
  });
  if (drafts.length === 0) return { refused: 'There is no place for a step here.' };
  return {
    drafts,
    expects: (after, before) =>
      nodesChanged(after, before, { come: id }) ??
      waysChanged(after, before, {
        gone: [wayOf(edge.from, edge.to)],
        come: [wayOf(edge.from, id), wayOf(id, edge.to)],
        fresh: id,
      }) ??
      titled(after, id, title) ??
      (countOf(after, edge) < countOf(before, edge) ? undefined : 'The old way would stay.'),
  };
}

/** A new step behind another: on its one way forward, or as its first. */
export function append(drawing: Drawing, nodeId: string, title: string): Plan | Refusal {
  const found = drawnAt(drawing, nodeId);
  if ('refused' in found) return found;
  if (found.node.kind === 'end') return { refused: 'Nothing comes after an end.' };
  const forward = drawing.model.edges.filter(
    ({ from, kind }) => from === nodeId && (kind === 'normal' || kind === 'guarded'),
  );
  const [way, ...more] = forward;
  if (way && more.length === 0) return insert(drawing, way.id, title);
  if (way)
    return { refused: `Several ways lead on from '${found.node.title}'. Insert the step on the one that you mean.` };
  const { text } = drawing.checked.file;
  const map =
    found.as === 'step'
      ? found.declaration.map
      : drawing.spot.declarations.find(({ kind, trail }) => kind === 'step' && trail.length === 2)?.map;
  if (!map) return { refused: 'There is no place for a step here.' };
  const id = idFrom(title, drawing.checked.workflow.steps);
  const plan = connect(drawing, nodeId, id);
  if ('refused' in plan) return plan;
  const drafts = formsOf(title, performersFor(drawing, [nodeId])).flatMap((lines) => {
    const added = addStep(text, map, id, lines, found.as === 'step' ? nodeId : undefined);
    return added ? plan.drafts.map(({ edits }) => ({ edits: [...edits, ...added], select: id })) : [];
  });
  return {
    drafts,
    expects: (after, before) =>
      nodesChanged(after, before, { come: id }) ??
      waysChanged(after, before, { come: [wayOf(nodeId, id)], fresh: id }) ??
      titled(after, id, title),
  };
}

function titled({ nodes }: DiagramModel, id: string, title: string): string | undefined {
  return nodes.find((node) => node.id === id)?.title === title ? undefined : 'The title would not be read as it is.';
}

function countOf({ edges }: DiagramModel, { from, to }: DiagramEdge): number {
  return edges.filter((edge) => isWay(edge) && edge.from === from && edge.to === to).length;
}

/** The step of a map that an edge comes from, or the one that holds it. */
function anchorIn({ spot }: Drawing, map: DeclarationEntry['map'], { from }: DiagramEdge): string | undefined {
  const source = spot.declarations.find(({ kind, id }) => kind === 'step' && id === from);
  const around = source && map.entries.find(({ range }) => contains(range, source.entry.range.start));
  return around?.key.text;
}

/** People first: what they do brings no new ways to fail. */
function performersFor({ checked, model }: Drawing, ids: readonly string[]): readonly Actor[] {
  const { steps, actors, fields } = checked.workflow;
  const near = ids.flatMap((id) => {
    const performers = steps.get(id)?.performers ?? [];
    const lane = actors.get(model.nodes.find((node) => node.id === id)?.lane ?? '');
    return [...performers, ...(lane ? [lane] : [])];
  });
  const accountable = actors.get(fields?.accountable?.[0]?.name ?? '');
  const all = [...near.filter(isHuman), ...(accountable ? [accountable] : []), ...near];
  return [...new Map(all.map((actor) => [actor.id, actor])).values()];
}

function formsOf(title: string, performers: readonly Actor[]): readonly (readonly string[])[] {
  const tasks = performers.map((actor) => [
    `task: ${quoted(title)}`,
    `by: ${actor.id}`,
    ...(isAi(actor) ? ['mode: ai-executed'] : []),
  ]);
  // With nobody to do it, it is a point on the way.
  return [...tasks, [`route: ${quoted(title)}`]];
}
