// Checks a text that may be anything, and what holds for every text.
import assert from 'node:assert/strict';
import { parseFile } from '../../src/language/parse.ts';
import { type LintResult, lint } from '../../src/rules/lint.ts';
import { workedSoFar } from '../support/random-workflow.ts';
import { hostOf, mainUri } from './parsing.ts';

/** What only a slip of a program puts into a message, where the text does not have it. */
const ourWords = ['undefined', '[object', '=>', 'native code'];

/** Lints and checks what holds for every text: in time, nothing internal, every range in the text, every message whole. */
export function survive(text: string, milliseconds = 3000): LintResult {
  const begin = workedSoFar();
  const result = lint(parseFile(mainUri, text), hostOf());
  const took = workedSoFar() - begin;
  assert.ok(took < milliseconds, `${took.toFixed(0)} ms for ${text.length} characters: ${text.slice(0, 80)}`);
  for (const { message, range, place, witness, fixes, rule } of result.findings) {
    assert.ok(!/^Internal/.test(message), message);
    const isOurs = ourWords.some((word) => message.includes(word) && !text.includes(word));
    assert.ok(message.length > 10 && !isOurs, `${rule}: ${message.slice(0, 200)}`);
    assert.ok(
      range.start >= 0 && range.start <= range.end && range.end <= text.length,
      `${rule}: ${range.start}-${range.end}`,
    );
    assert.ok(place !== '' && witness.length > 0);
    for (const { edits } of fixes)
      for (const edit of edits) assert.ok(edit.range.start <= edit.range.end && edit.range.end <= text.length);
  }
  return result;
}

/** `mistake` is a line at the top level; the mistakes behind it must still be found, and it itself said in `code`. */
export const around = (mistake: string) =>
  `aiwf: 1\nworkflow: test\naccountable: anna\nactors: { anna: { kind: human } }\n${mistake}\nstart: { next: first }\nsteps:\n  first: { task: T, by: nobody, withn: 4h, next: last }\n  last: { end: E }\n`;
