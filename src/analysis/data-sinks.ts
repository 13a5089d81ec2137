// Who and what gets to see data: actors at work, those it is handed or sent to, and stores and logs it is put into.
import { type Actor, isAi, type Step, type Store, type Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { callableTools } from './callable-tools.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import type { FlowNode } from './flow-graph.ts';

/** Data that comes to an actor or a store. */
export interface DataSink {
  readonly node: FlowNode;
  readonly step: Step;
  readonly path: DataPath;
  /** On entry to the node, or with what it does there. */
  readonly where: 'at' | 'within';
  readonly to: { readonly actor: Actor } | { readonly store: Store };
  /** What brings it there, as a verb: `reads`, `sends`, `copies`. */
  readonly how: 'reads' | 'is handed' | 'is sent' | 'is shown' | 'keeps';
  /** In the checked file. */
  readonly range: Range;
  /** The entry of `reads` that is the cause. */
  readonly read: Reference | undefined;
}

/**
 * Every sink that a case can reach. Of an effect counts what its `uses` names: what it is made of besides need not go out.
 * A whole workflow takes one pass over its steps, handoffs and effects.
 */
export function dataSinks(analyses: Analyses): readonly DataSink[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const sinks: DataSink[] = [];
  for (const node of graph.nodes) {
    const { step } = node;
    if (node.kind !== 'step' || !step || step.kind === 'scope' || !reachability.isReachable(node)) continue;
    sinks.push(...readBy(node, step), ...shownTo(node, step, workflow));
    if (!node.takenOver) sinks.push(...sentBy(node, step, workflow), ...loggedBy(node, step, workflow));
  }
  return [...sinks, ...handedOver(analyses)];
}

/** Whoever performs or helps sees what the step uses. */
function readBy(node: FlowNode, step: Step): readonly DataSink[] {
  const { reads = [], reviews = [], covers = [], forEach } = step.fields;
  const seen = new Map<DataPath, { reference: Reference; read: Reference | undefined }>();
  for (const reference of [...reads, ...reviews, ...covers, ...(forEach?.in ? [forEach.in] : [])]) {
    const path = pathOf(reference);
    if (!seen.has(path)) seen.set(path, { reference, read: reads.includes(reference) ? reference : undefined });
  }
  const actors = [...new Set([...node.performers, ...(node.takenOver ? [] : step.assistants)])];
  return actors.flatMap((actor) =>
    [...seen].map(([path, { reference, read }]) => ({
      node,
      step,
      path,
      where: 'at' as const,
      to: { actor },
      how: 'reads' as const,
      range: reference.range,
      read,
    })),
  );
}

/** What the tools that an agent may call return. */
function shownTo(node: FlowNode, step: Step, { actors }: Workflow): readonly DataSink[] {
  return callableTools(node, actors).flatMap(({ name, owner, use }) => {
    const returns = isAi(owner) ? (owner.fields.tools?.get(name)?.value?.returns ?? []) : [];
    return returns.map((reference) => ({
      node,
      step,
      path: pathOf(reference),
      where: 'at' as const,
      to: { actor: owner },
      how: 'is shown' as const,
      range: use?.range ?? step.fields.$.valueRange('by') ?? step.range,
      read: undefined,
    }));
  });
}

/** Messages to someone, and what is put into a store. */
function sentBy(node: FlowNode, step: Step, { actors, stores, events }: Workflow): readonly DataSink[] {
  const common = { node, step, where: 'within' as const, read: undefined };
  const effects = (step.fields.effects ?? []).flatMap(({ kind, to, uses = [] }): readonly DataSink[] => {
    const actor = kind?.value === 'message' && to?.field === undefined ? actors.get(to?.name ?? '') : undefined;
    const store = actor || to?.field !== undefined ? undefined : stores.get(to?.name ?? '');
    return uses.flatMap((used): readonly DataSink[] => {
      const sink = { ...common, path: pathOf(used), range: used.range };
      if (actor) return [{ ...sink, to: { actor }, how: 'is sent' }];
      return store ? [{ ...sink, to: { store }, how: 'keeps' }] : [];
    });
  });
  const emitted = (step.fields.emits ?? []).flatMap(({ name, range }): readonly DataSink[] => {
    const { to, gives = [] } = events.get(name)?.fields ?? {};
    const actor = actors.get(to?.name ?? '');
    return actor
      ? gives.map((given) => ({ ...common, path: pathOf(given), range, to: { actor }, how: 'is sent' }))
      : [];
  });
  return [...effects, ...emitted];
}

const unlogged: ReadonlySet<string> = new Set(['wait', 'route', 'scope', 'end']);

/** Data ids among the fields of a log are copied. */
function loggedBy(node: FlowNode, step: Step, { fields, stores, data }: Workflow): readonly DataSink[] {
  if (unlogged.has(step.kind ?? '')) return [];
  const log = step.fields.$.keyRange('log') ? step.fields.log : fields?.defaults?.log;
  const store = log && 'to' in log ? stores.get(log.to?.name ?? '') : undefined;
  if (!store || !log || !('to' in log)) return [];
  const copied = (log.fields ?? []).filter(({ value }) => data.has(value));
  const common = { node, step, where: 'within' as const, to: { store }, how: 'keeps' as const, read: undefined };
  return copied.map(({ value, range }) => ({ ...common, path: value, range }));
}

/** The payload that a contract names, beside what the receiver reads. */
function handedOver({ handoffs, reachability }: Analyses): readonly DataSink[] {
  return handoffs.flatMap(({ receiver, terms, path }) => {
    const { step } = receiver;
    const from = path[0]?.from;
    if (!step || !from || !reachability.isReachable(from)) return [];
    const read = new Set((step.fields.reads ?? []).map(pathOf));
    const more = (terms.payload ?? []).map(pathOf).filter((payload) => !read.has(payload));
    const range = step.fields.$.keyRange('accepts') ?? step.range;
    return more.flatMap((payload) =>
      receiver.performers.map((actor) => ({
        node: receiver,
        step,
        path: payload,
        where: 'at' as const,
        to: { actor },
        how: 'is handed' as const,
        range,
        read: undefined,
      })),
    );
  });
}
