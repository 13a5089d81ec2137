// accountability/provenance-required: what an AI makes is recorded with agent, model, version, prompt, inputs and time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('accountability/provenance-required');

const draft = (more = '') =>
  `  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim], writes: [offer]${more}, next: finish, on: { error: finish, unavailable: finish } }`;

test('a log without the prompt or the version does not say what made the data', () => {
  check(`${head}
stores: { audit: { kind: log } }
defaults:
  log: { to: audit, fields: [case, actor, model, inputs, output, decision, time] }
  #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning accountability/provenance-required: An AI makes 'offer' and 'letter' in 'draft' and 'polish', and version and prompt are not recorded in the log under 'defaults'. Add them to 'fields' of the log.
start: { gives: [claim], next: draft }
steps:
${draft()}
  polish: { task: Polish, by: clerk, assisted-by: [helper], decides: clerk, mode: ai-augmented, reads: [offer], writes: [letter], next: finish }
  finish: { end: Finished }
`);
});

test('a step without any log is at fault itself, one among several at the workflow', () => {
  check(`${head}
start: { gives: [claim], next: draft }
steps:
${draft()}
# ^^^^^ warning accountability/provenance-required: An AI makes 'offer' in 'draft', and actor, model, version, prompt, inputs and time are not recorded in any log.
  finish: { end: Finished }
`);
});

test('whoever takes over for a person can be an AI as well', () => {
  check(`${head}
actors: { scribe: { kind: human, backup: bot } }
start: { next: write }
steps:
  write: { task: Write, by: scribe, writes: [letter], next: finish, on: { error: finish, unavailable: finish } }
# ^^^^^ warning accountability/provenance-required: An AI makes 'letter' in 'write'
  finish: { end: Finished }
`);
});

test('an agent from a library counts, its own log is judged where it stands', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: draft }
steps:
  draft:
    task: Draft
    by: scribe
    mode: ai-executed
    writes: [paper]
    log: { to: book, fields: [actor, model, version, inputs, time] }
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning accountability/provenance-required: prompt is not recorded in the step's log. Add it
    next: finish
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  scribe: { kind: agent, sponsor: boss }
data: { paper: { class: internal } }
stores: { book: { kind: log } }
`);
});

test('silent: people and systems at work, an AI that makes nothing, and logs that hold it all', () => {
  check(`${head}
stores: { audit: { kind: log } }
start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: clerk, writes: [letter], next: book }
  book: { task: Book, by: erp, writes: [offer], next: post, on: { error: finish } }
  post: { task: Post, by: helper, mode: ai-executed, reads: [letter], next: draft, on: { error: finish, unavailable: finish } }
${draft(', log: { to: audit, fields: [actor, model, version, prompt, inputs, time] }')}
  finish: { end: Finished }
`);
});

test('silent: a copy of what is read is as good as a reference to it', () => {
  const text = (copy: string) => `${head}
stores: { audit: { kind: log } }
start: { gives: [claim], next: draft }
steps:
${draft(`, log: { to: audit, fields: [actor, model, version, prompt, ${copy}, time] }`)}
  finish: { end: Finished }
`;
  assert.equal(findingsOf(text('claim')).length, 0);
  assert.equal(findingsOf(text('letter')).length, 1);
});

test('what is missing is added to the list that the steps share', () => {
  assert.equal(
    fixed(
      `${head}
stores: { audit: { kind: log } }
defaults: { log: { to: audit, fields: [case, actor, model, inputs, time] } } # as agreed
start: { gives: [claim], next: draft }
steps:
${draft()}
  finish: { end: Finished }
`,
      'Record version and prompt as well',
    ),
    `- defaults: { log: { to: audit, fields: [case, actor, model, inputs, time] } } # as agreed
+ defaults: { log: { to: audit, fields: [case, actor, model, inputs, time, version, prompt] } } # as agreed`,
  );
});
