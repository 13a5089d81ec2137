// Where an AI sorts cases: some go to a person, others are closed and nobody sees them.
import { type Actor, isAi, isPerson } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './approvals.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { shortestPath } from './reachability.ts';

export interface AutoClose {
  readonly node: FlowNode;
  readonly agent: Actor;
  /** From the step of the AI to the end, past no person. */
  readonly closing: readonly FlowEdge[];
  /** A step of a person to which other cases go. */
  readonly person: FlowNode;
}

/** Steps of an AI after which some cases end unseen and others do not, with no sample of those that end. */
export function autoClosing(analyses: Analyses): readonly AutoClose[] {
  const { graph, reachability } = analyses;
  return graph.nodes.flatMap((node): readonly AutoClose[] => {
    const { step, performers } = node;
    const [agent] = performers;
    if (!step || !agent || !performers.every(isAi) || isSampled(node)) return [];
    if (!Number.isFinite(reachability.distanceTo(node)) || isJudgedBefore(node, analyses)) return [];
    const results = new Set(node.out.filter((edge) => completes(edge) && edge.outcome !== 'sample'));
    const passes = (edge: FlowEdge) =>
      edge.from === node ? results.has(edge) : edge.kind !== 'message' && isUnseen(edge);
    const closing = shortestPath([node], closes, passes);
    const toPerson = shortestPath([node], ({ performers: at }) => at.some(isPerson), passes);
    const person = toPerson?.at(-1)?.to;
    return closing && person ? [{ node, agent, closing, person }] : [];
  });
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
  if (from.step?.kind === 'route' || from.kind === 'exit' || from.step?.kind === 'scope') return true;
  const isMachine = ({ kind }: Actor) => kind === 'agent' || kind === 'system';
  return from.performers.length > 0 && from.performers.every(isMachine) && completes(edge) && !isSampled(from);
}

/** The case is over, and not because something failed. */
function closes({ step }: FlowNode): boolean {
  return step?.kind === 'end' && step.scope === undefined && step.fields.outcome?.value !== 'failed';
}
