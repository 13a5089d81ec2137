// What conditions compare with constants, each cut into cells: the points and gaps between all constants.
import { type ASTNode, serialize } from '@marcbachmann/cel-js';
import { fieldAt, freeNames } from '../language/conditions.ts';
import type { DataField } from '../language/parts.ts';
import type { Cells } from './boxes.ts';
import type { DataPath } from './data-paths.ts';

/** What the cells of a variable are. */
export type Kind = 'number' | 'text' | 'boolean';

export type Constant = number | string | boolean;

/** What is compared with constants: data, or something worked out from it, such as its size. */
export interface Variable {
  /** The path of the data; of anything else the expression. */
  readonly path: DataPath;
  /** Data it is made of. */
  readonly names: readonly DataPath[];
  readonly kind: Kind;
  /** Only whole numbers. */
  readonly whole: boolean;
  /** Every cell holds a value that the data can have; false where its schema is not known in full. */
  readonly exact: boolean;
  /** In order: numbers ascending, texts as they were found. */
  readonly constants: readonly Constant[];
  /** The cells the data can be in, as it is declared. */
  readonly domain: Cells;
}

/** Something compared with constants: it is one of them, or below one, at most there. */
export interface Atom extends Subject {
  readonly kind: Kind;
  readonly test: 'is' | 'below' | 'at-most';
  readonly constants: readonly Constant[];
  readonly negated: boolean;
}

/** The data, or what is worked out from it. */
interface Subject {
  readonly path: DataPath;
  readonly names: readonly DataPath[];
}

/** The comparison with constants that an expression is; undefined for any other. */
export function atomOf(ast: ASTNode): Atom | undefined {
  const path = dataPathOf(ast);
  if (path !== undefined)
    return { path, names: [path], kind: 'boolean', test: 'is', constants: [true], negated: false };
  if (ast.op === 'in') {
    const [left, right] = ast.args;
    const constants = right.op === 'list' ? right.args.map(constantOf) : [];
    return right.op === 'list' && constants.length > 0 ? equals(subjectOf(left), constants, false) : undefined;
  }
  if (!isComparison(ast.op)) return undefined;
  const [left, right] = ast.args as [ASTNode, ASTNode];
  const [leftConstant, rightConstant] = [constantOf(left), constantOf(right)];
  if (rightConstant !== undefined) return compared(subjectOf(left), ast.op, rightConstant);
  return leftConstant === undefined ? undefined : compared(subjectOf(right), mirrored[ast.op], leftConstant);
}

/** Undefined for a constant, and for what is itself true or false. */
function subjectOf(ast: ASTNode): Subject | undefined {
  const path = dataPathOf(ast);
  if (path !== undefined) return { path, names: [path] };
  const names = namesIn(ast);
  return names.length > 0 && !truths.has(ast.op) ? { path: serialize(ast), names } : undefined;
}

const truths: ReadonlySet<string> = new Set(['&&', '||', '!_', '?:', '<', '<=', '>', '>=', '==', '!=', 'in']);

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;

type Comparison = keyof typeof mirrored;

export function isComparison(op: string): op is Comparison {
  return Object.hasOwn(mirrored, op);
}

function compared(subject: Subject | undefined, op: Comparison, constant: Constant): Atom | undefined {
  if (op === '==' || op === '!=') return equals(subject, [constant], op === '!=');
  if (typeof constant !== 'number' || !subject) return undefined;
  const test = op === '<' || op === '>=' ? 'below' : 'at-most';
  const { path, names } = subject;
  return { path, names, kind: 'number', test, constants: [constant], negated: op === '>' || op === '>=' };
}

function equals(
  subject: Subject | undefined,
  values: readonly (Constant | undefined)[],
  negated: boolean,
): Atom | undefined {
  const constants = values.flatMap((value) => (value === undefined ? [] : [value]));
  const kinds = new Set(constants.map(kindOf));
  const [kind] = kinds;
  if (!subject || !kind || kinds.size > 1 || constants.length < values.length) return undefined;
  const { path, names } = subject;
  return { path, names, kind, test: 'is', constants, negated };
}

function kindOf(constant: Constant): Kind {
  return typeof constant === 'number' ? 'number' : typeof constant === 'string' ? 'text' : 'boolean';
}

/** `claim.amount` of an expression, or undefined where it is anything but a path. */
export function dataPathOf(ast: ASTNode): DataPath | undefined {
  if (ast.op === 'id') return ast.args;
  if (ast.op !== '.') return undefined;
  const owner = dataPathOf(ast.args[0]);
  return owner && `${owner}.${ast.args[1]}`;
}

/** Data an expression names, as exactly as it says. */
export function namesIn(ast: ASTNode): readonly DataPath[] {
  const path = dataPathOf(ast);
  if (path !== undefined) return [path];
  if (ast.op === 'rcall' || ast.op === 'call') return freeNames(ast).map(({ name }) => name);
  const found = new Set<DataPath>();
  addNames(ast.args, found);
  return [...found];
}

/** Those of every expression in the arguments of an operator. */
function addNames(value: unknown, found: Set<DataPath>): void {
  if (Array.isArray(value)) for (const part of value) addNames(part, found);
  else if (typeof value === 'object' && value !== null && 'op' in value)
    for (const name of namesIn(value as ASTNode)) found.add(name);
}

/** A literal; a number that a double cannot hold exactly is none. */
function constantOf(ast: ASTNode): Constant | undefined {
  if (ast.op === '-_') {
    const value = constantOf(ast.args);
    return typeof value === 'number' ? 0 - value : undefined;
  }
  if (ast.op !== 'value') return undefined;
  const value: unknown = ast.args;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && isPlain(number) ? number + 0 : undefined;
}

function isPlain(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** What a field says of the values of its data; undefined where they are none that can be compared. */
export interface Declared {
  readonly kind: Kind | undefined;
  readonly whole: boolean;
  readonly exact: boolean;
  readonly values: readonly string[] | undefined;
  /** Lower and upper bound, each with whether it belongs to the values. */
  readonly least: Bound | undefined;
  readonly most: Bound | undefined;
}

/** Of what is only worked out from data. */
export const undeclared: Declared = {
  kind: undefined,
  whole: false,
  exact: false,
  values: undefined,
  least: undefined,
  most: undefined,
};

interface Bound {
  readonly at: number;
  readonly open: boolean;
}

/** Undefined for a path that is no data, and for lists and objects. */
export function declaredAt(path: DataPath, variables: ReadonlyMap<string, DataField>): Declared | undefined {
  const [root = '', ...rest] = path.split('.');
  let field = variables.get(root);
  if (!field) return undefined;
  for (const [i, part] of rest.entries()) {
    // Below data without declared fields nothing is known.
    const open: boolean = field.type === 'any' || (field.type === 'object' && !field.fields);
    const next: DataField | undefined = open ? { name: field.name, type: 'any' } : fieldAt(field, part);
    if (!next || i > maxDepth) return undefined;
    field = next;
  }
  const { type, values, narrowed, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = field;
  const bounds = [minimum, maximum, exclusiveMinimum, exclusiveMaximum];
  const exact = !narrowed && type !== 'any' && bounds.every((bound) => bound === undefined || isPlain(bound));
  const base = { whole: type === 'integer', exact, values };
  const least = tightest(minimum, exclusiveMinimum, (a, b) => a > b);
  const most = tightest(maximum, exclusiveMaximum, (a, b) => a < b);
  const isDate = field.format === 'date' || field.format === 'date-time';
  switch (type) {
    case 'number':
    case 'integer':
      return { ...base, kind: 'number', least, most };
    case 'string':
      return { ...base, exact: exact && !isDate, kind: 'text', least: undefined, most: undefined };
    case 'boolean':
      return { ...base, kind: 'boolean', least: undefined, most: undefined };
    case 'any':
      return { ...base, kind: undefined, least, most };
    default:
      return undefined;
  }
}

const maxDepth = 20;

function tightest(
  closed: number | undefined,
  open: number | undefined,
  isTighter: (a: number, b: number) => boolean,
): Bound | undefined {
  const bounds = [
    ...(open === undefined ? [] : [{ at: open, open: true }]),
    ...(closed === undefined ? [] : [{ at: closed, open: false }]),
  ].filter(({ at }) => isPlain(at));
  return bounds.reduce<Bound | undefined>(
    (best, bound) => (best === undefined || isTighter(bound.at, best.at) ? bound : best),
    undefined,
  );
}
