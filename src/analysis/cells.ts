// Cuts each variable into cells at all constants it is compared with, and says which cells a comparison allows.
import type { DataField } from '../language/parts.ts';
import type { Cells } from './boxes.ts';
import type { DataPath } from './data-paths.ts';
import {
  type Atom,
  type Constant,
  type Declared,
  declaredAt,
  type Kind,
  undeclared,
  type Variable,
} from './variables.ts';

/** Two paths that are compared with each other: they are cut alike, so that what holds of one is said of the other. */
export type Link = readonly [DataPath, DataPath];

/** The variables that `atoms` speak of. What cannot be compared with constants, or is in two ways, is none. */
export function cutVariables(
  atoms: readonly Atom[],
  links: readonly Link[],
  fields: ReadonlyMap<string, DataField>,
): readonly Variable[] {
  const found = new Map<DataPath, Found>();
  const find = (path: DataPath, names: readonly DataPath[]) => {
    const known = found.get(path);
    if (known) return known;
    const declared = names.includes(path) ? declaredAt(path, fields) : undeclared;
    if (!declared) return undefined;
    const next: Found = { path, names, declared, kinds: new Set(), constants: new Set(declaredConstants(declared)) };
    found.set(path, next);
    return next;
  };
  for (const { path, names, kind, constants } of atoms) {
    const entry = find(path, names);
    entry?.kinds.add(kind);
    if (entry && (entry.declared.kind ?? kind) === kind)
      for (const constant of constants) entry.constants.add(constant);
  }
  for (const path of links.flat()) find(path, [path]);
  share([...found.values()], links, found);
  return [...found.values()].flatMap((entry) => {
    const kind = entry.declared.kind ?? (entry.kinds.size === 1 ? [...entry.kinds][0] : undefined);
    return kind ? [variableOf(entry, kind)] : [];
  });
}

interface Found {
  readonly path: DataPath;
  readonly names: readonly DataPath[];
  readonly declared: Declared;
  readonly kinds: Set<Kind>;
  readonly constants: Set<Constant>;
}

function declaredConstants({ least, most, values }: Declared): readonly Constant[] {
  return [...(values ?? []), ...(least ? [least.at] : []), ...(most ? [most.at] : [])];
}

/** Linked variables get the constants of each other, until nothing is new; a few rounds, since chains are short. */
function share(all: readonly Found[], links: readonly Link[], found: ReadonlyMap<DataPath, Found>): void {
  for (let round = 0, changed = links.length > 0; changed && round < all.length; round++) {
    changed = false;
    for (const [one, other] of links) {
      const [a, b] = [found.get(one), found.get(other)];
      if (!a || !b || a.declared.kind !== b.declared.kind) continue;
      const size = a.constants.size + b.constants.size;
      for (const constant of a.constants) b.constants.add(constant);
      for (const constant of b.constants) a.constants.add(constant);
      changed ||= a.constants.size + b.constants.size > size;
    }
  }
}

function variableOf({ path, names, declared, constants: all }: Found, kind: Kind): Variable {
  const type = { number: 'number', text: 'string', boolean: 'boolean' }[kind];
  const constants = [...all].filter((constant) => typeof constant === type);
  // In an order that does not depend on who spoke first, so that linked variables agree.
  if (kind === 'number') constants.sort((a, b) => Number(a) - Number(b));
  else constants.sort();
  if (kind === 'boolean') constants.splice(0, constants.length, false, true);
  const variable = { path, names, kind, whole: declared.whole, exact: declared.exact, constants, domain: 0n };
  return { ...variable, domain: domainOf(variable, declared) };
}

function domainOf(variable: Variable, { values, least, most }: Declared): Cells {
  const { kind, constants, whole } = variable;
  const all = (1n << BigInt(cellCount(variable))) - 1n;
  if (kind === 'text') return values ? pointsAt(variable, values) : all;
  if (kind !== 'number') return all;
  const above = least ? all & ~upTo(variable, least.at, least.open) : all;
  const within = most ? above & upTo(variable, most.at, !most.open) : above;
  if (!whole) return within;
  return constants.reduce<Cells>((cells, _, i) => {
    const empty = [...(Number.isInteger(constants[i]) ? [] : [2 * i + 1]), ...(hasWhole(constants, i) ? [] : [2 * i])];
    return empty.reduce((rest, cell) => rest & ~(1n << BigInt(cell)), cells);
  }, within);
}

/** There is a whole number between the constants `i - 1` and `i`. */
function hasWhole(constants: readonly Constant[], i: number): boolean {
  return i === 0 || Math.floor(Number(constants[i - 1])) + 1 < Number(constants[i]);
}

function cellCount({ kind, constants }: Variable): number {
  return kind === 'number' ? 2 * constants.length + 1 : constants.length + (kind === 'text' ? 1 : 0);
}

/** Cells below a constant of a number, the constant itself `included` or not. */
function upTo({ constants }: Variable, constant: number, included: boolean): Cells {
  const i = constants.indexOf(constant);
  return (1n << BigInt(2 * i + (included ? 2 : 1))) - 1n;
}

function pointsAt({ kind, constants }: Variable, wanted: readonly Constant[]): Cells {
  return wanted.reduce<Cells>((cells, constant) => {
    const i = constants.indexOf(constant);
    return i < 0 ? cells : cells | (1n << BigInt(kind === 'number' ? 2 * i + 1 : i));
  }, 0n);
}

/** Cells of the variable in which `atom` holds. */
export function cellsWhere(variable: Variable, { test, constants, negated }: Atom): Cells {
  const [first] = constants;
  const cells =
    test === 'is' || typeof first !== 'number'
      ? pointsAt(variable, constants)
      : upTo(variable, first, test === 'at-most');
  return (negated ? ~cells : cells) & variable.domain;
}

/** The first of `cells` that hang together, as words behind the name: `is above 5000`, `is 'old'`. */
export function wordsFor(variable: Variable, cells: Cells): string {
  const { kind, constants, whole } = variable;
  const has = (cell: number) => (cells & (1n << BigInt(cell))) !== 0n;
  let first = 0;
  while (!has(first) && first < cellCount(variable)) first++;
  if (kind === 'text') return first < constants.length ? `is '${constants[first]}'` : 'is any other text';
  if (kind === 'boolean') return `is ${constants[first]}`;
  let last = first;
  while (last + 1 < cellCount(variable) && (has(last + 1) || isEmpty(variable, last + 1))) last++;
  while (!has(last)) last--;
  const low = first === 0 ? undefined : Number(constants[(first - 1) >> 1]);
  const high = last === 2 * constants.length ? undefined : Number(constants[last >> 1]);
  const [lowIn, highIn] = [first % 2 === 1, last % 2 === 1];
  if (low !== undefined && high !== undefined) {
    if (low === high) return `is ${low}`;
    if (whole) {
      const [from, to] = [lowIn ? low : Math.floor(low) + 1, highIn ? high : Math.ceil(high) - 1];
      return from === to ? `is ${from}` : `is from ${from} to ${to}`;
    }
    if (lowIn && highIn) return `is from ${low} to ${high}`;
    return `is ${lowIn ? `${low} or more` : `above ${low}`} and ${highIn ? `${high} or less` : `below ${high}`}`;
  }
  if (low !== undefined) return lowIn ? `is ${low} or more` : `is above ${low}`;
  if (high !== undefined) return highIn ? `is ${high} or less` : `is below ${high}`;
  return 'is any number';
}

/** A cell between others that no value of the variable can be in. */
function isEmpty({ domain }: Variable, cell: number): boolean {
  return (domain & (1n << BigInt(cell))) === 0n;
}
