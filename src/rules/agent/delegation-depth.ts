/**
 * Agents can pass work on further than anyone can follow: round in a circle, or along a chain that is too long. Bound the
 * delegation with `max-depth`, and what is left running with `max-parallel`.
 */

import { type Delegation, delegationsOf } from '../../analysis/delegation.ts';
import { type DelegationChain, endlessDelegations, longDelegations } from '../../analysis/delegation-chains.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { here, standsAt } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Report, Rule } from '../rule.ts';
import { agentGovernanceToolkit, mgf, owaspAgentic } from '../standards.ts';

export const delegationDepth: Rule = {
  id: 'agent/delegation-depth',
  severity: 'warning',
  summary: 'Work is passed on among agents only so far, and only to so many at once.',
  seed: ['S19'],
  clauses: [owaspAgentic('ASI08'), owaspAgentic('ASI10'), mgf('2.1.2'), agentGovernanceToolkit('delegation guard')],
  check({ workflow }, report, { parameters }) {
    const most = parameters.maxDelegationDepth;
    const circles = endlessDelegations(workflow);
    for (const circle of circles) reportCircle(circle, most, workflow, report);
    const endless = new Set(circles.flat().flatMap(({ from, to }) => [from, to]));
    for (const chain of longDelegations(workflow, most)) {
      if (!chain.some(({ to }) => endless.has(to))) reportChain(chain, most, workflow, report);
    }
    const jobs = new Set<string>();
    for (const delegation of delegationsOf(workflow)) {
      const { step } = delegation;
      if (step === undefined || !delegation.detached || delegation.maxParallel !== undefined || jobs.has(step))
        continue;
      if (delegation.entry?.$.keyRange('max-parallel')) continue;
      jobs.add(step);
      reportJobs(delegation, step, workflow, report);
    }
  },
};

/** What imported agents do among themselves is said in their own file. */
function ownLink(chain: DelegationChain, { file }: Workflow): Delegation | undefined {
  return chain.find(({ step, from }) => step !== undefined || from.uri === file.uri);
}

function reportCircle(circle: DelegationChain, most: number, workflow: Workflow, report: Report): void {
  const last = circle.at(-1);
  const own = last && (ownLink([last], workflow) ?? ownLink(circle, workflow));
  if (!own) return;
  report({
    range: own.mention.range,
    place: `actor:${own.from.id}`,
    message: `Work can be passed round for ever: ${inWords(circle)}. Bound this delegation with 'max-depth'.`,
    witness: shown(circle, workflow),
    fixes: () => bound(own, Math.max(1, most - circle.length + 1), circle.length <= most, workflow),
  });
}

function reportChain(chain: DelegationChain, most: number, workflow: Workflow, report: Report): void {
  const own = ownLink(chain, workflow);
  if (!own) return;
  report({
    range: own.mention.range,
    place: `actor:${own.from.id}`,
    message: `Work can be passed on ${chain.length} times: ${inWords(chain)}. At most ${most} ${most === 1 ? 'is' : 'are'} allowed; bound this delegation with 'max-depth'.`,
    witness: shown(chain, workflow),
    fixes: () => bound(own, most, own === chain[0], workflow),
  });
}

function reportJobs({ mention, from, to }: Delegation, step: string, workflow: Workflow, report: Report): void {
  report({
    range: mention.range,
    place: `actor:${from.id}`,
    message: `'${from.id}' can have any number of '${to.id}' at work behind '${step}', which does not wait for them. Set 'max-parallel' in 'delegates' of '${from.id}'.`,
    witness: here(step, workflow.steps.get(step)?.range ?? mention.range, 'leaves its delegates running'),
  });
}

function inWords(chain: DelegationChain): string {
  return [chain[0]?.from.id, ...chain.map(({ to }) => to.id)].join(' -> ');
}

function shown(chain: DelegationChain, workflow: Workflow): readonly WitnessStep[] {
  return chain.flatMap(({ from, to, mention, step }) => {
    const range = step === undefined ? standsAt(from, workflow, mention.range) : mention.range;
    return here(step ?? `actor:${from.id}`, range, `'${from.id}' passes work to '${to.id}'`);
  });
}

function bound(
  { entry, step, maxDepth }: Delegation,
  depth: number,
  helps: boolean,
  { file }: Workflow,
): readonly Fix[] {
  if (!helps || !entry?.$.node || step !== undefined || depth < 1 || maxDepth !== undefined) return [];
  const edits = addEntry(file.text, entry.$.node, 'max-depth', String(depth));
  return edits ? [{ title: `Pass work on at most ${depth} deep`, edits, safety: 'meaning-changing' }] : [];
}
