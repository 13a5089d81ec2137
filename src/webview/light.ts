// Lights the path that proves a finding: its steps and edges stand out with their number on the path, all else steps back.
import { escapeMarkup, tag } from '../picture/markup.ts';
import type { DiagramFinding } from '../protocol.ts';

/** Where the places of a finding are drawn, for steps that are put together. */
export interface Drawn {
  node(id: string): string | undefined;
  edge(id: string): string | undefined;
}

/** Lights one finding, or none; answers the element where it stands. */
export function lightFinding(canvas: Element, finding: DiagramFinding | undefined, drawn: Drawn): Element | undefined {
  const svg = canvas.querySelector('.aiwf-svg');
  for (const lit of canvas.querySelectorAll('.aiwf-lit')) lit.classList.remove('aiwf-lit', 'aiwf-lit-here');
  for (const number of canvas.querySelectorAll('.aiwf-path-number')) number.remove();
  svg?.classList.toggle('aiwf-dimmed', finding !== undefined);
  if (!finding) return undefined;
  const nodes = elementsBy(canvas, '.aiwf-node', 'data-step');
  const edges = elementsBy(canvas, '[data-edge]', 'data-edge');
  const light = (elements: readonly Element[]) => {
    for (const element of elements) element.classList.add('aiwf-lit');
  };
  const numbers = new Map<Element, number[]>();
  const edgeElements = (id: string) =>
    (edges.get(id) ?? []).map((element) => element.closest('.aiwf-edge-group') ?? element);
  for (const [at, { node, edge }] of finding.witness.entries()) {
    const [nodeId, edgeId] = [node && drawn.node(node), edge && drawn.edge(edge)];
    if (edgeId) light([...edgeElements(edgeId), ...(edges.get(edgeId) ?? [])]);
    const [element] = nodeId ? (nodes.get(nodeId) ?? []) : [];
    if (!element) continue;
    light([element]);
    numbers.set(element, [...(numbers.get(element) ?? []), at + 1]);
  }
  for (const [element, all] of numbers) addNumber(element, all);
  const own = ownElement(finding, drawn, nodes, edgeElements);
  own?.classList.add('aiwf-lit', 'aiwf-lit-here');
  return own;
}

function ownElement(
  { node, edge }: DiagramFinding,
  drawn: Drawn,
  nodes: ReadonlyMap<string, readonly Element[]>,
  edgeElements: (id: string) => readonly Element[],
): Element | undefined {
  const nodeId = node === undefined ? undefined : drawn.node(node);
  if (nodeId !== undefined) return nodes.get(nodeId)?.[0];
  const edgeId = edge === undefined ? undefined : drawn.edge(edge);
  return edgeId === undefined ? undefined : edgeElements(edgeId)[0];
}

function elementsBy(root: Element, selector: string, attribute: string): ReadonlyMap<string, readonly Element[]> {
  const found = new Map<string, Element[]>();
  for (const element of root.querySelectorAll(selector)) {
    const id = element.getAttribute(attribute) ?? '';
    const known = found.get(id);
    if (known) known.push(element);
    else found.set(id, [element]);
  }
  return found;
}

/** The place on the path, at the lower left of the step; the first three where the path comes by more often. */
function addNumber(node: Element, numbers: readonly number[]): void {
  const body = node.querySelector<SVGGraphicsElement>('.aiwf-body');
  if (!body) return;
  const { x, y, height } = body.getBBox();
  const place = node.getAttribute('transform') ?? '';
  const text = numbers.slice(0, 3).join(', ') + (numbers.length > 3 ? '…' : '');
  const width = text.length * 6.6 + 10;
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  group.setAttribute('class', 'aiwf-path-number');
  group.setAttribute('aria-hidden', 'true');
  group.setAttribute('transform', place);
  group.innerHTML =
    tag('rect', { x: x + 4, y: y + height - 7, width, height: 15, rx: 7.5 }) +
    tag('text', { x: x + 4 + width / 2, y: y + height + 1 }, escapeMarkup(text));
  node.parentElement?.append(group);
}
