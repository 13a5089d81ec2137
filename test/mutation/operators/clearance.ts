// Data that comes to someone or something that is not cleared for it.
import { type Design, drop, eachEntry, listOf, type Operator, stepsOf } from '../operator.ts';
import { classes, dataIn, rank } from './data-classes.ts';
import { logStore } from './work.ts';

/** Highest class of what an actor reads, and of what it is sent. */
function highestFor(actor: string, design: Design): number {
  const read = stepsOf(design).flatMap(({ step }) =>
    listOf(step.by).includes(actor) ? dataIn(step.reads, step.reviews, step.covers) : [],
  );
  const sent = stepsOf(design).flatMap(({ step }) =>
    listOf<Design>(step.effects).flatMap(({ kind, to, uses }) =>
      kind === 'message' && to === actor ? dataIn(uses) : [],
    ),
  );
  return Math.max(0, ...[...read, ...sent].map((data) => rank(design.data?.[data]?.class)));
}

/** The clearance in its long form. */
const longForm = (clearance: string | Design | undefined): Design =>
  typeof clearance === 'string' ? { max: clearance } : { ...clearance };

export const clearanceOperators: readonly Operator[] = [
  {
    rule: 'data/clearance',
    name: 'clears someone for less than what comes to them',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const highest = highestFor(id, copy);
        if (highest === 0) return false;
        actor.clearance = { ...longForm(actor.clearance), max: classes[highest - 1] };
      }),
  },
  {
    rule: 'data/clearance',
    name: 'drops a clearance',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => highestFor(id, copy) > 0 && drop(actor, 'clearance')),
  },
  {
    rule: 'data/clearance',
    name: 'runs a model in another region',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        if (!actor.clearance?.regions || highestFor(id, copy) === 0) return false;
        for (const model of listOf<Design>(actor.model)) model.region = 'elsewhere';
      }),
  },
  {
    rule: 'data/clearance',
    name: 'lets the provider train on what it is sent',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        if (!actor.model || highestFor(id, copy) === 0) return false;
        for (const model of listOf<Design>(actor.model)) model['trains-on-input'] = true;
      }),
  },
  {
    rule: 'data/clearance',
    name: 'clears nobody for a label',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const labelled = Object.values<Design>(copy.data ?? {}).some(({ labels }) => listOf(labels).includes('health'));
        if (!labelled || !actor.clearance || highestFor(id, copy) === 0) return false;
        actor.clearance = { ...longForm(actor.clearance), labels: ['address'] };
      }),
  },
  {
    rule: 'data/clearance',
    name: 'copies data into a log that is not cleared for it',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        const store = logStore(copy);
        const isSeen = stepsOf(copy).some(({ step }) => listOf(step.by).length > 0 && dataIn(step.reads).includes(id));
        if (!store || rank(data.class) === 0 || !isSeen) return false;
        store.clearance = classes[rank(data.class) - 1];
        // It need not be deleted before the log is.
        delete data.retain;
        copy.defaults.log.fields.push(id);
      }),
  },
  {
    rule: 'data/clearance',
    name: 'puts data into a store that is not cleared for it',
    mutants: (design) => eachEntry(design, 'stores', (store, id, copy) => lowerStore(store, id, copy, 'class')),
  },
  {
    rule: 'data/clearance',
    name: 'keeps data in another region',
    mutants: (design) => eachEntry(design, 'stores', (store, id, copy) => lowerStore(store, id, copy, 'region')),
  },
];

function lowerStore(store: Design, id: string, design: Design, what: 'class' | 'region'): boolean {
  const kept = stepsOf(design).flatMap(({ step }) =>
    listOf<Design>(step.effects).flatMap(({ to, uses }) => (to === id ? dataIn(uses) : [])),
  );
  const highest = Math.max(0, ...kept.map((data) => rank(design.data?.[data]?.class)));
  if (highest === 0) return false;
  if (what === 'class') store.clearance = { ...longForm(store.clearance), max: classes[highest - 1] };
  else Object.assign(store, { clearance: { ...longForm(store.clearance), regions: ['eu'] }, region: 'elsewhere' });
  return true;
}
