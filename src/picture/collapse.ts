// Puts steps together that belong together, so that a large picture can be read from far: the steps of a scope or
// sub-workflow, of a phase or of an actor become one node, and the ways between them the ways between those.
import type { Picture, PictureEdge, PictureNode } from './picture.ts';

/** What steps are put together by. */
export const groupings = ['none', 'scope', 'phase', 'actor'] as const;
export type Grouping = (typeof groupings)[number];

export interface Collapsed {
  readonly picture: Picture;
  /** The node that stands for each node of the picture before, itself where nothing was put together. */
  readonly nodeOf: ReadonlyMap<string, string>;
  /** The edge that stands for each edge; left out where both ends are in one node. */
  readonly edgeOf: ReadonlyMap<string, string>;
  /** How many steps each node stands for that stands for more than itself. */
  readonly counts: ReadonlyMap<string, number>;
}

/** `picture` by `grouping`, with the groups whose node is in `expanded` left open. */
export function collapse(picture: Picture, grouping: Grouping, expanded: ReadonlySet<string>): Collapsed {
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  const nodeOf = new Map(picture.nodes.map((node) => [node.id, groupOf(node, grouping, expanded, byId)]));
  const members = new Map<string, PictureNode[]>();
  for (const node of picture.nodes) {
    const group = nodeOf.get(node.id) ?? node.id;
    const known = members.get(group);
    if (known) known.push(node);
    else members.set(group, [node]);
  }
  // A group of one is no group.
  for (const [only, ...others] of members.values()) if (only && others.length === 0) nodeOf.set(only.id, only.id);
  const nodes = [...members].flatMap(([group, all]) => {
    const [first] = all;
    if (!first || all.length === 1) return first ?? [];
    return byId.get(group) ?? groupNode(group, first, grouping, picture);
  });
  const edgeOf = new Map<string, string>();
  const edges = new Map<string, PictureEdge>();
  for (const edge of picture.edges) {
    const [from, to] = [nodeOf.get(edge.from) ?? edge.from, nodeOf.get(edge.to) ?? edge.to];
    if (from === to && (edge.from !== edge.to || (members.get(from)?.length ?? 1) > 1)) continue;
    const isMoved = from !== edge.from || to !== edge.to;
    const key = isMoved ? `${from}\n${to}\n${edge.kind}` : edge.id;
    const known = edges.get(key);
    edges.set(key, known ? joined(known, edge) : { ...edge, from, to });
    edgeOf.set(edge.id, known?.id ?? edge.id);
  }
  // A scope stands for its steps and is none of them.
  const counts = [...members].flatMap(([group, { length }]): readonly (readonly [string, number])[] =>
    length > 1 ? [[group, byId.has(group) ? length - 1 : length]] : [],
  );
  return { picture: { ...picture, nodes, edges: [...edges.values()] }, nodeOf, edgeOf, counts: new Map(counts) };
}

/** Id of the group a node is in: a scope's own id, or one that no step can have. */
export function groupOf(
  node: PictureNode,
  grouping: Grouping,
  expanded: ReadonlySet<string>,
  byId: ReadonlyMap<string, PictureNode>,
): string {
  const around = outermost(node, expanded, byId, grouping === 'scope');
  const closed = around === node.id ? undefined : byId.get(around);
  if (closed) return groupOf(closed, grouping, expanded, byId);
  if (node.kind === 'start' || node.kind === 'end') return node.id;
  const name = grouping === 'phase' ? node.phase : grouping === 'actor' ? '' : undefined;
  const group = name === undefined ? node.id : `${grouping}:${name}@${node.lane}`;
  return expanded.has(group) ? node.id : group;
}

/** The outermost closed scope around a node, or the node itself. A call is closed until it is opened. */
function outermost(
  node: PictureNode,
  expanded: ReadonlySet<string>,
  byId: ReadonlyMap<string, PictureNode>,
  closesAll: boolean,
): string {
  let found = node.id;
  const seen = new Set<string>();
  for (let scope = node.scope; scope !== undefined && !seen.has(scope); scope = byId.get(scope)?.scope) {
    seen.add(scope);
    const kind = byId.get(scope)?.kind;
    if (kind && (closesAll || kind === 'call') && !expanded.has(scope)) found = scope;
  }
  return found;
}

function groupNode(id: string, first: PictureNode, grouping: Grouping, { lanes }: Picture): PictureNode {
  const lane = lanes.find((one) => one.id === first.lane);
  const title = (grouping === 'phase' ? first.phase : lane?.title) ?? first.lane;
  return { id, lane: first.lane, title, kind: 'scope', performer: lane?.kind ?? first.performer };
}

/** Two ways between the same groups as one; the stronger handoff counts. */
function joined(a: PictureEdge, b: PictureEdge): PictureEdge {
  const handoffs = [a.handoff, b.handoff];
  const handoff = handoffs.includes('human-ai') ? 'human-ai' : handoffs.includes('other') ? 'other' : 'none';
  const labels = [...new Set([a, b].flatMap(({ label }) => label?.split(', ') ?? []))];
  const label = labels.slice(0, maxLabels).join(', ');
  return { ...a, handoff, ...(label === '' ? {} : { label: labels.length > maxLabels ? `${label}, …` : label }) };
}

const maxLabels = 3;
