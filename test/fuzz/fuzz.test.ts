// A short campaign with seeds that stay, and every input that once did not hold.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { examples } from '../support/damaged-text.ts';
import { suiteTexts } from './drawn.ts';
import { configurationHolds, packHolds } from './governance-targets.ts';
import { checkHolds, formatHolds } from './language-targets.ts';
import { targets } from './targets.ts';

/** Inputs of each target; `npm run fuzz` tries as many as there is time for. */
const seeds = 40;

for (const [name, target] of Object.entries(targets))
  test(`${seeds} inputs hold: ${name}`, async () => {
    for (let seed = 900_000; seed < 900_000 + seeds; seed++) await target(seed);
  });

test('every case of the YAML test suite is checked, formatted, and read as a configuration and as shared rules', () => {
  const [example = ''] = examples;
  assert.ok(suiteTexts.length > 300);
  for (const text of suiteTexts) {
    checkHolds(text);
    formatHolds(text);
    configurationHolds(text, example);
    packHolds(text, example);
  }
});

for (const name of readdirSync('test/fuzz/regressions'))
  test(`holds again: ${name}`, () => {
    const text = readFileSync(`test/fuzz/regressions/${name}`, 'utf8');
    const tried = tries(name, text);
    assert.ok(tried > 0);
  });

/** Tries a text that once did not hold, by the kind of file that its name tells; how many ways it was tried in. */
function tries(name: string, input: string): number {
  const [example = ''] = examples;
  const holds = name.endsWith('.config.yaml')
    ? [(source: string) => configurationHolds(source, example)]
    : name.endsWith('.rules.yaml')
      ? [(source: string) => packHolds(source, example)]
      : [checkHolds, formatHolds];
  for (const hold of holds) hold(input);
  return holds.length;
}
