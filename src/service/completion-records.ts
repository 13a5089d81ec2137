// Completion of keys that the table alone decides about: those of a record, in a file of any table.
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { KeyTable, RecordShape, Shape } from '../language/shape.ts';
import type { MapNode } from '../language/syntax.ts';
import { stepKinds } from '../language/vocabulary.ts';
import { keyDocumentation } from './describe-language.ts';
import { keyInsert } from './key-insert.ts';
import { formOf, recordKind } from './slot.ts';
import type { AnyTyping, Suggestion } from './suggestion.ts';

/** Keys that most of these records have: the others, which are many, come below them. */
const usual: Readonly<Record<string, readonly string[]>> = {
  file: ['workflow', 'title', 'accountable', 'actors', 'data', 'start', 'steps', 'stop'],
  actor: ['sponsor', 'autonomy', 'clearance', 'holders', 'backup'],
  step: [
    ...[
      'by',
      'mode',
      'reads',
      'writes',
      'covers',
      'reviews',
      'outcomes',
      'accepts',
      'effects',
      'within',
      'until',
      'for',
    ],
    ...['next', 'on', 'outcome', 'records'],
  ],
};

/** Keys that `map` may have and does not have yet. */
export function recordKeys(
  shape: RecordShape<KeyTable>,
  map: MapNode,
  present: ReadonlySet<string>,
  typing: AnyTyping,
): readonly Suggestion[] {
  const kind = recordKind(shape, map, typing.slot.scalar);
  const kindless = shape.kindBy === 'first-key' && kind === undefined;
  return Object.entries(shape.keys).flatMap(([name, key]): Suggestion[] => {
    const kindKey = shape.kindBy === 'first-key' && Object.hasOwn(stepKinds, name);
    if (present.has(name) || (kindless ? !kindKey : kindKey && name !== kind)) return [];
    if (kind !== undefined && key.on && !key.on.includes(kind)) return [];
    if (name === 'library' && present.has('workflow')) return [];
    if (name === 'workflow' && present.has('library')) return [];
    const { text, again } = keyInsert(name, key.shape, typing);
    return [
      {
        label: name,
        insert: text,
        again,
        kind: kindKey ? CompletionItemKind.Class : CompletionItemKind.Property,
        detail: key.required ? 'required' : undefined,
        documentation: keyDocumentation(key),
        group: key.required ? 2 : usual[shape.name]?.includes(name) ? 3 : 4,
      },
    ];
  });
}

/** Where a list of records is expected and not even its dash stands there. */
export function listRecordKeys(
  expected: Shape,
  map: MapNode,
  present: ReadonlySet<string>,
  typing: AnyTyping,
): readonly Suggestion[] {
  const list = formOf(expected, 'list');
  const element = list?.kind === 'list' ? formOf(list.of, 'map') : undefined;
  if (element?.kind !== 'record') return [];
  return recordKeys(element, map, present, typing).map((suggestion) => ({
    ...suggestion,
    insert: `- ${suggestion.insert}`,
  }));
}

/** Names of the keys of `map`, without the one that is being typed. */
export function presentKeys(map: MapNode, { slot }: AnyTyping): ReadonlySet<string> {
  return new Set(map.entries.filter(({ key }) => key !== slot.scalar).map(({ key }) => key.text));
}
