// Waivers: which findings they accept, when they do not hold, and what is said of those that accept nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Assessment, assess } from '../../src/governance/assess.ts';
import { parseFile } from '../../src/language/parse.ts';
import { hostOf, uriOf } from '../support/check.ts';

const rule = 'flow/unbounded-loop';

/** A loop between `draft` and `check` that nothing bounds, and `waivers`. */
function workflow(waivers: string, amount = ''): string {
  return `aiwf: 1
workflow: loop
accountable: lead
actors:
  lead: { kind: human, holders: 1 }
  clerk: { kind: human, holders: 2 }
  bot: { kind: agent, sponsor: lead }
data: { claim: { class: internal, fields: { amount: number } } }
waivers: [${waivers}]
start: { on: manual, from: clerk, gives: [claim], next: ${amount || 'draft'} }
steps:
  draft: { task: Draft, by: clerk, reads: [claim], next: again }
  again: { task: Look, by: clerk, reads: [claim], next: [{ label: Again, to: draft }, { label: Done, to: done }] }
  done: { end: Done }
`;
}

function waiver(changes: Readonly<Record<string, string>> = {}): string {
  const { at = place, ...more } = changes;
  const fields = { rule, at, reason: ok, owner: 'clerk', 'approved-by': 'lead', expires: '2026-12-31', ...more };
  return `{ ${Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}
const ok = 'Rarely more than twice';

function assessed(text: string, today = '2026-11-24'): Assessment {
  const uri = uriOf('main.aiwf.yaml');
  const host = hostOf(new Map([[uri, text]]));
  return assess(parseFile(uri, text), host, { configuration: undefined, today: Date.parse(today) });
}

const place = assessed(workflow('')).findings.find((finding) => finding.rule === rule)?.place ?? 'none';
const looping = ({ findings }: Assessment) => findings.filter((finding) => finding.rule === rule).length;
const states = ({ waivers }: Assessment) =>
  waivers.map(({ state, count, daysLeft, reason }) => [state, count, daysLeft, ...(reason ? [reason] : [])].join(' '));
const complaints = ({ findings }: Assessment) =>
  findings
    .filter((finding) => finding.rule === 'accountability/waiver-expiry')
    .map(({ severity, message }) => `${severity}: ${message}`);

test('without a waiver the finding counts; with one it is accepted, and nothing else is', () => {
  const without = assessed(workflow(''));
  const waived = assessed(workflow(waiver()));
  assert.equal(looping(without), 1);
  assert.equal(looping(waived), 0);
  assert.deepEqual(
    waived.accepted.map(({ finding, waiver: by }) => [finding.rule, finding.place, by?.reason?.value]),
    [[rule, place, ok]],
  );
  const others = (result: Assessment) => result.findings.map(({ message }) => message).sort();
  assert.deepEqual(
    others(waived),
    others(without).filter(
      (message) =>
        !assessed(workflow('')).findings.some((finding) => finding.rule === rule && finding.message === message),
    ),
  );
  assert.deepEqual(states(waived), ['active 1 37']);
});

test('on its last day a waiver holds; the day after the finding is back and the waiver an error', () => {
  assert.deepEqual(states(assessed(workflow(waiver()), '2026-12-31')), ['active 1 0']);
  const late = assessed(workflow(waiver()), '2027-01-01');
  assert.equal(looping(late), 1);
  assert.deepEqual(states(late), ['expired 1 -1']);
  assert.match(complaints(late).join(), /^error: The waiver of 'flow\/unbounded-loop' at '\w+' ended on 2026-12-31\./);
});

test('a waiver with nothing to accept is a warning', () => {
  const unused = assessed(workflow(waiver({ at: 'done' })));
  assert.equal(looping(unused), 1);
  assert.deepEqual(states(unused), ['unused 0 37']);
  assert.deepEqual(complaints(unused), [
    "warning: The waiver of 'flow/unbounded-loop' at 'done' is not used: the rule finds nothing there. Remove it.",
  ]);
});

test('that the waiver of a rule that nobody asks for is unused is not said', () => {
  const { waivers, findings } = assessed(workflow(waiver({ rule: 'structure/readability' })));
  assert.equal(waivers[0]?.state, 'unused');
  assert.equal(findings.filter((finding) => finding.rule === 'accountability/waiver-expiry').length, 0);
});

test('one that lacks a key, is approved by its owner, its author or no person, or waives the text accepts nothing', () => {
  const refused: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ reason: '' }, /'reason' is missing/],
    [{ expires: '' }, /'expires' is missing/],
    [{ owner: 'lead' }, /is approved by 'lead', who answers for it/],
    [{ owner: 'lead', 'approved-by': 'clerk' }, /is approved by 'clerk', who does the work there/],
    [{ 'approved-by': 'bot' }, /is approved by 'bot', who is no person/],
    [{ when: 'claim.amount < 5' }, /condition under `when` is not shown to hold there/],
    [{ rule: 'language/unknown-key' }, /is mended, not accepted/],
  ];
  for (const [changes, why] of refused) {
    const result = assessed(workflow(waiver(changes)));
    assert.equal(looping(result), 1, JSON.stringify(changes));
    assert.match(states(result).join(), why);
  }
});

test('a condition that all values at the step meet lets the waiver hold', () => {
  const small = '[{ when: claim.amount < 5, to: draft }, { else: done }]';
  assert.deepEqual(states(assessed(workflow(waiver({ when: 'claim.amount < 5' }), small))), ['active 1 37']);
  assert.match(states(assessed(workflow(waiver({ when: 'claim.amount < 4' }), small))).join(), /not shown to hold/);
});
