/**
 * A decision that weighs on a person, and no way for them to have another human look at it.
 * Tell them, and lead the case through a contest by someone else, with a deadline and the power to reverse.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type Decision, weighty } from '../../analysis/automated-decisions.ts';
import { type ContestRoute, contestRoutes, type Reached } from '../../analysis/contests.ts';
import { isDirect, principalsOf } from '../../analysis/principals.ts';
import { addEntry } from '../../language/edit.ts';
import { isHuman, type Step } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { along, here, pathTo } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, gdpr, nistAiRmf, nistGenAi } from '../standards.ts';
import { hasOpenTarget } from '../structure/unreachable-step.ts';

export const contestRoute: Rule = {
  id: 'oversight/contest-route',
  severity: 'error',
  summary:
    'Whoever a weighty decision is about is told of it and can have another human look at it, in time and with effect.',
  seed: ['S11'],
  across: true,
  clauses: [
    gdpr('22(3)'),
    nistAiRmf('MEASURE 3.3'),
    nistAiRmf('MANAGE 4.1'),
    nistGenAi('GV-3.2-004'),
    euAiAct('27(1)(f)'),
  ],
  check(analyses, report, { parameters: { adverseOnly } }) {
    if (hasOpenTarget(analyses.workflow)) return;
    const faulty = new Set<Step>();
    for (const route of contestRoutes(analyses, (decision) => weighty(decision, adverseOnly))) {
      const { noticed, nearest } = route;
      if (!nearest) reportMissing(route, analyses, report);
      else if (!noticed) reportSilent(route, nearest, report);
      const reached = noticed ?? nearest;
      if (!reached) continue;
      reportSame(route, reached, analyses, report);
      const { step } = reached.contest;
      if (!step || faulty.has(step)) continue;
      faulty.add(step);
      checkContest(reached, analyses, report);
    }
  },
};

function decided({ step, subject }: Decision): string {
  return `'${step.id}'${subject === undefined ? '' : ` about '${subject}'`}`;
}

function rangeOf({ effect, step }: Decision) {
  const { $: origin } = step.fields;
  return effect?.range ?? origin.valueRange('significance') ?? step.range;
}

function reportMissing({ decision, node }: ContestRoute, { reachability }: Analyses, report: Report): void {
  report({
    range: rangeOf(decision),
    place: decision.step.id,
    message:
      `The decision in ${decided(decision)} leads to no contest, so it cannot be challenged. Lead it to a notice and then to ` +
      "a 'contest' by someone else, with 'file-within' and 'may-reverse'.",
    witness: pathTo(node, reachability, 'decides, and no contest is reached from here'),
  });
}

function reportSilent({ decision }: ContestRoute, { contest, way }: Reached, report: Report): void {
  report({
    range: rangeOf(decision),
    place: decision.step.id,
    message:
      `The decision in ${decided(decision)} can be challenged in '${contest.step?.id}', but nobody tells the person before. ` +
      "Add a 'disclose' step or a message to them in between.",
    witness: along(way, 'can be challenged, and nobody has told the person'),
  });
}

function reportSame(
  { decision, node }: ContestRoute,
  { contest, way }: Reached,
  analyses: Analyses,
  report: Report,
): void {
  const { step } = contest;
  const shared = analyses
    .derived(principalsOf)
    .shared(node, contest, (first, second) => isDirect(first) && isDirect(second));
  if (!shared || !step || !contest.performers.every(isHuman)) return;
  const who = shared.second.chain.at(-1)?.actor.id;
  report({
    range: step.fields.$.valueRange('by') ?? step.range,
    place: step.id,
    message:
      `'${who}' ${shared.certain ? 'judges' : 'may judge'} in '${step.id}' what the same person decided in '${decision.step.id}'. ` +
      "Let someone else judge, or keep the two apart with 'distinct-from'.",
    witness: along(way, 'is looked at again by whoever decided'),
    fixes: () => keepApart(step, decision.step, shared.certain, analyses),
  });
}

function checkContest({ contest, way }: Reached, analyses: Analyses, report: Report): void {
  const { step } = contest;
  if (!step) return;
  const { fileWithin, mayReverse, $: origin } = step.fields;
  const machines = contest.performers.filter((actor) => actor.kind !== undefined && !isHuman(actor));
  if (machines.length > 0) {
    report({
      range: origin.valueRange('by') ?? step.range,
      place: step.id,
      message: `The contest '${step.id}' is judged by ${quoted(machines.map(({ id }) => id))}, which is not a human of this organization. Let a person judge it.`,
      witness: along(way, 'nobody of this organization looks at it again'),
    });
  }
  const missing = [
    ...(fileWithin ? [] : [{ key: 'file-within', value: '30d', what: 'says how long it can be filed' }]),
    ...(mayReverse?.value
      ? []
      : [{ key: 'may-reverse', value: 'true', what: 'says that the decision can be reversed' }]),
  ];
  for (const { key, value, what } of missing) {
    const range = origin.valueRange(key) ?? origin.keyRange('contest') ?? step.range;
    report({
      range,
      place: step.id,
      message: `Nothing in the contest '${step.id}' ${what}. Add '${key}'.`,
      witness: here(step.id, range, `no '${key}'`),
      fixes: () => added(step, key, value, analyses),
    });
  }
}

function added(step: Step, key: string, value: string, { graph }: Analyses): readonly Fix[] {
  const { node } = step.fields.$;
  const { text } = graph.workflow.file;
  const old = step.fields.$.valueRange(key);
  const edits = old ? [{ range: old, text: value }] : node && addEntry(text, node, key, value);
  return edits ? [{ title: `Add '${key}: ${value}'`, edits, safety: 'meaning-changing' }] : [];
}

/** Others of the same role look at it, where there can be others. */
function keepApart(contest: Step, decision: Step, certain: boolean, { graph }: Analyses): readonly Fix[] {
  const { node, valueRange } = contest.fields.$;
  const { text } = graph.workflow.file;
  if (certain || !node || valueRange('distinct-from')) return [];
  const edits = addEntry(text, node, 'distinct-from', `[${decision.id}]`);
  const title = `Let it be judged by others than '${decision.id}'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
