// Data as cells of a data-flow analysis: one for each data id, and one for each field that is written or judged by itself.
import { fieldAt, variablesOf } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { type DataPath, includes, rootOf } from './data-paths.ts';

/** Cells by number, and which of them a mention of data reads or writes. */
export interface Cells {
  readonly count: number;
  /** The data or field a cell stands for; for data of which fields have cells: what is left of it. */
  readonly pathOf: readonly DataPath[];
  /** What somebody sees who reads `path`. */
  read(path: DataPath): readonly number[];
  /** What nobody finds as it was when `path` is written. */
  written(path: DataPath): readonly number[];
}

/**
 * Cells for `paths`. A field that nothing names by itself has none and is part of what is around it; where all fields are
 * declared and one of them has a cell, each has one, so that what happens to all of them has happened to the whole.
 */
export function cellsOf(paths: Iterable<DataPath>, workflow: Workflow): Cells {
  const byData = new Map<string, Set<DataPath>>();
  for (const path of paths) {
    const root = rootOf(path);
    const known = byData.get(root) ?? new Set([root]);
    byData.set(root, known);
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) known.add(path.slice(0, dot));
    known.add(path);
  }
  const pathOf: DataPath[] = [];
  const numbers = new Map<string, readonly number[]>();
  /** Data that is nothing but its fields. */
  const divided = new Set<DataPath>();
  for (const [root, known] of byData) {
    for (const path of [...known].sort()) if (divide(path, known, workflow)) divided.add(path);
    numbers.set(
      root,
      [...known].map((path) => pathOf.push(path) - 1),
    );
  }
  const select = (path: DataPath, which: (cell: DataPath) => boolean) =>
    (numbers.get(rootOf(path)) ?? []).filter((number) => which(pathOf[number] ?? ''));
  const known = new Map<DataPath, readonly number[]>();
  return {
    count: pathOf.length,
    pathOf,
    read(path) {
      const answer = known.get(path) ?? readers(path);
      known.set(path, answer);
      return answer;
    },
    written: (path) => select(path, (cell) => includes(path, cell)),
  };

  function readers(path: DataPath): readonly number[] {
    const own = select(path, (cell) => includes(path, cell) && !divided.has(cell));
    if (byData.get(rootOf(path))?.has(path)) return own;
    const around = select(path, (cell) => includes(cell, path));
    const nearest = around.reduce<number | undefined>(
      (best, cell) => (best === undefined || (pathOf[cell]?.length ?? 0) > (pathOf[best]?.length ?? 0) ? cell : best),
      undefined,
    );
    return nearest === undefined ? own : [...own, nearest];
  }
}

/** Gives each declared field of `path` a cell where one of them has one; true where nothing else is left of it. */
function divide(path: DataPath, known: Set<DataPath>, workflow: Workflow): boolean {
  const parts = path.split('.');
  const field = fieldAt(variablesOf(workflow).get(parts[0] ?? ''), parts.slice(1).join('.'));
  const declared = [...(field?.fields?.keys() ?? [])].map((name) => `${path}.${name}`);
  if (!declared.some((one) => known.has(one))) return false;
  for (const one of declared) known.add(one);
  return true;
}
