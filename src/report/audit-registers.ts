// Two registers of one workflow for an audit: what is handed over on which terms, and what data goes where.
import type { Analyses } from '../analysis/analyses.ts';
import { rootOf, writesOf } from '../analysis/data-paths.ts';
import { type DataSink, dataSinks } from '../analysis/data-sinks.ts';
import type { FlowEdge } from '../analysis/flow-graph.ts';
import { arrivals, type Handoff, startSender } from '../analysis/handoffs.ts';
import { overCleared } from '../analysis/over-cleared.ts';
import { wayFrom } from '../analysis/ways.ts';
import { groupBy } from '../language/groups.ts';
import { type Data, isAi, type Store } from '../language/model.ts';
import { amongSteps } from './audit-order.ts';
import { type KeptRecord, keptOf, namesOf, spanOf, stepsOf, textOf, valuesOf } from './audit-values.ts';

/** Work that changes hands. */
export interface HandoffRecord {
  /** Ids of whoever hands over; any one of them. */
  readonly from: readonly string[];
  readonly fromStep?: string;
  readonly to: readonly string[];
  readonly toStep: string;
  /** Outcomes and conditions on the way. */
  readonly at: readonly string[];
  readonly betweenHumanAndAi: boolean;
  /** Some contract is written for it. */
  readonly contract: boolean;
  readonly payload: readonly string[];
  readonly acceptIf?: string;
  /** Time in which the receiver confirms. */
  readonly ack?: string;
  /** It is confirmed by itself. */
  readonly automatic: boolean;
  /** Who owns the work until then; nothing is said: the sender. */
  readonly ownerUntilAck?: string;
  readonly onReject: readonly string[];
  /** What the receiver is shown. */
  readonly context: readonly string[];
  /** Time limit of the receiving step. */
  readonly within?: string;
}

/** Someone or something that data comes to. */
export interface AccessRecord {
  readonly to: string;
  readonly kind: 'actor' | 'store';
  readonly how: DataSink['how'];
  readonly steps: readonly string[];
  /** False where the class, a label or the region is beyond what it is cleared for. */
  readonly cleared: boolean;
  /** Where an AI reads it: who runs its models. */
  readonly models?: readonly ModelPlace[];
}

export interface ModelPlace {
  readonly provider?: string;
  readonly region?: string;
  /** The provider trains on what it is sent. */
  readonly trainsOnInput: boolean;
}

/** One kind of data. */
export interface DataRecord {
  readonly id: string;
  readonly title: string;
  readonly class?: string;
  readonly labels: readonly string[];
  readonly origin: readonly string[];
  readonly trust?: string;
  readonly purposes: readonly string[];
  readonly retain?: KeptRecord;
  readonly store?: string;
  /** The legal exception relied on. */
  readonly basis?: string;
  /** Who brings it when a case begins; absent where no start does. */
  readonly givenAtStartBy?: readonly string[];
  readonly writtenBy: readonly { readonly step: string; readonly by: readonly string[] }[];
  readonly comesTo: readonly AccessRecord[];
}

/** Where data lives longer than a case. */
export interface StoreRecord {
  readonly id: string;
  readonly title: string;
  readonly kind?: string;
  readonly appendOnly: boolean;
  readonly retain?: KeptRecord;
  readonly region?: string;
  readonly clearance?: string;
  readonly writers: readonly string[];
  readonly admins: readonly string[];
}

/** One entry for each step or start that hands over, each receiver and each contract; in the order of the receiving steps. */
export function handoffsOf(analyses: Analyses): readonly HandoffRecord[] {
  const order = amongSteps(analyses.workflow);
  return analyses.handoffs
    .flatMap((handoff) => waysOf(handoff, analyses))
    .sort((a, b) => order(a.toStep) - order(b.toStep) || order(a.fromStep ?? '') - order(b.fromStep ?? ''));
}

/** The analysis keeps one way for each sender, receiver and contract; here each step that hands over counts. */
function waysOf(handoff: Handoff, { workflow }: Analyses): readonly HandoffRecord[] {
  const { senders, receiver, path, terms, hasContract, betweenHumanAndAi } = handoff;
  const { step } = receiver;
  if (!step) return [];
  const { acceptIf, ack, auto, ownerUntilAck, onReject, context, payload } = terms;
  const [confirmed, within] = [spanOf(ack), spanOf(step.within)];
  const written = path.findLast(({ contract }) => contract)?.contract;
  const paths = arrivals(receiver, workflow)
    .filter(({ way }) => way.contract?.range.start === written?.range.start)
    .filter((arrival) => arrival.senders.map(({ id }) => id).join() === senders.map(({ id }) => id).join())
    .map(({ way }) => wayFrom(way));
  const groups = groupBy(paths, ([first]) => first?.from.step?.id ?? '');
  return [...groups].map(([fromStep, group]) => ({
    from: senders.map(({ id }) => id),
    ...(fromStep === '' ? {} : { fromStep }),
    to: receiver.performers.map(({ id }) => id),
    toStep: step.id,
    at: [...new Set(group.flatMap((way) => labelOf(way) ?? []))],
    betweenHumanAndAi,
    contract: hasContract,
    payload: namesOf(payload ?? step.fields.reads),
    ...(acceptIf ? { acceptIf: acceptIf.text.replace(/\s+/gu, ' ').trim() } : {}),
    ...(confirmed === undefined ? {} : { ack: confirmed }),
    automatic: auto?.value ?? false,
    ...(ownerUntilAck ? { ownerUntilAck: ownerUntilAck.name } : {}),
    onReject: stepsOf(onReject),
    context: valuesOf(context),
    ...(within === undefined ? {} : { within }),
  }));
}

/** Every outcome and condition on the way. */
function labelOf(path: readonly FlowEdge[]): string | undefined {
  const labels = path.flatMap(({ label }) =>
    label && label !== 'completed' ? [label.replace(/\s+/gu, ' ').trim()] : [],
  );
  return labels.length > 0 ? labels.join(' → ') : undefined;
}

/** Data of the file, and imported data that it uses. */
export function dataIn(analyses: Analyses): readonly DataRecord[] {
  const { workflow } = analyses;
  const over = new Set(overCleared(analyses).map(({ sink }) => keyOf(sink)));
  const sinks = groupBy(analyses.derived(dataSinks), ({ path }) => rootOf(path));
  const writers = new Map<string, { readonly step: string; readonly by: readonly string[] }[]>();
  for (const step of workflow.steps.values()) {
    const by = [...step.performers, ...step.assistants].map(({ id }) => id);
    for (const root of new Set(writesOf(step, workflow).map(({ out }) => rootOf(out))))
      writers.set(root, [...(writers.get(root) ?? []), { step: step.id, by }]);
  }
  const given = new Map<string, readonly string[]>();
  for (const start of workflow.starts) {
    const sender = startSender(start, workflow);
    for (const root of new Set(namesOf(start.fields.gives).map(rootOf)))
      given.set(root, [...new Set([...(given.get(root) ?? []), ...(sender === undefined ? [] : [sender])])]);
  }
  return [...workflow.data.values()]
    .filter(({ id, uri }) => uri === workflow.file.uri || sinks.has(id) || writers.has(id) || given.has(id))
    .map((data) => dataOf(data, given.get(data.id), writers.get(data.id) ?? [], sinks.get(data.id) ?? [], over));
}

function dataOf(
  { id, fields }: Data,
  givenAtStartBy: readonly string[] | undefined,
  writtenBy: DataRecord['writtenBy'],
  sinks: readonly DataSink[],
  over: ReadonlySet<string>,
): DataRecord {
  const retain = keptOf(fields.retain, 'max');
  const basis = textOf(fields.basis?.ref);
  return {
    id,
    title: textOf(fields.title) ?? id,
    ...(fields.class ? { class: fields.class.value } : {}),
    labels: valuesOf(fields.labels),
    origin: valuesOf(fields.origin),
    ...(fields.trust ? { trust: fields.trust.value } : {}),
    purposes: valuesOf(fields.purpose),
    ...(retain ? { retain } : {}),
    ...(fields.store ? { store: fields.store.name } : {}),
    ...(basis === undefined ? {} : { basis }),
    ...(givenAtStartBy ? { givenAtStartBy } : {}),
    writtenBy,
    comesTo: [...groupBy(sinks, ({ to, how }) => `${idOf(to)} ${how}`).values()].map((group) => accessOf(group, over)),
  };
}

function accessOf(group: readonly [DataSink, ...DataSink[]], over: ReadonlySet<string>): AccessRecord {
  const [{ to, how }] = group;
  const models = 'actor' in to && isAi(to.actor) ? (to.actor.fields.model ?? []) : [];
  return {
    to: 'actor' in to ? to.actor.id : to.store.id,
    kind: 'actor' in to ? 'actor' : 'store',
    how,
    steps: [...new Set(group.map(({ step }) => step.id))],
    cleared: !group.some((sink) => over.has(keyOf(sink))),
    ...(models.length > 0
      ? {
          models: models.map(({ provider, region, trainsOnInput }) => ({
            ...(provider ? { provider: provider.value } : {}),
            ...(region ? { region: region.value } : {}),
            trainsOnInput: trainsOnInput?.value ?? false,
          })),
        }
      : {}),
  };
}

function idOf(to: DataSink['to']): string {
  return 'actor' in to ? `actor:${to.actor.id}` : `store:${to.store.id}`;
}

function keyOf({ node, path, where, to, how }: DataSink): string {
  return JSON.stringify([node.index, path, where, idOf(to), how]);
}

/** Stores of the file, and imported ones that data or logs go to. */
export function storesIn({ workflow }: Analyses, used: ReadonlySet<string>): readonly StoreRecord[] {
  return [...workflow.stores.values()].filter(({ id, uri }) => uri === workflow.file.uri || used.has(id)).map(storeOf);
}

function storeOf({ id, fields }: Store): StoreRecord {
  const { kind, region, clearance } = fields;
  const retain = keptOf(fields.retain, kind?.value === 'log' || kind?.value === 'record' ? 'min' : 'max');
  return {
    id,
    title: textOf(fields.title) ?? id,
    ...(kind ? { kind: kind.value } : {}),
    appendOnly: fields.appendOnly?.value ?? false,
    ...(retain ? { retain } : {}),
    ...(region ? { region: region.value } : {}),
    ...(clearance?.max ? { clearance: clearance.max.value } : {}),
    writers: namesOf(fields.writers),
    admins: namesOf(fields.admins),
  };
}
