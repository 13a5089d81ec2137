/**
 * The stop control stops an agent, but not those it has passed work to, or the jobs it has left running: they go on with
 * nobody at the wheel. Add `includes-delegates: true` to `stop`.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type Delegation, delegationsOf } from '../../analysis/delegation.ts';
import { addEntry } from '../../language/edit.ts';
import { type Actor, isAi, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import { here, standsAt } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf, owaspAgentic } from '../standards.ts';

export const stopReachesSubagents: Rule = {
  id: 'agent/stop-reaches-subagents',
  severity: 'error',
  summary: 'Who stops an agent stops everyone it has passed work to, and every job it has left running.',
  seed: ['S19'],
  clauses: [euAiAct('14(4)(e)'), owaspAgentic('ASI10'), nistAiRmf('MANAGE 2.4'), mgf('2.1.2')],
  check(analyses, report) {
    const { workflow } = analyses;
    const { fields } = workflow;
    const stop = fields?.stop;
    const includes = stop?.includesDelegates;
    if (!stop || includes?.value === true || (!includes && stop.$.keyRange('includes-delegates'))) return;
    const reached = reachedBy(stop.scope, analyses);
    const missed = missedDelegates(reached, workflow);
    const jobs = [...reached.steps].filter(({ fields: step }) => step.detached?.value === true);
    if (missed.length + jobs.length === 0) return;
    const what = [
      ...missed.map((chain) => `'${chain.at(-1)?.to.id}', which '${chain.at(-1)?.from.id}' can pass work to`),
      ...jobs.map(({ id }) => `the job that '${id}' leaves running`),
    ];
    const range = includes?.range ?? fields.$.keyRange('stop') ?? stop.$.range;
    report({
      range,
      place: 'stop',
      message: `The stop control does not reach ${joined(what, 'or')}. Add 'includes-delegates: true'.`,
      witness: [
        ...here('stop', range, 'stops no delegates and no jobs'),
        ...missed.flatMap((chain) => chain.flatMap((link) => shown(link, workflow))),
        ...jobs.flatMap((step) =>
          here(step.id, step.fields.$.keyRange('detached') ?? step.range, 'goes on after it is left'),
        ),
      ],
      fixes: () => includeThem(workflow, includes?.range),
    });
  },
};

interface Reached {
  readonly agents: ReadonlySet<Actor>;
  readonly steps: ReadonlySet<Step>;
}

/** Agents at work that the stop control names, or all, and their steps. */
function reachedBy(scope: NonNullable<NonNullable<Workflow['fields']>['stop']>['scope'], analyses: Analyses): Reached {
  const { graph, reachability } = analyses;
  const named = scope && !scope.some(({ word }) => word) ? new Set(scope.map(({ name }) => name)) : undefined;
  const agents = new Set<Actor>();
  const steps = new Set<Step>();
  for (const node of graph.nodes) {
    const { step } = node;
    if (!step || !reachability.isReachable(node)) continue;
    for (const actor of [...node.performers, ...step.assistants]) {
      if (!isAi(actor) || named?.has(actor.id) === false) continue;
      agents.add(actor);
      steps.add(step);
    }
  }
  // Whoever is named is reached, at work or not.
  for (const name of named ?? []) {
    const actor = analyses.workflow.actors.get(name);
    if (actor) agents.add(actor);
  }
  return { agents, steps };
}

/** For each delegate out of reach, the delegations that lead to it; breadth first. */
function missedDelegates({ agents, steps }: Reached, workflow: Workflow): readonly (readonly Delegation[])[] {
  const ids = new Set([...steps].map(({ id }) => id));
  const links = delegationsOf(workflow).filter(({ step }) => step === undefined || ids.has(step));
  const chains = new Map<Actor, readonly Delegation[]>([...agents].map((agent) => [agent, []]));
  for (const [actor, chain] of chains) {
    for (const link of links) if (link.from === actor && !chains.has(link.to)) chains.set(link.to, [...chain, link]);
  }
  return [...chains.values()].filter((chain) => chain.length > 0 && chain.at(-1)?.to.kind === 'agent');
}

function shown({ from, to, mention, step }: Delegation, workflow: Workflow): readonly WitnessStep[] {
  const range = step === undefined ? standsAt(from, workflow, mention.range) : mention.range;
  return here(step ?? `actor:${from.id}`, range, `'${from.id}' passes work to '${to.id}'`);
}

function includeThem({ file, fields }: Workflow, written: Actor['range'] | undefined): readonly Fix[] {
  const title = 'Stop delegates and jobs, too';
  if (written) return [{ title, edits: [{ range: written, text: 'true' }], safety: 'meaning-changing' }];
  const node = fields?.stop?.$.node;
  const edits = node && addEntry(file.text, node, 'includes-delegates', 'true');
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
