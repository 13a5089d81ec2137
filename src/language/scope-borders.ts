// Normal edges do not cross the border of a scope: what is inside begins at `start` and ends inside.
import { isInside, type Step, type Workflow } from './model.ts';
import type { Target } from './parts.ts';
import type { Problem } from './problem.ts';
import type { Range } from './source.ts';

/** A problem at each `next` or `start` that names a step on the other side of a border. */
export function crossedBorders({ starts, steps }: Workflow): readonly Problem[] {
  const from = (target: Target | undefined, scope: Step | undefined) =>
    mentionsOf(target).flatMap(({ name, range }) => {
      const step = steps.get(name);
      return step && step.scope !== scope ? [crossing(step, scope, range)] : [];
    });
  return [
    ...starts.flatMap(({ fields }) => from(fields.next, undefined)),
    ...[...steps.values()].flatMap((step) => [
      ...from(step.fields.next, step.scope),
      ...(step.kind === 'scope' ? from(step.fields.start, step) : []),
    ]),
  ];
}

function crossing(step: Step, scope: Step | undefined, range: Range): Problem {
  const outer = scope === step.scope || isInside(scope, step.scope) ? undefined : step.scope;
  const message = outer
    ? `'${step.id}' stands inside the scope '${outer.id}', and work comes in by its 'start' only. Lead to '${outer.id}'.`
    : `'${step.id}' stands outside the scope '${scope?.id}'. End the path inside, and lead on by the 'next' of '${scope?.id}'.`;
  return { code: 'language/invalid-value', severity: 'error', message, range };
}

/** Steps that work can go to in the normal course; where it goes when a bound is used up is an exception. */
function mentionsOf(target: Target | undefined): readonly { readonly name: string; readonly range: Range }[] {
  if (!target) return [];
  if (target.kind === 'step') return target.step.word ? [] : [target.step];
  return (target.kind === 'split' ? target.links : [target.link]).flatMap(({ to }) => mentionsOf(to));
}
