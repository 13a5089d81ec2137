// Counts what the routes chosen so far occupy of the grid, so that the next one can keep away from it.
import type { Leg, Route } from './grid.ts';

type End = 'exit' | 'entry';

type Part = readonly [from: number, to: number];

/** Lives for one search of routes. Ends count half, since a crossing there depends on what is not known yet. */
export class Traffic {
  readonly #places: number;
  readonly #along: Float32Array;
  readonly #across: Float32Array;
  readonly #trunks = new Map<string, { from: number; to: number }>();
  readonly #gaps = new Map<string, Set<number>>();
  readonly #sides = new Map<string, Map<string, number>>();

  constructor(rows: number, columns: number) {
    this.#places = 2 * columns + 1;
    this.#along = new Float32Array((rows + 1) * this.#places);
    this.#across = new Float32Array((rows + 1) * this.#places);
  }

  /** Adds a route, or takes it back (-1); the line of a bundle stays. */
  add(route: Route, edge: number, sign: 1 | -1): void {
    for (const leg of route.legs) {
      if (leg.shared !== undefined && sign < 0) continue;
      for (const [from, to] of this.freshParts(leg))
        for (const [channel, share] of channelsOf(from, to)) this.#change(this.#along, channel, leg.at, share * sign);
      if (leg.shared !== undefined) this.#extend(leg.shared, leg);
    }
    for (const [nth, channel] of route.channels.entries()) {
      const [a, b] = [route.legs[nth]?.at ?? 0, route.legs[nth + 1]?.at ?? 0];
      for (let place = Math.min(a, b); place <= Math.max(a, b); place++)
        this.#change(this.#across, channel.at, place, place === a || place === b ? sign / 2 : sign);
    }
    for (const end of ['exit', 'entry'] as const) {
      const load = this.#loadsOf(route, end);
      const name = nameOf(route, end, edge);
      load.set(name, (load.get(name) ?? 0) + sign);
      if ((load.get(name) ?? 0) <= 0) load.delete(name);
    }
  }

  /** The parts of a leg that are not drawn yet as part of its bundle. */
  freshParts(leg: Leg): readonly Part[] {
    const [from, to] = [Math.min(leg.from, leg.to), Math.max(leg.from, leg.to)];
    const trunk = leg.shared === undefined ? undefined : this.#trunks.get(`${leg.shared} ${leg.at}`);
    if (!trunk) return [[from, to]];
    const parts: Part[] = [];
    if (from < trunk.from) parts.push([from, Math.min(to, trunk.from)]);
    if (to > trunk.to) parts.push([Math.max(from, trunk.to), to]);
    return parts;
  }

  gapsOf(bundle: string): Iterable<number> {
    return this.#gaps.get(bundle) ?? [];
  }

  /** Lines across that a leg at this place would cross. */
  acrossOn(at: number, from: number, to: number): number {
    let sum = 0;
    for (const [channel, share] of channelsOf(from, to))
      sum += (this.#across[channel * this.#places + at] ?? 0) * share;
    return sum;
  }

  /** Lines along that a part across would cross. */
  alongOn(channel: number, a: number, b: number): number {
    let sum = 0;
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    for (let place = low; place <= high; place++)
      sum += (this.#along[channel * this.#places + place] ?? 0) * (place === low || place === high ? 0.5 : 1);
    return sum;
  }

  /** How many lines run beside a leg, at most. */
  loadOf(leg: Leg): number {
    let most = 0;
    for (const [channel] of channelsOf(Math.min(leg.from, leg.to), Math.max(leg.from, leg.to)))
      most = Math.max(most, this.#along[channel * this.#places + leg.at] ?? 0);
    return most;
  }

  /** How many others use the side of the node at which the route ends. */
  sideLoad(route: Route, end: End, edge: number): number {
    const load = this.#loadsOf(route, end);
    return load.size - Number(load.has(nameOf(route, end, edge)));
  }

  #change(counts: Float32Array, channel: number, place: number, by: number): void {
    const at = channel * this.#places + place;
    counts[at] = (counts[at] ?? 0) + by;
  }

  #extend(bundle: string, leg: Leg): void {
    const key = `${bundle} ${leg.at}`;
    const [from, to] = [Math.min(leg.from, leg.to), Math.max(leg.from, leg.to)];
    const trunk = this.#trunks.get(key);
    this.#trunks.set(key, trunk ? { from: Math.min(from, trunk.from), to: Math.max(to, trunk.to) } : { from, to });
    if (leg.at % 2 === 1) return;
    const gaps = this.#gaps.get(bundle);
    if (gaps) gaps.add(leg.at);
    else this.#gaps.set(bundle, new Set([leg.at]));
  }

  #loadsOf(route: Route, end: End): Map<string, number> {
    const key = `${end === 'exit' ? route.from : route.to} ${route[end]}`;
    const known = this.#sides.get(key);
    if (known) return known;
    const load = new Map<string, number>();
    this.#sides.set(key, load);
    return load;
  }
}

function nameOf(route: Route, end: End, edge: number): string {
  const leg = end === 'exit' ? route.legs[0] : route.legs.at(-1);
  return leg?.shared === undefined ? String(edge) : `${leg.shared} ${leg.at}`;
}

/** Channels that a part touches: with 1 those it passes, with a half those at its ends. */
function* channelsOf(from: number, to: number): Iterable<readonly [channel: number, share: number]> {
  for (let channel = Math.ceil(from / 2); 2 * channel <= to; channel++)
    yield [channel, 2 * channel === from || 2 * channel === to ? 0.5 : 1];
}
