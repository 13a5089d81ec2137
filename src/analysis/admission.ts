// Policies that admit an effect without approval: do path and data imply what the policy asks (language.md §3, §7)?
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Conditions } from '../language/conditions.ts';
import { freeNames } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { overlap, writesOf } from './data-paths.ts';
import type { Dominators } from './dominators.ts';
import type { Effect } from './effects.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { conjuncts, excludes, implies } from './implication.ts';
import { maxFacts, mustFacts } from './must-facts.ts';

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
  { checked }: Conditions,
  graph: FlowGraph,
  dominators: Dominators,
): Admission {
  const policy = workflow.policies.get(effect.admittedBy?.name ?? '');
  if (!policy?.fields.admits?.some(({ value }) => value === effect.kind)) return 'none';
  const { when } = policy.fields;
  if (!when) return 'admitted';
  const condition = checked.get(when)?.ast;
  if (!condition) return 'unproved';
  const parts = conjuncts(condition);
  if (parts.length > maxFacts) return 'unproved';
  const names = parts.map((part) => freeNames(part).map(({ name }) => name));
  const facts = mustFacts(graph, dominators, (edge, entry) =>
    parts.reduce((after, part, i) => {
      const guard = edge.when && checked.get(edge.when)?.ast;
      const made =
        (guard !== undefined && implies(guard, part)) || passedBy(edge).some((other) => excludes(other, part));
      const lost = writes(edge, names[i] ?? [], workflow);
      return (made ? after | (2 ** i) : lost ? after & ~(2 ** i) : after) >>> 0;
    }, entry),
  );
  const all = 2 ** parts.length - 1;
  return (facts.at(node) & all) >>> 0 === all ? 'admitted' : 'unproved';

  /** Conditions of the branches before this one: none of them held, or that branch had been taken. */
  function passedBy({ split, from, index }: FlowEdge): readonly ASTNode[] {
    if (split?.mode !== 'exclusive') return [];
    const before = from.out.filter((other) => other.split?.id === split.id && other.index < index);
    return before.flatMap(({ when }) => (when && checked.get(when)?.ast) ?? []);
  }
}

function writes({ from }: FlowEdge, names: readonly string[], workflow: Workflow): boolean {
  return (
    from.step !== undefined && writesOf(from.step, workflow).some(({ out }) => names.some((name) => overlap(out, name)))
  );
}
