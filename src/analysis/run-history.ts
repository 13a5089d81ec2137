// What depends on what in a run of a token net: its partial order, so that steps that have nothing to do with a fault can
// be left out of its proof (occurrence nets: Nielsen, Plotkin and Winskel, Theoretical Computer Science 1981).
import type { FlowNode } from './flow-graph.ts';
import type { Place, Transition } from './token-net.ts';

interface Event {
  readonly transition: Transition;
  readonly position: number;
}

export interface History {
  readonly events: readonly Event[];
  /** The events that have to happen for `last`, those included, in order. */
  before(last: readonly Event[]): readonly Event[];
  /** Where tokens stand once exactly these events have happened. */
  leftAfter(events: readonly Event[]): readonly Place[];
  /** The first node that two events belong to of which neither needs the other, both reached in the normal course. */
  meeting(events: readonly Event[]): FlowNode | undefined;
  /** A run after which two tokens have come to `node`. */
  toBoth(node: FlowNode): readonly Transition[];
}

interface Token {
  readonly place: Place;
  readonly by: Event | undefined;
}

export function historyOf(run: readonly Transition[], start: readonly Place[]): History {
  const events: Event[] = [];
  let tokens: Token[] = start.map((place) => ({ place, by: undefined }));
  const sources = new Map<Event, readonly Token[]>();
  /** Of a join that waits for what can still arrive: what has taken work away from where it could have come. */
  const cleared = new Map<Event, readonly Event[]>();
  for (const [position, transition] of run.entries()) {
    const taken: Token[] = [];
    for (const input of transition.inputs) {
      const all = tokens.filter(({ place }) => place === input);
      const used = transition.live ? all : all.slice(0, 1);
      taken.push(...used);
      tokens = tokens.filter((token) => !used.includes(token));
    }
    const event = { transition, position };
    const { live } = transition;
    if (live)
      cleared.set(
        event,
        events.filter((earlier) => earlier.transition.inputs.some((place) => live.has(place))),
      );
    events.push(event);
    sources.set(event, taken);
    tokens.push(...transition.outputs.map((place) => ({ place, by: event })));
  }

  /** The events that brought the tokens with which `event` happened. */
  const bringing = (event: Event) => (sources.get(event) ?? []).flatMap(({ by }) => by ?? []);
  const before: History['before'] = (last) => {
    const needed = new Set(last);
    for (const event of needed) for (const by of [...bringing(event), ...(cleared.get(event) ?? [])]) needed.add(by);
    return events.filter((event) => needed.has(event));
  };
  const comesNormally = (event: Event) =>
    bringing(event).every(({ transition }) => !transition.edges.some(({ kind }) => kind === 'exceptional'));
  const pairs = (among: readonly Event[]) => {
    const steps = among.filter(({ transition }) => transition.cost > 0 && transition.node.kind === 'step');
    return steps.flatMap((second, i) => {
      const first = steps.slice(0, i).find(({ transition }) => transition.node === second.transition.node);
      const apart = first && comesNormally(first) && comesNormally(second) && !before([second]).includes(first);
      return apart ? [[first, second] as const] : [];
    });
  };
  return {
    events,
    before,
    leftAfter(happened) {
      const left = new Map<Place, number>();
      const add = (place: Place, count: number) => left.set(place, (left.get(place) ?? 0) + count);
      for (const place of start) add(place, 1);
      for (const event of happened) {
        for (const { place } of sources.get(event) ?? []) add(place, -1);
        for (const place of event.transition.outputs) add(place, 1);
      }
      return [...left].flatMap(([place, count]) => (count > 0 ? [place] : []));
    },
    meeting: (among) => pairs(among)[0]?.[0].transition.node,
    toBoth(node) {
      const pair = pairs(events).find(([first]) => first.transition.node === node);
      const needed = pair ? before(pair.flatMap(bringing)) : events;
      return needed.map(({ transition }) => transition);
    },
  };
}
