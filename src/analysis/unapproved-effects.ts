// Effects with weight and what is approved of their data; those that cannot be taken back or leave the house, that an AI
// brings about, and that some path leaves unapproved.
import { isAi } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import { type Admission, admissionOf } from './admission.ts';
import { type AiOutput, type UnreviewedAiOutput, unreviewedAiOutput } from './ai-output.ts';
import { isSink } from './ai-sinks.ts';
import type { Analyses } from './analyses.ts';
import { type Approvals, type Assumed, approvalsOf } from './approval-facts.ts';
import { anyData, type Requirement } from './approvals.ts';
import type { DataPath } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { inParts } from './judged-parts.ts';

export interface UnapprovedEffect {
  readonly effect: Effect;
  readonly node: FlowNode;
  /** What is not approved on all paths; where others than an AI act, what nobody has looked at. */
  readonly open: readonly Requirement[];
  /** `unproved`: a policy may admit it, and that cannot be decided. */
  readonly admission: Exclude<Admission, 'admitted'>;
  /** A shortest path that shows it: from the start, or from the AI whose output is used. */
  readonly path: readonly FlowEdge[];
  /** The AI output that is used, where others than an AI act. */
  readonly output: AiOutput | undefined;
  /** The node on the path at which an approval is lost again. */
  readonly lostAt: FlowNode | undefined;
  /** Edges into the node over which it is reached unapproved. */
  entries(): readonly FlowEdge[];
}

/** An effect with weight, at a node of its step that a case can reach. */
export interface GraveEffect {
  readonly effect: Effect;
  readonly node: FlowNode;
  /** What has to hold of the data it consumes, and by whom. */
  readonly required: readonly Requirement[];
}

/** Effects with weight, and what is approved of their data; asked for by every rule about approvals. */
export interface EffectApprovals {
  readonly occurrences: readonly GraveEffect[];
  readonly approvals: Approvals;
  readonly output: UnreviewedAiOutput;
}

export function effectApprovals(analyses: Analyses): EffectApprovals {
  const occurrences = analyses.derived(gravesOf);
  return { occurrences, ...decide(occurrences, analyses) };
}

function decide(
  occurrences: readonly GraveEffect[],
  analyses: Analyses,
  assumed?: Assumed,
): Omit<EffectApprovals, 'occurrences'> {
  const { graph, conditions, dominators } = analyses;
  const required = occurrences.flatMap((occurrence) => occurrence.required);
  const approvals = approvalsOf(required, graph.workflow, conditions, graph, dominators, assumed);
  const isJudged = (edge: FlowEdge, path: DataPath) => approvals.holdsAfter({ path, by: 'approval-or-review' }, edge);
  const consumed = required.filter(({ by }) => by === 'approval-or-review').map(({ path }) => path);
  return { approvals, output: unreviewedAiOutput(consumed, analyses, { isJudged, assumed }) };
}

/** One entry for each effect, at the first node of its step where it is open. */
export function unapprovedEffects(analyses: Analyses): readonly UnapprovedEffect[] {
  if (analyses.derived(gravesOf).length === 0) return [];
  return openEffects(analyses.derived(effectApprovals), analyses);
}

/** Those of them that are open also if what `assumed` names were approved. */
export function stillUnapproved(
  found: readonly UnapprovedEffect[],
  assumed: Assumed,
  analyses: Analyses,
): readonly UnapprovedEffect[] {
  const ranges = new Set(found.map(({ effect }) => effect.range));
  const { occurrences } = analyses.derived(effectApprovals);
  const open = occurrences.filter(({ effect }) => ranges.has(effect.range));
  return openEffects({ occurrences: open, ...decide(open, analyses, assumed) }, analyses);
}

function openEffects(
  { occurrences, approvals, output }: EffectApprovals,
  analyses: Analyses,
): readonly UnapprovedEffect[] {
  const said = new Set<Range>();
  return occurrences.flatMap(({ effect, node, required }) => {
    if (said.has(effect.range) || !(effect.irreversible || effect.external)) return [];
    const open = required.filter((requirement) => !approvals.holds(requirement, node));
    if (open.length === 0) return [];
    const byAi = node.performers.some(isAi);
    const paths = open.map(({ path }) => path);
    if (!byAi && !output.reaches(node, paths)) return [];
    const admission = admissionOf(effect, node, analyses);
    if (admission === 'admitted') return [];
    const proof = byAi ? proveAvoided(node, open, approvals) : proveUsed(node, paths, output);
    if (!proof) return [];
    said.add(effect.range);
    return [{ effect, node, open, admission, ...proof }];
  });
}

type Proof = Pick<UnapprovedEffect, 'path' | 'output' | 'lostAt' | 'entries'>;

/** Effects by which work becomes more than a draft, at every node of their step that a case can reach. */
export function gravesOf({ graph, reachability }: Analyses): readonly GraveEffect[] {
  const { workflow } = graph;
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow)
      .filter((effect) => isSink(effect, workflow))
      .flatMap((effect) =>
        graph
          .nodesOf(step)
          .filter((node) => Number.isFinite(reachability.distanceTo(node)))
          .map((node) => required({ ...effect, consumes: inParts(effect.consumes, workflow) }, node)),
      ),
  );
}

/** An AI at work needs an approval of all it consumes; where others act, a human look at AI output is enough. */
function required(effect: Effect, node: FlowNode): GraveEffect {
  const byAi = node.performers.some(isAi);
  const paths = byAi && effect.consumes.length === 0 ? [anyData] : effect.consumes;
  return { effect, node, required: paths.map((path) => ({ path, by: byAi ? 'approval' : 'approval-or-review' })) };
}

/** A path on which the first open requirement is never approved, or approved and lost again. */
function proveAvoided(node: FlowNode, open: readonly Requirement[], approvals: Approvals): Proof | undefined {
  const path = open[0] && approvals.openPath(open[0], node);
  const entries = () => node.in.filter((edge) => open.some((requirement) => !approvals.holdsAfter(requirement, edge)));
  return path && { path: path.edges, output: undefined, lostAt: path.lost?.from, entries };
}

/** A path on which AI output comes to the effect and nobody has looked at it. */
function proveUsed(node: FlowNode, paths: readonly DataPath[], unreviewed: UnreviewedAiOutput): Proof | undefined {
  const output = unreviewed.pathTo(node, paths);
  return output && { path: output.path, output, lostAt: undefined, entries: () => unreviewed.entries(node, paths) };
}
