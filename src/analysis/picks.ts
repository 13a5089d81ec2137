// Scopes of free order, where the performer picks the next step: any of them, any number of times, until all is done.
import { onceFor } from '../language/asked-keys.ts';
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
export function isUnplanned(edge: FlowEdge): boolean {
  const { outcome, interrupt, share } = edge;
  return share === undefined && (interrupt || unplanned.has(outcome ?? '') || isOfOthers(edge));
}

/** A scope ends otherwise than this end says, since other work in it ended so, and no work is planned to. */
function isOfOthers({ from, to, outcome = '' }: FlowEdge): boolean {
  if (from.step?.kind !== 'end' || to.kind !== 'exit' || outcome === endingOf(from)) return false;
  return !onceFor(plannedEndings, to, () => endingsOf(to)).has(outcome);
}

const plannedEndings = new WeakMap<FlowNode, () => ReadonlySet<string>>();

/** How a scope ends as planned: the outcomes of ends that are reached from its beginning over what should happen. */
function endingsOf(exit: FlowNode): ReadonlySet<string> {
  const ends = new Set(exit.in.map(({ from }) => from).filter(({ step }) => step?.kind === 'end'));
  return new Set([...ends].filter((end) => isPlanned(end, exit.step)).map(endingOf));
}

function isPlanned(end: FlowNode, scope: FlowNode['step']): boolean {
  const seen = new Set([end]);
  for (const node of seen) {
    if (node.step === scope && node.kind === 'step') return true;
    for (const edge of node.in) if (edge.kind !== 'message' && !isUnplanned(edge)) seen.add(edge.from);
  }
  return false;
}

function endingOf({ step }: FlowNode): string {
  return step?.fields.outcome?.value ?? 'completed';
}
