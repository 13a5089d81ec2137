/**
 * A person judges what an AI made and can only agree, or what they refuse or change takes effect all the same.
 * Let them approve, change and refuse it, and lead what is not approved through a new approval.
 */
import { type AiReview, aiReviews } from '../../analysis/ai-reviews.ts';
import type { Analyses } from '../../analysis/analyses.ts';
import { type ApprovalGap, approvalGaps } from '../../analysis/approval-gaps.ts';
import { anyData } from '../../analysis/approvals.ts';
import { completes } from '../../analysis/completion.ts';
import { overlap, writesOf } from '../../analysis/data-paths.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { gapRoots } from '../../analysis/explained-effects.ts';
import type { FlowEdge } from '../../analysis/flow-graph.ts';
import { addEntry } from '../../language/edit.ts';
import { isHuman, type Step } from '../../language/model.ts';
import { declaredOutcomes } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { isList } from '../../language/source.ts';
import { joined } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf } from '../standards.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';
import { effectInWords } from './effect-words.ts';

export const overridePossible: Rule = {
  id: 'oversight/override-possible',
  severity: 'error',
  summary: 'Whoever judges what an AI made can approve, change and refuse it, and only what is approved takes effect.',
  seed: ['S12', 'S19'],
  across: true,
  specializes: ['oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink'],
  clauses: [euAiAct('14(4)(d)'), nistAiRmf('MANAGE 4.1'), iso42001('A.9.2')],
  check(analyses, report) {
    const { graph } = analyses;
    // Without a short list of outcomes somewhere, nobody has to know what an AI has made.
    const reviews = [...graph.workflow.steps.values()].some(isShort) ? analyses.derived(aiReviews) : [];
    for (const review of reviews) {
      const { step, judged, path } = review;
      const node = graph.nodeOf(step);
      const range = step.fields.$.valueRange('outcomes');
      if (!node || !range || canBeOverridden(review, analyses)) continue;
      const named = declaredOutcomes(step).map(({ value }) => `'${value}'`);
      const only = named.length === 1 ? `can only end with ${named[0]}` : `can end with ${joined(named, 'or')} only`;
      report({
        range,
        place: step.id,
        message:
          `'${step.id}' ${only}, so nobody can correct ${madeByAi(path, judged)}. ` +
          "Let 'outcomes' offer to approve, to modify and to reject it, and say with 'on' where each leads.",
        witness: taintWitness(path, node, range, `the AI writes '${path.written}'`, `a person judges '${judged}'`),
        fixes: () => offerAll(step, analyses),
      });
    }
    for (const gaps of byEdge(analyses.derived(approvalGaps))) reportGap(gaps, analyses, report);
  },
};

function isShort(step: Step): boolean {
  return step.fields.outcomes !== undefined && step.kind !== 'decision' && declaredOutcomes(step).length < 3;
}

/** Three answers, or two where the one who judges, or a person behind one of the answers, writes the data anew. */
function canBeOverridden({ step, judged }: AiReview, { graph }: Analyses): boolean {
  if (!isShort(step)) return true;
  const writes = (one: Step) => writesOf(one, graph.workflow).some(({ out }) => overlap(out, judged));
  if (declaredOutcomes(step).length < 2) return false;
  if (writes(step)) return true;
  const seen = new Set(graph.nodesOf(step).flatMap(({ out }) => out.filter(completes).map(({ to }) => to)));
  for (const at of seen) {
    if (at.step === step) continue;
    if (at.step && at.performers.some(isHuman) && writes(at.step)) return true;
    for (const { to, kind } of at.out) if (kind !== 'message') seen.add(to);
  }
  return false;
}

/** One text is one fault, however many effects it leads to, and so is one outcome with where it goes in the end. */
function byEdge(gaps: readonly ApprovalGap[]): Iterable<readonly [ApprovalGap, ...ApprovalGap[]]> {
  const found = new Map<string, [ApprovalGap, ...ApprovalGap[]]>();
  for (const gap of gaps) {
    if (gap.kind !== 'refused') continue;
    const { range, outcome, departure } = gap.edge;
    const keys = [`${range.start} ${outcome}`, `departure ${departure.id}`];
    const group = keys.map((key) => found.get(key)).find((one) => one !== undefined);
    if (group) group.push(gap);
    const all: [ApprovalGap, ...ApprovalGap[]] = group ?? [gap];
    for (const key of keys) found.set(key, all);
  }
  return new Set(found.values());
}

function reportGap(gaps: readonly [ApprovalGap, ...ApprovalGap[]], analyses: Analyses, report: Report): void {
  const [{ edge, path, way }] = gaps;
  const effects = [
    ...new Map(gaps.map(({ occurrence }) => [effectRoot(occurrence.effect), occurrence.effect])).values(),
  ];
  const what = path === anyData ? 'it' : `'${path}'`;
  report({
    range: edge.range,
    place: edge.from.step?.id ?? 'workflow',
    message:
      `'${edge.outcome}' of '${edge.from.step?.id}' leads to ${joined(effects.map(effectInWords))}, ${reasonOf(edge, what)}. ` +
      'Lead it through a new approval, or to a person who takes the work over.',
    witness: along(way, 'takes effect without an approval', (node) => (node === edge.from ? `judges ${what}` : '')),
    root: gapRoots(gaps, analyses),
  });
}

function reasonOf({ outcome }: FlowEdge, what: string): string {
  return outcome === 'modify'
    ? `and nobody has approved the changed ${what}`
    : `although ${what} was refused and nobody has approved it since`;
}

/** All three of the language's own outcomes; a changed text goes where a refusal goes. */
function offerAll(step: Step, { graph }: Analyses): readonly Fix[] {
  const { text } = graph.workflow.file;
  const { outcomes, $: origin } = step.fields;
  const range = origin.valueRange('outcomes');
  const on = origin.node?.entries.find(({ key }) => key.text === 'on')?.value;
  const names = declaredOutcomes(step).map(({ value }) => value);
  const refusal = step.handlers.get('reject')?.target;
  const goal = refusal?.kind === 'step' ? refusal.step.name : undefined;
  const isUsual = names.length === 2 && names.includes('approve') && names.includes('reject');
  if (!isUsual || !outcomes || !isList(outcomes) || !range || on?.kind !== 'map' || !goal) return [];
  const added = addEntry(text, on, 'modify', goal);
  if (!added || text.slice(range.start, range.end).includes('#')) return [];
  const edits = [{ range, text: '[approve, modify, reject]' }, ...added];
  return [{ title: `Let it be changed as well, and go on with '${goal}' then`, edits, safety: 'meaning-changing' }];
}
