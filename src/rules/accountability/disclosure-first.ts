/**
 * An AI writes to a person, or works toward a decision about them, and on some path nobody has told them before.
 * Lead every path through a `disclose` step to that person first, or let the step itself say it.
 */
import { type Undisclosed, undisclosed } from '../../analysis/disclosures.ts';
import { addBlock, unusedId } from '../../language/edit.ts';
import { type Actor, isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, mgf } from '../standards.ts';

export const disclosureFirst: Rule = {
  id: 'accountability/disclosure-first',
  severity: 'error',
  summary: 'A person is told that an AI takes part before it writes to them or works toward a decision about them.',
  seed: ['S5'],
  starred: true,
  across: true,
  clauses: [euAiAct('50(1)'), euAiAct('50(5)'), euAiAct('26(11)'), euAiAct('26(7)'), mgf('2.4.2'), iso42001('A.8.2')],
  check(analyses, report) {
    for (const found of undisclosed(analyses)) {
      const { contact, person, path } = found;
      const { step } = contact;
      report({
        range: step.fields.$.keyRange('by') ?? step.range,
        place: step.id,
        message: messageOf(found),
        witness: along(path, `nobody has told '${person.id}' about the AI '${contact.agent}' on this path`),
        fixes: () => tellFirst(found, analyses.graph.workflow),
      });
    }
  },
};

function messageOf({ contact, person }: Undisclosed): string {
  const { how, agent, step, decides } = contact;
  const fault = {
    message: `The AI '${agent}' writes to '${person.id}' in '${step.id}'`,
    'unseen-words': `'${step.id}' sends '${person.id}' what the AI '${agent}' has written`,
    decision:
      decides === step
        ? `The AI '${agent}' takes part in the decision about '${person.id}' in '${step.id}'`
        : `The AI '${agent}' works in '${step.id}' toward the decision about '${person.id}' in '${decides?.id}'`,
  }[how];
  return `${fault}, and on one path '${person.id}' has not been told that an AI takes part. Put a 'disclose' step to '${person.id}' before it.`;
}

/**
 * A `disclose` step on the edges that come without one, by whoever is accountable. None where an edge is not written as a
 * plain step id, where the step stands in a scope or is taken over, or where other contacts do not come behind it.
 */
function tellFirst({ contact, node, person, open, isFirstOfAll }: Undisclosed, workflow: Workflow): readonly Fix[] {
  const { step } = contact;
  const { text, root } = workflow.file;
  const steps = root?.kind === 'map' ? root.entries.find(({ key }) => key.text === 'steps')?.value : undefined;
  const teller = tellerIn(workflow);
  const ranges = new Map(open.map(({ range }) => [range.start, range]));
  const isPlain = [...ranges.values()].every(({ start, end }) => text.slice(start, end) === step.id);
  if (
    !isFirstOfAll ||
    steps?.kind !== 'map' ||
    !teller ||
    step.scope ||
    node.takenOver ||
    ranges.size === 0 ||
    !isPlain
  )
    return [];
  const id = unusedId(`tell-${person.id}`, workflow.steps);
  const lines = [
    `${id}:`,
    `  disclose: Tell '${person.id}' that an AI takes part`,
    `  by: ${teller.id}`,
    `  to: ${person.id}`,
    '  says: [ai-takes-part]',
    `  next: ${step.id}`,
  ];
  const added = addBlock(text, steps, lines, step.id);
  if (!added) return [];
  const edits = [...[...ranges.values()].map((range) => ({ range, text: id })), ...added];
  return [{ title: `Tell '${person.id}' about the AI first`, edits, safety: 'meaning-changing' }];
}

function tellerIn({ actors, fields }: Workflow): Actor | undefined {
  const owner = actors.get(fields?.accountable?.[0]?.name ?? '');
  return owner && isHuman(owner) ? owner : [...actors.values()].find(isHuman);
}
