// Asks mermaid's swimlane layout where the nodes stand: which row, and in which order within lane and row. Mermaid gets
// the bare graph, names and all text left out, and only the edges that set the rows: with every edge its router takes seconds.
import mermaid from 'mermaid';
import type { Diagram } from '../protocol.ts';
import { rankNodes } from './rank.ts';

/** Where each node stands, in the order of the diagram's nodes. */
export interface Placement {
  readonly row: readonly number[];
  /** Position among the nodes of the same lane and row. */
  readonly order: readonly number[];
}

export type Place = (diagram: Diagram) => Promise<Placement>;

/** Placing a graph of the same shape again, as after a change of words, answers at once. */
export function createPlace(): Place {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    htmlLabels: false,
    suppressErrorRendering: true,
    maxEdges: 10_000,
    maxTextSize: 10_000_000,
    swimlane: { ignoreCrossLaneEdges: false, lineHops: false },
  });
  let last: { source: string; placement: Placement } | undefined;
  return async (diagram) => {
    const source = skeleton(diagram);
    if (last?.source === source) return last.placement;
    const { svg } = await mermaid.render('aiwf-placing', source);
    const placement = readPlacement(svg, diagram);
    last = { source, placement };
    return placement;
  };
}

function skeleton(diagram: Diagram): string {
  const lines = ['swimlane-beta TB'];
  diagram.lanes.forEach((lane, index) => {
    const members = diagram.nodes.flatMap((node, at) => (node.lane === lane.id ? [`n${at}`] : []));
    if (members.length > 0) lines.push(`subgraph lane${index}`, ...members, 'end');
  });
  for (const [from, to] of rankNodes(diagram).tree) lines.push(`n${from} --> n${to}`);
  return lines.join('\n');
}

function readPlacement(svg: string, diagram: Diagram): Placement {
  const picture = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const at = new Map<number, { x: number; y: number }>();
  for (const element of picture.querySelectorAll('g.node[transform]')) {
    const name = /flowchart-n(\d+)-/.exec(element.id);
    const place = /translate\(\s*([-\d.]+)[\s,]+([-\d.]+)/.exec(element.getAttribute('transform') ?? '');
    if (name && place) at.set(Number(name[1]), { x: Number(place[1]), y: Number(place[2]) });
  }
  if (at.size < diagram.nodes.length) throw new Error('mermaid left out a step');
  const levels = [...new Set([...at.values()].map(({ y }) => Math.round(y)))].sort((a, b) => a - b);
  const row = diagram.nodes.map((_, index) => levels.indexOf(Math.round(at.get(index)?.y ?? 0)));
  const order = diagram.nodes.map(
    (node, index) =>
      diagram.nodes.filter(
        (other, beside) =>
          other.lane === node.lane && row[beside] === row[index] && (at.get(beside)?.x ?? 0) < (at.get(index)?.x ?? 0),
      ).length,
  );
  return { row, order };
}
