// Faults of ownership: nobody answers, or several, or a machine; roles and rights that are missing.
import {
  type Design,
  drop,
  eachEntry,
  eachStep,
  isAiStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  performersOf,
  stepsOf,
} from '../operator.ts';
import { actorOf } from '../ways.ts';

export const ownershipOperators: readonly Operator[] = [
  {
    rule: 'ownership/exactly-one-accountable',
    name: 'lets nobody answer for the workflow',
    mutants: (design) => mutant(design, 'workflow', (copy) => 'steps' in copy && drop(copy, 'accountable')),
  },
  {
    rule: 'ownership/exactly-one-accountable',
    name: 'lets two answer for a step',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const people = Object.keys(copy.actors ?? {}).filter((id) => copy.actors[id].kind === 'human');
        if (people.length < 2 || kindOf(step) === 'end' || kindOf(step) === 'route') return false;
        step.accountable = people.slice(0, 2);
      }),
  },
  {
    rule: 'ownership/accountable-is-human',
    name: 'lets an AI answer for a step',
    mutants: (design) => eachStep(design, (step, _id, copy) => answers(step, actorOf('agent', copy))),
  },
  {
    rule: 'ownership/accountable-is-human',
    name: 'lets a system answer for a step',
    mutants: (design) => eachStep(design, (step, _id, copy) => answers(step, actorOf('system', copy))),
  },
  {
    rule: 'ownership/accountable-is-human',
    name: 'lets a team without a lead answer for the workflow',
    mutants: (design) =>
      mutant(design, 'workflow', (copy) => {
        if (!copy.actors || !copy.accountable) return false;
        copy.actors['some-team'] = { kind: 'team', holders: 3 };
        copy.accountable = 'some-team';
      }),
  },
  {
    rule: 'ownership/performer-resolvable',
    name: 'needs what the AI cannot do',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const able = performersOf(step, copy).some(({ actor }) => actor.kind === 'agent' && actor.capabilities);
        if (!able) return false;
        step.needs = [...listOf(step.needs), 'juggling'];
      }),
  },
  {
    rule: 'ownership/performer-resolvable',
    name: 'leaves a role without a holder',
    // Who hands over then is nobody, nobody judges, and nobody is escalated to.
    also: ['handoff/ownership-gap', 'oversight/review-capacity', 'handoff/escalation-dead-end', 'oversight/two-person'],
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const works = stepsOf(copy).some(({ step }) => listOf(step.by).includes(id));
        const answers = JSON.stringify(copy).match(new RegExp(`"(accountable|lead|sponsor|responder|owner)":"${id}"`));
        if (actor.kind !== 'human' || !works || answers) return false;
        actor.holders = [];
      }),
  },
  {
    rule: 'ownership/agent-identity-and-sponsor',
    name: 'leaves an agent without a sponsor',
    mutants: (design) => eachEntry(design, 'actors', (actor) => actor.kind === 'agent' && drop(actor, 'sponsor')),
  },
  {
    rule: 'ownership/agent-identity-and-sponsor',
    name: 'lets two agents share an identity',
    // Who share it are one, in duties and in reviews.
    also: ['oversight/self-review', 'accountability/sod-via-agent'],
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const other = actorOf('agent', copy, id);
        if (actor.kind !== 'agent' || !other || !copy.actors[other].identity) return false;
        actor.identity = copy.actors[other].identity;
      }),
  },
  {
    rule: 'ownership/agent-identity-and-sponsor',
    name: 'lets a system be the sponsor',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, _id, copy) => {
        const system = actorOf('system', copy);
        if (actor.kind !== 'agent' || !system) return false;
        actor.sponsor = system;
      }),
  },
  {
    rule: 'ownership/external-party-allocated',
    name: 'names no contract with a supplier',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const works = stepsOf(copy).some(({ step }) => listOf(step.by).includes(id));
        return actor.kind === 'vendor' && works && drop(actor, 'agreements');
      }),
  },
  {
    rule: 'ownership/external-party-allocated',
    name: 'gives the work of people to a supplier without a contract',
    // Whose channel to it is not secured.
    also: ['agent/interagent-unauthenticated'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const [performer, ...more] = performersOf(step, copy);
        const isPlain = kindOf(step) === 'task' && !step.effects && !step.duty && !step.mode && !step.on?.absent;
        if (performer?.actor.kind !== 'human' || more.length > 0 || !isPlain) return false;
        // What comes from outside has to be checked before an AI gets it.
        if (step.validates || readByAi(step, copy)) return false;
        copy.actors['some-supplier'] = { kind: 'vendor', clearance: 'special-category' };
        step.by = 'some-supplier';
      }),
  },
];

function answers(step: Design, id: string | undefined): unknown {
  if (!id || kindOf(step) === 'end' || kindOf(step) === 'route') return false;
  step.accountable = id;
  return true;
}

/** An AI works with what the step writes. */
function readByAi({ writes }: Design, design: Design): boolean {
  const outputs = Array.isArray(writes) ? writes : Object.keys(writes ?? {});
  const reads = stepsOf(design).flatMap(({ step }) => (isAiStep(step, design) ? listOf<string>(step.reads) : []));
  return outputs.some((data: string) => reads.includes(data));
}
