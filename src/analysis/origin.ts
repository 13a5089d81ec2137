// Computed origin of data: made by humans, AI or systems, and whether a human has looked at what an AI made.
import { type Actor, isAi, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { judgedPaths } from './approvals.ts';
import type { Arrival } from './arrivals.ts';
import { type Taint, taintOf } from './taint.ts';

/** Made by an AI, and no human has approved or reviewed it since. */
export const unreviewedAi = 1;

export type OriginKind = 'human' | 'ai' | 'system';

/**
 * Where output of an AI is that nobody has looked at. What derives from it is as well, until a human approves it or
 * reviews it; where an `ensures` makes it equal to something approved, that holds too.
 */
export function aiTaint(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  return taintOf(analyses, {
    initial: () => 0,
    brings: (arrival) => (isByAi(arrival, workflow) ? unreviewedAi : 0),
    removes: (edge) => judgedPaths(edge).map((path) => ({ path, labels: unreviewedAi })),
    equated: unreviewedAi,
  });
}

/** Some AI made the content of an arrival, as in `kindsOf`. */
export function isByAi({ node, out, sender, brought, added }: Arrival, workflow: Workflow): boolean {
  if (added) return false;
  if (brought && workflow.data.get(out)?.fields.origin?.some(({ value }) => value === 'ai')) return true;
  return brought || sender ? sender !== undefined && isAi(sender) : node.performers.some(isAi);
}

/** Who made the content of an arrival: its performers or its sender, else what is declared of data that comes from elsewhere. */
export function kindsOf({ node, out, sender, brought, added }: Arrival, workflow: Workflow): readonly OriginKind[] {
  if (added) return [];
  const makers = brought || sender ? (sender ? [sender] : []) : node.performers;
  const declared = brought ? (workflow.data.get(out)?.fields.origin ?? []).map(({ value }) => value) : [];
  return [...new Set([...makers.flatMap(kindOf), ...declared])];
}

function kindOf(actor: Actor): readonly OriginKind[] {
  if (isAi(actor)) return ['ai'];
  if (actor.kind === 'system') return ['system'];
  return actor.kind === undefined || actor.kind === 'vendor' ? [] : ['human'];
}
