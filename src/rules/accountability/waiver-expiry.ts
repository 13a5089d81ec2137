/**
 * A finding is waived, but the waiver has run out, or whoever answers for the work has approved it for themselves.
 * Mend what it was about, or let someone else approve a new one with a new day.
 */
import { isHuman, type Workflow } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import type { WaiverFields } from '../../language/vocabulary.ts';
import { here } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { iso42001, nistAiRmf, soc2 } from '../standards.ts';

export const waiverExpiry: Rule = {
  id: 'accountability/waiver-expiry',
  severity: 'error',
  summary: 'A waiver is approved by someone other than its author, and still holds today.',
  seed: ['S23d'],
  clauses: [iso42001('6.1.3'), nistAiRmf('MANAGE 1.4'), soc2('CC5.3')],
  check({ workflow }, report, { today }) {
    for (const waiver of workflow.fields?.waivers ?? []) {
      const fault = waiverFault(waiver, workflow, today);
      if (!fault) continue;
      const rule = waiver.rule ? ` of '${waiver.rule.value}'` : '';
      const at = waiver.at ? ` at '${waiver.at.value}'` : '';
      report({
        range: fault.range,
        place: 'workflow',
        message: `The waiver${rule}${at} ${fault.words}`,
        witness: here('workflow', fault.range, fault.note),
      });
    }
  },
};

interface Fault {
  readonly range: Range;
  readonly words: string;
  readonly note: string;
}

/** The first fault of a waiver; a key it lacks is said of the text. */
export function waiverFault(
  waiver: WaiverFields,
  workflow: Pick<Workflow, 'actors' | 'steps'>,
  today: number | undefined,
): Fault | undefined {
  const { expires, approvedBy, owner, at } = waiver;
  if (expires && today !== undefined && startOfDay(expires.value) < startOfDay(today)) {
    const day = new Date(expires.value).toISOString().slice(0, 10);
    return {
      range: expires.range,
      words: `ended on ${day}. Mend what it is about, or have a new one approved.`,
      note: 'lies before today',
    };
  }
  if (!approvedBy) return undefined;
  if (owner && owner.name === approvedBy.name)
    return {
      range: approvedBy.range,
      words: `is approved by '${owner.name}', who answers for it. Let someone else approve it.`,
      note: 'is its owner as well',
    };
  const approver = workflow.actors.get(approvedBy.name);
  if (approver && !isHuman(approver))
    return {
      range: approvedBy.range,
      words: `is approved by '${approver.id}', who is no person. Let a person approve it.`,
      note: 'is no person',
    };
  const role = authorRole(approvedBy.name, at?.value, workflow);
  if (role === undefined) return undefined;
  return {
    range: approvedBy.range,
    words: `is approved by '${approvedBy.name}', who ${role} there. Let someone else approve it.`,
    note: `${role} where the finding is`,
  };
}

/** A waiver that holds and has nothing to accept. */
export function unusedWaiver({ rule, at, $: origin }: WaiverFields): Finding {
  const { id, clauses } = waiverExpiry;
  const range = at?.range ?? origin.range;
  return {
    rule: id,
    severity: 'warning',
    verdict: 'violation',
    message: `The waiver of '${rule?.value}' at '${at?.value}' is not used: the rule finds nothing there. Remove it.`,
    range,
    place: 'workflow',
    witness: here('workflow', range, 'nothing to accept'),
    clauses,
    fixes: [],
  };
}

function startOfDay(moment: number): number {
  return Math.floor(moment / 86_400_000);
}

/** Whose work the waived finding is about. */
function authorRole(
  approver: string,
  at: string | undefined,
  { steps, actors }: Pick<Workflow, 'actors' | 'steps'>,
): string | undefined {
  const step = steps.get(at ?? '');
  if (step?.performers.some(({ id }) => id === approver)) return 'does the work';
  const actor = at?.startsWith('actor:') ? actors.get(at.slice('actor:'.length)) : undefined;
  return actor?.id === approver ? 'is the one it is about' : undefined;
}
