// Policies that admit an effect without approval: do path and data imply what the policy asks?
import type { ASTNode } from '@marcbachmann/cel-js';
import { type Conditions, freeNames } from '../language/conditions.ts';
import type { Step, Workflow } from '../language/model.ts';
import type { ConditionText } from '../language/parts.ts';
import { overlap, writesOf } from './data-paths.ts';
import type { Dominators } from './dominators.ts';
import type { Effect } from './effects.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { conjuncts, excludes, implies } from './implication.ts';
import { type Facts, type MustFacts, maxFacts, mustFacts } from './must-facts.ts';

/** `admitted`: proved. `unproved`: the policy names the kind, but its condition is not known to hold here. */
export type Admission = 'none' | 'admitted' | 'unproved';

/**
 * Whether the policy an effect names admits it at `node`. Each part of the policy's condition is a fact that the guards
 * on the way make and that a write to its data ends; all have to hold on all paths.
 */
export function admissionOf(
  effect: Effect,
  node: FlowNode,
  workflow: Workflow,
  conditions: Conditions,
  graph: FlowGraph,
  dominators: Dominators,
): Admission {
  const policy = workflow.policies.get(effect.admittedBy?.name ?? '');
  if (!policy?.fields.admits?.some(({ value }) => value === effect.kind)) return 'none';
  const { when } = policy.fields;
  if (!when) return 'admitted';
  const condition = conditions.checked.get(when)?.ast;
  if (!condition) return 'unproved';
  const parts = conjuncts(condition);
  if (parts.length > maxFacts) return 'unproved';
  const known = workflow.derived(noFacts);
  const facts = known.get(when) ?? factsOf(parts, workflow, conditions, graph, dominators);
  known.set(when, facts);
  const all = 2 ** parts.length - 1;
  return (facts.at(node) & all) >>> 0 === all ? 'admitted' : 'unproved';
}

/** Many effects name the same policy: what holds of its condition is worked out once. */
function noFacts(): Map<ConditionText, MustFacts> {
  return new Map();
}

function factsOf(
  parts: readonly ASTNode[],
  workflow: Workflow,
  { checked }: Conditions,
  graph: FlowGraph,
  dominators: Dominators,
): MustFacts {
  const bitsWhere = (holds: (part: ASTNode) => boolean) =>
    parts.reduce((bits, part, i) => (holds(part) ? bits | (2 ** i) : bits), 0);
  const names = parts.map((part) => freeNames(part).map(({ name }) => name));
  const lost = new Map<Step, Facts>();
  for (const step of workflow.steps.values()) {
    const written = writesOf(step, workflow).map(({ out }) => out);
    const bits = parts.reduce(
      (all, _, i) => (names[i]?.some((name) => written.some((out) => overlap(out, name))) ? all | (2 ** i) : all),
      0,
    );
    if (bits !== 0) lost.set(step, bits);
  }
  const made = new Map<FlowEdge, Facts>();
  /** What the branches of a choice that come first leave, when none of them was taken. */
  const passed = new Map<number, Facts>();
  for (const edge of graph.edges) {
    const guard = edge.when && checked.get(edge.when)?.ast;
    // Where a bound is used up, the branch's own condition did hold.
    const choice = edge.split?.mode === 'exclusive' && !edge.exhausted ? edge.split.id : undefined;
    const before = choice === undefined ? 0 : (passed.get(choice) ?? 0);
    const bits = before | (guard ? bitsWhere((part) => implies(guard, part)) : 0);
    if (bits !== 0) made.set(edge, bits);
    if (guard && choice !== undefined) passed.set(choice, before | bitsWhere((part) => excludes(guard, part)));
  }
  return mustFacts(graph, dominators, (edge, entry) => {
    const ended = (edge.from.step && lost.get(edge.from.step)) ?? 0;
    return ((entry & ~ended) | (made.get(edge) ?? 0)) >>> 0;
  });
}
