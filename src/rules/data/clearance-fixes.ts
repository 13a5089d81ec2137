// The fixes of `clearance`: leave out what a step only reads, or clear an actor for which nothing is stated.
import { above, classIn, classOrder } from '../../analysis/classes.ts';
import { allowedAt, type OverCleared } from '../../analysis/over-cleared.ts';
import { addEntry, removeEntry, removeItems } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';

/** For one fault: all that one actor or store gets. */
export function clearanceFixes(group: readonly OverCleared[], workflow: Workflow): readonly Fix[] {
  return [...leaveOut(group, workflow), ...clear(group, workflow)];
}

/** Nothing else of the step names the data, so it can do without. */
function leaveOut(group: readonly OverCleared[], { file }: Workflow): readonly Fix[] {
  const [first] = group;
  const step = first?.sink.step;
  if (!first || !step || group.some(({ sink }) => !sink.read || sink.step !== step)) return [];
  const node = step.fields.$.node;
  const list = node?.entries.find(({ key }) => key.text === 'reads')?.value;
  const names = group.map(({ sink }) => sink.path);
  if (!node || list?.kind !== 'list' || names.some((name) => isNamedElsewhere(name, step, file.text))) return [];
  const out = list.items.filter((item) => item.kind === 'scalar' && names.includes(item.text));
  const edits =
    out.length === list.items.length ? removeEntry(file.text, node, 'reads') : removeItems(file.text, list, out);
  const title = `Leave ${quoted(names)} out of '${step.id}'`;
  return edits && out.length === names.length ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

/** The text of the step has the word somewhere else than in `reads`. */
function isNamedElsewhere(name: string, { fields }: Step, text: string): boolean {
  const { range, valueRange } = fields.$;
  const reads = valueRange('reads');
  const rest = reads ? text.slice(range.start, reads.start) + text.slice(reads.end, range.end) : '';
  return new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w-])`).test(rest);
}

/** A clearance for the worst class it gets, where it has none yet and this file declares it. */
function clear(group: readonly OverCleared[], { file }: Workflow): readonly Fix[] {
  const to = group[0]?.sink.to;
  if (!to || !('actor' in to) || !allowedAt(to)?.isDefault || to.actor.uri !== file.uri) return [];
  const node = to.actor.fields.$.node;
  const worst = group.reduce((bits, one) => bits | one.bits, 0);
  const level = classIn(worst & above(classOrder[0] ?? 'public'));
  const edits = node && addEntry(file.text, node, 'clearance', level);
  return edits ? [{ title: `Clear '${to.actor.id}' for ${level} data`, edits, safety: 'meaning-changing' }] : [];
}
