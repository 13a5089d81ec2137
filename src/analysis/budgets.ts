// Budgets of agents: caps that are missing, caps of delegates that add up to more than that of who delegates, and
// thresholds for one effect that many small ones can pass under.
import { type Actor, isAi, type Step, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { EffectFields } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import { cyclicComponents } from './components.ts';
import { delegationsOf, pairsOf } from './delegation.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { turns } from './loops.ts';
import { shortestPath } from './reachability.ts';

/** An agent without a cap. */
export interface MissingCap {
  readonly agent: Actor;
  /** `spending`: cost, calls or tokens. `time`: neither its own nor that of the step. */
  readonly lacks: readonly ('spending' | 'time')[];
  /** A step it works in; undefined in a library. */
  readonly step: Step | undefined;
}

/** Agents that this file declares; where it has a flow, those that work in it. */
export function missingCaps(workflow: Workflow): readonly MissingCap[] {
  const own = [...workflow.actors.values()].filter((actor) => isAi(actor) && actor.uri === workflow.file.uri);
  return own.flatMap((agent) => {
    const { limits } = agent.fields;
    const steps = [...workflow.steps.values()].filter((step) => worksIn(agent, step, workflow));
    const untimed = steps.find(({ within }) => within === undefined);
    const [step] = steps;
    if (!step && !workflow.library) return [];
    const spends = limits?.cost ?? limits?.calls ?? limits?.tokens;
    // A key that is there and cannot be read is said elsewhere.
    if (limits && isHalfTyped(limits)) return [];
    const lacks = [
      ...(spends === undefined ? (['spending'] as const) : []),
      ...(limits?.wall === undefined && untimed ? (['time'] as const) : []),
    ];
    return lacks.length > 0 ? [{ agent, lacks, step: lacks.includes('spending') ? step : untimed }] : [];
  });
}

function isHalfTyped({ cost, calls, tokens, wall, $: origin }: NonNullable<Actor['fields']['limits']>): boolean {
  return Object.entries({ cost, calls, tokens, wall }).some(([key, value]) => !value && origin.keyRange(key));
}

function worksIn({ id }: Actor, { performers, assistants, fields }: Step, { actors }: Workflow): boolean {
  const delegates = (fields.delegatesTo ?? []).flatMap(({ name }) => actors.get(name) ?? []);
  const all = [...performers, ...assistants, ...delegates];
  return all.some((actor) => actor.id === id || actor.fields.fallback?.name === id);
}

const measures = ['cost', 'calls', 'tokens'] as const;
type Measure = (typeof measures)[number] | 'wall';

/** Delegates that may use more than the agent that delegates. */
export interface Overdrawn {
  readonly parent: Actor;
  readonly measure: Measure;
  /** Caps in words, with how many of them at once. */
  readonly children: readonly string[];
  readonly cap: string;
  readonly range: Range;
}

/** One for each cap of an agent of this file. */
export function overdrawn(workflow: Workflow): readonly Overdrawn[] {
  const declared = delegationsOf(workflow).filter(({ entry, from }) => entry && from.uri === workflow.file.uri);
  return [...new Set(declared.map(({ from }) => from))].flatMap((parent) => {
    const children = pairsOf(declared).filter(({ from, to }) => from === parent && to !== parent);
    return ([...measures, 'wall'] as const).flatMap((measure): readonly Overdrawn[] => {
      const cap = capOf(parent, measure);
      const caps = children.flatMap(({ to, maxParallel = 1 }) => {
        const own = capOf(to, measure);
        const isSame = own && own.unit === cap?.unit;
        return isSame ? [{ to, own, times: measure === 'wall' ? 1 : maxParallel }] : [];
      });
      const total = caps.reduce(
        (sum, { own, times }) => (measure === 'wall' ? Math.max(sum, own.value) : sum + own.value * times),
        0,
      );
      // Sums of decimal amounts are off by a hair.
      if (!cap || total <= cap.value * (1 + 1e-9)) return [];
      const words = caps.map(({ to, own, times }) => `'${to.id}' ${times > 1 ? `${times} × ` : ''}${own.text}`);
      return [{ parent, measure, children: words, cap: cap.text, range: cap.range }];
    });
  });
}

interface Cap {
  readonly value: number;
  readonly unit: string;
  readonly text: string;
  readonly range: Range;
}

function capOf({ fields: { limits } }: Actor, measure: Measure): Cap | undefined {
  if (!limits) return undefined;
  const range = limits.$.keyRange(measure) ?? limits.$.range;
  if (measure === 'cost') {
    const { value, currency } = limits.cost?.value ?? {};
    return value === undefined || !currency
      ? undefined
      : { value, unit: currency, text: `${value} ${currency}`, range };
  }
  if (measure === 'wall') {
    const wall = limits.wall?.value;
    const minutes = wall && 'minutes' in wall ? wall.minutes : undefined;
    return minutes === undefined ? undefined : { value: minutes, unit: 'minutes', text: `${minutes} minutes`, range };
  }
  const value = limits[measure]?.value;
  return value === undefined ? undefined : { value, unit: measure, text: String(value), range };
}

/** An effect of an agent that is bounded one by one, happens many times, and has no bound for all of them. */
export interface Splittable {
  readonly step: Step;
  readonly node: FlowNode;
  readonly agent: Actor;
  /** The bound of one: the amount, or the policy. */
  readonly threshold: string;
  readonly range: Range;
  readonly isMoney: boolean;
  /** The circle it lies on; empty where it is done for each element of a list. */
  readonly circle: readonly FlowEdge[];
  /** The list whose elements it is done for. */
  readonly list: string | undefined;
}

export function splittableEffects({ graph, reachability }: Analyses): readonly Splittable[] {
  const { workflow } = graph;
  const bounded = [...workflow.steps.values()].filter((step) => thresholdsOf(step, workflow).length > 0);
  if (bounded.length === 0) return [];
  const reachable = graph.nodes.filter((node) => reachability.isReachable(node));
  const cycles = cyclicComponents(reachable, turns);
  return bounded.flatMap((step) => {
    const nodes = graph.nodesOf(step).filter((other) => reachability.isReachable(other));
    const node = nodes.find(({ performers }) => performers.some(lacksCumulative));
    const agent = node?.performers.find(lacksCumulative);
    if (!node || !agent) return [];
    const list = listAround(step);
    const cycle = cycles.find((nodesOnIt) => nodesOnIt.has(node));
    if (list === undefined && !cycle) return [];
    const circle = cycle ? circleThrough(node, cycle) : [];
    return thresholdsOf(step, workflow).map((effect) => ({ step, node, agent, ...effect, circle, list }));
  });
}

function lacksCumulative(actor: Actor): boolean {
  return isAi(actor) && actor.fields.limits?.cumulative === undefined;
}

function thresholdsOf(
  { fields }: Step,
  { policies }: Workflow,
): readonly Pick<Splittable, 'threshold' | 'range' | 'isMoney'>[] {
  return (fields.effects ?? []).flatMap((effect) => {
    const { max, admittedBy, $: origin } = effect;
    const most = max && typeof max.value === 'object' ? max.value : undefined;
    const policy = policies.get(admittedBy?.name ?? '')?.fields.when;
    const isMoney = effect.kind?.value === 'payment' || effect.amount !== undefined || most !== undefined;
    if (most && max)
      return [
        { threshold: `up to ${most.value} ${most.currency}`, range: origin.keyRange('max') ?? max.range, isMoney },
      ];
    if (!admittedBy || !policy || !boundsAmount(effect)) return [];
    return [{ threshold: `whatever the policy '${admittedBy.name}' admits`, range: admittedBy.range, isMoney }];
  });
}

/** A policy that admits an effect by its amount. */
function boundsAmount({ amount, kind }: EffectFields): boolean {
  return amount !== undefined || kind?.value === 'payment';
}

function listAround(step: Step): string | undefined {
  for (let at: Step | undefined = step; at; at = at.scope) {
    const list = at.fields.forEach?.in;
    if (list) return list.field === undefined ? list.name : `${list.name}.${list.field}`;
  }
  return undefined;
}

function circleThrough(node: FlowNode, cycle: ReadonlySet<FlowNode>): readonly FlowEdge[] {
  const mayPass = (edge: FlowEdge) => turns(edge) && cycle.has(edge.to);
  const circles = node.out.filter(mayPass).flatMap((first) => {
    const rest = shortestPath([first.to], (other) => other === node, mayPass);
    return rest ? [[first, ...rest]] : [];
  });
  return circles.sort((a, b) => a.length - b.length)[0] ?? [];
}
