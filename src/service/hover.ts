// Hover: what the key, word, id, outcome, duration or name of a condition under the mouse means.
import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Step, Workflow } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import { presets } from '../rules/presets.ts';
import { ruleById } from '../rules/registry.ts';
import { declarationDocumentation, targetInWords } from './describe-declaration.ts';
import { calendarsOf, durationWithHours, workingTime } from './describe-duration.ts';
import { fileDocumentation } from './describe-file.ts';
import { dataInFlow, stepInFlow } from './describe-flow.ts';
import { fieldInWords, keyDocumentation, outcomeMeaning } from './describe-language.ts';
import { mentionsInWords } from './describe-mentions.ts';
import { presetDocumentation, ruleDocumentation } from './describe-rule.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { code, paragraphs } from './markdown.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { toRange } from './positions.ts';
import { declarationAround, recordAround, type Slot, slotAt } from './slot.ts';

export function hoverAt(checked: Checked, offset: number, documents: DocumentCache): Hover | null {
  const found = meaningAt(checked, offset);
  const slot = slotAt(checked.file.root, offset);
  const value = found && slot && describe(found.meaning, { checked, slot, documents });
  if (!found || !value) return null;
  return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(checked.file, found.range) };
}

interface Context {
  readonly checked: Checked;
  readonly slot: Slot;
  readonly documents: DocumentCache;
}

function describe(meaning: Meaning, context: Context): string | undefined {
  const { checked, documents } = context;
  const { workflow } = checked;
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
      return describeDeclaration(meaning, context);
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
      return durationWithHours(meaning.duration, calendarsAround(context));
    case 'name':
      return paragraphs(
        `${code(meaning.name)} — ${meaning.family}, a free name`,
        mentionsInWords(meaning, checked, documents),
      );
    case 'file':
    case 'workflow':
      return fileDocumentation(meaning, checked.uri, checked.project);
  }
}

/** What is declared, what the flow makes of it, and where it is used. */
function describeDeclaration(
  meaning: Extract<Meaning, { kind: 'declaration' }>,
  { checked, documents }: Context,
): string | undefined {
  const { declares, id, workflow } = meaning;
  const declared = declarationDocumentation(declares, id, workflow);
  // Data of a sub-workflow that a call names has its flow there.
  const isOwn = workflow.file.uri === checked.uri;
  const flow = isOwn && declares === 'step' ? stepInFlow(id, checked.lint.analyses) : undefined;
  const made = isOwn && declares === 'data' ? dataInFlow(id, checked.lint.analyses) : undefined;
  if (declared === undefined && declares !== 'metric') return undefined;
  const heading = declared ?? `${code(id)} — ${declares}`;
  return paragraphs(heading, flow, made, mentionsInWords(meaning, checked, documents));
}

/** By which calendar a duration counts: the one beside it, else that of whoever performs the step around. */
function calendarsAround({ checked, slot }: Context) {
  const { workflow } = checked;
  const beside = recordAround(slot)?.map.entries.find(({ key }) => key.text === 'calendar')?.value;
  const named = beside?.kind === 'scalar' ? workingTime(beside.text, workflow) : undefined;
  if (named) return [named];
  const step = workflow.steps.get(declarationAround(slot, 'step') ?? '');
  return step ? calendarsOf(step, workflow) : [];
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
