// Renders a diagram as mermaid text: `swimlane-beta`, one subgraph a lane. Node i of the model is `n<i>`, edge i is
// `e<i>`. A title never reaches mermaid's grammar or its Markdown: what could mean something there is an entity.
import type { LaneKind, NodeKind, Picture, PictureEdge, PictureNode } from '../picture/picture.ts';

/** How a performer looks: a sign before the text, the outline of its steps, and its colors. */
const performers: Record<LaneKind, { readonly sign: string; readonly shape: string; readonly style: string }> = {
  human: { sign: '👤', shape: 'rounded', style: 'fill:#fff4d6,stroke:#a66b00,color:#332200' },
  team: { sign: '👥', shape: 'st-rect', style: 'fill:#ffe8d6,stroke:#a64b00,color:#331800' },
  agent: { sign: '🤖', shape: 'notch-rect', style: 'fill:#e9e2ff,stroke:#5b3fc4,color:#1c1240' },
  system: { sign: '⚙️', shape: 'rect', style: 'fill:#e3edf7,stroke:#2f6391,color:#0d2236' },
  external: { sign: '🌐', shape: 'lean-r', style: 'fill:#e0f3e6,stroke:#23764a,color:#0a2c19' },
  vendor: { sign: '🏢', shape: 'lean-l', style: 'fill:#dff2f1,stroke:#1c7672,color:#082b2a' },
  unassigned: { sign: '', shape: 'rect', style: 'fill:#f1f1f1,stroke:#767676,color:#222222,stroke-dasharray:4 3' },
};

/** Kinds with an outline everybody knows; every other kind takes the outline of its performer. */
const conventions: Partial<Record<NodeKind, string>> = {
  start: 'stadium',
  end: 'stadium',
  decision: 'hex',
  route: 'diam',
  wait: 'delay',
  scope: 'fr-rect',
  call: 'fr-rect',
};

const kindSigns: Partial<Record<NodeKind, string>> = {
  start: '▶',
  review: '👁',
  approval: '✔',
  contest: '⚑',
  wait: '⏱',
  disclose: '🛈',
  scope: '⊞',
  call: '↗',
  end: '■',
};

/** Mermaid text of a diagram; the same diagram gives the same text. */
export function renderMermaid(diagram: Picture): string {
  const nameOf = new Map(diagram.nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = [
    '---',
    `title: ${JSON.stringify(plainTitle(diagram.title))}`,
    '---',
    'swimlane-beta TB',
    ...diagram.lanes.flatMap((lane, index) => [
      `  subgraph lane${index}["${sign(performers[lane.kind].sign)}${escapeText(lane.title)}"]`,
      ...diagram.nodes.flatMap((node, at) => (node.lane === lane.id ? [`    ${renderNode(node, `n${at}`)}`] : [])),
      '  end',
    ]),
    ...diagram.edges.flatMap((edge, index) => renderEdge(edge, index, nameOf)),
    ...renderClasses(diagram),
  ];
  return `${lines.join('\n')}\n`;
}

/** Every character mermaid or Markdown could read as its own becomes an entity; white space becomes one blank. */
export function escapeText(text: string): string {
  const escaped = partMarks(oneLine(text))
    .replace(/[^\p{L}\p{M}\p{N} ,.'?!()/+=≤≥→-]/gu, (character) => entity(character))
    .replace(/\.(?=\S)|(?<=\d)\.|^[-+]|=(?==)/g, (character) => entity(character))
    .replace(/^(\d+)\)/, (_, digits: string) => `${digits}${entity(')')}`);
  return escaped === '' ? entity(' ') : escaped;
}

/** Front matter knows no entities, and mermaid reads a title as HTML: the three signs of HTML become their wide twins. */
function plainTitle(title: string): string {
  const wide: Record<string, string> = { '<': '＜', '>': '＞', '&': '＆' };
  return partMarks(oneLine(title)).replace(/[<>&]/g, (character) => wide[character] ?? character);
}

/** Parts mermaid's own marks for entities, which it replaces even in finished text, by a character nobody sees. */
function partMarks(text: string): string {
  return text.replace(/ﬂ(?=°)|¶(?=ß)/g, '$&\u200c');
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/[\p{Noncharacter_Code_Point}]/gu, '�')
    .trim();
}

function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}

function sign(text: string): string {
  return text === '' ? '' : `${text} `;
}

function renderNode(node: PictureNode, name: string): string {
  const { sign: performerSign, shape } = performers[node.performer];
  const text = `${sign(performerSign)}${sign(kindSigns[node.kind] ?? '')}${escapeText(node.title)}`;
  return `${name}@{ shape: ${conventions[node.kind] ?? shape}, label: "${text}" }`;
}

function renderEdge(edge: PictureEdge, index: number, nameOf: ReadonlyMap<string, string>): string[] {
  const from = nameOf.get(edge.from);
  const to = nameOf.get(edge.to);
  if (from === undefined || to === undefined) return [];
  const arrow = isDashed(edge) ? '-.->' : edge.handoff === 'human-ai' ? '==>' : '-->';
  const label = oneLine(edge.label ?? '') === '' ? '' : `|"${escapeText(edge.label ?? '')}"|`;
  return [`  ${from} e${index}@${arrow}${label} ${to}`];
}

function isDashed(edge: PictureEdge): boolean {
  return edge.kind === 'exceptional' || edge.kind === 'message';
}

function renderClasses(diagram: Picture): string[] {
  const names = (fits: (node: PictureNode) => boolean): string =>
    diagram.nodes.flatMap((node, index) => (fits(node) ? [`n${index}`] : [])).join(',');
  const lines = Object.entries(performers).flatMap(([kind, { style }]) => {
    const members = names((node) => node.performer === kind);
    return members === '' ? [] : [`  classDef ${kind} ${style}`, `  class ${members} ${kind}`];
  });
  const ends = names((node) => node.kind === 'end');
  const handoffs = diagram.edges.flatMap((edge, index) => (edge.handoff === 'human-ai' ? [`e${index}`] : []));
  return [
    ...lines,
    ...(ends === '' ? [] : ['  classDef final stroke-width:4px', `  class ${ends} final`]),
    ...(handoffs.length === 0
      ? []
      : ['  classDef handoff stroke-width:4px,stroke:#b0288c', `  class ${handoffs.join(',')} handoff`]),
  ];
}
