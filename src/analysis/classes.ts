// How sensitive data is at each node: the classes and labels it has, by declaration and from what it is made of.
import type { Step, Workflow } from '../language/model.ts';
import { dataClasses } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import { type Arrival, arrivalsAt, canonical } from './arrivals.ts';
import { type DataPath, includes, pathOf, rootOf } from './data-paths.ts';
import type { FlowNode } from './flow-graph.ts';
import { taintOf } from './taint.ts';
import { everyLabel, type Labels } from './taint-rules.ts';
import type { TaintPath } from './taint-witness.ts';

export type DataClass = keyof typeof dataClasses;

/** Lowest first. */
export const classOrder = Object.keys(dataClasses) as readonly DataClass[];

export interface Classes {
  /** Bits of the classes and labels of `path`, on entry to `node` or with what it does there. */
  bitsOf(node: FlowNode, path: DataPath, where: 'at' | 'within'): Labels;
  /** Those that are declared of it. */
  declared(path: DataPath): Labels;
  /** Bits an arrival takes over from `source`, which has `bits`. */
  taken(arrival: Arrival, source: DataPath, bits: Labels): Labels;
  /** Names of the labels among `bits`. */
  labelsIn(bits: Labels): readonly string[];
  /** How the worst of `bits` comes to `path`; undefined where it is declared of it. */
  pathTo(node: FlowNode, path: DataPath, bits: Labels, where: 'at' | 'within'): TaintPath | undefined;
}

/** Bits of the classes above `public`, one each. */
const classBits = 2 ** (classOrder.length - 1) - 1;
const firstLabel = classOrder.length - 1;
const maxLabels = 31 - firstLabel;

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
  const { graph } = analyses;
  const { workflow } = graph;
  const numbers = labelNumbers(workflow);
  const declaredBits = new Map([...workflow.data.values()].map((data) => [data.id, bitsOfData(data.fields, numbers)]));
  const declared = (path: DataPath) => declaredBits.get(rootOf(path)) ?? 0;
  const keeps = (arrival: Arrival, source: DataPath) => kept(arrival, source, declared, numbers, workflow);
  const taken: Classes['taken'] = (arrival, source, bits) => bits & keeps(arrival, source);
  const raises = graph.nodes.some((node) =>
    arrivalsAt(node, workflow).some((arrival) =>
      arrival.from.some(
        (source) => (taken(arrival, source, declared(source)) & ~covering(declared(arrival.out))) !== 0,
      ),
    ),
  );
  const taint = raises
    ? taintOf(analyses, { initial: declared, brings: ({ out }) => declared(out), keeps })
    : undefined;
  return {
    declared,
    taken,
    bitsOf(node, path, where) {
      const named = canonical(path, node.step, workflow);
      return declared(named) | (where === 'at' ? (taint?.at(node, path) ?? 0) : (taint?.within(node, path) ?? 0));
    },
    labelsIn: (bits) => [...numbers].filter(([, number]) => (bits & (2 ** number)) !== 0).map(([name]) => name),
    pathTo(node, path, bits, where) {
      const own = declared(canonical(path, node.step, workflow));
      const worst = (bits & classBits) !== 0 ? 2 ** (classOrder.indexOf(classIn(bits)) - 1) : bits;
      return (own & worst) !== 0 ? undefined : taint?.pathTo(node, path, worst, where);
    },
  };
}

/** A class covers those below it. */
function covering(bits: Labels): Labels {
  return bits | (classBits & ~above(classIn(bits)));
}

/** Labels by number; those beyond the bits of an integer are not followed. */
function labelNumbers({ data }: Workflow): ReadonlyMap<string, number> {
  const names = [...data.values()].flatMap(({ fields }) => (fields.labels ?? []).map(({ value }) => value));
  return new Map([...new Set(names)].slice(0, maxLabels).map((name, i) => [name, firstLabel + i]));
}

function bitsOfData(
  fields: { readonly class?: { readonly value: DataClass }; readonly labels?: readonly { readonly value: string }[] },
  numbers: ReadonlyMap<string, number>,
): Labels {
  const level = classOrder.indexOf(fields.class?.value ?? 'public');
  const labels = (fields.labels ?? []).reduce((bits, { value }) => {
    const number = numbers.get(value);
    return number === undefined ? bits : bits | (2 ** number);
  }, 0);
  return (level > 0 ? 2 ** (level - 1) : 0) | labels;
}

/**
 * What a redaction lets through. Data that is redacted whole leaves nothing. Where a part, a label or anything else is
 * taken out, the author knows what is left: the class that is declared of the output is believed.
 */
function kept(
  { node, out }: Arrival,
  source: DataPath,
  declared: (path: DataPath) => Labels,
  numbers: ReadonlyMap<string, number>,
  workflow: Workflow,
): Labels {
  const redacted = redactedBy(node.step, workflow);
  if (redacted.length === 0) return everyLabel;
  if (redacted.some(({ path, isData }) => isData && includes(path, source))) return 0;
  const concerned = redacted.filter(({ path, isData }) => !isData || includes(source, path));
  if (concerned.length === 0) return everyLabel;
  const labels = concerned
    .flatMap(({ path }) => numbers.get(path) ?? [])
    .reduce((bits, number) => bits | (2 ** number), 0);
  const believed = classBits & ~above(classIn(declared(out)));
  return (believed | (everyLabel & ~classBits)) & ~labels;
}

function redactedBy(step: Step | undefined, workflow: Workflow): readonly { path: DataPath; isData: boolean }[] {
  return (step?.fields.redacts ?? []).map((reference) => {
    const path = canonical(pathOf(reference), step, workflow);
    return { path, isData: workflow.data.has(rootOf(path)) };
  });
}
