// Markdown for a pull request: what is seen after GitHub has rendered it, and nothing of it is markup of a user.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import type { CheckedFile } from '../../src/report/checked-file.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { checkGolden } from '../support/golden.ts';
import { exampleTexts, hostileWords, reportedFiles, reportedSample } from '../support/reported.ts';

const options = { version: '1.2.3' };
const sample = reportedSample();

/** Links of bare addresses are made, as GitHub does. */
const render = (markdown: string) => new MarkdownIt({ html: true, linkify: true }).render(markdown);

test('golden file of a sample', () => {
  const unread = [{ path: 'b.aiwf.yaml', reason: 'no such file or folder' }];
  checkGolden('test/golden/report/findings.md', renderMarkdown(sample, { ...options, unread }));
});

test('every finding of every example can be unfolded, with its path', () => {
  const files = reportedFiles(exampleTexts);
  const html = render(renderMarkdown(files, options));
  const findings = files.flatMap((file) => file.findings);
  assert.equal(html.match(/<details>/g)?.length, findings.length);
  assert.equal(html.match(/<\/details>/g)?.length, findings.length);
  for (const { witness } of findings)
    for (const { step } of witness) assert.ok(html.includes(`<strong>${step}</strong>`), step);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  assert.match(html, new RegExp(`<h2>.*${errors} errors`));
});

test('errors come first', () => {
  const kinds = [...renderMarkdown(sample, options).matchAll(/<summary>\S+ <b>(\w+)<\/b>/g)].map(([, kind]) => kind);
  const rank = (kind: string | undefined) => ['error', 'warning', 'unknown', 'info'].indexOf(kind ?? '');
  assert.deepEqual(
    kinds,
    [...kinds].sort((a, b) => rank(a) - rank(b)),
  );
  assert.ok(kinds.includes('error') && kinds.includes('unknown'));
});

test('words of a file are neither markup, links nor mentions', () => {
  const markdown = renderMarkdown(sample, options);
  const html = render(markdown);
  const words = html.replaceAll(/<pre>.*?<\/pre>/gs, '');
  assert.ok(html.includes('evil.example'));
  assert.ok(!/<script|<img/.test(html));
  for (const [, href = ''] of html.matchAll(/(?:href|src)="([^"]*)"/g))
    assert.ok(href.startsWith('https://github.com/aiwf/aiwf/blob/main/docs/rules/'), href);
  assert.ok(!/@team|#12\b|\u202E/.test(words), words);
});

test('an accepted finding says why, who and until when', () => {
  const row = renderMarkdown(sample, options)
    .split('\n')
    .find((line) => line.includes('Monday'));
  assert.equal(
    row,
    '| warranty-return.aiwf.yaml\\:185 | flow/wait-without-timeout | The parts list is looked through every Monday. | workshop-lead | service-manager | 2027-01-31 | WS-117 |',
  );
});

test('nothing found', () => {
  assert.match(renderMarkdown([], options), /^## ✅ aiwf: 0 errors, 0 warnings\n/);
});

test('a comment on GitHub has room for it, and what is left out is counted', () => {
  const [file] = sample;
  assert.ok(file);
  const [finding] = file.findings;
  assert.ok(finding);
  const many: CheckedFile = {
    ...file,
    findings: Array.from({ length: 900 }, (_, at) => ({ ...finding, message: `${at} ${hostileWords}` })),
    accepted: Array.from({ length: 900 }, () => ({ finding, waiver: undefined })),
  };
  const markdown = renderMarkdown([many], options);
  assert.ok(markdown.length < 65_536 && markdown.length > 50_000, `${markdown.length} characters`);
  const shown = markdown.match(/<details>/g)?.length ?? 0;
  const accepted = markdown.match(/^\| warranty.*In the baseline/gm)?.length ?? 0;
  const left = Number(/\*\*(\d+) more are not shown here\*\*/.exec(markdown)?.[1]);
  assert.equal(shown + accepted + left, 1800);
});
