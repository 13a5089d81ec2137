// The report as a page, as text: what stands in it, and that it may load and run nothing. How it is in a browser:
// test/webview/report-page.test.ts.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { renderHtml } from '../../src/report/html.ts';
import { checkGolden } from '../support/golden.ts';
import { exampleTexts, reportedFiles, reportedSample, reportOptions } from '../support/reported.ts';

const sample = reportedSample();

test('golden file of a sample', () => {
  const unread = [{ path: 'b.aiwf.yaml', reason: 'no such file or folder' }];
  checkGolden('test/golden/report/findings.html', renderHtml(sample, { ...reportOptions, unread }));
});

test('the policy allows this one style sheet, and no script, picture, font or address', () => {
  const html = renderHtml(sample, reportOptions);
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const digest = createHash('sha256').update(style).digest('base64');
  assert.ok(
    html.includes(`content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`),
  );
  assert.ok(!/<script|<img|<link|<iframe|\son\w+=|style="|@import|url\(/i.test(html));
});

test('every finding of every example stands in it once', () => {
  const files = reportedFiles(exampleTexts);
  const html = renderHtml(files, reportOptions);
  const findings = files.flatMap((file) => file.findings);
  assert.equal(html.match(/<article /g)?.length, findings.length);
  for (const { path, sha256 = '' } of files) {
    assert.ok(html.includes(`<h2>${path}</h2>`), path);
    assert.ok(html.includes(sha256));
  }
});

test('no word of a file comes into the style sheet', () => {
  const [file] = sample;
  assert.ok(file);
  const [finding] = file.findings;
  assert.ok(finding);
  const evil = '"]{}</style><b>';
  const clauses = [{ standard: evil, edition: evil, ref: evil, status: 'verified' as const }];
  const html = renderHtml([{ ...file, path: evil, findings: [{ ...finding, rule: evil, clauses }] }], reportOptions);
  assert.ok(!html.includes(evil) && !/<b>/.test(html));
  assert.equal(html.match(/<\/style>/g)?.length, 1);
});

test('nothing found', () => {
  const html = renderHtml([], reportOptions);
  assert.ok(html.includes('0 files') && !html.includes('<form'));
});
