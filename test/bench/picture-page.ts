// The page of `npm run bench:picture`: draws a generated workflow in one of four ways, measures it, and counts its faults.
import mermaid from 'mermaid';
import { renderMermaid } from '../../src/diagram/mermaid.ts';
import { drawPicture } from '../../src/picture/draw.ts';
import { layOut } from '../../src/picture/layout.ts';
import { marksOf } from '../../src/picture/marks.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { pictureWords } from '../../src/picture/words.ts';
import { measuresIn } from '../../src/webview/measure.ts';
import { elementFrom } from '../../src/webview/page.ts';
import { generated } from '../webview/diagrams.ts';
import { type DrawnFaults, type DrawnParts, faultsIn } from './drawn-faults.ts';
import { lanesLoader, layoutName } from './mermaid-lanes.ts';

export type Way = 'ours' | 'lanes' | 'swimlane' | 'elk';

export interface Drawn {
  readonly edges: number;
  /** From picture data to the picture in the page, laid out by the browser; the middle of the rounds. */
  readonly milliseconds: number;
}

const words = pictureWords((text) => text);
const canvas = document.getElementById('aiwf-canvas') ?? document.body;
const font = getComputedStyle(document.body).fontFamily;
let drawings = 0;

function begin(way: Way): void {
  const { node, header } = measuresIn(canvas);
  mermaid.registerLayoutLoaders([lanesLoader(() => ({ node, label: node, header }))]);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    maxEdges: 10_000,
    maxTextSize: 1e7,
    htmlLabels: false,
    fontFamily: font,
    fontSize: 13,
    themeVariables: { fontFamily: font, fontSize: '13px' },
    ...(way === 'lanes' ? { layout: layoutName } : way === 'elk' ? { layout: 'elk' } : {}),
  });
}

async function show(way: Way, picture: Picture): Promise<void> {
  if (way === 'ours') {
    const layout = layOut(picture, measuresIn(canvas));
    canvas.replaceChildren(elementFrom(drawPicture(picture, layout, words, { marks: marksOf([]) })));
  } else {
    const text = renderMermaid(picture);
    const { svg } = await mermaid.render(
      `drawing${drawings++}`,
      way === 'swimlane' ? text : text.replace('swimlane-beta TB', 'flowchart TB'),
    );
    canvas.innerHTML = svg;
  }
  const svg = canvas.querySelector('svg');
  if (!svg) throw new Error(`${way} drew nothing`);
  // The browser lays out here, and not later, outside of the measured time.
  svg.getBBox();
}

/** Where each way leaves nodes, labels and edges; a part that is not found would make the comparison worthless. */
function partsOf(way: Way, picture: Picture, root: SVGSVGElement): DrawnParts {
  const name = (at: number, id: string): string => (way === 'ours' ? id : `n${at}`);
  const nameOf = new Map(picture.nodes.map(({ id }, at) => [id, name(at, id)]));
  const shapeOf = new Map(
    [...root.querySelectorAll<SVGGElement>(way === 'ours' ? '.aiwf-node' : 'g.node')].map((node) => [
      way === 'ours' ? node.getAttribute('data-step') : /-(n\d+)-\d+$/.exec(node.id)?.[1],
      node.querySelector<SVGGraphicsElement>(way === 'ours' ? '.aiwf-body' : ':scope > :not(.label)'),
    ]),
  );
  const pathOf = new Map(
    [
      ...root.querySelectorAll<SVGPathElement>(
        way === 'ours' ? 'path.aiwf-edge[data-edge]' : '.edgePaths path[data-id]',
      ),
    ].map((path) => [path.getAttribute(way === 'ours' ? 'data-edge' : 'data-id'), path]),
  );
  const nodes = picture.nodes.flatMap(({ id }, at) => {
    const shape = shapeOf.get(name(at, id));
    return shape ? [{ id: name(at, id), shape }] : [];
  });
  const edges = picture.edges.flatMap(({ id, from, to }, at) => {
    const path = pathOf.get(way === 'ours' ? id : `e${at}`);
    return path ? [{ path, from: nameOf.get(from) ?? '', to: nameOf.get(to) ?? '' }] : [];
  });
  const labels = [
    ...root.querySelectorAll<SVGTextElement>(way === 'ours' ? '.aiwf-label-text' : '.edgeLabel text'),
  ].filter((text) => text.textContent?.trim());
  const found = [nodes.length, edges.length, labels.length];
  const wanted = [picture.nodes, picture.edges, picture.edges.filter(({ label }) => label)].map(({ length }) => length);
  if (found.join() !== wanted.join()) throw new Error(`${way} shows ${found}, not ${wanted} nodes, edges and labels`);
  return { root, nodes, labels, edges };
}

async function draw(way: Way, steps: number, lanes: number, rounds: number): Promise<Drawn> {
  begin(way);
  // A drawing that is not counted: the first one also loads and compiles.
  await show(way, generated(10, 3));
  const picture = generated(steps, lanes);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    canvas.replaceChildren();
    const before = performance.now();
    await show(way, picture);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { edges: picture.edges.length, milliseconds: times[Math.floor(times.length / 2)] ?? 0 };
}

/** Of the picture that was drawn last; apart from drawing, since counting takes its time too. */
function countFaults(way: Way, steps: number, lanes: number): DrawnFaults {
  const svg = canvas.querySelector('svg');
  if (!svg) throw new Error(`${way} drew nothing`);
  return faultsIn(partsOf(way, generated(steps, lanes), svg));
}

Object.assign(globalThis, { draw, countFaults });
