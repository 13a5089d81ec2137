// Where output of an AI is that nobody has looked at: derivation, judgment, joins, fields, messages, stores, elements.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { aiTaint, unreviewedAi } from '../../src/analysis/origin.ts';
import { analysesOf, nodeNamed, nodeShown } from './graph-reading.ts';

const declared = `aiwf: 1
workflow: w
actors:
  clerk: { kind: human, holders: 1 }
  lead: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: lead }
  erp: { kind: system }
  customer: { kind: external }
data:
  claim: { class: internal }
  draft: { class: internal, fields: { text: string, amount: number } }
  letter: { class: internal }
  note: { class: internal }
`;

/** `draft` where it is unreviewed output of an AI at work in the step. */
function unreviewedAt(analyses: Analyses, step: string, ...paths: readonly string[]): string {
  const taint = analyses.derived(aiTaint);
  const node = nodeNamed(analyses, step);
  return paths.filter((path) => taint.within(node, path) & unreviewedAi).join(' ');
}

/** `draft -> send` and what was written first. */
function pathTo(analyses: Analyses, step: string, path: string): string {
  const found = analyses.derived(aiTaint).pathTo(nodeNamed(analyses, step), path, unreviewedAi, 'within');
  if (!found) return '';
  const nodes = found.edges.map(({ from }) => nodeShown(from));
  return `${found.written}: ${[...nodes, step].join(' -> ')}`;
}

test('what is made of AI output is AI output, whoever makes it, until a human reviews or approves it', () => {
  const analyses = analysesOf(`${declared}
start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: bot, reads: [claim], writes: [draft], next: shorten }
  shorten: { task: Shorten, by: erp, writes: { letter: [draft], note: [claim] }, next: look }
  look: { review: Look, by: clerk, reviews: [letter], next: keep, on: { approve: keep, modify: keep, reject: keep, timeout: late } , within: 1d }
  keep: { task: Keep, by: clerk, next: finish }
  late: { task: Late, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'shorten', 'claim', 'draft', 'letter', 'note'), 'draft letter');
  assert.equal(unreviewedAt(analyses, 'keep', 'draft', 'letter'), 'draft');
  assert.equal(unreviewedAt(analyses, 'late', 'draft', 'letter'), 'draft letter');
  assert.equal(pathTo(analyses, 'late', 'letter'), 'draft: write -> shorten -> look -> late');
});

test('an approval counts at approve alone, and is over when an AI writes again', () => {
  const analyses = analysesOf(`${declared}
start: { next: write }
steps:
  write: { task: Write, by: bot, writes: [draft], next: check }
  check: { approval: Check, by: lead, covers: [draft], on: { approve: good, modify: edited, reject: write } }
  good: { task: Good, by: clerk, next: polish }
  edited: { task: Edited, by: clerk, next: finish }
  polish: { task: Polish, by: bot, reads: [draft], writes: [draft], next: after }
  after: { task: After, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'good', 'draft'), '');
  assert.equal(unreviewedAt(analyses, 'edited', 'draft'), 'draft');
  assert.equal(unreviewedAt(analyses, 'after', 'draft'), 'draft');
  assert.equal(pathTo(analyses, 'after', 'draft'), 'draft: polish -> after');
});

test('fields that are written or judged by themselves are kept apart; all of them together are the whole', () => {
  const analyses = analysesOf(`${declared}
start: { next: write }
steps:
  write: { task: Write, by: bot, writes: [draft], next: check-text }
  check-text: { review: Text, by: clerk, reviews: [draft.text], outcomes: [seen], next: half }
  half: { task: Half, by: clerk, next: check-amount }
  check-amount: { review: Amount, by: clerk, reviews: [draft.amount], outcomes: [seen], next: all }
  all: { task: All, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'half', 'draft.text', 'draft.amount', 'draft'), 'draft.amount draft');
  assert.equal(unreviewedAt(analyses, 'all', 'draft.text', 'draft.amount', 'draft'), '');
});

test('where parallel branches meet, what one of them reviewed is reviewed; what one of them wrote is written', () => {
  const analyses = analysesOf(`${declared}
start: { next: write }
steps:
  write: { task: Write, by: bot, writes: [draft], next: { all: [look, note-it, answer] } }
  look: { review: Look, by: clerk, reviews: [draft], outcomes: [seen], next: join-up }
  note-it: { task: Note, by: clerk, writes: { note: [] }, next: join-up }
  answer: { task: Answer, by: bot, writes: [letter], next: join-up }
  join-up: { task: Join, by: clerk, join: all, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'join-up', 'draft', 'note', 'letter'), 'letter');
  assert.equal(pathTo(analyses, 'join-up', 'letter'), 'letter: answer -> join-up');
});

test('a message brings what it was where it was sent; an AI that sends from elsewhere is an AI', () => {
  const analyses = analysesOf(`${declared}
events:
  ready: { kind: message, gives: [letter] }
  told: { kind: message, from: bot, gives: [note] }
start: [{ next: write }, { on: asked, next: listen }]
steps:
  write: { task: Write, by: bot, writes: [letter], emits: [ready], next: finish }
  listen: { wait: Listen, until: ready, next: hear }
  hear: { wait: Hear, until: told, next: use }
  use: { task: Use, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'hear', 'letter'), 'letter');
  assert.equal(unreviewedAt(analyses, 'use', 'letter', 'note'), 'letter note');
  assert.equal(pathTo(analyses, 'use', 'letter'), 'letter: write -> listen -> hear -> use');
});

test('stored data comes to the next case as the last one left it; data of a case does not', () => {
  const analyses = analysesOf(`${declared.replace('note: {', 'note: { store: memory,')}
stores: { memory: { kind: memory } }
start: { next: recall }
steps:
  recall: { task: Recall, by: clerk, reads: [note, letter], next: write }
  write: { task: Write, by: bot, writes: [note, letter], next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'recall', 'note', 'letter'), 'note');
  assert.equal(pathTo(analyses, 'recall', 'note'), 'note: write -> root -> start -> recall');
});

test('what an effect or a log puts into a memory is part of what it gives back', () => {
  const analyses = analysesOf(`${declared.replace('note: {', 'note: { store: memory,')}
stores: { memory: { kind: memory } }
start: { next: recall }
steps:
  recall: { task: Recall, by: clerk, reads: [note], next: write }
  write: { task: Write, by: bot, writes: [letter], effects: [{ kind: record, to: memory, uses: [letter] }], next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'recall', 'note'), 'note');
  const { text } = analyses.workflow.file;
  const beside = analysesOf(
    text
      .replace('letter: {', 'letter: { store: memory,')
      .replace(
        'writes: [letter], effects: [{ kind: record, to: memory, uses: [letter] }]',
        'writes: [draft], effects: [{ kind: record, to: memory, uses: [draft] }]',
      ),
  );
  assert.equal(unreviewedAt(beside, 'recall', 'note', 'letter'), '', 'nobody knows which of the two it joins');
});

test('the element of a for-each is its list', () => {
  const analyses = analysesOf(`${declared}
start: { next: write }
steps:
  write: { task: Write, by: bot, writes: [draft.text], next: each }
  each:
    scope: Each
    for-each: { item: line, in: draft.text }
    start: look
    steps:
      look: { task: Look, by: clerk, reads: [line], next: judge }
      judge: { review: Judge, by: clerk, reviews: [line], outcomes: [seen] }
    next: after
  after: { task: After, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'look', 'line'), 'line');
  assert.equal(unreviewedAt(analyses, 'after', 'draft.text'), '');
});

test('what failed wrote nothing; what somebody equals with something approved is approved', () => {
  const analyses = analysesOf(`${declared}
start: { next: write }
steps:
  write: { task: Write, by: bot, writes: [draft], next: check, on: { error: failed } }
  failed: { task: Failed, by: clerk, next: finish }
  check: { approval: Check, by: lead, covers: [draft], on: { approve: copy, modify: finish, reject: finish } }
  copy: { task: Copy, by: bot, writes: [letter], next: compare }
  compare: { task: Compare, by: erp, reads: [draft, letter], ensures: [letter == draft], next: use }
  use: { task: Use, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(unreviewedAt(analyses, 'failed', 'draft'), '');
  assert.equal(unreviewedAt(analyses, 'compare', 'letter'), '');
  assert.equal(unreviewedAt(analyses, 'use', 'letter', 'draft'), '');
});
