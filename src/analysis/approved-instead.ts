// Approvals of something else than what takes effect: a summary of it, an earlier draft, another field or output.
import { isHuman, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { anyData, approvedBy } from './approvals.ts';
import { type DataPath, overlap, pathOf, rootOf, sourcesOf, writesOf } from './data-paths.ts';
import { carries, hasFact } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { shortestPath } from './reachability.ts';
import { effectApprovals, type UnapprovedEffect, unapprovedEffects } from './unapproved-effects.ts';

/** How what is approved is related to what takes effect. */
export type Kinship = 'made-from-it' | 'it-is-made-from' | 'other-part' | 'written-beside';

export interface ApprovedInstead {
  readonly found: UnapprovedEffect;
  /** What takes effect. */
  readonly path: DataPath;
  readonly judge: FlowNode;
  /** What is approved. */
  readonly covered: DataPath;
  readonly kinship: Kinship;
  /** From the approval to the effect. */
  readonly way: readonly FlowEdge[];
  /** The edges by which it is approved. */
  readonly closing: readonly FlowEdge[];
}

/** One for each effect whose data no judge on the way approves, while an approval there covers something akin to it. */
export function approvedInstead(analyses: Analyses): readonly ApprovedInstead[] {
  const { graph } = analyses;
  const open = analyses.derived(unapprovedEffects).filter(({ admission }) => admission === 'none');
  if (open.length === 0) return [];
  const { events } = analyses.derived(effectApprovals).approvals;
  const approving = graph.edges.filter((edge) => approvedBy(edge, anyData) && edge.from.performers.every(isHuman));
  return open.flatMap((found) => {
    for (const requirement of found.open) {
      const { path } = requirement;
      const number = events.numberOf(requirement) ?? -1;
      if (path === anyData || graph.edges.some((edge) => hasFact(events.made(edge), number))) continue;
      const akin = approving.flatMap((edge) => {
        const kin = kinIn(edge.from.step, path, graph.workflow);
        const rest = kin && shortestPath([edge.to], (node) => node === found.node, carries);
        return kin && rest ? [{ ...kin, judge: edge.from, way: [edge, ...rest] }] : [];
      });
      const nearest = akin.sort((a, b) => a.way.length - b.way.length)[0];
      if (!nearest) continue;
      const closing = approving.filter((edge) => edge.from.step === nearest.judge.step);
      return [{ found, path, ...nearest, closing }];
    }
    return [];
  });
}

function kinIn(step: Step | undefined, path: DataPath, workflow: Workflow) {
  for (const covered of (step?.fields.covers ?? []).map(pathOf)) {
    const kinship = kinshipOf(covered, path, workflow);
    if (kinship) return { covered, kinship };
  }
  return undefined;
}

function kinshipOf(covered: DataPath, path: DataPath, workflow: Workflow): Kinship | undefined {
  if (rootOf(covered) === rootOf(path)) return 'other-part';
  if ([...sourcesOf(covered, workflow)].some((source) => overlap(source, path))) return 'made-from-it';
  if ([...sourcesOf(path, workflow)].some((source) => overlap(source, covered))) return 'it-is-made-from';
  const writes = (step: Step, one: DataPath) => writesOf(step, workflow).some(({ out }) => overlap(out, one));
  const beside = [...workflow.steps.values()].some((step) => writes(step, covered) && writes(step, path));
  return beside ? 'written-beside' : undefined;
}
