// Parameters of rules that an earlier revision set more strictly.
import type { Workflow } from '../../language/model.ts';
import type { SyntaxNode } from '../../language/syntax.ts';
import { parameters } from '../parameters.ts';
import type { Losses } from './control-loss.ts';

/** Reports each parameter that both revisions set, and this one less strictly. Those that are gone are said elsewhere. */
export function loosenedParameters(before: Workflow, now: Workflow, lose: Losses): void {
  for (const [name, { value }] of now.fields?.parameters ?? []) {
    const old = before.fields?.parameters?.get(name)?.value;
    if (!value || !old || ofReadability.has(name) || !isLooser(name, old, value)) continue;
    const [was, is] = [shown(old, before), shown(value, now)];
    lose('workflow', value.range, `the parameter '${name}' was loosened from ${was} to ${is}`);
  }
}

/** How long a file may be controls nothing of the work. */
const ofReadability: ReadonlySet<string> = new Set(['max-steps', 'max-branches']);

/** Neither is the later value the stricter one, nor can the two not be compared. */
function isLooser(name: string, old: SyntaxNode, later: SyntaxNode): boolean {
  const parameter = parameters.get(name);
  const [was, is] = [parameter?.read(old), parameter?.read(later)];
  if (!parameter || was === undefined || is === undefined) return false;
  return !isSame(parameter.strictest(was, is), is) && !isSame(parameter.strictest(is, was), is);
}

/** Values are numbers, flags, amounts or levels by tier. */
function isSame(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b);
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).sort()) : String(value);
}

function shown({ range }: SyntaxNode, { file }: Workflow): string {
  return `'${file.text.slice(range.start, range.end)}'`;
}
