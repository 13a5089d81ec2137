// How sensitive data is at each node: the classes and labels it has, by declaration and from what it is made of.
import type { Workflow } from '../language/model.ts';
import { type DataFields, dataClasses } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import type { Arrival } from './arrivals.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import { type Marks, marksOf, numbered, redactionOf } from './marks.ts';
import { everyLabel, type Labels } from './taint-rules.ts';

export type DataClass = keyof typeof dataClasses;

/** Lowest first. */
export const classOrder = Object.keys(dataClasses) as readonly DataClass[];

export interface Classes extends Marks {
  /** Bits that are declared of data. */
  declared(path: DataPath): Labels;
  /** Those of `bits` that an arrival takes over from `source`. */
  taken(arrival: Arrival, source: DataPath, bits: Labels): Labels;
  /** Names of the labels among `bits`. */
  labelsIn(bits: Labels): readonly string[];
}

/** Bits of the classes above `public`, one each. */
const classBits = 2 ** (classOrder.length - 1) - 1;
const firstLabel = classOrder.length - 1;

/** The highest class among `bits`. */
export function classIn(bits: Labels): DataClass {
  const level = 32 - Math.clz32(bits & classBits);
  return classOrder[level] ?? 'public';
}

/** Bits of all classes above `max`. */
export function above(max: DataClass): Labels {
  return classBits & ~(2 ** classOrder.indexOf(max) - 1);
}

/**
 * Classes and labels as a lattice of information flow (Denning, "A lattice model of secure information flow", CACM 1976):
 * what is written is at least as sensitive as what it is made of, unless the step redacts it. Where no write raises what
 * is declared, that is all there is, and nothing has to be followed.
 */
export function classesOf(analyses: Analyses): Classes {
  const { workflow } = analyses.graph;
  const labels = [...workflow.data.values()].flatMap(({ fields }) => (fields.labels ?? []).map(({ value }) => value));
  const numbers = numbered(labels, firstLabel);
  const bits = new Map([...workflow.data.values()].map(({ id, fields }) => [id, bitsOfData(fields, numbers)]));
  const declared = (path: DataPath) => bits.get(rootOf(path)) ?? 0;
  const keeps = (arrival: Arrival, source: DataPath) => kept(arrival, source, declared, numbers, workflow);
  const marks = marksOf(analyses, { declared, keeps, covered: (own) => own | (classBits & ~above(classIn(own))) });
  return {
    declared,
    taken: (arrival, source, of) => of & keeps(arrival, source),
    labelsIn: (of) => [...numbers].filter(([, number]) => (of & (2 ** number)) !== 0).map(([name]) => name),
    bitsOf: marks.bitsOf,
    pathTo(node, path, of, where) {
      const worst = (of & classBits) !== 0 ? 2 ** (classOrder.indexOf(classIn(of)) - 1) : of;
      return marks.pathTo(node, path, worst, where);
    },
  };
}

function bitsOfData(fields: DataFields, numbers: ReadonlyMap<string, number>): Labels {
  const level = classOrder.indexOf(fields.class?.value ?? 'public');
  const known = (fields.labels ?? []).flatMap(({ value }) => numbers.get(value) ?? []);
  return known.reduce((bits, number) => bits | (2 ** number), level > 0 ? 2 ** (level - 1) : 0);
}

/**
 * What a redaction lets through. Data that is redacted whole leaves nothing. Where a part, a label or anything else is
 * taken out, the author knows what is left: the class that is declared of the output is believed.
 */
function kept(
  arrival: Arrival,
  source: DataPath,
  declared: (path: DataPath) => Labels,
  numbers: ReadonlyMap<string, number>,
  workflow: Workflow,
): Labels {
  const { extent, names } = redactionOf(arrival, source, workflow);
  if (extent === 'none') return everyLabel;
  if (extent === 'all') return 0;
  const removed = names.flatMap((name) => numbers.get(name) ?? []).reduce((bits, number) => bits | (2 ** number), 0);
  const believed = classBits & ~above(classIn(declared(arrival.out)));
  return (believed | (everyLabel & ~classBits)) & ~removed;
}
