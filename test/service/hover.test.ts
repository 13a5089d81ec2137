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
  assert.match(hover('  draft:\n', 'draft'), /Deadline: 1 day 12 hours \(36 h\)/);
});

test('outcomes and events', () => {
  assert.match(hover('error: done', 'error'), /The performer failed[\s\S]*AI agent[\s\S]*Then: `done`/);
  assert.match(hover('paid: done', 'paid'), /message event/);
});

test('durations in words', () => assert.equal(hover('1d12h'), '1 day 12 hours (36 h)'));

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

const flow = `aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 2, calendar: office, authority: { approve: claim.amount < 5, modify: true, reject: false } }
  bot: { kind: agent, sponsor: lead, tools: { search: { effect: none } } }
  customer: { kind: external, clearance: personal }
calendars: { office: { days: mon-fri, hours: 08:00-18:00 } }
data:
  claim: { class: personal, fields: { amount: number } }
  note: { labels: [urgent] }
handoffs: { standard: { payload: [claim, note], ack: 1h, owner-until-ack: sender } }
start: { on: message, from: customer, gives: [claim], next: draft }
steps:
  draft:
    task: Draft
    by: bot
    reads: [claim]
    writes: [note]
    within: 90m
    next: { to: check, handoff: standard }
  check:
    approval: Check
    by: lead
    accountable: lead
    covers: [note]
    within: 2d
    on: { approve: out, modify: out, reject: draft, timeout: out }
  out: { call: ./payout.aiwf.yaml, next: done }
  done: { end: Done }
sla: { max: 3d, calendar: office }
waivers: { rule: flow/x, at: draft, reason: r, owner: lead, approved-by: lead, expires: 2027-01-01 }
#- payout.aiwf.yaml
aiwf: 1
workflow: payout
title: Pay *out*
data: { sum: {} }
start: { gives: [sum], next: end }
steps:
  end: { end: Paid }
  failed: { end: Not paid, outcome: failed }
#- other.aiwf.yaml
aiwf: 1
workflow: other
`;

/** Hover over the first character of `word` inside `where`, in a flow. */
function inFlow(where: string, word = where): string {
  assert.ok(flow.includes(where), where);
  const at = flow.indexOf(where) + where.lastIndexOf(word);
  return hoverIn(`${flow.slice(0, at)}<|>${flow.slice(at)}`) ?? '';
}

test('steps: who answers, deadline, handoffs with their contract, mentions', () => {
  const draft = inFlow('next: draft', 'draft');
  assert.match(draft, /- Accountable: `lead`, by the workflow/);
  assert.match(draft, /- Deadline: 90 minutes \(1.5 h\)/);
  assert.match(
    draft,
    /Handed over to it:\n- from `customer` at the start: no contract\n- from `lead` in `check`: no contract/,
  );
  assert.match(
    draft,
    /Handed over by it:\n- to `lead` in `check`: `claim`, `note`; confirmed within 1 hour; owner until then `sender`/,
  );
  assert.match(draft, /Mentioned 3 times: in `workflow`, `check`\./);
  const check = inFlow('to: check', 'check');
  assert.match(check, /- Accountable: `lead`\n/);
  assert.match(check, /- Deadline: 2 days = 20 h of working time by `office`, at most .* on the clock, then `out`/);
  assert.doesNotMatch(inFlow('  done: { end', 'done'), /Accountable|Handed/);
});

test('actors: authority and where they are used', () => {
  const lead = inFlow('by: lead', 'lead');
  assert.match(lead, /Authority: `approve` if `claim.amount < 5`, `modify`, not `reject`/);
  assert.match(lead, /Calendar: `office`/);
  assert.match(lead, /Mentioned \d+ times: in `workflow`, `actor:bot`, `check`/);
});

test('data: the class that flows in, who makes and who reads it', () => {
  const note = inFlow('covers: [note', 'note');
  assert.match(note, /Class: not stated/);
  assert.match(note, /Class by what it is made of: personal/);
  assert.match(note, /Made by: ai; not looked at by a human yet behind `draft`/);
  assert.match(note, /Comes from: `draft`\n- Read by: `check` \(`lead`\)/);
  assert.match(inFlow('reads: [claim', 'claim'), /Comes from: the start\n- Read by: `draft` \(`bot`\)/);
});

test('durations in hours, and in working time where a calendar counts', () => {
  assert.match(inFlow('within: 90m', '90m'), /^90 minutes \(1.5 h\)$/);
  assert.match(
    inFlow('within: 2d', '2d'),
    /^2 days = 20 h of working time by `office`, at most \d+ days? .*on the clock$/,
  );
  assert.match(inFlow('max: 3d', '3d'), /= 30 h of working time by `office`/);
  assert.equal(inFlow('ack: 1h', '1h'), '1 hour');
});

test('files and workflows: what they declare, are given and end as', () => {
  const payout = inFlow('./payout.aiwf.yaml');
  assert.match(payout, /`payout` — workflow in `payout.aiwf.yaml`\n\n\*\*Pay \\\*out\\\*\*\*/);
  assert.match(payout, /Declares: 1 data, 2 steps|Declares: 1 data/);
  assert.match(payout, /Is given: `sum`\n- Ends as: `completed`, `failed`/);
  assert.match(hoverIn('aiwf: 1\nuse: [./go<|>ne.aiwf.yaml]\n') ?? '', /no such file can be read/);
});

test('free names say what they are and where else they stand', () => {
  assert.match(inFlow('labels: [urgent', 'urgent'), /`urgent` — label, a free name\n\nMentioned once: in `data:note`/);
});

test('half-typed declarations are described as far as they go', () => {
  for (const text of [
    'aiwf: 1\nsteps:\n  dr<|>aft:',
    'aiwf: 1\ndata:\n  no<|>te',
    'aiwf: 1\nsteps:\n  a: { task: A, by: <|>x, next: [',
    'aiwf: 1\nactors: { a: { kind: human, authority: { approve: } }, b: { sponsor: <|>a',
    'aiwf: 1\nsteps: { w: { wait: W, for: 2<|>d',
  ])
    assert.doesNotThrow(() => hoverIn(text), text);
});
