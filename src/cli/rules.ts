// `aiwf rules`: the list of rules, those that the project brings among them, for people or for programs.
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import { docsOf, type Rule } from '../rules/rule.ts';
import { type Outcome, succeeded } from './outcome.ts';
import { findNearest } from './rules-brought.ts';

/** Every rule, in the order of the catalog, then those of the configuration that counts for the current folder. */
export function listRules(format: 'text' | 'json'): Outcome {
  const all = [...rules, ...findNearest()];
  return succeeded(format === 'json' ? asJson(all) : asText(all));
}

function asText(all: readonly Rule[]): string {
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  return all.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join('');
}

function asJson(all: readonly Rule[]): string {
  const list = all.map(({ id, severity, summary, seed, clauses, own }) => ({
    id,
    category: id.slice(0, id.indexOf('/')),
    severity,
    summary,
    seed,
    clauses,
    profiles: [...presets.values()].filter((preset) => preset.rules.includes(id)).map((preset) => preset.id),
    docs: docsOf(id, own) ?? null,
    ...(own ? { custom: true } : {}),
  }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}
