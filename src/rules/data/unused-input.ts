/**
 * An AI is given data that nothing it makes or does comes from: it can only leak from there. Take it out of `reads`, or
 * say in `writes` which output is made from it.
 */
import { pathOf } from '../../analysis/data-paths.ts';
import { type UnusedInput, unusedInputs } from '../../analysis/unused-inputs.ts';
import { removeEntry, removeItems } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { gdpr, mgf, mitreAtlas } from '../standards.ts';

export const unusedInput: Rule = {
  id: 'data/unused-input',
  severity: 'info',
  summary: 'An AI step reads only what its outputs, effects, guards or contracts are made of.',
  seed: ['S6'],
  clauses: [gdpr('25(2)'), mitreAtlas('M0026'), mgf('2.1.2')],
  check(analyses, report) {
    for (const found of unusedInputs(analyses)) {
      const { step, unused } = found;
      const [first] = unused;
      if (!first) continue;
      const names = quoted(unused.map((read) => pathOf(read)));
      const made = step.fields.writes ? 'no output is made from it' : 'no effect uses it';
      report({
        range: first.range,
        place: step.id,
        message: `The AI in '${step.id}' reads ${names}, but ${made}. Take it out of 'reads', or say in 'writes' what is made from it.`,
        witness: unused.flatMap(({ range }) => here(step.id, range, 'is read and named nowhere else in the step')),
        fixes: () => takeOut(found, analyses.workflow),
      });
    }
  },
};

function takeOut({ step, unused }: UnusedInput, { file }: Workflow): readonly Fix[] {
  const { node } = step.fields.$;
  const list = node?.entries.find(({ key }) => key.text === 'reads')?.value;
  const isUnused = ({ start, end }: { readonly start: number; readonly end: number }) =>
    unused.some(({ range }) => range.start === start && range.end === end);
  const items = list?.kind === 'list' ? list.items.filter(({ range }) => isUnused(range)) : [];
  const isAll = list?.kind !== 'list' || items.length === list.items.length;
  const edits = isAll ? node && removeEntry(file.text, node, 'reads') : removeItems(file.text, list, items);
  const title = `Take ${quoted(unused.map((read) => pathOf(read)))} out of 'reads'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
