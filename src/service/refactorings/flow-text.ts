// A value written on one line, in braces and brackets. Comments in it are not written: who uses this asks for them first.
import type { MapEntry, ScalarNode, SyntaxNode } from '../../language/syntax.ts';

/** Undefined where the value cannot stand on one line: an alias, a key without a value. */
export function flowText(node: SyntaxNode | undefined, text: string): string | undefined {
  if (!node || node.kind === 'alias') return undefined;
  if (node.kind === 'scalar') return scalarText(node, text);
  const parts =
    node.kind === 'list' ? node.items.map((item) => flowText(item, text)) : node.entries.map((e) => entryText(e, text));
  if (parts.includes(undefined)) return undefined;
  const body = parts.join(', ');
  if (node.kind === 'list') return `[${body}]`;
  return body === '' ? '{}' : `{ ${body} }`;
}

/** `key: value` on one line. */
export function entryText({ key, value }: MapEntry, text: string): string | undefined {
  const written = flowText(value, text);
  return written === undefined ? undefined : `${text.slice(key.range.start, key.range.end)}: ${written}`;
}

function scalarText({ style, range, text: value }: ScalarNode, text: string): string {
  const written = text.slice(range.start, range.end);
  if (/[\r\n]/.test(written) || style === 'literal' || style === 'folded') return JSON.stringify(value);
  return style === 'plain' && /[,[\]{}]/.test(written) ? JSON.stringify(value) : written;
}
