// What the readers of one file share: problems, mentions, conditions and declarations met on the way.
import type { ConditionText, DeclarationKind, Reference } from './parts.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Shape } from './shape.ts';
import type { Range } from './source.ts';
import type { MapEntry, SyntaxNode } from './syntax.ts';

/** A declared id. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  /** Of the id. */
  readonly range: Range;
  /** Of the whole declaration. */
  readonly full: Range;
}

/** What reading a file gathers on the way. */
export interface Reading {
  readonly problems: Problem[];
  readonly references: Reference[];
  readonly conditions: ConditionText[];
  readonly declarations: Declaration[];
  /** Set while reading behind an alias: everything found there stands at the alias. */
  readonly at: Range | undefined;
  /** Nodes that may still be read behind aliases: bounds what a few lines of nested aliases can ask for. */
  readonly budget: { left: number };
  /** What entries said when they were read before. */
  readonly known: KnownEntries;
}

type Gathered = Pick<Reading, 'problems' | 'references' | 'conditions' | 'declarations'>;

/** What reading an entry as `shape` gave and gathered; an entry that has moved in the text is another one. */
export type KnownEntries = WeakMap<MapEntry, Gathered & { readonly shape: Shape; readonly value: unknown }>;

/** Reads an entry that stands for itself, or remembers what it said. */
export function readOnce(entry: MapEntry, shape: Shape, reading: Reading, readIt: () => unknown): unknown {
  // Behind an alias everything found stands at the alias.
  if (reading.at) return readIt();
  const known = reading.known.get(entry);
  if (known?.shape === shape) {
    for (const problem of known.problems) reading.problems.push(problem);
    for (const reference of known.references) reading.references.push(reference);
    for (const condition of known.conditions) reading.conditions.push(condition);
    for (const declaration of known.declarations) reading.declarations.push(declaration);
    return known.value;
  }
  const { problems, references, conditions, declarations } = reading;
  const before = [problems.length, references.length, conditions.length, declarations.length];
  const value = readIt();
  reading.known.set(entry, {
    shape,
    value,
    problems: problems.slice(before[0]),
    references: references.slice(before[1]),
    conditions: conditions.slice(before[2]),
    declarations: declarations.slice(before[3]),
  });
  return value;
}

/** How many nodes may be read behind aliases in one file. */
const aliasBudget = 20_000;

/** Nothing read yet, but what is known of an earlier version of the text. */
export function newReading(known: KnownEntries = new WeakMap()): Reading {
  return {
    problems: [],
    references: [],
    conditions: [],
    declarations: [],
    at: undefined,
    budget: { left: aliasBudget },
    known,
  };
}

/** Range to report for a node: its own, or that of the alias it is read through. */
export function rangeOf(node: SyntaxNode, reading: Reading): Range {
  return reading.at ?? node.range;
}

/** Adds a problem of severity error. */
export function report(
  reading: Reading,
  code: ProblemCode,
  range: Range,
  message: string,
  fixes?: Problem['fixes'],
): void {
  reading.problems.push({ code, severity: 'error', message, range, ...(fixes ? { fixes } : {}) });
}

/** True while more may be read behind aliases; the first time it may not, that is said at the alias. */
export function mayFollowAlias(reading: Reading, alias: Range): boolean {
  if (reading.budget.left > 0) return true;
  if (!reading.problems.some((problem) => problem.code === 'language/limit')) {
    const message = `Aliases stand for more than ${aliasBudget} values. The rest is not read.`;
    report(reading, 'language/limit', reading.at ?? alias, message);
  }
  return false;
}
