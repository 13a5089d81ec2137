// Does one condition imply another: conjunctions of comparisons with constants, by the order of numbers and equality.
import { type ASTNode, serialize } from '@marcbachmann/cel-js';

/** The parts of `a && b && …`; each of them holds where the whole holds. */
export function conjuncts(ast: ASTNode): readonly ASTNode[] {
  const parts: ASTNode[] = [];
  // A condition of thousands of parts is as deep as it is long.
  const open = [ast];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.op === '&&') open.push(...node.args.toReversed());
    else parts.push(node);
  }
  return parts;
}

/** True only where it is certain that whenever `given` holds, `wanted` holds too. */
export function implies(given: ASTNode, wanted: ASTNode): boolean {
  const facts = conjuncts(given);
  return conjuncts(wanted).every((part) => facts.some((fact) => impliesPart(fact, part)));
}

/** True only where it is certain that whenever `given` does not hold, `wanted` does. */
export function excludes(given: ASTNode, wanted: ASTNode): boolean {
  return conjuncts(wanted).every((part) => excludesPart(given, part));
}

function excludesPart(given: ASTNode, wanted: ASTNode): boolean {
  if (given.op === '||') return given.args.some((arm) => excludesPart(arm, wanted));
  if (given.op === '!_') return implies(given.args, wanted);
  const [a, b] = [comparison(given), comparison(wanted)];
  return a !== undefined && a.operator !== '==' && follows({ ...a, operator: opposite[a.operator] }, b);
}

const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

function impliesPart(fact: ASTNode, wanted: ASTNode): boolean {
  return serialize(fact) === serialize(wanted) || follows(comparison(fact), comparison(wanted));
}

/** `b` holds wherever `a` does. */
function follows(a: Comparison | undefined, b: Comparison | undefined): boolean {
  if (!a || !b || a.subject !== b.subject) return false;
  const { bound: x, operator: is } = a;
  const { bound: y } = b;
  switch (b.operator) {
    case '<=':
      return (is === '<=' || is === '<' || is === '==') && x <= y;
    case '<':
      return (is === '<' && x <= y) || ((is === '<=' || is === '==') && x < y);
    case '>=':
      return (is === '>=' || is === '>' || is === '==') && x >= y;
    case '>':
      return (is === '>' && x >= y) || ((is === '>=' || is === '==') && x > y);
    case '==':
      return is === '==' && x === y;
  }
}

interface Comparison {
  readonly subject: string;
  readonly operator: '<' | '<=' | '>' | '>=' | '==';
  readonly bound: number;
}

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' } as const;

/** `subject operator constant`, with the constant on either side. */
function comparison(ast: ASTNode): Comparison | undefined {
  const { op } = ast;
  if (op !== '<' && op !== '<=' && op !== '>' && op !== '>=' && op !== '==') return undefined;
  const [left, right] = ast.args as [ASTNode, ASTNode];
  const [leftNumber, rightNumber] = [constant(left), constant(right)];
  if (rightNumber !== undefined && leftNumber === undefined)
    return { subject: serialize(left), operator: op, bound: rightNumber };
  if (leftNumber !== undefined && rightNumber === undefined)
    return { subject: serialize(right), operator: mirrored[op], bound: leftNumber };
  return undefined;
}

function constant(ast: ASTNode): number | undefined {
  if (ast.op === '-_') {
    const value = constant(ast.args);
    return value === undefined ? undefined : -value;
  }
  return ast.op === 'value' && (typeof ast.args === 'number' || typeof ast.args === 'bigint')
    ? Number(ast.args)
    : undefined;
}

/** True only where it is certain that whenever `given` holds, `denied` does not. */
export function negates(given: ASTNode, denied: ASTNode): boolean {
  const parts = conjuncts(denied);
  return conjuncts(given).some((fact) => parts.some((part) => negatesPart(fact, part)));
}

function negatesPart(fact: ASTNode, denied: ASTNode): boolean {
  if (denied.op === '!_') return implies(fact, denied.args);
  if (fact.op === '!_') return implies(denied, fact.args);
  if (denied.op === '||') return denied.args.every((arm) => negates(fact, arm));
  if (fact.op === '==' && denied.op === '==') {
    const [[subject, value], [other, otherValue]] = [fact.args, denied.args];
    const constants = value?.op === 'value' && otherValue?.op === 'value';
    return constants && serialize(subject) === serialize(other) && serialize(value) !== serialize(otherValue);
  }
  const [a, b] = [comparison(fact), comparison(denied)];
  return b !== undefined && b.operator !== '==' && follows(a, { ...b, operator: opposite[b.operator] });
}
