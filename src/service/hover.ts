// Hover: what the key, word, id, outcome, duration or name of a condition under the mouse means.
import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Step, Workflow } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import { presets } from '../rules/presets.ts';
import { ruleById } from '../rules/registry.ts';
import { declarationDocumentation, targetInWords } from './describe-declaration.ts';
import { durationInWords, fieldInWords, keyDocumentation, outcomeMeaning } from './describe-language.ts';
import { presetDocumentation, ruleDocumentation } from './describe-rule.ts';
import type { Checked } from './documents.ts';
import { code, paragraphs } from './markdown.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { toRange } from './positions.ts';

export function hoverAt(checked: Checked, offset: number): Hover | null {
  const found = meaningAt(checked, offset);
  const value = found && describe(found.meaning, checked.lint.workflow);
  if (!found || !value) return null;
  return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(checked.file, found.range) };
}

function describe(meaning: Meaning, workflow: Workflow): string | undefined {
  switch (meaning.kind) {
    case 'key':
      return paragraphs(
        `**${meaning.name}**`,
        keyDocumentation(meaning.key),
        meaning.key.on && `Key of: ${meaning.key.on.join(', ')}.`,
      );
    case 'word':
      return paragraphs(code(meaning.word), meaning.doc);
    case 'declaration':
      return declarationDocumentation(meaning.declares, meaning.id, meaning.workflow);
    case 'field':
      return paragraphs(
        `${code(meaning.path.join('.'))} — ${fieldInWords(meaning.field)}`,
        classOf(meaning.path[0] ?? '', workflow),
      );
    case 'outcome':
      return describeOutcome(meaning.outcome, meaning.step, workflow);
    case 'function':
      return paragraphs(`${code(meaning.name)} — function of CEL`, meaning.doc);
    case 'rule': {
      const rule = ruleById(meaning.id);
      return rule && ruleDocumentation(rule);
    }
    case 'preset': {
      const preset = presets.get(meaning.id);
      return preset && presetDocumentation(preset);
    }
    case 'duration':
      return durationInWords(meaning.duration);
    case 'name':
    case 'file':
    case 'workflow':
      return undefined;
  }
}

function classOf(data: string, workflow: Workflow): string | undefined {
  const sensitivity = workflow.data.get(data)?.fields.class?.value;
  return sensitivity && `Field of ${code(data)}, class ${sensitivity}.`;
}

/** What an outcome is, why the step has it, and where work goes at it. */
function describeOutcome(name: string, step: Step | undefined, workflow: Workflow): string | undefined {
  const own = step && outcomesOf(step, step.performers, workflow).find((outcome) => outcome.name === name);
  const meaning = outcomeMeaning(name);
  if (!own && meaning === undefined) return undefined;
  const handler = step?.handlers.get(name);
  const target = handler?.target ?? (own?.byNext ? step?.fields.next : undefined);
  return paragraphs(
    `${code(name)} — outcome`,
    meaning,
    own && step && `${code(step.id)} has it: ${own.because}.`,
    target && `Then: ${targetInWords(target)}${handler?.inherited ? ', by the defaults of the file' : ''}.`,
  );
}
