// Data as paths (`claim`, `claim.amount`), what each step writes from what, and what data derives from.
import { groupBy } from '../language/groups.ts';
import type { Step, Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import { isList } from '../language/source.ts';

/** A data id, with the path of a field behind it where only that field is meant. */
export type DataPath = string;

/** A mention as it is written: `claim.amount`. */
export function pathOf({ name, field }: Reference): DataPath {
  return field === undefined ? name : `${name}.${field}`;
}

/** `whole` names all of `part`: it is the same path or one above it. */
export function includes(whole: DataPath, part: DataPath): boolean {
  return part.startsWith(whole) && (part.length === whole.length || part[whole.length] === '.');
}

/** The two share content. */
export function overlap(a: DataPath, b: DataPath): boolean {
  return includes(a, b) || includes(b, a);
}

/** One output of a step and what it derives from. */
export interface Write {
  readonly out: DataPath;
  readonly from: readonly DataPath[];
}

/** What a step writes: its `writes`, what a sub-workflow returns, what an awaited event gives. */
export function writesOf(step: Step, workflow: Workflow): readonly Write[] {
  return workflow.derived(allWrites).get(step) ?? [];
}

function allWrites(workflow: Workflow): ReadonlyMap<Step, readonly Write[]> {
  return new Map([...workflow.steps.values()].map((step) => [step, writesAt(step, workflow)]));
}

function writesAt(step: Step, workflow: Workflow): readonly Write[] {
  const { writes, reads, returns, until } = step.fields;
  const all = (reads ?? []).map(pathOf);
  const given = until && step.kind === 'wait' ? (workflow.events.get(until.name)?.fields.gives ?? []) : [];
  return [
    ...declaredWrites(writes, all),
    ...[...(returns?.keys() ?? [])].map((out) => ({ out, from: all })),
    ...given.map((reference) => ({ out: pathOf(reference), from: [] })),
  ];
}

function declaredWrites(writes: Step['fields']['writes'], reads: readonly DataPath[]): readonly Write[] {
  if (writes === undefined) return [];
  if (isList(writes)) return writes.map((reference) => ({ out: pathOf(reference), from: reads }));
  if ('name' in writes) return [{ out: pathOf(writes), from: reads }];
  return [...writes.values()].map(({ key, value }) => ({ out: key.value, from: (value ?? []).map(pathOf) }));
}

/** Everything `path` derives from, over all steps; without `path` itself. */
export function sourcesOf(path: DataPath, workflow: Workflow): ReadonlySet<DataPath> {
  const writes = workflow.derived(writesByRoot);
  const sources = new Set<DataPath>([path]);
  for (const known of sources) {
    for (const { out, from } of writes.get(rootOf(known)) ?? [])
      if (overlap(out, known)) for (const source of from) sources.add(source);
  }
  sources.delete(path);
  return sources;
}

/** The data id of a path: only paths of the same data share content. */
export function rootOf(path: DataPath): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

function writesByRoot(workflow: Workflow): ReadonlyMap<string, readonly Write[]> {
  return byRoot([...workflow.derived(allWrites).values()].flat());
}

/** Writes by the id of the data they go to. */
export function byRoot<T extends { readonly out: DataPath }>(writes: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupBy(writes, ({ out }) => rootOf(out));
}
