// Our layout as a layout algorithm of mermaid: it places what mermaid draws. To see what drawing by mermaid alone costs.
import type { LayoutLoaderDefinition } from 'mermaid';
import type { Box, Measures } from '../../src/picture/geometry.ts';
import { layOut } from '../../src/picture/layout.ts';
import type { Picture } from '../../src/picture/picture.ts';

type Render = Awaited<ReturnType<LayoutLoaderDefinition['loader']>>['render'];
type LayoutData = Parameters<Render>[0];

export const layoutName = 'aiwf-lanes';

/** To hand to `mermaid.registerLayoutLoaders`; `measures` know the texts as mermaid will show them. */
export function lanesLoader(measures: () => Measures): LayoutLoaderDefinition {
  return { name: layoutName, loader: async () => ({ render: renderWith(measures) }) };
}

function renderWith(measures: () => Measures): Render {
  return async (data, svg, helpers) => {
    const { lanes, nodes, edges, picture } = read(data);
    const layout = layOut(picture, measures());
    const top = svg.select<SVGGElement>('g');
    helpers.insertMarkers(top, data.markers, data.type, data.diagramId);
    const root = top.append('g').attr('class', 'root');
    const [clusters, paths, labels, shapes] = ['clusters', 'edgePaths', 'edgeLabels', 'nodes'].map((name) =>
      root.append('g').attr('class', name),
    );
    if (!shapes) return;
    for (const [at, lane] of lanes.entries()) {
      const { x, y, width, height } = layout.lanes[at] ?? { x: 0, y: 0, width: 0, height: 0 };
      Object.assign(lane, { x: x + width / 2, y: y + height / 2, width, height });
      await helpers.insertCluster(clusters, lane as Parameters<typeof helpers.insertCluster>[1]);
    }
    const placed = new Map<string, object>();
    for (const [at, node] of nodes.entries()) {
      const box = layout.nodes[at];
      if (!box) continue;
      const { x, y, width, height } = box;
      // A rectangle of exactly our size: every outline of mermaid's adds room of its own, which the layout cannot know.
      const shape = { shape: 'squareRect', look: 'classic', padding: 0, width, height, label: textOf(box) } as const;
      const sized = Object.assign(node, shape) as Parameters<typeof helpers.insertNode>[1];
      const element = await helpers.insertNode(shapes, sized, { config: data.config, dir: 'TB' });
      element.attr('transform', `translate(${x}, ${y})`);
      placed.set(node.id, Object.assign(node, { x, y, width, height }));
    }
    for (const [at, edge] of edges.entries()) {
      const place = layout.edges[at];
      const [from, to] = [placed.get(edge.start ?? ''), placed.get(edge.end ?? '')];
      if (!place || !from || !to) continue;
      const drawn = { ...edge, curve: 'rounded', points: place.points.map((point) => ({ ...point })) };
      helpers.insertEdge(paths, drawn, {}, data.type, from, to, data.diagramId, true);
      if (!place.label) continue;
      const labeled = { ...edge, label: textOf(place.label), x: place.label.x, y: place.label.y };
      await helpers.insertEdgeLabel(labels, labeled);
      helpers.positionEdgeLabel(labeled, { updatedPath: undefined, originalPath: undefined });
    }
  };
}

/** What mermaid read from the text, as the picture it was made from. */
function read(data: LayoutData) {
  const lanes = data.nodes.filter(({ isGroup }) => isGroup).sort((a, b) => (a.id < b.id ? -1 : 1));
  const numberOf = ({ id }: { readonly id: string }): number => Number(id.slice(1));
  const nodes = data.nodes.filter(({ isGroup }) => !isGroup).sort((a, b) => numberOf(a) - numberOf(b));
  const edges = [...data.edges].sort((a, b) => numberOf(a) - numberOf(b));
  const picture: Picture = {
    title: '',
    lanes: lanes.map(({ id, label }) => ({ id, title: plain(label), kind: 'unassigned' })),
    nodes: nodes.map(({ id, label, parentId }) => ({
      id,
      title: plain(label),
      lane: parentId ?? '',
      kind: 'task',
      performer: 'unassigned',
    })),
    edges: edges.map(({ id, start, end, label, pattern }) => ({
      id,
      from: start ?? '',
      to: end ?? '',
      label: plain(label),
      kind: pattern === 'dotted' ? 'exceptional' : 'normal',
      handoff: 'none',
    })),
  };
  return { lanes, nodes, edges, picture };
}

/** Mermaid keeps an entity as marks of its own until the text is drawn. */
function plain(text: string | undefined): string {
  return (text ?? '').replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function textOf({ lines }: Box): string {
  const coded = (line: string): string => line.replace(/[^\p{L}\p{N} ]/gu, (sign) => `ﬂ°°${sign.codePointAt(0)}¶ß`);
  return lines.map(coded).join('<br/>');
}
