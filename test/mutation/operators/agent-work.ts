// Faults of what agents do: effects that no step declares, ways out, untrusted data that decides, code that is run.
import {
  type Design,
  drop,
  eachStep,
  isAiStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { dataIn, rank } from './data-classes.ts';
import { addKept, aiWork, derivations, giveTool, namesIn, soleAgent, stepIn } from './work.ts';

/** Mutants for steps with one agent that says what it uses. */
const eachSole = (design: Design, change: (step: Step, agent: string, copy: Design) => unknown) =>
  aiWork(design).flatMap(({ id, step }) => {
    const agent = soleAgent(step, design);
    return agent ? mutant(design, id, (copy) => change(stepIn(copy, id), agent, copy)) : [];
  });

/** Mutants for steps that do nothing in the world and use a tool. */
const eachTool = (design: Design, change: (tool: Design) => unknown) =>
  eachSole(design, (step, agent, copy) => {
    const tool = copy.actors[agent].tools?.[listOf<string>(step.uses)[0] ?? ''];
    return tool && !step.effects && !step.sandbox ? change(tool) : false;
  });

const effects: readonly Operator[] = [
  {
    rule: 'agent/undeclared-effect',
    name: 'uses a tool that cannot be undone, and says nothing of it',
    mutants: (design) =>
      eachTool(design, (tool) => {
        tool.effect = 'irreversible';
      }),
  },
  {
    rule: 'agent/undeclared-effect',
    name: 'uses a tool that acts outside, and says nothing of it',
    mutants: (design) =>
      eachTool(design, (tool) => {
        Object.assign(tool, { effect: 'reversible', external: true });
      }),
  },
  {
    rule: 'agent/undeclared-effect',
    name: 'uses a tool of which nobody says what it does',
    mutants: (design) => eachTool(design, (tool) => drop(tool, 'effect')),
  },
  {
    rule: 'agent/undeclared-effect',
    name: 'no longer says what a tool is used for',
    mutants: (design) =>
      eachSole(design, (step, agent, copy) => {
        const acts = listOf<string>(step.uses).some(
          (name) => copy.actors[agent].tools?.[name]?.effect === 'irreversible',
        );
        return acts && !step.sandbox && drop(step, 'effects');
      }),
  },
];

/** The step reads what is confidential, and may run anywhere. */
const seesSecrets = (step: Step, design: Design) =>
  !step.sandbox && dataIn(step.reads).some((data) => rank(design.data?.[data]?.class) >= rank('confidential'));

/** A tool with which the agent sees pages that anyone may have written. */
function letBrowse(design: Design, step: Step, agent: string, more: Design = {}): void {
  design.data.web = { class: 'public', trust: 'untrusted' };
  giveTool(design, step, agent, 'browse', { effect: 'none', version: '1.0', returns: ['web'], ...more });
}

const waysOut: readonly Operator[] = [
  {
    rule: 'agent/trifecta',
    name: 'lets an AI that sees secrets browse',
    mutants: (design) =>
      eachSole(design, (step, agent, copy) => {
        if (!seesSecrets(step, copy)) return false;
        letBrowse(copy, step, agent, { outbound: true });
        copy.actors[agent].outbound = ['example.org'];
      }),
  },
  {
    rule: 'agent/trifecta',
    name: 'gives an AI that sees secrets pages and a way out by different tools',
    mutants: (design) =>
      eachSole(design, (step, agent, copy) => {
        if (!seesSecrets(step, copy)) return false;
        letBrowse(copy, step, agent);
        giveTool(copy, step, agent, 'ping', { effect: 'none', version: '1.0', outbound: true });
        copy.actors[agent].outbound = ['example.org'];
      }),
  },
  {
    rule: 'agent/trifecta',
    name: 'lets an AI that sees secrets and pages reach a host with whatever it has',
    mutants: (design) =>
      eachSole(design, (step, agent, copy) => {
        if (!seesSecrets(step, copy) || step.effects) return false;
        letBrowse(copy, step, agent);
        copy.actors[agent].outbound = ['example.org'];
        return drop(step, 'uses');
      }),
  },
];

/** Checks of what an AI works with, before effects that no person approves: by a decision, or admitted by a policy. */
const unapproved = new Set(['loan', 'expenses']);

const untrusted: readonly Operator[] = [
  {
    rule: 'agent/untrusted-to-irreversible',
    name: 'no longer checks what an AI acts on',
    // At high risk, what comes from outside has to be checked in any case.
    also: ['data/input-quality-gate'],
    mutants: (design) => eachCheck(design, (step) => drop(step, 'validates')),
  },
  {
    rule: 'agent/untrusted-to-irreversible',
    name: 'checks only a part of what an AI acts on',
    also: ['data/input-quality-gate'],
    mutants: (design) =>
      eachCheck(design, (step) => {
        step.validates = [`${dataIn(step.validates)[0]}.number`];
      }),
  },
  {
    rule: 'agent/untrusted-to-irreversible',
    name: 'goes on with an AI when the check fails',
    // The check stands before the effects, too.
    also: ['data/input-quality-gate', 'flow/fallback-drops-control'],
    mutants: (design) =>
      eachCheck(design, (step) => {
        step.on.error = step.next;
      }),
  },
  {
    rule: 'agent/untrusted-to-irreversible',
    name: 'lets the AI itself check what it acts on',
    also: ['data/input-quality-gate'],
    mutants: (design) =>
      eachCheck(design, (step, next) => {
        next.validates = step.validates;
        delete step.validates;
      }),
  },
  {
    rule: 'agent/untrusted-to-irreversible',
    name: 'lets an AI work with pages before what nobody approves',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (copy.workflow !== 'loan' && copy.workflow !== 'benefits') return false;
        if (!isAiStep(step, copy) || derivations(step).length === 0) return false;
        addKept(copy, 'web', { class: 'public', trust: 'untrusted' });
        step.reads = [...listOf(step.reads), 'web'];
        step.writes = Object.fromEntries(derivations(step).map(([out, from]) => [out, [...from, 'web']]));
      }),
  },
];

/** Mutants for checks by a system in front of an AI. */
function eachCheck(design: Design, change: (step: Step, next: Step) => unknown) {
  return eachStep(design, (step, _id, copy) => {
    const next = typeof step.next === 'string' ? stepIn(copy, step.next) : {};
    if (!unapproved.has(copy.workflow) || !step.validates || !isAiStep(next, copy)) return false;
    return change(step, next);
  });
}

const code: readonly Operator[] = [
  {
    rule: 'agent/generated-code-unsandboxed',
    name: 'lets an AI run commands',
    mutants: (design) =>
      eachSole(design, (step, agent, copy) => {
        if (step.sandbox || step.effects) return false;
        giveTool(copy, step, agent, 'shell', { effect: 'irreversible', version: '5' });
      }),
  },
  {
    rule: 'agent/generated-code-unsandboxed',
    name: 'takes an AI that runs commands out of its sandbox',
    mutants: (design) => eachSole(design, (step) => listOf(step.uses).includes('shell') && drop(step, 'sandbox')),
  },
  {
    rule: 'agent/generated-code-unsandboxed',
    name: 'no longer tests the code that an AI wrote',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const isCode = dataIn(step.validates).some((data) => copy.data?.[data]?.media === 'code');
        return isCode && !isAiStep(step, copy) && drop(step, 'validates');
      }),
  },
  {
    rule: 'agent/generated-code-unsandboxed',
    name: 'lets a system run what an AI wrote',
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step }) => {
        const before = aiWork(design).filter((work) => namesIn(work.step.next).includes(id));
        const made = before.flatMap((work) => derivations(work.step).map(([out]) => out));
        const read = dataIn(step.reads).find((data) => made.includes(data));
        const system = design.actors?.[step.by]?.kind === 'system' && kindOf(step) === 'task' && !step.sandbox;
        return system && read
          ? mutant(design, id, (copy) => {
              const own = stepIn(copy, id);
              copy.data[read].media = 'code';
              copy.actors[own.by].tools = { ...copy.actors[own.by].tools, sql: { effect: 'reversible', version: '9' } };
              own.uses = [...listOf(own.uses), 'sql'];
            })
          : [];
      }),
  },
];

export const agentWorkOperators: readonly Operator[] = [...effects, ...waysOut, ...untrusted, ...code];
