// Policies that admit an effect without approval: do path and data imply what the policy asks?
import type { Analyses } from './analyses.ts';
import type { Effect } from './effects.ts';
import type { FlowNode } from './flow-graph.ts';
import { pathValues } from './path-values.ts';

/** `admitted`: proved. `unproved`: the policy names the kind, but its condition is not known to hold here. */
export type Admission = 'none' | 'admitted' | 'unproved';

/**
 * Whether the policy an effect names admits it at `node`: all values that can come there meet the policy's condition.
 * What `pathValues` says of a node is never too little, so what is admitted is proved.
 */
export function admissionOf(effect: Effect, node: FlowNode, analyses: Analyses): Admission {
  const policy = analyses.graph.workflow.policies.get(effect.admittedBy?.name ?? '');
  if (!policy?.fields.admits?.some(({ value }) => value === effect.kind)) return 'none';
  const { when } = policy.fields;
  if (!when) return 'admitted';
  const { guards, at } = analyses.derived(pathValues);
  const values = at(node);
  if (values.length === 0) return 'unproved';
  return guards.space.subtract(values, guards.formula(when).holds)?.length === 0 ? 'admitted' : 'unproved';
}
