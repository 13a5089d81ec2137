// Decides which row each node stands on: below everything that leads to it, loops aside, and at most two nodes of a
// lane side by side.
import type { Picture } from './picture.ts';

const besideEachOther = 2;

/** Row of each node, from 0 and without a gap. */
export function rankNodes(picture: Picture): readonly number[] {
  const forward = forwardEdges(picture);
  return stack(picture, longestPaths(picture.nodes.length, forward), forward);
}

/** The edges without those that close a loop, seen from the starts in file order. */
function forwardEdges(picture: Picture): [number, number][] {
  const index = new Map(picture.nodes.map((node, at) => [node.id, at]));
  const next = picture.nodes.map((): number[] => []);
  const entered = new Set<number>();
  const seen = new Set<number>();
  const sorted = [...picture.edges].sort((a, b) => Number(a.kind === 'exceptional') - Number(b.kind === 'exceptional'));
  for (const edge of sorted) {
    const from = index.get(edge.from);
    const to = index.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    if (!next[from]?.includes(to)) next[from]?.push(to);
    entered.add(to);
  }
  picture.nodes.forEach((node, at) => {
    if (at > 0 && node.kind !== 'start' && !entered.has(at)) next[at - 1]?.push(at);
  });
  const open = new Set<number>();
  const forward: [number, number][] = [];
  const visit = (node: number): void => {
    seen.add(node);
    open.add(node);
    for (const to of next[node] ?? []) {
      if (open.has(to)) continue;
      forward.push([node, to]);
      if (!seen.has(to)) visit(to);
    }
    open.delete(node);
  };
  const starts = picture.nodes.flatMap((node, at) => (node.kind === 'start' ? [at] : []));
  for (const node of [...starts, ...picture.nodes.keys()]) if (!seen.has(node)) visit(node);
  return forward;
}

function longestPaths(count: number, forward: readonly (readonly [number, number])[]): number[] {
  const rank = new Array<number>(count).fill(0);
  for (let changed = true, rounds = 0; changed && rounds <= count; rounds++) {
    changed = false;
    for (const [from, to] of forward) {
      const below = (rank[from] ?? 0) + 1;
      if ((rank[to] ?? 0) >= below) continue;
      rank[to] = below;
      changed = true;
    }
  }
  return rank;
}

/** Moves nodes down where a lane's row is full, and with them what they lead to. */
function stack(picture: Picture, ranks: number[], forward: readonly (readonly [number, number])[]): number[] {
  const rank = [...ranks];
  const taken = new Map<string, number>();
  const settled = new Set<number>();
  for (let row = 0; settled.size < rank.length; row++) {
    const here = rank.flatMap((at, node) => (at === row && !settled.has(node) ? [node] : []));
    if (here.length === 0) {
      for (const [node, at] of rank.entries()) if (at > row) rank[node] = at - 1;
      row--;
      continue;
    }
    for (const node of here) {
      const place = `${row} ${picture.nodes[node]?.lane}`;
      const count = taken.get(place) ?? 0;
      if (count >= besideEachOther) {
        rank[node] = row + 1;
      } else {
        taken.set(place, count + 1);
        settled.add(node);
      }
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const [from, to] of forward) {
        if ((rank[to] ?? 0) > (rank[from] ?? 0) || settled.has(to)) continue;
        rank[to] = (rank[from] ?? 0) + 1;
        changed = true;
      }
    }
  }
  return rank;
}
