// Findings in the picture: the node, edge or lane where the badge of each stands, and its witness as a path over nodes and
// edges that are drawn. What is not drawn is left out; nothing stands at a place that is only near.
import type { Range as LspRange } from 'vscode-languageserver-types';
import type { DiagramEdge, DiagramModel } from '../diagram/diagram.ts';
import type { ParsedFile } from '../language/parse.ts';
import type { Range } from '../language/source.ts';
import type { Finding, Verdict, WitnessStep } from '../rules/finding.ts';
import { stepInWords } from './diagnostics.ts';
import { toRange } from './positions.ts';

/** `DiagramFinding` of `protocol.ts`. */
export interface PlacedFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly verdict: Verdict;
  readonly message: string;
  readonly standards: readonly string[];
  readonly node?: string;
  readonly edge?: string;
  readonly lane?: string;
  readonly range: LspRange;
  readonly witness: readonly PlacedWitnessStep[];
  readonly fixable: boolean;
}

interface PlacedWitnessStep {
  readonly node?: string;
  readonly edge?: string;
  readonly text: string;
  readonly range: LspRange;
}

/** Where in the picture things stand that the text names. */
interface Drawn {
  readonly model: DiagramModel;
  readonly nodes: ReadonlyMap<string, DiagramModel['nodes'][number]>;
  readonly lanes: ReadonlySet<string>;
  /** By both ends. */
  readonly edges: ReadonlyMap<string, readonly DiagramEdge[]>;
}

/** Each finding of `file` at its place in `model`, in the same order. */
export function placeFindings(
  findings: readonly Finding[],
  model: DiagramModel,
  file: ParsedFile,
): readonly PlacedFinding[] {
  const drawn = drawnIn(model);
  const ids = findingIds(findings);
  return findings.map((finding, index) => {
    const { rule, severity, verdict, message, range, witness, clauses, also = [], fixes } = finding;
    const all = [...clauses, ...also.flatMap((general) => general.clauses)];
    return {
      id: ids[index] ?? '',
      rule,
      severity,
      verdict,
      message,
      standards: [...new Set(all.map(({ standard }) => standard))],
      ...badgeOf(finding, drawn),
      range: toRange(file, range),
      witness: placeWitness(witness, drawn, file),
      fixable: fixes.length > 0,
    };
  });
}

/** An id for each, in their order. An edit elsewhere in the text leaves it as it is, so that what is chosen stays chosen. */
export function findingIds(findings: readonly Finding[]): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, place }) => {
    const key = `${rule} ${place}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return `${key} ${count}`;
  });
}

function drawnIn(model: DiagramModel): Drawn {
  const edges = new Map<string, DiagramEdge[]>();
  for (const edge of model.edges) {
    const key = betweenKey(edge.from, edge.to);
    edges.set(key, [...(edges.get(key) ?? []), edge]);
  }
  return {
    model,
    nodes: new Map(model.nodes.map((node) => [node.id, node])),
    lanes: new Set(model.lanes.map(({ id }) => id)),
    edges,
  };
}

function betweenKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

/** One place: an edge whose text is at fault, else the step, else the lane of an actor. */
function badgeOf({ place, range }: Finding, drawn: Drawn): Pick<PlacedFinding, 'node' | 'edge' | 'lane'> {
  const node = nodeAt(place, drawn) ?? (place === 'workflow' ? startAround(range, drawn) : undefined);
  const edge = edgeAt(range, node, drawn);
  if (edge) return { edge: edge.id };
  if (node !== undefined) return { node };
  const actor = /^actor:(.*)$/s.exec(place)?.[1];
  return actor !== undefined && drawn.lanes.has(actor) ? { lane: actor } : {};
}

/** The node of a step, or of the call around a step or a declaration of a sub-workflow: `pay/send`, `data:pay/amount`. */
function nodeAt(place: string, { nodes }: Drawn): string | undefined {
  if (nodes.has(place) && !place.includes(':')) return place;
  const inner = place.replace(/^\w+:/, '').indexOf('/');
  if (inner === -1) return undefined;
  const call = place.replace(/^\w+:/, '').slice(0, inner);
  return nodes.has(call) ? call : undefined;
}

function startAround(range: Range, { model }: Drawn): string | undefined {
  return model.nodes.find(({ kind, block }) => kind === 'start' && isAround(block, range))?.id;
}

/** The one edge in whose text `range` lies; of several, the one that leaves `node`. */
function edgeAt(range: Range, node: string | undefined, { model }: Drawn): DiagramEdge | undefined {
  // Some edges have no word of their own, and stand at a whole step or start.
  const own = (text: Range) => !model.nodes.some((one) => isAround(text, one.range) || isAround(text, one.block));
  const around = model.edges.filter(({ ranges }) => ranges.some((text) => isAround(text, range) && own(text)));
  const leaving = around.filter(({ from }) => from === node);
  return around.length === 1 ? around[0] : leaving.length === 1 ? leaving[0] : undefined;
}

function isAround(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function placeWitness(witness: readonly WitnessStep[], drawn: Drawn, file: ParsedFile): readonly PlacedWitnessStep[] {
  let before: string | undefined;
  return witness.map((step) => {
    const node = witnessNode(step, drawn);
    const edge = before !== undefined && node !== undefined ? edgeTo(step, before, node, drawn) : undefined;
    before = node;
    const title = node === undefined ? undefined : drawn.nodes.get(node)?.title;
    return {
      ...(node === undefined ? {} : { node }),
      ...(edge ? { edge: edge.id } : {}),
      text: stepInWords({ ...step, step: title || step.step }),
      range: toRange(file, step.range),
    };
  });
}

function witnessNode({ step, range }: WitnessStep, drawn: Drawn): string | undefined {
  const { model, nodes } = drawn;
  if (step === 'start') {
    const starts = model.nodes.filter(({ kind }) => kind === 'start');
    const here = starts.find(({ block }) => block.start === range.start && block.end === range.end);
    if (here) return here.id;
    // A path that ends at its start says by which word it came there.
    if (!nodes.has('start')) return starts.length === 1 ? starts[0]?.id : undefined;
  }
  return nodeAt(step, drawn);
}

/** The edge that is drawn for the way from `before` to `node`. */
function edgeTo({ edge, range }: WitnessStep, before: string, node: string, drawn: Drawn): DiagramEdge | undefined {
  if (!edge) return undefined;
  const saysSo = ({ ranges }: DiagramEdge) =>
    ranges.some((text) => text.start === range.start && text.end === range.end);
  const isOfKind = ({ kind }: DiagramEdge) => kind === edge.kind;
  const between = drawn.edges.get(betweenKey(before, node)) ?? [];
  const said = between.filter(saysSo);
  const found = only(said) ?? only(said.filter(isOfKind));
  if (found) return found;
  // Inside a sub-workflow, and when a step is taken over, work stays where it is.
  if (before === node) return undefined;
  if (between.length > 0) return only(between) ?? only(between.filter(isOfKind));
  // What strikes anywhere in a scope or the case is drawn from the scope or the first start.
  const origins = ['start:0', ...scopesAround(before, drawn)];
  const striking = origins.flatMap((from) => drawn.edges.get(betweenKey(from, node)) ?? []).filter(saysSo);
  return only(striking) ?? only(striking.filter(isOfKind));
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function scopesAround(id: string, { nodes }: Drawn): readonly string[] {
  const scopes: string[] = [];
  for (let scope = nodes.get(id)?.scope; scope !== undefined; scope = nodes.get(scope)?.scope) scopes.push(scope);
  return scopes;
}
