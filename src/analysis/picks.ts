// Scopes of free order, where the performer picks the next step: any of them, any number of times, until all is done.
import { isInside } from '../language/model.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** Here the performer picks. */
export function isPick({ kind, step }: FlowNode): boolean {
  return kind === 'step' && step?.fields.order?.value === 'free';
}

/** The way out of a pick, where nothing else that should happen leads out of the scope. */
export function wayWhenDone(pick: FlowNode): FlowEdge | undefined {
  const done = pick.out.find(({ kind, to }) => kind !== 'exceptional' && to.kind === 'exit');
  if (!done) return undefined;
  const seen = new Set([pick, done.to]);
  const work = planned(pick);
  for (let node = work.pop(); node; node = work.pop()) {
    if (seen.has(node)) continue;
    if (!isInside(node.step, pick.step)) return undefined;
    seen.add(node);
    work.push(...planned(node));
  }
  return done;
}

function planned(node: FlowNode): FlowNode[] {
  return node.out.filter((edge) => edge.kind !== 'message' && !edge.keep && !isUnplanned(edge)).map(({ to }) => to);
}

const unplanned: ReadonlySet<string> = new Set([
  ...['error', 'timeout', 'unavailable', 'absent', 'cancel'],
  ...['refused', 'timer', 'escalation'],
]);

/** Should not happen, and nobody says how often it does. */
export function isUnplanned({ outcome, interrupt, share }: FlowEdge): boolean {
  return share === undefined && (interrupt || unplanned.has(outcome ?? ''));
}
