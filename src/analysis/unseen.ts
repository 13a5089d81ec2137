// Work that goes on to an effect or an end and that no person sees.
import { isHuman, isPerson, type Workflow } from '../language/model.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { wayOn } from './ways.ts';

export interface UnseenWay {
  readonly way: readonly FlowEdge[];
  readonly reachesEffect: boolean;
}

/** Ways that no person is on. */
export interface Unseen {
  /** A shortest way that begins with one of `firsts`, to an effect, else to an end. */
  way(firsts: readonly FlowEdge[]): UnseenWay | undefined;
}

/** Two searches backwards, from the effects and from the ends, through nodes without a person or `stop`; O(edges). */
export function unseenWays({ nodes, workflow }: FlowGraph, stop: (node: FlowNode) => boolean = () => false): Unseen {
  const open = new Set(nodes.filter((node) => !isSeen(node, workflow) && !stop(node)));
  const acts = ({ step, kind }: FlowNode) => step && kind === 'step' && effectsOf(step, workflow).length > 0;
  const [toEffect, toEnd] = [searchBack(open, acts), searchBack(open, isUsualEnd)];
  const from = (firsts: readonly FlowEdge[], { next, distance }: Search) => {
    const known = firsts.filter(({ to }) => distance.has(to));
    const [first] = known.sort((a, b) => (distance.get(a.to) ?? 0) - (distance.get(b.to) ?? 0));
    return first && [first, ...wayOn(next, first.to)];
  };
  return {
    way(firsts) {
      const effect = from(firsts, toEffect);
      const way = effect ?? from(firsts, toEnd);
      return way && { way, reachesEffect: effect !== undefined };
    },
  };
}

interface Search {
  /** The first edge of a shortest way to a goal; goals have none. */
  readonly next: ReadonlyMap<FlowNode, FlowEdge | undefined>;
  readonly distance: ReadonlyMap<FlowNode, number>;
}

function searchBack(open: ReadonlySet<FlowNode>, isGoal: (node: FlowNode) => boolean | undefined): Search {
  const next = new Map<FlowNode, FlowEdge | undefined>();
  const distance = new Map<FlowNode, number>();
  for (const node of open) if (isGoal(node)) distance.set(node, 0);
  for (const [node, steps] of distance) {
    for (const edge of node.in) {
      if (!open.has(edge.from) || distance.has(edge.from) || !goesOn(edge)) continue;
      next.set(edge.from, edge);
      distance.set(edge.from, steps + 1);
    }
  }
  return { next, distance };
}

/** An end of the case at which its work is done, or refused. */
function isUsualEnd({ step }: FlowNode): boolean {
  const outcome = step?.fields.outcome?.value ?? 'completed';
  return step?.kind === 'end' && !step.scope && (outcome === 'completed' || outcome === 'rejected');
}

/** The work itself goes on here: nothing failed, was refused or struck from outside. */
export function goesOn({ kind, outcome, interrupt }: FlowEdge): boolean {
  return kind !== 'message' && !interrupt && !failures.has(outcome ?? '');
}

const failures: ReadonlySet<string> = new Set(['error', 'unavailable', 'absent', 'cancel', 'refused', 'timer']);

/**
 * A person works there, or sends what is waited for; or a policy stands for the person's approval. So do those of whom
 * nothing is known: performers that are not declared, and the steps of a sub-workflow.
 */
export function isSeen({ performers, step }: FlowNode, { events, actors }: Workflow): boolean {
  if (performers.some((actor) => isPerson(actor) || actor.kind === undefined)) return true;
  if (!step) return false;
  if (step.kind === 'call' || (step.fields.by?.length ?? 0) > step.performers.length) return true;
  const awaited = step.kind === 'wait' ? [step.fields.until?.name ?? '', ...step.handlers.keys()] : [];
  const senders = awaited.flatMap((name) => actors.get(events.get(name)?.fields.from?.name ?? '') ?? []);
  const effects = step.fields.effects ?? [];
  return senders.some(isHuman) || (effects.length > 0 && effects.every(({ admittedBy }) => admittedBy));
}
