/**
 * A decision of weight about someone, whose record holds no reasons, reasons taken from elsewhere, or not what an AI had
 * to do with it. Record the main reasons from what the decision looked at, and the role of the AI.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { overlap, pathOf, rootOf, type Write, writesOf } from '../../analysis/data-paths.ts';
import { judgeBefore, recordedAt, recordedBefore } from '../../analysis/decision-records.ts';
import { type Decision, decisionsAbout } from '../../analysis/decisions-about.ts';
import { logOf } from '../../analysis/logging.ts';
import { saysOf } from '../../analysis/recorded-words.ts';
import { addEntry } from '../../language/edit.ts';
import { isJudgment, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, law, nistAiRmf } from '../standards.ts';
import { hasOpenTarget } from '../structure/unreachable-step.ts';

export const reasonsRecorded: Rule = {
  id: 'accountability/reasons-recorded',
  severity: 'warning',
  summary:
    'The record of a significant decision holds its main reasons, from what it looked at, and the role of the AI.',
  seed: ['S5', 'S11'],
  clauses: [
    euAiAct('86(1)'),
    euAiAct('13(3)(b)(iv)'),
    law('Regulation B', '12 CFR Part 1002', '1002.9'),
    finos('MI-21'),
    nistAiRmf('MEASURE 2.9'),
  ],
  check(analyses: Analyses, report) {
    const { workflow } = analyses;
    if (hasOpenTarget(workflow)) return;
    const weighty = decisionsAbout(workflow).filter(({ significant, step }) => significant && !looksAtNothing(step));
    for (const decision of weighty) {
      const { step, subject } = decision;
      const missing = missingIn(decision, analyses);
      const range = step.fields.$.keyRange('records') ?? step.range;
      if (missing.length > 0) {
        const what = joined(
          missing.map((word) => (word === reasons ? 'its main reasons' : 'what the AI had to do with it')),
        );
        const judge = isJudgment(step) ? step : judgeBefore(decision, analyses);
        const where = judge === step ? "'records'" : judge ? `'records' of '${judge.id}'` : "the 'fields' of its log";
        report({
          range,
          place: step.id,
          message: `'${step.id}' decides about '${subject}', and its record does not hold ${what}. Add ${joined(missing)} to ${where}.`,
          witness: witnessOf(decision, missing, range),
          fixes: () => (judge ? recordThem(judge, missing, workflow) : []),
        });
      }
      const foreign = foreignReasons(step, workflow);
      if (foreign && !missing.includes(reasons))
        report({
          range: step.fields.$.valueRange('writes') ?? range,
          place: step.id,
          message: `The reasons in '${foreign.out}' of '${step.id}' derive from ${quoted(foreign.from)}, which the decision does not look at. Derive them from what it reads or reviews.`,
          witness: here(step.id, range, `'${foreign.out}' derives from nothing that is read here`),
        });
    }
  },
};

const reasons = 'reasons';
const roleOfAi = 'role-of-ai';

/** It looks at nothing that is named, so nothing can be said of where its reasons come from. */
function looksAtNothing({ fields: { reads = [], reviews = [], covers = [] } }: Step): boolean {
  return reads.length + reviews.length + covers.length === 0;
}

function missingIn(decision: Decision, analyses: Analyses): readonly string[] {
  const { step, byAi } = decision;
  const { workflow } = analyses;
  const logged = [...logOf(step, workflow).fields];
  const names = recordedAt(step, workflow);
  const explained = saysOf([...names, ...logged], 'reason') === 'yes' || saysOf(names, 'reason') === 'perhaps';
  const named = saysOf(names, 'ai') !== 'no';
  const missing = [
    ...(explained || reasonWrite(step, workflow) ? [] : [reasons]),
    ...(named || byAi === undefined ? [] : [roleOfAi]),
  ];
  if (missing.length === 0 || isJudgment(step)) return missing;
  const before = recordedBefore(decision, analyses);
  return missing.filter((word) => !(word === reasons ? before.reasons : before.roleOfAi));
}

/** Something it writes that has a field for reasons, or is named so. */
function reasonWrite(step: Step, workflow: Workflow): Write | undefined {
  return writesOf(step, workflow).find(({ out }) => {
    const fields = [...(workflow.data.get(rootOf(out))?.fields.fields?.keys() ?? [])];
    return saysOf([out, ...fields], 'reason') === 'yes';
  });
}

/** Reasons that are written from data the decision does not look at. */
function foreignReasons(step: Step, workflow: Workflow): Write | undefined {
  const { reads = [], reviews = [], covers = [] } = step.fields;
  const consumed = [...reads, ...reviews, ...covers].map(pathOf);
  const write = reasonWrite(step, workflow);
  const own = writesOf(step, workflow).map(({ out }) => out);
  const isSeen = write?.from.some((path) => [...consumed, ...own].some((seen) => overlap(seen, path)));
  return write && write.from.length > 0 && !isSeen ? write : undefined;
}

function witnessOf({ step, byAi }: Decision, missing: readonly string[], range: WitnessStep['range']) {
  const author = byAi && byAi.step !== step && missing.includes(roleOfAi) ? byAi : undefined;
  const made = author
    ? here(author.step.id, author.step.range, `the AI '${author.agent}' writes '${author.path}'`)
    : [];
  return [...made, ...here(step.id, range, `${joined(missing)} ${missing.length > 1 ? 'are' : 'is'} not recorded`)];
}

function recordThem(step: Step, missing: readonly string[], { file }: Workflow): readonly Fix[] {
  const { node } = step.fields.$;
  const last = step.fields.records?.at(-1);
  const value = node?.entries.find(({ key }) => key.text === 'records')?.value;
  const title = `Record ${joined(missing)}`;
  if (!node || (value && (value.kind !== 'list' || !value.flow || !last))) return [];
  const end = last ? { start: last.range.end, end: last.range.end } : undefined;
  const edits = end
    ? [{ range: end, text: `, ${missing.join(', ')}` }]
    : addEntry(file.text, node, 'records', `[${missing.join(', ')}]`);
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
