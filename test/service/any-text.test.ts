// Whatever the text is and wherever the cursor stands: every feature answers, and every range lies inside the text.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallHierarchyItem, CompletionItem, Position, Range, TextEdit } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import type { PictureChange } from '../../src/picture/picture-change.ts';
import { viewNames } from '../../src/picture/views.ts';
import { createLanguageService, type LanguageService } from '../../src/service/language-service.ts';

const uri = 'file:///work/any.aiwf.yaml';

const realistic = `aiwf: 1
workflow: support
use: [./people.aiwf.yaml]
actors:
  clerk: { kind: human, holders: 2, authority: { approve: reply.score > 0.5 } }
  bot:
    kind: agent
    sponsor: clerk
    tools: { search: { effect: none } }
data:
  reply: { class: personal, fields: { score: number, lines: [{ p: number }] } }
events: { paid: { kind: message, from: clerk } }
start: { on: message, from: clerk, gives: [reply], next: draft }
steps:
  draft:
    task: "Draft a \\"reply\\" 🙂"
    by: bot
    reads: [reply.score]
    instructions: >
      Write it
      well.
    next:
      - when: reply.score >= 0.5 && reply.lines.exists(l, l.p == 1)
        to: check
      - else: { all: [check, done] }
  check:
    approval: Check
    by: clerk
    covers: [reply]
    accepts: [{ payload: [reply], accept-if: 'reply.score > 0', ack: 1h }]
    within: 4h
    on: { approve: done, reject: { to: draft, max: 3, exhausted: done } }
  done: { end: Done }
waivers:
  - { rule: flow/unbounded-loop, at: check, reason: r, owner: clerk, approved-by: clerk, expires: 2030-01-01 }
`;

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

interface Cursor {
  readonly service: LanguageService;
  readonly position: Position;
  readonly text: string;
}

const lenses = { references: true, diagram: true, findings: true };
const hints = { accountable: true, targets: true, dataClass: true };
const edits = { versioned: true };

/** Every question to the service: one that is added is missed by the compiler until it stands here. */
const atCursor = {
  completions: ({ service, position }: Cursor) => service.completions(uri, position, { snippets: true, commits: true }),
  hover: ({ service, position }: Cursor) => service.hover(uri, position),
  definition: ({ service, position }: Cursor) => service.definition(uri, position, true),
  references: ({ service, position }: Cursor) => service.references(uri, position, true),
  highlights: ({ service, position }: Cursor) => service.highlights(uri, position),
  prepareRename: ({ service, position }: Cursor) => service.prepareRename(uri, position),
  rename: ({ service, position }: Cursor) => service.rename(uri, position, 'brand_new', edits),
  codeActions: ({ service, position }: Cursor) =>
    service.codeActions(uri, { start: position, end: position }, [], edits),
  prepareCallHierarchy: ({ service, position }: Cursor) => {
    const items = service.prepareCallHierarchy(uri, position);
    return items?.map((item) => [item, atItem.incomingCalls(service, item), atItem.outgoingCalls(service, item)]);
  },
  formattingAfter: ({ service, position }: Cursor) =>
    ['\n', ':'].map((typed) => service.formattingAfter(uri, position, typed)),
  selectionRanges: ({ service, position }: Cursor) => service.selectionRanges(uri, [position]),
  linkedRanges: ({ service, position }: Cursor) => service.linkedRanges(uri, position),
} satisfies Partial<Record<keyof LanguageService, (cursor: Cursor) => unknown>>;

const atItem = {
  incomingCalls: (service: LanguageService, item: CallHierarchyItem) => service.incomingCalls(item),
  outgoingCalls: (service: LanguageService, item: CallHierarchyItem) => service.outgoingCalls(item),
};

const ofDocument = {
  diagnostics: ({ service }: Cursor) => service.diagnostics(uri),
  check: ({ service }: Cursor) => service.check(uri)?.counts,
  inspect: ({ service }: Cursor) => service.inspect(uri)?.checked.uri,
  counting: ({ service }: Cursor) => service.counting(uri),
  testRules: ({ service }: Cursor) => service.testRules([uri]),
  configurationsOf: ({ service }: Cursor) => service.configurationsOf([uri]),
  governance: ({ service }: Cursor) => service.governance(uri)?.diagnostics.counts,
  symbols: ({ service }: Cursor) => service.symbols(uri),
  workspaceSymbols: ({ service }: Cursor) => service.workspaceSymbols('a'),
  links: ({ service }: Cursor) => service.links(uri),
  inlayHints: ({ service, text }: Cursor) => service.inlayHints(uri, whole(text), hints),
  codeLenses: ({ service }: Cursor) => service.codeLenses(uri, lenses).map((lens) => service.resolveCodeLens(lens)),
  formatting: ({ service }: Cursor) => service.formatting(uri),
  foldingRanges: ({ service }: Cursor) => service.foldingRanges(uri),
  semanticTokens: ({ service }: Cursor) => service.semanticTokens(uri),
  renameFiles: ({ service }: Cursor) =>
    service.renameFiles([{ oldUri: uri, newUri: 'file:///else/b.aiwf.yaml' }], edits),
  diagram: ({ service, text }: Cursor) => {
    // Another view for each text, compared with a part of it.
    const view = viewNames[text.length % viewNames.length] ?? 'flow';
    return service.diagram(uri, { view, base: { name: 'HEAD', text: text.slice(0, text.length / 2) } });
  },
  mermaid: ({ service }: Cursor) => service.mermaid(uri),
  editDiagram: ({ service, text }: Cursor) => {
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
const isComplete: Exclude<keyof LanguageService, Asked> extends never ? true : never = true;

/** Milliseconds that no answer may take, however busy the machine is. */
const patience = 5000;
const times = new Map<string, number[]>();

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
  checkRanges(name, answer, lineStartsOf(cursor.text));
  return answer;
}

/** Every range of an answer that is of this file lies in its text, and does not end before it starts. */
function checkRanges(name: string, answer: unknown, lineStarts: readonly number[]): void {
  if (typeof answer !== 'object' || answer === null) return;
  const { start, end, uri: other, targetUri } = answer as Record<string, unknown>;
  if ((typeof other === 'string' && other !== uri) || (typeof targetUri === 'string' && targetUri !== uri)) return;
  if (isPosition(start) && isPosition(end)) {
    for (const { line, character } of [start, end])
      assert.ok(line >= 0 && line < lineStarts.length && character >= 0, `${name}: ${JSON.stringify(answer)}`);
    const ordered = start.line < end.line || (start.line === end.line && start.character <= end.character);
    assert.ok(ordered, `${name}: ${JSON.stringify(answer)}`);
  }
  for (const child of Object.values(answer)) checkRanges(name, child, lineStarts);
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function whole(text: string): Range {
  return { start: { line: 0, character: 0 }, end: { line: lineStartsOf(text).length, character: 0 } };
}

function askEverything(service: LanguageService, text: string, offset: number): void {
  const { line, column } = positionAt(lineStartsOf(text), offset);
  const cursor = { service, text, position: { line, character: column } };
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

function askDocument(service: LanguageService, text: string): void {
  const cursor = { service, text, position: { line: 0, character: 0 } };
  for (const [name, question] of Object.entries(ofDocument)) ask(name, question, cursor);
}

test('every question is asked', () => assert.ok(isComplete));

test('a realistic file, cut at every offset', () => {
  const service = createLanguageService({ read: () => undefined });
  for (let end = 0; end <= realistic.length; end++) {
    const text = realistic.slice(0, end);
    service.open(uri, end, text);
    askEverything(service, text, end);
    if (end % 7 !== 0) continue;
    for (const offset of [Math.max(0, end - 1), Math.floor(end / 2)]) askEverything(service, text, offset);
    askDocument(service, text);
  }
});

test('a realistic file, with one character gone or one put in', () => {
  const service = createLanguageService({ read: () => undefined });
  let version = 0;
  for (let at = 0; at < realistic.length; at += 7) {
    const sign = ['', ':', '{', '[', '"', "'", '- ', '\n', '*', '&', '|', '\t'][at % 12] ?? '';
    const text = realistic.slice(0, at) + sign + realistic.slice(at + (sign === '' ? 1 : 0));
    service.open(uri, version++, text);
    askDocument(service, text);
    for (const offset of [at, at + sign.length, Math.min(text.length, at + 40)]) askEverything(service, text, offset);
  }
});

test('every example whole, at many offsets', () => {
  for (const [name, text] of examples()) {
    const service = createLanguageService({ read: () => undefined });
    service.open(uri, 1, text);
    askDocument(service, text);
    const step = Math.ceil(text.length / 25);
    for (let offset = name.length % step; offset <= text.length; offset += step) askEverything(service, text, offset);
  }
});

test('every example cut, at many offsets, and once in each line of its first part', () => {
  for (const [name, text] of examples()) {
    const service = createLanguageService({ read: () => undefined });
    const step = Math.ceil(text.length / 12);
    for (let end = name.length % step; end <= text.length; end += step) {
      const cut = text.slice(0, end);
      service.open(uri, end, cut);
      askEverything(service, cut, end);
      askDocument(service, cut);
    }
    const lines = text.slice(0, 2500).split('\n');
    let start = 0;
    for (const [line, { length }] of lines.entries()) {
      const cut = text.slice(0, start + ((line * 7) % (length + 1)));
      service.open(uri, 100_000 + line, cut);
      askEverything(service, cut, cut.length);
      start += length + 1;
    }
  }
});

function examples(): readonly (readonly [name: string, text: string])[] {
  const names = readdirSync('examples').filter((file) => file.endsWith('.aiwf.yaml'));
  return names.map((name) => [name, readFileSync(`examples/${name}`, 'utf8')]);
}

test('pieces of YAML in any order', () => {
  const piece = fc.constantFrom(
    ...[
      'aiwf: 1',
      'steps:',
      'actors',
      ': ',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"',
      "'",
      '|',
      '>',
      '*a',
      '&a ',
    ],
    ...[
      'task',
      'next',
      'on',
      'when',
      'x.y',
      ' == ',
      '#',
      '<<: ',
      '? ',
      '\r\n',
      '\t',
      '---',
      '\u{1F600}',
      '\u0000',
      'zzcursorzz',
      '%',
    ],
  );
  const service = createLanguageService({ read: () => undefined });
  let version = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, seed) => {
      const text = pieces.join('');
      service.open(uri, version++, text);
      askDocument(service, text);
      askEverything(service, text.replaceAll('zzcursorzz', 'xx'), 0);
      service.completions(uri, { line: seed % 20, character: seed % 30 }, { snippets: false });
      service.hover(uri, { line: seed % 20, character: seed % 30 });
    }),
    { numRuns: 400, seed: 20260101 },
  );
});

test('positions outside of the text are moved inside', () => {
  const service = createLanguageService({ read: () => undefined });
  service.open(uri, 1, realistic);
  for (const position of [
    { line: -1, character: -5 },
    { line: 9999, character: 3 },
    { line: 2, character: 9999 },
  ]) {
    service.completions(uri, position, { snippets: true });
    service.hover(uri, position);
    service.definition(uri, position, false);
  }
});

test('the answers come within their time', () => {
  for (const [name, all] of times) {
    const median = all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
    assert.ok(median < 250, `${name}: ${median} ms in the median of ${all.length}`);
  }
});
