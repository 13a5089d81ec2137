// Who is behind a step: those who hold the role that performs it, and behind an agent also those it works for.
import { addTo } from '../language/groups.ts';
import type { Actor, Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowNode } from './flow-graph.ts';

/** How an actor of a chain stands behind the one before it. */
export type Relation = 'performer' | 'delegate' | 'lead' | 'sponsor' | 'on-behalf-of' | 'identity' | 'delegator';

export interface PrincipalLink {
  readonly actor: Actor;
  readonly relation: Relation;
}

/** One person, identity or party that is or may be behind a step. */
export interface Principal {
  /** The same wherever it is one and the same: `person:anna`, `role:clerk`, `identity:svc`, `agent:bot`. */
  readonly key: string;
  /** From a performer of the step to the actor whose holder or identity this is. */
  readonly chain: readonly PrincipalLink[];
  /** Nobody else can be meant: the only holder, the machine or the party itself. */
  readonly alone: boolean;
}

/** Two steps that one principal can be behind. */
export interface SharedPrincipal {
  readonly key: string;
  readonly first: Principal;
  readonly second: Principal;
  /** It is the same one in every case, and not only in some. */
  readonly certain: boolean;
}

export interface Principals {
  /** Everyone who is or may be behind the step as this node performs it, each with a shortest chain. */
  of(node: FlowNode): readonly Principal[];
  /** Everyone who is or may be behind what an actor does. */
  behind(actor: Actor): readonly Principal[];
  /**
   * A principal that can be behind both; undefined where the two are other people and identities for sure, or kept apart
   * by `distinct-from`. Those who do the work themselves come first, then the certain ones, then the shortest chains.
   */
  shared(
    first: FlowNode,
    second: FlowNode,
    fits?: (first: Principal, second: Principal) => boolean,
  ): SharedPrincipal | undefined;
}

/**
 * Principal closure as for separation of duty in role-based access control (Sandhu, Coyne, Feinstein and Youman,
 * "Role-based access control models", IEEE Computer 1996), with sponsors, acting capacity and delegation of agents beside
 * the roles. Holders given as a number are other people than those of every other role. O(actors + links) per actor.
 */
export function principalsOf({ graph }: Analyses): Principals {
  const { workflow } = graph;
  const identities = byIdentity(workflow);
  const delegators = delegatorsIn(graph.nodes, workflow);
  const closures = new Map<Actor, readonly Principal[]>();
  const closureOf = (actor: Actor) => {
    const known = closures.get(actor) ?? closure(actor, workflow, identities, delegators);
    closures.set(actor, known);
    return known;
  };
  const nodes = new Map<FlowNode, readonly Principal[]>();
  const of = (node: FlowNode) => {
    const known = nodes.get(node) ?? behindNode(node, workflow, closureOf);
    nodes.set(node, known);
    return known;
  };
  return {
    of,
    behind: closureOf,
    shared(first, second, fits = () => true) {
      const found: SharedPrincipal[] = [];
      for (const a of of(first)) {
        for (const b of of(second)) {
          if (a.key !== b.key || !fits(a, b) || areKeptApart(a, b, first, second)) continue;
          found.push({ key: a.key, first: a, second: b, certain: a.alone && b.alone });
        }
      }
      return found.sort((x, y) => rank(x) - rank(y))[0];
    },
  };
}

/** It does the work itself: it performs the step, or leads the team that does. */
export function isDirect({ chain }: Principal): boolean {
  return chain.every(({ relation }) => relation === 'performer' || relation === 'lead');
}

/** The actor through which a principal is behind the step. */
export function actorOf({ chain }: Principal): Actor | undefined {
  return chain.at(-1)?.actor;
}

/** How many people hold the role; undefined where nothing says so. */
export function holdersOf({ fields }: Actor): number | undefined {
  const { holders } = fields;
  if (!holders) return undefined;
  return 'value' in holders ? holders.value : new Set(holders.map(({ value }) => value)).size;
}

/** Why each actor of a chain stands behind the one before: `'lead' sponsors 'bot'`; empty for a performer itself. */
export function reasonsOf({ chain }: Principal): readonly string[] {
  return chain.flatMap(({ actor, relation }, i) => {
    const before = chain[i - 1]?.actor.id;
    return before === undefined ? [] : [inWords(relation, before, actor.id)];
  });
}

function inWords(relation: Relation, before: string, id: string): string {
  switch (relation) {
    case 'sponsor':
      return `'${id}' sponsors '${before}'`;
    case 'on-behalf-of':
      return `'${before}' acts on behalf of '${id}'`;
    case 'identity':
      return `'${before}' and '${id}' share an identity`;
    case 'delegator':
      return `'${id}' delegates to '${before}'`;
    case 'delegate':
      return `'${before}' delegates to '${id}'`;
    case 'lead':
      return `'${id}' leads '${before}'`;
    case 'performer':
      return `'${id}' performs`;
  }
}

/** Of several performers any one does it, so none of them is the only one. */
function behindNode(
  { performers, step }: FlowNode,
  { actors }: Workflow,
  closureOf: (actor: Actor) => readonly Principal[],
): readonly Principal[] {
  const found = new Map<string, Principal>();
  const add = (principal: Principal) => {
    const known = found.get(principal.key);
    if (!known || principal.chain.length < known.chain.length) found.set(principal.key, principal);
  };
  for (const performer of performers) {
    const only = performers.length === 1;
    for (const principal of closureOf(performer)) add({ ...principal, alone: principal.alone && only });
    if (performer.kind !== 'agent') continue;
    for (const { name } of step?.fields.delegatesTo ?? []) {
      const delegate = actors.get(name);
      if (!delegate || delegate === performer) continue;
      for (const { key, chain } of closureOf(delegate)) {
        const rest = chain.slice(1);
        const links = [link(performer, 'performer'), link(delegate, 'delegate'), ...rest];
        if (!rest.some(({ actor }) => actor === performer)) add({ key, chain: links, alone: false });
      }
    }
  }
  return [...found.values()];
}

/** Delegation that goes on for longer is not followed; rules bound it far below. */
const longestChain = 16;

/** Breadth first, so that each chain is a shortest one. */
function closure(
  performer: Actor,
  { actors }: Workflow,
  identities: ReadonlyMap<string, readonly Actor[]>,
  delegators: ReadonlyMap<Actor, ReadonlySet<Actor>>,
): readonly Principal[] {
  const found = new Map<string, Principal>();
  const seen = new Set([performer]);
  const queue: (readonly PrincipalLink[])[] = [[link(performer, 'performer')]];
  for (const chain of queue) {
    const actor = chain.at(-1)?.actor;
    if (!actor) continue;
    for (const own of ownPrincipals(actor, chain)) if (!found.has(own.key)) found.set(own.key, own);
    const follow = (next: Actor | undefined, relation: Relation) => {
      if (!next || seen.has(next) || chain.length >= longestChain) return;
      seen.add(next);
      queue.push([...chain, link(next, relation)]);
    };
    const { lead, sponsor, onBehalfOf, identity } = actor.fields;
    follow(actors.get(lead?.name ?? ''), 'lead');
    if (actor.kind !== 'agent' && actor.kind !== 'system') continue;
    if (onBehalfOf && !onBehalfOf.word) follow(actors.get(onBehalfOf.name), 'on-behalf-of');
    follow(actors.get(sponsor?.name ?? ''), 'sponsor');
    for (const other of identities.get(identity?.value ?? '') ?? []) follow(other, 'identity');
    for (const delegator of delegators.get(actor) ?? []) follow(delegator, 'delegator');
  }
  return [...found.values()];
}

function link(actor: Actor, relation: Relation): PrincipalLink {
  return { actor, relation };
}

/** The people who hold a role, or the machine or party itself. A role that nobody holds has none. */
function ownPrincipals(actor: Actor, chain: readonly PrincipalLink[]): readonly Principal[] {
  const { id, kind, fields } = actor;
  const led = chain.some(({ relation }) => relation === 'lead');
  const one = (key: string, alone: boolean): Principal => ({ key, chain, alone: alone && !led });
  switch (kind) {
    case 'human':
    case 'team': {
      const { holders } = fields;
      if (holders && !('value' in holders)) {
        const names = [...new Set(holders.map(({ value }) => value))];
        return names.map((name) => one(`person:${name}`, names.length === 1));
      }
      return holders?.value === 0 ? [] : [one(`role:${id}`, holders?.value === 1)];
    }
    case 'agent':
    case 'system':
      return [one(fields.identity ? `identity:${fields.identity.value}` : `${kind}:${id}`, true)];
    case 'external':
    case 'vendor':
      return [one(`${kind}:${id}`, true)];
    default:
      return [];
  }
}

/** Roles that are never held by the same person, and judges who must not have performed the other step. */
function areKeptApart(a: Principal, b: Principal, first: FlowNode, second: FlowNode): boolean {
  const [x, y] = [actorOf(a), actorOf(b)];
  const names = (one: Actor | undefined, other: Actor | undefined) =>
    one?.fields.distinctFrom?.some(({ name }) => name === other?.id) === true;
  if (names(x, y) || names(y, x)) return true;
  const excludes = (one: FlowNode, other: FlowNode) =>
    one.step?.fields.distinctFrom?.some(({ name }) => name === other.step?.id) === true;
  return isDirect(a) && isDirect(b) && (excludes(first, second) || excludes(second, first));
}

function rank({ first, second, certain }: SharedPrincipal): number {
  const indirect = isDirect(first) && isDirect(second) ? 0 : 1;
  return indirect * 1e6 + (certain ? 0 : 1) * 1e3 + first.chain.length + second.chain.length;
}

/** Agents and systems by the identity they act under. */
function byIdentity({ actors }: Workflow): ReadonlyMap<string, readonly Actor[]> {
  const found = new Map<string, Actor[]>();
  for (const actor of actors.values()) {
    const { identity } = actor.fields;
    if (!identity || (actor.kind !== 'agent' && actor.kind !== 'system')) continue;
    addTo(found, identity.value, actor);
  }
  return found;
}

/** Who passes work to an agent, among those who work in this flow. */
function delegatorsIn(nodes: readonly FlowNode[], { actors }: Workflow): ReadonlyMap<Actor, ReadonlySet<Actor>> {
  const found = new Map<Actor, Set<Actor>>();
  const atWork = new Set<Actor>();
  const add = (delegate: Actor | undefined, delegator: Actor) => {
    if (!delegate || delegate === delegator) return;
    atWork.add(delegate);
    found.set(delegate, (found.get(delegate) ?? new Set()).add(delegator));
  };
  for (const { performers, step } of nodes) {
    for (const performer of performers) {
      atWork.add(performer);
      if (performer.kind !== 'agent') continue;
      for (const { name } of step?.fields.delegatesTo ?? []) add(actors.get(name), performer);
    }
  }
  for (const actor of atWork) {
    if (actor.kind !== 'agent') continue;
    for (const { to } of actor.fields.delegates ?? []) add(actors.get(to?.name ?? ''), actor);
  }
  return found;
}
