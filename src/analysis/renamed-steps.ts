// Steps that have another id in a later revision and are the same for all else: a rename is no removal and no addition.
import type { Step, Workflow } from '../language/model.ts';

/** New id by old id. Only pairs that are sure: one step that is gone and one that came say the same. */
export function renamedSteps(before: Workflow, after: Workflow): ReadonlyMap<string, string> {
  const gone = [...before.steps.values()].filter(({ id }) => !after.steps.has(id));
  const came = [...after.steps.values()].filter(({ id }) => !before.steps.has(id));
  const renamed = new Map<string, string>();
  if (gone.length === 0 || came.length === 0) return renamed;
  // What a step says of others that were renamed as well differs by their names alone: the title and who performs stay.
  for (const likeness of [textOf, titleOf]) {
    const open = gone.filter(({ id }) => !renamed.has(id));
    const taken = new Set(renamed.values());
    const free = came.filter(({ id }) => !taken.has(id));
    for (const step of open) {
      const key = likeness(step, before);
      const twins = open.filter((other) => likeness(other, before) === key);
      const [match, ...more] = free.filter((other) => likeness(other, after) === key);
      if (match && more.length === 0 && twins.length === 1) renamed.set(step.id, match.id);
    }
  }
  return renamed;
}

/** All that the step says, whatever the white space. */
function textOf({ fields }: Step, { file }: Workflow): string {
  const { start, end } = fields.$.range;
  return file.text.slice(start, end).replace(/\s+/g, ' ').trim();
}

function titleOf({ kind, title, fields, scope }: Step): string {
  return JSON.stringify([kind, title, (fields.by ?? []).map(({ name }) => name), scope?.id]);
}
