// The JSON report, key by key: programs rely on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf } from '../../src/language/source.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Finding } from '../../src/rules/finding.ts';

const text = 'aiwf: 1\r\nworkflow: w\n題: x\n';

const finding: Finding = {
  rule: 'flow/unbounded-loop',
  severity: 'error',
  verdict: 'violation',
  message: "No bound. Add 'max'.",
  range: { start: text.indexOf('x'), end: text.indexOf('x') + 1 },
  place: 'check',
  witness: [
    { step: 'start', edge: undefined, range: { start: 0, end: 4 }, note: '' },
    {
      step: 'check',
      edge: { kind: 'exceptional', label: 'reject' },
      range: { start: 9, end: text.length },
      note: 'back',
    },
  ],
  clauses: [
    { standard: 'ISO/IEC 42001', edition: '2023', ref: 'A.6', status: 'secondary' },
    { standard: 'EU AI Act', edition: '2024', ref: 'Art. 14', status: 'verified', appliesFrom: '2026-08-02' },
  ],
  fixes: [{ title: 'Allow 3 rounds', edits: [{ range: { start: 0, end: 0 }, text: '' }], safety: 'meaning-changing' }],
};

const file = (path: string, findings: readonly Finding[]) => ({
  path,
  text,
  lineStarts: lineStartsOf(text),
  profile: ['recommended'],
  findings,
});

test('a finding, key by key and in this order', () => {
  const report = renderJson([file('x/b.aiwf.yaml', [finding])]);
  const expected = {
    version: 1,
    files: 1,
    findings: [
      {
        rule: 'flow/unbounded-loop',
        severity: 'error',
        verdict: 'violation',
        message: "No bound. Add 'max'.",
        file: 'x/b.aiwf.yaml',
        range: { start: { line: 3, column: 4 }, end: { line: 3, column: 5 } },
        place: 'check',
        witness: [
          {
            step: 'start',
            edge: null,
            range: { start: { line: 1, column: 1 }, end: { line: 1, column: 5 } },
            note: '',
          },
          {
            step: 'check',
            edge: { kind: 'exceptional', label: 'reject' },
            range: { start: { line: 2, column: 1 }, end: { line: 4, column: 1 } },
            note: 'back',
          },
        ],
        clauses: [
          { standard: 'ISO/IEC 42001', edition: '2023', ref: 'A.6', status: 'secondary' },
          { standard: 'EU AI Act', edition: '2024', ref: 'Art. 14', status: 'verified', appliesFrom: '2026-08-02' },
        ],
        fixes: [
          {
            title: 'Allow 3 rounds',
            safety: 'meaning-changing',
            edits: [{ range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }, text: '' }],
          },
        ],
        also: [],
      },
    ],
  };
  assert.equal(report, `${JSON.stringify(expected, undefined, 2)}\n`);
});

test('files in the order of their paths, findings in the order given', () => {
  const first = { ...finding, message: '1' };
  const report = JSON.parse(
    renderJson([file('b', [first, finding]), file('a', [finding]), file('B', [finding]), file('c', [])]),
  );
  assert.equal(report.files, 4);
  assert.deepEqual(
    report.findings.map(({ file, message }: { file: string; message: string }) => [file, message.slice(0, 2)]),
    [
      ['B', 'No'],
      ['a', 'No'],
      ['b', '1'],
      ['b', 'No'],
    ],
  );
});

test('nothing found', () => {
  assert.deepEqual(JSON.parse(renderJson([])), { version: 1, files: 0, findings: [] });
});
