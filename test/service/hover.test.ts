// Hover over keys, words, ids, outcomes, names in conditions, rules; hostile titles stay text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverIn } from '../support/service.ts';

const text = `aiwf: 1
workflow: w
profile: [recommended]
actors:
  clerk: { kind: human, holders: 2, title: Claims clerk }
  bot: { kind: agent, sponsor: clerk, autonomy: L3, clearance: personal }
data:
  claim:
    class: personal
    trust: untrusted
    fields:
      state: { enum: [open, closed] }
      amount: { type: number, minimum: 0 }
      lines: [{ price: number }]
events:
  paid: { kind: message, from: clerk, gives: [claim] }
steps:
  draft:
    task: Draft it
    by: bot
    mode: ai-executed
    reads: [claim.amount]
    within: 1d12h
    next:
      - when: claim.amount > 3 && claim.lines.exists(l, l.price > 1)
        to: check
      - else: done
    on: { error: done }
  check:
    approval: Check
    by: clerk
    covers: [claim]
    on: { approve: done, paid: done }
  done: { end: Done }
waivers:
  - { rule: oversight/stop-control, at: actor:bot, reason: r, owner: clerk, approved-by: clerk, expires: 2030-01-01 }
`;

/** Hover over the first character of \`word\` inside \`where\`. */
function hover(where: string, word = where): string {
  const at = text.indexOf(where) + where.lastIndexOf(word);
  assert.ok(text.includes(where), where);
  return hoverIn(`${text.slice(0, at)}<|>${text.slice(at)}`) ?? '';
}

test('keys: meaning, value, default', () => {
  assert.match(hover('within: 1d'), /Time limit[\s\S]*Value: a duration/);
  assert.match(hover('workflow: w'), /Id of the workflow/);
  assert.match(hover('trust: untrusted'), /one of `trusted`, `untrusted`/);
});

test('words', () => {
  assert.match(hover('mode: ai-executed', 'ai-executed'), /The AI performs/);
  assert.match(hover('autonomy: L3', 'L3'), /Consultant/);
});

test('actors', () => {
  assert.match(hover('by: bot', 'bot'), /`bot` — agent[\s\S]*Sponsor: `clerk`[\s\S]*Autonomy: L3/);
  assert.match(hover('by: clerk', 'clerk'), /Claims clerk/);
});

test('data and its fields', () => {
  assert.match(
    hover('covers: [claim]', 'claim'),
    /Class: personal[\s\S]*Trust: untrusted[\s\S]*`amount`: number, at least 0/,
  );
  assert.match(hover('reads: [claim.amount]', 'amount'), /`claim.amount` — number, at least 0[\s\S]*class personal/);
  assert.match(hover('state: { enum'), /one of `"open"`, `"closed"`/);
});

test('steps', () => {
  assert.match(hover('to: check', 'check'), /`check` — approval[\s\S]*By: `clerk` \(human\)/);
  assert.match(hover('  draft:\n', 'draft'), /Within: 1 day 12 hours/);
});

test('outcomes and events', () => {
  assert.match(hover('error: done', 'error'), /The performer failed[\s\S]*AI agent[\s\S]*Then: `done`/);
  assert.match(hover('paid: done', 'paid'), /message event/);
});

test('durations in words', () => assert.equal(hover('1d12h'), '1 day 12 hours'));

test('names in conditions', () => {
  assert.match(hover('when: claim.amount', 'claim'), /`claim` — data/);
  assert.match(hover('when: claim.amount', 'amount'), /number, at least 0/);
  assert.match(hover('exists(l'), /At least one|at least one/);
  assert.match(hover('l.price', 'price'), /number/);
});

test('rules, presets and places', () => {
  assert.match(hover('[recommended]', 'recommended'), /What every workflow with AI should hold/);
  assert.match(hover('rule: oversight/stop-control', 'oversight'), /error|warning/);
  assert.match(hover('at: actor:bot', 'actor:bot'), /`bot` — agent/);
});

test('nothing between words, in comments and at unknown ids', () => {
  assert.equal(hoverIn('aiwf: 1 # com<|>ment\n'), undefined);
  assert.equal(hoverIn('aiwf: 1\nstart: { next: no<|>where }\n'), undefined);
});

test('a file that is not a map has no hover', () => {
  assert.equal(hoverIn('- <|>a\n'), undefined);
  assert.equal(hoverIn('<|>'), undefined);
});

test('what a user wrote never becomes markup', () => {
  const title =
    '"[click](command:evil) <img src=x onerror=alert(1)> **b** `c` https://evil.example www.evil.example a@b.example ![i](x) $(flame)"';
  const shown =
    hoverIn(`aiwf: 1\nactors:\n  bot: { kind: agent, title: ${title} }\nsteps:\n  a: { task: x, by: b<|>ot }\n`) ?? '';
  // The title stands in bold; a backslash makes a sign of Markdown a plain character.
  const [, inner = ''] = /\n\*\*(.*)\*\*\n/.exec(shown) ?? [];
  assert.ok(inner.includes('click'), shown);
  assert.doesNotMatch(inner, /(?<!\\)[[\]()<>*`!@$:&_#|]/);
  assert.doesNotMatch(inner, /www\./);
  const id = hoverIn('aiwf: 1\nactors:\n  "a`b[x](command:y)": { kind: h<|>uman }\n');
  assert.match(id ?? '', /A role held by people/);
  const odd = hoverIn('aiwf: 1\nactors:\n  "a`b](command:y)<|>": { kind: human }\n') ?? '';
  assert.match(odd, /^`a'b\]\(command:y\)` — human/);
});

test('data written in the short form says who writes it', () => {
  const short = text.replace('    within: 1d12h', '    writes: answer\n    within: 1d12h');
  const hover = hoverIn(short.replace('events:', '  <|>answer: { class: internal }\nevents:'));
  assert.match(hover ?? '', /Written by: `draft`/);
});
