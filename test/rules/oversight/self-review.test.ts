// oversight/self-review: work is judged by someone who is not behind it, and never just by another run of the same model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/self-review');

const top = `${head}
defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
`;
const judged = 'next: finish, on: { approve: finish, modify: finish, reject: finish }';

test('a sponsor judges what their own agent wrote; the finding stands at the work that is judged', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  #                         ^^^ error oversight/self-review: What 'draft' writes ('letter') is approved in 'check' by one who can be behind it: 'ai-lead' sponsors 'bot'. Let someone else perform 'check'.
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('a review and a decision are judgments of AI output as well', () => {
  for (const judge of ['review: Check, reviews: [letter]', 'decision: Check, reviews: [letter], outcomes: [yes, no]'])
    check(`${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  #                         ^^^ oversight/self-review
  check: { ${judge}, by: ai-lead, next: finish, on: { modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('whoever works on it together with an AI, or stands in for the AI, is an author', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: [bot, lead], mode: collaborative, decides: lead, writes: [letter], next: check }
  #                         ^^^^^^^^^^^ oversight/self-review: 'lead' performs both. Let someone else
  check: { review: Check, by: lead, reviews: [letter], ${judged} }
  finish: { end: Finished }
`);
  check(`${head}
actors: { writer: { kind: agent, sponsor: ai-lead, fallback: lead } }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, writes: [letter], next: check, on: { error: finish } }
  #                         ^^^^^^ oversight/self-review: 'lead' takes over 'draft' as the fallback. Let someone else
  check: { review: Check, by: lead, reviews: [letter], ${judged} }
  finish: { end: Finished }
`);
});

test('on an exceptional edge: the judge is away, and the backup is the sponsor', () => {
  check(`${head}
actors:
  boss: { kind: human, holders: 1 }
  chief: { kind: human, holders: 1, backup: boss }
  writer: { kind: agent, sponsor: boss }
defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, writes: [letter], next: check }
  #                         ^^^^^^ oversight/self-review: 'boss' sponsors 'writer', and 'boss' takes over 'check' as the backup.
  check: { approval: Check, by: chief, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('approving what one wrote in another step is self-review among people, too; an opinion among them is not judged', () => {
  const text = (judge: string, mark: string) => `${top}
steps:
  draft: { task: Draft, by: lead, writes: [letter], next: check }
${mark}  check: { ${judge}, by: lead, on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`;
  check(
    text(
      'approval: Check, covers: [letter]',
      "  #                         ^^^^ error oversight/self-review: 'lead' performs both.\n",
    ),
  );
  check(text('review: Check, reviews: [letter]', ''));
});

test('several holders of a role may be one and the same: a warning, unless the judge is kept apart', () => {
  const text = (keys: string, mark: string) => `${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
${mark}  check: { approval: Check, by: clerk, covers: [letter]${keys}, on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`;
  check(
    text(
      '',
      "  #                         ^^^^^ warning oversight/self-review: 'clerk' performs both, and nothing keeps its 3 holders apart.\n",
    ),
  );
  check(text(', distinct-from: [draft]', ''));
});

test('to change and approve in one step is allowed; to come back and approve what one has changed is not', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], writes: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: look, reject: finish } }
  #                                                                            ^^^^^^ oversight/self-review: What 'check' changes ('letter') is approved in 'check' by one who can be behind it: 'lead' performs both.
  look: { task: Look, by: clerk, next: check }
  finish: { end: Finished }
`);
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: confirm, reject: finish } }
  confirm: { approval: Confirm, by: owner, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('what someone else has judged or written anew in between is no work of the author any more', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: release, modify: finish, reject: finish } }
  release: { approval: Release, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
  check(`${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: rewrite }
  rewrite: { task: Write anew, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
  // Nothing was written when the agent failed, and what is made of another's text is one's own.
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: finish, on: { error: check, unavailable: check } }
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, writes: [offer], next: sum-up }
  sum-up: { task: Sum up, by: bot, mode: ai-executed, reads: [offer], writes: [letter], next: check }
  check: { review: Check, by: clerk, reviews: [letter], ${judged} }
  finish: { end: Finished }
`);
});

test('an assistant is no author, and an agent that only assists the judge does not judge', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, assisted-by: [bot], mode: ai-augmented, decides: clerk, writes: [letter], next: check }
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
  check(`${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { review: Check, by: lead, assisted-by: [bot], mode: ai-augmented, decides: lead, reviews: [letter], ${judged} }
  finish: { end: Finished }
`);
});

test('an AI that judges an AI: not the same agent, model or family, and no delegate', () => {
  const text = (judge: string, mark = '') => `${head}
actors:
  writer: { kind: agent, sponsor: ai-lead, identity: w, model: { provider: example, id: m-1, family: m }, delegates: [{ to: aide }] }
  twin: { kind: agent, sponsor: owner, identity: t, model: [{ provider: other, id: o }, { provider: example, id: m-2, family: m }] }
  same: { kind: agent, sponsor: owner, identity: s, model: { provider: example, id: m-1 } }
  aide: { kind: agent, sponsor: owner, identity: a, model: { provider: other, id: o } }
  stranger: { kind: agent, sponsor: ai-lead, identity: x, model: { provider: other, id: o, family: o } }
defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, uses: [], writes: [letter], next: check }
${mark && `  #                         ^^^^^^ oversight/self-review: ${mark}\n`}  check: { review: Check, by: ${judge}, mode: ai-executed, reviews: [letter], next: finish }
  finish: { end: Finished }
`;
  check(text('writer', "'writer' performs both"));
  check(text('twin', "'writer' and 'twin' can both run on 'm'"));
  check(text('same', "'writer' and 'same' can both run on 'm-1'"));
  check(text('aide', "'writer' delegates to 'aide'"));
  // One sponsor of two agents has judged nothing.
  check(text('stranger'));
});

test('an AI approves nothing, not even as a backup', () => {
  check(`${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: bot, mode: ai-executed, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  #                             ^^^ oversight/self-review: The AI 'bot' approves in 'check', and what an AI says is no approval. Let a person approve, or make it a review.
  finish: { end: Finished }
`);
  check(`${head}
actors: { chief: { kind: human, holders: 1, backup: bot } }
start: { next: check }
steps:
  check: { approval: Check, by: chief, covers: [letter], next: finish, on: { modify: finish, reject: finish, error: finish, unavailable: finish } }
  #                             ^^^^^ oversight/self-review: The AI 'bot' approves in 'check' as the backup
  finish: { end: Finished }
`);
});

test('an agent of an imported file is judged where its work is judged', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./agents.aiwf.yaml]
data: { letter: { class: internal } }
defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, writes: [letter], next: check }
  #                         ^^^^^^ oversight/self-review: 'boss' sponsors 'writer'
  check: { approval: Check, by: boss, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
#- agents.aiwf.yaml
aiwf: 1
library: agents
actors:
  boss: { kind: human, holders: 1 }
  writer: { kind: agent, sponsor: boss }
`);
});

test('work that comes back from a called file is judged by its caller', () => {
  check(`${head}
start: { next: write }
steps:
  write: { call: ./inner.aiwf.yaml, returns: { letter: text }, next: check, on: { error: finish } }
  #              ^^^^^^^^^^^^^^^^^ oversight/self-review: 'ai-lead' sponsors 'bot'
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
#- inner.aiwf.yaml
aiwf: 1
workflow: inner
accountable: owner
use: [./people.aiwf.yaml]
data: { text: { class: internal } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [text], next: done, on: { error: done, unavailable: done } }
  done: { end: Done }
`);
});

test('the fixes: someone else judges, or another holder does', () => {
  assert.equal(
    fixed(
      `${top}
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } } # soon
  finish: { end: Finished }
`,
      "Let 'owner' judge in 'check'",
    ),
    `-   check: { approval: Check, by: ai-lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } } # soon
+   check: { approval: Check, by: owner, covers: [letter], on: { approve: finish, modify: finish, reject: finish } } # soon`,
  );
  assert.equal(
    fixed(
      `${top}
steps:
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: clerk, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`,
      "Keep the judge of 'check' apart from whoever performed 'draft'",
    ),
    `-   check: { approval: Check, by: clerk, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
+   check: { approval: Check, by: clerk, covers: [letter], on: { approve: finish, modify: finish, reject: finish }, distinct-from: [draft] }`,
  );
});

test('judgments of one piece of work with one reason against them are one fault', () => {
  const text = `${head}
defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter, offer], next: { all: [look, check] } }
  #                         ^^^ oversight/self-review: What 'draft' writes ('letter' and 'offer') is reviewed in 'look' and approved in 'check' by one who can be behind it: 'ai-lead' sponsors 'bot'. Let someone else perform 'look' and 'check'.
  look: { review: Look, by: ai-lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
  check: { approval: Check, by: ai-lead, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`;
  check(text);
  assert.equal(
    fixed(text, "Let others judge in 'look' and 'check'"),
    `-   look: { review: Look, by: ai-lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
-   check: { approval: Check, by: ai-lead, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }
+   look: { review: Look, by: owner, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
+   check: { approval: Check, by: owner, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }`,
  );
});
