/**
 * Someone can change or delete the log of what they, or an agent that works for them, have done: then it proves nothing.
 * Take that right away, or give it to a role that takes no part.
 */
import { type LogTampering, logTampering } from '../../analysis/log-tampering.ts';
import { reasonsOf } from '../../analysis/principals.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { dropItem, dropPermission } from '../drop-permission.ts';
import { here, pathTo, standsAt } from '../evidence.ts';
import { declarationsBehind } from '../principal-evidence.ts';
import type { Rule } from '../rule.ts';
import { finos, owaspAgentic, owaspThreat, soc2 } from '../standards.ts';

export const logTamperSeparation: Rule = {
  id: 'visibility/log-tamper-separation',
  severity: 'error',
  summary: 'Nobody can change or delete the log of what they, or their agents, have done.',
  seed: ['S5', 'S18'],
  clauses: [owaspAgentic('ASI10'), owaspThreat('T8'), soc2('CC6.3'), finos('MI-21')],
  check(analyses, report) {
    const { workflow, reachability } = analyses;
    for (const found of analyses.derived(logTampering)) {
      const { store, holder, mention, inStore, node, principal } = found;
      const place = `actor:${holder.id}`;
      const range = standsAt(inStore ? store : holder, workflow, mention.range);
      const reasons = reasonsOf(principal);
      const performed = `records what ${node.performers.map(({ id }) => `'${id}'`).join(' or ')} does in '${node.step?.id}'`;
      const why = reasons.length > 0 ? `, and ${reasons.join(', and ')}` : '';
      report({
        range,
        place,
        message: `'${holder.id}' may ${verbOf(found)} '${store.id}', which ${performed}${why}. Leave that right to a role that takes no part.`,
        witness: [
          ...pathTo(node, reachability, `is recorded in '${store.id}'`),
          ...declarationsBehind(principal, workflow),
          ...here(place, range, `may ${verbOf(found)} '${store.id}'`),
        ],
        fixes: () => drop(found, workflow),
      });
    }
  },
};

function verbOf({ right }: LogTampering): string {
  return right === 'admin' ? 'change' : right === 'delete' ? 'delete from' : 'write over';
}

/** The only one who administers a log stays, since nobody else would. */
function drop({ store, holder, right, mention, inStore }: LogTampering, workflow: Workflow): readonly Fix[] {
  const title = `Take this right on '${store.id}' from '${holder.id}'`;
  if (!inStore) {
    const edits = dropPermission(holder, `${store.id}.${right}`, workflow);
    return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
  }
  const { node } = store.fields.$;
  const names = store.fields[inStore] ?? [];
  if (!node || store.uri !== workflow.file.uri || names.length < 2) return [];
  const edits = dropItem(node, inStore, mention.range, workflow.file.text);
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
