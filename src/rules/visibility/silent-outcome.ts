/**
 * A case ends, and nothing is written down of how; or an AI closes cases that no person ever sees.
 * Add `records` to the end or a log to what leads there, and a `sample` to where an AI closes cases.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type AutoClose, autoClosing } from '../../analysis/auto-close.ts';
import { agentsIn, logOf } from '../../analysis/logging.ts';
import { endsWork, type SilentEnd, silentEnds } from '../../analysis/silent-ends.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along, here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf } from '../standards.ts';
import { stepsInWords } from './log-report.ts';

export const silentOutcome: Rule = {
  id: 'visibility/silent-outcome',
  severity: 'error',
  summary: 'Every end of a case is recorded, and of the cases that an AI closes alone a sample is looked at.',
  seed: ['S5', 'S23c'],
  clauses: [euAiAct('12(2)(a)'), euAiAct('26(5)'), nistAiRmf('MEASURE 2.4'), mgf('2.3.3')],
  specializes: ['oversight/gate-self-assessed'],
  check(analyses, report) {
    reportEnds(analyses, report);
    for (const found of autoClosing(analyses)) reportClosing(found, analyses.graph.workflow, report);
  },
};

function reportEnds(analyses: Analyses, report: Report): void {
  const { workflow } = analyses.graph;
  const silent = silentEnds(analyses);
  const steps = [...workflow.steps.values()];
  const ends = steps.filter(endsWork);
  const severity = steps.some((step) => agentsIn(step, workflow).length > 0) ? 'error' : 'warning';
  const isLogged = steps.some((step) => logOf(step, workflow).record);
  // A log for all steps would record these ends as well.
  const root = isLogged ? {} : { root: 'log workflow' };
  if (silent.length > 1 && silent.length === ends.length && !isLogged) {
    const range = workflow.fields?.$.keyRange('workflow') ?? silent[0]?.end.range ?? { start: 0, end: 0 };
    report({
      range,
      place: 'workflow',
      message: `Cases end in ${stepsInWords(silent.map(({ end }) => end))}, and nothing is recorded of any outcome. Add 'records' to each end, or 'log' under 'defaults'.`,
      witness: silent.flatMap(witnessOf),
      severity,
      fixes: () => recordAll(silent, workflow),
      ...root,
    });
    return;
  }
  for (const found of silent) {
    const { end } = found;
    report({
      range: end.range,
      place: end.id,
      message: `A case can end in '${end.id}' ${reasonOf(found)}. Add 'records' to the end.`,
      witness: witnessOf(found),
      severity,
      fixes: () => recordAll([found], workflow),
      ...root,
    });
  }
}

function reasonOf({ after }: SilentEnd): string {
  if (!after) return 'before anything was done, and nothing records that';
  return after.kind === 'wait'
    ? `right after the wait '${after.id}', and nothing records how it ended`
    : `after '${after.id}', which is not logged, and nothing records the outcome`;
}

function witnessOf({ end, path }: SilentEnd) {
  const last = 'ends here, and nothing is recorded';
  return path.length > 0 ? along(path, last) : here(end.id, end.range, last);
}

function recordAll(silent: readonly SilentEnd[], { file }: Workflow): readonly Fix[] {
  const edits = silent.map(({ end }) => {
    const { node } = end.fields.$;
    return node && addEntry(file.text, node, 'records', '[outcome]');
  });
  const [only] = silent;
  const title = silent.length === 1 ? `Record the outcome in '${only?.end.id}'` : 'Record the outcome at every end';
  return edits.every((edit) => edit !== undefined) ? [{ title, edits: edits.flat(), safety: 'meaning-changing' }] : [];
}

function reportClosing({ node, agent, closing, person }: AutoClose, workflow: Workflow, report: Report): void {
  const { step } = node;
  const [first] = closing;
  const end = closing.at(-1)?.to.step;
  if (!step || !first || !end) return;
  const { sample } = step.fields;
  const text = workflow.file.text;
  const value = `{ share: 5%, to: ${person.step?.id}, keep: true }`;
  const canGo = person.step?.scope === step.scope && step.fields.$.node;
  const edits = canGo && !sample ? addEntry(text, canGo, 'sample', value) : undefined;
  report({
    range: sample?.share?.range ?? first.range,
    place: step.id,
    message: `The AI '${agent.id}' decides in '${step.id}' which cases end in '${end.id}' without a person, and no sample of them is looked at. Add 'sample' with a share above 0.`,
    witness: along(closing, 'closed, and no person has seen it'),
    fixes: edits ? [{ title: `Show 5% of them to '${person.step?.id}'`, edits, safety: 'meaning-changing' }] : [],
    root: `unseen ${step.id} ${end.id}`,
  });
}
