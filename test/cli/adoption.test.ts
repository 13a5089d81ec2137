// A story: a project with many findings adopts the rules, a change weakens a control and is stopped, the finding is waived
// for a time, and when that has passed it is back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { bundleCli, folderOf, type Result, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const configuration = (today: string) => `baseline: ./aiwf.baseline.json\ntoday: ${today}\n`;

/** Work of an AI that nobody bounds, watches or logs; paying is approved by the lead. */
function payment(id: string, target = 'approve', waivers = ''): string {
  return `aiwf: 1
workflow: ${id}
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  manager: { kind: human, holders: 1 }
  clerk: { kind: human, holders: 2 }
  writer: { kind: agent, sponsor: clerk }
data: { invoice: { class: internal, trust: trusted } }
start: { on: manual, from: clerk, gives: [invoice], next: draft }
${waivers}steps:
  draft: { task: Draft, by: writer, reads: [invoice], writes: [invoice], next: ${target} }
  approve: { approval: Approve, by: lead, covers: [invoice], on: { approve: pay, reject: draft, modify: draft } }
  pay:
    task: Pay
    by: clerk
    effects: [{ kind: payment, irreversible: true, external: true, uses: [invoice] }]
    next: paid
  paid: { end: Paid }
`;
}

test('adopt by baseline, weaken, fail with the path, waive, pass, run out, fail', () => {
  const names = Array.from({ length: 25 }, (_, at) => `pay-${at}`);
  const folder = folderOf({
    'aiwf.config.yaml': configuration('2026-11-24'),
    ...Object.fromEntries(names.map((name) => [`flows/${name}.aiwf.yaml`, payment(name)])),
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder, stdio: 'ignore' });
  const check = (...args: string[]): Result => runCli(cli, ['check', ...args], folder);
  const file = join(folder, 'flows/pay-3.aiwf.yaml');

  const adopting = check('--format', 'json');
  assert.equal(adopting.code, 1);
  const { length: count } = (JSON.parse(adopting.output) as { findings: unknown[] }).findings;
  assert.ok(count >= 200, `${count} findings`);
  const taken = check('--update-baseline');
  assert.equal(taken.output, `${count} findings of 25 files taken as known\n`);
  assert.equal(taken.code, 0);
  const adopted = check();
  assert.equal(adopted.code, 0, adopted.output);
  assert.match(adopted.output, new RegExp(`^25 files, 0 errors, 0 warnings, 0 infos, ${count} known before\n`));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Adopt');

  // Another branch that pays without approval.
  const weakened = payment('pay-3', '[{ label: Small, to: pay }, { label: Large, to: approve }]');
  writeFileSync(file, weakened);
  const failing = check('--base', 'HEAD');
  assert.equal(failing.code, 1, failing.output);
  assert.match(failing.output, /flows\/pay-3\.aiwf\.yaml:\d+:\d+ error oversight\/irreversible-unapproved/);
  assert.match(failing.output, /path: .*draft .*pay/);
  assert.match(failing.output, /improvement\/control-regression/);
  const report = JSON.parse(check('--base', 'HEAD', '--format', 'json').output) as {
    findings: { rule: string; place: string; severity: string }[];
  };
  const faults = new Map(report.findings.map(({ rule, place }) => [`${rule} ${place}`, { rule, place }]));

  const waivers = `waivers:\n${[...faults.values()]
    .map(
      ({ rule, place }) =>
        `  - { rule: ${rule}, at: "${place}", reason: Small sums are booked back, owner: lead, approved-by: manager, expires: 2026-12-31 }\n`,
    )
    .join('')}`;
  writeFileSync(file, payment('pay-3', '[{ label: Small, to: pay }, { label: Large, to: approve }]', waivers));
  const waived = check('--base', 'HEAD');
  assert.equal(waived.code, 0, waived.output);
  assert.match(waived.output, /\d+ waived/);

  writeFileSync(join(folder, 'aiwf.config.yaml'), configuration('2027-01-01'));
  const late = check('--base', 'HEAD');
  assert.equal(late.code, 1);
  assert.match(late.output, /error oversight\/irreversible-unapproved/);
  assert.match(late.output, /error accountability\/waiver-expiry .* ended on 2026-12-31/);
});

test('what is no longer found is said and taken out; other files keep their entries; a deleted file has none', () => {
  const folder = folderOf({
    'aiwf.config.yaml': configuration('2026-11-24'),
    'a.aiwf.yaml': payment('a'),
    'b.aiwf.yaml': payment('b'),
  });
  const check = (...args: string[]) => runCli(cli, ['check', ...args], folder, { CI: '' });
  const known = () => JSON.parse(readFileSync(join(folder, 'aiwf.baseline.json'), 'utf8')) as { files: object };
  assert.equal(check('--update-baseline').code, 0);
  const start = 'aiwf: 1\nworkflow: a\n';
  writeFileSync(join(folder, 'a.aiwf.yaml'), payment('a').replace(start, `${start}# moved\n\n`));
  assert.deepEqual([check().code, check().errors], [0, '']);
  writeFileSync(join(folder, 'a.aiwf.yaml'), payment('a').replace('by: writer,', 'by: writer, mode: ai-executed,'));
  const before = known();
  const gone = /a\.aiwf\.yaml: \d+ of the baseline (is|are) no longer found/;
  assert.match(runCli(cli, ['check'], folder, { CI: 'true' }).errors, gone);
  assert.match(check('--no-update-baseline').errors, gone);
  assert.match(check('--base', 'a.aiwf.yaml', 'a.aiwf.yaml').errors, gone);
  assert.doesNotMatch(check('--profile', 'strict').errors, /baseline/);
  assert.deepEqual(known(), before);
  assert.match(check().errors, /aiwf\.baseline\.json: \d+ findings? (is|are) no longer there and (was|were) taken out/);
  assert.equal(check().errors, '');
  assert.deepEqual(Object.keys(known().files), ['a.aiwf.yaml', 'b.aiwf.yaml']);
  execFileSync('rm', [join(folder, 'b.aiwf.yaml')]);
  check('--update-baseline');
  assert.deepEqual(Object.keys(known().files), ['a.aiwf.yaml']);
});

test('too many warnings are a failure; without a named baseline there is none to write', () => {
  const folder = folderOf({ 'a.aiwf.yaml': payment('a') });
  const check = (...args: string[]) => runCli(cli, ['check', ...args], folder);
  const warnings = Number(/(\d+) warnings/.exec(check().output)?.[1]);
  assert.ok(warnings > 1);
  assert.match(check('--max-warnings', '1').errors, new RegExp(`${warnings} warnings, at most 1 are allowed`));
  assert.doesNotMatch(check('--max-warnings', String(warnings)).errors, /allowed/);
  assert.equal(check('--max-warnings', 'few').code, 2);
  const unnamed = check('--update-baseline');
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.errors, /no baseline is named for a\.aiwf\.yaml/);
});
