// Where the output of AI goes: in which steps AI makes data, which steps use it then, and whether people looked at it
// before. Both are taints of the flow: what AI made, and what of it nobody has looked at on some way.
import type { Analyses } from '../analysis/analyses.ts';
import { judgedPaths } from '../analysis/approvals.ts';
import { type DataPath, overlap, rootOf } from '../analysis/data-paths.ts';
import { dataSinks } from '../analysis/data-sinks.ts';
import { effectsOf } from '../analysis/effects.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import { aiTaint, isByAi, unreviewedAi } from '../analysis/origin.ts';
import { type Taint, taintOf } from '../analysis/taint.ts';
import { allArrivals } from '../analysis/taint-solve.ts';
import { groupBy } from '../language/groups.ts';
import type { AiPart, AiReach, StepName } from '../picture/views.ts';
import type { DiagramModel } from './diagram.ts';
import { nodeId, stepNames } from './view-names.ts';

type Sorted = <T extends { readonly id: string }>(items: readonly T[]) => readonly T[];

/** By data id; only data that output of AI can come into. */
export function aiParts(analyses: Analyses, diagram: DiagramModel, sorted: Sorted): ReadonlyMap<string, AiPart> {
  const made = analyses.derived(madeByAi);
  const name = stepNames(diagram);
  const lanes = new Map(diagram.nodes.map(({ id, lane }) => [id, lane]));
  const writers = groupBy(writersOf(analyses, made), ({ data }) => data);
  const uses = groupBy(usesOf(analyses), ({ path }) => rootOf(path));
  const named = (ids: readonly string[]): readonly StepName[] => sorted([...new Set(ids)].map(name));
  const parts = new Map<string, AiPart>();
  for (const id of analyses.workflow.data.keys()) {
    const own = writers.get(id) ?? [];
    const used = (uses.get(id) ?? []).filter(({ node, path, where }) => made[where](node, path) !== 0);
    if (own.length === 0 && used.length === 0) continue;
    const reaches = [...groupBy(used, ({ step }) => step)].map(
      ([step, at]): AiReach => ({
        ...name(step),
        lane: lanes.get(step) ?? '',
        review: weakest(at.map((use) => reviewAt(use, analyses))),
      }),
    );
    parts.set(id, {
      madeIn: named(own.filter(({ isAi }) => isAi).map(({ step }) => step)),
      derivedIn: named(own.filter(({ isAi }) => !isAi).map(({ step }) => step)),
      reaches: sorted(reaches),
    });
  }
  return parts;
}

/** Where output of AI can be, whether or not somebody has looked at it. */
function madeByAi(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  return taintOf(analyses, { initial: () => 0, brings: (arrival) => (isByAi(arrival, workflow) ? 1 : 0) });
}

/** Steps that put output of AI into data: AI itself, or others who make it of what AI made. */
function writersOf(analyses: Analyses, made: Taint) {
  return [...analyses.derived(allArrivals).keys()].flatMap((node) => {
    const step = nodeId(node);
    if (step === undefined || !analyses.reachability.isReachable(node)) return [];
    return made.arrivals(node).flatMap(({ arrival, labels }) => {
      const isAi = isByAi(arrival, analyses.workflow);
      return isAi || labels !== 0 ? [{ data: rootOf(arrival.out), step, isAi }] : [];
    });
  });
}

interface Use {
  readonly node: FlowNode;
  readonly step: string;
  readonly path: DataPath;
  readonly where: 'at' | 'within';
}

/** Who sees data, and what it is put to. */
function usesOf(analyses: Analyses): readonly Use[] {
  const { graph, reachability, workflow } = analyses;
  const seen = analyses.derived(dataSinks).map(({ node, step, path, where }) => ({ node, step: step.id, path, where }));
  const consumed = [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow).flatMap(({ consumes }) =>
      graph
        .nodesOf(step)
        .filter((node) => node.kind === 'step' && reachability.isReachable(node))
        .flatMap((node) => consumes.map((path) => ({ node, step: step.id, path, where: 'within' as const }))),
    ),
  );
  return [...seen, ...consumed];
}

/** Whoever judges data in a step sees it there for the first time, which is no fault. */
function reviewAt({ node, path, where }: Use, analyses: Analyses): AiReach['review'] {
  if ((analyses.derived(aiTaint)[where](node, path) & unreviewedAi) === 0) return 'before';
  const judged = node.out.some((edge) => judgedPaths(edge).some((named) => overlap(named, path)));
  return where === 'at' && judged ? 'here' : 'none';
}

function weakest(reviews: readonly AiReach['review'][]): AiReach['review'] {
  return reviews.includes('none') ? 'none' : reviews.includes('here') ? 'here' : 'before';
}
