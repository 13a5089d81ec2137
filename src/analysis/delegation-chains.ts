// How far work can be passed on among agents: circles that nothing bounds, and chains that are too long.
import { groupBy } from '../language/groups.ts';
import type { Actor, Workflow } from '../language/model.ts';
import { type Delegation, delegationsOf, pairsOf } from './delegation.ts';

/** Delegations one after the other. */
export type DelegationChain = readonly Delegation[];

/**
 * One circle for each delegation by which work comes back for ever: none on it has a `max-depth`. Depth-first
 * search (Tarjan 1972) over the delegations without a bound; O(agents + delegations).
 */
export function endlessDelegations(workflow: Workflow): readonly DelegationChain[] {
  const free = groupBy(
    legiblePairs(workflow).filter(({ maxDepth }) => maxDepth === undefined),
    ({ from }) => from,
  );
  const state = new Map<Actor, 'open' | 'done'>();
  const circles: DelegationChain[] = [];
  for (const root of free.keys()) {
    if (state.has(root)) continue;
    const trail: Delegation[] = [];
    const work = [{ actor: root, next: 0 }];
    state.set(root, 'open');
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const link = free.get(frame.actor)?.[frame.next++];
      if (!link) {
        state.set(frame.actor, 'done');
        work.pop();
        trail.pop();
      } else if (state.get(link.to) === 'open') {
        const begin = trail.findIndex(({ from }) => from === link.to);
        circles.push([...(begin < 0 ? [] : trail.slice(begin)), link]);
      } else if (!state.has(link.to)) {
        state.set(link.to, 'open');
        trail.push(link);
        work.push({ actor: link.to, next: 0 });
      }
    }
  }
  return circles;
}

/**
 * For each agent from which work can be passed on more than `most` times, a shortest such chain; not from one whose
 * delegators are at fault already. Breadth first over agents and what is left of the bounds on the way, no deeper than
 * `most` + 1; O(agents × delegations × most).
 */
export function longDelegations(workflow: Workflow, most: number): readonly DelegationChain[] {
  const pairs = legiblePairs(workflow);
  const links = groupBy(pairs, ({ from }) => from);
  const long = new Map<Actor, DelegationChain>();
  for (const actor of links.keys()) {
    const chain = chainFrom(actor, links, most);
    if (chain) long.set(actor, chain);
  }
  const isInner = (actor: Actor) => pairs.some(({ from, to }) => to === actor && from !== actor && long.has(from));
  const outer = [...long].filter(([actor]) => !isInner(actor));
  // Where they all lie on circles, the first one stands for them.
  return (outer.length > 0 ? outer : [...long].slice(0, 1)).map(([, chain]) => chain);
}

interface Reached {
  readonly actor: Actor;
  readonly left: number;
  readonly chain: DelegationChain;
}

function chainFrom(
  actor: Actor,
  links: ReadonlyMap<Actor, readonly Delegation[]>,
  most: number,
): DelegationChain | undefined {
  const queue: Reached[] = [{ actor, left: Number.POSITIVE_INFINITY, chain: [] }];
  const seen = new Set<string>();
  for (const { actor: at, left, chain } of queue) {
    if (chain.length > most) return chain;
    for (const link of links.get(at) ?? []) {
      if (left < 1) continue;
      const remaining = Math.min(left - 1, (link.maxDepth ?? Number.POSITIVE_INFINITY) - 1);
      const key = `${link.to.id} ${remaining} ${chain.length}`;
      if (!seen.has(key)) queue.push({ actor: link.to, left: remaining, chain: [...chain, link] });
      seen.add(key);
    }
  }
  return undefined;
}

/** Without those whose bound is only half typed. */
function legiblePairs(workflow: Workflow): readonly Delegation[] {
  return pairsOf(delegationsOf(workflow)).filter(
    ({ maxDepth, entry }) => maxDepth !== undefined || !entry?.$.keyRange('max-depth'),
  );
}
