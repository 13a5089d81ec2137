// Approvals of something else than what takes effect: a summary of it, an earlier draft, another field or output.
import { isAi, isHuman, type Step, type Workflow } from '../language/model.ts';
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

/**
 * One for each effect to which unapproved work comes past an approval of something akin to what it uses. Before and after
 * that approval nobody approves what is used: where they do, what is wrong is how the work comes past them.
 */
export function approvedInstead(analyses: Analyses): readonly ApprovedInstead[] {
  const { graph } = analyses;
  const open = analyses.derived(unapprovedEffects).filter(({ admission }) => admission === 'none');
  if (open.length === 0) return [];
  const { approvals, output } = analyses.derived(effectApprovals);
  const { events } = approvals;
  const approving = graph.edges.filter((edge) => approvedBy(edge, anyData) && edge.from.performers.every(isHuman));
  const known = new Map<number, { made: ReadonlySet<FlowEdge>; behind: ReadonlySet<FlowNode> }>();
  const approvalsOfIt = (number: number) => {
    const before = known.get(number);
    if (before) return before;
    const made = new Set(graph.edges.filter((edge) => hasFact(events.made(edge), number)));
    const found = { made, behind: nodesBehind(made) };
    known.set(number, found);
    return found;
  };
  return open.flatMap((found) => {
    for (const requirement of found.open) {
      const { path } = requirement;
      const number = events.numberOf(requirement) ?? -1;
      if (path === anyData) continue;
      const { made, behind } = approvalsOfIt(number);
      const passes = (edge: FlowEdge) => carries(edge) && !made.has(edge);
      const akin = approving.flatMap((edge) => {
        if (behind.has(edge.from) || made.has(edge)) return [];
        const kin = kinIn(edge.from.step, path, graph.workflow);
        const rest = kin && shortestPath([edge.to], (node) => node === found.node, passes);
        // Where people wrote it, it needs no approval on this way.
        const isOpen =
          found.output === undefined ||
          output.reaches(edge.from, [path]) ||
          rest?.some(({ from }) => from.performers.some(isAi) && writesIt(from.step, path, graph.workflow));
        return kin && rest && isOpen ? [{ ...kin, judge: edge.from, way: [edge, ...rest] }] : [];
      });
      const nearest = akin.sort((a, b) => a.way.length - b.way.length)[0];
      if (!nearest) continue;
      const closing = approving.filter((edge) => edge.from.step === nearest.judge.step);
      return [{ found, path, ...nearest, closing }];
    }
    return [];
  });
}

function writesIt(step: Step | undefined, path: DataPath, workflow: Workflow): boolean {
  return step !== undefined && writesOf(step, workflow).some(({ out }) => overlap(out, path));
}

/** Where a case can be that has passed one of `edges`. */
function nodesBehind(edges: ReadonlySet<FlowEdge>): ReadonlySet<FlowNode> {
  const found = new Set([...edges].map(({ to }) => to));
  for (const node of found) for (const edge of node.out) if (carries(edge)) found.add(edge.to);
  return found;
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
  const beside = [...workflow.steps.values()].some(
    (step) => writesIt(step, covered, workflow) && writesIt(step, path, workflow),
  );
  return beside ? 'written-beside' : undefined;
}
