// `aiwf check` writes reports: in every form the same, on standard output or in a file, and Microsoft's validator accepts
// the SARIF, also by the rules of what GitHub takes in.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc, { type GeneratorValue } from 'fast-check';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import { checkFormats } from '../../src/report/render.ts';
import { drawText } from '../support/any-workflow.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';
import { exampleTexts } from '../support/reported.ts';
import { runOf, schemaFaults, shown, validatorSays } from '../support/sarif.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const waiver = `waivers:
  - rule: flow/wait-without-timeout
    at: wait-for-parts
    reason: The parts list is looked through every Monday.
    owner: workshop-lead
    approved-by: service-manager
    expires: 2027-01-31
`;

/** The examples, one finding waived, those of one file known. */
function project(): string {
  const folder = folderOf({
    ...exampleTexts,
    'warranty-return.aiwf.yaml': `${exampleTexts['warranty-return.aiwf.yaml']}${waiver}`,
    'aiwf.config.yaml': 'baseline: ./known.json\ntoday: 2026-11-24\n',
  });
  assert.equal(runCli(cli, ['check', 'grant-application.aiwf.yaml', '--update-baseline'], folder).code, 0);
  return folder;
}

/** Notes say what could be more, such as the text of whole files; faults are what they call warnings and errors. */
function faultsIn(log: string): readonly string[] {
  assert.deepEqual(schemaFaults(log), []);
  return validatorSays(log).filter((line) => !line.startsWith('note '));
}

test('the validator accepts the SARIF of a project with accepted findings, unread files and an odd name', () => {
  const folder = project();
  const { code, output } = runCli(cli, ['check', '.', 'none ü#.aiwf.yaml', '--format', 'sarif'], folder);
  assert.equal(code, 2);
  const { results, invocations } = runOf(output);
  assert.equal(invocations[0]?.executionSuccessful, false);
  const suppressed = results.filter(({ suppressions }) => suppressions);
  assert.ok(suppressed.length > 1 && results.length > suppressed.length);
  assert.deepEqual(faultsIn(output), []);
  assert.ok(!output.includes(folder), 'no path of the machine is in it');
});

test('the validator accepts the SARIF of a generated project', () => {
  const drawn = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
  const folder = folderOf({
    ...Object.fromEntries(workflowShapes.map((shape) => [`${shape}.aiwf.yaml`, workflowText(shape, 24)])),
    ...Object.fromEntries(fc.sample(drawn, { numRuns: 15, seed: 6 }).map((text, at) => [`${at}.aiwf.yaml`, text])),
    'aiwf.config.yaml': 'profile: [strict]\ntoday: 2026-11-24\n',
  });
  const { output } = runCli(cli, ['check', '--format', 'sarif'], folder);
  assert.ok(runOf(output).results.length > 300);
  assert.deepEqual(faultsIn(output), []);
});

test('the validator finds faults', () => {
  const { output } = runCli(cli, ['check', '--format', 'sarif'], project());
  const broken = output.replaceAll('"ruleIndex": 1', '"ruleIndex": 1999').replace('"name": "aiwf"', '"name": ""');
  assert.notDeepEqual(faultsIn(broken), []);
});

test('every form is written to a file as it would be printed, and one line says what was found', () => {
  const folder = project();
  for (const format of checkFormats) {
    const printed = runCli(cli, ['check', '--format', format], folder);
    const written = runCli(cli, ['check', '--format', format, '--output', `report.${format}`], folder);
    assert.equal(readFileSync(join(folder, `report.${format}`), 'utf8'), printed.output, format);
    assert.match(written.output, /^10 files, \d+ errors, \d+ warnings?, 0 infos, 1 waived, \d+ known before\n$/);
    assert.deepEqual([printed.code, written.code], [1, 1]);
    assert.deepEqual([printed.errors, written.errors], ['', '']);
  }
});

test('a report never takes the place of a workflow, and what cannot be written is a failure', () => {
  const folder = project();
  const text = readFileSync(join(folder, 'grant-application.aiwf.yaml'), 'utf8');
  const over = runCli(cli, ['check', '--output', 'grant-application.aiwf.yaml'], folder);
  assert.equal(over.code, 2);
  assert.match(over.errors, /a workflow is not overwritten with a report/);
  assert.equal(readFileSync(join(folder, 'grant-application.aiwf.yaml'), 'utf8'), text);
  const nowhere = runCli(cli, ['check', '--output', 'no/such/folder.txt'], folder);
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.errors, /no\/such\/folder\.txt: cannot be written/);
});

test('paths are relative to where it runs, and hashes are those of the bytes', () => {
  const bytes = Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(exampleTexts['grant-application.aiwf.yaml'] ?? '')]);
  const folder = folderOf({ 'flows/a b.aiwf.yaml': bytes });
  for (const path of [join(folder, 'flows'), './flows', 'flows/a b.aiwf.yaml']) {
    const { output } = runCli(cli, ['check', path, '--format', 'sarif'], folder);
    const [artifact] = runOf(output).artifacts;
    assert.equal(artifact?.location.uri, 'flows/a%20b.aiwf.yaml', path);
    assert.equal(artifact?.hashes?.['sha-256'], createHash('sha256').update(bytes).digest('hex'));
  }
});

test('accepted findings can be left out, for readers that take them for open ones', () => {
  const folder = project();
  const [all, open] = [[], ['--without-accepted']].map((more) => {
    return runOf(runCli(cli, ['check', '--format', 'sarif', ...more], folder).output).results;
  });
  assert.ok(all && open && all.length > open.length);
  assert.equal(open.filter(({ suppressions }) => suppressions).length, 0);
  assert.deepEqual(
    open.map(({ message }) => shown(message)),
    all.filter(({ suppressions }) => !suppressions).map(({ message }) => shown(message)),
  );
});

test('a report has the pages of the rules that found something', () => {
  const { output } = runCli(cli, ['check', '--format', 'sarif'], project());
  const { tool, results } = runOf(output);
  for (const { ruleIndex } of results)
    assert.match(tool.driver.rules[ruleIndex]?.help.markdown ?? '', /## Wrong[\s\S]*## Why[\s\S]*## Fix/);
});

test('nothing is left beside a written report', () => {
  const folder = folderOf({ 'shared.aiwf.yaml': exampleTexts['shared/people.aiwf.yaml'] ?? '' });
  runCli(cli, ['check', '--format', 'html', '--output', 'report.html'], folder);
  assert.deepEqual(readdirSync(folder).sort(), ['report.html', 'shared.aiwf.yaml']);
});
