// `docs/language.md`: the language on one page, for people. The tables are made from the vocabulary, section by section;
// a record that a table mentions has its own table right after it.
import {
  firstKeyKinds,
  type Key,
  type KeyTable,
  type RecordShape,
  type ReferenceShape,
  type Shape,
} from '../language/shape.ts';
import {
  actorKinds,
  builtInOutcomes,
  contractKeys,
  dataClasses,
  endOutcomes,
  linkKeys,
  modes,
  startKeys,
  stepKeys,
  stepKinds,
  topLevelKeys,
} from '../language/vocabulary.ts';
import { capitalized, joined } from '../language/wording.ts';
import { prose } from './language-prose.ts';

type Words = Readonly<Record<string, string>>;

/** The page, in Markdown. */
export function languageReference(): string {
  const page = new Page();
  page.add(prose.introduction);
  page.add(prose.top, keyTable(topLevelKeys));
  page.add(prose.actors, wordTable('kind', actorKinds), keyTable(declaredKeys('actors'), 'actors'));
  page.add(
    prose.data,
    '### Keys of data',
    keyTable(declaredKeys('data')),
    wordTable('class, lowest first', dataClasses),
  );
  page.add(prose.stores, keyTable(declaredKeys('stores')));
  page.add(prose.events, keyTable(declaredKeys('events')));
  page.add(prose.calendars, keyTable(declaredKeys('calendars')));
  page.add(prose.policies, keyTable(declaredKeys('policies')));
  page.add(prose.handoffs, keyTable(contractKeys));
  page.add(prose.steps, wordTable('kind', stepKinds), ...stepTables());
  page.addRecords(stepKeys);
  for (const key of ['actors', 'data', 'stores', 'events', 'policies'] as const) page.addRecords(declaredKeys(key));
  page.add(prose.flow, keyTable(startKeys), prose.targets, keyTable(linkKeys));
  page.add(prose.outcomes, wordTable('outcome', builtInOutcomes));
  page.add(prose.outcomesOfSteps, wordTable('outcome of a scope or call', endOutcomes));
  page.add('## Records at the top of a file');
  page.addRecords(topLevelKeys);
  page.add(prose.values);
  return page.text();
}

/** Sections in order; a record gets its table once. */
class Page {
  readonly #parts: string[] = [];
  readonly #records = new Set<string>(sections.keys());

  add(...parts: readonly string[]): void {
    this.#parts.push(...parts);
  }

  /** A table for each record that the keys lead to. */
  addRecords(keys: KeyTable): void {
    for (const record of Object.values(keys).flatMap(({ shape }) => recordsIn(shape))) {
      if (this.#records.has(record.name)) continue;
      this.#records.add(record.name);
      this.add(`### ${capitalized(record.name)}`, keyTable(record.keys));
      this.addRecords(record.keys);
    }
  }

  text(): string {
    return `${this.#parts.join('\n\n')}\n`;
  }
}

/** Records with a section of their own. */
const sections: ReadonlyMap<string, string> = new Map([
  ['actor', 'actors'],
  ['data', 'data'],
  ['store', 'stores'],
  ['event', 'events'],
  ['calendar', 'calendars'],
  ['policy', 'policies'],
  ['handoff contract', 'handoffs'],
  ['step', 'steps'],
  ['start', 'start'],
  ['branch', 'targets'],
]);

function declaredKeys(key: 'actors' | 'data' | 'stores' | 'events' | 'calendars' | 'policies'): KeyTable {
  return topLevelKeys[key].shape.of.keys;
}

/** Keys of a step by how many kinds have them. */
function stepTables(): readonly string[] {
  const kinds = firstKeyKinds(stepKeys);
  const select = (holds: (key: Key) => boolean) =>
    Object.fromEntries(Object.entries<Key>(stepKeys).filter(([name, key]) => !kinds.includes(name) && holds(key)));
  const most = kinds.length / 2;
  return [
    '### Keys of every step',
    keyTable(select(({ on }) => !on)),
    '### Keys of most steps',
    keyTable(
      select(({ on }) => on !== undefined && on.length > most),
      'not for',
      (on) => kinds.filter((kind) => !on.includes(kind)),
    ),
    '### Keys of some steps',
    keyTable(
      select(({ on }) => on !== undefined && on.length <= most),
      'for',
      (on) => on,
    ),
    '### How AI takes part',
    wordTable('mode', modes),
  ];
}

/** `kinds`: heading of a column that says which kinds have the key, and what stands in it. */
function keyTable(
  keys: KeyTable,
  kinds?: string,
  show: (on: readonly string[]) => readonly string[] = (on) => on,
): string {
  const rows = Object.entries(keys).map(([name, key]) => {
    const needed = key.required ? '**required**' : key.default === undefined ? '' : cell(key.default);
    const who = kinds === undefined ? [] : [key.on ? show(key.on).join(', ') : 'all'];
    return [`\`${name}\``, ...who, describeValue(key.shape), needed, meaningOf(key)];
  });
  const head = ['key', ...(kinds === undefined ? [] : [kinds]), 'value', 'required or default', 'meaning'];
  return table(head, rows);
}

function meaningOf({ doc, example, shape }: Key): string {
  const words = wordsOf(shape).map(([word, meaning]) => `<br>\`${word}\`: ${cell(meaning)}`);
  return `${cell(doc)}${example === undefined ? '' : ` Example: \`${example}\`.`}${words.join('')}`;
}

function wordTable(head: string, words: Words): string {
  return table(
    [head, 'meaning'],
    Object.entries(words).map(([word, meaning]) => [`\`${word}\``, cell(meaning)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function describeValue(shape: Shape): string {
  switch (shape.kind) {
    case 'scalar':
      return cell(shape.expected);
    case 'word':
      return alternatives(Object.keys(shape.words).map((word) => `\`${word}\``));
    case 'name':
      return `${shape.family}, a free name`;
    case 'reference':
      return referenceOf(shape);
    case 'condition':
      return '[condition](#conditions)';
    case 'list':
      return shape.single ? `${describeValue(shape.of)}; or a list` : `list: ${describeValue(shape.of)}`;
    case 'record': {
      const short = shape.short === undefined ? undefined : shape.keys[shape.short];
      const link = `[${shape.name}](#${sections.get(shape.name) ?? slug(shape.name)})`;
      return short ? `${link}, or only ${describeValue(short.shape)}` : link;
    }
    case 'map':
      return `map: ${shape.keys.kind === 'declares' ? 'id' : shape.keys.kind === 'free' ? shape.keys.called : referenceOf(shape.keys.reference)} → ${describeValue(shape.of)}`;
    case 'choice':
      return alternatives([shape.scalar, shape.list, shape.map].flatMap((form) => (form ? [describeValue(form)] : [])));
    case 'target':
      return alternatives(['[target](#targets)', ...Object.keys(shape.words).map((word) => `\`${word}\``)]);
    case 'fields':
      return '[fields](#fields)';
    case 'lazy':
      return describeValue(shape.of());
    case 'any':
      return 'anything';
  }
}

function referenceOf({ to, field, words, open }: ReferenceShape): string {
  const ids = `${alternatives(to)} id${field ? ', also with `.field`' : ''}`;
  return alternatives([ids, ...Object.keys(words).map((word) => `\`${word}\``), ...(open ? ['a free name'] : [])]);
}

function alternatives(parts: readonly string[]): string {
  return joined([...new Set(parts)], 'or');
}

/** Words with a meaning that may stand as the value, wherever in its shape. */
export function wordsOf(shape: Shape): readonly (readonly [string, string])[] {
  switch (shape.kind) {
    case 'word':
    case 'reference':
    case 'target':
      return Object.entries(shape.words);
    case 'list':
    case 'map':
      return wordsOf(shape.of);
    case 'choice':
      return [shape.scalar, shape.list, shape.map].flatMap((form) => (form ? wordsOf(form) : []));
    default:
      return [];
  }
}

function recordsIn(shape: Shape): readonly RecordShape<KeyTable>[] {
  switch (shape.kind) {
    case 'record':
      return [shape];
    case 'list':
    case 'map':
      return recordsIn(shape.of);
    case 'choice':
      return [shape.scalar, shape.list, shape.map].flatMap((form) => (form ? recordsIn(form) : []));
    default:
      return [];
  }
}

/** The anchor that a heading gets. */
function slug(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}
