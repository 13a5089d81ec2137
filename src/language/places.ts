// PLACE of a finding: the step or declaration a range stands in (language.md §7).
import type { Workflow } from './model.ts';
import type { Range } from './source.ts';

/** Step id, `actor:ID`, `data:ID`, `store:ID`, `policy:ID`, `stop` or `workflow`: the innermost that holds `range`. */
export function placeAt(workflow: Workflow, range: Range): string {
  let best: { place: string; size: number } | undefined;
  for (const { kind, name, full } of workflow.file.declarations) {
    if (full.start > range.start || range.end > full.end) continue;
    const place = kind === 'step' ? name : placed.has(kind) ? `${kind}:${name}` : undefined;
    const size = full.end - full.start;
    if (place !== undefined && (!best || size < best.size)) best = { place, size };
  }
  if (best) return best.place;
  const stop = workflow.fields?.stop?.$.range;
  return stop && stop.start <= range.start && range.end <= stop.end ? 'stop' : 'workflow';
}

const placed: ReadonlySet<string> = new Set(['actor', 'data', 'store', 'policy']);
