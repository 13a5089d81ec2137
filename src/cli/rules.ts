// `aiwf rules`: the list of rules, for people or for programs.
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import { docsUrl } from '../rules/rule.ts';
import { type Outcome, succeeded } from './outcome.ts';

/** Every rule, in the order of the catalog. */
export function listRules(format: 'text' | 'json'): Outcome {
  return succeeded(format === 'json' ? asJson() : asText());
}

function asText(): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join('');
}

function asJson(): string {
  const list = rules.map(({ id, severity, summary, seed, clauses }) => ({
    id,
    category: id.slice(0, id.indexOf('/')),
    severity,
    summary,
    seed,
    clauses,
    profiles: [...presets.values()].filter((preset) => preset.rules.includes(id)).map((preset) => preset.id),
    docs: docsUrl(id),
  }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}
