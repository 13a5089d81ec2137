/**
 * Data goes from step to step and nobody says how sensitive it is, or it is said to be less than what it is made of.
 * Declare the class, or set it to what flows in.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { Arrival } from '../../analysis/arrivals.ts';
import { type Classes, classesOf, classIn, classOrder, type DataClass } from '../../analysis/classes.ts';
import { rootOf } from '../../analysis/data-paths.ts';
import { dataSinks } from '../../analysis/data-sinks.ts';
import { allArrivals } from '../../analysis/taint-solve.ts';
import { addEntry } from '../../language/edit.ts';
import { addTo, groupBy } from '../../language/groups.ts';
import type { Data } from '../../language/model.ts';
import { joined } from '../../language/wording.ts';
import { here, pathTo, standsAt } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, iso42001, soc2 } from '../standards.ts';
import { classWitness } from './class-witness.ts';

export const classificationDeclared: Rule = {
  id: 'data/classification-declared',
  severity: 'warning',
  summary: 'Data that goes from step to step has a class, and it is no lower than that of what it is made of.',
  seed: ['S5'],
  clauses: [soc2('C1.1'), finos('MI-6'), iso42001('A.7.2')],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    const arrivals = arrivalsByData(analyses);
    const all = [...workflow.data.values()];
    const readers = all.every(({ fields }) => fields.class) ? undefined : readersByData(analyses);
    for (const data of all) {
      const found = arrivals.get(data.id) ?? [];
      if (data.fields.class) checkRaised(data, data.fields.class.value, found, analyses, report);
      else if (!data.fields.$.keyRange('class'))
        checkMissing(data, found, readers?.get(data.id) ?? [], analyses, report);
    }
  },
};

type Sink = ReturnType<typeof dataSinks>[number];

function arrivalsByData(analyses: Analyses): ReadonlyMap<string, readonly Arrival[]> {
  const found = new Map<string, Arrival[]>();
  for (const [node, arrivals] of analyses.derived(allArrivals)) {
    if (!analyses.reachability.isReachable(node)) continue;
    for (const arrival of arrivals) addTo(found, rootOf(arrival.out), arrival);
  }
  return found;
}

function readersByData(analyses: Analyses): ReadonlyMap<string, readonly Sink[]> {
  return groupBy(analyses.derived(dataSinks), ({ path }) => rootOf(path));
}

/** The input with the highest class that an arrival brings; of inputs with a class of their own, that one counts. */
function worstInput(arrival: Arrival, classes: Classes, { graph }: Analyses) {
  const inputs = arrival.from.map((source) => {
    const own = graph.workflow.data.get(rootOf(source))?.fields.class;
    const bits = own ? classes.declared(source) : classes.bitsOf(arrival.node, source, 'at');
    return { arrival, source, bits, level: classOrder.indexOf(classIn(classes.taken(arrival, source, bits))) };
  });
  return inputs.sort((a, b) => b.level - a.level)[0];
}

function checkRaised(
  data: Data,
  declared: DataClass,
  arrivals: readonly Arrival[],
  analyses: Analyses,
  report: Report,
): void {
  const classes = analyses.derived(classesOf);
  const worst = arrivals
    .flatMap((arrival) => worstInput(arrival, classes, analyses) ?? [])
    .sort((a, b) => b.level - a.level)[0];
  if (!worst || worst.level <= classOrder.indexOf(declared)) return;
  const { arrival, source, bits, level } = worst;
  const computed = classOrder[level] ?? declared;
  const { workflow } = analyses.graph;
  const range = data.fields.$.valueRange('class') ?? data.range;
  const isOwn = data.uri === workflow.file.uri;
  const step = arrival.node.step?.id ?? 'start';
  report({
    range: standsAt(data, workflow, range),
    place: `data:${data.id}`,
    message: `'${data.id}' is said to be ${declared}, but '${step}' makes it from '${source}', which is ${computed}. Set its class to ${computed}, redact '${source}' in '${step}', or say in 'writes' what it is really made from.`,
    witness: classWitness(
      { node: arrival.node, path: source, where: 'at' },
      bits,
      `'${data.id}' is made from '${source}'`,
      analyses,
    ),
    fixes: isOwn
      ? [{ title: `Set the class to ${computed}`, edits: [{ range, text: computed }], safety: 'meaning-changing' }]
      : [],
  });
}

/** It crosses from where it comes up to somewhere else. */
function checkMissing(
  data: Data,
  arrivals: readonly Arrival[],
  sinks: readonly Sink[],
  analyses: Analyses,
  report: Report,
): void {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const seen = sinks.find(({ step }) => arrivals.length === 0 || arrivals.some(({ node }) => node.step !== step));
  if (!seen) return;
  const classes = analyses.derived(classesOf);
  const worst = arrivals.reduce(
    (level, arrival) => Math.max(level, worstInput(arrival, classes, analyses)?.level ?? 0),
    0,
  );
  const computed = worst > 0 ? classOrder[worst] : undefined;
  const range = standsAt(data, workflow);
  const { node } = data.fields.$;
  const edits =
    computed && node && data.uri === workflow.file.uri
      ? addEntry(workflow.file.text, node, 'class', computed)
      : undefined;
  const from = [...new Set(arrivals.map((arrival) => `'${arrival.node.step?.id ?? 'start'}'`))].slice(0, 3);
  const way = from.length > 0 ? `comes from ${joined(from, 'or')} to '${seen.step.id}'` : `comes to '${seen.step.id}'`;
  const hint = computed ? ` It is made from data that is ${computed}.` : '';
  report({
    range,
    place: `data:${data.id}`,
    message: `'${data.id}' ${way}, and nothing says how sensitive it is.${hint} Give it a 'class'.`,
    witness: [
      ...here(`data:${data.id}`, range, 'has no class'),
      ...pathTo(seen.node, reachability, `'${data.id}' comes here`),
    ],
    fixes: edits ? [{ title: `Set the class to ${computed}`, edits, safety: 'meaning-changing' }] : [],
  });
}
