// Effects that cannot be taken back or leave the house, that an AI brings about, and that some path leaves unapproved.
import { variablesOf } from '../language/conditions.ts';
import { isAi, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import { type Admission, admissionOf } from './admission.ts';
import { type AiOutput, unreviewedAiOutput } from './ai-output.ts';
import type { Analyses } from './analyses.ts';
import { type Approvals, anyData, approvalsOf, type Requirement } from './approvals.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

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
  /** Edges into the node over which it is reached unapproved; each is searched for anew, so only a fix asks. */
  entries(): readonly FlowEdge[];
}

/** One entry for each effect, at the first node of its step where it is open. */
export function unapprovedEffects(analyses: Analyses): readonly UnapprovedEffect[] {
  const { workflow, conditions, graph, dominators } = analyses;
  const occurrences = gravesOf(analyses).map((occurrence) => inParts(occurrence, analyses));
  const required = occurrences.flatMap((occurrence) => requirementsOf(occurrence));
  const approvals = approvalsOf(required, workflow, conditions, graph, dominators);
  const said = new Set<Range>();
  return occurrences.flatMap((occurrence) => {
    const { effect, node } = occurrence;
    const open = requirementsOf(occurrence).filter((requirement) => !approvals.holds(requirement, node));
    if (said.has(effect.range) || open.length === 0) return [];
    const proof = node.performers.some(isAi)
      ? proveAvoided(node, open, approvals)
      : proveUsed(node, open, approvals, analyses);
    if (!proof) return [];
    const admission = admissionOf(effect, node, workflow, conditions, graph, dominators);
    if (admission === 'admitted') return [];
    said.add(effect.range);
    return [{ effect, node, open, admission, ...proof }];
  });
}

interface Occurrence {
  readonly effect: Effect;
  readonly node: FlowNode;
}

type Proof = Pick<UnapprovedEffect, 'path' | 'output' | 'lostAt' | 'entries'>;

/** Irreversible or external effects, at every node of their step that a case can reach. */
function gravesOf({ workflow, graph, reachability }: Analyses): readonly Occurrence[] {
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow)
      .filter(({ irreversible, external }) => irreversible || external)
      .flatMap((effect) =>
        graph
          .nodesOf(step)
          .filter((node) => Number.isFinite(reachability.distanceTo(node)))
          .map((node) => ({ effect, node })),
      ),
  );
}

/** Data that someone judges field by field is taken field by field: approving all of them is approving the whole. */
function inParts({ effect, node }: Occurrence, { workflow }: Analyses): Occurrence {
  const judged = workflow.derived(dataJudgedInParts);
  const variables = variablesOf(workflow);
  const consumes = effect.consumes.flatMap((path) => {
    const fields = [...(variables.get(path)?.fields?.keys() ?? [])];
    const inFields = fields.length > 0 && judged.has(path);
    return inFields ? fields.map((field) => `${path}.${field}`) : [path];
  });
  return { effect: { ...effect, consumes }, node };
}

/** Data of which someone judges a part. */
function dataJudgedInParts({ steps }: Workflow): ReadonlySet<DataPath> {
  const judged = [...steps.values()].flatMap(({ fields }) => [...(fields.covers ?? []), ...(fields.reviews ?? [])]);
  return new Set(
    judged.map(pathOf).flatMap((path) => {
      const parts = path.split('.');
      return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
    }),
  );
}

/** An AI at work needs an approval of all it consumes; where others act, a human look at AI output is enough. */
function requirementsOf({ effect, node }: Occurrence): readonly Requirement[] {
  const byAi = node.performers.some(isAi);
  const paths = byAi && effect.consumes.length === 0 ? [anyData] : effect.consumes;
  return paths.map((path) => ({ path, by: byAi ? 'approval' : 'approval-or-review' }));
}

/** A path on which the first open requirement is never approved, or approved and lost again. */
function proveAvoided(node: FlowNode, open: readonly Requirement[], approvals: Approvals): Proof | undefined {
  const path = open[0] && approvals.openPath(open[0], node);
  const entries = () => node.in.filter((edge) => open.some((requirement) => !approvals.holdsAfter(requirement, edge)));
  return path && { path: path.edges, output: undefined, lostAt: path.lost?.from, entries };
}

/** A path on which AI output comes to the effect and nobody has looked at it. */
function proveUsed(
  node: FlowNode,
  open: readonly Requirement[],
  approvals: Approvals,
  { workflow, reachability }: Analyses,
): Proof | undefined {
  const paths = open.map(({ path }) => path);
  const find = (enters: (edge: FlowEdge) => boolean) =>
    unreviewedAiOutput(
      node,
      paths,
      workflow,
      (candidate) => reachability.isReachable(candidate),
      (edge, path) => approvals.holdsAfter({ path, by: 'approval-or-review' }, edge),
      enters,
    );
  const output = find(() => true);
  const entries = () => node.in.filter((edge) => find((other) => other === edge) !== undefined);
  return output && { path: output.path, output, lostAt: undefined, entries };
}
