// SARIF: every log is valid by the schema of the standard, and says of each finding what the rules said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc, { type GeneratorValue } from 'fast-check';
import { problemCodes } from '../../src/language/problem.ts';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import type { CheckedFile } from '../../src/report/checked-file.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { rules } from '../../src/rules/registry.ts';
import { drawText } from '../support/any-workflow.ts';
import { applyEdits } from '../support/apply-edits.ts';
import { checkGolden } from '../support/golden.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';
import { exampleTexts, hostileWords, reportedFiles, reportedSample, reportOptions } from '../support/reported.ts';
import { type Result, runOf, schemaFaults, shown } from '../support/sarif.ts';

const sample = reportedSample();
const rulePage = (id: string) => `# ${id}\n\nSee [another](irreversible-unapproved.md) and [one](../flow/x.md#why).\n`;

/** Findings as JSON would tell them, to compare. */
function told(files: readonly CheckedFile[]): readonly string[] {
  return files.flatMap(({ path, findings, accepted = [] }) =>
    [
      ...findings.map((finding) => ({ finding, isAccepted: false })),
      ...accepted.map(({ finding }) => ({ finding, isAccepted: true })),
    ].map(({ finding: { rule, place, severity, verdict, message, witness, fixes }, isAccepted }) =>
      JSON.stringify([path, rule, place, severity, verdict, message, witness.length > 0, fixes.length, isAccepted]),
    ),
  );
}

function read(log: string): readonly string[] {
  return runOf(log).results.map((result) => {
    const { ruleId, properties, message, locations, fixes = [], suppressions } = result;
    const { place, severity, verdict } = properties;
    assert.deepEqual(result.locations[0]?.logicalLocations[0]?.fullyQualifiedName, place);
    const path = decodeURIComponent(locations[0]?.physicalLocation.artifactLocation.uri ?? '');
    return JSON.stringify([
      path,
      ruleId,
      place,
      severity,
      verdict,
      shown(message),
      true,
      fixes.length,
      suppressions !== undefined,
    ]);
  });
}

test('golden file of a sample', () => {
  const log = renderSarif(sample, { ...reportOptions, unread: [{ path: 'b c.aiwf.yaml', reason: 'not permitted' }] });
  assert.deepEqual(schemaFaults(log), []);
  // Rules and standards are lists of the registry: one of each shows their form.
  const whole = JSON.parse(log);
  const [run] = whole.runs;
  const used = new Set(run.results.map(({ ruleId }: Result) => ruleId));
  run.tool.driver.rules = run.tool.driver.rules.filter(({ id }: { id: string }) => used.has(id));
  run.taxonomies = run.taxonomies.slice(0, 1);
  run.tool.driver.supportedTaxonomies = run.tool.driver.supportedTaxonomies.slice(0, 1);
  checkGolden('test/golden/report/findings.sarif', `${JSON.stringify(whole, undefined, 2)}\n`);
});

test('every example', () => {
  const files = reportedFiles(exampleTexts);
  const log = renderSarif(files, { ...reportOptions, rulePage });
  assert.deepEqual(schemaFaults(log), []);
  assert.ok(read(log).length > 10);
  assert.deepEqual([...read(log)].sort(), [...told(files)].sort());
});

test('generated projects', () => {
  for (const shape of workflowShapes) {
    const files = reportedFiles({ 'a.aiwf.yaml': workflowText(shape, 16) });
    const log = renderSarif(files, reportOptions);
    assert.deepEqual(schemaFaults(log), []);
    assert.deepEqual([...read(log)].sort(), [...told(files)].sort());
  }
});

test('whatever the language allows, and what it does not', () => {
  const text = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
  fc.assert(
    fc.property(text, (drawn) => {
      const files = reportedFiles({ 'a b/ü#.aiwf.yaml': drawn }, 'profile: strict\n');
      const log = renderSarif(files, reportOptions);
      assert.deepEqual(schemaFaults(log), []);
      assert.deepEqual([...read(log)].sort(), [...told(files)].sort());
      const { artifacts, results } = runOf(log);
      for (const { location } of artifacts) assert.equal(location.uri, 'a%20b/%C3%BC%23.aiwf.yaml');
      const prints = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
      assert.equal(new Set(prints).size, prints.length, 'each finding of a file has a fingerprint of its own');
    }),
    { numRuns: 40 },
  );
});

test('references lead to what they name', () => {
  const { tool, results, taxonomies, artifacts } = runOf(renderSarif(sample, { ...reportOptions, rulePage }));
  const { rules: described } = tool.driver;
  for (const id of [...rules.map((rule) => rule.id), ...problemCodes])
    assert.ok(
      described.some((rule) => rule.id === id && rule.helpUri?.endsWith(`/docs/rules/${id}.md`)),
      id,
    );
  const references = [
    ...results.flatMap(({ taxa = [] }) => taxa),
    ...described.flatMap(({ relationships = [] }) => relationships.map(({ target }) => target)),
  ];
  assert.ok(references.length > 100);
  for (const { id, index, toolComponent } of references) {
    const standard = taxonomies[toolComponent.index];
    assert.deepEqual([standard?.name, standard?.taxa[index]?.id], [toolComponent.name, id]);
  }
  for (const result of results) {
    assert.equal(described[result.ruleIndex]?.id, result.ruleId);
    const { uri, index } = result.locations[0]?.physicalLocation.artifactLocation ?? {};
    assert.equal(artifacts[index ?? -1]?.location.uri, uri);
  }
});

test('the page of a rule with results is its help, with links that lead there from anywhere', () => {
  const { tool, results } = runOf(renderSarif(sample, { ...reportOptions, rulePage }));
  const found = new Set(results.map(({ ruleId }) => ruleId));
  for (const { id, help, properties } of tool.driver.rules) {
    assert.equal(help.markdown.startsWith(`# ${id}`), found.has(id));
    assert.ok(properties.tags.length <= 10 && properties.tags.length > 0);
    if (!found.has(id)) continue;
    const category = id.slice(0, id.indexOf('/'));
    assert.ok(help.markdown.includes(`/docs/rules/${category}/irreversible-unapproved.md)`), help.markdown);
    assert.ok(help.markdown.includes('/docs/rules/flow/x.md#why)'), help.markdown);
  }
});

test('a path is a code flow step by step; a fix makes what the editor makes', () => {
  const results = runOf(renderSarif(sample, reportOptions)).results;
  let paths = 0;
  for (const file of sample) {
    const own = results.filter(({ suppressions, locations }) => {
      return !suppressions && locations[0]?.physicalLocation.artifactLocation.uri === file.path;
    });
    assert.equal(own.length, file.findings.length);
    for (const [at, finding] of file.findings.entries()) {
      const result = own[at];
      assert.ok(result);
      const flows = (result.codeFlows ?? []).flatMap(({ threadFlows }) => threadFlows);
      const steps = flows.flatMap(({ locations }) => locations.map(({ location }) => location));
      const points = result.relatedLocations ?? [];
      const names = [...steps, ...points].map(({ logicalLocations }) => logicalLocations[0]?.fullyQualifiedName);
      if (!finding.rule.startsWith('language/'))
        assert.deepEqual([...names].sort(), finding.witness.map(({ step }) => step).sort());
      paths += flows.length;
      const fixes = (result.fixes ?? []).map(({ artifactChanges }) =>
        applyEdits(
          file.text,
          artifactChanges.flatMap(({ replacements }) =>
            replacements.map(({ deletedRegion: region, insertedContent }) => ({
              range: {
                start: (file.lineStarts[region.startLine - 1] ?? 0) + region.startColumn - 1,
                end: (file.lineStarts[region.endLine - 1] ?? 0) + region.endColumn - 1,
              },
              text: insertedContent.text,
            })),
          ),
        ),
      );
      assert.deepEqual(
        fixes,
        finding.fixes.map(({ edits }) => applyEdits(file.text, edits)),
      );
    }
  }
  assert.ok(paths > 2);
});

test('accepted findings are suppressed, by whom and until when', () => {
  const suppressed = runOf(renderSarif(sample, reportOptions)).results.filter(({ suppressions }) => suppressions);
  assert.deepEqual(
    suppressed.map(({ ruleId, suppressions }) => {
      const { kind, status, justification, properties } = suppressions?.[0] ?? {};
      return [ruleId, kind, status, justification, properties];
    }),
    [
      [
        'ownership/agent-identity-and-sponsor',
        'external',
        'accepted',
        'In the baseline: it was there when the rules were adopted.',
        { baseline: true },
      ],
      [
        'flow/wait-without-timeout',
        'inSource',
        'accepted',
        'The parts list is looked through every Monday.',
        { owner: 'workshop-lead', approvedBy: 'service-manager', ticket: 'WS-117', expires: '2027-01-31' },
      ],
    ],
  );
  const file = sample.find(({ path }) => path.startsWith('warranty'));
  const region = suppressed[1]?.suppressions?.[0]?.location?.physicalLocation.region;
  const line = file?.text.split('\n')[(region?.startLine ?? 0) - 1];
  assert.equal(line?.trim(), '- rule: flow/wait-without-timeout');
});

test('what cannot be decided is open, and has no level', () => {
  const open = runOf(renderSarif(sample, reportOptions)).results.filter(({ kind }) => kind !== 'fail');
  assert.ok(open.length > 0);
  for (const { kind, level, properties } of open)
    assert.deepEqual([kind, level, properties.verdict], ['open', 'none', 'unknown']);
});

test('a finding keeps its fingerprint when lines move', () => {
  const name = 'warranty-return.aiwf.yaml';
  const people = { 'shared/people.aiwf.yaml': exampleTexts['shared/people.aiwf.yaml'] ?? '' };
  const printsOf = (text: string) =>
    runOf(renderSarif(reportedFiles({ ...people, [name]: text }), reportOptions)).results.map(
      ({ partialFingerprints }) => partialFingerprints,
    );
  const text = exampleTexts[name] ?? '';
  assert.ok(printsOf(text).length > 2);
  assert.deepEqual(printsOf(`# one\n# two\n\n${text.replace('\nsteps:', '\n\n# three\nsteps:')}`), printsOf(text));
});

test('words of a file are no placeholder and no link', () => {
  const results = runOf(renderSarif(sample, reportOptions)).results.filter(({ message }) =>
    message.text.includes('evil.example'),
  );
  assert.ok(results.length > 0);
  for (const { message } of results) {
    assert.ok(message.text.includes('{{0}}') && !/[^\\]\]\(/.test(message.text), message.text);
    assert.ok(shown(message).includes(hostileWords.slice(0, 20)));
  }
});

test('a file that could not be read is a fault of the run', () => {
  const unread = [{ path: 'a b/c.aiwf.yaml', reason: 'no such file or folder' }];
  const { invocations, results } = runOf(renderSarif([], { ...reportOptions, unread }));
  assert.deepEqual(results, []);
  const [{ executionSuccessful, toolExecutionNotifications } = assert.fail()] = invocations;
  assert.equal(executionSuccessful, false);
  assert.deepEqual(
    toolExecutionNotifications.map(({ message }) => message.text),
    ['a b/c.aiwf.yaml: no such file or folder'],
  );
  assert.equal(runOf(renderSarif([], reportOptions)).invocations[0]?.executionSuccessful, true);
});
