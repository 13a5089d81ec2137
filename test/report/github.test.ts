// Workflow commands of GitHub Actions: one line for each finding, whatever is in names and messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf } from '../../src/language/source.ts';
import type { CheckedFile } from '../../src/report/checked-file.ts';
import { renderGithub } from '../../src/report/github.ts';
import type { Finding } from '../../src/rules/finding.ts';

const text = 'start: a\nsteps:\n  b: x\n';

function finding(changes: Partial<Finding>): Finding {
  const range = { start: 18, end: 19 };
  return {
    rule: 'flow/unbounded-loop',
    severity: 'error',
    verdict: 'violation',
    message: 'No bound.',
    range,
    place: 'b',
    witness: [{ step: 'b', edge: undefined, range, note: 'here' }],
    clauses: [],
    fixes: [],
    ...changes,
  };
}

function rendered(path: string, ...findings: Finding[]): string {
  const file: CheckedFile = { path, text, lineStarts: lineStartsOf(text), profile: [], findings };
  return renderGithub([file]);
}

const docs = '%0Ahttps://github.com/aiwf/aiwf/blob/main/docs/rules/flow/unbounded-loop.md';

test('level, place, rule, message and page', () => {
  const place = 'file=a.aiwf.yaml,line=3,endLine=3,col=3,endColumn=4,title=flow/unbounded-loop';
  for (const [severity, level] of [
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'notice'],
  ] as const)
    assert.equal(rendered('a.aiwf.yaml', finding({ severity })), `::${level} ${place}::No bound.${docs}\n`);
});

test('the path that proves it stands below', () => {
  const range = { start: 0, end: 1 };
  const witness: Finding['witness'] = [
    { step: 'a', edge: undefined, range, note: '' },
    { step: 'b', edge: { kind: 'exceptional', label: 'reject' }, range, note: '' },
    { step: 'c', edge: { kind: 'normal', label: '' }, range, note: '' },
  ];
  assert.match(rendered('a', finding({ witness })), /::No bound\.%0APath: a —\[reject\]→ b —→ c%0Ahttps/);
});

test('a range over several lines names no columns', () => {
  assert.match(rendered('a', finding({ range: { start: 0, end: 20 } })), /^::error file=a,line=1,endLine=3,title=/);
});

test('nothing in a name or a message ends the line, the command or a property', () => {
  const hostile = 'x%0A::stop-commands::y\r\n::error::z,file=/etc';
  const lines = rendered(`a,b:c%\n.yaml`, finding({ message: hostile })).split('\n');
  assert.equal(lines.length, 2);
  assert.equal(lines[1], '');
  assert.match(lines[0] ?? '', /^::error file=a%2Cb%3Ac%25%0A\.yaml,line=3,/);
  assert.match(lines[0] ?? '', /::x%250A::stop-commands::y ::error::z,file=\/etc%0Ahttps/);
});
