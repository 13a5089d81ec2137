// Decides which row each node stands on: below everything that leads to it, loops aside, and no more nodes of a lane
// side by side than can be read.
import type { Picture } from './picture.ts';

/** Row of each node, from 0 and without a gap. */
export function rankNodes(picture: Picture): readonly number[] {
  const flow = forwardFlow(picture);
  return stack(picture, flow, earliestRows(picture, flow));
}

/** What each node leads to without the edges that close a loop; `order` names every node before what it leads to. */
interface Flow {
  readonly next: readonly (readonly number[])[];
  readonly order: readonly number[];
}

/** Seen from the starts in file order, the usual ways before the exceptional ones. */
function forwardFlow(picture: Picture): Flow {
  const all = successors(picture);
  const next = all.map((): number[] => []);
  const state = new Uint8Array(all.length);
  const [open, left] = [1, 2];
  const finished: number[] = [];
  const starts = picture.nodes.flatMap((node, at) => (node.kind === 'start' ? [at] : []));
  for (const root of [...starts, ...picture.nodes.keys()]) {
    if (state[root]) continue;
    state[root] = open;
    const path = [{ node: root, at: 0 }];
    // A stack of its own: a chain of thousands of steps would be too deep for one of calls.
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = all[top.node]?.[top.at++];
      if (to === undefined) {
        state[top.node] = left;
        finished.push(top.node);
        path.pop();
      } else if (state[to] !== open) {
        next[top.node]?.push(to);
        if (state[to]) continue;
        state[to] = open;
        path.push({ node: to, at: 0 });
      }
    }
  }
  return { next, order: finished.reverse() };
}

function successors(picture: Picture): number[][] {
  const index = new Map(picture.nodes.map((node, at) => [node.id, at]));
  const next = picture.nodes.map(() => new Set<number>());
  const entered = new Set<number>();
  const sorted = [...picture.edges].sort((a, b) => Number(a.kind === 'exceptional') - Number(b.kind === 'exceptional'));
  for (const edge of sorted) {
    const from = index.get(edge.from);
    const to = index.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    next[from]?.add(to);
    entered.add(to);
  }
  // What nothing leads to stands below the node before it in the file.
  picture.nodes.forEach((node, at) => {
    if (at > 0 && node.kind !== 'start' && !entered.has(at)) next[at - 1]?.add(at);
  });
  return next.map((all) => [...all]);
}

/** The longest way to each node; a later start stands close to what it starts. */
function earliestRows(picture: Picture, { next, order }: Flow): number[] {
  const row = picture.nodes.map(() => 0);
  for (const node of order) for (const to of next[node] ?? []) row[to] = Math.max(row[to] ?? 0, (row[node] ?? 0) + 1);
  const first = picture.nodes.findIndex(({ kind }) => kind === 'start');
  picture.nodes.forEach(({ kind }, at) => {
    const below = next[at] ?? [];
    if (kind === 'start' && at !== first && below.length > 0)
      row[at] = Math.max(0, Math.min(...below.map((to) => row[to] ?? 0)) - 1);
  });
  return row;
}

/** Fills row by row; a node for which a lane has no room left goes one row down, and with it what it leads to. */
function stack(picture: Picture, { next }: Flow, earliest: readonly number[]): number[] {
  const rooms = roomsOf(picture, earliest);
  const waiting = picture.nodes.map(() => 0);
  for (const all of next) for (const to of all) waiting[to] = (waiting[to] ?? 0) + 1;
  const row = [...earliest];
  const ready: number[][] = [];
  const makeReady = (node: number): void => {
    const at = row[node] ?? 0;
    const there = ready[at] ?? [];
    there.push(node);
    ready[at] = there;
  };
  for (const node of row.keys()) if (waiting[node] === 0) makeReady(node);
  for (let at = 0; at < ready.length; at++) {
    const taken = new Map<string, number>();
    for (const node of (ready[at] ?? []).sort((a, b) => a - b)) {
      const lane = picture.nodes[node]?.lane ?? '';
      const count = taken.get(lane) ?? 0;
      row[node] = at;
      if (count >= (rooms.get(lane) ?? 1)) {
        row[node] = at + 1;
        makeReady(node);
        continue;
      }
      taken.set(lane, count + 1);
      for (const to of next[node] ?? []) {
        row[to] = Math.max(row[to] ?? 0, at + 1);
        waiting[to] = (waiting[to] ?? 0) - 1;
        if (waiting[to] === 0) makeReady(to);
      }
    }
  }
  return withoutGaps(row);
}

/** How many nodes of each lane may stand side by side: two, and more where very many could. */
function roomsOf(picture: Picture, earliest: readonly number[]): ReadonlyMap<string, number> {
  const together = new Map<string, number>();
  const rooms = new Map<string, number>();
  picture.nodes.forEach(({ lane }, at) => {
    const key = `${earliest[at]} ${lane}`;
    const count = (together.get(key) ?? 0) + 1;
    together.set(key, count);
    const room = count < 5 ? 2 : Math.min(6, Math.ceil(Math.sqrt(count)));
    rooms.set(lane, Math.max(rooms.get(lane) ?? 2, room));
  });
  return rooms;
}

function withoutGaps(row: readonly number[]): number[] {
  const used = [...new Set(row)].sort((a, b) => a - b);
  const dense = new Map(used.map((at, place) => [at, place]));
  return row.map((at) => dense.get(at) ?? 0);
}
