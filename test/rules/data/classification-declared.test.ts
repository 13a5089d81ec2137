// data/classification-declared: data that goes from step to step has a class, no lower than what it is made of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('data/classification-declared');

const end = `  finish: { end: Finished }
`;

test('data without a class that goes from one step to another is a fault, at its id', () => {
  check(`${head}data: { memo: { fields: { text: string } }, scratch: {}, unread: {} }
  #     ^^^^ warning data/classification-declared: 'memo' comes from 'write' to 'read', and nothing says how sensitive it is. Give it a 'class'.
start: { next: write }
steps:
  write: { task: Write, by: clerk, reads: [scratch], writes: [memo, scratch, unread], next: read }
  read: { task: Read, by: lead, reads: [memo.text], next: finish }
${end}`);
});

test('data that comes from outside, over an error or in a message, crosses as well', () => {
  check(`${head}data: { mail: {}, file: {}, note: {} }
  #     ^^^^ data/classification-declared: 'mail' comes from 'start' to 'read'
  #               ^^^^ data/classification-declared: 'file' comes to 'read', and nothing says how sensitive it is
  #                         ^^^^ data/classification-declared: 'note' comes from 'read' to 'tell'
start: { gives: [mail], next: read }
steps:
  read: { task: Read, by: erp, reads: [mail, file], writes: [note], on: { error: tell }, next: finish }
  tell: { task: Tell, by: clerk, effects: [{ kind: message, to: customer, uses: [note] }], next: finish }
${end}`);
});

test('a class below that of what data is made of is a fault, at the class', () => {
  const [finding] = check(`${head}data: { sum: { class: internal }, total: { class: internal } }
  #                   ^^^^^^^^ warning data/classification-declared: 'sum' is said to be internal, but 'add' makes it from 'claim', which is personal. Set its class to personal, redact 'claim' in 'add', or say in 'writes' what it is really made from.
start: { gives: [claim], next: add }
steps:
  add: { task: Add, by: clerk, reads: [claim, offer], writes: [sum], next: more }
  more: { task: Add more, by: clerk, reads: [sum], writes: [total], next: finish }
${end}`);
  assert.equal(finding?.place, 'data:sum');
  assert.equal(finding?.witness.at(-1)?.note, "'sum' is made from 'claim'");
});

test('data without a class passes on what it is made of', () => {
  check(`${head}data: { memo: {}, sum: { class: public } }
  #     ^^^^ data/classification-declared: 'memo' comes from 'note' to 'add', and nothing says how sensitive it is. It is made from data that is personal. Give it a 'class'.
  #                             ^^^^^^ data/classification-declared: 'sum' is said to be public, but 'add' makes it from 'memo', which is personal
start: { gives: [claim], next: note }
steps:
  note: { task: Note, by: clerk, reads: [claim], writes: [memo], next: add }
  add: { task: Add, by: clerk, reads: [memo], writes: [sum], next: finish }
${end}`);
});

test('data of a library is judged where it flows, at its first mention', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
start: { gives: [memo], next: add }
  #              ^^^^ data/classification-declared: 'memo' comes from 'start' to 'add'
steps:
  add: { task: Add, by: clerk, reads: [memo, claim], writes: [sum], next: finish }
  #                                                           ^^^ data/classification-declared: 'sum' is said to be public, but 'add' makes it from 'claim', which is personal
${end}
#- more.aiwf.yaml
aiwf: 1
library: more
data: { memo: {}, sum: { class: public } }
`);
});

test('what is redacted, what is not made from it, what never happens and what is half typed is silent', () => {
  check(
    `${head}data: { sum: { class: public }, typing: { class: }, odd: { class: secretive } }
start: { gives: [claim, typing, odd], next: add }
steps:
  add: { task: Add, by: clerk, reads: [claim, typing, odd], redacts: [claim], writes: [sum], next: part }
  part: { task: Part, by: clerk, reads: [claim], redacts: [claim.story], writes: [sum], next: some }
  some: { task: Some, by: clerk, reads: [claim], writes: { sum: [] }, next: finish }
  lost: { task: Nobody comes here, by: clerk, reads: [claim], writes: [sum], next: finish }
${end}`,
    { only: ['data/classification-declared'] },
  );
});

test('the class is set to what is computed', () => {
  const text = (data: string) => `${head}data:
  sum: # of all claims
${data}start: { gives: [claim], next: add }
steps:
  add: { task: Add, by: clerk, reads: [claim], writes: [sum], next: read }
  read: { task: Read, by: clerk, reads: [sum], next: finish }
${end}`;
  assert.equal(
    fixed(text('    class: internal # so far\n'), 'Set the class to personal'),
    `-     class: internal # so far
+     class: personal # so far`,
  );
  assert.equal(fixed(text('    media: text\n'), 'Set the class to personal'), '+     class: personal');
});
