// Work that goes on to an effect or an end and that no person sees.
import { isHuman, isPerson, type Workflow } from '../language/model.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

export interface UnseenWay {
  readonly way: readonly FlowEdge[];
  readonly reachesEffect: boolean;
}

/** A shortest way that begins with one of `firsts`, to an effect, else to an end, with no person and no `stop` on it. */
export function unseenWay(
  firsts: readonly FlowEdge[],
  workflow: Workflow,
  stop: (node: FlowNode) => boolean = () => false,
): UnseenWay | undefined {
  const before = new Map<FlowNode, FlowEdge>();
  for (const first of firsts) if (!before.has(first.to)) before.set(first.to, first);
  const back = (node: FlowNode) => {
    const way: FlowEdge[] = [];
    for (let edge = before.get(node); edge; edge = firsts.includes(edge) ? undefined : before.get(edge.from))
      way.unshift(edge);
    return way;
  };
  let end: FlowNode | undefined;
  for (const node of before.keys()) {
    if (isSeen(node, workflow) || stop(node)) continue;
    const { step } = node;
    if (step && node.kind === 'step' && effectsOf(step, workflow).length > 0)
      return { way: back(node), reachesEffect: true };
    const outcome = step?.fields.outcome?.value ?? 'completed';
    if (step?.kind === 'end' && !step.scope && (outcome === 'completed' || outcome === 'rejected')) end ??= node;
    for (const edge of node.out) if (!before.has(edge.to) && goesOn(edge)) before.set(edge.to, edge);
  }
  return end && { way: back(end), reachesEffect: false };
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
  if (!step || step.kind === 'call' || (step.fields.by?.length ?? 0) > step.performers.length)
    return step !== undefined;
  const awaited = step.kind === 'wait' ? [step.fields.until?.name ?? '', ...step.handlers.keys()] : [];
  const senders = awaited.flatMap((name) => actors.get(events.get(name)?.fields.from?.name ?? '') ?? []);
  const effects = step.fields.effects ?? [];
  return senders.some(isHuman) || (effects.length > 0 && effects.every(({ admittedBy }) => admittedBy));
}
