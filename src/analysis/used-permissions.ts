// Which tools and grants of an agent no step uses, its delegates' steps included.
import { type Actor, isAi, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { pathOf, rootOf, writesOf } from './data-paths.ts';
import { delegationsOf, grantName } from './delegation.ts';
import { isUnknown } from './performers.ts';

export interface Unused {
  readonly names: ReadonlySet<string>;
  /** The steps the agent takes part in. */
  readonly steps: readonly Step[];
}

/** What is used; undefined: it cannot be told, and everything may be. */
type Used = ReadonlySet<string> | undefined;

/**
 * For each agent that takes part in some step: its tools and grants minus what these steps use, and minus what it passes on
 * to delegates that use it (least privilege, Saltzer and Schroeder 1975; union over the delegation graph, O(agents × rights)).
 * An agent of which some step does not say what it uses has nothing unused.
 */
export function unusedPermissions({ graph, workflow }: Analyses): ReadonlyMap<Actor, Unused> {
  // Any agent may perform what nobody is known to perform.
  if (graph.nodes.some((node) => node.kind === 'step' && isUnknown(node))) return new Map();
  const steps = new Map<Actor, Set<Step>>();
  const add = (actor: Actor | undefined, step: Step) => {
    if (actor && isAi(actor)) steps.set(actor, (steps.get(actor) ?? new Set()).add(step));
  };
  for (const node of graph.nodes) {
    const { step } = node;
    if (!step || node.kind !== 'step') continue;
    for (const actor of [...node.performers, ...step.assistants]) add(actor, step);
    for (const { name } of step.fields.delegatesTo ?? []) add(workflow.actors.get(name), step);
  }
  const used = new Map<Actor, Used>();
  for (const [actor, its] of steps) used.set(actor, union([...its].map((step) => usedAt(step, workflow))));
  // What a delegate that cannot be found uses, nobody knows.
  for (const [actor] of steps)
    if (actor.fields.delegates?.some(({ to }) => !to || !workflow.actors.has(to.name))) used.set(actor, undefined);
  passUp(used, workflow);
  return new Map(
    [...steps].flatMap(([actor, its]): readonly [Actor, Unused][] => {
      const known = used.get(actor);
      if (!known) return [];
      const { tools, grants } = actor.fields;
      const all = [...(tools?.keys() ?? []), ...(grants ?? []).map(grantName)];
      return [[actor, { names: new Set(all.filter((name) => !known.has(name))), steps: [...its] }]];
    }),
  );
}

function union(all: readonly Used[]): Used {
  const names = new Set<string>();
  for (const one of all) {
    if (!one) return undefined;
    for (const name of one) names.add(name);
  }
  return names;
}

/** What a step names, and what it does with stores; `uses` that is missing or half typed names everything. */
function usedAt(step: Step, workflow: Workflow): Used {
  const { uses, effects = [] } = step.fields;
  if (!uses) return undefined;
  const rollbacks = effects.flatMap(({ rollback }) => rollback?.by ?? []);
  const names = new Set([...uses, ...rollbacks].map(grantName));
  const storeOf = (path: string) => workflow.data.get(rootOf(path))?.fields.store?.name;
  const touch = (store: string | undefined, ...rights: readonly string[]) => {
    if (store !== undefined) for (const right of rights) names.add(`${store}.${right}`);
  };
  for (const path of (step.fields.reads ?? []).map(pathOf)) touch(storeOf(path), 'read');
  for (const { out } of writesOf(step, workflow)) touch(storeOf(out), 'read', 'write');
  for (const { to } of effects) if (to && workflow.stores.has(to.name)) touch(to.name, 'read', 'write', 'delete');
  const log = step.fields.log ?? workflow.fields?.defaults?.log;
  if (log && 'to' in log) touch(log.to?.name, 'write');
  return names;
}

/** What a delegate uses, whoever passes it the work needs as well; until nothing is added. */
function passUp(used: Map<Actor, Used>, workflow: Workflow): void {
  const delegations = delegationsOf(workflow);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to, grants } of delegations) {
      if (!used.has(from) || used.get(from) === undefined) continue;
      const below = used.has(to) ? (used.get(to) ?? everythingOf(to)) : new Set<string>();
      const before = used.get(from);
      const after = union([before, below, grants ?? new Set()]);
      if (after?.size === before?.size) continue;
      used.set(from, after);
      changed = true;
    }
  }
}

function everythingOf({ fields }: Actor): ReadonlySet<string> {
  return new Set([...(fields.tools?.keys() ?? []), ...(fields.grants ?? []).map(grantName)]);
}
