/**
 * Data is used for something it was not collected for: a step with another purpose reads it, or what is made of it.
 * Use other data, name the purpose at the data if it holds for it, or redact it before.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type DataPath, pathOf, rootOf } from '../../analysis/data-paths.ts';
import { type Marks, marksOf, numbered, untilRedacted } from '../../analysis/marks.ts';
import type { Data } from '../../language/model.ts';
import type { Reference } from '../../language/parts.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along, pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, iso42001 } from '../standards.ts';

export const purposeMismatch: Rule = {
  id: 'data/purpose-mismatch',
  severity: 'warning',
  summary: 'A step uses data only for purposes that are allowed for it and for all that it is made of.',
  seed: ['S6'],
  clauses: [gdpr('5(1)(b)'), euAiAct('10(2)(b)'), iso42001('A.9.4')],
  across: true,
  check(analyses, report) {
    const { graph, reachability } = analyses;
    const purposed = [...graph.workflow.steps.values()].filter(({ fields }) => fields.purpose);
    const bound = [...graph.workflow.data.values()].filter(({ fields }) => (fields.purpose?.length ?? 0) > 0);
    if (purposed.length === 0 || bound.length === 0) return;
    const numbers = numbered(bound.map(({ id }) => id));
    const marks = marksOfPurposes(numbers, analyses);
    for (const step of purposed) {
      const purpose = step.fields.purpose?.value ?? '';
      const node = graph.nodesOf(step).find((one) => reachability.isReachable(one));
      const forbidding = bound.filter((data) => !data.fields.purpose?.some(({ value }) => value === purpose));
      const inputs = node
        ? faultyInputs(inputsOf(step.fields), forbidding, numbers, (path) => marks.bitsOf(node, path, 'at'))
        : [];
      const [first] = inputs;
      if (!node || !first) continue;
      const named = joined(inputs.map(({ path, data }) => describe(path, data)));
      report({
        range: first.reference.range,
        place: step.id,
        message: `'${step.id}' is for '${purpose}', but it uses ${named}. Leave it out, redact it before, or name the purpose at the data if it holds there.`,
        witness: inputs.flatMap(({ path, data }) => {
          const ending = `uses '${path}' for '${purpose}'`;
          const found = marks.pathTo(node, path, 2 ** (numbers.get(data.id) ?? 0), 'at');
          if (!found || found.edges.length === 0) return pathTo(node, reachability, ending);
          return along(found.edges, ending, (at) => (at === found.edges[0]?.from ? `has '${found.written}'` : ''));
        }),
      });
    }
  },
};

/** A bit for each data that is bound to purposes, wherever it goes. */
function marksOfPurposes(numbers: ReadonlyMap<string, number>, analyses: Analyses): Marks {
  const { workflow } = analyses.graph;
  const declared = (path: DataPath) => {
    const number = numbers.get(rootOf(path));
    return number === undefined ? 0 : 2 ** number;
  };
  return marksOf(analyses, { declared, keeps: (arrival, source) => untilRedacted(arrival, source, workflow) });
}

function inputsOf({
  reads = [],
  reviews = [],
  covers = [],
}: {
  readonly reads?: readonly Reference[];
  readonly reviews?: readonly Reference[];
  readonly covers?: readonly Reference[];
}): readonly Reference[] {
  return [...reads, ...reviews, ...covers];
}

/** Each input once, with the first data in it that does not allow the purpose. */
function faultyInputs(
  references: readonly Reference[],
  forbidding: readonly Data[],
  numbers: ReadonlyMap<string, number>,
  bitsOf: (path: DataPath) => number,
): readonly { readonly reference: Reference; readonly path: DataPath; readonly data: Data }[] {
  const seen = new Set<DataPath>();
  return references.flatMap((reference) => {
    const path = pathOf(reference);
    if (seen.has(path)) return [];
    seen.add(path);
    const bits = bitsOf(path);
    const inside = forbidding.filter(({ id }) => numbers.has(id) && (bits & (2 ** (numbers.get(id) ?? 0))) !== 0);
    const data = inside.find(({ id }) => id === rootOf(path)) ?? inside[0];
    return data ? [{ reference, path, data }] : [];
  });
}

function describe(path: DataPath, { id, fields }: Data): string {
  const purposes = quoted(
    (fields.purpose ?? []).map(({ value }) => value),
    'or',
  );
  return rootOf(path) === id
    ? `'${path}', which is for ${purposes} only`
    : `'${path}', which is made from '${id}', for ${purposes} only`;
}
