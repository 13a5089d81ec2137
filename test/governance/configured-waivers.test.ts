// Waivers of a configuration: they accept findings of the files they name, and what is wrong with them is said there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assess } from '../../src/governance/assess.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { configuredWaiverFindings, waiverUses } from '../../src/governance/configured-waivers.ts';
import { parseFile } from '../../src/language/parse.ts';
import { hostOf } from '../language/parsing.ts';

const workflow = `aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  clerk: { kind: human, holders: 1 }
start: { on: manual, from: clerk, next: work }
steps:
  work: { task: Work, by: clerk, next: again }
  again: { route: Again?, next: [{ label: yes, to: work }, { label: no, to: done }] }
  done: { end: Done }
`;
const rule = 'flow/unbounded-loop';
const today = Date.parse('2026-11-24');

function waiver(keys: Readonly<Record<string, string>> = {}): string {
  const all = {
    in: 'flows/**',
    rule,
    at: 'again',
    reason: 'A person ends it.',
    owner: 'lead',
    'approved-by': 'ciso',
    expires: '2027-01-31',
  };
  return `waivers:\n  - { ${Object.entries({ ...all, ...keys })
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')} }\n`;
}

function checked(text: string, uri = 'file:///work/flows/a.aiwf.yaml') {
  const configuration = parseConfiguration('file:///work/aiwf.config.yaml', text);
  const assessment = assess(parseFile(uri, workflow), hostOf(), { configuration, today });
  const uses = waiverUses(assessment);
  const complaints = (isWhole: boolean) =>
    configuredWaiverFindings(configuration, today, { uses, isWhole }).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const open = assessment.findings.filter((finding) => finding.rule === rule);
  return { configuration, assessment, open, complaints };
}

const place = checked('').open[0]?.place ?? '';

test('a waiver accepts the finding in the files it names, and in no other', () => {
  const text = waiver({ at: place });
  const { configuration, open, assessment, complaints } = checked(text);
  assert.deepEqual(configuration.problems, []);
  assert.deepEqual(open, []);
  assert.equal(assessment.accepted[0]?.waiver?.approvedBy?.name, 'ciso');
  assert.equal(assessment.accepted[0]?.isConfigured, true);
  assert.deepEqual(complaints(true), []);
  assert.equal(checked(text, 'file:///work/other/a.aiwf.yaml').open.length, 1);
});

test('one that is over accepts nothing, and that is an error where it stands', () => {
  const { open, complaints } = checked(waiver({ at: place, expires: '2026-11-23' }));
  assert.equal(open.length, 1);
  assert.deepEqual(complaints(true), [
    `error: The waiver of '${rule}' at '${place}' ended on 2026-11-23. Mend what it is about, or have a new one approved.`,
  ]);
});

test('its owner, who does the work, and nobody with a key missing can approve it', () => {
  const own = checked(waiver({ at: place, 'approved-by': 'lead' }));
  assert.equal(own.open.length, 1);
  assert.match(own.complaints(false)[0] ?? '', /error: .* is approved by 'lead', who answers for it/);
  const text = waiver({ at: 'work', rule: 'handoff/contract-required', 'approved-by': 'clerk' });
  assert.match(
    checked(text).complaints(false)[0] ?? '',
    /error: .* accepts nothing: is approved by 'clerk', who does the work there/,
  );
  const { configuration, open } = checked(waiver({ at: place }).replace(', reason: A person ends it.', ''));
  assert.equal(open.length, 1);
  assert.match(configuration.problems[0]?.message ?? '', /needs the key 'reason'/);
  assert.match(
    parseConfiguration('file:///work/aiwf.config.yaml', waiver({ when: 'true' })).problems[0]?.message ?? '',
    /'when'/,
  );
});

test('one with nothing to accept is a warning, once every file was checked', () => {
  const { complaints } = checked(waiver({ at: 'done' }));
  assert.deepEqual(complaints(false), []);
  assert.deepEqual(complaints(true), [
    `warning: The waiver of '${rule}' at 'done' is not used: the rule finds nothing there. Remove it.`,
  ]);
});
