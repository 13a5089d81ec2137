// A language service over the files of a marked text, and one question to it at each cursor: the only place where
// tests of editor features touch the service.
import assert from 'node:assert/strict';
import { type CompletionItem, DocumentHighlightKind, type Range, type TextEdit } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import { createLanguageService, type LanguageService } from '../../src/service/language-service.ts';
import { toOffset } from '../../src/service/positions.ts';
import { type MarkedFile, mainFile, parseMarked } from './markers.ts';

export interface Opened {
  readonly service: LanguageService;
  readonly uri: string;
  readonly file: MarkedFile;
  readonly position: { readonly line: number; readonly character: number };
  /** Text of the files that are not open, to change in a test. */
  readonly disk: Map<string, string>;
}

const folder = 'file:///work/';

export function uriOf(name: string): string {
  return `${folder}${name}`;
}

/** Opens the first file of a marked text; the others lie on disk beside it. */
export function openMarked(marked: string): Opened {
  const { files } = parseMarked(marked);
  const [name = mainFile, file = { text: '', cursors: [], expectations: [] }] = [...files][0] ?? [];
  const disk = new Map([...files].filter(([other]) => other !== name).map(([other, { text }]) => [uriOf(other), text]));
  const service = createLanguageService({
    read: (uri) => disk.get(uri),
    workflowFiles: () => [...disk.keys()].filter((uri) => uri.endsWith('.aiwf.yaml')),
    entries: (at) => {
      const below = [...disk.keys()].filter((uri) => uri.startsWith(at)).map((uri) => uri.slice(at.length));
      return [...new Set(below.map((path) => path.replace(/\/.*$/, '/')))];
    },
    workflowUri: (id) => [...disk].find(([, text]) => new RegExp(`^workflow: ${id}$`, 'm').test(text))?.[0],
  });
  const uri = uriOf(name);
  service.open(uri, 1, file.text);
  const { line, column } = positionAt(lineStartsOf(file.text), file.cursors[0] ?? 0);
  return { service, uri, file, position: { line, character: column }, disk };
}

export function completionsIn(marked: string): readonly CompletionItem[] {
  const { service, uri, position } = openMarked(marked);
  return service.completions(uri, position, { snippets: true });
}

/** Labels in the order an editor shows them. */
export function labelsIn(marked: string): readonly string[] {
  return [...completionsIn(marked)]
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
    .map(({ label }) => label);
}

/** The text after the completion `label` was chosen at the cursor. */
export function completed(marked: string, label: string): string {
  const { service, uri, position, file } = openMarked(marked);
  const item = service.completions(uri, position, { snippets: true }).find((candidate) => candidate.label === label);
  assert.ok(item, `no completion '${label}'`);
  return edited(file.text, [item.textEdit as TextEdit]);
}

/** Hover at the cursor as Markdown, or nothing. */
export function hoverIn(marked: string): string | undefined {
  const { service, uri, position } = openMarked(marked);
  const contents = service.hover(uri, position)?.contents;
  return contents === undefined ? undefined : (contents as { value: string }).value;
}

/** Where the definition at the cursor leads: `file:line:column` of its first character, and the text there. */
export function definitionIn(marked: string): string | undefined {
  const { service, uri, position, disk, file } = openMarked(marked);
  const location = service.definition(uri, position, false);
  if (location === null || Array.isArray(location)) return undefined;
  const text = location.uri === uri ? file.text : (disk.get(location.uri) ?? '');
  const found = textAt(text, location.range);
  return `${location.uri.replace(folder, '')}:${location.range.start.line + 1} ${found}`.trim();
}

/** Every reference of what stands at the cursor: `file:line text`, and whether it is the declaration. */
export function referencesIn(marked: string): readonly string[] {
  const { service, uri, position, disk, file } = openMarked(marked);
  const others = new Set(service.references(uri, position, false).map((location) => JSON.stringify(location)));
  return service.references(uri, position, true).map((location) => {
    const text = location.uri === uri ? file.text : (disk.get(location.uri) ?? '');
    const declared = others.has(JSON.stringify(location)) ? '' : ' (declared)';
    const name = location.uri.replace(folder, '').replace('.aiwf.yaml', '');
    return `${name}:${location.range.start.line + 1} ${textAt(text, location.range)}${declared}`;
  });
}

/** Every place that is lit with the cursor where it stands: `line text`, and whether it is written there. */
export function highlightsIn(marked: string): readonly string[] {
  const { service, uri, position, file } = openMarked(marked);
  return service
    .highlights(uri, position)
    .map(
      ({ range, kind }) =>
        `${range.start.line + 1} ${textAt(file.text, range)}${kind === DocumentHighlightKind.Write ? ' (write)' : ''}`,
    );
}

/** All files after what stands at the cursor was renamed, by name; or why it cannot be. */
export function renamedIn(marked: string, name: string): ReadonlyMap<string, string> | string {
  const { service, uri, position, disk, file } = openMarked(marked);
  const prepared = service.prepareRename(uri, position);
  const result = service.rename(uri, position, name, { versioned: false });
  if (!result || !prepared) return 'nothing';
  if ('refused' in result) return result.refused;
  assert.ok('placeholder' in prepared, 'what can be renamed is offered for it');
  const texts = new Map([[uri, file.text], ...disk]);
  return new Map([...texts].map(([at, text]) => [at.replace(folder, ''), edited(text, result.changes?.[at] ?? [])]));
}

function textAt(text: string, { start, end }: Range): string {
  const lines = { text, lineStarts: lineStartsOf(text) };
  return text.slice(toOffset(lines, start), toOffset(lines, end));
}

/** A text with edits of the protocol applied. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = { text, lineStarts: lineStartsOf(text) };
  return [...edits]
    .sort((a, b) => toOffset(lines, b.range.start) - toOffset(lines, a.range.start))
    .reduce(
      (current, { range, newText }) =>
        current.slice(0, toOffset(lines, range.start)) + newText + current.slice(toOffset(lines, range.end)),
      text,
    );
}
