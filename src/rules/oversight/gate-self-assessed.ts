/**
 * What an AI says of its own work decides whether a person sees it. Calibrate the value and name the evidence, let a
 * person look at a sample, or take the value from somewhere else.
 */
import { type SelfAssessedGate, selfAssessedGates } from '../../analysis/self-assessed-gates.ts';
import { addEntry } from '../../language/edit.ts';
import { isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf, nistGenAi } from '../standards.ts';

export const gateSelfAssessed: Rule = {
  id: 'oversight/gate-self-assessed',
  severity: 'warning',
  summary: 'Whether a person sees the work of an AI does not depend on what only that AI says of it.',
  seed: ['S19', 'S21'],
  clauses: [mgf('2.2.2'), euAiAct('14(4)(a)'), euAiAct('14(4)(b)'), nistAiRmf('MEASURE 2.5'), nistGenAi('MS-2.5-001')],
  check(analyses, report) {
    for (const gate of selfAssessedGates(analyses)) {
      const { node, range, author, path, way, reachesEffect, lacksEvidence } = gate;
      const end = way.at(-1)?.to.step;
      // A sample of the cases that an AI closes mends both.
      const root =
        !reachesEffect && !lacksEvidence && end?.kind === 'end' ? { root: `unseen ${author.step?.id} ${end.id}` } : {};
      report({
        range,
        place: node.step?.id ?? 'workflow',
        message: messageOf(gate),
        severity: reachesEffect ? 'error' : 'warning',
        witness: along(way, 'no person has seen the case', (at) => (at === author ? `the AI writes '${path}'` : '')),
        fixes: () => addSample(gate, analyses.graph.workflow),
        ...root,
      });
    }
  },
};

function messageOf({ path, agent, author, node, way, lacksEvidence }: SelfAssessedGate): string {
  const last = way.at(-1)?.to.step?.id;
  const mend = lacksEvidence
    ? `It is said to be calibrated: add 'evidence' of the model of '${agent.id}', or have a sample checked.`
    : "Calibrate it and name the 'evidence', have a 'sample' checked, or take it from somewhere else.";
  return (
    `'${path}' decides at '${node.step?.id}' whether a person sees the case, and only the AI '${agent.id}' writes it, in ` +
    `'${author.step?.id}'; on one branch '${last}' is reached unseen. ${mend}`
  );
}

/** A share of the AI's work goes to the person whom the gate spares. */
function addSample({ author, person }: SelfAssessedGate, { file }: Workflow): readonly Fix[] {
  const { step } = author;
  const to = person.step;
  const isPersons = person.performers.length > 0 && person.performers.every(isHuman);
  if (!step?.fields.$.node || !to || !isPersons || to.scope !== step.scope || step.fields.sample || author.takenOver)
    return [];
  const edits = addEntry(file.text, step.fields.$.node, 'sample', `{ share: 5%, to: ${to.id} }`);
  return edits
    ? [{ title: `Let '${to.id}' look at 5% of what '${step.id}' does`, edits, safety: 'meaning-changing' }]
    : [];
}
