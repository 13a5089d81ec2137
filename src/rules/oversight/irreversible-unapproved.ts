/**
 * An AI does something that cannot be taken back or leaves the house, or its output is used for it, and on some path no
 * human has approved exactly that. Lead every path through an approval that covers the data, or name a policy that
 * admits the effect.
 */
import { anyData } from '../../analysis/approvals.ts';
import { type Effect, effectRoot } from '../../analysis/effects.ts';
import { unexplained } from '../../analysis/explained-effects.ts';
import { type UnapprovedEffect, unapprovedEffects } from '../../analysis/unapproved-effects.ts';
import { isAi } from '../../language/model.ts';
import { quoted } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';
import { effectInWords, weightedKind } from './effect-words.ts';
import { insertApproval } from './insert-approval.ts';

export const irreversibleUnapproved: Rule = {
  id: 'oversight/irreversible-unapproved',
  severity: 'error',
  summary:
    'What an AI does, or what its output is used for, is approved by a human on every path before it cannot be taken back.',
  seed: ['S19', 'S21'],
  starred: true,
  specializes: ['accountability/unreviewed-ai-to-sink', 'agent/untrusted-to-irreversible'],
  across: true,
  clauses: [
    mgf('2.2.2'),
    owaspLlm('LLM06', 2025),
    owaspAgentic('ASI02'),
    owaspAgentic('ASI09'),
    mitreAtlas('M0029'),
    euAiAct('14(4)(d)'),
  ],
  check(analyses, report) {
    const left = analyses.derived(unexplained);
    for (const any of analyses.derived(unapprovedEffects)) {
      const root = effectRoot(any.effect);
      // What a more specific rule says is left to it; another path beside that is a fault of its own.
      const found = left.get(root) ?? any;
      const { effect, admission } = found;
      const place = {
        range: effect.range,
        place: effect.step.id,
        witness: witnessOf(found),
        root: left.has(root) ? `${root} otherwise` : root,
      };
      const fixes = insertApproval(found, analyses.graph.workflow);
      if (admission === 'none') report({ ...place, message: messageOf(found), fixes });
      else report({ ...place, message: unprovedMessage(effect), verdict: 'unknown', fixes });
    }
  },
};

function messageOf({ effect, node, open, output }: UnapprovedEffect): string {
  if (output) {
    const { author, written, consumed } = output;
    const made = written === consumed ? '' : ` ('${written}')`;
    return (
      `'${consumed}' goes into ${effectInWords(effect)}, and on one path no human has approved what ` +
      `the AI '${author.performers.find(isAi)?.id}' wrote${made} in '${author.step?.id}'. ` +
      `Lead that path through an approval that covers [${consumed}].`
    );
  }
  const named = namesOf(open);
  const covers = named.length > 0 ? `[${named.join(', ')}]` : 'what it does';
  return (
    `The AI '${node.performers.find(isAi)?.id}' does the ${weightedKind(effect)} in '${effect.step.id}' without a human ` +
    `approval of ${inWords(named)} on every path. Lead each path through an approval that covers ${covers}.`
  );
}

function unprovedMessage({ admittedBy, kind, step }: Effect): string {
  return (
    `Whether the policy '${admittedBy?.name}' admits the ${kind} of '${step.id}' is not known: the guards on the way do ` +
    'not imply its condition on every path. Guard the path with that condition, or lead it through an approval.'
  );
}

function witnessOf({ open, output, path, lostAt }: UnapprovedEffect): readonly WitnessStep[] {
  if (output) {
    const ending = `consumes '${output.consumed}', which nobody has approved on this path`;
    return along(path, ending, (node) => (node === output.author ? `the AI writes '${output.written}'` : ''));
  }
  const what = inWords(namesOf(open));
  const ending = lostAt
    ? `what was approved of ${what} is not what goes out`
    : `no human has approved ${what} on this path`;
  return along(path, ending, (node) => (node === lostAt ? 'writes it again, which ends the approval' : ''));
}

function namesOf(open: UnapprovedEffect['open']): readonly string[] {
  return open.map(({ path }) => path).filter((path) => path !== anyData);
}

function inWords(named: readonly string[]): string {
  return named.length > 0 ? quoted(named) : 'it';
}
