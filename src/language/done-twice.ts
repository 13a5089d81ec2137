// `next` and `on.done` say the same thing twice; a step with both is an error.
import type { Workflow } from './model.ts';
import type { Problem } from './problem.ts';

/** A problem at each `on.done` that stands beside `next`. */
export function doneTwice({ steps }: Workflow): readonly Problem[] {
  return [...steps.values()].flatMap(({ id, fields, handlers }) => {
    const done = handlers.get('done');
    if (!done?.target || done.inherited || !fields.next) return [];
    const message = `'${id}' says twice where work goes when it is done: with 'next' and here. Keep one of the two.`;
    return [{ code: 'language/invalid-value', severity: 'error', message, range: done.range }];
  });
}
