/**
 * A circle of steps that nothing ends: work can go round in it for ever.
 * Bound it with `max` and say with `exhausted` which person gets the work then.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { cyclicComponents } from '../../analysis/components.ts';
import { effectsOf } from '../../analysis/effects.ts';
import type { FlowEdge, FlowNode } from '../../analysis/flow-graph.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { isAi, isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Target } from '../../language/shape.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { finos, owaspAgentic, owaspLlm } from '../standards.ts';

export const unboundedLoop: Rule = {
  id: 'flow/unbounded-loop',
  severity: 'error',
  summary: 'Every circle of steps is bounded, and a person gets the work when the bound is used up.',
  seed: ['S19', 'S21'],
  clauses: [owaspLlm('LLM10', 2025), owaspLlm('LLM06', 2026), owaspAgentic('ASI08'), finos('MI-9')],
  check(analyses, report) {
    const { workflow, graph, reachability } = analyses;
    const nodes = graph.nodes.filter((node) => reachability.isReachable(node));
    const reported = new Set<Step>();
    for (let removed = new Set<FlowEdge>(); ; ) {
      // One circle at a time: the back edge of a reported one is taken out, until none is left.
      const component = cyclicComponents(nodes, (edge) => isUncounted(edge) && !removed.has(edge)).find(
        (candidate) => !hasDeadline(candidate, workflow),
      );
      if (!component) break;
      const mayPass = (edge: FlowEdge) =>
        isUncounted(edge) && !removed.has(edge) && component.has(edge.to) && component.has(edge.from);
      const circle = circleOf(component, analyses, mayPass);
      const back = circle?.at(-1);
      if (!circle || !back) break;
      removed = new Set([...removed, ...back.from.out.filter((edge) => edge.to === back.to)]);
      const owner = back.from.step;
      if (!owner || reported.has(owner)) continue;
      reported.add(owner);
      const names = circle
        .map(({ from }) => (from.kind === 'exit' ? '' : (from.step?.id ?? '')))
        .filter((id, index, all) => id !== '' && all[index - 1] !== id);
      report({
        range: back.range,
        place: owner.id,
        message: `The loop ${[...names, names[0]].join(' -> ')} has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.`,
        witness: along(circle, 'back where it began; nothing counts the rounds'),
        severity: isGrave(
          circle.map(({ from }) => from),
          workflow,
        )
          ? 'error'
          : 'warning',
        fixes: bound(back, analyses),
      });
    }
    checkExhaustion(analyses, report);
  },
};

/**
 * Edges that make a loop of the work itself: a message is another participant, the way back to the pick is bounded by the
 * end of the free order, and an event that may strike anywhere in the case is not a way the work goes round.
 */
function turns(edge: FlowEdge): boolean {
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
    const holdsAll = inside.every((step) => isInside(step, around));
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

/** Work may leave `inner` for a step of `scope`: a scope around it, or the case itself. */
function isAround(scope: Step | undefined, inner: Step | undefined): boolean {
  return scope === undefined || (inner !== undefined && isInside(inner, scope) && inner !== scope);
}

function isInside(step: Step, scope: Step): boolean {
  for (let around: Step | undefined = step; around; around = around.scope) if (around === scope) return true;
  return false;
}

/** A shortest circle, from the node a case reaches first and back to it: its last edge is the one that goes back. */
function circleOf(
  component: ReadonlySet<FlowNode>,
  { reachability }: Analyses,
  mayPass: (edge: FlowEdge) => boolean,
): readonly FlowEdge[] | undefined {
  const distance = (node: FlowNode) => reachability.pathTo(node)?.length ?? Number.MAX_SAFE_INTEGER;
  const entry = [...component].sort((a, b) => distance(a) - distance(b) || a.index - b.index)[0];
  if (!entry) return undefined;
  const circles = entry.out.filter(mayPass).flatMap((first) => {
    const rest = shortestPath([first.to], (node) => node === entry, mayPass);
    return rest ? [[first, ...rest]] : [];
  });
  return circles.sort((a, b) => a.length - b.length)[0];
}

function isGrave(circle: readonly FlowNode[], workflow: Workflow): boolean {
  return circle.some(({ performers, step }) => performers.some(isAi) || (step && effectsOf(step, workflow).length > 0));
}

/** A bounded circle needs someone who takes the work when the bound is used up. */
function checkExhaustion({ workflow, graph, reachability }: Analyses, report: Parameters<Rule['check']>[1]): void {
  const nodes = graph.nodes.filter((node) => reachability.isReachable(node));
  const cycles = cyclicComponents(nodes, turns);
  const said = new Set<number>();
  for (const cycle of cycles) {
    for (const edge of [...cycle].flatMap(({ out }) => out)) {
      if (edge.max === undefined || edge.exhausted || !cycle.has(edge.to) || said.has(edge.range.start)) continue;
      const exits = edge.from.out.filter((other) => other.exhausted);
      if (exits.some(({ to }) => reachesPerson(to, cycle, workflow))) continue;
      said.add(edge.range.start);
      const owner = edge.from.step?.id ?? 'workflow';
      const fault =
        exits.length === 0
          ? 'nobody gets the work when they are used up'
          : `'${exits[0]?.to.step?.id}' gets it then, and no person is there`;
      report({
        range: edge.range,
        place: owner,
        message: `The loop through '${owner}' ends after ${edge.max} rounds, but ${fault}. Let 'exhausted' lead to a step of a person.`,
        witness: along([edge], `bounded by 'max: ${edge.max}'`),
        severity: isGrave([...cycle], workflow) ? 'error' : 'warning',
        fixes: [],
      });
    }
  }
}

/** The first who performs on the way from `node` is a person, or an end that tells one. */
function reachesPerson(node: FlowNode, cycle: ReadonlySet<FlowNode>, workflow: Workflow): boolean {
  const waiting = [node];
  const seen = new Set(waiting);
  for (const at of waiting) {
    const informed = (at.step?.fields.informed ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
    if (at.performers.some((actor) => isHuman(actor) || actor.kind === 'external')) return true;
    if (at.step?.kind === 'end' && informed.some(isHuman)) return true;
    if (at.performers.length > 0) continue;
    for (const { to } of at.out) if (!seen.has(to) && !cycle.has(to)) waiting.push(to);
    for (const { to } of at.out) seen.add(to);
  }
  return false;
}

/** `reject: draft` -> `reject: { to: draft, max: 3, exhausted: … }`, where a person's step stands outside the circle. */
function bound(edge: FlowEdge, { workflow, graph }: Analyses): readonly Fix[] {
  const target = edge.to.step;
  const word = workflow.file.text.slice(edge.range.start, edge.range.end);
  if (!target || word !== target.id) return [];
  const person = [...workflow.steps.values()].find((step) => {
    const node = graph.nodeOf(step);
    const back = node && shortestPath([node], (other) => other === edge.from || other === edge.to);
    return (
      step.performers.length > 0 &&
      step.performers.every(isHuman) &&
      step !== target &&
      step !== edge.from.step &&
      isAround(step.scope, edge.from.step) &&
      !back
    );
  });
  if (!person) return [];
  const text = `{ to: ${target.id}, max: 3, exhausted: ${person.id} }`;
  return [
    { title: `Allow 3 rounds, then '${person.id}'`, edits: [{ range: edge.range, text }], safety: 'meaning-changing' },
  ];
}
