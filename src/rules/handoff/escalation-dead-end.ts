/**
 * Work is escalated, and the last one to get it cannot act: no person, nobody at work, no authority, or who had it before.
 * Let every escalation end at a person who can decide and is there.
 */
import {
  circularEscalations,
  type DeadEnd,
  deadEndsOf,
  escalationRoot,
  untoldEnds,
} from '../../analysis/escalations.ts';
import { minutesText, statedDuration } from '../../analysis/step-time.ts';
import { addEntry, addItem } from '../../language/edit.ts';
import { type Actor, isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf, nistGenAi } from '../standards.ts';

export const escalationDeadEnd: Rule = {
  id: 'handoff/escalation-dead-end',
  severity: 'error',
  summary: 'Every escalation ends at a person who is there, may decide, and has not had the work before.',
  seed: ['S4', 'S18'],
  starred: true,
  clauses: [nistAiRmf('MANAGE 2.3'), nistAiRmf('MANAGE 2.4'), nistGenAi('MG-2.4-002'), mgf('2.3.3'), euAiAct('26(2)')],
  specializes: ['flow/unbounded-loop', 'performance/timer-order'],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const step of workflow.steps.values()) {
      for (const dead of deadEndsOf(step, workflow)) {
        report({
          range: dead.range,
          place: step.id,
          message: `'${step.id}' escalates to '${dead.actor.id}', ${dead.fault}. Let the last escalation go to a person who can act.`,
          witness: here(step.id, dead.range, `escalates to '${dead.actor.id}', ${dead.fault}`),
          root: escalationRoot(step, dead.actor),
          fixes: () => (dead.needsPerson ? addPerson(dead, workflow) : []),
        });
      }
    }
    for (const { end, edge } of untoldEnds(analyses)) {
      report({
        range: end.fields.$.valueRange('outcome') ?? end.range,
        place: end.id,
        message: `The time of '${edge.from.step?.id}' runs out, the work ends at '${end.id}', and no person is told. Name a person under 'informed'.`,
        witness: along([edge], 'failed, and nobody is told'),
        fixes: () => tellPerson(end, workflow),
      });
    }
    for (const { circle, back, owner } of circularEscalations(analyses)) {
      const names = [...circle.map(({ from }) => from.step?.id), circle[0]?.from.step?.id].join(' -> ');
      report({
        range: back.range,
        place: owner.id,
        message: `When time runs out, work goes round ${names} and stays with nobody. Let the last time limit lead to someone else.`,
        witness: along(circle, 'back where it began, with nobody new'),
        root: `loop ${owner.id}`,
      });
    }
  },
};

/** Who answers for the step, where that is a person who is not part of the escalation. */
function personFor(step: Step, { fields, actors }: Workflow): Actor | undefined {
  const id = (step.fields.accountable ?? fields?.accountable)?.[0]?.name;
  const person = actors.get(id ?? '');
  const involved = [
    ...step.performers.map((actor) => actor.id),
    ...(step.fields.escalate ?? []).map(({ to }) => to?.name),
  ];
  const { holders } = person?.fields ?? {};
  const empty = holders && ('value' in holders ? holders.value : holders.length) === 0;
  return person && isHuman(person) && !empty && !involved.includes(person.id) ? person : undefined;
}

/** A last entry of `escalate`, as long after the one before as that one is after the start. */
function addPerson({ step }: DeadEnd, workflow: Workflow): readonly Fix[] {
  const person = personFor(step, workflow);
  const times = (step.fields.escalate ?? []).map(({ after }) => statedDuration(after)?.minutes ?? 0);
  const limit = statedDuration(step.within)?.minutes ?? Number.POSITIVE_INFINITY;
  const last = Math.max(...times);
  const after = 2 * last < limit ? 2 * last : (last + limit) / 2;
  const list = step.fields.$.node?.entries.find(({ key }) => key.text === 'escalate')?.value;
  if (!person || person.fields.authority || person.fields.calendar || last <= 0 || after >= limit) return [];
  if (list?.kind !== 'list' || step.fields.escalate?.at(-1) === undefined) return [];
  const edits = addItem(workflow.file.text, list, [`{ to: ${person.id}, after: ${minutesText(after)} }`]);
  return edits ? [{ title: `Let '${person.id}' have it last`, edits, safety: 'meaning-changing' }] : [];
}

function tellPerson(end: Step, workflow: Workflow): readonly Fix[] {
  const { node } = end.fields.$;
  const person = personFor(end, workflow);
  if (!node || !person || end.fields.informed) return [];
  const edits = addEntry(workflow.file.text, node, 'informed', `[${person.id}]`);
  return edits ? [{ title: `Tell '${person.id}'`, edits, safety: 'meaning-changing' }] : [];
}
