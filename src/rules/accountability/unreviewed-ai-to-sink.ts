/**
 * Output of an AI is published, sent, paid out, decided by, deployed or trained on, and on some path no human has looked
 * at it. Let a person review or approve it on every path, or name a policy that admits the effect.
 */
import { type ReachedSink, reachedSinks } from '../../analysis/ai-sinks.ts';
import { anyData } from '../../analysis/approvals.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { isAi } from '../../language/model.ts';
import { along } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import { insertApproval } from '../oversight/insert-approval.ts';
import type { Rule } from '../rule.ts';
import { iso42001, nistAiRmf, nistGenAi, owaspLlm } from '../standards.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';

export const unreviewedAiToSink: Rule = {
  id: 'accountability/unreviewed-ai-to-sink',
  severity: 'error',
  summary: 'Output of an AI is reviewed or approved by a human before it is published, sent, decided by or deployed.',
  seed: ['S11', 'S21'],
  starred: true,
  across: true,
  clauses: [
    nistAiRmf('MEASURE 2.8'),
    nistGenAi('MG-3.2-008'),
    nistGenAi('MS-2.6-004'),
    iso42001('A.9.2'),
    owaspLlm('LLM09', 2025),
  ],
  check(analyses, report) {
    for (const sink of reachedSinks(analyses)) {
      const { effect, admission } = sink;
      const place = { range: effect.range, place: effect.step.id, witness: witnessOf(sink), root: effectRoot(effect) };
      const fixes = insertApproval(sink, analyses.graph.workflow);
      if (admission === 'none') report({ ...place, message: messageOf(sink), fixes });
      else report({ ...place, message: unprovedMessage(sink), verdict: 'unknown', fixes });
    }
  },
};

function messageOf({ effect, node, data, path }: ReachedSink): string {
  const { kind, step } = effect;
  if (data === undefined || !path) {
    const author = node.performers.find(isAi)?.id;
    return (
      `The AI '${author}' does the ${kind} in '${step.id}' with what it makes there, and no human looks at it. ` +
      "Let it write that as data first, and let a person review it before the step that sends it on with 'uses'."
    );
  }
  if (path.edges.length === 0) {
    return (
      `'${data}' goes into the ${kind} of '${step.id}' as the AI '${path.source?.node.performers.find(isAi)?.id}' writes it ` +
      `there, with no human having looked at it. Let a person review [${data}] in a step between.`
    );
  }
  return (
    `'${data}' goes into the ${kind} of '${step.id}', and on one path no human has looked at ${madeByAi(path, data)}. ` +
    `Lead that path through a review or an approval of [${data}].`
  );
}

function unprovedMessage({ effect: { kind, step, admittedBy } }: ReachedSink): string {
  return (
    `Whether the policy '${admittedBy?.name}' admits the ${kind} of '${step.id}' is not known: the guards on the way do ` +
    'not imply its condition on every path. Guard the path with that condition, or lead it through a review.'
  );
}

function witnessOf({ effect, node, data, path, edges, open }: ReachedSink): readonly WitnessStep[] {
  if (data !== undefined && path)
    return taintWitness(
      path,
      node,
      effect.range,
      path.source?.sender ? `'${path.written}' comes in` : `the AI writes '${path.written}'`,
      `consumes '${data}', at which nobody has looked on this path`,
    );
  const what = open[0]?.path;
  return along(
    edges,
    what === undefined || what === anyData ? 'no human looked at it' : `no human looked at '${what}'`,
  );
}
