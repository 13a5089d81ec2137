// Backups and fallbacks that lead back to where they began.
import { test } from 'node:test';
import { forRules } from '../support/check.ts';

const { check } = forRules();

const rest = `start: { next: done }
steps:
  done: { end: Done }
`;

test('a circle of backups and fallbacks is said once, at the first of them in the file', () => {
  check(`aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 1, backup: bot }
  #                                        ^^^ language/invalid-value: Those who take over lead back to where they began: lead -> bot -> lead.
  bot: { kind: agent, sponsor: lead, fallback: lead }
${rest}`);
});

test('one who takes over from itself is a circle as well', () => {
  check(`aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 1, backup: lead }
  #                                        ^^^^ language/invalid-value: lead -> lead
${rest}`);
});

test('a chain that ends, and two who share a backup, are right', () => {
  check(`aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 1, backup: clerk }
  deputy: { kind: human, holders: 1, backup: clerk }
  clerk: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: lead, fallback: deputy }
${rest}`);
});
