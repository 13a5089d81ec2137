// A new step on an edge: the cursor stands on a target, the new step leads there.
import { addBlock, addEntry, unusedId } from '../../language/edit.ts';
import { isHuman } from '../../language/model.ts';
import type { Proposal, Spot } from './refactoring.ts';
import { tried } from './trial.ts';

export function insertStep(spot: Spot): readonly Proposal[] {
  const { checked, slots, declarations, range } = spot;
  const { file } = checked;
  const { steps, fields } = checked.lint.workflow;
  const slot = slots.find(
    ({ form, scalar }) => form === 'value' && scalar.range.start <= range.start && range.end <= scalar.range.end,
  );
  if (slot?.expected?.kind !== 'target' || !steps.has(slot.scalar.text)) return [];
  const target = slot.scalar.text;
  const to = declarations.find(({ kind, id }) => kind === 'step' && id === target);
  if (!to) return [];
  const from = declarations.find(
    ({ kind, entry }) => kind === 'step' && entry.range.start < range.start && range.start < entry.range.end,
  );
  // The new step stands beside the one it leads to, behind the one it comes from where they are neighbors.
  const source = declarations.findLast(
    ({ map, entry }) => map === to.map && (entry === from?.entry || contains(entry, range.start)),
  );
  const before = to.map.entries[to.map.entries.indexOf(to.entry) - 1]?.key.text;
  const anchor = source?.id ?? before;
  const id = unusedId('new-step', steps);
  const replaced = { range: slot.scalar.range, text: id };
  const people = [...(steps.get(source?.id ?? '')?.performers ?? []), ...(steps.get(target)?.performers ?? [])];
  const accountable = fields?.accountable?.[0]?.name;
  const performers = [
    ...people.filter(isHuman).map((actor) => actor.id),
    ...(accountable === undefined ? [] : [accountable]),
  ];
  const forms = [
    ...[...new Set(performers)].map((by) => [`task: New step`, `by: ${by}`, `next: ${target}`]),
    [`route: New step`, `next: ${target}`],
  ];
  const proposals = forms.flatMap((lines): Proposal[] => {
    const block = [`${id}:`, ...lines.map((line) => `  ${line}`)];
    const added = to.map.flow
      ? addEntry(file.text, to.map, id, `{ ${lines.join(', ')} }`, anchor)
      : addBlock(file.text, to.map, block, anchor);
    if (!added) return [];
    const title = `Insert a step before '${target}'`;
    return [{ title, kind: 'refactor.rewrite', changes: [{ uri: checked.uri, edits: [replaced, ...added] }] }];
  });
  // The first that brings no error; a route, which does no work, never brings one of its own.
  const fitting = proposals.find(
    (proposal) => 'changes' in proposal && typeof tried(spot, proposal.changes) === 'string',
  );
  return [fitting ?? proposals.at(-1)].flatMap((proposal) => proposal ?? []);
}

function contains({ range }: { readonly range: { readonly start: number; readonly end: number } }, offset: number) {
  return range.start < offset && offset < range.end;
}
