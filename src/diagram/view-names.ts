// What the views call things: titles of actors, data and steps, spans of time, facts as plain data.
import { pathOf } from '../analysis/data-paths.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import type { Actor, Workflow } from '../language/model.ts';
import type { FromData, Reference } from '../language/parts.ts';
import type { Located } from '../language/source.ts';
import type { Duration } from '../language/values.ts';
import type { PictureLane } from '../picture/picture.ts';
import type { Fact, StepName } from '../picture/views.ts';
import type { DiagramModel } from './diagram.ts';

export function titleOf({ id, fields }: Actor): string {
  return fields.title?.value.trim() || id;
}

export function laneOf(actor: Actor): PictureLane {
  return { id: actor.id, title: titleOf(actor), kind: actor.kind ?? 'unassigned' };
}

/** Title of an actor that is mentioned; its name where nothing declares it. */
export function namedActor({ name }: Reference, { actors }: Workflow): string {
  const actor = actors.get(name);
  return actor ? titleOf(actor) : name;
}

/** Title of the data, with the path of the field behind it. */
export function dataTitle(reference: Reference, { data }: Workflow): string {
  const title = data.get(reference.name)?.fields.title?.value.trim();
  return title ? `${title}${reference.field === undefined ? '' : `.${reference.field}`}` : pathOf(reference);
}

/** Id in the picture; undefined for what the picture does not draw. */
export function nodeId({ kind, start, step }: FlowNode): string | undefined {
  if (start) return `start:${start.index}`;
  return kind === 'root' ? undefined : step?.id;
}

/** Titles as the picture has them. */
export function stepNames({ nodes }: DiagramModel): (id: string) => StepName {
  const titles = new Map(nodes.map(({ id, title }) => [id, title || id]));
  return (id) => ({ id, title: titles.get(id) ?? id });
}

/** A fact about time; none where nothing is stated. */
export function timeFact<Term extends string>(
  term: Term,
  time: Located<Duration | FromData> | undefined,
): readonly Fact<Term>[] {
  if (!time) return [];
  return 'parts' in time.value ? [{ term, span: time.value.parts }] : [{ term, text: pathOf(time.value.field) }];
}

/** A fact that says `text`; none where there is none. */
export function textFact<Term extends string>(term: Term, text: string | undefined): readonly Fact<Term>[] {
  const line = text?.replace(/\s+/gu, ' ').trim();
  return line ? [{ term, text: line }] : [];
}
