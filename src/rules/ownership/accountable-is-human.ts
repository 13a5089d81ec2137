/**
 * Someone who cannot answer for anything is accountable: an AI agent, a system, a supplier, a team without a lead.
 * Name a person's role; for an agent that is its sponsor.
 */

import { type Actor, isHuman, type Workflow } from '../../language/model.ts';
import { keyOfPlace } from '../../language/moved-ranges.ts';
import type { Reference } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf } from '../standards.ts';

export const accountableIsHuman: Rule = {
  id: 'ownership/accountable-is-human',
  severity: 'error',
  summary: 'Whoever is accountable is a natural person or a role held by one.',
  seed: ['S11', 'S18'],
  starred: true,
  specializes: ['handoff/ownership-gap'],
  clauses: [mgf('2.2'), nistAiRmf('GOVERN 2.3'), euAiAct('26(2)')],
  check({ workflow }, report) {
    if (workflow.fields?.accountable)
      checkOwners(workflow.fields.accountable, 'the workflow', 'workflow', workflow, report);
    for (const step of workflow.steps.values()) {
      if (step.fields.accountable) checkOwners(step.fields.accountable, `'${step.id}'`, step.id, workflow, report);
    }
  },
};

function checkOwners(
  owners: readonly Reference[],
  what: string,
  place: string,
  workflow: Workflow,
  report: Report,
): void {
  for (const { name, range } of owners) {
    const actor = workflow.actors.get(name);
    const reason = actor && whyNot(actor, workflow);
    if (!actor || !reason) continue;
    report({
      range,
      place,
      message: `'${name}' is accountable for ${what}, but ${reason}. Name a person's role.`,
      witness: here(place, range, reason),
      fixes: () => replacement(actor, workflow, range),
      root: `accountable at ${keyOfPlace(range.start)}`,
    });
  }
}

/** Why the actor cannot answer, or undefined. Someone outside may be a person, so nothing is said of them. */
function whyNot(actor: Actor, workflow: Workflow): string | undefined {
  switch (actor.kind) {
    case 'agent':
      return 'an AI agent cannot answer for anything';
    case 'system':
      return 'a system cannot answer for anything';
    case 'vendor':
      return 'a supplier is not a person of yours';
    case 'human':
      return isVacant(actor) ? 'nobody holds this role' : undefined;
    case 'team':
      return teamReason(actor, workflow, new Set());
    default:
      return undefined;
  }
}

function isVacant({ fields }: Actor): boolean {
  const { holders } = fields;
  if (!holders) return false;
  return 'value' in holders ? holders.value === 0 : holders.length === 0;
}

function teamReason(team: Actor, workflow: Workflow, seen: Set<string>): string | undefined {
  const lead = team.fields.lead;
  // A lead that is only half typed is reported as that.
  if (!lead) return team.fields.$.keyRange('lead') ? undefined : `the team '${team.id}' has no lead`;
  const leader = workflow.actors.get(lead.name);
  if (!leader || leader.kind === undefined) return undefined;
  seen.add(team.id);
  if (seen.has(leader.id)) return `the leads of the team '${team.id}' lead round in a circle, to no person`;
  if (leader.kind === 'team') return teamReason(leader, workflow, seen);
  if (!isHuman(leader)) return `the team '${team.id}' is led by '${leader.id}', who is not a person`;
  return isVacant(leader) ? `the team '${team.id}' is led by '${leader.id}', a role that nobody holds` : undefined;
}

function replacement(actor: Actor, workflow: Workflow, range: Reference['range']): readonly Fix[] {
  const sponsor = workflow.actors.get(actor.fields.sponsor?.name ?? '');
  if (!sponsor || !isHuman(sponsor) || whyNot(sponsor, workflow)) return [];
  return [
    {
      title: `Make its sponsor '${sponsor.id}' accountable`,
      edits: [{ range, text: sponsor.id }],
      safety: 'meaning-changing',
    },
  ];
}
