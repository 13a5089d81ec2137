// What the readers of one file share: problems, mentions, conditions and declarations met on the way.
import type { ConditionText, DeclarationKind, Reference } from './parts.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Range } from './source.ts';
import type { SyntaxNode } from './syntax.ts';

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
}

/** How many nodes may be read behind aliases in one file. */
const aliasBudget = 20_000;

/** Nothing read yet. */
export function newReading(): Reading {
  return {
    problems: [],
    references: [],
    conditions: [],
    declarations: [],
    at: undefined,
    budget: { left: aliasBudget },
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
