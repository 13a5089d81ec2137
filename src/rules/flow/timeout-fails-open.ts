/**
 * Nobody answers an approval or a review in time, and the work goes on as if someone had said yes.
 * Lead the time limit to a person who decides, or to where a refusal goes.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { type ApprovalGap, approvalGaps, closesAt } from '../../analysis/approval-gaps.ts';
import { anyData } from '../../analysis/approvals.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { gapRoots } from '../../analysis/explained-effects.ts';
import { groupBy } from '../../language/groups.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import { effectInWords } from '../oversight/effect-words.ts';
import type { Rule } from '../rule.ts';
import { agentGovernanceToolkit, euAiAct, iso42001, owaspLlm } from '../standards.ts';

export const timeoutFailsOpen: Rule = {
  id: 'flow/timeout-fails-open',
  severity: 'error',
  summary: 'When nobody answers an approval or a review, nothing takes effect that it stands before.',
  seed: ['S18', 'S19'],
  starred: true,
  across: true,
  specializes: ['oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink'],
  clauses: [
    euAiAct('14(4)(d)'),
    euAiAct('14(4)(e)'),
    owaspLlm('LLM06', 2025),
    iso42001('A.9.2'),
    agentGovernanceToolkit('approval timeout fails closed'),
  ],
  check(analyses, report) {
    const silent = analyses.derived(approvalGaps).filter(({ kind }) => kind === 'silent');
    for (const gaps of byEdge(silent)) {
      const [first] = gaps;
      if (!first) continue;
      const { edge, way } = first;
      const { step } = edge.from;
      const effects = [...new Map(gaps.map(({ occurrence: { effect } }) => [effectRoot(effect), effect])).values()];
      const owner = edge.departure.of === 'case' ? 'workflow' : (edge.departure.of ?? step)?.id;
      const what = joined([...new Set(gaps.map(({ path }) => (path === anyData ? 'it' : `'${path}'`)))]);
      report({
        range: edge.range,
        place: owner ?? 'workflow',
        message:
          `'${edge.outcome}' of '${step?.id}' leads to ${joined(effects.map(effectInWords))}, and nobody has approved ` +
          `${what} on this path. Lead it to a person who decides, or to where a refusal goes.`,
        witness: along(way, `takes effect with nobody's answer`, (node) =>
          node === edge.from ? `should judge ${what}` : '',
        ),
        fixes: () => failClosed(gaps, analyses),
        root: gapRoots(gaps, analyses),
      });
    }
  },
};

/** One text is one fault, however many effects it leads to. */
function byEdge(gaps: readonly ApprovalGap[]): Iterable<readonly ApprovalGap[]> {
  return groupBy(gaps, ({ edge }) => `${edge.range.start} ${edge.outcome}`).values();
}

/** Sends it where a refusal goes, if the effects are not reached from there. */
function failClosed(gaps: readonly ApprovalGap[], analyses: Analyses): readonly Fix[] {
  const [{ edge }] = gaps as [ApprovalGap];
  const { text } = analyses.graph.workflow.file;
  const refusal = edge.from.out.find(({ outcome, exhausted }) => outcome === 'reject' && !exhausted)?.to;
  const goal = refusal?.step;
  const isPlain = text.slice(edge.range.start, edge.range.end) === edge.to.step?.id;
  const inherited = edge.from.step?.handlers.get(edge.outcome ?? '')?.inherited;
  if (!refusal || !goal || !isPlain || inherited || !gaps.every((gap) => closesAt(refusal, gap, analyses))) return [];
  const title = `On ${edge.outcome} go on with '${goal.id}', as after a refusal`;
  return [{ title, edits: [{ range: edge.range, text: goal.id }], safety: 'meaning-changing' }];
}
