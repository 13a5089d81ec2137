// Completion of the names of rules and presets.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
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

export function suggestRules(): readonly Suggestion[] {
  return rules.map((rule) => ({
    label: rule.id,
    insert: rule.id,
    kind: CompletionItemKind.Constant,
    detail: rule.severity,
    documentation: ruleDocumentation(rule),
    group: 3,
  }));
}
