/**
 * A review that has less time than a careful look takes, or one approval for many items that cannot be taken back.
 * Allow more time, or look at fewer items at once.
 */
import { overlap, pathOf } from '../../analysis/data-paths.ts';
import { effectsOf } from '../../analysis/effects.ts';
import { clockOf } from '../../analysis/step-clock.ts';
import { durationText, minutesText, statedDuration } from '../../analysis/step-time.ts';
import { minutesOfLook } from '../../analysis/workload.ts';
import { isJudgment, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import { figure } from '../performance/load-report.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf } from '../standards.ts';

export const reviewTimeVsSla: Rule = {
  id: 'oversight/review-time-vs-sla',
  severity: 'warning',
  summary:
    'The time limit of a review allows a careful look at all it is given, and grave items are approved one by one.',
  seed: ['S7'],
  clauses: [euAiAct('14(4)(b)'), euAiAct('14(4)(c)'), mgf('2.2.2')],
  check({ workflow }, report) {
    for (const step of workflow.steps.values()) {
      if (!isJudgment(step)) continue;
      checkTime(step, workflow, report);
      checkBatch(step, workflow, report);
    }
  },
};

function checkTime(step: Step, workflow: Workflow, report: Report): void {
  const { within, fields } = step;
  const limit = clockOf(step, workflow)(within);
  const stated = statedDuration(within);
  // Two who judge independently do so at the same time.
  const each = minutesOfLook(step);
  const batch = fields.batch?.value ?? 1;
  if (!within || !stated || limit === undefined || each === undefined || each * batch <= limit + 1e-6) return;
  const sum = batch > 1 ? `${batch} × ${figure(each)}m = ${minutesText(each * batch)}` : minutesText(each);
  const own = fields.within;
  const fewer = Math.floor(limit / each);
  const fixes: Fix[] = [];
  if (own) {
    const text = inHours(each * batch);
    fixes.push({ title: `Allow ${text}`, edits: [{ range: own.range, text }], safety: 'meaning-changing' });
  }
  if (fields.batch && fewer >= 1)
    fixes.push({
      title: `Look at ${fewer} at once`,
      edits: [{ range: fields.batch.range, text: String(fewer) }],
      safety: 'meaning-changing',
    });
  report({
    range: own?.range ?? fields.$.keyRange('batch') ?? fields.$.keyRange('min-minutes') ?? step.range,
    place: step.id,
    message: `A careful look in '${step.id}' takes ${sum} at least, and ${durationText(stated)} are allowed. Allow more time${batch > 1 ? ', or look at fewer at once' : ''}.`,
    witness: here(step.id, step.range, `${sum} at least, ${durationText(stated)} allowed`),
    fixes,
  });
}

/** Without days, which mean something else in a calendar. */
function inHours(minutes: number): string {
  const whole = Math.ceil(minutes);
  return whole % 60 === 0 ? `${whole / 60}h` : `${whole}m`;
}

/** One approval of many items that weigh on a person or cannot be taken back. */
function checkBatch(step: Step, workflow: Workflow, report: Report): void {
  const { batch, significance, covers } = step.fields;
  if (step.kind !== 'approval' || !batch || batch.value < 2) return;
  const weight =
    significance?.value === 'legal' || significance?.value === 'significant' ? significance.value : undefined;
  const paths = (covers ?? []).map(pathOf);
  const effect = workflow
    .derived(irreversibleEffects)
    .find(({ consumes }) => consumes.some((used) => paths.some((path) => overlap(path, used))));
  if (!weight && !effect) return;
  const because = weight
    ? `each has a ${weight} effect on a person`
    : `the ${effect?.kind} of '${effect?.step.id}' cannot be taken back`;
  report({
    range: batch.range,
    place: step.id,
    message: `'${step.id}' approves ${batch.value} items at once, and ${because}. Approve them one by one.`,
    witness: [
      ...here(step.id, step.range, `approves ${batch.value} items at once`),
      ...(effect && !weight ? here(effect.step.id, effect.range, 'irreversible') : []),
    ],
    fixes: [{ title: 'Approve one by one', edits: [{ range: batch.range, text: '1' }], safety: 'meaning-changing' }],
  });
}

function irreversibleEffects(workflow: Workflow) {
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow).filter(({ irreversible }) => irreversible),
  );
}
