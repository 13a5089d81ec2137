// The mutation suite as a test: the clean designs are clean under every rule, and each rule finds the faults that its
// operators inject, with nothing said that nobody expected. `npm run mutations` prints the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../src/rules/registry.ts';
import { cleanDesigns, findingsOf, measure } from './measure.ts';

for (const { name, uri, text } of cleanDesigns()) {
  test(`${name} is clean under every rule`, () => {
    assert.deepEqual(
      findingsOf(uri, text).map(({ rule, place, message }) => `${rule} at ${place}: ${message}`),
      [],
    );
  });
}

/** Share of the injected faults that a rule has to find. */
const leastRecall = 0.95;

for (const { rule, mutants, found, missed, unexpected } of measure(rules.map(({ id }) => id))) {
  test(`${rule} finds the faults of its kind and nothing else is said`, () => {
    assert.ok(mutants > 0, 'no fault of its kind is injected');
    assert.ok(found / mutants > leastRecall, `missed: ${missed.join('; ')}`);
    assert.deepEqual(unexpected, []);
  });
}
