// Completion of the names of rules and presets.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { presetDocumentation, ruleDocumentation } from './describe-rule.ts';
import type { Suggestion } from './suggestion.ts';

export function suggestPresets(): readonly Suggestion[] {
  return [...presets.values()].map((preset) => ({
    label: preset.id,
    insert: preset.id,
    kind: CompletionItemKind.Module,
    detail: preset.title,
    documentation: presetDocumentation(preset),
    group: 3,
  }));
}

/** Those of everybody unless others are named. */
export function suggestRules(known: readonly Rule[] = rules): readonly Suggestion[] {
  return known.map((rule) => ({
    label: rule.id,
    insert: rule.id,
    kind: CompletionItemKind.Constant,
    detail: rule.severity,
    documentation: ruleDocumentation(rule),
    group: 3,
  }));
}
