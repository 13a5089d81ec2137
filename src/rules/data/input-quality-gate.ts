/**
 * At high risk an AI works with what somebody outside has sent, and on some path nobody has checked it before.
 * Let a step that is done by software or people check it with `validates`.
 */
import { pathOf } from '../../analysis/data-paths.ts';
import { type UncheckedInput, uncheckedInputs } from '../../analysis/unchecked-inputs.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001 } from '../standards.ts';

export const inputQualityGate: Rule = {
  id: 'data/input-quality-gate',
  severity: 'warning',
  summary: 'At high risk, what comes from outside is checked on every path before an AI works with it.',
  seed: ['S6'],
  clauses: [euAiAct('26(4)'), euAiAct('10(3)'), iso42001('A.7.4'), iso42001('A.7.6')],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    if (workflow.fields?.risk?.tier?.value !== 'high') return;
    for (const found of uncheckedInputs(analyses)) {
      const { step, agent, reads, path } = found;
      const [first] = reads;
      if (!first) continue;
      const names = namesOf(found);
      const last = `'${agent.id}' works with ${names}, which nobody has checked on this path`;
      report({
        range: first.range,
        place: step.id,
        message: `The AI '${agent.id}' works in '${step.id}' with ${names} from outside, and on one path nobody has checked ${reads.length > 1 ? 'them' : 'it'}. Check ${reads.length > 1 ? 'them' : 'it'} before with 'validates', at a step that is not done by an AI.`,
        witness: path.length > 0 ? along(path, last) : here(step.id, first.range, last),
        fixes: () => checkBefore(found, workflow),
      });
    }
  },
};

function namesOf({ reads }: UncheckedInput): string {
  return quoted([...new Set(reads.map((reference) => pathOf(reference)))]);
}

/** At a step before it that reads the data anyway. */
function checkBefore({ checker, reads, ...rest }: UncheckedInput, { file }: Workflow): readonly Fix[] {
  const { node } = checker?.fields.$ ?? {};
  if (!checker || !node) return [];
  const paths = [...new Set(reads.map(pathOf))];
  const edits = addEntry(file.text, node, 'validates', `[${paths.join(', ')}]`, 'reads');
  const title = `Let '${checker.id}' check ${namesOf({ checker, reads, ...rest })}`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
