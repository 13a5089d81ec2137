/**
 * What is logged is deleted before the time it has to be kept for is over, so nobody can find out later what happened.
 * Keep the log, and the store it goes to, long enough.
 */
import { agentsIn, logOf, type StepLog } from '../../analysis/logging.ts';
import { type Period, periodText, logRetention as retentionOfLog, storeRetention } from '../../analysis/retention.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range } from '../../language/source.ts';
import { here, standsAt } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, nistGenAi } from '../standards.ts';

/** Six months, where the AI is of high risk. */
const highRisk = 6 * 30 * 24 * 60;

export const logRetention: Rule = {
  id: 'visibility/log-retention',
  severity: 'error',
  summary: 'Logs are kept as long as law and organization ask, six months at least where the AI is of high risk.',
  seed: ['S5'],
  clauses: [euAiAct('26(6)'), euAiAct('19(1)'), iso42001('A.6.2.8'), nistGenAi('GV-1.5-003')],
  check({ workflow, isIncomplete }, report, { parameters }) {
    const isHigh = workflow.fields?.risk?.tier?.value === 'high';
    const seen = new Set<unknown>();
    for (const step of workflow.steps.values()) {
      const log = logOf(step, workflow);
      const byLaw = isHigh && agentsIn(step, workflow).length > 0 ? highRisk : 0;
      const required = Math.max(parameters.logRetention ?? 0, byLaw);
      if (!log.record || required === 0 || seen.has(log.record)) continue;
      seen.add(log.record);
      checkLog(step, log, required, workflow, report, isIncomplete);
    }
  },
};

function checkLog(
  step: Step,
  log: StepLog,
  required: number,
  workflow: Workflow,
  report: Report,
  isIncomplete: boolean,
): void {
  const own = retentionOfLog(log);
  const { store, record } = log;
  const stored = store && storeRetention(store);
  const subject = log.from === 'own' ? `What '${step.id}' logs` : 'What the steps log';
  const place = log.from === 'own' ? step.id : 'workflow';
  const needed = `${periodText(required)} are needed`;
  const say = (period: Period, how: string, ofStore: boolean) => {
    const local = !ofStore || store?.uri === workflow.file.uri;
    const range: Range = ofStore && store ? standsAt(store, workflow, period.range) : period.range;
    const where = ofStore && store ? `store:${store.id}` : place;
    report({
      range,
      place: where,
      message: `${subject} is ${how} ${period.text}${ofStore ? ` by '${store?.id}'` : ''}, and ${needed}. Keep it longer.`,
      witness: here(where, range, `${period.text}, and ${needed}`),
      fixes: () => (local ? keep(period, required) : []),
    });
  };
  // The stricter of the two holds: the longer minimum, and the shorter maximum.
  const maxima = [own.max, stored?.max].flatMap((max) => (max && max.minutes < required ? [max] : []));
  const [shortest] = maxima.sort((a, b) => a.minutes - b.minutes);
  if (shortest) {
    say(shortest, 'deleted after', shortest === stored?.max);
    return;
  }
  const minima = [own.min, stored?.min].flatMap((min) => (min ? [min] : [])).sort((a, b) => b.minutes - a.minutes);
  const [longest] = minima;
  if (longest && longest.minutes >= required) return;
  if (longest) {
    say(own.min ?? longest, 'kept for', own.min === undefined);
    return;
  }
  // A time that is read from data, and a store that is not known, cannot be judged.
  const unreadable = record?.retain !== undefined || (stored !== undefined && store?.fields.retain !== undefined);
  if (unreadable || !store || isIncomplete) return;
  const range = record?.$.valueRange('to') ?? record?.$.range ?? step.range;
  report({
    range,
    place,
    message: `How long ${subject.charAt(0).toLowerCase()}${subject.slice(1)} is kept is not stated, and ${needed}. State 'retain' here or at '${store.id}'.`,
    witness: here(place, range, 'nothing says how long it is kept'),
    verdict: 'unknown',
  });
}

function keep({ range }: Period, required: number): readonly Fix[] {
  const text = periodText(required);
  return [{ title: `Keep it for ${text}`, edits: [{ range, text }], safety: 'meaning-changing' }];
}
