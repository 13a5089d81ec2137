// Delegation among agents: who passes work to whom, and what each may do then.
import { groupBy } from '../language/groups.ts';
import { type Actor, isAi, type Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { ActorFields } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';

/** One way an agent can pass work on. */
export interface Delegation {
  readonly from: Actor;
  readonly to: Actor;
  /** What the delegate is granted; undefined where nothing is said. */
  readonly grants: ReadonlySet<string> | undefined;
  readonly maxDepth: number | undefined;
  readonly maxParallel: number | undefined;
  /** The name of the delegate, where it is written. */
  readonly mention: Reference;
  /** Id of the step that says so; undefined where the delegator's declaration does. */
  readonly step: string | undefined;
  /** The work goes on after the step is left. */
  readonly detached: boolean;
  /** The delegator's declaration of it. */
  readonly entry: NonNullable<ActorFields['delegates']>[number] | undefined;
}

/** What an agent may do, by name: tools, free grants, `STORE.read` and its like; undefined where nothing is declared. */
export type Permissions = ReadonlySet<string> | undefined;

/** Every delegation that actors declare, and those that only a step names. */
export function delegationsOf(workflow: Workflow): readonly Delegation[] {
  return workflow.derived(allDelegations);
}

function allDelegations(workflow: Workflow): readonly Delegation[] {
  const { actors, steps } = workflow;
  const declared = [...actors.values()].filter(isAi).flatMap((from) =>
    (from.fields.delegates ?? []).flatMap((entry): readonly Delegation[] => {
      const to = entry.to && actors.get(entry.to.name);
      if (!entry.to || !to) return [];
      return [
        {
          from,
          to,
          grants: entry.grants && new Set(entry.grants.map(({ value }) => value)),
          maxDepth: entry.maxDepth?.value,
          maxParallel: entry.maxParallel?.value,
          mention: entry.to,
          step: undefined,
          detached: false,
          entry,
        },
      ];
    }),
  );
  const known = new Map(declared.map((delegation) => [keyOf(delegation.from, delegation.to), delegation]));
  const inSteps = [...steps.values()].flatMap((step) =>
    (step.fields.delegatesTo ?? []).flatMap((mention): readonly Delegation[] => {
      const to = actors.get(mention.name);
      return step.performers.filter(isAi).flatMap((from) => {
        if (!to) return [];
        const same = known.get(keyOf(from, to));
        const detached = step.fields.detached?.value === true;
        const own = { from, to, mention, step: step.id, detached };
        const { grants, maxDepth, maxParallel, entry } = same ?? nothingDeclared;
        return [{ ...own, grants, maxDepth, maxParallel, entry }];
      });
    }),
  );
  return [...declared, ...inSteps];
}

const nothingDeclared = { grants: undefined, maxDepth: undefined, maxParallel: undefined, entry: undefined };

function keyOf(from: Actor, to: Actor): string {
  return `${from.id} ${to.id}`;
}

/** The same pair once: as declared, else as the first step says it. */
export function pairsOf(delegations: readonly Delegation[]): readonly Delegation[] {
  const pairs = new Map<string, Delegation>();
  for (const delegation of delegations) {
    const key = keyOf(delegation.from, delegation.to);
    if (!pairs.has(key)) pairs.set(key, delegation);
  }
  return [...pairs.values()];
}

/** Tools, grants and rights on stores that an actor declares, or that a store gives it. */
export function permissionsOf(actor: Actor, workflow: Workflow): Permissions {
  const { tools, grants, $: origin } = actor.fields;
  const onStores = workflow.derived(rightsOnStores).get(actor.id);
  const isDeclared = tools !== undefined || grants !== undefined || onStores !== undefined;
  // What a real agent definition adds is not known here.
  if (!isDeclared || actor.fields.card || origin.keyRange('card')) return undefined;
  return new Set([...(tools?.keys() ?? []), ...(grants ?? []).map(grantName), ...(onStores ?? [])]);
}

/** `STORE.write`, or a free id. */
export function grantName({ name, field }: Pick<Reference, 'name' | 'field'>): string {
  return field === undefined ? name : `${name}.${field}`;
}

function rightsOnStores({ stores }: Workflow): ReadonlyMap<string, ReadonlySet<string>> {
  const rights = new Map<string, Set<string>>();
  const give = (actor: string, right: string) => rights.set(actor, (rights.get(actor) ?? new Set()).add(right));
  for (const { id, fields } of stores.values()) {
    for (const { name } of fields.writers ?? []) give(name, `${id}.write`);
    for (const { name } of fields.admins ?? []) give(name, `${id}.admin`);
  }
  return rights;
}

/** `permission` is in `all`; who administers a store may do everything on it. */
export function isCovered(permission: string, all: ReadonlySet<string>): boolean {
  if (all.has(permission)) return true;
  const dot = permission.lastIndexOf('.');
  return dot > 0 && all.has(`${permission.slice(0, dot)}.admin`);
}

export interface Amplification {
  readonly delegation: Delegation;
  /** What the delegate may do, and is not given by whoever delegates to it. */
  readonly excess: readonly string[];
  /** From the one whose permissions bound the delegate, each by one delegation; the last is `delegation`. */
  readonly chain: readonly Delegation[];
}

/**
 * Delegates that may do more than their delegator may and grants. The bound of an agent that declares no permissions is
 * the meet of what its delegators can pass on: greatest fixpoint over the lattice of sets of permissions (Tarski, "A
 * lattice-theoretical fixpoint theorem", 1955; solved as in Kildall, POPL 1973). Each bound shrinks, so it ends.
 */
export function amplifications({ graph }: Analyses): readonly Amplification[] {
  const { workflow } = graph;
  const pairs = pairsOf(delegationsOf(workflow));
  const incoming = groupBy(pairs, ({ to }) => to);
  const bounds = boundsOf(pairs, workflow);
  return pairs.flatMap((delegation) => {
    const own = permissionsOf(delegation.to, workflow);
    const given = passedOn(delegation, bounds);
    // A list of grants that is only half typed grants nobody knows what.
    const isHalfTyped = !delegation.grants && delegation.entry?.$.keyRange('grants') !== undefined;
    if (delegation.from === delegation.to || !isAi(delegation.to) || isHalfTyped || !own || !given) return [];
    const excess = [...own].filter((permission) => !isCovered(permission, given));
    const [first] = excess;
    if (first === undefined) return [];
    return [{ delegation, excess, chain: chainTo(delegation, first, incoming, bounds, workflow) }];
  });
}

/** Undefined is the top of the lattice: nothing bounds it. */
function boundsOf(pairs: readonly Delegation[], workflow: Workflow): ReadonlyMap<Actor, Permissions> {
  const bounds = new Map<Actor, Permissions>();
  for (const { from, to } of pairs) {
    bounds.set(from, permissionsOf(from, workflow));
    bounds.set(to, permissionsOf(to, workflow));
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const pair of pairs) {
      if (permissionsOf(pair.to, workflow)) continue;
      const given = passedOn(pair, bounds);
      const known = bounds.get(pair.to);
      const met =
        given && known ? new Set([...known].filter((permission) => isCovered(permission, given))) : (given ?? known);
      if (met?.size === known?.size) continue;
      bounds.set(pair.to, met);
      changed = true;
    }
  }
  return bounds;
}

/** What a delegation gives: what is granted, as far as the delegator has it. */
function passedOn({ from, grants }: Delegation, bounds: ReadonlyMap<Actor, Permissions>): Permissions {
  const own = bounds.get(from);
  if (!grants) return own;
  return own ? new Set([...grants].filter((grant) => isCovered(grant, own))) : grants;
}

/** Back to an agent that declares its permissions, over those that declare none and are not passed on what is in excess. */
function chainTo(
  last: Delegation,
  excess: string,
  incoming: ReadonlyMap<Actor, readonly Delegation[]>,
  bounds: ReadonlyMap<Actor, Permissions>,
  workflow: Workflow,
): readonly Delegation[] {
  const chain = [last];
  const seen = new Set<Actor>([last.from]);
  const lacks = (delegation: Delegation) => {
    const given = passedOn(delegation, bounds);
    return given !== undefined && !isCovered(excess, given) && !seen.has(delegation.from);
  };
  for (let first: Delegation | undefined = last; first && !first.grants && !permissionsOf(first.from, workflow); ) {
    first = incoming.get(first.from)?.find(lacks);
    if (!first) break;
    seen.add(first.from);
    chain.unshift(first);
  }
  return chain;
}
