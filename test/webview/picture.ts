// Builds a diagram from short rows: what a test draws.
import type { EdgeKind, LaneKind, NodeKind } from '../../src/picture/picture.ts';
import type { Diagram, DiagramEdge, Range } from '../../src/protocol.ts';

export type LaneRow = readonly [id: string, title: string, kind: LaneKind];
export type NodeRow = readonly [id: string, lane: string, title: string, kind?: NodeKind];
/** `~` before a label marks an exceptional edge, `?` a guarded one, `@` a message. */
export type EdgeRow = readonly [from: string, to: string, label?: string | undefined];

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

export function picture(
  title: string,
  laneRows: readonly LaneRow[],
  nodeRows: readonly NodeRow[],
  edgeRows: readonly EdgeRow[],
): Diagram {
  const lanes = laneRows.map(([id, laneTitle, kind]) => ({ id, title: laneTitle, kind }));
  const kindOfLane = new Map(lanes.map((lane) => [lane.id, lane.kind]));
  const nodes = nodeRows.map(([id, lane, nodeTitle, kind = 'task']) => ({
    id,
    lane,
    title: nodeTitle,
    kind,
    performer: kindOfLane.get(lane) ?? ('unassigned' as const),
    block: nowhere,
    range: nowhere,
  }));
  const performerOf = new Map(nodes.map((node) => [node.id, node.performer]));
  const edges = edgeRows.map(([from, to, text], index) => ({
    id: `${from}->${to}#${index}`,
    from,
    to,
    kind: edgeKind(text),
    ...(text === undefined ? {} : { label: text.replace(/^[~?@]/, '') }),
    handoff: handoff(performerOf.get(from), performerOf.get(to)),
    range: nowhere,
  }));
  return { title, lanes, nodes, edges };
}

function edgeKind(label: string | undefined): EdgeKind {
  if (label?.startsWith('~')) return 'exceptional';
  if (label?.startsWith('?')) return 'guarded';
  return label?.startsWith('@') ? 'message' : 'normal';
}

function handoff(from: LaneKind | undefined, to: LaneKind | undefined): DiagramEdge['handoff'] {
  const people = new Set<LaneKind | undefined>(['human', 'team', 'external']);
  if ((from === 'agent' && people.has(to)) || (to === 'agent' && people.has(from))) return 'human-ai';
  return from === to ? 'none' : 'other';
}
