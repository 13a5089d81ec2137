// Values of a workflow as the audit pack writes them: ids, spans of time as written, days. What is not said is left out.
import { pathOf } from '../analysis/data-paths.ts';
import { durationText } from '../analysis/step-time.ts';
import type { FromData, Reference, Target } from '../language/parts.ts';
import type { Located } from '../language/source.ts';
import type { Amount, Duration } from '../language/values.ts';
import type { DataFields } from '../language/vocabulary.ts';

/** How long something is kept. */
export interface KeptRecord {
  readonly min?: string;
  readonly max?: string;
}

/** The entries that have a value. */
export type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export function known<T extends object>(entries: T): Known<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Known<T>;
}

/** A text on one line; undefined where there is none. */
export function textOf(value: Located<string> | undefined): string | undefined {
  return value?.value.replace(/\s+/gu, ' ').trim() || undefined;
}

/** `2026-11-24`. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** As written; the field where it is read from data. */
export function spanOf(value: Located<Duration | FromData> | undefined): string | undefined {
  if (!value) return undefined;
  return 'parts' in value.value ? durationText(value.value) : pathOf(value.value.field);
}

export function amountOf(value: Located<Amount> | undefined): string | undefined {
  return value && `${value.value.value} ${value.value.currency}`;
}

/** Ids, or `DATA.field`, each once. */
export function namesOf(references: readonly Reference[] | undefined): readonly string[] {
  return [...new Set((references ?? []).map(pathOf))];
}

export function valuesOf(values: readonly Located<string | number>[] | undefined): readonly string[] {
  return [...new Set((values ?? []).map(({ value }) => String(value)))];
}

export function keptOf(retain: DataFields['retain'], single: 'min' | 'max'): KeptRecord | undefined {
  if (!retain) return undefined;
  if ('value' in retain) return known({ [single]: durationOf(retain) });
  return known({ min: durationOf(retain.min), max: durationOf(retain.max) });
}

/** Ids of the steps that a target leads to. */
export function stepsOf(target: Target | undefined): readonly string[] {
  if (!target) return [];
  if (target.kind === 'step') return [target.step.name];
  const all = target.kind === 'link' ? stepsOf(target.link.to) : target.links.flatMap(({ to }) => stepsOf(to));
  return [...new Set(all)];
}

function durationOf(value: Located<Duration | FromData> | undefined): string | undefined {
  return spanOf(value);
}
