/**
 * Against an earlier revision an agent changed – its model, instructions, tools, data or autonomy – and no new evaluation
 * stands beside the change. Evaluate it again and add the evidence; where the design is reviewed, review it too.
 */
import { pathOf } from '../../analysis/data-paths.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import { joined } from '../../language/wording.ts';
import { here, standsAt } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, iso42001, nistGenAi, soc2 } from '../standards.ts';

export const changeWithoutReeval: Rule = {
  id: 'improvement/change-without-reeval',
  severity: 'error',
  summary: 'An agent whose model, instructions, tools, data or autonomy changed has been evaluated and reviewed anew.',
  seed: ['S15', 'S20'],
  clauses: [
    euAiAct('25(1)(b)'),
    euAiAct('9(2)'),
    iso42001('A.6.2.4'),
    iso42001('A.6.2.5'),
    nistGenAi('MG-3.1-003'),
    soc2('CC8.1'),
    finos('MI-10'),
  ],
  check({ base, workflow, isIncomplete }, report) {
    if (!base || isIncomplete || base.isIncomplete || workflow.file.broken || base.workflow.file.broken) return;
    const reviewed = isReviewedAnew(base.workflow, workflow);
    for (const agent of workflow.actors.values()) {
      const before = base.workflow.actors.get(agent.id);
      if (!before || !isAi(agent) || !isAi(before)) continue;
      // Work that an agent gets or loses is no change of the agent.
      if (!worksIn(agent, workflow) || !worksIn(before, base.workflow)) continue;
      const changed = changesOf(before, agent, base.workflow, workflow);
      const lacking = [
        ...(isEvaluatedAnew(agent, base.workflow, workflow) ? [] : ['no new evaluation']),
        ...(reviewed ? [] : ['no new review of the design']),
      ];
      if (changed.length === 0 || lacking.length === 0) continue;
      const range = standsAt(agent, workflow);
      report({
        range,
        place: `actor:${agent.id}`,
        message:
          `Compared with the revision before, '${agent.id}' has another ${joined(changed)}, and there is ${joined(lacking)}. ` +
          "Evaluate it as it is now and add the result under 'evidence'" +
          (reviewed ? '.' : "; then set 'last' of 'review'."),
        witness: here(`actor:${agent.id}`, range, `another ${joined(changed)} than in the revision before`),
      });
    }
  },
};

function worksIn(agent: Actor, { steps }: Workflow): boolean {
  return [...steps.values()].some(
    ({ performers, assistants }) => performers.includes(agent) || assistants.includes(agent),
  );
}

/** What is different about the agent, in the words of the language. */
function changesOf(before: Actor, now: Actor, old: Workflow, workflow: Workflow): readonly string[] {
  const aspects: Readonly<Record<string, (actor: Actor, of: Workflow) => string>> = {
    model: ({ fields }) =>
      (fields.model ?? [])
        .map(({ provider, id, version }) => [provider, id, version].map((part) => part?.value ?? '').join(' '))
        .join(', '),
    instructions: ({ fields }) => fields.instructions?.value.trim() ?? '',
    tools: ({ fields }) =>
      [...(fields.tools ?? [])]
        .map(([name, { value }]) => [name, value?.version?.value, value?.server?.value, value?.effect?.value].join(' '))
        .sort()
        .join(', '),
    data: (actor, of) => readBy(actor, of).join(', '),
    autonomy: ({ fields }) => fields.autonomy?.value ?? '',
  };
  return Object.entries(aspects).flatMap(([aspect, of]) => (of(before, old) === of(now, workflow) ? [] : [aspect]));
}

/** Data that steps of the agent read, each once. */
function readBy({ id }: Actor, { steps }: Workflow): readonly string[] {
  const own = [...steps.values()].filter(({ performers }) => performers.some((actor) => actor.id === id));
  return [...new Set(own.flatMap(({ fields }) => (fields.reads ?? []).map(pathOf)))].sort();
}

/** Some evidence for the agent, of its model as it is now, did not stand in the revision before. */
function isEvaluatedAnew(agent: Actor, before: Workflow, now: Workflow): boolean {
  const named = (workflow: Workflow) => (workflow.fields?.evidence ?? []).filter(({ of }) => of?.name === agent.id);
  const known = new Set(named(before).map(({ ref, date, model }) => [ref?.value, date?.value, model?.value].join(' ')));
  const models = (agent.fields.model ?? []).map(({ id, version }) => `${id?.value}@${version?.value}`);
  return named(now).some(({ ref, date, model }) => {
    const isNew = !known.has([ref?.value, date?.value, model?.value].join(' '));
    return isNew && (model === undefined || models.length === 0 || models.includes(model.value));
  });
}

/** Where the design says when it was last reviewed, that day is later than before. */
function isReviewedAnew(before: Workflow, now: Workflow): boolean {
  const [old, current] = [before.fields?.review?.last?.value, now.fields?.review?.last?.value];
  return old === undefined ? true : current !== undefined && current > old;
}
