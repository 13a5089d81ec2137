// Handoffs: edges over which work passes from one performer to another kind, team or trust zone.
import { type Actor, isAi, isHuman, isInside, isPerson, type Start, type Workflow } from '../language/model.ts';
import type { Contract } from '../language/parts.ts';
import { type Terms, termsInForce } from './contract-terms.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { wayFrom } from './ways.ts';

/** One way work changes hands. */
export interface Handoff {
  /** Who hands over; any one of them. */
  readonly senders: readonly Actor[];
  /** The node of the receiver. */
  readonly receiver: FlowNode;
  /** From the last performer before (or the start) to the receiver, over points without a performer. */
  readonly path: readonly FlowEdge[];
  /** Terms in force: those of the edge over those the receiver accepts. */
  readonly terms: Terms;
  /** Some contract is written for it, whatever its terms. */
  readonly hasContract: boolean;
  /** A contract is named that nothing declares, so the terms are not known. */
  readonly isUnknown: boolean;
  /** Work passes between people and AI. */
  readonly betweenHumanAndAi: boolean;
}

/**
 * All handoffs. Routes, waits and scopes have no performer: work passes over them from the last performer before to the
 * next one after; at a start the sender is `from`, after a wait for an event the event's `from`. An end receives nothing.
 * One entry per sender, receiver and contract on the way: the shortest such way between them.
 */
export function handoffsOf(graph: FlowGraph, workflow: Workflow): readonly Handoff[] {
  return graph.nodes.filter(receives).flatMap((receiver) => {
    const found = new Map<string, Handoff>();
    for (const { senders, way } of arrivals(receiver, workflow)) {
      const written = way.contract;
      const who = senders.length === 1 ? senders[0]?.id : senders.map(({ id }) => id).join();
      const key = written ? `${who},${written.range.start}` : `${who}`;
      if (found.has(key) || !isHandoff(senders, receiver.performers)) continue;
      const accepted = receiver.step?.accepts;
      const terms = termsInForce(accepted, written, workflow);
      found.set(key, {
        senders,
        receiver,
        path: wayFrom(way),
        terms,
        hasContract: written !== undefined || accepted !== undefined,
        isUnknown: [written, accepted].some((contract) =>
          contract?.names.some(({ name, word }) => !word && !workflow.handoffs.has(name)),
        ),
        betweenHumanAndAi: crosses(senders, receiver.performers),
      });
    }
    return [...found.values()];
  });
}

/** Someone performs here, and it is not a take-over of the same step. Who performs a scope does so in its steps. */
function receives(node: FlowNode): boolean {
  const { performers, step, takenOver } = node;
  return performers.length > 0 && step?.kind !== 'end' && step?.kind !== 'scope' && !takenOver;
}

/** Backwards over points without a performer, shortest first. */
export function arrivals(receiver: FlowNode, workflow: Workflow): readonly { senders: readonly Actor[]; way: Way }[] {
  const found: { senders: readonly Actor[]; way: Way }[] = [];
  const seen = new Set<FlowNode>();
  const queue: Way[] = receiver.in.filter(passesWork).map((edge) => wayOver(edge, undefined));
  for (const way of queue) {
    const { from } = way.edge;
    const senders = sendersAt(from, way.edge, workflow);
    if (senders !== undefined) {
      if (senders.length > 0) found.push({ senders, way });
      continue;
    }
    if (seen.has(from)) continue;
    seen.add(from);
    for (const edge of from.in) if (passesWork(edge) && !skipsFreeOrder(edge, way)) queue.push(wayOver(edge, way));
  }
  return found;
}

/** An edge and those behind it on the way to the receiver. */
interface Way {
  readonly edge: FlowEdge;
  readonly after: Way | undefined;
  /** The one that is written nearest to the receiver. */
  readonly contract: Contract | undefined;
}

function wayOver(edge: FlowEdge, after: Way | undefined): Way {
  return { edge, after, contract: after?.contract ?? edge.contract };
}

function passesWork(edge: FlowEdge): boolean {
  const isTakeOver = edge.from.step === edge.to.step && edge.to.kind !== 'exit';
  return edge.kind !== 'message' && edge.outcome !== 'refused' && !isTakeOver;
}

/** Out of a scope of free order work comes from a step inside: that nobody picks any is not expected. */
function skipsFreeOrder(edge: FlowEdge, { edge: next }: Way): boolean {
  const leaves = next.to.kind === 'exit' && next.to.step === next.from.step;
  return leaves && !isInside(edge.from.step, next.to.step);
}

/** Id of whoever begins a case by `start`: its `from`, else that of the event it waits for. */
export function startSender({ fields: { from, on } }: Start, { events }: Workflow): string | undefined {
  return from?.name ?? events.get(on?.name ?? '')?.fields.from?.name;
}

/** Who hands over when work leaves `node` by `edge`; undefined where whoever came before does, empty where unknown. */
export function sendersAt(
  node: FlowNode,
  edge: FlowEdge | undefined,
  workflow: Workflow,
): readonly Actor[] | undefined {
  const actor = (name: string | undefined) => {
    const found = workflow.actors.get(name ?? '');
    return found ? [found] : [];
  };
  if (node.kind === 'root') return [];
  if (node.start) return actor(startSender(node.start, workflow));
  const { step } = node;
  if (node.performers.length > 0 && step?.kind !== 'scope') return node.performers;
  // What a time limit or a timer sets off comes from nobody outside.
  if (step?.kind === 'wait' && edge?.outcome !== 'timeout' && edge?.outcome !== 'timer') {
    const event = workflow.events.get(edge?.outcome ?? '') ?? workflow.events.get(step.fields.until?.name ?? '');
    const sender = step.fields.from?.name ?? event?.fields.from?.name;
    if (sender !== undefined) return actor(sender);
  }
  // A step that should have a performer and has none, and a sub-workflow: who hands over is not known.
  const passesOn = step && ['route', 'wait', 'scope'].includes(step.kind ?? '');
  return passesOn ? undefined : [];
}

function isHandoff(senders: readonly Actor[], receivers: readonly Actor[]): boolean {
  return senders.every((sender) => receivers.every((receiver) => differs(sender, receiver)));
}

function differs(sender: Actor, receiver: Actor): boolean {
  if (sender.id === receiver.id || sender.kind === undefined || receiver.kind === undefined) return false;
  if (zoneOf(sender) !== zoneOf(receiver)) return true;
  const teams = [teamOf(sender), teamOf(receiver)];
  if (isHuman(sender) && isHuman(receiver)) {
    // Members of one team, and the team itself, are one side.
    if (sender.kind !== receiver.kind) return teams[0] !== teams[1];
    return teams[0] !== undefined && teams[1] !== undefined && teams[0] !== teams[1];
  }
  if (sender.kind !== receiver.kind) return true;
  return teams[0] !== undefined && teams[1] !== undefined && teams[0] !== teams[1];
}

function zoneOf({ kind }: Actor): 'inside' | 'external' | 'vendor' {
  return kind === 'external' || kind === 'vendor' ? kind : 'inside';
}

function teamOf(actor: Actor): string | undefined {
  return actor.kind === 'team' ? actor.id : actor.fields.team?.name;
}

/** Whether work that passes from `senders` to `receivers` changes hands, and between people and AI or otherwise. */
export function handoffKind(senders: readonly Actor[], receivers: readonly Actor[]): 'none' | 'human-ai' | 'other' {
  if (senders.length === 0 || receivers.length === 0 || !isHandoff(senders, receivers)) return 'none';
  return crosses(senders, receivers) ? 'human-ai' : 'other';
}

function crosses(senders: readonly Actor[], receivers: readonly Actor[]): boolean {
  return (senders.some(isAi) && receivers.some(isPerson)) || (senders.some(isPerson) && receivers.some(isAi));
}
