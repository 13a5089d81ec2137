// Every question to the language service about one document, and what holds for every answer whatever the text is: it
// comes in time, and every range lies inside the text.
import assert from 'node:assert/strict';
import type { CallHierarchyItem, CompletionItem, Position, Range, TextEdit } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import type { PictureChange } from '../../src/picture/picture-change.ts';
import { viewNames } from '../../src/picture/views.ts';
import type { LanguageService } from '../../src/service/language-service.ts';

/** What is no question about a text. */
type Other =
  | 'open'
  | 'close'
  | 'changed'
  | 'forget'
  | 'cameOrWent'
  | 'openUris'
  | 'rules'
  | 'describeRule'
  | 'resolveCodeLens'
  | 'useProfile'
  | 'useTrust';

/** An open document and its text. */
export type Document = Omit<Cursor, 'position'>;

export interface Cursor {
  readonly service: LanguageService;
  /** The document that is asked about; it is open. */
  readonly uri: string;
  readonly position: Position;
  readonly text: string;
}

const lenses = { references: true, diagram: true, findings: true };
const hints = { accountable: true, targets: true, dataClass: true };
const edits = { versioned: true };

/** Every question to the service: one that is added is missed by the compiler until it stands here. */
const atCursor = {
  completions: ({ service, uri, position }: Cursor) =>
    service.completions(uri, position, { snippets: true, commits: true }),
  hover: ({ service, uri, position }: Cursor) => service.hover(uri, position),
  definition: ({ service, uri, position }: Cursor) => service.definition(uri, position, true),
  references: ({ service, uri, position }: Cursor) => service.references(uri, position, true),
  highlights: ({ service, uri, position }: Cursor) => service.highlights(uri, position),
  prepareRename: ({ service, uri, position }: Cursor) => service.prepareRename(uri, position),
  rename: ({ service, uri, position }: Cursor) => service.rename(uri, position, 'brand_new', edits),
  codeActions: ({ service, uri, position }: Cursor) =>
    service.codeActions(uri, { start: position, end: position }, [], edits),
  prepareCallHierarchy: ({ service, uri, position }: Cursor) => {
    const items = service.prepareCallHierarchy(uri, position);
    return items?.map((item) => [item, atItem.incomingCalls(service, item), atItem.outgoingCalls(service, item)]);
  },
  formattingAfter: ({ service, uri, position }: Cursor) =>
    ['\n', ':'].map((typed) => service.formattingAfter(uri, position, typed)),
  selectionRanges: ({ service, uri, position }: Cursor) => service.selectionRanges(uri, [position]),
  linkedRanges: ({ service, uri, position }: Cursor) => service.linkedRanges(uri, position),
} satisfies Partial<Record<keyof LanguageService, (cursor: Cursor) => unknown>>;

const atItem = {
  incomingCalls: (service: LanguageService, item: CallHierarchyItem) => service.incomingCalls(item),
  outgoingCalls: (service: LanguageService, item: CallHierarchyItem) => service.outgoingCalls(item),
};

const ofDocument = {
  diagnostics: ({ service, uri }: Cursor) => service.diagnostics(uri),
  firstDiagnostics: ({ service, uri }: Cursor) => service.firstDiagnostics(uri),
  check: ({ service, uri }: Cursor) => service.check(uri)?.counts,
  inspect: ({ service, uri }: Cursor) => service.inspect(uri)?.checked.uri,
  counting: ({ service, uri }: Cursor) => service.counting(uri),
  testRules: ({ service, uri }: Cursor) => service.testRules([uri]),
  configurationsOf: ({ service, uri }: Cursor) => service.configurationsOf([uri]),
  governance: ({ service, uri }: Cursor) => service.governance(uri)?.diagnostics.counts,
  symbols: ({ service, uri }: Cursor) => service.symbols(uri),
  workspaceSymbols: ({ service }: Cursor) => service.workspaceSymbols('a'),
  links: ({ service, uri }: Cursor) => service.links(uri),
  inlayHints: ({ service, uri, text }: Cursor) => service.inlayHints(uri, whole(text), hints),
  codeLenses: ({ service, uri }: Cursor) =>
    service.codeLenses(uri, lenses).map((lens) => service.resolveCodeLens(lens)),
  formatting: ({ service, uri }: Cursor) => service.formatting(uri),
  foldingRanges: ({ service, uri }: Cursor) => service.foldingRanges(uri),
  semanticTokens: ({ service, uri }: Cursor) => service.semanticTokens(uri),
  renameFiles: ({ service, uri }: Cursor) =>
    service.renameFiles([{ oldUri: uri, newUri: 'file:///else/b.aiwf.yaml' }], edits),
  diagram: ({ service, uri, text }: Cursor) => {
    // Another view for each text, compared with a part of it.
    const view = viewNames[text.length % viewNames.length] ?? 'flow';
    return service.diagram(uri, { view, base: { name: 'HEAD', text: text.slice(0, text.length / 2) } });
  },
  mermaid: ({ service, uri }: Cursor) => service.mermaid(uri),
  editDiagram: ({ service, uri, text }: Cursor) => {
    const drawn = service.diagram(uri);
    const [first, last] = [drawn?.diagram.nodes[0], drawn?.diagram.nodes.at(-1)];
    const [edge, lane] = [drawn?.diagram.edges[0]?.id ?? 'none', drawn?.diagram.lanes.at(-1)?.id ?? 'none'];
    const [from, to] = [first?.id ?? 'none', last?.id ?? 'none'];
    const changes: readonly PictureChange[] = [
      { kind: 'insert', edge, title: 'New: “one”' },
      { kind: 'append', node: from, title: 'New' },
      { kind: 'connect', from: to, to: from },
      { kind: 'rename', node: to, title: 'Other # title' },
      { kind: 'move', node: from, lane },
      { kind: 'delete', node: to },
      { kind: 'disconnect', edge },
    ];
    // Another change for each text, also where texts grow by seven characters.
    const change = changes[(text.length + Math.floor(text.length / 7)) % changes.length];
    return change && service.editDiagram({ uri, version: drawn?.version ?? 0, change });
  },
};

type Asked = keyof typeof atCursor | keyof typeof atItem | keyof typeof ofDocument | Other;
export const isComplete: Exclude<keyof LanguageService, Asked> extends never ? true : never = true;

/** Milliseconds that no answer may take, however busy the machine is. */
const patience = 5000;
/** What each answer took, in milliseconds, by the name of the question. */
export const times = new Map<string, number[]>();

function ask(name: string, question: (cursor: Cursor) => unknown, cursor: Cursor): unknown {
  const begin = performance.now();
  let answer: unknown;
  try {
    answer = question(cursor);
  } catch (error) {
    const { line, character } = cursor.position;
    throw new Error(
      `${name} at ${line}:${character} of\n${cursor.text}\n${error instanceof Error ? error.stack : error}`,
    );
  }
  const time = performance.now() - begin;
  times.set(name, [...(times.get(name) ?? []), time]);
  assert.ok(time < patience, `${name} took ${time} ms`);
  checkRanges(name, answer, cursor.uri, lineStartsOf(cursor.text));
  return answer;
}

/** Every range of an answer that is of this file lies in its text, and does not end before it starts. */
function checkRanges(name: string, answer: unknown, uri: string, lineStarts: readonly number[]): void {
  if (typeof answer !== 'object' || answer === null) return;
  const { start, end, uri: other, targetUri } = answer as Record<string, unknown>;
  if ((typeof other === 'string' && other !== uri) || (typeof targetUri === 'string' && targetUri !== uri)) return;
  if (isPosition(start) && isPosition(end)) {
    for (const { line, character } of [start, end])
      assert.ok(line >= 0 && line < lineStarts.length && character >= 0, `${name}: ${JSON.stringify(answer)}`);
    const ordered = start.line < end.line || (start.line === end.line && start.character <= end.character);
    assert.ok(ordered, `${name}: ${JSON.stringify(answer)}`);
  }
  for (const child of Object.values(answer)) checkRanges(name, child, uri, lineStarts);
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function whole(text: string): Range {
  return { start: { line: 0, character: 0 }, end: { line: lineStartsOf(text).length, character: 0 } };
}

/** Asks everything that is asked at a place. */
export function askEverything({ service, uri, text }: Document, offset: number): void {
  const { line, column } = positionAt(lineStartsOf(text), offset);
  const cursor = { service, uri, text, position: { line, character: column } };
  for (const [name, question] of Object.entries(atCursor)) {
    const answer = ask(name, question, cursor);
    if (name === 'completions') checkCompletions(answer as CompletionItem[], line, column);
  }
}

function checkCompletions(items: readonly CompletionItem[], line: number, column: number): void {
  for (const item of items) {
    const { range } = item.textEdit as TextEdit;
    assert.equal(range.start.line, line, `${item.label} replaces another line`);
    assert.equal(range.end.line, line, `${item.label} replaces another line`);
    assert.ok(range.start.character <= column && column <= range.end.character, `${item.label} is not at the cursor`);
    assert.ok(!JSON.stringify(item).includes('zzcursorzz'), item.label);
  }
}

/** Asks everything that is asked of a document as a whole. */
export function askDocument({ service, uri, text }: Document): void {
  const cursor = { service, uri, text, position: { line: 0, character: 0 } };
  for (const [name, question] of Object.entries(ofDocument)) ask(name, question, cursor);
}

/** Every question by its name. */
export const questionNames: readonly string[] = [...Object.keys(atCursor), ...Object.keys(ofDocument)];

/** Asks one question, at `offset` where it is asked at a place. */
export function askOne(name: string, { service, uri, text }: Document, offset: number): unknown {
  const { line, column } = positionAt(lineStartsOf(text), offset);
  const question = Object.entries({ ...atCursor, ...ofDocument }).find(([each]) => each === name)?.[1];
  assert.ok(question, name);
  return ask(name, question, { service, uri, text, position: { line, character: column } });
}
