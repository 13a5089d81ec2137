// Gives lines that run beside each other their own tracks, so that none lies on another and few cross.

/** Where another line meets a line: how far along, and from lower (-1) or higher (1) tracks. */
export interface TrackEnd {
  readonly at: number;
  readonly side: -1 | 1;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface TrackItem extends Span {
  readonly ends: readonly TrackEnd[];
}

/** Above so many lines side by side only their first order counts. */
const mostSifted = 600;
const rounds = 4;

/** Track of each line, from 0, in an order that crosses little; of equals the first stays first. */
export function assignTracks(items: readonly TrackItem[], clearance = 0): number[] {
  const order = sift(items);
  const tracks = items.map(() => 0);
  const before: number[] = [];
  for (const at of order) {
    const item = items[at];
    if (!item) continue;
    let track = 0;
    for (const other of before) {
      const there = items[other];
      if (there && meet(item, there, clearance)) track = Math.max(track, (tracks[other] ?? 0) + 1);
    }
    tracks[at] = track;
    before.push(at);
  }
  return tracks;
}

/** Puts each item in turn where it crosses least (sifting), until nothing gets better. */
function sift(items: readonly TrackItem[]): number[] {
  const count = items.length;
  let order = [...items.keys()];
  if (count < 2 || count > mostSifted) return order;
  const costs = new Float32Array(count * count);
  items.forEach((a, i) => {
    items.forEach((b, j) => {
      if (i !== j && a.from <= b.to && b.from <= a.to) costs[i * count + j] = crossings(a, b);
    });
  });
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let item = 0; item < count; item++) {
      const now = order.indexOf(item);
      const others = order.filter((other) => other !== item);
      let cost = 0;
      for (const other of others) cost += costs[item * count + other] ?? 0;
      let here = cost;
      const all = [cost];
      for (const [place, other] of others.entries()) {
        cost += (costs[other * count + item] ?? 0) - (costs[item * count + other] ?? 0);
        all.push(cost);
        if (place + 1 === now) here = cost;
      }
      const lowest = Math.min(...all);
      if (lowest > here - 0.01) continue;
      others.splice(all.indexOf(lowest), 0, item);
      order = others;
      moved = true;
    }
    if (!moved) break;
  }
  return order;
}

/** Crossings of two lines if `a` has the lower track. */
function crossings(a: TrackItem, b: TrackItem): number {
  let count = 0;
  for (const end of a.ends) {
    if (end.side < 0) continue;
    if (end.at > b.from && end.at < b.to) count++;
    // Both run into the room between them at the same place.
    for (const other of b.ends) if (other.side < 0 && other.at === end.at) count += end.at % 2 === 1 ? 1.5 : 0.6;
  }
  for (const end of b.ends) if (end.side < 0 && end.at > a.from && end.at < a.to) count++;
  return count;
}

export interface SlotItem extends Span {
  /** To which side the line turns, and how far. */
  readonly pull: -1 | 0 | 1;
  readonly far: number;
  /** What the line touches: two that touch the same may share a slot where there is no room. */
  readonly nodes: ReadonlySet<number>;
}

/** A slot for each line around a middle, 0, no further than `limit`: what turns soon further inside. */
export function assignSlots(items: readonly SlotItem[], limit: number): number[] {
  const taken = new Map<number, SlotItem[]>();
  const slots = items.map(() => 0);
  const order = [...items.keys()].sort((a, b) => {
    const [one, other] = [items[a], items[b]];
    return Math.abs(one?.pull ?? 0) - Math.abs(other?.pull ?? 0) || (one?.far ?? 0) - (other?.far ?? 0) || a - b;
  });
  for (const index of order) {
    const item = items[index];
    if (!item) continue;
    const outward = Array.from({ length: limit }, (_, i) => (i + 1) * (item.pull || 1));
    const back = outward.map((slot) => -slot);
    const choices = [0, ...(item.pull === 0 ? outward.flatMap((slot) => [slot, -slot]) : [...outward, ...back])];
    const isFree = (slot: number): boolean => (taken.get(slot) ?? []).every((other) => !meet(item, other, 0));
    const isOurs = (slot: number): boolean =>
      (taken.get(slot) ?? []).every((other) => !meet(item, other, 0) || touchSame(item, other));
    const slot = choices.find(isFree) ?? choices.findLast(isOurs) ?? limit * (item.pull || 1);
    const there = taken.get(slot);
    if (there) there.push(item);
    else taken.set(slot, [item]);
    slots[index] = slot;
  }
  return slots;
}

function touchSame(a: SlotItem, b: SlotItem): boolean {
  for (const node of a.nodes) if (b.nodes.has(node)) return true;
  return false;
}

function meet(a: Span, b: Span, clearance: number): boolean {
  return a.from <= b.to + clearance && b.from <= a.to + clearance;
}
