// The terms of a handoff contract in force: named contracts first, inline terms over them.
import type { Workflow } from '../language/model.ts';
import type { Contract, ContractTerms } from '../language/parts.ts';

export type Terms = Omit<ContractTerms, '$'>;

const none: Terms = {};

/** The terms of `contract`, later ones over earlier ones; empty where there is none or its name is unknown. */
export function contractTermsOf(contract: Contract | undefined, workflow: Workflow): Terms {
  if (!contract) return none;
  const known = workflow.derived(termsByContract);
  const found = known.get(contract) ?? termsOf(contract, workflow);
  known.set(contract, found);
  return found;
}

/** Terms in force at a handoff: those `written` for it over those that the receiver accepts. */
export function termsInForce(accepted: Contract | undefined, written: Contract | undefined, workflow: Workflow): Terms {
  if (!accepted || !written) return contractTermsOf(accepted ?? written, workflow);
  return { ...contractTermsOf(accepted, workflow), ...contractTermsOf(written, workflow) };
}

/** Every edge to a step asks for its terms, so they are worked out once. */
function termsByContract(): Map<Contract, Terms> {
  return new Map();
}

function termsOf(contract: Contract, workflow: Workflow): Terms {
  const named = contract.names.flatMap(({ name }) => workflow.handoffs.get(name)?.fields ?? []);
  return Object.assign({}, ...named, ...contract.terms) as Terms;
}
