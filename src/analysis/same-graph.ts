// Whether two graphs, built before and after an edit of one step, say the same: then all that was worked out of the one and
// of nothing that the edit changed is true of the other.
import type { Origin } from '../language/parts.ts';
import type { FlowGraph } from './flow-graph.ts';

/**
 * Nodes, edges and choices in the same order with the same words, guards, bounds and contracts. Where they stand in the
 * text does not count. Steps, actors and starts are the same where they have the same id: what they say is not looked at.
 */
export function isSameGraph(before: FlowGraph, after: FlowGraph): boolean {
  const known = namedIn(before);
  const others = namedIn(after);
  // Objects that stand for themselves must do so in both: the same one here is the same one there.
  const pairs = new Map<object, object>();
  const taken = new Set<object>();
  const [text, otherText] = [before.workflow.file.text, after.workflow.file.text];

  const isSame = (a: unknown, b: unknown): boolean => {
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
      return a === b || (typeof a === 'function' && typeof b === 'function');
    }
    const name = known.get(a);
    if (name !== undefined) return name === others.get(b);
    const paired = pairs.get(a);
    if (paired !== undefined || taken.has(b)) return paired === b;
    pairs.set(a, b);
    taken.add(b);
    if (a === b) return true;
    if (Array.isArray(a))
      return Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
    if (a instanceof Map) return b instanceof Map && isSame([...a], [...b]);
    if (a instanceof Set) return b instanceof Set && isSame([...a], [...b]);
    const [mine, theirs] = [a as Part, b as Part];
    const keys = Object.keys(mine);
    return keys.length === Object.keys(theirs).length && keys.every((key) => isSameAt(key, mine[key], theirs[key]));
  };
  const isSameAt = (key: string, a: unknown, b: unknown): boolean => {
    if (key === 'range' || key === 'node') return (a === undefined) === (b === undefined);
    return key === '$' ? textOf(a as Origin, text) === textOf(b as Origin, otherText) : isSame(a, b);
  };

  return (
    before.nodes.length === after.nodes.length &&
    before.edges.length === after.edges.length &&
    before.nodes.every((node, at) => isSame({ ...node }, { ...after.nodes[at] })) &&
    before.edges.every((edge, at) => isSame({ ...edge }, { ...after.edges[at] })) &&
    isSame(before.choices, after.choices) &&
    isSame(before.alsoReachable, after.alsoReachable)
  );
}

type Part = Readonly<Record<string, unknown>>;

/** What stands for itself, by a name that is the same after an edit of one step. */
function namedIn({ workflow, nodes, edges }: FlowGraph): ReadonlyMap<object, string> {
  return new Map<object, string>([
    ...[...workflow.steps.values()].map((step): [object, string] => [step, `step ${step.id}`]),
    ...[...workflow.actors.values()].map((actor): [object, string] => [actor, `actor ${actor.id}`]),
    ...workflow.starts.map((start): [object, string] => [start, `start ${start.index}`]),
    ...nodes.map((node): [object, string] => [node, `node ${node.index}`]),
    ...edges.map((edge): [object, string] => [edge, `edge ${edge.index}`]),
  ]);
}

/** What a map says, keys that cannot be read included. */
function textOf({ range }: Origin, text: string): string {
  return text.slice(range.start, range.end);
}
