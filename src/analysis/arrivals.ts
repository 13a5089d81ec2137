// Everything that puts content into data: what steps write, what a case begins with, what an awaited event brings, what a
// sub-workflow is given, what is put into a store; with the elements of `for-each` named as the list they stand for.
import { addTo } from '../language/groups.ts';
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import { completes } from './completion.ts';
import { type DataPath, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** Content that gets into data at a node. */
export interface Arrival {
  readonly node: FlowNode;
  readonly out: DataPath;
  readonly from: readonly DataPath[];
  /** Who sends what comes from somewhere else; undefined where performers of the step write. */
  readonly sender: Actor | undefined;
  /** Comes with a message: from elsewhere, or from whoever emits it in this file. */
  readonly brought: boolean;
  /** Joins what is there already, and replaces nothing. */
  readonly added: boolean;
}

/** What gets into data at `node`: at a step when it is completed, at a start when a case begins. */
export function arrivalsAt(node: FlowNode, workflow: Workflow): readonly Arrival[] {
  if (node.kind === 'start') return givenAt(node, workflow);
  const { step } = node;
  if (node.kind !== 'step' || !step) return [];
  const events = awaited(step, workflow);
  const sender = step.kind === 'wait' ? senderOf(step, workflow) : undefined;
  const given = step.fields.with ? withOf(step) : [];
  const written = writesOf(step, workflow).map(({ out, from }) => ({
    node,
    out: canonical(out, step, workflow),
    from: [...from, ...given].map((path) => canonical(path, step, workflow)),
    sender,
    brought: events.has(out),
    added: false,
  }));
  return [...written, ...storedAt(node, step, workflow)];
}

/** The writes of a step have happened when work leaves it by `edge`; a start has given what it gives. */
export function hasArrived(edge: FlowEdge): boolean {
  if (edge.from.kind === 'start') return true;
  // A receiver refuses what the sender has finished; a message goes out while its sender is at work.
  return completes(edge) || edge.outcome === 'refused' || edge.kind === 'message';
}

/** The element of a `for-each` is the list it is taken from: `line.amount` is `claim.lines.amount`. */
export function canonical(path: DataPath, step: Step | undefined, workflow: Workflow): DataPath {
  if (!workflow.derived(hasItems) || workflow.data.has(rootOf(path))) return path;
  for (let around = step; around; around = around.scope) {
    const { item, in: list } = around.fields.forEach ?? {};
    if (list && item?.value === rootOf(path))
      return canonical(`${pathOf(list)}${path.slice(item.value.length)}`, around.scope, workflow);
  }
  return path;
}

function hasItems({ steps }: Workflow): boolean {
  return [...steps.values()].some(({ fields }) => fields.forEach !== undefined);
}

function givenAt(node: FlowNode, { events, actors }: Workflow): readonly Arrival[] {
  const { gives, from, on } = node.start?.fields ?? {};
  const event = events.get(on?.name ?? '');
  const sender = actors.get((from ?? event?.fields.from)?.name ?? '');
  const given = (gives ?? event?.fields.gives ?? []).map(pathOf);
  return given.map((out) => ({ node, out, from: [], sender, brought: true, added: false }));
}

function awaited({ kind, fields }: Step, { events }: Workflow): ReadonlySet<DataPath> {
  if (kind !== 'wait') return new Set();
  return new Set((events.get(fields.until?.name ?? '')?.fields.gives ?? []).map(pathOf));
}

function senderOf({ fields }: Step, { events, actors }: Workflow): Actor | undefined {
  return actors.get((fields.from ?? events.get(fields.until?.name ?? '')?.fields.from)?.name ?? '');
}

function withOf({ fields }: Step): readonly DataPath[] {
  return [...(fields.with?.values() ?? [])].flatMap(({ value }) => (value ? [pathOf(value)] : []));
}

/** Stores from which an AI learns or looks things up: what goes in comes out with the data that stands for them. */
const bodies: ReadonlySet<string> = new Set(['memory', 'index', 'dataset', 'feedback']);

/** Effects on such a store, and copies in it that the log of a step makes. */
function storedAt(node: FlowNode, step: Step, workflow: Workflow): readonly Arrival[] {
  const { effects = [], log } = step.fields;
  const puts = effects.flatMap(({ to, uses = [] }) =>
    uses.map((used) => ({ store: to && storeNamed(to, workflow), path: pathOf(used) })),
  );
  if (log && 'to' in log) {
    const store = log.to && storeNamed(log.to, workflow);
    for (const { value } of log.fields ?? []) if (workflow.data.has(value)) puts.push({ store, path: value });
  }
  return puts.flatMap(({ store, path }) => {
    const from = [canonical(path, step, workflow)];
    const kept = store === undefined ? [] : (workflow.derived(dataByStore).get(store) ?? []);
    // Beside other data of the store, nobody knows which of them it joins.
    return (kept.length === 1 ? kept : []).map((out) => ({
      node,
      out,
      from,
      sender: undefined,
      brought: false,
      added: true,
    }));
  });
}

/** A store whose content is one body. */
function storeNamed({ name }: Reference, { stores, actors, data }: Workflow): string | undefined {
  if (actors.has(name) || data.has(name)) return undefined;
  return bodies.has(stores.get(name)?.fields.kind?.value ?? '') ? name : undefined;
}

/** Data that lives in a store, by store. */
export function dataByStore({ data }: Workflow): ReadonlyMap<string, readonly DataPath[]> {
  const found = new Map<string, DataPath[]>();
  for (const { id, fields } of data.values()) {
    if (!fields.store) continue;
    addTo(found, fields.store.name, id);
  }
  return found;
}
