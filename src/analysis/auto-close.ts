// Where an AI sorts cases: some go to a person, others are closed and nobody sees them.
import { type Actor, isAi, isPerson } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { nodesReaching, shortestPath } from './reachability.ts';

export interface AutoClose {
  readonly node: FlowNode;
  readonly agent: Actor;
  /** From the step of the AI to the end, past no person. */
  readonly closing: readonly FlowEdge[];
  /** A step of a person to which other cases go. */
  readonly person: FlowNode;
}

/**
 * Steps of an AI after which some cases end unseen and others do not, with no sample of those that end: at the step
 * whose own result decides it, not at one before. O(edges), and a search for each that is found.
 */
export function autoClosing(analyses: Analyses): readonly AutoClose[] {
  const { graph, reachability } = analyses;
  const closed = nodesReaching(graph.nodes.filter(closes), isUnseen);
  const seen = nodesReaching(graph.nodes.filter(isOfPeople), isUnseen);
  return graph.nodes.flatMap((node): readonly AutoClose[] => {
    const { step, performers } = node;
    const [agent] = performers;
    if (!step || !agent || !performers.every(isAi) || isSampled(node)) return [];
    if (!Number.isFinite(reachability.distanceTo(node))) return [];
    const landings = landingsOf(node);
    const closing = landings.find(({ to }) => closed.has(to) && !seen.has(to));
    const person = landings.find(({ to }) => seen.has(to) && !closed.has(to));
    if (!closing || !person || isJudgedBefore(node, analyses)) return [];
    const passes = (edge: FlowEdge) => (edge.from === node ? decides(edge) : isUnseen(edge));
    const toEnd = shortestPath([node], (at) => closed.has(at) && !seen.has(at), passes) ?? [];
    const onward = shortestPath([toEnd.at(-1)?.to ?? node], closes, isUnseen) ?? [];
    const toPerson = shortestPath([person.to], isOfPeople, isUnseen);
    const looker = toPerson?.at(-1)?.to ?? person.to;
    return [{ node, agent, closing: [...toEnd, ...onward], person: looker }];
  });
}

function isOfPeople({ performers }: FlowNode): boolean {
  return performers.some(isPerson);
}

/** Leaving by it, the step has done its work, and its result says where the case goes. */
function decides(edge: FlowEdge): boolean {
  return completes(edge) && edge.outcome !== 'sample';
}

/** The edges by which the case comes to the next place where something is done, over routes and borders of scopes. */
function landingsOf(node: FlowNode): readonly FlowEdge[] {
  const edges = new Set(node.out.filter(decides));
  const landings: FlowEdge[] = [];
  for (const edge of edges) {
    if (isPoint(edge.to)) for (const next of edge.to.out.filter(passesPoint)) edges.add(next);
    else landings.push(edge);
  }
  return landings;
}

/** Work goes on from a point by itself: no receiver has refused it, and nothing struck. */
function passesPoint(edge: FlowEdge): boolean {
  return completes(edge) || (edge.from.step?.kind === 'scope' && edge.outcome === undefined);
}

function isPoint({ kind, step }: FlowNode): boolean {
  return kind === 'exit' || step?.kind === 'route' || step?.kind === 'scope';
}

function isSampled({ step }: FlowNode): boolean {
  const { sample } = step?.fields ?? {};
  return sample !== undefined && sample.share?.value !== 0;
}

/** A person has judged on every path before, so it is not the AI that closes the case. */
function isJudgedBefore(node: FlowNode, { dominators }: Analyses): boolean {
  for (let at = dominators.immediate(node); at; at = dominators.immediate(at))
    if (at.step && judgments.has(at.step.kind ?? '') && at.performers.every(isPerson)) return true;
  return false;
}

const judgments: ReadonlySet<string> = new Set(['approval', 'review', 'decision']);

/** Points without work, and finished work of machines of which no sample is taken. */
function isUnseen(edge: FlowEdge): boolean {
  const { from } = edge;
  if (edge.kind === 'message') return false;
  if (isPoint(from)) return passesPoint(edge);
  const isMachine = ({ kind }: Actor) => kind === 'agent' || kind === 'system';
  return from.performers.length > 0 && from.performers.every(isMachine) && completes(edge) && !isSampled(from);
}

/** The case is over, and not because something failed. */
function closes({ step }: FlowNode): boolean {
  return step?.kind === 'end' && step.scope === undefined && step.fields.outcome?.value !== 'failed';
}
