// Whatever the text is and wherever the cursor stands: every feature answers, and every range lies inside the text.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
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

function askEverything(service: LanguageService, text: string, offset: number): void {
  const lineStarts = lineStartsOf(text);
  const { line, column } = positionAt(lineStarts, offset);
  const position = { line, character: column };
  const inside = ({ line: at, character }: Position) => at >= 0 && at < lineStarts.length && character >= 0;
  const checkRange = (range: Range) => assert.ok(inside(range.start) && inside(range.end), JSON.stringify(range));
  for (const item of service.completions(uri, position, { snippets: true })) {
    const { range } = item.textEdit as TextEdit;
    checkRange(range);
    assert.equal(range.start.line, line, `${item.label} replaces another line`);
    assert.equal(range.end.line, line, `${item.label} replaces another line`);
    assert.ok(range.start.character <= column && column <= range.end.character, `${item.label} is not at the cursor`);
    assert.ok(!JSON.stringify(item).includes('zzcursorzz'), item.label);
  }
  const { range } = service.hover(uri, position) ?? {};
  if (range) checkRange(range);
  service.definition(uri, position, true);
  service.codeActions(uri, { start: position, end: position }, [], { versioned: true });
}

function askDocument(service: LanguageService): void {
  service.diagnostics(uri);
  service.symbols(uri);
  service.diagram(uri);
}

test('a realistic file, cut at every second offset', () => {
  const service = createLanguageService({ read: () => undefined });
  for (let end = 0; end <= realistic.length; end += 2) {
    const text = realistic.slice(0, end);
    service.open(uri, end, text);
    askEverything(service, text, end);
    if (end % 7 !== 0) continue;
    for (const offset of [Math.max(0, end - 1), Math.floor(end / 2)]) askEverything(service, text, offset);
    askDocument(service);
  }
});

test('a realistic file, with one character gone or one put in', () => {
  const service = createLanguageService({ read: () => undefined });
  let version = 0;
  for (let at = 0; at < realistic.length; at += 7) {
    const sign = ['', ':', '{', '[', '"', "'", '- ', '\n', '*', '&', '|', '\t'][at % 12] ?? '';
    const text = realistic.slice(0, at) + sign + realistic.slice(at + (sign === '' ? 1 : 0));
    service.open(uri, version++, text);
    askDocument(service);
    for (const offset of [at, at + sign.length, Math.min(text.length, at + 40)]) askEverything(service, text, offset);
  }
});

test('every example, at many offsets', () => {
  for (const name of readdirSync('examples').filter((file) => file.endsWith('.aiwf.yaml'))) {
    const text = readFileSync(`examples/${name}`, 'utf8');
    const service = createLanguageService({ read: () => undefined });
    service.open(uri, 1, text);
    askDocument(service);
    for (let offset = 0; offset <= text.length; offset += 997) askEverything(service, text, offset);
  }
});

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
      askDocument(service);
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
