// Messages between machines of this house and a vendor: over which channel they go, and what the channel declares.
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { MapNode, SyntaxNode } from '../language/syntax.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import type { FlowEdge } from './flow-graph.ts';
import type { Handoff } from './handoffs.ts';

/** What a channel has to declare. */
export const channelParts = ['auth', 'integrity', 'schema'] as const;

/** A message across a trust zone, from or to a machine. */
export interface ZoneMessage {
  readonly step: Step;
  readonly machine: Actor;
  readonly vendor: Actor;
  readonly toVendor: boolean;
  readonly channel: SyntaxNode | undefined;
  /** In the checked file. */
  readonly range: Range;
  readonly path: readonly FlowEdge[];
  /** The map a channel can be written into, where this file has one. */
  readonly into: MapNode | undefined;
}

/** Which parts a channel lacks; undefined where it is only a name, so that nothing is known of it. */
export function missingParts(channel: SyntaxNode | undefined): readonly string[] | undefined {
  const node = channel?.kind === 'alias' ? channel.target : channel;
  if (!node) return channelParts;
  if (node.kind !== 'map') return undefined;
  return channelParts.filter((part) => !node.entries.some(({ key }) => key.text === part));
}

/** Handoffs between a machine and a vendor, and messages that a machine emits to one; one for each step, vendor and direction. */
export function zoneMessages(analyses: Analyses): readonly ZoneMessage[] {
  const { graph, handoffs, reachability } = analyses;
  const { workflow } = graph;
  const found = new Map<string, ZoneMessage>();
  for (const message of [
    ...handoffs.flatMap((handoff) => handedOver(handoff, workflow)),
    ...graph.nodes.flatMap(({ step, performers, kind }) =>
      step && kind === 'step' ? emitted(step, performers, workflow) : [],
    ),
  ]) {
    const first = message.path[0]?.from ?? graph.nodeOf(message.step);
    if (!first || !reachability.isReachable(first)) continue;
    const key = `${message.step.id} ${message.vendor.id} ${message.toVendor}`;
    const known = found.get(key);
    // Of several ways, one with a channel that lacks something is the one to say.
    if (!known || missingParts(known.channel)?.length === 0) found.set(key, message);
  }
  return [...found.values()];
}

function isMachine({ kind }: Actor): boolean {
  return kind === 'agent' || kind === 'system';
}

function handedOver(
  { senders, receiver, terms, path, isUnknown }: Handoff,
  workflow: Workflow,
): readonly ZoneMessage[] {
  const { step, performers } = receiver;
  const [first] = path;
  // What a time limit or an event sets off while the other side is at work brings nothing from there.
  if (!step || isUnknown || !first || !(first.from.start || completes(first))) return [];
  if (path.some(({ interrupt, outcome }) => interrupt || outcome === 'timeout' || outcome === 'timer')) return [];
  const all = [...senders, ...performers];
  const machine = all.find(isMachine);
  const vendor = all.find(({ kind }) => kind === 'vendor');
  if (!machine || !vendor || senders.includes(machine) === senders.includes(vendor)) return [];
  const event = eventOn(path, workflow);
  const accepts = step.fields.$.node?.entries.find(({ key }) => key.text === 'accepts')?.value;
  return [
    {
      step,
      machine,
      vendor,
      toVendor: senders.includes(machine),
      channel: terms.channel ?? event?.fields.channel,
      range: step.fields.$.keyRange('accepts') ?? step.range,
      path,
      into: accepts?.kind === 'map' ? accepts : undefined,
    },
  ];
}

/** The event by which a message comes in on the way. */
function eventOn(path: readonly FlowEdge[], { events }: Workflow) {
  const [first] = path;
  const { step, start } = first?.from ?? {};
  if (start) return events.get(start.fields.on?.name ?? '');
  return events.get(first?.outcome ?? '') ?? events.get(step?.fields.until?.name ?? '');
}

function emitted(step: Step, performers: readonly Actor[], { events, actors, file }: Workflow): readonly ZoneMessage[] {
  const machine = performers.find(isMachine);
  return (step.fields.emits ?? []).flatMap(({ name, range }): readonly ZoneMessage[] => {
    const event = events.get(name);
    const vendor = actors.get(event?.fields.to?.name ?? '');
    if (!machine || !event || event.fields.kind?.value !== 'message' || vendor?.kind !== 'vendor') return [];
    const into = event.uri === file.uri ? event.fields.$.node : undefined;
    return [{ step, machine, vendor, toVendor: true, channel: event.fields.channel, range, path: [], into }];
  });
}
