// The conditions of custom rules, and the expressions in their messages: what can be typed there, and what a name means.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { type RuleKindName, ruleKinds } from '../../governance/custom-rule-model.ts';
import { completeExpression, describeExpression, type ExpressionWord } from '../../governance/custom-rule-typing.ts';
import { scalarOffsets } from '../../language/scalar-offsets.ts';
import { code, paragraphs, plain } from '../markdown.ts';
import { formOf, type Slot } from '../slot.ts';
import { type AnyTyping, escapeSnippet, isTyped, type Suggestion } from '../suggestion.ts';

/** Undefined where no expression of a rule is typed. */
export function suggestExpressions(typing: AnyTyping): readonly Suggestion[] | undefined {
  const { before, after, offset, slot } = typing;
  const kind = kindOf(slot);
  const start = kind && startOfExpression(slot, before, before.length);
  if (kind === undefined || start === undefined) return undefined;
  const { range, words } = completeExpression(kind, before.slice(start) + after, before.length - start);
  const at = offset - (before.length - start);
  return words
    .filter(({ label }) => !isTyped(label))
    .map((word) => ({
      label: word.label,
      insert: insertOf(word),
      kind: itemKinds[word.kind],
      detail: word.type,
      documentation: plain(word.doc),
      group: word.kind === 'variable' ? 1 : word.kind === 'field' ? 2 : 4,
      range: { start: at + range.start, end: at + range.end },
    }));
}

/** What stands at `offset` of the document in an expression of a rule, and its range there. */
export function describeInExpression(slot: Slot, text: string, offset: number) {
  const kind = kindOf(slot);
  const offsets = scalarOffsets(text, slot.scalar);
  const at = offsets.findLastIndex((each) => each <= offset);
  const start = kind && at >= 0 ? startOfExpression(slot, slot.scalar.text, at) : undefined;
  if (kind === undefined || start === undefined) return undefined;
  const found = describeExpression(kind, slot.scalar.text.slice(start), at - start);
  const range = found && { start: offsets[start + found.range.start], end: offsets[start + found.range.end] };
  if (!found || range?.start === undefined || range.end === undefined) return undefined;
  return {
    value: paragraphs(`${code(found.label)} — ${plain(found.type)}`, plain(found.doc)),
    range: { start: range.start, end: range.end },
  };
}

/** What the rule around looks at. */
function kindOf({ trail }: Slot): RuleKindName | undefined {
  const rule = trail.findLast(({ shape }) => shape?.kind === 'record' && shape.name === 'custom rule')?.node;
  const named = rule?.kind === 'map' ? rule.entries.find(({ key }) => key.text === 'for')?.value : undefined;
  const text = named?.kind === 'scalar' ? named.text : '';
  return Object.hasOwn(ruleKinds, text) ? (text as RuleKindName) : undefined;
}

/** Where the expression around `at` begins: a condition is one as a whole, a message has some in braces. */
function startOfExpression({ expected, trail }: Slot, text: string, at: number): number | undefined {
  if (expected && formOf(expected, 'scalar')?.kind === 'condition') return 0;
  if (trail.at(-1)?.entry?.key.text !== 'message') return undefined;
  const open = at === 0 ? -1 : text.lastIndexOf('{', at - 1);
  const close = text.indexOf('}', open);
  return open === -1 || (close !== -1 && close < at) ? undefined : open + 1;
}

const itemKinds: Readonly<Record<ExpressionWord['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
};

/** A function with its brackets; a macro names the element as well. */
function insertOf({ label, kind, type }: ExpressionWord): string {
  if (kind !== 'function') return escapeSnippet(label);
  if (type.endsWith('()')) return type;
  return /\(x, /.test(type) ? `${label}(\${1:x}, $2)` : `${label}($1)`;
}
