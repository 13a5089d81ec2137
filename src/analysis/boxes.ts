// Unions of boxes over variables with finitely many cells each: intersection, union, difference, cover, all exact.
// Interval splitting as in Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa, "Semantics and analysis of DMN
// decision tables" (BPM 2016): the cells are the points and gaps between all bounds, so open and closed never blur.

/** A set of cells of one variable, one bit each. */
export type Cells = bigint;

/** Allowed cells of some variables, never none of them; a variable that is not named is free. */
export interface Box {
  /** By their numbers, each once, in rising order. */
  readonly variables: readonly number[];
  /** Of the variable at the same place. */
  readonly cells: readonly Cells[];
}

/** A union of boxes, which may overlap; without a box it is empty. */
export type Region = readonly Box[];

export const everything: Region = [{ variables: [], cells: [] }];
export const nothing: Region = [];

/** Answers are undefined where more boxes would be needed than this: not known. */
const maxBoxes = 128;

/** The operations over variables with these cells. */
export interface Space {
  /** All cells of each variable, by its number. */
  readonly domains: readonly Cells[];
  /** Where `variable` is in one of `cells`, and all others are free. */
  slab(variable: number, cells: Cells): Region;
  intersect(a: Region, b: Region): Region | undefined;
  /** The same points in fewer boxes: those inside others are left out, those that differ in one variable are merged. */
  unite(boxes: Region): Region | undefined;
  /** What is in `a` and not in `b`. */
  subtract(a: Region, b: Region): Region | undefined;
  /** With `variables` set free. */
  forget(region: Region, variables: ReadonlySet<number>): Region;
  /** With all others set free. */
  keep(region: Region, isKept: (variable: number) => boolean): Region;
  /** One box around all. */
  hull(region: Region): Region;
}

export function spaceOf(domains: readonly Cells[]): Space {
  const domain = (variable: number) => domains[variable] ?? 0n;

  function slab(variable: number, cells: Cells): Region {
    const allowed = cells & domain(variable);
    return allowed === 0n
      ? nothing
      : allowed === domain(variable)
        ? everything
        : [{ variables: [variable], cells: [allowed] }];
  }

  function intersect(a: Region, b: Region): Region | undefined {
    if (a.some(isFree)) return b;
    if (b.some(isFree)) return a;
    const [one, other] = [a[0], b[0]];
    if (one && other && a.length === 1 && b.length === 1) {
      const both = meet(one, other);
      return both ? [both] : nothing;
    }
    if (a.length * b.length > maxBoxes * maxPairs) return undefined;
    const kept: Box[] = [];
    for (const one of a)
      for (const other of b) {
        const both = meet(one, other);
        if (both) add(both, kept);
        if (kept.length > maxBoxes) return undefined;
      }
    return kept;
  }

  function unite(boxes: Region): Region | undefined {
    if (boxes.length < 2) return boxes;
    const free = boxes.find(isFree);
    if (free) return [free];
    if (boxes.length > maxBoxes * maxPairs) return undefined;
    const kept: Box[] = [];
    for (const box of boxes) {
      add(box, kept);
      if (kept.length > maxBoxes) return undefined;
    }
    return kept;
  }

  /** Adds a box to boxes of which none is inside another, and none can be merged with another. */
  function add(box: Box, kept: Box[]): void {
    for (let next = box; ; ) {
      let partner = -1;
      let differs = -1;
      let place = 0;
      for (let i = 0; i < kept.length; i++) {
        const other = kept[i] as Box;
        if (contains(other, next)) return;
        if (contains(next, other)) continue;
        kept[place] = other;
        if (partner < 0) {
          differs = differing(other, next);
          if (differs >= 0) partner = place;
        }
        place++;
      }
      kept.length = place;
      if (partner < 0) {
        kept.push(next);
        return;
      }
      const [other] = kept.splice(partner, 1) as [Box];
      next = merged(other, next, differs);
    }
  }

  /** Of two boxes that differ only at `place`, what is in either. */
  function merged(a: Box, b: Box, place: number): Box {
    const cells = (a.cells[place] ?? 0n) | (b.cells[place] ?? 0n);
    if (cells === domain(a.variables[place] ?? 0)) return dropped(a, (at) => at !== place);
    return { variables: a.variables, cells: a.cells.with(place, cells) };
  }

  function subtract(a: Region, b: Region): Region | undefined {
    let left: Region = a;
    for (const taken of b) {
      if (left.length === 0) return left;
      left = left.flatMap((box) => difference(box, taken));
      if (left.length <= maxBoxes) continue;
      const fewer = unite(left);
      if (!fewer) return undefined;
      left = fewer;
    }
    return left;
  }

  /** Disjoint boxes that make up `box` without `taken`. */
  function difference(box: Box, taken: Box): Region {
    if (contains(taken, box)) return nothing;
    if (!meets(box, taken)) return [box];
    const pieces: Box[] = [];
    let rest = box;
    for (const [i, variable] of taken.variables.entries()) {
      const cells = taken.cells[i] ?? 0n;
      const own = cellsOf(rest, variable) ?? domain(variable);
      const outside = own & ~cells;
      if (outside === 0n) continue;
      pieces.push(withCells(rest, variable, outside));
      rest = withCells(rest, variable, own & cells);
    }
    return pieces;
  }

  function forget(region: Region, variables: ReadonlySet<number>): Region {
    return variables.size === 0 ? region : keep(region, (variable) => !variables.has(variable));
  }

  function keep(region: Region, isKept: (variable: number) => boolean): Region {
    const kept = region.map((box) => dropped(box, (place) => isKept(box.variables[place] ?? 0)));
    return kept.every((box, i) => box === region[i]) ? region : (unite(kept) ?? hull(kept));
  }

  function hull(region: Region): Region {
    const [first, ...rest] = region;
    if (!first) return nothing;
    const around = first.cells.map((cells, i) =>
      rest.reduce((sum, box) => {
        const variable = first.variables[i] ?? 0;
        return sum | (cellsOf(box, variable) ?? domain(variable));
      }, cells),
    );
    const all: Box = { variables: first.variables, cells: around };
    return [dropped(all, (i) => around[i] !== domain(first.variables[i] ?? 0))];
  }

  return { domains, slab, intersect, unite, subtract, forget, keep, hull };
}

/** How many times as many boxes may arise before they are merged. */
const maxPairs = 4;

function isFree(box: Box): boolean {
  return box.variables.length === 0;
}

/** What `box` says, one entry for each variable that is not free. */
export function entriesOf({ variables, cells }: Box): readonly (readonly [variable: number, cells: Cells])[] {
  return variables.map((variable, place) => [variable, cells[place] ?? 0n]);
}

/** What `box` says of `variable`; undefined where it is free. */
export function cellsOf({ variables, cells }: Box, variable: number): Cells | undefined {
  const place = variables.indexOf(variable);
  return place < 0 ? undefined : cells[place];
}

/** `box` with other cells for one variable, none of them empty. */
export function withCells({ variables, cells }: Box, variable: number, now: Cells): Box {
  const place = variables.findIndex((other) => other >= variable);
  if (place < 0) return { variables: [...variables, variable], cells: [...cells, now] };
  if (variables[place] === variable) return { variables, cells: cells.with(place, now) };
  return { variables: variables.toSpliced(place, 0, variable), cells: cells.toSpliced(place, 0, now) };
}

/** `box` without what it says at some places; itself where that is nothing. */
function dropped(box: Box, isKept: (place: number) => boolean): Box {
  const variables = box.variables.filter((_, place) => isKept(place));
  return variables.length === box.variables.length
    ? box
    : { variables, cells: box.cells.filter((_, place) => isKept(place)) };
}

function meet(a: Box, b: Box): Box | undefined {
  const variables: number[] = [];
  const cells: Cells[] = [];
  let [i, j] = [0, 0];
  while (i < a.variables.length || j < b.variables.length) {
    const one = a.variables[i] ?? Number.POSITIVE_INFINITY;
    const other = b.variables[j] ?? Number.POSITIVE_INFINITY;
    if (one < other) {
      variables.push(one);
      cells.push(a.cells[i++] ?? 0n);
    } else if (other < one) {
      variables.push(other);
      cells.push(b.cells[j++] ?? 0n);
    } else {
      const both = (a.cells[i++] ?? 0n) & (b.cells[j++] ?? 0n);
      if (both === 0n) return undefined;
      variables.push(one);
      cells.push(both);
    }
  }
  return { variables, cells };
}

/** Some point is in both. */
function meets(a: Box, b: Box): boolean {
  let [i, j] = [0, 0];
  while (i < a.variables.length && j < b.variables.length) {
    const order = (a.variables[i] ?? 0) - (b.variables[j] ?? 0);
    if (order === 0 && ((a.cells[i] ?? 0n) & (b.cells[j] ?? 0n)) === 0n) return false;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return true;
}

/** Every point of `inner` is in `outer`. */
function contains(outer: Box, inner: Box): boolean {
  if (outer.variables.length > inner.variables.length) return false;
  let j = 0;
  for (let i = 0; i < outer.variables.length; i++) {
    const variable = outer.variables[i] ?? 0;
    while ((inner.variables[j] ?? variable) < variable) j++;
    if (inner.variables[j] !== variable) return false;
    const own = outer.cells[i] ?? 0n;
    if (((inner.cells[j] ?? 0n) | own) !== own) return false;
  }
  return true;
}

/** The place of the only variable in which two boxes over the same variables differ; below 0 where there is none. */
function differing(a: Box, b: Box): number {
  if (a.variables.length !== b.variables.length) return -1;
  let found = -1;
  for (let i = 0; i < a.variables.length; i++) {
    if (a.variables[i] !== b.variables[i]) return -1;
    if (a.cells[i] === b.cells[i]) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}
