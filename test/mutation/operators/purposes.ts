// Data that is used for what it is not there for, and data of special categories in decisions.
import {
  type Design,
  drop,
  eachEntry,
  eachStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { dataIn, readersOf } from './data-classes.ts';
import { addKept } from './work.ts';

export const purposeOperators: readonly Operator[] = [
  {
    rule: 'data/purpose-mismatch',
    name: 'works on data for another purpose',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const bound = dataIn(step.reads, step.reviews, step.covers).some((data) => copy.data?.[data]?.purpose);
        if (!step.purpose || !bound) return false;
        step.purpose = 'marketing';
      }),
  },
  {
    rule: 'data/purpose-mismatch',
    name: 'narrows what data is for',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        if (!data.purpose || !readersOf(id, copy).some(({ step }) => step.purpose)) return false;
        data.purpose = ['research'];
      }),
  },
  {
    rule: 'data/special-category-in-decision',
    name: 'drops the exception for data of special categories',
    mutants: (design) => eachEntry(design, 'data', (data) => drop(data, 'basis')),
  },
  {
    rule: 'data/special-category-in-decision',
    name: 'drops the safeguards of an exception',
    mutants: (design) => eachEntry(design, 'data', (data) => drop(data.basis, 'safeguards')),
  },
  {
    rule: 'data/special-category-in-decision',
    name: 'shows those who decide data of special categories',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (step.significance !== 'legal' && step.significance !== 'significant') return false;
        addKept(copy, 'diagnosis', { class: 'special-category' });
        step.reads = [...listOf(step.reads), 'diagnosis'];
      }),
  },
  {
    rule: 'data/special-category-in-decision',
    name: 'shows those who decide what is made of data of special categories',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const before = Object.values<Step>(copy.steps).find((other) => other.next === id && isByPeople(other, copy));
        if ((step.significance !== 'legal' && step.significance !== 'significant') || !before) return false;
        addKept(copy, 'diagnosis', { class: 'special-category' });
        copy.data.impression = { class: 'special-category', origin: ['human'], optional: true };
        before.reads = [...listOf(before.reads), 'diagnosis'];
        before.writes = { ...before.writes, impression: ['diagnosis'] };
        step.reviews = [...listOf(step.reviews), 'impression'];
      }),
  },
  {
    rule: 'data/special-category-in-decision',
    name: 'decides with data of special categories',
    mutants: (design) =>
      mutant(design, 'personal data', (copy) => {
        const all = Object.values<Design>(copy.data ?? {});
        if (!significantInputs(copy).some((data) => copy.data[data]?.class === 'personal')) return false;
        for (const data of all) if (data.class === 'personal') data.class = 'special-category';
        // Whoever may see the one may see the other, so that nothing else is wrong.
        for (const one of [...Object.values<Design>(copy.actors ?? {}), ...Object.values<Design>(copy.stores ?? {})])
          if (one.clearance?.max) one.clearance.max = 'special-category';
          else if (one.clearance) one.clearance = 'special-category';
      }),
  },
];

const isByPeople = (step: Step, design: Design) =>
  kindOf(step) === 'task' && listOf<string>(step.by).every((id) => design.actors?.[id]?.kind === 'human');

/** Data that goes into decisions that matter to someone. */
function significantInputs(design: Design): string[] {
  if (design.use) return [];
  const matters = ({ significance }: Design) => significance === 'legal' || significance === 'significant';
  return stepsOf(design).flatMap(({ step }) => [
    ...(matters(step) ? dataIn(step.reads, step.reviews, step.covers) : []),
    ...listOf<Design>(step.effects).flatMap((effect) => (matters(effect) ? dataIn(effect.uses) : [])),
  ]);
}
