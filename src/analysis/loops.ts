// Loops: circles of steps that nothing bounds, and bounded ones whose work nobody takes when the bound is used up.
import { isAi, isHuman, isInside, isPerson, type Step, type Workflow } from '../language/model.ts';
import type { Target } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { cyclicComponents } from './components.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** A circle of steps that nothing bounds. */
interface Loop {
  /** A shortest circle, from the node a case reaches first and back to it. */
  readonly circle: readonly FlowEdge[];
  /** Its last edge, which goes back: where a bound belongs. */
  readonly back: FlowEdge;
  /** The step that `back` leaves. */
  readonly owner: Step;
  /** An AI works in it, or it has an effect. */
  readonly grave: boolean;
}

/** One circle for each step that owns a back edge without a bound, and one for a text that leads back from several, such as a default. */
export function unboundedLoops(analyses: Analyses): readonly Loop[] {
  const { workflow, graph, reachability } = analyses;
  const loops = new Map<Step, Loop>();
  const uncounted = Uint8Array.from(graph.edges, (edge) => (isUncounted(edge) ? 1 : 0));
  const left = ({ index }: FlowEdge) => uncounted[index] === 1;
  const nodes = graph.nodes.filter((node) => reachability.isReachable(node));
  const pending = [...cyclicComponents(nodes, left)];
  // One circle at a time: its back edges are taken out of its component, until no circle is left.
  for (let component = takeFirst(pending); component; component = takeFirst(pending)) {
    if (hasDeadline(component, workflow)) continue;
    const within = component;
    const mayPass = (edge: FlowEdge) => left(edge) && within.has(edge.to) && within.has(edge.from);
    const circle = circleOf(component, analyses, mayPass);
    const back = circle?.at(-1);
    if (!circle || !back) continue;
    for (const edge of back.from.out) if (edge.to === back.to) uncounted[edge.index] = 0;
    pending.push(...cyclicComponents([...component], mayPass));
    const owner = back.from.step;
    const nodesOnIt = circle.map(({ from }) => from);
    if (owner && !loops.has(owner)) loops.set(owner, { circle, back, owner, grave: isGrave(nodesOnIt, workflow) });
  }
  const byText = new Map<number, Loop>();
  for (const loop of loops.values()) {
    const known = byText.get(loop.back.range.start);
    if (!known || (loop.grave && !known.grave)) byText.set(loop.back.range.start, loop);
  }
  return [...byText.values()];
}

/** The component whose first node comes first, taken out of `pending`. */
function takeFirst(pending: ReadonlySet<FlowNode>[]): ReadonlySet<FlowNode> | undefined {
  const first = (component: ReadonlySet<FlowNode> | undefined) => component?.values().next().value?.index ?? 0;
  const at = pending.reduce((best, component, i) => (first(component) < first(pending[best]) ? i : best), 0);
  return pending.splice(at, 1)[0];
}

/** A bounded circle whose work nobody takes. */
interface ExhaustedLoop {
  /** The bounded edge. */
  readonly edge: FlowEdge;
  /** Where work goes when the bound is used up, and no person is; undefined where it goes nowhere. */
  readonly exit: FlowNode | undefined;
  readonly grave: boolean;
}

/** Bounded circles from which no person gets the work when the bound is used up. */
export function loopsWithoutHeir({ workflow, graph, reachability }: Analyses): readonly ExhaustedLoop[] {
  const nodes = graph.nodes.filter((node) => reachability.isReachable(node));
  const found = new Map<number, ExhaustedLoop>();
  for (const cycle of cyclicComponents(nodes, turns)) {
    for (const edge of [...cycle].flatMap(({ out }) => out)) {
      if (edge.max === undefined || edge.exhausted || !cycle.has(edge.to) || found.has(edge.range.start)) continue;
      const exits = edge.from.out.filter((other) => other.exhausted && other.departure.id === edge.departure.id);
      if (exits.some(({ to }) => reachesPerson(to, cycle, workflow))) continue;
      found.set(edge.range.start, { edge, exit: exits[0]?.to, grave: isGrave([...cycle], workflow) });
    }
  }
  return [...found.values()];
}

/**
 * Edges that make a loop of the work itself: a message is another participant, the way back to the pick is bounded by the
 * end of the free order, and an event that may strike anywhere in the case is not a way the work goes round.
 */
export function turns(edge: FlowEdge): boolean {
  const { from, to } = edge;
  const back = to.kind === 'step' && to.step?.fields.order?.value === 'free' && from.step?.scope === to.step;
  return edge.kind !== 'message' && !edge.interrupt && !back;
}

/** Edges of a loop that nothing counts. An agent with a budget over many runs ends every loop it works in. */
function isUncounted(edge: FlowEdge): boolean {
  const hasBudget = edge.from.performers.some(({ fields }) => fields.limits?.cumulative !== undefined);
  return turns(edge) && edge.max === undefined && !hasBudget;
}

/** A timer of a scope or of the whole case that leads out bounds whatever turns inside. */
function hasDeadline(component: ReadonlySet<FlowNode>, workflow: Workflow): boolean {
  const inside = [...component].flatMap(({ step }) => step ?? []);
  if (inside.length === 0) return true;
  const ends = (timers: Step['fields']['timers']) =>
    (timers ?? []).some(({ keep, to }) => !keep?.value && leadsOut(to, inside));
  if (ends(workflow.fields?.timers)) return true;
  for (let scope = inside[0]?.scope; scope; scope = scope.scope) {
    const around = scope;
    const holdsAll = inside.every((step) => step === around || isInside(step, around));
    const limited = around.within !== undefined && around.handlers.has('timeout');
    if (holdsAll && (limited || ends(around.fields.timers))) return true;
  }
  return false;
}

/** Every step that `target` can lead to lies outside. */
function leadsOut(target: Target | undefined, inside: readonly Step[]): boolean {
  if (!target) return false;
  if (target.kind === 'step') return !inside.some(({ id }) => id === target.step.name);
  const links = target.kind === 'split' ? target.links : [target.link];
  return links.length > 0 && links.every(({ to }) => leadsOut(to, inside));
}

/** A shortest circle, from the node a case reaches first and back to it: its last edge is the one that goes back. */
function circleOf(
  component: ReadonlySet<FlowNode>,
  { reachability }: Analyses,
  mayPass: (edge: FlowEdge) => boolean,
): readonly FlowEdge[] | undefined {
  let entry: FlowNode | undefined;
  // Of those equally far the first one, as the nodes of a component are in order.
  for (const node of component)
    if (!entry || reachability.distanceTo(node) < reachability.distanceTo(entry)) entry = node;
  return entry && circleFrom(entry, mayPass);
}

/** A shortest circle from `entry`, breadth-first. */
function circleFrom(entry: FlowNode, mayPass: (edge: FlowEdge) => boolean): readonly FlowEdge[] | undefined {
  const arrivedBy = new Map<FlowNode, FlowEdge | undefined>([[entry, undefined]]);
  for (const node of arrivedBy.keys()) {
    for (const edge of node.out) {
      if (!mayPass(edge)) continue;
      if (edge.to === entry) {
        const circle: FlowEdge[] = [];
        for (let at: FlowEdge | undefined = edge; at; at = arrivedBy.get(at.from)) circle.push(at);
        return circle.reverse();
      }
      if (!arrivedBy.has(edge.to)) arrivedBy.set(edge.to, edge);
    }
  }
  return undefined;
}

function isGrave(circle: readonly FlowNode[], workflow: Workflow): boolean {
  return circle.some(({ performers, step }) => performers.some(isAi) || (step && effectsOf(step, workflow).length > 0));
}

/** The first who performs on the way from `node` is a person, or an end that tells one. */
function reachesPerson(node: FlowNode, cycle: ReadonlySet<FlowNode>, workflow: Workflow): boolean {
  const waiting = [node];
  const seen = new Set(waiting);
  for (const at of waiting) {
    const informed = (at.step?.fields.informed ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
    if (at.performers.some(isPerson)) return true;
    if (at.step?.kind === 'end' && informed.some(isHuman)) return true;
    if (at.performers.length > 0) continue;
    for (const { to } of at.out) if (!seen.has(to) && !cycle.has(to)) waiting.push(to);
    for (const { to } of at.out) seen.add(to);
  }
  return false;
}
