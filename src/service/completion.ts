// Completion: what can be typed at the cursor, as items of the Language Server Protocol.
import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-types';
import { parseFile } from '../language/parse.ts';
import { resolveWorkflow } from '../language/project.ts';
import type { Range } from '../language/source.ts';
import { suggestConditions } from './completion-conditions.ts';
import { suggestKeys } from './completion-keys.ts';
import { suggestValues } from './completion-values.ts';
import type { Checked, ProjectFiles } from './documents.ts';
import { type Lines, toRange } from './positions.ts';
import type { AnyTyping, Cursor, Suggestion } from './suggestion.ts';
import { placeholder, typingAt } from './typing.ts';

export interface CompletionOptions {
  /** The client understands snippets. */
  readonly snippets: boolean;
  /** The client's command that opens the list again, for keys whose value is chosen from a list. */
  readonly againCommand?: string | undefined;
  /** The client takes an item by the characters it names. */
  readonly commits?: boolean;
}

const maxItems = 500;

export function completionsAt(
  { uri, file, project }: Checked,
  offset: number,
  options: CompletionOptions,
  files?: ProjectFiles,
): CompletionItem[] {
  const typing = typingAt(file.text, offset, (text) => parseFile(uri, text, file));
  if (!typing) return [];
  const { workflow } = resolveWorkflow(typing.file, project);
  const cursor: Cursor = { typing, workflow, files };
  return itemsOf(suggestionsAt(cursor), typing, file, options);
}

/** What the protocol calls items, in the order of the suggestions. */
export function itemsOf(
  suggestions: readonly Suggestion[],
  { range, lead }: AnyTyping,
  lines: Lines,
  options: CompletionOptions,
): CompletionItem[] {
  return suggestions
    .slice(0, maxItems)
    .map((suggestion, index) => toItem(suggestion, index, suggestion.range ?? range, lines, lead, options));
}

function suggestionsAt(cursor: Cursor): readonly Suggestion[] {
  const { typing } = cursor;
  const { slot } = typing;
  if (slot.form === 'value') return valuesAt(cursor);
  const keys = suggestKeys(cursor);
  return typing.alone && slot.expected ? [...valuesAt(cursor), ...keys] : keys;
}

function valuesAt(cursor: Cursor): readonly Suggestion[] {
  return suggestConditions(cursor) ?? suggestValues(cursor);
}

function toItem(
  { label, insert, kind, detail, documentation, group = 5, again = false, commit = [] }: Suggestion,
  index: number,
  range: Range,
  file: Lines,
  lead: string,
  { snippets, againCommand, commits = false }: CompletionOptions,
): CompletionItem {
  // Words of the user may look like stops; only what we wrote ourselves has them.
  const isSnippet =
    kind !== CompletionItemKind.EnumMember && kind !== CompletionItemKind.Value && /\$\d|\$\{/.test(insert);
  const preview = previewOf(isSnippet ? withoutStops(insert) : insert);
  const shown = [documentation && withoutPlaceholder(documentation), preview].filter(Boolean).join('\n\n');
  const newText = lead + (isSnippet && !snippets ? withoutStops(insert) : insert);
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail: withoutPlaceholder(detail) }),
    ...(shown === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: shown } }),
    ...(commits && commit.length > 0 ? { commitCharacters: [...commit] } : {}),
    sortText: `${group}${String(index).padStart(3, '0')}`,
    filterText: label,
    ...(isSnippet && snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    // Lines below the first are indented already, by the column of the key.
    ...(newText.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: { range: toRange(file, range), newText },
    ...(again && againCommand ? { command: { title: 'Complete the value', command: againCommand } } : {}),
  };
}

/** What will stand there, where it is more than a word: several lines, or something in brackets. */
function previewOf(text: string): string | undefined {
  if (!/\n|[{[].* .*[\]}]/.test(text)) return undefined;
  const [first = '', ...rest] = text.replaceAll('`', "'").split('\n');
  const indent = Math.min(
    ...rest.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  const inner = /:\s*$/.test(first) ? 2 : 0;
  const moved = rest.map((line) => ' '.repeat(inner) + line.slice(indent));
  return `\`\`\`yaml\n${[first, ...moved]
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n\`\`\``;
}

/** What others say about the half-typed part names it as the user sees it. */
function withoutPlaceholder(text: string): string {
  return text.replaceAll(placeholder, '');
}

/** A snippet as plain text: its defaults stay, its stops go. */
function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d/g, '')
    .replace(/\\([$}\\])/g, '$1');
}
