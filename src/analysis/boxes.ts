// Unions of boxes over variables with finitely many cells each: intersection, union, difference, cover, all exact.
// Interval splitting as in Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa, "Semantics and analysis of DMN
// decision tables" (BPM 2016): the cells are the points and gaps between all bounds, so open and closed never blur.

/** A set of cells of one variable, one bit each. */
export type Cells = bigint;

/** Allowed cells by variable, never none of them; a variable that is not named is free. */
export type Box = ReadonlyMap<number, Cells>;

/** A union of boxes, which may overlap; without a box it is empty. */
export type Region = readonly Box[];

export const everything: Region = [new Map()];
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
    return allowed === 0n ? nothing : allowed === domain(variable) ? everything : [new Map([[variable, allowed]])];
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
    return unite(a.flatMap((one) => b.flatMap((other) => meet(one, other) ?? [])));
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

  function add(box: Box, kept: Box[]): void {
    for (let next = box; ; ) {
      if (kept.some((other) => contains(other, next))) return;
      for (let i = kept.length - 1; i >= 0; i--) if (contains(next, kept[i] ?? next)) kept.splice(i, 1);
      const partner = kept.findIndex((other) => differing(other, next) !== undefined);
      const [other] = partner < 0 ? [] : kept.splice(partner, 1);
      const variable = other && differing(other, next);
      if (!other || variable === undefined) {
        kept.push(next);
        return;
      }
      const cells = (other.get(variable) ?? 0n) | (next.get(variable) ?? 0n);
      const merged = new Map(next);
      if (cells === domain(variable)) merged.delete(variable);
      else merged.set(variable, cells);
      next = merged;
    }
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
    const rest = new Map(box);
    for (const [variable, cells] of taken) {
      const own = rest.get(variable) ?? domain(variable);
      const outside = own & ~cells;
      if (outside !== 0n) pieces.push(new Map(rest).set(variable, outside));
      rest.set(variable, own & cells);
    }
    return pieces;
  }

  function forget(region: Region, variables: ReadonlySet<number>): Region {
    return variables.size === 0 ? region : keep(region, (variable) => !variables.has(variable));
  }

  function keep(region: Region, isKept: (variable: number) => boolean): Region {
    const kept = region.map((box) => narrowed(box, isKept));
    return kept.every((box, i) => box === region[i]) ? region : (unite(kept) ?? hull(kept));
  }

  function hull(region: Region): Region {
    const [first, ...rest] = region;
    if (!first) return nothing;
    const around = new Map<number, Cells>();
    for (const [variable, cells] of first) {
      const all = rest.reduce((sum, box) => sum | (box.get(variable) ?? domain(variable)), cells);
      if (all !== domain(variable)) around.set(variable, all);
    }
    return [around];
  }

  return { domains, slab, intersect, unite, subtract, forget, keep, hull };
}

/** How many times as many boxes may arise before they are merged. */
const maxPairs = 4;

function isFree(box: Box): boolean {
  return box.size === 0;
}

function meet(a: Box, b: Box): Box | undefined {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  // Most often the larger one says it all, and need not be copied.
  let result: Map<number, Cells> | undefined;
  for (const [variable, cells] of small) {
    const own = large.get(variable);
    const both = own === undefined ? cells : cells & own;
    if (both === 0n) return undefined;
    if (both === own) continue;
    result ??= new Map(large);
    result.set(variable, both);
  }
  return result ?? large;
}

/** Some point is in both. */
function meets(a: Box, b: Box): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const [variable, cells] of small) {
    const own = large.get(variable);
    if (own !== undefined && (cells & own) === 0n) return false;
  }
  return true;
}

/** `box` without what it says of other variables; itself where it says nothing of them. */
function narrowed(box: Box, isKept: (variable: number) => boolean): Box {
  let kept: Map<number, Cells> | undefined;
  for (const variable of box.keys()) {
    if (isKept(variable)) continue;
    kept ??= new Map(box);
    kept.delete(variable);
  }
  return kept ?? box;
}

/** Every point of `inner` is in `outer`. */
function contains(outer: Box, inner: Box): boolean {
  if (outer.size > inner.size) return false;
  for (const [variable, cells] of outer) {
    const narrow = inner.get(variable);
    if (narrow === undefined || (narrow & ~cells) !== 0n) return false;
  }
  return true;
}

/** The only variable in which two boxes over the same variables differ; undefined where there are several. */
function differing(a: Box, b: Box): number | undefined {
  if (a.size !== b.size) return undefined;
  let found: number | undefined;
  for (const [variable, cells] of a) {
    const other = b.get(variable);
    if (other === cells) continue;
    if (other === undefined || found !== undefined) return undefined;
    found = variable;
  }
  return found;
}
