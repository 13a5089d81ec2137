// Whatever a configuration is cut off at or has typed into it: every feature answers, and every range lies in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Range } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import { createLanguageService } from '../../src/service/language-service.ts';

const uri = 'file:///work/aiwf.config.yaml';
const whole = `# Everything.
profile: [recommended, 'sox']
rules: &rules
  flow/unbounded-loop: error
  "structure/readability": off
parameters: { max-autonomy: { high: L3 }, utilization: 70% }
sod: [[pay, approve], [a]]
overrides:
  - files: [teams, "**/*.aiwf.yaml"]
    rules: *rules
  -
baseline: ./aiwf.baseline.json
packs: [./acme.aiwf.rules.yaml, "@acme/rules"]
custom-rules:
  - id: acme/own
    message: "{step.title}: no"
    for: steps
    when: step.by.exists(a, a.kind == "agent")
    require: |
      size(step.reads) > 0
      && true
`;

const service = createLanguageService({
  read: (other) => (other.endsWith('.json') ? '{ "version": 1, "files": {} }' : undefined),
  workflowFiles: () => ['file:///work/teams/a.aiwf.yaml'],
  entries: () => ['teams/', 'aiwf.baseline.json'],
});

/** Everything a document is asked at a cursor; every range that comes back. */
function answers(text: string, offset: number): readonly Range[] {
  service.open(uri, version++, text);
  const { line, column: character } = positionAt(lineStartsOf(text), offset);
  const position = { line, character };
  const cursor = { start: position, end: position };
  const found: unknown[] = [
    service.completions(uri, position, { snippets: true }),
    service.hover(uri, position),
    service.selectionRanges(uri, [position]),
    service.codeActions(uri, cursor, [], { versioned: false, creates: false }),
    service.formattingAfter(uri, position, '\n'),
    service.linkedRanges(uri, position),
    service.diagnostics(uri)?.diagnostics,
    service.symbols(uri),
    service.links(uri),
    service.codeLenses(uri, { references: true, diagram: true, findings: true }).map(({ range }) => range),
    service.formatting(uri),
  ];
  assert.ok(service.foldingRanges(uri).every(({ startLine, endLine }) => startLine < endLine));
  assert.ok(service.counting(uri));
  return rangesIn(found);
}
let version = 1;

function rangesIn(value: unknown): readonly Range[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value ? [value as Range] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
}

function check(text: string, offset: number): void {
  const starts = lineStartsOf(text);
  for (const { start, end } of answers(text, offset)) {
    assert.ok(start.line < starts.length && end.line < starts.length, JSON.stringify({ text, start, end }));
    assert.ok(start.line < end.line || (start.line === end.line && start.character <= end.character));
  }
}

test('cut off anywhere, with the cursor at the end', () => {
  for (let end = 0; end <= whole.length; end++) check(whole.slice(0, end), end);
});

test('with any mark typed anywhere', () => {
  const marks = fc.constantFrom(
    '"',
    "'",
    '{',
    '[',
    ']',
    '}',
    ':',
    ': ',
    '- ',
    '#',
    '|',
    '&',
    '*',
    '\n',
    '\t',
    '🙂',
    '{{',
    '.',
  );
  fc.assert(
    fc.property(marks, fc.nat({ max: whole.length }), (mark, at) => {
      check(whole.slice(0, at) + mark + whole.slice(at), at + mark.length);
    }),
    { numRuns: 300 },
  );
});
