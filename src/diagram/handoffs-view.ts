// Analyses of a workflow -> who gives what to whom, in flow order, with what is agreed.
import type { Analyses } from '../analysis/analyses.ts';
import type { FlowEdge } from '../analysis/flow-graph.ts';
import { arrivals, type Handoff } from '../analysis/handoffs.ts';
import { wayFrom } from '../analysis/ways.ts';
import { groupBy } from '../language/groups.ts';
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { Contract, Target } from '../language/parts.ts';
import type { ContractTerm, Fact, HandoffRow, HandoffsView } from '../picture/views.ts';
import type { DiagramModel } from './diagram.ts';
import { flowOrder } from './flow-order.ts';
import { dataTitle, laneOf, namedActor, nodeId, stepNames, textFact, timeFact, titleOf } from './view-names.ts';

/**
 * One row for each step or start that hands over, each receiver and each contract; ways on which all went well and
 * exceptional ones apart.
 */
export function handoffsView(analyses: Analyses, diagram: DiagramModel): HandoffsView {
  const order = flowOrder(diagram);
  const place = (id: string) => order.get(id) ?? order.size;
  const rows = analyses.handoffs
    .flatMap((handoff) => rowsOf(handoff, analyses, diagram))
    .sort(
      (a, b) =>
        place(a.fromNode.id) - place(b.fromNode.id) || place(a.toNode.id) - place(b.toNode.id) || rank(a) - rank(b),
    );
  const used = new Set(rows.flatMap(({ from, to }) => [from, to]));
  const drawn = diagram.lanes.filter(({ id }) => used.delete(id));
  const others = [...used].flatMap((id) => analyses.workflow.actors.get(id) ?? []).map(laneOf);
  return { view: 'handoffs', lanes: [...drawn, ...others], rows };
}

function rank({ exceptional }: HandoffRow): number {
  return exceptional ? 1 : 0;
}

/** The analysis keeps one way for each sender, receiver and contract; here each step that hands over counts. */
function rowsOf(handoff: Handoff, analyses: Analyses, diagram: DiagramModel): readonly HandoffRow[] {
  const { workflow } = analyses;
  const { receiver, senders } = handoff;
  const [sender] = senders;
  const [performer] = receiver.performers;
  const to = nodeId(receiver);
  if (!sender || !performer || to === undefined) return [];
  const name = stepNames(diagram);
  const contract = writtenIn(handoff.path);
  const ways = arrivals(receiver, workflow).filter(
    (arrival) => arrival.way.contract?.range.start === contract?.range.start && sameActors(arrival.senders, senders),
  );
  const paths = ways.map(({ way }) => wayFrom(way)).filter((path) => path.length > 0);
  const groups = groupBy(paths, (path) => `${path.some(isExceptional)} ${fromOf(path)}`);
  return [...groups.values()].flatMap((group): readonly HandoffRow[] => {
    const [first] = group;
    const from = fromOf(first);
    if (from === undefined) return [];
    const labels = [...new Set(group.flatMap((path) => labelOf(path) ?? []))];
    const edge = edgeOf(first, to, diagram);
    return [
      {
        ...(edge === undefined ? {} : { edge }),
        from: sender.id,
        to: performer.id,
        fromNode: name(from),
        toNode: name(to),
        ...(senders.length > 1 ? { senders: senders.map(titleOf) } : {}),
        ...(receiver.performers.length > 1 ? { receivers: receiver.performers.map(titleOf) } : {}),
        gives: givenIn(handoff, workflow),
        ...(labels.length > 0 ? { label: labels.join(', ') } : {}),
        contract: contractFacts(handoff, diagram, workflow),
        kind: handoff.betweenHumanAndAi ? 'human-ai' : 'other',
        exceptional: first.some(isExceptional),
      },
    ];
  });
}

function sameActors(some: readonly Actor[], others: readonly Actor[]): boolean {
  return some.length === others.length && some.every((actor, at) => actor.id === others[at]?.id);
}

/** The contract nearest to the receiver. */
function writtenIn(path: readonly FlowEdge[]): Contract | undefined {
  return path.findLast(({ contract }) => contract)?.contract;
}

function isExceptional({ kind }: FlowEdge): boolean {
  return kind === 'exceptional';
}

function fromOf([first]: readonly FlowEdge[]): string | undefined {
  return first && nodeId(first.from);
}

/** Every outcome and condition on the way. */
function labelOf(path: readonly FlowEdge[]): string | undefined {
  const labels = path.flatMap(({ label }) =>
    label && label !== 'completed' ? [label.replace(/\s+/gu, ' ').trim()] : [],
  );
  return labels.length > 0 ? labels.join(' → ') : undefined;
}

/** The edge of the picture over which the way comes to the receiver. */
function edgeOf(path: readonly FlowEdge[], to: string, { edges }: DiagramModel): string | undefined {
  const arriving = edges.filter((edge) => edge.to === to);
  for (const { from, kind, interrupt } of [...path].reverse()) {
    for (const source of [nodeId(from), ...scopesOf(from.step), ...(interrupt ? ['start:0'] : [])]) {
      const leaving = arriving.filter((edge) => edge.from === source);
      const found = leaving.find((edge) => edge.kind === kind) ?? leaving[0];
      if (found) return found.id;
    }
  }
  return undefined;
}

/** What strikes anywhere in a scope is drawn from the scope. */
function scopesOf(step: Step | undefined): readonly string[] {
  return step?.scope ? [step.scope.id, ...scopesOf(step.scope)] : [];
}

/** What the contract names, else what the receiver reads. */
function givenIn({ terms, receiver, isUnknown }: Handoff, workflow: Workflow): readonly string[] {
  const given = terms.payload ?? (isUnknown ? [] : (receiver.step?.fields.reads ?? []));
  return [...new Set(given.map((reference) => dataTitle(reference, workflow)))];
}

type Facts = readonly Fact<ContractTerm>[];

function contractFacts(
  { terms, hasContract, isUnknown, receiver }: Handoff,
  diagram: DiagramModel,
  workflow: Workflow,
): Facts {
  const { ack, auto, acceptIf, onReject, context, channel, instructions } = terms;
  const written: Facts = [
    ...(ack ? timeFact('ack' as const, ack) : auto?.value || isUnknown ? [] : [{ term: 'noAck' as const }]),
    ...(auto?.value ? [{ term: 'auto' as const }] : []),
    ...ownerFact(terms.ownerUntilAck, workflow),
    ...textFact('acceptIf', acceptIf?.text),
    ...rejectFact(onReject, diagram),
    ...textFact('context', context?.map(({ value }) => value).join(', ')),
    ...textFact('channel', channel?.kind === 'scalar' ? channel.text : undefined),
    ...textFact('instructions', instructions?.value),
  ];
  return [
    ...(isUnknown ? [{ term: 'unknownContract' as const }] : []),
    ...(hasContract ? written : [{ term: 'noContract' as const }]),
    ...timeFact('deadline' as const, receiver.step?.within),
  ];
}

function ownerFact(owner: Handoff['terms']['ownerUntilAck'], workflow: Workflow): Facts {
  if (!owner) return [];
  if (owner.word) return [{ term: owner.name === 'receiver' ? 'receiverOwns' : 'senderOwns' }];
  return textFact('owner', namedActor(owner, workflow));
}

function rejectFact(target: Target | undefined, diagram: DiagramModel): Facts {
  if (!target) return [];
  if (target.kind === 'step' && target.step.word) return [{ term: 'returned' }];
  const name = stepNames(diagram);
  const titles = stepsOf(target).map((id) => name(id).title);
  return textFact('onReject', [...new Set(titles)].join(', '));
}

function stepsOf(target: Target | undefined): readonly string[] {
  if (!target) return [];
  if (target.kind === 'step') return [target.step.name];
  return target.kind === 'link' ? stepsOf(target.link.to) : target.links.flatMap(({ to }) => stepsOf(to));
}
