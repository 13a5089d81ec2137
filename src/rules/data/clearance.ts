/**
 * Data comes to someone or something that is not cleared for it: an actor, the provider of its model, a store or a log.
 * Redact it before, leave it out, or clear whoever gets it.
 */
import { classesOf } from '../../analysis/classes.ts';
import { dataSinks } from '../../analysis/data-sinks.ts';
import { allowedAt, inWords, type OverCleared, overCleared } from '../../analysis/over-cleared.ts';
import { joined, quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, gdpr, owaspLlm, soc2 } from '../standards.ts';
import { classWitness } from './class-witness.ts';
import { clearanceFixes } from './clearance-fixes.ts';
import { checkProviders } from './clearance-of-models.ts';

export const clearance: Rule = {
  id: 'data/clearance',
  severity: 'error',
  summary:
    'Data only comes to actors, model providers, stores and logs that are cleared for its class, labels and region.',
  seed: ['S19', 'S21'],
  starred: true,
  clauses: [
    owaspLlm('LLM02', 2025),
    gdpr('28'),
    gdpr('44'),
    soc2('CC6.1'),
    soc2('C1.1'),
    finos('RI-1'),
    finos('MI-16'),
    euAiAct('26(1)'),
  ],
  across: true,
  check(analyses, report) {
    const { reachability, graph } = analyses;
    const classes = analyses.derived(classesOf);
    for (const [first, ...others] of grouped(analyses.derived(overCleared), reachability.distanceTo)) {
      if (!first) continue;
      const { sink } = first;
      const inStep = [first, ...others.filter((other) => other.sink.step === sink.step)];
      const elsewhere = others.filter((other) => other.sink.step !== sink.step);
      report({
        range: sink.range,
        place: sink.step.id,
        message: messageOf(inStep, elsewhere, analyses.derived(classesOf).labelsIn, (one) => madeFrom(one)),
        witness: [
          ...inStep.flatMap((one) => classWitness(one.sink, one.bits, verbOf(one), analyses)),
          ...elsewhere.flatMap((one) => here(one.sink.step.id, one.sink.range, verbOf(one))),
        ],
        fixes: () => clearanceFixes([first, ...others], graph.workflow),
      });
    }
    checkProviders(analyses.derived(dataSinks), analyses, report);

    function verbOf({ sink: { to, how, path }, bits }: OverCleared): string {
      const name = 'actor' in to ? to.actor.id : to.store.id;
      return `'${name}' ${how} '${path}' (${inWords(bits, classes.labelsIn)})`;
    }

    /** Data whose class is not its own says where it has it from. */
    function madeFrom({ sink: { node, path, where }, bits }: OverCleared): string {
      const source = classes.pathTo(node, path, bits, where)?.written;
      return source === undefined || source === path ? '' : `, as it is made from '${source}'`;
    }
  },
};

/**
 * One group is one fault: what an actor or a store gets in a step; for an actor for which nothing is stated, all that it
 * gets, since one clearance settles it. Nearest to the start first.
 */
function grouped(
  all: readonly OverCleared[],
  distanceTo: (node: OverCleared['sink']['node']) => number,
): readonly (readonly OverCleared[])[] {
  const groups = new Map<string, OverCleared[]>();
  for (const one of all) {
    const { to, step, range, path } = one.sink;
    const id = 'actor' in to ? `actor ${to.actor.id}` : `store ${to.store.id}`;
    // What a default of the file copies is said once, wherever it is copied.
    const scope = allowedAt(to)?.isDefault ? '' : 'store' in to ? `${range.start}` : step.id;
    const group = groups.get(`${id} ${scope}`) ?? [];
    const known = group.some((other) => other.sink.step === step && other.sink.path === path);
    if (!known) group.push(one);
    groups.set(`${id} ${scope}`, group);
  }
  return [...groups.values()].map((group) =>
    group.sort(
      (a, b) =>
        distanceTo(a.sink.node) - distanceTo(b.sink.node) ||
        (a.sink.step.id < b.sink.step.id
          ? -1
          : a.sink.step.id > b.sink.step.id
            ? 1
            : a.sink.range.start - b.sink.range.start),
    ),
  );
}

function messageOf(
  inStep: readonly OverCleared[],
  elsewhere: readonly OverCleared[],
  labelsIn: (bits: number) => readonly string[],
  madeFrom: (one: OverCleared) => string,
): string {
  const [first] = inStep;
  if (!first) return '';
  const { to, step } = first.sink;
  const verb = inStep.every(({ sink }) => sink.how === first.sink.how) ? first.sink.how : 'gets';
  const sources = inStep.map(madeFrom);
  const what = joined(inStep.map((one, i) => `'${one.sink.path}' (${inWords(one.bits, labelsIn)}${sources[i]})`));
  const name = 'actor' in to ? to.actor.id : to.store.id;
  const allowed = allowedAt(to);
  const places = [...new Set(elsewhere.map(({ sink }) => `'${sink.step.id}'`))];
  const also = places.length > 0 ? `, and more in ${joined(places)}` : '';
  const may = allowed?.isDefault
    ? 'has no clearance, so only public data may reach it'
    : allowed?.labels && labelsIn(first.over).length > 0
      ? `is cleared for ${allowed.labels.length > 0 ? `the labels ${quoted(allowed.labels)}` : 'data without labels'} only`
      : `is cleared for ${allowed?.max ?? 'nothing'} data at most`;
  const doubt = sources.some((source) => source !== '') ? ", or say in 'writes' what it is really made from" : '';
  const ending = allowed?.isDefault
    ? 'Give it a clearance, redact the data before, or leave it out'
    : 'Redact it before, or leave it out';
  return `'${name}' ${verb} ${what} in '${step.id}'${also}, but ${may}. ${ending}${doubt}.`;
}
