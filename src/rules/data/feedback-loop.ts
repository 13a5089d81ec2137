/**
 * Output of an AI goes into a memory, an index or training data, comes back to the same AI or one like it, and no human
 * looks at it on the way: its errors, and what somebody made it say, feed themselves. Review it before it is stored.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { type FeedbackLoop, feedbackLoops } from '../../analysis/feedback-loops.ts';
import type { Fix } from '../../language/problem.ts';
import type { WitnessStep } from '../finding.ts';
import { insertApproval } from '../oversight/insert-approval.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, nistGenAi, owaspAgentic, owaspLlm } from '../standards.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';

export const feedbackLoop: Rule = {
  id: 'data/feedback-loop',
  severity: 'error',
  summary: 'Output of an AI is reviewed before it goes into a memory, an index or data that an AI learns from.',
  seed: ['S21'],
  across: true,
  clauses: [euAiAct('15(4)'), owaspAgentic('ASI06'), owaspLlm('LLM04', 2025), finos('RI-27'), nistGenAi('MG-2.2-003')],
  check(analyses, report) {
    for (const loop of feedbackLoops(analyses)) {
      const { writing } = loop;
      report({
        range: writing.range,
        place: writing.node.step?.id ?? 'workflow',
        message: messageOf(loop),
        witness: witnessOf(loop),
        fixes: () => reviewFirst(loop, analyses),
        ...(writing.effect ? { root: `${effectRoot(writing.effect)} ${writing.store}` } : {}),
      });
    }
  },
};

function messageOf({ writing, reading, author }: FeedbackLoop): string {
  const { store, data, path, node } = writing;
  const what =
    data !== undefined && path && path.edges.length > 0
      ? `${madeByAi(path, data)} goes into '${store}' in '${node.step?.id}'${path.written === data ? '' : ` as '${data}'`}`
      : `what the AI '${author.id}' makes in '${node.step?.id}' goes into '${store}'`;
  const back = reading.how === 'reads' ? 'reads it' : 'is trained on it';
  const who = reading.agent === author ? 'it' : `the AI '${reading.agent.id}', which is like it,`;
  return (
    `${what.charAt(0).toUpperCase()}${what.slice(1)}, and ${who} ${back} in '${reading.node.step?.id}' with no human ` +
    `having looked at it. Let a person review it before '${node.step?.id}' stores it.`
  );
}

function witnessOf({ writing, reading }: FeedbackLoop): readonly WitnessStep[] {
  const { node, path, range, store } = writing;
  const stored = `it goes into '${store}'`;
  const step = node.step?.id ?? 'workflow';
  const way: readonly WitnessStep[] = path
    ? taintWitness(path, node, range, `the AI writes '${path.written}'`, stored)
    : [{ step, edge: undefined, range, note: stored }];
  const back = reading.node.step;
  if (!back) return way;
  const edge = { kind: 'message', label: store } as const;
  return [...way, { step: back.id, edge, range: back.range, note: `'${reading.agent.id}' ${reading.how} it` }];
}

/** An approval in front of a step that does nothing but store. */
function reviewFirst({ writing }: FeedbackLoop, { graph }: Analyses): readonly Fix[] {
  const { effect, node, data, path } = writing;
  if (!effect || data === undefined || !path || path.edges.length === 0) return [];
  const open = [{ path: data, by: 'approval-or-review' as const }];
  const entries = () => node.in.filter(({ kind }) => kind !== 'message');
  return insertApproval({ effect, node, open, entries }, graph.workflow);
}
