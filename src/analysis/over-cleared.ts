// Data that comes to someone or something that is not cleared for it: its class, its labels, the region, the training use.
import type { Actor, Store } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { above, classesOf, classIn, type DataClass } from './classes.ts';
import { type DataSink, dataSinks } from './data-sinks.ts';
import type { Labels } from './taint-rules.ts';

/** One datum that is too sensitive for where it goes. */
export interface OverCleared {
  readonly sink: DataSink;
  /** All classes and labels it has there. */
  readonly bits: Labels;
  /** Those the sink is not cleared for. */
  readonly over: Labels;
}

/** What a sink is cleared for. */
export interface Allowed {
  /** Undefined: any class. */
  readonly max: DataClass | undefined;
  /** Undefined: any label. */
  readonly labels: readonly string[] | undefined;
  /** Nothing is stated, so the default holds. */
  readonly isDefault: boolean;
}

/** Labels that say what content is, and not who may see it. */
const plainLabels: ReadonlySet<string> = new Set(['deep-fake', 'public-interest']);

/**
 * What may come to an actor: humans everything, everyone else what is public, unless a clearance says more. A store
 * without one takes everything. Undefined while it is half typed or the kind is not known.
 */
export function allowedAt(to: DataSink['to']): Allowed | undefined {
  const { clearance, $: origin } = 'actor' in to ? to.actor.fields : to.store.fields;
  if (clearance) {
    const { max, labels, $: own } = clearance;
    if (!max && own.keyRange('max')) return undefined;
    return { max: max?.value, labels: labels?.map(({ value }) => value), isDefault: false };
  }
  if (origin.keyRange('clearance') || 'store' in to) return undefined;
  const { kind } = to.actor;
  return kind === undefined || kind === 'human' || kind === 'team'
    ? undefined
    : { max: 'public', labels: undefined, isDefault: true };
}

/** Every datum that comes where it is not cleared to be. O(sinks), beside what `classesOf` takes. */
export function overCleared(analyses: Analyses): readonly OverCleared[] {
  const classes = analyses.derived(classesOf);
  return analyses.derived(dataSinks).flatMap((sink) => {
    const allowed = allowedAt(sink.to);
    if (!allowed) return [];
    const bits = classes.bitsOf(sink.node, sink.path, sink.where);
    const over = bits & (allowed.max === undefined ? 0 : above(allowed.max));
    const labels = allowed.labels
      ? classes.labelsIn(bits).filter((label) => !allowed.labels?.includes(label) && !plainLabels.has(label))
      : [];
    const overLabels = labels.length > 0 ? labelBits(labels, bits, classes.labelsIn) : 0;
    return over | overLabels ? [{ sink, bits, over: over | overLabels }] : [];
  });
}

function labelBits(labels: readonly string[], bits: Labels, labelsIn: (bits: Labels) => readonly string[]): Labels {
  let found = 0;
  for (let bit = 1; bit > 0 && bit <= bits; bit *= 2)
    if ((bits & bit) !== 0 && labelsIn(bit).some((label) => labels.includes(label))) found |= bit;
  return found;
}

/** Where the model of an agent, or a store, is outside the regions of its clearance. */
export function regionFault(to: DataSink['to']): 'outside' | 'unknown' | undefined {
  const regions = 'actor' in to ? regionsOfActor(to.actor) : regionsOfStore(to.store);
  const allowed = ('actor' in to ? to.actor : to.store).fields.clearance?.regions?.map(({ value }) => value) ?? [];
  if (allowed.length === 0 || regions.length === 0) return undefined;
  if (regions.some((region) => region !== undefined && !allowed.includes(region))) return 'outside';
  return regions.includes(undefined) ? 'unknown' : undefined;
}

function regionsOfActor({ fields }: Actor): readonly (string | undefined)[] {
  return (fields.model ?? []).map(({ region }) => region?.value);
}

function regionsOfStore({ fields }: Store): readonly (string | undefined)[] {
  return fields.region ? [fields.region.value] : [];
}

/** In words: `personal`, `confidential and 'payroll'`. */
export function inWords(bits: Labels, labelsIn: (bits: Labels) => readonly string[]): string {
  const level = classIn(bits);
  const labels = labelsIn(bits).map((label) => `'${label}'`);
  return [...(level === 'public' && labels.length > 0 ? [] : [level]), ...labels].join(' and ');
}
