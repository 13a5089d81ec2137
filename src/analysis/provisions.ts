// What data the case has when work leaves a node by an edge: what was written, given, brought, returned or shown there.
import { variablesOf } from '../language/conditions.ts';
import type { Event, Start, Step, Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import { pathsWhereTrue } from './condition-paths.ts';
import { type DataPath, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge } from './flow-graph.ts';

/** By the index of an edge: the paths it brings, and those that are gone behind it. `anything`: that cannot be told. */
export interface Provisions {
  readonly made: readonly (readonly DataPath[] | 'anything')[];
  /** The same without what only a guard says. */
  readonly work: readonly (readonly DataPath[] | 'anything')[];
  readonly deleted: readonly (readonly DataPath[])[];
}

/** What each edge of the graph provides. Work that may not have been finished (language.md, 9.5) provides nothing. */
export function provisionsOf({ graph, conditions }: Analyses): Provisions {
  const { workflow } = graph;
  const work = graph.edges.map((edge) => workAlong(finishedBy(edge), workflow));
  const made = work.map((paths, index) => {
    const when = graph.edges[index]?.when;
    const guard = when && conditions.checked.get(when)?.ast;
    // A condition that held has found its data.
    return paths === 'anything' || !guard ? paths : [...paths, ...pathsWhereTrue(guard)];
  });
  const deleted = graph.nodes.map(({ step }) => deletedBy(step, workflow));
  return { made, work, deleted: graph.edges.map(({ from }) => deleted[from.index] ?? nothing) };
}

const nothing: readonly DataPath[] = [];

/** What the work behind `edge` has made, without what its guard says. */
export function workAlong(edge: FlowEdge, workflow: Workflow): readonly DataPath[] | 'anything' {
  const { from, outcome } = edge;
  if (from.kind === 'start') return givenBy(from.start, workflow);
  const { step } = from;
  if (!step) return nothing;
  const brought = broughtBy(outcome, workflow);
  const entersScope = step.kind === 'scope' && from.kind === 'step' && outcome === undefined;
  if (!completes(edge) && edge.kind !== 'message' && !entersScope) return brought;
  const written = step.kind === 'wait' ? arrivedAt(step, outcome, workflow) : writtenBy(step, workflow);
  if (written === 'anything') return written;
  const judged = outcome === 'modify' && step.fields.covers ? step.fields.covers.map(pathOf) : nothing;
  const shown = shownBy(step, workflow);
  // Most edges of a step share one list.
  const more = judged.length + brought.length + shown.length;
  return more === 0 ? written : [...written, ...judged, ...brought, ...shown];
}

/** A receiver refuses what the sender has finished: the edge to the receiver stands right before that of the refusal. */
function finishedBy(edge: FlowEdge): FlowEdge {
  if (edge.outcome !== 'refused') return edge;
  return edge.from.out.findLast(({ index, outcome }) => index < edge.index && outcome !== 'refused') ?? edge;
}

function givenBy(start: Start | undefined, { events }: Workflow): readonly DataPath[] | 'anything' {
  const { on, gives } = start?.fields ?? {};
  if (gives) return gives.map(pathOf);
  if (!on || on.word) return [];
  const event = events.get(on.name);
  return event ? givesOf(event) : 'anything';
}

function givesOf({ fields }: Event): readonly DataPath[] {
  return (fields.gives ?? []).map(pathOf);
}

/** An event that strikes brings its data along, wherever it is caught. */
function broughtBy(outcome: string | undefined, { events }: Workflow): readonly DataPath[] {
  const event = outcome === undefined ? undefined : events.get(outcome);
  return event ? givesOf(event) : nothing;
}

function writtenBy(step: Step, workflow: Workflow): readonly DataPath[] | 'anything' {
  return workflow.derived(writtenBySteps).get(step) ?? nothing;
}

function writtenBySteps(workflow: Workflow): ReadonlyMap<Step, readonly DataPath[] | 'anything'> {
  return new Map(
    [...workflow.steps.values()].map((step) => {
      const outs = writesOf(step, workflow).map(({ out }) => out);
      return [step, known(outs, workflow)];
    }),
  );
}

/** What a wait is for arrives by its own event; another event, or the end of the time, brings only its own. */
function arrivedAt(step: Step, outcome: string | undefined, workflow: Workflow): readonly DataPath[] | 'anything' {
  const { until } = step.fields;
  const event = until && !until.word ? workflow.events.get(until.name) : undefined;
  if (outcome === 'done' && until && !until.word && !event) return 'anything';
  const written = writtenBy(step, workflow);
  if (outcome === 'done' || !event || written === 'anything') return written;
  const ofEvent = new Set(givesOf(event));
  return written.filter((path) => !ofEvent.has(path));
}

/** A name that resolves to nothing may be meant for any data: that fault is said where it stands. */
function known(paths: readonly DataPath[], workflow: Workflow): readonly DataPath[] | 'anything' {
  const variables = variablesOf(workflow);
  return paths.every((path) => variables.has(rootOf(path))) ? paths : 'anything';
}

/** What the tools that a step uses show its performer. */
export function shownBy(step: Step, workflow: Workflow): readonly DataPath[] {
  if (!workflow.derived(hasReturns)) return nothing;
  const { uses, delegatesTo = [] } = step.fields;
  const actors = [...step.performers, ...step.assistants, ...delegatesTo.flatMap(({ name }) => at(name, workflow))];
  return actors.flatMap(({ fields }) =>
    [...(fields.tools ?? [])].flatMap(([name, { value }]) =>
      uses && !uses.some((used) => used.name === name) ? [] : (value?.returns ?? []).map(pathOf),
    ),
  );
}

function hasReturns({ actors }: Workflow): boolean {
  return [...actors.values()].some(({ fields }) =>
    [...(fields.tools?.values() ?? [])].some(({ value }) => (value?.returns ?? []).length > 0),
  );
}

function at(name: string, { actors }: Workflow) {
  const actor = actors.get(name);
  return actor ? [actor] : [];
}

function deletedBy(step: Step | undefined, workflow: Workflow): readonly DataPath[] {
  if (!step?.fields.effects) return nothing;
  return step.fields.effects.flatMap(({ kind, to }) =>
    kind?.value === 'delete' && to && isData(to, workflow) ? [pathOf(to)] : [],
  );
}

function isData({ name }: Reference, { actors, stores, data }: Workflow): boolean {
  return data.has(name) && !actors.has(name) && !stores.has(name);
}
