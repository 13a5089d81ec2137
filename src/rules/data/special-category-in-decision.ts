/**
 * Health, belief or other data of special categories, or what is made of it, goes into a decision that matters to a
 * person, and no exception with safeguards is declared. Redact it before, or declare the `basis` at the data.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type DataPath, pathOf, rootOf } from '../../analysis/data-paths.ts';
import { type Marks, marksOf, numbered, untilRedacted } from '../../analysis/marks.ts';
import { allArrivals } from '../../analysis/taint-solve.ts';
import type { Data, Step } from '../../language/model.ts';
import type { Reference } from '../../language/parts.ts';
import { joined } from '../../language/wording.ts';
import { along, pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, nistAiRmf } from '../standards.ts';

export const specialCategoryInDecision: Rule = {
  id: 'data/special-category-in-decision',
  severity: 'error',
  summary: 'Data of special categories goes into a significant decision only with an exception and safeguards.',
  seed: ['S21'],
  clauses: [gdpr('22(4)'), gdpr('9(1)'), gdpr('9(2)'), euAiAct('10(5)'), nistAiRmf('MEASURE 2.11')],
  across: true,
  check(analyses, report) {
    const { graph, reachability } = analyses;
    const { workflow } = graph;
    const excepted = analyses.derived(exceptedData);
    const open = [...workflow.data.values()].filter((data) => isSpecial(data) && !excepted.has(data.id));
    const decisions = [...workflow.steps.values()].filter((step) => inputsOf(step).length > 0);
    if (open.length === 0 || decisions.length === 0) return;
    const numbers = numbered(open.map(({ id }) => id));
    const marks = marksOfSpecial(numbers, analyses);
    for (const step of decisions) {
      const node = graph.nodesOf(step).find((one) => reachability.isReachable(one));
      if (!node) continue;
      const inputs = inputsOf(step).flatMap(({ reference, where }) => {
        const path = pathOf(reference);
        const bits = marks.bitsOf(node, path, where);
        const data = open.find(({ id }) => (bits & bitOf(id, numbers)) !== 0);
        return data ? [{ reference, where, path, data }] : [];
      });
      const distinct = inputs.filter(({ path }, i) => inputs.findIndex((other) => other.path === path) === i);
      const [first] = distinct;
      if (!first) continue;
      report({
        range: first.reference.range,
        place: step.id,
        message: `The decision in '${step.id}' matters to a person and uses ${joined(distinct.map(describe))}. Redact it before, or declare at the data the 'basis' with its 'safeguards'.`,
        witness: distinct.flatMap(({ path, data, where }) => {
          const ending = `decides with '${path}'`;
          const found = marks.pathTo(node, path, bitOf(data.id, numbers), where);
          if (!found || found.edges.length === 0) return pathTo(node, reachability, ending);
          return along(found.edges, ending, (at) => (at === found.edges[0]?.from ? `has '${found.written}'` : ''));
        }),
      });
    }
  },
};

function isSpecial({ fields }: Data): boolean {
  return fields.class?.value === 'special-category';
}

/** Also while it is being typed. */
function hasException({ fields }: Data): boolean {
  const { basis, $: origin } = fields;
  if (!basis) return origin.keyRange('basis') !== undefined;
  const isTyped = (key: string) => basis.$.keyRange(key) !== undefined;
  return (
    (basis.ref ? true : isTyped('ref')) && (basis.safeguards ? basis.safeguards.length > 0 : isTyped('safeguards'))
  );
}

/**
 * Ids of data with an exception: their own, or that of what they are made of wherever they are made. What is made of other
 * data of special categories as well carries that on.
 */
function exceptedData(analyses: Analyses): ReadonlySet<string> {
  const all = [...analyses.graph.workflow.data.values()];
  const excepted = new Set(all.filter(hasException).map(({ id }) => id));
  const made = new Map(
    all.filter((data) => isSpecial(data) && !data.fields.basis).map(({ id }) => [id, [] as (readonly DataPath[])[]]),
  );
  for (const { out, from } of [...analyses.derived(allArrivals).values()].flat()) made.get(rootOf(out))?.push(from);
  for (let before = -1; before < excepted.size; ) {
    before = excepted.size;
    for (const [id, sources] of made)
      if (sources.length > 0 && sources.every((from) => from.some((path) => excepted.has(rootOf(path)))))
        excepted.add(id);
  }
  return excepted;
}

function bitOf(id: string, numbers: ReadonlyMap<string, number>): number {
  const number = numbers.get(id);
  return number === undefined ? 0 : 2 ** number;
}

/** A bit for each data of special categories; what has an exception of its own may be made of it. */
function marksOfSpecial(numbers: ReadonlyMap<string, number>, analyses: Analyses): Marks {
  const { workflow } = analyses.graph;
  const allowed = new Set(
    [...workflow.data.values()].filter((data) => data.fields.basis && hasException(data)).map(({ id }) => id),
  );
  return marksOf(analyses, {
    declared: (path) => bitOf(rootOf(path), numbers),
    keeps: (arrival, source) => (allowed.has(rootOf(arrival.out)) ? 0 : untilRedacted(arrival, source, workflow)),
  });
}

type Input = { readonly reference: Reference; readonly where: 'at' | 'within' };

/** What a significant judgment looks at, and what a significant effect of the kind `decision` uses. */
function inputsOf({ fields }: Step): readonly Input[] {
  const { reads = [], reviews = [], covers = [], effects = [] } = fields;
  const weighs = (significance: string | undefined) => significance === 'legal' || significance === 'significant';
  const looked: readonly Input[] = [...reads, ...reviews, ...covers].map((reference) => ({ reference, where: 'at' }));
  const decided = effects.filter(({ kind, significance }) => kind?.value === 'decision' && weighs(significance?.value));
  const used = decided.flatMap(({ uses }): readonly Input[] =>
    uses ? uses.map((reference) => ({ reference, where: 'within' })) : looked,
  );
  return weighs(fields.significance?.value) ? [...looked, ...used] : used;
}

function describe({ path, data: { id, fields } }: { readonly path: DataPath; readonly data: Data }): string {
  const lacks = fields.basis ? 'without safeguards for its basis' : 'without an exception';
  const what = rootOf(path) === id ? `'${path}'` : `'${path}', which is made from '${id}'`;
  return `${what} (special-category, ${lacks})`;
}
