// Conditions as regions of data: what is compared with constants exactly, everything else as a yes or no of its own.
import { type ASTNode, Environment, serialize } from '@marcbachmann/cel-js';
import { freeNames, variablesOf } from '../language/conditions.ts';
import type { ConditionText } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import {
  type Box,
  type Cells,
  cellsOf,
  entriesOf,
  everything,
  nothing,
  type Region,
  type Space,
  spaceOf,
  withCells,
} from './boxes.ts';
import { cellsWhere, cutVariables, type Link, wordsFor } from './cells.ts';
import { type DataPath, overlap, pathOf, rootOf } from './data-paths.ts';
import { type Atom, atomOf, dataPathOf, isComparison, namesIn, type Variable } from './variables.ts';

/** One thing conditions ask for: a variable, or a part of a condition that is only known to be true or false. */
export interface Term {
  readonly variable: Variable | undefined;
  /** Data it is about; undefined where that is not known. */
  readonly paths: readonly DataPath[] | undefined;
  /** The two variables that are equal where it is true. */
  readonly equal: readonly [number, number] | undefined;
}

/** Where a condition holds and where it does not. */
export interface Formula {
  readonly holds: Region;
  readonly fails: Region;
  /** Every part of it is a comparison with constants. */
  readonly plain: boolean;
  /** Data it names; undefined where it cannot be read. */
  readonly paths: readonly DataPath[] | undefined;
}

/** The conditions of a workflow, over one space. */
export interface Guards {
  readonly space: Space;
  /** By the numbers of the boxes. */
  readonly terms: readonly Term[];
  formula(condition: ConditionText): Formula;
  /** Where a gate lets work pass, and where it does not. */
  gate(path: DataPath, atLeast: number): Formula;
  /** Terms that a write to `paths` makes unknown. */
  touchedBy(paths: readonly DataPath[]): ReadonlySet<number>;
  /** `region` with the parts that are only true or false set free: no less than what can be. */
  loosely(region: Region): Region;
  /** `region`, and something more that is not known. */
  doubtful(region: Region): Region;
  /** Adds what equalities that hold say of the other side. */
  equated(region: Region): Region;
}

/** Bits of a term that is true or false. */
const [no, yes]: readonly [Cells, Cells] = [1n, 2n];

export function guardsOf(analyses: Analyses): Guards {
  const { workflow } = analyses.graph;
  const fields = variablesOf(workflow);
  const asts = new Map<ConditionText, ASTNode | undefined>();
  const astOf = (condition: ConditionText) => {
    if (!asts.has(condition)) asts.set(condition, readAst(condition, analyses));
    return asts.get(condition);
  };
  const gates = [...workflow.steps.values()].flatMap(({ fields: { gate } }) =>
    gate?.on && gate.atLeast ? [gateAtom(pathOf(gate.on), gate.atLeast.value)] : [],
  );
  const parts = conditionsOf(analyses).flatMap((condition) => partsOf(astOf(condition)));
  const atomByPart = new Map(parts.map((part) => [part, atomOf(part)]));
  const atoms = [...atomByPart.values()].filter((atom) => atom !== undefined);
  const variables = cutVariables([...atoms, ...gates], parts.flatMap(linkOf), fields);
  const terms: Term[] = variables.map((variable) => ({ variable, paths: variable.names, equal: undefined }));
  const byPath = new Map(variables.map((variable, i) => [variable.path, i]));
  const domains: Cells[] = variables.map(({ domain }) => domain);
  const space = spaceOf(domains);
  const opaque = new Map<string, number>();
  let knowsEqual = false;
  const formulas = new Map<ConditionText, Formula>();

  function termFor(text: string, paths: Term['paths'], equal?: Term['equal']): number {
    const known = opaque.get(text);
    if (known !== undefined) return known;
    terms.push({ variable: undefined, paths, equal });
    domains.push(yes | no);
    opaque.set(text, terms.length - 1);
    knowsEqual ||= equal !== undefined;
    return terms.length - 1;
  }

  function yesOrNo(term: number): Sides {
    return { holds: space.slab(term, yes), fails: space.slab(term, no) };
  }

  function formula(condition: ConditionText): Formula {
    const known = formulas.get(condition);
    if (known) return known;
    const ast = astOf(condition);
    const paths = ast && namesIn(ast);
    const sides = ast ? compile(ast) : yesOrNo(termFor(' unreadable', undefined));
    // Too many boxes: the whole condition is one part that is true or false.
    const settled = sides ?? yesOrNo(termFor(`whole ${condition.text}`, paths));
    const isPlain = settled.holds.every(isOfVariables) && settled.fails.every(isOfVariables);
    const { holds, fails } = settled;
    const result = { holds, fails, plain: isPlain, paths };
    formulas.set(condition, result);
    return result;
  }

  function isOfVariables(box: Box): boolean {
    return box.variables.every((term) => terms[term]?.variable);
  }

  function compile(ast: ASTNode): Sides | undefined {
    if (ast.op === '!_') return flipped(compile(ast.args));
    if (ast.op === '&&') return both(ast.args.map(compile));
    if (ast.op === '||') return flipped(both(ast.args.map((arm) => flipped(compile(arm)))));
    if (ast.op === '?:') {
      const [test, one, other] = ast.args.map(compile);
      const arms = [both([test, flipped(one)]), both([flipped(test), flipped(other)])];
      return both(arms.map(flipped));
    }
    if (ast.op === 'value' && typeof ast.args === 'boolean') return constantly(ast.args);
    const atom = atomByPart.has(ast) ? atomByPart.get(ast) : atomOf(ast);
    const term = atom && byPath.get(atom.path);
    const variable = term === undefined ? undefined : variables[term];
    const isCut = atom?.constants.every((constant) => variable?.constants.includes(constant));
    if (atom && term !== undefined && variable?.kind === atom.kind && isCut) return sidesOf(term, variable, atom);
    return compileOpaque(ast);
  }

  function sidesOf(term: number, variable: Variable, atom: Atom): Sides {
    const cells = cellsWhere(variable, atom);
    return { holds: space.slab(term, cells), fails: space.slab(term, variable.domain & ~cells) };
  }

  /** `a >= b` is `!(a < b)`, and `a > b` is `b < a`, so that branches that complete each other are seen to. */
  function compileOpaque(ast: ASTNode): Sides {
    if (!isComparison(ast.op)) return yesOrNo(termFor(serialize(ast), namesIn(ast)));
    const [left, right] = (ast.args as [ASTNode, ASTNode]).map(serialize) as [string, string];
    const turned = ast.op === '>' || ast.op === '<=';
    const isEqual = ast.op === '==' || ast.op === '!=';
    const [a, b] = turned || (isEqual && right < left) ? [right, left] : [left, right];
    const term = termFor(`${a} ${isEqual ? '==' : '<'} ${b}`, namesIn(ast), isEqual ? equalTerms(ast) : undefined);
    const sides = yesOrNo(term);
    return ast.op === '==' || ast.op === '<' || ast.op === '>' ? sides : { holds: sides.fails, fails: sides.holds };
  }

  function equalTerms(ast: ASTNode): Term['equal'] {
    const [one, other] = linkOf(ast)[0] ?? [];
    const [a, b] = [byPath.get(one ?? ''), byPath.get(other ?? '')];
    if (a === undefined || b === undefined || variables[a]?.kind !== variables[b]?.kind) return undefined;
    return variables[a]?.constants.length === variables[b]?.constants.length ? [a, b] : undefined;
  }

  function both(all: readonly (Sides | undefined)[]): Sides | undefined {
    return all.reduce<Sides | undefined>((sum, next) => {
      if (!sum || !next) return undefined;
      const holds = space.intersect(sum.holds, next.holds);
      const fails = space.unite([...sum.fails, ...next.fails]);
      return holds && fails && { holds, fails };
    }, constantly(true));
  }

  function equated(region: Region): Region {
    if (!knowsEqual) return region;
    return region.flatMap((box) => equatedBox(box) ?? []);
  }

  function equatedBox(box: Box): Box | undefined {
    let known = box;
    for (const [place, term] of box.variables.entries()) {
      const [a, b] = (box.cells[place] === yes && terms[term]?.equal) || [];
      if (a === undefined || b === undefined) continue;
      const shared = (cellsOf(known, a) ?? domains[a] ?? 0n) & (cellsOf(known, b) ?? domains[b] ?? 0n);
      if (shared === 0n) return undefined;
      if (shared !== domains[a]) known = withCells(withCells(known, a, shared), b, shared);
    }
    return known;
  }

  const touched = (paths: readonly DataPath[]) => {
    const found = new Set<number>();
    for (const written of paths)
      for (const [path, term] of termsOf(rootOf(written))) if (overlap(path, written)) found.add(term);
    return found;
  };
  /** What each term is about, by the data it is of; terms are only ever added. */
  const byRoot = new Map<string, [DataPath, number][]>();
  let indexed = 0;
  function termsOf(root: string): readonly (readonly [DataPath, number])[] {
    for (; indexed < terms.length; indexed++) {
      for (const path of terms[indexed]?.paths ?? []) {
        const known = byRoot.get(rootOf(path));
        if (known) known.push([path, indexed]);
        else byRoot.set(rootOf(path), [[path, indexed]]);
      }
    }
    return byRoot.get(root) ?? [];
  }
  const loosely = (region: Region) =>
    space.forget(region, new Set(terms.flatMap(({ variable }, i) => (variable ? [] : [i]))));
  const gate = (path: DataPath, atLeast: number) => {
    const term = byPath.get(path);
    const variable = term === undefined ? undefined : variables[term];
    const isNumber = term !== undefined && variable?.kind === 'number';
    const below = isNumber
      ? sidesOf(term, variable, gateAtom(path, atLeast))
      : { holds: everything, fails: everything };
    return { holds: below.fails, fails: below.holds, plain: isNumber, paths: [path] };
  };
  const doubtful = (region: Region) => space.intersect(region, space.slab(unreadable, yes)) ?? region;
  const unreadable = termFor(' unreadable', undefined);
  // All at once, since a write must know every term it touches.
  for (const condition of conditionsOf(analyses)) formula(condition);
  return { space, terms, formula, gate, touchedBy: touched, loosely, equated, doubtful };
}

/** `'claim.amount' is above 5` for each of the data in `paths`, in the first box of `region`. */
export function valuesInWords(region: Region, paths: readonly DataPath[], { terms }: Guards): readonly string[] {
  return region
    .slice(0, 1)
    .flatMap(entriesOf)
    .flatMap(([index, cells]) => {
      const variable = terms[index]?.variable;
      return variable && paths.includes(variable.path) ? [`'${variable.path}' ${wordsFor(variable, cells)}`] : [];
    });
}

interface Sides {
  readonly holds: Region;
  readonly fails: Region;
}

function flipped(sides: Sides | undefined): Sides | undefined {
  return sides && { holds: sides.fails, fails: sides.holds };
}

function constantly(value: boolean): Sides {
  return value ? { holds: everything, fails: nothing } : { holds: nothing, fails: everything };
}

function gateAtom(path: DataPath, atLeast: number): Atom {
  return { path, names: [path], kind: 'number', test: 'below', constants: [atLeast], negated: false };
}

/** Every condition that is asked for: those of the file, and of what it imports. */
export function conditionsOf({ conditions, graph: { workflow } }: Analyses): readonly ConditionText[] {
  const ofActors = [...workflow.actors.values()].flatMap(({ fields }) => [...(fields.authority?.values() ?? [])]);
  const ofPolicies = [...workflow.policies.values()].flatMap(({ fields }) => fields.when ?? []);
  const ofHandoffs = [...workflow.handoffs.values()].flatMap(({ fields }) => fields.acceptIf ?? []);
  const imported = [...ofActors.flatMap(({ value }) => value ?? []), ...ofPolicies, ...ofHandoffs];
  return [...new Set([...conditions.checked.keys(), ...imported])];
}

/** Undefined where it is wrong; one from an imported file is read here, since that file alone does not know our data. */
function readAst(condition: ConditionText, { conditions, graph }: Analyses): ASTNode | undefined {
  const known = conditions.checked.get(condition);
  if (known) return known.type === undefined ? undefined : known.ast;
  try {
    const { ast } = new Environment({ unlistedVariablesAreDyn: true }).parse(condition.text);
    const variables = variablesOf(graph.workflow);
    return freeNames(ast).every(({ name }) => variables.has(name)) ? ast : undefined;
  } catch {
    return undefined;
  }
}

/** The parts between `&&`, `||`, `!` and `?:`. */
function partsOf(ast: ASTNode | undefined): readonly ASTNode[] {
  if (!ast) return [];
  if (ast.op === '!_') return partsOf(ast.args);
  if (ast.op === '&&' || ast.op === '||' || ast.op === '?:') return ast.args.flatMap(partsOf);
  return [ast];
}

function linkOf(ast: ASTNode): readonly Link[] {
  if (ast.op !== '==' && ast.op !== '!=') return [];
  const [left, right] = [dataPathOf(ast.args[0]), dataPathOf(ast.args[1])];
  return left !== undefined && right !== undefined ? [[left, right]] : [];
}
