// Where people judge what an AI made: approvals, reviews and decisions about output that nobody has judged before.
import { isHuman, type Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { Arrival } from './arrivals.ts';
import { completes } from './completion.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { isByAi } from './origin.ts';
import { isUnknown } from './performers.ts';
import { type Taint, taintOf } from './taint.ts';
import type { Removal } from './taint-rules.ts';
import type { TaintPath } from './taint-witness.ts';

/** A person's judgment of output of an AI. */
export interface AiReview {
  readonly step: Step;
  /** What is judged. */
  readonly judged: DataPath;
  /** How output of an AI that nobody has judged comes there; searched for when it is asked for, so only a witness asks. */
  readonly path: TaintPath;
}

/**
 * Each approval, review and decision by people whose `covers` or `reviews` hold, on some path, what an AI alone has made
 * and nobody has judged yet; in the order of the file. See `taintOf` for the analysis.
 */
export function aiReviews(analyses: Analyses): readonly AiReview[] {
  const { graph } = analyses;
  const judgments = [...graph.workflow.steps.values()].flatMap((step) => {
    const node = graph.nodeOf(step);
    return node?.performers.some(isHuman) && isJudgment(node) ? [{ step, node }] : [];
  });
  if (judgments.length === 0) return [];
  const taint = unjudgedAi(analyses);
  return judgments.flatMap(({ step, node }) => {
    const judged = judgedIn(node).find((path) => taint.at(node, path) !== 0);
    if (judged === undefined) return [];
    return [
      {
        step,
        judged,
        get path() {
          return taint.pathTo(node, judged, label, 'at') ?? { source: undefined, written: judged, edges: [] };
        },
      },
    ];
  });
}

const label = 1;

function unjudgedAi(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  const byPeople = ({ node }: Arrival) => node.performers.some(isHuman);
  return taintOf(analyses, {
    initial: () => 0,
    brings: (arrival) => (!byPeople(arrival) && isByAi(arrival, workflow) ? label : 0),
    // What people write, alone or together with an AI, is theirs.
    keeps: (arrival) => (byPeople(arrival) ? 0 : label),
    removes: judged,
  });
}

/** Whoever judges has seen it, whatever they say of it; and who modifies it has written it. */
function judged(edge: FlowEdge): readonly Removal[] {
  return isJudgment(edge.from) && completes(edge)
    ? judgedIn(edge.from).map((path) => ({ path, labels: label }))
    : nothing;
}

const nothing: readonly never[] = [];

const judges: ReadonlySet<string> = new Set(['approval', 'review', 'decision']);

function isJudgment(node: FlowNode): boolean {
  return judges.has(node.step?.kind ?? '') && (node.performers.some(isHuman) || isUnknown(node));
}

function judgedIn({ step }: FlowNode): readonly DataPath[] {
  return [...(step?.fields.covers ?? []), ...(step?.fields.reviews ?? [])].map(pathOf);
}
