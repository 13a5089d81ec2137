// Whatever the text is and wherever the cursor stands: every feature answers, and every range lies inside the text.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLanguageService } from '../../src/service/language-service.ts';
import { askDocument, askEverything, isComplete, times } from './questions.ts';

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

test('every question is asked', () => assert.ok(isComplete));

test('a realistic file, cut at every offset', () => {
  const service = createLanguageService({ read: () => undefined });
  for (let end = 0; end <= realistic.length; end++) {
    const text = realistic.slice(0, end);
    service.open(uri, end, text);
    askEverything({ service, uri, text }, end);
    if (end % 7 !== 0) continue;
    for (const offset of [Math.max(0, end - 1), Math.floor(end / 2)]) askEverything({ service, uri, text }, offset);
    askDocument({ service, uri, text });
  }
});

test('a realistic file, with one character gone or one put in', () => {
  const service = createLanguageService({ read: () => undefined });
  let version = 0;
  for (let at = 0; at < realistic.length; at += 7) {
    const sign = ['', ':', '{', '[', '"', "'", '- ', '\n', '*', '&', '|', '\t'][at % 12] ?? '';
    const text = realistic.slice(0, at) + sign + realistic.slice(at + (sign === '' ? 1 : 0));
    service.open(uri, version++, text);
    askDocument({ service, uri, text });
    for (const offset of [at, at + sign.length, Math.min(text.length, at + 40)])
      askEverything({ service, uri, text }, offset);
  }
});

test('every example whole, at many offsets', () => {
  for (const [name, text] of examples()) {
    const service = createLanguageService({ read: () => undefined });
    service.open(uri, 1, text);
    askDocument({ service, uri, text });
    const step = Math.ceil(text.length / 25);
    for (let offset = name.length % step; offset <= text.length; offset += step)
      askEverything({ service, uri, text }, offset);
  }
});

test('every example cut, at many offsets, and once in each line of its first part', () => {
  for (const [name, text] of examples()) {
    const service = createLanguageService({ read: () => undefined });
    const step = Math.ceil(text.length / 12);
    for (let end = name.length % step; end <= text.length; end += step) {
      const cut = text.slice(0, end);
      service.open(uri, end, cut);
      askEverything({ service, uri, text: cut }, end);
      askDocument({ service, uri, text: cut });
    }
    const lines = text.slice(0, 2500).split('\n');
    let start = 0;
    for (const [line, { length }] of lines.entries()) {
      const cut = text.slice(0, start + ((line * 7) % (length + 1)));
      service.open(uri, 100_000 + line, cut);
      askEverything({ service, uri, text: cut }, cut.length);
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
      askDocument({ service, uri, text });
      askEverything({ service, uri, text: text.replaceAll('zzcursorzz', 'xx') }, 0);
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
