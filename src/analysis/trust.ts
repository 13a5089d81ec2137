// How far data can be relied on: untrusted by declaration, unknown where someone outside gives it, and validated or approved.
import { isAi, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { judgedPaths } from './approvals.ts';
import type { Arrival } from './arrivals.ts';
import { completes } from './completion.ts';
import { type DataPath, pathOf, rootOf } from './data-paths.ts';
import type { FlowEdge } from './flow-graph.ts';
import { type Taint, taintOf } from './taint.ts';
import type { TaintRules } from './taint-rules.ts';
import { allArrivals } from './taint-solve.ts';

/** May be made to deceive. */
export const untrusted = 1;
/** Given by someone outside, and nobody says whether it can be relied on. */
export const unknownTrust = 2;

/** Trust of data: output is untrusted if anything it derives from is, until someone validates or approves exactly that data. */
export function trustTaint(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  return taintOf(analyses, {
    initial: (path) => declaredTrust(path, workflow),
    brings: (arrival) => declaredTrust(arrival.out, workflow) | (isGivenUnsaid(arrival, workflow) ? unknownTrust : 0),
    ...confirmations,
  });
}

/**
 * What an AI made of untrusted data: whoever wrote that data may have told the AI what to make. Labels as in `trustTaint`.
 */
export function steeredTaint(analyses: Analyses): Taint {
  const trust = analyses.derived(trustTaint);
  const steered = new Map<Arrival, number>();
  for (const node of analyses.graph.nodes) {
    if (!node.performers.some(isAi)) continue;
    for (const { arrival, labels } of trust.arrivals(node)) steered.set(arrival, labels);
  }
  return taintOf(analyses, { initial: () => 0, brings: (arrival) => steered.get(arrival) ?? 0, ...confirmations });
}

/** Data that someone outside gives, and nobody says whether it can be relied on. */
export function unsaidGifts(analyses: Analyses): ReadonlySet<DataPath> {
  const arrivals = [...analyses.derived(allArrivals).values()].flat();
  return new Set(arrivals.filter((arrival) => isGivenUnsaid(arrival, analyses.graph.workflow)).map(({ out }) => out));
}

function declaredTrust(path: DataPath, { data }: Workflow): number {
  return data.get(rootOf(path))?.fields.trust?.value === 'untrusted' ? untrusted : 0;
}

/** Comes from outside or is written there, and its declaration does not say what that means. */
function isGivenUnsaid({ node, out, sender, brought, added }: Arrival, { data }: Workflow): boolean {
  if (added || data.get(rootOf(out))?.fields.trust !== undefined) return false;
  const givers = brought || sender ? (sender ? [sender] : []) : node.performers;
  return givers.some(({ kind }) => kind === 'external' || kind === 'vendor');
}

const confirmations: Pick<TaintRules, 'removes' | 'equated'> = {
  removes(edge) {
    const [validated, confirmed] = [validatedPaths(edge), confirmedPaths(edge)];
    if (validated.length + confirmed.length === 0) return nothing;
    return [...validated, ...confirmed].map((path) => ({ path, labels: untrusted | unknownTrust }));
  },
  equated: untrusted | unknownTrust,
};

/** What leaving by `edge` shows to be checked by rule: by anyone but an AI. */
export function validatedPaths(edge: FlowEdge): readonly DataPath[] {
  const { step, performers } = edge.from;
  if (!step?.fields.validates || performers.some(isAi) || !completes(edge)) return nothing;
  return step.fields.validates.flatMap((validated) => {
    const checked = 'name' in validated ? validated : validated.data;
    return checked ? [pathOf(checked)] : [];
  });
}

/** What leaving by `edge` shows a human to have said yes to, in an approval or a review. */
function confirmedPaths(edge: FlowEdge): readonly DataPath[] {
  return edge.outcome === 'approve' ? judgedPaths(edge) : nothing;
}

const nothing: readonly never[] = [];
