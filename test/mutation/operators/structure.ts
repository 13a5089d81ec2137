// Faults of structure: names that name nothing, steps nobody reaches, paths without an end, modes that are wrong.
import { drop, eachStep, isAiStep, kindOf, type Operator } from '../operator.ts';

export const structureOperators: readonly Operator[] = [
  {
    rule: 'structure/unresolved-reference',
    name: 'misspells the next step',
    // The step it led to may be reached by this edge alone.
    also: ['structure/unreachable-step', 'structure/no-path-to-end'],
    mutants: (design) =>
      eachStep(design, (step) => {
        if (typeof step.next !== 'string') return false;
        step.next = `${step.next}x`;
      }),
  },
  {
    rule: 'structure/unreachable-step',
    name: 'adds a step that nothing leads to',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (kindOf(step) !== 'task' || typeof step.next !== 'string' || !copy.steps[id]) return false;
        copy.steps[`${id}-twin`] = { route: 'Nobody comes here', next: step.next };
      }),
  },
  {
    rule: 'structure/participation-mode',
    name: 'drops the mode of a step with an AI',
    mutants: (design) => eachStep(design, (step) => drop(step, 'mode')),
  },
  {
    rule: 'structure/mode-actor-mismatch',
    name: 'calls the work of an AI augmented',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!isAiStep(step, copy) || step.mode !== 'ai-executed') return false;
        step.mode = 'ai-augmented';
      }),
  },
];
