// `aiwf waivers`, and `aiwf check` with waivers of a configuration.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const workflow = (waivers = '') => `aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  clerk: { kind: human, holders: 1 }
start: { on: manual, from: clerk, next: work }
${waivers}steps:
  work: { task: Work, by: clerk, next: again }
  again: { route: Again?, next: [{ label: yes, to: work }, { label: no, to: done }] }
  done: { end: Done }
`;
const one = (rest: string) =>
  `  - { rule: flow/unbounded-loop, at: again, reason: "A person | ends it", owner: lead, ${rest} }\n`;
const files = {
  'aiwf.config.yaml': `today: 2026-11-24\nwaivers:\n${one('in: b.aiwf.yaml, approved-by: ciso, expires: 2027-01-31').replace('at: again', 'at: work')}${one('in: none/**, approved-by: ciso, expires: 2028-01-31')}`,
  'a.aiwf.yaml': workflow(`waivers:\n${one('approved-by: ciso, expires: 2026-11-01, ticket: T-1')}`),
  'b.aiwf.yaml': workflow(),
};

test('the register lists every waiver by its last day, with its state; exit code 1 where one is over', () => {
  const folder = folderOf(files);
  const { code, output } = runCli(cli, ['waivers', '--format', 'json'], folder);
  assert.equal(code, 1);
  const { waivers } = JSON.parse(output);
  const short = ({ file, line, expires, state, count, daysLeft }: Record<string, unknown>) =>
    [file, line, expires, state, count, daysLeft].join(' ');
  const rows = waivers.map(short);
  assert.equal(rows[0], 'a.aiwf.yaml 9 2026-11-01 expired 0 -23');
  assert.match(rows[1], /^aiwf\.config\.yaml 3 2027-01-31 (active 1|unused 0) 68$/);
  assert.equal(rows[2], 'aiwf.config.yaml 4 2028-01-31 unused 0 433');
  assert.equal(waivers[0].ticket, 'T-1');
  assert.deepEqual(waivers[2].in, ['none/**']);
  const text = runCli(cli, ['waivers'], folder).output;
  assert.match(
    text,
    /^a\.aiwf\.yaml:9 ended 23 days ago\n {2}flow\/unbounded-loop at again\n {2}reason: A person \| ends it\n/,
  );
  assert.match(text, /\n3 waivers, \d active, 1 expired/);
  assert.match(runCli(cli, ['waivers', '--format', 'markdown'], folder).output, /\| A person \\\| ends it \|/);
  assert.deepEqual(runCli(cli, ['waivers', 'b.aiwf.yaml', '--format', 'xml'], folder).code, 2);
});

test('a whole check says which waivers of the configuration are not used; a check of one file does not', () => {
  const folder = folderOf(files);
  const whole = runCli(cli, ['check', '--cache-location', 'cache'], folder).output;
  assert.match(whole, /aiwf\.config\.yaml:4:\d+ warning accountability\/waiver-expiry The waiver of .* is not used/);
  assert.doesNotMatch(runCli(cli, ['check', 'b.aiwf.yaml'], folder).output, /is not used/);
  assert.equal(runCli(cli, ['check', '--cache-location', 'cache'], folder).output, whole, 'and so does a second one');
});
