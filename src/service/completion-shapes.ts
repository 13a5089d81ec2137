// Completion of values that the table alone decides about, in a file of any table: the language's own words, the brackets
// of lists and maps, and how a value goes into a list.
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Shape } from '../language/shape.ts';
import { plain } from './markdown.ts';
import { formOf } from './slot.ts';
import { type AnyTyping, isTyped, type Suggestion, stops } from './suggestion.ts';

/** What fits at the cursor; `valuesOf` answers the values of the scalar that is expected there. */
export function fittingValues(
  typing: AnyTyping,
  valuesOf: (shape: Shape | undefined) => readonly Suggestion[],
): readonly Suggestion[] {
  const { expected } = typing.slot;
  if (!expected) return [];
  const list = typing.alone && expected.kind === 'list' ? expected : undefined;
  const taken = siblings(typing);
  const fitting = valuesOf(formOf(list ? list.of : expected, 'scalar')).filter(
    ({ label }) => !isTyped(label) && !taken.has(label),
  );
  // A list on lines of its own begins each element with a dash.
  const items = list
    ? fitting.map((value) => ({ ...value, insert: value.insert.startsWith('- ') ? value.insert : `- ${value.insert}` }))
    : fitting;
  return typing.before === '' && !typing.alone ? [...items, ...collections(expected)] : items;
}

/** Values that stand in the same list already. */
function siblings(typing: AnyTyping): ReadonlySet<string> {
  const list = typing.slot.trail.at(-1)?.node;
  const outer = typing.alone ? typing.slot.trail.at(-2)?.node : list;
  if (outer?.kind !== 'list') return new Set();
  return new Set(outer.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : [])));
}

/** A comma goes on to the next in a list: all that may stand there is known, so nothing else can have been meant. */
export function words(table: Readonly<Record<string, string>>, typing: AnyTyping): readonly Suggestion[] {
  const commit = typing.flow && typing.slot.trail.at(-1)?.node.kind === 'list' ? [','] : [];
  return Object.entries(table).map(([label, doc]) => ({
    label,
    insert: label,
    kind: CompletionItemKind.EnumMember,
    documentation: doc,
    group: 4,
    commit,
  }));
}

/** A value that is offered as it stands. */
export function value(label: string, detail?: string, documentation?: string): Suggestion {
  return { label, insert: label, kind: CompletionItemKind.Value, detail, documentation };
}

/** Where a value is a list or a map and nothing else: its brackets. */
function collections(expected: Shape): readonly Suggestion[] {
  const brackets = (label: string, insert: string, documentation: string): Suggestion => ({
    label,
    insert,
    kind: CompletionItemKind.Struct,
    documentation: plain(documentation),
    group: 7,
  });
  if (expected.kind === 'target') {
    return [
      brackets('{ all: […] }', '{ all: [$1] }', 'Parallel split: every branch is taken.'),
      brackets('{ to: …, max: … }', stops('{ to: $1, max: {{2:3}}, exhausted: $3 }'), 'A bounded loop.'),
      brackets(
        '[{ when: …, to: … }]',
        '[{ when: $1, to: $2 }, { else: $3 }]',
        'An exclusive choice: the first branch that holds.',
      ),
    ];
  }
  const scalar = formOf(expected, 'scalar');
  if (scalar && scalar.kind !== 'any') return [];
  const list = formOf(expected, 'list');
  const map = formOf(expected, 'map');
  if (map?.kind === 'record') {
    const needed = Object.entries(map.keys).flatMap(([name, key]) => (key.required ? [name] : []));
    const inner = needed.length === 0 ? '$1' : needed.map((name, index) => `${name}: $${index + 1}`).join(', ');
    return list?.kind === 'list'
      ? [brackets('[{ … }]', `[{ ${inner} }]`, 'A list.')]
      : [brackets('{ … }', `{ ${inner} }`, 'A map.')];
  }
  if (map?.kind === 'map' || map?.kind === 'fields') return [brackets('{ … }', '{ $1 }', 'A map.')];
  return list?.kind === 'list' ? [brackets('[ … ]', '[$1]', 'A list.')] : [];
}
