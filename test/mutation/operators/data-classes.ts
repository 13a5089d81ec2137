// Classes of data in designs, and who looks at it.
import { type Design, listOf, stepsOf } from '../operator.ts';

/** Lowest first. */
export const classes: readonly string[] = ['public', 'internal', 'confidential', 'personal', 'special-category'];

/** 0 for what is public or has no class. */
export function rank(name: string | undefined): number {
  return Math.max(0, classes.indexOf(name ?? ''));
}

/** Ids of the data that lists of `DATA` or `DATA.field` name, each once. */
export function dataIn(...lists: readonly unknown[]): string[] {
  const names = lists.flatMap((list) => listOf(list as string | string[] | undefined));
  return [...new Set(names.map((name) => String(name).split('.')[0] ?? ''))];
}

/** Steps that look at the data. */
export const readersOf = (data: string, design: Design) =>
  stepsOf(design).filter(({ step }) => dataIn(step.reads, step.reviews, step.covers).includes(data));
