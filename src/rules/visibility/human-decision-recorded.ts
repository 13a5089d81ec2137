/**
 * A person approves, or overrules an AI, and it is not recorded who did so, when, of which version, and why.
 * Add what is missing to `records` of the step, or to the log.
 */
import { rootOf, writesOf } from '../../analysis/data-paths.ts';
import { agentsIn, type LogGap, logGaps, type StepLog } from '../../analysis/logging.ts';
import { saysOf } from '../../analysis/recorded-words.ts';
import { addEntry } from '../../language/edit.ts';
import { isPerson, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, soc2 } from '../standards.ts';
import { mendLog, placeOf, stepsInWords } from './log-report.ts';

export const humanDecisionRecorded: Rule = {
  id: 'visibility/human-decision-recorded',
  severity: 'warning',
  summary: 'Each approval and each override by a person records who, when, of which version and why.',
  seed: ['S5'],
  clauses: [euAiAct('12(3)(d)'), soc2('CC8.1'), mgf('2.2.2')],
  check({ workflow }, report) {
    const made = madeByAi(workflow);
    const judging = [...workflow.steps.values()].filter((step) => approvesOrOverrules(step, made));
    for (const gap of logGaps(judging, missingAt, workflow)) {
      const place = placeOf(gap, workflow);
      if (place)
        report({ ...place, message: messageOf(gap), fixes: [...recordIt(gap, workflow), ...mendLog(gap, workflow)] });
    }
  },
};

/** Ids of the data that steps with an AI write. */
function madeByAi(workflow: Workflow): ReadonlySet<string> {
  const steps = [...workflow.steps.values()].filter((step) => agentsIn(step, workflow).length > 0);
  return new Set(steps.flatMap((step) => writesOf(step, workflow).map(({ out }) => rootOf(out))));
}

/** An approval by people, or a review or decision of theirs that looks at what an AI made. */
function approvesOrOverrules({ kind, performers, fields }: Step, made: ReadonlySet<string>): boolean {
  if (performers.length === 0 || !performers.every(isPerson)) return false;
  if (kind === 'approval') return true;
  if (kind !== 'review' && kind !== 'decision') return false;
  return [...(fields.reviews ?? []), ...(fields.covers ?? [])].some(({ name }) => made.has(name));
}

/** What neither the step's `records` nor its log holds, in the words of a log. */
function missingAt({ fields: { records = [], covers = [], reviews = [], controls = [] } }: Step, log: StepLog) {
  const names = records.map(({ value }) => value);
  const judged = [...covers, ...reviews];
  // A copy of what was judged says which version it was.
  const isCopied = judged.length > 0 && judged.every(({ name }) => log.fields.has(name));
  const isExplained = controls.some(({ value }) => value === 'reason-on-agree');
  const held: Readonly<Record<string, boolean>> = {
    actor: saysOf(names, 'actor') === 'yes',
    time: saysOf(names, 'time') === 'yes',
    version: isCopied || saysOf(names, 'version') === 'yes',
    reason:
      isExplained || saysOf([...names, ...log.fields], 'reason') === 'yes' || saysOf(names, 'reason') === 'perhaps',
  };
  return Object.keys(held).filter((field) => !held[field] && !log.fields.has(field));
}

const questions: Readonly<Record<string, string>> = {
  actor: 'who decided',
  time: 'when',
  version: 'which version it was',
  reason: 'why',
};

function messageOf({ steps, missing }: LogGap): string {
  const open = joined(missing.map((field) => questions[field] ?? field));
  const where = steps.length > 1 ? 'to the log' : "to 'records' of the step or to its log";
  return `A person decides in ${stepsInWords(steps)}, and it is not recorded ${open}. Add ${joined(missing)} ${where}.`;
}

/** For a step on its own, at the step. */
function recordIt({ steps, missing }: LogGap, { file }: Workflow): readonly Fix[] {
  const [step, ...others] = steps;
  const { node } = step?.fields.$ ?? {};
  if (!step || !node || others.length > 0) return [];
  const { records } = step.fields;
  const last = records?.at(-1);
  const value = node.entries.find(({ key }) => key.text === 'records')?.value;
  const title = `Record ${joined(missing)} at '${step.id}'`;
  if (value?.kind === 'list' && value.flow && last) {
    const end = { start: last.range.end, end: last.range.end };
    return [{ title, edits: [{ range: end, text: `, ${missing.join(', ')}` }], safety: 'meaning-changing' }];
  }
  const edits = value ? undefined : addEntry(file.text, node, 'records', `[${missing.join(', ')}]`);
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
