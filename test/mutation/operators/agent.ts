// Faults of agents: rights that nobody needs, delegation, budgets, versions that move, stops and channels.
import { type Design, drop, eachEntry, eachStep, listOf, mutant, type Operator, stepsOf } from '../operator.ts';
import { agentWorkOperators } from './agent-work.ts';
import { delegationOperators, isPassedTo } from './delegation.ts';
import { agentsAtWork, aiWork, giveTool, soleAgent } from './work.ts';

/** Every step that the agent performs says what it uses. */
const saysUses = (agent: string, design: Design) =>
  stepsOf(design).every(({ step }) => !listOf(step.by).includes(agent) || step.uses);

/** Mutants for each agent at work whose rights nobody passes on to it. */
const eachAgent = (design: Design, change: (agent: Design, id: string, copy: Design) => unknown) =>
  agentsAtWork(design).flatMap((id) => mutant(design, id, (copy) => change(copy.actors[id], id, copy)));

const rights: readonly Operator[] = [
  {
    rule: 'agent/excess-privilege',
    name: 'gives an agent a tool that no step uses',
    mutants: (design) =>
      eachAgent(design, (agent, id, copy) => {
        if (!saysUses(id, copy) || isPassedTo(id, copy)) return false;
        agent.tools = { ...agent.tools, calculator: { effect: 'none', version: '1.0' } };
      }),
  },
  ...['sign-contracts', 'contracts-*', 'numbers.write'].map(
    (grant): Operator => ({
      rule: 'agent/excess-privilege',
      name: `grants an agent '${grant}', which no step uses`,
      mutants: (design) =>
        eachAgent(design, (agent, id, copy) => {
          const isStore = grant.includes('.') && !copy.stores?.numbers;
          if (!saysUses(id, copy) || isPassedTo(id, copy) || isStore) return false;
          agent.grants = [...listOf(agent.grants), grant];
        }),
    }),
  ),
  {
    rule: 'agent/excess-privilege',
    name: 'no longer uses a tool that an agent keeps',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const [tool] = listOf<string>(step.uses);
        const elsewhere = stepsOf(copy).some((other) => other.id !== id && listOf(other.step.uses).includes(tool));
        if (!tool || elsewhere || !soleAgent(step, copy) || step.effects) return false;
        step.uses = step.uses.slice(1);
      }),
  },
];

const budgets: readonly Operator[] = [
  {
    rule: 'agent/budget-cap',
    name: 'caps nothing of an agent',
    mutants: (design) => eachAgent(design, (agent) => drop(agent, 'limits')),
  },
  {
    rule: 'agent/budget-cap',
    name: 'caps only the time of an agent',
    mutants: (design) =>
      eachAgent(design, (agent) => {
        if (!agent.limits?.wall) return false;
        agent.limits = { ...agent.limits, cost: undefined, calls: undefined, tokens: undefined };
      }),
  },
  {
    rule: 'agent/budget-cap',
    name: 'lets delegates use more than their agent may',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor) => {
        const [first] = listOf<Design>(actor.delegates);
        if (!first || !actor.limits) return false;
        first['max-parallel'] = 1000;
      }),
  },
  {
    rule: 'agent/budget-cap',
    name: 'caps a delegate higher than its agent',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, _id, copy) => {
        const [first] = listOf<Design>(actor.delegates);
        if (!first || !actor.limits?.cost) return false;
        copy.actors[first.to].limits.cost = '9000 EUR';
      }),
  },
  {
    rule: 'agent/budget-cap',
    name: 'bounds each of many payments and not their sum',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const acts = stepsOf(copy).some(({ step, around }) => listOf(step.by).includes(id) && around['for-each']);
        return acts && drop(actor.limits, 'cumulative');
      }),
  },
];

/** The model of an agent and the evidence for it change together, so that only the version is at fault. */
function setVersion(agent: Design, id: string, design: Design, version: string | undefined): boolean {
  const models = listOf<Design>(agent.model);
  if (models.length === 0) return false;
  for (const model of models) {
    const before = `${model.id}@${model.version}`;
    if (version === undefined) delete model.version;
    else model.version = version;
    for (const evidence of listOf<Design>(design.evidence))
      if (evidence.of === id && evidence.model === before) evidence.model = `${model.id}@${version ?? ''}`;
  }
  return true;
}

const versions: readonly Operator[] = [
  ...['latest', '^2.1', 'stable', undefined].map(
    (version): Operator => ({
      rule: 'agent/unpinned-model-or-tool',
      name: version ? `sets the version of a model to '${version}'` : 'drops the version of a model',
      // Evidence of a model without a version calibrates none of its numbers.
      also: version ? [] : ['oversight/gate-self-assessed'],
      mutants: (design) => eachAgent(design, (agent, id, copy) => setVersion(agent, id, copy, version)),
    }),
  ),
  {
    rule: 'agent/unpinned-model-or-tool',
    name: 'takes a tool from a server in whatever version',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor) => {
        const tool = Object.values<Design>(actor.tools ?? {}).find(({ external, channel }) => !external || channel);
        if (actor.kind !== 'agent' || !tool) return false;
        tool.server ??= 'tools';
        return drop(tool, 'version');
      }),
  },
];

const channels: readonly Operator[] = [
  {
    rule: 'agent/interagent-unauthenticated',
    name: 'reaches a server outside over nothing in particular',
    mutants: (design) =>
      aiWork(design).flatMap(({ id, step }) => {
        const agent = soleAgent(step, design);
        return agent
          ? mutant(design, id, (copy) => {
              const own = stepsOf(copy).find((site) => site.id === id)?.step ?? {};
              giveTool(copy, own, agent, 'rates', { effect: 'none', external: true, version: '1.0', server: 'rates' });
            })
          : [];
      }),
  },
  ...['auth', 'integrity', 'schema', 'channel'].flatMap((part): readonly Operator[] => [
    {
      rule: 'agent/interagent-unauthenticated',
      name: `drops '${part}' of the channel of a tool`,
      mutants: (design) =>
        eachEntry(design, 'actors', (actor) => {
          const tool = Object.values<Design>(actor.tools ?? {}).find(({ channel }) => channel);
          return drop(part === 'channel' ? tool : tool?.channel, part);
        }),
    },
    {
      rule: 'agent/interagent-unauthenticated',
      name: `drops '${part}' of the channel of an event`,
      mutants: (design) =>
        eachEntry(design, 'events', (event) => drop(part === 'channel' ? event : event.channel, part)),
    },
  ]),
];

export const agentOperators: readonly Operator[] = [
  ...rights,
  ...agentWorkOperators,
  ...delegationOperators,
  ...budgets,
  ...versions,
  ...channels,
];
