// data/feedback-loop: output of an AI is reviewed before it comes back to an AI by a memory, an index or training data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('data/feedback-loop');

const begin = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
actors:
  coder: { kind: agent, sponsor: ai-lead, model: { provider: p, id: m, family: f } }
  tester: { kind: agent, sponsor: ai-lead, model: { provider: q, id: n, family: f }, grants: [memory.read] }
  rover: { kind: agent, sponsor: ai-lead, grants: [memory.read, memory.write] }
stores:
  memory: { kind: memory }
  examples: { kind: dataset }
  archive: { kind: record }
data:
  lesson: { class: internal, store: memory }
  example: { class: internal, store: examples }
  filed: { class: internal, store: archive }
`;

test('what an AI puts into its memory comes back to it in the next case', () => {
  const [finding] = check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, lesson], writes: [offer], next: learn }
  learn: { task: Learn, by: bot, mode: ai-executed, reads: [offer], writes: [lesson], next: finish }
  #                                                                          ^^^^^^ data/feedback-loop: What the AI 'bot' makes in 'learn' goes into 'memory', and it reads it in 'work' with no human having looked at it. Let a person review it before 'learn' stores it.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, edge, note }) => `${edge?.label ?? ''}> ${step}: ${note}`),
    ["> learn: it goes into 'memory'", "memory> work: 'bot' reads it"],
  );
});

test('by way of others, too: a system stores what an AI wrote, and an AI of the same family searches it or is trained on it', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: coder, mode: ai-executed, reads: [claim], writes: [offer], next: file }
  file: { task: File, by: erp, reads: [offer], writes: [letter], effects: [{ kind: record, to: memory, uses: [letter] }], next: collect }
  #                                                                                ^^^^^^ data/feedback-loop: What the AI 'coder' wrote ('offer') in 'work' goes into 'memory' in 'file' as 'letter', and the AI 'tester', which is like it, reads it in 'search' with no human having looked at it.
  collect: { task: Collect, by: erp, reads: [offer], writes: [example], next: train }
  #                                                           ^^^^^^^ data/feedback-loop: goes into 'examples' in 'collect' as 'example', and it is trained on it in 'train'
  train: { task: Train, by: erp, reads: [example], effects: [{ kind: train, to: coder, uses: [example] }], next: search }
  search: { task: Search, by: tester, mode: ai-executed, uses: [memory.read], writes: [claim], next: finish }
  finish: { end: Finished }
`);
});

test('a review that an error or a timeout goes around does not close the loop', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, lesson], writes: [lesson], next: check }
  #                                                                                ^^^^^^ data/feedback-loop
  check: { review: Check, by: lead, reviews: [lesson], within: 1d, on: { approve: finish, modify: finish, reject: finish, timeout: finish } }
  finish: { end: Finished }
`);
});

test('silent: reviewed before or after it is stored, another AI, another store, or written by people', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, lesson, filed, example], writes: [offer, filed], next: check }
  check: { review: Check, by: lead, reviews: [offer], on: { approve: learn, modify: learn, reject: finish } }
  learn: { task: Learn, by: erp, reads: [offer], writes: [lesson], effects: [{ kind: record, to: memory, uses: [offer] }], next: note }
  note: { task: Note, by: helper, mode: ai-executed, reads: [offer], writes: [example], next: own }
  own: { task: Own words, by: clerk, reads: [claim], writes: { lesson: [claim] }, next: finish }
  finish: { end: Finished }
`);
  check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, lesson], writes: [lesson], on: { error: finish, unavailable: finish }, next: check }
  check: { review: Check, by: lead, reviews: [lesson], outcomes: [seen], next: finish }
  finish: { end: Finished }
`);
});

test('silent: what is put into a store beside several data need not be what an AI reads there', () => {
  check(`${begin}  rule_book: { class: internal, store: memory }

start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, rule_book], writes: [offer], next: file }
  file: { task: File, by: erp, effects: [{ kind: record, to: memory, uses: [offer] }], next: finish }
  finish: { end: Finished }
`);
});

test('an AI that may write to a memory and says so writes its output there; a permission of the agent alone proves nothing', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: recall }
steps:
  recall: { task: Recall, by: rover, mode: ai-executed, reads: [claim], uses: [memory.read], writes: [offer], next: note }
  note: { task: Note, by: rover, mode: ai-executed, reads: [offer], uses: [memory.write], next: finish }
  #                                                                        ^^^^^^^^^^^^ data/feedback-loop: What the AI 'rover' makes in 'note' goes into 'memory', and it reads it in 'recall'
  finish: { end: Finished }
`);
  check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: rover, mode: ai-executed, reads: [claim], writes: [offer], next: finish }
  finish: { end: Finished }
`);
});

test('stores and data of a library, and what a tool shows the AI, count as well', () => {
  check(`${head.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./memory.aiwf.yaml]')}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: seeker, mode: ai-executed, reads: [claim], uses: [search], writes: [article], next: finish }
  #                                                                                           ^^^^^^^ data/feedback-loop: and it reads it in 'work'
  finish: { end: Finished }
#- memory.aiwf.yaml
aiwf: 1
library: memory
use: [./people.aiwf.yaml]
actors: { seeker: { kind: agent, sponsor: ai-lead, tools: { search: { effect: none, returns: [article] } } } }
stores: { wiki: { kind: index } }
data: { article: { class: internal, store: wiki } }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin}
start: { next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [lesson], writes: , effects: [{ kind: record, to: , uses: [offer] }, { to: memory }], next: }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'data/feedback-loop'),
    [],
  );
});

test('the fix lets a person approve it before it is stored', () => {
  assert.match(
    fixed(
      `${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, reads: [claim, lesson], writes: [offer], next: learn }
  learn: { task: Learn, by: erp, effects: [{ kind: record, to: memory, uses: [offer] }], next: finish } # by night
  finish: { end: Finished }
`,
      "Let 'owner' approve it first",
    ),
    /next: approve-learn[\s\S]*\+ {3}approve-learn:\n\+ {5}approval: Approve what 'learn' does\n\+ {5}by: owner\n\+ {5}covers: \[offer\]/,
  );
});
