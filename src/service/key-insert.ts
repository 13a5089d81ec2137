// What is inserted for a key: the key, its colon, and the beginning of a value of its form.
import type { KeyTable, RecordShape, Shape } from '../language/shape.ts';
import { formOf } from './slot.ts';
import { escapeSnippet } from './suggestion.ts';
import type { Typing } from './typing.ts';

interface KeyInsert {
  readonly text: string;
  /** A value is to be chosen from a list next. */
  readonly again: boolean;
}

export function keyInsert(name: string, shape: Shape, typing: Pick<Typing, 'hasColon' | 'flow' | 'column'>): KeyInsert {
  const key = escapeSnippet(name);
  if (typing.hasColon) return { text: name, again: false };
  const scalar = formOf(shape, 'scalar');
  if (scalar?.kind === 'scalar' && scalar.jsonType === 'boolean') return { text: `${name}: true`, again: false };
  if (isListOfNames(shape)) return { text: `${key}: [$1]`, again: true };
  if (scalar && scalar.kind !== 'any') {
    const chosen = scalar.kind === 'word' || scalar.kind === 'reference' || scalar.kind === 'condition';
    return { text: `${name}: `, again: chosen };
  }
  const list = formOf(shape, 'list');
  const map = formOf(shape, 'map') ?? (list?.kind === 'list' ? formOf(list.of, 'map') : undefined);
  const indent = ' '.repeat(typing.column + 2);
  if (map?.kind === 'record') {
    const inner = required(map);
    const inList = list?.kind === 'list' && !typing.flow && !isSingleRecord(map);
    if (typing.flow)
      return {
        text: list?.kind === 'list' ? `${key}: [{ ${inner.join(', ')} }]` : `${key}: { ${inner.join(', ')} }`,
        again: false,
      };
    const lines = inner.map((line, index) => `${indent}${inList ? (index === 0 ? '- ' : '  ') : ''}${line}`);
    return { text: `${key}:\n${lines.join('\n')}`, again: false };
  }
  if (map?.kind === 'map' || map?.kind === 'fields') {
    return { text: typing.flow ? `${key}: { $1 }` : `${key}:\n${indent}$1`, again: false };
  }
  if (list) return { text: `${key}: [$1]`, again: false };
  return { text: `${name}: `, again: false };
}

/** Lists that usually hold several short names; `by` and its like name one as a rule. */
function isListOfNames(shape: Shape): boolean {
  const list = formOf(shape, 'list');
  const element = list?.kind === 'list' ? formOf(list.of, 'scalar') : undefined;
  if (!element) return false;
  if (shape.kind === 'target' || shape.kind === 'choice') return false;
  return (
    element.kind === 'name' || (element.kind === 'reference' && element.to[0] !== 'actor') || element.kind === 'word'
  );
}

/** One of these is the rule, several the exception. */
function isSingleRecord({ name }: RecordShape<KeyTable>): boolean {
  return ['start', 'service level', 'model', 'escalation', 'timer'].includes(name);
}

/** `key: $1` for each required key; one stop where none is. */
function required({ keys }: RecordShape<KeyTable>): readonly string[] {
  const names = Object.entries(keys).flatMap(([name, { required: needed }]) => (needed ? [name] : []));
  return names.length === 0 ? ['$1'] : names.map((name, index) => `${name}: $${index + 1}`);
}
