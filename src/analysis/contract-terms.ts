// The terms of a handoff contract in force: named contracts first, inline terms over them.
import type { Workflow } from '../language/model.ts';
import type { Contract, ContractTerms } from '../language/parts.ts';

export type Terms = Omit<ContractTerms, '$'>;

/** The terms of `contract`, later ones over earlier ones; empty where there is none or its name is unknown. */
export function contractTermsOf(contract: Contract | undefined, workflow: Workflow): Terms {
  if (!contract) return {};
  const named = contract.names.flatMap(({ name }) => workflow.handoffs.get(name)?.fields ?? []);
  return Object.assign({}, ...named, ...contract.terms) as Terms;
}
