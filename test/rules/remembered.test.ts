// A check that remembers the one before it finds what a check finds that remembers nothing.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberOf } from '../../src/language/asked-keys.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import { stepKeys } from '../../src/language/vocabulary.ts';
import { type LintResult, lint } from '../../src/rules/lint.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';

const uri = 'file:///w/main.aiwf.yaml';
const host: ProjectHost = { file: () => undefined, text: () => undefined };
const settings = { profile: ['strict'], today: Date.parse('2026-11-23') };

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .map((name) => readFileSync(`examples/${name}`, 'utf8'));
const generated = workflowShapes.map((shape) => workflowText(shape, 12));

/** Everything of the findings, fixes too. */
const told = ({ findings }: LintResult): readonly string[] =>
  findings.map((finding) => JSON.stringify({ ...finding, fixes: finding.fixes }));

const without = (all: readonly string[], others: readonly string[]) => all.filter((each) => !others.includes(each));
const nothing = { missing: [], wrong: [] };

const names = [...Object.keys(stepKeys), '(title)', '(performers)', '(assistants)', '(graph)', '(everything)'];

/** Words that mean something at many places, and some that mean nothing. */
const typed = [
  ...[
    'a',
    'x',
    ' ',
    '-',
    '1',
    '2h',
    'none',
    'clerk',
    'lead',
    'human',
    'note',
    '# why',
    ', to',
    '"',
    "'",
    '[',
    '{',
    ': ',
  ],
  ...['\n    within: 1d', '\n    log: none', '\n    needs: [claim]', '\n    on: { error: failed }', '\n  '],
];

/** One edit: somewhere behind a value or inside it, characters come or go. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  removed: fc.constantFrom(0, 0, 0, 1, 2, 7),
  typed: fc.constantFrom('', ...typed),
  atEnd: fc.boolean(),
});

function edited(
  text: string,
  { at, removed, typed, atEnd }: typeof edit extends fc.Arbitrary<infer E> ? E : never,
): string {
  const ends = [...text.matchAll(/: [\w ]+(?=\n)/g)].map(({ index, 0: all }) => index + all.length);
  const start = atEnd ? (ends[Math.floor(at * ends.length)] ?? 0) : Math.floor(at * text.length);
  return text.slice(0, start) + typed + text.slice(start + removed);
}

for (const [name, texts] of [
  ['examples', examples],
  ['generated workflows', generated],
] as const) {
  test(`edits of ${name}, one after the other: the same findings as without a memory`, () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        let text = first;
        let file = parseFile(uri, text);
        let { remembered } = lint(file, host, { settings, remember: true });
        for (const each of edits) {
          text = edited(text, each);
          file = parseFile(uri, text, file);
          const again = lint(file, host, { settings, remember: remembered ?? true });
          const [found, expected] = [told(again), told(lint(file, host, { settings }))];
          assert.deepEqual({ missing: without(expected, found), wrong: without(found, expected) }, nothing);
          assert.deepEqual(found, expected);
          remembered = again.remembered;
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    );
  });
}

test('a rule behind all others is noted to ask for whatever it asks for alone', () => {
  for (const text of [...examples, ...generated]) {
    const file = parseFile(uri, text);
    const together = lint(file, host, { settings, remember: true });
    const all = together.remembered?.byRule ?? new Map();
    for (const [rule, { asked }] of all) {
      const alone = lint(file, host, { settings, remember: true, only: [rule.id] }).remembered?.byRule.get(rule)?.asked;
      const unseen = names.filter((name) => alone?.[numberOf(name)] === 1 && asked[numberOf(name)] === 0);
      assert.deepEqual(unseen, [], `${rule.id} in ${file.fields?.workflow?.value}`);
    }
  }
});
