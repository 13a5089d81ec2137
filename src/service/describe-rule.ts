// Rules and presets in short, for hover and completion.
import { type Preset, presets } from '../rules/presets.ts';
import { docsUrl, type Rule } from '../rules/rule.ts';
import { code, paragraphs } from './markdown.ts';

/** Summary, severity and the clauses a rule serves, with a link to its page. */
export function ruleDocumentation({ id, severity, summary, clauses }: Rule): string {
  const served = clauses.map(
    ({ standard, edition, ref, status }) =>
      `- ${standard} (${edition}) ${ref}${status === 'verified' ? '' : `, ${status}`}`,
  );
  const named = [...presets.values()].filter(({ rules }) => rules.includes(id)).map((preset) => code(preset.id));
  return paragraphs(
    `${code(id)} — ${severity}`,
    summary,
    served.length > 0 ? `Serves:\n${served.join('\n')}` : undefined,
    named.length > 0 ? `In the presets ${named.join(', ')}.` : undefined,
    `[Documentation](${docsUrl(id)})`,
  );
}

/** Title and rules of a preset. */
export function presetDocumentation({ id, title, rules }: Preset): string {
  return paragraphs(`${code(id)} — preset`, title, rules.map((rule) => `- ${code(rule)}`).join('\n'));
}
