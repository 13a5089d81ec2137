/**
 * Data that may be made to deceive decides, by way of an AI, about money or something that cannot be taken back. Let a
 * step that is no AI validate it against a record you trust, or let a person approve exactly what goes out.
 */
import { effectRoot } from '../../analysis/effects.ts';
import { type UntrustedEffect, untrustedEffects } from '../../analysis/untrusted-effects.ts';
import { isAi } from '../../language/model.ts';
import { insertApproval } from '../oversight/insert-approval.ts';
import type { Rule } from '../rule.ts';
import { finos, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';
import { taintWitness } from '../taint-evidence.ts';

export const untrustedToIrreversible: Rule = {
  id: 'agent/untrusted-to-irreversible',
  severity: 'error',
  summary: 'Untrusted data is validated or approved before an AI acts on it in a way that cannot be taken back.',
  seed: ['S21'],
  across: true,
  clauses: [
    owaspAgentic('ASI01'),
    owaspAgentic('ASI02'),
    owaspLlm('LLM05', 2025),
    mitreAtlas('M0030'),
    finos('MI-19'),
    finos('RI-25'),
  ],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    const asked = new Set<string>();
    for (const found of analyses.derived(untrustedEffects)) {
      const { effect, node, data, path, isUntrusted } = found;
      const place = {
        range: effect.range,
        place: effect.step.id,
        witness: taintWitness(
          path,
          node,
          effect.range,
          `'${path.written}' ${isUntrusted ? 'cannot be relied on' : 'comes from outside'}`,
          found.way === 'choice' ? `the AI reads '${data}' and decides` : `'${data}' goes into it`,
        ),
      };
      if (isUntrusted) {
        const fixes = insertApproval(found, workflow);
        report({ ...place, message: messageOf(found), root: effectRoot(effect), fixes });
      } else if (!asked.has(path.written)) {
        asked.add(path.written);
        report({ ...place, message: unknownMessage(found), verdict: 'unknown' });
      }
    }
  },
};

function messageOf({ effect, node, way, data, path }: UntrustedEffect): string {
  const author = node.performers.find(isAi)?.id;
  const derived = path.written === data ? `'${data}'` : `'${data}', made of '${path.written}'`;
  if (way === 'choice')
    return (
      `The AI '${author}' reads ${derived} in '${effect.step.id}', which cannot be relied on, and decides on the ` +
      `${effect.kind} there. Validate '${data}' in a step before that is no AI, or let a person approve the ${effect.kind}.`
    );
  return (
    `${derived}, which cannot be relied on, goes into the ${effect.kind} of '${effect.step.id}' by way of an AI. ` +
    `Add 'validates' for it to a step before that is no AI, or let a person approve exactly [${data}].`
  );
}

function unknownMessage({ effect, path }: UntrustedEffect): string {
  const sender = path.source?.sender ?? path.source?.node.performers[0];
  return (
    `Whether '${path.written}' from '${sender?.id}' can be relied on is not declared, and an AI acts on it in the ` +
    `${effect.kind} of '${effect.step.id}'. Say 'trust: trusted' or 'trust: untrusted' where '${path.written}' is declared.`
  );
}
