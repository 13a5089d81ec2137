/**
 * Data that must be deleted after some time, and a copy, store or log of it that must be kept longer.
 * Leave the field out of the log, or change one of the two times.
 */
import { type RetentionConflict, retentionConflicts } from '../../analysis/retention.ts';
import { removeItems } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range } from '../../language/source.ts';
import { here, standsAt } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, soc2 } from '../standards.ts';

export const retentionConflict: Rule = {
  id: 'data/retention-conflict',
  severity: 'error',
  summary: 'Nothing has to be kept longer than it may be kept: data, its store, its copies in logs and other stores.',
  seed: ['S23d'],
  clauses: [gdpr('5(1)(e)'), gdpr('30(1)(f)'), soc2('C1.2'), euAiAct('26(6)')],
  check({ workflow, graph }, report) {
    for (const conflict of retentionConflicts(workflow, graph)) {
      const { kept, deleted, copied } = conflict;
      const { place, range, subject } = standing(conflict, workflow);
      const advice = copied ? `Leave it out of the log, or change one of the times.` : 'Change one of the times.';
      const same = kept.where === deleted.where;
      const first = same ? `has to be kept ${kept.text}` : `has to be kept ${kept.text} by ${kept.where}`;
      const second = same ? `deleted after ${deleted.text}` : `deleted after ${deleted.text} by ${deleted.where}`;
      report({
        range,
        place,
        message: `${subject} ${first}, and ${second}. ${advice}`,
        witness: [
          ...here(place, range, `deleted after ${deleted.text} (${deleted.where})`),
          ...(copied
            ? here(copied.step.id, copied.log.record?.$.range ?? copied.step.range, `copied here, kept ${kept.text}`)
            : here(place, range, `kept ${kept.text} (${kept.where})`)),
        ],
        fixes: () => (copied ? leaveOut(conflict, copied.step, workflow) : []),
      });
    }
  },
};

/** At the data or store; at the step, or at the workflow for the log of all steps. */
function standing({ of, kept, deleted }: RetentionConflict, workflow: Workflow) {
  if (of.kind === 'log') {
    const { step, log } = of;
    const range: Range = log.record?.$.valueRange('retain') ?? log.record?.$.valueRange('to') ?? step.range;
    return log.from === 'own'
      ? { place: step.id, range, subject: `What '${step.id}' logs` }
      : { place: 'workflow', range, subject: 'What the steps log' };
  }
  const declared = of.kind === 'data' ? of.data : of.store;
  const own = declared.uri === workflow.file.uri;
  const retain = own ? declared.fields.$.valueRange('retain') : undefined;
  const local = [deleted, kept].find(({ where }) => where === `${of.kind} '${declared.id}'`);
  return {
    place: `${of.kind}:${declared.id}`,
    range: standsAt(declared, workflow, retain ?? local?.range ?? declared.range),
    subject: `'${declared.id}'`,
  };
}

/** Without the copy: what is left in the log says what happened. */
function leaveOut({ of, copied }: RetentionConflict, step: Step, { file }: Workflow): readonly Fix[] {
  const list = copied?.log.record?.$.node?.entries.find(({ key }) => key.text === 'fields')?.value;
  if (of.kind !== 'data' || list?.kind !== 'list') return [];
  const { id } = of.data;
  const items = list.items.filter(
    (item) => item.kind === 'scalar' && (item.text === id || item.text.startsWith(`${id}.`)),
  );
  if (items.length === 0 || items.length === list.items.length) return [];
  const edits = removeItems(file.text, list, items);
  const title =
    copied?.log.from === 'defaults' ? `Leave '${id}' out of the log` : `Leave '${id}' out of the log of '${step.id}'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
