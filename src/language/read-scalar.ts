// Reads what stands in one scalar: values, words, names, mentions and conditions.
import type { ConditionText, Reference } from './parts.ts';
import type { Problem } from './problem.ts';
import { type Reading, rangeOf, report } from './reading.ts';
import type { ReferenceShape, ScalarShape } from './shape.ts';
import type { Located, Range } from './source.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { ScalarNode, SyntaxNode } from './syntax.ts';
import { article } from './wording.ts';

/** Says what should stand at `node`; undefined, as is read there. */
export function wrongForm(node: SyntaxNode, expected: string, reading: Reading): undefined {
  const found = node.kind === 'map' ? 'a map' : node.kind === 'list' ? 'a list' : `'${(node as ScalarNode).text}'`;
  report(reading, 'language/invalid-value', rangeOf(node, reading), `Expected ${expected}, found ${found}.`);
  return undefined;
}

const dataPath = /^[a-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$/;

/** A value of a small language of its own. */
export function readScalar(node: SyntaxNode, shape: ScalarShape<unknown>, reading: Reading): unknown {
  if (node.kind !== 'scalar' || node.value === null) return wrongForm(node, shape.expected, reading);
  const value = shape.parse(node.text, node.value);
  const range = rangeOf(node, reading);
  if (value !== undefined) return { value, range };
  if (shape.fromData && dataPath.test(node.text)) {
    const [name = '', ...path] = node.text.split('.');
    const field: Reference = { to: ['data'], name, field: path.join('.'), range, word: false };
    reading.references.push(field);
    return { value: { field }, range };
  }
  return wrongForm(node, shape.expected, reading);
}

/** One of the language's own words. */
export function readWord(
  node: SyntaxNode,
  words: Readonly<Record<string, string>>,
  reading: Reading,
): Located<string> | undefined {
  const known = Object.keys(words);
  if (node.kind !== 'scalar') return wrongForm(node, `one of ${known.join(', ')}`, reading);
  const range = rangeOf(node, reading);
  if (Object.hasOwn(words, node.text)) return { value: node.text, range };
  const nearest = suggest(node.text, known);
  report(
    reading,
    'language/invalid-value',
    range,
    `'${node.text}' is not one of ${known.join(', ')}.${didYouMean(nearest)}`,
    replacement(nearest, range),
  );
  return undefined;
}

/** A free name. */
export function readName(node: SyntaxNode, reading: Reading): Located<string> | undefined {
  if (node.kind !== 'scalar' || node.text.trim() === '') return wrongForm(node, 'a name', reading);
  return { value: node.text, range: rangeOf(node, reading) };
}

/** An id of anything but data. */
export const idPattern = /^[A-Za-z_][\w-]*$/;
const pathPattern = /^([A-Za-z_][\w-]*)(?:\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*))?$/;

/** A mention of an id, with a path behind it where a field may be meant. */
export function readReference(node: SyntaxNode, shape: ReferenceShape, reading: Reading): Reference | undefined {
  if (node.kind !== 'scalar') return wrongForm(node, `the id of ${article(shape.to[0] ?? 'step')}`, reading);
  const range = rangeOf(node, reading);
  if (Object.hasOwn(shape.words, node.text)) return { to: shape.to, name: node.text, range, word: true };
  const match = shape.field ? pathPattern.exec(node.text) : idPattern.exec(node.text);
  if (!match) {
    if (shape.open) return { to: shape.to, name: node.text, range, word: true };
    return wrongForm(node, `the id of ${article(shape.to[0] ?? 'step')}`, reading);
  }
  const name = shape.field ? (match[1] ?? '') : match[0];
  const field = shape.field ? match[2] : undefined;
  const reference: Reference = { to: shape.to, name, range, word: false, ...(field === undefined ? {} : { field }) };
  if (!shape.open) reading.references.push(reference);
  return reference;
}

/** A condition as written; it is parsed when all data is known. */
export function readCondition(node: SyntaxNode, reading: Reading): ConditionText | undefined {
  if (node.kind !== 'scalar') return wrongForm(node, 'a condition in CEL', reading);
  const condition: ConditionText = {
    text: node.text,
    range: rangeOf(node, reading),
    node: reading.at ? undefined : node,
  };
  reading.conditions.push(condition);
  return condition;
}

/** The fix that takes the suggested word, where there is one. */
export function replacement(nearest: string | undefined, range: Range): Problem['fixes'] {
  return nearest === undefined
    ? undefined
    : [{ title: `Change to '${nearest}'`, edits: [{ range, text: nearest }], safety: 'safe' }];
}
