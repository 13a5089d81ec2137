// Completion in a configuration: keys and words by its table, and the names that the project and the rules give.
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import { packsKey } from '../../governance/custom-rule-keys.ts';
import { glob } from '../../governance/included.ts';
import type { Workflow } from '../../language/model.ts';
import { candidates } from '../../language/names.ts';
import { parseSyntax } from '../../language/parse-syntax.ts';
import { baseName, resolveWorkflow } from '../../language/project.ts';
import type { Key, MapShape, NameShape, ScalarShape, Shape } from '../../language/shape.ts';
import { text as anyText, date, file as path } from '../../language/vocabulary.ts';
import { rules } from '../../rules/registry.ts';
import { type CompletionOptions, itemsOf } from '../completion.ts';
import { suggestEntries } from '../completion-files.ts';
import { listRecordKeys, presentKeys, recordKeys } from '../completion-records.ts';
import { suggestPresets, suggestRules } from '../completion-rules.ts';
import { fittingValues, value, words } from '../completion-shapes.ts';
import { placesIn } from '../completion-values.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import type { DocumentCache } from '../documents.ts';
import { keyInsert } from '../key-insert.ts';
import { formOf, keyOf, recordAround, slotsIn } from '../slot.ts';
import { type AnyTyping, isTyped, type Suggestion } from '../suggestion.ts';
import { typingAt } from '../typing.ts';
import { suggestExpressions } from './expressions.ts';
import { type GovernedFile, governedFiles, namedFiles, scalarsIn } from './governed-files.ts';

const dayLength = 24 * 60 * 60 * 1000;

/** Workflows beyond these are not read for what they declare. */
const maxResolved = 50;

interface Cursor {
  readonly typing: AnyTyping;
  readonly document: ConfigurationDocument;
  readonly documents: DocumentCache;
}

export function configurationCompletions(
  document: ConfigurationDocument,
  offset: number,
  options: CompletionOptions,
  documents: DocumentCache,
): CompletionItem[] {
  const { file, shape } = document;
  const typing = typingAt(file.text, offset, parseSyntax, shape);
  return typing ? itemsOf(suggestionsAt({ typing, document, documents }), typing, file, options) : [];
}

function suggestionsAt(cursor: Cursor): readonly Suggestion[] {
  const { slot, alone } = cursor.typing;
  if (slot.form === 'value') return valuesAt(cursor);
  return [...(alone && slot.expected ? valuesAt(cursor) : []), ...keysAt(cursor)];
}

function keysAt({ typing, document }: Cursor): readonly Suggestion[] {
  const crumb = typing.slot.trail.at(-1);
  if (crumb?.node.kind !== 'map') return [];
  const { node, shape, expected } = crumb;
  const present = presentKeys(node, typing);
  if (shape?.kind === 'record') return recordKeys(shape, node, present, typing);
  if (shape?.kind === 'map') return ruleKeys(shape, typing, document).filter(({ label }) => !present.has(label));
  return typing.alone ? listRecordKeys(expected, node, present, typing) : [];
}

/** A rule and the beginning of its severity. */
function ruleKeys(
  { keys, of }: MapShape<Shape>,
  typing: AnyTyping,
  document: ConfigurationDocument,
): readonly Suggestion[] {
  if (keys.kind !== 'free' || keys.called !== 'rule') return [];
  return knownRules(document).map((rule) => ({ ...rule, ...insertOf(rule.label, of, typing) }));
}

/** Those of everybody, and those that the configuration brings. */
function knownRules({ configuration }: ConfigurationDocument): readonly Suggestion[] {
  return suggestRules([...rules, ...(configuration?.customRules ?? []).flatMap(({ rule }) => rule ?? [])]);
}

function insertOf(name: string, of: Shape, typing: AnyTyping): Pick<Suggestion, 'insert' | 'again'> {
  const { text: insert, again } = keyInsert(name, of, typing);
  return { insert, again };
}

function valuesAt(cursor: Cursor): readonly Suggestion[] {
  return suggestExpressions(cursor.typing) ?? fittingValues(cursor.typing, (shape) => scalarValues(shape, cursor));
}

function scalarValues(shape: Shape | undefined, cursor: Cursor): readonly Suggestion[] {
  const { typing } = cursor;
  const place = around(typing);
  switch (shape?.kind) {
    case 'word':
      return words(shape.words, typing).map((each) => ({ ...each, ...severityDetail(each.label, typing) }));
    case 'name':
      return names(shape, cursor);
    case 'reference':
      return inWorkflows(cursor, (workflow) => candidates(shape.to, workflow)).map((id) => value(id, shape.to[0]));
    case 'scalar':
      if (shape === date) return days(place, cursor.documents);
      if (shape === path || shape === packsKey.shape.of) return paths(shape, place, cursor);
      if (place.record === 'waiver' && place.name === 'rule') return knownRules(cursor.document);
      if (place.record === 'waiver' && place.name === 'at')
        return inWorkflows(cursor, placesIn).map((each) => value(each));
      if (shape === glob) return globs(cursor);
      return shape.jsonType === 'boolean' ? [value('true'), value('false')] : samples(shape, place, typing);
    default:
      return [];
  }
}

interface Around {
  readonly record: string;
  readonly name: string;
  readonly key: Key | undefined;
}

/** The record and key that a value stands under, also in a list on lines of its own. */
function around({ slot, alone }: AnyTyping): Around {
  const trail = alone ? slot.trail.slice(0, -1) : slot.trail;
  const { name: inside = '', key: name = '' } = recordAround({ trail }) ?? {};
  const shape = trail.findLast(({ node }) => node.kind === 'map')?.shape;
  return { record: inside, name, key: shape?.kind === 'record' ? keyOf(shape, name) : undefined };
}

/** What the key has where nothing is written, and what it may look like. A default in words is no value. */
function samples(shape: ScalarShape<unknown>, { key }: Around, { before }: AnyTyping): readonly Suggestion[] {
  const standard = [key?.default ?? ''].filter((text) => shape.parse(text, text) !== undefined && shape !== anyText);
  const example = [key?.example ?? ''].filter(
    (text) => text !== '' && !/^[[{]/.test(text) && !(shape === anyText && before !== ''),
  );
  return [
    ...standard.map((text) => value(text, 'default')),
    ...[...shape.samples, ...example].filter((text) => !standard.includes(text)).map((text) => value(text, 'example')),
  ];
}

/** Says which severity a rule has by itself. */
function severityDetail(word: string, { slot }: AnyTyping): Pick<Suggestion, 'detail'> {
  const entry = slot.trail.findLast(({ node }) => node.kind === 'map')?.entry;
  const rule = rules.find(({ id }) => id === entry?.key.text);
  return rule?.severity === word ? { detail: 'unless a preset says otherwise' } : {};
}

function names({ family }: NameShape, cursor: Cursor): readonly Suggestion[] {
  if (family === 'profile') return suggestPresets();
  return namesInUse(family, cursor).map((name) => value(name, family));
}

/** Names of a family in the workflows that the configuration counts for, and in itself. */
function namesInUse(family: string, { typing, document, documents }: Cursor): readonly string[] {
  const { file } = documents.project();
  const roots = governed(document, documents).map(({ uri }) => file(uri)?.root);
  const slots = [...roots.flatMap((root) => slotsIn(root)), ...slotsIn(typing.file.root, document.shape)];
  const found = slots.flatMap(({ form, scalar, expected }) => {
    const shape = form === 'value' && expected ? formOf(expected, 'scalar') : undefined;
    return shape?.kind === 'name' && shape.family === family && !isTyped(scalar.text) ? [scalar.text] : [];
  });
  return [...new Set(found)].sort();
}

/** What the workflows have that the waiver around is for, else all that the configuration counts for. */
function inWorkflows(
  { typing, document, documents }: Cursor,
  namesOf: (workflow: Workflow) => readonly string[],
): readonly string[] {
  const { configuration } = document;
  const files = governed(document, documents);
  const waiver = typing.slot.trail.findLast(({ shape }) => shape?.kind === 'record' && shape.name === 'waiver')?.node;
  const globs = waiver?.kind === 'map' ? scalarsIn(waiver.entries.find(({ key }) => key.text === 'in')?.value) : [];
  const named = configuration && globs.length > 0 ? namedFiles(globs, configuration, files) : files;
  const project = documents.project();
  const found = named.slice(0, maxResolved).flatMap(({ uri }) => {
    const file = project.file(uri);
    return file ? namesOf(resolveWorkflow(file, project).workflow) : [];
  });
  return [...new Set(found)];
}

/** Days that a date is likely to be: the current one, and for a waiver those on which it may well end. */
function days({ name }: Around, documents: DocumentCache): readonly Suggestion[] {
  const today = documents.today();
  if (today === undefined) return [];
  const on = (ahead: number) => new Date(today + ahead * dayLength).toISOString().slice(0, 10);
  return name === 'expires'
    ? [30, 90, 180].map((ahead) => value(on(ahead), `in ${ahead} days`))
    : [value(on(0), 'today')];
}

/** Files of the kind that the key names, and the name that it usually has. */
function paths(shape: ScalarShape<unknown>, place: Around, { typing, document, documents }: Cursor) {
  const wanted = place.name === 'baseline' ? /\.json$/ : /\.ya?ml$/;
  const found = suggestEntries(typing, document.uri, documents, wanted);
  const usual = samples(shape, place, typing).filter(({ label }) => label.startsWith(typing.before));
  return [...found, ...usual.filter(({ label }) => !found.some((other) => other.label === label))];
}

/** The folders that hold workflows, and the workflows themselves. */
function globs({ document, documents }: Cursor): readonly Suggestion[] {
  const files = governed(document, documents);
  const counts = new Map<string, number>();
  for (const { path: each } of files) {
    const parts = each.split('/').slice(0, -1);
    for (const depth of parts.keys()) {
      const folder = parts.slice(0, depth + 1).join('/');
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  const folders = [...counts].map(
    ([label, count]): Suggestion => ({
      label,
      insert: written(label),
      kind: CompletionItemKind.Folder,
      detail: `${count} workflow${count === 1 ? '' : 's'}`,
      group: 3,
    }),
  );
  const single = files.map(
    ({ path: label, uri }): Suggestion => ({
      label,
      insert: written(label),
      kind: CompletionItemKind.File,
      detail: baseName(uri),
      group: 4,
    }),
  );
  return [...folders.sort((a, b) => (a.label < b.label ? -1 : 1)), ...single];
}

function governed({ configuration }: ConfigurationDocument, documents: DocumentCache): readonly GovernedFile[] {
  return configuration ? governedFiles(configuration, documents) : [];
}

/** In quotes where YAML would read the path as something else. */
function written(label: string): string {
  return /^[\w./@~+()-]+$/.test(label) ? label : JSON.stringify(label);
}
