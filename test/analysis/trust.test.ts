// How far data can be relied on: declared, given by someone outside, derived, validated, approved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { steeredTaint, trustTaint, unknownTrust, untrusted } from '../../src/analysis/trust.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

const declared = `aiwf: 1
workflow: w
actors:
  clerk: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: clerk }
  erp: { kind: system }
  customer: { kind: external }
data:
  mail: { trust: untrusted }
  form: {}
  order: { trust: trusted, fields: { amount: number, text: string } }
  reply: {}
`;

/** `mail order?`: untrusted, and unknown with a question mark. */
function doubted(analyses: Analyses, step: string, ...paths: readonly string[]): string {
  return shown(analyses.derived(trustTaint).within.bind(undefined, nodeNamed(analyses, step)), paths);
}

function shown(labelsOf: (path: string) => number, paths: readonly string[]): string {
  const marked = paths.map((path) => {
    const labels = labelsOf(path);
    return (labels & untrusted) !== 0 ? path : (labels & unknownTrust) !== 0 ? `${path}?` : '';
  });
  return marked.filter(Boolean).join(' ');
}

test('what derives from untrusted data is untrusted; what someone outside gives is unknown unless its declaration says it', () => {
  const analyses = analysesOf(`${declared}
start: { from: customer, gives: [mail, form, order], next: read }
steps:
  read: { task: Read, by: bot, writes: { reply: [mail], order.text: [form] }, next: fill }
  fill: { task: Fill, by: customer, writes: { reply: [] }, next: finish }
  finish: { end: Finished }
`);
  assert.equal(doubted(analyses, 'read', 'mail', 'form', 'order', 'order.amount', 'reply'), 'mail form? order? reply');
  assert.equal(doubted(analyses, 'fill', 'reply'), 'reply?');
});

test('a validation by anyone but an AI, and the approval of a human, end it for exactly that data', () => {
  const analyses = analysesOf(`${declared}
start: { from: customer, gives: [mail, form], next: by-ai }
steps:
  by-ai: { task: By an AI, by: bot, validates: [mail], writes: { order: [mail] }, next: check }
  check: { task: Check, by: erp, validates: [order.amount, { data: form, against: mail }], next: approve, on: { error: failed } }
  failed: { task: Failed, by: clerk, next: finish }
  approve: { approval: Approve, by: clerk, covers: [mail], on: { approve: good, modify: edited, reject: finish } }
  good: { task: Good, by: clerk, next: look }
  look: { review: Look, by: clerk, reviews: [order.text], on: { approve: seen, modify: finish, reject: finish } }
  seen: { task: Seen, by: clerk, next: finish }
  edited: { task: Edited, by: clerk, next: finish }
  finish: { end: Finished }
`);
  assert.equal(doubted(analyses, 'by-ai', 'mail', 'form', 'order.amount'), 'mail form? order.amount');
  assert.equal(doubted(analyses, 'failed', 'mail', 'form', 'order.amount'), 'mail form? order.amount');
  assert.equal(doubted(analyses, 'good', 'mail', 'form', 'order.amount', 'order.text'), 'order.text');
  assert.equal(doubted(analyses, 'seen', 'order.text'), '');
  assert.equal(doubted(analyses, 'edited', 'mail', 'form'), 'mail');
});

test('output is steered where an AI made it of untrusted data, and what people make of such data is not', () => {
  const analyses = analysesOf(`${declared}
start: { from: customer, gives: [mail], next: read }
steps:
  read: { task: Read, by: bot, writes: { reply: [mail], form: [] }, next: note }
  note: { task: Note, by: clerk, writes: { order: [mail] }, next: finish }
  finish: { end: Finished }
`);
  const node = nodeNamed(analyses, 'note');
  const steered = (path: string) => analyses.derived(steeredTaint).within(node, path);
  assert.equal(shown(steered, ['mail', 'reply', 'form', 'order']), 'reply');
});
