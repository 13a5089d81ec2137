/**
 * What was approved is written again before it takes effect, so that something else goes out than what the human saw.
 * Write it before the approval, or lead it through an approval again.
 */
import { type ApprovalGap, approvalGaps } from '../../analysis/approval-gaps.ts';
import { effectRoot } from '../../analysis/effects.ts';
import type { GraveEffect } from '../../analysis/unapproved-effects.ts';
import { along } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, soc2, sox } from '../standards.ts';
import { effectInWords } from './effect-words.ts';
import { insertApproval } from './insert-approval.ts';

export const approvalStale: Rule = {
  id: 'oversight/approval-stale',
  severity: 'error',
  summary: 'What is approved stays as it was approved until it takes effect, or is approved again.',
  seed: ['S11', 'S16'],
  starred: true,
  across: true,
  specializes: ['oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink'],
  clauses: [euAiAct('14(4)(d)'), soc2('CC8.1'), sox('change after approval')],
  check(analyses, report) {
    const said = new Set<GraveEffect>();
    for (const gap of analyses.derived(approvalGaps)) {
      const { kind, occurrence, path, entries } = gap;
      if (kind !== 'stale' || said.has(occurrence)) continue;
      said.add(occurrence);
      const { effect, node, required } = occurrence;
      const open = required.filter((one) => one.path === path);
      report({
        range: effect.range,
        place: effect.step.id,
        message: messageOf(gap),
        witness: witnessOf(gap),
        fixes: () => insertApproval({ effect, node, open, entries }, analyses.graph.workflow),
        root: effectRoot(effect),
      });
    }
  },
};

function messageOf({ path, edge, way, occurrence: { effect } }: ApprovalGap): string {
  const writer = edge.from.step?.id;
  const changed = edge.outcome === 'modify' ? 'changed' : 'written again';
  return (
    `'${path}' is approved in '${way[0]?.from.step?.id}', then ${changed} in '${writer}', and so goes into ` +
    `${effectInWords(effect)}. Write it before the approval, or lead it from '${writer}' through an approval that covers [${path}].`
  );
}

function witnessOf({ way, edge, path }: ApprovalGap): readonly WitnessStep[] {
  const judge = way[0]?.from;
  return along(way, `consumes '${path}', which is not what was approved`, (node) =>
    node === edge.from
      ? `writes '${path}', or what it is made of, again`
      : node === judge
        ? `'${path}' is approved`
        : '',
  );
}
