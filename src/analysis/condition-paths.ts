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

function collect(ast: ASTNode, bound: ReadonlySet<string>, named: Set<DataPath>, asked: Set<DataPath>): void {
  const path = pathOfNode(ast, bound);
  if (path !== undefined) {
    named.add(path);
    return;
  }
  // A name that a macro binds, or a constant.
  if (ast.op === 'id' || ast.op === 'value') return;
  if (ast.op === 'call' && ast.args[0] === 'has') {
    const tested = ast.args[1][0] && pathOfNode(ast.args[1][0], bound);
    if (tested !== undefined) asked.add(tested);
    return;
  }
  if (ast.op === 'rcall') {
    const [macro, receiver, args] = ast.args;
    const variable = macros.has(macro) && args[0]?.op === 'id' ? args[0].args : undefined;
    collect(receiver, bound, named, asked);
    const inner = variable === undefined ? bound : new Set([...bound, variable]);
    for (const argument of variable === undefined ? args : args.slice(1)) collect(argument, inner, named, asked);
    return;
  }
  someChild(ast.args, (child) => {
    collect(child, bound, named, asked);
    return false;
  });
}

/** Goes through the parts of an expression until `isIt` says yes of one; true where it does. */
function someChild(value: unknown, isIt: (child: ASTNode) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) return 'op' in value && isIt(value as ASTNode);
  for (let i = 0; i < value.length; i++) if (someChild(value[i], isIt)) return true;
  return false;
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
  return ast.op === '||' || ast.op === '?:' || ast.op === '!_' || someChild(ast.args, hasChoice);
}
