// Analyses of a workflow -> its picture: a lane for each performer, a node for each step, an edge for each way to go.
import type { Analyses } from '../analysis/analyses.ts';
import type { FlowEdge, FlowNode } from '../analysis/flow-graph.ts';
import { handoffKind, sendersAt, startSender } from '../analysis/handoffs.ts';
import { groupBy } from '../language/groups.ts';
import type { Start, Step, Workflow } from '../language/model.ts';
import type { NodeKind, PictureLane } from '../picture/picture.ts';
import type { DiagramEdge, DiagramModel, DiagramNode } from './diagram.ts';
import { laneIdsOf } from './lanes.ts';

/**
 * The picture of a workflow; the same text gives the same picture. Take-overs of a step are drawn as the step. With
 * `opened`, calls hold the steps of the file they call.
 */
export function buildDiagram(given: Analyses, { opened = false }: { readonly opened?: boolean } = {}): DiagramModel {
  const analyses = opened ? given.whole : given;
  const { workflow, graph } = analyses;
  const laneIds = laneIdsOf(analyses);
  const starts = workflow.starts.map((start) => startNode(start, workflow, laneIds));
  const steps = [...workflow.steps.values()].map((step) => {
    const kind = given.workflow.steps.get(step.id)?.kind === 'call' ? 'call' : (step.kind ?? 'task');
    return stepNode(step, kind, laneIds);
  });
  const nodes = [...starts, ...steps];
  // Over routes and waits the sender stands further back: the analysis knows the last edge of each such handoff.
  const handoffs: Handoffs = new Map(
    analyses.handoffs.map(({ path, betweenHumanAndAi }) => [path.at(-1), betweenHumanAndAi ? 'human-ai' : 'other']),
  );
  const drawn = graph.edges.flatMap((edge) => drawnEdges(edge, handoffs, workflow));
  const used = new Set(nodes.map(({ lane }) => lane));
  return {
    title: workflow.fields?.title?.value ?? workflow.id ?? 'Workflow',
    lanes: [...used].map((id) => lane(id, workflow)),
    nodes,
    edges: merged(drawn),
  };
}

type Handoffs = ReadonlyMap<FlowEdge | undefined, 'human-ai' | 'other'>;

function lane(id: string, { actors }: Workflow): PictureLane {
  const actor = actors.get(id);
  return { id, title: actor?.fields.title?.value ?? (actor ? id : id || 'Nobody'), kind: actor?.kind ?? 'unassigned' };
}

function startNode(start: Start, workflow: Workflow, laneIds: ReadonlyMap<string, string>): DiagramNode {
  const { actors, events, file } = workflow;
  const { on, label, $: origin } = start.fields;
  const id = `start:${start.index}`;
  const event = on && !on.word ? events.get(on.name) : undefined;
  const words: Readonly<Record<string, string>> = { manual: 'Start', message: 'Message', schedule: 'Schedule' };
  const named = actors.get(startSender(start, workflow) ?? '');
  const who = named ? ` from ${named.fields.title?.value ?? named.id}` : '';
  const what = event ? (event.fields.title?.value ?? event.id) : `${words[on?.name ?? 'manual'] ?? 'Start'}${who}`;
  const range = origin.keyRange('on') ?? origin.keyRange('next') ?? { start: 0, end: Math.min(1, file.text.length) };
  return {
    id,
    lane: laneIds.get(id) ?? '',
    title: label?.value ?? what,
    kind: 'start',
    performer: named?.kind ?? 'unassigned',
    range,
    block: origin.range,
  };
}

function stepNode(step: Step, kind: NodeKind, laneIds: ReadonlyMap<string, string>): DiagramNode {
  return {
    id: step.id,
    lane: laneIds.get(step.id) ?? '',
    title: step.title,
    kind,
    performer: step.performers[0]?.kind ?? 'unassigned',
    ...(step.scope ? { scope: step.scope.id } : {}),
    ...(step.fields.phase ? { phase: step.fields.phase.value } : {}),
    range: step.range,
    block: { start: step.range.start, end: Math.max(step.range.end, step.fields.$.range.end) },
  };
}

/** What is drawn for an edge: none for take-overs, over the border of a scope one for each way on. */
function drawnEdges(edge: FlowEdge, handoffs: Handoffs, workflow: Workflow): readonly DiagramEdge[] {
  const { from, to } = edge;
  if (from.kind === 'root' || from.kind === 'exit' || (from.step === to.step && from.step && isTakeOver(from, to)))
    return [];
  if (to.kind !== 'exit') return [drawn(edge, to, edge, handoffs, workflow)];
  const outcome = from.step?.kind === 'end' ? edge.outcome : undefined;
  const ways = to.out.filter(
    (way) => outcome === undefined || way.outcome === outcome || (outcome === 'failed' && way.outcome === 'error'),
  );
  return ways.flatMap((way) =>
    way.to.kind === 'exit'
      ? drawnEdges({ ...way, from }, handoffs, workflow)
      : [drawn(edge, way.to, way, handoffs, workflow)],
  );
}

function isTakeOver(from: FlowNode, to: FlowNode): boolean {
  return from !== to && to.takenOver !== undefined;
}

/** An edge from the source of `edge` to `to`, as `way` describes it. */
function drawn(edge: FlowEdge, to: FlowNode, way: FlowEdge, handoffs: Handoffs, workflow: Workflow): DiagramEdge {
  const source = struckFrom(way, workflow) ?? nodeId(edge.from);
  const label = way.label === 'completed' ? undefined : way.label;
  const handoff = handoffs.get(way) ?? handoffKind(sendersAt(edge.from, way, workflow) ?? [], to.performers);
  return {
    id: '',
    from: source,
    to: nodeId(to),
    kind: way.kind,
    ...(label ? { label } : {}),
    handoff,
    range: way.range,
    ranges: [way.range],
  };
}

function nodeId({ start, step }: FlowNode): string {
  return step?.id ?? `start:${start?.index ?? 0}`;
}

/** What strikes anywhere in a scope or the case is drawn once, from the scope or the first start. */
function struckFrom({ from, range, interrupt }: FlowEdge, workflow: Workflow): string | undefined {
  for (let scope = from.step?.scope; scope; scope = scope.scope) {
    const { range: block } = scope.fields.$;
    const inner = from.step?.fields.$.range;
    const inScope = block.start <= range.start && range.end <= block.end;
    const inStep = inner && inner.start <= range.start && range.end <= inner.end;
    const inOtherStep =
      scope.fields.steps &&
      [...scope.fields.steps.values()].some(
        (entry) => entry.range.start <= range.start && range.end <= entry.range.end,
      );
    if (inScope && !inStep && !inOtherStep) return scope.id;
  }
  return interrupt && workflow.starts.length > 0 ? 'start:0' : undefined;
}

/** Edges between the same nodes of the same kind become one, with the labels of all. */
function merged(edges: readonly DiagramEdge[]): readonly DiagramEdge[] {
  const groups = groupBy(edges, ({ from, to, kind }) => `${from} ${to} ${kind}`);
  return [...groups.values()].map((group, index) => {
    const [first] = group;
    const labels = [...new Set(group.flatMap(({ label }) => label ?? []))];
    const strongest =
      group.find(({ handoff }) => handoff === 'human-ai') ?? group.find(({ handoff }) => handoff === 'other') ?? first;
    return {
      ...first,
      id: `edge:${index}`,
      handoff: strongest.handoff,
      ranges: [...new Map(group.map(({ range }) => [`${range.start} ${range.end}`, range])).values()],
      ...(labels.length > 0 ? { label: labels.join(', ') } : {}),
    };
  });
}
