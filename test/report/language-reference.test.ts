// The reference page: committed as generated, every key is on it, its links lead somewhere, its examples are right.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFile } from '../../src/language/parse.ts';
import {
  actorKeys,
  contractKeys,
  dataKeys,
  linkKeys,
  startKeys,
  stepKeys,
  topLevelKeys,
} from '../../src/language/vocabulary.ts';
import { languageReference } from '../../src/report/language-reference.ts';
import { lint } from '../../src/rules/lint.ts';
import { checkGolden } from '../support/golden.ts';

const page = languageReference();

test('docs/language.md is the generated page', () => checkGolden('docs/language.md', page));

test('every key stands on the page', () => {
  for (const keys of [topLevelKeys, actorKeys, dataKeys, contractKeys, linkKeys, startKeys, stepKeys]) {
    for (const key of Object.keys(keys)) assert.ok(page.includes(`| \`${key}\` |`), key);
  }
});

test('links lead to headings, and no heading stands twice', () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  assert.deepEqual(
    headings.filter((heading, index) => headings.indexOf(heading) !== index),
    [],
  );
  for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]*)\)/g)) assert.ok(headings.includes(anchor), anchor);
});

test('each row of a table has as many cells as its head', () => {
  const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
  for (const table of page.match(/(^\|.*\|\n)+/gm) ?? []) {
    const lines = table.trimEnd().split('\n');
    for (const line of lines) assert.equal(cells(line), cells(lines[0] ?? ''), line);
  }
});

test('the first example has the faults that the page names', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const { findings } = lint(parseFile('file:///w.aiwf.yaml', example), {
    file: () => undefined,
    text: () => undefined,
  });
  assert.deepEqual([...new Set(findings.map(({ rule }) => rule))].sort(), [
    'agent/budget-cap',
    'flow/unbounded-loop',
    'flow/unhandled-outcome',
    'handoff/contract-required',
    'oversight/self-review',
    'oversight/stop-control',
    'performance/metric-with-target',
    'visibility/audit-log',
  ]);
});

for (const [index, [, example = '']] of [...page.matchAll(/```yaml\n(.*?)```/gs)].entries()) {
  test(`example ${index + 1} on the page is read without a problem`, () => {
    const text = example.startsWith('aiwf:') ? example : `aiwf: 1\nworkflow: w\n${example}`;
    assert.deepEqual(parseFile('file:///w.aiwf.yaml', text).problems, []);
  });
}
