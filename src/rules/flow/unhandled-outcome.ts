/**
 * An outcome that leads nowhere: when the step ends so, the case fails in silence.
 * Say with `on` where work goes then.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { type Outcome, outcomesOf } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, nistAiRmf, nistGenAi } from '../standards.ts';
import { ownStep } from './own-step.ts';

export const unhandledOutcome: Rule = {
  id: 'flow/unhandled-outcome',
  severity: 'error',
  summary: 'Every outcome a step can have leads somewhere, by the step itself or by a scope or the case around it.',
  seed: ['S3', 'S16'],
  clauses: [nistAiRmf('MEASURE 2.6'), nistGenAi('MS-2.6-005'), euAiAct('15(4)')],
  check(analyses, report) {
    const { workflow, graph, reachability } = analyses;
    for (const step of workflow.steps.values()) {
      const open = new Map<string, { outcome: Outcome; node: FlowNode }>();
      for (const node of graph.nodesOf(step)) {
        if (!reachability.isReachable(node)) continue;
        for (const outcome of outcomesOf(step, node.performers, workflow)) {
          if (!open.has(outcome.name) && leadsNowhere(outcome, step, node, workflow))
            open.set(outcome.name, { outcome, node });
        }
      }
      const first = [...open.values()][0];
      if (!first) continue;
      const names = [...open.keys()];
      const range = step.fields.$.keyRange('on') ?? first.outcome.range ?? step.range;
      const many = names.length > 1;
      report({
        range,
        place: step.id,
        message:
          `${quoted(names)} of '${step.id}' ${many ? 'lead' : 'leads'} nowhere ` +
          `(${[...new Set([...open.values()].map(({ outcome }) => outcome.because))].join('; ')}). Add ${many ? 'them' : 'it'} to 'on'.`,
        witness: pathTo(first.node, reachability, `can end with ${joined(names, 'or')}, and no edge leads on`),
        fixes: () => handlers(step, names, analyses),
      });
    }
  },
};

function leadsNowhere(outcome: Outcome, step: Step, node: FlowNode, workflow: Workflow): boolean {
  const { name } = outcome;
  // A wait's timeout has a rule of its own, a step that is done and leads nowhere as well.
  if (name === 'done' || name === 'completed' || (name === 'timeout' && step.kind === 'wait')) return false;
  if (step.handlers.get(name)?.target) return false;
  if (name === 'low-confidence' && step.fields.gate?.below) return false;
  if (name === 'unavailable' && node.performers.some(({ fields }) => fields.fallback)) return false;
  if (name === 'absent' && node.performers.some(({ fields }) => fields.backup)) return false;
  // A time limit may also be written as a timer that ends the step.
  if (name === 'timeout' && (step.fields.timers ?? []).some(({ keep }) => !keep?.value)) return false;
  // A refusal or withdrawal inside is no success: it does not go on by `next`.
  const ended = (step.kind === 'scope' || step.kind === 'call') && (name === 'rejected' || name === 'cancelled');
  if (outcome.byNext && !ended && (step.fields.next || step.scope)) return false;
  for (let scope = step.scope; scope; scope = scope.scope) if (scope.handlers.get(name)?.target) return false;
  return workflow.handlers.get(name)?.target === undefined;
}

/** Leads them to a task of whoever is accountable, where there is one from which work does not come back here. */
function handlers(step: Step, names: readonly string[], { workflow, graph }: Analyses): readonly Fix[] {
  const { node } = step.fields.$;
  const owner = ownStep(step, graph, workflow, ({ kind }) => kind === 'task');
  if (!node || !owner) return [];
  const on = node.entries.find(({ key }) => key.text === 'on')?.value;
  const isEmpty = on?.kind === 'map' && on.entries.length === 0;
  if (on && (on.kind !== 'map' || isEmpty)) return [];
  const value = names.map((name) => `${name}: ${owner.id}`).join(', ');
  const edits = on
    ? names.flatMap((name) => addEntry(workflow.file.text, on, name, owner.id) ?? [])
    : addEntry(workflow.file.text, node, 'on', `{ ${value} }`);
  return edits && edits.length >= (on ? names.length : 1)
    ? [{ title: `On ${joined(names, 'or')} go on with '${owner.id}'`, edits, safety: 'meaning-changing' }]
    : [];
}
