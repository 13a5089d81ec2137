// Faults of logs: work that no log records, logs that do not last, and logs that those can change who are recorded.
import {
  type Design,
  drop,
  eachEntry,
  eachStep,
  isAiStep,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { agentsAtWork, aiWork, humanWork, logStore, logsByDefault } from './work.ts';

/** The design is of high risk. */
export const isHigh = (design: Design) => design.risk?.tier === 'high';
const audited = (step: Step, design: Design) => isAiStep(step, design) || listOf(step.effects).length > 0;

export const logOperators: readonly Operator[] = [
  {
    rule: 'visibility/audit-log',
    name: 'leaves a field out of the log',
    mutants: (design) =>
      ['case', 'actor', 'inputs', 'output', 'decision', 'time'].flatMap((field) =>
        mutant(design, field, (copy) => {
          const log = copy.defaults?.log;
          if (!log || !stepsOf(copy).some(({ step }) => logsByDefault(step) && audited(step, copy))) return false;
          log.fields = log.fields.filter((one: string) => one !== field);
        }),
      ),
  },
  {
    rule: 'visibility/audit-log',
    name: 'does not log the model',
    mutants: (design) =>
      mutant(design, 'defaults', (copy) => {
        if (!aiWork(copy).some(({ step }) => logsByDefault(step))) return false;
        copy.defaults.log.fields = copy.defaults.log.fields.filter((one: string) => one !== 'model');
      }),
  },
  {
    rule: 'visibility/audit-log',
    name: 'drops the log where an AI works or something is done',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!logsByDefault(step) || !copy.defaults?.log || !audited(step, copy)) return false;
        step.log = 'none';
      }),
  },
  {
    rule: 'visibility/audit-log',
    name: 'gives a step a log of its own with too little in it',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!logsByDefault(step) || !copy.defaults?.log || !audited(step, copy)) return false;
        const { to, fields } = copy.defaults.log;
        step.log = { to, fields: fields.filter((field: string) => field !== 'decision') };
      }),
  },
  {
    rule: 'visibility/audit-log',
    name: 'logs nothing at all',
    mutants: (design) => mutant(design, 'defaults', (copy) => drop(copy.defaults, 'log')),
  },
  {
    rule: 'visibility/log-retention',
    name: 'keeps the log for a month only',
    mutants: (design) =>
      mutant(design, 'log store', (copy) => {
        const store = logStore(copy);
        if (!store || !isHigh(copy) || aiWork(copy).length === 0) return false;
        store.retain = { ...store.retain, min: '30d' };
      }),
  },
  {
    rule: 'visibility/log-retention',
    name: 'deletes the log after two months',
    mutants: (design) =>
      mutant(design, 'log store', (copy) => {
        const store = logStore(copy);
        if (!store || !isHigh(copy) || aiWork(copy).length === 0) return false;
        store.retain = { min: '60d', max: '60d' };
      }),
  },
  {
    rule: 'visibility/log-retention',
    name: 'asks for logs that last longer than they are kept',
    mutants: (design) =>
      mutant(design, 'parameters', (copy) => {
        if (!logStore(copy)?.retain) return false;
        copy.parameters = { ...copy.parameters, 'log-retention': '30y' };
      }),
  },
  {
    rule: 'visibility/log-retention',
    name: 'logs the work of an AI where it does not last',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!isHigh(copy) || !isAiStep(step, copy) || !logsByDefault(step) || !copy.defaults?.log) return false;
        const clearance = logStore(copy)?.clearance ?? 'special-category';
        copy.stores = {
          ...copy.stores,
          scratch: { kind: 'log', 'append-only': true, retain: { min: '7d' }, clearance },
        };
        step.log = { ...copy.defaults.log, to: 'scratch' };
      }),
  },
  {
    rule: 'visibility/log-tamper-separation',
    name: 'lets someone administer the log of what they do',
    mutants: (design) =>
      [
        ...new Set(humanWork(design).flatMap(({ step }) => (logsByDefault(step) ? listOf<string>(step.by) : []))),
      ].flatMap((person) =>
        mutant(design, person, (copy) => {
          const store = logStore(copy);
          if (!store) return false;
          store.admins = [person];
        }),
      ),
  },
  {
    rule: 'visibility/log-tamper-separation',
    name: 'lets the sponsor of an agent administer the log of what it does',
    mutants: (design) =>
      agentsAtWork(design).flatMap((agent) =>
        mutant(design, agent, (copy) => {
          const store = logStore(copy);
          if (!store) return false;
          store.admins = [copy.actors[agent].sponsor];
        }),
      ),
  },
  {
    rule: 'visibility/log-tamper-separation',
    name: 'lets a system write over the log of what it does',
    mutants: (design) =>
      mutant(design, 'log store', (copy) => {
        const store = logStore(copy);
        const writers = listOf<string>(store?.writers);
        const works = (id: string) =>
          stepsOf(copy).some(({ step }) => logsByDefault(step) && listOf(step.by).includes(id));
        return writers.some(works) && drop(store, 'append-only');
      }),
  },
  {
    rule: 'visibility/log-tamper-separation',
    name: 'grants a system to delete the log of what it does',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const works = stepsOf(copy).some(({ step }) => logsByDefault(step) && listOf(step.by).includes(id));
        if (actor.kind !== 'system' || !works || !logStore(copy)) return false;
        actor.grants = [...listOf(actor.grants), `${copy.defaults.log.to}.delete`];
      }),
  },
];
