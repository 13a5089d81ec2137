/**
 * A picture, a sound, a film or a text of public interest that an AI made is published without being marked as such, or a
 * deep fake without anybody being told. Mark it (`marks`), and disclose a deep fake visibly (`disclose` or `says`).
 */
import { type UnmarkedContent, unmarkedContents } from '../../analysis/synthetic-content.ts';
import { addEntry } from '../../language/edit.ts';
import { isAi } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, nistGenAi } from '../standards.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';

export const aiContentMarked: Rule = {
  id: 'accountability/ai-content-marked',
  severity: 'error',
  summary:
    'What an AI made is marked as such before it is published, and a deep fake is disclosed; text that a human approved is exempt.',
  seed: ['S5'],
  across: true,
  clauses: [euAiAct('50(2)'), euAiAct('50(4)'), nistGenAi('MS-1.1-001')],
  check(analyses, report) {
    const { file } = analyses.graph.workflow;
    for (const content of unmarkedContents(analyses)) {
      const { effect, node, data, path } = content;
      report({
        range: effect.range,
        place: effect.step.id,
        message: messageOf(content),
        witness: taintWitness(
          path,
          node,
          effect.range,
          path.source?.node.performers.some(isAi) ? `the AI makes '${path.written}'` : `'${path.written}' comes in`,
          content.isMarked ? `publishes '${data}' with nobody being told` : `publishes '${data}' unmarked`,
        ),
        fixes: content.isMarked ? [] : addMark(content, file.text),
      });
    }
  },
};

function messageOf({ effect, data, kind, isMarked, isUndisclosed, path }: UnmarkedContent): string {
  const author = path.source?.node.performers.find(isAi);
  const where = author ? `the AI '${author.id}' made in '${path.source?.node.step?.id}'` : 'an AI has made';
  const maker = path.written === data ? `which ${where}` : `made of ${madeByAi(path, data)}`;
  const content = `'${effect.step.id}' publishes '${data}', ${kind === 'text' ? 'a text of public interest ' : ''}${maker}`;
  if (isMarked)
    return `${content}, and on one path nobody is told that it is a deep fake. Disclose it visibly, with 'says' here or a 'disclose' step before.`;
  const missing = isUndisclosed
    ? ', and nothing says visibly that it is a deep fake'
    : kind === 'text'
      ? ', and no human has approved it'
      : '';
  const remedy = isUndisclosed
    ? `Add 'marks: [${data}]' to the step that marks it, and disclose the deep fake with 'says' or a 'disclose' step.`
    : `Add 'marks: [${data}]' to the step that marks it${kind === 'text' ? ', or let a person approve it first' : ''}.`;
  return `${content}, and on one path it is not marked as made by AI${missing}. ${remedy}`;
}

/** `marks: [DATA]` at the step that publishes. */
function addMark({ effect: { step }, data }: UnmarkedContent, text: string): readonly Fix[] {
  const title = `Mark '${data}' as made by AI here`;
  const { marks, $: origin } = step.fields;
  const last = marks?.at(-1);
  if (last) {
    const whole = origin.valueRange('marks');
    if (!whole || text[whole.start] !== '[') return [];
    const end = last.range.end;
    return [{ title, edits: [{ range: { start: end, end }, text: `, ${data}` }], safety: 'meaning-changing' }];
  }
  const edits = origin.node && !marks ? addEntry(text, origin.node, 'marks', `[${data}]`, 'reads') : undefined;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
