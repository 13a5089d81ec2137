/**
 * An AI does something that cannot be taken back or leaves the house, or its output is used for it, and on some path no
 * human has approved exactly that. Lead every path through an approval that covers the data, or name a policy that
 * admits the effect.
 */
import { admissionOf } from '../../analysis/admission.ts';
import { type AiOutput, unreviewedAiOutput } from '../../analysis/ai-output.ts';
import type { Analyses } from '../../analysis/analyses.ts';
import { type Approvals, anyData, approvalsOf, type Requirement } from '../../analysis/approvals.ts';
import { type DataPath, pathOf } from '../../analysis/data-paths.ts';
import { type Effect, effectsOf } from '../../analysis/effects.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { variablesOf } from '../../language/conditions.ts';
import { isAi } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import { along } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';
import { joined } from '../wording.ts';

export const irreversibleUnapproved: Rule = {
  id: 'oversight/irreversible-unapproved',
  severity: 'error',
  summary:
    'What an AI does, or what its output is used for, is approved by a human on every path before it cannot be taken back.',
  seed: ['S19', 'S21'],
  clauses: [
    mgf('2.2.2'),
    owaspLlm('LLM06', 2025),
    owaspAgentic('ASI02'),
    owaspAgentic('ASI09'),
    mitreAtlas('M0029'),
    euAiAct('14(4)(d)'),
  ],
  check(analyses, report) {
    const occurrences = gravesOf(analyses).map((occurrence) => inParts(occurrence, analyses));
    const approvals = approvalsOf(
      occurrences.flatMap((occurrence) => requirementsOf(occurrence)),
      analyses.workflow,
      analyses.conditions,
      analyses.graph,
      analyses.dominators,
    );
    const said = new Set<Range>();
    for (const occurrence of occurrences) {
      const { effect, node } = occurrence;
      const open = requirementsOf(occurrence).filter((requirement) => !approvals.holds(requirement, node));
      if (said.has(effect.range) || open.length === 0) continue;
      const proof = node.performers.some(isAi)
        ? avoidingPath(node, open, approvals)
        : outputPath(node, open, approvals, analyses);
      if (!proof) continue;
      const admission = admissionOf(
        effect,
        node,
        analyses.workflow,
        analyses.conditions,
        analyses.graph,
        analyses.dominators,
      );
      if (admission === 'admitted') continue;
      said.add(effect.range);
      const place = { range: effect.range, place: effect.step.id, witness: proof.witness };
      if (admission === 'unproved') {
        const policy = effect.admittedBy?.name;
        const message = `Whether the policy '${policy}' admits the ${effect.kind} of '${effect.step.id}' is not known: the guards on the way do not imply its condition on every path. Guard the path with that condition, or lead it through an approval.`;
        report({ ...place, message, verdict: 'unknown' });
      } else report({ ...place, message: proof.message(describe(effect)) });
    }
  },
};

interface Occurrence {
  readonly effect: Effect;
  readonly node: FlowNode;
}

/** Irreversible or external effects, at every node of their step that a case can reach. */
function gravesOf({ workflow, graph, reachability }: Analyses): readonly Occurrence[] {
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow)
      .filter(({ irreversible, external }) => irreversible || external)
      .flatMap((effect) =>
        graph
          .nodesOf(step)
          .filter((node) => reachability.pathTo(node) !== undefined)
          .map((node) => ({ effect, node })),
      ),
  );
}

/** Data that someone judges field by field is taken field by field: approving all of them is approving the whole. */
function inParts({ effect, node }: Occurrence, { workflow }: Analyses): Occurrence {
  const judged = [...workflow.steps.values()]
    .flatMap(({ fields }) => [...(fields.covers ?? []), ...(fields.reviews ?? [])])
    .map(pathOf);
  const variables = variablesOf(workflow);
  const consumes = effect.consumes.flatMap((path) => {
    const fields = [...(variables.get(path)?.fields?.keys() ?? [])];
    const inFields = fields.length > 0 && judged.some((seen) => seen.startsWith(`${path}.`));
    return inFields ? fields.map((field) => `${path}.${field}`) : [path];
  });
  return { effect: { ...effect, consumes }, node };
}

/** An AI at work needs an approval of all it consumes; where others act, a human look at AI output is enough. */
function requirementsOf({ effect, node }: Occurrence): readonly Requirement[] {
  const byAi = node.performers.some(isAi);
  const paths = byAi && effect.consumes.length === 0 ? [anyData] : effect.consumes;
  return paths.map((path) => ({ path, by: byAi ? 'approval' : 'approval-or-review' }));
}

function describe({ kind, irreversible, external }: Effect): string {
  return `the ${joined([...(irreversible ? ['irreversible'] : []), ...(external ? ['external'] : [])])} ${kind}`;
}

interface Proof {
  readonly witness: readonly WitnessStep[];
  readonly message: (effect: string) => string;
}

/** A shortest path to the effect on which the first open requirement is never approved, or approved and lost again. */
function avoidingPath(node: FlowNode, open: readonly Requirement[], approvals: Approvals): Proof | undefined {
  const path = open[0] && approvals.openPath(open[0], node);
  if (!path) return undefined;
  const what = covered(open.map(({ path: data }) => data));
  const agent = node.performers.find(isAi)?.id;
  const writer = path.lost?.from;
  const ending = writer
    ? `what was approved of ${what} is not what goes out`
    : `no human has approved ${what} on this path`;
  return {
    witness: along(path.edges, ending, (at) => (at === writer ? 'writes it again, which ends the approval' : '')),
    message: (effect) =>
      `The AI '${agent}' does ${effect} in '${node.step?.id}' without a human approval of ${what} on every path. Lead each path through an approval that covers ${covers(open)}.`,
  };
}

function covered(paths: readonly DataPath[]): string {
  const named = paths.filter((path) => path !== anyData);
  return named.length > 0 ? joined(named.map((path) => `'${path}'`)) : 'it';
}

function covers(open: readonly Requirement[]): string {
  const named = open.filter(({ path }) => path !== anyData).map(({ path }) => path);
  return named.length > 0 ? `[${named.join(', ')}]` : 'what it does';
}

/** The path on which AI output comes to the effect and nobody has looked at it. */
function outputPath(
  node: FlowNode,
  open: readonly Requirement[],
  approvals: Approvals,
  { workflow, reachability }: Analyses,
): Proof | undefined {
  const output = unreviewedAiOutput(
    node,
    open.map(({ path }) => path),
    workflow,
    (candidate) => reachability.isReachable(candidate),
    (edge, path) => approvals.holdsAfter({ path, by: 'approval-or-review' }, edge),
  );
  if (!output) return undefined;
  const { author, written, consumed, path } = output;
  const agent = author.performers.find(isAi)?.id;
  return {
    witness: along(path, `consumes '${consumed}', which nobody has approved on this path`, (at) => noteOf(at, output)),
    message: (effect) =>
      `'${consumed}' goes into ${effect} of '${node.step?.id}', and on one path no human has approved what the AI '${agent}' wrote` +
      `${written === consumed ? '' : ` ('${written}')`} in '${author.step?.id}'. Lead that path through an approval that covers [${consumed}].`,
  };
}

function noteOf(node: FlowNode, { author, written }: AiOutput): string {
  return node === author ? `the AI writes '${written}'` : '';
}
