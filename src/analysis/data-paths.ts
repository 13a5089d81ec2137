// Data as paths (`claim`, `claim.amount`), what each step writes from what, and what data derives from.
import type { Step, Workflow } from '../language/model.ts';
import type { Reference } from '../language/shape.ts';

/** A data id, with the path of a field behind it where only that field is meant. */
export type DataPath = string;

export function pathOf({ name, field }: Reference): DataPath {
  return field === undefined ? name : `${name}.${field}`;
}

/** `whole` names all of `part`: it is the same path or one above it. */
export function includes(whole: DataPath, part: DataPath): boolean {
  return whole === part || part.startsWith(`${whole}.`);
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
  if (writes instanceof Map) {
    return [...writes.values()].map(({ key, value }) => ({ out: key.value, from: (value ?? []).map(pathOf) }));
  }
  const list = Array.isArray(writes) ? (writes as readonly Reference[]) : [writes as Reference];
  return list.map((reference) => ({ out: pathOf(reference), from: reads }));
}

/** Everything `path` derives from, over all steps; without `path` itself. */
export function sourcesOf(path: DataPath, workflow: Workflow): ReadonlySet<DataPath> {
  const writes = [...workflow.steps.values()].flatMap((step) => writesOf(step, workflow));
  const sources = new Set<DataPath>([path]);
  for (const known of sources) {
    for (const { out, from } of writes) if (overlap(out, known)) for (const source of from) sources.add(source);
  }
  sources.delete(path);
  return sources;
}
