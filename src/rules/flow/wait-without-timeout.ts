/**
 * A wait that nothing ends: when what it waits for never comes, the case is forgotten.
 * Say how long with `within`, and where work goes then with `on.timeout`.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { awaitsEvent } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { mgf, nistAiRmf } from '../standards.ts';
import { ownStep } from './own-step.ts';

export const waitWithoutTimeout: Rule = {
  id: 'flow/wait-without-timeout',
  severity: 'error',
  summary: 'Every wait for someone or something ends after a stated time, and work goes on somewhere then.',
  seed: ['S1'],
  starred: true,
  clauses: [nistAiRmf('MANAGE 4.1'), mgf('2.3.3')],
  check(analyses, report) {
    const { workflow, graph, reachability } = analyses;
    for (const step of workflow.steps.values()) {
      const node = graph.nodeOf(step);
      if (
        step.kind !== 'wait' ||
        !awaitsEvent(step) ||
        !node ||
        !reachability.isReachable(node) ||
        isTimed(step, workflow)
      )
        continue;
      const noTime = step.within === undefined;
      const noTarget = !isHandled(step, workflow);
      const range = step.fields.$.keyRange(noTime ? 'until' : 'within') ?? step.fields.$.keyRange('wait') ?? step.range;
      const what = awaitedBy(step);
      const fault = noTime
        ? `'${step.id}' waits for ${what} without a time limit`
        : `'${step.id}' has a time limit, but nothing happens when it is over`;
      const remedy = noTime ? `Add 'within'${noTarget ? " and 'on.timeout'" : ''}.` : "Add 'on.timeout'.";
      report({
        range,
        place: step.id,
        message: `${fault}: a case can be forgotten here. ${remedy}`,
        witness: pathTo(
          node,
          reachability,
          noTime ? `waits for ${what}, for ever if it never comes` : 'its timeout leads nowhere',
        ),
        fixes: () => timeout(step, noTime, noTarget, analyses),
      });
    }
  },
};

/** What it waits for, as the author called it. */
function awaitedBy({ fields }: Step): string {
  const { until, from, on } = fields;
  const sender = from ? ` from '${from.name}'` : '';
  if (until) return until.word ? `a message${sender}` : `'${until.name}'`;
  const events = [...(on?.keys() ?? [])].filter((name) => name !== 'timeout' && name !== 'cancel' && name !== 'done');
  return events.length > 0 ? quoted(events, 'or') : `an answer${sender}`;
}

/** Ended by a timer of its own, or by the time limit of a scope or a timer of the case around it. */
function isTimed(step: Step, workflow: Workflow): boolean {
  if (step.within && isHandled(step, workflow)) return true;
  const ends = (timers: Step['fields']['timers']) =>
    (timers ?? []).some(({ keep, to }) => to !== undefined && !keep?.value);
  if (ends(step.fields.timers) || ends(workflow.fields?.timers)) return true;
  for (let scope = step.scope; scope; scope = scope.scope) {
    if ((scope.within && isHandled(scope, workflow)) || ends(scope.fields.timers)) return true;
  }
  return false;
}

function isHandled(step: Step, workflow: Workflow): boolean {
  for (let around: Step | undefined = step; around; around = around.scope)
    if (around.handlers.get('timeout')?.target) return true;
  return workflow.handlers.get('timeout')?.target !== undefined;
}

/** Sends the timeout to a step of whoever is accountable, if there is one; how long to wait is the author's to say. */
function timeout(step: Step, noTime: boolean, noTarget: boolean, { workflow, graph }: Analyses): readonly Fix[] {
  const { node } = step.fields.$;
  const { text } = workflow.file;
  if (!node) return [];
  const owner = ownStep(step, graph, workflow, ({ kind }) => kind === 'task');
  if (noTarget && !owner) return [];
  const on = node.entries.find(({ key }) => key.text === 'on')?.value;
  const handler =
    !noTarget || !owner
      ? []
      : on?.kind === 'map'
        ? addEntry(text, on, 'timeout', owner.id)
        : on
          ? undefined
          : addEntry(text, node, 'on', `{ timeout: ${owner.id} }`);
  const limit = noTime ? addEntry(text, node, 'within', '5d', 'until') : [];
  if (!handler || !limit) return [];
  const goal = noTarget && owner ? `, then '${owner.id}'` : '';
  const title = noTime ? `Wait 5 days at most${goal}` : `On timeout go on with '${owner?.id}'`;
  return [{ title, edits: [...limit, ...handler], safety: 'meaning-changing' }];
}
