// The fix of a conflict of duties: `distinct-from` between two roles, or between a judge and an earlier step.
import type { DutyConflict } from '../../analysis/duty-conflicts.ts';
import { actorOf, holdersOf } from '../../analysis/principals.ts';
import { addEntry } from '../../language/edit.ts';
import { type Actor, isHuman, isJudgment, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { TextEdit } from '../../language/source.ts';

/** None where only one person holds the role, since nobody would be left. */
export function keepApart({ earlier, later, shared }: DutyConflict, { file }: Workflow): readonly Fix[] {
  const [a, b] = [actorOf(shared.first), actorOf(shared.second)];
  if (!a || !b || !isHuman(a) || !isHuman(b) || earlier.step === later.step) return [];
  if (a !== b) return apartAs(a, b, file.uri, file.text) ?? apartAs(b, a, file.uri, file.text) ?? [];
  const step = later.step;
  // A step of a file that is called is not this file's to change.
  if (step?.id.includes('/') || earlier.step?.id.includes('/')) return [];
  if (!step || !earlier.step || later.takenOver || !isJudgment(step) || (holdersOf(a) ?? 2) < 2) return [];
  const edits = step.fields.distinctFrom ? undefined : entry(step.fields.$.node, earlier.step.id, file.text);
  const title = `Keep the judge of '${step.id}' apart from whoever performed '${earlier.step.id}'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

function apartAs(role: Actor, other: Actor, uri: string, text: string): readonly Fix[] | undefined {
  if (role.uri !== uri || role.fields.distinctFrom) return undefined;
  const edits = entry(role.fields.$.node, other.id, text);
  return edits && [{ title: `Let nobody hold both '${role.id}' and '${other.id}'`, edits, safety: 'meaning-changing' }];
}

function entry(node: Step['fields']['$']['node'], id: string, text: string): readonly TextEdit[] | undefined {
  return node && addEntry(text, node, 'distinct-from', `[${id}]`);
}
