// data/retention-conflict: nothing has to be kept longer than it may be kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('data/retention-conflict');

const steps = (log: string, more = '') => `start: { gives: [note], next: write }
steps:
  write: { task: Write, by: clerk, reads: [note], writes: [letter], ${log} next: finish${more} }
  finish: { end: Finished }
`;

test('a copy in a log that is kept longer than the data may be is a conflict, by the log or by its store', () => {
  check(`${head}
data: { note: { class: personal, retain: 30d } }
#                                        ^^^ error data/retention-conflict: 'note' has to be kept 7y by log of 'write', and deleted after 30d by data 'note'. Leave it out of the log, or change one of the times.
stores: { audit: { kind: log } }
${steps('log: { to: audit, fields: [case, note], retain: 7y },')}`);
  check(`${head}
data: { note: { class: personal, retain: { max: 30d } } }
#                                        ^^^^^^^^^^^^ data/retention-conflict: 'note' has to be kept 7y by store 'audit', and deleted after 30d by data 'note'.
stores: { audit: { kind: log, retain: 7y } }
${steps('log: { to: audit, fields: [case, note.text], retain: 1d },').replace('note: {', 'note: {')}`);
});

test('the store the data lives in, and a store it is recorded in, must not keep it longer either', () => {
  check(`${head}
data:
  note: { class: personal, retain: 30d, store: files }
  #                                ^^^ data/retention-conflict: 'note' has to be kept 10y by store 'files', and deleted after 30d by data 'note'. Change one of the times.
  memo: { class: personal, retain: 1y }
  #                                ^^ data/retention-conflict: 'memo' has to be kept 10y by store 'files', and deleted after 1y by data 'memo'.
  page: { class: personal, retain: { min: 3y }, store: scratch }
  #                                ^^^^^^^^^^^ data/retention-conflict: 'page' has to be kept 3y by data 'page', and deleted after 7d by store 'scratch'.
stores:
  files: { kind: record, retain: 10y }
  scratch: { kind: memory, retain: 7d }
start: { gives: [note], next: write }
steps:
  write: { task: Write, by: clerk, writes: [memo, page], within: 1d, next: finish, on: { timeout: file } }
  file: { task: File, by: clerk, effects: [{ kind: record, to: files, uses: [memo] }], next: finish }
  finish: { end: Finished }
`);
});

test('a minimum beyond its own maximum: of data, of a store, of a log, of a log against its store', () => {
  check(`${head}
data: { note: { class: personal, retain: { min: 2y, max: 1y } } }
#                                        ^^^^^^^^^^^^^^^^^^^^ data/retention-conflict: 'note' has to be kept 2y, and deleted after 1y. Change one of the times.
stores:
  files: { kind: record, retain: { min: 10y, max: 5y } }
  #                              ^^^^^^^^^^^^^^^^^^^^^ data/retention-conflict: 'files' has to be kept 10y, and deleted after 5y.
  runs: { kind: log, retain: { max: 90d } }
defaults: { log: { to: runs, fields: [case], retain: 6mo } }
#                                                    ^^^ data/retention-conflict: What the steps log has to be kept 6mo by log of 'write', and deleted after 90d by store 'runs'.
${steps('')}`);
});

test('imported data is said where this file names it', () => {
  check(`${head.replace('people.aiwf.yaml]', 'people.aiwf.yaml, ./data.aiwf.yaml]')}
stores: { audit: { kind: log } }
start: { gives: [note], next: write }
#                ^^^^ data/retention-conflict: 'note' has to be kept 7y by log of 'write', and deleted after 30d by data 'note'.
steps:
  write: { task: Write, by: clerk, reads: [note], log: { to: audit, fields: [case, note], retain: 7y }, next: finish }
  finish: { end: Finished }
#- data.aiwf.yaml
aiwf: 1
library: data
data: { note: { class: personal, retain: 30d } }
`);
});

test('silent: references are no copies, nor is data that does not exist there yet', () => {
  check(`${head}
data: { note: { class: personal, retain: 30d }, memo: { class: personal, retain: 30d } }
stores: { audit: { kind: log } }
defaults: { log: { to: audit, fields: [case, inputs, output, note], retain: 7y } }
start: { next: read }
steps:
  read: { task: Read, by: clerk, log: { to: audit, fields: [case, memo], retain: 7y }, next: write }
  write: { task: Write, by: clerk, writes: [memo], next: finish }
  finish: { end: Finished }
`);
});

test('silent: times that fit, are equal, are read from data, or are not stated; short forms mean what their place says', () => {
  check(`${head}
data:
  note: { class: personal, retain: { min: 6mo, max: 7y }, store: files }
  memo: { class: personal, retain: letter.days, store: files }
  page: { class: personal, store: files }
stores:
  files: { kind: record, retain: 7y }
  vectors: { kind: index, retain: 30d }
  audit: { kind: log, retain: { min: 6mo, max: 7y } }
${steps('log: { to: audit, fields: [case, note], retain: 7y },')}`);
});

test('the copy can be left out of the log', () => {
  assert.equal(
    fixed(
      `${head}
data: { note: { class: personal, retain: 30d } }
stores: { audit: { kind: log } }
start: { gives: [note], next: write }
steps:
  write:
    task: Write
    by: clerk
    reads: [note]
    log:
      to: audit
      fields: [case, inputs, note, time] # all of it
      retain: 7y
    next: finish
  finish: { end: Finished }
`,
      "Leave 'note' out of the log of 'write'",
    ),
    `-       fields: [case, inputs, note, time] # all of it
+       fields: [case, inputs, time] # all of it`,
  );
});
