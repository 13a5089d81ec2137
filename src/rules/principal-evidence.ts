// Who is behind a step, as findings say and prove it: sponsors, delegation, shared identities and lists of holders.
import type { FlowNode } from '../analysis/flow-graph.ts';
import { actorOf, holdersOf, type Principal, reasonsOf, type SharedPrincipal } from '../analysis/principals.ts';
import type { Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import { here, standsAt } from './evidence.ts';
import type { WitnessStep } from './finding.ts';

/** Why one principal is behind both nodes, in the user's names: `'lead' sponsors 'bot'`, `'ada' holds 'clerk' and 'lead'`. */
export function sharedBecause({ key, first, second }: SharedPrincipal, one: FlowNode, other: FlowNode): string {
  const [a, b] = [actorOf(first), actorOf(second)];
  const reasons = new Set([...standIn(one), ...reasonsOf(first), ...standIn(other), ...reasonsOf(second)]);
  if (a && b && a !== b && key.startsWith('person:')) reasons.add(`'${key.slice(7)}' holds '${a.id}' and '${b.id}'`);
  const count = a && holdersOf(a);
  if (reasons.size === 0 && a && count !== undefined && count > 1)
    return `'${a.id}' performs both, and nothing keeps its ${count} holders apart`;
  return reasons.size > 0 ? [...reasons].join(', and ') : `'${a?.id}' performs both`;
}

const roles = { backup: 'as the backup', fallback: 'as the fallback', escalation: 'when it escalates' } as const;

function standIn({ takenOver, step, performers }: FlowNode): readonly string[] {
  return takenOver ? [`'${performers[0]?.id}' takes over '${step?.id}' ${roles[takenOver]}`] : [];
}

/** The declarations that put a principal behind its step, each with what it says. */
export function declarationsBehind(principal: Principal, workflow: Workflow): readonly WitnessStep[] {
  const reasons = reasonsOf(principal);
  return principal.chain.slice(1).flatMap(({ actor, relation }, i) => {
    const before = principal.chain[i]?.actor ?? actor;
    const owner = relation === 'delegator' ? actor : before;
    const { sponsor, onBehalfOf, identity, lead, delegates } = owner.fields;
    const own: Readonly<Record<typeof relation, Range | undefined>> = {
      sponsor: sponsor?.range,
      'on-behalf-of': onBehalfOf?.range,
      identity: identity?.range,
      lead: lead?.range,
      delegator: delegates?.find(({ to }) => to?.name === before.id)?.$.range,
      delegate: undefined,
      performer: undefined,
    };
    return here(`actor:${owner.id}`, standsAt(owner, workflow, own[relation] ?? owner.range), reasons[i] ?? '');
  });
}
