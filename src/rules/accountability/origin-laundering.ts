/**
 * Data says that people or systems made it, but some step puts output of an AI into it that nobody has reviewed: a merge,
 * a conversion, an edit, a called file. Say `ai` in its `origin`, or let somebody review what it is made of first.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { Arrival } from '../../analysis/arrivals.ts';
import { rootOf } from '../../analysis/data-paths.ts';
import { aiTaint, unreviewedAi } from '../../analysis/origin.ts';
import { lineEnd, lineStart } from '../../language/edit.ts';
import { type Data, isAi, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { here, standsAt } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, nistGenAi } from '../standards.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';

export const originLaundering: Rule = {
  id: 'accountability/origin-laundering',
  severity: 'error',
  summary: "Data whose 'origin' is declared names 'ai' there if unreviewed output of an AI goes into it.",
  seed: ['S5', 'S11'],
  across: true,
  clauses: [nistGenAi('GV-1.2-001'), nistGenAi('MG-2.2-007'), euAiAct('50(2)'), iso42001('A.7.5')],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    if (![...workflow.data.values()].some(deniesAi)) return;
    const said = new Set<Data>();
    for (const arrival of aiArrivals(analyses)) {
      const data = workflow.data.get(rootOf(arrival.out));
      if (!data || said.has(data) || !deniesAi(data)) continue;
      said.add(data);
      const { node, out } = arrival;
      const path = analyses.derived(aiTaint).pathTo(node, out, unreviewedAi, 'within');
      const last = `'${out}' gets it, and is declared as made by ${originOf(data)}`;
      const range = standsAt(data, workflow, data.fields.$.valueRange('origin'));
      report({
        range,
        place: `data:${data.id}`,
        message: messageOf(arrival, data, path && madeByAi(path, out)),
        witness: path
          ? taintWitness(path, node, node.step?.range ?? range, `'${path.written}' is made by an AI`, last)
          : here(`data:${data.id}`, range, last),
        fixes: () => (data.uri === workflow.file.uri ? addAi(data, workflow) : []),
      });
    }
  },
};

/** Whatever brings unreviewed output of an AI into data. */
function aiArrivals(analyses: Analyses): readonly Arrival[] {
  const taint = analyses.derived(aiTaint);
  return analyses.graph.nodes.flatMap((node) =>
    taint.arrivals(node).flatMap(({ arrival, labels }) => ((labels & unreviewedAi) === 0 ? [] : [arrival])),
  );
}

function deniesAi({ fields }: Data): boolean {
  const { origin = [] } = fields;
  return origin.length > 0 && origin.every(({ value }) => value !== 'ai');
}

function messageOf({ node, out, sender }: Arrival, data: Data, source: string | undefined): string {
  const author = (sender ? [sender] : node.performers).find(isAi);
  const place = node.step ? ` in '${node.step.id}'` : '';
  const how = author
    ? `the AI '${author.id}' ${sender ? 'sends' : 'writes'} ${out === data.id ? 'it' : `'${out}'`}${place}`
    : `what goes into it${place} is made of ${source ?? 'output of an AI'}, and no human has looked at that`;
  return `'${data.id}' is declared as made by ${originOf(data)}, but ${how}. Add 'ai' to its 'origin'${author ? '' : ', or let somebody review it first'}.`;
}

function originOf({ fields }: Data): string {
  return quoted((fields.origin ?? []).map(({ value }) => value));
}

/** `human` -> `[human, ai]`, in the style it is written in. */
function addAi({ fields }: Data, { file: { text } }: Workflow): readonly Fix[] {
  const { origin = [], $: at } = fields;
  const whole = at.valueRange('origin');
  const last = origin.at(-1);
  if (!whole || !last || text[whole.start] === '*') return [];
  const title = "Declare that an AI made it as well: add 'ai'";
  const fix = (start: number, end: number, written: string): readonly Fix[] => [
    { title, edits: [{ range: { start, end }, text: written }], safety: 'meaning-changing' },
  ];
  const items = origin.map(({ value }) => value).join(', ');
  if (text[whole.start] === '[') return fix(last.range.end, last.range.end, ', ai');
  if (last.range.start === whole.start) return fix(whole.start, whole.end, `[${items}, ai]`);
  const lead = text.slice(lineStart(text, last.range.start), last.range.start);
  const end = lineEnd(text, last.range.end);
  return /^\s*-\s+$/.test(lead) ? fix(end, end, `${text.includes('\r\n') ? '\r\n' : '\n'}${lead}ai`) : [];
}
