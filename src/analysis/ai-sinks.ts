// Where output of an AI becomes more than a draft, and which output comes there with no human having looked at it.
import { isAi, isHuman, type Workflow } from '../language/model.ts';
import { type Admission, admissionOf } from './admission.ts';
import type { Analyses } from './analyses.ts';
import type { Requirement } from './approvals.ts';
import { openAt } from './consumed-approvals.ts';
import type { DataPath } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { aiTaint, unreviewedAi } from './origin.ts';
import type { TaintPath } from './taint-witness.ts';

/** A sink that unreviewed AI output reaches. */
export interface ReachedSink {
  readonly effect: Effect;
  readonly node: FlowNode;
  /** The data it comes in; undefined for what the AI makes there and then. */
  readonly data: DataPath | undefined;
  /** From the author of the output, or from the start where the AI itself is at the sink. */
  readonly path: TaintPath | undefined;
  readonly edges: readonly FlowEdge[];
  readonly admission: Exclude<Admission, 'admitted'>;
  /** What has to be looked at, and the edges over which it comes unreviewed. */
  readonly open: readonly Requirement[];
  entries(): readonly FlowEdge[];
}

const kinds: ReadonlySet<string> = new Set(['publish', 'message', 'payment', 'decision', 'deploy', 'train']);

/** A message among people of the house hands a draft to whoever looks at it. */
export function isSink({ kind, irreversible, external, fields }: Effect, { actors }: Workflow): boolean {
  if (irreversible || external) return true;
  const receiver = actors.get(fields?.to?.name ?? '');
  return kinds.has(kind) && !(kind === 'message' && receiver && isHuman(receiver));
}

/** One entry for each sink, at the first node of its step that unreviewed AI output reaches. */
export function reachedSinks(analyses: Analyses): readonly ReachedSink[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const sinks = [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow).filter((effect) => isSink(effect, workflow)),
  );
  return sinks.flatMap((effect) => {
    for (const node of graph.nodesOf(effect.step)) {
      if (!Number.isFinite(reachability.distanceTo(node))) continue;
      const admission = admissionOf(effect, node, analyses);
      // A policy that admits the effect counts as a review of what it uses. Whether it admits what cannot be taken back is
      // said where approvals are judged.
      if (admission === 'admitted' || (admission === 'unproved' && (effect.irreversible || effect.external))) continue;
      const found = comesIn(effect, node, analyses) ?? madeThere(effect, node, analyses);
      if (found) return [{ effect, node, admission, ...found }];
    }
    return [];
  });
}

type Found = Pick<ReachedSink, 'data' | 'path' | 'edges' | 'open' | 'entries'>;

/** Output of an AI in the data that the effect consumes. */
function comesIn({ consumes }: Effect, node: FlowNode, analyses: Analyses): Found | undefined {
  const taint = analyses.derived(aiTaint);
  const tainted = consumes.filter((path) => (taint.within(node, path) & unreviewedAi) !== 0);
  const [data] = tainted;
  const path = data === undefined ? undefined : taint.pathTo(node, data, unreviewedAi, 'within');
  if (!path) return undefined;
  const entries = () =>
    node.in.filter((edge) => tainted.some((consumed) => (taint.along(edge, consumed) & unreviewedAi) !== 0));
  return { data, path, edges: path.edges, open: tainted.map(requirement), entries };
}

/**
 * What an AI sends or publishes without naming it is made there, unless a human has looked at all that goes into it.
 * Effects that cannot be taken back are judged by what is approved, and decisions by who may make them: elsewhere.
 */
function madeThere(effect: Effect, node: FlowNode, analyses: Analyses): Found | undefined {
  const { kind, irreversible, external, fields } = effect;
  if (irreversible || external || kind === 'decision' || !node.performers.some(isAi)) return undefined;
  if ((fields?.uses ?? []).length > 0) return undefined;
  const { open, entries, path } = openAt(effect, node, 'approval-or-review', analyses);
  const edges = open.length > 0 ? path() : undefined;
  return edges && { data: undefined, path: undefined, edges, open, entries };
}

function requirement(path: DataPath): Requirement {
  return { path, by: 'approval-or-review' };
}
