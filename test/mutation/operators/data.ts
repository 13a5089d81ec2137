// Faults of data: classes that are missing or too low, purposes, special categories, inputs, retention, feedback loops.
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
  type Step,
  stepsOf,
} from '../operator.ts';
import { clearanceOperators } from './clearance.ts';
import { classes, dataIn, rank, readersOf } from './data-classes.ts';
import { purposeOperators } from './purposes.ts';
import { isHigh } from './visibility-logs.ts';
import { addKept, aiWork, derivations, logStore, stepIn } from './work.ts';

/** Steps of which it says that they write the data. */
const writersOf = (data: string, design: Design) =>
  stepsOf(design).filter(({ step }) => derivations(step).some(([out]) => out === data));

const classification: readonly Operator[] = [
  {
    rule: 'data/classification-declared',
    name: 'forgets the class of data',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        const [writers, readers] = [writersOf(id, copy), readersOf(id, copy)];
        return readers.some(({ id: at }) => !writers.some((writer) => writer.id === at)) && drop(data, 'class');
      }),
  },
  {
    rule: 'data/classification-declared',
    name: 'gives data a lower class than what it is made of',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        const makers = writersOf(id, copy).filter(({ step }) => !step.redacts);
        const inputs = makers.flatMap(({ step }) =>
          derivations(step).flatMap(([out, from]) => (out === id ? from : [])),
        );
        const highest = Math.max(
          0,
          ...dataIn(inputs).map((input) => (input === id ? 0 : rank(copy.data[input]?.class))),
        );
        if (highest === 0 || rank(data.class) < highest) return false;
        data.class = classes[highest - 1];
      }),
  },
  {
    rule: 'data/classification-declared',
    name: 'no longer redacts what it makes harmless data of',
    // What is not redacted goes on to whom it was redacted for.
    also: ['data/clearance'],
    mutants: (design) => eachStep(design, (step) => drop(step, 'redacts')),
  },
];

/** Tasks of an AI that say what each output is made of. */
const derives = (step: Step, design: Design) =>
  isAiStep(step, design) && kindOf(step) === 'task' && derivations(step).length > 0 && step.reads !== undefined;

/** Where nobody approves what the AI makes of it, what is not checked goes on into what cannot be taken back. */
const byWayOfAi = ['agent/untrusted-to-irreversible'];

const inputs: readonly Operator[] = [
  {
    rule: 'data/unused-input',
    name: 'gives an AI data that it makes nothing of',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!derives(step, copy)) return false;
        addKept(copy, 'beside', { class: 'public' });
        step.reads = [...listOf(step.reads), 'beside'];
      }),
  },
  {
    rule: 'data/unused-input',
    name: 'no longer makes anything of an input',
    mutants: (design) =>
      aiWork(design).flatMap(({ id, step }) =>
        (derives(step, design) ? dataIn(step.reads) : []).flatMap((input) =>
          mutant(design, `${id}, ${input}`, (copy) => {
            const rest = derivations(step).map(([out, from]) => [out, from.filter((one) => one !== input)] as const);
            const other = JSON.stringify({ ...step, reads: undefined, writes: rest });
            if (rest.some(([, from]) => from.length === 0) || new RegExp(`\\b${input}\\b`).test(other)) return false;
            stepIn(copy, id).writes = Object.fromEntries(rest);
          }),
        ),
      ),
  },
  {
    rule: 'data/input-quality-gate',
    name: 'no longer checks what comes from outside',
    also: byWayOfAi,
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => isHigh(copy) && gates(step, copy) && drop(step, 'validates')),
  },
  {
    rule: 'data/input-quality-gate',
    name: 'checks only a part of what comes from outside',
    also: byWayOfAi,
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const [first] = dataIn(step.validates);
        const [field] = Object.keys(copy.data?.[first ?? '']?.fields ?? {});
        if (!isHigh(copy) || !gates(step, copy) || !field) return false;
        step.validates = [`${first}.${field}`];
      }),
  },
  {
    rule: 'data/input-quality-gate',
    name: 'goes on with the AI when the check fails',
    // The check also stands before what the case ends with.
    also: ['flow/fallback-drops-control', ...byWayOfAi],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!isHigh(copy) || !gates(step, copy) || !step.on?.error) return false;
        step.on.error = step.next;
      }),
  },
];

/** The step checks, for the AI that comes next, what nobody has checked before. */
function gates(step: Step, design: Design): boolean {
  const next = typeof step.next === 'string' ? stepIn(design, step.next) : {};
  return isAiStep(next, design) && dataIn(step.validates).some((data) => dataIn(next.reads).includes(data));
}

const retention: readonly Operator[] = [
  {
    rule: 'data/retention-conflict',
    name: 'keeps data longer than it may',
    mutants: (design) =>
      eachEntry(design, 'data', (data) => {
        data.retain = { min: '5y', max: '1y' };
      }),
  },
  {
    rule: 'data/retention-conflict',
    name: 'copies data into a log that outlives it',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        const store = logStore(copy);
        const max = store?.clearance?.max ?? store?.clearance;
        const given = Object.values<Design>(copy.events ?? {}).some(({ gives }) => dataIn(gives).includes(id));
        if (!store?.retain?.min || (!given && writersOf(id, copy).length === 0)) return false;
        if (max && rank(data.class) > rank(max)) return false;
        data.retain = '30d';
        copy.defaults.log.fields.push(id);
      }),
  },
  {
    rule: 'data/retention-conflict',
    name: 'keeps a store longer than it may be kept',
    mutants: (design) =>
      eachEntry(design, 'stores', (store) => {
        store.retain = { min: '12y', max: '8y' };
      }),
  },
  {
    rule: 'data/retention-conflict',
    name: 'keeps data in a store that outlives it',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        if (data.store || data.labels || stepsOf(copy).some(({ step }) => step['for-each'])) return false;
        copy.stores = { ...copy.stores, cabinet: { kind: 'record', retain: { min: '10y' } } };
        data.retain = '1y';
        data.store = 'cabinet';
        return readersOf(id, copy).length > 0;
      }),
  },
];

const loops: readonly Operator[] = [
  {
    rule: 'data/feedback-loop',
    name: 'lets an AI remember what it made, unseen',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!derives(step, copy)) return false;
        const highest = Math.max(...dataIn(step.reads).map((data) => rank(copy.data[data]?.class)));
        copy.stores = { ...copy.stores, notebook: { kind: 'memory', clearance: 'special-category' } };
        copy.data.memo = {
          class: classes[highest],
          store: 'notebook',
          origin: ['ai'],
          purpose: step.purpose && [step.purpose],
        };
        step.writes = Object.fromEntries(derivations(step).map(([out, from]) => [out, [...from, 'memo']]));
        step.writes.memo = dataIn(step.reads);
        step.reads = [...listOf(step.reads), 'memo'];
      }),
  },
  {
    rule: 'data/feedback-loop',
    name: 'remembers what nobody has looked at',
    mutants: (design) =>
      mutant(design, 'look-at-lesson', (copy) => {
        const look = stepIn(copy, 'look-at-lesson');
        if (!look.reviews) return false;
        look.reviews = ['report'];
        look.accepts.payload = ['report'];
      }),
  },
  {
    rule: 'data/feedback-loop',
    name: 'remembers what nobody has looked at in time',
    mutants: (design) =>
      mutant(design, 'look-at-lesson', (copy) => {
        const look = stepIn(copy, 'look-at-lesson');
        if (!look.on) return false;
        look.on.timeout = 'remember';
      }),
  },
];

export const dataOperators: readonly Operator[] = [
  ...classification,
  ...clearanceOperators,
  ...purposeOperators,
  ...inputs,
  ...retention,
  ...loops,
];
