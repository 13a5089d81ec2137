// Who answers for a place of a workflow: where a finding stands, somebody has to see to it.
import type { Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';

/**
 * Ids of those who are accountable for a step, else for the workflow; of the sponsor of an agent and the owner of a policy.
 * A step of a sub-workflow, `pay/send`, is answered for where it is called. Empty where the text names nobody.
 */
export function ownersOf(place: string, workflow: Workflow): readonly string[] {
  const own = ofPlace(place, workflow) ?? workflow.fields?.accountable ?? [];
  return [...new Set(own.filter(({ word }) => !word).map(({ name }) => name))];
}

function ofPlace(place: string, { steps, actors, policies }: Workflow): readonly Reference[] | undefined {
  const [, kind, id = ''] = /^(actor|policy):(.*)$/s.exec(place) ?? [];
  const named = kind === 'actor' ? actors.get(id)?.fields.sponsor : policies.get(id)?.fields.owner;
  if (kind !== undefined) return named && [named];
  return (steps.get(place) ?? steps.get(place.split('/')[0] ?? ''))?.fields.accountable;
}
