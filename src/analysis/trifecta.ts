// The lethal trifecta: an AI that gets untrusted data, sees what is confidential, and has a way to send it out.
import { isAi, isPerson, type Workflow } from '../language/model.ts';
import { isList, type Range } from '../language/source.ts';
import { aiInputs } from './ai-inputs.ts';
import type { Analyses } from './analyses.ts';
import type { Requirement } from './approvals.ts';
import { canonical } from './arrivals.ts';
import { callableTools } from './callable-tools.ts';
import { above, classesOf, classIn, type DataClass } from './classes.ts';
import { openAt } from './consumed-approvals.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { TaintPath } from './taint-witness.ts';
import { steeredTaint, trustTaint, unknownTrust, untrusted } from './trust.ts';

export interface Trifecta {
  readonly node: FlowNode;
  readonly channel: Channel;
  /** What cannot be relied on, as it is seen here, and from where it comes. */
  readonly input: DataPath;
  readonly path: TaintPath;
  readonly isUntrusted: boolean;
  /** What is confidential or more. */
  readonly secret: DataPath;
  readonly secretClass: DataClass;
}

/** A way out of the organization that nothing guards. */
export interface Channel {
  readonly kind: 'effect' | 'tool' | 'hosts';
  readonly name: string;
  readonly range: Range;
  readonly effect: Effect | undefined;
  /** False where the receiver of an effect is not stated, so that it may be fixed or not. */
  readonly isCertain: boolean;
  readonly open: readonly Requirement[];
  entries(): readonly FlowEdge[];
}

/** What the two kinds of input look like at a node. */
interface Seen {
  readonly path: DataPath;
  readonly where: 'at' | 'within';
}

/**
 * One entry for each step, at the first of its nodes where all three meet: with the agent that has the channel, or over a
 * chain of agents that hand on what they made (labels of data are those of what it is made of).
 */
export function trifectas(analyses: Analyses): readonly Trifecta[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const { declared } = analyses.derived(classesOf);
  if (![...workflow.data.keys()].some((id) => (declared(id) & above('internal')) !== 0)) return [];
  return [...workflow.steps.values()].flatMap((step) => {
    for (const node of graph.nodesOf(step)) {
      if (!Number.isFinite(reachability.distanceTo(node)) || step.fields.sandbox?.value === true) continue;
      if (!mayMeet(node, analyses)) continue;
      const channels = node.performers.some(isAi) ? channelsOf(node, analyses) : passedOn(node, analyses);
      for (const channel of channels) {
        const found = meeting(node, channel, inputsFor(node, channel, workflow), analyses);
        if (found) return [found];
      }
    }
    return [];
  });
}

/** Anything that cannot be relied on, and anything confidential, is there at all. */
function mayMeet(node: FlowNode, analyses: Analyses): boolean {
  const { workflow } = analyses.graph;
  const isAgent = node.performers.some(isAi);
  const where = isAgent ? 'at' : 'within';
  const paths = isAgent
    ? aiInputs(node, workflow).map(({ path }) => path)
    : node.step
      ? effectsOf(node.step, workflow).flatMap(({ consumes }) => consumes)
      : [];
  const classes = analyses.derived(classesOf);
  const arriving = analyses.derived(isAgent ? trustTaint : steeredTaint);
  const isConfidential = (path: DataPath) => (classes.bitsOf(node, path, where) & above('internal')) !== 0;
  return paths.some(isConfidential) && paths.some((path) => arriving[where](node, path) !== 0);
}

function inputsFor(node: FlowNode, { effect }: Channel, workflow: Workflow): readonly Seen[] {
  if (!node.performers.some(isAi)) return (effect?.consumes ?? []).map((path) => ({ path, where: 'within' }));
  return aiInputs(node, workflow).map(({ path }) => ({ path, where: 'at' }));
}

/** Two inputs, one that cannot be relied on and one that is confidential, and not both the same data. */
function meeting(node: FlowNode, channel: Channel, inputs: readonly Seen[], analyses: Analyses): Trifecta | undefined {
  const classes = analyses.derived(classesOf);
  const bitsOf = ({ path, where }: Seen) => classes.bitsOf(node, path, where) & above('internal');
  const isOwn = ({ path }: Seen) =>
    (classes.declared(canonical(path, node.step, analyses.graph.workflow)) & above('internal')) !== 0;
  const confidential = inputs.filter((seen) => bitsOf(seen) !== 0);
  // What is confidential by itself needs no search for where it comes from.
  const secrets = [...confidential.filter(isOwn), ...confidential.filter((seen) => !isOwn(seen))];
  const originOf = (seen: Seen) =>
    isOwn(seen) ? seen.path : (classes.pathTo(node, seen.path, bitsOf(seen), seen.where)?.written ?? seen.path);
  const trust = analyses.derived(trustTaint);
  const arriving = node.performers.some(isAi) ? trust : analyses.derived(steeredTaint);
  for (const label of secrets.length > 0 ? [untrusted, unknownTrust] : []) {
    for (const { path: input, where } of inputs) {
      const path = (arriving[where](node, input) & label) !== 0 && trust.pathTo(node, input, label, where);
      const secret = path && secrets.find((seen) => rootOf(originOf(seen)) !== rootOf(path.written));
      if (!path || !secret) continue;
      const secretClass = classIn(bitsOf(secret));
      return { node, channel, input, path, isUntrusted: label === untrusted, secret: secret.path, secretClass };
    }
  }
  return undefined;
}

/** Ways out that an AI at work in `node` has, and nothing guards. */
function channelsOf(node: FlowNode, analyses: Analyses): readonly Channel[] {
  const { step } = node;
  if (!step) return [];
  const { workflow } = analyses.graph;
  const outward = effectsOf(step, workflow).filter((effect) => isOutward(effect, workflow));
  const byEffect = outward.flatMap((effect) => unguarded(effect, node, analyses));
  const by = step.fields.$.valueRange('by') ?? step.range;
  const unapproved = { effect: undefined, isCertain: true, open: [], entries: () => [] };
  const byTool = callableTools(node, workflow.actors).flatMap(({ name, owner, effect, use }): readonly Channel[] => {
    const sends = owner.fields.tools?.get(name)?.value?.outbound?.value === true;
    const mayLeave = isAi(owner) && !reachesNobody(owner.fields.outbound);
    // A tool that acts is taken for the means of the effects that the step declares; one that only reads never is.
    const isMeans = effect.weight > 0 && outward.length > 0;
    return sends && mayLeave && !isMeans ? [{ ...unapproved, kind: 'tool', name, range: use?.range ?? by }] : [];
  });
  if (byTool.length > 0 || outward.length > 0 || step.fields.$.keyRange('uses')) return [...byTool, ...byEffect];
  const hosts = node.performers.filter(isAi).flatMap(({ fields }) => fields.outbound ?? []);
  return hosts
    .filter(({ value }) => value !== 'none')
    .slice(0, 1)
    .map(({ value }) => ({ ...unapproved, kind: 'hosts', name: value, range: by }));
}

function reachesNobody(hosts: readonly { readonly value: string }[] | undefined): boolean {
  return hosts !== undefined && isList(hosts) && hosts.length > 0 && hosts.every(({ value }) => value === 'none');
}

/** What software sends out that an AI has made; what people send, they have in their hands. */
function passedOn(node: FlowNode, analyses: Analyses): readonly Channel[] {
  const { step, performers } = node;
  if (!step || (performers.length > 0 && performers.every(isPerson))) return [];
  const { workflow } = analyses.graph;
  const outward = effectsOf(step, workflow).filter((effect) => isOutward(effect, workflow));
  return outward.flatMap((effect) => unguarded(effect, node, analyses));
}

function isOutward({ kind, external, fields }: Effect, { actors }: Workflow): boolean {
  const receiver = actors.get(fields?.to?.name ?? '')?.kind;
  return external || kind === 'publish' || (kind === 'message' && (receiver === 'external' || receiver === 'vendor'));
}

/** Open unless its receiver is fixed, or a human approves on every path all that goes into it. */
function unguarded(effect: Effect, node: FlowNode, analyses: Analyses): readonly Channel[] {
  const { to } = effect.fields ?? {};
  const isFixed = effect.fields === undefined || (to !== undefined && !analyses.graph.workflow.data.has(to.name));
  if (isFixed && effect.kind !== 'publish') return [];
  const { open, entries } = openAt(effect, node, 'approval', analyses);
  const isCertain = to !== undefined || effect.kind === 'publish';
  const channel = { kind: 'effect', name: effect.kind, range: effect.range, effect, isCertain, open, entries } as const;
  return open.length > 0 ? [channel] : [];
}
