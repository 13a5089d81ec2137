/**
 * A step is tried again, or lies on a circle, and its effect cannot be taken back or leaves the house: it may happen twice.
 * Name an `idempotency-key`, a field by which the receiver knows a repetition, that the step does not write itself.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { cyclicComponents } from '../../analysis/components.ts';
import { overlap, pathOf, rootOf, writesOf } from '../../analysis/data-paths.ts';
import type { FlowEdge, FlowNode } from '../../analysis/flow-graph.ts';
import { turns } from '../../analysis/loops.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { variablesOf } from '../../language/conditions.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along, here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, owaspAgentic, soc2 } from '../standards.ts';

type Effect = NonNullable<Step['fields']['effects']>[number];

export const retryUnsafeEffect: Rule = {
  id: 'flow/retry-unsafe-effect',
  severity: 'error',
  summary:
    'An effect that may happen again, by a retry or in a circle, carries a key that makes the second one harmless.',
  seed: ['S16'],
  clauses: [euAiAct('15(4)'), soc2('PI1'), owaspAgentic('ASI08')],
  check(analyses, report) {
    const { graph, reachability } = analyses;
    const { workflow } = graph;
    const circles = circlesIn(analyses);
    for (const step of workflow.steps.values()) {
      const node = graph.nodeOf(step);
      const grave = (step.fields.effects ?? []).filter(
        (effect) => effect.irreversible?.value || effect.external?.value,
      );
      if (!node || grave.length === 0 || !reachability.isReachable(node)) continue;
      const repeated = repetitionOf(step, node, circles);
      if (!repeated) continue;
      for (const effect of grave) {
        const key = effect.idempotencyKey;
        const own = key && writesOf(step, workflow).some(({ out }) => overlap(out, pathOf(key)));
        if (key && !own) continue;
        const kind = effect.kind?.value ?? 'effect';
        const fault = own
          ? `its 'idempotency-key' '${pathOf(key)}' is written by the step itself, so each time is another one. Use a field that stays the same.`
          : "nothing makes a second one harmless. Add 'idempotency-key' with a field that stays the same.";
        report({
          range: (own ? effect.$.valueRange('idempotency-key') : effect.$.valueRange('kind')) ?? effect.$.range,
          place: step.id,
          message: `The ${kind} of '${step.id}' may happen again ${repeated.how}, and ${fault}`,
          witness: repeated.witness,
          fixes: own ? [] : keyed(effect, step, workflow),
        });
      }
    }
  },
};

interface Repetition {
  readonly how: string;
  readonly witness: readonly WitnessStep[];
}

/** The step or a scope around it is tried again, or work comes back to it. */
function repetitionOf(step: Step, node: FlowNode, circles: readonly ReadonlySet<FlowNode>[]): Repetition | undefined {
  for (let tried: Step | undefined = step; tried; tried = tried.scope) {
    const range = tried.fields.$.keyRange('retry');
    if (!range || !tried.fields.retry) continue;
    const what = tried === step ? 'it' : `'${tried.id}'`;
    const note = `tried again, up to ${tried.fields.retry.max?.value ?? 'some'} times`;
    return { how: `when ${what} is tried again`, witness: here(tried.id, range, note) };
  }
  const circle = circles.find((nodes) => nodes.has(node));
  const onCircle = (edge: FlowEdge) => turns(edge) && circle?.has(edge.to) === true;
  const rounds = node.out.filter(onCircle).flatMap((first) => {
    const rest = shortestPath([first.to], (goal) => goal === node, onCircle);
    return rest ? [[first, ...rest]] : [];
  });
  const [shortest] = rounds.sort((a, b) => a.length - b.length);
  return shortest && { how: 'when work comes back to it', witness: along(shortest, 'here again') };
}

/** Circles of the work itself; what starts beside it and leaves it where it is repeats nothing. */
function circlesIn({ graph }: Analyses): readonly ReadonlySet<FlowNode>[] {
  return cyclicComponents(graph.nodes, (edge) => turns(edge) && !edge.keep);
}

/** A field that looks like the number of the case, of data the effect or the step uses and does not write. */
function keyed(effect: Effect, step: Step, workflow: Workflow): readonly Fix[] {
  const { node } = effect.$;
  if (!node) return [];
  const variables = variablesOf(workflow);
  const written = writesOf(step, workflow).map(({ out }) => out);
  const used = [...(effect.uses ?? []), ...(effect.amount ? [effect.amount] : []), ...(step.fields.reads ?? [])];
  const fields = [...new Set(used.map((reference) => rootOf(pathOf(reference))))].flatMap((data) =>
    [...(variables.get(data)?.fields?.keys() ?? [])].map((field) => `${data}.${field}`),
  );
  const key = fields.find(
    (path) => /[._](id|key|number|ref|reference)$/.test(path) && !written.some((out) => overlap(out, path)),
  );
  const edits = key && addEntry(workflow.file.text, node, 'idempotency-key', key);
  return edits ? [{ title: `Tell repetitions by '${key}'`, edits, safety: 'meaning-changing' }] : [];
}
