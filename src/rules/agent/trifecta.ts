/**
 * One AI, or a chain of them, gets data that may be made to deceive, sees what is confidential and can send it out: whoever
 * writes the one can have the other sent to themselves. Take one of the three away, or put a person before the way out.
 */
import { effectRoot } from '../../analysis/effects.ts';
import { type Trifecta, trifectas } from '../../analysis/trifecta.ts';
import { untrustedEffects } from '../../analysis/untrusted-effects.ts';
import { isAi } from '../../language/model.ts';
import { insertApproval } from '../oversight/insert-approval.ts';
import type { Rule } from '../rule.ts';
import { mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';
import { taintWitness } from '../taint-evidence.ts';

export const trifecta: Rule = {
  id: 'agent/trifecta',
  severity: 'error',
  summary: 'No AI gets untrusted data, sees confidential data and has an unguarded way to send it out.',
  seed: ['S21'],
  starred: true,
  across: true,
  specializes: [
    'oversight/irreversible-unapproved',
    'accountability/unreviewed-ai-to-sink',
    'agent/untrusted-to-irreversible',
  ],
  clauses: [
    owaspAgentic('ASI01'),
    owaspAgentic('ASI02'),
    owaspLlm('LLM01', 2025),
    mitreAtlas('M0030'),
    mitreAtlas('T0086'),
    mgf('2.1.1'),
  ],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    const found = trifectas(analyses);
    if (found.length === 0) return;
    const asked = new Set(
      analyses
        .derived(untrustedEffects)
        .filter(({ isUntrusted }) => !isUntrusted)
        .map(({ path }) => path.written),
    );
    for (const one of found) {
      const { node, channel, input, path, isUntrusted, secret, secretClass } = one;
      const { effect, range, open, entries } = channel;
      const place = {
        range,
        place: node.step?.id ?? 'workflow',
        witness: taintWitness(
          path,
          node,
          range,
          `'${path.written}' ${isUntrusted ? 'cannot be relied on' : 'comes from outside'}`,
          `meets '${secret}', which is ${secretClass}, and can go out by ${wayOf(channel)}` +
            (path.written === input ? '' : `; '${input}' is made of '${path.written}'`),
        ),
      };
      const root = effect ? { root: effectRoot(effect) } : {};
      const fixes = effect ? insertApproval({ effect, node, open, entries }, workflow) : [];
      if (isUntrusted && channel.isCertain) report({ ...place, ...root, message: messageOf(one), fixes });
      else if (isUntrusted) report({ ...place, message: receiverMessage(one), verdict: 'unknown', fixes });
      else if (!asked.has(path.written)) {
        asked.add(path.written);
        report({ ...place, message: trustMessage(one), verdict: 'unknown' });
      }
    }
  },
};

function wayOf({ kind, name }: Trifecta['channel']): string {
  return kind === 'effect' ? `the ${name}` : kind === 'tool' ? `the tool '${name}'` : `'${name}'`;
}

function threeOf({ node, input, path, secret, secretClass, channel }: Trifecta): string {
  const agent = node.performers.find(isAi);
  const way = wayOf(channel);
  if (!agent) {
    const made = `'${input}', which an AI made of '${path.written}'`;
    const two =
      input === secret ? `${made} and which is ${secretClass}, goes` : `${made}, and the ${secretClass} '${secret}' go`;
    return `${two} out by ${way} of '${node.step?.id}'`;
  }
  const derived = path.written === input ? `'${input}'` : `'${input}' (made of '${path.written}')`;
  const two =
    input === secret ? `${derived}, which is ${secretClass},` : `${derived} and the ${secretClass} '${secret}'`;
  return `The AI '${agent.id}' gets ${two} in '${node.step?.id}', and can send out by ${way}`;
}

function messageOf(found: Trifecta): string {
  const { path, secret, channel } = found;
  const remedy =
    channel.kind === 'effect'
      ? channel.name === 'publish'
        ? 'Let a person approve what goes out, or take one of the two away.'
        : "Fix the receiver with 'to', let a person approve what goes out, or take one of the two away."
      : "Leave that way out of the step's 'uses', or give one of the two to another agent that cannot send.";
  return (
    `${threeOf(found)}: whoever writes '${path.written}', which cannot be relied on, can have ` +
    `${secret === path.written ? 'the rest' : `'${secret}'`} sent away. ${remedy}`
  );
}

function receiverMessage(found: Trifecta): string {
  return `${threeOf(found)}, to whom is not declared. Name a fixed receiver with 'to', or let a person approve what goes out.`;
}

function trustMessage(found: Trifecta): string {
  const { path } = found;
  const sender = path.source?.sender ?? path.source?.node.performers[0];
  return (
    `${threeOf(found)}; whether '${path.written}' from '${sender?.id}' can be relied on is not declared. ` +
    `Say 'trust: trusted' or 'trust: untrusted' where it is declared.`
  );
}
