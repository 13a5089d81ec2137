// Large workflows of every shape are checked in time: nothing grows faster than it must.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFile } from '../../src/language/parse.ts';
import { lint } from '../../src/rules/lint.ts';
import { mainUri } from '../language/parsing.ts';
import { adversarial } from '../support/adversarial-workflow.ts';
import { workedSoFar, workflowShapes, workflowText } from '../support/random-workflow.ts';

/** Every rule there is, on a day that stands still. */
const settings = { profile: ['strict'], today: Date.parse('2026-11-23') };
const host = { file: () => undefined, text: () => undefined };

for (const shape of workflowShapes) {
  test(`a workflow of 250 steps in the shape '${shape}' is checked within three seconds of work`, () => {
    const text = workflowText(shape, 250);
    const begin = workedSoFar();
    const { findings } = lint(parseFile(mainUri, text), host);
    const took = workedSoFar() - begin;
    assert.deepEqual(
      findings.filter(({ rule }) => rule.startsWith('language/')).map(({ message }) => message),
      [],
      'the generated text is well formed',
    );
    assert.ok(took < 3000, `${took.toFixed(0)} ms`);
  });
}

for (const [name, text] of Object.entries(adversarial)) {
  test(`${name}: all rules are done within five seconds of work, or say that they do not know`, () => {
    const begin = workedSoFar();
    const { findings } = lint(parseFile(mainUri, text), host, { settings });
    const took = workedSoFar() - begin;
    const broken = findings.filter(
      ({ rule, message }) => rule.startsWith('language/') || message.startsWith('Internal'),
    );
    assert.deepEqual(
      broken.map(({ message }) => message),
      [],
      'the text is well formed, and no rule fails on it',
    );
    assert.ok(took < 5000, `${took.toFixed(0)} ms`);
  });
}
