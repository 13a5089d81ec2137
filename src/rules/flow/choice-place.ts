// Where a choice between branches stands: the key that holds them, and the step or the workflow that owns it.
import type { Choice } from '../../analysis/flow-graph.ts';
import type { Target } from '../../language/parts.ts';
import type { Range } from '../../language/source.ts';

/** The key in front of the branches; where they stand deeper, the branches themselves. */
export function choicePlace({ from, links, range }: Choice): { readonly range: Range; readonly place: string } {
  const { step, start } = from;
  const holds = (target: Target | undefined) =>
    target?.kind === 'split' ? target.links === links : target?.kind === 'link' && target.link === links[0];
  const fields = step?.fields ?? start?.fields;
  const handler = [...(step?.handlers.values() ?? [])].find(({ target }) => holds(target));
  const key = holds(fields?.next) ? fields?.$.keyRange('next') : handler?.range;
  return { range: key ?? range, place: step?.id ?? 'workflow' };
}
