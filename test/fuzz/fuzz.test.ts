// A short campaign with seeds that stay, and every input that once did not hold.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { targets, tries } from './targets.ts';

/** Inputs of each target; `npm run fuzz` tries as many as there is time for. */
const seeds = 40;

for (const [name, target] of Object.entries(targets))
  test(`${seeds} inputs hold: ${name}`, () => {
    for (let seed = 900_000; seed < 900_000 + seeds; seed++) target(seed);
  });

for (const name of readdirSync('test/fuzz/regressions'))
  test(`holds again: ${name}`, () => {
    const text = readFileSync(`test/fuzz/regressions/${name}`, 'utf8');
    const tried = tries(name, text);
    assert.ok(tried > 0);
  });
