// Known findings leave the baseline when they are gone; the file stays written as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutEntries } from '../../src/cli/check-baseline.ts';

const entry = (rule: string, count: number) => ({ rule, place: 'write', message: 'Said.', count });
const data = {
  version: 1,
  files: { 'z.aiwf.yaml': [entry('a/b', 3), entry('c/d', 1)], 'a.aiwf.yaml': [entry('a/b', 1)] },
};
const left = { version: 1, files: { 'z.aiwf.yaml': [entry('a/b', 1)] } };
const gone = new Map([
  ['z.aiwf.yaml', [entry('a/b', 2), entry('c/d', 1)]],
  ['a.aiwf.yaml', [entry('a/b', 1)]],
  ['unknown.aiwf.yaml', [entry('a/b', 1)]],
]);

for (const indent of [0, 1, 2, 4, '\t'])
  for (const [end, close] of [
    ['\n', '\n'],
    ['\r\n', '\r\n'],
    ['\n', ''],
  ] as const) {
    test(`indented by ${JSON.stringify(indent)}, lines end with ${JSON.stringify(end)}, the text with ${JSON.stringify(close)}`, () => {
      const text = (value: object) => JSON.stringify(value, undefined, indent).replaceAll('\n', end) + close;
      assert.equal(withoutEntries(text(data), gone), text(left));
      assert.equal(withoutEntries(text(data), new Map()), text(data));
    });
  }

test('what is not found in the file is not taken out, and a text that is no baseline is not touched', () => {
  const text = JSON.stringify(data);
  assert.equal(withoutEntries(text, new Map([['z.aiwf.yaml', [{ ...entry('a/b', 1), message: 'Other.' }]]])), text);
  assert.equal(withoutEntries('{', gone), undefined);
  assert.equal(withoutEntries('{}', gone), undefined);
});
