// The language in short, for the prompt of an AI that writes workflows: the whole of it, or one topic. Made from the
// vocabulary, so it says what the checks say.
import { configurationKeys } from '../governance/configuration-keys.ts';
import {
  firstKeyKinds,
  type Key,
  type KeyTable,
  namesItsKind,
  type RecordShape,
  type ReferenceShape,
  type Shape,
} from '../language/shape.ts';
import {
  actorKinds,
  builtInOutcomes,
  endOutcomes,
  linkShape,
  sectionOf,
  stepKinds,
  topLevelShape,
} from '../language/vocabulary.ts';
import { rules } from '../rules/registry.ts';
import { howAFileIsRead, prose, smallFile } from './language-prose.ts';
import { wordsOf } from './language-reference.ts';

/** What a topic says, in Markdown. */
export interface LanguageTopic {
  readonly topic: string;
  readonly text: string;
}

/** The topic without a name. */
export const wholeLanguage = 'overview';

/** Records whose keys the overview lists with their meaning; of the others it gives the names. */
const central: readonly string[] = ['file', 'actor', 'data', 'step', 'start', 'branch', 'handoff contract', 'effect'];

/** A record, a kind of step or actor, a key wherever it stands, or one of the topics of the text; undefined: no such. */
export function describeLanguage(asked: string = wholeLanguage): LanguageTopic | undefined {
  const topic = asked.trim();
  const written = writtenTopics[topic];
  if (Object.hasOwn(writtenTopics, topic) && written) return { topic, text: written() };
  const name = recordNameOf(topic);
  const record = recordsByName().get(name);
  if (record) return { topic: name, text: recordText(record, 'whole') };
  if (Object.hasOwn(stepKinds, topic)) return { topic, text: kindText('step', topic, stepKinds) };
  if (Object.hasOwn(actorKinds, topic)) return { topic, text: kindText('actor', topic, actorKinds) };
  const text = keyText(topic);
  return text === undefined ? undefined : { topic, text };
}

/** Topics that can be asked for, keys apart. */
export function languageTopics(): readonly string[] {
  return [
    ...Object.keys(writtenTopics),
    ...recordsByName().keys(),
    ...Object.keys(stepKinds),
    ...Object.keys(actorKinds),
  ];
}

/** Every key of the language. */
export function languageKeys(): readonly string[] {
  return [...new Set([...recordsByName().values()].flatMap(({ keys }) => Object.keys(keys)))];
}

const writtenTopics: Readonly<Record<string, () => string>> = {
  [wholeLanguage]: overview,
  example: () => fenced(smallFile),
  targets: () => prose.targets,
  outcomes: () => outcomesText(),
  values: () => prose.values,
  rules: () => rules.map(({ id, severity, summary }) => `- ${id} (${severity}): ${summary}`).join('\n'),
  configuration: () =>
    `## aiwf.config.yaml, for all workflows below its folder\n\n${keyLines(configurationKeys, 'whole')}`,
};

function overview(): string {
  const records = [...recordsByName().values()];
  const others = records.filter(({ name }) => !central.includes(name));
  return [
    '# The aiwf language, version 1, in short',
    'One YAML file, `NAME.aiwf.yaml`, describes one workflow across people, AI agents, systems and time. Nothing runs it; it is checked and drawn.',
    '## Example',
    fenced(smallFile),
    howAFileIsRead,
    prose.targets,
    outcomesText(),
    ...records.filter(({ name }) => central.includes(name)).map((record) => recordText(record, 'short')),
    '## Keys of the other records',
    others.map(({ name, keys }) => `- ${name}: ${Object.keys(keys).join(', ')}`).join('\n'),
    prose.values,
    'A topic says more: the name of a record, a kind of step or actor, or any key.',
  ].join('\n\n');
}

function outcomesText(): string {
  return [prose.outcomes, wordLines(builtInOutcomes), prose.outcomesOfSteps, wordLines(endOutcomes)].join('\n\n');
}

function recordText(record: RecordShape<KeyTable>, length: 'short' | 'whole'): string {
  const { name, keys, kindBy } = record;
  const kinds = kindBy === 'first-key' ? stepKinds : kindBy ? actorKinds : undefined;
  const shown = kindBy === 'first-key' ? withoutKinds(keys) : keys;
  const how =
    kinds &&
    `${kindBy === 'first-key' ? 'Its first key is its kind, with its title as the value' : 'Its `kind`'}:\n${wordLines(kinds)}`;
  return [`## Keys of ${name === 'file' ? 'a file' : name}`, how, keyLines(shown, length)].filter(Boolean).join('\n\n');
}

/** What stands in a step or an actor of one kind. */
function kindText(recordName: string, kind: string, kinds: Readonly<Record<string, string>>): string {
  const { keys = {} } = recordsByName().get(recordName) ?? {};
  const has = Object.entries<Key>(keys).filter(
    ([name, key]) => (!key.on || key.on.includes(kind)) && (!namesItsKind(name, key) || name === kind),
  );
  return [`## Keys of ${recordName}, kind ${kind}`, kinds[kind], keyLines(Object.fromEntries(has), 'short', kind)].join(
    '\n\n',
  );
}

/** One key in every record that has it. */
function keyText(name: string): string | undefined {
  const found = [...recordsByName().values()].flatMap((record) => {
    const key = Object.hasOwn(record.keys, name) ? record.keys[name] : undefined;
    return key ? [`## ${name}, a key of ${record.name}\n\n${keyLine(name, key, 'whole')}`] : [];
  });
  return found.length > 0 ? found.join('\n\n') : undefined;
}

function withoutKinds(keys: KeyTable): KeyTable {
  const kinds = firstKeyKinds(keys);
  return Object.fromEntries(Object.entries(keys).filter(([name]) => !kinds.includes(name) || name === 'call'));
}

function keyLines(keys: KeyTable, length: 'short' | 'whole', kind?: string): string {
  return Object.entries(keys)
    .map(([name, key]) => keyLine(name, key, length, kind))
    .join('\n');
}

/** `whole` adds the default, an example and the meaning of each word; `kind`: only what matters for it. */
function keyLine(name: string, key: Key, length: 'short' | 'whole', kind?: string): string {
  const { doc, shape, required, on, default: otherwise, example } = key;
  const who = on && kind === undefined && !on.includes(name) ? `; ${kindsInWords(on)}` : '';
  const head = `- ${name}: ${valueInWords(shape, length)}${required ? ', required' : ''}${who}. ${doc}`;
  if (length === 'short') return head;
  const more = [
    otherwise === undefined ? '' : ` Default: ${otherwise}.`,
    example === undefined ? '' : ` Example: ${example}.`,
    ...wordsOf(shape).map(([word, meaning]) => `\n  - ${word}: ${meaning}`),
  ];
  return `${head}${more.join('')}`;
}

/** The shorter of the kinds that have a key and those that do not. */
function kindsInWords(on: readonly string[]): string {
  const all = Object.keys(on.every((kind) => Object.hasOwn(stepKinds, kind)) ? stepKinds : actorKinds);
  const others = all.filter((kind) => !on.includes(kind));
  return others.length < on.length ? `not for ${others.join(', ')}` : `only for ${on.join(', ')}`;
}

function wordLines(words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .map(([word, meaning]) => `- ${word}: ${meaning}`)
    .join('\n');
}

/** A value in as few words as its writer needs. */
function valueInWords(shape: Shape, length: 'short' | 'whole'): string {
  switch (shape.kind) {
    case 'scalar':
      return length === 'whole' ? shape.expected : shape.expected.replace(/ such as .*$/, '');
    case 'word':
      return Object.keys(shape.words).join('|');
    case 'name':
      return `${shape.family}, a free name`;
    case 'reference':
      return mention(shape);
    case 'condition':
      return 'CEL condition';
    case 'list':
      return `${shape.single ? '' : 'list of '}${valueInWords(shape.of, length)}${shape.single ? ' or list' : ''}`;
    case 'record': {
      const short = shape.short === undefined ? undefined : shape.keys[shape.short];
      return `{${shape.name}}${short ? ` or ${valueInWords(short.shape, length)}` : ''}`;
    }
    case 'map': {
      const { keys } = shape;
      const id = keys.kind === 'declares' ? 'ID' : keys.kind === 'free' ? keys.called : mention(keys.reference);
      return `{ ${id}: ${valueInWords(shape.of, length)} }`;
    }
    case 'choice': {
      const forms = [shape.scalar, shape.list, shape.map].flatMap((form) => (form ? [valueInWords(form, length)] : []));
      return [...new Set(forms)].join(' or ');
    }
    case 'target':
      return ['target', ...Object.keys(shape.words)].join('|');
    case 'fields':
      return '{ FIELD: type }';
    case 'lazy':
      return valueInWords(shape.of(), length);
    case 'any':
      return 'anything';
  }
}

function mention({ to, field, words, open }: ReferenceShape): string {
  return [`${to.join('|')} id${field ? '[.field]' : ''}`, ...Object.keys(words), ...(open ? ['free name'] : [])].join(
    '|',
  );
}

/** `actors` and `steps` are asked for as often as `actor` and `step`. */
function recordNameOf(topic: string): string {
  const section = Object.entries(sectionOf).find(([, key]) => key === topic)?.[0];
  const singular = section === 'handoff' ? 'handoff contract' : section;
  return singular ?? (topic === 'steps' ? 'step' : topic);
}

/** Every record of the language, from the file inwards. */
function recordsByName(): ReadonlyMap<string, RecordShape<KeyTable>> {
  const found = new Map<string, RecordShape<KeyTable>>();
  const visit = (shape: Shape): void => {
    if (shape.kind === 'record' && !found.has(shape.name)) {
      found.set(shape.name, shape);
      for (const key of Object.values(shape.keys)) visit(key.shape);
    } else if (shape.kind === 'list' || shape.kind === 'map') visit(shape.of);
    else if (shape.kind === 'lazy') visit(shape.of());
    else if (shape.kind === 'target') visit(linkShape);
    else if (shape.kind === 'choice') for (const form of [shape.scalar, shape.list, shape.map]) if (form) visit(form);
  };
  visit(topLevelShape);
  return found;
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text}\n\`\`\``;
}
