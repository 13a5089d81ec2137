// Which data a condition needs to be there, and which data must have been there when it holds.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { DataPath } from './data-paths.ts';
import { conjuncts } from './implication.ts';

/**
 * Every path a condition names, as far as it is written out: `claim.amount` of `claim.amount > 3`. A path it asks for
 * with `has`, and what lies under it, may be missing and is left out, as are the names that macros bind.
 */
export function pathsIn(ast: ASTNode): readonly DataPath[] {
  const asked = new Set<DataPath>();
  const named = new Set<DataPath>();
  collect(ast, none, named, asked);
  if (asked.size === 0) return [...named];
  return [...named].filter((path) => ![...asked].some((known) => path === known || path.startsWith(`${known}.`)));
}

/** Paths without which the condition cannot hold: those of every part that has no second way to be true. */
export function pathsWhereTrue(ast: ASTNode): readonly DataPath[] {
  const found = new Set<DataPath>();
  for (const part of conjuncts(ast)) if (!hasChoice(part)) collect(part, none, found, found);
  return [...found];
}

/** Names that macros bind, where there is no macro. */
const none: ReadonlySet<string> = new Set();

/** Adds the paths of an expression in their order. However deep it nests, the call stack stays flat. */
function collect(ast: ASTNode, bound: ReadonlySet<string>, named: Set<DataPath>, asked: Set<DataPath>): void {
  const open = [ast];
  for (let next = open.pop(); next; next = open.pop()) {
    const path = pathOfNode(next, bound);
    if (path !== undefined) named.add(path);
    // A name that a macro binds, or a constant.
    else if (next.op === 'id' || next.op === 'value') continue;
    else if (next.op === 'call' && next.args[0] === 'has') {
      const tested = next.args[1][0] && pathOfNode(next.args[1][0], bound);
      if (tested !== undefined) asked.add(tested);
    } else if (next.op === 'rcall' && macros.has(next.args[0]) && next.args[2][0]?.op === 'id') {
      const [, receiver, [variable, ...rest]] = next.args;
      collect(receiver, bound, named, asked);
      const inner = new Set([...bound, variable.args]);
      for (const argument of rest) collect(argument, inner, named, asked);
    } else addChildren(next.args, open);
  }
}

/** Puts the parts of an expression on a stack, the first on top. */
function addChildren(value: unknown, open: ASTNode[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    if ('op' in value) open.push(value as ASTNode);
  } else for (let i = value.length - 1; i >= 0; i--) addChildren(value[i], open);
}

const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** `claim.amount` of an expression, or undefined where it is anything but a path from data. */
function pathOfNode(ast: ASTNode, bound: ReadonlySet<string>): DataPath | undefined {
  if (ast.op === 'id') return bound.has(ast.args) ? undefined : ast.args;
  if (ast.op !== '.') return undefined;
  const owner = pathOfNode(ast.args[0], bound);
  return owner && `${owner}.${ast.args[1]}`;
}

/** `a || b`, `a ? b : c` and `!…`: one side may hold, or the whole, without the data. */
function hasChoice(ast: ASTNode): boolean {
  const open = [ast];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.op === '||' || next.op === '?:' || next.op === '!_') return true;
    addChildren(next.args, open);
  }
  return false;
}
