/**
 * A human approves a summary, an earlier draft or another part, and something that nobody has approved takes effect.
 * Let the approval cover exactly the data that the effect uses.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type ApprovedInstead, approvedInstead } from '../../analysis/approved-instead.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { unexplained } from '../../analysis/explained-effects.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, owaspAgentic, owaspLlm } from '../standards.ts';
import { effectInWords } from './effect-words.ts';

export const approveWhatExecutes: Rule = {
  id: 'oversight/approve-what-executes',
  severity: 'error',
  summary: 'What a human approves is exactly what takes effect, and no summary, earlier draft or other part of it.',
  seed: ['S11'],
  across: true,
  specializes: [
    'oversight/irreversible-unapproved',
    'oversight/override-possible',
    'flow/timeout-fails-open',
    'accountability/unreviewed-ai-to-sink',
  ],
  clauses: [owaspLlm('LLM01', 2026), owaspAgentic('ASI09'), mgf('2.2.2'), euAiAct('14(4)(c)')],
  check(analyses, report) {
    for (const instead of analyses.derived(approvedInstead)) {
      const { found, way, judge, covered, path } = instead;
      report({
        range: found.effect.range,
        place: found.effect.step.id,
        message: messageOf(instead),
        witness: along(way, `uses '${path}', which nobody has approved`, (node) =>
          node === judge ? `'${covered}' is approved` : '',
        ),
        fixes: () => cover(instead, analyses),
        root: effectRoot(found.effect),
      });
    }
  },
};

function messageOf({ found, judge, covered, path, kinship }: ApprovedInstead): string {
  const relation = {
    'made-from-it': `'${covered}' is made from it`,
    'it-is-made-from': `it is made from '${covered}'`,
    'other-part': `'${covered}' is another part`,
    'written-beside': `'${covered}' is written beside it`,
  }[kinship];
  return (
    `'${judge.step?.id}' approves '${covered}', but ${effectInWords(found.effect)} uses '${path}', which nobody has ` +
    `approved: ${relation}. Let 'covers' of '${judge.step?.id}' name [${found.open.map((one) => one.path).join(', ')}].`
  );
}

/** Adds what takes effect to what is approved, where that closes every path. */
function cover({ found, judge }: ApprovedInstead, analyses: Analyses): readonly Fix[] {
  const { text } = analyses.graph.workflow.file;
  const range = judge.step?.fields.$.valueRange('covers');
  const paths = found.open.map(({ path }) => path);
  if (!range || text.slice(range.start, range.end).includes('#')) return [];
  if (analyses.derived(unexplained).has(effectRoot(found.effect))) return [];
  const written = (judge.step?.fields.covers ?? []).map(({ range: own }) => text.slice(own.start, own.end));
  const list = `[${[...written, ...paths].join(', ')}]`;
  const title = `Let '${judge.step?.id}' cover ${quoted(paths)} as well`;
  return [{ title, edits: [{ range, text: list }], safety: 'meaning-changing' }];
}
