// Faults of delegation: chains that are too long, circles, rights that grow on the way, stops that do not follow.
import { type Design, drop, eachEntry, eachStep, listOf, mutant, type Operator, stepsOf } from '../operator.ts';
import { agentsAtWork } from './work.ts';

/** Some agent passes work on to it. */
export function isPassedTo(id: string, design: Design): boolean {
  return Object.values<Design>(design.actors ?? {}).some(({ delegates }) =>
    listOf<Design>(delegates).some(({ to }) => to === id),
  );
}

/** Agents at work that pass nothing on, and to whom nobody does. */
const loners = (design: Design) =>
  agentsAtWork(design).filter((id) => !design.actors[id].delegates && !isPassedTo(id, design));

/** An agent that works for another one, with no rights unless `more` says so. */
function addHelper(design: Design, id: string, of: string, more: Design = {}): void {
  const { sponsor, 'on-behalf-of': user, model, clearance, autonomy } = design.actors[of];
  design.actors[id] = {
    kind: 'agent',
    sponsor,
    identity: `svc-${id}`,
    'on-behalf-of': user,
    autonomy,
    model,
    clearance,
    outbound: 'none',
    tools: {},
    ...more,
  };
}

const depth: readonly Operator[] = [
  {
    rule: 'agent/delegation-depth',
    name: 'passes work on along a chain that is too long',
    mutants: (design) =>
      loners(design).flatMap((agent) =>
        mutant(design, agent, (copy) => {
          const most = copy.parameters?.['max-delegation-depth'] ?? 2;
          const chain = [agent, ...Array.from({ length: most + 1 }, (_, i) => `helper-${i + 1}`)];
          for (const helper of chain.slice(1)) addHelper(copy, helper, agent);
          for (const [i, to] of chain.slice(1).entries())
            copy.actors[chain[i] ?? ''].delegates = [{ to, grants: [], 'max-parallel': 1 }];
        }),
      ),
  },
  {
    rule: 'agent/delegation-depth',
    name: 'passes work round in a circle',
    mutants: (design) =>
      loners(design).flatMap((agent) =>
        mutant(design, agent, (copy) => {
          const { tools, grants } = copy.actors[agent];
          addHelper(copy, 'helper', agent, { tools, grants, delegates: [{ to: agent, 'max-parallel': 1 }] });
          copy.actors[agent].delegates = [{ to: 'helper', 'max-parallel': 1 }];
        }),
      ),
  },
  {
    rule: 'agent/delegation-depth',
    name: 'allows no delegation that there is',
    mutants: (design) =>
      mutant(design, 'parameters', (copy) => {
        if (!Object.values<Design>(copy.actors ?? {}).some(({ delegates }) => delegates)) return false;
        copy.parameters = { ...copy.parameters, 'max-delegation-depth': 0 };
      }),
  },
  {
    rule: 'agent/delegation-depth',
    name: 'leaves any number of delegates running',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const [to] = listOf<string>(step['delegates-to']);
        const entries = listOf<Design>(copy.actors?.[step.by]?.delegates);
        if (!to || entries.length === 0) return false;
        step.detached = true;
        return drop(
          entries.find((entry) => entry.to === to),
          'max-parallel',
        );
      }),
  },
];

const amplification: readonly Operator[] = [
  {
    rule: 'agent/delegation-amplifies',
    name: 'passes work to an agent that may do more',
    mutants: (design) =>
      loners(design).flatMap((agent) =>
        mutant(design, agent, (copy) => {
          addHelper(copy, 'helper', agent, {
            tools: { wire: { effect: 'irreversible', external: true, version: '2' } },
          });
          copy.actors[agent].delegates = [{ to: 'helper', 'max-depth': 1, 'max-parallel': 1 }];
        }),
      ),
  },
  {
    rule: 'agent/delegation-amplifies',
    name: 'grants a delegate nothing of what it has',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor) => {
        const [first] = listOf<Design>(actor.delegates);
        if (!first || listOf(first.grants).length === 0) return false;
        first.grants = [];
      }),
  },
  {
    rule: 'agent/delegation-amplifies',
    name: 'takes a right from an agent and leaves it to its delegate',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor) => {
        const granted = listOf<Design>(actor.delegates).flatMap(({ grants }) => listOf<string>(grants));
        if (granted.some((grant) => drop(actor.tools, grant))) return true;
        const kept = listOf<string>(actor.grants).filter((grant) => !granted.includes(grant));
        if (granted.length === 0 || kept.length === listOf(actor.grants).length) return false;
        actor.grants = kept;
      }),
  },
  {
    rule: 'agent/delegation-amplifies',
    name: 'passes work for a user to an agent that works for itself',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, _id, copy) => {
        const [first] = listOf<Design>(actor.delegates);
        if (!first || actor['on-behalf-of'] === 'self') return false;
        copy.actors[first.to]['on-behalf-of'] = 'self';
      }),
  },
  {
    rule: 'agent/delegation-amplifies',
    name: 'passes work in a step to an agent that may do more',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const [to] = listOf<string>(step['delegates-to']);
        if (!to || !step.uses || !copy.actors?.[to]) return false;
        copy.actors[to].tools = { ...copy.actors[to].tools, translate: { effect: 'none', version: '3' } };
        step.uses = [...listOf(step.uses), 'translate'];
      }),
  },
];

const stops: readonly Operator[] = [
  {
    rule: 'agent/stop-reaches-subagents',
    name: 'stops an agent and not its delegate',
    mutants: (design) =>
      loners(design).flatMap((agent) =>
        mutant(design, agent, (copy) => {
          addHelper(copy, 'helper', agent);
          copy.actors[agent].delegates = [{ to: 'helper', grants: [], 'max-depth': 1, 'max-parallel': 1 }];
          const { scope } = copy.stop ?? {};
          return (scope === 'workflow' || listOf(scope).includes(agent)) && drop(copy.stop, 'includes-delegates');
        }),
      ),
  },
  {
    rule: 'agent/stop-reaches-subagents',
    name: 'says that delegates go on',
    mutants: (design) =>
      mutant(design, 'stop', (copy) => {
        const passes = stepsOf(copy).some(({ step }) => step['delegates-to']);
        if (!copy.stop || !passes) return false;
        // All agents that are named at all are named, so only those are missed that nobody names.
        copy.stop.scope = agentsAtWork(copy);
        copy.stop['includes-delegates'] = false;
      }),
  },
  {
    rule: 'agent/stop-reaches-subagents',
    name: 'stops an agent and not the job that it has left running',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!agentsAtWork(copy).includes(step.by) || !copy.stop) return false;
        step.detached = true;
        return drop(copy.stop, 'includes-delegates');
      }),
  },
];

export const delegationOperators: readonly Operator[] = [...depth, ...amplification, ...stops];
