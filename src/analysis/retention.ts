// How long things are kept: of data, stores and logs, with the minima and maxima that stand against each other.
import type { Data, Step, Store, Workflow } from '../language/model.ts';
import type { FromData } from '../language/parts.ts';
import type { Located, Range } from '../language/source.ts';
import type { Duration } from '../language/values.ts';
import type { StoreFields } from '../language/vocabulary.ts';
import { rootOf, writesOf } from './data-paths.ts';
import type { FlowGraph, FlowNode } from './flow-graph.ts';
import { logOf, type StepLog } from './logging.ts';
import { durationText, statedDuration } from './step-time.ts';

type Retain = StoreFields['retain'];

/** A bound as someone wrote it. */
export interface Period {
  readonly minutes: number;
  readonly text: string;
  readonly range: Range;
}

/** Kept at least and at most this long. */
export interface Retention {
  readonly min: Period | undefined;
  readonly max: Period | undefined;
}

/** A single duration is the minimum for logs and records, the maximum elsewhere (language.md, 9.20). */
function retentionOf(retain: Retain, single: 'min' | 'max'): Retention {
  if (!retain) return { min: undefined, max: undefined };
  if ('value' in retain) {
    const period = periodOf(retain);
    return { min: single === 'min' ? period : undefined, max: single === 'max' ? period : undefined };
  }
  return { min: periodOf(retain.min), max: periodOf(retain.max) };
}

function periodOf(value: Located<Duration | FromData> | undefined): Period | undefined {
  const duration = statedDuration(value);
  return value && duration
    ? { minutes: duration.minutes, text: durationText(duration), range: value.range }
    : undefined;
}

export function dataRetention({ fields }: Data): Retention {
  return retentionOf(fields.retain, 'max');
}

export function storeRetention({ fields }: Store): Retention {
  const kind = fields.kind?.value;
  return retentionOf(fields.retain, kind === 'log' || kind === 'record' ? 'min' : 'max');
}

/** Of the log of a step, without that of its store. */
export function logRetention({ record }: StepLog): Retention {
  return retentionOf(record?.retain, 'min');
}

/** A minimum that is longer than a maximum that holds for the same thing. */
export interface RetentionConflict {
  readonly kept: Period & { readonly where: string };
  readonly deleted: Period & { readonly where: string };
  /** What both hold for. */
  readonly of:
    | { readonly kind: 'data'; readonly data: Data }
    | { readonly kind: 'store'; readonly store: Store }
    | { readonly kind: 'log'; readonly step: Step; readonly log: StepLog };
  /** The log that copies the data, where that is how they meet. */
  readonly copied: { readonly step: Step; readonly log: StepLog } | undefined;
}

/** Every conflict in which a declaration of this file or a step of it takes part. */
export function retentionConflicts(workflow: Workflow, graph: FlowGraph): readonly RetentionConflict[] {
  return [...ofStores(workflow), ...ofLogs(workflow), ...ofData(workflow, graph)];
}

function ofStores({ stores, file }: Workflow): readonly RetentionConflict[] {
  return [...stores.values()]
    .filter(({ uri }) => uri === file.uri)
    .flatMap((store) => {
      const { min, max } = storeRetention(store);
      const where = `store '${store.id}'`;
      return against(min, where, max, where, { kind: 'store', store });
    });
}

/** Each log record once, however many steps share it. */
function ofLogs(workflow: Workflow): readonly RetentionConflict[] {
  const seen = new Set<unknown>();
  return [...workflow.steps.values()].flatMap((step) => {
    const log = logOf(step, workflow);
    if (!log.record || seen.has(log.record)) return [];
    seen.add(log.record);
    const own = logRetention(log);
    const store = log.store ? storeRetention(log.store) : undefined;
    const [here, there] = [`log of '${step.id}'`, `store '${log.store?.id}'`];
    const of = { kind: 'log', step, log } as const;
    return [
      ...against(own.min, here, own.max, here, of),
      ...against(own.min, here, store?.max, there, of),
      ...against(store?.min, there, own.max, here, of),
    ];
  });
}

function ofData(workflow: Workflow, graph: FlowGraph): readonly RetentionConflict[] {
  return [...workflow.data.values()].flatMap((data) => {
    const { min, max } = dataRetention(data);
    if (!min && !max) return [];
    const of = { kind: 'data', data } as const;
    const where = `data '${data.id}'`;
    const store = workflow.stores.get(data.fields.store?.name ?? '');
    const kept = store && storeRetention(store);
    const own = [
      ...(data.uri === workflow.file.uri ? against(min, where, max, where, of) : []),
      ...against(kept?.min, `store '${store?.id}'`, max, where, of),
      ...against(min, where, kept?.max, `store '${store?.id}'`, of),
    ];
    return max ? [...own, ...copiesOf(data, max, workflow, graph)] : own;
  });
}

/** Copies in logs and in stores that must be kept longer than the data may be. */
function copiesOf(data: Data, max: Period, workflow: Workflow, graph: FlowGraph): readonly RetentionConflict[] {
  const of = { kind: 'data', data } as const;
  const where = `data '${data.id}'`;
  const found = new Map<unknown, RetentionConflict>();
  const exists = existenceOf(data, workflow, graph);
  for (const step of workflow.steps.values()) {
    const log = logOf(step, workflow);
    const names = [...log.fields].some((field) => rootOf(field) === data.id);
    if (log.record && names && !found.has(log.record) && exists(step)) {
      const own = logRetention(log).min;
      const stored = log.store && storeRetention(log.store).min;
      const longest = !stored || (own && own.minutes >= stored.minutes) ? own : stored;
      const place = longest === own ? `log of '${step.id}'` : `store '${log.store?.id}'`;
      for (const conflict of against(longest, place, max, where, of, { step, log })) found.set(log.record, conflict);
    }
    for (const { to, uses, amount } of step.fields.effects ?? []) {
      const store = workflow.stores.get(to?.name ?? '');
      const used = [...(uses ?? []), ...(amount ? [amount] : [])].some(({ name }) => name === data.id);
      if (!store || !used || found.has(store) || data.fields.store?.name === store.id) continue;
      for (const conflict of against(storeRetention(store).min, `store '${store.id}'`, max, where, of))
        found.set(store, conflict);
    }
  }
  return [...found.values()];
}

function against(
  min: Period | undefined,
  minWhere: string,
  max: Period | undefined,
  maxWhere: string,
  of: RetentionConflict['of'],
  copied?: RetentionConflict['copied'],
): readonly RetentionConflict[] {
  if (!min || !max || min.minutes <= max.minutes) return [];
  return [{ kept: { ...min, where: minWhere }, deleted: { ...max, where: maxWhere }, of, copied }];
}

/** A log copies data only where it exists: at and behind a step that writes it, or a start or event that gives it. */
function existenceOf(data: Data, workflow: Workflow, graph: FlowGraph): (step: Step) => boolean {
  if (data.fields.store || data.fields.trustedRecord?.value) return () => true;
  let known: ReadonlySet<Step> | undefined;
  const find = () => {
    const reached = new Set<FlowNode>(graph.nodes.filter((node) => brings(node, data.id, workflow)));
    for (const node of reached) for (const { to } of node.out) reached.add(to);
    return new Set([...reached].flatMap(({ step }) => step ?? []));
  };
  return (step) => {
    known ??= find();
    return known.has(step) || (step.fields.reads ?? []).some(({ name }) => name === data.id);
  };
}

function brings({ step, start, kind }: FlowNode, id: string, workflow: Workflow): boolean {
  if (start) {
    const given = start.fields.gives ?? workflow.events.get(start.fields.on?.name ?? '')?.fields.gives ?? [];
    return given.some(({ name }) => name === id);
  }
  if (!step || kind !== 'step') return false;
  const items = step.fields.forEach?.item?.value === id;
  return items || writesOf(step, workflow).some(({ out }) => rootOf(out) === id);
}

/** `90d`, `6mo`, `7y`, for minutes that nobody wrote down. */
export function periodText(minutes: number): string {
  const days = minutes / (24 * 60);
  if (days >= 365 && days % 365 === 0) return `${days / 365}y`;
  if (days >= 30 && days % 30 === 0) return `${days / 30}mo`;
  return `${Math.ceil(days)}d`;
}
